"""What waits to be shipped or paid, added up for the Today page: by deadline, by what is in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.clock import MS_AN_HOUR, day_of, day_start, to_local
from services.db.sums import QUARTER
from services.db.unchecked import UNCHECKED
from services.domain.blockers import HARD, ORDER, OrderFacts, blockers_of

if TYPE_CHECKING:
    from services.db.reading import Reading

SOON_HOURS = 4
LATE, SOON, TODAY, LATER = "late", "due_soon", "due_today", "due_later"
DUE = (LATE, SOON, TODAY, LATER)
BLOCKERS = tuple(code for code in ORDER if code not in HARD or code == "approval_waiting")

# One pass over what waits for shipment. The flags are the very facts that blockers are judged by, so that the rule itself
# stays in one place; there are only a few dozen combinations of them.
_WAITING = f"""
SELECT o.masked, o.recipient <> '', o.phone || o.tel <> '', o.province <> '', o.address <> '', o.lines_unknown, o.shortage > 0,
       o.unmatched > 0, o.open_cases > 0, {UNCHECKED}, o.approvals > 0, o.slip_copies > 0, coalesce(o.ship_by < ?, 0), coalesce(o.ship_by < ?, 0),
       coalesce(o.ship_by < ?, 0), count(*), sum(coalesce(o.paid, 0))
FROM orders o WHERE o.status = 'awaiting_shipment' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
"""  # noqa: S608 (constants)
_FIRST = """
SELECT * FROM (SELECT ship_by, number, buyer_nick FROM orders
               WHERE status = 'awaiting_shipment' AND ship_by >= ? AND ship_by < ? ORDER BY ship_by LIMIT 1)
"""
_DUE = f"""
SELECT ship_by / {QUARTER}, count(*) FROM orders WHERE status = 'awaiting_shipment' AND ship_by >= ? AND ship_by < ? GROUP BY 1
"""  # noqa: S608 (constants)
_UNPAID = "SELECT count(*), coalesce(sum(payable), 0), min(created_at) FROM orders WHERE status = 'awaiting_payment'"


@dataclass(slots=True)
class Tally:
    """Orders, and the fen that buyers paid for them (owe, of those that are not paid)."""

    orders: int = 0
    money: int = 0

    def add(self, orders: int, money: int) -> None:
        self.orders += orders
        self.money += money


@dataclass(frozen=True, slots=True)
class First:
    """The order whose moment comes first: ms, its number and buyer."""

    at: int
    number: str
    buyer: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """`due`: each waiting order under exactly one of DUE; an order without a deadline is due later. `blocked`: under each of
    its blockers; `ready` are those without any, `held` those with one or more.

    `left_today` must leave in the rest of today, `due_hours` says in which local hour: (hour, orders), the first is the hour of now.
    """

    due: Mapping[str, Tally]
    blocked: Mapping[str, Tally]
    first: Mapping[str, First]
    whole: Tally
    ready: Tally
    held: Tally
    unpaid: Tally
    unpaid_since: int | None
    printed: int
    to_print: int
    left_today: int
    due_hours: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Sums:
    due: dict[str, Tally] = field(default_factory=lambda: {code: Tally() for code in DUE})
    blocked: dict[str, Tally] = field(default_factory=lambda: {code: Tally() for code in BLOCKERS})
    whole: Tally = field(default_factory=Tally)
    ready: Tally = field(default_factory=Tally)
    held: Tally = field(default_factory=Tally)
    printed: int = 0
    to_print: int = 0
    left_today: int = 0


def waiting_orders(reading: Reading) -> Waiting:
    """A fixed number of statements over the orders that wait, along their index."""
    zone, now = reading.shop.zone, reading.now
    end = day_start(day_of(now, zone) + 1, zone)
    soon = now + SOON_HOURS * MS_AN_HOUR
    sums = _Sums()
    for *facts, printed, late, near, today, orders, money in reading.sql(_WAITING, (now, soon, end)):
        sums.whole.add(orders, money)
        sums.due[LATE if late else SOON if near else TODAY if today else LATER].add(orders, money)
        sums.left_today += orders if today and not late else 0
        blockers = blockers_of(_facts(facts))
        (sums.held if blockers else sums.ready).add(orders, money)
        for code in blockers:
            sums.blocked[code].add(orders, money)
        if printed:
            sums.printed += orders
        elif not blockers:
            sums.to_print += orders
    first = {}
    for code, low, high in ((LATE, 0, now), (SOON, now, soon), (TODAY, soon, end)):
        for row in reading.sql(_FIRST, (low, high)):
            first[code] = First(*row)
    unpaid, owed, since = reading.sql(_UNPAID)[0]
    return Waiting(
        sums.due,
        sums.blocked,
        first,
        sums.whole,
        sums.ready,
        sums.held,
        Tally(unpaid, owed),
        since,
        sums.printed,
        sums.to_print,
        sums.left_today,
        _due_hours(reading, now, end),
    )


def _facts(row: list[int]) -> OrderFacts:
    masked, recipient, phone, province, address, lines_unknown, short, unmatched, cases, unchecked, approvals = row
    return OrderFacts(
        "awaiting_shipment",
        bool(masked),
        _there(recipient),
        _there(phone),
        _there(province),
        _there(address),
        bool(lines_unknown),
        short,
        unmatched,
        cases,
        bool(unchecked),
        approvals,
    )


def _there(filled: int) -> str:
    return "x" if filled else ""


def _due_hours(reading: Reading, now: int, end: int) -> tuple[tuple[int, int], ...]:
    zone = reading.shop.zone
    found: Counter[int] = Counter()
    for quarter, orders in reading.sql(_DUE, (now, end)):
        found[to_local(max(quarter * QUARTER, now), zone).hour] += orders
    return tuple((hour, found[hour]) for hour in range(to_local(now, zone).hour, 24))
