"""An order from a chat: the buyer pastes an address, pays, gets the goods, sends one back. Then the same buyer orders again."""

from __future__ import annotations

from services.clock import MS_AN_HOUR
from services.commands.aftersales import RefundLine, RefundOrder
from services.commands.checking import CheckOrders
from services.commands.customers import SetTier
from services.commands.manual_draft import DraftLine, OrderDraft
from services.commands.manual_orders import CloseOrder, CreateOrder, EditManualOrder, Payment, RecordPayment
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.customer_completion import CustomerCompletion
from services.queries.order_card import OrderCard
from services.queries.read_address import ReadAddress
from services.queries.sku_completion import SkuCompletion
from services.queries.stock_rows import StockRows
from services.queries.verify import Verify
from services.settings import ChangeSettings
from tests.factories import make_sku
from tests.frozen import FrozenClock


def test_an_order_from_a_chat(desk: Desk, frozen_clock: FrozenClock) -> None:
    make_sku(desk, "WL-250", title="桂花乌龙", properties="规格:250g", barcode="6901234567892", price=4800)
    desk.perform(ReceiveGoods("WL-250", 5, 2000))
    desk.perform(ChangeSettings((("ship_only_checked", True), ("tier_discounts", {"loyal": 10}))))

    block = desk.read(ReadAddress("林小青，168 1234 0427，浙江省 杭州市 西湖区 文一路99号3幢402室 麻烦周末送"))
    assert block.doubts == ()
    (tea,) = desk.read(SkuCompletion("6901234567892"))
    draft = OrderDraft(
        "青柠不加糖", block.recipient, block.phone, block.province, block.city, block.district, block.address,
        lines=(DraftLine(tea.id, "", 3, tea.own_price or 0), DraftLine(None, "手写贺卡", 1, 0)), discount=400, buyer_message=block.rest,
    )  # fmt: skip
    order = desk.perform(CreateOrder(draft)).value.order_id
    assert desk.read(StockRows((tea.id,)))[0].available == 5, "unpaid it holds nothing"

    # The buyer takes one less, and pays part of it now.
    fewer = OrderDraft(
        **{name: getattr(draft, name) for name in draft.__slots__} | {"lines": (DraftLine(tea.id, "", 2, 4800),), "freight": 800}
    )
    desk.perform(EditManualOrder(order, fewer))
    assert desk.perform(RecordPayment(order, Payment(5000, "wechat"))).value.left == 5000
    frozen_clock.advance(hours=3)
    assert desk.perform(RecordPayment(order, Payment(5000, "alipay"))).value.left == 0
    card = desk.read(OrderCard(order))
    assert (card.status, card.paid, card.ship_by) == ("awaiting_shipment", 10000, frozen_clock.now() + 48 * MS_AN_HOUR)
    assert [(line.reserved, line.paid) for line in card.lines] == [(2, 9200)]

    # Only what was looked at leaves.
    parcel = Shipment(order, "SF", "SF1234567890123")
    assert desk.perform(ShipOrders((parcel,))).value.refused == {order: ("not_checked",)}
    desk.perform(CheckOrders((order,)))
    assert desk.perform(ShipOrders((parcel,))).value.shipped == (order,)
    line = desk.read(OrderCard(order)).lines[0]
    back = desk.perform(RefundOrder(order, "return_and_refund", (RefundLine(line.id, 1, restocked=1),)), reason="包装破了").value
    assert back.amount == 4600
    assert desk.read(StockRows((tea.id,)))[0].available == 4

    # The buyer is known now, and pays the price of her tier; the second order comes to nothing.
    desk.perform(SetTier(order, "loyal"))
    (known,) = desk.read(CustomerCompletion("0427"))
    assert (known.nick, known.address) == ("青柠不加糖", "文一路99号3幢402室")
    (tea,) = desk.read(SkuCompletion("ghwl", known.tier))
    assert tea.own_price == 4320
    again = OrderDraft(
        known.nick, known.recipient, known.phone_typed, known.province, known.city, known.district, known.address,
        lines=(DraftLine(tea.id, "", 1, tea.own_price),),
    )  # fmt: skip
    second = desk.perform(CreateOrder(again, like=known.customer_id)).value
    assert second.number == "M20261122-002"
    desk.perform(CloseOrder((second.order_id,), "buyer_changed_mind"))

    first, later = desk.read(OrderCard(order)), desk.read(OrderCard(second.order_id))
    assert first.customer_id == later.customer_id
    assert (first.status, first.income, later.status) == ("shipped", 5400, "closed")
    actions = {event.action for event in first.timeline if event.kind == "entry"}
    assert {"create_order", "edit_manual_order", "record_payment", "check_orders", "ship_orders", "refund_order"} <= actions
    assert desk.read(Verify()).wrong == ()
