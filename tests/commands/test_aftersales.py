"""Refunds and returns: ceilings in one go and in pieces, exact fen, goods back at their cost, ends of orders."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from services.commands.aftersales import MoveCase, RefundLine, RefundOrder, RefundResult
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.errors import BadInput, Refused
from tests.properties.placing import Place


def sql(desk: Desk, statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(desk.shop.folder / "shop.sqlite") as connection:
        return connection.execute(statement, params).fetchall()


def place(desk: Desk, *lines: tuple[str, int, int], freight: int = 0, paid: bool = True) -> int:
    return desk.perform(Place(lines, paid, freight, 0)).value


def refund(desk: Desk, order_id: int, kind: str = "refund_only", **facts: Any) -> RefundResult:
    return desk.perform(RefundOrder(order_id, kind, **facts), reason="买家要求").value


def send(desk: Desk, order_id: int) -> None:
    for (code,) in sql(desk, "SELECT DISTINCT code FROM listing"):
        desk.perform(ReceiveGoods(code, 10, 333, title=code))
    assert desk.perform(ShipOrders((Shipment(order_id, "SF", f"SF{order_id:013d}"),))).value.shipped


def test_more_than_was_paid_is_refused_in_one_go_and_in_pieces(desk: Desk) -> None:
    order_id = place(desk, ("A", 3, 1000), freight=500)
    with pytest.raises(Refused, match="refund_over_ceiling"):
        refund(desk, order_id, amount=3501)
    assert refund(desk, order_id, amount=2000).ceiling == 1500
    assert refund(desk, order_id, amount=1499).ceiling == 1
    with pytest.raises(Refused, match="refund_over_ceiling"):
        refund(desk, order_id, amount=2)
    assert refund(desk, order_id, amount=1).ceiling == 0
    assert sql(desk, "SELECT status, close_reason, paid, refunded FROM orders") == [("closed", "refunded", 3500, 3500)]
    with pytest.raises(Refused, match="refund_not_paid"):
        refund(desk, order_id, amount=1)


def test_a_key_of_another_order_refunds_nothing(desk: Desk) -> None:
    one, other = place(desk, ("A", 1, 1000)), place(desk, ("A", 1, 1000))
    refund(desk, one, amount=400, key="click")
    with pytest.raises(Refused, match="refund_key_taken"):
        refund(desk, other, amount=400, key="click")
    assert sql(desk, "SELECT refunded FROM orders ORDER BY id") == [(400,), (0,)]


def test_freight_is_a_part_of_the_refund(desk: Desk) -> None:
    with pytest.raises(BadInput, match="refund_freight_over_amount"):
        refund(desk, place(desk, ("A", 1, 1000), freight=800), amount=100, freight=101)


def test_an_unpaid_order_has_nothing_to_give_back(desk: Desk) -> None:
    with pytest.raises(Refused, match="refund_not_paid"):
        refund(desk, place(desk, ("A", 1, 1000), paid=False))


def test_m5_a_waiting_case_holds_its_money_until_it_is_withdrawn(desk: Desk) -> None:
    order_id = place(desk, ("A", 1, 1000))
    waiting = refund(desk, order_id, amount=700, waiting=True)
    assert waiting.state == "requested"
    assert sql(desk, "SELECT refunded, open_cases FROM orders") == [(0, 1)]
    with pytest.raises(Refused, match="refund_over_ceiling"):
        refund(desk, order_id, amount=301)
    assert desk.perform(MoveCase(waiting.case_id, "withdrawn")).value.ceiling == 1000
    assert refund(desk, order_id, amount=301).ceiling == 699
    with pytest.raises(Refused, match="case_ended"):
        desk.perform(MoveCase(waiting.case_id, "refunded"))


def test_m5_one_key_is_one_refund(desk: Desk) -> None:
    order_id = place(desk, ("A", 1, 1000))
    first = refund(desk, order_id, amount=400, key="click")
    assert refund(desk, order_id, amount=400, key="click").case_id == first.case_id
    assert sql(desk, "SELECT refunded FROM orders") == [(400,)]


def test_m6_unit_by_unit_gives_back_the_whole_line(desk: Desk) -> None:
    order_id = place(desk, ("A", 3, 333), ("B", 1, 1))
    send(desk, order_id)
    ((line_id,),) = sql(desk, "SELECT id FROM order_line WHERE position = 0")
    amounts = [refund(desk, order_id, "return_and_refund", lines=(RefundLine(line_id, 1, 1),)).amount for _ in range(3)]
    assert amounts == [333, 333, 333]
    with pytest.raises(Refused, match="refund_units_over"):
        refund(desk, order_id, "return_and_refund", lines=(RefundLine(line_id, 1, 1),))


def test_s5_goods_that_come_back_whole_bring_back_units_and_value(desk: Desk) -> None:
    order_id = place(desk, ("A", 3, 1000))
    send(desk, order_id)
    assert sql(desk, "SELECT on_hand, value FROM stock_level") == [(7, 2331)]
    ((line_id,),) = sql(desk, "SELECT id FROM order_line")
    refund(desk, order_id, "return_and_refund", lines=(RefundLine(line_id, 2, 1, 1),))
    assert sql(desk, "SELECT on_hand, damaged, value FROM stock_level") == [(8, 1, 2664)]
    refund(desk, order_id, "return_and_refund", lines=(RefundLine(line_id, 1, 1),))
    assert sql(desk, "SELECT on_hand, damaged FROM stock_level") == [(9, 1)]
    assert sql(desk, "SELECT status FROM orders") == [("closed",)]


def test_s6_a_refund_only_moves_no_stock(desk: Desk) -> None:
    order_id = place(desk, ("A", 2, 1000))
    send(desk, order_id)
    before = sql(desk, "SELECT * FROM stock_movement"), sql(desk, "SELECT * FROM stock_level")
    refund(desk, order_id, amount=500)
    assert (sql(desk, "SELECT * FROM stock_movement"), sql(desk, "SELECT * FROM stock_level")) == before
    assert sql(desk, "SELECT status FROM orders") == [("shipped",)]


def test_s4_units_refunded_before_shipping_serve_the_next_order(desk: Desk) -> None:
    first, second = place(desk, ("A", 2, 1000)), place(desk, ("A", 1, 1000))
    desk.perform(ReceiveGoods("A", 2, 300, title="茶"))
    assert sql(desk, "SELECT shortage FROM orders ORDER BY id") == [(0,), (1,)]
    ((line_id,),) = sql(desk, "SELECT id FROM order_line WHERE order_id = ?", first)
    assert refund(desk, first, lines=(RefundLine(line_id, 1),)).amount == 1000
    assert sql(desk, "SELECT status, shortage FROM orders ORDER BY id") == [("awaiting_shipment", 0), ("awaiting_shipment", 0)]
    assert sql(desk, "SELECT cancelled, reserved FROM order_line ORDER BY id") == [(1, 1), (0, 1)]
    assert desk.perform(ShipOrders((Shipment(first, "SF", "SF0000000000001"),))).value.shipped == (first,)
    assert sql(desk, "SELECT on_hand, reserved FROM stock_level") == [(1, 1)]
    assert second


def test_m8_freight_comes_back_by_choice_and_never_twice(desk: Desk) -> None:
    order_id = place(desk, ("A", 1, 1000), ("B", 1, 1000), freight=800)
    ((line_id,),) = sql(desk, "SELECT id FROM order_line WHERE position = 0")
    assert refund(desk, order_id, lines=(RefundLine(line_id, 0),), amount=300, freight=300).amount == 300
    with pytest.raises(Refused, match="refund_over_freight"):
        refund(desk, order_id, lines=(RefundLine(line_id, 1),), freight=501)
    assert refund(desk, order_id, lines=(RefundLine(line_id, 1),), freight=500).amount == 1500


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "gift"}, "refund_kind_unknown"),
        ({"amount": 0}, "refund_amount_not_positive"),
        ({"amount": -5}, "refund_amount_not_positive"),
        ({"kind": "return_and_refund"}, "return_without_units"),
        ({"lines": (RefundLine(1, 1, 1),)}, "refund_only_moves_no_goods"),
        ({"lines": (RefundLine(77, 1),)}, "refund_line_unknown"),
        ({"fault": "moon"}, "fault_unknown"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(desk: Desk, facts: dict[str, Any], code: str) -> None:
    order_id = place(desk, ("A", 1, 1000))
    with pytest.raises(BadInput, match=code):
        refund(desk, order_id, **facts)
    assert sql(desk, "SELECT count(*) FROM after_sale") == [(0,)]


def test_more_can_not_come_back_than_was_sent(desk: Desk) -> None:
    order_id = place(desk, ("A", 1, 1000))
    desk.perform(ReceiveGoods("A", 1, 300, title="茶"))
    with pytest.raises(Refused, match="return_more_than_sent"):
        refund(desk, order_id, "return_and_refund", lines=(RefundLine(1, 1, 1),))
    assert sql(desk, "SELECT refunded FROM orders") == [(0,)]
