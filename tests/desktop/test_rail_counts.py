"""The figures in the rail follow the shop, whatever page is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.rail_counts import RailCounts
from services.commands.aftersales import RefundOrder
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from tests.factories import make_order, make_sku


def test_they_are_read_at_once_and_after_each_change(context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    make_sku(desk, "TRAY", stock=0)
    order = make_order(desk, lines=[{"code": "TRAY", "quantity": 2, "shortage": 2}])
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    told: dict[str, tuple[int, bool]] = {}

    def note(page: str, count: int, alarm: bool) -> None:
        told[page] = (count, alarm)

    context.counted.connect(note)
    RailCounts(context, window)
    assert told == {"orders": (1, False), "approvals": (0, False), "refunds": (0, True), "stock": (1, True)}
    context.runner.change(ReceiveGoods("TRAY", 2))
    assert told["stock"] == (0, True)
    context.runner.change(RefundOrder(order, "refund_only", amount=100, waiting=True), reason="少件")
    assert told["refunds"] == (1, True)
    window.close()
    context.runner.change(RefundOrder(order, "refund_only", amount=100), reason="少件")
    assert told["refunds"] == (1, True)
