"""How many orders must leave in which hour of the rest of today; the next hours in red and yellow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from desktop import formats
from desktop.i18n import tr
from desktop.theme import LABEL_SIZE, colour, theme
from desktop.views.widgets.charts.base import Chart, axis_text, shapes, text_at, width_of

AXIS, TOP, MOST = 22, 18, 12


class DueHours(Chart):
    """`set(hours)`: (hour of the day, orders), the first is the hour of now. A click on a bar emits its hour."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__(tr("To ship today by hour"))
        self.hours: tuple[tuple[int, int], ...] = ()
        self.setFixedHeight(136)

    def sizeHint(self) -> QSize:
        return QSize(280, 136)

    def set(self, hours: Sequence[tuple[int, int]]) -> None:
        last = max((place for place, (_hour, orders) in enumerate(hours) if orders), default=-1)
        self.hours = tuple(hours)[: max(last + 1, min(MOST, len(hours)))]
        told = [tr("{hour}:00 {n}", hour=hour, n=orders) for hour, orders in self.hours if orders]
        self.describe(", ".join(told) or tr("Nothing more is due today"))
        self.setCursor(Qt.CursorShape.PointingHandCursor if told else Qt.CursorShape.ArrowCursor)
        self.update()

    def _step(self) -> float:
        return self.width() / max(1, len(self.hours))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() // self._step())
        if 0 <= place < len(self.hours) and self.hours[place][1]:
            self.asked.emit(self.hours[place][0])

    def draw(self, painter: QPainter) -> None:
        t = theme()
        most = max([orders for _hour, orders in self.hours] or [0])
        bottom = self.height() - AXIS
        shapes(painter, False)
        painter.fillRect(0, bottom, self.width(), 1, colour(t.line))
        step = self._step()
        wide = min(24.0, step * 0.68)
        for place, (hour, orders) in enumerate(self.hours):
            x = place * step
            words = tr("now") if place == 0 else str(hour)
            if len(self.hours) <= MOST or place % 2 == 0:
                wide_enough = max(step, width_of(words) + 2)
                axis_text(painter, QRectF(max(0.0, x + (step - wide_enough) / 2), bottom + 3, wide_enough, AXIS - 3), words)
            if not orders or not most:
                continue
            tall = max(3.0, (bottom - TOP) * orders / most)
            ink = t.fill_bad if place == 0 else t.fill_warn if place <= 2 else t.line2
            shapes(painter, True)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(ink))
            left = x + (step - wide) / 2
            painter.drawRoundedRect(QRectF(left, bottom - tall, wide, tall), 2, 2)
            figure = formats.count(orders)
            text_at(
                painter,
                x + (step - width_of(figure, LABEL_SIZE)) / 2,
                bottom - tall - 5,
                figure,
                t.text if place <= 2 else t.text2,
                LABEL_SIZE,
            )
        if not most:
            text_at(
                painter, QPointF((self.width() - width_of(tr("Nothing more is due today"), LABEL_SIZE)) / 2, 0).x(), bottom / 2,
                tr("Nothing more is due today"), t.muted, LABEL_SIZE,
            )  # fmt: skip
