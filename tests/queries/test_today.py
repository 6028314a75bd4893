"""The Today page: what must be done, counted as the search that it opens counts it; the figures; what was done."""

from __future__ import annotations

import itertools
import json
import random
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.clock import MS_A_DAY, MS_AN_HOUR
from services.commands.edits import EditOrders
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.commands.upkeep import SumDays
from services.db.schema import AfterSale, ImportBatch, MoneyEntry
from services.desk import Desk
from services.domain.blockers import OrderFacts, blockers_of
from services.queries.approval_rows import ApprovalRows
from services.queries.case_rows import CaseIds, CaseRows
from services.queries.goods_name import goods_name
from services.queries.import_rows import RejectedRows
from services.queries.order_rows import CountOrders, OrderIds, OrderTotals
from services.queries.stock_rows import StockIds, UnmatchedIds
from services.queries.today import Day, Today, Todo
from services.queries.today_waiting import BLOCKERS, DUE
from services.queries.worklists.addresses import AddressIds
from services.queries.worklists.amounts import AmountIds
from services.queries.worklists.conflicts import UndecidedIds
from services.queries.worklists.duplicates import DuplicateIds
from services.settings import ChangeSetting
from services.words import today as words
from services.words import trail
from tests.factories import ZONE, FillOrders, at, make_order, make_orders, make_sku
from tests.frozen import START, FrozenClock
from tests.queries.filling import fill
from tests.queries.statements import statements

HOUR = MS_AN_HOUR


def every(day: Day) -> list[Todo]:
    """The lines, and those under them."""
    return [found for line in day.todos for found in (line, *line.parts)]


def todo(day: Day, code: str) -> Todo:
    return next(found for found in every(day) if found.code == code)


def said(day: Day, code: str) -> tuple[str, str]:
    found = todo(day, code)
    return words.title(found, "zh"), words.details(found, "zh", day.now, ZONE)


def test_an_empty_shop_has_nothing_to_do(desk: Desk) -> None:
    day = desk.read(Today())
    assert not day.has_orders
    assert (day.todos, day.deeds.done, day.deeds.latest, day.deeds.done_count) == ((), (), (), 0)
    assert [figure.series for figure in day.figures] == [(0,) * 14] * 4
    assert [hour for hour, _orders in day.waiting.due_hours] == list(range(14, 24))


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
    assert [(found.code, found.count) for found in every(day)] == [
        ("late", 1),
        ("due_soon", 2),
        ("short_goods", 1),
        ("open_cases", 1),
        ("due_today", 2),
        ("blocked", 5),
        ("after_sale_open", 1),
        ("shortage", 1),
        ("goods_unmatched", 1),
        ("lines_unknown", 1),
        ("address_missing", 1),
        ("unmatched_goods", 1),
        ("bad_addresses", 1),
        ("duplicates", 9),
        ("odd_amounts", 1),
        ("import_rejects", 2),
        ("to_ship", 5),
        ("due_later", 5),
        ("to_remind", 1),
    ]
    assert said(day, "late") == ("1 单过了最晚发货时间", "最早 13:00 到期，半山听雨 …1001，共 ¥10.00")
    assert said(day, "due_soon") == ("2 单 4 小时内到最晚发货", "最早 16:00 到期，tb0001 …1002，共 ¥35.00")
    assert said(day, "due_today") == ("2 单今天稍后到最晚发货", "最早 19:00 到期，tb0001 …1006，共 ¥40.00")
    assert said(day, "due_later") == ("5 单今天以后才到最晚发货", "共 ¥47.00")
    assert said(day, "short_goods") == ("1 种商品缺货，要补", "共差 2 件，白瓷盖碗 差 2，共 ¥20.00")
    assert said(day, "open_cases") == ("1 件售后未处理", "仅退款 1，最早 14:00 提出，共 ¥8.00")
    assert said(day, "blocked") == ("5 单有事挡着，发不了", "共 ¥67.00")
    assert said(day, "shortage") == ("缺货 1 单", "到货就能发，共 ¥30.00")
    assert said(day, "unmatched_goods") == ("1 种商品没有匹配规格", "其中 1 种有订单在等，竹制茶盘 40cm 1 单，共 ¥10.00")
    assert said(day, "import_rejects") == ("2 行没能导入", "ExportOrderList.csv 2 行")
    assert said(day, "to_ship") == ("5 单可以发货", "没有事挡着，共 ¥65.00")
    assert said(day, "to_remind") == ("1 单可以催付", "最早 09:00 下单，等了 5 小时，共 ¥42.00")
    assert said(day, "lines_unknown") == ("没有商品明细 1 单", "导入同期的宝贝报表就能补上，共 ¥7.00")
    assert words.details(todo(day, "late"), "en", day.now, ZONE) == "the first by 13:00 · 半山听雨 …1001 · ¥10.00 in all"
    assert words.details(todo(day, "to_remind"), "en", day.now, ZONE) == "the first waits for 5 hours (09:00) · ¥42.00 in all"
    assert (day.waiting.whole.orders, day.waiting.left_today) == (10, 4)
    assert [(step.code, step.done, step.total) for step in day.steps] == [
        ("import", 12, 12),
        ("check", 5, 10),
        ("print", 1, 5),
        ("ship", 0, 10),
    ]
    assert (day.imports.at, day.imports.new) == (START - HOUR, 12)


