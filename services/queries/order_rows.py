"""The orders table: ids of a result in order, and the rows of those ids that are on the screen."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, column, func, literal, select

from services.db.reading import Reading
from services.db.schema import Order
from services.db.stale_prints import STALE
from services.db.unchecked import UNCHECKED
from services.domain.blockers import OrderFacts, blockers_by_status, blockers_of
from services.meanwhile import NOW
from services.search.finding import conditions_of, count_hits, find_ids
from services.search.values import tags_of

_T = Order.__table__


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class OrderRow(NamedTuple):
    """One row of the table. Money in fen, times in ms UTC; None is not known.

    `blockers` are the codes of services.domain.blockers, the gravest first; `late`: waits past its deadline.
    `stale_print`: it was printed, and then changed.
    `goods_kinds` counts the lines, the first of which is `goods_summary`. `more` holds what was asked for besides (MORE).
    """

    id: int
    number: str
    channel: str
    status: str
    flag: int
    buyer_nick: str
    recipient: str
    province: str
    city: str
    goods_summary: str
    goods_kinds: int
    quantity: int | None
    paid: int | None
    payable: int | None
    refunded: int
    created_at: int
    paid_at: int | None
    ship_by: int | None
    shipped_at: int | None
    seller_memo: str
    buyer_message: str
    tags: tuple[str, ...]
    slip_copies: int
    label_copies: int
    blockers: tuple[str, ...]
    late: bool
    version: int
    completed_at: int | None
    closed_at: int | None
    checked_at: int | None
    stale_print: bool
    more: Mapping[str, Any] = _NOTHING


_OF_PARCELS = "FROM parcel_order k JOIN parcel p ON p.id = k.parcel_id WHERE k.order_id = o.id AND p.state <> 'void' ORDER BY p.id"
MORE: Mapping[str, str] = {
    "phone": "CASE WHEN o.phone <> '' THEN o.phone ELSE o.tel END",
    "district": "o.district",
    "address": "o.address",
    "goods_amount": "o.goods_amount",
    "discount": "o.discount",
    "freight": "o.freight",
    "close_reason": "o.close_reason",
    "checked_by": "o.checked_by",
    "tier": "(SELECT t.tier FROM customer t WHERE t.id = o.customer_id)",
    "shop_name": "c.shop_name",
    "codes": """(SELECT group_concat(code, ', ') FROM (
        SELECT DISTINCT coalesce(s.code, nullif(g.code, '')) code FROM order_line l JOIN listing g ON g.id = l.listing_id
        LEFT JOIN sku s ON s.id = l.sku_id WHERE l.order_id = o.id ORDER BY l.position))""",
    "carriers": f"""(SELECT group_concat(carrier, ',') FROM (
        SELECT DISTINCT coalesce(nullif(p.carrier, ''), p.carrier_name) carrier {_OF_PARCELS}))""",  # noqa: S608 (constants)
    "tracking": f"(SELECT group_concat(number, ', ') FROM (SELECT p.tracking_number number {_OF_PARCELS}))",  # noqa: S608 (constants)
}
"""What a table may show besides, and what is read for it: nothing of this costs anything while nobody shows it.

`codes` are those of our SKUs, else the platform's; `carriers` codes with commas between them (names where there is no code).
"""

_ROWS = f"""
SELECT o.id, o.number, c.code, o.status, o.flag, o.buyer_nick, o.recipient, o.province, o.city, o.goods_summary, o.goods_kinds,
       o.quantity, o.paid, o.payable, o.refunded, o.created_at, o.paid_at, o.ship_by, o.shipped_at, o.seller_memo, o.buyer_message,
       o.tags, o.slip_copies, o.label_copies, {NOW}, o.completed_at, o.closed_at,
       o.checked_at, {STALE}, o.masked, o.phone || o.tel, o.address, o.lines_unknown, o.shortage, o.unmatched, o.open_cases, {UNCHECKED}, o.approvals{{more}}
