"""The orders page on a demo shop: tabs, search, selection, detail, deeds; driven by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.models.order_columns import order_columns, region, search_of
from desktop.models.paged_table import Sort
from desktop.views.edit_dialog import AddressDialog, NoteDialog
from desktop.views.orders import OrdersPage
from desktop.views.print_dialog import PrintDialog
from desktop.views.refund_dialog import RefundDialog
from desktop.views.ship_dialog import ShipDialog
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.commands.edits import EditOrders
from services.commands.parcels import Shipment, ShipOrders
from services.desk import Desk
from services.queries.counts import StatusCounts
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderIds, OrderRows, OrderTotals
from tests.desktop import hands

CTRL = Qt.KeyboardModifier.ControlModifier
TO_SHIP = "status:awaiting_shipment"


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[OrdersPage]:
    with hands.on_screen(OrdersPage(demo_context), qtbot) as made:
        made.load()
        made.activate()
        ready(made, qtbot)
        yield made


def ready(page: OrdersPage, qtbot: QtBot) -> None:
    """The rows on the screen are there."""
    qtbot.waitUntil(lambda: not page.model.rowCount() or page.model.row_at(0) is not None)


def shown(page: OrdersPage) -> list[int]:
    return list(page.model.all_ids())


def words_of(widget: Any) -> str:
    """All words of the labels that can be seen."""
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def cell(page: OrdersPage, row: int, key: str) -> QPoint:
    column = next(place for place, one in enumerate(page.model.columns) if one.key == key)
    return page.table.visualRect(page.model.index(row, column)).center()


def test_the_tabs_count_what_the_shop_holds_and_to_ship_comes_by_deadline(page: OrdersPage, shop: Desk) -> None:
    counts = shop.read(StatusCounts())
    tabs = {tab.key: tab.count for tab in page.tabs.findChildren(type(page.tabs._tabs["all"]))}
    assert tabs == {**counts.by_status, "all": counts.total}
    assert shown(page) == list(shop.read(OrderIds(TO_SHIP, "ship_by")))
    assert "status" not in {column.key for column in page.model.columns}
    assert page.foot._sums.text().startswith(f"{counts.by_status['awaiting_shipment']} 单·")


@pytest.mark.parametrize("tab", ["awaiting_payment", "shipped", "completed", "closed", "all"])
def test_a_click_on_a_tab_shows_its_orders_the_latest_first(page: OrdersPage, shop: Desk, qtbot: QtBot, tab: str) -> None:
    hands.click(page.tabs._tabs[tab])
    ready(page, qtbot)
    rows = shop.read(OrderRows(tuple(shown(page))))
    assert {row.status for row in rows} == ({tab} if tab != "all" else set(shop.read(StatusCounts()).by_status))
    assert len(rows) == (page.tabs._tabs[tab].count or 0) > 0
    times = [row.shipped_at if tab == "shipped" else row.created_at for row in rows]
    assert times == sorted(times, key=lambda time: -(time or 0))
    assert page.table.current_id() == shown(page)[0]


def test_every_tab_keeps_qts_rules(page: OrdersPage, qtbot: QtBot) -> None:
    hands.check_model(page.model)
    for tab in page.tabs._tabs:
        page.tabs.choose(tab)
        ready(page, qtbot)
    page.bar.set_text("省:浙江")
    page.model.refresh()


def test_a_number_and_enter_find_the_order_and_go_to_it(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    wanted = shop.read(OrderRows((shown(page)[7],)))[0]
    hands.press(page.table, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier)
    assert page.bar.field.hasFocus(), "digits over the table go to the search box"
    page.bar.field.clear()
    hands.type_text(page.bar.field, wanted.number)
    hands.press(page.bar.field, Qt.Key.Key_Return)
    ready(page, qtbot)
    assert shown(page) == [wanted.id]
    assert page.table.hasFocus()
    assert page.panel.card is not None
    assert page.panel.card.number == wanted.number


def test_field_and_value_search_within_the_tab(page: OrdersPage, shop: Desk) -> None:
    page.bar.field.insert("省:广东 OR 省:江苏")  # QTest types no Chinese
    hands.press(page.bar.field, Qt.Key.Key_Return)
    assert shown(page) == list(shop.read(OrderIds(f"{TO_SHIP} (省:广东 OR 省:江苏)", "ship_by")))
    assert shown(page)
    hands.press(page.table, Qt.Key.Key_F, CTRL)
    page.bar.field.setFocus()
    hands.press(page.bar.field, Qt.Key.Key_Escape)
    assert len(shown(page)) == shop.read(StatusCounts()).by_status["awaiting_shipment"]


def test_a_slip_of_the_pen_is_said_where_it_is_and_mended_by_a_click(page: OrdersPage, shop: Desk) -> None:
    before = shown(page)
    page.bar.field.insert("省:浙江 状太:已发货")
    hands.press(page.bar.field, Qt.Key.Key_Return)
    assert page.trouble.isVisible()
    assert "状太" in page.trouble.words.text()
    assert "状态" in page.trouble.words.text()
    assert shown(page) == before, "nothing else was searched for"
    hands.click(page.trouble.mend)
    assert page.bar.text() == "省:浙江 状态:已发货"
    assert not page.trouble.isVisible()


def test_nothing_found_says_what_to_do_next(page: OrdersPage, qtbot: QtBot) -> None:
    page.bar.set_text("绝无此货")
    assert page.model.rowCount() == 0
    assert page.table.empty is not None
    assert page.table.empty.isVisible()
    assert "绝无此货" in words_of(page.table.empty)
    assert page.panel.card is None


def test_an_empty_shop_says_how_to_begin(context: AppContext, qtbot: QtBot) -> None:
    page = OrdersPage(context)
    qtbot.addWidget(page)
    page.resize(1264, 832)
    page.show()
    page.load()
    assert page.table.empty is not None
    assert "还没有订单" in words_of(page.table.empty)


def test_ctrl_a_chooses_the_query_and_the_sums_are_the_databases(page: OrdersPage, shop: Desk) -> None:
    hands.press(page.table, Qt.Key.Key_A, CTRL)
    totals = shop.read(OrderTotals(TO_SHIP))
    assert page.foot._title.text() == f"已选 {totals.count} 单"
    assert page.foot._sums.text() == f"{totals.quantity} 件·¥{totals.paid / 100:,.2f}"
    assert page.foot.ship_button.text() == f"发货 {totals.count} 单"
    hands.press(page.table, Qt.Key.Key_X)
    rest = shop.read(OrderTotals(ids=page.model.selected_ids()))
    assert page.foot._title.text() == f"已选 {totals.count - 1} 单"
    assert page.foot._sums.text() == f"{rest.quantity} 件·¥{rest.paid / 100:,.2f}"
    hands.press(page.table, Qt.Key.Key_Escape)
    assert not page.foot.ship_button.isVisible()


def test_a_box_is_ticked_by_mouse_and_only_to_ship_offers_to_ship(page: OrdersPage, qtbot: QtBot) -> None:
    hands.click(page.table.viewport(), cell(page, 2, "check"))
    hands.click(page.table.viewport(), cell(page, 4, "check"))
    assert list(page.chosen()) == [shown(page)[2], shown(page)[4]]
    assert page.foot.ship_button.isVisible()
    hands.click(page.tabs._tabs["completed"])
    ready(page, qtbot)
    assert page.model.selected_ids() == []
    hands.click(page.table.viewport(), cell(page, 0, "check"))
    assert page.foot._title.text() == "已选 1 单"
    assert not page.foot.ship_button.isVisible()


def test_a_heading_sorts_in_the_database(page: OrdersPage, shop: Desk) -> None:
    header = page.table.horizontalHeader()
    paid = next(place for place, column in enumerate(page.model.columns) if column.key == "paid")
    at = QPoint(header.sectionViewportPosition(paid) + 20, 12)
    hands.click(header.viewport(), at)
    assert shown(page) == list(shop.read(OrderIds(TO_SHIP, "paid")))
    hands.click(header.viewport(), at)
    assert shown(page) == list(shop.read(OrderIds(TO_SHIP, "-paid")))
    page.bar.set_text("省:广东")
    assert page.model.sorted_by == Sort("paid", True), "a search keeps the order"
    page.bar.set_text("")
    page.tabs.choose("all")
    assert page.model.sorted_by == Sort("created_at", True)
    page.tabs.choose("awaiting_shipment")
    assert page.model.sorted_by == Sort("paid", True), "a tab keeps the order that was chosen for it"


def test_the_panel_tells_the_order_and_what_blocks_it(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    blocked = shop.read(OrderIds(f"{TO_SHIP} blocker:shortage"))[0]
    page.navigate(search=f"{TO_SHIP} blocker:shortage")
    assert page.tab == "awaiting_shipment"
    assert page.bar.text() == "阻碍:缺货"
    ready(page, qtbot)
    page.table.go_to(blocked)
    card = shop.read(OrderCard(blocked))
    qtbot.waitUntil(lambda: "缺货" in words_of(page.panel))
    said = words_of(page.panel)
    assert "先收货入库，或只发有货的部分。" in said
    assert card.address in said
    assert page.panel.title.text() == f"{card.number[:4]}…{card.number[-4:]}"
    assert page.panel.ship_button.isVisible()


def test_enter_goes_into_the_panel_and_its_arrows_step_through_the_rows(page: OrdersPage) -> None:
    hands.press(page.table, Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.panel.isAncestorOf(focus)
    page.panel.stepped.emit(1)
    assert page.table.current_id() == shown(page)[1]
    page.panel.closed.emit()
    assert not page.panel.isVisible()
    hands.press(page.table, Qt.Key.Key_Return)
    assert page.panel.isVisible()


def test_the_answer_to_where_is_my_order_is_true_and_on_the_clipboard(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.tabs.choose("shipped")
    ready(page, qtbot)
    card = next(found for order_id in shown(page) if (found := shop.read(OrderCard(order_id))).parcels and found.parcels[0].tracking_number)
    page.table.go_to(card.id)
    hands.press(page.table, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    said = QGuiApplication.clipboard().text()
    assert said.startswith("您好")
    assert card.number[-4:] in said
    assert card.parcels[0].tracking_number in said


def test_the_context_menu_holds_what_the_menus_hold(page: OrdersPage) -> None:
    page.table.menu_requested.emit(QPoint(200, 200))
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    assert [one for one in menu.actions() if not one.isSeparator()] == page.menu_actions()
    menu.close()
    assert {one.menu_key for one in page.menu_actions()} == {"orders", "print"}


@pytest.mark.parametrize(
    ("key", "modifiers", "kind"),
    [
        (Qt.Key.Key_Return, CTRL, ShipDialog),
        (Qt.Key.Key_P, CTRL, PrintDialog),
        (Qt.Key.Key_E, CTRL, NoteDialog),
        (Qt.Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier, AddressDialog),
        (Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier, RefundDialog),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, PrintDialog),
    ],
)
def test_keys_open_the_dialogs(page: OrdersPage, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, kind: type[DialogBase]) -> None:
    hands.press(page.table, key, modifiers)
    qtbot.waitUntil(lambda: isinstance(page.deeds.dialog, kind))
    assert page.deeds.dialog is not None
    assert page.deeds.dialog.isVisible()
    hands.press(page.deeds.dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.deeds.dialog is None)


def test_a_shipped_order_leaves_the_tab_and_the_choice(page: OrdersPage, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    gone, stays = list(shop.read(OrderIds(f"{TO_SHIP} blocker:none", "ship_by")))[:2]
    before = shop.read(StatusCounts()).by_status["awaiting_shipment"]
    page.model.selection.only([gone, stays])
    demo_context.runner.change(ShipOrders((Shipment(gone, "SF", "SF1234567890123"),)))
    assert gone not in shown(page)
    assert page.tabs._tabs["awaiting_shipment"].count == before - 1
    assert page.foot._title.text() == "已选 1 单"
    assert list(page.chosen()) == [stays]


def test_an_edit_elsewhere_is_seen_in_row_and_panel(page: OrdersPage, demo_context: AppContext, qtbot: QtBot) -> None:
    first = shown(page)[0]
    demo_context.runner.change(EditOrders((first,), {"seller_memo": "送手写贺卡", "tags": "贺卡"}))
    qtbot.waitUntil(lambda: getattr(page.model.row_at(0), "seller_memo", "") == "送手写贺卡")
    qtbot.waitUntil(lambda: "送手写贺卡" in words_of(page.panel))


def test_other_pages_lead_to_an_order(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    wanted = shop.read(OrderIds("status:completed"))[5]
    page.navigate(id=wanted)
    assert page.tab == "all"
    assert page.table.current_id() == wanted


def test_regions_are_short_and_searches_whole() -> None:
    assert region("浙江省", "宁波市") == "浙江 宁波"
    assert region("上海市", "上海市") == "上海"
    assert region("广西壮族自治区", "南宁市") == "广西 南宁"
    assert search_of("shipped", "a OR b") == "status:shipped (a OR b)"
    assert search_of("all", "a OR b") == "a OR b"


def test_all_shows_the_status_in_place_of_others(page: OrdersPage) -> None:
    keys = [column.key for column in order_columns("all", page.moment) if column.shown]
    assert "status" in keys
    assert "recipient" not in keys
