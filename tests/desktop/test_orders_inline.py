"""Edited right in the table: flags by a click, memo and tags typed over; on record, on the state that was seen, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.views.edit_dialog import NoteDialog
from desktop.views.orders import OrdersPage
from desktop.views.widgets.cell_editor import CellEditor, TagsEditor
from services.commands.edits import EditOrders
from services.desk import Desk
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderIds, OrderRow, OrderRows
from tests.desktop import hands

SHIFT, CTRL, ALT = hands.SHIFT, hands.CTRL, Qt.KeyboardModifier.AltModifier
TO_SHIP = "status:awaiting_shipment"


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[OrdersPage]:
    with hands.on_screen(OrdersPage(demo_context), qtbot) as made:
        made.load()
        made.activate()
        qtbot.waitUntil(lambda: made.model.row_at(0) is not None)
        made.table.arranged.show("tags", True)
        made.table.arranged.show("memo", True)
        yield made


def cell(page: OrdersPage, row: int, key: str) -> QPoint:
    column = next(place for place, one in enumerate(page.model.columns) if one.key == key)
    page.table.scrollTo(page.model.index(row, column))
    return page.table.visualRect(page.model.index(row, column)).center()


def seen(page: OrdersPage, row: int) -> OrderRow:
    found = page.model.row_at(row)
    assert isinstance(found, OrderRow)
    return found


def shows_flag(page: OrdersPage, row: int, flag: int) -> bool:
    return seen(page, row).flag == flag


def held(shop: Desk, order_id: int) -> OrderRow:
    return shop.read(OrderRows((order_id,)))[0]


def double_click(page: OrdersPage, row: int, key: str) -> CellEditor:
    at = cell(page, row, key)
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    return editor(page)


def editor(page: OrdersPage) -> CellEditor:
    assert page.inline.editor is not None
    return page.inline.editor


def write(at: CellEditor, text: str) -> None:
    """Put words in place of those that stand there (QTest types no Chinese)."""
    if isinstance(at.field, QPlainTextEdit):
        at.field.setPlainText(text)
    else:
        at.field.setText(text)


# ---- flags


def test_a_click_on_the_flag_goes_round_the_six_and_shift_goes_back(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    order_id = page.model.id_at(2)
    shop.perform(EditOrders((order_id,), {"flag": 0}))
    page.model.refresh({order_id})
    qtbot.waitUntil(lambda: seen(page, 2).flag == 0)
    for flag in (1, 2, 3, 4, 5, 0):
        hands.click(page.table.viewport(), cell(page, 2, "flag"))
        assert held(shop, order_id).flag == flag
        qtbot.waitUntil(partial(shows_flag, page, 2, flag))
    hands.click(page.table.viewport(), cell(page, 2, "flag"), SHIFT)
    assert held(shop, order_id).flag == 5
    assert page.table.current_id() == order_id
    assert not page.model.selection.count(page.model.rowCount()), "Shift on a flag chooses no rows"
    card = shop.read(OrderCard(order_id))
    assert [event.new for event in card.timeline if event.field == "flag"][:2] == ["5", "0"]


def test_quick_clicks_are_one_change_after_the_one_under_way(page: OrdersPage, shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.runner import Task, TaskProgress

    sent: list[tuple[EditOrders, Task]] = []

    def later(command: EditOrders, reason: str | None = None, title: str = "") -> Task:
        task = Task("", None, lambda _error: None, TaskProgress(lambda *_: None))
        sent.append((command, task))
        return task

    monkeypatch.setattr(page.context.runner, "change", later)
    start = seen(page, 1).flag
    for _ in range(3):
        hands.click(page.table.viewport(), cell(page, 1, "flag"))
    assert seen(page, 1).flag == (start + 3) % 6, "seen at once"
    assert [dict(command.values)["flag"] for command, _task in sent] == [(start + 1) % 6]
    sent[0][1].settle(None, None)
    assert [dict(command.values)["flag"] for command, _task in sent] == [(start + 1) % 6, (start + 3) % 6]
    sent[1][1].settle(None, None)
    assert len(sent) == 2


def test_a_flag_that_could_not_be_kept_shows_the_truth_again(
    page: OrdersPage, demo_context: AppContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.errors import Refused

    def no(_self: EditOrders, _uow: object) -> int:
        raise Refused("shop_read_only", path="x")

    before = seen(page, 0).flag
    told: list[Exception] = []
    demo_context.runner.failed.disconnect()
    demo_context.runner.failed.connect(told.append)
    monkeypatch.setattr(EditOrders, "apply", no)
    hands.click(page.table.viewport(), cell(page, 0, "flag"))
    qtbot.waitUntil(lambda: seen(page, 0).flag == before)
    assert len(told) == 1


def test_flags_have_keys_and_a_menu_for_what_is_chosen(page: OrdersPage, shop: Desk) -> None:
    chosen = list(page.model.all_ids()[3:6])
    page.model.selection.only(chosen)
    hands.press(page.table, Qt.Key.Key_4, ALT)
    assert {row.flag for row in shop.read(OrderRows(tuple(chosen)))} == {4}
    whole = next(one for one in page.menu_actions() if one.text() == "旗帜")
    menu = whole.menu()
    assert isinstance(menu, QMenu)
    entries = menu.actions()
    assert [one.text() for one in entries] == ["灰旗", "红旗", "黄旗", "绿旗", "蓝旗", "紫旗"]
    entries[1].trigger()
    assert {row.flag for row in shop.read(OrderRows(tuple(chosen)))} == {1}


def test_letters_and_f2_belong_to_the_page_not_to_the_whole_window(page: OrdersPage) -> None:
    inner = Qt.ShortcutContext.WidgetWithChildrenShortcut
    assert {one.shortcut().toString() for one in page.menu_actions() if one.shortcutContext() == inner} == {
        "K",
        "Shift+K",
        "F2",
        "Shift+F2",
    }


def test_flag_by_its_name_opens_the_six_beside_the_row(page: OrdersPage) -> None:
    whole = next(one for one in page.menu_actions() if one.text() == "旗帜")
    whole.trigger()
    menu = whole.menu()
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    menu.close()


# ---- memo and tags


def test_a_memo_is_typed_over_its_cell_and_enter_keeps_it(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    order_id = page.model.id_at(3)
    field = double_click(page, 3, "memo").field
    assert isinstance(field, QPlainTextEdit)
    assert field.hasFocus()
    assert field.accessibleName() == "卖家备注"
    field.selectAll()
    hands.type_text(field, "wrap twice")
    hands.press(field, Qt.Key.Key_Return, SHIFT)
    hands.type_text(field, "call first")
    hands.press(field, Qt.Key.Key_Return)
    assert held(shop, order_id).seller_memo == "wrap twice\ncall first"
    qtbot.waitUntil(lambda: seen(page, 3).seller_memo == "wrap twice\ncall first")
    assert page.inline.editor is None
    assert page.table.hasFocus()
    event = next(one for one in shop.read(OrderCard(order_id)).timeline if one.field == "seller_memo")
    assert event.actor == "owner"


def test_f2_opens_the_memo_of_the_current_row_and_esc_changes_nothing(page: OrdersPage, shop: Desk) -> None:
    hands.click(page.table.viewport(), cell(page, 1, "buyer"))
    before = held(shop, page.model.id_at(1))
    hands.press(page.table, Qt.Key.Key_F2)
    write(editor(page), "nothing of this stays")
    hands.press(editor(page).field, Qt.Key.Key_Escape)
    assert page.inline.editor is None
    assert held(shop, before.id) == before
    assert page.table.hasFocus()


def test_keys_of_the_table_are_letters_in_an_open_field(page: OrdersPage, shop: Desk) -> None:
    hands.click(page.table.viewport(), cell(page, 0, "buyer"))
    hands.press(page.table, Qt.Key.Key_F2)
    write(editor(page), "")
    hands.type_text(editor(page).field, "x k 12")
    assert editor(page).text() == "x k 12"
    assert not page.model.selection.count(page.model.rowCount())
    assert not page.bar.text()
    hands.press(editor(page).field, Qt.Key.Key_Escape)


def test_without_the_column_f2_opens_the_dialog(page: OrdersPage, qtbot: QtBot) -> None:
    page.table.arranged.show("memo", False)
    hands.press(page.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(page.deeds.dialog, NoteDialog))


def test_a_click_elsewhere_keeps_what_was_typed(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    order_id = page.model.id_at(2)
    write(double_click(page, 2, "memo"), "留着")
    page.bar.field.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(lambda: page.inline.editor is None)
    assert held(shop, order_id).seller_memo == "留着"


def test_another_tab_keeps_what_was_typed(page: OrdersPage, shop: Desk) -> None:
    order_id = page.model.id_at(2)
    write(double_click(page, 2, "memo"), "也留着")
    hands.click(page.tabs._tabs["shipped"])
    assert held(shop, order_id).seller_memo == "也留着"
    assert page.inline.editor is None


def test_the_rows_stand_still_under_an_open_field_and_what_came_meanwhile_follows(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    first, second = list(page.model.all_ids())[:2]
    write(double_click(page, 1, "memo"), "写到一半")
    page.context.runner.change(EditOrders((first,), {"flag": 3}))
    from services.commands.parcels import Shipment, ShipOrders

    gone = shop.read(OrderIds(f"{TO_SHIP} blocker:none", "ship_by"))[-1]
    page.context.runner.change(ShipOrders((Shipment(gone, "SF", "SF1234567890123"),)))
    assert gone in list(page.model.all_ids()), "the list waits"
    assert editor(page).text() == "写到一半"
    assert page.table.viewport().childAt(cell(page, 1, "memo")) is not None
    hands.press(editor(page).field, Qt.Key.Key_Return)
    assert gone not in list(page.model.all_ids())
    assert held(shop, second).seller_memo == "写到一半"


def test_a_conflict_is_told_and_the_words_stay(page: OrdersPage, shop: Desk) -> None:
    order_id = page.model.id_at(4)
    open_field = double_click(page, 4, "memo")
    write(open_field, "我的话")
    shop.perform(EditOrders((order_id,), {"seller_memo": "别人的话"}))
    hands.press(open_field.field, Qt.Key.Key_Return)
    assert editor(page) is open_field
    assert open_field.text() == "我的话"
    assert "别人的话" in open_field.words.text()
    assert open_field.words.isVisible()
    assert held(shop, order_id).seller_memo == "别人的话"
    hands.press(open_field.field, Qt.Key.Key_Return)
    assert held(shop, order_id).seller_memo == "我的话", "Enter a second time is meant"


def test_another_field_that_changed_is_no_conflict(page: OrdersPage, shop: Desk) -> None:
    order_id = page.model.id_at(4)
    open_field = double_click(page, 4, "memo")
    write(open_field, "我的话")
    shop.perform(EditOrders((order_id,), {"flag": 5}))
    hands.press(open_field.field, Qt.Key.Key_Return)
    assert held(shop, order_id).seller_memo == "我的话"
    assert held(shop, order_id).flag == 5


def test_a_refusal_is_said_below_the_field_and_the_words_stay(page: OrdersPage, shop: Desk) -> None:
    open_field = double_click(page, 0, "memo")
    write(open_field, "bell\a")
    hands.press(open_field.field, Qt.Key.Key_Return)
    assert open_field.words.isVisible()
    assert "备注" in open_field.words.text()
    assert open_field.geometry().bottom() <= page.table.viewport().height()
    assert not open_field.field.isReadOnly()


def test_words_that_can_not_be_kept_after_leaving_can_still_be_copied(page: OrdersPage, demo_context: AppContext) -> None:
    told: list[Notice] = []
    demo_context.noticed.connect(told.append)
    write(double_click(page, 0, "memo"), "bell\a")
    page.tabs.choose("all")
    assert told[-1].words.startswith("没有保存：")
    assert told[-1].action is not None
    told[-1].action()
    assert QGuiApplication.clipboard().text() == "bell\a"


def test_a_long_memo_grows_and_stays_within_the_table(page: OrdersPage) -> None:
    page.table.scrollToBottom()
    last = page.table.rowAt(page.table.viewport().height() - 40)
    open_field = double_click(page, last, "memo")
    write(open_field, "\n".join(str(line) for line in range(12)))
    assert open_field.height() > 100
    assert page.table.viewport().rect().contains(open_field.geometry())
    hands.press(open_field.field, Qt.Key.Key_Escape)


def test_tags_are_completed_from_those_in_use_and_kept_once(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    order_id = page.model.id_at(1)
    open_field = double_click(page, 1, "tags")
    assert isinstance(open_field, TagsEditor)
    field = open_field.field
    assert isinstance(field, QLineEdit)
    field.setText("大客户，")
    completer = field.completer()
    assert completer is not None
    field.insert("定")
    completer.setCompletionPrefix(field.text())  # what a typed key does
    completer.complete()
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    hands.press(popup, Qt.Key.Key_Down)
    hands.press(popup, Qt.Key.Key_Return)
    assert page.inline.editor is open_field, "Enter in the list takes the word, not the leave"
    assert field.text() == "大客户，定制,"
    field.insert("大客户")
    hands.press(field, Qt.Key.Key_Return)
    assert held(shop, order_id).tags == ("大客户", "定制")


def test_enter_keeps_a_typed_tag_though_others_are_offered(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    order_id = page.model.id_at(1)
    open_field = double_click(page, 1, "tags")
    field = open_field.field
    assert isinstance(field, QLineEdit)
    completer = field.completer()
    assert completer is not None
    field.setText("定")
    completer.setCompletionPrefix("定")
    completer.complete()
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    hands.press(popup, Qt.Key.Key_Return)
    assert page.inline.editor is None
    assert held(shop, order_id).tags == ("定",)


def test_nothing_of_an_open_field_stays_behind(page: OrdersPage, qtbot: QtBot) -> None:
    def fields() -> list[QWidget]:
        return [one for one in page.table.viewport().findChildren(CellEditor) if one.isVisible()]

    double_click(page, 0, "memo")
    double_click(page, 1, "tags")
    assert len(fields()) == 1
    QApplication.sendPostedEvents()
    hands.press(editor(page).field, Qt.Key.Key_Escape)
    assert fields() == []
    assert not page.table.editing
