"""The shop's shipping order as the terms of an ORDER BY: what waits first, then the keys of the setting `shipping_order`, then the id."""

from __future__ import annotations

from services.db.reading import Reading
from services.search.compile import PRIORITY_TIERS
from services.settings import settings_of

_COLUMNS = {
    "ship_by": "ship_by",
    "paid_at": "paid_at",
    "created_at": "created_at",
    "province": "province",
    "city": "city",
    "goods": "goods_summary",
    "quantity": "quantity",
    "payable": "payable",
    "buyer": "buyer_nick",
}
_TEXTS = frozenset({"province", "city", "goods", "buyer"})
_FIRST = (
    "EXISTS (SELECT 1 FROM customer WHERE customer.id = orders.customer_id "  # noqa: S608 (constants)
    f"AND customer.tier IN {PRIORITY_TIERS})"
)


def shipping_terms(reading: Reading, *, down: bool = False) -> str:
    """`down` turns every key round. What is not known comes last either way."""
    terms = ["orders.status <> 'awaiting_shipment'"]
    for key in settings_of(reading)["shipping_order"]:
        terms += _terms(key.removeprefix("-"), " DESC" if key.startswith("-") is not down else "")
    return ", ".join([*terms, "orders.id DESC" if down else "orders.id"])


def _terms(key: str, turned: str) -> list[str]:
    match key:
        case "priority":
            return [f"NOT {_FIRST}{turned}"]
        case "flag":
            # Grey is no flag: it comes after the five.
            return [f"CASE orders.flag WHEN 0 THEN 99 ELSE orders.flag END{turned}"]
        case "checked":
            return [f"orders.checked_at IS NULL{turned}"]
    column = f"orders.{_COLUMNS[key]}"
    return [f"{column} = ''" if key in _TEXTS else f"{column} IS NULL", f"{column}{turned}"]
