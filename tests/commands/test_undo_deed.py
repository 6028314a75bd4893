"""Own deeds taken back and done again: everything as it was, locks and checks too; what left the house stays, and the words say why."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from services.access import Viewer
from services.commands import undo_deed
from services.commands.checking import CheckOrders
from services.commands.customers import SetTier
from services.commands.edits import EditOrders
from services.commands.groups import AddFolder, AddGroup, ChangeGroup, MoveGroup, RemoveGroup
from services.commands.import_conflicts import DecideConflicts
from services.commands.import_maps import RemoveImportMap, RenameImportMap, SaveImportMap
from services.commands.manual_draft import DraftLine, OrderDraft
from services.commands.manual_orders import CreateOrder, EditManualOrder, Payment, RecordPayment
from services.commands.mending import AcceptFindings, AddressFix, Finding, MatchEach, MendAddresses, ReopenFindings
from services.commands.parcels import Shipment, ShipOrders
from services.commands.prints import MarkPrinted
from services.commands.stock import MatchCode, MatchGoods, ReceiveGoods
from services.commands.tags import ColourTag, RemoveTag, RenameTag
from services.commands.undo_deed import UndoDeed, Undone
from services.db.base import AUDIT_BY_TABLE, Audit, Base
from services.db.schema import ImportBatch, ImportConflict
from services.desk import Desk
from services.domain.permissions import NEEDS, ROLES
from services.errors import Conflict, DeskError, NotFound, Refused
from services.outcome import Outcome
from services.queries.audit_trail import AuditTrail
from services.queries.undo_offer import DeedAround, LastDeed, UndoOffer
from services.queries.verify import Verify
from services.settings import ChangeSetting, ChangeSettings
from services.undoable import INSTEAD, NO_DEED, UNDOABLE, refusal_of
from services.words import errors, say, trail
from services.words.undo import deed_words
from tests.factories import ZONE, Fill, make_order, make_orders, make_sku
from tests.frozen import FrozenClock

STAMPS = {"version", "accepted_at", "accepted_by", "decided_at", "opened_at", "closed_at"}
"""Columns that say when something was written, not what."""
OWN = {"audit_entry", "trail_head", "seal", "id_floor", "reservation"}
"""Tables of the trail itself, and reservations, which are ended and begun anew."""


def state(desk: Desk) -> dict[str, dict[Any, dict[str, Any]]]:
    """Every row of every table but the trail, derived data too."""
    raw = sqlite3.connect(desk.shop.folder / "shop.sqlite")
    raw.row_factory = sqlite3.Row
    found: dict[str, dict[Any, dict[str, Any]]] = {}
    for name, table in Base.metadata.tables.items():
        if name not in OWN:
            keys = [column.name for column in table.primary_key.columns]
            rows = [dict(row) for row in raw.execute(f"SELECT * FROM {name}")]
            found[name] = {tuple(row[key] for key in keys): {k: v for k, v in row.items() if k not in STAMPS} for row in rows}
    found["held"] = {
        row[0]: {"units": row[1]} for row in raw.execute("SELECT line_id, sum(quantity) FROM reservation WHERE state = 'open' GROUP BY 1")
    }
    raw.close()
    return found


def differing(found: dict[str, dict[Any, dict[str, Any]]], wanted: dict[str, dict[Any, dict[str, Any]]]) -> dict[str, Any]:
    """{table key column: (what is, what should be)}."""
    told: dict[str, Any] = {}
    for name in found.keys() | wanted.keys():
        for key in found[name].keys() | wanted[name].keys():
            one, other = found[name].get(key, {}), wanted[name].get(key, {})
            told |= {
                f"{name} {key} {column}": (one.get(column), other.get(column))
                for column in one.keys() | other.keys()
                if one.get(column) != other.get(column)
            }
    return told


def entries(desk: Desk) -> int:
    return desk.read(AuditTrail(limit=1))[0].seq


def undo(desk: Desk, outcome: Outcome[Any], **more: Any) -> Outcome[Undone]:
    assert outcome.deed is not None
    return desk.perform(UndoDeed(outcome.deed.first, outcome.deed.last), **more)


@dataclasses.dataclass
class Shop:
    desk: Desk
    clock: FrozenClock
    one: int
    two: int
    sku: int
    listing: int
    unpaid: int

    @property
    def draft(self) -> OrderDraft:
        lines = (DraftLine(self.sku, "", 1, 1500), DraftLine(None, "贺卡", 2, 300))
        return OrderDraft("青柠", "张三", "16812345678", "浙江省", "杭州市", "西湖区", "文一路1号", lines=lines, discount=100)


@pytest.fixture
def shop(desk: Desk, frozen_clock: FrozenClock) -> Shop:
    sku = make_sku(desk, "CUP-1")
    one = make_order(desk, number="1001", lines=[{"title": "马克杯", "code": "CUP-1", "price": 1500, "shortage": 1}])
    two = make_order(desk, number="1002", unmatched=1, quantity=2, lines=[{"title": "茶盘", "code": "XP-9", "quantity": 2}])
    desk.perform(ReceiveGoods("CUP-1", 5, 600))
    listing = _one(desk, "SELECT id FROM listing WHERE code = 'XP-9'")
    made = Shop(desk, frozen_clock, one, two, sku, listing, 0)
    made.unpaid = desk.perform(CreateOrder(made.draft)).value.order_id
    desk.perform(EditOrders((one,), {"tags": "加急,礼品"}))
    desk.perform(ColourTag("加急", 1))
    desk.perform(AddFolder("大客户"))
    desk.perform(AddGroup("加急", "备注:加急", "", 1, 1))
    desk.perform(AddGroup("红旗", "旗:红"))
    desk.perform(SaveImportMap("老系统", ("单号", "金额"), {"number": "单号", "paid": "金额"}))
    desk.perform(AcceptFindings((Finding("duplicates", "1", "same_person", "00", one),)))
    batch = {"file_name": "a.csv", "file_hash": "a", "file_time": 1, "format": "taobao.orders.g4", "encoding": "utf-8", "at": 1, "rows": 0}
    (batch_id,) = desk.perform(Fill(ImportBatch, [batch | {"headings": "[]", "report": "{}"}])).value
    clash = {
        "order_id": two,
        "field": "seller_memo",
        "ours": "",
        "theirs": "送贺卡",
        "batch_id": batch_id,
        "row": 2,
        "file_time": 1,
        "found_at": 1,
    }
    desk.perform(Fill(ImportConflict, [clash]))
    return made


def _one(desk: Desk, statement: str) -> Any:
    raw = sqlite3.connect(desk.shop.folder / "shop.sqlite")
    try:
        return raw.execute(statement).fetchone()[0]
    finally:
        raw.close()


def _checked(shop: Shop) -> EditOrders:
    """The edit takes a check away, which the undo must bring back with its name."""
    assert shop.desk.perform(CheckOrders((shop.one,))).value.changed == (shop.one,)
    shop.clock.advance(ms=1)
    return EditOrders((shop.one,), {"seller_memo": "先打电话"})


DEEDS: dict[str, Callable[[Shop], tuple[Any, str | None]]] = {
    "memo": lambda shop: (EditOrders((shop.one, shop.two), {"seller_memo": "送贺卡", "flag": 1}), None),
    "tags": lambda shop: (EditOrders((shop.one, shop.two), {"add_tags": "老客", "remove_tags": "礼品"}), None),
    "address": lambda shop: (EditOrders((shop.one,), {"phone": "", "tel": "0571-88880000", "address": ""}), "搬家"),
    "deadline": lambda shop: (EditOrders((shop.one,), {"ship_by": shop.clock.now() + 86_400_000}), "到货要晚些"),
    "masked": lambda shop: (EditOrders((shop.one,), {"recipient": "张*"}), "搬家"),
    "after a check": lambda shop: (_checked(shop), None),
    "check": lambda shop: (CheckOrders((shop.one,)), None),
    "mended": lambda shop: (MendAddresses((AddressFix(shop.one, 0, {"city": "宁波市"}), AddressFix(shop.two, 0, {"city": "温州市"}))), "更正"),
    "tier": lambda shop: (SetTier(shop.unpaid, "loyal"), None),
    "setting": lambda _shop: (ChangeSetting("thank_you", "谢谢惠顾"), None),
    "settings": lambda _shop: (ChangeSettings((("name", "新店名"), ("promise_hours", 24))), None),
    "tag colour": lambda _shop: (ColourTag("加急", 3), None),
    "new tag colour": lambda _shop: (ColourTag("礼品", 3), None),
    "tag renamed": lambda _shop: (RenameTag("加急", "急件"), None),
    "tag merged": lambda _shop: (RenameTag("加急", "礼品"), None),
    "tag removed": lambda _shop: (RemoveTag("加急"), None),
    "group": lambda _shop: (AddGroup("蓝旗", "旗:蓝"), None),
    "folder": lambda _shop: (AddFolder("新"), None),
    "group changed": lambda _shop: (ChangeGroup(2, name="急件", colour=3), None),
    "group moved": lambda _shop: (MoveGroup(2, None, 0), None),
    "folder removed": lambda _shop: (RemoveGroup(1), None),
    "map renamed": lambda _shop: (RenameImportMap(1, "门店"), None),
    "map removed": lambda _shop: (RemoveImportMap(1), None),
    "map saved": lambda _shop: (SaveImportMap("新", ("编号", "实付"), {"number": "编号", "paid": "实付"}), None),
    "accepted": lambda shop: (AcceptFindings((Finding("addresses", "7", "street_short", "01", shop.two),)), None),
    "accepted anew": lambda shop: (AcceptFindings((Finding("duplicates", "1", "same_person", "99", shop.one),)), None),
    "reopened": lambda _shop: (ReopenFindings((1,)), None),
    "theirs": lambda _shop: (DecideConflicts((1,), "theirs"), None),
    "ours": lambda _shop: (DecideConflicts((1,), "ours"), None),
    "settled by hand": lambda shop: (EditOrders((shop.two,), {"seller_memo": "送贺卡"}), None),
    "matched": lambda shop: (MatchGoods((shop.listing,), shop.sku), None),
    "matched by code": lambda _shop: (MatchCode("XP-9", "CUP-1"), None),
    "matched each": lambda shop: (MatchEach(((shop.listing, shop.sku),)), None),
    "draft": lambda shop: (EditManualOrder(shop.unpaid, dataclasses.replace(shop.draft, lines=shop.draft.lines[:1], discount=0, freight=500)), None),
    "draft grown": lambda shop: (
        EditManualOrder(shop.unpaid, dataclasses.replace(shop.draft, buyer_nick="别人", phone="0571-88880000", lines=(*shop.draft.lines, DraftLine(None, "丝带", 1, 50)))),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEDS)
def test_undo_puts_everything_back_and_redo_does_it_again(shop: Shop, name: str) -> None:
    desk = shop.desk
    command, reason = DEEDS[name](shop)
    before, count = state(desk), entries(desk)
    shop.clock.advance(ms=1_000)
    done = desk.perform(command, reason=reason)
    after = state(desk)
    assert after != before
    for round_ in range(2):
        shop.clock.advance(ms=1_000)
        undone = undo(desk, done)
        assert undone.value.again is False
        assert differing(state(desk), before) == {}, round_
        shop.clock.advance(ms=1_000)
        done = undo(desk, undone)
        assert done.value.again is True
        assert differing(state(desk), after) == {}, round_
        assert entries(desk) > count
        count = entries(desk)
    assert desk.read(Verify()).wrong == ()


def test_every_command_is_undoable_or_says_what_to_do_instead() -> None:
    assert (UNDOABLE | INSTEAD.keys() | NO_DEED) == NEEDS.keys()
    assert len(UNDOABLE) + len(INSTEAD) + len(NO_DEED) == len(NEEDS)
    assert all(code in errors() for code in INSTEAD.values())
    assert [refusal_of("undo_deed"), refusal_of("conjure")] == ["", "undo_unknown"]


def test_a_lock_that_was_there_before_stays(shop: Shop) -> None:
    desk = shop.desk
    desk.perform(EditOrders((shop.one,), {"flag": 1}))
    done = desk.perform(EditOrders((shop.one, shop.two), {"flag": 2, "seller_memo": "急"}))
    undo(desk, done)
    assert _one(desk, f"SELECT locked FROM orders WHERE id = {shop.one}") == "flag,tags"
    assert _one(desk, f"SELECT locked FROM orders WHERE id = {shop.two}") == ""


def test_it_leaves_a_deed_of_its_own_that_reads_well(shop: Shop) -> None:
    desk = shop.desk
    done = desk.perform(EditOrders((shop.one, shop.two), {"seller_memo": "送贺卡", "flag": 1}))
    assert done.deed is not None
    shop.clock.advance(ms=1_000)
    offer = desk.read(UndoOffer(done.deed.first, done.deed.last, "owner"))
    assert (offer.refusal, deed_words(offer, "zh"), deed_words(offer, "en")) == (
        "",
        "改卖家备注、旗帜（2 单）",
        "edit of Seller memo, Flag (2 orders)",
    )
    undone = undo(desk, done)
    assert undone.deed is not None
    assert (undone.deed.action, undone.deed.actor) == ("undo_deed", "owner")
    rows = desk.read(AuditTrail(limit=10))
    mine = [row for row in rows if row.action == "undo_deed"]
    assert [(row.field, row.old, row.new, row.reason) for row in mine if row.order_id == shop.one] == [
        ("flag", "1", "0", f"#{done.deed.first}"),
        ("seller_memo", "送贺卡", "", f"#{done.deed.first}"),
    ]
    (told,) = [row for row in mine if row.entity == "deed"]
    assert trail.sentence(told, "zh") == "撤销"
    assert trail.details(told, "zh", ZONE) == f"改卖家备注、旗帜（2 单），#{done.deed.first}"
    assert trail.details(told, "en", ZONE) == f"edit of Seller memo, Flag (2 orders), #{done.deed.first}"


def test_what_somebody_changed_since_is_told_and_kept(shop: Shop) -> None:
    desk = shop.desk
    done = desk.perform(EditOrders((shop.one, shop.two), {"seller_memo": "送贺卡"}))
    shop.clock.advance(ms=60_000)
    desk.perform(EditOrders((shop.two,), {"seller_memo": "不送"}), actor="小王")
    with pytest.raises(Conflict, match="undo_changed") as refused:
        undo(desk, done)
    words = say(refused.value.code, "zh", **refused.value.facts)
    assert "卖家备注“送贺卡”→“不送”（小王，修改订单，11-22 14:01）" in words
    assert _one(desk, f"SELECT seller_memo FROM orders WHERE id = {shop.one}") == "送贺卡"
    assert desk.read(UndoOffer(done.deed.first, done.deed.last, "owner")).refusal == "undo_changed"  # type: ignore[union-attr]


def test_what_was_printed_or_left_since_stays(shop: Shop) -> None:
    desk = shop.desk
    desk.perform(MarkPrinted((shop.one,), "slip"))
    memo = desk.perform(EditOrders((shop.one, shop.two), {"seller_memo": "送贺卡"}))
    undo(desk, memo)  # printed before: the sheet was stale already
    memo = desk.perform(EditOrders((shop.one, shop.two), {"seller_memo": "送贺卡"}))
    flag = desk.perform(EditOrders((shop.one, shop.two), {"flag": 3}))
    desk.perform(MarkPrinted((shop.two,), "slip"))
    with pytest.raises(Refused, match="undo_printed") as refused:
        undo(desk, memo)
    assert "1002" in say(refused.value.code, "zh", **refused.value.facts)
    undo(desk, flag)  # no sheet shows a flag
    flag = desk.perform(EditOrders((shop.one,), {"flag": 3}))
    result = desk.perform(ShipOrders((Shipment(shop.one, "SF", "SF1234567890123"),), ("stock_short",)), reason="先发")
    assert not result.value.refused
    with pytest.raises(Refused, match="undo_left") as refused:
        undo(desk, flag)
    assert "售后" in say(refused.value.code, "zh", **refused.value.facts)
    with pytest.raises(Refused, match="undo_shipping"):
        undo(desk, result)


def test_a_ledger_is_not_taken_back(shop: Shop) -> None:
    desk = shop.desk
    with pytest.raises(Refused, match="undo_stock"):
        undo(desk, desk.perform(ReceiveGoods("CUP-1", 5, 600)))
    edited = desk.perform(EditManualOrder(shop.unpaid, dataclasses.replace(shop.draft, discount=0)))
    desk.perform(RecordPayment(shop.unpaid, Payment(100)))
    with pytest.raises(DeskError):
        undo(desk, edited)


def test_only_ones_own_and_only_what_one_still_may(shop: Shop) -> None:
    desk = shop.desk
    done = desk.perform(EditOrders((shop.one,), {"flag": 1}), actor="小王")
    with pytest.raises(Refused, match="undo_not_yours"):
        undo(desk, done)
    mine = desk.perform(ChangeSetting("promise_hours", 24))
    owner, desk.viewer = desk.viewer, Viewer("owner", "clerk", ROLES["clerk"])
    with pytest.raises(Refused, match="not_permitted"):
        undo(desk, mine)
    desk.viewer = owner
    with pytest.raises(NotFound, match="deed_not_found"):
        desk.perform(UndoDeed(10_000, 10_002))
    with pytest.raises(NotFound, match="deed_not_found"):
        desk.perform(UndoDeed(1, entries(desk)))


def test_a_deed_is_found_by_any_of_its_entries(shop: Shop) -> None:
    desk = shop.desk
    shop.clock.advance(ms=1_000)
    done = desk.perform(EditOrders((shop.one, shop.two), {"seller_memo": "送贺卡", "flag": 1})).deed
    assert done is not None
    shop.clock.advance(ms=1_000)
    desk.perform(ChangeSetting("promise_hours", 24))
    assert desk.read(DeedAround(done.first + 1)) == desk.read(DeedAround(done.last)) == (done.first, done.last)
    assert desk.read(LastDeed("owner")) == entries(desk)
    assert desk.read(LastDeed("小王")) == 0


def test_thousands_of_orders_go_back_in_one_piece(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_deed, "STEP", 400)
    ids = make_orders(desk, [{"number": str(number)} for number in range(1_000, 2_500)])
    before = state(desk)
    done = desk.perform(EditOrders(ids, {"flag": 2, "add_tags": "双十一"}))
    undone = undo(desk, done)
    assert undone.value == Undone("edit_orders", ("flag", "tags"), 1_500, again=False)
    assert state(desk) == before
    undo(desk, undone)
    assert _one(desk, "SELECT count(*) FROM orders WHERE flag = 2 AND tags = '双十一' AND locked = 'flag,tags'") == 1_500


def test_tables_that_are_on_record_are_compared() -> None:
    assert {name for name, policy in AUDIT_BY_TABLE.items() if policy is Audit.FIELDS} - OWN <= set(Base.metadata.tables)
