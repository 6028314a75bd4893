"""What came in when, by mouse and keys: the list, the rows that stayed out, the report, and an import taken back or refused."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice, Place
from desktop.models.column import cell_text
from desktop.views.batch_lines import BatchLinesDialog, write_report
from desktop.views.batch_undo import UndoDialog
from desktop.views.imports_page import ImportsPage
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Fact
from services.commands.edits import EditOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.batch_rows import BatchCard, BatchIds, BatchRows, CountBatches
from services.queries.order_json import OrdersJson
from services.queries.verify import Verify
from tests.commands.test_imports import NUMBER, SENT, Sql, bring, bring_lines
from tests.desktop import hands
from tests.imports.sample import line_row, order_row


@pytest.fixture
def page(context: AppContext, qtbot: QtBot) -> Iterator[ImportsPage]:
    with hands.on_screen(ImportsPage(context), qtbot) as made:
        yield made


def two_days(desk: Desk, folder: Path) -> None:
    """Goods in stock, a day's orders and goods, a second day with one shipped, one new, one row without its digits and an unknown status."""
    desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_00, title="马克杯"))
    bring(desk, folder, order_row(订单备注="送小样"), order_row("6001"))
    bring_lines(desk, folder, line_row(NUMBER, NUMBER), line_row("6001", "6001"))
    bring(
        desk,
        folder,
        order_row(订单状态=SENT, 物流单号="YT0771993970431", 物流公司="圆通速递", 发货时间="2026-11-13 10:00:00", 订单备注="送两份"),
        order_row("6001"),
        order_row("7001"),
        order_row("3.02145E+18"),
        order_row("7002", 订单状态="拼团中"),
        day=13,
    )


def load(page: ImportsPage, qtbot: QtBot) -> None:
    page.load()
    qtbot.waitUntil(lambda: not page.model.rowCount() or page.model.row_at(0) is not None)


def cells(page: ImportsPage, key: str) -> list[str]:
    place = [column.key for column in page.model.columns].index(key)
    return [cell_text(page.model.columns[place].kind, page.model.cell(row, place)) for row in range(page.model.rowCount())]


