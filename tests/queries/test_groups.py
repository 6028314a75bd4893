"""Groups as they are shown and counted, ready-made ones, and where orders go."""

from __future__ import annotations

import sqlite3

import pytest

from services.clock import MS_AN_HOUR
from services.commands.checking import CheckOrders
from services.commands.groups import AddFolder, AddGroup
from services.db.schema import Customer
from services.desk import Desk
from services.errors import BadInput, Cancelled, NotFound
from services.queries.group_rows import GroupCount, GroupSearch, GroupTree
from services.queries.order_rows import OrderIds, OrderRows
from services.queries.region_counts import RegionCounts, RegionRow
from services.search.parser import parse
from services.search.ready_made import CODES, READY_MADE
from services.search.tabs import page_form
from services.search.writer import write
from services.settings import ChangeSetting
from services.words import terms
from tests.factories import Fill, make_channel, make_order, make_orders
from tests.frozen import START
from tests.queries.statements import statements


def ready(desk: Desk) -> dict[str, str]:
    return {row.code: row.search for row in desk.read(GroupTree()).ready}


def numbers(desk: Desk, search: str) -> list[str]:
    return [row.number for row in desk.read(OrderRows(tuple(desk.read(OrderIds(search, "number")))))]


def test_the_tree_is_two_statements_and_parses_every_text(desk: Desk) -> None:
    folder = desk.perform(AddFolder("大客户")).value
    desk.perform(AddGroup("红", "旗:红", parent_id=folder))
    desk.perform(AddGroup("黄", "旗:黄"))
    with statements(desk) as asked:
        groups = desk.read(GroupTree())
    assert len(asked) == 2
    assert [(row.name, row.parent_id, row.position) for row in groups.own] == [("大客户", None, 0), ("黄", None, 1), ("红", folder, 0)]


def test_a_text_that_nobody_understands_any_more_says_so_and_hurts_no_other(desk: Desk) -> None:
    made = desk.perform(AddGroup("旧", "旗:红")).value
    with sqlite3.connect(desk.shop.folder / "shop.sqlite") as raw:
        raw.execute("UPDATE order_group SET search = 'gone:1' WHERE id = ?", (made,))
    raw.close()
    (row,) = desk.read(GroupTree()).own
    assert row.trouble is not None
    assert row.trouble[0] == "query_field"
    with pytest.raises(BadInput):
        desk.read(GroupCount(row.search))


