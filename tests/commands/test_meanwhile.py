"""Two people at one shop: an edit of what changed since it was looked at is refused with what changed, by whom; everything else goes through."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.commands.aftersales import MoveCase, RefundOrder
from services.commands.approvals import ProposeChange
from services.commands.edits import EditOrders
from services.commands.groups import AddGroup, ChangeGroup
from services.commands.imports import ImportFile
from services.commands.manual_draft import DraftLine, OrderDraft
from services.commands.manual_orders import CreateOrder, EditManualOrder
from services.commands.prints import MarkPrinted
from services.commands.stock import AdjustStock, ReceiveGoods
from services.commands.tags import RenameTag
from services.db.uow import UnitOfWork
from services.demo.sample_export import write_sample_export
from services.desk import Desk
from services.domain.amendments import Amendment, LineChange
from services.errors import Conflict
from services.imports.parse import parse_file
from services.imports.plan import PlanImport
from services.meanwhile import Changed, told
from services.queries.order_card import OrderCard, OrderCardRow
from services.queries.order_rows import OrderIds, OrderRows
from services.queries.stock_rows import StockRows
from services.settings import ChangeSetting, ChangeSettings, ShopSettings
from services.words import say
from tests.factories import make_order, make_sku
from tests.frozen import FrozenClock


@pytest.fixture
def other(desk: Desk, frozen_clock: FrozenClock) -> Iterator[Desk]:
    """A second window or command line on the same file."""
    with Desk.open(desk.shop.folder, clock=frozen_clock, actor="小王") as opened:
        yield opened


def card(desk: Desk, order_id: int) -> OrderCardRow:
    return desk.read(OrderCard(order_id))


def words(refused: pytest.ExceptionInfo[Conflict], lang: str = "zh") -> str:
    return say(refused.value.code, lang, **refused.value.facts)


def test_the_refusal_says_what_changed_by_whom_and_when(desk: Desk, other: Desk, frozen_clock: FrozenClock) -> None:
    order_id = make_order(desk, number="1001", seller_memo="轻放")
    seen = card(desk, order_id).version
    frozen_clock.advance(minutes=3)
    other.perform(EditOrders((order_id,), {"seller_memo": "送贺卡", "flag": 1}))
    other.perform(EditOrders((order_id,), {"seller_memo": "送茶样"}))
    with pytest.raises(Conflict, match="order_changed") as refused:
        desk.perform(EditOrders((order_id,), {"seller_memo": "不送"}, {order_id: seen}))
    assert words(refused) == "订单 1001 刚刚被改过：卖家备注“轻放”→“送茶样”（小王，修改订单，11-22 14:03）。请看过新内容再改。"
    assert "Seller memo “轻放” → “送茶样” (小王, Edited, 11-22 14:03)" in words(refused, "en")
    assert card(desk, order_id).seller_memo == "送茶样"
    desk.perform(EditOrders((order_id,), {"seller_memo": "不送"}, {order_id: card(desk, order_id).version}))


def test_other_fields_prints_and_counts_refuse_nothing(desk: Desk, other: Desk) -> None:
    order_id = make_order(desk, number="1001", lines=[{"title": "茶", "code": "A", "shortage": 1}])
    seen = card(desk, order_id).version
    other.perform(MarkPrinted((order_id,), "slip"))
    other.perform(EditOrders((order_id,), {"flag": 3, "city": "宁波市"}), reason="搬家")
    other.perform(ReceiveGoods("A", 5, 1, title="茶"))
    desk.perform(EditOrders((order_id,), {"seller_memo": "送贺卡"}, {order_id: seen}))
    other.perform(EditOrders((order_id,), {"tags": "急"}))
    other.perform(EditOrders((order_id,), {"tags": ""}))
    desk.perform(EditOrders((order_id,), {"tags": "老客"}, {order_id: seen}))  # changed and changed back
    found = card(desk, order_id)
    assert (found.seller_memo, found.flag, found.city, found.tags) == ("送贺卡", 3, "宁波市", ("老客",))


def test_an_address_counts_as_one_field(desk: Desk, other: Desk) -> None:
    order_id = make_order(desk, number="1001")
    seen = card(desk, order_id).version
    other.perform(EditOrders((order_id,), {"city": "宁波市"}), reason="搬家")
    with pytest.raises(Conflict, match="order_changed"):
        desk.perform(EditOrders((order_id,), {"district": "海曙区"}, {order_id: seen}), reason="搬家")


def test_tags_given_and_taken_meet_in_peace(desk: Desk, other: Desk) -> None:
    order_id = make_order(desk, number="1001", tags="急")
    seen = card(desk, order_id).version
    other.perform(EditOrders((order_id,), {"add_tags": "老客"}))
    desk.perform(EditOrders((order_id,), {"add_tags": "礼品", "remove_tags": "急"}, {order_id: seen}))
    assert card(desk, order_id).tags == ("老客", "礼品")
    other.perform(RenameTag("礼品", "礼盒"))
    with pytest.raises(Conflict, match="order_changed"):
        desk.perform(EditOrders((order_id,), {"tags": ""}, {order_id: seen}))


def test_a_file_that_came_meanwhile_counts_like_a_person(desk: Desk, other: Desk, frozen_clock: FrozenClock, tmp_path: Path) -> None:
    orders, _goods = write_sample_export(tmp_path, desk.clock.now())
    text = orders.read_bytes().decode("gb18030")
    desk.perform(ImportFile(desk.read(PlanImport(parse_file(orders, zone=desk.shop.zone)))))
    row = next(one for one in desk.read(OrderRows(tuple(desk.read(OrderIds(""))))) if one.seller_memo)
    frozen_clock.advance(days=1)
    later = tmp_path / "ExportOrderList202611231400.csv"
    lines = [line.replace(row.seller_memo, "改成下周发") if row.number in line else line for line in text.splitlines(keepends=True)]
    later.write_bytes("".join(lines).encode("gb18030"))
    other.perform(ImportFile(other.read(PlanImport(parse_file(later, zone=desk.shop.zone)))))
    assert card(desk, row.id).seller_memo == "改成下周发"
    with pytest.raises(Conflict, match="order_changed") as refused:
        desk.perform(EditOrders((row.id,), {"seller_memo": "急"}, {row.id: row.version}))
    assert f"卖家备注“{row.seller_memo}”→“改成下周发”（小王，导入，11-23 14:00）" in words(refused)
    desk.perform(EditOrders((row.id,), {"flag": 5}, {row.id: row.version}))  # not what the file changed


@pytest.fixture
def goods(desk: Desk) -> int:
    sku = make_sku(desk, "CUP-1")
    desk.perform(ReceiveGoods("CUP-1", 5, 600))
    return sku


def test_a_draft_is_refused_with_the_line_or_value_that_changed(desk: Desk, other: Desk, goods: int) -> None:
    draft = OrderDraft("青柠", "张三", "16812345678", "浙江省", "杭州市", "西湖区", "文一路1号", lines=(DraftLine(goods, "", 1, 1500),))
    order_id = desk.perform(CreateOrder(draft)).value.order_id
    seen = card(desk, order_id).version
    other.perform(EditManualOrder(order_id, dataclasses.replace(draft, lines=(DraftLine(goods, "", 3, 1500),))))
    with pytest.raises(Conflict, match="order_changed") as refused:
        desk.perform(EditManualOrder(order_id, dataclasses.replace(draft, recipient="李四"), seen))
    assert "数量“1”→“3”" in words(refused)
    assert card(desk, order_id).lines[0].quantity == 3


def test_a_proposal_is_made_on_the_goods_that_were_seen(desk: Desk, other: Desk, goods: int) -> None:
    line = {"title": "马克杯", "code": "CUP-1", "price": 1500, "shortage": 1}
    order_id = make_order(desk, number="1001", lines=[line], goods_amount=1500, discount=0, freight=0, payable=1500)
    before = card(desk, order_id)
    other.perform(EditOrders((order_id,), {"seller_memo": "急"}))
    other.perform(ProposeChange(order_id, Amendment((LineChange(before.lines[0].id, price=1400),)), before.version), reason="老客")
    with pytest.raises(Conflict, match="order_changed") as refused:
        desk.perform(ProposeChange(order_id, Amendment((LineChange(before.lines[0].id, price=1300),)), before.version), reason="老客")
    assert "单价“¥15.00”→“¥14.00”" in words(refused)


def test_stock_is_counted_against_the_books_that_were_seen(desk: Desk, other: Desk, goods: int) -> None:
    (row,) = desk.read(StockRows((goods,)))
    other.perform(ReceiveGoods("CUP-1", 2, 600))
    with pytest.raises(Conflict, match="stock_changed") as refused:
        desk.perform(AdjustStock(goods, 4, seen=row.on_hand), reason="盘点")
    assert words(refused) == "CUP-1 原来在库 5 件，现在是 7 件（最近一笔：收货 +2，11-22 14:00）。请看过再记。"
    desk.perform(AdjustStock(goods, 6, seen=7), reason="盘点")


def test_a_case_is_decided_as_it_was_seen(desk: Desk, other: Desk) -> None:
    order_id = make_order(
        desk, number="1001", status="shipped", shipped_at=desk.clock.now(), lines=[{"title": "茶", "code": "A", "shipped": 1}]
    )
    case = desk.perform(RefundOrder(order_id, "refund_only", amount=100, waiting=True), reason="破损").value.case_id
    seen = {"state": "requested", "amount": 100}
    other.perform(MoveCase(case, "refused"), reason="没有破损")
    with pytest.raises(Conflict, match="changed_meanwhile") as refused:
        desk.perform(MoveCase(case, "refunded", seen))
    assert "小王，处理售后" in words(refused)


def test_settings_and_groups_are_not_overwritten_unseen(desk: Desk, other: Desk) -> None:
    now = desk.read(ShopSettings())
    other.perform(ChangeSetting("promise_hours", 24))
    desk.perform(ChangeSettings((("thank_you", "谢谢"),), {"thank_you": now["thank_you"]}))
    with pytest.raises(Conflict, match="changed_meanwhile") as refused:
        desk.perform(ChangeSettings((("promise_hours", 72),), {"promise_hours": now["promise_hours"]}))
    assert words(refused) == "“承诺发货时间”刚刚被改过：值“48”→“24”（小王，改设置，11-22 14:00）。请看过新内容再改。"
    group = desk.perform(AddGroup("加急", "备注:加急")).value
    seen = {"name": "加急", "search": "memo:加急", "colour": 0}
    other.perform(ChangeGroup(group, name="急件"))
    desk.perform(ChangeGroup(group, name="加急", search="备注:加急", colour=3, seen=seen))  # the name is left as the other has it
    with pytest.raises(Conflict, match="changed_meanwhile"):
        desk.perform(ChangeGroup(group, name="特急", search="备注:加急", colour=0, seen=seen | {"colour": 3}))


def test_who_may_not_see_people_is_told_no_address(desk: Desk) -> None:
    changes = [Changed(1, 1, "小王", "edit_orders", "orders", 1, 1, name, "旧的", "新的") for name in ("phone", "seller_memo")]
    covered = desk.perform(Told(changes)).value
    assert "旧的" not in say("order_changed", "zh", number="1", meanwhile=covered).split("；")[0]
    assert "****" in covered
    assert "卖家备注“旧的”→“新的”" in say("order_changed", "zh", number="1", meanwhile=covered)


@dataclasses.dataclass(frozen=True)
class Told:
    changes: list[Changed]

    def apply(self, uow: UnitOfWork) -> str:
        return told(uow, self.changes, {"personal"})


FIELDS = {"seller_memo": st.sampled_from(["", "甲", "乙"]), "flag": st.integers(0, 2), "tags": st.sampled_from(["", "急", "老客"])}
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.one_of(st.just(None), *(st.tuples(st.just(name), values) for name, values in FIELDS.items()))),
    max_size=14,
)


@given(steps=STEPS)
@settings(max_examples=15)
def test_no_update_is_lost_however_people_take_turns(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, Any]]) -> None:
    """Three people look (None) and write in any order. A write goes through exactly if the field still is as that person saw it."""
    with Desk.open(tmp_path_factory.mktemp("turns") / "shop", clock=FrozenClock()) as desk:
        order_id = make_order(desk, number="1001")
        now: dict[str, Any] = {"seller_memo": "", "flag": 0, "tags": ""}
        looked = [dict(now)] * 3
        versions = [card(desk, order_id).version] * 3
        for person, step in steps:
            if step is None:
                looked[person], versions[person] = dict(now), card(desk, order_id).version
                continue
            name, value = step
            command = EditOrders((order_id,), {name: value}, {order_id: versions[person]})
            if looked[person][name] == now[name]:
                desk.perform(command, actor=f"p{person}")
                now[name] = value
            else:
                with pytest.raises(Conflict):
                    desk.perform(command, actor=f"p{person}")
            found = card(desk, order_id)
            assert {"seller_memo": found.seller_memo, "flag": found.flag, "tags": ",".join(found.tags)} == now