def facts(widget: QWidget) -> dict[str, str]:
    return {fact.findChildren(Label)[0].text(): fact.value.text() for fact in widget.findChildren(Fact) if fact.isVisibleTo(widget)}


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def undo_dialog(page: ImportsPage, qtbot: QtBot) -> UndoDialog:
    dialog = page.dialog
    assert isinstance(dialog, UndoDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def sound(desk: Desk) -> None:
    assert [(check.name, dict(check.facts)) for check in desk.read(Verify()).checks if not check.ok] == []


def state(desk: Desk) -> list[tuple[str, str, str, str]]:
    return sorted((one["number"], one["status"], str(one["paid"]), one["seller_memo"]) for one in desk.read(OrdersJson()).orders)


def test_the_files_are_listed_with_what_came_of_them(page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    two_days(desk, tmp_path)
    load(page, qtbot)
    hands.check_model(page.model)
    assert cells(page, "label") == ["B3", "B2", "B1"]
    assert cells(page, "format") == ["淘宝订单报表", "淘宝宝贝报表", "淘宝订单报表"]
    assert (cells(page, "actor")[0], cells(page, "rows")[0], cells(page, "new")[0]) == ("店主", "5", "1")
    assert (cells(page, "changed")[0], cells(page, "rejected")) == ("1", ["2", "—", "—"])
    told = facts(page.panel)
    assert (told["新增"], told["有变化"], told["没变"], told["拒收"], told["文件行数"]) == ("1", "1", "1", "2", "5")
    assert "拒收 2" in words_of(page.panel)
    page.tabs.choose("doubts")
    assert cells(page, "label") == ["B3"]
    page.tabs.choose("all")
    hands.type_text(page.bar.field, "b2")
    hands.press(page.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert cells(page, "label") == ["B2"]


def test_the_rows_that_stayed_out_say_where_and_why(page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    two_days(desk, tmp_path)
    load(page, qtbot)
    page.table.setFocus()
    hands.press(page.table, Qt.Key.Key_Return)
    dialog = page.dialog
    assert isinstance(dialog, BatchLinesDialog)
    hands.check_model(dialog.model)
    shown = [dialog.model.row_at(row) for row in range(dialog.model.rowCount())]
    assert [(one.row, one.column, one.told) for one in shown if one] == [(5, "订单编号", "3.02145E+18"), (6, "订单状态", "拼团中")]
    assert shown[0] is not None
    assert "科学计数法" in shown[0].why
    dialog.parts.choose("updated")
    assert [(one.number, one.why) for one in (dialog.model.row_at(0),) if one] == [(NUMBER, "卖家备注、发货时间、状态、物流")]
    with qtbot.waitSignal(page.context.went) as went:
        hands.press(dialog.table, Qt.Key.Key_Return)
    assert isinstance(went.args[0], Place)
    assert (went.args[0].page, went.args[0].facts["search"]) == ("orders", NUMBER)


def test_the_report_is_saved_in_the_language_of_the_window(page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    two_days(desk, tmp_path)
    written: list[Any] = []
    for suffix in ("csv", "xlsx", "json"):
        path = tmp_path / f"report.{suffix}"
        write_report(page.context, desk.read(BatchCard(3)), path, written.append, pytest.fail)
        assert path.stat().st_size > 100
    with (tmp_path / "report.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[0][:4] == ["文件", "类别", "行号", "订单号或编码"]
    assert ["拒收", "5", "订单编号"] in [[row[1], row[2], row[4]] for row in rows]
    assert len(written) == 3


def test_an_import_is_taken_back_and_comes_in_again(page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    two_days(desk, tmp_path)
    after = state(desk)
    load(page, qtbot)
    hands.click(page.panel.undo_button)
    dialog = undo_dialog(page, qtbot)
    hands.check_model(dialog.model)
    assert "移除 1 单；1 单恢复原来的内容" in words_of(dialog.body)
    assert [one.number for one in (dialog.model.row_at(0),) if one] == ["7001"]
    assert dialog.parts is not None
    hands.press(dialog.parts, Qt.Key.Key_Right)
    told = {one.field: (one.now, one.back) for row in range(dialog.model.rowCount()) if (one := dialog.model.row_at(row))}
    assert told["状态"] == ("已发货", "待发货")
    assert told["卖家备注"] == ("送两份", "送小样")
    assert (dialog.verb_button.text(), dialog.verb_button.isEnabled()) == ("请写明原因", False)
    dialog.reason.words.setText("导错了店")
    with qtbot.waitSignal(page.context.noticed) as noticed:
        hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    assert isinstance(noticed.args[0], Notice)
    assert noticed.args[0].words == "已撤销 B3：移除 1 单，还原 1 单，冲销资金 1 笔，冲销库存 1 笔"
    assert [(row[0], row[1], row[3]) for row in state(desk)] == [
        (NUMBER, "awaiting_shipment", "送小样"),
        ("6001", "awaiting_shipment", None),
    ]
    assert desk.read(Sql("SELECT undone_by FROM import_batch WHERE id = 3")) == [("owner",)]
    sound(desk)
    qtbot.waitUntil(lambda: cells(page, "state")[0] == "已撤销")
    assert "导错了店" in words_of(page.panel)
    assert not page.panel.undo_button.isVisibleTo(page.panel)
    two = tmp_path / "again"
    two.mkdir()
    bring(
        desk,
        two,
        order_row(订单状态=SENT, 物流单号="YT0771993970431", 物流公司="圆通速递", 发货时间="2026-11-13 10:00:00", 订单备注="送两份"),
        order_row("6001"),
        order_row("7001"),
        order_row("3.02145E+18"),
        order_row("7002", 订单状态="拼团中"),
        day=13,
    )
    assert state(desk) == after
    sound(desk)
    assert desk.read(CountBatches()) == {"all": 4, "doubts": 1, "undone": 1}


def test_what_was_touched_since_is_listed_and_nothing_happens(page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    two_days(desk, tmp_path)
    (order_id,) = desk.read(Sql("SELECT id FROM orders WHERE number = '7001'"))[0]
    desk.perform(EditOrders((order_id,), {"seller_memo": "加急"}), reason="买家催")
    before = state(desk)
    load(page, qtbot)
    hands.press(page, Qt.Key.Key_U, hands.CTRL | hands.SHIFT)
    dialog = undo_dialog(page, qtbot)
    assert "之后有 1 处已被改动，不能撤销" in words_of(dialog.body)
    row = dialog.model.row_at(0)
    assert row is not None
    assert (row.number, row.field) == ("7001", "卖家备注")
    assert "店主" in row.now
    assert not dialog.verb_button.isVisible()
    hands.click(dialog.copy_button)
    assert QGuiApplication.clipboard().text() == f"7001\t卖家备注\t{row.now}"
    with qtbot.waitSignal(page.context.went) as went:
        hands.press(dialog.table, Qt.Key.Key_Return)
    assert went.args is not None
    assert went.args[0].facts["search"] == "7001"
    assert state(desk) == before
    sound(desk)


def test_it_leads_to_the_orders_and_to_what_is_to_decide(page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    bring(desk, tmp_path, order_row(订单备注="送小样"))
    desk.perform(EditOrders((1,), {"seller_memo": "不送"}))
    bring(desk, tmp_path, order_row(订单备注="送两份"), day=13)
    load(page, qtbot)
    assert cells(page, "state") == ["1 处待定", ""]
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(page.panel.orders_button)
    assert went.args is not None
    assert went.args[0].facts["search"] == "import:B2"
    with qtbot.waitSignal(page.context.went) as went:
        page.decide()
    assert went.args is not None
    assert (went.args[0].page, went.args[0].facts["tab"]) == ("worklists", "conflicts")
    assert [row.undecided for row in desk.read(BatchRows(tuple(desk.read(BatchIds()))))] == [1, 0]


def test_each_tab_is_empty_in_its_own_words(page: ImportsPage) -> None:
    page.load()
    said = set()
    for tab in page.tabs.keys:
        page.tabs.choose(tab)
        assert page.table.empty is not None
        said.add(words_of(page.table.empty))
    assert len(said) == 3


def test_every_picture_shows_something(page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    two_days(desk, tmp_path)
    load(page, qtbot)
    for name, prepare in page.pictures():
        dialog = prepare()
        assert dialog is not None or page.model.rowCount(), name
        if page.dialog is not None:
            page.dialog.reject()


def test_later_files_are_named_in_the_order_in_which_they_must_go(page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    two_days(desk, tmp_path)
    load(page, qtbot)
    page.navigate(id=1)
    qtbot.waitUntil(lambda: page.panel.batch is not None and page.panel.batch.row.id == 1)
    hands.click(page.panel.undo_button)
    dialog = undo_dialog(page, qtbot)
    assert "从最近的开始：B3、B2。" in words_of(dialog.body)


def test_a_row_with_an_unknown_word_leads_to_where_it_is_given_its_meaning(
    page: ImportsPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    two_days(desk, tmp_path)
    load(page, qtbot)
    link = next(one for one in page.panel.findChildren(Button) if one.text() == "说明“拼团中”的意思…")
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(link)
    assert went.args is not None
    assert (went.args[0].page, went.args[0].facts) == ("worklists", {"tab": "held", "search": "拼团中"})
