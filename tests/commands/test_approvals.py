"""A change of goods or money through the desk: asked for, decided on, carried out or not (invariant O10)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.commands.approvals import DecideApproval, MarkTold, ProposeChange, WithdrawApproval
from services.commands.checking import CheckOrders
from services.commands.edits import EditOrders
from services.commands.import_conflicts import DecideConflicts
from services.commands.manual_draft import DraftLine, OrderDraft
from services.commands.manual_orders import CloseOrder, CreateOrder, EditManualOrder
from services.commands.parcels import Shipment, ShipOrders
from services.commands.people import AddPerson
from services.commands.prints import MarkPrinted
from services.commands.stock import ReceiveGoods
from services.commands.undo_import import UndoImport
from services.desk import Desk
from services.domain.amendments import Amendment, LineChange
from services.errors import Conflict, Refused
from services.queries.approval_rows import ApprovalCount, ApprovalRows, ChangePreview, DecisionsFor, OneApproval
from services.queries.conflict_rows import ConflictRows
from services.queries.order_card import OrderCard
from services.queries.order_json import OrdersJson
from services.queries.order_rows import OrderRows
from services.queries.ship_rows import ShipRows
from services.queries.today import Today
from services.settings import ChangeSetting
from tests.commands.test_imports import NUMBER, SENT, Sql, bring, bring_lines, order, sound, stock
from tests.factories import make_order, make_sku
from tests.frozen import FrozenClock
from tests.imports.sample import line_row, order_row

PIN, CLERKS = "2580", "1470"


def open_shop(desk: Desk, folder: Path, *, priced: bool = True, stocked: int = 5) -> int:
    """A paid imported order of two cups (82.60 and freight 8.00), and 5 cups in the house."""
    desk.perform(ReceiveGoods("CUP-01-350", stocked, unit_cost=10_00, title="马克杯"))
    desk.perform(ReceiveGoods("TEA-02", 3, unit_cost=5_00, title="茶叶"))
    bring(desk, folder, order_row())
    if priced:
        bring_lines(desk, folder, line_row(NUMBER, NUMBER))
    return int(desk.read(Sql("SELECT id FROM orders"))[0][0])


def with_clerk(desk: Desk) -> None:
    """An owner and a clerk with PINs; the clerk sits there."""
    desk.perform(AddPerson("店主", "owner", PIN))
    desk.sign_in("店主", PIN)
    desk.perform(AddPerson("小王", "clerk", CLERKS))
    desk.sign_in("小王", CLERKS)


def rows_of(desk: Desk, order_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the order is, but for the count of what waits."""
    found = {
        "order_line": desk.read(Sql(f"SELECT * FROM order_line WHERE order_id = {order_id}")),
        "discount": desk.read(Sql(f"SELECT * FROM discount WHERE order_id = {order_id}")),
        "reservation": desk.read(Sql("SELECT * FROM reservation")),
        "stock_level": desk.read(Sql("SELECT * FROM stock_level")),
        "money_entry": desk.read(Sql("SELECT * FROM money_entry")),
    }
    columns = [row[1] for row in desk.read(Sql("SELECT * FROM pragma_table_info('orders')"))]
    names = ", ".join(name for name in columns if name != "approvals")
    return found | {"orders": desk.read(Sql(f"SELECT {names} FROM orders WHERE id = {order_id}"))}


def line_id(desk: Desk, place: int = 0) -> int:
    return int(desk.read(Sql("SELECT id FROM order_line ORDER BY position"))[place][0])


def sku_id(desk: Desk, code: str) -> int:
    return int(desk.read(Sql(f"SELECT id FROM sku WHERE code = '{code}'"))[0][0])


def ask(
    desk: Desk, order_id: int, *lines: LineChange, discount: int | None = None, freight: int | None = None, why: str = "谈好的价"
) -> Any:
    return desk.perform(ProposeChange(order_id, Amendment(lines, discount, freight)), reason=why).value


def approve(desk: Desk, approval_id: int, pin: str = PIN) -> Any:
    return desk.perform(DecideApproval(approval_id, True, "店主", pin)).value


def money(desk: Desk) -> tuple[Any, ...]:
    names = "goods_amount, discount, goods_less_discount, freight, payable, paid"
    return tuple(desk.read(Sql(f"SELECT {names} FROM orders"))[0])


