"""The audit page on a demo shop: what was done, by whom, before and after; the shop's check of itself; driven by mouse and keys."""

from __future__ import annotations

import csv
import re
import sqlite3
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
from desktop.views.audit import AuditPage
from desktop.views.export_dialog import ExportDialog
from desktop.views.widgets.labels import Elided, Label
from services.commands.edits import EditOrders
from services.desk import Desk
from services.queries.audit_trail import AuditTrail
from services.queries.order_rows import OrderIds, OrderRow, OrderRows
from services.queries.verify import Verify
from tests.desktop import hands


@pytest.fixture
def orders(shop: Desk) -> list[OrderRow]:
    """Two orders, edited: a memo with a reason, then an address."""
    ids = tuple(shop.read(OrderIds("status:awaiting_shipment blocker:none", "ship_by")))[:2]
    first, second = shop.read(OrderRows(ids))
    shop.perform(EditOrders((first.id,), {"seller_memo": "周三前发，送茶样"}, {first.id: first.version}), reason="买家要求")
    shop.perform(EditOrders((second.id,), {"recipient": "何小满"}, {second.id: second.version}), reason="地址有误", actor="system")
    return [first, second]


@pytest.fixture
def page(orders: list[OrderRow], demo_context: AppContext, qtbot: QtBot) -> Iterator[AuditPage]:
    with hands.on_screen(AuditPage(demo_context), qtbot) as made:
        made.load()
        made.activate()
        ready(made, qtbot)
        yield made


def ready(page: AuditPage, qtbot: QtBot) -> None:
    """Every entry listed was read."""
    qtbot.waitUntil(lambda: all(page.model.row_at(row) is not None for row in range(page.model.rowCount())))


def listed(page: AuditPage) -> list[dict[str, str]]:
    model = page.model
    rows: list[Any] = [model.row_at(row) for row in range(model.rowCount())]
    return [{column.key: cell_text(column.kind, column.value(row)) for column in model.columns} for row in rows]


def words_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(Label) if label.isVisible()]
    return "\n".join(labels + [line.text() for line in widget.findChildren(Elided) if line.isVisible()])


def test_the_newest_entry_comes_first_with_its_sentence(page: AuditPage, shop: Desk, orders: list[OrderRow]) -> None:
    rows = listed(page)
    assert len(rows) == len(shop.read(AuditTrail()))
    edits = [row for row in rows if row["what"].startswith("修改订单：")]
    assert edits[0] == {
        "at": "今天 14:00",
        "actor": "系统",
        "what": "修改订单：收货人",
        "order": f"…{orders[1].number[-4:]}",
        "change": f"{orders[1].recipient} → 何小满",
        "reason": "地址有误",
        "seq": rows[0]["seq"] if rows[0] is edits[0] else edits[0]["seq"],
    }
    assert page.foot._sums.text() == f"{len(rows)} 条留痕"
    hands.check_model(page.model)


def test_words_numbers_days_actions_and_people_narrow_the_list(
    page: AuditPage, orders: list[OrderRow], qtbot: QtBot, frozen_clock: Any
) -> None:
    everything = page.model.rowCount()
    page.bar.set_text("茶样")
    ready(page, qtbot)
    assert [row["reason"] for row in listed(page)] == ["买家要求"]
    page.bar.set_text(orders[1].number)
    ready(page, qtbot)
    assert {row["order"] for row in listed(page)} == {f"…{orders[1].number[-4:]}"}
    page.bar.set_text("30209999999999999999")
    assert page.model.rowCount() == 0
    assert page.table.empty is not None
    page.bar.set_text("")
    page.actors_choice.setCurrentIndex(page.actors_choice.findText("系统"))
    page.actors_choice.activated.emit(page.actors_choice.currentIndex())
    ready(page, qtbot)
    assert {row["actor"] for row in listed(page)} == {"系统"}
    page.actions_choice.setCurrentIndex(page.actions_choice.findText("生成演示店铺"))
    page.actions_choice.activated.emit(page.actions_choice.currentIndex())
    assert page.model.rowCount() == 0
    page.navigate()
    assert page.model.rowCount() == everything
    frozen_clock.advance(days=3)
    page.tabs.choose("today")
    assert page.model.rowCount() == 0
    page.tabs.choose("week")
    assert page.model.rowCount() == everything


def test_the_panel_tells_before_after_reason_and_hash(page: AuditPage, shop: Desk, orders: list[OrderRow], qtbot: QtBot) -> None:
    entry = next(row for row in shop.read(AuditTrail()) if row.field == "seller_memo")
    page.navigate(id=entry.seq)
    qtbot.waitUntil(lambda: "买家要求" in words_of(page.panel))
    said = words_of(page.panel)
    for words in ("修改订单：卖家备注", "周三前发，送茶样", "2026-11-22 14:00:00", "店主", orders[0].number, "买家要求", entry.hash[:32]):
        assert words in said
    page.panel._copy.click()
    assert entry.hash in QGuiApplication.clipboard().text()