FROM json_each(?) wanted CROSS JOIN orders o ON o.id = wanted.value JOIN channel c ON c.id = o.channel_id
ORDER BY wanted.key
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class OrderIds:
    """All ids of a result in order, as array('q').

    `sort` is a key of services.search.sorts, `-` before it for downwards. Raises BadInput for what can't be understood,
    and, while `capped`, Refused("sort_too_many") for more hits by a column without an index than a person would wait for.
    """

    search: str = ""
    sort: str = "-created_at"
    capped: bool = True

    def run(self, reading: Reading) -> array[int]:
        return find_ids(reading, self.search, self.sort, capped=self.capped)


@dataclass(frozen=True, slots=True)
class FirstOrders:
    """The first ids of the same result, at once: one statement for a tab, up to four for a search by words."""

    search: str = ""
    sort: str = "-created_at"
    limit: int = 200
    capped: bool = True

    def run(self, reading: Reading) -> array[int]:
        return find_ids(reading, self.search, self.sort, self.limit, capped=self.capped)


@dataclass(frozen=True, slots=True)
class OrderRows:
    """Rows of these ids, in their order; ids that are gone are left out. One statement. `more`: names of MORE that the rows shall hold."""

    ids: Sequence[int]
    more: tuple[str, ...] = ()

    def run(self, reading: Reading) -> tuple[OrderRow, ...]:
        rows = reading.sql(_rows_sql(self.more), (json.dumps(list(self.ids), separators=(",", ":")),))
        if not self.more:
            return tuple(_row(row, reading.now) for row in rows)
        width = len(self.more)
        return tuple(_row(row[:-width], reading.now)._replace(more=dict(zip(self.more, row[-width:], strict=True))) for row in rows)


@lru_cache(maxsize=64)
def _rows_sql(more: tuple[str, ...]) -> str:
    return _ROWS.format(more="".join(f", {MORE[name]}" for name in more))


def _row(row: tuple, now: int) -> OrderRow:  # type: ignore[type-arg]
    status = row[3]
    blockers = blockers_by_status(status)
    late = False
    if blockers is None:
        masked, phone, address, *facts = row[29:]
        blockers = blockers_of(OrderFacts(status, masked, row[6], phone, row[7], address, *facts))
        late = row[17] is not None and row[17] < now
    return OrderRow._make(
        (*row[:21], tags_of(row[21]) if row[21] else (), row[22], row[23], blockers, late, *row[24:28], bool(row[28]), _NOTHING)
    )


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Ids and rows of one page at once: two statements for a tab."""

    search: str = ""
    sort: str = "-created_at"
    limit: int = 100

    def run(self, reading: Reading) -> tuple[OrderRow, ...]:
        return OrderRows(find_ids(reading, self.search, self.sort, self.limit, capped=True)).run(reading)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in fen; what is not known counts as nothing."""

    count: int
    quantity: int
    paid: int
    payable: int
    refunded: int


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """Count and sums of a whole result, or of chosen ids, in one aggregate: no work per order in Python."""

    search: str = ""
    ids: Sequence[int] | None = None

    def run(self, reading: Reading) -> Totals:
        return totals_where(reading, conditions_of(reading, self.search) if self.ids is None else [among(self.ids)])


def among(ids: Sequence[int]) -> ColumnElement[bool]:
    """Orders of these ids, one bound value however many."""
    listed = func.json_each(literal(json.dumps(list(ids), separators=(",", ":")))).table_valued("value")
    return _T.c.id.in_(select(column("value")).select_from(listed))


def totals_where(reading: Reading, conditions: Sequence[ColumnElement[bool]]) -> Totals:
    sums = [func.coalesce(func.sum(_T.c[name]), 0) for name in ("quantity", "paid", "payable", "refunded")]
    row = reading.rows(select(func.count(), *sums).select_from(_T).where(*conditions))[0]
    return Totals(*tuple(row))


@dataclass(frozen=True, slots=True)
class CountOrders:
    """How many orders a search finds; counting stops at `most`."""

    search: str = ""
    most: int | None = None

    def run(self, reading: Reading) -> int:
        return count_hits(reading, self.search, self.most)
