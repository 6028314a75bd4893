"""How long Qt is kept from its loop: the CPU time of every event that the application handles, by what it was.

A person feels 50 ms as at once (design/quality.md): no event of ours may take more of the UI thread.
"""

from __future__ import annotations

import faulthandler
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop import runner

LIMIT = 0.050
_YIELD = 5


@dataclass
class Slots:
    """One stretch of use: how many events there were, the longest of them and what it was, and all above the limit."""

    name: str
    events: int = 0
    longest: float = 0.0
    what: str = ""
    over: list[tuple[float, str]] = field(default_factory=list)
    total: float = 0.0

    def note(self, seconds: float, what: str) -> None:
        self.events += 1
        self.total += seconds
        if seconds > self.longest:
            self.longest, self.what = seconds, what
        if seconds > LIMIT:
            self.over.append((seconds, what))


class ProbedApplication(QApplication):
    """Measures each outermost event by the UI thread's own CPU clock: what the other threads do meanwhile is not in it."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self.slots = Slots("start")
        self.told: list[str] = []
        self._depth = 0
        self._watch_answers()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth:
            return bool(super().notify(receiver, event))
        kind = event.type()
        self._depth = 1
        self.told.clear()
        began = time.thread_time()
        try:
            return bool(super().notify(receiver, event))
        finally:
            taken = time.thread_time() - began
            self._depth = 0
            if taken > self.slots.longest or taken > LIMIT:
                self.slots.note(taken, f"{kind.name} of {type(receiver).__name__} {' '.join(self.told)}".strip())
            else:
                self.slots.note(taken, "")

    def _watch_answers(self) -> None:
        """An answer of the runner is known by the callbacks that take it."""
        settle = runner.Task.settle
        told = self.told

        def watched(task: runner.Task, value: Any, error: Exception | None) -> None:
            told.extend(_name(done) for done, _failed, _cancelled in task._callbacks if done is not None)
            settle(task, value, error)

        runner.Task.settle = watched  # type: ignore[assignment, method-assign]

    def stretch(self, name: str, do: Callable[[], object] | None = None, until: Callable[[], bool] | None = None, rest: int = 60) -> Slots:
        """Do something as one event of its own, wait until it has its effect and for `rest` ms more; answers what was measured."""
        self.slots = slots = Slots(name)
        if do is not None:
            began = time.thread_time()
            self._depth = 1
            try:
                do()
            finally:
                self._depth = 0
            slots.note(time.thread_time() - began, "the deed itself")
        limit = time.monotonic() + 60
        while until is not None and not until():
            rest_for(_YIELD)
            if time.monotonic() > limit:
                faulthandler.dump_traceback()  # of all threads: who is it that works for a minute?
                raise TimeoutError(name)
        rest_for(rest)
        return slots


def rest_for(milliseconds: int) -> None:
    """Let Qt work. QTest.qWait would keep Python's lock meanwhile: a query in a thread would get on by one row each time."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _name(callback: Callable[..., Any]) -> str:
    inner = getattr(callback, "func", callback)
    return str(getattr(inner, "__qualname__", inner))