def test_an_order_can_be_opened_and_followed(page: AuditPage, orders: list[OrderRow], qtbot: QtBot) -> None:
    went: list[Place] = []
    page.context.went.connect(went.append)
    page.navigate(number=orders[0].number)
    ready(page, qtbot)
    assert {row["order"] for row in listed(page)} == {f"…{orders[0].number[-4:]}"}
    qtbot.waitUntil(lambda: page.panel.row is not None)
    hands.press(page.table, Qt.Key.Key_Return)
    assert went == [Place("orders", {"search": orders[0].number, "tab": "all", "id": orders[0].id})]
    hands.press(page.bar.field, Qt.Key.Key_Backspace)
    assert page.source.order == ""
    assert page.model.rowCount() > len(listed(page)) - 1
    qtbot.waitUntil(lambda: page.panel.row is not None and page.panel.row.number == orders[0].number)
    page.navigate(search="何小满")
    qtbot.waitUntil(lambda: page.panel.row is not None and page.panel.row.number == orders[1].number)
    hands.click(page.panel.all_button)
    assert page.source.order == orders[1].number


def test_a_new_change_appears_by_itself(page: AuditPage, shop: Desk, orders: list[OrderRow]) -> None:
    before = page.model.rowCount()
    row = shop.read(OrderRows((orders[0].id,)))[0]
    page.context.runner.change(EditOrders((row.id,), {"flag": 3}, {row.id: row.version}))
    assert page.model.rowCount() > before


def test_what_is_found_is_exported(page: AuditPage, orders: list[OrderRow], tmp_path: Path) -> None:
    told: list[Notice] = []
    page.context.noticed.connect(told.append)
    page.bar.set_text("何小满")
    hands.press(page, Qt.Key.Key_X, hands.CTRL | hands.SHIFT)
    dialog = page.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert dialog.title.text() == "导出 1 条留痕"
    dialog.choose_file(str(tmp_path / "trail.csv"))
    hands.click(dialog.verb_button)
    with (tmp_path / "trail.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["内容"] for row in rows] == [f"{orders[1].recipient} → 何小满"]
    assert len(rows[0]["校验码"]) == 64
    assert told[-1].words == "trail.csv 已写好，1 行"


def test_the_check_says_that_everything_is_true(page: AuditPage, shop: Desk) -> None:
    hands.click(page.check_button)
    assert page.dialog is not None
    assert page.dialog.title.text() == "账目全部对得上"
    said = words_of(page.dialog)
    assert "在库 = 流水合计" in said
    assert "留痕链" in said
    assert not page.dialog.verb_button.isVisible()
    assert page.check_button.isEnabled()


def test_a_wrong_figure_is_told_and_made_anew(page: AuditPage, shop: Desk) -> None:
    wreck(shop, "UPDATE order_count SET orders = orders + 1")
    page.check()
    assert page.dialog is not None
    assert "各状态订单数" in words_of(page.dialog)
    assert page.dialog.verb_button.text() == "重建统计和索引"
    hands.click(page.dialog.verb_button)
    assert not page.dialog.isVisible()
    assert shop.read(Verify()).ok


def test_a_broken_chain_is_told_and_not_mended(page: AuditPage, shop: Desk) -> None:
    wreck(shop, "DROP TRIGGER audit_entry_no_update", "UPDATE audit_entry SET reason = '别的' WHERE reason = '买家要求'")
    page.check()
    assert page.dialog is not None
    said = words_of(page.dialog)
    assert "留痕在第" in said
    assert "先别改动" in said
    assert not page.dialog.verb_button.isVisible()


def wreck(shop: Desk, *statements: str) -> None:
    """Plant a fault past the Desk."""
    with sqlite3.connect(shop.shop.folder / "shop.sqlite") as file:
        for statement in statements:
            file.execute(statement)
    file.close()


def test_nothing_is_chinese_in_the_english_page(orders: list[OrderRow], demo_context: AppContext, qtbot: QtBot, english: None) -> None:
    page = AuditPage(demo_context)
    qtbot.addWidget(page)
    page.resize(1_264, 832)
    page.show()
    page.load()
    ready(page, qtbot)
    page.table.go_to(page.model.id_at(page.model.rowCount() - 1))
    qtbot.waitUntil(lambda: "Shop founded" in words_of(page.panel))
    assert not re.search(r"[\u4e00-\u9fff]", words_of(page.panel).replace("山月茶铺", ""))
    page.check()
    assert page.dialog is not None
    assert not re.search(r"[\u4e00-\u9fff]", words_of(page.dialog))
    page.dialog.reject()
