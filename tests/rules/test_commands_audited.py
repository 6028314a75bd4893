"""Every command is performed here on a prepared shop, and whatever it changed must be on record; a command without an example is red.

What counts as on record is what services.db.base says of each table: FIELDS row by row or field by field (or by count and
digest where rows came in bulk), LEDGER and COVERED by the ids in the command's entry. DERIVED rows follow from the others.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import json
import pkgutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import services.commands
import services.settings
from services.access import Viewer
from services.commands import (
    aftersales,
    approvals,
    checking,
    customers,
    demo,
    edits,
    groups,
    import_conflicts,
    import_maps,
    import_words,
    imports,
    manual_orders,
    mending,
    parcels,
    people,
    prints,
    seals,
    stock,
    tags,
    undo_deed,
    undo_import,
    upkeep,
)
from services.commands.manual_draft import DraftLine, OrderDraft
from services.db.auditing import value_text
from services.db.base import AUDIT_BY_TABLE, Audit, Base
from services.db.dialect import TRIGGERS, primary_key
from services.db.engine import FILE_NAME
from services.db.schema import ImportBatch, ImportConflict, MoneyRecord, Order, OrderLine, Person
from services.db.uow import UnitOfWork, action_name
from services.demo.sample_export import write_sample_export
from services.desk import Desk
from services.domain.amendments import Amendment, LineChange
from services.domain.permissions import NEEDS, OF_ALL, PERMISSIONS, ROLES
from services.imports.parse import parse_file
from services.imports.plan import PlanImport
from services.settings import ChangeSetting, ChangeSettings, FoundShop
from tests.factories import Fill, make_order, make_sku

REASON = "盘点"
SILENT = (upkeep.SumDays,)
"""Commands that write derived tables alone and say so."""


@dataclass(frozen=True)
class Prepared:
    """A shop with an order to send whose goods are there, one whose goods are not matched, and one that was sent."""

    desk: Desk
    folder: Path
    waiting: int
    sent: int
    sku: int


@pytest.fixture
def prepared(desk: Desk, tmp_path: Path) -> Prepared:
    sku = make_sku(desk, "CUP-1")
    line = {"title": "马克杯", "code": "CUP-1", "price": 1500}
    waiting = make_order(desk, number="1001", lines=[line | {"quantity": 2, "shortage": 2}])
    make_order(desk, number="1002", lines=[{"title": "茶盘", "code": "XP-9"}])
    parcel = {"tracking_number": "SF1234567890123", "carrier": "SF"}
    sent = make_order(desk, number="1003", status="shipped", shipped_at=desk.clock.now(), lines=[line | {"shipped": 1}], parcels=[parcel])
    desk.perform(stock.ReceiveGoods("CUP-1", 5, 600))
    return Prepared(desk, tmp_path, waiting, sent, sku)


def _case(at: Prepared) -> aftersales.MoveCase:
    command = aftersales.RefundOrder(at.sent, "refund_only", amount=100, waiting=True)
    return aftersales.MoveCase(at.desk.perform(command, reason=REASON).value.case_id, "refunded")


def _import(at: Prepared) -> imports.ImportFile:
    orders, _goods = write_sample_export(at.folder, at.desk.clock.now())
    return imports.ImportFile(at.desk.read(PlanImport(parse_file(orders, zone=at.desk.shop.zone))))


def _map() -> import_maps.SaveImportMap:
    return import_maps.SaveImportMap("老系统", ("单号", "金额"), {"number": "单号", "paid": "金额"})


def _unmatched(at: Prepared) -> int:
    return int(rows(at.desk, "listing", "code = 'XP-9'")[0]["id"])


def _finding(at: Prepared, worklist: str = "addresses") -> mending.Finding:
    return mending.Finding(worklist, str(at.waiting), "street_short", "0123456789abcdef", at.waiting)


def _empty(at: Prepared) -> None:
    """The shop as if nothing had been done in it, for the commands that begin one; beneath the gate, which is a test's right."""
    with sqlite3.connect(at.desk.shop.folder / FILE_NAME) as raw:
        for name in TRIGGERS:
            raw.execute(f"DROP TRIGGER {name}")
        for table in Base.metadata.tables:
            raw.execute(f"DELETE FROM {table}")
        raw.execute("INSERT INTO order_text(order_text) VALUES ('delete-all')")
    raw.close()


def _found(at: Prepared) -> FoundShop:
    _empty(at)
    return FoundShop("山月茶铺", "CNY", "Asia/Shanghai")


