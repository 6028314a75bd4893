"""The stock page: what is there, what is missing, what waits; a SKU's thirty days add up to its ledger."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.clock import MS_A_DAY, MS_AN_HOUR
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import AdjustStock, MatchGoods, ReceiveGoods
from services.db.schema import StockLevel, StockMovement
from services.desk import Desk
from services.errors import NotFound
from services.queries.stock_card import StockCard
from services.queries.stock_rows import SORTS, CountStock, StockIds, StockRow, StockRows, UnmatchedIds, UnmatchedRows
from tests.factories import make_order, make_orders, make_sku
from tests.frozen import START, FrozenClock
from tests.queries.filling import fill
from tests.queries.statements import statements


def rows(desk: Desk, search: str = "", tab: str = "all", sort: str = "", descending: bool = False) -> list[StockRow]:
    ids = desk.read(StockIds(search, tab, sort, descending))
    found = desk.read(StockRows(tuple(ids)))
    assert [row.id for row in found] == list(ids)
    return list(found)


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """桂花乌龙 short, 明前龙井 low, 白瓷盖碗 fine, 茶叶罐 empty, 新茶 never received, 茶艺课 virtual; one goods unmatched."""
    make_sku(desk, "WL", title="桂花乌龙", properties="250g 罐装", bin="A-02-1", stock=2, value=5000)
    make_sku(desk, "LJ", title="明前龙井", barcode="6901234567892", stock=8, value=100, reorder_point=10)
    make_sku(desk, "GW", title="白瓷盖碗_150ml", stock=64, reorder_point=10)
    make_sku(desk, "CG", title="茶叶罐", stock=0)
    make_sku(desk, "XC", title="新茶", cost=1234)
    make_sku(desk, "KC", title="茶艺课", virtual=True)
    make_orders(
        desk,
        [
            {"number": "1", "lines": [{"code": "WL", "quantity": 5, "shortage": 3, "reserved": 2}], "ship_by": START + MS_AN_HOUR},
            {"number": "2", "lines": [{"code": "WL", "quantity": 1, "shortage": 1}], "ship_by": START, "buyer_nick": "海盐芝士"},
            {"number": "3", "lines": [{"title": "竹盘", "code": "ZP", "quantity": 4}], "unmatched": 1, "ship_by": START + 5},
            {"number": "4", "lines": [{"title": "竹盘", "code": "ZP"}], "unmatched": 1, "status": "completed"},
            {"number": "5", "lines": [{"title": "木勺", "code": "MS"}], "unmatched": 1, "status": "closed"},
        ],
    )
    return desk


def test_each_sku_has_one_status_and_the_tabs_add_up(shop: Desk) -> None:
    assert [(row.code, row.status, row.available) for row in rows(shop)] == [
        ("WL", "short", -2),
        ("LJ", "low", 8),
        ("XC", "none", 0),
        ("CG", "none", 0),
        ("KC", "fine", 0),
        ("GW", "fine", 64),
    ]
    counts = shop.read(CountStock())
    assert counts.tabs == {"all": 6, "short": 1, "none": 2, "low": 1, "fine": 2}
    assert (counts.unmatched, counts.on_hand, counts.value) == (2, 74, 5100)
    for tab, count in counts.tabs.items():
        assert len(shop.read(StockIds(tab=tab))) == count


def test_a_row_tells_cost_and_what_is_missing(shop: Desk) -> None:
    by_code = {row.code: row for row in rows(shop)}
    tea = by_code["WL"]
    assert (tea.on_hand, tea.reserved, tea.shortage, tea.cost, tea.bin, tea.begun) == (2, 0, 4, 2500, "A-02-1", True)
    assert (by_code["XC"].cost, by_code["XC"].begun) == (1234, False)
    assert by_code["LJ"].cost == 13


def test_a_search_looks_in_code_title_properties_barcode_and_bin(shop: Desk) -> None:
    assert [row.code for row in rows(shop, "wl")] == ["WL"]
    assert [row.code for row in rows(shop, "桂花 罐装")] == ["WL"]
    assert [row.code for row in rows(shop, "a-02")] == ["WL"]
    assert [row.code for row in rows(shop, "69012")] == ["LJ"]
    assert [row.code for row in rows(shop, "碗_150")] == ["GW"]
    assert rows(shop, "_") == [next(row for row in rows(shop) if row.code == "GW")]
    assert rows(shop, "%") == []
    assert rows(shop, "桂花", tab="low") == []


def test_every_sort_sorts_both_ways(shop: Desk) -> None:
    for sort in SORTS:
        up = [row.id for row in rows(shop, sort=sort)]
        down = [row.id for row in rows(shop, sort=sort, descending=True)]
        assert sorted(up) == sorted(down) == sorted(row.id for row in rows(shop))
    assert [row.on_hand for row in rows(shop, sort="on_hand", descending=True)][:2] == [64, 8]
    assert [row.code for row in rows(shop, sort="code")] == ["CG", "GW", "KC", "LJ", "WL", "XC"]


def test_daily_sales_are_those_of_thirty_days(shop: Desk) -> None:
    sku = next(row.id for row in rows(shop) if row.code == "GW")
    moves = [(-60, 1), (-30, 29), (-500, 31)]
    for units, days in moves:
        fill(shop, StockMovement, {"sku_id": sku, "kind": "shipment", "quantity": units, "value": 0, "at": START - days * MS_A_DAY})
    fill(shop, StockMovement, {"sku_id": sku, "kind": "damage", "quantity": -9, "value": 0, "at": START})
    (row,) = shop.read(StockRows((sku,)))
    assert (row.daily, row.cover) == (30, 21)


def test_the_table_asks_two_statements_a_page(shop: Desk) -> None:
    for place in range(60):
        make_sku(shop, f"N{place}", title="新品", stock=place)
    ids = tuple(shop.read(StockIds()))
    with statements(shop) as asked:
        shop.read(StockIds())
        shop.read(StockRows(ids[:60]))
        shop.read(CountStock())
    assert len(asked) == 1 + 2 + 2


def test_unmatched_goods_tell_who_waits_and_go_when_matched(shop: Desk) -> None:
    ids = tuple(shop.read(UnmatchedIds()))
    first, second = shop.read(UnmatchedRows(ids))
    assert (first.title, first.code, first.waiting_orders, first.waiting_units, first.lines) == ("竹盘", "ZP", 1, 4, 2)
    assert (second.title, second.waiting_orders, second.lines, second.ship_by) == ("木勺", 0, 1, None)
    assert list(shop.read(UnmatchedIds("竹"))) == [first.id]
    sku = next(row.id for row in rows(shop) if row.code == "GW")
    shop.perform(MatchGoods((first.id,), sku))
    assert list(shop.read(UnmatchedIds())) == [second.id]
    assert "竹盘" in [listed.title for listed in shop.read(StockCard(sku)).listings]


def test_a_card_shows_movements_with_balances_and_who_waits(desk: Desk, frozen_clock: FrozenClock) -> None:
    sku = desk.perform(ReceiveGoods("WL", 10, 300, title="桂花乌龙", note="PO-1108")).value
    order_id = make_order(desk, number="2210", lines=[{"code": "WL", "quantity": 4}])
    frozen_clock.advance(days=2)
    desk.perform(ReceiveGoods("WL", 60, 400))
    desk.perform(ShipOrders((Shipment(order_id, "SF", "SF1000000000011"),), overrides=("shortage", "number_doubtful")), reason="测试")
    desk.perform(AdjustStock(sku, 66), reason="少 1")
    make_order(desk, number="5567", buyer_nick="海盐芝士", lines=[{"code": "WL", "quantity": 3, "shortage": 2}], ship_by=START)
    card = desk.read(StockCard(sku))
    on_hand = card.row.on_hand
    assert [(move.kind, move.quantity) for move in card.movements][-2:] == [("receipt", 60), ("receipt", 10)]
    assert card.movements[0].balance == on_hand == 66
    assert card.movements[-1].balance == 10
    assert card.movements[-1].note == "PO-1108"
    assert [(line.number, line.buyer, line.short, line.units) for line in card.waiting] == [("5567", "海盐芝士", 2, 3)]
    assert [day.on_hand for day in card.days[-4:]] == [0, 10, 10, 66]
    assert (card.days[-1].came, card.days[-3].came) == (60, 10)
    assert card.days[-1].went == 4
    with statements(desk) as asked:
        desk.read(StockCard(sku))
    assert len(asked) == 6


def test_no_such_sku(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.read(StockCard(7))
    assert desk.read(StockRows((7,))) == ()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 45), st.integers(1, 50), st.booleans()), max_size=15))
def test_s2_the_days_of_a_card_run_back_from_the_ledger(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, int, bool]]
) -> None:
    with Desk.open(tmp_path_factory.mktemp("s2") / "shop", clock=FrozenClock()) as desk:
        sku = make_sku(desk, "A")
        ledger = [(days, units if plus else -units) for days, units, plus in moves]
        for days, units in ledger:
            kind = "receipt" if units > 0 else "shipment"
            fill(desk, StockMovement, {"sku_id": sku, "kind": kind, "quantity": units, "value": 0, "at": START - days * MS_A_DAY})
        on_hand = sum(units for _days, units in ledger)
        if on_hand < 0:
            fill(desk, StockMovement, {"sku_id": sku, "kind": "adjustment", "quantity": -on_hand, "value": 0, "at": START - 60 * MS_A_DAY})
            ledger.append((60, -on_hand))
            on_hand = 0
        fill(desk, StockLevel, {"sku_id": sku, "on_hand": on_hand, "reserved": 0, "value": 0})
        card = desk.read(StockCard(sku))
        for place, day in enumerate(card.days):
            ago = 29 - place
            assert day.on_hand == sum(units for days, units in ledger if days >= ago)
            assert day.came - day.went == sum(units for days, units in ledger if days == ago)
