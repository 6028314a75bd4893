"""A field that offers what the shop knows while somebody types: buyers, goods. Arrows and Enter take one; a scan is Enter without a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.i18n import tr
from desktop.models.suggestions import Suggestion
from desktop.views.widgets.search_popup import SearchPopup

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task

WAIT = 120
"""Milliseconds without a key before it is asked."""


class CompletionField(QLineEdit):
    """`ask(text)` gives the query, `words(row)` how a row of its answer is shown. `chosen(row)`; `entered(text)`: Enter with nothing taken."""

    chosen = Signal(object)
    entered = Signal(str)

    def __init__(self, context: AppContext, ask: Callable[[str], Any], words: Callable[[Any], Suggestion], *, least: int = 1) -> None:
        super().__init__()
        self._context, self._ask, self._words, self._least = context, ask, words, least
        self._popup: SearchPopup | None = None
        self._task: Task | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT)
        self._rest.timeout.connect(self._look)
        self.textEdited.connect(self._edited)

    @property
    def popup(self) -> SearchPopup:
        """Made at its first use: the field has its window by then."""
        if self._popup is None:
            self._popup = SearchPopup(self)
            self._popup.chosen.connect(self._take)
        return self._popup

    def offers(self) -> list[Suggestion]:
        """What is on offer right now."""
        return list(self._popup.model.entries) if self._popup is not None and self._popup.isVisible() else []

    def offer(self, rows: Sequence[Any], take: bool = False) -> None:
        """Show these rows; `take` puts the first under the arrows, so that Enter takes it."""
        if not rows:
            self.hide_offers()
            return
        self.popup.show_entries("", [self._words(row) for row in rows], tr("↑ ↓ choose, Enter takes it"))
        if take:
            self.popup.move_by(1)

    def hide_offers(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _edited(self, text: str) -> None:
        if len(text.strip()) < self._least:
            self._rest.stop()
            self._drop()
            self.hide_offers()
        else:
            self._rest.start()

    def _drop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _look(self) -> None:
        self._drop()
        self._task = self._context.runner.query(self._ask(self.text().strip()))
        self._task.then(partial(self._show, self.text()))

    def _show(self, asked: str, rows: Sequence[Any]) -> None:
        if asked == self.text() and self.hasFocus():
            self.offer(rows)

    def _take(self, entry: Suggestion) -> None:
        self._rest.stop()
        self._drop()
        self.hide_offers()
        self.chosen.emit(entry.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shown = self._popup is not None and self._popup.isVisible()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            current = self.popup.current() if shown else None
            if current is not None:
                self._take(current)
            else:
                self._rest.stop()
                self._drop()
                self.hide_offers()
                self.entered.emit(self.text().strip())
        elif shown and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.popup.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif shown and key == Qt.Key.Key_Escape:
            self.hide_offers()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hide_offers()
        super().focusOutEvent(event)
