"""The stock page by mouse, keys and scanner: levels and tabs, receiving, counting, matching."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.models.column import Bar, Figure
from desktop.models.paged_table import Sort
from desktop.models.stock_columns import STOCK_COLUMNS, state_pill
from desktop.views import receive_dialog
from desktop.views.adjust_dialog import AdjustDialog
from desktop.views.match_dialog import MatchDialog
from desktop.views.receive_dialog import ReceiveDialog
from desktop.views.stock import UNMATCHED, StockPage
from desktop.views.widgets.charts.stock_levels import StockLevels
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band
from desktop.views.widgets.rows import ListRow
from services.desk import Desk
from services.queries.audit_trail import AuditFilter, AuditTrail
from services.queries.order_card import OrderCard
from services.queries.stock_rows import CountStock, StockIds, StockRow, StockRows
from tests.desktop import hands
from tests.factories import make_order, make_sku


@pytest.fixture
def page(context: AppContext, qtbot: QtBot) -> Iterator[StockPage]:
    with hands.on_screen(StockPage(context), qtbot) as made:
        yield made


@pytest.fixture
def scanner(monkeypatch: pytest.MonkeyPatch) -> Callable[[QWidget, str], None]:
    """Types as a scanner does, a burst that ends in Enter; between two bursts time passes."""
    moment = [100.0]
    monkeypatch.setattr(receive_dialog, "monotonic", lambda: moment[0])

    def scan(field: QWidget, code: str) -> None:
        moment[0] += 10
        hands.type_text(field, code)
        hands.press(field, Qt.Key.Key_Return)

    return scan


D = TypeVar("D", bound=DialogBase)


def opened(page: StockPage, kind: type[D], qtbot: QtBot) -> D:
    """The dialog of the page, once it has the keyboard."""
    dialog = page.dialog
    assert isinstance(dialog, kind)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def load(page: StockPage, qtbot: QtBot) -> None:
    page.load()
    ready(page, qtbot)


def ready(page: StockPage, qtbot: QtBot) -> None:
    """The rows on the screen are there."""
    model = page.unmatched if page.tab == UNMATCHED else page.model
    qtbot.waitUntil(lambda: not model.rowCount() or model.row_at(0) is not None)


def cell_of(page: StockPage, code: str, key: str) -> Any:
    """What the table shows of a SKU in a column."""
    row = next(place for place in range(page.model.rowCount()) if row_at(page, place).code == code)
    return page.model.cell(row, next(place for place, column in enumerate(STOCK_COLUMNS) if column.key == key))


def row_at(page: StockPage, place: int) -> StockRow:
    found = page.model.row_at(place)
    assert isinstance(found, StockRow)
    return found


def level(desk: Desk, code: str) -> StockRow:
    (sku_id,) = desk.read(StockIds(code))
    return desk.read(StockRows((sku_id,)))[0]


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def band_words(widget: QWidget) -> str:
    return "\n".join(words_of(band) for band in widget.findChildren(Band) if band.isVisibleTo(widget))


def test_the_table_tells_available_level_and_what_is_missing(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "CUP", title="白瓷盖碗 150ml", stock=64, reorder_point=20)
    make_sku(desk, "TEA", title="明前龙井 100g", stock=5, reorder_point=20)
    make_sku(desk, "TRAY", title="竹制茶盘", stock=0)
    make_order(desk, lines=[{"title": "竹制茶盘", "code": "TRAY", "quantity": 3, "shortage": 3}])
    load(page, qtbot)
    hands.check_model(page.model)
    assert [row_at(page, place).code for place in range(3)] == ["TRAY", "TEA", "CUP"]
    available = cell_of(page, "TRAY", "available")
    assert (available.words, available.tone) == ("−3", "bad")
    pill = state_pill(row_at(page, 0))
    assert pill is not None
    assert (pill.words, pill.tone) == ("缺货 3", "bad")
    low, fine = cell_of(page, "TEA", "level"), cell_of(page, "CUP", "level")
    assert isinstance(low, Bar)
    assert (low.tone, low.mark) == ("warn", 0.5)
    assert fine.tone == "muted"
    assert cell_of(page, "TRAY", "level") is None
    assert isinstance(cell_of(page, "CUP", "daily"), Figure)


def test_tabs_count_and_filter_and_the_rail_warns(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "CUP", stock=64)
    make_sku(desk, "TRAY", stock=0)
    make_order(desk, lines=[{"title": "竹制茶盘", "code": "TRAY", "quantity": 3, "shortage": 3}])
    make_order(desk, lines=[{"title": "没见过的茶", "code": "NEW-1"}])
    with qtbot.waitSignal(page.context.counted) as told:
        page.load()
    assert told.args == ["stock", 1, True]
    assert {key: tab.count for key, tab in page.tabs._tabs.items()} == {"all": 2, "short": 1, "low": 0, "none": 0, UNMATCHED: 1}
    hands.click(page.tabs._tabs["short"])
    ready(page, qtbot)
    assert [row_at(page, place).code for place in range(page.model.rowCount())] == ["TRAY"]
    hands.type_text(page.bar.field, "nothing like it")
    hands.press(page.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert page.table.empty is not None
    assert page.table.empty.isVisible()


def test_a_barcode_in_the_search_goes_to_its_row(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "CUP", stock=64, barcode="6901234567892")
    make_sku(desk, "TRAY", stock=2)
    load(page, qtbot)
    page.bar.field.setFocus()
    hands.type_text(page.bar.field, "6901234567892")
    hands.press(page.bar.field, Qt.Key.Key_Return)
    ready(page, qtbot)
    assert page.table.hasFocus()
    assert page.panel.card is not None
    assert page.panel.card.row.code == "CUP"


def test_the_panel_tells_levels_movements_and_who_waits(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "TRAY", title="竹制茶盘", stock=2, reorder_point=5)
    order = make_order(desk, number="3021000000000005567", buyer_nick="海盐芝士", lines=[{"code": "TRAY", "quantity": 4, "shortage": 3}])
    load(page, qtbot)
    chart = page.panel.findChild(StockLevels)
    assert chart is not None
    assert len(chart.levels) == 30
    assert chart.levels[-1].on_hand == 2
    assert "在库 2 件" in chart.accessibleDescription()
    rows = [row for row in page.panel.findChildren(ListRow) if row.isVisibleTo(page)]
    waiting = next(row for row in rows if "5567" in row.accessibleName())
    with qtbot.waitSignal(page.context.went) as told:
        hands.click(waiting)
    assert told.args[0].page == "orders"
    assert told.args[0].facts["id"] == order
    assert any("收货" in row.accessibleName() and "+2" in row.accessibleName() for row in rows)


def test_scans_receive_goods_one_after_another(page: StockPage, desk: Desk, qtbot: QtBot, scanner: Callable[[QWidget, str], None]) -> None:
    make_sku(desk, "CUP", title="白瓷盖碗", stock=1, barcode="6901234567892")
    make_sku(desk, "TEA", title="明前龙井", stock=1, barcode="6909999999999")
    load(page, qtbot)
    page._receive()
    dialog = opened(page, ReceiveDialog, qtbot)
    scanner(dialog.code, "6901234567892")
    assert dialog.units.hasFocus()
    assert dialog.verb_button.text() == "收货 1 件"
    scanner(dialog.units, "6901234567892")  # the same again: one more
    assert dialog.verb_button.text() == "收货 2 件"
    assert level(desk, "CUP").on_hand == 1
    scanner(dialog.units, "6909999999999")  # other goods: books the first
    assert level(desk, "CUP").on_hand == 3
    assert dialog.code.text() == "TEA"
    scanner(dialog.units, "24")
    assert level(desk, "TEA").on_hand == 25
    assert dialog.code.hasFocus()
    assert dialog.code.text() == ""
    qtbot.waitUntil(lambda: "本次已入库 26 件" in words_of(dialog))
    with qtbot.waitSignal(page.context.noticed) as told:
        hands.press(dialog, Qt.Key.Key_Escape)
    assert isinstance(told.args[0], Notice)
    assert "26 件" in told.args[0].words
    assert page.foot._sums.text().startswith("2 个规格·在库 28 件")


def test_a_scan_after_a_typed_quantity_keeps_it(page: StockPage, desk: Desk, qtbot: QtBot, scanner: Callable[[QWidget, str], None]) -> None:
    make_sku(desk, "CUP", stock=0, barcode="6901234567892")
    make_sku(desk, "TEA", stock=0, barcode="6909999999999")
    load(page, qtbot)
    page._receive()
    dialog = opened(page, ReceiveDialog, qtbot)
    scanner(dialog.code, "6901234567892")
    hands.type_text(dialog.units, "12")
    scanner(dialog.units, "6909999999999")
    assert level(desk, "CUP").on_hand == 12
    assert dialog.code.text() == "TEA"


def test_an_unknown_code_asks_for_a_name_and_makes_the_goods(
    page: StockPage, desk: Desk, qtbot: QtBot, scanner: Callable[[QWidget, str], None]
) -> None:
    order = make_order(desk, lines=[{"title": "新茶 50g", "code": "NEW-1", "quantity": 2}], unmatched=1)
    load(page, qtbot)
    page._receive()
    dialog = opened(page, ReceiveDialog, qtbot)
    scanner(dialog.code, "NEW-1")
    qtbot.waitUntil(lambda: "还没有编码 NEW-1" in band_words(dialog))
    assert not dialog.verb_button.isEnabled()
    assert dialog.verb_button.text() == "请写名称"
    dialog.title_field.insert("新茶")
    hands.press(dialog.title_field, Qt.Key.Key_Return)
    hands.type_text(dialog.units, "5")
    hands.type_text(dialog.cost, "3.456")
    assert not dialog.verb_button.isEnabled()
    dialog.cost.clear()
    hands.type_text(dialog.cost, "3.45")
    hands.press(dialog.cost, Qt.Key.Key_Return)
    row = level(desk, "NEW-1")
    assert (row.title, row.on_hand, row.value, row.reserved) == ("新茶", 5, 1725, 2)
    assert desk.read(OrderCard(order)).lines[0].sku_code == "NEW-1"


def test_enter_in_an_empty_form_books_nothing(page: StockPage, desk: Desk, qtbot: QtBot, scanner: Callable[[QWidget, str], None]) -> None:
    make_sku(desk, "CUP", stock=3)
    load(page, qtbot)
    page._receive_current()
    dialog = opened(page, ReceiveDialog, qtbot)
    dialog.units.clear()
    hands.press(dialog.units, Qt.Key.Key_Return)
    hands.type_text(dialog.units, "0")
    hands.press(dialog.units, Qt.Key.Key_Return)
    assert dialog.verb_button.text() == "请填件数"
    assert level(desk, "CUP").on_hand == 3


def test_a_count_shows_the_difference_and_asks_why(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "CUP", title="盖碗", stock=10)
    load(page, qtbot)
    hands.click(page.panel.adjust_button)
    dialog = opened(page, AdjustDialog, qtbot)
    assert not dialog.verb_button.isEnabled()
    hands.type_text(dialog.units, "8")
    assert dialog.difference.value.text() == "10 → 8   −2"
    assert dialog.verb_button.text() == "请写明原因"
    dialog.reason.words.insert("少了两个")
    assert dialog.verb_button.text() == "入账 −2"
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    assert level(desk, "CUP").on_hand == 8
    assert any(entry.reason == "少了两个" for entry in desk.read(AuditTrail(AuditFilter(action="adjust_stock"))))
    qtbot.waitUntil(lambda: row_at(page, 0).on_hand == 8)


def test_broken_units_are_taken_off_and_orders_warned(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "CUP", title="盖碗", stock=None)
    load(page, qtbot)
    page._receive_current()
    dialog = opened(page, ReceiveDialog, qtbot)
    dialog.units.setText("5")
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    dialog.reject()
    make_order(desk, lines=[{"code": "CUP", "quantity": 4, "reserved": 0}])
    page.refresh({"sku": frozenset()})
    ready(page, qtbot)
    page._adjust()
    adjust = opened(page, AdjustDialog, qtbot)
    adjust.kind.choose("damage")
    hands.type_text(adjust.units, "7")
    assert adjust.verb_button.text() == "只有 5 件"
    adjust.units.clear()
    hands.type_text(adjust.units, "2")
    adjust.reason.choice.choose("破损")
    hands.press(adjust, Qt.Key.Key_Return, hands.CTRL)
    row = level(desk, "CUP")
    assert (row.on_hand, row.damaged) == (3, 2)


def test_a_count_below_what_is_set_aside_says_so(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "CUP", stock=5)
    load(page, qtbot)
    card = page.panel.card
    assert card is not None
    from dataclasses import replace

    dialog = AdjustDialog(page, page.context, replace(card.row, reserved=4))
    qtbot.addWidget(dialog)
    hands.type_text(dialog.units, "3")
    assert "1 件" in words_of(dialog.body)


def test_unmatched_goods_are_matched_once_for_all_lines(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "CUP", title="盖碗", stock=10)
    first = make_order(desk, lines=[{"title": "白瓷盖碗 促销", "code": "X-1", "quantity": 2}], unmatched=1)
    second = make_order(desk, lines=[{"title": "白瓷盖碗 老客", "code": "X-2"}], unmatched=1)
    load(page, qtbot)
    hands.click(page.tabs._tabs[UNMATCHED])
    ready(page, qtbot)
    hands.check_model(page.unmatched)
    assert not page.panel.isVisible()
    page.unmatched.selection.all()
    assert page.match_button.text() == "匹配 2 种"
    hands.click(page.match_button)
    dialog = opened(page, MatchDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.model.row_at(0) is not None)
    assert not dialog.verb_button.isEnabled()
    hands.press(dialog.table, Qt.Key.Key_Down)
    assert dialog.verb_button.text() == "就是 CUP"
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    for order in (first, second):
        assert desk.read(OrderCard(order)).lines[0].sku_code == "CUP"
    assert level(desk, "CUP").reserved == 3
    assert desk.read(CountStock()).unmatched == 0
    qtbot.waitUntil(lambda: page.unmatched.rowCount() == 0)


def test_sorting_by_available_both_ways(page: StockPage, desk: Desk, qtbot: QtBot) -> None:
    for code, stock in (("A", 5), ("B", 1), ("C", 9)):
        make_sku(desk, code, stock=stock)
    load(page, qtbot)
    for descending, order in ((False, ["B", "A", "C"]), (True, ["C", "A", "B"])):
        page.model.show(sort=Sort("available", descending))
        ready(page, qtbot)
        assert [row_at(page, place).code for place in range(3)] == order


def test_an_empty_shop_says_what_to_do(page: StockPage, qtbot: QtBot) -> None:
    load(page, qtbot)
    assert page.table.empty is not None
    assert page.table.empty.isVisible()
    assert page.panel.card is None
    page.navigate(tab=UNMATCHED)
    qtbot.waitUntil(lambda: page.unmatched_table.empty is not None and page.unmatched_table.empty.isVisible())
