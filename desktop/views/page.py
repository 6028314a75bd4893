"""What every page is: a widget of the stack that is attached once, activated when shown, refreshed when its tables changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from desktop.actions import redraw_icons
from desktop.changes import Changes
from desktop.context import AppContext


class Page(QWidget):
    """Subclass it, build the widgets in `__init__` (no data, no waiting), read in `load`.

    The order of calls: `__init__(context)` when first shown, `load()` once the Desk is open, `activate()` each time it is shown,
    `refresh(changes)` when a table of `tables` was written (kept back while the page is hidden), `navigate(**facts)` from `context.go`.
    """

    tables: ClassVar[tuple[str, ...]] = ()
    """Table names whose changes concern this page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        context.changes.subscribe(self.tables, self.refresh, self)

    def load(self) -> None:
        """The Desk is open: read what the page shows."""

    def activate(self) -> None:
        """The page was shown: put the keyboard focus where work begins."""

    def refresh(self, changes: Changes) -> None:
        """Some of `tables` were written: read again what it concerns."""
        self.load()

    def navigate(self, **facts: Any) -> None:
        """Show what another page asked for."""

    def place(self) -> dict[str, Any]:
        """What `navigate` needs to show the same again: the window is built anew in another language."""
        return {}

    def detail(self) -> QWidget | None:
        """The detail panel that F4 folds, if the page has one."""
        return None

    def search_field(self) -> QWidget | None:
        """What Ctrl+F goes to, if the page has one."""
        return None

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        """Dialogs and states for the screenshots: (name, what opens it and answers the dialog, or None for a state of the page)."""
        return ()

    def changeEvent(self, event: QEvent) -> None:
        redraw_icons(self, event)
        super().changeEvent(event)
