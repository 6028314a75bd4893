"""A choice among the flags' colours: six dots side by side, left and right move."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import formats
from desktop.i18n import language
from desktop.theme import colour, theme

_CELL, _DOT = 28, 14


class Swatches(QWidget):
    """`value` 0 (grey) to 5; `chosen(value)` when another is taken."""

    chosen = Signal(int)

    def __init__(self, value: int, name: str) -> None:
        super().__init__()
        self.value, self._name = value, name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def choose(self, value: int) -> None:
        if value != self.value:
            self.value = value
            self._tell()
            self.update()
            self.chosen.emit(value)

    def _tell(self) -> None:
        words = colour_words(self.value)
        self.setAccessibleName(f"{self._name}: {words}")
        self.setToolTip(formats.plain_tip(words))

    def sizeHint(self) -> QSize:
        return QSize(6 * _CELL, 32)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self.choose(max(0, min(5, int(event.position().x()) // _CELL)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(max(0, min(5, self.value + step)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        for place in range(6):
            middle = QPointF(place * _CELL + _CELL / 2, self.height() / 2)
            if place == self.value:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour(t.accent if self.hasFocus() else t.text2), 2))
                painter.drawEllipse(middle, _DOT / 2 + 4, _DOT / 2 + 4)
            if place:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(t.flags[place]))
                painter.drawEllipse(middle, _DOT / 2, _DOT / 2)
            else:
                painter.setPen(QPen(colour(t.control), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QRectF(middle.x() - _DOT / 2 + 0.5, middle.y() - _DOT / 2 + 0.5, _DOT - 1, _DOT - 1))


def colour_words(value: int) -> str:
    """`红` of 红旗: the colour without the flag."""
    from services.search.fields import FLAGS

    choice = FLAGS[value]
    return choice.zh if language() == "zh" else choice.en.capitalize()
