"""Workbooks and web pages, read by a child process (services.imports.child): what breaks the reader is a message here.

A `Book` holds the child as long as its rows are wanted; at its end, at Cancel and at any error the child is killed and
waited for. Rows come in blocks over a pipe, so that only a block of them is here at a time.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Full, Queue
from typing import Any, Self

from services.errors import BadInput, Environment
from services.imports import child
from services.progress import SILENT, Progress

MOST_CELLS = 20_000_000
MEMORY = 1_000_000_000
LEAST_MEMORY = 280_000_000
MEMORY_A_BYTE = 30
"""What the child may ask for: so much for any file and so much for each of its bytes, up to the first. Honest workbooks take 17 to 36 bytes for
one of theirs (100,000 rows of 72 columns: 31 MB, 550 MB in memory); a bomb is small and gets little."""

SECONDS = 120
"""How long the child may think about one answer, and how much CPU time it may take in all."""

_LOOK = 0.1
_AHEAD = 3
_MOST_FRAME = 256 << 20

Numbered = tuple[list[int], list[list[str]]]
"""Row numbers as in the file, and as many rows of cells."""


class Head:
    """The beginning of a sheet: `first` is the number of its first row that holds anything, `rows` are the first ones,
    `width` and `height` those of the whole."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.first: int = told["first"]
        self.width: int = told["width"]
        self.height: int = told["height"]
        self.rows: list[list[str]] = told["head"]


class Book:
    """A workbook under way. Raises BadInput for what can't be read, Cancelled where `progress` says so."""

    def __init__(self, path: Path, kind: str, encoding: str = "", progress: Progress = SILENT) -> None:
        self._path = path
        self._encoding = encoding
        self._progress = progress
        self._rows = 0
        self._answers: Queue[dict[str, Any] | None] = Queue(_AHEAD)
        self._ended = threading.Event()
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would open a console for it
        try:
            self._child = subprocess.Popen(
                child.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=flags
            )
        except OSError as error:
            raise Environment("reader_not_started", file=path.name, detail=error.strerror or str(error)) from None
        self._listener = threading.Thread(target=self._listen, name="workbook", daemon=True)
        self._listener.start()
        try:
            self.names: list[str] = self._asked(
                {
                    "path": str(path.absolute()),
                    "kind": kind,
                    "encoding": encoding,
                    "memory": min(MEMORY, LEAST_MEMORY + MEMORY_A_BYTE * path.stat().st_size),
                    "seconds": SECONDS,
                    "cells": MOST_CELLS,
                }
            )["sheets"]
        except BaseException:
            self.close()
            raise

    def head(self, place: int, rows: int) -> Head:
        """The first rows of the sheet at `place`."""
        return Head(self._asked({"head": place, "rows": rows}))

    def blocks(self, place: int, fill: list[int]) -> Iterator[Numbered]:
        """The rows of a sheet that hold anything. `fill` are columns whose vertically merged cells count for all their rows."""
        answer = self._asked({"read": place, "fill": fill})
        while "end" not in answer:
            self._rows = answer["n"][-1]
            yield answer["n"], answer["r"]
            answer = self._answer()

    def close(self) -> None:
        """Kill the child, if it lives, and wait for it."""
        self._ended.set()
        self._child.kill()
        self._child.wait()
        self._listener.join()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _asked(self, question: dict[str, Any]) -> dict[str, Any]:
        pipe = self._child.stdin
        if pipe is not None:
            # A child that is gone is told of by its missing answer.
            with contextlib.suppress(OSError):
                pipe.write(json.dumps(question).encode() + b"\n")
                pipe.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        until = time.monotonic() + SECONDS
        while True:
            self._progress.step(self._rows, None, "read")
            try:
                told = self._answers.get(timeout=_LOOK)
            except Empty:
                if time.monotonic() < until:
                    continue
                raise BadInput("workbook_slow", file=self._path.name, seconds=SECONDS) from None
            if told is None:
                raise self._died()
            if "error" in told:
                raise BadInput(told["error"], file=self._path.name, detail=told["detail"], encoding=self._encoding)
            return told

    def _died(self) -> BadInput:
        """Why there is no answer, by how the child ended: Rust aborts and the kernel kills for want of memory."""
        status = self._child.wait()
        if status in {child.TOO_MUCH_MEMORY, -signal.SIGABRT} or (sys.platform != "win32" and status == -signal.SIGKILL):
            return BadInput("workbook_too_big", file=self._path.name)
        if sys.platform != "win32" and status == -signal.SIGXCPU:
            return BadInput("workbook_slow", file=self._path.name, seconds=SECONDS)
        return BadInput("workbook_broken", file=self._path.name, detail=f"status {status}")

    def _listen(self) -> None:
        """In a thread of its own, because pipes can't be waited for with a time limit everywhere."""
        pipe = self._child.stdout
        with contextlib.suppress(OSError, ValueError):
            while pipe is not None and len(size := pipe.read(4)) == 4:
                length = int.from_bytes(size, "big")
                if length > _MOST_FRAME or len(frame := pipe.read(length)) < length:
                    break
                if not self._put(json.loads(frame)):
                    return
        self._put(None)

    def _put(self, told: dict[str, Any] | None) -> bool:
        while not self._ended.is_set():
            with contextlib.suppress(Full):
                self._answers.put(told, timeout=_LOOK)
                return True
        return False
