"""Files that bring no orders, looked at and brought in from the window: cases, parcels, counts, bookings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.i18n import tr
from desktop.views.main_window import MainWindow
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from tests.db.looking import table
from tests.desktop import hands
from tests.desktop.demo import DEMO_PAGES
from tests.desktop.test_import import counts, listed, opened
from tests.factories import make_order, make_sku
from tests.imports.sample import REFUND_HEADINGS, refund_row, write


@pytest.fixture
def window(context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    with hands.on_screen(MainWindow(context, DEMO_PAGES), qtbot, 1440, 900) as made:
        yield made


@pytest.fixture
def notices(context: AppContext) -> list[Notice]:
    told: list[Notice] = []
    context.noticed.connect(told.append)
    return told


@pytest.fixture
def shop(desk: Desk) -> Desk:
    make_sku(desk, "CUP-1")
    make_order(desk, number="1001", lines=[{"title": "马克杯", "code": "CUP-1", "price": 9000, "shortage": 1}])
    make_order(desk, number="1002", status="awaiting_payment")
    desk.perform(ReceiveGoods("CUP-1", 5, 600))
    return desk


def test_refunds_become_cases(shop: Desk, window: MainWindow, notices: list[Notice], tmp_path: Path) -> None:
    rows = [refund_row("1001", "2163"), refund_row("9999", "2164"), refund_row("1001", "2165", 退款状态="外星人处理中")]
    dialog = opened(window, write(tmp_path / "退款.csv", rows, REFUND_HEADINGS))
    assert counts(dialog) == {"new": 1, "held": 1, "rejected": 1}
    dialog.show_part("new")
    assert listed(dialog) == [["2", "订单 1001：仅退款 30.00 元，已退款（退款编号 2163）"]]
    dialog.show_part("held")
    assert dialog.heading.text() == "1 条。"
    assert dialog.verb_button.text() == tr("Import {n} entries", n=1) == "导入 1 条"
    hands.click(dialog.verb_button)
    assert [case["number"] for case in table(shop, "after_sale")] == ["2163"]
    assert notices[-1].words == "已导入：1 条已处理，拒收 1 行"


def test_a_tracking_file_ships(shop: Desk, window: MainWindow, tmp_path: Path) -> None:
    rows = [
        {"订单号": "1001", "快递公司": "中通", "运单号": "73120000000001"},
        {"订单号": "1002", "快递公司": "中通", "运单号": "73120000000002"},
    ]
    dialog = opened(window, write(tmp_path / "运单.csv", rows, ("订单号", "快递公司", "运单号")))
    assert counts(dialog) == {"new": 1, "held": 1}
    dialog.show_part("held")
    assert listed(dialog) == [["3", "订单 1002 不发货：未付款"]]
    hands.click(dialog.verb_button)
    assert [order["number"] for order in table(shop, "orders", "status = 'shipped'")] == ["1001"]


def test_a_stocktake_is_booked_after_its_differences_were_shown(shop: Desk, window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(window, write(tmp_path / "盘点.csv", [{"编码": "CUP-1", "实盘数": "4"}], ("编码", "实盘数")))
    assert counts(dialog) == {"updated": 1}
    assert listed(dialog) == [["2", "CUP-1：实盘 4，账面 5（-1）"]]
    hands.click(dialog.verb_button)
    assert table(shop, "stock_level")[0]["on_hand"] == 4


def test_bookings_are_kept_and_a_short_file_is_said(shop: Desk, window: MainWindow, tmp_path: Path) -> None:
    headings = ("支付流水号", "主订单id", "入帐时间", "入帐类型", "收入金额(元)", "支出金额(元)")
    rows = [
        {"支付流水号": "1", "入帐时间": "2026-09-06 23:18:04", "入帐类型": "交易收款", "收入金额(元)": "9.00"},
        {"支付流水号": "合计", "收入金额(元)": "10.00"},
    ]
    dialog = opened(window, write(tmp_path / "动账.csv", rows, headings))
    assert counts(dialog) == {"new": 1}
    assert "收入合计" in dialog.shown.gists["notice"] if dialog.shown is not None else False
    hands.click(dialog.verb_button)
    assert [row["amount"] for row in table(shop, "money_record")] == [900]
