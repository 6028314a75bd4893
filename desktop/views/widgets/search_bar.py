"""The search box: words, and filters as chips inside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import formats
from desktop.i18n import tr
from desktop.theme import RADIUS, colour, theme
from desktop.views.widgets.buttons import QuietButton
from desktop.views.widgets.labels import IconLabel
from desktop.views.widgets.search_chips import Chip, ChipRow
from desktop.views.widgets.search_field import SearchField

WAIT = 150
"""Milliseconds of rest after a key before the words are searched."""
LEAST_FIELD = 190
"""Width in px that the chips leave to the words."""


class SearchBar(QWidget):
    """`searched(words)` comes shortly after typing and at once on Enter; Esc empties the box; Backspace in the empty box takes the last chip.

    The chips here are the owner's (`set_chips`); FilterBar makes them of the search itself.
    """

    searched = Signal(str)
    chip_removed = Signal(str)
    """Key of the chip taken away; the owner removes it from its search and calls `set_chips`."""

    def __init__(self, placeholder: str, name: str = "") -> None:
        super().__init__()
        self.setFixedHeight(34)
        self._chips: list[tuple[str, Chip]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 4, 0)
        self._row.setSpacing(6)
        self._row.addWidget(IconLabel("search", "muted"))
        self.chip_row = ChipRow()
        self._row.addWidget(self.chip_row)
        self._placeholder = placeholder
        self.field = SearchField(placeholder, name)
        self.field.installEventFilter(self)
        self._row.addWidget(self.field, 1)
        self._clear = QuietButton(icon="close", height=26, name=tr("Clear the search"), run=self.clear)
        self._clear.hide()
        self._row.addWidget(self._clear)
        self.setFocusProxy(self.field)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT)
        self._rest.timeout.connect(self._tell)
        self._told = ""
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._entered)

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
        made = []
        for key, name, value in chips:
            chip = Chip(name, value)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.removed.connect(partial(self.chip_removed.emit, key))
            made.append((key, chip))
        self._chips = made
        self.chip_row.put([chip for _, chip in made])

    def show_trouble(self, words: str) -> None:
        """Say in the tooltip and by the border that the search can't be understood; empty words take it back."""
        self.setProperty("trouble", bool(words))
        self.setToolTip(formats.plain_tip(words))
        self.field.setAccessibleDescription(words)
        self.update()

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._rest.start()

    def _entered(self) -> None:
        self._tell()

    def _tell(self) -> None:
        self._rest.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            return False
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take_key(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """A key on its way to the line; True if the line does not get it."""
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.clear()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._chips:
            self.chip_removed.emit(self._chips[-1][0])
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._give_room()
        super().resizeEvent(event)

    def _give_room(self) -> None:
        """Let the chips have what the words and the buttons leave."""
        buttons = [item.widget() for place in range(self._row.count()) if (item := self._row.itemAt(place)) is not None]
        fixed = sum(one.sizeHint().width() + 6 for one in buttons if isinstance(one, QuietButton) and one.isVisibleTo(self))
        self.chip_row.give(max(60, self.width() - fixed - LEAST_FIELD - 46))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.field.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        focused = self.field.hasFocus() or any(chip.hasFocus() for chip in self.chip_row.stops())
        wide = 2 if focused else 1
        edge = t.bad if self.property("trouble") else t.accent if focused else t.control
        painter.setPen(QPen(colour(edge), wide))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), RADIUS, RADIUS)
