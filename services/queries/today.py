"""What the shop needs now: the things to do, the day's figures beside last week's, what was done. One look, few statements."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from services.clock import MS_A_DAY, MS_AN_HOUR, day_of, day_start, to_local
from services.db.sums import QUARTER, by_day
from services.db.unchecked import UNCHECKED
from services.domain.blockers import ORDER, OrderFacts, blockers_of
from services.queries.goods_name import goods_name

if TYPE_CHECKING:
    from services.db.reading import Reading

SOON_HOURS = 4
SERIES_DAYS = 14
_NAMES = 3
_DEEDS = 8
_MOST_ENTRIES = 20_000

# One pass over what waits for shipment. The flags are the very facts that blockers are judged by, so that the rule itself
# stays in one place; there are only a few dozen combinations of them.
_WAITING = f"""
SELECT o.masked, o.recipient <> '', o.phone || o.tel <> '', o.province <> '', o.address <> '', o.lines_unknown, o.shortage > 0,
       o.unmatched > 0, o.open_cases > 0, {UNCHECKED}, o.slip_copies > 0, coalesce(o.ship_by < ?, 0), coalesce(o.ship_by < ?, 0),
       coalesce(o.ship_by < ?, 0), count(*), sum(coalesce(o.paid, 0))
FROM orders o WHERE o.status = 'awaiting_shipment' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
"""  # noqa: S608 (constants)
_FIRST = """
SELECT * FROM (SELECT 'late', number, buyer_nick, ship_by FROM orders
               WHERE status = 'awaiting_shipment' AND ship_by < ? ORDER BY ship_by LIMIT 1)
UNION ALL
SELECT * FROM (SELECT 'due', number, buyer_nick, ship_by FROM orders
               WHERE status = 'awaiting_shipment' AND ship_by >= ? ORDER BY ship_by LIMIT 1)
"""
_DUE = f"""
SELECT ship_by / {QUARTER}, count(*) FROM orders WHERE status = 'awaiting_shipment' AND ship_by >= ? AND ship_by < ? GROUP BY 1
"""  # noqa: S608 (constants)
_UNPAID = "SELECT count(*), coalesce(sum(payable), 0), min(created_at) FROM orders WHERE status = 'awaiting_payment'"
_SHORT = """
SELECT s.code, s.title, s.properties, sum(l.shortage) FROM order_line l JOIN sku s ON s.id = l.sku_id
WHERE l.shortage > 0 GROUP BY s.id ORDER BY 4 DESC, s.code
"""
_CASES = """
SELECT kind, count(*), sum(amount), min(requested_at) FROM after_sale
WHERE state IN ('requested', 'agreed', 'goods_back') GROUP BY kind ORDER BY 2 DESC
"""
_BATCHES = """
SELECT id, file_name, at, coalesce(json_extract(report, '$.orders_new'), 0),
       CASE json_type(report, '$.rejected') WHEN 'array' THEN json_array_length(report, '$.rejected')
            ELSE coalesce(json_extract(report, '$.rejected'), 0) END
