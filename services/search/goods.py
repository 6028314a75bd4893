"""Which listings and SKUs hold a text. There are thousands of them, not millions, and they change rarely, so their words stay in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.db.reading import Reading
from services.search.grams import fold
from services.search.kept import kept

_BREAK = "\x1f"
"""Before, between and after columns; the parser lets no search hold it."""
_COLUMNS = ("title", "properties", "code")
_OWNERS = ("listing", "sku")

Texts = list[tuple[int, str]]


@dataclass(slots=True)
class _Kept:
    rows: dict[str, list[tuple[int, tuple[str, ...]]]]
    texts: dict[tuple[str, ...], dict[str, Texts]] = field(default_factory=dict)


def goods_ids(reading: Reading, names: Sequence[str], value: str, *, whole: bool = False) -> tuple[list[int], list[int]]:
    """Ids of the listings and of the SKUs of which one of the columns `names` holds `value`, or is it if `whole`.

    `names` are as in fields.py (`listing.title`, `sku.code` …). An empty value asks for those that have any text at all.
    """
    folded = fold(value)
    asked = f"{_BREAK}{folded}{_BREAK}" if whole else folded
    texts = _texts(reading, tuple(names))
    found = []
    for owner in _OWNERS:
        if asked:
            found.append([goods_id for goods_id, text in texts[owner] if asked in text])
        else:
            found.append([goods_id for goods_id, text in texts[owner] if text.strip(_BREAK)])
    return found[0], found[1]


def _texts(reading: Reading, names: tuple[str, ...]) -> dict[str, Texts]:
    found = kept(reading, "goods", lambda asked: _Kept({owner: _rows(asked, owner) for owner in _OWNERS}))
    texts = found.texts.get(names)
    if texts is None:
        texts = {}
        for owner in _OWNERS:
            places = [place for place, column in enumerate(_COLUMNS) if f"{owner}.{column}" in names]
            texts[owner] = [(goods_id, _BREAK.join(["", *(words[place] for place in places), ""])) for goods_id, words in found.rows[owner]]
        found.texts[names] = texts
    return texts


def _rows(reading: Reading, owner: str) -> list[tuple[int, tuple[str, ...]]]:
    rows = reading.sql(f"SELECT id, {', '.join(_COLUMNS)} FROM {owner}")  # noqa: S608 (constants)
    return [(goods_id, tuple(map(fold, words))) for goods_id, *words in rows]
