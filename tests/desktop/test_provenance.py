"""Where the values of the order card come from: each of them answers, at once by its tooltip, all of them in one list with the raw row."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Place
from desktop.models.provenance_lines import SourceLine
from desktop.views.orders import OrdersPage
from desktop.views.orders_panel import OrderPanel
from desktop.views.provenance_dialog import ProvenanceDialog
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Elided, Label, PillLabel
from desktop.views.widgets.panel import PanelSection
from desktop.views.widgets.timeline import Timeline
from services.commands.aftersales import RefundOrder
from services.commands.checking import CheckOrders
from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.commands.manual_orders import CreateOrder, Payment
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.order_card import OrderCard
from services.queries.provenance import OrderProvenance
from tests.commands.test_imports import NUMBER, bring, bring_lines
from tests.commands.test_manual_orders import draft
from tests.desktop import hands
from tests.frozen import FrozenClock
from tests.imports.sample import REFUND_HEADINGS, line_row, order_row, refund_row, write

FILE = "ExportOrderList202611120930.csv"
WAYBILLS = ("订单编号", "物流公司", "物流单号")


def panel_of(context: AppContext, qtbot: QtBot, order_id: int = 1) -> OrderPanel:
    panel = OrderPanel(context, defaultdict(lambda: lambda: None))
    qtbot.addWidget(panel)
    panel.resize(344, 900)
    panel.show()
    panel.show_order(order_id)
    return panel


def ask(widget: QWidget) -> str:
    """What the tooltip says where the mouse rests."""
    QToolTip.hideText()
    at = widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    return QToolTip.text()


def value(panel: OrderPanel, words: str) -> QWidget:
    found = [one for one in panel.body.findChildren(QWidget) if isinstance(one, (Label, Elided)) and words in one.text()]
    return found[0]


def told_by(panel: OrderPanel, *key: Any) -> str:
    """The tooltip of what shows this field or part."""
    field, part = key if len(key) == 2 else (key[0], 0)
    panel.sources.read()
    return next(panel.sources.words(widget) for widget, keys in panel.sources.keys.items() if (field, part) in keys)


def whole_life(desk: Desk, folder: Path) -> None:
    """An order of two files that was edited, checked, sent by a tracking file and paid back in part by a refund file."""
    clock = desk.clock
    assert isinstance(clock, FrozenClock)
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    bring(desk, folder, order_row(订单备注="送小样", 买家留言="快点"))
    bring_lines(desk, folder, line_row(NUMBER, NUMBER))
    desk.perform(EditOrders((1,), {"seller_memo": "不送", "flag": 1}), actor="小王", reason="买家说")
    desk.perform(CheckOrders((1,)))
    sent = {"订单编号": NUMBER, "物流公司": "圆通速递", "物流单号": "YT0771993970431"}
    clock.advance(minutes=5)
    import_file(desk, write(folder / "运单.csv", [sent], WAYBILLS))
    clock.advance(minutes=5)
    import_file(desk, write(folder / "退款202611140930.csv", [refund_row(NUMBER, "216310093161617429")], REFUND_HEADINGS))


def uncovered(panel: OrderPanel) -> list[str]:
    """Words on the card that are no heading and say nothing of where they come from; the timeline is the trail itself."""
    headings = {section.heading for section in panel.body.findChildren(PanelSection)}
    found = []
    for one in panel.body.body.findChildren(QWidget):
        if not isinstance(one, (Label, Elided, PillLabel)) or one in headings or not one.isVisibleTo(panel):
            continue
        above: list[QWidget] = []
        place: QWidget | None = one
        while place is not None and place is not panel:
            above.append(place)
            place = place.parentWidget()
        if not any(widget in panel.sources.keys or isinstance(widget, (Timeline, Button)) for widget in above):
            found.append(one.accessibleName() or (one.text() if isinstance(one, (Label, Elided)) else ""))
    return found


def test_every_value_on_the_card_says_where_it_comes_from(desk: Desk, context: AppContext, qtbot: QtBot, tmp_path: Path) -> None:
    whole_life(desk, tmp_path)
    panel = panel_of(context, qtbot)
    panel.sources.read()
    assert uncovered(panel) == []
    assert len(panel.sources.keys) >= 14
    for widget in panel.sources.keys:
        found = [one for one in panel.sources.origins(widget) if one is not None]
        assert found, widget
        assert all(one.kind != "unknown" and (one.kind != "file" or one.file is not None) for one in found), panel.sources.words(widget)
        assert panel.sources.words(widget) == widget.accessibleDescription() != ""


def test_a_resting_mouse_is_told_file_row_and_time(desk: Desk, context: AppContext, qtbot: QtBot, tmp_path: Path) -> None:
    whole_life(desk, tmp_path)
    panel = panel_of(context, qtbot)
    assert panel.sources.told is None  # passing by costs nothing
    assert ask(value(panel, "吴子川")) == f"收货人、手机：{FILE}，第 2 行，文件时间 2026-11-12 09:30"
    memo = ask(value(panel, "不送"))
    assert memo.startswith("卖家备注：小王 ")
    assert memo.endswith("修改订单，原因：买家说\n在这里改过，导入不会覆盖")
    assert told_by(panel, "line", 1).endswith("ExportItemlList202611120930.csv，第 2 行，文件时间 2026-11-12 09:30")
    assert told_by(panel, "parcel", 1).startswith("包裹：运单.csv，第 2 行")
    assert told_by(panel, "case", 1).startswith("售后：退款202611140930.csv，第 2 行")


def test_another_order_forgets_what_was_known(desk: Desk, context: AppContext, qtbot: QtBot, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(), order_row("6001", 收货人姓名="马三"))
    panel = panel_of(context, qtbot)
    assert "第 2 行" in ask(value(panel, "吴子川"))
    panel.show_order(2)
    assert panel.sources.told is None
    assert "第 3 行" in ask(value(panel, "马三"))
    panel.show_order(-1)
    assert panel.sources.keys == {}


def test_what_was_made_and_done_here_names_the_person(desk: Desk, context: AppContext, frozen_clock: FrozenClock, qtbot: QtBot) -> None:
    from services.commands.manual_draft import DraftLine

    desk.perform(ReceiveGoods("CUP-1", 5, title="马克杯"))
    made = desk.perform(CreateOrder(draft(DraftLine(1, "", 1, 3000)), Payment(3000, "cash")), actor="小王").value
    frozen_clock.advance(minutes=5)
    desk.perform(ShipOrders((Shipment(made.order_id, "YTO", "YT0771993970431"),)), actor="小李")
    frozen_clock.advance(minutes=5)
    desk.perform(RefundOrder(made.order_id, "refund_only", amount=500), actor="小赵", reason="碎了")
    panel = panel_of(context, qtbot, made.order_id)
    panel.sources.read()
    assert uncovered(panel) == []
    for widget in panel.sources.keys:
        assert all(one.kind != "unknown" for one in panel.sources.origins(widget) if one is not None), panel.sources.words(widget)
    assert "小王" in told_by(panel, "recipient")
    assert "手工建单" in told_by(panel, "recipient")
    assert "小李" in told_by(panel, "parcel", 1)
    assert "小赵" in told_by(panel, "case", 1)
    told = desk.read(OrderProvenance(made.order_id))
    assert [(one.actor, one.kind) for one in told.parts if one.field == "money" and one.actor != ""][:1] == [("小王", "edited")]


def lines_of(dialog: ProvenanceDialog) -> dict[str, SourceLine]:
    return {one.name: one for one in all_lines(dialog)}


def all_lines(dialog: ProvenanceDialog) -> list[SourceLine]:
    found = [dialog.model.row_at(place) for place in range(dialog.model.rowCount())]
    return [one for one in found if isinstance(one, SourceLine)]


def said(dialog: ProvenanceDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label) if label.isVisibleTo(dialog))


@pytest.fixture
def page(context: AppContext, desk: Desk, frozen_clock: FrozenClock, qtbot: QtBot, tmp_path: Path) -> Any:
    whole_life(desk, tmp_path)
    frozen_clock.advance(minutes=5)
    bring(desk, tmp_path, order_row(订单备注="送两份", 买家留言="快点"), day=15)
    with hands.on_screen(OrdersPage(context), qtbot) as made:
        made.load()
        made.navigate(search=NUMBER, tab="all", id=1)
        qtbot.waitUntil(lambda: made.panel.card is not None)
        yield made


def test_the_list_shows_all_values_with_lock_conflict_and_raw_row(page: OrdersPage, qtbot: QtBot) -> None:
    hands.press(page.table, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = page.panel.findChild(ProvenanceDialog) or page.findChild(ProvenanceDialog)
    assert isinstance(dialog, ProvenanceDialog)
    hands.check_model(dialog.model)
    lines = lines_of(dialog)
    assert {
        "订单号",
        "状态",
        "收货人",
        "手机",
        "详细地址",
        "卖家备注",
        "旗帜",
        "商品",
        "实付",
        "运费",
        "包裹",
        "售后 C1",
        "收款",
        "下单时间",
    } <= lines.keys()
    assert (lines["收货人"].source, lines["收货人"].row) == ("ExportOrderList202611150930.csv", "2")
    assert [pill.words for pill in lines["卖家备注"].signs] == ["冲突"]
    assert [pill.words for pill in lines["旗帜"].signs] == ["锁定"]
    # The value that waits for a decision is shown first, with the file's word and row.
    assert dialog.table.current_id() == lines["卖家备注"].id
    qtbot.waitUntil(lambda: "文件写的是：送两份" in said(dialog))
    assert "小王" in said(dialog)
    dialog.table.go_to(lines["收货人"].id)
    qtbot.waitUntil(lambda: "收货人姓名：吴子川" in said(dialog))
    first = dialog.raw.row_at(dialog.raw_table.current_id())
    assert first is not None
    assert (first.heading, first.cell) == ("收货人姓名", "吴子川")
    status = lines["状态"].origin
    assert (status.kind, status.file and (status.file.file_name, status.file.row)) == ("file", ("运单.csv", 2))
    hands.click(dialog.copy_button)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied[0].startswith("订单编号\t")
    assert "收货人姓名\t吴子川" in copied
    dialog.table.go_to(lines["卖家备注"].id)
    qtbot.waitUntil(lambda: any(one.text() == "去决定" for one in dialog.findChildren(Button) if one.isVisible()))
    went: list[Place] = []
    page.context.went.connect(went.append)
    hands.click(next(one for one in dialog.findChildren(Button) if one.text() == "去决定" and one.isVisible()))
    assert [(one.page, one.facts) for one in went] == [("worklists", {"tab": "conflicts", "search": NUMBER, "id": 1})]


def test_the_list_is_complete(desk: Desk, page: OrdersPage) -> None:
    """Whatever the card holds of an order's fields stands in the list."""
    card = desk.read(OrderCard(1))
    dialog = page.panel.show_sources()
    assert dialog is not None
    keys = {one.key for one in all_lines(dialog)}
    silent = {
        "id",
        "channel_name",
        "platform_status",
        "customer_id",
        "buyer_orders",
        "checked_by",
        "close_note",
        "version",
        "slip_copies",
        "label_copies",
    }
    for name in card.__slots__:
        held = getattr(card, name)
        if (
            name in silent
            or isinstance(held, bool)
            or held in ("", None, ())
            or isinstance(held, tuple)
            or (held == 0 and name != "freight")
        ):
            continue
        assert (name, 0) in keys, name
    for field, parts in (
        ("line", card.lines),
        ("parcel", card.parcels),
        ("case", card.cases),
        ("money", card.money),
        ("discount", card.discounts),
    ):
        assert {(field, one.id) for one in parts} <= keys
    dialog.close()


def test_a_demo_order_says_that_it_is_invented(demo_context: AppContext, qtbot: QtBot) -> None:
    panel = panel_of(demo_context, qtbot)
    panel.sources.read()
    assert {one.kind for widget in panel.sources.keys for one in panel.sources.origins(widget) if one is not None} <= {"demo", "computed"}
    dialog = panel.show_sources()
    assert dialog is not None
    assert not dialog.copy_button.isVisibleTo(dialog)
    dialog.close()


def test_an_order_that_is_gone_is_refused_in_words(context: AppContext, desk: Desk, qtbot: QtBot, tmp_path: Path, window: QWidget) -> None:
    from dataclasses import replace

    bring(desk, tmp_path, order_row())
    dialog = ProvenanceDialog(window, context, replace(desk.read(OrderCard(1)), id=77)).read()
    assert any("77" in label.text() for label in dialog.findChildren(Label))
