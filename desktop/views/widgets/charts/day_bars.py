"""Sales by day: a bar for each day, zero days as well, the best one highlighted, the days before as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip

from desktop import formats
from desktop.i18n import tr
from desktop.theme import LABEL_SIZE, colour, theme
from desktop.views.widgets.charts.base import Chart, axis_text, shapes, short_number, steps, text_at, width_of

AXIS, RIGHT, TOP = 22, 46, 20


@dataclass(frozen=True, slots=True)
class DayBar:
    """A local day (or the first of a week or month) by its ordinal; fen, and fen of the same day of the time before."""

    day: int
    paid: int
    orders: int
    before: int | None = None


class DayBars(Chart):
    """`set(bars)`; `asked(place)` when a bar was clicked."""

    asked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.bars: tuple[DayBar, ...] = ()
        self._hover = -1

    def sizeHint(self) -> QSize:
        return QSize(520, 240)

    def set(self, bars: Sequence[DayBar]) -> None:
        self.bars = tuple(bars)
        self._hover = -1
        told = [f"{_day(one.day)} {formats.money(one.paid)}" for one in sorted(bars, key=lambda one: -one.paid)[:3] if one.paid]
        self.describe(tr("{n} days; the best: {days}", n=len(self.bars), days=", ".join(told)) if told else tr("Nothing was sold"))
        self.update()

    def _area(self) -> QRectF:
        return QRectF(0, TOP, self.width() - RIGHT, self.height() - TOP - AXIS)

    def _place(self, x: float) -> int:
        step = self._area().width() / max(1, len(self.bars))
        place = int(x // step)
        return place if 0 <= place < len(self.bars) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().x())
        if place != self._hover:
            self._hover = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()
        if place >= 0:
            one = self.bars[place]
            words = tr("{day}: {amount}, {n} orders", day=_day(one.day), amount=formats.money(one.paid), n=formats.count(one.orders))
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().x())
        if place >= 0:
            self.asked.emit(place)

    def draw(self, painter: QPainter) -> None:
        if not self.bars:
            return
        t = theme()
        area = self._area()
        most = max(*(one.paid for one in self.bars), *(one.before or 0 for one in self.bars), 0)
        scale = steps(most / 100)
        top = scale[-1] * 100
        self._lines(painter, area, scale)
        step = area.width() / len(self.bars)
        wide = max(1.0, step * (0.72 if step > 6 else 1.0))
        best = max(range(len(self.bars)), key=lambda place: self.bars[place].paid)
        shapes(painter, step > 6)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, one in enumerate(self.bars):
            tall = area.height() * one.paid / top
            if tall <= 0:
                continue
            painter.setBrush(colour(t.fill_accent) if place == best else theme().heat(0.62 if place == self._hover else 0.5))
            left = place * step + (step - wide) / 2
            painter.drawRoundedRect(QRectF(left, area.bottom() - tall, wide, tall), min(2.0, wide / 3), min(2.0, wide / 3))
        self._before(painter, area, step, top)
        if self.bars[best].paid:
            self._name_best(painter, area, step, best, top)
        self._days(painter, area, step)

    @staticmethod
    def _lines(painter: QPainter, area: QRectF, scale: Sequence[float]) -> None:
        shapes(painter, False)
        for value in scale:
            y = round(area.bottom() - value / scale[-1] * area.height())
            painter.fillRect(QRectF(0, y, area.width(), 1), colour(theme().line if value == 0 else theme().row))
            axis_text(painter, QRectF(area.right(), y - 8, RIGHT, 16), short_number(value), Qt.AlignmentFlag.AlignRight)

    def _before(self, painter: QPainter, area: QRectF, step: float, top: float) -> None:
        known = [(place, one.before) for place, one in enumerate(self.bars) if one.before is not None]
        if len(known) < 2 or not any(before for _place, before in known):
            return
        points = [QPointF((place + 0.5) * step, area.bottom() - area.height() * (before or 0) / top) for place, before in known]
        shapes(painter, True)
        pen = QPen(colour(theme().muted), 1.3)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def _name_best(self, painter: QPainter, area: QRectF, step: float, best: int, top: float) -> None:
        one = self.bars[best]
        words = f"{_day(one.day)}  {formats.money(one.paid)}"
        wide = width_of(words, LABEL_SIZE)
        y = max(12.0, area.bottom() - area.height() * one.paid / top - 6)
        x = min(max(0.0, (best + 0.5) * step - wide / 2), area.right() - wide)
        text_at(painter, x, y, words, theme().text, LABEL_SIZE)

    def _days(self, painter: QPainter, area: QRectF, step: float) -> None:
        every = max(1, round(84 / step))
        for place in range(0, len(self.bars), every):
            x = (place + 0.5) * step
            if x + 20 > area.right() and place:
                continue
            words = _day(self.bars[place].day)
            wide = width_of(words) + 2
            axis_text(painter, QRectF(max(0.0, x - wide / 2), area.bottom() + 4, wide, AXIS - 4), words)


def _day(ordinal: int) -> str:
    found = date.fromordinal(ordinal)
    return f"{found:%m-%d}"
