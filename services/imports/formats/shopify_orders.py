"""Shopify's orders export: an order's facts stand in its first row, the rows after it repeat Name and bring more goods.

Shopify knows no received goods: fulfilled is shipped. What was refunded whole, voided or cancelled is closed. Total is gross of refunds.
"""

from __future__ import annotations

from services.imports.clean import parse_count, parse_positive_money, parse_word, unguard
from services.imports.headings import Authority, Format
from services.imports.records import OrderRecord
from services.imports.shop_list import Row, Style, first, line_of, only_yuan, order_of

_COLUMNS = {
    "Name": "number",
    "Financial Status": "financial",
    "Fulfillment Status": "fulfillment",
    "Cancelled at": "closed_at",
    "Created at": "created_at",
    "Paid at": "paid_at",
    "Fulfilled at": "shipped_at",
    "Shipping": "freight",
    "Total": "payable",
    "Discount Amount": "discount",
    "Outstanding Balance": "outstanding",
    "Refunded Amount": "refunded",
    "Currency": "currency",
    "Payment Reference": "payment_number",
    "Lineitem quantity": "quantity",
    "Lineitem name": "line_title",
    "Lineitem price": "line_price",
    "Lineitem sku": "line_code",
    "Shipping Name": "recipient",
    "Billing Name": "payer",
    "Shipping Phone": "phone",
    "Phone": "other_phone",
    "Billing Phone": "payer_phone",
    "Shipping Province Name": "province",
    "Shipping Province": "province",
    "Shipping City": "city",
    "Shipping Zip": "postcode",
    "Shipping Street": "address",
    "Shipping Address1": "address1",
    "Shipping Address2": "address2",
    "Notes": "buyer_message",
    "Tags": "tags",
}

_IGNORED = frozenset(
    {
        "Email", "Accepts Marketing", "Subtotal", "Taxes", "Discount Code", "Shipping Method", "Lineitem compare at price",
        "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status", "Billing Street", "Billing Address1", "Billing Address2",
        "Billing Company", "Billing City", "Billing Zip", "Billing Province", "Billing Province Name", "Billing Country", "Shipping Company",
        "Shipping Country", "Note Attributes", "Payment Method", "Vendor", "Id", "Risk Level", "Source", "Lineitem discount", "Employee", "Location",
        "Device ID", "Tax 1 Name", "Tax 1 Value", "Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value", "Tax 4 Name", "Tax 4 Value",
        "Tax 5 Name", "Tax 5 Value", "Receipt Number", "Duties", "Payment ID", "Payment Terms Name", "Next Payment Due At", "Payment References",
    }
)  # fmt: skip

_FINANCIAL = {
    "pending": "awaiting_payment",
    "authorized": "awaiting_payment",
    "partially_paid": "awaiting_payment",
    "unpaid": "awaiting_payment",
    "paid": "awaiting_shipment",
    "partially_refunded": "awaiting_shipment",
    "refunded": "closed",
    "voided": "closed",
    "expired": "closed",
}
_FULFILLMENT = {"": "", "unfulfilled": "", "on_hold": "", "scheduled": "", "partial": "partial", "fulfilled": "shipped", "restocked": ""}
_UNPAID = frozenset({"pending", "authorized", "voided", "expired", "unpaid"})


def _word(cell: str) -> str:
    return unguard(cell).casefold().replace(" ", "_")


def _tags(cell: str) -> str | None:
    names = [name.strip() for name in unguard(cell).replace("，", ",").split(",")]
    return ",".join(dict.fromkeys(filter(None, names))) or None


def _order(rows: list[Row]) -> OrderRecord:
    only_yuan(rows)
    financial, fulfillment = first(rows, "financial") or "", first(rows, "fulfillment") or ""
    if financial not in _FINANCIAL or fulfillment not in _FULFILLMENT:
        raise ValueError("status_unknown")
    sent = _FULFILLMENT[fulfillment]
    status = _FINANCIAL[financial]
    if first(rows, "closed_at") is not None:
        status = "closed"
    elif status != "closed" and sent == "shipped":
        status = "shipped"
    payable, left = first(rows, "payable"), first(rows, "outstanding")
    paid = 0 if financial in _UNPAID else payable
    if financial == "partially_paid":
        paid = payable - left if payable is not None and left is not None else None
    lines = [
        line_of(
            row,
            title=row.get("line_title"),
            code=(row.get("line_code") or (None,))[0],
            quantity=row["quantity"] or 1,
            price=row["line_price"],
        )
        for row in rows
        if row["line_price"] is not None
    ]
    street = first(rows, "address") or " ".join(filter(None, (first(rows, "address1"), first(rows, "address2"))))
    return order_of(
        rows,
        lines,
        status=status,
        part_shipped=status == "awaiting_shipment" and sent == "partial",
        recipient=first(rows, "recipient") or first(rows, "payer"),
        phone=first(rows, "phone") or first(rows, "other_phone") or first(rows, "payer_phone"),
        address=street or None,
        freight=first(rows, "freight"),
        payable=payable,
        discount=first(rows, "discount"),
        paid=paid,
        refunded=first(rows, "refunded"),
        tags=first(rows, "tags"),
    )


STYLE = Style(
    order=_order,
    statuses={},
    own={
        "financial": _word,
        "fulfillment": _word,
        "outstanding": parse_positive_money,
        "currency": parse_word,
        "payer": parse_word,
        "payer_phone": parse_word,
        "other_phone": parse_word,
        "address1": parse_word,
        "address2": parse_word,
        "tags": _tags,
        "quantity": parse_count,
    },
    knows=frozenset({"discount", "goods_less_discount", "paid", "part_shipped", "recipient", "phone"}),
)


def _recognise(headings: frozenset[str]) -> str:
    return "shopify.orders" if {"Name", "Financial Status", "Fulfillment Status", "Lineitem quantity", "Lineitem name"} <= headings else ""


FORMAT = Format(
    key="shopify.orders",
    platform="shopify",
    kind="sold",
    zone="",
    authority=Authority.ORDERS,
    columns=_COLUMNS,
    required=frozenset({"number", "financial", "fulfillment", "quantity", "line_price"}),
    recognise=_recognise,
    ignored=_IGNORED,
    style=STYLE,
)
