"""The figures in the rail: read once when the shop is open, and again whenever something that they count was written, whatever page is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.changes import Changes
from desktop.context import AppContext

if TYPE_CHECKING:
    from desktop.runner import Task
    from services.queries.counts import Rail
    from services.queries.worklists.counts import Mending

TABLES = ("orders", "order_line", "after_sale", "approval")
MENDING_TABLES = (*TABLES, "listing", "accepted", "import_batch", "import_conflict")
CALM = 1_500
"""Milliseconds from the last change until what is to be mended is counted again: it looks at every order that waits."""


class RailCounts(QObject):
    """Lives as long as its window; pages that know better (their own tabs) tell the same figures."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self.context = context
        self._task: Task | None = None
        self._mending: Task | None = None
        self.calm = QTimer(self)
        self.calm.setSingleShot(True)
        self.calm.setInterval(CALM)
        self.calm.timeout.connect(self._count_mending)
        context.changes.subscribe(TABLES, self._changed, window)
        context.changes.subscribe(MENDING_TABLES, lambda _changes: self.calm.start(), window)
        context.runner.opened.connect(self._changed)
        context.runner.opened.connect(lambda _shop: self.calm.start())
        if context.shop is not None:
            self.read()
            self.calm.start()

    def read(self) -> None:
        """Ask; the answer to an older question is dropped."""
        from services.queries.counts import RailCounts as Query

        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(Query())
        self._task.then(self._show)

    def _changed(self, _changes: Changes | None = None) -> None:
        self.read()

    def _count_mending(self) -> None:
        from services.queries.worklists.counts import CountMending

        if self._mending is not None:
            self._mending.cancel()
        self._mending = self.context.runner.query(CountMending())
        self._mending.then(self._show_mending)

    def _show_mending(self, found: Mending) -> None:
        self.context.count("worklists", sum(found.by_page.values()))

    def _show(self, rail: Rail) -> None:
        self.context.count("orders", rail.to_ship)
        self.context.count("refunds", rail.open_cases, alarm=True)
        self.context.count("approvals", rail.approvals)
        self.context.count("stock", rail.short_skus, alarm=True)
