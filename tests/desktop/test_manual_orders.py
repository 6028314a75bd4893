"""Orders made by hand in the window: pasted, scanned, typed; what they hold afterwards is what the shop holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.views.manual_order_dialog import ManualOrderDialog
from desktop.views.manual_order_money import CloseDialog, PaymentDialog
from desktop.views.orders import OrdersPage
from desktop.views.settings_dialog import SettingsDialog
from desktop.views.widgets.buttons import LinkButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.commands.customers import SetTier
from services.commands.edits import EditOrders
from services.commands.manual_draft import DraftLine, OrderDraft
from services.commands.manual_orders import CreateOrder, Payment
from services.desk import Desk
from services.queries.order_card import OrderCard, OrderCardRow
from services.queries.order_rows import OrderIds
from services.queries.verify import Verify
from services.settings import ChangeSetting, ShopSettings
from tests.desktop import hands
from tests.factories import make_order, make_sku

CTRL = Qt.KeyboardModifier.ControlModifier
PASTED = "张三 16812345678 浙江省杭州市西湖区文一路99号3幢402室"


@pytest.fixture
def goods(desk: Desk) -> dict[str, int]:
    return {
        "tea": make_sku(
            desk, "WL-250", title="桂花乌龙", properties="规格:250g", barcode="6901234567892", price=4800, stock=7, value=14000
        ),
        "cup": make_sku(desk, "CUP-1", title="马克杯", price=3000, stock=2, value=2000),
        "gift": make_sku(desk, "GIFT-1", title="茶样"),
    }


@pytest.fixture
def dialog(window: QWidget, context: AppContext, goods: dict[str, int], qtbot: QtBot) -> ManualOrderDialog:
    made = ManualOrderDialog(window, context)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def paste(dialog: ManualOrderDialog, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    dialog.place.box.insertFromMimeData(data)


def scan(dialog: ManualOrderDialog, code: str) -> None:
    field = dialog.focusWidget()
    assert isinstance(field, QLineEdit)
    if code.isascii():
        hands.type_text(field, code)
    else:
        field.insert(code)  # an input method puts words in as a whole
    hands.press(field, Qt.Key.Key_Return)


def said(dialog: DialogBase) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label))


def only_order(desk: Desk) -> OrderCardRow:
    (order_id,) = desk.read(OrderIds())
    return desk.read(OrderCard(order_id))


def test_a_pasted_address_and_a_scan_make_a_paid_order(dialog: ManualOrderDialog, desk: Desk, goods: dict[str, int]) -> None:
    assert not dialog.verb_button.isEnabled()
    assert dialog.verb_button.text() == "先加商品"
    paste(dialog, PASTED)
    assert dialog.place.values() == {
        "buyer_nick": "",
        "recipient": "张三",
        "phone": "16812345678",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "address": "文一路99号3幢402室",
        "postcode": "",
    }
    assert "已识别" in said(dialog)
    dialog.goods.search.setFocus()
    scan(dialog, "6901234567892")
    scan(dialog, "6901234567892")
    scan(dialog, "CUP-1")
    assert [(line.choice.code, line.units.value) for line in dialog.goods.lines if line.choice] == [("WL-250", 2), ("CUP-1", 1)]
    hands.type_text(dialog.discount, "6")
    hands.type_text(dialog.freight, "8.50")
    assert dialog.verb_button.text() == "建单 ¥128.50"
    hands.click(dialog.paid)
    dialog.method.choose("cash")
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    assert not dialog.isVisible()
    order = only_order(desk)
    assert (order.number, order.status, order.payable, order.paid) == ("M20261122-001", "awaiting_shipment", 12850, 12850)
    assert [(line.sku_code, line.quantity, line.reserved) for line in order.lines] == [("WL-250", 2, 2), ("CUP-1", 1, 1)]
    assert [(entry.amount, entry.source) for entry in order.money] == [(12850, "cash")]
    assert desk.read(Verify()).ok


def test_goods_are_found_by_name_and_sound_and_taken_with_the_arrows(dialog: ManualOrderDialog, qtbot: QtBot) -> None:
    search = dialog.goods.search
    search.setFocus()
    hands.type_text(search, "mkb")
    qtbot.waitUntil(lambda: [entry.words for entry in search.offers()] == ["马克杯"])
    assert search.offers()[0].hint == "CUP-1  ¥30.00  可售 2"
    hands.press(search, Qt.Key.Key_Down)
    hands.press(search, Qt.Key.Key_Return)
    assert [line.choice.code for line in dialog.goods.lines if line.choice] == ["CUP-1"]
    assert search.text() == ""
    search.insert("茶样")
    hands.press(search, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.goods.lines[1].price, "goods without a price ask for one"


def test_several_goods_of_a_word_are_offered_and_enter_takes_the_first(dialog: ManualOrderDialog, desk: Desk) -> None:
    make_sku(desk, "WL-500", title="桂花乌龙", properties="规格:500g", price=8800)
    dialog.goods.search.setFocus()
    scan(dialog, "乌龙")
    assert [entry.words for entry in dialog.goods.search.offers()] == ["桂花乌龙 250g", "桂花乌龙 500g"]
    hands.press(dialog.goods.search, Qt.Key.Key_Return)
    assert [line.choice.code for line in dialog.goods.lines if line.choice] == ["WL-250"]


def test_what_is_no_sku_is_written_down_but_a_strange_barcode_is_not(dialog: ManualOrderDialog, desk: Desk) -> None:
    dialog.goods.search.setFocus()
    scan(dialog, "6900000000001")
    assert dialog.goods.lines == []
    assert "没有商品的条码是 6900000000001" in said(dialog)
    scan(dialog, "手写贺卡")
    (line,) = dialog.goods.lines
    assert dialog.focusWidget() is line.price
    hands.type_text(line.price, "5")
    hands.press(line.price, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.goods.search
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    order = only_order(desk)
    assert [(one.title, one.sku_id, one.price) for one in order.lines] == [("手写贺卡", None, 500)]
    assert order.status == "awaiting_payment"


def test_a_scan_that_lands_in_a_price_is_the_next_goods(dialog: ManualOrderDialog) -> None:
    dialog.goods.search.setFocus()
    scan(dialog, "CUP-1")
    price = dialog.goods.lines[0].price
    price.setFocus()
    hands.type_text(price, "6901234567892")
    hands.press(price, Qt.Key.Key_Return)
    assert price.text() == "30"
    assert [line.choice.code for line in dialog.goods.lines if line.choice] == ["CUP-1", "WL-250"]


def test_doubtful_fields_are_marked_and_places_offered(dialog: ManualOrderDialog) -> None:
    paste(dialog, "朝阳区建国路88号 赵六 16812345678 麻烦周末送")
    assert dialog.place.doubtful() == ["province", "city"]
    assert "请看一下：省、市" in said(dialog)
    assert dialog.message.text() == "麻烦周末送"
    hands.click(next(button for button in dialog.place.findChildren(LinkButton) if button.text() == "北京市 朝阳区"))
    assert (dialog.place.values()["province"], dialog.place.values()["city"]) == ("北京市", "北京市")
    assert dialog.place.doubtful() == []
    paste(dialog, PASTED)
    assert dialog.place.values()["recipient"] == "张三", "the next address takes the place of the last"


def test_a_known_buyer_fills_the_address_and_gets_the_price_of_his_tier(
    window: QWidget, context: AppContext, desk: Desk, goods: dict[str, int], qtbot: QtBot
) -> None:
    first = desk.perform(
        CreateOrder(
            OrderDraft(
                "青柠", "林小青", "16812340427", "浙江省", "杭州市", "西湖区", "文一路1号", lines=(DraftLine(goods["cup"], "", 1, 3000),)
            )
        )
    ).value.order_id
    desk.perform(SetTier(first, "loyal"))
    desk.perform(ChangeSetting("tier_discounts", {"loyal": 10}))
    dialog = ManualOrderDialog(window, context)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.goods.search.setFocus()
    scan(dialog, "CUP-1")
    scan(dialog, "WL-250")
    dialog.goods.lines[1].price.setText("")
    hands.type_text(dialog.goods.lines[1].price, "40")
    nick = dialog.place.nick
    nick.setFocus()
    hands.type_text(nick, "0427")
    qtbot.waitUntil(lambda: len(nick.offers()) == 1)
    assert nick.offers()[0].hint.startswith("忠实")
    hands.press(nick, Qt.Key.Key_Down)
    hands.press(nick, Qt.Key.Key_Return)
    values = dialog.place.values()
    assert (values["buyer_nick"], values["recipient"], values["phone"], values["address"]) == ("青柠", "林小青", "16812340427", "文一路1号")
    assert [line.fen for line in dialog.goods.lines] == [2700, 4000], "a price that was typed stays"
    assert "原价 ¥30.00" in dialog.goods.lines[0].state.text()


def test_mistakes_are_told_at_their_fields(dialog: ManualOrderDialog, desk: Desk) -> None:
    dialog.goods.search.setFocus()
    scan(dialog, "CUP-1")
    dialog.place.fields["phone"].setText("12345")
    dialog.discount.setText("31")
    hands.click(dialog.verb_button)
    assert dialog.isVisible()
    words = said(dialog)
    assert "“12345”不像电话号码" in words
    assert "优惠 31.00 超过了商品金额 30.00" in words
    assert dialog.focusWidget() is dialog.place.fields["phone"]
    assert list(desk.read(OrderIds())) == []
    dialog.place.fields["phone"].setText("16812345678")
    dialog.discount.setText("x")
    assert "优惠：“x”不是金额" in said(dialog)
    dialog.discount.setText("")
    hands.click(dialog.verb_button)
    assert only_order(desk).payable == 3000


def test_handed_over_goods_must_be_there(dialog: ManualOrderDialog, desk: Desk) -> None:
    dialog.goods.search.setFocus()
    for _time in range(3):
        scan(dialog, "CUP-1")
    hands.click(dialog.handed)
    assert dialog.paid.isChecked()
    assert dialog.verb_button.text() == "建单并交付 ¥90.00"
    hands.click(dialog.verb_button)
    assert "要 3 件，能给的只有 2 件" in said(dialog)
    assert list(desk.read(OrderIds())) == []
    dialog.goods.lines[0].units.set(2)
    hands.click(dialog.verb_button)
    assert only_order(desk).status == "shipped"


def test_esc_leaves_nothing_behind(dialog: ManualOrderDialog, desk: Desk) -> None:
    dialog.goods.search.setFocus()
    scan(dialog, "CUP-1")
    hands.press(dialog.goods.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert list(desk.read(OrderIds())) == []


@pytest.fixture
def unpaid(desk: Desk, goods: dict[str, int]) -> int:
    lines = (DraftLine(goods["tea"], "", 2, 4800), DraftLine(None, "贺卡", 1, 500))
    draft = OrderDraft("青柠", "林小青", "16812340427", "浙江省", "杭州市", "西湖区", "文一路1号", lines=lines, discount=100)
    return desk.perform(CreateOrder(draft)).value.order_id


def opened(make: Callable[[], DialogBase], qtbot: QtBot) -> DialogBase:
    made = make()
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_an_unpaid_order_is_edited_whole(window: QWidget, context: AppContext, desk: Desk, unpaid: int, qtbot: QtBot) -> None:
    dialog = opened(lambda: ManualOrderDialog(window, context, desk.read(OrderCard(unpaid))), qtbot)
    assert isinstance(dialog, ManualOrderDialog)
    assert [(line.units.value, line.fen) for line in dialog.goods.lines] == [(2, 4800), (1, 500)]
    assert dialog.verb_button.text() == "保存 ¥100.00"
    dialog.goods.remove(dialog.goods.lines[1])
    dialog.goods.lines[0].units.set(1)
    dialog.place.fields["recipient"].setText("林大青")
    hands.click(dialog.verb_button)
    order = desk.read(OrderCard(unpaid))
    assert (order.recipient, order.payable, [line.quantity for line in order.lines]) == ("林大青", 4700, [1])
    assert desk.read(Verify()).ok


def test_an_order_changed_meanwhile_is_not_overwritten(window: QWidget, context: AppContext, desk: Desk, unpaid: int, qtbot: QtBot) -> None:
    dialog = opened(lambda: ManualOrderDialog(window, context, desk.read(OrderCard(unpaid))), qtbot)
    assert isinstance(dialog, ManualOrderDialog)
    desk.perform(EditOrders((unpaid,), {"seller_memo": "别人写的"}))
    dialog.memo.setText("我写的")
    hands.click(dialog.verb_button)
    assert "刚刚被改过" in said(dialog)
    assert desk.read(OrderCard(unpaid)).seller_memo == "别人写的"


def test_a_deposit_and_then_the_rest_are_booked(window: QWidget, context: AppContext, desk: Desk, unpaid: int, qtbot: QtBot) -> None:
    dialog = opened(lambda: PaymentDialog(window, context, desk.read(OrderCard(unpaid))), qtbot)
    assert isinstance(dialog, PaymentDialog)
    assert (dialog.amount.text(), dialog.verb_button.text()) == ("100", "收款 ¥100.00")
    dialog.amount.setText("30")
    assert [one.how for one in dialog.consequences.shown] == ["还差 ¥70.00，继续等付款"]
    hands.click(dialog.verb_button)
    assert desk.read(OrderCard(unpaid)).status == "awaiting_payment"
    rest = opened(lambda: PaymentDialog(window, context, desk.read(OrderCard(unpaid))), qtbot)
    assert isinstance(rest, PaymentDialog)
    assert rest.amount.text() == "70"
    hands.press(rest, Qt.Key.Key_Return, CTRL)
    order = desk.read(OrderCard(unpaid))
    assert (order.status, order.paid, order.lines[0].reserved) == ("awaiting_shipment", 10000, 2)


def test_closing_says_what_it_does_and_what_it_cannot(
    window: QWidget, context: AppContext, desk: Desk, goods: dict[str, int], unpaid: int, qtbot: QtBot
) -> None:
    gift = desk.perform(CreateOrder(OrderDraft(lines=(DraftLine(goods["cup"], "", 2, 0),)), Payment(0))).value.order_id
    paid = desk.perform(CreateOrder(OrderDraft(lines=(DraftLine(goods["tea"], "", 1, 4800),)), Payment(4800))).value.order_id
    dialog = opened(lambda: CloseDialog(window, context, [unpaid, gift, paid]), qtbot)
    assert isinstance(dialog, CloseDialog)
    assert [(one.what, one.how) for one in dialog.consequences.shown] == [("2 单", "变成“交易关闭”"), ("库存", "放回占用的 2 件")]
    assert "还有 ¥48.00 没退" in said(dialog)
    assert dialog.verb_button.text() == "先写明原因" or not dialog.verb_button.isEnabled()
    dialog.reason.choose("other")
    assert not dialog.verb_button.isEnabled()
    dialog.words.setText("重复了")
    assert dialog.verb_button.text() == "关闭 2 单"
    hands.click(dialog.verb_button)
    assert [desk.read(OrderCard(one)).status for one in (unpaid, gift, paid)] == ["closed", "closed", "awaiting_shipment"]
    assert desk.read(OrderCard(gift)).close_note == "重复了"


def test_the_page_makes_edits_and_closes(context: AppContext, desk: Desk, goods: dict[str, int], unpaid: int, qtbot: QtBot) -> None:
    platform = make_order(desk, number="1001", status="awaiting_payment", lines=[{"title": "马克杯", "code": "CUP-1"}])
    notices: list[Notice] = []
    context.noticed.connect(notices.append)
    page = OrdersPage(context)
    with hands.on_screen(page, qtbot):
        page.load()
        page.activate()
        page.seek("", "all", unpaid)
        assert page.panel.pay_button.isVisible()
        hands.press(page.table, Qt.Key.Key_N, CTRL)
        new = page.deeds.dialog
        assert isinstance(new, ManualOrderDialog)
        new.goods.write_down("贺卡", 1, 500)
        hands.click(new.verb_button)
        assert page.table.current_id() == max(desk.read(OrderIds()))
        page.deeds.edit_order(unpaid)
        assert isinstance(page.deeds.dialog, ManualOrderDialog)
        page.deeds.dialog.reject()
        page.deeds.edit_order(platform)
        assert "来自平台" in notices[-1].words
        page.deeds.record_payment(platform)
        assert "来自平台" in notices[-1].words
        page.deeds.record_payment(unpaid)
        payment = page.deeds.dialog
        assert isinstance(payment, PaymentDialog)
        hands.click(payment.verb_button)
        page.deeds.edit_order(unpaid)
        assert "已收款" in notices[-1].words
        page.seek("", "all", platform)
        page.deeds.close_orders([platform])
        closing = page.deeds.dialog
        assert isinstance(closing, CloseDialog)
        closing.reason.choose("unpaid_in_time")
        hands.click(closing.verb_button)
        assert desk.read(OrderCard(platform)).status == "closed"


def test_discounts_by_tier_are_set_in_the_settings(window: QWidget, context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(lambda: SettingsDialog(window, context, lambda _lang: None, lambda: None), qtbot)
    assert isinstance(dialog, SettingsDialog)
    dialog.discounts.boxes["loyal"].setValue(5)
    hands.click(dialog.verb_button)
    assert desk.read(ShopSettings())["tier_discounts"] == {"loyal": 5}


def test_tab_follows_the_eye(dialog: ManualOrderDialog) -> None:
    order: list[QWidget] = []
    dialog.place.box.setFocus()
    for _step in range(10):
        field = dialog.focusWidget()
        assert isinstance(field, QWidget)
        order.append(field)
        hands.press(field, Qt.Key.Key_Tab)
    wanted: list[QWidget] = [dialog.place.box, *(dialog.place.fields[name] for name in dialog.place.fields), dialog.goods.search]
    assert order == wanted
    assert all(
        field.accessibleName()
        for field in dialog.findChildren(QLineEdit)
        if field.isVisibleTo(dialog) and field.parent() is not None and not field.objectName().startswith("qt_")
    )
