"""A bug: what a developer needs, in a file of the shop's logs folder; nothing of the shop but what the message itself holds."""

from __future__ import annotations

import platform
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

KEPT = 20


def write_report(error: BaseException, folder: Path, where: str) -> Path:
    """Write `crash-….txt` to `folder`, or where temporary files go if that can't be; the newest 20 are kept.

    `where` is the command's name or the window with its Qt: never what was typed, which may be personal.
    """
    lines = [
        f"Zhanggui on Python {platform.python_version()}, {platform.platform()}",
        where,
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