FROM import_batch WHERE undone_at IS NULL ORDER BY id DESC LIMIT 50
"""
_CONFLICTS = """
SELECT o.number, count(*), max(c.found_at) FROM import_conflict c JOIN orders o ON o.id = c.order_id WHERE c.state = 'open'
GROUP BY o.id ORDER BY 3 DESC, o.id
"""
_UNMATCHED = """
SELECT g.title, g.code, count(DISTINCT o.id) FROM orders o JOIN order_line l ON l.order_id = o.id JOIN listing g ON g.id = l.listing_id
WHERE o.status IN ('awaiting_payment', 'awaiting_shipment') AND o.unmatched > 0 AND l.sku_id IS NULL
GROUP BY g.id ORDER BY 3 DESC, g.id
"""
_PAID_UNTIL = "SELECT count(*), coalesce(sum(paid), 0) FROM orders WHERE paid_at >= ? AND paid_at < ?"
_SHIPPED = f"SELECT shipped_at / {QUARTER}, count(*) FROM orders WHERE shipped_at >= ? AND shipped_at < ? GROUP BY 1"  # noqa: S608
_REFUNDS = f"SELECT at / {QUARTER}, -sum(amount) FROM money_entry WHERE kind = 'refund' AND at >= ? AND at < ? GROUP BY 1"  # noqa: S608
_ORDERS = "SELECT coalesce(sum(orders), 0) FROM order_count"
# The trail has no gaps and its times follow its numbers, so today's first entry is found by halving.
_DEEDS_SQL = """
WITH RECURSIVE halves(low, high) AS (
    SELECT 0, coalesce(max(seq), 0) + 1 FROM audit_entry
    UNION ALL
    SELECT iif((SELECT at FROM audit_entry WHERE seq = (low + high) / 2) < :today, (low + high) / 2, low),
           iif((SELECT at FROM audit_entry WHERE seq = (low + high) / 2) < :today, high, (low + high) / 2)
    FROM halves WHERE high - low > 1
),
bound AS (
    SELECT max((SELECT coalesce(max(seq), 0) FROM audit_entry) - :most,
               min((SELECT min(low) FROM halves WHERE high - low <= 1), (SELECT coalesce(max(seq), 0) FROM audit_entry) - 400)) AS seq
),
deeds AS (
    SELECT max(seq) AS seq, at, actor, action, count(DISTINCT order_id) AS orders, min(order_id) AS first, max(reason) AS reason
    FROM audit_entry WHERE seq > (SELECT seq FROM bound) GROUP BY at, actor, action
)
SELECT d.seq, d.at, d.actor, d.action, d.orders, CASE d.orders WHEN 1 THEN o.number END, d.reason
FROM deeds d LEFT JOIN orders o ON o.id = d.first ORDER BY d.seq DESC
"""


@dataclass(frozen=True, slots=True)
class Todo:
    """A thing to do, in codes; words: services.words.today. `money` in fen where there is money in it.

    `page`, `search` and `tab` say what opens it. `names` are what it is about, with counts; `at` is the earliest moment
    that matters (ms), `number` and `buyer` of the order that it belongs to. `tone`: bad, warn, info or muted.
    """

    code: str
    tone: str
    count: int
    page: str
    search: str = ""
    tab: str = ""
    money: int | None = None
    names: tuple[tuple[str, int], ...] = ()
    at: int | None = None
    number: str = ""
    buyer: str = ""


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


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the day's way from import to shipment: how many are done, and how many there are (0: not known)."""

    code: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Deed:
    """What one command did, for a sentence: on how many orders, and the number where it was one."""

    seq: int
    at: int
    actor: str
    action: str
    orders: int
    number: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Day:
    """`due_hours` are (local hour, orders) that must leave in the rest of today; `done_count` is what was done today in all."""

    now: int
    day: int
    has_orders: bool
    todos: tuple[Todo, ...]
    figures: tuple[Figure, ...]
    steps: tuple[Step, ...]
    due_hours: tuple[tuple[int, int], ...]
    late: int
    due_today: int
    to_ship: int
    imported_at: int | None
    imported_new: int
    latest: tuple[Deed, ...]
    done: tuple[Deed, ...]
    done_count: int


@dataclass(slots=True)
class _Waiting:
    """What waits for shipment, added up: orders and fen by how near the deadline is (late, due_soon, due_today), and by blocker."""

    orders: int = 0
    money: int = 0
    due: Counter[str] = field(default_factory=Counter)
    due_money: Counter[str] = field(default_factory=Counter)
    blocked: Counter[str] = field(default_factory=Counter)
    blocked_money: Counter[str] = field(default_factory=Counter)
    ready: int = 0
    ready_money: int = 0
    printed: int = 0
    to_print: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """Query: everything the Today page shows, in a fixed number of statements."""

    def run(self, reading: Reading) -> Day:
        zone, now = reading.shop.zone, reading.now
        day = day_of(now, zone)
        start, end = day_start(day, zone), day_start(day + 1, zone)
        waiting = _waiting(reading, now, end)
        batches = reading.sql(_BATCHES)
        todos = _todos(reading, waiting, batches, day_start(day - 1, zone))
        figures, shipped = _figures(reading, day)
        imported = [row for row in batches if row[2] >= start]
        deeds = [
            Deed(*row) for row in reading.driver.execute(_DEEDS_SQL, {"today": start, "most": _MOST_ENTRIES}) if row[3] != "found_shop"
        ]
        done = [deed for deed in deeds if deed.at >= start]
        new = sum(row[3] for row in imported)
        return Day(
            now=now,
            day=day,
            has_orders=reading.sql(_ORDERS)[0][0] > 0,
            todos=todos,
            figures=figures,
            steps=(
                Step("import", new, new),
                Step("check", waiting.ready, waiting.orders),
                Step("print", waiting.printed, waiting.printed + waiting.to_print),
                Step("ship", shipped, shipped + waiting.orders),
            ),
            due_hours=_due_hours(reading, now, end),
            late=waiting.due["late"],
            due_today=waiting.due["due_today"],
            to_ship=waiting.orders,
            imported_at=batches[0][2] if batches else None,
            imported_new=batches[0][3] if batches else 0,
            latest=tuple(deeds[:_DEEDS]),
            done=tuple(done[:_DEEDS]),
            done_count=len(done),
        )


