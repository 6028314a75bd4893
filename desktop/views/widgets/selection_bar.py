"""The 52 px bar under a table: what is chosen, its sums, what can be done with it. Docked, never floating over rows."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import MARGIN, colour, theme
from desktop.views.widgets.buttons import Button, QuietButton
from desktop.views.widgets.labels import Label

BAR = 52


class SelectionBar(QWidget):
    """`show_selection(title, sums)` while something is chosen (buttons and × appear), `show_summary(words)` while nothing is."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self.setFixedHeight(BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN - 6, 1, MARGIN, 0)
        row.setSpacing(8)
        self.clear = QuietButton(icon="close", name=tr("Clear selection"))
        row.addWidget(self.clear)
        self._title = Label("", "strong")
        self._sums = Label("", "body2")
        row.addWidget(self._title)
        row.addSpacing(4)
        row.addWidget(self._sums)
        row.addStretch()
        self.buttons = buttons
        for button in buttons:
            row.addWidget(button)
        self.show_summary("")

    def show_selection(self, title: str, sums: str) -> None:
        self._title.setText(title)
        self._sums.setText(sums)
        self._toggle(True)

    def show_summary(self, words: str) -> None:
        self._title.setText("")
        self._sums.setText(words)
        self._toggle(False)

    def _toggle(self, on: bool) -> None:
        self.clear.setVisible(on)
        self._title.setVisible(on)
        for button in self.buttons:
            button.setVisible(on)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, colour(theme().line))
