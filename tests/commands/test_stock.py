"""Receipts, counts and matches: the ledger, the average cost, and who gets the units."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from services.commands.stock import AdjustStock, MatchCode, ReceiveGoods
from services.desk import Desk
from services.errors import BadInput, DeskError, NotFound, Refused
from tests.factories import make_order
from tests.properties.placing import Place


def sql(desk: Desk, statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(desk.shop.folder / "shop.sqlite") as connection:
        return connection.execute(statement, params).fetchall()


def test_an_unknown_code_needs_a_title_and_then_is_a_sku(desk: Desk) -> None:
    with pytest.raises(NotFound, match="sku_not_found"):
        desk.perform(ReceiveGoods("X", 1))
    sku_id = desk.perform(ReceiveGoods("X", 1, 250, title="新茶")).value
    assert sql(desk, "SELECT id, code, title, cost FROM sku") == [(sku_id, "X", "新茶", 250)]
    assert desk.perform(ReceiveGoods("X", 3)).value == sku_id
    assert sql(desk, "SELECT on_hand, value FROM stock_level") == [(4, 1000)]


def test_a_receipt_matches_the_lines_that_wait_for_the_code(desk: Desk) -> None:
    order_id = desk.perform(Place((("A", 2, 1000),), paid=True, freight=0, ship_by=0)).value
    assert sql(desk, "SELECT unmatched, shortage FROM orders") == [(1, 0)]
    changes = desk.perform(ReceiveGoods("A", 1, 300, title="茶")).changes
    assert sql(desk, "SELECT unmatched, shortage FROM orders") == [(0, 1)]
    assert order_id in changes.of("orders")


def test_the_average_moves_with_the_receipts(desk: Desk) -> None:
    desk.perform(ReceiveGoods("A", 10, 100, title="茶"))
    desk.perform(ReceiveGoods("A", 10, 200))
    assert sql(desk, "SELECT on_hand, value FROM stock_level") == [(20, 3000)]


def test_a_count_below_what_is_set_aside_makes_the_latest_deadline_short(desk: Desk) -> None:
    soon = desk.perform(Place((("A", 2, 1000),), paid=True, freight=0, ship_by=1)).value
    late = desk.perform(Place((("A", 2, 1000),), paid=True, freight=0, ship_by=2)).value
    sku_id = desk.perform(ReceiveGoods("A", 4, 300, title="茶")).value
    with pytest.raises(Refused, match="reason_needed"):
        desk.perform(AdjustStock(sku_id, 3))
    assert desk.perform(AdjustStock(sku_id, 3), reason="盘点少一件").value == -1
    assert sql(desk, "SELECT id, shortage FROM orders ORDER BY id") == [(soon, 0), (late, 1)]
    assert sql(desk, "SELECT on_hand, reserved, value FROM stock_level") == [(3, 3, 900)]
    desk.perform(AdjustStock(sku_id, 1, "damage"), reason="打碎两件")
    assert sql(desk, "SELECT on_hand, reserved, damaged FROM stock_level") == [(1, 1, 2)]
    assert sql(desk, "SELECT id, shortage FROM orders ORDER BY id") == [(soon, 1), (late, 2)]


@pytest.mark.parametrize(
    ("code", "title", "error"),
    [
        ("长" * 65, "茶", "value_too_long"),
        ("A", "茶" * 201, "value_too_long"),
        ("A\x07", "茶", "value_unprintable"),
        (" \n ", "茶", "code_empty"),
        ("A", " \n ", "sku_not_found"),
    ],
)
def test_a_new_sku_bears_a_code_that_can_be_written(desk: Desk, code: str, title: str, error: str) -> None:
    with pytest.raises(DeskError, match=error):
        desk.perform(ReceiveGoods(code, 1, title=title))
    assert sql(desk, "SELECT count(*) FROM sku") == [(0,)]


def test_a_code_is_one_line(desk: Desk) -> None:
    desk.perform(ReceiveGoods(" A\n 1 ", 1, title="红\n茶"))
    assert sql(desk, "SELECT code, title FROM sku") == [("A 1", "红 茶")]


def test_a_match_is_remembered_for_lines_to_come(desk: Desk) -> None:
    desk.perform(Place((("旧码", 1, 1000),), paid=True, freight=0, ship_by=0))
    desk.perform(ReceiveGoods("NEW-1", 5, 300, title="茶"))
    assert desk.perform(MatchCode("旧码", "NEW-1")).value == 1
    desk.perform(Place((("旧码", 1, 1000),), paid=True, freight=0, ship_by=0))
    assert sql(desk, "SELECT unmatched, shortage FROM orders") == [(0, 0), (0, 0)]
    assert sql(desk, "SELECT reserved FROM stock_level") == [(2,)]
    with pytest.raises(NotFound, match="listing_not_found"):
        desk.perform(MatchCode("没有", "NEW-1"))


def test_goods_without_a_code_are_matched_by_item_or_title_and_properties(desk: Desk) -> None:
    for number, properties in enumerate(("款式:鱼", "款式:云", "款式:鱼")):
        make_order(desk, number=str(number), lines=[{"title": "书签", "item_id": "915", "properties": properties, "quantity": 2}])
    make_order(desk, number="9", lines=[{"title": "书签", "item_id": "916", "code": "BM-9"}])
    desk.perform(ReceiveGoods("BM-9", 5, 300, title="旧书签"))
    desk.perform(ReceiveGoods("BM-1", 9, 300, title="书签 鱼"))
    for several in ("915", "书签"):
        with pytest.raises(Refused, match="listing_ambiguous") as refused:
            desk.perform(MatchCode(several, "BM-1"))
        assert refused.value.facts["choices"] == "915 款式:云 | 915 款式:鱼"
    assert desk.perform(MatchCode("915 款式:鱼", "BM-1")).value == 2
    matched = "SELECT g.properties, s.code FROM listing g LEFT JOIN sku s ON s.id = g.sku_id ORDER BY g.id"
    assert sql(desk, matched) == [("款式:鱼", "BM-1"), ("款式:云", None), ("", "BM-9")]
    assert sql(desk, "SELECT reserved FROM stock_level ORDER BY sku_id") == [(1,), (4,)]
    assert desk.perform(MatchCode("书签 款式:云", "BM-1")).value == 1
    for nothing in ("", "  "):
        with pytest.raises(NotFound, match="listing_not_found"):
            desk.perform(MatchCode(nothing, "BM-1"))


@pytest.mark.parametrize("units", [0, -3, 10**9])
def test_odd_numbers_of_units_are_refused(desk: Desk, units: int) -> None:
    with pytest.raises(BadInput, match="units_out_of_range"):
        desk.perform(ReceiveGoods("A", units, title="茶"))
