"""Goods found while somebody types: by code, name, properties, barcode, or the sound of the name. One statement, whatever is typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from services.domain.pricing import tier_price
from services.queries.goods_name import goods_name
from services.search.grams import fold
from services.settings import settings_of

if TYPE_CHECKING:
    from services.db.reading import Reading
    from services.pinyin import Syllables

_SKUS = """
SELECT s.id, s.code, s.title, s.properties, s.barcode, s.price, s.virtual, v.sku_id IS NOT NULL, coalesce(v.on_hand, 0) - coalesce(v.reserved, 0)
FROM sku s LEFT JOIN stock_level v ON v.sku_id = s.id
"""


@dataclass(frozen=True, slots=True)
class SkuChoice:
    """Goods to put on an order. `price` in fen, None if the SKU has none; `own_price` is what a buyer of the asked tier pays.

    `available` is None for virtual goods and while the SKU's stock has not begun. `exact`: the text is its code or barcode.
    """

    id: int
    code: str
    title: str
    properties: str
    barcode: str
    price: int | None
    own_price: int | None
    available: int | None
    virtual: bool
    exact: bool

    @property
    def name(self) -> str:
        return goods_name(self.title, self.properties, self.code)


@dataclass(frozen=True, slots=True)
class SkuCompletion:
    """The likeliest first: code or barcode itself, then what begins with the text, then what holds it, then what sounds so.

    Words parted by blanks must all be found. `tier`: whose discount `own_price` has (setting tier_discounts).
    """

    text: str
    tier: str = ""
    limit: int = 12

    def run(self, reading: Reading) -> tuple[SkuChoice, ...]:
        words = fold(self.text).split()
        if not words:
            return ()
        percent = int(settings_of(reading)["tier_discounts"].get(self.tier, 0)) if self.tier else 0
        found = []
        for row in reading.sql(_SKUS):
            rank = _rank(words, *row[1:5])
            if rank is not None:
                found.append((rank, len(row[2]), row[1], row))
        found.sort()
        return tuple(_choice(row, rank, percent) for rank, _length, _code, row in found[: self.limit])


@dataclass(frozen=True, slots=True)
class SkuChoices:
    """Query: these SKUs as choices, for lines that are there already."""

    ids: tuple[int, ...]
    tier: str = ""

    def run(self, reading: Reading) -> tuple[SkuChoice, ...]:
        percent = int(settings_of(reading)["tier_discounts"].get(self.tier, 0)) if self.tier else 0
        return tuple(_choice(row, 1, percent) for row in reading.each(_SKUS + "WHERE s.id IN ({ids})", self.ids))


def _choice(row: tuple[Any, ...], rank: int, percent: int) -> SkuChoice:
    sku_id, code, title, properties, barcode, price, virtual, begun, available = row
    own = None if price is None else tier_price(price, percent)
    left = available if begun and not virtual else None
    return SkuChoice(sku_id, code, title, properties, barcode, price, own, left, bool(virtual), rank == 0)


def _rank(words: list[str], code: str, title: str, properties: str, barcode: str) -> int | None:
    whole = " ".join(words)
    own = fold(code)
    if whole == own or (barcode and whole == fold(barcode)):
        return 0
    name = fold(title)
    if own.startswith(whole) or name.startswith(whole):
        return 1
    text = f"{own} {name} {fold(properties)} {fold(barcode)}"
    missing = [word for word in words if word not in text]
    if not missing:
        return 2
    return 3 if all(_sounds(word, title) or _sounds(word, properties) for word in missing) else None


def _sounds(word: str, text: str) -> bool:
    """Whether letters spell some characters of the text that stand together: `mkb` and `makebei` read 马克杯."""
    if not (word.isascii() and word.isalpha()) or len(word) < 2:
        return False
    said, firsts = _said(text)
    if word[0] not in firsts:
        return False
    from services.pinyin import spells

    return any(spells(word, said, start) for start in range(len(said)))


@lru_cache(maxsize=20_000)
def _said(text: str) -> tuple[Syllables, frozenset[str]]:
    from services.pinyin import syllables

    said = syllables(text)
    return said, frozenset(reading[0] for readings in said for reading in readings)
