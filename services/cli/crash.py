"""A bug on the command line: what a developer needs, in a file of the shop's logs folder."""

from __future__ import annotations

import platform
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

KEPT = 20


def write_report(error: BaseException, folder: Path, command: str) -> Path:
    """Write `crash-….txt` to `folder`, or where temporary files go if that can't be. The command's name only: the rest may be personal."""
    lines = [
        f"Zhanggui on Python {platform.python_version()}, {platform.platform()}",
        f"zhanggui {command}",
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
