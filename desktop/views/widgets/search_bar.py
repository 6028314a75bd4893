"""The search box: filters as chips inside it, plain words after them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.i18n import tr
from desktop.theme import RADIUS, colour, theme
from desktop.views.widgets.buttons import QuietButton
from desktop.views.widgets.labels import IconLabel, Label

WAIT = 150
"""Milliseconds of rest after a key before the words are searched."""


class Chip(QWidget):
    """One filter in the box: its field muted, its value, and × to take it away."""

    def __init__(self, field: str, value: str, remove: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 2, 0)
        row.setSpacing(4)
        if field:
            row.addWidget(Label(field, "label"))
        words = Label(value, "small")
        row.addWidget(words)
        close = QuietButton(icon="close", height=18, name=tr("Remove filter {filter}", filter=f"{field} {value}".strip()), run=remove)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(close)
        self.setFixedHeight(22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme().hover))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)


class SearchBar(QWidget):
    """`searched(words)` comes shortly after typing and at once on Enter; Esc empties the box; Backspace in the empty box takes the last chip."""

    searched = Signal(str)
    chip_removed = Signal(str)
    """Key of the chip taken away; the owner removes it from its search and calls `set_chips`."""

    def __init__(self, placeholder: str, name: str = "") -> None:
        super().__init__()
        self.setFixedHeight(34)
        self._chips: list[tuple[str, QWidget]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 4, 0)
        self._row.setSpacing(6)
        self._row.addWidget(IconLabel("search", "muted"))
        self.field = QLineEdit()
        self.field.setProperty("bare", True)
        self.field.setFrame(False)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(name or placeholder)
        self.field.installEventFilter(self)
        self._row.addWidget(self.field, 1)
        self._clear = QuietButton(icon="close", height=26, name=tr("Clear the search"), run=self.clear)
        self._clear.setVisible(False)
        self._row.addWidget(self._clear)
        self.setFocusProxy(self.field)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT)
        self._rest.timeout.connect(self._tell)
        self._told = ""
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._tell)

    def text(self) -> str:
        return self.field.text().strip()

    def set_text(self, text: str) -> None:
        """Show a search and tell it."""
        self.field.setText(text)
        self._tell()

    def clear(self) -> None:
        self.set_text("")
        self.field.setFocus()

    def set_chips(self, chips: Sequence[tuple[str, str, str]]) -> None:
        """Show these filters: (key, field's name or empty, value in words)."""
        for _, chip in self._chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        for place, (key, name, value) in enumerate(chips):
            chip = Chip(name, value, lambda key=key: self.chip_removed.emit(key))  # type: ignore[misc]
            self._row.insertWidget(1 + place, chip)
            self._chips.append((key, chip))

    def show_trouble(self, words: str) -> None:
        """Say in the tooltip and by the border that the search can't be understood; empty words take it back."""
        self.setProperty("trouble", bool(words))
        self.setToolTip(words)
        self.field.setAccessibleDescription(words)
        self.update()

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._rest.start()

    def _tell(self) -> None:
        self._rest.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.clear()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._chips:
                self.chip_removed.emit(self._chips[-1][0])
                return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.field.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        wide = 2 if self.field.hasFocus() else 1
        edge = t.bad if self.property("trouble") else t.accent if self.field.hasFocus() else t.control
        painter.setPen(QPen(colour(edge), wide))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), RADIUS, RADIUS)
