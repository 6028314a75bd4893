"""Orders as the command line prints them, and how numbers are turned into orders."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from services.desk import Desk
from services.errors import BadInput
from services.queries import order_json
from services.queries.order_json import KEYS, OrdersJson, line_status
from tests.factories import at, make_order, make_orders


def test_an_order_in_json(desk: Desk) -> None:
    make_order(
        desk,
        number="5257473433628969494",
        status="shipped",
        buyer_nick="",
        tel="021-00005670",
        flag=2,
        tags="vip,gift",
        goods_amount=3000,
        discount=10,
        freight=800,
        payable=3790,
        paid=3790,
        refunded=290,
        address_edited=True,
        created_at=at("2026-11-20 10:00:05"),
        paid_at=at("2026-11-20 11:00:00"),
        shipped_at=at("2026-11-21 09:00:00"),
        ship_by=at("2026-11-22 11:00:00"),
        platform_status="shipped",
        lines=[
            {
                "title": "马克杯",
                "properties": "颜色:蓝",
                "code": "CUP",
                "item_id": "9595",
                "number": "77",
                "quantity": 2,
                "price": 1500,
                "payable": 2990,
                "paid": 2990,
                "refunded": 290,
                "refund_state": "refunded",
                "platform_status": "completed",
                "shipped_at": at("2026-11-21 09:00:00"),
                "parcel_carrier": "YTO",
                "parcel_number": "YT1",
            },
            {"title": "赠品", "price": 0, "refund_state": "requested", "refund_asked": 10},
        ],
        parcels=[
            {"carrier": "YTO", "carrier_name": "圆通速递", "tracking_number": "YT1"},
            {"carrier": "SF", "tracking_number": "SF9", "state": "void"},
        ],
    )
    answer = desk.read(OrdersJson())
    (order,) = answer.orders
    assert (answer.count, answer.total_paid, answer.total_refunded) == (1, 3790, 290)
    assert tuple(order) == KEYS
    assert json.loads(json.dumps(order)) == {
        "number": "5257473433628969494",
        "channel": "taobao",
        "status": "shipped",
        "buyer_nick": None,
        "recipient": "王小明",
        "phone": "16800001234",
        "phone_ext": None,
        "tel": "021-00005670",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "address": "文三路1号",
        "postcode": None,
        "masked": False,
        "address_edited": True,
        "flag": 2,
        "tags": ["vip", "gift"],
        "goods_amount": "30.00",
        "discount": "0.10",
        "goods_less_discount": None,
        "goods_paid": "29.90",
        "freight": "8.00",
        "payable": "37.90",
        "paid": "37.90",
        "paid_cell": "35.00",
        "refunded": "2.90",
        "paid_out": None,
        "payment_number": None,
        "quantity": 3,
        "created_at": "2026-11-20T10:00:05+08:00",
        "paid_at": "2026-11-20T11:00:00+08:00",
        "shipped_at": "2026-11-21T09:00:00+08:00",
        "completed_at": None,
        "closed_at": None,
        "close_reason": None,
        "ship_by": "2026-11-22T11:00:00+08:00",
        "checked_at": None,
        "checked_by": None,
        "part_shipped": False,
        "seller_memo": None,
        "buyer_message": None,
        "blockers": ["already_shipped"],
        "lines": [
            {
                "number": "77",
                "title": "马克杯",
                "properties": "颜色:蓝",
                "code": "CUP",
                "item_id": "9595",
                "quantity": 2,
                "price": "15.00",
                "payable": "29.90",
                "paid": "29.90",
                "refunded": "2.90",
                "refund_state": "refunded",
                "refund_asked": None,
                "status": "completed",
                "shipped_at": "2026-11-21T09:00:00+08:00",
                "parcel": {"carrier": "YTO", "number": "YT1"},
            },
            {
                "number": "5257473433628969494-2",
                "title": "赠品",
                "properties": None,
                "code": None,
                "item_id": None,
                "quantity": 1,
                "price": "0.00",
                "payable": "0.00",
                "paid": "0.00",
                "refunded": "0.00",
                "refund_state": "requested",
                "refund_asked": "0.10",
                "status": "shipped",
                "shipped_at": None,
                "parcel": None,
            },
        ],
        "parcels": [{"carrier": "YTO", "carrier_name": "圆通速递", "number": "YT1"}],
    }


_FORMS: dict[str, str] = {
    "money": r"-?\d+\.\d\d",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00",
}


def test_keys_and_forms_are_those_of_the_truth_files(desk: Desk, reference: Path) -> None:
    """Every key that an export's truth names is a key of ours, with a value of the same form."""
    make_order(
        desk,
        number="1",
        refunded=1,
        paid_out=1,
        goods_amount=1,
        goods_less_discount=1,
        discount=1,
        freight=1,
        completed_at=1,
        closed_at=1,
        shipped_at=1,
        lines=[{"refund_asked": 1, "shipped_at": 1, "parcel_number": "YT1", "parcel_carrier": "YTO"}],
        parcels=[{"tracking_number": "YT1"}],
    )
    (mine,) = desk.read(OrdersJson()).orders
    told: dict[str, Any] = {}
    lines: dict[str, Any] = {}
    for file in sorted((reference / "exports").glob("Export*.truth.json")):
        for order in json.loads(file.read_text(encoding="utf-8"))["orders"]:
            told |= order
            lines |= {name: value for line in order.get("lines", []) for name, value in line.items()}
    assert told.keys() - KEYS <= {"address_note", "buyer_message_length"}
    assert lines.keys() <= mine["lines"][0].keys()
    for theirs, ours in ((told, mine), (lines, mine["lines"][0])):
        for name, value in theirs.items():
            if isinstance(value, str):
                form = next((form for form in _FORMS.values() if re.fullmatch(form, value)), None)
                assert form is None or re.fullmatch(form, str(ours[name])), name
            elif name in ours:
                assert isinstance(ours[name], type(value)), name


