"""WooCommerce, as its export plugin writes orders: one row an order, its goods in order_item_1, order_item_2 … (reference/taobao.md 2.8).

`product_id:4959|1|30|size: Medium` is id, quantity, the goods' total before discount, options; the plugin's later form names each
part (`name:…|product_id:…|sku:…|quantity:…|total:…`). The file tells neither when an order was paid nor what was given back.
"""

from __future__ import annotations

import re
from typing import Any

from services.imports.clean import parse_count, parse_positive_money, parse_word, unguard
from services.imports.headings import Authority, Format
from services.imports.records import LineRecord, OrderRecord
from services.imports.shop_list import Row, Style, line_of, only_yuan, order_of, plain_phone, priced

MOST_GOODS = 60
_ITEMS = tuple(f"item_{place}" for place in range(1, MOST_GOODS + 1))

_COLUMNS = {
    "order_number": "number",
    "order_id": "number",
    "status": "status",
    "order_status": "status",
    "date": "created_at",
    "order_date": "created_at",
    "paid_date": "paid_at",
    "date_paid": "paid_at",
    "completed_date": "completed_at",
    "order_shipping": "freight",
    "shipping_total": "freight",
    "order_total": "payable",
    "cart_discount": "cart_discount",
    "discount_total": "cart_discount",
    "order_discount": "order_discount",
    "refunded_total": "refunded",
    "order_currency": "currency",
    "shipping_first_name": "first_name",
    "shipping_last_name": "last_name",
    "billing_first_name": "payer_first_name",
    "billing_last_name": "payer_last_name",
    "shipping_phone": "phone",
    "billing_phone": "payer_phone",
    "shipping_state": "province",
    "shipping_city": "city",
    "shipping_postcode": "postcode",
    "shipping_address_1": "address",
    "shipping_address_2": "address2",
    "billing_state": "payer_province",
    "billing_city": "payer_city",
    "billing_postcode": "payer_postcode",
    "billing_address_1": "payer_address",
    "billing_address_2": "payer_address2",
    "customer_note": "buyer_message",
    **{f"{name}_{place}": f"item_{place}" for name in ("order_item", "line_item") for place in range(1, MOST_GOODS + 1)},
}

_IGNORED = frozenset(
    {
        "order_id", "order_number_formatted", "order_shipping_tax", "order_tax", "cart_tax", "payment_method", "shipping_method", "customer_id",
        "billing_email", "billing_country", "shipping_country", "billing_company", "shipping_company", "order_key", "tax_total", "fee_total",
        "shipping_tax_total", "fee_tax_total", "payment_method_title", "customer_email", "download_permissions",
    }
)  # fmt: skip

_STATUSES = {
    "pending": "awaiting_payment",
    "on-hold": "awaiting_payment",
    "checkout-draft": "awaiting_payment",
    "processing": "awaiting_shipment",
    "completed": "completed",
    "cancelled": "closed",
    "canceled": "closed",
    "refunded": "closed",
    "failed": "closed",
    "trash": "closed",
    **{
        f"wc-{name}": status
        for name, status in (("pending", "awaiting_payment"), ("on-hold", "awaiting_payment"), ("processing", "awaiting_shipment"),
                             ("completed", "completed"), ("cancelled", "closed"), ("refunded", "closed"), ("failed", "closed"))
    },
}  # fmt: skip
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NAMED = frozenset({"name", "product_id", "sku", "quantity", "total", "subtotal", "meta", "id", "variation_id"})


def _item(cell: str) -> dict[str, Any] | None:
    """Raises ValueError: amount, quantity and their kin."""
    plain = unguard(cell)
    if not plain:
        return None
    parts = [part.strip() for part in plain.split("|")]
    named = {key.strip(): value.strip() for key, colon, value in (part.partition(":") for part in parts) if colon and key.strip() in _NAMED}
    if "quantity" in named:
        amount = parse_positive_money(named.get("subtotal") or named.get("total") or "")
        quantity = parse_count(named["quantity"])
        options = named.get("meta", "")
    elif len(parts) >= 3:
        quantity, amount, options = parse_count(parts[1]), parse_positive_money(parts[2]), "|".join(parts[3:])
    else:
        raise ValueError("item_unknown")
    pairs = [pair.partition(":") for pair in re.split(r",\s+(?=[^,:]+:)|;\s*", options) if pair.strip()]
    return {
        "item_id": named.get("product_id") or None,
        "code": named.get("sku") or None,
        "title": named.get("name") or None,
        "quantity": quantity or 1,
        "amount": amount or 0,
        "properties": ";".join(f"{key.strip()}:{value.strip()}" if colon else key.strip() for key, colon, value in pairs) or None,
    }


def _name(given: str | None, family: str | None) -> str | None:
    """A Chinese name is written without a blank, the family's first."""
    if not given or not family:
        return given or family
    return family + given if _CHINESE.search(family + given) else f"{given} {family}"


def _order(rows: list[Row]) -> OrderRecord:
    only_yuan(rows)
    if len(rows) > 1:
        raise ValueError("order_repeated")
    (row,) = rows
    if row["status"] is None:
        raise ValueError("status_unknown")
    lines: list[LineRecord] = []
    rounded = 0
    for target in _ITEMS:
        item = row.get(target)
        if item is None:
            continue
        price = priced(item["amount"], item["quantity"]) or 0
        rounded += price * item["quantity"] - item["amount"]
        lines.append(line_of(row, price=price, **{name: value for name, value in item.items() if name != "amount"}))
    to = "" if row.get("address") else "payer_"
    street = " ".join(filter(None, (row.get(f"{to}address"), row.get(f"{to}address2"))))
    discounts = [row[name] for name in ("cart_discount", "order_discount") if row.get(name) is not None]
    return order_of(
        rows,
        lines,
        status=row["status"],
        part_shipped=False,
        recipient=_name(row.get("first_name"), row.get("last_name")) or _name(row.get("payer_first_name"), row.get("payer_last_name")),
        phone=row.get("phone") or row.get("payer_phone"),
        province=row.get(f"{to}province"),
        city=row.get(f"{to}city"),
        postcode=row.get(f"{to}postcode"),
        address=street or None,
        freight=row.get("freight"),
        payable=row.get("payable"),
        discount=sum(discounts) + rounded if discounts else None,
        refunded=row.get("refunded"),
    )


STYLE = Style(
    order=_order,
    statuses=_STATUSES,
    own={
        **dict.fromkeys(
            ("first_name", "last_name", "payer_first_name", "payer_last_name", "currency", "payer_province", "payer_city", "payer_postcode",
             "payer_address", "payer_address2", "address2"),
            parse_word,
        ),
        "payer_phone": plain_phone,
        "cart_discount": parse_positive_money,
        "order_discount": parse_positive_money,
        **dict.fromkeys(_ITEMS, _item),
    },
    knows=frozenset({"discount", "goods_less_discount", "recipient", "phone"}),
)  # fmt: skip


def _recognise(headings: frozenset[str]) -> str:
    goods = headings & {"order_item_1", "line_item_1"}
    return "woocommerce.orders" if goods and headings & {"order_number", "order_id"} and headings & {"status", "order_status"} else ""


FORMAT = Format(
    key="woocommerce.orders",
    platform="woocommerce",
    kind="sold",
    zone="",
    authority=Authority.ORDERS,
    columns=_COLUMNS,
    required=frozenset({"number", "status", "item_1"}),
    recognise=_recognise,
    ignored=_IGNORED,
    style=STYLE,
)
