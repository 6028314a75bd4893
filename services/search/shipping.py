"""The shop's shipping order as ORDER BY terms: what waits first, then the keys of the setting `shipping_order`, then the id."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, exists, literal_column

from services.db.reading import Reading
from services.db.schema import Customer, Order
from services.search.compile import PRIORITY_TIERS
from services.settings import settings_of

_O = Order.__table__.c
_COLUMNS: dict[str, ColumnElement[Any]] = {
    "ship_by": _O.ship_by,
    "paid_at": _O.paid_at,
    "created_at": _O.created_at,
    "province": _O.province,
    "city": _O.city,
    "goods": _O.goods_summary,
    "quantity": _O.quantity,
    "payable": _O.payable,
    "buyer": _O.buyer_nick,
}
_TEXTS = frozenset({"province", "city", "goods", "buyer"})


def shipping_terms(reading: Reading, *, down: bool = False) -> list[ColumnElement[Any]]:
    """Terms in order; `down` turns every key round. What is not known comes last either way."""
    terms: list[ColumnElement[Any]] = [_O.status != "awaiting_shipment"]
    for key in settings_of(reading)["shipping_order"]:
        terms += _terms(key.removeprefix("-"), key.startswith("-") is not down)
    return [*terms, _O.id.desc() if down else _O.id]


def _terms(key: str, down: bool) -> list[ColumnElement[Any]]:
    match key:
        case "priority":
            customer = Customer.__table__.c
            first = exists().where(customer.id == _O.customer_id, customer.tier.op("IN")(literal_column(PRIORITY_TIERS)))
            return _turned(case((first.correlate(Order.__table__), 0), else_=1), down)
        case "flag":
            # Grey is no flag: it comes after the five.
            return _turned(case((_O.flag == 0, 99), else_=_O.flag), down)
        case "checked":
            return _turned(_O.checked_at.is_(None), down)
    column = _COLUMNS[key]
    return [column == "" if key in _TEXTS else column.is_(None), *_turned(column, down)]


def _turned(term: ColumnElement[Any], down: bool) -> list[ColumnElement[Any]]:
    return [term.desc() if down else term]
