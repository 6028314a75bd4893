"""Who wants to know what changed: pages name the tables they show and are told when one of them was written.

A widget that is hidden is told once, with everything, when it is shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

Changes = Mapping[str, frozenset[int]]
"""{table name: ids written}: the ChangeSet of an Outcome. An empty set of ids means: any row of that table."""
EVERYTHING: Changes = {"*": frozenset()}
"""Any row of any table."""


def merged(one: Changes, other: Changes) -> dict[str, frozenset[int]]:
    """Both together; a table that is wholly stale in one stays so."""
    both = dict(one)
    for table, ids in other.items():
        there = both.get(table)
        both[table] = ids if there is None else frozenset() if not there or not ids else there | ids
    return both


@dataclass(eq=False, slots=True)
class _Subscription:
    tables: frozenset[str]
    listener: Callable[[Changes], None]
    widget: QWidget | None
    waiting: dict[str, frozenset[int]] = field(default_factory=dict)


class ChangeBus(QObject):
    """Lives in the UI thread; the runner publishes each outcome's ChangeSet here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._subscriptions: list[_Subscription] = []

    def subscribe(self, tables: Iterable[str], listener: Callable[[Changes], None], widget: QWidget | None = None) -> None:
        """Call `listener(changes)` with the part of a ChangeSet that concerns `tables`.

        With `widget` it waits while the widget is hidden, and the subscription ends with the widget.
        """
        self._subscriptions.append(_Subscription(frozenset(tables), listener, widget))
        if widget is not None:
            widget.installEventFilter(self)

    def publish(self, changes: Changes) -> None:
        self._subscriptions = [one for one in self._subscriptions if one.widget is None or isValid(one.widget)]
        for one in list(self._subscriptions):
            if "*" in changes:
                concerned: dict[str, frozenset[int]] = {table: frozenset() for table in one.tables}
            else:
                concerned = {table: frozenset(ids) for table, ids in changes.items() if table in one.tables}
            if not concerned:
                continue
            if one.widget is not None and not one.widget.isVisible():
                one.waiting = merged(one.waiting, concerned)
            else:
                one.listener(concerned)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Deliver what waited once the widget is shown."""
        if event.type() == QEvent.Type.Show:
            for one in list(self._subscriptions):
                if one.widget is watched and one.waiting:
                    changes, one.waiting = one.waiting, {}
                    one.listener(changes)
        return False
