"""What a local day sold: how it is added up from the orders, kept in the sum tables, and read back.

A day is the local day of payment (`paid_day`); an order without one was not paid. Paid is gross, refunds stand beside it
on the day of the payment. Goods are what the buyers owed for the lines of paid orders, refunds not taken off. Clean days
are read from the sum tables, days in `dirty_day` are added up from the orders: both always give what a direct GROUP BY gives.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from services.clock import to_local

if TYPE_CHECKING:
    from services.db.reading import Reading
    from services.db.uow import UnitOfWork

# Every zone's offset is a multiple of it, so a quarter of an hour lies in one local hour, on days of clock changes too.
QUARTER = 900_000

_SALES = "count(*), sum(coalesce(o.paid, 0)), sum(o.refunded)"
_GOODS = "sum(l.quantity), sum(coalesce(l.payable, l.price * l.quantity))"
_SUMMED = "sum(orders), sum(paid), sum(refunded)"
_CLEAN = "WHERE day BETWEEN ? AND ? AND day NOT IN (SELECT day FROM dirty_day)"
# CROSS JOIN fixes the way: from the few dirty days to their orders, whatever the planner knows of the tables.
_DIRTY = "FROM dirty_day d CROSS JOIN orders o ON o.paid_day = d.day"
_DIRTY_LINES = f"{_DIRTY} CROSS JOIN order_line l ON l.order_id = o.id"


@dataclass(frozen=True, slots=True)
class Sales:
    """Paid orders, and their money in fen."""

    orders: int = 0
    paid: int = 0
    refunded: int = 0

    def __add__(self, other: Sales) -> Sales:
        return Sales(self.orders + other.orders, self.paid + other.paid, self.refunded + other.refunded)


@dataclass(frozen=True, slots=True)
class Goods:
    """Units sold, and what the buyers owed for them, fen."""

    quantity: int = 0
    amount: int = 0

    def __add__(self, other: Goods) -> Goods:
        return Goods(self.quantity + other.quantity, self.amount + other.amount)


def weekday_of(day: int) -> int:
    """0 = Monday, as date.weekday() of the ordinal."""
    return (day + 6) % 7


def by_day(reading: Reading, first: int, last: int) -> dict[int, Sales]:
    """Sales of each day from `first` to `last`, both included; days without a paid order are not there."""
    found = {
        day: Sales(*sums)
        for day, *sums in reading.sql(f"SELECT day, {_SUMMED} FROM sales_sum {_CLEAN} GROUP BY day", (first, last))  # noqa: S608 (constants)
    }
    dirty = reading.sql(f"SELECT d.day, {_SALES} {_DIRTY} WHERE d.day BETWEEN ? AND ? GROUP BY d.day", (first, last))
    return found | {day: Sales(*sums) for day, *sums in dirty}


def by_weekday_and_hour(reading: Reading, first: int, last: int) -> dict[tuple[int, int], Sales]:
    """Sales by (weekday, local hour), 0 = Monday; hours without a paid order are not there."""
    found: dict[tuple[int, int], Sales] = defaultdict(Sales)
    clean = f"SELECT (day + 6) % 7, hour, {_SUMMED} FROM sales_sum {_CLEAN} GROUP BY 1, 2"  # noqa: S608 (constants)
    for weekday, hour, *sums in reading.sql(clean, (first, last)):
        found[weekday, hour] += Sales(*sums)
    dirty = f"SELECT d.day, o.paid_at / {QUARTER}, {_SALES} {_DIRTY} WHERE d.day BETWEEN ? AND ? GROUP BY 1, 2"
    for day, quarter, *sums in reading.sql(dirty, (first, last)):
        found[weekday_of(day), hour_of(quarter, reading.shop.zone)] += Sales(*sums)
    return dict(found)


def by_province(reading: Reading, first: int, last: int) -> dict[str, Sales]:
    """Sales by province as written on the orders; '' is not known."""
    found: dict[str, Sales] = defaultdict(Sales)
    clean = f"SELECT province, {_SUMMED} FROM region_sum {_CLEAN} GROUP BY province"  # noqa: S608 (constants)
    dirty = f"SELECT o.province, {_SALES} {_DIRTY} WHERE d.day BETWEEN ? AND ? GROUP BY o.province"
    for statement in (clean, dirty):
        for province, *sums in reading.sql(statement, (first, last)):
            found[province] += Sales(*sums)
    return dict(found)


def by_listing(reading: Reading, first: int, last: int) -> dict[int, Goods]:
    """Goods sold by listing id: by month where a whole month is clean, else by day."""
    found: dict[int, Goods] = defaultdict(Goods)
    dirty = {day for (day,) in reading.sql("SELECT day FROM dirty_day WHERE day BETWEEN ? AND ?", (first, last))}
    months, days = [], []
    for month in range(month_of(first), month_of(last) + 1):
        inside = range(max(first, month_start(month)), min(last + 1, month_start(month + 1)))
        if len(inside) == month_start(month + 1) - month_start(month) and dirty.isdisjoint(inside):
            months.append(month)
        else:
            days += [day for day in inside if day not in dirty]
    summed = (
        "SELECT listing_id, sum(quantity), sum(amount) FROM ("
        "SELECT listing_id, quantity, amount FROM listing_month WHERE month IN (SELECT value FROM json_each(?)) UNION ALL "
        "SELECT listing_id, quantity, amount FROM listing_sum WHERE day IN (SELECT value FROM json_each(?))) GROUP BY listing_id"
    )
    by_order = f"SELECT l.listing_id, {_GOODS} {_DIRTY_LINES} WHERE d.day BETWEEN ? AND ? GROUP BY l.listing_id"
    for statement, params in ((summed, (json.dumps(months), json.dumps(days))), (by_order, (first, last))):
        for listing_id, *sums in reading.sql(statement, params):
            found[listing_id] += Goods(*sums)
    return dict(found)


def month_of(day: int) -> int:
    """Year × 12 + month − 1."""
    local = date.fromordinal(day)
    return local.year * 12 + local.month - 1


def month_start(month: int) -> int:
    return date(month // 12, month % 12 + 1, 1).toordinal()


def hour_of(quarter: int | None, zone: str) -> int:
    """Local hour of a quarter of an hour since 1970; an order whose time of payment is not known counts at midnight."""
    return 0 if quarter is None else to_local(quarter * QUARTER, zone).hour


def dirty_days(reading: Reading, limit: int | None = None) -> list[int]:
    """Days to sum again, the latest first: they are what is looked at."""
    return [day for (day,) in reading.sql("SELECT day FROM dirty_day ORDER BY day DESC LIMIT ?", (-1 if limit is None else limit,))]


def sum_days(uow: UnitOfWork, days: Sequence[int]) -> None:
    """Write the sums of these days anew and call them clean."""
    keys = [(day,) for day in days]
    for table in ("sales_sum", "region_sum", "listing_sum"):
        uow.write_derived(f"DELETE FROM {table} WHERE day = ?", keys)  # noqa: S608 (constants)
    uow.write_derived("INSERT INTO sales_sum(day, hour, orders, paid, refunded) VALUES (?, ?, ?, ?, ?)", _hours(uow, days))
    uow.write_derived(
        "INSERT INTO region_sum(day, province, orders, paid, refunded) "  # noqa: S608 (constants)
        f"SELECT o.paid_day, o.province, {_SALES} FROM orders o WHERE o.paid_day = ? GROUP BY o.province",
        keys,
    )
    uow.write_derived(
        "INSERT INTO listing_sum(day, listing_id, quantity, amount) "  # noqa: S608 (constants)
        f"SELECT o.paid_day, l.listing_id, {_GOODS} FROM orders o CROSS JOIN order_line l ON l.order_id = o.id "
        "WHERE o.paid_day = ? GROUP BY l.listing_id",
        keys,
    )
    months = sorted({month_of(day) for day in days})
    uow.write_derived("DELETE FROM listing_month WHERE month = ?", [(month,) for month in months])
    uow.write_derived(
        "INSERT INTO listing_month(month, listing_id, quantity, amount) "
        "SELECT ?, listing_id, sum(quantity), sum(amount) FROM listing_sum WHERE day >= ? AND day < ? GROUP BY listing_id",
        [(month, month_start(month), month_start(month + 1)) for month in months],
    )
    uow.write_derived("DELETE FROM dirty_day WHERE day = ?", keys)
    uow.touch("sales_sum", days)


def _hours(uow: UnitOfWork, days: Iterable[int]) -> list[tuple[int, int, int, int, int]]:
    statement = f"SELECT o.paid_day, o.paid_at / {QUARTER}, {_SALES} FROM orders o WHERE o.paid_day IN ({{ids}}) GROUP BY 1, 2"  # noqa: S608 (constants)
    found: dict[tuple[int, int], Sales] = defaultdict(Sales)
    for day, quarter, *sums in uow.each(statement, list(days)):
        found[day, hour_of(quarter, uow.shop.zone)] += Sales(*sums)
    return [(day, hour, sales.orders, sales.paid, sales.refunded) for (day, hour), sales in sorted(found.items())]
