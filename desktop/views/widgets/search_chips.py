"""The filters in the search box: a chip each, by mouse and by keys, and what of them there is no room for."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop import formats
from desktop.i18n import tr
from desktop.theme import LABEL_SIZE, colour, font, metrics, theme
from desktop.views.widgets.buttons import QuietButton

HEIGHT, GAP, CLOSE = 22, 6, 18
MOST_VALUE = 200
"""Width in px at which a chip's value is cut; the whole stands in its tooltip."""


class Chip(QWidget):
    """One filter: its field muted, its value, and × to take it away.

    With the focus: Enter, Space or a click open it, Delete or Backspace take it away, the arrows step, the menu key asks for its menu.
    """

    opened = Signal()
    removed = Signal()
    stepped = Signal(int)
    """−1 to the left, +1 to the right."""
    menu_asked = Signal(QPoint)
    typed = Signal(str)
    """A letter meant for the text."""

    def __init__(self, field: str, value: str, *, bad: bool = False, closable: bool = True) -> None:
        super().__init__()
        self.field, self.value = field, value
        self._hover = False
        self._bad = bad
        words = " ".join(part for part in (field, value) if part)
        self.setAccessibleName(tr("Filter {filter}", filter=words) if closable else words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._field_width = ceil(metrics(LABEL_SIZE).horizontalAdvance(field)) + 4 if field else 0
        self._shown = metrics(LABEL_SIZE).elidedText(value, Qt.TextElideMode.ElideRight, MOST_VALUE)
        self.setToolTip(formats.plain_tip(words if self._shown != value else ""))
        self._value_width = ceil(metrics(LABEL_SIZE).horizontalAdvance(self._shown))
        self.setFixedSize(8 + self._field_width + self._value_width + (CLOSE + 4 if closable else 8), HEIGHT)
        self.close_button: QuietButton | None = None
        if closable:
            row = QHBoxLayout(self)
            row.setContentsMargins(0, 0, 2, 0)
            row.addStretch()
            self.close_button = QuietButton(
                icon="close", height=CLOSE, name=tr("Remove filter {filter}", filter=words), run=self.removed.emit
            )
            self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(self.close_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left:
                self.stepped.emit(-1)
            case Qt.Key.Key_Right:
                self.stepped.emit(1)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space | Qt.Key.Key_F2:
                self.opened.emit()
            case Qt.Key.Key_Menu:
                self.menu_asked.emit(self.mapToGlobal(self.rect().bottomLeft()))
            case _:
                if event.text().isprintable() and event.text() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.typed.emit(event.text())
                else:
                    super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        elif event.button() == Qt.MouseButton.MiddleButton:
            self.removed.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = t.accent if self.hasFocus() else t.line2 if self._hover else None
        painter.setPen(QPen(colour(edge), 1.5 if self.hasFocus() else 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.sel if self.hasFocus() else t.hover))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        face = metrics(LABEL_SIZE)
        base = (HEIGHT + face.ascent() - face.descent()) / 2
        painter.setFont(font(LABEL_SIZE))
        painter.setPen(colour(t.muted))
        painter.drawText(QPointF(8, base), self.field)
        painter.setPen(colour(t.bad if self._bad else t.text))
        painter.drawText(QPointF(8 + self._field_width, base), self._shown)


class ChipRow(QWidget):
    """Chips side by side in the room they are given; those to the left that have none stand behind one that counts them."""

    more_asked = Signal(QPoint)
    """What is behind the count is wanted, in a menu at this place on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.chips: list[Chip] = []
        self._room = 0
        self._more: Chip | None = None
        self.hidden = 0
        """How many stand behind the count."""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def put(self, chips: Sequence[Chip]) -> None:
        """Show these instead of those of before."""
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = list(chips)
        for chip in self.chips:
            chip.setParent(self)
        self.setVisible(bool(self.chips))
        self._lay_out()

    def give(self, room: int) -> None:
        """Take at most `room` px."""
        if room != self._room:
            self._room = room
            self._lay_out()

    def stops(self) -> list[Chip]:
        """What the arrows step through: the count first, where there is one."""
        there = self.chips[self.hidden :]
        return [self._more, *there] if self._more is not None else there

    def sizeHint(self) -> QSize:
        return QSize(self._width, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    _width = 0

    def _lay_out(self) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        widths = [chip.width() + GAP for chip in self.chips]
        self.hidden = 0
        if sum(widths) - GAP > self._room > 0:
            left = self._room - 40
            fit = 0
            for width in reversed(widths):
                left -= width
                if left < 0:
                    break
                fit += 1
            self.hidden = len(self.chips) - max(1, fit)
        x = 0
        if self.hidden:
            self._more = Chip("", f"+{self.hidden}", closable=False)
            self._more.setAccessibleName(tr("{n} more filters", n=self.hidden))
            self._more.setToolTip(formats.plain_tip(tr("{n} more filters", n=self.hidden)))
            self._more.setParent(self)
            self._more.opened.connect(self._ask)
            self._more.menu_asked.connect(self._ask)
            self._more.stepped.connect(self._step_from_more)
            self._more.show()
            x = self._more.width() + GAP
        for place, chip in enumerate(self.chips):
            chip.setVisible(place >= self.hidden)
            if place >= self.hidden:
                chip.move(x, 0)
                x += chip.width() + GAP
        self._width = max(0, x - GAP)
        self.updateGeometry()

    def _ask(self) -> None:
        if self._more is not None:
            self.more_asked.emit(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _step_from_more(self, by: int) -> None:
        if by > 0 and self.chips[self.hidden :]:
            self.chips[self.hidden].setFocus()
