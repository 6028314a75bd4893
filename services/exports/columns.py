"""What can be exported, as data: the columns of orders, lines, stock and after-sales, with their titles in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from services.exports.orders import Door, carrier_words
from services.exports.table import Cell, Column, Kind
from services.words import term
from services.words.exports import TERMS, titles

BLOCK = 1_000
"""Rows of the shorter tables in the memory at once."""

PERSONAL = frozenset(
    {"buyer_nick", "recipient", "phone", "phone_ext", "tel", "address", "postcode", "seller_memo", "buyer_message", "case.buyer"}
)
"""What tells of a person."""
_MONEY = frozenset(
    {
        "goods_amount", "discount", "goods_less_discount", "freight", "payable", "paid", "refunded", "income", "platform_discount", "paid_out",
        "line.price", "line.payable", "line.paid", "line.refunded", "line.refund_asked", "stock.price", "stock.cost", "stock.value",
        "case.amount", "case.freight", "case.order_paid", "case.order_refunded",
    }
)  # fmt: skip
_COUNTS = frozenset(
    {
        "quantity", "line.quantity", "line.shipped", "line.cancelled", "line.shortage", "stock.on_hand", "stock.reserved", "stock.available",
        "stock.shortage", "stock.damaged", "stock.reorder_point", "stock.cover", "case.units",
    }
)  # fmt: skip
_YES = frozenset({"part_shipped", "address_edited", "masked"})
_CARRIERS = frozenset({"carrier", "line.carrier"})
_WORDS = {
    "status": "status", "flag": "flag", "close_reason": "close_reason", "line.status": "status", "line.refund_state": "case_state",
    "case.kind": "case_kind", "case.state": "case_state", "case.fault": "fault",
}  # fmt: skip
"""Codes by column, and the kind of their words."""
_WIDTHS = {
    "number": 22, "buyer_nick": 16, "phone": 14, "address": 40, "goods": 50, "seller_memo": 30, "buyer_message": 30, "tracking_number": 20,
    "payment_number": 32, "line.number": 22, "line.title": 40, "line.properties": 26, "line.item_id": 16, "line.tracking_number": 20,
    "stock.title": 40, "stock.properties": 26, "stock.barcode": 16, "case.number": 22, "case.goods": 40, "case.reason": 24,
}  # fmt: skip


def columns(lang: str, keys: Sequence[str], value: Callable[[Any, str], Any] = lambda row, key: row.get(key)) -> tuple[Column, ...]:
    """Columns by their keys; `value(row, key)` gives what the row holds."""
    said = titles(lang)
    return tuple(_column(key, said[key], lang, value) for key in keys)


def _column(key: str, title: str, lang: str, value: Callable[[Any, str], Any]) -> Column:
    kind = (
        Kind.MONEY
        if key in _MONEY
        else Kind.COUNT
        if key in _COUNTS
        else Kind.YES
        if key in _YES
        else Kind.TIME
        if key.endswith("_at") or key == "ship_by"
        else Kind.TEXT
    )

    def plain(row: Any) -> Cell:
        found = value(row, key)
        return None if found == "" else found

    shown = plain
    if key in _WORDS:
        terms = _WORDS[key]

        def shown(row: Any) -> Cell:
            found = value(row, key)
            return "" if found is None or found == "" else term(terms, str(found), lang)

    if key in _CARRIERS:

        def shown(row: Any) -> Cell:
            return carrier_words(value(row, key) or (), lang)

        def plain(row: Any) -> Cell:
            # A carrier that has no code is told by its name, or an import could not know it again.
            return ", ".join(name if code == "OTHER" and name else code for code, name in value(row, key) or ())

    width = _WIDTHS.get(key, 19 if kind is Kind.TIME else 14)
    return Column(key, title, kind, shown, width, plain if shown is not plain else None, key in PERSONAL)


ORDER_KEYS: tuple[str, ...] = tuple(key for key in TERMS["export_column"] if "." not in key)
LINE_KEYS: tuple[str, ...] = tuple(key for key in TERMS["export_column"] if key.startswith("line."))
STOCK_KEYS: tuple[str, ...] = tuple(key for key in TERMS["export_column"] if key.startswith("stock."))
CASE_KEYS: tuple[str, ...] = tuple(key for key in TERMS["export_column"] if key.startswith("case."))


def order_columns(lang: str) -> tuple[Column, ...]:
    """All columns of an orders file; titles, statuses and flags in words of `lang`."""
    return columns(lang, ORDER_KEYS)


def line_columns(lang: str) -> tuple[Column, ...]:
    """All columns of a file with one row a line: the order's number first, then the goods, then the order's other facts."""
    own = [key for key in ORDER_KEYS if key != "goods"]
    return columns(lang, (*own[:3], *LINE_KEYS, *own[3:]))


def stock_columns(lang: str) -> tuple[Column, ...]:
    return columns(lang, STOCK_KEYS, lambda row, key: getattr(row, key.removeprefix("stock.")))


def case_columns(lang: str) -> tuple[Column, ...]:
    def value(row: Any, key: str) -> Any:
        name = key.removeprefix("case.")
        return row.label if name == "id" else getattr(row, name)

    return columns(lang, CASE_KEYS, value)


def stock_rows(desk: Door, ids: Sequence[int]) -> Iterator[Any]:
    from services.queries.stock_rows import StockRows

    for start in range(0, len(ids), BLOCK):
        yield from desk.read(StockRows(tuple(ids[start : start + BLOCK])))


def case_rows(desk: Door, ids: Sequence[int]) -> Iterator[Any]:
    from services.queries.case_rows import CaseRows

    for start in range(0, len(ids), BLOCK):
        yield from desk.read(CaseRows(tuple(ids[start : start + BLOCK])))
