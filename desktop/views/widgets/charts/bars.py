"""Sales by day, week or month: a bar each, zero ones too, the best in the accent; the time before as a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop import formats
from desktop.i18n import tr, trn
from desktop.theme import colour, theme
from desktop.views.widgets.charts.base import axis_text, scale_words, shapes, steps, text_at, width_of
from desktop.views.widgets.charts.marks import MarkedChart, Target, best_of, block, said

TOP, AXIS, RIGHT = 24, 22, 46
MOST_LABELS = 7


class DayBars(MarkedChart):
    """Of a table with day, orders, paid, before."""

    def choose_best(self) -> int:
        return best_of(self.figures("paid"))

    def words_of(self, row: int) -> str:
        orders = trn("{n} order", "{n} orders", self.figure(row, "orders"))
        return said(self._days(row), formats.money(self.figure(row, "paid")), orders)

    @property
    def _last(self) -> int:
        return self.table.span.last if self.table is not None else 0

    def _days(self, row: int) -> str:
        """`11-11 Wed`, `11-02 – 11-08`, `2026-11`: what a bar stands for."""
        first = self.figure(row, "day")
        if self.by == "month":
            return f"{date.fromordinal(first):%Y-%m}"
        if self.by == "week":
            last = self.figure(row + 1, "day") - 1 if row + 1 < len(self.rows) else self._last
            return f"{formats.day_text(first)} – {formats.day_text(last)}" if last > first else formats.day_text(first)
        return f"{formats.day_text(first)} {formats.weekday_text(first)}"

    # ---- where things are

    def _area(self) -> QRectF:
        return QRectF(0, TOP, self.width() - RIGHT, self.height() - TOP - AXIS)

    def _scale(self) -> list[float]:
        lines = [self.figures("paid"), self.figures("before")] if self._compares() else [self.figures("paid")]
        return steps(max(max(line) for line in lines) / 100)

    def _compares(self) -> bool:
        return len(self.rows) > 1 and any(self.figures("before"))

    def _step(self) -> float:
        return self._area().width() / len(self.rows)

    def targets(self) -> Sequence[Target]:
        """The whole height over each day: a low bar is hit as easily."""
        if not self.rows:
            return ()
        area, step = self._area(), self._step()
        return [Target(QRectF(row * step, 0, step, area.bottom()), row) for row in range(len(self.rows))]

    def anchor(self, target: Target) -> QRectF:
        return self._bar(target.row, self._scale()[-1])

    def _bar(self, row: int, most: float) -> QRectF:
        area, step = self._area(), self._step()
        wide = max(1.0, min(28.0, float(round(step * 0.68))))
        tall = self.figure(row, "paid") / 100 / most * area.height()
        tall = max(2.0, float(round(tall))) if self.figure(row, "paid") else 0.0
        return QRectF(round(row * step + (step - wide) / 2), round(area.bottom()) - tall, wide, tall)

    # ---- painting

    def paint_marks(self, painter: QPainter) -> None:
        t = theme()
        area, scale = self._area(), self._scale()
        shapes(painter, False)
        for value, words in zip(scale, scale_words(scale), strict=True):
            y = round(area.bottom() - value / scale[-1] * area.height())
            painter.fillRect(QRectF(0, y, area.width(), 1), colour(t.line if not value else t.row))
            axis_text(painter, QRectF(area.right(), y - 8, RIGHT, 16), words, Qt.AlignmentFlag.AlignRight)
        for row in range(len(self.rows)):
            bar = self._bar(row, scale[-1])
            if bar.height():
                block(painter, bar, colour(t.fill_accent) if row == self.best else t.heat(0.5))
        if self._compares():
            self._line_before(painter, area, scale[-1])
        if self.lit >= 0:
            bar = self._bar(self.lit, scale[-1])
            self.ring(painter, bar.adjusted(-1.5, -1.5, 1.5, 1.5) if bar.height() else bar.adjusted(-1, -3, 1, 0))
        elif self.best >= 0:
            self._tell_best(painter, self._bar(self.best, scale[-1]), area)
        self._days_below(painter, area)

    def _line_before(self, painter: QPainter, area: QRectF, most: float) -> None:
        step = self._step()
        before = self.figures("before")
        points = [QPointF((row + 0.5) * step, area.bottom() - value / 100 / most * area.height()) for row, value in enumerate(before)]
        pen = QPen(colour(theme().muted), 1.4)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        shapes(painter, True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def _tell_best(self, painter: QPainter, bar: QRectF, area: QRectF) -> None:
        """The best bar says its day and amount beside its top, where there is room."""
        whole = self.figure(self.best, "paid") // 100
        words = f"{self._short(self.figure(self.best, 'day'))}  ¥{whole:,}"
        wide = width_of(words) + 4
        # Words on the page's own ground: bars beside must not run through them.
        right = bar.right() + 6
        x = right if right + wide <= area.right() else bar.left() - 6 - wide
        base = max(bar.top() + 11, 12.0)
        neighbours = range(int(x / self._step()), min(int((x + wide) / self._step()) + 1, len(self.figures("paid"))))
        most = self._scale()[-1]
        if any(self._bar(row, most).top() < base + 4 for row in neighbours if row != self.best):
            x, base = min(max(0.0, bar.center().x() - wide / 2), area.right() - wide), max(11.0, bar.top() - 6)
        text_at(painter, round(x), round(base), words, theme().text)

    def _short(self, day: int) -> str:
        return f"{date.fromordinal(day):%Y-%m}" if self.by == "month" else formats.day_text(day)

    def _days_below(self, painter: QPainter, area: QRectF) -> None:
        days = self.figures("day")
        count = min(MOST_LABELS, len(days), max(2, int(area.width() // 64)))
        places = sorted({round(place * (len(days) - 1) / max(1, count - 1)) for place in range(count)})
        for place in places:
            words = self._short(days[place])
            wide = width_of(words) + 2
            x = (place + 0.5) * self._step() - wide / 2
            x = min(max(0.0, x), area.right() - wide)
            axis_text(painter, QRectF(x, area.bottom() + 5, wide, AXIS - 5), words)

    def legend(self) -> list[tuple[str, str]]:
        """(sign, words) of what the colours mean; none where there is only one."""
        if not self._compares():
            return []
        n = self.table.span.days if self.table is not None else 0
        each = {"week": tr("Each week"), "month": tr("Each month")}.get(self.by, tr("Each day"))
        return [("block", each), ("line", tr("{n} days before", n=n))]
