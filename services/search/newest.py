"""The words of the newest orders in memory: how frequent a word is, told without asking the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.db.reading import Reading
from services.search.compile import phone_forms
from services.search.fields import GOODS_COLUMNS, TEXT_COLUMNS
from services.search.goods import goods_ids
from services.search.grams import fold
from services.search.kept import kept
from services.search.syntax import Word

_NEWEST = "id > (SELECT max(id) FROM orders) - ?"
_TEXTS = f"SELECT id, {' || char(31) || '.join(TEXT_COLUMNS)} FROM main.orders AS orders WHERE {_NEWEST}"  # noqa: S608 (constants)
_LINES = f"SELECT order_id, listing_id, sku_id FROM order_line WHERE order_{_NEWEST}"  # noqa: S608 (constants)


class _Newest(NamedTuple):
    """The highest id there is; folded texts by id; of each listing and each SKU the orders that have it."""

    last: int
    texts: dict[int, str]
    of_goods: tuple[dict[int, set[int]], dict[int, set[int]]]


def frequency(reading: Reading, words: Sequence[Word], sample: int) -> tuple[list[int], int, int, int]:
    """How many of the newest orders hold each word, how many hold all, how many of the `sample` there are, and the highest order id."""
    newest = kept(reading, f"newest {sample}", lambda asked: _load(asked, sample))
    each = [_holding(reading, newest, word) for word in words]
    return [len(ids) for ids in each], len(set.intersection(*each)), len(newest.texts), newest.last


def _holding(reading: Reading, newest: _Newest, word: Word) -> set[int]:
    forms = [fold(form) for form in phone_forms(word)]
    ids = {order_id for order_id, text in newest.texts.items() if any(form in text for form in forms)}
    for found, orders in zip(goods_ids(reading, GOODS_COLUMNS, word.text), newest.of_goods, strict=True):
        for goods_id in orders.keys() & found:
            ids |= orders[goods_id]
    return ids


def _load(reading: Reading, sample: int) -> _Newest:
    texts = {order_id: fold(text) for order_id, text in reading.sql(_TEXTS, (sample,))}
    listings: dict[int, set[int]] = {}
    skus: dict[int, set[int]] = {}
    for order_id, listing_id, sku_id in reading.sql(_LINES, (sample,)):
        listings.setdefault(listing_id, set()).add(order_id)
        if sku_id is not None:
            skus.setdefault(sku_id, set()).add(order_id)
    return _Newest(max(texts, default=0), texts, (listings, skus))
