"""The trail as the page and the command line show it: every filter, sentences in both languages, files and their rejects."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from dataclasses import replace
from datetime import date

import pytest

from services import commands
from services.commands.edits import EditOrders
from services.commands.stock import ReceiveGoods
from services.db.base import Audit, audit_of
from services.db.schema import Base, ImportBatch
from services.db.uow import action_name
from services.desk import Desk
from services.errors import DeskError, NotFound
from services.queries.audit_trail import AuditChoices, AuditFilter, AuditIds, AuditRow, AuditRows, AuditTrail, EntityTrail
from services.queries.import_rows import ImportCard, ImportRows
from services.settings import ChangeSetting
from services.words import term, terms, trail
from services.words.trail import sentence
from tests.factories import ZONE, at, make_channel, make_order
from tests.frozen import START, FrozenClock
from tests.queries.filling import fill
from tests.queries.statements import statements

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def shop(desk: Desk, frozen_clock: FrozenClock) -> Desk:
    """Two orders of one number in two channels; edits of one of them over two days by two people."""
    make_channel(desk, "taobao")
    make_channel(desk, "pdd")
    first = make_order(desk, number="77")
    make_order(desk, number="77", channel="pdd")
    other = make_order(desk, number="88")
    desk.perform(EditOrders((first,), {"seller_memo": "要贺卡", "flag": 1}), reason="买家旺旺说")
    frozen_clock.advance(days=1)
    desk.perform(EditOrders((first,), {"seller_memo": "要贺卡 100%"}), reason="改字", actor="阿岚")
    desk.perform(EditOrders((other,), {"address": "文一路 2 号"}), reason="改地址")
    return desk


def entries(desk: Desk, **asked: object) -> list[AuditRow]:
    return list(desk.read(AuditTrail(AuditFilter(**asked))))  # type: ignore[arg-type]


def test_the_trail_of_an_order_is_found_by_its_number_in_its_channel(shop: Desk) -> None:
    found = entries(shop, number="taobao:77")
    assert [(row.field, row.old, row.new, row.actor, row.reason) for row in found if row.field == "seller_memo"] == [
        ("seller_memo", "要贺卡", "要贺卡 100%", "阿岚", "改字"),
        ("seller_memo", "", "要贺卡", "owner", "买家旺旺说"),
    ]
    assert {row.number for row in found} == {"77"}
    assert entries(shop, number="88")[0].order_id == entries(shop, order_id=3)[0].order_id
    with pytest.raises(DeskError) as refused:
        entries(shop, number="77")
    assert refused.value.code == "number_in_two_channels"
    with pytest.raises(NotFound):
        entries(shop, number="404")


def test_every_filter_narrows(shop: Desk) -> None:
    everything = entries(shop)
    assert [row.seq for row in everything] == list(range(len(everything), 0, -1))
    assert {row.action for row in entries(shop, action="edit_orders")} == {"edit_orders"}
    assert {row.reason for row in entries(shop, actor="阿岚")} == {"改字"}
    assert {row.action for row in entries(shop, field="seller_memo")} == {"edit_orders"}
    assert {row.new for row in entries(shop, text="贺卡")} == {"要贺卡", "要贺卡 100%"}
    assert [row.new for row in entries(shop, text="100%")] == ["要贺卡 100%"]
    assert entries(shop, text="贺卡 没有") == []
    today = date(2026, 11, 22).toordinal()
    assert {row.reason for row in entries(shop, first=today + 1)} == {"改字", "改地址"}
    assert len(entries(shop, last=today)) + len(entries(shop, first=today + 1)) == len(everything)
    assert entries(shop, first=today + 1, action="edit_orders", actor="owner")[0].reason == "改地址"


def test_pages_and_ids_are_the_same_trail(shop: Desk) -> None:
    ids = shop.read(AuditIds())
    whole = shop.read(AuditTrail(limit=None))
    assert list(ids) == [row.seq for row in whole]
    assert shop.read(AuditRows(tuple(ids))) == whole
    assert shop.read(AuditTrail(limit=2, offset=1)) == whole[1:3]
    assert list(shop.read(AuditIds(descending=False, limit=3))) == [1, 2, 3]
    assert [row.id for row in whole] == list(ids)
    with statements(shop) as asked:
        shop.read(AuditRows(tuple(ids)))
        shop.read(AuditTrail())
    assert len(asked) == 2


def test_the_hash_is_that_of_the_chain(shop: Desk) -> None:
    class Hash:
        def run(self, reading: object) -> str:
            (digest,) = reading.sql("SELECT hash FROM audit_entry WHERE seq = 1")[0]  # type: ignore[attr-defined]
            return str(digest.hex())

    assert entries(shop)[-1].hash == shop.read(Hash())
    assert re.fullmatch(r"[0-9a-f]{64}", entries(shop)[0].hash)


def test_the_page_can_offer_actors_and_actions(shop: Desk) -> None:
    actors, actions, fields = shop.read(AuditChoices())
    assert {"seller_memo", "address"} <= set(fields)
    assert actors == ("owner", "阿岚")
    assert {"edit_orders", "found_shop"} <= set(actions)


def test_an_entry_is_a_sentence_with_old_and_new(shop: Desk) -> None:
    flag = next(row for row in entries(shop) if row.field == "flag")
    assert trail.sentence(flag, "zh") == "修改订单：旗帜"
    assert trail.details(flag, "zh", ZONE) == "灰旗 → 红旗"
    assert trail.sentence(flag, "en") == "Edited: Flag"
    memo = entries(shop, text="旺旺")[-1]
    assert trail.details(replace(memo, field="seller_memo", old="", new="要贺卡"), "zh", ZONE) == "空 → 要贺卡"
    assert trail.details(replace(memo, erased=True), "zh", ZONE) == "内容已清除"
    assert trail.value("orders", "paid_at", str(START), "zh", ZONE) == "2026-11-22 14:00"
    assert trail.value("orders", "payable", "-1234500", "zh", ZONE) == "−¥12,345.00"
    assert trail.value("orders", "payable", "手写", "zh", ZONE) == "手写"
    assert trail.value("orders", "overridden", "shortage,address_missing", "zh", ZONE) == "缺货、地址不全"
    assert trail.value("sku", "virtual", "1", "en", ZONE) == "yes"


def test_a_command_tells_what_it_wrote(desk: Desk) -> None:
    desk.perform(ReceiveGoods("CUP", 3, 100, title="盖碗"))
    told = {trail.sentence(row, "zh"): trail.details(row, "zh", ZONE) for row in entries(desk, action="receive_goods")}
    assert told["收货入库"] == "库存流水 1"
    assert "商家编码 CUP，名称 盖碗" in told["收货入库：新增规格"]
    assert "成本 ¥1.00" in told["收货入库：新增规格"]


def test_values_of_another_make_are_passed_over(shop: Desk) -> None:
    row = replace(entries(shop)[0], entity="command", field=None, old=None, new="no json")
    assert trail.details(row, "zh", ZONE) == ""
    assert trail.details(replace(row, new="[1]"), "en", ZONE) == ""
    assert trail.details(replace(row, entity="sku", new='{"title": {"a": 1}, "code": "X"}'), "en", ZONE) == "Merchant code X"


def command_names() -> list[str]:
    """The actions of every command that services.commands holds."""
    found = set()
    for module in pkgutil.iter_modules(commands.__path__):
        loaded = importlib.import_module(f"services.commands.{module.name}")
        for value in vars(loaded).values():
            if inspect.isclass(value) and value.__module__ == loaded.__name__ and hasattr(value, "apply"):
                found.add(action_name(value.__new__(value)))
    return sorted(found)


def test_every_command_and_every_audited_field_has_words() -> None:
    assert {"edit_orders", "ship_orders", "sum_days"} <= set(command_names())
    for action in command_names():
        assert HAN.search(term("action", action, "zh")), action
    for table in Base.metadata.sorted_tables:
        assert HAN.search(term("entity", table.name, "zh")) or audit_of(table) is Audit.DERIVED, table.name
        if audit_of(table) is Audit.FIELDS:
            for column in table.columns:
                if column.info.get("audit", True) and not column.primary_key:
                    assert column.name in terms()["field"], (table.name, column.name)


def test_imported_files_are_listed_with_what_came_of_them(desk: Desk) -> None:
    report = {"orders_new": 3, "orders_updated": 1, "lines": 5, "conflicts": 0, "rows_held": 2, "warnings": [{"row": 9}], "rejected": []}
    rejected = [{"row": 4, "column": "数量", "value": "x", "why": "“x”不是数量"}]
    batch = {"format": "taobao_orders", "encoding": "gb18030", "rows": 9, "file_hash": "", "file_time": 0, "headings": "[]"}
    first, second = fill(
        desk,
        ImportBatch,
        batch | {"file_name": "a.csv", "at": at("2026-11-21 09:00"), "report": json.dumps(report)},
        batch | {"file_name": "b.csv", "at": START, "report": json.dumps(report | {"rejected": rejected})},
    )
    newest, oldest = desk.read(ImportRows())
    assert (newest.label, newest.file_name, newest.rejected, newest.warnings) == (f"B{second}", "b.csv", 1, 1)
    assert (oldest.id, oldest.orders_new, oldest.orders_updated, oldest.held, oldest.rejected) == (first, 3, 1, 2, 0)
    card = desk.read(ImportCard(second))
    assert [(row.row, row.column, row.value, row.why) for row in card.rejected] == [(4, "数量", "x", "“x”不是数量")]
    assert desk.read(ImportRows(limit=1, offset=1)) == (oldest,)
    with pytest.raises(NotFound):
        desk.read(ImportCard(99))


def test_the_history_of_a_thing_that_is_no_orders(shop: Desk) -> None:
    shop.perform(ChangeSetting("promise_hours", 24))
    shop.perform(ChangeSetting("promise_hours", 36), reason="大促")
    (name,) = {row.entity_id for row in shop.read(EntityTrail("setting")) if row.thing == "promise_hours"}
    newest, *_older = shop.read(EntityTrail("setting", name))
    assert (newest.field, newest.old, newest.new, newest.reason, newest.thing) == ("value", "24", "36", "大促", "promise_hours")
    assert sentence(newest, "zh") == "改设置：承诺发货时间"
    assert sentence(newest, "en") == "Setting changed: Hours to ship"
