"""The Today page: what must be done, counted as the search that it opens counts it; the figures; what was done."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from services.clock import MS_A_DAY, MS_AN_HOUR
from services.commands.edits import EditOrders
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.commands.upkeep import SumDays
from services.db.schema import AfterSale, ImportBatch, MoneyEntry
from services.desk import Desk
from services.domain.blockers import OrderFacts, blockers_of
from services.queries.goods_name import goods_name
from services.queries.order_rows import OrderIds
from services.queries.today import Day, Today, Todo
from services.words import today as words
from services.words import trail
from tests.factories import ZONE, at, make_order, make_orders, make_sku
from tests.frozen import START, FrozenClock
from tests.queries.filling import fill
from tests.queries.statements import statements

HOUR = MS_AN_HOUR


def todo(day: Day, code: str) -> Todo:
    return next(found for found in day.todos if found.code == code)


def said(day: Day, code: str) -> tuple[str, str]:
    found = todo(day, code)
    return words.title(found, "zh"), words.details(found, "zh", day.now, ZONE)


def test_an_empty_shop_has_nothing_to_do(desk: Desk) -> None:
    day = desk.read(Today())
    assert not day.has_orders
    assert (day.todos, day.done, day.latest, day.done_count) == ((), (), (), 0)
    assert [figure.series for figure in day.figures] == [(0,) * 14] * 4
    assert [hour for hour, _orders in day.due_hours] == list(range(14, 24))


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Orders late, due, ready and blocked in every way, one unpaid; a case, a file with rejects, goods without SKU."""
    make_sku(desk, "CUP", title="白瓷盖碗", stock=5)
    ready = [{"code": "CUP", "title": "盖碗", "quantity": 1}]
    short = [{"code": "CUP", "title": "盖碗", "quantity": 3, "shortage": 2}]
    strange = [{"code": "X-1", "title": "竹制茶盘 40cm"}]
    make_orders(
        desk,
        [
            {"number": "1001", "lines": ready, "ship_by": START - HOUR, "buyer_nick": "半山听雨"},
            {"number": "1002", "lines": ready, "ship_by": START + 2 * HOUR, "paid": 2500},
            {"number": "1003", "lines": ready, "ship_by": START + 3 * HOUR, "slip_copies": 1},
            {"number": "1004", "lines": ready, "ship_by": START + 9 * HOUR},
            {"number": "1005", "lines": ready, "ship_by": START + 30 * HOUR},
            {"number": "1006", "lines": short, "ship_by": START + 5 * HOUR},
            {"number": "1007", "lines": strange, "unmatched": 1, "ship_by": START + 40 * HOUR},
            {"number": "1008", "ship_by": None, "paid": 700},
            {"number": "1009", "lines": ready, "address": "", "ship_by": START + 41 * HOUR},
            {"number": "1010", "lines": ready, "cases": [{"amount": 800}], "ship_by": START + 42 * HOUR},
            {"number": "1011", "lines": ready, "status": "awaiting_payment", "created_at": START - 5 * HOUR, "payable": 4200},
            {"number": "1012", "lines": strange, "unmatched": 1, "status": "completed"},
        ],
    )
    report = {"orders_new": 12, "rejected": [{"row": 3, "column": "数量", "value": "x", "why": "不是数字"}] * 2}
    batch = {"file_name": "ExportOrderList.csv", "format": "taobao_orders", "encoding": "gb18030", "at": START - HOUR, "rows": 14}
    fill(desk, ImportBatch, batch | {"file_hash": "", "file_time": START, "headings": "[]", "report": json.dumps(report)})
    return desk