def _fill(at: Prepared) -> demo.FillDemo:
    _empty(at)
    return demo.FillDemo(orders=20)


def _fill_block(at: Prepared) -> demo.FillDemoBlock:
    _empty(at)
    return demo.FillDemoBlock(demo.DemoPlan(20, 1, at.desk.clock.now(), at.desk.shop.zone))


def _group(at: Prepared) -> int:
    return at.desk.perform(groups.AddGroup("加急", "备注:加急")).value


def _moved(at: Prepared) -> groups.MoveGroup:
    folder = at.desk.perform(groups.AddFolder("大客户")).value
    return groups.MoveGroup(_group(at), folder, 0)


def _removed(at: Prepared) -> groups.RemoveGroup:
    at.desk.perform(_moved(at))
    _group(at)
    return groups.RemoveGroup(1)


def _tagged(at: Prepared) -> None:
    at.desk.perform(edits.EditOrders((at.waiting, at.sent), {"tags": "加急，礼品"}))
    at.desk.perform(tags.ColourTag("加急", 1))


def _renamed_tag(at: Prepared) -> tags.RenameTag:
    _tagged(at)
    return tags.RenameTag("加急", "急件")


def _removed_tag(at: Prepared) -> tags.RemoveTag:
    _tagged(at)
    return tags.RemoveTag("加急")


def _tier(at: Prepared) -> customers.SetTier:
    orders, _goods = write_sample_export(at.folder, at.desk.clock.now())
    at.desk.perform(imports.ImportFile(at.desk.read(PlanImport(parse_file(orders, zone=at.desk.shop.zone)))))
    return customers.SetTier(int(rows(at.desk, "orders", "customer_id IS NOT NULL")[0]["id"]), "loyal")


def _draft(at: Prepared) -> OrderDraft:
    lines = (DraftLine(at.sku, "", 1, 1500), DraftLine(None, "贺卡", 2, 300))
    return OrderDraft("青柠", "张三", "16812345678", "浙江省", "杭州市", "西湖区", "文一路1号", lines=lines, discount=100)


def _unpaid(at: Prepared) -> int:
    return at.desk.perform(manual_orders.CreateOrder(_draft(at))).value.order_id


def _edited(at: Prepared) -> manual_orders.EditManualOrder:
    order = _unpaid(at)
    return manual_orders.EditManualOrder(order, dataclasses.replace(_draft(at), lines=_draft(at).lines[:1], discount=0, freight=500))


def _conflict(at: Prepared) -> import_conflicts.DecideConflicts:
    batch = {"file_name": "a.csv", "file_hash": "a", "file_time": 1, "format": "taobao.orders.g4", "encoding": "utf-8", "at": 1, "rows": 1}
    (batch_id,) = at.desk.perform(Fill(ImportBatch, [batch | {"headings": "[]", "report": "{}"}])).value
    values = {"order_id": at.waiting, "field": "seller_memo", "ours": "", "theirs": "送贺卡", "batch_id": batch_id, "row": 2}
    at.desk.perform(Fill(ImportConflict, [values | {"file_time": 1, "found_at": 1}]))
    return import_conflicts.DecideConflicts((1,), "theirs")


def _cheaper(at: Prepared) -> Amendment:
    (line,) = rows(at.desk, "order_line", f"order_id = {at.waiting}")
    return Amendment((LineChange(line["id"], price=1200), LineChange(None, 1, 300, at.sku)), freight=600)


def _asked(at: Prepared) -> int:
    """A clerk's change that waits; nobody has a PIN."""
    at.desk.perform(
        Fill(Person, [{"name": "小王", "role": "clerk", "active": True, "pin": "", "recovery": "", "wrong_pins": 0, "wrong_at": None}])
    )
    owner, at.desk.viewer = at.desk.viewer, Viewer("小王", "clerk", ROLES["clerk"])
    asked = at.desk.perform(approvals.ProposeChange(at.waiting, _cheaper(at)), reason=REASON).value
    at.desk.viewer = owner
    assert not asked.applied
    return int(asked.approval_id)


def _told(at: Prepared) -> approvals.MarkTold:
    asked = _asked(at)
    at.desk.perform(approvals.DecideApproval(asked, approve=False))
    return approvals.MarkTold((asked,))


def _owner(at: Prepared) -> tuple[str, str]:
    """The first person, and the recovery code."""
    made = at.desk.perform(people.AddPerson("owner", "owner", "2580")).value
    return "owner", made.recovery


