"""After-sales by mouse and keys: the exact proposal, ceilings in words, returns, waiting cases settled and refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.views.ask_order_dialog import AskOrderDialog
from desktop.views.case_dialog import CaseDialog
from desktop.views.case_panel import AmountTree
from desktop.views.refund_dialog import RefundDialog
from desktop.views.refunds import RefundsPage
from desktop.views.widgets.ceiling_bar import CeilingBar
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band
from services.commands.aftersales import MoveCase, RefundLine, RefundOrder
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.case_rows import CaseIds, CaseRow, CaseRows
from services.queries.order_card import OrderCard, OrderCardRow
from services.queries.stock_rows import StockIds, StockRow, StockRows
from tests.desktop import hands
from tests.factories import make_order

D = TypeVar("D", bound=DialogBase)


@pytest.fixture
def page(context: AppContext, qtbot: QtBot) -> Iterator[RefundsPage]:
    with hands.on_screen(RefundsPage(context), qtbot) as made:
        yield made


def opened(page: RefundsPage, kind: type[D], qtbot: QtBot) -> D:
    """The dialog of the page, once it has the keyboard."""
    dialog = page.dialog
    assert isinstance(dialog, kind)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def refund_dialog(page: RefundsPage, order: int, qtbot: QtBot) -> RefundDialog:
    page._refund(order)
    return opened(page, RefundDialog, qtbot)


def because(dialog: RefundDialog, words: str = "杯口破损") -> None:
    dialog.reason.words.insert(words)


def press_verb(dialog: DialogBase) -> None:
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)


def order_of(desk: Desk, order: int) -> OrderCardRow:
    return desk.read(OrderCard(order))


def cases(desk: Desk, tab: str = "all") -> tuple[CaseRow, ...]:
    return desk.read(CaseRows(tuple(desk.read(CaseIds(tab)))))


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def tea_order(desk: Desk, **values: object) -> int:
    """Two kinds, ¥236.00 less ¥20.00 discount, freight ¥6.00: paid ¥222.00, as on the mock."""
    lines = [
        {"title": "白瓷盖碗 150ml", "code": "CUP", "quantity": 2, "price": 6900, "payable": 12631, "paid": 12631},
        {"title": "桂花乌龙 250g", "code": "TEA", "quantity": 1, "price": 9800, "payable": 8969, "paid": 8969},
    ]
    ordinary = {"number": "3021445208867713345", "lines": lines, "freight": 600, "payable": 22200, "paid": 22200}
    return make_order(desk, **(ordinary | values))


def shipped_order(desk: Desk, frozen: int = 5) -> int:
    """The same, received and really sent."""
    order = tea_order(desk)
    for code in ("CUP", "TEA"):
        desk.perform(ReceiveGoods(code, frozen, 1000, title=code))
    desk.perform(ShipOrders((Shipment(order, "SF", "SF1234567890123"),)))
    assert order_of(desk, order).status == "shipped"
    return order


def stock(desk: Desk, code: str) -> StockRow:
    (sku_id,) = desk.read(StockIds(code))
    return desk.read(StockRows((sku_id,)))[0]


def test_units_bring_back_their_exact_share(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    dialog = refund_dialog(page, order, qtbot)
    cup, tea = dialog.lines.lines
    assert (cup.units.value, tea.units.value) == (0, 0)
    hands.click(cup.units.more)
    assert dialog.amount.text() == "63.16"  # 126.31 over two units: the first gets the odd fen
    assert cup.amount.text() == "¥63.16"
    because(dialog)
    assert dialog.verb_button.text() == "退款 ¥63.16"
    assert (dialog.ceiling.this, dialog.ceiling.ceiling) == (6316, 22200)
    press_verb(dialog)
    (case,) = cases(desk)
    assert (case.state, case.amount, case.units, case.reason) == ("refunded", 6316, 1, "杯口破损")
    assert order_of(desk, order).refunded == 6316
    again = refund_dialog(page, order, qtbot)
    hands.click(again.lines.lines[0].units.more)
    assert again.amount.text() == "63.15"


def test_freight_only_by_choice_and_at_most_what_was_paid(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    dialog = refund_dialog(page, order, qtbot)
    qtbot.waitUntil(dialog.freight.isVisible)
    hands.click(dialog.lines.everything)
    assert dialog.amount.text() == "216.00"
    hands.click(dialog.freight)
    assert dialog.amount.text() == "222.00"
    assert "¥6.00" in dialog.freight.text()
    because(dialog)
    press_verb(dialog)
    (case,) = cases(desk)
    assert (case.amount, case.freight) == (22200, 600)


def test_the_ceiling_is_said_in_words_before_anything_is_sent(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    dialog = refund_dialog(page, order, qtbot)
    hands.click(dialog.lines.lines[0].units.more)
    because(dialog)
    dialog.amount.clear()
    hands.type_text(dialog.amount, "222.01")
    assert not dialog.verb_button.isEnabled()
    assert dialog.verb_button.text() == "最多还能退 ¥222.00"
    assert dialog.ceiling.over
    dialog.amount.clear()
    hands.type_text(dialog.amount, "150")
    assert dialog.verb_button.text() == "这些商品最多退 ¥132.31"
    dialog.amount.clear()
    hands.type_text(dialog.amount, "abc")
    assert dialog.verb_button.text() == "这不是金额"
    hands.click(dialog.proposal)
    assert dialog.amount.text() == "63.16"
    assert dialog.verb_button.isEnabled()
    assert cases(desk) == ()


def test_an_amount_without_units_is_spread_over_the_lines(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    dialog = refund_dialog(page, order, qtbot)
    hands.type_text(dialog.amount, "15")
    dialog.reason.choice.choose("晚到补偿")
    assert dialog.fault.currentData() == "carrier"
    press_verb(dialog)
    (case,) = cases(desk)
    assert (case.amount, case.units, case.fault) == (1500, 0, "carrier")
    assert sum(line.refunded for line in order_of(desk, order).lines) == 1500


def test_before_it_is_sent_units_are_taken_off_and_a_whole_refund_closes(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk)
    dialog = refund_dialog(page, order, qtbot)
    assert not dialog.kind.isEnabled()
    assert [one.units.value for one in dialog.lines.lines] == [2, 1]
    qtbot.waitUntil(dialog.freight.isVisible)
    hands.click(dialog.freight)
    dialog.reason.choice.choose("买家不想要了")
    assert dialog.verb_button.text() == "退款 ¥222.00"
    press_verb(dialog)
    card = order_of(desk, order)
    assert (card.status, card.refunded, card.close_reason) == ("closed", 22200, "refunded")
    assert [line.cancelled for line in card.lines] == [2, 1]


def test_goods_that_come_back_go_on_the_shelf_or_are_written_off(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = shipped_order(desk)
    before = stock(desk, "CUP").on_hand, stock(desk, "TEA").on_hand
    dialog = refund_dialog(page, order, qtbot)
    assert dialog.kind.value == "return_and_refund"
    assert dialog.verb_button.text() == "请选退回的商品"
    hands.click(dialog.lines.everything)
    dialog.lines.lines[1].fate.choose("damaged")
    because(dialog)
    press_verb(dialog)
    assert cases(desk)[0].kind == "return_and_refund"
    assert stock(desk, "CUP").on_hand == before[0] + 2
    assert (stock(desk, "TEA").on_hand, stock(desk, "TEA").damaged) == (before[1], 1)


def test_a_reason_is_asked_and_esc_changes_nothing(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    dialog = refund_dialog(page, order, qtbot)
    hands.click(dialog.lines.everything)
    assert dialog.verb_button.text() == "请写明原因"
    press_verb(dialog)
    hands.press(dialog, Qt.Key.Key_Escape)
    assert cases(desk) == ()


def test_an_order_without_known_goods_takes_an_amount(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = make_order(desk, status="completed", payable=5000, paid=5000)
    dialog = refund_dialog(page, order, qtbot)
    assert not dialog.lines.isVisible()
    assert dialog.amount.text() == "50.00"
    because(dialog)
    press_verb(dialog)
    assert order_of(desk, order).refunded == 5000


def test_nothing_left_says_so(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = make_order(desk, status="awaiting_payment", lines=[{"title": "茶"}])
    dialog = refund_dialog(page, order, qtbot)
    assert dialog.verb_button.text() == "没有可退的钱"
    assert not dialog.verb_button.isEnabled()
    qtbot.waitUntil(lambda: any(band.isVisible() for band in dialog.findChildren(Band)))


def test_a_noted_request_waits_holds_the_money_and_is_settled_on_the_board(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    page.load()
    dialog = refund_dialog(page, order, qtbot)
    hands.click(dialog.lines.lines[0].units.more)
    because(dialog)
    dialog.when.choose("later")
    assert dialog.verb_button.text() == "登记售后 ¥63.16"
    press_verb(dialog)
    (case,) = cases(desk)
    assert case.state == "requested"
    assert order_of(desk, order).refunded == 0
    assert page.tabs._tabs["open"].count == 1
    (card,) = page.board.cards["requested"]
    assert card.row.id == case.id
    assert card.isChecked()
    assert page.panel.case is not None
    tree = page.panel.findChildren(AmountTree)[-1]
    assert "原运费 ¥6.00 ¥0.00 不退" in tree.accessibleName()
    bars = {bar.accessibleName() for bar in page.panel.findChildren(CeilingBar)}
    assert "整单：¥63.16，上限 ¥222.00" in bars
    assert page.panel.refund_button.text() == "退款 ¥63.16"
    hands.press(card, Qt.Key.Key_Return)
    settle = opened(page, CaseDialog, qtbot)
    press_verb(settle)
    assert cases(desk)[0].state == "refunded"
    assert order_of(desk, order).refunded == 6316
    assert page.tabs._tabs["open"].count == 0
    assert not page.panel.refund_button.isVisible()


def test_refusing_asks_why_and_frees_the_money(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    made = desk.perform(RefundOrder(order, "refund_only", amount=22200, waiting=True), reason="不喜欢").value
    page.load()
    hands.click(page.panel.refuse_button)
    dialog = opened(page, CaseDialog, qtbot)
    assert dialog.verb_button.text() == "请写明原因"
    dialog.reason.choice.choose("超过七天")
    press_verb(dialog)
    (case,) = cases(desk)
    assert (case.id, case.state) == (made.case_id, "refused")
    assert refund_dialog(page, order, qtbot).card.ceiling == 22200  # type: ignore[union-attr]


def test_withdrawing_needs_no_reason(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    desk.perform(RefundOrder(order, "refund_only", amount=1000, waiting=True), reason="少件")
    page.load()
    hands.click(page.panel.withdraw_button)
    press_verb(opened(page, CaseDialog, qtbot))
    assert cases(desk)[0].state == "withdrawn"


def test_a_case_that_ended_meanwhile_is_refused_in_words(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    made = desk.perform(RefundOrder(order, "refund_only", amount=1000, waiting=True), reason="少件").value
    page.load()
    page._settle()
    dialog = opened(page, CaseDialog, qtbot)
    desk.perform(MoveCase(made.case_id, "withdrawn"))
    press_verb(dialog)
    qtbot.waitUntil(lambda: f"“C{made.case_id}”刚刚被改过" in words_of(dialog))
    assert order_of(desk, order).refunded == 0


def test_arrow_keys_walk_over_the_board(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    for number in range(3):
        order = tea_order(desk, number=f"302100000000000{number:04d}", status="completed")
        desk.perform(RefundOrder(order, "refund_only", (RefundLine(order_of(desk, order).lines[0].id, 1),), waiting=True), reason="少件")
    page.load()
    page.activate()
    first = page.board.current
    cards = page.board.cards["requested"]
    qtbot.waitUntil(cards[0].hasFocus)
    hands.press(cards[0], Qt.Key.Key_Down)
    assert page.board.current != first
    assert cards[1].hasFocus()
    assert page.panel.case is not None
    assert page.panel.case.row.id == cards[1].row.id


def test_searching_shows_the_table_and_the_model_holds(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    for number, buyer in (("3021000000000000001", "小明"), ("3021000000000000002", "小红")):
        order = tea_order(desk, number=number, buyer_nick=buyer, status="completed")
        desk.perform(RefundOrder(order, "refund_only", amount=1000), reason="补偿")
    page.load()
    page.navigate(order="3021000000000000002")
    assert page.tab == "all"
    hands.check_model(page.model)
    assert page.model.rowCount() == 1
    assert page.panel.case is not None
    assert page.panel.case.row.buyer == "小红"
    with qtbot.waitSignal(page.context.went) as told:
        hands.click(page.panel._order)
    assert told.args[0].facts["search"] == "3021000000000000002"


def test_a_new_case_begins_with_the_order_number(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    page.load()
    assert page.stack.currentWidget() is page.nothing
    page._new()
    ask = opened(page, AskOrderDialog, qtbot)
    hands.type_text(ask.number, "302144520886771")
    hands.press(ask.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "店里没有订单" in words_of(ask))
    ask.number.setText("3021445208867713345")
    hands.press(ask.number, Qt.Key.Key_Return)
    dialog = opened(page, RefundDialog, qtbot)
    assert dialog.order_id == order


def test_a_double_click_makes_one_case(page: RefundsPage, desk: Desk, qtbot: QtBot) -> None:
    order = tea_order(desk, status="completed")
    dialog = refund_dialog(page, order, qtbot)
    hands.type_text(dialog.amount, "10")
    because(dialog)
    command = dialog.command()
    desk.perform(command, reason="x")
    desk.perform(command, reason="x")
    assert len(cases(desk)) == 1
