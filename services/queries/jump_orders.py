"""From digits that somebody has at hand to the order: the whole number, its end, or its beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.db.reading import Reading

LEAST = 4
"""The index of tails holds four digits."""

# The whole number first; of those that end so the newest. Each along an index of its own.
_FOUND = """
SELECT id, number, buyer_nick, status, goods_summary FROM (
    SELECT 0 AS way, id, number, buyer_nick, status, goods_summary, created_at FROM orders WHERE number = :digits
    UNION ALL
    SELECT * FROM (
        SELECT 1, id, number, buyer_nick, status, goods_summary, created_at FROM orders
        WHERE substr(number, -4) = substr(:digits, -4) AND number LIKE '%' || :digits AND number <> :digits
        ORDER BY created_at DESC LIMIT :most)
    UNION ALL
    SELECT * FROM (
        SELECT 2, id, number, buyer_nick, status, goods_summary, created_at FROM orders
        WHERE number > :digits AND number < :digits || ':' AND length(:digits) >= 8 ORDER BY number LIMIT :most)
) ORDER BY way, created_at DESC, id DESC LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class JumpHit:
    id: int
    number: str
    buyer: str
    status: str
    goods: str


@dataclass(frozen=True, slots=True)
class JumpOrders:
    """Query: at most `most` orders whose number is `digits`, ends with it, or (eight digits and more) begins with it."""

    digits: str
    most: int = 5

    def run(self, reading: Reading) -> tuple[JumpHit, ...]:
        if not (self.digits.isascii() and self.digits.isdigit() and len(self.digits) >= LEAST):
            return ()
        rows = reading.driver.execute(_FOUND, {"digits": self.digits, "most": self.most}).fetchall()
        hits = {row[0]: JumpHit(*row) for row in rows}
        return tuple(hits.values())
