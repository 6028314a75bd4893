"""Waiting orders that may be one order placed twice, beside the order that they repeat."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.domain.duplicates import WITHIN, Goods, Pair, Placed, pairs, signs_of
from services.queries.worklists.common import MATTERS, accepted, digest, holding, since

if TYPE_CHECKING:
    from services.db.reading import Reading

WORKLIST = "duplicates"
_COLUMNS = "o.id, o.created_at, o.status, o.customer_id, o.recipient, o.phone, o.province || o.city || o.district || o.address, o.masked, o.payable"
_WAITING = f"SELECT {_COLUMNS} FROM orders o WHERE {MATTERS}"  # noqa: S608 (constants)
# Orders near those that wait, along the index of the last digits of a phone and that of the buyers (the signs keep it from walking
# all orders of those days instead).
_WAITS = MATTERS.replace("o.", "w.")
_NEAR = (
    f"""
SELECT {_COLUMNS} FROM orders w CROSS JOIN orders o ON o.phone_tail = w.phone_tail
 AND o.created_at BETWEEN w.created_at - {WITHIN} AND w.created_at + {WITHIN}
WHERE {_WAITS} AND w.phone_tail <> '' AND o.id <> w.id AND o.phone = w.phone AND o.status IN ('shipped', 'completed')
""",  # noqa: S608 (constants)
    f"""
SELECT {_COLUMNS} FROM orders w CROSS JOIN orders o ON o.customer_id = w.customer_id
WHERE {_WAITS} AND o.id <> w.id AND +o.status IN ('shipped', 'completed')
 AND +o.created_at BETWEEN w.created_at - {WITHIN} AND w.created_at + {WITHIN}
""",  # noqa: S608 (constants)
)
# One specification is one SKU, or the same words where none stands for it.
_GOODS = """
SELECT l.order_id, CASE WHEN l.sku_id IS NULL THEN g.title || '|' || g.properties || '|' || g.code ELSE 's' || l.sku_id END, sum(l.quantity - l.cancelled)
FROM order_line l JOIN listing g ON g.id = l.listing_id WHERE l.order_id IN ({ids}) GROUP BY 1, 2
"""
_FACTS = """
SELECT o.id, o.number, c.code, o.buyer_nick, o.recipient, o.phone, o.province || o.city || o.district || o.address, o.goods_summary, o.quantity,
       o.payable, o.paid, o.status, o.created_at, o.ship_by, o.version, coalesce(o.paid, 0) - o.refunded
FROM orders o JOIN channel c ON c.id = o.channel_id WHERE o.id IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class Twin:
    """One of two orders. `held` is what the shop still holds of the buyer's money, fen."""

    id: int
    number: str
    channel: str
    buyer_nick: str
    recipient: str
    phone: str
    address: str
    goods: str
    quantity: int | None
    payable: int | None
    paid: int | None
    status: str
    created_at: int
    ship_by: int | None
    version: int
    held: int


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """`second` repeats `first` (placed before it); its id is the row's. `code` is same_goods or unpaid_twin."""

    id: int
    code: str
    first: Twin
    second: Twin

    @property
    def key(self) -> str:
        return f"{self.first.id}:{self.second.id}"

    @property
    def seen(self) -> str:
        """Of two orders it was decided that they are two, whatever becomes of them."""
        return digest((self.first.id, self.second.id))

    @property
    def lapsing(self) -> Twin | None:
        """The one that may be closed without giving anything back: of an unpaid twin the unpaid one, else the later without money in it."""
        for one in (self.second, self.first):
            if one.status == "awaiting_payment" or (one.status == "awaiting_shipment" and one.held <= 0):
                return one
        return None


@dataclass(frozen=True, slots=True)
class DuplicateIds:
    """Query: the later orders of suspicious pairs, the latest first, that hold every word of `search`."""

    search: str = ""

    def run(self, reading: Reading) -> array[int]:
        known = _pairs(reading)
        found = sorted(known, reverse=True)
        if self.search.strip():
            holds = holding(self.search)
            facts = _twins(reading, [one for pair in known.values() for one in (pair.first, pair.second)])
            found = [one for one in found if holds((*_texts(facts[one]), *_texts(facts[known[one].first])))]
        return array("q", found)


@dataclass(frozen=True, slots=True)
class DuplicateRows:
    """Query: the pairs of these later orders, in the order of the ids."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[DuplicateRow, ...]:
        known = _pairs(reading)
        wanted = [known[one] for one in self.ids if one in known]
        facts = _twins(reading, [one for pair in wanted for one in (pair.first, pair.second)])
        return tuple(DuplicateRow(pair.second, pair.code, facts[pair.first], facts[pair.second]) for pair in wanted)


def count_duplicates(reading: Reading) -> Counter[str]:
    """How many by kind."""
    return Counter(pair.code for pair in _pairs(reading).values())


def _pairs(reading: Reading) -> dict[int, Pair]:
    """{later order: the pair with the nearest one that it may repeat}; pairs that were told apart are left out."""
    first = since(reading)
    orders = {row[0]: _placed(row) for statement in (_WAITING, *_NEAR) for row in reading.driver.execute(statement, (first,))}
    near = list(_company(orders.values()))
    goods: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for order_id, name, units in reading.each(_GOODS, sorted(near)):
        goods[order_id].append((name, units))
    let = accepted(reading, WORKLIST)
    found: dict[int, Pair] = {}
    for pair in pairs(orders[one]._replace(goods=_sorted(goods.get(one, ()))) for one in near):
        if f"{pair.first}:{pair.second}" not in let:
            known = found.get(pair.second)
            if known is None or (orders[pair.first].created_at, pair.first) > (orders[known.first].created_at, known.first):
                found[pair.second] = pair
    return found


def _company(orders: Iterable[Placed]) -> Iterator[int]:
    """Ids of orders that share a sign with another: only of these the goods must be read."""
    by_sign: dict[str, list[int]] = defaultdict(list)
    for order in orders:
        for sign in signs_of(order):
            by_sign[sign].append(order.id)
    yield from {one for ids in by_sign.values() if len(ids) > 1 for one in ids}


def _texts(of: Twin) -> tuple[str, ...]:
    return of.number, of.buyer_nick, of.recipient, of.phone, of.address, of.goods


def _sorted(goods: Iterable[tuple[str, int]]) -> Goods:
    return tuple(sorted(goods))


def _placed(row: tuple[Any, ...]) -> Placed:
    return Placed._make((*row[:7], bool(row[7]), row[8], ()))


def _twins(reading: Reading, ids: Iterable[int]) -> dict[int, Twin]:
    return {row[0]: Twin(*row) for row in reading.each(_FACTS, sorted(set(ids)))}
