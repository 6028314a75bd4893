"""What the shop needs now: the things to do, the day's figures beside last week's, what was done. Few statements, read part by part.

Each thing to do counts exactly what the list that it opens shows; a test compares both over random shops. A capability that
brings something else to do adds its lines to the part that it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from services.clock import day_of, day_start
from services.queries.goods_name import goods_name
from services.queries.today_deeds import Deed, Deeds, last_deeds
from services.queries.today_sales import Figure, day_figures
from services.queries.today_waiting import BLOCKERS, DUE, LATE, LATER, SOON, SOON_HOURS, TODAY, Tally, Waiting, waiting_orders
from services.queries.worklists.counts import PARTS as LISTS
from services.queries.worklists.counts import Kinds, kinds

if TYPE_CHECKING:
    from services.db.reading import Reading

__all__ = ["BATCHES", "PARTS", "Day", "Deed", "Figure", "Step", "Today", "Todo"]

PARTS: dict[str, frozenset[str]] = {
    "waiting": frozenset({"orders", "setting"}),
    "goods": frozenset({"orders", "order_line", "listing", "sku"}),
    "cases": frozenset({"after_sale"}),
    "imports": frozenset({"import_batch", "import_conflict"}),
    **LISTS,
    "sales": frozenset({"orders", "money_entry", "sales_sum"}),
    "asked": frozenset({"approval", "orders"}),
    "deeds": frozenset({"audit_entry"}),
}
"""What is read together, and the tables whose changes it follows."""
HOURLY = frozenset({"waiting", "sales"})
"""What changes by the clock alone: deadlines pass, and last week's day goes on as far as today."""

BATCHES = 50
"""So many files are looked back at for rows that did not come in."""
_NAMES = 3
_SHORT = """
SELECT s.code, s.title, s.properties, sum(l.shortage), sum(l.shortage * l.price) FROM order_line l JOIN sku s ON s.id = l.sku_id
WHERE l.shortage > 0 GROUP BY s.id ORDER BY 4 DESC, s.code
"""
_CASES = """
SELECT kind, count(*), sum(amount), min(requested_at) FROM after_sale
WHERE state IN ('requested', 'agreed', 'goods_back') GROUP BY kind ORDER BY 2 DESC
"""
_BATCHES = f"""
SELECT file_name, at, coalesce(json_extract(report, '$.orders_new'), 0),
       CASE json_type(report, '$.rejected') WHEN 'array' THEN json_array_length(report, '$.rejected')
            ELSE coalesce(json_extract(report, '$.rejected'), 0) END
FROM (SELECT * FROM import_batch WHERE undone_at IS NULL ORDER BY id DESC LIMIT {BATCHES}) ORDER BY id DESC
"""  # noqa: S608 (a constant)
_CONFLICTS = """
SELECT o.number, count(*), max(c.found_at) FROM import_conflict c JOIN orders o ON o.id = c.order_id WHERE c.state = 'open'
GROUP BY o.id ORDER BY 3 DESC, o.id
"""
# From the few orders that wait to their lines, whatever the planner knows of the tables.
_UNMATCHED = """
SELECT g.title, g.code, count(DISTINCT o.id), sum(l.price * (l.quantity - l.cancelled))
FROM orders o CROSS JOIN order_line l ON l.order_id = o.id CROSS JOIN listing g ON g.id = l.listing_id
WHERE o.status IN ('awaiting_payment', 'awaiting_shipment') AND o.unmatched > 0 AND l.sku_id IS NULL
GROUP BY g.id ORDER BY 3 DESC, g.id
"""
_UNMATCHED_COUNT = "SELECT count(*) FROM listing WHERE sku_id IS NULL"
_ORDERS = "SELECT coalesce(sum(orders), 0) FROM order_count"


