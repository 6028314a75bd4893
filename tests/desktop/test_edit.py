"""Audited edits from the window: what changes is shown, the reason goes on record, a newer state is never overwritten."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.views.edit_dialog import AddressDialog, NoteDialog
from desktop.views.orders_actions import OrderActions
from desktop.views.widgets.buttons import LinkButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.commands.edits import EditOrders
from services.commands.prints import MarkPrinted
from services.desk import Desk
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderIds, OrderRows
from tests.desktop import hands

CTRL = Qt.KeyboardModifier.ControlModifier


def an_order(shop: Desk, search: str = "status:awaiting_shipment blocker:none") -> int:
    return shop.read(OrderIds(search, "ship_by"))[0]


def address(window: QWidget, context: AppContext, shop: Desk, order_id: int, qtbot: QtBot) -> AddressDialog:
    dialog = AddressDialog(window, context, shop.read(OrderCard(order_id)))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def note(window: QWidget, context: AppContext, shop: Desk, ids: list[int], qtbot: QtBot) -> NoteDialog:
    dialog = NoteDialog(window, context, shop.read(OrderRows(tuple(ids))))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def line(dialog: AddressDialog | NoteDialog, key: str) -> QLineEdit:
    found = dialog.fields.field(key)
    assert isinstance(found, QLineEdit)
    return found


def box(dialog: AddressDialog | NoteDialog, key: str) -> QPlainTextEdit:
    found = dialog.fields.field(key)
    assert isinstance(found, QPlainTextEdit)
    return found


def said(dialog: DialogBase) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label))


def test_an_address_changes_with_a_reason_and_stays_on_record(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    order_id = an_order(shop)
    before = shop.read(OrderCard(order_id))
    dialog = address(window, demo_context, shop, order_id, qtbot)
    assert dialog.verb_button.text() == "还没有改动"
    line(dialog, "city").setText("嘉兴市")
    box(dialog, "address").setPlainText("文一路 2 号\n3 单元")
    assert dialog.values() == {"city": "嘉兴市", "address": "文一路 2 号 3 单元"}
    assert not dialog.verb_button.isEnabled()
    assert dialog.verb_button.text() == "请写明为什么改"
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    assert shop.read(OrderCard(order_id)).address == before.address, "without a reason nothing happens"
    dialog.reason.choice.choose("买家要求")
    dialog.reason.words.insert("旺旺里说搬家了")
    assert dialog.verb_button.text() == "改地址"
    hands.click(dialog.verb_button)
    after = shop.read(OrderCard(order_id))
    assert (after.city, after.address) == ("嘉兴市", "文一路 2 号 3 单元")
    entries = [event for event in after.timeline if event.action == "edit_orders"]
    assert {event.field for event in entries} >= {"city", "address"}
    assert {event.reason for event in entries} == {"买家要求：旺旺里说搬家了"}
    assert not dialog.isVisible()


def test_what_follows_is_said_before(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    order_id = an_order(shop, "status:awaiting_shipment printed:no blocker:none")
    shop.perform(MarkPrinted((order_id,), "slip"))
    dialog = address(window, demo_context, shop, order_id, qtbot)
    assert not dialog.consequences.isVisible()
    line(dialog, "city").setText("嘉兴市")
    follows = {(one.what, one.how) for one in dialog.consequences.shown}
    assert ("已打印的发货单 1 张", "上面是旧地址，重打会标“补打”") in follows
    assert ("以后的导入", "不再覆盖这几项") in follows
    line(dialog, "phone").setText("")
    assert ("地址不全", "会阻碍发货") in {(one.what, one.how) for one in dialog.consequences.shown}


def test_a_completed_address_lifts_the_blocker(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    order_id = an_order(shop, "status:awaiting_shipment blocker:address_missing")
    dialog = address(window, demo_context, shop, order_id, qtbot)
    for name, text in (("recipient", "王小明"), ("phone", "16800001234"), ("province", "浙江省"), ("city", "杭州市")):
        line(dialog, name).setText(text)
    box(dialog, "address").setPlainText("文一路 2 号")
    assert "不再阻碍发货" in {one.how for one in dialog.consequences.shown}
    dialog.reason.choice.choose("地址写错")
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    assert "address_missing" not in shop.read(OrderCard(order_id)).blockers


def test_an_order_changed_meanwhile_is_not_overwritten(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    order_id = an_order(shop)
    dialog = address(window, demo_context, shop, order_id, qtbot)
    shop.perform(EditOrders((order_id,), {"city": "宁波市"}), reason="电话里说的")
    line(dialog, "district").setText("海曙区")
    dialog.reason.choice.choose("买家要求")
    hands.click(dialog.verb_button)
    assert dialog.isVisible()
    assert "刚刚被改过" in said(dialog)
    assert shop.read(OrderCard(order_id)).district != "海曙区"
    hands.click(next(one for one in dialog.findChildren(LinkButton) if one.text() == "重新看看"))
    anew = next(one for one in window.findChildren(AddressDialog) if one is not dialog)
    qtbot.waitUntil(anew.isVisible)
    assert anew.values() == {"district": "海曙区"}, "what was typed stays, on the newer state"
    assert anew.card.city == "宁波市"
    hands.click(anew.verb_button)
    after = shop.read(OrderCard(order_id))
    assert (after.city, after.district) == ("宁波市", "海曙区")


def test_esc_leaves_without_a_change(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    order_id = an_order(shop)
    before = shop.read(OrderCard(order_id))
    dialog = address(window, demo_context, shop, order_id, qtbot)
    line(dialog, "city").setText("嘉兴市")
    dialog.reason.choice.choose("买家要求")
    hands.press(line(dialog, "city"), Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter in a field is not the verb"
    hands.press(line(dialog, "city"), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert shop.read(OrderCard(order_id)) == before


def test_a_shipped_address_is_not_offered(window: QWidget, demo_context: AppContext, shop: Desk) -> None:
    notices: list[Notice] = []
    demo_context.noticed.connect(notices.append)
    deeds = OrderActions(window, demo_context)
    deeds.edit_address(an_order(shop, "status:shipped"))
    assert deeds.dialog is None
    assert "地址不能再改" in notices[0].words


def test_memo_flag_and_tags_of_one_order(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    order_id = an_order(shop, "status:awaiting_shipment flag:0")
    dialog = note(window, demo_context, shop, [order_id], qtbot)
    assert box(dialog, "seller_memo").hasFocus()
    box(dialog, "seller_memo").setPlainText("送手写贺卡")
    dialog.fields.field("flag").choose(1)  # type: ignore[attr-defined]
    line(dialog, "tags").setText("贺卡，加急, 贺卡")
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    (row,) = shop.read(OrderRows((order_id,)))
    assert (row.seller_memo, row.flag, row.tags) == ("送手写贺卡", 1, ("贺卡", "加急"))


def test_many_orders_keep_what_is_not_touched_and_the_overwriting_is_said(
    window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot
) -> None:
    ids = list(shop.read(OrderIds("status:awaiting_shipment")))[:4]
    shop.perform(EditOrders((ids[0],), {"seller_memo": "甲", "flag": 1, "tags": "老客户"}))
    shop.perform(EditOrders((ids[1],), {"seller_memo": "乙", "flag": 2}))
    before = shop.read(OrderRows(tuple(ids)))
    dialog = note(window, demo_context, shop, ids, qtbot)
    assert dialog.values() == {}
    dialog.fields.field("flag").choose(5)  # type: ignore[attr-defined]
    assert dialog.verb_button.text() == "修改 4 单"
    assert any(one.tone == "warn" and one.what == "旗帜" for one in dialog.consequences.shown)
    hands.click(dialog.verb_button)
    after = shop.read(OrderRows(tuple(ids)))
    assert {row.flag for row in after} == {5}
    assert [row.seller_memo for row in after] == [row.seller_memo for row in before]
    assert [row.tags for row in after] == [row.tags for row in before]


def test_one_of_many_changed_meanwhile_stops_all(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    ids = list(shop.read(OrderIds("status:awaiting_shipment")))[:3]
    dialog = note(window, demo_context, shop, ids, qtbot)
    shop.perform(EditOrders((ids[2],), {"seller_memo": "别处写的"}))
    box(dialog, "seller_memo").setPlainText("都放一张卡片")
    hands.click(dialog.verb_button)
    assert dialog.isVisible()
    assert "都放一张卡片" not in {row.seller_memo for row in shop.read(OrderRows(tuple(ids)))}
    hands.click(next(one for one in dialog.findChildren(LinkButton) if one.text() == "重新看看"))
    hands.click(dialog.verb_button)
    assert {row.seller_memo for row in shop.read(OrderRows(tuple(ids)))} == {"都放一张卡片"}
