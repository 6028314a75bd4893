"""A year of goods by months: whole clean months come from their own sums, everything else by the day."""

from __future__ import annotations

from datetime import date

from services.commands.upkeep import RebuildDerived, SumDays
from services.db import sums
from services.db.reading import Reading
from services.db.schema import OrderLine
from services.desk import Desk
from tests.factories import at, make_orders
from tests.queries.filling import Change


class Goods:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first.toordinal(), last.toordinal()

    def run(self, reading: Reading) -> dict[int, sums.Goods]:
        return sums.by_listing(reading, self.first, self.last)


class Months:
    def run(self, reading: Reading) -> list[tuple[int, ...]]:
        return reading.sql("SELECT month, sum(quantity), sum(amount) FROM listing_month GROUP BY month ORDER BY month")


def test_months_and_days_together_make_any_span(desk: Desk) -> None:
    days = ("2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-15")
    rows = [{"number": day, "paid_at": at(f"{day} 12:00"), "lines": [{"title": "茶", "quantity": 2, "price": 100}]} for day in days]
    make_orders(desk, rows)
    spans = [
        (date(2026, 1, 1), date(2026, 3, 31), 5),
        (date(2026, 1, 2), date(2026, 3, 31), 4),
        (date(2026, 1, 1), date(2026, 2, 27), 3),
        (date(2026, 2, 1), date(2026, 2, 28), 2),
        (date(2026, 2, 1), date(2026, 2, 1), 1),
        (date(2025, 1, 1), date(2025, 12, 31), 0),
    ]

    def check(units: int = 2) -> None:
        for first, last, orders in spans:
            assert sum(goods.quantity for goods in desk.read(Goods(first, last)).values()) == orders * units

    check()
    for portion in (1, 2, None):
        desk.perform(SumDays(portion))
        check()
    january = 2026 * 12
    assert desk.read(Months()) == [(january, 4, 400), (january + 1, 4, 400), (january + 2, 2, 200)]
    desk.perform(Change(OrderLine, {line: {"quantity": 3} for line in range(1, 6)}))
    check(3)
    desk.perform(SumDays(2))
    check(3)
    desk.perform(RebuildDerived())
    check(3)
    assert [units for _month, units, _amount in desk.read(Months())] == [6, 6, 3]