@dataclass(frozen=True, slots=True)
class Todo:
    """A thing to do, in codes; words: services.words.today. `money` in fen where there is money in it.

    `page`, `search` and `tab` say what opens it. `names` are what it is about, with counts; `units` are the pieces, where they
    count besides; `at` is the earliest moment that matters (ms), `number` and `buyer` of the order that it belongs to.
    `tone`: bad, warn, info or muted. `parts` are lines of their own under it.
    """

    code: str
    tone: str
    count: int
    page: str
    search: str = ""
    tab: str = ""
    money: int | None = None
    names: tuple[tuple[str, int], ...] = ()
    units: int | None = None
    at: int | None = None
    number: str = ""
    buyer: str = ""
    parts: tuple[Todo, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the day's way from import to shipment: how many are done, and how many there are (0: not known)."""

    code: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Goods:
    """(name, units) of what is short and (name, orders) of what no SKU stands for, the most wanted first; fen that wait for each.

    `unmatched` counts every goods without a SKU, also those that no order waits for any more.
    """

    short: tuple[tuple[str, int], ...]
    short_money: int
    waiting: tuple[tuple[str, int], ...]
    waiting_money: int
    unmatched: int


@dataclass(frozen=True, slots=True)
class Cases:
    """Open after-sales: (kind, how many), what they ask back (fen), since when."""

    kinds: tuple[tuple[str, int], ...]
    money: int
    since: int | None


@dataclass(frozen=True, slots=True)
class Imports:
    """The last file, what today's files brought, (file, rows) that did not come in since yesterday, (order, values) to decide on."""

    at: int | None
    new: int
    new_today: int
    rejected: tuple[tuple[str, int], ...]
    conflicts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One look at the shop, at the moment `now` of the local day `day`."""

    now: int
    day: int
    has_orders: bool
    waiting: Waiting
    goods: Goods
    cases: Cases
    imports: Imports
    addresses: Kinds
    amounts: Kinds
    duplicates: Kinds
    figures: tuple[Figure, ...]
    deeds: Deeds
    asked: tuple[tuple[str, int], ...]
    """(order, 1) for each change that waits for approval, the oldest first."""

    @property
    def todos(self) -> tuple[Todo, ...]:
        """In the order of urgency; what there is none of is not there."""
        return tuple(todo for todo in _todos(self) if todo.count)

    @property
    def steps(self) -> tuple[Step, ...]:
        waiting, new = self.waiting, self.imports.new_today
        shipped = next(figure.today for figure in self.figures if figure.code == "shipped")
        return (
            Step("import", new, new),
            Step("check", waiting.ready.orders, waiting.whole.orders),
            Step("print", waiting.printed, waiting.printed + waiting.to_print),
            Step("ship", shipped, shipped + waiting.whole.orders),
        )


@dataclass(frozen=True, slots=True)
class Today:
    """Query: everything the Today page shows, in a fixed number of statements, none of which walks what is done.

    `known` is the day as it was shown last: of the same day only what follows the changed `tables` is read anew, and what the
    clock alone changes when there is none.
    """

    known: Day | None = None
    tables: Collection[str] = ()

    def run(self, reading: Reading) -> Day:
        zone, now = reading.shop.zone, reading.now
        day = day_of(now, zone)
        start = day_start(day, zone)
        known = self.known if self.known is not None and self.known.day == day else None
        parts = self._parts() if known is not None else frozenset(PARTS)
        found: dict[str, Any] = {"now": now, "day": day}
        if "waiting" in parts:
            found["waiting"] = waiting_orders(reading)
            found["has_orders"] = reading.sql(_ORDERS)[0][0] > 0
        if "goods" in parts:
            found["goods"] = _goods(reading)
        if "cases" in parts:
            found["cases"] = _cases(reading)
        if "imports" in parts:
            found["imports"] = _imports(reading, start, day_start(day - 1, zone))
        found |= {part: kinds(reading, part) for part in LISTS if part in parts}
        if "sales" in parts:
            found["figures"] = day_figures(reading, day)
        if "asked" in parts:
            found["asked"] = tuple(reading.sql(_ASKED))
        if "deeds" in parts:
            found["deeds"] = last_deeds(reading, start)
        return Day(**found) if known is None else replace(known, **found)

    def _parts(self) -> frozenset[str]:
        if not self.tables:
            return HOURLY
        return frozenset(part for part, tables in PARTS.items() if not tables.isdisjoint(self.tables))


def _goods(reading: Reading) -> Goods:
    short = reading.sql(_SHORT)
    waiting = reading.sql(_UNMATCHED)
    return Goods(
        tuple((goods_name(title, properties, code), units) for code, title, properties, units, _money in short),
        sum(row[4] for row in short),
        tuple((goods_name(title, "", code), orders) for title, code, orders, _money in waiting),
        sum(row[3] for row in waiting),
        reading.sql(_UNMATCHED_COUNT)[0][0],
    )


def _cases(reading: Reading) -> Cases:
    rows = reading.sql(_CASES)
    return Cases(tuple((row[0], row[1]) for row in rows), sum(row[2] for row in rows), min((row[3] for row in rows), default=None))


def _imports(reading: Reading, today: int, yesterday: int) -> Imports:
    rows = reading.sql(_BATCHES)
    return Imports(
        rows[0][1] if rows else None,
        rows[0][2] if rows else 0,
        sum(new for _name, at, new, _rejects in rows if at >= today),
        tuple((name, rejects) for name, at, _new, rejects in rows if at >= yesterday and rejects),
        tuple((number, count) for number, count, _at in reading.sql(_CONFLICTS)),
    )


_ASKED = "SELECT o.number, 1 FROM approval a JOIN orders o ON o.id = a.order_id WHERE a.state = 'waiting' ORDER BY a.asked_at, a.id"
_WAITS = "status:awaiting_shipment"
_DUE_SEARCH = {
    LATE: f"{_WAITS} late:yes",
    SOON: f"{_WAITS} ship_by:+{SOON_HOURS}h",
    TODAY: f"{_WAITS} ship_by:today late:no -ship_by:+{SOON_HOURS}h",
    # Denied, so that an order without a deadline is found as well.
    LATER: f"{_WAITS} -ship_by<=today -ship_by:+{SOON_HOURS}h",
}
_DUE_TONE = {LATE: "bad", SOON: "bad", TODAY: "warn", LATER: "muted"}


def _todos(day: Day) -> tuple[Todo, ...]:
    waiting, goods, cases = day.waiting, day.goods, day.cases
    due = {code: _due(code, waiting) for code in DUE}
    short = Todo(
        "short_goods",
        "bad",
        len(goods.short),
        "stock",
        tab="short",
        money=goods.short_money,
        names=goods.short[:_NAMES],
        units=sum(units for _name, units in goods.short),
    )
    opened = sum(count for _kind, count in cases.kinds)
    case = Todo("open_cases", "bad", opened, "refunds", tab="open", money=cases.money, names=cases.kinds, at=cases.since)
    unmatched = Todo(
        "unmatched_goods",
        "warn",
        goods.unmatched if goods.waiting else 0,
        "worklists",
        tab="goods",
        money=goods.waiting_money,
        names=goods.waiting[:_NAMES],
        units=len(goods.waiting),
    )
    rejected = day.imports.rejected
    rejects = Todo("import_rejects", "warn", sum(rows for _name, rows in rejected), "rejects", names=rejected[:_NAMES])
    undecided = day.imports.conflicts
    clash_count = sum(count for _number, count in undecided)
    clashes = Todo("conflicts", "warn", clash_count, "worklists", tab="conflicts", names=undecided[:_NAMES])
    asked = Todo("approvals", "warn", len(day.asked), "approvals", names=day.asked[:_NAMES])
    ready = _orders("to_ship", "info", waiting.ready, f"{_WAITS} blocker:none")
    unpaid = replace(_orders("to_remind", "muted", waiting.unpaid, "status:awaiting_payment"), at=waiting.unpaid_since)
    lists = (
        _kinds("bad_addresses", "addresses", day.addresses),
        _kinds("duplicates", "duplicates", day.duplicates),
        _kinds("odd_amounts", "amounts", day.amounts),
    )
    return (
        due[LATE],
        due[SOON],
        short,
        case,
        due[TODAY],
        _held(waiting),
        asked,
        unmatched,
        clashes,
        *lists,
        rejects,
        ready,
        due[LATER],
        unpaid,
    )


def _kinds(code: str, tab: str, of: Kinds) -> Todo:
    return Todo(code, "warn", sum(count for _kind, count in of), "worklists", tab=tab, names=of[:_NAMES])


def _orders(code: str, tone: str, tally: Tally, search: str) -> Todo:
    return Todo(code, tone, tally.orders, "orders", search, money=tally.money)


def _due(code: str, waiting: Waiting) -> Todo:
    todo = _orders(code, _DUE_TONE[code], waiting.due[code], _DUE_SEARCH[code])
    first = waiting.first.get(code)
    return todo if first is None else replace(todo, at=first.at, number=first.number, buyer=first.buyer)


def _held(waiting: Waiting) -> Todo:
    """All that something is in the way of, and a line for each reason; an order with two reasons stands in both."""
    parts = tuple(_orders(code, "warn", waiting.blocked[code], f"{_WAITS} blocker:{code}") for code in BLOCKERS)
    return replace(_orders("blocked", "warn", waiting.held, f"{_WAITS} blocker:any"), parts=tuple(part for part in parts if part.count))