def test_what_a_clerk_asks_for_changes_nothing_until_it_is_approved(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    before = rows_of(desk, order_id)
    seen = desk.read(OrderCard(order_id)).version
    asked = ask(desk, order_id, LineChange(line_id(desk), quantity=1, price=30_00))
    assert (asked.applied, asked.effect) == (False, 30_00 - 82_60)
    assert rows_of(desk, order_id) == before
    assert desk.read(OrdersJson("阻碍:待审核")).orders[0]["blockers"] == ["approval_waiting"]
    assert desk.read(ApprovalCount()) == 1
    todo = next(one for one in desk.read(Today()).todos if one.code == "approvals")
    assert (todo.count, todo.page) == (1, "approvals")
    refused = desk.perform(ShipOrders((Shipment(order_id, "YTO", "YT0771993970431"),))).value.refused
    assert refused == {order_id: ("approval_waiting",)}
    desk.perform(EditOrders((order_id,), {"seller_memo": "等老板"}, {order_id: seen}))
    row = desk.read(OneApproval(asked.approval_id))
    assert row.effect is not None
    assert [(one.code, one.old, one.new) for one in row.effect.diff] == [
        ("quantity", "2", "1"),
        ("price", "41.30", "30.00"),
        ("payable", "90.60", "38.00"),
    ]
    assert [(one.code, one.more, one.available, one.after) for one in row.effect.stock] == [("CUP-01-350", -1, 3, 4)]
    assert (row.effect.surplus, row.stale, row.reason, row.asked_by) == (90_60 - 38_00, False, "谈好的价", "小王")
    sound(desk)


def test_approved_by_pin_sums_shares_and_stock_follow(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    tea = sku_id(desk, "TEA-02")
    asked = ask(desk, order_id, LineChange(line_id(desk), quantity=1, price=30_00), LineChange(None, 4, 10_00, tea), discount=7_00)
    decided = approve(desk, asked.approval_id)
    assert (decided.state, decided.number) == ("approved", NUMBER)
    assert money(desk) == (70_00, 7_00, 63_00, 8_00, 71_00, 90_60)
    lines = desk.read(Sql("SELECT quantity, price, payable, paid, reserved, shortage FROM order_line ORDER BY position"))
    assert lines == [(1, 30_00, 27_00, 35_40, 1, 0), (4, 10_00, 36_00, 47_20, 3, 1)]
    assert desk.read(Sql("SELECT line_id, payer, amount FROM discount")) == [(None, "shop", 7_00)]
    assert (stock(desk), stock(desk, "TEA-02")) == ((5, 1), (3, 3))
    assert order(desk)["blockers"] == ["shortage"]
    assert desk.read(Sql("SELECT title FROM order_line l JOIN listing g ON g.id = l.listing_id ORDER BY l.position"))[1] == ("茶叶",)
    assert desk.read(OrdersJson("阻碍:待审核")).count == 0
    entries = desk.read(Sql("SELECT actor, action, entity, field, old, new FROM audit_entry WHERE field = 'state'"))
    assert entries[-1] == ("小王", "decide_approval", "approval", "state", "waiting", "approved")
    assert desk.read(Sql("SELECT decided_by FROM approval")) == [("店主",)]
    sound(desk)


def test_rejected_the_order_is_as_it_was_to_the_byte(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    before = rows_of(desk, order_id)
    approval = ask(desk, order_id, LineChange(line_id(desk), price=1_00)).approval_id
    decided = desk.perform(DecideApproval(approval, False, "店主", PIN, note="太低了")).value
    assert decided.state == "rejected"
    assert rows_of(desk, order_id) == before
    assert desk.read(Sql("SELECT approvals FROM orders")) == [(0,)]
    (told,) = desk.read(DecisionsFor("小王"))
    assert (told.code, told.state, told.note) == ("A1", "rejected", "太低了")
    desk.perform(MarkTold((told.id,)))
    assert desk.read(DecisionsFor("小王")) == ()
    sound(desk)


def test_a_wrong_pin_decides_nothing_and_is_on_record(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    approval = ask(desk, order_id, discount=20_00).approval_id
    before = rows_of(desk, order_id)
    decided = approve(desk, approval, "9999")
    assert (decided.state, decided.wrong) == ("waiting", 1)
    assert rows_of(desk, order_id) == before
    assert desk.read(Sql("SELECT new FROM audit_entry WHERE field = 'wrong_pins'")) == [("1",)]
    with pytest.raises(Refused) as refused:
        desk.perform(DecideApproval(approval, True, "小王", CLERKS))
    assert refused.value.code == "not_permitted"
    assert desk.read(ApprovalCount()) == 1


def test_a_stale_base_is_shown_and_never_applied(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    approval = ask(desk, order_id, discount=20_00).approval_id
    desk.perform(EditOrders((order_id,), {"seller_memo": "别的事"}))
    assert not desk.read(OneApproval(approval)).stale
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER, 商品价格="40.30", 买家应付货款="80.60"), day=13)
    assert desk.read(OneApproval(approval)).stale
    with pytest.raises(Refused) as refused:
        approve(desk, approval)
    assert refused.value.code == "approval_stale"
    assert desk.perform(DecideApproval(approval, False, "店主", PIN, note="已过期")).value.state == "rejected"


def test_decided_twice_is_refused(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    approval = ask(desk, order_id, discount=20_00).approval_id
    approve(desk, approval)
    for again in (True, False):
        with pytest.raises(Refused) as refused:
            desk.perform(DecideApproval(approval, again, "店主", PIN))
        assert refused.value.code == "approval_decided"
    with pytest.raises(Refused):
        desk.perform(WithdrawApproval(approval))


def test_one_at_a_time_and_on_the_state_that_was_seen(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    seen = desk.read(OrderCard(order_id)).version
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER, 商品价格="40.30", 买家应付货款="80.60"), day=13)
    with pytest.raises(Conflict):
        desk.perform(ProposeChange(order_id, Amendment(discount=20_00), version=seen), reason="谈好的价")
    for why, code in (("", "reason_needed"), ("  ", "reason_needed")):
        with pytest.raises(Refused) as refused:
            ask(desk, order_id, discount=20_00, why=why)
        assert refused.value.code == code
    ask(desk, order_id, discount=20_00)
    with pytest.raises(Refused) as refused:
        ask(desk, order_id, discount=30_00)
    assert refused.value.code == "approval_there"


def test_withdrawn_by_whoever_asked_or_by_the_order_leaving(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    approval = ask(desk, order_id, discount=20_00).approval_id
    assert desk.perform(WithdrawApproval(approval)).value == "withdrawn"
    assert (order(desk)["blockers"], desk.read(DecisionsFor("小王"))) == ([], ())
    ask(desk, order_id, discount=20_00)
    bring(desk, tmp_path, order_row(订单状态=SENT, 发货时间="2026-11-13 10:00:00"), day=13)
    (told,) = desk.read(DecisionsFor("小王"))
    assert (told.state, told.note) == ("withdrawn", "order:shipped")
    assert desk.read(Sql("SELECT approvals FROM orders")) == [(0,)]
    sound(desk)


def test_closing_takes_the_waiting_change_along(desk: Desk) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    draft = OrderDraft("老张", "张三", "13800138000", "浙江省", "杭州市", "西湖区", "文三路1号", lines=(DraftLine(1, "", 2, 30_00),))
    order_id = desk.perform(CreateOrder(draft)).value.order_id
    with_clerk(desk)
    ask(desk, order_id, LineChange(line_id(desk), quantity=1))
    desk.perform(CloseOrder((order_id,), "buyer_changed_mind"))
    (row,) = desk.read(ApprovalRows(done=True))
    assert (row.state, row.note) == ("withdrawn", "order:closed")
    sound(desk)


def test_within_the_limits_nobody_is_asked_and_it_is_recorded_so(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    desk.perform(ChangeSetting("price_cut_percent", 3))
    desk.perform(ChangeSetting("price_cut_fen", 5_00))
    with_clerk(desk)
    cheaper = Amendment(discount=4_00)
    assert desk.read(ChangePreview(order_id, cheaper, approves=False)).decides == "limit:price_cut"
    asked = ask(desk, order_id, discount=4_00)
    assert (asked.applied, asked.decided_by) == (True, "limit:price_cut")
    assert money(desk) == (82_60, 4_00, 78_60, 8_00, 86_60, 90_60)
    assert desk.read(ChangePreview(order_id, Amendment(discount=6_00), approves=False)).decides == "waiting"
    assert not ask(desk, order_id, discount=6_00).applied  # 5.00 in all
    (row,) = desk.read(ApprovalRows(done=True))
    assert (row.state, row.decided_by, row.asked_by) == ("approved", "limit:price_cut", "小王")
    sound(desk)


def test_the_owner_changes_at_once_with_a_row_all_the_same(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    assert desk.read(ChangePreview(order_id, Amendment(freight=0), approves=True)).decides == "at_once"
    assert ask(desk, order_id, freight=0).applied
    assert money(desk) == (82_60, 0, 82_60, 0, 82_60, 90_60)
    (row,) = desk.read(ApprovalRows(done=True))
    assert (row.state, row.decided_by) == ("approved", "owner")
    sound(desk)


def test_another_sku_is_set_aside_and_the_check_is_taken_away(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    desk.perform(CheckOrders((order_id,)))
    ask(desk, order_id, LineChange(line_id(desk), sku=sku_id(desk, "TEA-02")))
    assert (stock(desk), stock(desk, "TEA-02")) == ((5, 0), (3, 2))
    assert order(desk)["lines"][0]["title"] == "茶叶"
    assert desk.read(Sql("SELECT checked_at FROM orders")) == [(None,)]
    sound(desk)


def test_discounts_of_order_and_lines_stay_consistent(desk: Desk) -> None:
    make_sku(desk, "CUP", virtual=True)
    make_sku(desk, "TEA", virtual=True)
    lines = [
        {"title": "马克杯", "code": "CUP", "quantity": 2, "price": 30_00, "payable": 54_00, "paid": 54_00},
        {"title": "茶叶", "code": "TEA", "price": 40_00, "payable": 32_40, "paid": 32_40},
    ]
    order_id = make_order(
        desk,
        lines=lines,
        goods_amount=100_00,
        discount=13_60,
        goods_less_discount=86_40,
        freight=6_00,
        payable=92_40,
        paid=92_40,
        discounts=[{"line_id": 2, "amount": 4_00}, {"line_id": None, "amount": 9_60, "name": "满减"}],
    )
    sound(desk)
    ask(desk, order_id, discount=2_00)
    assert desk.read(Sql("SELECT line_id, amount FROM discount")) == [(2, 2_00)]
    assert money(desk) == (100_00, 2_00, 98_00, 6_00, 104_00, 92_40)
    sound(desk)
    ask(desk, order_id, LineChange(2, remove=True))
    assert desk.read(Sql("SELECT count(*) FROM discount")) == [(0,)]
    assert money(desk) == (60_00, 0, 60_00, 6_00, 66_00, 92_40)
    sound(desk)


def test_too_late_or_too_early(desk: Desk, tmp_path: Path) -> None:
    shipped = make_order(desk, status="shipped", lines=[{}])
    unknown = make_order(desk)
    case = make_order(desk, lines=[{}], cases=[{}])
    for order_id, code in ((shipped, "change_too_late"), (unknown, "lines_unknown_yet"), (case, "change_in_case")):
        with pytest.raises(Refused) as refused:
            ask(desk, order_id, freight=1_00)
        assert refused.value.code == code
        assert desk.read(ChangePreview(order_id, Amendment(freight=1_00), approves=True)).mistake == code


def test_no_file_overwrites_an_approved_change_unseen(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    ask(desk, order_id, LineChange(line_id(desk), quantity=1, price=30_00))
    held = rows_of(desk, order_id)
    # What files said before is nothing new.
    report = bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER, 退款状态="退款关闭"), day=13)
    assert (report.conflicts, money(desk)[4]) == (0, 38_00)
    report = bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER, 购买数量="3", 买家应付货款="123.90"), day=14)
    assert report.conflicts == 1
    (conflict,) = desk.read(ConflictRows())
    assert (conflict.field, conflict.hindrance) == ("lines", "conflict_goods")
    with pytest.raises(Refused):
        desk.perform(DecideConflicts((conflict.id,), "theirs"))
    bring(desk, tmp_path, order_row(买家应付货款="70.00", 总金额="78.00"), day=15)
    assert [row.field for row in desk.read(ConflictRows())] == ["lines"]
    desk.perform(DecideConflicts((desk.read(ConflictRows())[0].id,), "ours"))
    assert rows_of(desk, order_id)["discount"] == held["discount"]
    assert money(desk) == (30_00, 0, 30_00, 8_00, 38_00, 90_60)
    sound(desk)


def test_a_payment_told_later_is_shared_over_the_lines_as_they_are_now(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    ask(desk, order_id, LineChange(line_id(desk), quantity=1, price=30_00), LineChange(None, 1, 10_00, sku_id(desk, "TEA-02")))
    bring(desk, tmp_path, order_row(买家实际支付金额="48.00"), day=13)
    assert desk.read(Sql("SELECT paid FROM order_line ORDER BY position")) == [(30_00,), (10_00,)]
    sound(desk)


def test_an_import_with_changes_since_is_not_taken_back(desk: Desk, tmp_path: Path) -> None:
    order_id = open_shop(desk, tmp_path)
    with_clerk(desk)
    ask(desk, order_id, discount=20_00)
    for batch in (1, 2):
        with pytest.raises(Refused):
            desk.perform(UndoImport(batch))
    assert desk.read(ApprovalCount()) == 1
    sound(desk)


def test_the_deadline_is_set_with_a_reason_and_no_file_takes_it_back(desk: Desk, tmp_path: Path, frozen_clock: FrozenClock) -> None:
    order_id = open_shop(desk, tmp_path)
    with pytest.raises(Refused):
        desk.perform(EditOrders((order_id,), {"ship_by": "2026-11-25T18:00"}))
    desk.perform(EditOrders((order_id,), {"ship_by": "2026-11-25T18:00"}), reason="和买家说好")
    assert order(desk)["ship_by"] == "2026-11-25T18:00:00+08:00"
    bring(desk, tmp_path, order_row(订单备注="加急"), day=13)
    assert order(desk)["ship_by"] == "2026-11-25T18:00:00+08:00"
    sound(desk)


def test_a_change_after_the_print_marks_the_sheet_stale(desk: Desk, tmp_path: Path, frozen_clock: FrozenClock) -> None:
    order_id = open_shop(desk, tmp_path)

    def stale() -> tuple[bool, bool, bool]:
        (row,), (ship,) = desk.read(OrderRows((order_id,))), desk.read(ShipRows((order_id,)))
        return row.stale_print, ship.stale_print, desk.read(OrderCard(order_id)).stale_print

    ask(desk, order_id, freight=9_00)
    frozen_clock.advance(minutes=1)
    desk.perform(MarkPrinted((order_id,), "slip"))
    assert stale() == (False, False, False)
    frozen_clock.advance(minutes=1)
    desk.perform(EditOrders((order_id,), {"seller_memo": "不上纸"}))
    assert stale() == (False, False, False)
    desk.perform(EditOrders((order_id,), {"address": "文一路2号"}), reason="写错了")
    assert stale() == (True, True, True)
    frozen_clock.advance(minutes=1)
    desk.perform(MarkPrinted((order_id,), "slip"))
    assert stale() == (False, False, False)
    frozen_clock.advance(minutes=1)
    ask(desk, order_id, LineChange(line_id(desk), quantity=1))
    assert stale() == (True, True, True)


def test_an_order_made_by_hand_asks_too(desk: Desk) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    draft = OrderDraft("老张", "张三", "13800138000", "浙江省", "杭州市", "西湖区", "文三路1号", lines=(DraftLine(1, "", 2, 30_00),))
    order_id = desk.perform(CreateOrder(draft)).value.order_id
    with_clerk(desk)
    for other in (replace(draft, discount=1), replace(draft, freight=1), replace(draft, lines=(DraftLine(1, "", 2, 29_99),))):
        with pytest.raises(Refused) as refused:
            desk.perform(EditManualOrder(order_id, other))
        assert refused.value.code == "manual_needs_approval"
    desk.perform(EditManualOrder(order_id, replace(draft, recipient="张四")))
    approval = ask(desk, order_id, LineChange(line_id(desk), price=20_00)).approval_id
    assert approve(desk, approval).state == "approved"
    assert desk.read(Sql("SELECT recipient, payable FROM orders")) == [("张四", 40_00)]
    sound(desk)