def test_only_checked_orders_leave_where_the_shop_says_so(shop: Desk) -> None:
    assert "not_checked" not in {found.code for found in every(shop.read(Today()))}
    shop.perform(ChangeSetting("ship_only_checked", True))
    day = shop.read(Today())
    assert (todo(day, "not_checked").count, todo(day, "not_checked").money) == (10, 13200)
    assert {found.code for found in every(day)}.isdisjoint({"to_ship"})


def listed(desk: Desk, found: Todo) -> tuple[int, int | None]:
    """How many rows the list behind a line has, and the money in them where the list tells it."""
    if found.page == "orders":
        totals = desk.read(OrderTotals(found.search))
        assert totals.count == desk.read(CountOrders(found.search)) == len(desk.read(OrderIds(found.search)))
        return totals.count, totals.payable if found.code == "to_remind" else totals.paid
    if found.page == "stock":
        return len(desk.read(StockIds(tab=found.tab))), found.money
    if found.page == "worklists":
        lists: dict[str, Any] = {"goods": UnmatchedIds(), "addresses": AddressIds(), "amounts": AmountIds(), "duplicates": DuplicateIds()}
        lists |= {"conflicts": UndecidedIds()}
        return len(desk.read(lists[found.tab])), found.money
    if found.page == "refunds":
        rows = desk.read(CaseRows(tuple(desk.read(CaseIds(tab=found.tab)))))
        return len(rows), sum(row.amount for row in rows)
    if found.page == "approvals":
        return len(desk.read(ApprovalRows())), None
    assert found.page == "rejects"
    return len(desk.read(RejectedRows())), None


def test_each_line_counts_what_it_opens(shop: Desk) -> None:
    day = shop.read(Today())
    assert {found.page for found in day.todos} == {"orders", "stock", "refunds", "rejects", "worklists"}
    for found in every(day):
        assert listed(shop, found) == (found.count, found.money), found.code


