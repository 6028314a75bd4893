"""PySide6 6.12.0 drops references to None and True; on Python 3.11 the process then dies. Nobody upgrades past this unawares."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A void call, a call that gives True, a signal: one lost reference each is enough to abort within some thousand calls.
SCRIPTS = {
    "void calls": "for _ in range(100_000): widget.setEnabled(True)",
    "connections": """
for _ in range(20_000):
    link = widget.objectNameChanged.connect(seen.append)
    widget.objectNameChanged.disconnect(link)
""",
    "signals": """
widget.objectNameChanged.connect(seen.append)
for n in range(20_000): widget.setObjectName(str(n))
assert len(seen) == 20_000
""",
}


@pytest.mark.parametrize("what", SCRIPTS)
def test_qt_survives_many_calls(what: str) -> None:
    script = f"from PySide6.QtWidgets import QApplication, QWidget\napp = QApplication([])\nwidget = QWidget()\nseen = []\n{SCRIPTS[what]}\nprint('alive')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr[-2000:]


def test_tried_version_is_pinned() -> None:
    pins = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    assert {"PySide6-Essentials==6.11.3", "shiboken6==6.11.3"} <= set(pins)


def test_tried_version_is_the_one_that_runs() -> None:
    import PySide6
    import shiboken6

    assert (PySide6.__version__, shiboken6.__version__) == ("6.11.3", "6.11.3")
