"""Rows to a file: format by suffix, written under a temporary name beside the target and put in place when it is whole.

A failure or a cancel leaves the target as it was: no file, or the older one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.errors import BadInput, Environment
from services.exports.formats import FORMATS
from services.exports.table import Column, Format, Job
from services.progress import SILENT, Progress

EVERY = 1_000
"""Rows between two looks at progress and cancel."""


@dataclass(frozen=True, slots=True)
class Written:
    file: Path
    rows: int


def format_of(path: Path) -> Format:
    """Raises BadInput("export_format") for a suffix that no format has."""
    for found in FORMATS:
        if found.suffix == path.suffix.lower():
            return found
    raise BadInput("export_format", suffix=path.suffix or path.name, suffixes=", ".join(found.suffix for found in FORMATS))


def write_file(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    zone: str,
    lang: str = "zh",
    total: int | None = None,
    progress: Progress = SILENT,
    headings: bool = True,
    replace: bool = True,
) -> Written:
    """Write rows as the suffix of `path` says. `rows` may be endless-lazy: one is held at a time.

    Raises BadInput for a suffix or a cell that the format can't hold, or for a file that is there and may not be replaced;
    Environment when the place can't be written, Cancelled when the user stops it; in each case the target is as it was.
    """
    written_by = format_of(path)
    _may_write(path, replace)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{path.stem[:40]}-", suffix=".part", dir=path.parent))
    except OSError as error:
        raise Environment("export_refused", path=str(path), why=error.strerror or str(error)) from error
    waiting = folder / f"whole{path.suffix.lower()}"
    try:
        count = written_by.write(Job(waiting, columns, rows, zone, "是" if lang == "zh" else "yes", progress, total, headings))
        with waiting.open("rb+") as stream:
            os.fsync(stream.fileno())
        _may_write(path, replace)
        waiting.replace(path)
    except OSError as error:
        raise Environment("export_refused", path=str(path), why=error.strerror or str(error)) from error
    finally:
        # What a format kept aside while it wrote lies in the same folder and goes with it.
        shutil.rmtree(folder, ignore_errors=True)
    return Written(path, count)


def _may_write(path: Path, replace: bool) -> None:
    if not replace and path.exists():
        raise BadInput("export_exists", file=path.name)


def write_text(path: Path, text: str) -> None:
    """A short file as a whole or not at all. Raises Environment("export_refused"); an older file is then as it was."""
    waiting = path.with_name(f".{path.stem[:40]}-{os.getpid()}.part")
    try:
        waiting.write_text(text, encoding="utf-8")
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise Environment("export_refused", path=str(path), why=error.strerror or str(error)) from error
