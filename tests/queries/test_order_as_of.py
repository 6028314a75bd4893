"""An order as it was at a moment, beside what stands there today."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import pytest

from services.access import Viewer
from services.commands.aftersales import RefundOrder
from services.commands.approvals import ProposeChange
from services.commands.edits import EditOrders
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.domain.amendments import Amendment, LineChange
from services.domain.permissions import ROLES
from services.errors import NotFound
from services.queries.order_as_of import OrderAsOf, OrderThen
from tests.factories import make_order, make_sku
from tests.frozen import FrozenClock


@dataclass(frozen=True)
class Told:
    """An order whose life is known by the moment."""

    desk: Desk
    order: int
    before: int
    born: int
    edited: int
    amended: int
    sent: int
    now: int

    def seen(self, at: int) -> OrderThen:
        return self.desk.read(OrderAsOf(self.order, at))


@pytest.fixture
def told(desk: Desk, frozen_clock: FrozenClock) -> Told:
    moments = [frozen_clock.now()]

    def later() -> None:
        moments.append(frozen_clock.now())
        frozen_clock.advance(hours=1)

    frozen_clock.advance(hours=1)
    sku = make_sku(desk, "CUP-1")
    desk.perform(ReceiveGoods("CUP-1", 9, 600))
    lines = [{"title": "马克杯", "code": "CUP-1", "quantity": 2, "price": 1500, "shortage": 2}, {"title": "茶盘", "code": "XP-9"}]
    order = make_order(desk, number="1001", lines=lines, goods_amount=4000, goods_less_discount=4000, freight=0, discount=0)
    later()
    desk.perform(EditOrders((order,), {"seller_memo": "送贺卡", "address": "解放南路 18 号", "flag": 1}), reason="买家要求")
    later()
    (first, second) = (row[0] for row in sql(desk, "SELECT id FROM order_line ORDER BY id"))
    change = Amendment((LineChange(first, price=1200), LineChange(second, remove=True), LineChange(None, 1, 300, sku)), discount=200)
    desk.perform(ProposeChange(order, change), reason="换货")
    later()
    desk.perform(ShipOrders((Shipment(order, "SF", "SF1234567890123"),), ("shortage", "goods_unmatched")), reason="照发")
    later()
    desk.perform(RefundOrder(order, "refund_only", amount=100), reason="少了一只")
    later()
    before, born, edited, amended, sent, now = moments
    return Told(desk, order, before, born, edited, amended, sent, now)


def sql(desk: Desk, statement: str) -> list[tuple[int, ...]]:
    raw = sqlite3.connect(desk.shop.folder / "shop.sqlite")
    try:
        return raw.execute(statement).fetchall()
    finally:
        raw.close()


def fields(seen: OrderThen) -> dict[str, tuple[str | None, str | None]]:
    return {one.field: (one.then, one.now) for one in seen.fields if one.changed}


def test_today_nothing_is_otherwise(told: Told) -> None:
    seen = told.seen(told.now)
    assert (seen.there, seen.changes, seen.later) == (True, 0, 0)
    assert {one.field: one.then for one in seen.fields}["address"] == "解放南路 18 号"


def test_before_it_came_it_was_not_there(told: Told) -> None:
    seen = told.seen(told.before)
    assert not seen.there
    assert seen.since == told.born
    assert not seen.fields
    assert not seen.rows


def test_the_first_values_are_those_it_came_with(told: Told) -> None:
    seen = told.seen(told.born)
    assert seen.there
    assert fields(seen) == {
        "status": ("awaiting_shipment", "shipped"),
        "address": ("文三路1号", "解放南路 18 号"),
        "flag": ("0", "1"),
        "seller_memo": ("", "送贺卡"),
        "goods_amount": ("4000", "2700"),
        "discount": ("0", "200"),
        "payable": ("4000", "2500"),
        "refunded": ("0", "100"),
    }
    lines = {one.name: (one.there_then, one.there_now) for one in seen.rows if one.table == "order_line"}
    assert lines == {"马克杯": (True, True), "茶盘": (True, False), "CUP-1": (False, True)}
    cup = next(one for one in seen.rows if one.name == "马克杯")
    assert [(one.field, one.then, one.now) for one in cup.fields if one.changed and one.field == "price"] == [("price", "1500", "1200")]
    assert {one.field: one.then for one in cup.fields}["sku_id"] == "CUP-1"
    assert [one.there_then for one in seen.parcels] == [False]
    assert {(one.table, one.there_then) for one in seen.rows if one.table != "order_line"} == {("discount", False), ("after_sale", False)}


def test_between_two_changes_the_first_is_done_and_the_second_not(told: Told) -> None:
    assert "address" not in fields(told.seen(told.edited))
    assert "goods_amount" in fields(told.seen(told.edited))
    assert set(fields(told.seen(told.amended))) == {"status", "refunded"}
    assert set(fields(told.seen(told.sent))) == {"refunded"}
    assert told.seen(told.sent - 1).seq == told.seen(told.amended).seq


def test_what_a_viewer_may_not_see_was_hidden_then_too(told: Told) -> None:
    told.desk.viewer = Viewer("小李", "trainee", ROLES["trainee"])
    seen = told.seen(told.born)
    assert {one.field: one.then for one in seen.fields}["address"] == "****"
    assert "文三路" not in repr(seen)
    assert "解放南路" not in repr(seen)


def test_what_was_erased_is_said_to_be(told: Told) -> None:
    with sqlite3.connect(told.desk.shop.folder / "shop.sqlite") as raw:
        raw.execute("UPDATE audit_entry SET old = NULL, new = NULL, salt = NULL WHERE field = 'address'")
    raw.close()
    (address,) = (one for one in told.seen(told.born).fields if one.field == "address")
    assert (address.then, address.erased, address.changed) == (None, True, True)


def test_an_order_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.read(OrderAsOf(7, 0))
