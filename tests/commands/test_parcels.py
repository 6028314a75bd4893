"""Shipping: guards, whole or not at all, stock once, merged parcels, parts sent knowingly."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from services.commands.aftersales import RefundOrder
from services.commands.parcels import Shipment, ShipOrders, ShipResult
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.errors import BadInput, Refused
from tests.properties.placing import Place

NUMBER = "SF1234567890123"


def sql(desk: Desk, statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(desk.shop.folder / "shop.sqlite") as connection:
        return connection.execute(statement, params).fetchall()


def place(desk: Desk, *lines: tuple[str, int, int], paid: bool = True, ship_by: int = 0) -> int:
    return desk.perform(Place(lines or (("A", 2, 1000),), paid, 0, ship_by)).value


def ship(desk: Desk, *order_ids: int, number: str = NUMBER, passing: tuple[str, ...] = (), reason: str | None = None) -> ShipResult:
    return desk.perform(ShipOrders(tuple(Shipment(order_id, "SF", number) for order_id in order_ids), passing), reason=reason).value


def stock(desk: Desk, code: str) -> tuple[int, int]:
    return sql(desk, "SELECT on_hand, reserved FROM stock_level l JOIN sku s ON s.id = l.sku_id WHERE s.code = ?", code)[0]


def test_a_shipped_order_takes_its_units_off_once(desk: Desk) -> None:
    order_id = place(desk)
    desk.perform(ReceiveGoods("A", 5, 300, title="茶"))
    assert stock(desk, "A") == (5, 2)
    assert ship(desk, order_id).shipped == (order_id,)
    assert stock(desk, "A") == (3, 0)
    assert sql(desk, "SELECT status, shipped_at IS NOT NULL FROM orders") == [("shipped", 1)]
    assert sql(desk, "SELECT kind, quantity, value FROM stock_movement ORDER BY id") == [("receipt", 5, 1500), ("shipment", -2, -600)]
    assert sql(desk, "SELECT shipped, unit_cost FROM order_line") == [(2, 300)]
    again = ship(desk, order_id, number="SF1234567890124")
    assert again.refused == {order_id: ("already_shipped",)}
    assert stock(desk, "A") == (3, 0)


@pytest.mark.parametrize(
    ("paid", "received", "number", "blockers"),
    [
        (False, 5, NUMBER, ("not_paid",)),
        (True, 1, NUMBER, ("shortage",)),
        (True, 0, NUMBER, ("goods_unmatched",)),
        (True, 5, "", ("no_tracking",)),
        (True, 5, "SF1", ("number_doubtful",)),
    ],
)
def test_what_blocks_is_said_and_nothing_changes(desk: Desk, paid: bool, received: int, number: str, blockers: tuple[str, ...]) -> None:
    order_id = place(desk, paid=paid)
    if received:
        desk.perform(ReceiveGoods("A", received, 300, title="茶"))
    before = sql(desk, "SELECT max(seq) FROM audit_entry")
    assert ship(desk, order_id, number=number).refused == {order_id: blockers}
    assert sql(desk, "SELECT max(seq) FROM audit_entry") == before
    assert sql(desk, "SELECT count(*) FROM parcel") == [(0,)]


def test_an_open_case_blocks_and_a_reason_passes_it_over(desk: Desk) -> None:
    order_id = place(desk)
    desk.perform(ReceiveGoods("A", 5, 300, title="茶"))
    desk.perform(RefundOrder(order_id, "refund_only", amount=500, waiting=True), reason="少件")
    assert ship(desk, order_id).refused == {order_id: ("after_sale_open",)}
    with pytest.raises(Refused, match="override_reason"):
        ship(desk, order_id, passing=("after_sale_open",))
    assert ship(desk, order_id, passing=("after_sale_open",), reason="买家说照发").shipped == (order_id,)
    assert sql(desk, "SELECT new, reason FROM audit_entry WHERE field = 'overridden'") == [("after_sale_open", "买家说照发")]


def test_hard_blockers_are_never_passed_over(desk: Desk) -> None:
    order_id = place(desk, paid=False)
    with pytest.raises(Refused, match="not_overridable"):
        ship(desk, order_id, passing=("not_paid",), reason="试试")


def test_one_number_serves_one_buyer_only_and_only_once(desk: Desk) -> None:
    first, second, stranger = place(desk), place(desk), place(desk)
    desk.perform(ReceiveGoods("A", 9, 300, title="茶"))
    with sqlite3.connect(desk.shop.folder / "shop.sqlite") as connection:
        connection.execute("UPDATE orders SET buyer_nick = '别人' WHERE id = ?", (stranger,))
    result = ship(desk, first, second, stranger)
    assert result.shipped == (first, second)
    assert result.refused == {stranger: ("number_used",)}
    assert sql(desk, "SELECT count(*) FROM parcel") == [(1,)]
    assert sql(desk, "SELECT order_id FROM parcel_order ORDER BY order_id") == [(first,), (second,)]
    assert ship(desk, stranger).refused == {stranger: ("number_used",)}


def test_passing_over_a_shortage_sends_what_is_there_and_keeps_the_rest_waiting(desk: Desk) -> None:
    order_id = place(desk, ("A", 3, 1000), ("B", 1, 500))
    desk.perform(ReceiveGoods("A", 2, 300, title="茶"))
    desk.perform(ReceiveGoods("B", 1, 100, title="杯"))
    result = ship(desk, order_id, passing=("shortage",), reason="先发有货的")
    assert result.part_shipped == (order_id,)
    assert sql(desk, "SELECT status, part_shipped, shortage FROM orders") == [("awaiting_shipment", 1, 1)]
    assert sql(desk, "SELECT quantity, shipped, shortage FROM order_line ORDER BY id") == [(3, 2, 1), (1, 1, 0)]
    assert ship(desk, order_id, number="SF1234567890124", passing=("shortage",), reason="再试").refused == {order_id: ("shortage",)}
    desk.perform(ReceiveGoods("A", 1, 300))
    assert ship(desk, order_id, number="SF1234567890124").shipped == (order_id,)
    assert sql(desk, "SELECT status, part_shipped FROM orders") == [("shipped", 0)]
    assert sql(desk, "SELECT sum(quantity) FROM parcel_line") == [(4,)]


def test_goods_come_in_and_the_earliest_deadline_is_served_first(desk: Desk) -> None:
    late, soon = place(desk, ship_by=2_000), place(desk, ship_by=1_000)
    desk.perform(ReceiveGoods("A", 3, 300, title="茶"))
    assert sql(desk, "SELECT id, shortage FROM orders ORDER BY id") == [(late, 1), (soon, 0)]


def test_an_unknown_carrier_is_named(desk: Desk) -> None:
    with pytest.raises(BadInput, match="unknown_carrier"):
        desk.perform(ShipOrders((Shipment(place(desk), "飞毛腿", "123456"),)))


def test_a_batch_asks_no_more_questions_than_one_order(desk: Desk) -> None:
    counts = []
    for size in (1, 40):
        orders = [place(desk) for _ in range(size)]
        desk.perform(ReceiveGoods("A", size * 2, 300, title="茶"))
        seen: list[str] = []
        desk._writer.raw.set_trace_callback(seen.append)
        desk.perform(ShipOrders(tuple(Shipment(order_id, "SF", f"SF{size:03d}{order_id:010d}") for order_id in orders)))
        desk._writer.raw.set_trace_callback(None)
        counts.append(sum(statement.lstrip().startswith("SELECT") for statement in seen))
    assert counts[1] == counts[0]
