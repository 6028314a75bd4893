"""Seals, orders as they were, histories of things and the evidence book, as the window shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.views.as_of_dialog import AsOfDialog
from desktop.views.audit import AuditPage
from desktop.views.history_dialog import HistoryDialog
from desktop.views.orders import OrdersPage
from desktop.views.seals_dialog import SealsDialog
from desktop.views.widgets.timeline import Event, Timeline
from services.commands.edits import EditOrders
from services.commands.seals import SealDay
from services.desk import Desk
from services.evidence import check_book
from services.queries.audit_trail import EntityTrail
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderIds, OrderRow, OrderRows
from services.queries.seals import SealRows
from services.settings import ChangeSetting
from tests.desktop import hands
from tests.desktop.test_audit import words_of


@pytest.fixture
def order(shop: Desk) -> OrderRow:
    ids = tuple(shop.read(OrderIds("status:awaiting_shipment blocker:none", "ship_by")))[:1]
    return shop.read(OrderRows(ids))[0]


def told(qtbot: QtBot, widget: QWidget, words: str) -> None:
    """Wait until it stands there: what comes into a layout is shown with the next turn of the loop."""
    qtbot.waitUntil(lambda: words in words_of(widget))


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[AuditPage]:
    with hands.on_screen(AuditPage(demo_context), qtbot) as made:
        made.load()
        made.activate()
        qtbot.waitUntil(lambda: all(made.model.row_at(row) is not None for row in range(made.model.rowCount())))
        yield made


def test_the_order_as_it_was_is_shown_beside_today(order: OrderRow, shop: Desk, demo_context: AppContext, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    before = shop.clock.now() - 1
    shop.perform(EditOrders((order.id,), {"seller_memo": "送手写贺卡", "flag": 1}), reason="买家要求")
    dialog = AsOfDialog(window, demo_context, shop.read(OrderCard(order.id)))
    dialog.open()
    told(qtbot, dialog, "此后没有改动")
    assert dialog.found is not None
    assert [one.field for one in dialog.found.fields if one.changed] == []
    dialog.show_moment(before)
    told(qtbot, dialog, "那时店里还没有这张订单。")  # the demo shop was filled at this very moment
    assert "送手写贺卡" not in words_of(dialog)
    dialog.reject()
    window.close()


def test_between_import_and_edit_the_first_values_are_told(order: OrderRow, shop: Desk, demo_context: AppContext, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    made = shop.clock.now()
    shop.clock.advance(minutes=5)  # type: ignore[attr-defined]
    shop.perform(EditOrders((order.id,), {"seller_memo": "送手写贺卡"}), reason="买家要求")
    dialog = AsOfDialog(window, demo_context, shop.read(OrderCard(order.id)), made)
    dialog.open()
    assert dialog.found is not None
    assert [(one.field, one.now) for one in dialog.found.fields if one.changed] == [("seller_memo", "送手写贺卡")]
    told(qtbot, dialog, "与现在有 1 处不同")
    dialog.only.click()
    qtbot.waitUntil(lambda: "应付" not in words_of(dialog))
    told(qtbot, dialog, "送手写贺卡")
    dialog.time.setText("2026-11-22 13:00")
    hands.press(dialog.time, Qt.Key.Key_Return)
    told(qtbot, dialog, "那时店里还没有这张订单。")
    dialog.time.setText("昨天")
    hands.press(dialog.time, Qt.Key.Key_Return)
    told(qtbot, dialog, "不是时间")
    dialog.reject()
    window.close()


def test_an_entry_leads_to_the_order_at_its_moment(order: OrderRow, page: AuditPage, shop: Desk, qtbot: QtBot) -> None:
    shop.perform(EditOrders((order.id,), {"seller_memo": "送手写贺卡"}))
    page.navigate(number=order.number)
    qtbot.waitUntil(lambda: page.panel.row is not None and page.panel.row.number == order.number)
    assert page.panel.as_of_button.isVisible()
    page.panel.as_of_button.click()
    qtbot.waitUntil(lambda: isinstance(page.dialog, AsOfDialog))
    assert isinstance(page.dialog, AsOfDialog)
    page.dialog.reject()


def test_fields_narrow_the_trail(order: OrderRow, page: AuditPage, shop: Desk, qtbot: QtBot) -> None:
    shop.perform(EditOrders((order.id,), {"seller_memo": "送手写贺卡", "flag": 3}))
    page.load()
    place = page.fields_choice.findData("flag")
    assert page.fields_choice.itemText(place) == "旗帜"
    page.fields_choice.setCurrentIndex(place)
    page.fields_choice.activated.emit(place)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1 and page.model.row_at(0) is not None)
    row = page.model.row_at(0)
    assert row is not None
    assert row.field == "flag"


def test_seals_are_made_copied_printed_and_compared(page: AuditPage, shop: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page.show_seals()
    dialog = page.dialog
    assert isinstance(dialog, SealsDialog)
    told(qtbot, dialog, "还没有封存码。")
    dialog.verb_button.click()
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    (seal,) = shop.read(SealRows())
    assert QGuiApplication.clipboard().text() == seal.code
    told(qtbot, dialog, seal.code)
    dialog.code.setText(seal.code.lower())
    dialog.check_button.click()
    told(qtbot, dialog, "相符：封存之前的留痕没有被改写。")
    dialog.code.setText(seal.code[:-1] + ("2" if seal.code[-1] != "2" else "3"))
    dialog.check_button.click()
    told(qtbot, dialog, "抄错")
    dialog.write_sheet(tmp_path / "seal.pdf")
    assert (tmp_path / "seal.pdf").read_bytes().startswith(b"%PDF")
    dialog.reject()


def test_settings_and_goods_have_a_history(shop: Desk, demo_context: AppContext, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    shop.perform(ChangeSetting("promise_hours", 24), reason="大促")
    assert shop.read(EntityTrail("setting"))
    dialog = HistoryDialog(window, demo_context, "设置", "setting")
    dialog.open()
    said = [entry.accessibleName() for entry in dialog.timeline.findChildren(QWidget) if entry.accessibleName()]
    assert any("改设置：承诺发货时间" in one and "大促" in one for one in said)
    empty = HistoryDialog(window, demo_context, "x", "customer", 10**6)
    empty.open()
    told(qtbot, empty, "还没有改动过")
    empty.reject()
    dialog.reject()
    window.close()


def test_a_click_on_an_event_tells_its_moment(qtbot: QtBot) -> None:
    chosen: list[int] = []
    timeline = Timeline([Event("下单", "14:00", at=7), Event("付款", "14:01")], chosen.append)
    qtbot.addWidget(timeline)
    timeline.resize(300, 100)
    timeline.show()
    for entry in timeline.findChildren(QWidget):
        hands.click(entry)
    assert chosen == [7]


def test_the_panels_menu_writes_an_evidence_book(
    order: OrderRow, shop: Desk, demo_context: AppContext, tmp_path: Path, qtbot: QtBot
) -> None:
    shop.perform(EditOrders((order.id,), {"seller_memo": "送手写贺卡"}))
    shop.perform(SealDay())
    notices: list[Notice] = []
    demo_context.noticed.connect(notices.append)
    with hands.on_screen(OrdersPage(demo_context), qtbot) as made:
        made.deeds.evidence(order.id, tmp_path / "book")
    (plain,) = (tmp_path / "book").glob("*.json")
    assert all(check.ok for check in check_book(json.loads(plain.read_text("utf-8"))))
    assert plain.with_suffix(".pdf").exists()
    assert notices[-1].words == f"证据册已保存：{plain.with_suffix('.pdf').name}"
