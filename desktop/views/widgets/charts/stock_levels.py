"""Thirty days of one SKU: on hand as steps, what came in in green, what went out as bars below, the reorder point dashed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop import formats
from desktop.i18n import tr
from desktop.theme import colour, theme
from desktop.views.widgets.charts.base import Chart, axis_text, shapes, short_number, steps, text_at, width_of

OUT_HEIGHT, AXIS, RIGHT = 30, 20, 34


@dataclass(frozen=True, slots=True)
class Level:
    """A local day: its ordinal, on hand at its end, and what came in and went out."""

    day: int
    on_hand: int
    came: int
    went: int


class StockLevels(Chart):
    """`set(levels, reorder_point)`; the last level is today."""

    def __init__(self) -> None:
        super().__init__(tr("Stock of the last 30 days"))
        self.levels: tuple[Level, ...] = ()
        self.point: int | None = None
        self.setFixedHeight(200)

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    def set(self, levels: Sequence[Level], point: int | None) -> None:
        self.levels, self.point = tuple(levels), point
        if levels:
            came, went = sum(one.came for one in levels), sum(one.went for one in levels)
            self.describe(
                tr(
                    "On hand {now}, 30 days ago {then}; {came} in, {went} out",
                    now=levels[-1].on_hand,
                    then=levels[0].on_hand,
                    came=came,
                    went=went,
                )
            )
        self.update()

    def draw(self, painter: QPainter) -> None:
        if len(self.levels) < 2:
            return
        t = theme()
        scale = steps(max(*(one.on_hand for one in self.levels), self.point or 0, 1))
        area = QRectF(0, 22, self.width() - RIGHT, self.height() - OUT_HEIGHT - AXIS - 32)
        self._lines(painter, area, scale)
        step = area.width() / len(self.levels)

        def place(value: float) -> float:
            return area.bottom() - value / scale[-1] * area.height()

        self._curve(painter, area, step, [place(one.on_hand) for one in self.levels])
        self._arrivals(painter, step, place)
        if self.point:
            y = place(self.point)
            painter.setPen(QPen(colour(t.warn), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, y), QPointF(area.right(), y))
            text_at(painter, 2, y + 14 if y + 14 < area.bottom() else y - 5, tr("Reorder point {n}", n=self.point), t.warn)
        self._outgoing(painter, step)

    def _lines(self, painter: QPainter, area: QRectF, scale: Sequence[float]) -> None:
        shapes(painter, False)
        for value in scale:
            y = round(area.bottom() - value / scale[-1] * area.height())
            painter.fillRect(QRectF(0, y, area.width(), 1), colour(theme().row))
            axis_text(painter, QRectF(area.right(), y - 8, RIGHT, 16), short_number(value), Qt.AlignmentFlag.AlignRight)

    @staticmethod
    def _curve(painter: QPainter, area: QRectF, step: float, heights: Sequence[float]) -> None:
        t = theme()
        points = [QPointF(0, heights[0])]
        for number, y in enumerate(heights):
            points += [QPointF(number * step, y), QPointF((number + 1) * step, y)]
        shapes(painter, False)
        ground = colour(t.fill_accent)
        painter.setOpacity(0.14 if t.dark else 0.08)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPolygon(QPolygonF([*points, QPointF(points[-1].x(), area.bottom()), QPointF(0, area.bottom())]))
        painter.setOpacity(1)
        pen = QPen(colour(t.accent), 1.5)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        shapes(painter, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.accent))
        painter.drawEllipse(QPointF(points[-1].x() - 1, points[-1].y()), 3, 3)

    def _arrivals(self, painter: QPainter, step: float, place: Callable[[float], float]) -> None:
        t = theme()
        most = max(one.came for one in self.levels)
        right = 0.0
        for number, one in enumerate(self.levels):
            if not one.came:
                continue
            before = one.on_hand - one.came + one.went
            shapes(painter, False)
            x = number * step
            painter.setPen(QPen(colour(t.fill_ok), 2))
            painter.drawLine(QPointF(x, place(max(0, before))), QPointF(x, place(one.on_hand)))
            words = formats.change(one.came)
            wide = width_of(words) + 12
            left = min(max(0.0, x - wide / 2), self.width() - RIGHT - wide)
            if left < right + 2 or one.came * 5 < most:
                continue  # small arrivals keep their green line; only their words would crowd
            right = left + wide
            top = max(0.0, place(one.on_hand) - 22)
            shapes(painter, True)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.ok_soft))
            painter.drawRoundedRect(QRectF(left, top, wide, 17), 8.5, 8.5)
            text_at(painter, left + 6, top + 12.5, words, t.ok)

    def _outgoing(self, painter: QPainter, step: float) -> None:
        t = theme()
        most = max(*(one.went for one in self.levels), 1)
        bottom = self.height() - AXIS
        shapes(painter, False)
        for number, one in enumerate(self.levels):
            tall = round(one.went / most * (OUT_HEIGHT - 6)) if one.went else 0
            if tall or one.went:
                wide = max(2, round(step * 0.45))
                painter.fillRect(round(number * step + (step - wide) / 2), bottom - max(2, tall), wide, max(2, tall), colour(t.line2))
        for number in (0, 10, 20):
            axis_text(
                painter,
                QRectF(number * step, bottom + 2, 60, AXIS - 2),
                formats.day_text(self.levels[number].day),
                Qt.AlignmentFlag.AlignLeft,
            )
        axis_text(painter, QRectF(self.width() - RIGHT - 60, bottom + 2, 60, AXIS - 2), tr("today"), Qt.AlignmentFlag.AlignRight)