@given(seed=st.integers(0, 10_000), hours=st.integers(0, 23))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_shop_each_line_counts_what_it_opens(seed: int, hours: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(seed)
    clock = FrozenClock()
    with Desk.open(tmp_path_factory.mktemp("today") / "shop", clock=clock) as desk:
        make_sku(desk, "CUP", stock=3)
        goods: list[dict[str, Any]] = [{"code": "CUP", "title": "盖碗", "shortage": 1}, {"code": "CUP", "title": "杯"}, {"title": "茶盘"}]
        rows = []
        for place in range(chance.randrange(60)):
            line = chance.choice(goods)
            rows.append(
                {
                    "number": f"{place}",
                    "status": chance.choice(["awaiting_shipment"] * 4 + ["awaiting_payment", "shipped", "completed", "closed"]),
                    "lines": chance.choice([[line], [line], []]),
                    "unmatched": int("code" not in line),
                    "ship_by": chance.choice([None, START + chance.randrange(-20 * HOUR, 60 * HOUR), START + HOUR * chance.randrange(48)]),
                    "paid": chance.choice([None, 700, 2500]),
                    "address": chance.choice(["", "文三路1号", "文三路1号"]),
                    "checked_at": chance.choice([None, START]),
                    "cases": chance.choice([[], [], [{"amount": 300}], [{"state": "refunded"}]]),
                }
            )
        if rows:
            make_orders(desk, rows)
        desk.perform(ChangeSetting("ship_only_checked", chance.random() < 0.5))
        clock.advance(hours=hours)
        day = desk.read(Today())
        for found in every(day):
            assert listed(desk, found) == (found.count, found.money), found.code
        assert sum(found.count for found in day.todos if found.code in DUE) == desk.read(CountOrders("status:awaiting_shipment"))
        assert todo_count(day, "to_ship") + todo_count(day, "blocked") == desk.read(CountOrders("status:awaiting_shipment"))


def todo_count(day: Day, code: str) -> int:
    return sum(found.count for found in day.todos if found.code == code)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_read_anew_by_tables_is_what_a_whole_look_gives(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever was done and however late it is: the day known before, brought up to date, equals a fresh one."""
    chance = random.Random(seed)
    clock = FrozenClock()
    with Desk.open(tmp_path_factory.mktemp("known") / "shop", clock=clock) as desk:
        make_sku(desk, "CUP", stock=3)
        known = desk.read(Today())
        for place in range(6):
            clock.advance(minutes=chance.choice([1, 50, 400]))
            command: Any = chance.choice(
                [
                    FillOrders([{"number": f"{place}", "ship_by": clock.now() + HOUR, "lines": [{"code": "CUP", "shortage": 1}]}]),
                    FillOrders([{"number": f"{place}", "status": "shipped", "shipped_at": clock.now(), "cases": [{"amount": 5}]}]),
                    ReceiveGoods("CUP", 1),
                    ChangeSetting("ship_only_checked", True),
                    SumDays(),
                ]
            )
            changes = desk.perform(command).changes
            known = desk.read(Today(known, tuple(changes)))
            known = desk.read(Today(known))  # a minute's tick
            assert known == desk.read(Today())


def test_near_midnight_four_hours_reach_into_tomorrow(shop: Desk, frozen_clock: FrozenClock) -> None:
    frozen_clock.advance(hours=8)  # 22:00; the order of 23:00 is due today and soon, the one of 20:00 tomorrow is not
    day = shop.read(Today())
    assert [(found.code, found.count) for found in day.todos if found.code in DUE] == [("late", 4), ("due_soon", 1), ("due_later", 5)]
    frozen_clock.advance(hours=21)  # 19:00 of the next day
    day = shop.read(Today())
    assert [(found.code, found.count) for found in day.todos if found.code in DUE] == [("late", 5), ("due_soon", 1), ("due_later", 4)]


def test_the_hours_of_today_tell_when_orders_are_due(shop: Desk) -> None:
    hours = dict(shop.read(Today()).waiting.due_hours)
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
    told = {found.code: found.count for found in every(day)}
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
    assert [(trail.deed(deed, "zh"), deed.actor) for deed in day.deeds.done] == [
        ("发货 2 单，急", "system"),
        ("修改订单 …1000，买家要求", "owner"),
    ]
    assert day.deeds.done_count == len(day.deeds.done)
    assert "收货入库" in [trail.deed(deed, "zh") for deed in day.deeds.latest]
    assert trail.deed(day.deeds.done[-1], "en") == "Edited …1000: 买家要求"
    assert [deed.seq for deed in day.deeds.latest] == sorted((deed.seq for deed in day.deeds.latest), reverse=True)


def test_the_page_asks_a_fixed_number_of_statements(shop: Desk) -> None:
    with statements(shop) as few:
        shop.read(Today())
    make_orders(shop, [{"number": f"7{place:03d}", "ship_by": START + place * HOUR, "phone": ""} for place in range(40)])
    with statements(shop) as many:
        shop.read(Today())
    assert len(many) == len(few) <= 30


class Plan:
    """How SQLite would answer a statement."""

    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading: Any) -> list[str]:
        return [row[3] for row in reading.sql(f"EXPLAIN QUERY PLAN {self.statement}")]


def test_no_statement_walks_all_orders_lines_cases_or_entries(shop: Desk) -> None:
    """However many orders there are, only those that wait, and the last days', are looked at."""
    with statements(shop) as asked:
        shop.read(Today())
    steps = [step for one in asked for step in shop.read(Plan(one))]
    assert len(steps) > len(asked)
    whole = re.compile(r"^SCAN (orders|o|order_line|l|after_sale|money_entry|audit_entry|parcel)\b(?!.*ix_order_line_shortage)")
    assert [step for step in steps if whole.match(step)] == []


def test_a_tick_reads_what_the_clock_changes_and_a_change_what_it_concerns(shop: Desk) -> None:
    def asked_by(query: Today) -> int:
        with statements(shop) as asked:
            shop.read(query)
        return len(asked)

    known = shop.read(Today())
    whole, tick = asked_by(Today()), asked_by(Today(known))
    assert tick < whole
    assert asked_by(Today(known, ("after_sale",))) == 4
    assert asked_by(Today(known, ("import_batch", "audit_entry"))) == 6
    assert asked_by(Today(known, ("sku",))) == 3
    assert asked_by(Today(known, ("tag",))) == 0


def test_after_midnight_the_whole_day_is_read_anew(shop: Desk, frozen_clock: FrozenClock) -> None:
    known = shop.read(Today())
    frozen_clock.advance(hours=10)
    day = shop.read(Today(known))
    assert day.day == known.day + 1
    assert (day.imports.new_today, day.deeds.done_count) == (0, 0)
    assert day == shop.read(Today())


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


def test_every_thing_to_do_has_words_in_both_languages(shop: Desk) -> None:
    assert words.TERMS["todo"].keys() - words.TERMS["todo_action"].keys() == set(BLOCKERS) - {"number_doubtful"}
    day = shop.read(Today())
    for found in every(day):
        for lang in ("zh", "en"):
            assert f"{found.count}" in words.title(found, lang)
            details = words.details(found, lang, day.now, ZONE)
            assert not found.money or "¥" in details


@pytest.mark.parametrize(
    ("ms", "zh", "en"),
    [(0, " 0 分钟", "0 minutes"), (61_000, " 1 分钟", "1 minute"), (5 * HOUR + 1, " 5 小时", "5 hours"), (MS_A_DAY, " 1 天", "1 day")],
)
def test_how_long_something_waits(ms: int, zh: str, en: str) -> None:
    assert (words.age(ms, "zh"), words.age(ms, "en")) == (zh, en)