def test_everything_to_do_is_said_with_its_count_and_money(shop: Desk) -> None:
    day = shop.read(Today())
    assert [(found.code, found.count) for found in day.todos] == [
        ("late", 1),
        ("due_soon", 2),
        ("shortage", 1),
        ("open_cases", 1),
        ("due_today", 4),
        ("after_sale_open", 1),
        ("lines_unknown", 1),
        ("address_missing", 1),
        ("goods_unmatched", 1),
        ("import_rejects", 2),
        ("to_ship", 5),
        ("to_remind", 1),
    ]
    assert said(day, "late") == ("1 单过了最晚发货时间", "最早 13:00 到期，半山听雨 …1001，共 ¥10.00")
    assert said(day, "due_soon") == ("2 单 4 小时内到最晚发货", "最早 16:00 到期，tb0001 …1002，共 ¥35.00")
    assert said(day, "shortage") == ("1 单缺货", "白瓷盖碗 差 2，共 ¥30.00")
    assert said(day, "open_cases") == ("1 件售后未处理", "仅退款 1，最早 14:00 提出，共 ¥8.00")
    assert said(day, "goods_unmatched") == ("1 种商品没有匹配规格", "竹制茶盘 40cm 1 单，共 ¥10.00")
    assert said(day, "import_rejects") == ("2 行没能导入", "ExportOrderList.csv 2 行")
    assert said(day, "to_remind") == ("1 单可以催付", "最早 09:00 下单，共 ¥42.00")
    assert said(day, "lines_unknown") == ("1 单没有商品明细", "导入同期的宝贝报表就能补上，共 ¥7.00")
    assert words.details(todo(day, "late"), "en", day.now, ZONE) == "the first by 13:00 · 半山听雨 …1001 · ¥10.00 in all"
    assert (day.to_ship, day.late, day.due_today) == (10, 1, 4)
    assert [(step.code, step.done, step.total) for step in day.steps] == [
        ("import", 12, 12),
        ("check", 5, 10),
        ("print", 1, 5),
        ("ship", 0, 10),
    ]
    assert (day.imported_at, day.imported_new) == (START - HOUR, 12)


def test_each_line_counts_what_its_search_finds(shop: Desk) -> None:
    day = shop.read(Today())
    searched = [found for found in day.todos if found.search]
    assert {found.code for found in searched} >= {"late", "due_soon", "due_today", "to_ship", "to_remind", "address_missing"}
    for found in searched:
        assert len(shop.read(OrderIds(found.search))) == found.count, found.code
    assert {found.page for found in day.todos} == {"orders", "stock", "refunds", "audit"}


def test_near_midnight_four_hours_reach_into_tomorrow(shop: Desk, frozen_clock: FrozenClock) -> None:
    frozen_clock.advance(hours=8)  # 22:00; the order of 23:00 is due today and soon, the one of 20:00 tomorrow is not
    day = shop.read(Today())
    assert (todo(day, "due_soon").count, todo(day, "due_today").count, todo(day, "late").count) == (1, 1, 4)
    frozen_clock.advance(hours=21)  # 19:00 of the next day
    day = shop.read(Today())
    assert [(found.code, found.count) for found in day.todos if found.code.startswith("due")] == [("due_soon", 1), ("due_today", 1)]


def test_the_hours_of_today_tell_when_orders_are_due(shop: Desk) -> None:
    hours = dict(shop.read(Today()).due_hours)
    assert {hour: orders for hour, orders in hours.items() if orders} == {16: 1, 17: 1, 19: 1, 23: 1}


def test_blocked_orders_are_judged_by_the_one_rule(desk: Desk) -> None:
    """Every combination of facts, against the rule itself."""
    flags = list(itertools.product((0, 1), repeat=5))
    rows = [
        {
            "number": f"{place}",
            "shortage": short,
            "unmatched": unmatched,
            "open_cases": cases,
            "lines_unknown": bool(unknown),
            "recipient": "" if empty else "王",
            "phone": "*" if empty else "138****1234",
            "masked": True,
        }
        for place, (short, unmatched, cases, unknown, empty) in enumerate(flags)
    ]
    make_orders(desk, rows)
    day = desk.read(Today())
    expected: dict[str, int] = {}
    for row in rows:
        facts = OrderFacts(
            "awaiting_shipment",
            True,
            str(row["recipient"]),
            str(row["phone"]),
            "浙江省",
            "文三路1号",
            bool(row["lines_unknown"]),
            int(str(row["shortage"])),
            int(str(row["unmatched"])),
            int(str(row["open_cases"])),
        )
        for code in blockers_of(facts) or ("to_ship",):
            expected[code] = expected.get(code, 0) + 1
    told = {found.code: found.count for found in day.todos}
    for code in ("after_sale_open", "shortage", "lines_unknown", "address_missing", "to_ship"):
        assert told[code] == expected[code], code


