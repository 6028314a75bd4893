"""Goods of platforms that no SKU stands for, with the goods of ours that they most likely are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from services.domain.similarity import BEST, SURE, GoodsWords, Shelf
from services.queries.stock_rows import UnmatchedIds, UnmatchedRow, UnmatchedRows

if TYPE_CHECKING:
    from services.db.reading import Reading

__all__ = ["SURE", "GoodsIds", "GoodsRow", "GoodsRows", "Suggested"]

GoodsIds = UnmatchedIds
MOST = 5
CLEARLY = 3
"""By so much the best must be above the next one, where its words are not the very same."""
_SKUS = "SELECT id, code, title, properties FROM sku"
_FACTS = """
SELECT s.id, s.code, s.title, s.properties, s.bin, coalesce(v.on_hand, 0) - coalesce(v.reserved, 0)
FROM sku s LEFT JOIN stock_level v ON v.sku_id = s.id WHERE s.id IN ({ids})
"""
_PRICE = "SELECT listing_id, max(price) FROM order_line WHERE listing_id IN ({ids}) AND sku_id IS NULL GROUP BY listing_id"


@lru_cache(maxsize=2)
def _shelf(goods: tuple[GoodsWords, ...]) -> Shelf:
    """Kept as long as no SKU changes: five thousand of them take a fifth of a second to be read, each look at a line some milliseconds."""
    return Shelf(goods)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A SKU of ours and how much its words are those of the platform, 0 to 100."""

    sku_id: int
    score: int
    code: str
    title: str
    properties: str
    bin: str
    available: int


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """Goods to match (see UnmatchedRow), the likeliest SKUs first, and what buyers pay for one, fen."""

    goods: UnmatchedRow
    suggestions: tuple[Suggested, ...]
    price: int | None

    @property
    def id(self) -> int:
        return self.goods.id

    @property
    def best(self) -> Suggested | None:
        return self.suggestions[0] if self.suggestions else None

    @property
    def sure(self) -> Suggested | None:
        """The best one where it is likely enough, and clearly likelier than the next."""
        best = self.best
        if best is None or best.score < SURE:
            return None
        next_score = self.suggestions[1].score if len(self.suggestions) > 1 else 0
        return best if best.score - next_score >= CLEARLY or best.score == BEST > next_score else None


@dataclass(frozen=True, slots=True)
class GoodsRows:
    """Query: the rows of these listings, in the order of the ids. All SKUs are compared, whatever their number, in two statements."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[GoodsRow, ...]:
        rows = UnmatchedRows(self.ids).run(reading)
        shelf = _shelf(tuple(GoodsWords(*row) for row in reading.sql(_SKUS)))
        found = {row.id: shelf.suggest(GoodsWords(row.id, row.code, row.title, row.properties), MOST) for row in rows}
        facts = {row[0]: row[1:] for row in reading.each(_FACTS, sorted({one.key for likely in found.values() for one in likely}))}
        prices = dict(reading.each(_PRICE, self.ids))
        return tuple(
            GoodsRow(row, tuple(Suggested(one.key, one.score, *facts[one.key]) for one in found[row.id]), prices.get(row.id))
            for row in rows
        )
