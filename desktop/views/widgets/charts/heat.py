"""When buyers pay: seven weekdays by twenty-four hours, the more the deeper; where there is room, the hours of all days as bars below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.theme import colour, theme
from desktop.views.widgets.charts.base import axis_text
from desktop.views.widgets.charts.marks import MarkedChart, Target, best_of, block, said

LEFT, AXIS, GAP = 28, 24, 3
BARS, BARS_FROM = 150, 460
"""Height of the bars, and of the chart from which it has them."""
HOURS = 24


class HourHeat(MarkedChart):
    """Of a table with weekday (0 Monday), hour, orders, paid: 168 rows."""

    def choose_best(self) -> int:
        return best_of(self.figures("orders"))

    def words_of(self, row: int) -> str:
        day = formats.weekday_text(self.figure(row, "weekday") + 1)  # ordinal 1 was a Monday
        orders = trn("{n} order", "{n} orders", self.figure(row, "orders"))
        amount = formats.money(self.figure(row, "paid"))
        return said(tr("{day} {hour}:00", day=day, hour=self.figure(row, "hour")), orders, amount)

    @property
    def _bars(self) -> int:
        return BARS if self.wide and self.height() >= BARS_FROM else 0

    def _cell(self, weekday: int, hour: int) -> QRectF:
        wide, tall = (self.width() - LEFT) / HOURS, (self.height() - AXIS - self._bars) / 7
        x, y = round(LEFT + hour * wide), round(weekday * tall)
        return QRectF(x, y, round(LEFT + (hour + 1) * wide) - x - GAP, round((weekday + 1) * tall) - y - GAP)

    def targets(self) -> Sequence[Target]:
        return [
            Target(self._cell(self.figure(row, "weekday"), self.figure(row, "hour")).adjusted(0, 0, GAP, GAP), row)
            for row in range(len(self.rows))
        ]

    def paint_marks(self, painter: QPainter) -> None:
        t = theme()
        orders = self.figures("orders")
        most = max(*orders, 1)
        for target in self.kept_targets():
            block(painter, target.area.adjusted(0, 0, -GAP, -GAP), t.heat(orders[target.row] / most), 3)
        for target in self.kept_targets():
            if target.row == self.lit:
                self.ring(painter, target.area.adjusted(0, 0, -GAP, -GAP), 3)
        for weekday in range(7):
            cell = self._cell(weekday, 0)
            words = formats.weekday_text(weekday + 1)
            words = words[-1] if language() == "zh" else words
            axis_text(painter, QRectF(0, cell.top(), LEFT, cell.height()), words, Qt.AlignmentFlag.AlignLeft)
        if self._bars:
            self._paint_hours(painter, orders)
        below = self._cell(6, 0).bottom() + self._bars + 6
        axis_text(painter, QRectF(0, below, LEFT, 16), tr("h"), Qt.AlignmentFlag.AlignLeft)
        for hour in (0, 3, 6, 9, 12, 15, 18, 21, 23):
            cell = self._cell(6, hour)
            axis_text(painter, QRectF(cell.center().x() - 14, below, 28, 16), str(hour))

    def _paint_hours(self, painter: QPainter, orders: Sequence[int]) -> None:
        """Each hour over all weekdays, in line with its column; the best says how many."""
        t = theme()
        sums = [sum(orders[hour::HOURS]) for hour in range(HOURS)]
        best = best_of(sums)
        for hour, value in enumerate(sums):
            cell = self._cell(6, hour)
            tall = round(value / max(*sums, 1) * (BARS - 44))
            bar = QRectF(cell.left(), cell.bottom() + BARS - tall, cell.width(), tall)
            if value:
                block(painter, bar, colour(t.fill_accent) if hour == best else t.heat(0.5))
            if hour == best:
                axis_text(painter, QRectF(bar.center().x() - 40, bar.top() - 18, 80, 16), formats.count(value), ink=t.text)

    def legend(self) -> list[tuple[str, str]]:
        return [("ramp", "")]