def _person(at: Prepared) -> people.ChangePerson:
    _owner(at)
    at.desk.perform(people.AddPerson("小王", "packer", "1470"))
    return people.ChangePerson("小王", role="clerk")


def _recovered(at: Prepared) -> people.RecoverPin:
    name, code = _owner(at)
    return people.RecoverPin(name, code, "1470")


def _reopened(at: Prepared) -> import_conflicts.ReopenConflicts:
    at.desk.perform(_conflict(at))
    return import_conflicts.ReopenConflicts((1,))


def _undo(at: Prepared) -> undo_import.UndoImport:
    at.desk.perform(_import(at))
    return undo_import.UndoImport(1)


def _taken_back(at: Prepared) -> undo_deed.UndoDeed:
    deed = at.desk.perform(
        edits.EditOrders((at.waiting,), {"seller_memo": "送贺卡", "flag": 1, "address": "新街 2 号"}), reason=REASON, actor="tester"
    ).deed
    assert deed is not None
    return undo_deed.UndoDeed(deed.first, deed.last)


EXAMPLES: Mapping[type, Callable[[Prepared], Any]] = {
    aftersales.MoveCase: _case,
    approvals.DecideApproval: lambda at: approvals.DecideApproval(_asked(at), approve=True),
    approvals.MarkTold: _told,
    approvals.ProposeChange: lambda at: approvals.ProposeChange(at.waiting, _cheaper(at)),
    approvals.WithdrawApproval: lambda at: approvals.WithdrawApproval(_asked(at)),
    aftersales.RefundOrder: lambda at: aftersales.RefundOrder(at.waiting, "refund_only", amount=100, fault="carrier"),
    checking.CheckOrders: lambda at: checking.CheckOrders((at.waiting,)),
    customers.SetTier: _tier,
    demo.FillDemo: _fill,
    demo.FillDemoBlock: _fill_block,
    edits.EditOrders: lambda at: edits.EditOrders((at.waiting,), {"seller_memo": "送贺卡", "flag": 1, "address": "解放南路 18 号"}),
    groups.AddFolder: lambda _at: groups.AddFolder("大客户"),
    groups.AddGroup: lambda _at: groups.AddGroup("加急", "备注:加急", "-付款", 1),
    groups.ChangeGroup: lambda at: groups.ChangeGroup(_group(at), name="急件", colour=1),
    groups.MoveGroup: _moved,
    groups.RemoveGroup: _removed,
    import_conflicts.DecideConflicts: _conflict,
    import_conflicts.ReopenConflicts: _reopened,
    import_words.TeachStatus: lambda _at: import_words.TeachStatus("拼团中", "awaiting_payment"),
    import_maps.RenameImportMap: lambda at: import_maps.RenameImportMap(at.desk.perform(_map()).value, "门店"),
    import_maps.RemoveImportMap: lambda at: import_maps.RemoveImportMap(at.desk.perform(_map()).value),
    import_maps.SaveImportMap: lambda _at: _map(),
    imports.ImportFile: _import,
    manual_orders.CloseOrder: lambda at: manual_orders.CloseOrder((_unpaid(at),), "other", "重复了"),
    manual_orders.CreateOrder: lambda at: manual_orders.CreateOrder(_draft(at), manual_orders.Payment(2000), handed_over=True),
    manual_orders.EditManualOrder: _edited,
    manual_orders.RecordPayment: lambda at: manual_orders.RecordPayment(_unpaid(at), manual_orders.Payment(2000, "cash")),
    mending.AcceptFindings: lambda at: mending.AcceptFindings((_finding(at), _finding(at, "duplicates"))),
    mending.MakeSku: lambda at: mending.MakeSku((_unmatched(at),), "ZP-40", "竹制茶盘 40cm", price=12800),
    mending.MatchEach: lambda at: mending.MatchEach(((_unmatched(at), at.sku),)),
    mending.MendAddresses: lambda at: mending.MendAddresses(
        (mending.AddressFix(at.waiting, int(rows(at.desk, "orders", "id = 1")[0]["version"]), {"district": "上城区"}),)
    ),
    mending.ReopenFindings: lambda at: mending.ReopenFindings(at.desk.perform(mending.AcceptFindings((_finding(at),))).value),
    parcels.ShipOrders: lambda at: parcels.ShipOrders((parcels.Shipment(at.waiting, "ZTO", "78901234567890"),)),
    people.AddPerson: lambda _at: people.AddPerson("店主", "owner", "2580"),
    people.ChangePerson: _person,
    people.ChangeRole: lambda _at: people.ChangeRole("packer", ("print",)),
    people.RecoverPin: _recovered,
    people.SetPin: lambda at: people.SetPin(_owner(at)[0], "1470", "2580"),
    people.SignIn: lambda at: people.SignIn(_owner(at)[0], "9999"),
    prints.MarkPrinted: lambda at: prints.MarkPrinted((at.waiting, at.sent), "slip"),
    seals.SealDay: lambda _at: seals.SealDay(),
    stock.AdjustStock: lambda at: stock.AdjustStock(at.sku, 4),
    stock.MatchCode: lambda _at: stock.MatchCode("XP-9", "CUP-1"),
    stock.MatchGoods: lambda at: stock.MatchGoods((_unmatched(at),), at.sku),
    stock.ReceiveGoods: lambda _at: stock.ReceiveGoods("NEW-1", 3, 250, title="新茶"),
    tags.ColourTag: lambda _at: tags.ColourTag("加急", 1),
    tags.RemoveTag: _removed_tag,
    tags.RenameTag: _renamed_tag,
    undo_deed.UndoDeed: _taken_back,
    undo_import.UndoImport: _undo,
    upkeep.RebuildDerived: lambda _at: upkeep.RebuildDerived(),
    upkeep.SumDays: lambda _at: upkeep.SumDays(),
    ChangeSetting: lambda _at: ChangeSetting("thank_you", "谢谢惠顾"),
    ChangeSettings: lambda _at: ChangeSettings((("name", "新店名"), ("promise_hours", 24))),
    FoundShop: _found,
}
"""One example of each command that changes something in the prepared shop. A new command needs a line here."""


