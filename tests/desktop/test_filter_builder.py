"""The filter builder: rows by mouse and keys make the right search, its sentence and its count; what rows can't show stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.views.builder_values import ChoiceValue, DayValue, FigureValue, LineValue
from desktop.views.filter_builder import FilterBuilder, FilterRow
from desktop.views.orders import OrdersPage
from desktop.views.widgets.buttons import Combo
from services.desk import Desk
from services.queries.order_rows import CountOrders, OrderIds
from tests.desktop import hands

TO_SHIP = "status:awaiting_shipment"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[OrdersPage]:
    with hands.on_screen(OrdersPage(demo_context), qtbot) as made:
        made.load()
        made.activate()
        yield made


def opened(page: OrdersPage) -> FilterBuilder:
    hands.press(page, Qt.Key.Key_F, CTRL_SHIFT)
    return next(dialog for dialog in page.findChildren(FilterBuilder) if dialog.isVisible())


def rows(dialog: FilterBuilder) -> list[FilterRow]:
    return [row for group in dialog.groups for row in group.rows]


def take(combo: Combo, words: str) -> None:
    """Choose an entry by its words, as the arrows would."""
    combo.setCurrentIndex(combo.findText(words))


def count(dialog: FilterBuilder, qtbot: QtBot, shop: Desk, search: str) -> int:
    """The count on the verb is the database's."""
    orders = shop.read(CountOrders(f"{TO_SHIP} {search}"))
    qtbot.waitUntil(lambda: dialog.verb_button.text() == f"显示 {orders} 单")
    return orders


