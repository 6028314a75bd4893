"""Columns of the orders table: chosen, dragged, fitted, sorted and kept between starts; copied for a spreadsheet, read rows or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop import formats
from desktop.context import AppContext, Notice
from desktop.models import delegates
from desktop.models.column import Column, Kind
from desktop.models.layout import Layout
from desktop.models.order_columns import order_columns, row_tone
from desktop.models.paged_table import Sort
from desktop.models.selection import STEP, Selection
from desktop.theme import DARK, LIGHT, Theme, theme
from desktop.views.columns_dialog import ColumnsDialog
from desktop.views.orders import OrdersPage, kept_sorts
from desktop.views.widgets import table as table_module
from desktop.views.widgets.copying import safe
from services.commands.edits import EditOrders
from services.desk import Desk
from services.errors import Refused
from services.queries.order_rows import OrderIds, OrderRows
from tests.desktop import hands
from tests.desktop.test_theme import contrast

TO_SHIP = "status:awaiting_shipment"


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[OrdersPage]:
    yield from opened(demo_context, qtbot)


def opened(context: AppContext, qtbot: QtBot) -> Iterator[OrdersPage]:
    with hands.on_screen(OrdersPage(context), qtbot) as made:
        made.load()
        made.activate()
        ready(made, qtbot)
        yield made


def ready(page: OrdersPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.model.rowCount() or page.model.row_at(0) is not None)


def keys(page: OrdersPage) -> list[str]:
    return [column.key for column in page.model.columns]


def place(page: OrdersPage, key: str) -> int:
    return keys(page).index(key)


def heading(page: OrdersPage, key: str, dx: int = 20) -> QPoint:
    header = page.table.horizontalHeader()
    return QPoint(header.sectionViewportPosition(place(page, key)) + dx, 12)


def drag(page: OrdersPage, start: QPoint, end: QPoint) -> None:
    """With the left button over the headings, in steps, as a hand does."""
    port = page.table.horizontalHeader().viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for part in range(1, 9):
        QTest.mouseMove(port, start + (end - start) * part / 8)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    QApplication.sendPostedEvents()


def test_every_column_can_be_shown_by_its_box_and_says_what_the_database_holds(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.table.choose_columns()
    dialog = page.window().findChild(ColumnsDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    for box in dialog.boxes.values():
        if not box.isChecked():
            hands.click(box)
    hands.press(dialog, Qt.Key.Key_Escape)
    offered = [column.key for column in order_columns("awaiting_shipment", page.moment)]
    assert keys(page) == offered
    assert len(offered) > 30
    hands.check_model(page.model)
    first = page.model.id_at(0)
    qtbot.waitUntil(lambda: "phone" in getattr(page.model.row_at(0), "more", {}))
    row = shop.read(OrderRows((first,), ("phone", "address", "codes")))[0]
    shown = {key: page.model.data(page.model.index(0, place(page, key))) for key in ("phone", "address", "codes")}
    assert shown == row.more
    assert shown["phone"]
    page.table.viewport().grab()


def test_what_no_column_shows_is_not_read(page: OrdersPage) -> None:
    def wanted() -> list[str]:
        return list(page.source.more)

    assert wanted() == []
    assert not getattr(page.model.row_at(0), "more", None)
    page.table.arranged.show("phone", True)
    assert wanted() == ["phone"]
    page.table.arranged.show("phone", False)
    assert wanted() == []


def test_columns_order_widths_and_sort_are_there_again_at_the_next_start(
    page: OrdersPage, demo_context: AppContext, qtbot: QtBot, shop: Desk
) -> None:
    page.table.arranged.show("memo", True)
    page.table.arranged.show("recipient", False)
    drag(page, heading(page, "buyer"), heading(page, "region", 80))
    qtbot.waitUntil(lambda: place(page, "buyer") > place(page, "region"))
    assert [page.table.horizontalHeader().visualIndex(at) for at in range(len(keys(page)))] == list(range(len(keys(page))))
    edge = heading(page, "region", page.table.columnWidth(place(page, "region")) - 1)
    drag(page, edge, edge + QPoint(40, 0))
    wide = page.table.columnWidth(place(page, "region"))
    assert wide == 144
    hands.click(page.table.horizontalHeader().viewport(), heading(page, "paid"))
    demo_context.prefs.save()

    again = next(opened(demo_context, qtbot))
    assert keys(again) == keys(page)
    assert again.table.columnWidth(place(again, "region")) == wide
    assert again.model.sorted_by == Sort("paid")
    assert list(again.model.all_ids()) == list(shop.read(OrderIds(TO_SHIP, "paid")))
    again.table.arranged.reset()
    assert keys(again) == [column.key for column in order_columns("awaiting_shipment", again.moment) if column.shown]
    assert again.table.columnWidth(place(again, "region")) == 104


def test_one_state_has_no_column_for_it_whatever_was_chosen(page: OrdersPage, qtbot: QtBot) -> None:
    page.tabs.choose("all")
    ready(page, qtbot)
    page.table.arranged.show("phone", True)
    assert {"status", "phone"} <= set(keys(page))
    page.tabs.choose("shipped")
    ready(page, qtbot)
    assert "phone" in keys(page)
    assert "status" not in keys(page)
    assert keys(page)[-1] == "shipped_at"
    page.tabs.choose("all")
    assert "status" in keys(page)


def test_the_headings_menu_hides_moves_and_resets(page: OrdersPage, qtbot: QtBot) -> None:
    menu = page.table.arranged.menu(place(page, "buyer"))
    entries = {one.text(): one for one in menu.actions() if not one.isSeparator()}
    assert list(entries) == ["升序", "降序", "按显示内容调整列宽", "左移一列", "右移一列", "隐藏“买家”", "选择列…", "恢复默认列"]
    entries["左移一列"].trigger()
    assert place(page, "buyer") < place(page, "number")
    entries["隐藏“买家”"].trigger()
    assert "buyer" not in keys(page)
    entries["恢复默认列"].trigger()
    assert place(page, "buyer") > place(page, "number")
    entries["降序"].trigger()
    assert page.model.sorted_by == Sort("buyer_nick", True)
    header = page.table.horizontalHeader().viewport()
    at = heading(page, "paid")
    QApplication.sendEvent(header, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, header.mapToGlobal(at)))
    shown = [one for one in page.table.findChildren(QMenu) if one.isVisible()]
    assert any(one.text() == "隐藏“实付”" for one in shown[0].actions())
    shown[0].close()


def test_a_double_click_on_the_edge_fits_the_rows_shown_and_asks_for_no_others(
    page: OrdersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    plain = page.model.row_at

    def noted(row: int) -> Any:
        asked.append(row)
        return plain(row)

    monkeypatch.setattr(page.model, "row_at", noted)
    region = place(page, "region")
    edge = heading(page, "region", page.table.columnWidth(region) - 1)
    asked.clear()
    page.table.setUpdatesEnabled(False)
    QTest.mouseDClick(page.table.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge)
    last = page.table.rowAt(page.table.viewport().height() - 1)
    assert set(asked) <= set(range(last + 2))
    page.table.setUpdatesEnabled(True)
    widest = max(
        delegates.advance(str(page.model.data(page.model.index(row, region))), 13) for row in range(last + 1) if page.model.row_at(row)
    )
    assert widest <= page.table.columnWidth(region) - 2 * delegates.PADDING < widest + 8


def test_keys_that_nobody_knows_and_columns_that_are_new_do_no_harm(page: OrdersPage) -> None:
    offered = page.model.offered
    strange = Layout.read("paid,+nonsense,-buyer,;;=,+,number,,paid")
    shown = [column.key for column in strange.columns(offered)]
    assert shown[0] == "check"
    assert "nonsense" not in shown
    assert "buyer" not in shown
    assert shown.index("paid") < shown.index("number")
    assert "goods" in shown, "what the kept line does not name is there as usual"
    assert "nonsense" in strange.text(), "another version may know it"
    nothing = Layout.read(",".join(f"-{column.key}" for column in offered))
    assert len(nothing.columns(offered)) == 2, "one column is left"
    assert kept_sorts("all=-paid;shipped=nonsense;x=y;;closed", page.moment) == {"all": Sort("paid", True)}


def test_too_many_to_sort_is_said_and_the_order_of_before_stays(
    page: OrdersPage, demo_context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.queries import order_rows
    from services.search import finding

    plain = finding.find_ids

    def few(reading: Any, search: str, sort: str, *more: Any, **facts: Any) -> Any:
        if "recipient" in sort:
            raise Refused("sort_too_many", column="recipient", most=50_000)
        return plain(reading, search, sort, *more, **facts)

    monkeypatch.setattr(order_rows, "find_ids", few)
    before = list(page.model.all_ids())
    hands.click(page.table.horizontalHeader().viewport(), heading(page, "recipient"))
    assert page.trouble.isVisible()
    assert "50" in page.trouble.words.text()
    assert page.model.sorted_by == Sort("ship_by")
    assert list(page.model.all_ids()) == before
    demo_context.prefs.set_text("sort/orders", "awaiting_shipment=recipient")
    again = OrdersPage(demo_context)
    again.load()
    assert list(again.model.all_ids()) == before, "a sort kept from smaller days gives way to the usual one"
    again.deleteLater()


# ---- copying


def test_copy_gives_headings_plain_amounts_and_exact_numbers(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    first, second = list(page.model.all_ids())[:2]
    shop.perform(EditOrders((first,), {"seller_memo": "=HYPERLINK(1)\n@x"}))
    page.model.refresh()
    page.table.arranged.show("memo", True)
    qtbot.waitUntil(lambda: "HYPERLINK" in getattr(page.model.row_at(0), "seller_memo", ""))
    page.model.selection.only([first, second])
    hands.press(page.table, Qt.Key.Key_C, hands.CTRL)
    data = QGuiApplication.clipboard().mimeData()
    lines = [line.split("\t") for line in data.text().split("\n")]
    titles, row = lines[0], dict(zip(lines[0], lines[1], strict=True))
    told = shop.read(OrderRows((first,)))[0]
    assert len(lines) == 3
    assert titles[:2] == ["旗帜", "订单号"]
    assert row["订单号"] == told.number
    assert row["实付"] == f"{(told.paid or 0) / 100:.2f}"
    assert row["数量"] == str(told.quantity)
    assert row["卖家备注"] == "'=HYPERLINK(1) @x"
    assert f'<td sdnum="1033;1033;@">{told.number}</td>' in data.html()
    assert 'mso-number-format:"\\@"' in data.html()
    assert f'<td class="n">{row["实付"]}</td>' in data.html()


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@cmd", "\uff1d1", " =1"])
def test_no_cell_becomes_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["3021446902117741234", "007", "小明", "—", "a=b", ""])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_copy_reads_the_rows_that_were_never_shown(page: OrdersPage, shop: Desk, qtbot: QtBot, demo_context: AppContext) -> None:
    page.tabs.choose("all")
    ready(page, qtbot)
    hands.press(page.table, Qt.Key.Key_A, hands.CTRL)
    hands.press(page.table, Qt.Key.Key_X)
    told: list[Notice] = []
    demo_context.noticed.connect(told.append)
    unread = sum(1 for order_id in page.model.all_ids() if order_id not in page.model._rows)
    assert unread > 0
    hands.press(page.table, Qt.Key.Key_C, hands.CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    numbers = [row.number for row in shop.read(OrderRows(tuple(shop.read(OrderIds("", "-created_at")))[1:]))]
    assert [line.split("\t")[1] for line in lines[1:]] == numbers
    assert told[-1].words == f"已复制 {len(numbers)} 行"


def test_too_many_rows_for_the_clipboard_are_refused_in_words(
    page: OrdersPage, demo_context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_module, "MOST_COPIED", 5)
    told: list[Notice] = []
    demo_context.noticed.connect(told.append)
    QGuiApplication.clipboard().setText("before")
    hands.press(page.table, Qt.Key.Key_A, hands.CTRL)
    hands.press(page.table, Qt.Key.Key_C, hands.CTRL)
    assert "一次最多复制 5 行" in told[-1].words
    assert QGuiApplication.clipboard().text() == "before"


# ---- grounds and tips


@pytest.mark.parametrize("t", [LIGHT, DARK], ids=lambda t: str(t.name))
def test_words_on_late_and_blocked_rows_reach_aa(t: Theme) -> None:
    for ground in (t.row_late, t.row_blocked):
        for token in ("text", "text2", "muted", "warn", "bad", "info", "violet", "ok"):
            assert contrast(t.tone(token), ground) >= 4.5
        assert ground not in {t.surface, t.raised, t.hover, t.sel}


def test_late_and_blocked_rows_have_their_ground_until_it_is_switched_off(page: OrdersPage, demo_context: AppContext) -> None:
    tones = [row_tone(row) if (row := page.model.row_at(place)) is not None else "" for place in range(1, page.model.rowCount())]
    toned = next(place for place, tone in enumerate(tones, 1) if tone)
    page.table.scrollTo(page.model.index(toned, 0))
    cell = page.table.visualRect(page.model.index(toned, place(page, "region")))
    at = QPoint(cell.right() - 2, cell.center().y())

    def ground() -> str:
        return page.table.viewport().grab().toImage().pixelColor(at).name().upper()

    coloured = theme().ground(tones[toned - 1])
    assert ground() == coloured
    page.colour_action.trigger()
    assert ground() == theme().surface
    assert not demo_context.prefs.flag("orders/row_colours", True)
    page.colour_action.trigger()
    assert ground() == coloured


def test_headings_that_are_icons_say_what_they_are(page: OrdersPage) -> None:
    tips = {key: page.model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) for at, key in enumerate(keys(page))}
    assert (tips["flag"], tips["printed"], tips["checked"]) == ("旗帜", "已打印", "已核对")
    assert tips["buyer"] is None


def test_a_tip_is_plain_text_and_tells_blocker_and_remedy(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.navigate(search=f"{TO_SHIP} blocker:shortage")
    ready(page, qtbot)
    due = page.model.columns[place(page, "due")]
    assert due.tip is not None
    words = due.tip(page.model.row_at(0))
    assert "缺货：先收货入库，或只发有货的部分。" in words
    assert "最晚" in words
    assert formats.plain_tip("<b>x</b>\n2") == '<p style="white-space:pre-wrap">&lt;b&gt;x&lt;/b&gt;\n2</p>'
    page.table.arranged.show("blockers", True)
    sign = page.model.cell(0, place(page, "blockers"))
    assert sign.words == "缺货"
    assert page.model.data(page.model.index(0, place(page, "blockers"))) == "缺货"


# ---- very many


def test_a_long_range_lands_in_steps_and_nothing_is_lost(qtbot: QtBot) -> None:
    from array import array

    chosen = Selection()
    told: list[int] = []
    result = array("q", range(1, 5 * STEP))
    chosen.changed.connect(lambda: told.append(chosen.count(len(result))))
    chosen.set(result[10:])
    assert 0 < told[0] <= STEP, "the window is not held up"
    assert chosen.landing
    qtbot.waitUntil(lambda: chosen.count(len(result)) == len(result) - 10)
    chosen.set(result)
    assert len(chosen.chosen(result).in_order()) == len(result), "asked at once, it is all there"
    chosen.all()
    chosen.toggle(7)
    seen = chosen.chosen(result)
    assert list(seen.in_order()) == [one for one in result if one != 7]
    assert set(seen.ids) == {7}
    chosen.retain(seen, frozenset())
    assert chosen.count(len(result)) == len(result)


def test_the_kinds_that_signs_are_painted_by_have_words() -> None:
    from desktop.models.column import Sign, cell_text, copy_text

    column = Column("x", "X", Kind.SIGN, lambda row: Sign("seal", "ok", "已核对"))
    assert cell_text(Kind.SIGN, Sign("seal", "ok", "已核对")) == "已核对"
    assert copy_text(column, None) == "已核对"
    assert cell_text(Kind.PRINTED, True) == "已打印"
    assert cell_text(Kind.PRINTED, False) == ""