def commands() -> Iterator[type]:
    names = [found.name for found in pkgutil.walk_packages(services.commands.__path__, "services.commands.")]
    for module in (*map(importlib.import_module, names), services.settings):
        for one in vars(module).values():
            if inspect.isclass(one) and one.__module__ == module.__name__ and callable(getattr(one, "apply", None)):
                yield one


def rows(desk: Desk, table: str, where: str = "1") -> list[dict[str, Any]]:
    raw = sqlite3.connect(desk.shop.folder / FILE_NAME)
    raw.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in raw.execute(f"SELECT * FROM {table} WHERE {where}")]
    finally:
        raw.close()


def contents(desk: Desk) -> dict[str, dict[Any, dict[str, Any]]]:
    """{table: {key: row}} of every mapped table."""
    found = {}
    for name, table in Base.metadata.tables.items():
        keys = [column.name for column in table.primary_key.columns]
        found[name] = {tuple(row[key] for key in keys): row for row in rows(desk, name)}
    return found


def untold(before: dict[str, Any], after: dict[str, Any], entries: list[dict[str, Any]]) -> list[str]:
    """What changed between two dumps and no entry tells: `table id field`."""
    covered: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry["entity"] == "command":
            covered |= json.loads(entry["new"])
    told = {(entry["entity"], entry["entity_id"], entry["field"]): (entry["old"], entry["new"]) for entry in entries}
    missing = []
    for name, policy in AUDIT_BY_TABLE.items():
        if policy is Audit.DERIVED:
            continue
        facts = covered.get(name, {})
        key = primary_key(Base.metadata.tables[name])
        changed = 0
        for place in before[name].keys() | after[name].keys():
            old, new = before[name].get(place), after[name].get(place)
            row_id = place[0]
            if old == new:
                continue
            if old is None:
                spanned = any(first <= row_id <= last for first, last in facts.get("ids", ()))
                one_by_one = policy is Audit.FIELDS and told.get((name, row_id, None), ("", None))[1]
                missing += [] if spanned or one_by_one else [f"{name} {row_id} is new"]
            elif new is None:
                spanned = any(first <= row_id <= last for first, last in facts.get("removed_ids", ()))
                missing += [] if spanned or (name, row_id, None) in told else [f"{name} {row_id} is gone"]
            elif policy is Audit.FIELDS:
                columns = Base.metadata.tables[name].columns
                fields = [field for field in old if old[field] != new[field] and columns[field].info.get("audit", True) and field != key]
                missing += [
                    f"{name} {row_id} {field}"
                    for field in fields
                    if told.get((name, row_id, field)) != (value_text(old[field]), value_text(new[field]))
                ]
            elif policy is Audit.LEDGER:
                missing.append(f"{name} {row_id} was changed")
            else:
                changed += 1
        if changed > facts.get("changed", 0):
            missing.append(f"{name}: {changed} rows changed, {facts.get('changed', 0)} told")
    return missing