def test_counting_stops_at_ten_thousand(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    make_orders(desk, [{"number": str(place)} for place in range(1000, 1010)])
    assert desk.read(GroupCount("status:awaiting_shipment")) == 10
    monkeypatch.setattr("services.queries.group_rows.MOST_COUNTED", 4)
    assert desk.read(GroupCount("status:awaiting_shipment")) == 4


def test_ready_made_groups_are_canonical_and_named_in_both_languages(desk: Desk) -> None:
    for code, search in ready(desk).items():
        assert write(parse(search)) == search, code
    assert set(terms()["ready_group"]) == {*CODES, "ready"}
    assert len(set(CODES)) == len(READY_MADE)


def test_each_ready_made_group_finds_what_its_name_says(desk: Desk) -> None:
    channel = make_channel(desk)
    (customer,) = desk.perform(Fill(Customer, [{"channel_id": channel, "nick": "tb9", "masked": False, "first_seen_at": 0}])).value
    day = {"lines": [{"title": "马克杯", "code": "CUP-1"}]}
    ids = make_orders(
        desk,
        [
            day | {"number": "late", "ship_by": START - 1},
            day | {"number": "due_soon", "ship_by": START + 3 * MS_AN_HOUR},
            day | {"number": "due_today", "ship_by": START + 9 * MS_AN_HOUR},
            day | {"number": "rush", "seller_memo": "客户很急"},
            day | {"number": "not_rush", "buyer_message": "不急，慢慢发"},
            day | {"number": "custom", "lines": [{"title": "刻字品茗杯", "code": "CUP-2"}]},
            day | {"number": "big", "payable": 50_000},
            day | {"number": "memo", "seller_memo": "送贺卡"},
            day | {"number": "repeat_1", "customer_id": customer},
            day | {"number": "repeat_2", "customer_id": customer, "status": "completed"},
            day | {"number": "no_address", "address": ""},
            day | {"number": "shortage", "lines": [{"title": "茶盘", "code": "XP", "shortage": 1}]},
            day | {"number": "today", "created_at": START - MS_AN_HOUR},
            day | {"number": "rush_sent", "status": "shipped", "seller_memo": "加急"},
        ],
    )
    desk.perform(CheckOrders((ids[1],)))
    asked = ready(desk)
    assert numbers(desk, asked["late"]) == ["late"]
    assert numbers(desk, asked["due_soon"]) == ["due_soon"]
    assert numbers(desk, asked["due_today"]) == ["due_soon", "due_today", "late"]
    assert numbers(desk, asked["rush"]) == ["rush"]
    assert numbers(desk, asked["custom"]) == ["custom"]
    assert numbers(desk, asked["big"]) == ["big"]
    assert numbers(desk, asked["memo"]) == ["memo", "rush"]
    assert numbers(desk, asked["message"]) == ["not_rush"]
    assert numbers(desk, asked["repeat"]) == ["repeat_1"]
    assert numbers(desk, asked["no_address"]) == ["no_address"]
    assert numbers(desk, asked["shortage"]) == ["shortage"]
    assert numbers(desk, asked["today"]) == ["today"]
    assert "due_soon" not in numbers(desk, asked["unchecked"])
    assert "late" in numbers(desk, asked["unchecked"])


def test_big_and_hidden_are_the_shops_choice(desk: Desk) -> None:
    desk.perform(ChangeSetting("big_order", 100_000))
    desk.perform(ChangeSetting("hidden_groups", ["custom"]))
    assert ready(desk)["big"] == "status:awaiting_shipment payable>=1000.00"
    assert [row.code for row in desk.read(GroupTree()).ready if row.hidden] == ["custom"]


def test_a_group_is_found_by_its_name(desk: Desk) -> None:
    desk.perform(AddGroup("江浙沪", "省:浙江,江苏,上海", "-付款"))
    assert desk.read(GroupSearch("江浙沪")) == ("province:浙江,江苏,上海", "-paid_at")
    assert desk.read(GroupSearch("缺货")) == desk.read(GroupSearch("short")) == ("blocker:shortage", "")
    with pytest.raises(NotFound) as caught:
        desk.read(GroupSearch("江浙"))
    assert caught.value.facts["suggestion"] == "江浙沪"
    desk.perform(AddGroup("缺货", "旗:红"))
    assert desk.read(GroupSearch("缺货")) == ("flag:1", "")
    desk.perform(AddGroup("缺货", "旗:黄"))
    with pytest.raises(BadInput, match="group_ambiguous"):
        desk.read(GroupSearch("缺货"))


# ---- regions


def test_provinces_and_cities_in_short_names_the_most_first(desk: Desk) -> None:
    places = [("浙江省", "杭州市"), ("浙江", "杭州"), ("浙江省", "宁波市"), ("上海市", "上海市"), ("广西壮族自治区", ""), ("", "")]
    make_orders(
        desk,
        [
            {"number": str(place), "province": province, "city": city, "paid": 1000, "lines": [{"quantity": 2}]}
            for place, (province, city) in enumerate(places)
        ],
    )
    make_order(desk, number="closed", status="closed", province="西藏自治区")
    assert desk.read(RegionCounts("status:awaiting_shipment")) == (
        RegionRow("浙江", 3, 6, 3000, (RegionRow("杭州", 2, 4, 2000), RegionRow("宁波", 1, 2, 1000))),
        RegionRow("上海", 1, 2, 1000),
        RegionRow("广西", 1, 2, 1000),
        RegionRow("", 1, 2, 1000),
    )
    assert len(desk.read(RegionCounts())) == 5
    with statements(desk) as asked:
        desk.read(RegionCounts("status:awaiting_shipment"))
    assert len(asked) <= 2


def test_somebody_who_waits_no_longer_stops_the_counting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped:
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            raise Cancelled

    make_orders(desk, [{"number": str(place)} for place in range(50)])
    monkeypatch.setattr("services.queries.region_counts._STEP", 1)
    with pytest.raises(Cancelled):
        desk.read(RegionCounts("", Stopped()))
    assert sum(row.orders for row in desk.read(RegionCounts())) == 50


@pytest.mark.parametrize(
    ("search", "form"),
    [
        ("", ""),
        ("状态:已发货", "status:shipped"),
        ("备注:贺卡 状态:待发货 (旗:红 OR 旗:黄)", "status:awaiting_shipment memo:贺卡 (flag:1 OR flag:2)"),
        ("status:awaiting_shipment (memo:贺卡 (flag:1 OR flag:2))", "status:awaiting_shipment memo:贺卡 (flag:1 OR flag:2)"),
        ("状态:已发货 OR 旗:红", "status:shipped OR flag:1"),
        ("旗:红 状态:已发货,交易成功", "flag:1 status:shipped,completed"),
        ("-状态:已发货", "-status:shipped"),
    ],
)
def test_a_search_has_one_form_on_the_orders_page(search: str, form: str) -> None:
    assert page_form(search) == form
