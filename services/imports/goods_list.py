"""Goods files: one row is one SKU by its merchant code."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import repeat
from typing import Any

from services.imports.clean import (
    NULLS,
    Memo,
    parse_code,
    parse_other_id,
    parse_positive_money,
    parse_properties,
    parse_signed_count,
    parse_word,
    unguard,
)
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.read import Block
from services.imports.records import GoodsRecord, Reject, Warned

_KILOS = frozenset({"kg", "千克", "公斤"})
_WEIGHT = re.compile(r"(\d{1,9}(?:\.\d{1,6})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?)\s*(kg|千克|公斤|g|克)?", re.ASCII | re.IGNORECASE)


class GoodsList:
    """Reads the blocks of one goods file."""

    def __init__(self, layout: Layout) -> None:
        cleaners: dict[str, Cleaner] = {
            "code": Memo(_needed_code),
            "title": Memo(parse_word),
            "properties": Memo(parse_properties),
            "barcode": Memo(parse_other_id),
            "item_id": Memo(parse_other_id),
            "bin": Memo(parse_word),
            "price": Memo(parse_positive_money),
            "cost": Memo(parse_positive_money),
            "stock": Memo(_stock),
            "weight": Memo(_grams),
            "kilos": Memo(_kilos),
        }
        self.columns = Columns(layout, cleaners)
        self.knows = frozenset("weight" if name == "kilos" else name for name in layout.places)
        self.warnings: list[Warned] = []
        self.goods: list[GoodsRecord] = []

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block)
        if "weight" not in got and "kilos" in got:
            got["weight"] = got["kilos"]
        columns: list[Any] = [numbers, *(got.get(name) or repeat(None) for name in GoodsRecord._fields[1:])]
        self.goods.extend(map(GoodsRecord._make, zip(*columns, strict=False)))

    def finish(self) -> None:
        """A code that appears twice: the same once is enough, with other values neither comes in."""
        first: dict[str, GoodsRecord] = {}
        bad: dict[str, int] = {}
        for goods in self.goods:
            known = first.setdefault(goods.code, goods)
            if known is goods:
                continue
            if known._replace(row=0) == goods._replace(row=0):
                self.warnings.append(Warned(goods.row, "row_repeated", {"other": known.row}))
                continue
            heading = self.columns.layout.places["code"][1]
            if goods.code not in bad:
                self.columns.rejected.append(Reject(known.row, heading, goods.code, "goods_twice", {"other": goods.row}))
            bad[goods.code] = goods.row
            self.columns.rejected.append(Reject(goods.row, heading, goods.code, "goods_twice", {"other": known.row}))
        self.goods = [goods for code, goods in first.items() if code not in bad]


def _needed_code(cell: str) -> str:
    code = parse_code(cell)
    if code is None:
        raise ValueError("code_missing")
    return code


def _grams(cell: str, unit: int = 1) -> int | None:
    """Whole grams, half a gram and more counts as one. Code: weight."""
    plain = unguard(cell)
    if plain in NULLS:
        return None
    found = _WEIGHT.fullmatch(plain)
    if found is None:
        raise ValueError("weight")
    factor = 1_000 if (found[2] or "").casefold() in _KILOS else 1 if found[2] else unit
    try:
        return int((Decimal(found[1].replace(",", "")) * factor).to_integral_value(ROUND_HALF_UP))
    except ArithmeticError:
        raise ValueError("weight") from None


def _kilos(cell: str) -> int | None:
    return _grams(cell, 1_000)


def _stock(cell: str) -> int | None:
    count = parse_signed_count(cell)
    if count is not None and count < 0:
        raise ValueError("stock_negative")
    return count