def test_rows_make_a_search_and_the_verb_counts_it(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    dialog = opened(page)
    assert not dialog.verb_button.isEnabled()
    assert dialog.verb_button.text() == "先填一个条件"
    first = rows(dialog)[0]
    take(first.field, "旗")
    choices = cast("ChoiceValue", first.editor)
    choices._entries["1"].trigger()
    choices._entries["2"].trigger()
    assert choices.button.words == "红、黄"
    assert count(dialog, qtbot, shop, "flag:red,yellow")
    hands.click(dialog.add_button)
    second = rows(dialog)[1]
    assert second.join.text() == "并且"
    take(second.field, "实付")
    take(second.op, "大于等于")
    hands.type_text(second.editor.first(), "60")
    assert dialog.sentence.text() == "订单要：旗是红或黄，并且实付大于等于¥60"
    assert dialog.typed.text() == "旗:红,黄 实付>=60.00"
    count(dialog, qtbot, shop, "flag:red,yellow paid>=60")
    hands.click(second.close_button)
    assert dialog.typed.text() == "旗:红,黄"
    hands.click(dialog.verb_button)
    assert [(chip.field, chip.value) for chip in page.bar.chip_row.chips] == [("旗", "红、黄")]
    assert list(page.model.all_ids()) == list(shop.read(OrderIds(f"{TO_SHIP} flag:red,yellow", "ship_by")))


def test_it_opens_with_the_box_and_changes_only_what_is_changed(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.bar.set_text('付款:7天 (省:浙江 或 市:上海) 实付:50..200 -留言:"" 贺卡')
    dialog = opened(page)
    assert [(row.field.currentText(), row.op.currentText()) for row in rows(dialog)] == [
        ("付款", "在"),
        ("省", "包含"),
        ("市", "包含"),
        ("实付", "介于"),
        ("留言", "已填写"),
        ("文字", "包含"),
    ]
    assert [row.join.text() for row in rows(dialog)] == ["", "并且", "或", "并且", "并且", "并且"]
    assert dialog.note.text() == "只数“待发货”里的"
    assert dialog.typed.text() == '付款:7天 (省:浙江 或 市:上海) 实付:50.00..200.00 -留言:"" 贺卡'
    hands.press(dialog, Qt.Key.Key_Escape)
    assert page.bar.canonical() == 'paid_at:7d (province:浙江 OR city:上海) paid:50.00..200.00 -message:"" 贺卡'


def test_any_of_and_alternatives(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.bar.set_text("province:浙江 flag:red")
    dialog = opened(page)
    hands.click(rows(dialog)[0].other)
    assert rows(dialog)[1].join.text() == "或"
    line = cast("LineValue", rows(dialog)[1].editor).line
    assert dialog.focusWidget() is line
    line.insert("江苏")
    line.textEdited.emit(line.text())
    assert dialog.typed.text() == "(省:浙江 或 省:江苏) 旗:红"
    count(dialog, qtbot, shop, "(province:浙江 OR province:江苏) flag:red")
    dialog.mode.setFocus()
    hands.press(dialog.mode, Qt.Key.Key_Right)
    assert dialog.typed.text() == "省:浙江 省:江苏 或 旗:红"
    assert dialog.sentence.text() == "订单要：（省包含“浙江”并且省包含“江苏”），或旗是红"


def test_a_day_by_word_by_calendar_and_by_key(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.bar.set_text("created>=2026-11-01")
    dialog = opened(page)
    row = rows(dialog)[0]
    day = cast("DayValue", row.editor).days[0]
    assert day.line.text() == "2026-11-01"
    hands.click(day.button)
    assert day.menu is not None
    assert day.calendar.selectedDate() == QDate(2026, 11, 1)
    day.calendar.clicked.emit(QDate(2026, 11, 9))
    assert not day.menu.isVisible()
    assert dialog.typed.text() == "下单>=2026-11-09"
    hands.click(day.button)
    next(entry for entry in day.menu.actions() if entry.text() == "近 7 天").trigger()
    day.menu.close()
    assert dialog.typed.text() == "下单>=7天"
    count(dialog, qtbot, shop, "created>=7d")
    day.line.selectAll()
    hands.type_text(day.line, "soon")
    assert day.line.property("wrong")
    assert "soon" in dialog.sentence.text()
    assert dialog.verb_button.text() == "先改好标红的值"
    assert not dialog.verb_button.isEnabled()
    day.line.selectAll()
    hands.type_text(day.line, "2026-11")
    assert not day.line.property("wrong")
    count(dialog, qtbot, shop, "created>=2026-11")


def test_the_shops_own_words_can_be_chosen(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.bar.set_text("tag:加急")
    dialog = opened(page)
    value = cast("LineValue", rows(dialog)[0].editor)
    assert value.menu is not None
    hands.click(value.button)
    entries = {entry.text(): entry for entry in value.menu.actions()}
    assert entries["加急"].isChecked()
    entries["贺卡"].trigger()
    value.menu.close()
    assert value.line.text() == "加急、贺卡"
    assert dialog.typed.text() == "标签:加急,贺卡"
    count(dialog, qtbot, shop, "tag:加急,贺卡")


def test_a_range_may_be_open_and_backwards_is_refused(page: OrdersPage, qtbot: QtBot) -> None:
    page.bar.set_text("paid:50..")
    dialog = opened(page)
    amounts = cast("FigureValue", rows(dialog)[0].editor)
    assert [line.text() for line in amounts.lines] == ["50", ""]
    hands.type_text(amounts.lines[1], "20")
    assert all(line.property("wrong") for line in amounts.lines)
    assert "前后颠倒" in dialog.sentence.text()


@pytest.mark.parametrize("text", ["(省:浙江 (市:杭州 或 旗:红)) 或 旗:黄", "状太:已发货"])
def test_what_rows_cannot_show_is_said_and_left_untouched(page: OrdersPage, text: str) -> None:
    page.bar.set_text(text)
    before = page.bar.text()
    dialog = opened(page)
    assert dialog._cannot_band is not None
    assert dialog._cannot_band.isVisible()
    assert not dialog.add_button.isVisible()
    assert not dialog.verb_button.isEnabled()
    hands.press(dialog, Qt.Key.Key_Escape)
    assert page.bar.text() == before
    again = opened(page)
    again._begin_anew()
    assert again.add_button.isVisible()
    assert len(rows(again)) == 1


def test_the_funnel_opens_it_and_help_brings_an_example(page: OrdersPage, qtbot: QtBot) -> None:
    hands.click(page.bar._funnel)
    dialog = next(one for one in page.findChildren(FilterBuilder) if one.isVisible())
    helping = dialog.open_help()
    helping.filter.setText("超时")  # type: ignore[attr-defined]
    hands.click(helping.list.viewport(), QPoint(60, 16))  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not any(one is helping and one.isVisible() for one in dialog.findChildren(QWidget)))
    assert dialog.typed.text() == "超时:是"


def test_everything_has_a_name_and_an_english_face(english: None, page: OrdersPage) -> None:
    page.bar.set_text("paid_at:7d paid>=50 flag:red tag:加急")
    dialog = opened(page)
    assert dialog.sentence.text() == "Orders: Paid at last 7 days, and Paid at least ¥50, and Flag is red, and Tag contains “加急”"
    for row in rows(dialog):
        for widget in (row.field, row.op, row.editor.first(), row.other, row.close_button):
            assert widget.accessibleName()
