"""What changed while a dialog was open: told with names and times, looked at anew with what was typed kept."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.views.adjust_dialog import AdjustDialog
from desktop.views.edit_dialog import NoteDialog
from desktop.views.settings_dialog import SettingsDialog
from desktop.views.widgets.buttons import LinkButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.commands.edits import EditOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderRows
from services.queries.stock_rows import StockRows
from services.settings import ChangeSetting, ShopSettings
from tests.desktop import hands
from tests.factories import make_order, make_sku
from tests.frozen import FrozenClock


def said(dialog: DialogBase) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label))


def look_again(dialog: DialogBase) -> None:
    hands.click(next(one for one in dialog.findChildren(LinkButton) if one.text() == "重新看看"))


def test_a_memo_that_somebody_changed(window: QWidget, context: AppContext, desk: Desk, frozen_clock: FrozenClock, qtbot: QtBot) -> None:
    order_id = make_order(desk, number="1001", seller_memo="轻放")
    dialog = NoteDialog(window, context, desk.read(OrderRows((order_id,))))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    field = dialog.fields.field("seller_memo")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("送贺卡")
    frozen_clock.advance(minutes=5)
    desk.perform(EditOrders((order_id,), {"seller_memo": "送茶样", "flag": 2}), actor="小王")
    hands.click(dialog.verb_button)
    assert "卖家备注“轻放”→“送茶样”（小王，修改订单，11-22 14:05）" in said(dialog)
    look_again(dialog)
    assert field.toPlainText() == "送贺卡"
    assert dialog.values() == {"seller_memo": "送贺卡"}, "the flag is as the other set it"
    hands.click(dialog.verb_button)
    card = desk.read(OrderCard(order_id))
    assert (card.seller_memo, card.flag) == ("送贺卡", 2)


def test_another_field_is_in_nobodys_way(window: QWidget, context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    order_id = make_order(desk, number="1001")
    dialog = NoteDialog(window, context, desk.read(OrderRows((order_id,))))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    desk.perform(EditOrders((order_id,), {"flag": 2}), actor="小王")
    field = dialog.fields.field("seller_memo")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("送贺卡")
    hands.click(dialog.verb_button)
    card = desk.read(OrderCard(order_id))
    assert (card.seller_memo, card.flag) == ("送贺卡", 2)


def test_a_count_on_books_that_moved(window: QWidget, context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    sku = make_sku(desk, "CUP-1")
    desk.perform(ReceiveGoods("CUP-1", 5, 600))
    dialog = AdjustDialog(window, context, desk.read(StockRows((sku,)))[0])
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    hands.type_text(dialog.units, "6")
    dialog.reason.choice.choose("盘点")
    desk.perform(ReceiveGoods("CUP-1", 2, 600))
    hands.click(dialog.verb_button)
    assert "CUP-1 原来在库 5 件，现在是 7 件（最近一笔：收货 +2" in said(dialog)
    look_again(dialog)
    assert dialog.units.text() == "6"
    assert dialog.in_books.value.text() == "7"
    hands.click(dialog.verb_button)
    assert desk.read(StockRows((sku,)))[0].on_hand == 6


def test_settings_of_two_windows(window: QWidget, context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    dialog = SettingsDialog(window, context, lambda _choice: None, lambda: None)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    words = dialog.fields.field("thank_you")
    assert isinstance(words, QLineEdit)
    words.setText("欢迎再来")
    desk.perform(ChangeSetting("promise_hours", 24), actor="小王")
    desk.perform(ChangeSetting("thank_you", "谢谢惠顾"), actor="小王")
    hands.click(dialog.verb_button)
    assert "“发货单寄语”刚刚被改过：值“空”→“谢谢惠顾”（小王，改设置" in said(dialog)
    look_again(dialog)
    assert words.text() == "欢迎再来"
    assert dialog.hours.value() == 24
    hands.click(dialog.verb_button)
    now = desk.read(ShopSettings())
    assert (now["thank_you"], now["promise_hours"]) == ("欢迎再来", 24)
