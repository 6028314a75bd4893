"""The stock table: SKUs with what they have, what is set aside and what is missing; and goods that are no SKU of ours yet."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.clock import MS_A_DAY
from services.search.grams import fold

if TYPE_CHECKING:
    from services.db.reading import Reading

DAILY_DAYS = 30
TABS = ("all", "short", "none", "low", "fine")
"""`short`: orders wait for it; `none`: nothing on hand; `low`: available below its reorder point; `fine`: the rest."""

# The worst thing that is true of a SKU: one status a row, so that the tabs add up to all.
_STATUS = """CASE WHEN coalesce(w.units, 0) > 0 THEN 'short' WHEN s.virtual = 0 AND coalesce(v.on_hand, 0) = 0 THEN 'none'
WHEN coalesce(v.on_hand, 0) - coalesce(v.reserved, 0) < s.reorder_point THEN 'low' ELSE 'fine' END"""
_FROM = """FROM sku s LEFT JOIN stock_level v ON v.sku_id = s.id
LEFT JOIN (SELECT sku_id, sum(shortage) AS units FROM order_line WHERE shortage > 0 GROUP BY sku_id) w ON w.sku_id = s.id"""
_AVAILABLE = "coalesce(v.on_hand, 0) - coalesce(v.reserved, 0)"
_URGENCY = f"CASE {_STATUS} WHEN 'short' THEN 0 WHEN 'low' THEN 1 WHEN 'none' THEN 2 ELSE 3 END"
_SORTS = {
    "": (_URGENCY, _AVAILABLE, "s.title", "s.code"),
    "title": ("s.title", "s.properties", "s.code"),
    "code": ("s.code",),
    "bin": ("s.bin = ''", "s.bin", "s.code"),
    "on_hand": ("coalesce(v.on_hand, 0)", "s.code"),
    "reserved": ("coalesce(v.reserved, 0)", "s.code"),
    "available": (_AVAILABLE, "s.code"),
    "shortage": ("coalesce(w.units, 0)", "s.code"),
    "value": ("coalesce(v.value, 0)", "s.code"),
    "status": (_URGENCY, "s.code"),
}
SORTS = tuple(_SORTS)
_SEARCHED = ("s.code", "s.title", "s.properties", "s.barcode", "s.bin", "s.item_id")
_LISTING_SEARCHED = ("g.code", "g.title", "g.properties", "g.item_id")

_ROWS = f"""
SELECT s.id, s.code, s.title, s.properties, s.bin, s.barcode, s.virtual, coalesce(v.on_hand, 0), coalesce(v.reserved, 0),
       coalesce(v.damaged, 0), coalesce(v.value, 0), s.cost, s.price, s.reorder_point, v.sku_id IS NOT NULL, coalesce(w.units, 0), {_STATUS}
{_FROM} WHERE s.id IN ({{ids}})
"""
_SOLD = """
SELECT sku_id, -sum(quantity) FROM stock_movement
WHERE sku_id IN ({ids}) AND at >= {since} AND kind = 'shipment' GROUP BY sku_id
"""
_COUNTS = f"SELECT {_STATUS} AS status, count(*), sum(coalesce(v.on_hand, 0)), sum(coalesce(v.value, 0)) {_FROM} GROUP BY status"
_UNMATCHED_COUNT = "SELECT count(*) FROM listing WHERE sku_id IS NULL"

_WAITING = """
SELECT l.listing_id AS listing_id, count(*) AS orders, sum(l.quantity - l.cancelled) AS units, min(o.ship_by) AS ship_by
FROM orders o JOIN order_line l ON l.order_id = o.id
WHERE o.status IN ('awaiting_payment', 'awaiting_shipment') AND o.unmatched > 0 AND l.sku_id IS NULL GROUP BY l.listing_id
"""
_LISTINGS = f"""
SELECT g.id, c.code, g.item_id, g.code, g.title, g.properties, coalesce(w.orders, 0), coalesce(w.units, 0), w.ship_by
FROM listing g JOIN channel c ON c.id = g.channel_id LEFT JOIN ({_WAITING}) w ON w.listing_id = g.id WHERE g.id IN ({{ids}})
"""  # noqa: S608 (constants)
_LINES = "SELECT listing_id, count(*) FROM order_line WHERE sku_id IS NULL AND listing_id IN ({ids}) GROUP BY listing_id"


@dataclass(frozen=True, slots=True)
class StockRow:
    """Units and fen. `daily` is what leaves a day, in tenths of a unit, over the last 30 days; `cover` how many days available lasts at that.

    `available` is negative by what is missing: a shortage of 2 with nothing free shows −2. `cost` is a unit's moving average,
    before the first receipt its own cost. `begun` is false until the first receipt or count.
    """

    id: int
    code: str
    title: str
    properties: str
    bin: str
    barcode: str
    virtual: bool
    begun: bool
    on_hand: int
    reserved: int
    available: int
    shortage: int
    damaged: int
    value: int
    cost: int | None
    price: int | None
    reorder_point: int | None
    daily: int
    cover: int | None
    status: str


@dataclass(frozen=True, slots=True)
class StockCounts:
    """SKUs by tab, goods not matched, and what is on the shelves."""

    tabs: dict[str, int]
    unmatched: int
    on_hand: int
    value: int


@dataclass(frozen=True, slots=True)
class CountStock:
    """Query: the figures on the tabs and at the foot of the table."""

    def run(self, reading: Reading) -> StockCounts:
        rows = reading.sql(_COUNTS)
        tabs = dict.fromkeys(TABS, 0) | {row[0]: row[1] for row in rows}
        tabs["all"] = sum(row[1] for row in rows)
        return StockCounts(tabs, reading.sql(_UNMATCHED_COUNT)[0][0], sum(row[2] for row in rows), sum(row[3] for row in rows))


@dataclass(frozen=True, slots=True)
class StockIds:
    """Query: ids of the SKUs of a tab that hold every word of `search` in code, title, properties, barcode or bin.

    `sort` is one of SORTS; empty sorts by urgency. Raises KeyError for another.
    """

    search: str = ""
    tab: str = "all"
    sort: str = ""
    descending: bool = False
    limit: int | None = None

    def run(self, reading: Reading) -> array[int]:
        where, params = _holding(self.search, _SEARCHED)
        if self.tab != "all":
            where.append(f"{_STATUS} = ?")
            params.append(self.tab)
        first, *rest = _SORTS[self.sort]
        order = ", ".join([f"{first} DESC" if self.descending else first, *rest, "s.id"])
        statement = f"SELECT s.id {_FROM} {_where(where)} ORDER BY {order} LIMIT ?"
        return array("q", (row[0] for row in reading.sql(statement, (*params, -1 if self.limit is None else self.limit))))


@dataclass(frozen=True, slots=True)
class StockRows:
    """Query: the rows of these SKUs, in the order of the ids."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[StockRow, ...]:
        since = reading.now - DAILY_DAYS * MS_A_DAY
        sold = dict(reading.each(_SOLD.replace("{since}", str(since)), self.ids))
        found = {row[0]: _stock_row(row, sold.get(row[0], 0)) for row in reading.each(_ROWS, self.ids)}
        return tuple(found[sku_id] for sku_id in self.ids if sku_id in found)


