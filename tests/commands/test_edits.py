"""Audited edits: what may change when, who locked what, and what the trail says."""

from __future__ import annotations

import sqlite3
from array import array
from typing import Any

import pytest

from services.commands import edits
from services.commands.edits import EditOrders
from services.commands.parcels import Shipment, ShipOrders
from services.commands.prints import MarkPrinted
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.errors import BadInput, Conflict, NotFound, Refused
from services.queries.order_rows import OrderRows
from services.queries.verify import Verify
from tests.factories import make_order, make_orders
from tests.properties.placing import Place


def sql(desk: Desk, statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(desk.shop.folder / "shop.sqlite") as connection:
        return connection.execute(statement, params).fetchall()


@pytest.fixture
def order_id(desk: Desk) -> int:
    return desk.perform(Place((("A", 1, 1000),), paid=True, freight=0, ship_by=0)).value


def test_each_changed_field_leaves_one_entry_with_old_and_new(desk: Desk, order_id: int) -> None:
    assert desk.perform(EditOrders((order_id,), {"seller_memo": "送贺卡", "flag": 1}), reason="买家要求").value == 1
    assert sql(desk, "SELECT actor, action, field, old, new, reason FROM audit_entry WHERE order_id = ? AND field <> ''", order_id) == [
        ("owner", "edit_orders", "seller_memo", "", "送贺卡", "买家要求"),
        ("owner", "edit_orders", "flag", "0", "1", "买家要求"),
    ]
    before = sql(desk, "SELECT max(seq) FROM audit_entry")
    assert desk.perform(EditOrders((order_id,), {"flag": 1})).value == 0
    assert sql(desk, "SELECT max(seq) FROM audit_entry") == before
    assert sql(desk, "SELECT locked FROM orders") == [("flag,seller_memo",)]


def test_an_address_asks_for_a_reason_and_is_fixed_once_shipped(desk: Desk, order_id: int) -> None:
    with pytest.raises(Refused, match="reason_needed"):
        desk.perform(EditOrders((order_id,), {"address": "新街 2 号"}))
    desk.perform(EditOrders((order_id,), {"phone": "15400009876", "address": "新街 2 号"}), reason="搬家")
    assert sql(desk, "SELECT phone_tail, masked FROM orders") == [("9876", 0)]
    desk.perform(ReceiveGoods("A", 1, 1, title="茶"))
    desk.perform(ShipOrders((Shipment(order_id, "SF", "SF1234567890123"),)))
    with pytest.raises(Refused, match="address_fixed"):
        desk.perform(EditOrders((order_id,), {"address": "老街"}), reason="又搬")
    assert desk.perform(EditOrders((order_id,), {"seller_memo": "已寄"})).value == 1


def test_clearing_the_address_blocks_the_order_again(desk: Desk, order_id: int) -> None:
    desk.perform(ReceiveGoods("A", 1, 1, title="茶"))
    desk.perform(EditOrders((order_id,), {"address": ""}), reason="写错了")
    result = desk.perform(ShipOrders((Shipment(order_id, "SF", "SF1234567890123"),))).value
    assert result.refused == {order_id: ("address_missing",)}


def test_an_edit_on_an_old_state_is_refused(desk: Desk, order_id: int) -> None:
    ((version,),) = sql(desk, "SELECT version FROM orders")
    desk.perform(EditOrders((order_id,), {"flag": 2}, {order_id: version}))
    with pytest.raises(Conflict, match="order_changed"):
        desk.perform(EditOrders((order_id,), {"flag": 3}, {order_id: version}))
    assert sql(desk, "SELECT flag FROM orders") == [(2,)]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "nothing_to_edit"),
        ({"status": "shipped"}, "field_not_editable"),
        ({"paid": 1}, "field_not_editable"),
        ({"flag": 9}, "flag_out_of_range"),
        ({"flag": "红"}, "flag_out_of_range"),
        ({"seller_memo": "长" * 1001}, "value_too_long"),
        ({"seller_memo": "a\x00b"}, "value_unprintable"),
    ],
)
def test_what_can_not_be_edited_is_refused(desk: Desk, order_id: int, values: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        desk.perform(EditOrders((order_id,), values), reason="试")


def test_only_a_memo_has_lines(desk: Desk, order_id: int) -> None:
    values = {"recipient": " 王\n小  明 ", "address": "文三路\t1号\r\n2栋", "seller_memo": "一\r\n 二"}
    desk.perform(EditOrders((order_id,), values), reason="试")
    assert sql(desk, "SELECT recipient, address, seller_memo FROM orders") == [("王 小 明", "文三路 1号 2栋", "一\n 二")]


def test_all_orders_or_none(desk: Desk, order_id: int) -> None:
    with pytest.raises(NotFound, match="order_not_found"):
        desk.perform(EditOrders((order_id, 999), {"flag": 1}))
    assert sql(desk, "SELECT flag FROM orders") == [(0,)]


def test_o7_copies_are_counted_without_gaps(desk: Desk, order_id: int) -> None:
    assert desk.perform(MarkPrinted((order_id,), "slip")).value == {order_id: 1}
    assert desk.perform(MarkPrinted((order_id,), "label")).value == {order_id: 1}
    assert desk.perform(MarkPrinted((order_id,), "slip")).value == {order_id: 2}
    assert sql(desk, "SELECT slip_copies, label_copies FROM orders") == [(2, 1)]
    with pytest.raises(BadInput, match="unknown_document"):
        desk.perform(MarkPrinted((order_id,), "poster"))


def test_tags_are_added_and_taken_off_whatever_else_each_order_has(desk: Desk) -> None:
    first, second = make_order(desk, number="1", tags="老客户,急"), make_order(desk, number="2")
    desk.perform(EditOrders((first, second), {"add_tags": "贺卡,急", "remove_tags": "老客户"}))
    rows = desk.read(OrderRows((first, second)))
    assert [row.tags for row in rows] == [("急", "贺卡"), ("贺卡", "急")]
    assert {row[0] for row in sql(desk, "SELECT locked FROM orders")} == {"tags"}
    with pytest.raises(BadInput, match="value_too_long"):
        desk.perform(EditOrders((first,), {"add_tags": ",".join(str(n) * 9 for n in range(10, 30))[:200]}))


def test_orders_are_edited_in_steps_of_one_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "STEP", 3)
    ids = make_orders(desk, [{"number": str(place)} for place in range(8)])
    told: list[tuple[int, int | None]] = []

    class Noted:
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            told.append((done, total))

    outcome = desk.perform(EditOrders(array("q", ids), {"flag": 2}), progress=Noted())
    assert outcome.value == 8
    assert outcome.changes["orders"] == frozenset(ids)
    assert told == [(3, 8), (6, 8), (8, 8)]
    entries = sql(desk, "SELECT at, action, new FROM audit_entry WHERE field = 'flag'")
    assert [row[2] for row in entries] == ["2"] * 8
    assert len({(row[0], row[1]) for row in entries}) == 1
    assert desk.read(Verify()).ok