def test_figures_stand_beside_the_same_weekday_last_week(desk: Desk) -> None:
    week = 7 * MS_A_DAY
    paid: list[dict[str, Any]] = [
        {"paid_at": START - HOUR, "paid": 3000, "shipped_at": START - HOUR, "status": "shipped"},
        {"paid_at": START - week - HOUR, "paid": 1000},
        {"paid_at": START - week + HOUR, "paid": 500, "shipped_at": START - week + HOUR, "status": "shipped"},
        {"paid_at": START - 13 * MS_A_DAY, "paid": 200},
        {"paid_at": START - 14 * MS_A_DAY, "paid": 9},
    ]
    ids = make_orders(desk, [{"number": f"{place}"} | values for place, values in enumerate(paid)])
    refund: dict[str, object] = {"order_id": ids[0], "kind": "refund", "source": "here"}
    fill(
        desk,
        MoneyEntry,
        refund | {"amount": -300, "at": START - HOUR, "key": "a"},
        refund | {"amount": -50, "at": START - week, "key": "b"},
    )
    for _time in range(2):
        figures = {figure.code: figure for figure in desk.read(Today()).figures}
        assert (figures["paid"].today, figures["paid"].before, figures["paid"].before_whole) == (3000, 1000, 1500)
        assert (figures["orders"].today, figures["orders"].before, figures["orders"].before_whole) == (1, 1, 2)
        assert (figures["shipped"].today, figures["shipped"].before, figures["shipped"].before_whole) == (1, 0, 1)
        assert (figures["refunded"].today, figures["refunded"].before, figures["refunded"].before_whole) == (300, 0, 50)
        assert figures["paid"].series == (200, 0, 0, 0, 0, 0, 1500, 0, 0, 0, 0, 0, 0, 3000)
        desk.perform(SumDays())  # summed or not, the figures are the same


def test_what_was_done_is_said_one_sentence_a_command(desk: Desk, frozen_clock: FrozenClock) -> None:
    desk.perform(ReceiveGoods("CUP", 10, title="盖碗"))
    ids = make_orders(desk, [{"number": f"100{place}", "lines": [{"code": "CUP", "reserved": 0}]} for place in range(3)])
    frozen_clock.advance(days=1, hours=-2)
    desk.perform(EditOrders((ids[0],), {"seller_memo": "包好"}), reason="买家要求")
    frozen_clock.advance(minutes=5)
    shipments = tuple(Shipment(order_id, "SF", f"SF10000000000{order_id}") for order_id in ids[1:])
    desk.perform(ShipOrders(shipments, overrides=("shortage", "number_doubtful")), reason="急", actor="system")
    day = desk.read(Today())
    assert [(trail.deed(deed, "zh"), deed.actor) for deed in day.done] == [
        ("发货 2 单，急", "system"),
        ("修改订单 …1000，买家要求", "owner"),
    ]
    assert day.done_count == len(day.done)
    assert "收货入库" in [trail.deed(deed, "zh") for deed in day.latest]
    assert trail.deed(day.done[-1], "en") == "Edited …1000: 买家要求"
    assert [deed.seq for deed in day.latest] == sorted((deed.seq for deed in day.latest), reverse=True)


def test_the_page_asks_a_fixed_number_of_statements(shop: Desk) -> None:
    with statements(shop) as few:
        shop.read(Today())
    make_orders(shop, [{"number": f"7{place:03d}", "ship_by": START + place * HOUR, "phone": ""} for place in range(40)])
    with statements(shop) as many:
        shop.read(Today())
    assert len(many) == len(few) <= 16


def test_an_ended_case_and_an_old_file_are_no_longer_to_do(desk: Desk) -> None:
    order_id = make_order(desk, status="completed")
    case = {"order_id": order_id, "kind": "refund_only", "amount": 5, "requested_at": START, "ended_at": START, "key": "k"}
    fill(desk, AfterSale, case | {"state": "refunded"})
    batch = {"file_name": "old.csv", "format": "x", "encoding": "utf-8", "at": at("2026-11-20 23:59"), "rows": 1}
    fill(desk, ImportBatch, batch | {"file_hash": "", "file_time": 0, "headings": "[]", "report": '{"rejected": [{"row": 2}]}'})
    assert desk.read(Today()).todos == ()


@pytest.mark.parametrize(
    ("title", "properties", "code", "name"),
    [
        ("桂花乌龙 250g 罐装", "净含量:250g;包装:罐装", "WL", "桂花乌龙 250g 罐装"),
        ("桂花乌龙", "净含量:250g；包装：罐装", "WL", "桂花乌龙 250g 罐装"),
        ("白瓷盖碗", "150ml", "GW", "白瓷盖碗 150ml"),
        ("", "", "GW", "GW"),
        ("", "颜色:红", "GW", "红"),
    ],
)
def test_goods_are_named_without_saying_a_thing_twice(title: str, properties: str, code: str, name: str) -> None:
    assert goods_name(title, properties, code) == name


def test_every_thing_to_do_has_words_in_both_languages() -> None:
    assert words.TERMS["todo"].keys() == words.TERMS["todo_action"].keys()
    for code in words.TERMS["todo"]:
        item = Todo(code, "warn", 2, "orders", money=100, at=START, names=(("refund_only", 1),) if code in words.NAMED else ())
        for lang in ("zh", "en"):
            assert "2" in words.title(item, lang)
            assert "¥1.00" in words.details(item, lang, START, ZONE)
