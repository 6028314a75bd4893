"""The day's figures for the Today page, beside the same weekday of last week."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.clock import MS_A_DAY, day_start
from services.db.sums import QUARTER, by_day

if TYPE_CHECKING:
    from services.db.reading import Reading

SERIES_DAYS = 14

_PAID_UNTIL = "SELECT count(*), coalesce(sum(paid), 0) FROM orders WHERE paid_at >= ? AND paid_at < ?"
_SHIPPED = f"SELECT shipped_at / {QUARTER}, count(*) FROM orders WHERE shipped_at >= ? AND shipped_at < ? GROUP BY 1"  # noqa: S608
_REFUNDS = f"SELECT at / {QUARTER}, -sum(amount) FROM money_entry WHERE kind = 'refund' AND at >= ? AND at < ? GROUP BY 1"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: today until now, the same weekday last week until the same time and as a whole, and the last 14 days.

    `kind` is money (fen) or count; `series` ends with today.
    """

    code: str
    kind: str
    today: int
    before: int
    before_whole: int
    series: tuple[int, ...]

    @property
    def yesterday(self) -> int:
        return self.series[-2]

    @property
    def before_yesterday(self) -> int:
        """The whole day a week before yesterday."""
        return self.series[-9]


def day_figures(reading: Reading, today: int) -> tuple[Figure, ...]:
    """paid, orders, shipped, refunded. Sales come from the sums of days, the rest along the index of its time."""
    zone, now = reading.shop.zone, reading.now
    days = range(today - SERIES_DAYS + 1, today + 1)
    starts = [day_start(day, zone) for day in (*days, today + 1)]
    sales = by_day(reading, days[0], today)
    # The same wall-clock time a week ago; a day of clock change in between moves it by its hour.
    week_start = day_start(today - 7, zone)
    until = min(week_start + now - starts[-2], week_start + MS_A_DAY)
    orders_then, paid_then = reading.sql(_PAID_UNTIL, (week_start, until))[0]
    figures = [
        _series("paid", "money", {day: found.paid for day, found in sales.items()}, days, paid_then),
        _series("orders", "count", {day: found.orders for day, found in sales.items()}, days, orders_then),
    ]
    for code, kind, statement in (("shipped", "count", _SHIPPED), ("refunded", "money", _REFUNDS)):
        by: dict[int, int] = defaultdict(int)
        then = 0
        for quarter, amount in reading.sql(statement, (starts[0], starts[-1])):
            moment = quarter * QUARTER
            by[days[bisect_right(starts, moment) - 1]] += amount
            if week_start <= moment < until:
                then += amount
        figures.append(_series(code, kind, by, days, then))
    return tuple(figures)


def _series(code: str, kind: str, by: Mapping[int, int], days: range, then: int) -> Figure:
    series = tuple(by.get(day, 0) for day in days)
    return Figure(code, kind, series[-1], then, series[-8], series)
