"""Checked orders: who may be checked, what takes the check away, and a shop that ships only what is checked."""

from __future__ import annotations

import pytest

from services.commands.checking import CheckOrders
from services.commands.edits import EditOrders
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.order_card import OrderCard
from services.queries.order_json import OrdersJson
from services.queries.order_rows import OrderRows
from services.queries.ship_rows import ShipRows
from services.settings import ChangeSetting
from tests.factories import make_order, make_sku


@pytest.fixture
def order(desk: Desk) -> int:
    make_sku(desk, "CUP-1")
    made = make_order(desk, number="1001", lines=[{"title": "马克杯", "code": "CUP-1", "price": 1500, "shortage": 1}])
    desk.perform(ReceiveGoods("CUP-1", 5, 600))
    return made


def checked(desk: Desk, order: int) -> bool:
    return desk.read(OrderCard(order)).checked_at is not None


def test_a_check_says_who_and_when_and_can_be_taken_back(desk: Desk, order: int) -> None:
    result = desk.perform(CheckOrders((order,))).value
    assert (result.changed, result.refused) == ((order,), {})
    card = desk.read(OrderCard(order))
    assert (card.checked_at, card.checked_by) == (desk.clock.now(), "owner")
    assert desk.perform(CheckOrders((order,))).value.changed == ()
    assert desk.perform(CheckOrders((order,), checked=False)).value.changed == (order,)
    assert not checked(desk, order)
    entries = [(event.field, event.action) for event in desk.read(OrderCard(order)).timeline if event.field == "checked_at"]
    assert entries == [("checked_at", "check_orders")] * 2


def test_what_is_blocked_is_not_checked_and_the_others_are(desk: Desk, order: int) -> None:
    unpaid = make_order(desk, number="1002", status="awaiting_payment")
    nowhere = make_order(desk, number="1003", address="", lines=[{"title": "马克杯", "code": "CUP-1", "price": 1500}])
    result = desk.perform(CheckOrders((order, unpaid, nowhere))).value
    assert result.changed == (order,)
    assert result.refused == {unpaid: ("not_paid",), nowhere: ("address_missing",)}
    assert not checked(desk, nowhere)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"seller_memo": "送贺卡"}, False),
        ({"address": "解放南路 18 号"}, False),
        ({"phone": "13800000000"}, False),
        ({"flag": 2}, True),
        ({"tags": "加急"}, True),
    ],
)
def test_another_address_or_memo_takes_the_check_away(desk: Desk, order: int, values: dict[str, object], kept: bool) -> None:
    desk.perform(CheckOrders((order,)))
    desk.perform(EditOrders((order,), values), reason="买家来电")
    assert checked(desk, order) is kept


def test_the_trail_tells_that_the_edit_took_the_check(desk: Desk, order: int) -> None:
    desk.perform(CheckOrders((order,)))
    desk.perform(EditOrders((order,), {"seller_memo": "送贺卡"}))
    newest = desk.read(OrderCard(order)).timeline[:2]
    assert {(event.field, event.action) for event in newest} == {("seller_memo", "edit_orders"), ("checked_at", "edit_orders")}


def test_a_shop_that_ships_only_what_is_checked(desk: Desk, order: int) -> None:
    desk.perform(ChangeSetting("ship_only_checked", True))
    ship = ShipOrders((Shipment(order, "ZTO", "78901234567890"),))
    assert desk.perform(ship).value.refused == {order: ("not_checked",)}
    assert desk.read(OrderRows([order]))[0].blockers == ("not_checked",)
    assert desk.read(OrderCard(order)).blockers == ("not_checked",)
    assert desk.read(ShipRows([order]))[0].blockers == ("not_checked",)
    assert desk.read(OrdersJson("1001")).orders[0]["blockers"] == ["not_checked"]
    desk.perform(CheckOrders((order,)))
    assert desk.read(OrderRows([order]))[0].blockers == ()
    assert desk.perform(ship).value.shipped == (order,)


def test_it_may_be_passed_over_knowingly(desk: Desk, order: int) -> None:
    desk.perform(ChangeSetting("ship_only_checked", True))
    ship = ShipOrders((Shipment(order, "ZTO", "78901234567890"),), overrides=("not_checked",))
    assert desk.perform(ship, reason="老客户急用").value.shipped == (order,)