def test_limit_sort_and_fields(desk: Desk) -> None:
    make_orders(desk, [{"number": str(place), "paid": place * 100, "created_at": at("2026-11-01") + place} for place in range(1, 6)])
    answer = desk.read(OrdersJson("", "paid", 2, ("number", "paid")))
    assert answer.orders == [{"number": "1", "paid": "1.00"}, {"number": "2", "paid": "2.00"}]
    assert (answer.count, answer.total_paid) == (5, 1500)
    assert [order["number"] for order in desk.read(OrdersJson()).orders] == ["5", "4", "3", "2", "1"]
    with pytest.raises(BadInput) as caught:
        desk.read(OrdersJson(fields=("numbr",)))
    assert (caught.value.code, caught.value.facts["suggestion"]) == ("json_field_unknown", "number")
    with pytest.raises(BadInput, match="query_field"):
        desk.read(OrdersJson("stauts:x"))


def test_sets_of_orders_cost_no_statement_each(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    make_orders(desk, [{"number": str(place), "lines": [{"title": str(place)}, {}]} for place in range(25)])
    raw = desk._readers.connection().connection.dbapi_connection
    assert raw is not None
    sent: list[str] = []
    raw.set_trace_callback(sent.append)
    whole = desk.read(OrdersJson())
    assert len([text for text in sent if text.lstrip().startswith("SELECT")]) == 5  # totals, ids, orders, lines, parcels
    monkeypatch.setattr(order_json, "SET", 10)
    parts: list[list[dict[str, Any]]] = []
    answer = desk.read(OrdersJson(take=parts.append))
    assert answer.orders == []
    assert [len(part) for part in parts] == [10, 10, 5]
    assert [order for part in parts for order in part] == whole.orders


@pytest.mark.parametrize(
    ("order", "platform", "told", "sent", "status"),
    [
        ("awaiting_shipment", "awaiting_shipment", None, False, "awaiting_shipment"),
        ("awaiting_shipment", "awaiting_shipment", "awaiting_shipment", True, "shipped"),
        ("awaiting_shipment", "awaiting_shipment", "shipped", False, "shipped"),
        ("shipped", "awaiting_shipment", "awaiting_shipment", False, "shipped"),
        ("shipped", "shipped", "awaiting_shipment", False, "awaiting_shipment"),
        ("shipped", "shipped", "awaiting_shipment", True, "shipped"),
        ("completed", "completed", "closed", False, "closed"),
        ("completed", None, None, True, "completed"),
        ("closed", "closed", "awaiting_shipment", False, "awaiting_shipment"),
        ("closed", "awaiting_shipment", "awaiting_shipment", False, "closed"),
    ],
)
def test_a_line_is_where_the_platform_says_unless_it_went_on_here(
    order: str, platform: str | None, told: str | None, sent: bool, status: str
) -> None:
    assert line_status(order, platform, told, sent_here=sent) == status
