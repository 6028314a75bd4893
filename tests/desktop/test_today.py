"""The Today page: figures, things to do in the order of urgency, what was done; every line leads to its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.views.list_page import ListPage
from desktop.views.main_window import MainWindow
from desktop.views.rejects_dialog import RejectsDialog
from desktop.views.today import TodayPage
from desktop.views.today_parts import TodoRow
from desktop.views.widgets.labels import Label
from desktop.views.widgets.rows import ListRow
from services.clock import MS_AN_HOUR
from services.commands.imports import import_file
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.order_rows import OrderIds
from services.queries.today import PARTS, Today
from tests.desktop import hands
from tests.factories import make_order, make_sku
from tests.frozen import START, FrozenClock
from tests.imports.sample import order_row, write
from tests.queries.statements import statements


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


def codes(page: TodayPage) -> list[str]:
    return [row.todo.code for row in page.rows]


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
    assert codes(page)[:4] == ["late", "due_soon", "short_goods", "open_cases"]
    assert told.args[:2] == ["today", len(page.rows)], "the rail says what the page's heading says"
    assert "竹制茶盘" in todo(page, "short_goods").accessibleName()
    assert "半山听雨" in todo(page, "due_soon").accessibleName()
    assert "¥71.16" in todo(page, "open_cases").accessibleName()
    assert page.rows[0].button.hasFocus()
    with qtbot.waitSignal(page.context.went) as went:
        hands.press(page.rows[0].button, Qt.Key.Key_Space)
    assert went.args[0].page == "orders"
    assert went.args[0].facts["search"] == "status:awaiting_shipment late:yes"
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(todo(page, "short_goods"), QPoint(300, 20))
    assert (went.args[0].page, went.args[0].facts["tab"]) == ("stock", "short")
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(todo(page, "open_cases").button)
    assert (went.args[0].page, went.args[0].facts["tab"]) == ("refunds", "open")


def test_each_reason_that_holds_orders_back_is_a_line_of_its_own(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    make_order(desk, number="3021000000000000007", address="", lines=[{"code": "TRAY", "quantity": 1, "shortage": 1}])
    page.load()
    row = todo(page, "blocked")
    assert row.title == "2 单有事挡着，发不了"
    assert [part.accessibleName() for part in row.parts] == [
        "缺货 2 单 到货就能发 ¥40.00",
        "地址不全 1 单 缺收货人、电话、省份或详细地址 ¥10.00",
    ]
    row.parts[1].setFocus()
    with qtbot.waitSignal(page.context.went) as went:
        hands.press(row.parts[1], Qt.Key.Key_Return)
    assert went.args[0].facts["search"] == "status:awaiting_shipment blocker:address_missing"
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(row.parts[0])
    assert went.args[0].facts["search"] == "status:awaiting_shipment blocker:shortage"
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(row.head, QPoint(200, 20))
    assert went.args[0].facts["search"] == "status:awaiting_shipment blocker:any"


def test_the_lines_are_walked_by_tab_and_opened_by_enter(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    page.activate()
    stops = [button for row in page.rows for _code, button in row.stops()]
    assert stops[0].hasFocus()
    qtbot.waitUntil(stops[-1].isVisible)
    for after in stops[1:]:
        hands.press(page.focusWidget(), Qt.Key.Key_Tab)
        assert after.hasFocus(), after.accessibleName()
    with qtbot.waitSignal(page.context.went) as went:
        hands.press(stops[-1], Qt.Key.Key_Return)
    assert went.args[0].facts["search"] == "status:awaiting_payment"


def test_the_list_behind_a_line_shows_as_many_as_it_says(context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    """Through the window: the line of Today, the rows of the page that it opens."""
    fill(desk)
    with hands.on_screen(MainWindow(context), qtbot, 1440, 900) as window:
        window.take_over("today")
        today = window.pages["today"]
        assert isinstance(today, TodayPage)
        for code in ("late", "due_soon", "due_today", "due_later", "blocked", "to_ship", "to_remind", "short_goods"):
            row = todo(today, code)
            hands.click(row.button)
            shown = window.pages[row.todo.page]
            assert window.current == row.todo.page
            assert isinstance(shown, ListPage)
            assert shown.model.rowCount() == row.todo.count, code
            window.show_page("today")


def test_rows_that_did_not_come_in_are_shown(page: TodayPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    rows = [order_row("5016165517148046476"), order_row("5016165517148046477", 总金额="九十"), order_row("5.01616E+18")]
    import_file(desk, write(tmp_path / "ExportOrderList1.csv", rows))
    page.load()
    row = todo(page, "import_rejects")
    assert row.title == "2 行没能导入"
    assert row.details == "ExportOrderList1.csv 2 行"
    hands.press(row.button, Qt.Key.Key_Return)
    dialog = page.dialog
    assert isinstance(dialog, RejectsDialog)
    hands.check_model(dialog.model)
    assert dialog.model.rowCount() == row.todo.count
    assert [(line.row, line.value) for line in (dialog.model.row_at(0), dialog.model.row_at(1)) if line] == [
        (3, "九十"),
        (4, "5.01616E+18"),
    ]
    assert "不是" in dialog.model.row_at(0).why  # type: ignore[union-attr]
    hands.press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


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
    assert page.figures["yesterday"].accessibleName() == "昨天成交 ¥0.00"
    make_order(desk, number="8", paid=3000, payable=3000, paid_at=START - 24 * MS_AN_HOUR, lines=[{"title": "茶", "price": 3000}])
    make_order(desk, number="9", paid=4000, payable=4000, paid_at=week_ago - 24 * MS_AN_HOUR, lines=[{"title": "茶", "price": 4000}])
    page.load()
    assert page.figures["yesterday"].accessibleName() == "昨天成交 ¥30.00 −25.0% 比上周六"
    assert page.date.text() == "11 月 22 日  周日"


def test_the_hours_of_today_lead_to_their_orders(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    assert page.due_title.text() == "接下来要发的 2 单，按最晚发货时间", "what is late already has a line of its own"
    assert "15 点 1 单" in page.due.accessibleDescription()
    step = page.due.width() / len(page.due.hours)
    found = 0
    for place, (_hour, orders) in enumerate(page.due.hours):
        if orders:
            with qtbot.waitSignal(page.context.went) as went:
                hands.click(page.due, QPoint(round(step * (place + 0.5)), 60))
            assert len(desk.read(OrderIds(went.args[0].facts["search"]))) == orders, "the list has what the bar counts"
            found += orders
    assert found == 2


def test_what_was_done_is_told_and_leads_to_the_trail(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    before = desk.read(Today()).deeds.done_count
    page.context.runner.change(ReceiveGoods("CUP", 5))
    assert page.day is not None
    assert page.day.deeds.done_count == before + 1
    qtbot.waitUntil(lambda: any("收货入库" in words for words in lines(page.latest)))
    row = next(row for row in page.latest.findChildren(ListRow) if "收货入库" in row.accessibleName() and row.isVisibleTo(page))
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(row)
    assert went.args[0].page == "audit"


def test_a_change_is_shown_without_asking(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    todo(page, "short_goods").button.setFocus()
    todo(page, "to_remind").button.setFocus()
    page.context.runner.change(ReceiveGoods("TRAY", 3))
    assert "short_goods" not in codes(page)
    assert "blocked" not in codes(page)
    assert todo(page, "to_remind").button.hasFocus()  # the keys stay on their line


def test_a_change_reads_only_what_it_concerns_and_keeps_lines_that_say_the_same(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    rows = list(page.rows)
    with statements(desk) as asked:
        page.context.runner.change(ReceiveGoods("CUP", 5))
    assert not [one for one in asked if "paid_at" in one or "FROM after_sale" in one]
    assert page.rows == rows


def test_a_deadline_passes_at_the_turn_of_the_minute(page: TodayPage, desk: Desk, frozen_clock: FrozenClock, qtbot: QtBot) -> None:
    fill(desk)
    page.load()
    assert todo(page, "late").todo.count == 1
    assert 0 < page._tick.interval() <= 60_000
    frozen_clock.advance(minutes=61)
    page.tick()
    assert todo(page, "late").todo.count == 2
    assert "due_soon" in codes(page)  # the order of 19:00
    assert page._tick.isActive()


def test_at_midnight_another_day_begins(page: TodayPage, desk: Desk, frozen_clock: FrozenClock, qtbot: QtBot) -> None:
    fill(desk)
    make_order(desk, number="3021000000000000009", paid=5000, payable=5000, paid_at=START, lines=[{"title": "茶", "price": 5000}])
    page.load()
    assert page.figures["paid"].accessibleName().startswith("成交额 ¥50.00")
    frozen_clock.advance(hours=10)
    page.tick()
    assert page.date.text() == "11 月 23 日  周一"
    assert page.figures["paid"].accessibleName() == "成交额 ¥0.00"
    assert page.figures["yesterday"].accessibleName().startswith("昨天成交 ¥50.00")
    assert not [label for label in page.findChildren(Label) if label.text() == "今天已办" and label.isVisibleTo(page)]


def test_a_page_that_was_hidden_knows_the_time_when_it_is_shown(
    page: TodayPage, desk: Desk, frozen_clock: FrozenClock, qtbot: QtBot
) -> None:
    fill(desk)
    page.load()
    page.hide()
    frozen_clock.advance(minutes=61)
    page.tick()
    assert todo(page, "late").todo.count == 1
    page.show()
    assert todo(page, "late").todo.count == 2


def test_the_page_follows_every_table_that_a_part_of_it_is_made_of() -> None:
    assert set(TodayPage.tables) == set().union(*PARTS.values())


def test_nothing_to_do_is_said(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    make_order(desk, status="completed", lines=[{"title": "茶"}])
    page.load()
    assert page.day is not None
    assert page.day.todos == ()
    qtbot.waitUntil(lambda: "都处理完了" in words_of(page))
    page.activate()
    assert page.import_button.hasFocus()


@pytest.mark.parametrize("width", [904, 1040, 1264])
def test_nothing_is_cut_off_in_a_narrow_window(page: TodayPage, desk: Desk, qtbot: QtBot, width: int) -> None:
    fill(desk)
    page.load()
    page.resize(width, 560)
    qtbot.waitUntil(page.rows[0].isVisible)
    assert page.whole.horizontalScrollBar().maximum() == 0
    assert page.side.isVisible() == (width > 1000)


def test_a_new_shop_is_welcomed(page: TodayPage, qtbot: QtBot) -> None:
    page.load()
    page.activate()
    assert page.stack.currentWidget() is page.welcome
    assert page.welcome.choices[0].hasFocus()
