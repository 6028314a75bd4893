"""Sums of days are made anew while nobody waits: a few seconds after the last change, a few days at a time, never beside other work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.changes import ChangeBus, Changes
from desktop.runner import BaseRunner
from services.errors import DeskError

AFTER, BETWEEN = 4_000, 300
"""Milliseconds from a change to the first step, and between two steps."""
DAYS_A_STEP = 8
"""A step takes some milliseconds, so that whoever comes meanwhile waits for nothing."""


class Upkeep(QObject):
    """Begins when the Desk is open and after changes of orders; ends by itself when every day is summed."""

    def __init__(self, runner: BaseRunner, changes: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._step)
        runner.opened.connect(self._wait)
        changes.subscribe(("orders", "order_line"), self._changed)

    def _changed(self, _changes: Changes) -> None:
        self._wait()

    def _wait(self, _shop: object = None) -> None:
        self.timer.start(AFTER)

    def _step(self) -> None:
        if not self._runner.idle:
            self._wait()
            return
        from services.queries.dirty_days import CountDirtyDays

        self._runner.query(CountDirtyDays()).then(self._sum, self._failed)

    def _sum(self, days: int) -> None:
        # Asked again: work may have begun while the days were counted.
        if days and self._runner.idle:
            from services.commands.upkeep import SumDays

            self._runner.change(SumDays(limit=DAYS_A_STEP)).then(self._summed, self._failed)
        elif days:
            self._wait()

    def _summed(self, outcome: Any) -> None:
        if outcome.value == DAYS_A_STEP:
            self.timer.start(BETWEEN)

    def _failed(self, error: Exception) -> None:
        """A refusal (disk full, locked) waits for the next change: nobody asked for this. A bug is told."""
        if not isinstance(error, DeskError):
            self._runner.failed.emit(error)

    def stop(self) -> None:
        """The shop is being closed."""
        self.timer.stop()