def _stock_row(row: tuple[Any, ...], sold: int) -> StockRow:
    (
        sku_id,
        code,
        title,
        properties,
        shelf,
        barcode,
        virtual,
        on_hand,
        reserved,
        damaged,
        value,
        cost,
        price,
        reorder,
        begun,
        short,
        status,
    ) = row
    available = on_hand - reserved - short
    daily = (20 * sold + DAILY_DAYS) // (2 * DAILY_DAYS)
    return StockRow(
        id=sku_id,
        code=code,
        title=title,
        properties=properties,
        bin=shelf,
        barcode=barcode,
        virtual=bool(virtual),
        begun=bool(begun),
        on_hand=on_hand,
        reserved=reserved,
        available=available,
        shortage=short,
        damaged=damaged,
        value=value,
        cost=(2 * value + on_hand) // (2 * on_hand) if on_hand else cost,
        price=price,
        reorder_point=reorder,
        daily=daily,
        cover=available * DAILY_DAYS // sold if sold > 0 and available >= 0 else None,
        status=status,
    )


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """Goods of a platform that no SKU stands for: how many open orders and units wait for a match, and how many lines bear it in all."""

    id: int
    channel: str
    item_id: str
    code: str
    title: str
    properties: str
    waiting_orders: int
    waiting_units: int
    ship_by: int | None
    lines: int


@dataclass(frozen=True, slots=True)
class UnmatchedIds:
    """Query: ids of unmatched listings that hold every word of `search`, those that most open orders wait for first."""

    search: str = ""
    limit: int | None = None

    def run(self, reading: Reading) -> array[int]:
        where, params = _holding(self.search, _LISTING_SEARCHED)
        where.insert(0, "g.sku_id IS NULL")
        statement = (
            f"SELECT g.id FROM listing g LEFT JOIN ({_WAITING}) w ON w.listing_id = g.id {_where(where)} "  # noqa: S608 (constants; words are bound)
            "ORDER BY coalesce(w.orders, 0) DESC, g.title, g.id LIMIT ?"
        )
        return array("q", (row[0] for row in reading.sql(statement, (*params, -1 if self.limit is None else self.limit))))


@dataclass(frozen=True, slots=True)
class UnmatchedRows:
    """Query: the rows of these listings, in the order of the ids."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[UnmatchedRow, ...]:
        lines = dict(reading.each(_LINES, self.ids))
        found = {row[0]: UnmatchedRow(*(*row, lines.get(row[0], 0))) for row in reading.each(_LISTINGS, self.ids)}
        return tuple(found[listing_id] for listing_id in self.ids if listing_id in found)


def _holding(search: str, columns: tuple[str, ...]) -> tuple[list[str], list[Any]]:
    """Each word must be in one of the columns, whatever its case."""
    where, params = [], []
    for word in fold(search).split():
        where.append("(" + " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns) + ")")
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        params += [pattern] * len(columns)
    return where, params


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
