"""The card of one order: everything that belongs to it, in a fixed number of statements."""

from __future__ import annotations

from typing import Any

import pytest

from services.commands.edits import EditOrders
from services.commands.prints import MarkPrinted
from services.db.schema import ImportBatch, OrderSource
from services.desk import Desk
from services.errors import NotFound
from services.queries.order_card import CardDiscount, OrderCard
from tests.factories import Fill, make_order, make_sku
from tests.frozen import START, FrozenClock


def _full(desk: Desk) -> int:
    make_sku(desk, "CUP-02", stock=5)
    return make_order(
        desk,
        number="5257473433628969494",
        tags="vip",
        freight=800,
        discount=100,
        platform_discount=50,
        refunded=200,
        lines=[
            {
                "title": "马克杯",
                "properties": "颜色:蓝",
                "code": "CUP-02",
                "quantity": 2,
                "shortage": 1,
                "reserved": 1,
                "refund_state": "requested",
            },
            {"title": "没有编码"},
        ],
        discounts=[{"amount": 100, "name": "店铺券"}],
        parcels=[{"tracking_number": "SF1234567890123"}],
        cases=[{"kind": "return_and_refund", "amount": 300}],
        unmatched=1,
    )


def test_the_card_holds_all_that_belongs_to_the_order(desk: Desk) -> None:
    order = _full(desk)
    make_order(desk, number="2", buyer_nick="tb0001")
    card = desk.read(OrderCard(order))
    assert (card.number, card.channel, card.tags, card.payable, card.paid, card.refunded) == (
        "5257473433628969494",
        "taobao",
        ("vip",),
        3700,
        3700,
        200,
    )
    assert card.income == 3700 + 50 - 200
    assert card.buyer_orders == 2
    assert card.blockers == ("after_sale_open", "shortage", "goods_unmatched")
    assert [(line.title, line.code, line.sku_code, line.quantity, line.available, line.shortage) for line in card.lines] == [
        ("马克杯", "CUP-02", "CUP-02", 2, 5, 1),
        ("没有编码", "", "", 1, None, 0),
    ]
    assert card.discounts == (CardDiscount(card.discounts[0].id, "shop", 100, "店铺券", None),)
    assert [(entry.kind, entry.amount) for entry in card.money] == [("payment", 3700), ("refund", -200)]
    assert [(parcel.carrier_name, parcel.tracking_number, parcel.together) for parcel in card.parcels] == [
        ("顺丰速运", "SF1234567890123", 0)
    ]
    assert [(case.kind, case.state, case.amount) for case in card.cases] == [("return_and_refund", "requested", 300)]


def test_the_timeline_tells_edits_and_moments_newest_first(desk: Desk, frozen_clock: FrozenClock) -> None:
    order = make_order(desk, number="1", seller_memo="旧")
    frozen_clock.advance(hours=1)
    desk.perform(EditOrders((order,), {"seller_memo": "新"}), reason="买家来电")
    frozen_clock.advance(hours=1)
    desk.perform(EditOrders((order,), {"flag": 2}))
    timeline = desk.read(OrderCard(order)).timeline
    assert [(event.kind, event.field, event.old, event.new, event.reason) for event in timeline] == [
        ("entry", "flag", "0", "2", ""),
        ("entry", "seller_memo", "旧", "新", "买家来电"),
        ("paid", "", None, None, ""),
        ("created", "", None, None, ""),
    ]
    assert timeline[0].at == START + 2 * 3_600_000
    assert (timeline[1].actor, timeline[1].action) == ("owner", "edit_orders")
    assert desk.read(OrderCard(order)).locked == ("flag", "seller_memo")


def test_prints_and_provenance_are_told(desk: Desk) -> None:
    order = make_order(desk, number="1")
    desk.perform(MarkPrinted((order,), "slip"))
    batch: dict[str, Any] = {
        "file_name": "ExportOrderList.xlsx",
        "file_hash": "x",
        "file_time": START,
        "format": "taobao.orders.g5",
        "encoding": "",
    }
    (batch_id,) = desk.perform(
        Fill(ImportBatch, [batch | {"at": START, "rows": 9, "headings": "[]", "report": '{"sheet": "Sheet1"}'}])
    ).value
    source = {"order_id": order, "kind": "orders", "batch_id": batch_id, "row": 7, "file_time": START, "digest": b"", "told": "{}"}
    desk.perform(Fill(OrderSource, [source]))
    card = desk.read(OrderCard(order))
    assert [(sheet.document, sheet.copy) for sheet in card.prints] == [("slip", 1)]
    (told,) = card.sources
    assert (told.kind, told.batch_id, told.file_name, told.sheet, told.row) == ("orders", batch_id, "ExportOrderList.xlsx", "Sheet1", 7)


def test_the_number_of_statements_is_fixed(desk: Desk) -> None:
    full, bare = _full(desk), make_order(desk, number="2")
    raw = desk._readers.connection().connection.dbapi_connection
    assert raw is not None
    counts = []
    for order in (full, bare):
        sent: list[str] = []
        raw.set_trace_callback(sent.append)
        desk.read(OrderCard(order))
        raw.set_trace_callback(None)
        counts.append(len([text for text in sent if text.lstrip().startswith("SELECT")]))
    assert counts == [10, 10]


def test_an_order_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound, match="order_not_found"):
        desk.read(OrderCard(5))
