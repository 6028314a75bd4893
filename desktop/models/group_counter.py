"""Counts the groups that can be seen, one after the other in the background, and again once orders changed. Nothing is counted for nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.changes import Changes
from services.errors import DeskError

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.models.group_tree import GroupModel
    from desktop.runner import Task

TABLES = ("orders", "order_line", "parcel", "parcel_order", "after_sale", "print_entry", "customer", "setting")
WAIT = 300
"""Milliseconds of rest after a change, a scroll or an unfolding before anything is counted."""
MINUTE = 60_000
_BY_CLOCK = re.compile(r"late:|ship_by|:today|:yesterday|[+-]\d+h")


class GroupCounter(QObject):
    """`visible()` names the searches on the screen. One question at a time, so that the table never waits behind groups."""

    def __init__(self, context: AppContext, model: GroupModel, visible: Callable[[], Iterable[str]], parent: QObject) -> None:
        super().__init__(parent)
        self.context, self._model, self._visible = context, model, visible
        self._fresh: set[str] = set()
        self._task: Task | None = None
        self._asked = ""
        self._stale = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT)
        self._rest.timeout.connect(self._next)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self.tick)
        self._minute.start()

    def look(self) -> None:
        """Other rows can be seen now, or none."""
        self._rest.start()

    def changed(self, _changes: Changes) -> None:
        """Orders changed: figures on the screen stay until better ones come."""
        self._fresh.clear()
        self._stale = self._task is not None
        self._rest.start()

    def tick(self) -> None:
        """A minute went by: what hangs on the clock is counted again."""
        self._fresh = {search for search in self._fresh if not _BY_CLOCK.search(search)}
        self._rest.start()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._rest.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._fresh.discard(self._asked)

    def _next(self) -> None:
        if self._task is not None or self.context.shop is None:
            return
        search = next((one for one in self._visible() if one not in self._fresh), None)
        if search is None:
            return
        from services.queries.group_rows import GroupCount

        self._asked, self._stale = search, False
        self._fresh.add(search)
        task = self.context.runner.query(GroupCount(search))
        self._task = task if task.running else None
        task.then(self._show, self._failed)

    def _show(self, count: int) -> None:
        self._done(count)

    def _failed(self, error: Exception) -> None:
        self._done(None)
        if not isinstance(error, DeskError):
            self.context.runner.failed.emit(error)

    def _done(self, count: int | None) -> None:
        self._task = None
        if self._stale:
            self._fresh.discard(self._asked)
            self._stale = False
        self._model.set_count(self._asked, count)
        self._next()
