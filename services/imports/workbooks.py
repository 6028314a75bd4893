"""Workbooks as grids of cells, by calamine. Odd and broken ones must end as a message, never as a dead window.

A sheet is a dense grid to the reader, so one stray cell in the far corner asks for more memory than there is: xlsx is
looked through before. Formats that can't be looked through (xls, xlsb, ods) are read in a child with limits on memory
and time; what kills the child is told as a broken file.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import zipfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from services.errors import BadInput, Fact

Grid = tuple[str, int, list[list[Any]]]
"""Name of the sheet, number of its first row, rows of cells (str, float, bool, datetime …)."""

MOST_CELLS = 20_000_000
CHILD_MEMORY = 1_500_000_000
CHILD_SECONDS = 120
_SHOWN = 120
_FAR = re.compile(rb' r="(?:[A-Z]{3}\d{1,7}|[A-Z]{1,2}\d{6,7}|\d{6,7})"')
_PLACE = re.compile(rb' r="([A-Z]{0,3})(\d{1,7})"')
_CHUNK = 1 << 20


def read_workbook(path: Path, kind: str, wanted: str) -> list[Grid]:
    """The sheets with anything in them (only `wanted` if named). BadInput for what can't be read."""
    if kind == "xlsx":
        _refuse_far_cells(path)
        return _grids(path, wanted)
    return _in_child(path, wanted)


def _refuse_far_cells(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml") and _far(archive, entry):
                    raise BadInput("workbook_too_big", file=path.name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadInput("workbook_broken", file=path.name, detail=str(error)[:_SHOWN]) from None
    except Exception as error:
        if type(error).__name__ != "error":  # zlib's own
            raise
        raise BadInput("workbook_broken", file=path.name, detail=str(error)[:_SHOWN]) from None


def _far(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether the sheet reaches further than a dense grid may; only cells far out are looked at closely."""
    with archive.open(entry) as sheet:
        tail = b""
        while chunk := sheet.read(_CHUNK):
            if _FAR.search(tail + chunk):
                break
            tail = chunk[-32:]
        else:
            return False
    rows, columns, tail = 1, 1, b""
    with archive.open(entry) as sheet:
        while chunk := sheet.read(_CHUNK):
            for letters, digits in _PLACE.findall(tail + chunk):
                rows = max(rows, int(digits))
                column = 0
                for letter in letters:
                    column = column * 26 + letter - 64
                columns = max(columns, column)
            tail = chunk[-32:]
    return rows * columns > MOST_CELLS


def _grids(path: Path, wanted: str) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    found: list[Grid] = []
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            if wanted and name != wanted:
                continue
            sheet = book.get_sheet_by_name(name)
            grid = sheet.to_python()
            if grid:
                found.append((name, (sheet.start[0] if sheet.start else 0) + 1, grid))
    except PasswordError:
        raise BadInput("workbook_encrypted", file=path.name) from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise BadInput("workbook_broken", file=path.name, detail=str(error)[:_SHOWN]) from None
    except BaseException as error:
        # A panic of the Rust reader is no Exception; nothing else may be swallowed here.
        if type(error).__name__ != "PanicException":
            raise
        raise BadInput("workbook_broken", file=path.name, detail=str(error)[:_SHOWN]) from None
    return found


def _in_child(path: Path, wanted: str) -> list[Grid]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, path, wanted), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(CHILD_SECONDS):
            raise BadInput("workbook_broken", file=path.name, detail=f"> {CHILD_SECONDS} s")
        answer = ours.recv()
    except (EOFError, OSError):
        raise BadInput("workbook_broken", file=path.name, detail="-") from None
    finally:
        ours.close()
        if child.is_alive():
            child.terminate()
        child.join()
    grids: list[Grid]
    code, facts, grids = answer
    if code:
        raise BadInput(code, **facts)
    return grids


def _child(answer: Connection, path: Path, wanted: str) -> None:
    """In the child: quiet, with as much memory and time as a workbook may need."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CHILD_SECONDS, CHILD_SECONDS))
    with contextlib.suppress(OSError):
        # What the reader prints when it panics is of no use to anybody at the window.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    code = ""
    facts: dict[str, Fact] = {}
    grids: list[Grid] = []
    try:
        grids = _grids(path, wanted)
        if sum(len(rows) * len(rows[0]) for _name, _first, rows in grids) > MOST_CELLS:
            code, facts, grids = "workbook_too_big", {"file": path.name}, []
    except BadInput as error:
        code, facts = error.code, error.facts
    except MemoryError:
        code, facts = "workbook_too_big", {"file": path.name}
    answer.send((code, facts, grids))
    answer.close()
