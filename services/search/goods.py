"""Which listings and SKUs hold a text. There are thousands of them, not millions, and they change rarely, so their words stay in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from services.db.reading import Reading
from services.search.grams import fold
from services.search.kept import kept

_BREAK = "\x1f"
"""Before, between and after columns; the parser lets no search hold it."""
_END = "\x1e"
_COLUMNS = ("title", "properties", "code")
_OWNERS = ("listing", "sku")


@dataclass(frozen=True, slots=True)
class _Texts:
    """All texts one after the other: to look through them at once is twenty times quicker than one by one."""

    ids: list[int]
    starts: list[int]
    whole: str

    def holding(self, asked: str) -> list[int]:
        found: list[int] = []
        at = self.whole.find(asked)
        while at >= 0:
            place = bisect_right(self.starts, at) - 1
            found.append(self.ids[place])
            if place + 1 == len(self.ids):
                break
            at = self.whole.find(asked, self.starts[place + 1])
        return found


@dataclass(slots=True)
class _Kept:
    rows: dict[str, list[tuple[int, tuple[str, ...]]]]
    texts: dict[tuple[str, ...], tuple[_Texts, ...]] = field(default_factory=dict)


def goods_ids(reading: Reading, names: Sequence[str], value: str, *, whole: bool = False) -> tuple[list[int], list[int]]:
    """Ids of the listings and of the SKUs of which one of the columns `names` holds `value`, or is it if `whole`.

    `names` are as in fields.py (`listing.title`, `sku.code` …). An empty value asks for those that have any text at all.
    """
    folded = fold(value)
    listings, skus = _texts(reading, tuple(names))
    if not folded:
        return _filled(listings), _filled(skus)
    asked = f"{_BREAK}{folded}{_BREAK}" if whole else folded
    return listings.holding(asked), skus.holding(asked)


def _filled(texts: _Texts) -> list[int]:
    ends = [*texts.starts[1:], len(texts.whole)]
    return [one for one, start, end in zip(texts.ids, texts.starts, ends, strict=True) if texts.whole[start:end].strip(_BREAK + _END)]


def _texts(reading: Reading, names: tuple[str, ...]) -> tuple[_Texts, ...]:
    found = kept(reading, "goods", lambda asked: _Kept({owner: _rows(asked, owner) for owner in _OWNERS}))
    texts = found.texts.get(names)
    if texts is None:
        texts = found.texts[names] = tuple(_joined(owner, names, found.rows[owner]) for owner in _OWNERS)
    return texts


def _joined(owner: str, names: Sequence[str], rows: Sequence[tuple[int, tuple[str, ...]]]) -> _Texts:
    places = [place for place, column in enumerate(_COLUMNS) if f"{owner}.{column}" in names]
    each = [_BREAK.join(["", *(words[place] for place in places), _END]) for _goods_id, words in rows]
    starts = [0, *accumulate(map(len, each))][: len(each)]
    return _Texts([goods_id for goods_id, _words in rows], starts, "".join(each))


def _rows(reading: Reading, owner: str) -> list[tuple[int, tuple[str, ...]]]:
    rows = reading.sql(f"SELECT id, {', '.join(_COLUMNS)} FROM {owner}")  # noqa: S608 (constants)
    return [(goods_id, tuple(map(fold, words))) for goods_id, *words in rows]
