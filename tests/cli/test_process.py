"""The command line as a process: what it loads, what it does with signals, pipes and full disks."""

from __future__ import annotations

import ast
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from desktop import __main__ as entry
from services.cli import app, output
from services.progress import SILENT
from services.words import terms
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "lark",
    "jinja2",
    "babel",
    "alembic",
    "reportlab",
    "python_calamine",
    "xlsxwriter",
    "pypdfium2",
    "rich",
    "pydantic",
    "PySide6",
    "numpy",
)


def child(folder: Path, *words: str, stdout: int | IO[Any] = subprocess.PIPE) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop", "--shop", str(folder), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        encoding="utf-8",
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=folder.parent,
    )


@pytest.mark.parametrize("words", [(), ("--demo",)])
def test_without_a_screen_the_window_says_so_instead_of_falling(
    folder: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "has_display", lambda: False)
    assert entry.main(["--shop", str(folder), "--json", "--lang", "zh", *words]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["error"]["code"] == "no_display"
    assert told.err.startswith("zhanggui: 没有可用的屏幕")


def test_only_linux_may_be_without_a_screen() -> None:
    assert not entry.has_display({}, "linux")
    assert entry.has_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert entry.has_display({}, "win32")


def test_a_start_loads_nothing_heavy(shop: Run, folder: Path) -> None:
    code = (
        "import sys; from services.cli import main; status = main(sys.argv[1:]);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr); sys.exit(status)"
    )
    words = [sys.executable, "-c", code, "--shop", str(folder), "orders", "--limit", "1", "--json"]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, capture_output=True, check=True)
    assert done.stderr == "[]\n"
    assert json.loads(done.stdout)["count"] == 3


def test_an_answer_is_utf_8_whatever_the_machine_speaks(shop: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setenv("LC_ALL", "POSIX")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    out, err = child(folder, "orders", "number:1001", "--json").communicate(timeout=60)
    assert json.loads(out)["orders"][0]["recipient"] == "王小明"
    assert err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")
def test_who_stops_reading_hears_no_complaint(shop: Run, folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = child(folder, "audit", "--json", stdout=writing)
    os.close(writing)
    _out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(shop: Run, folder: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = child(folder, "orders", "--json", stdout=full)
        _out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_is_130_in_one_line_and_the_shop_is_whole(folder: Path, run: Run) -> None:
    assert run("orders").code == 0
    process = child(folder, "demo", "--orders", "200000")
    assert process.stderr is not None
    # There from the moment on that the shop is open; the first block of the demo takes seconds.
    while process.poll() is None and not (folder / "shop.sqlite-wal").exists():
        os.sched_yield()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert run("orders", "--json").json["count"] == 0
    assert run("verify").code == 0


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_counts_where_somebody_looks_and_is_gone_before_anything_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    out = output.Output(as_json=False, lang="zh")
    counter = out.progress()
    counter.step(1, 1000, "label")
    counter.step(2, 1000, "label")  # too soon to be shown
    out.notice("好了")
    assert terminal.getvalue() == "\r\x1b[K地址标签 1 / 1,000\r\x1b[Kzhanggui: 好了\n"


def test_no_progress_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert output.Output(as_json=False, lang="zh").progress() is SILENT


def test_every_step_that_is_counted_has_a_word() -> None:
    told = {
        str(node.args[2].value)
        for path in (ROOT / "services").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "step"
        and len(node.args) == 3
        and isinstance(node.args[2], ast.Constant)
    }
    assert "read" in told
    assert told - {""} <= set(terms()["progress"])


def test_every_file_of_commands_is_a_subject() -> None:
    files = {path.stem for path in (ROOT / "services" / "cli").glob("*.py") if "\nCOMMANDS" in path.read_text("utf-8")}
    assert files == {subject.__name__.rpartition(".")[2] for subject in app.SUBJECTS}
