"""A bug on the command line: what a developer needs, in a file of the shop's logs folder."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

KEPT = 20


def write_report(error: BaseException, folder: Path, argv: Sequence[str]) -> Path:
    """Write `crash-….txt` to `folder`, or where temporary files go if that can't be. Values of options are left out: they may be personal."""
    shown = [word for word in argv if word.startswith("--") and "=" not in word]
    command = next((word for word in argv if not word.startswith("-")), "")
    lines = [
        f"Zhanggui on Python {platform.python_version()}, {platform.platform()}",
        f"{sys.argv[0]} {command} {' '.join(shown)}",
        "",
        *traceback.format_exception(error),
    ]
    name = f"crash-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            place.mkdir(parents=True, exist_ok=True)
            path = place / name
            path.write_text("\n".join(lines), encoding="utf-8")
        except OSError:
            continue
        for old in sorted(place.glob("crash-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return path
    return folder / name
