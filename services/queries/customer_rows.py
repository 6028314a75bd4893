"""The buyers: what each ordered in all, and where the last parcel went."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.search.grams import fold

if TYPE_CHECKING:
    from services.db.reading import Reading

_SUMS = """
SELECT c.id, h.code, c.nick, c.masked, c.tier, c.note, count(o.id), coalesce(sum(o.status = 'closed'), 0), coalesce(sum(o.paid), 0),
       coalesce(sum(o.refunded), 0), min(o.created_at)
FROM customer c JOIN channel h ON h.id = c.channel_id LEFT JOIN orders o ON o.customer_id = c.id WHERE c.id IN ({ids}) GROUP BY c.id
"""
# With one max() SQLite takes the bare columns from its row.
_LAST = """
SELECT customer_id, max(created_at), recipient, phone, province, city, district, address FROM orders
WHERE customer_id IN ({ids}) GROUP BY customer_id
"""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """Fen and ms; paid is gross of what was refunded. Recipient and address are those of the last order."""

    id: int
    channel: str
    buyer_nick: str
    masked: bool
    tier: str
    note: str
    orders: int
    closed: int
    paid: int
    refunded: int
    first_at: int | None
    last_at: int | None
    recipient: str
    phone: str
    province: str
    city: str
    district: str
    address: str


@dataclass(frozen=True, slots=True)
class CustomerIds:
    """Query: the customers that hold every word of `search` in nick or note, the latest first."""

    search: str = ""

    def run(self, reading: Reading) -> array[int]:
        where, params = ["1"], []
        for word in fold(self.search).split():
            where.append("(c.nick LIKE ? ESCAPE '\\' OR c.note LIKE ? ESCAPE '\\')")
            params += ["%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"] * 2
        statement = f"SELECT c.id FROM customer c WHERE {' AND '.join(where)} ORDER BY c.id DESC"  # noqa: S608 (constants; words are bound)
        return array("q", (row[0] for row in reading.sql(statement, tuple(params))))


@dataclass(frozen=True, slots=True)
class CustomerRows:
    """Query: the rows of these customers, in the order of the ids."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[CustomerRow, ...]:
        last = {row[0]: row[1:] for row in reading.each(_LAST, self.ids)}
        found = {row[0]: _row(row, last.get(row[0], (None, *("",) * 6))) for row in reading.each(_SUMS, self.ids)}
        return tuple(found[one] for one in self.ids if one in found)


def _row(row: tuple[Any, ...], last: tuple[Any, ...]) -> CustomerRow:
    customer_id, channel, nick, masked, *rest = row
    return CustomerRow(customer_id, channel, nick, bool(masked), *rest, *last)
