"""Ctrl+Z in the window: it says what it will do, does it with one's own last deed, and where it can't says why and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.views.main_window import MainWindow
from desktop.views.palette_entries import Gatherer, entries_of
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.access import Viewer
from services.commands.edits import EditOrders
from services.commands.parcels import Shipment, ShipOrders
from services.commands.prints import MarkPrinted
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.domain.permissions import ROLES
from services.queries.order_card import OrderCard
from services.settings import ChangeSetting
from tests.desktop import hands
from tests.factories import make_order
from tests.frozen import FrozenClock


@pytest.fixture
def orders(desk: Desk) -> list[int]:
    return [make_order(desk, number=str(number), lines=[{"title": "茶", "code": "A", "shortage": 1}]) for number in (1001, 1002, 1003)]


@pytest.fixture
def shell(orders: list[int], context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(context)
    with hands.on_screen(window, qtbot, 1440, 900) as made:
        made.take_over("charts")
        made.setFocus()
        yield made


def words(shell: MainWindow) -> list[str]:
    """What stands at the top of the first menu."""
    return [one.text() for one in shell.menus["file"].actions()[:2]]


def memo(desk: Desk, order_id: int) -> str:
    return desk.read(OrderCard(order_id)).seller_memo


def change(shell: MainWindow, qtbot: QtBot, command: object, reason: str | None = None) -> None:
    shell.context.runner.change(command, reason)
    asked(shell, qtbot)


def asked(shell: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not shell.context.undo._ask.isActive())


def test_the_menu_says_what_it_will_do_and_the_keys_do_it(shell: MainWindow, desk: Desk, orders: list[int], qtbot: QtBot) -> None:
    assert words(shell) == ["撤销", "重做"]
    assert [one.isEnabled() for one in shell.menus["file"].actions()[:2]] == [False, False]
    change(shell, qtbot, EditOrders(tuple(orders), {"seller_memo": "送贺卡"}))
    change(shell, qtbot, EditOrders((orders[0],), {"flag": 1}))
    assert words(shell) == ["撤销：改旗帜（1 单）", "重做"]
    hands.press(shell, Qt.Key.Key_Z, hands.CTRL)
    asked(shell, qtbot)
    assert words(shell) == ["撤销：改卖家备注（3 单）", "重做：改旗帜（1 单）"]
    assert shell.toast is not None
    assert "已撤销：改旗帜（1 单）" in [label.text() for label in shell.toast.findChildren(Label)]
    hands.press(shell, Qt.Key.Key_Z, hands.CTRL)
    asked(shell, qtbot)
    assert words(shell) == ["撤销", "重做：改卖家备注（3 单）"]
    assert [memo(desk, one) for one in orders] == ["", "", ""]
    hands.press(shell, Qt.Key.Key_Z, hands.CTRL | hands.SHIFT)
    asked(shell, qtbot)
    hands.press(shell, Qt.Key.Key_Y, hands.CTRL)
    asked(shell, qtbot)
    assert words(shell) == ["撤销：改旗帜（1 单）", "重做"]
    assert [memo(desk, one) for one in orders] == ["送贺卡"] * 3
    assert desk.read(OrderCard(orders[0])).flag == 1


def test_a_new_deed_ends_what_could_be_done_again(shell: MainWindow, orders: list[int], qtbot: QtBot) -> None:
    change(shell, qtbot, EditOrders((orders[0],), {"flag": 1}))
    hands.press(shell, Qt.Key.Key_Z, hands.CTRL)
    asked(shell, qtbot)
    change(shell, qtbot, ChangeSetting("promise_hours", 24))
    assert words(shell) == ["撤销：改设置", "重做"]


def test_in_a_field_it_is_the_fields_own(shell: MainWindow, desk: Desk, orders: list[int], qtbot: QtBot) -> None:
    change(shell, qtbot, EditOrders((orders[0],), {"seller_memo": "送贺卡"}))
    field = QLineEdit(shell)
    field.show()
    field.setFocus()
    hands.type_text(field, "now")
    hands.press(field, Qt.Key.Key_Z, hands.CTRL)
    assert field.text() == ""
    hands.press(field, Qt.Key.Key_Y, hands.CTRL)
    assert field.text() == "now"
    assert memo(desk, orders[0]) == "送贺卡"
    assert words(shell)[0] == "撤销：改卖家备注（1 单）"


def test_what_left_the_house_says_why_and_what_to_do(shell: MainWindow, desk: Desk, orders: list[int], qtbot: QtBot) -> None:
    desk.perform(ReceiveGoods("A", 3, 1, title="茶"))
    change(shell, qtbot, EditOrders((orders[0],), {"address": "新街 2 号"}), "搬家")
    desk.perform(MarkPrinted((orders[0],), "label"))
    undo = shell.menus["file"].actions()[0]
    assert undo.isEnabled()  # another program printed: the window learns of it when it tries
    shown: list[DialogBase] = []
    shell.context.runner.failed.disconnect()
    shell.context.runner.failed.connect(lambda error: shown.append(shell.show_error(error) or pytest.fail("no dialog")))
    hands.press(shell, Qt.Key.Key_Z, hands.CTRL)
    asked(shell, qtbot)
    (dialog,) = shown
    assert any("1001" in label.text() and "补打" in label.text() for label in dialog.findChildren(Label))
    dialog.reject()
    assert not undo.isEnabled()
    assert "补打" in undo.toolTip()
    change(shell, qtbot, ShipOrders((Shipment(orders[0], "SF", "SF1234567890123"),)))
    assert undo.text() == "撤销：发货"
    assert not undo.isEnabled()
    assert "售后" in undo.toolTip()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    hands.press(shell, Qt.Key.Key_Z, hands.CTRL)
    assert shell.toast is not None
    assert any("售后" in label.text() for label in shell.toast.findChildren(Label))
    assert desk.read(OrderCard(orders[0])).status == "shipped"


def test_what_somebody_else_changed_since_is_named(
    shell: MainWindow, desk: Desk, orders: list[int], qtbot: QtBot, frozen_clock: FrozenClock
) -> None:
    change(shell, qtbot, EditOrders((orders[0],), {"seller_memo": "送贺卡"}))
    frozen_clock.advance(minutes=3)
    desk.perform(EditOrders((orders[0],), {"seller_memo": "不送"}), actor="小王")
    shell.context.undo.look()
    undo = shell.menus["file"].actions()[0]
    assert not undo.isEnabled()
    assert "卖家备注“送贺卡”→“不送”（小王，修改订单，11-22 14:03）" in undo.toolTip()


def test_another_person_at_the_seat_begins_with_nothing(shell: MainWindow, desk: Desk, orders: list[int], qtbot: QtBot) -> None:
    change(shell, qtbot, EditOrders((orders[0],), {"flag": 1}))
    desk.viewer = Viewer("小王", "clerk", ROLES["clerk"])
    change(shell, qtbot, EditOrders((orders[1],), {"flag": 2}))
    hands.press(shell, Qt.Key.Key_Z, hands.CTRL)
    asked(shell, qtbot)
    assert words(shell) == ["撤销", "重做：改旗帜（1 单）"]
    assert [desk.read(OrderCard(one)).flag for one in orders] == [1, 0, 0]
    shell.context.undo.clear()
    assert words(shell) == ["撤销", "重做"]


def test_the_palette_finds_it_by_what_it_does(shell: MainWindow, orders: list[int], qtbot: QtBot) -> None:
    change(shell, qtbot, EditOrders(tuple(orders), {"seller_memo": "送贺卡"}))
    found = [entry for entry in entries_of(shell, Gatherer(shell), None) if entry.words.startswith("撤销：")]
    assert [entry.words for entry in found] == ["撤销：改卖家备注（3 单）"]
    assert found[0].keys == ("Ctrl", "Z")


@pytest.mark.usefixtures("english")
def test_in_english(orders: list[int], context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    with hands.on_screen(MainWindow(context), qtbot, 1440, 900) as shell:
        shell.take_over("charts")
        change(shell, qtbot, EditOrders(tuple(orders), {"seller_memo": "gift"}))
        assert words(shell)[0] == "Undo: edit of Seller memo (3 orders)"