def _waiting(reading: Reading, now: int, end: int) -> _Waiting:
    found = _Waiting()
    rows = reading.sql(_WAITING, (now, now + SOON_HOURS * MS_AN_HOUR, end))
    for masked, *there, lines_unknown, short, unmatched, cases, unchecked, printed, late, soon, today, orders, money in rows:
        recipient, phone, province, address = ("x" if filled else "" for filled in there)
        facts = OrderFacts(
            "awaiting_shipment",
            bool(masked),
            recipient,
            phone,
            province,
            address,
            bool(lines_unknown),
            short,
            unmatched,
            cases,
            bool(unchecked),
        )
        found.orders += orders
        found.money += money
        due = ["late"] if late else [code for code, near in (("due_soon", soon), ("due_today", today)) if near]
        for code in due:
            found.due[code] += orders
            found.due_money[code] += money
        blockers = blockers_of(facts)
        for code in blockers:
            found.blocked[code] += orders
            found.blocked_money[code] += money
        if not blockers:
            found.ready += orders
            found.ready_money += money
        if printed:
            found.printed += orders
        elif not blockers:
            found.to_print += orders
    return found


def _todos(reading: Reading, waiting: _Waiting, batches: list[tuple[Any, ...]], recent: int) -> tuple[Todo, ...]:
    """In the order of urgency; what there is none of is not there."""
    first = {row[0]: row[1:] for row in reading.sql(_FIRST, (reading.now, reading.now))}
    found = [
        _due("late", "bad", waiting, "late:yes", first.get("late")),
        _due("due_soon", "bad", waiting, f"ship_by:+{SOON_HOURS}h", first.get("due")),
    ]
    short = [(goods_name(title, properties, code), units) for code, title, properties, units in reading.sql(_SHORT)]
    found.append(_blocked("shortage", "bad", waiting, tuple(short[:_NAMES]), page="stock", tab="short"))
    found.append(_cases(reading))
    found.append(_due("due_today", "warn", waiting, "ship_by:today late:no", first.get("due")))
    found += [_blocked(code, "warn", waiting) for code in ORDER if code in {"after_sale_open", "lines_unknown", "address_missing"}]
    unmatched = [(goods_name(title, "", code), orders) for title, code, orders in reading.sql(_UNMATCHED)]
    found.append(
        Todo(
            "goods_unmatched",
            "warn",
            len(unmatched),
            "stock",
            search="",
            tab="unmatched",
            names=tuple(unmatched[:_NAMES]),
            money=waiting.blocked_money["goods_unmatched"],
        )
    )
    conflicts = [(number, count) for number, count, _at in reading.sql(_CONFLICTS)]
    found.append(Todo("conflicts", "warn", sum(row[1] for row in conflicts), "orders", "conflict:yes", names=tuple(conflicts[:_NAMES])))
    rejected = [(name, rejects) for _id, name, at, _new, rejects in batches if at >= recent and rejects]
    found.append(
        Todo("import_rejects", "warn", sum(rejects for _name, rejects in rejected), "audit", tab="imports", names=tuple(rejected[:_NAMES]))
    )
    found.append(Todo("to_ship", "info", waiting.ready, "orders", "status:awaiting_shipment blocker:none", money=waiting.ready_money))
    unpaid, owed, earliest = reading.sql(_UNPAID)[0]
    found.append(Todo("to_remind", "muted", unpaid, "orders", "status:awaiting_payment", money=owed, at=earliest))
    return tuple(todo for todo in found if todo.count)


def _due(code: str, tone: str, waiting: _Waiting, search: str, first: tuple[Any, ...] | None) -> Todo:
    number, buyer, at = first or ("", "", None)
    return Todo(
        code,
        tone,
        waiting.due[code],
        "orders",
        f"status:awaiting_shipment {search}",
        money=waiting.due_money[code],
        at=at,
        number=number,
        buyer=buyer,
    )


def _blocked(
    code: str, tone: str, waiting: _Waiting, names: tuple[tuple[str, int], ...] = (), *, page: str = "orders", tab: str = ""
) -> Todo:
    search = "" if tab else f"status:awaiting_shipment blocker:{code}"
    return Todo(code, tone, waiting.blocked[code], page, search, tab, money=waiting.blocked_money[code], names=names)


def _cases(reading: Reading) -> Todo:
    rows = reading.sql(_CASES)
    return Todo(
        "open_cases",
        "bad",
        sum(row[1] for row in rows),
        "refunds",
        tab="open",
        money=sum(row[2] for row in rows),
        names=tuple((row[0], row[1]) for row in rows),
        at=min((row[3] for row in rows), default=None),
    )


def _figures(reading: Reading, today: int) -> tuple[tuple[Figure, ...], int]:
    """The figures, and how many orders were shipped today."""
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
    return tuple(figures), figures[2].today


def _series(code: str, kind: str, by: Mapping[int, int], days: range, then: int) -> Figure:
    series = tuple(by.get(day, 0) for day in days)
    return Figure(code, kind, series[-1], then, series[-8], series)


def _due_hours(reading: Reading, now: int, end: int) -> tuple[tuple[int, int], ...]:
    zone = reading.shop.zone
    found: Counter[int] = Counter()
    for quarter, orders in reading.sql(_DUE, (now, end)):
        found[to_local(max(quarter * QUARTER, now), zone).hour] += orders
    return tuple((hour, found[hour]) for hour in range(to_local(now, zone).hour, 24))
