"""A process that reads one workbook or web page for another: `command()`, or the packed program with `WORD` alone.

Everything that takes a file apart by somebody else's rules runs here, behind limits on memory and time: a zip bomb, a
quadratic blow-up, a panic or a crash of the reader ends this process, and `services.imports.workbooks` tells it in words.
Nothing of the desk is imported, so it starts in a few hundredths of a second, and it writes nothing anywhere.

It is asked by lines of JSON on stdin and answers by frames on stdout: four bytes of length, then JSON.

    {"path": …, "kind": xlsx | xls | xlsb | ods | html, "encoding": …, "memory": bytes, "seconds": …, "cells": …}
                                        → {"sheets": [name…]}
    {"head": place of the sheet, "rows": count}
                                        → {"first": number of its first row, "width": …, "height": …, "head": [[cell…]…]}
    {"read": place, "fill": [column…]}  → {"n": [row number…], "r": [[cell…]…]} … {"end": true}
    anything that goes wrong            → {"error": code, "detail": words of the reader}

Cells are text; blank rows and blank cells at a row's end are left out. `fill` are columns whose vertically merged cells
count for every row that they cover.

Limits: Linux holds memory by RLIMIT_AS, Windows by a job object; where neither works (macOS takes RLIMIT_AS and ignores it)
a watching thread measures and ends the process, which it can, because the reader lets other threads run. CPU time is held by
RLIMIT_CPU, wall time by the asking side. It dies with who asked: by the end of stdin, or by the watching thread meanwhile.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from services.imports.grids import SHOWN, Book, Sheet, Unreadable

if TYPE_CHECKING:
    from services.imports.page import Page

WORD = "--read-workbook"
"""The packed program with this word alone is the child: there is no Python beside it."""

ROWS_A_FRAME = 250
CHARACTERS_A_FRAME = 1 << 20
TOO_MUCH_MEMORY = 77
ORPHANED = 78


def command() -> list[str]:
    """How to start the child. It finds these modules whatever its folder and its path are, and nothing beside the program by accident."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD]
    start = "import os, sys; sys.path.insert(0, sys.argv[1]); from services.imports.child import main; os._exit(main())"
    return [sys.executable, "-P", "-c", start, str(Path(__file__).resolve().parents[2])]


def _limit(memory: int, seconds: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who asked
    with contextlib.suppress(OSError):
        # What the reader prints when it panics is of no use to anybody at the window.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "win32":
        _limit_by_job(memory)
    else:
        import resource

        for what, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (limit, limit))
    threading.Thread(target=_watch, args=(os.getppid(), memory), daemon=True).start()


def _watch(parent: int, memory: int) -> None:
    while True:
        time.sleep(0.2)
        if sys.platform != "win32":
            if os.getppid() != parent:
                os._exit(ORPHANED)
            if sys.platform == "darwin":
                import resource

                if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > memory:
                    os._exit(TOO_MUCH_MEMORY)


def _limit_by_job(memory: int) -> None:
    """Put this process into a job object of its own (Windows; JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h)."""
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("Basic", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    limits = Extended()
    limits.Basic.LimitFlags = 0x100 | 0x400  # PROCESS_MEMORY, DIE_ON_UNHANDLED_EXCEPTION
    limits.ProcessMemoryLimit = memory
    job = kernel.CreateJobObjectW(None, None)
    if job and kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())


class Answers:
    """Takes the questions one after the other; ends with the stream of questions."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._book: Book | Page | None = None
        self._loaded: tuple[int, Sheet] | None = None

    def say(self, told: dict[str, Any]) -> None:
        frame = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
        self._out.write(len(frame).to_bytes(4, "big") + frame)
        self._out.flush()

    def answer(self, asked: dict[str, Any]) -> None:
        if "path" in asked:
            _limit(asked["memory"], asked["seconds"])
            kind, cells = asked["kind"], asked["cells"]
            if kind == "html":
                from services.imports.page import Page

                self._book = Page(asked["path"], asked["encoding"], cells)
            else:
                self._book = Book(asked["path"], kind, cells)
            self.say({"sheets": self._book.names})
        elif "head" in asked:
            sheet = self._sheet(asked["head"])
            rows = [row for _place, row in zip(range(asked["rows"]), sheet.rows(), strict=False)]
            self.say({"first": sheet.first, "width": sheet.width, "height": sheet.height, "head": rows})
        else:
            self._read(self._sheet(asked["read"]), asked["fill"])

    def _sheet(self, place: int) -> Sheet:
        if self._loaded is None or self._loaded[0] != place:
            self._loaded = None  # two at once would take twice the memory
            if self._book is None:
                raise Unreadable("workbook_broken", "no book")
            self._loaded = place, self._book.load(place)
        return self._loaded[1]

    def _read(self, sheet: Sheet, fill: list[int]) -> None:
        numbers: list[int] = []
        rows: list[list[str]] = []
        size = 0
        for number, row in sheet.numbered(fill):
            last = len(row)
            while last and not row[last - 1]:
                last -= 1
            if not last:
                continue
            del row[last:]
            numbers.append(number)
            rows.append(row)
            size += sum(map(len, row)) + last
            if len(rows) >= ROWS_A_FRAME or size >= CHARACTERS_A_FRAME:
                self.say({"n": numbers, "r": rows})
                numbers, rows, size = [], [], 0
        if rows:
            self.say({"n": numbers, "r": rows})
        self.say({"end": True})


def _told(error: BaseException) -> dict[str, str]:
    """Which words tell what went wrong; all that a reader may raise, its panics (no Exceptions) included, means a broken file."""
    if isinstance(error, Unreadable):
        return {"error": error.code, "detail": error.detail}
    if isinstance(error, MemoryError):
        return {"error": "workbook_too_big", "detail": ""}
    if type(error).__name__ == "PasswordError":
        return {"error": "workbook_encrypted", "detail": ""}
    return {"error": "workbook_broken", "detail": f"{type(error).__name__}: {error}"[:SHOWN]}


def main() -> int:
    """Answer until nobody asks any more."""
    with os.fdopen(0, "rb", closefd=False) as asking, os.fdopen(1, "wb", closefd=False) as out:
        answers = Answers(out)
        for line in asking:
            try:
                answers.answer(json.loads(line))
            except BrokenPipeError:
                return ORPHANED
            except BaseException as error:  # noqa: BLE001 - the whole point of this process
                answers.say(_told(error))
    return 0
