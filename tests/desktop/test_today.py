"""The Today page: figures, things to do in the order of urgency, what was done; every line leads to its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.views.today import TodayPage
from desktop.views.today_parts import TodoRow
from desktop.views.widgets.labels import Label
from desktop.views.widgets.rows import ListRow
from services.clock import MS_AN_HOUR
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.today import Today
from tests.desktop import hands
from tests.factories import make_order, make_sku
from tests.frozen import START


@pytest.fixture
def page(context: AppContext, qtbot: QtBot) -> TodayPage:
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.resize(1264, 832)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def todo(page: TodayPage, code: str) -> TodoRow:
    assert page.day is not None
    return page.rows[[one.code for one in page.day.todos].index(code)]


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def lines(widget: QWidget) -> list[str]:
    return [row.accessibleName() for row in widget.findChildren(ListRow) if row.isVisibleTo(widget)]


def fill(desk: Desk) -> None:
    make_sku(desk, "TRAY", title="竹制茶盘", stock=0)
    good = {"lines": [{"title": "盖碗", "code": "CUP"}]}
    make_sku(desk, "CUP", title="盖碗", stock=9)
    make_order(desk, number="3021000000000000001", ship_by=START - MS_AN_HOUR, **good)
    make_order(desk, number="3021000000000003108", buyer_nick="半山听雨", ship_by=START + MS_AN_HOUR, **good)
    make_order(desk, number="3021000000000000003", ship_by=START + 5 * MS_AN_HOUR, **good)
    make_order(desk, number="3021000000000000004", lines=[{"code": "TRAY", "title": "竹制茶盘", "quantity": 3, "shortage": 3}])
    make_order(desk, number="3021000000000000005", status="awaiting_payment", payable=12900, lines=[{"title": "茶"}])
    make_order(desk, number="3021000000000000006", status="completed", cases=[{"amount": 7116}], **good)


def test_things_to_do_come_by_urgency_with_count_money_and_one_click(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    with qtbot.waitSignal(page.context.counted) as told:
        page.load()
    page.activate()
    assert page.day is not None
    codes = [one.code for one in page.day.todos]
    assert codes[:4] == ["late", "due_soon", "shortage", "open_cases"]
    assert told.args[:2] == ["today", len([one for one in page.day.todos if one.tone in {"bad", "warn"}])]
    assert "竹制茶盘" in todo(page, "shortage").accessibleName()
    assert "半山听雨" in todo(page, "due_soon").accessibleName()
    assert "¥71.16" in todo(page, "open_cases").accessibleName()
    assert page.rows[0].button.hasFocus()
    with qtbot.waitSignal(page.context.went) as went:
        hands.press(page.rows[0].button, Qt.Key.Key_Space)
    assert went.args[0].page == "orders"
    assert went.args[0].facts["search"] == "status:awaiting_shipment late:yes"
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(todo(page, "shortage"), QPoint(300, 20))
    assert (went.args[0].page, went.args[0].facts["tab"]) == ("stock", "short")
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(todo(page, "open_cases").button)
    assert (went.args[0].page, went.args[0].facts["tab"]) == ("refunds", "open")


def test_the_searches_behind_the_lines_find_as_many_as_they_say(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    from services.queries.order_rows import OrderIds

    fill(desk)
    page.load()
    assert page.day is not None
    checked = [(one.code, one.count, len(desk.read(OrderIds(one.search)))) for one in page.day.todos if one.page == "orders"]
    assert len(checked) >= 4
    assert [one for one in checked if one[1] != one[2]] == []


def test_figures_tell_today_beside_last_week(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    week_ago = START - 7 * 24 * MS_AN_HOUR
    make_order(desk, paid=10000, payable=10000, paid_at=START - MS_AN_HOUR, lines=[{"title": "茶", "price": 10000}])
    make_order(
        desk,
        paid=8000,
        payable=8000,
        created_at=week_ago - 2 * MS_AN_HOUR,
        paid_at=week_ago - MS_AN_HOUR,
        status="completed",
        lines=[{"title": "茶"}],
    )
    page.load()
    assert page.figures["paid"].accessibleName() == "成交额 ¥100.00 +25.0% 比上周日"
    assert page.figures["orders"].accessibleName().startswith("付款订单 1")
    assert page.date.text() == "11 月 22 日  周日"


def test_the_hours_of_today_lead_to_their_orders(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    assert page.due_title.text() == "今天要发的 2 单，按最晚发货时间"
    assert "15 点 1 单" in page.due.accessibleDescription()
    step = page.due.width() / len(page.due.hours)
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(page.due, QPoint(round(step * 1.5), 60))
    assert went.args[0].facts["search"] == "status:awaiting_shipment ship_by:+2h"


def test_what_was_done_is_told_and_leads_to_the_trail(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    before = desk.read(Today()).done_count
    page.context.runner.change(ReceiveGoods("CUP", 5))
    page.refresh({"stock_level": frozenset()})
    assert page.day is not None
    assert page.day.done_count == before + 1
    qtbot.waitUntil(lambda: any("收货入库" in words for words in lines(page.latest)))
    row = next(row for row in page.latest.findChildren(ListRow) if "收货入库" in row.accessibleName() and row.isVisibleTo(page))
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(row)
    assert went.args[0].page == "audit"


def test_a_change_is_shown_without_asking(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    assert "shortage" in [one.code for one in page.day.todos] if page.day else False
    page.context.runner.change(ReceiveGoods("TRAY", 3))
    assert page.day is not None
    assert "shortage" not in [one.code for one in page.day.todos]


def test_nothing_to_do_is_said(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    make_order(desk, status="completed", lines=[{"title": "茶"}])
    page.load()
    assert page.day is not None
    assert page.day.todos == ()
    qtbot.waitUntil(lambda: "没有要办的事" in words_of(page))
    page.activate()
    assert page.import_button.hasFocus()


def test_a_new_shop_is_welcomed(page: TodayPage, qtbot: QtBot) -> None:
    page.load()
    page.activate()
    assert page.stack.currentWidget() is page.welcome
    assert page.welcome.choices[0].hasFocus()
