"""Goods and money of an order in the window: asked for with what follows in sight, decided by PIN on the page, told to who asked."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.decisions import Decisions
from desktop.views.approvals import ApprovalsPage
from desktop.views.change_dialog import ChangeDialog
from desktop.views.deadline_dialog import DeadlineDialog
from desktop.views.orders_panel import OrderPanel
from desktop.views.widgets.labels import Elided, Label
from desktop.views.widgets.panel import Band, Fact
from services.amending import Amendment
from services.commands.approvals import ProposeChange
from services.commands.people import AddPerson
from services.commands.prints import MarkPrinted
from services.desk import Desk
from services.queries.approval_rows import ApprovalRows
from services.queries.order_card import OrderCard, OrderCardRow
from services.queries.sku_completion import SkuCompletion
from services.queries.verify import Verify
from tests.desktop import hands
from tests.factories import make_order, make_sku

CTRL = Qt.KeyboardModifier.ControlModifier
PIN, CLERKS = "2580", "1470"
NUMBER = "5016165517148046476"


@pytest.fixture
def order(desk: Desk) -> OrderCardRow:
    """Two cups and a tea, paid; 5 of each in the house."""
    make_sku(desk, "CUP", stock=5, title="马克杯", price=30_00)
    make_sku(desk, "TEA", stock=5, title="茶叶", price=40_00)
    lines = [{"title": "马克杯", "code": "CUP", "quantity": 2, "price": 30_00}, {"title": "茶叶", "code": "TEA", "price": 40_00}]
    order_id = make_order(
        desk, number=NUMBER, lines=lines, goods_amount=100_00, discount=0, goods_less_discount=100_00, freight=6_00, payable=106_00
    )
    return desk.read(OrderCard(order_id))


@pytest.fixture
def clerk(desk: Desk, order: OrderCardRow) -> Desk:
    """The clerk sits there; the owner has a PIN."""
    desk.perform(AddPerson("店主", "owner", PIN))
    desk.sign_in("店主", PIN)
    desk.perform(AddPerson("小王", "clerk", CLERKS))
    desk.sign_in("小王", CLERKS)
    return desk


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1280, 840)
    qtbot.addWidget(window)
    window.show()
    return window


def opened(around: QWidget, context: AppContext, card: OrderCardRow, qtbot: QtBot) -> ChangeDialog:
    dialog = ChangeDialog(around, context, card)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def follows(dialog: ChangeDialog) -> list[tuple[str, str]]:
    return [(line.what, line.how) for line in dialog.consequences.shown]


def why(dialog: ChangeDialog | DeadlineDialog, words: str) -> None:
    dialog.reason.words.setFocus()
    dialog.reason.words.setText(words)


def test_what_follows_is_told_before_it_happens(
    clerk: Desk, order: OrderCardRow, around: QWidget, context: AppContext, qtbot: QtBot
) -> None:
    notices: list[Notice] = []
    context.noticed.connect(notices.append)
    dialog = opened(around, context, order, qtbot)
    assert dialog.verb_button.text() == "还没有改动"
    cup = dialog.goods.lines[0]
    cup.price.setFocus()
    cup.price.selectAll()
    hands.type_text(cup.price, "25")
    cup.units.set(7)
    dialog.ask()
    assert follows(dialog) == [
        ("马克杯 数量", "2 → 7"),
        ("马克杯 单价", "30.00 → 25.00"),
        ("应付", "106.00 → 221.00"),
        ("已付 ¥106.00", "还差 ¥115.00 未付"),
        ("CUP", "可售 5 → 0"),
    ]
    assert dialog.word.text() == "需要店主审核。通过前订单不变，也不能发货。"
    assert dialog.verb_button.text() == "请写明为什么改"
    cup.units.set(1)
    dialog.ask()
    assert ("已付 ¥106.00", "多收 ¥35.00，可退") in follows(dialog)
    why(dialog, "谈好了")
    assert dialog.verb_button.text() == "提交审核 −¥35.00"
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    assert notices[-1].words == "A1 待审核，通过前订单不变"
    card = clerk.read(OrderCard(order.id))
    assert (card.payable, card.lines[0].price, card.blockers, card.approval_id) == (106_00, 30_00, ("approval_waiting",), 1)
    (row,) = clerk.read(ApprovalRows())
    assert (row.asked_by, row.reason, row.more) == ("小王", "谈好了", -35_00)


def test_goods_are_added_swapped_and_taken_off(desk: Desk, order: OrderCardRow, around: QWidget, context: AppContext, qtbot: QtBot) -> None:
    make_sku(desk, "POT", stock=2, title="茶壶", price=90_00)
    dialog = opened(around, context, order, qtbot)
    goods = dialog.goods
    (pot,) = desk.read(SkuCompletion("POT"))
    goods.swap(goods.lines[0])
    assert goods.words.text() == "“马克杯”换成什么：扫码，或输入编码、名称。"
    hands.type_text(goods.search, "POT")
    hands.press(goods.search, Qt.Key.Key_Return)
    assert [line.choice.code for line in goods.lines if line.choice] == ["POT", "TEA"]
    goods.remove(goods.lines[1])
    goods.search.setText("没有的东西")
    hands.press(goods.search, Qt.Key.Key_Return)
    assert goods.words.text() == "没有“没有的东西”这种商品，只能加店里有的商品。"
    dialog.freight.setText("x")
    assert dialog.verb_button.text() == "有金额填得不对"
    dialog.freight.setText("0")
    dialog.ask()
    assert dialog.word.text() == "立即生效，按您的审核留痕。"
    why(dialog, "换货")
    assert dialog.verb_button.text() == "立即生效 −¥46.00"
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    card = desk.read(OrderCard(order.id))
    assert [(line.sku_id, line.title, line.quantity, line.price) for line in card.lines] == [(pot.id, "茶壶", 2, 30_00)]
    assert (card.payable, card.freight) == (60_00, 0)
    assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []


def test_what_can_not_be_is_said_in_the_dialog(desk: Desk, order: OrderCardRow, around: QWidget, context: AppContext, qtbot: QtBot) -> None:
    dialog = opened(around, context, order, qtbot)
    dialog.discount.setText("200")
    dialog.ask()
    assert (dialog.word.text(), dialog.verb_button.text()) == ("优惠超过了商品金额。", "不能这样改")
    for line in list(dialog.goods.lines):
        dialog.goods.remove(line)
    dialog.discount.setText("0")
    dialog.ask()
    assert dialog.word.text() == "订单至少要留一件商品，要取消请关闭订单。"
    assert not dialog.verb_button.isEnabled()


def test_a_printed_order_says_so_loudly(desk: Desk, order: OrderCardRow, around: QWidget, context: AppContext, qtbot: QtBot) -> None:
    desk.perform(MarkPrinted((order.id,), "slip"))
    dialog = opened(around, context, desk.read(OrderCard(order.id)), qtbot)
    (band,) = dialog.body.findChildren(Band)
    assert said(band) == "这一单有已打印的发货单 1 张\n改完后请抽掉旧单，重新打印。"


def test_changed_meanwhile_is_refused_and_looked_at_again(
    desk: Desk, order: OrderCardRow, around: QWidget, context: AppContext, qtbot: QtBot
) -> None:
    dialog = opened(around, context, order, qtbot)
    desk.perform(ProposeChange(order.id, Amendment(freight=1_00)), reason="别人")
    dialog.freight.setText("0")
    dialog.ask()
    why(dialog, "包邮")
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    assert desk.read(OrderCard(order.id)).freight == 1_00
    assert dialog.isVisible()
    dialog.reload()
    assert not dialog.isVisible()


def page(context: AppContext, qtbot: QtBot) -> ApprovalsPage:
    made = ApprovalsPage(context)
    made.resize(1280, 840)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.load()
    return made


def facts(made: ApprovalsPage) -> dict[str, str]:
    return {
        fact.findChildren(Label)[0].text(): fact.value.accessibleName() or fact.value.toolTip() or _text(fact.value)
        for fact in made.panel.body.body.findChildren(Fact)
    }


def _text(label: Elided) -> str:
    return label.text()


def test_the_owner_approves_by_pin_on_the_page(clerk: Desk, order: OrderCardRow, context: AppContext, qtbot: QtBot) -> None:
    counts: list[tuple[str, int]] = []
    context.counted.connect(lambda key, n, _alarm: counts.append((key, n)))
    clerk.perform(ProposeChange(order.id, Amendment(discount=20_00)), reason="老客")
    made = page(context, qtbot)
    hands.check_model(made.model)
    assert counts[-1] == ("approvals", 1)
    panel = made.panel
    assert panel.title.text() == "A1"
    assert facts(made)["应付"] == "¥106.00 → ¥86.00"
    assert "老客" in said(panel.body.body)
    assert not panel.approve_button.isEnabled()
    hands.press(made.table, Qt.Key.Key_Return)
    assert panel.pin.hasFocus()
    hands.type_text(panel.pin, "9999")
    hands.press(panel.pin, Qt.Key.Key_Return, CTRL)
    assert "PIN 不对" in said(panel.form)
    assert clerk.read(OrderCard(order.id)).payable == 106_00
    hands.type_text(panel.pin, PIN)
    hands.press(panel.pin, Qt.Key.Key_Return, CTRL)
    assert clerk.read(OrderCard(order.id)).payable == 86_00
    assert (made.model.rowCount(), counts[-1]) == (0, ("approvals", 0))
    made.tabs.choose("done")
    (row,) = clerk.read(ApprovalRows(done=True))
    assert (made.model.rowCount(), row.decided_by, row.state) == (1, "店主", "approved")
    assert not made.panel.form.isVisible()


def test_rejecting_asks_for_a_word_and_who_asked_is_told(clerk: Desk, order: OrderCardRow, context: AppContext, qtbot: QtBot) -> None:
    notices: list[Notice] = []
    context.shop = clerk.shop
    clerk.perform(ProposeChange(order.id, Amendment(discount=20_00)), reason="老客")
    made = page(context, qtbot)
    Decisions(context, made)
    context.noticed.connect(notices.append)
    hands.type_text(made.panel.pin, PIN)
    assert not made.panel.reject_button.isEnabled()
    made.panel.note.setText("太低")
    hands.click(made.panel.reject_button)
    assert clerk.read(OrderCard(order.id)).blockers == ()
    assert f"订单 {NUMBER} 的 A1：已驳回：太低" in [one.words for one in notices]
    assert clerk.read(ApprovalRows(done=True))[0].note == "太低"
    Decisions(context, made).read()
    assert len([one for one in notices if "已驳回：" in one.words]) == 1


def test_a_stale_one_can_only_be_rejected_with_a_word(clerk: Desk, order: OrderCardRow, context: AppContext, qtbot: QtBot) -> None:
    clerk.perform(ProposeChange(order.id, Amendment(discount=20_00)), reason="老客")
    clerk.sign_in("店主", PIN)
    clerk.perform(_Freight(order.id))
    made = page(context, qtbot)
    assert not made.panel.approve_button.isVisible()
    assert made.panel.reject_button.text() == "驳回并说明"
    assert "订单与申请时已经不同" in said(made.panel.body.body)


class _Freight:
    """Another freight, as a file would tell it."""

    def __init__(self, order_id: int) -> None:
        self.order_id = order_id

    def apply(self, uow):  # type: ignore[no-untyped-def]
        from services.db.schema import Order

        uow.change(Order, {self.order_id: {"freight": 5_00, "payable": 105_00}})


def test_the_order_s_card_leads_to_it(clerk: Desk, order: OrderCardRow, context: AppContext, qtbot: QtBot) -> None:
    clerk.perform(ProposeChange(order.id, Amendment(discount=20_00)), reason="老客")
    went: list[object] = []
    context.went.connect(went.append)
    panel = OrderPanel(context, defaultdict(lambda: lambda: None))
    qtbot.addWidget(panel)
    panel.show_order(order.id)
    band = next(one for one in panel.body.body.findChildren(Band) if "待审核" in said(one))
    from desktop.views.widgets.buttons import LinkButton

    hands.click(band.findChildren(LinkButton)[0])
    assert [(place.page, place.facts) for place in went] == [("approvals", {"id": 1})]  # type: ignore[attr-defined]


def test_the_deadline_is_changed_with_a_reason(desk: Desk, order: OrderCardRow, around: QWidget, context: AppContext, qtbot: QtBot) -> None:
    dialog = DeadlineDialog(around, context, order)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    field = dialog.fields.field("ship_by")
    field.setText("soon")  # type: ignore[attr-defined]
    assert dialog.verb_button.text() == "请写成 2026-11-25 18:00"
    field.setText("2026-11-28 18:00")  # type: ignore[attr-defined]
    why(dialog, "说好")
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    assert desk.read(OrderCard(order.id)).ship_by == 1795860000000