def test_every_command_has_an_example() -> None:
    assert set(commands()) == set(EXAMPLES)


def test_every_command_is_in_the_table_of_permissions() -> None:
    assert {action_name(object.__new__(kind)) for kind in commands()} == set(NEEDS)
    assert set(NEEDS.values()) <= {*PERMISSIONS, OF_ALL}


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_a_command_is_a_frozen_dataclass(kind: type) -> None:
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_what_a_command_changes_is_on_record(prepared: Prepared, kind: type) -> None:
    command: Any = EXAMPLES[kind](prepared)
    assert type(command).__name__ == kind.__name__
    desk = prepared.desk
    before = contents(desk)
    desk.perform(command, reason=REASON, actor="tester")
    after = contents(desk)
    assert before != after, "the example changes nothing"
    entries = [row for place, row in after["audit_entry"].items() if place not in before["audit_entry"]]
    assert untold(before, after, entries) == []
    assert {(row["action"], row["actor"], row["reason"]) for row in entries} == (
        set() if kind in SILENT else {(action_name(command), "tester", REASON)}
    )


@dataclass(frozen=True)
class Sly:
    """Writes past the entries, as only a mistake inside the unit of work itself could."""

    statement: str

    def apply(self, uow: UnitOfWork) -> None:
        uow._write(self.statement, [()])


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE orders SET seller_memo = '改' WHERE id = 1", ["orders 1 seller_memo"]),
        ("INSERT INTO setting VALUES (99, 'x', '1')", ["setting 99 is new"]),
        ("DELETE FROM order_line WHERE id = 2", ["order_line 2 is gone"]),
        ("UPDATE reservation SET opened_at = opened_at + 1", ["reservation: 1 rows changed, 0 told"]),
        (
            "INSERT INTO stock_movement(id, sku_id, kind, quantity, value, at, note) VALUES (99, 1, 'receipt', 1, 0, 1, '')",
            ["stock_movement 99 is new"],
        ),
    ],
)
def test_a_change_without_an_entry_is_noticed(prepared: Prepared, statement: str, found: list[str]) -> None:
    before = contents(prepared.desk)
    prepared.desk.perform(Sly(statement))
    assert untold(before, contents(prepared.desk), []) == found


# ---- the tables


def test_every_table_says_how_it_is_put_on_record() -> None:
    assert AUDIT_BY_TABLE.keys() == Base.metadata.tables.keys()
    assert {AUDIT_BY_TABLE["orders"], AUDIT_BY_TABLE["money_entry"]} == {Audit.FIELDS, Audit.LEDGER}


@pytest.mark.parametrize("table", [*sorted(name for name, policy in AUDIT_BY_TABLE.items() if policy is Audit.LEDGER), "audit_entry"])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_ledger_is_append_only(prepared: Prepared, table: str, verb: str) -> None:
    prepared.desk.perform(prints.MarkPrinted((prepared.waiting,), "slip"))
    prepared.desk.perform(_import(prepared))
    record = {"batch_id": 1, "row": 2, "account": "alipay", "flow": "1", "kind": "sale", "amount": 1, "at": 1}
    prepared.desk.perform(Fill(MoneyRecord, [record]))
    prepared.desk.perform(seals.SealDay())
    assert rows(prepared.desk, table)
    key = primary_key(Base.metadata.tables[table])
    statement = f"DELETE FROM {table}" if verb == "delete" else f"UPDATE {table} SET {key} = {key} + 1000"
    raw = sqlite3.connect(prepared.desk.shop.folder / FILE_NAME)
    try:
        assert raw.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?", (f"{table}_no_{verb}",)).fetchone()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    finally:
        raw.close()


def test_caches_are_the_only_silent_columns() -> None:
    """A column of a FIELDS table that leaves no entry follows from others; what a person or a file says is never one."""
    told = {"number", "buyer_nick", "recipient", "phone", "address", "seller_memo", "flag", "tags", "status", "payable", "freight"}
    silent = {column.name for model in (Order, OrderLine) for column in model.__table__.columns if not column.info.get("audit", True)}
    assert not told & silent
