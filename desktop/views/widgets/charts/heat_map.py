"""Hour by weekday: 7 × 24 cells from pale to full, the best one ringed."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from desktop import formats
from desktop.i18n import language, tr
from desktop.theme import colour, theme
from desktop.views.widgets.charts.base import Chart, axis_text, shapes, width_of

LEFT, AXIS, GAP = 34, 22, 2
_SHORT = (("Mon", "一"), ("Tue", "二"), ("Wed", "三"), ("Thu", "四"), ("Fri", "五"), ("Sat", "六"), ("Sun", "日"))


class HeatMap(Chart):
    """`set({(weekday, hour): orders})`, Monday is 0; `asked(weekday, hour)` when a cell was clicked."""

    asked = Signal(int, int)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.cells: dict[tuple[int, int], int] = {}

    def sizeHint(self) -> QSize:
        return QSize(480, 220)

    def set(self, cells: Mapping[tuple[int, int], int]) -> None:
        self.cells = dict(cells)
        best = sorted(self.cells.items(), key=lambda pair: -pair[1])[:3]
        told = [f"{weekday_word(weekday)} {hour}:00 {orders}" for (weekday, hour), orders in best if orders]
        self.describe(tr("The busiest: {hours}", hours=", ".join(told)) if told else tr("Nothing was sold"))
        self.update()

    def _cell(self, weekday: int, hour: int) -> QRectF:
        wide = (self.width() - LEFT) / 24
        tall = (self.height() - AXIS) / 7
        return QRectF(LEFT + hour * wide, weekday * tall, wide - GAP, tall - GAP)

    def _at(self, x: float, y: float) -> tuple[int, int] | None:
        hour, weekday = int((x - LEFT) // ((self.width() - LEFT) / 24)), int(y // ((self.height() - AXIS) / 7))
        return (weekday, hour) if 0 <= hour < 24 and 0 <= weekday < 7 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._at(event.position().x(), event.position().y())
        if cell is not None:
            weekday, hour = cell
            words = tr(
                "{weekday} {hour}:00: {n} orders", weekday=weekday_word(weekday), hour=hour, n=formats.count(self.cells.get(cell, 0))
            )
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

            self.setCursor(Qt.CursorShape.PointingHandCursor if self.cells.get(cell) else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._at(event.position().x(), event.position().y())
        if cell is not None and self.cells.get(cell):
            self.asked.emit(*cell)

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)

    def draw(self, painter: QPainter) -> None:
        most = max(self.cells.values(), default=0)
        shapes(painter, True)
        painter.setPen(Qt.PenStyle.NoPen)
        best = max(self.cells, key=lambda cell: (self.cells[cell], -cell[0], -cell[1]), default=None)
        for weekday in range(7):
            for hour in range(24):
                orders = self.cells.get((weekday, hour), 0)
                painter.setBrush(theme().heat(orders / most if most else 0))
                painter.drawRoundedRect(self._cell(weekday, hour), 2, 2)
        if best is not None and most:
            painter.setPen(QPen(colour(theme().text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._cell(*best).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        tall = (self.height() - AXIS) / 7
        for weekday in range(7):
            axis_text(painter, QRectF(0, weekday * tall, LEFT - 8, tall - GAP), weekday_word(weekday), Qt.AlignmentFlag.AlignLeft)
        for hour in (0, 6, 12, 18, 23):
            cell = self._cell(0, hour)
            axis_text(painter, QRectF(cell.center().x() - 15, self.height() - AXIS + 4, 30, AXIS - 4), str(hour))


def weekday_word(weekday: int) -> str:
    """`一`, `Mon`."""
    return _SHORT[weekday][1 if language() == "zh" else 0]


class HeatLegend(Chart):
    """Few → many: five squares of the ramp."""

    def __init__(self) -> None:
        super().__init__(tr("From few to many"))
        self._left, self._right = (ceil(width_of(words)) + 6 for words in (tr("few"), tr("many")))
        self.setFixedSize(self._left + 60 + self._right, 16)

    def draw(self, painter: QPainter) -> None:
        axis_text(painter, QRectF(0, 0, self._left, 16), tr("few"), Qt.AlignmentFlag.AlignLeft)
        shapes(painter, True)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in range(5):
            painter.setBrush(theme().heat(place / 4))
            painter.drawRoundedRect(QRectF(self._left + place * 12, 3, 10, 10), 2, 2)
        axis_text(painter, QRectF(self._left + 60, 0, self._right, 16), tr("many"), Qt.AlignmentFlag.AlignRight)
