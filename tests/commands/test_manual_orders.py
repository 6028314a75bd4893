"""Orders made by hand: how they are born, changed, paid and closed, and that the ledgers agree after each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import MS_AN_HOUR
from services.commands.aftersales import RefundLine, RefundOrder
from services.commands.customers import SetTier
from services.commands.edits import EditOrders
from services.commands.manual_draft import DraftLine, OrderDraft, mistakes_of
from services.commands.manual_orders import CloseOrder, CreateOrder, EditManualOrder, Payment, RecordPayment
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import MatchGoods, ReceiveGoods
from services.desk import Desk
from services.domain.pricing import tier_price, totals_of
from services.errors import BadInput, Conflict, DeskError, Refused
from services.queries.counts import StatusCounts
from services.queries.order_card import OrderCard, OrderCardRow
from services.queries.order_rows import OrderIds
from services.queries.stock_rows import StockRows
from services.queries.verify import Verify
from tests.factories import make_channel, make_order, make_sku
from tests.frozen import FrozenClock

ADDRESS = {"province": "浙江", "city": "杭州市", "district": "西湖区", "address": "文一路99号"}


@pytest.fixture
def cup(desk: Desk) -> int:
    return make_sku(desk, "CUP-1", title="马克杯", properties="白色", price=3000, stock=5, value=5000)


@pytest.fixture(autouse=True)
def _ledgers_agree(desk: Desk) -> Iterator[None]:
    yield
    wrong = {check.name: check.facts for check in desk.read(Verify()).checks if not check.ok}
    assert wrong == {}


def draft(*lines: DraftLine, **values: Any) -> OrderDraft:
    return OrderDraft(**{"buyer_nick": "青柠", "recipient": "张三", "phone": "16812345678", **ADDRESS, "lines": lines, **values})


def card(desk: Desk, order_id: int) -> OrderCardRow:
    return desk.read(OrderCard(order_id))


def available(desk: Desk, sku_id: int) -> int:
    return int(desk.read(StockRows((sku_id,)))[0].available or 0)


def test_an_order_is_born_unpaid_with_a_number_of_the_day(desk: Desk, cup: int) -> None:
    lines = (DraftLine(cup, "", 2, 2950), DraftLine(None, "手写贺卡", 1, 500))
    made = desk.perform(CreateOrder(draft(*lines, discount=401, freight=800, seller_memo="送贺卡", buyer_message="周末送"))).value
    order = card(desk, made.order_id)
    assert (order.number, order.status, order.channel) == ("M20261122-001", "awaiting_payment", "manual")
    assert (order.goods_amount, order.discount, order.freight, order.payable, order.paid) == (6400, 401, 800, 6799, 0)
    assert [(line.title, line.sku_code, line.quantity, line.price, line.payable) for line in order.lines] == [
        ("马克杯", "CUP-1", 2, 2950, 5530),
        ("手写贺卡", "", 1, 500, 469),
    ]
    assert (order.province, order.phone, order.seller_memo, order.buyer_message) == ("浙江省", "16812345678", "送贺卡", "周末送")
    assert [(row.payer, row.amount) for row in order.discounts] == [("shop", 401)]
    assert available(desk, cup) == 5
    assert desk.perform(CreateOrder(draft(*lines))).value.number == "M20261122-002"


def test_numbers_go_on_after_a_thousand_and_begin_anew_each_day(desk: Desk, cup: int, frozen_clock: FrozenClock) -> None:
    make_order(
        desk,
        number="M20261122-999",
        channel="manual",
        lines=[{"title": "马克杯", "code": "CUP-1", "shortage": 0, "reserved": 0}],
        status="closed",
    )
    line = DraftLine(cup, "", 1, 3000)
    assert desk.perform(CreateOrder(draft(line))).value.number == "M20261122-1000"
    assert desk.perform(CreateOrder(draft(line))).value.number == "M20261122-1001"
    frozen_clock.advance(hours=24)
    assert desk.perform(CreateOrder(draft(line))).value.number == "M20261123-001"


def test_the_same_draft_clicked_twice_is_one_order(desk: Desk, cup: int) -> None:
    order = CreateOrder(draft(DraftLine(cup, "", 1, 3000)), Payment(3000, "cash"), number="M20261122-001")
    first, second = desk.perform(order).value, desk.perform(order).value
    assert (second.order_id, second.again) == (first.order_id, True)
    assert desk.read(StatusCounts()).by_status["awaiting_shipment"] == 1
    other = desk.perform(replace(order, draft=draft(DraftLine(cup, "", 2, 3000)))).value
    assert (other.number, other.again) == ("M20261122-002", False)


def test_paid_at_once_it_waits_to_be_shipped_with_its_goods_set_aside(desk: Desk, cup: int, frozen_clock: FrozenClock) -> None:
    made = desk.perform(CreateOrder(draft(DraftLine(cup, "", 2, 3000), freight=600), Payment(6600, "wechat"))).value
    order = card(desk, made.order_id)
    assert (order.status, order.paid, order.lines[0].reserved, order.lines[0].paid) == ("awaiting_shipment", 6600, 2, 6000)
    assert order.ship_by == frozen_clock.now() + 48 * MS_AN_HOUR
    assert [(entry.kind, entry.amount, entry.source) for entry in order.money] == [("payment", 6600, "wechat")]
    assert available(desk, cup) == 3


def test_what_costs_nothing_is_paid_by_nothing(desk: Desk, cup: int) -> None:
    made = desk.perform(CreateOrder(draft(DraftLine(cup, "", 1, 0)), Payment(0))).value
    order = card(desk, made.order_id)
    assert (order.status, order.paid, order.money) == ("awaiting_shipment", 0, ())


def test_a_deposit_waits_for_the_rest(desk: Desk, cup: int) -> None:
    made = desk.perform(CreateOrder(draft(DraftLine(cup, "", 2, 3000)), Payment(1000, "alipay"))).value
    assert card(desk, made.order_id).status == "awaiting_payment"
    with pytest.raises(Refused) as refused:
        desk.perform(EditManualOrder(made.order_id, draft(DraftLine(cup, "", 1, 3000))))
    assert refused.value.code == "manual_order_paid"
    rest = RecordPayment(made.order_id, Payment(5000, "cash"), key="once")
    assert desk.perform(rest).value.left == 0
    assert desk.perform(rest).value.paid == 6000
    order = card(desk, made.order_id)
    assert (order.status, order.paid, order.lines[0].reserved) == ("awaiting_shipment", 6000, 2)
    with pytest.raises(Refused) as refused:
        desk.perform(RecordPayment(made.order_id, Payment(100)))
    assert refused.value.code == "payment_not_awaited"


def test_more_than_owed_is_taken_as_it_is(desk: Desk, cup: int) -> None:
    made = desk.perform(CreateOrder(draft(DraftLine(cup, "", 1, 3000), DraftLine(None, "贺卡", 1, 500), freight=100))).value
    desk.perform(RecordPayment(made.order_id, Payment(4001, "transfer")))
    order = card(desk, made.order_id)
    assert order.paid == 4001
    assert sum(line.paid or 0 for line in order.lines) == 3901


def test_goods_that_are_short_show_as_on_any_order(desk: Desk, cup: int) -> None:
    made = desk.perform(CreateOrder(draft(DraftLine(cup, "", 7, 3000)), Payment(21000))).value
    assert card(desk, made.order_id).lines[0].shortage == 2
    desk.perform(ReceiveGoods("CUP-1", 2, 1000))
    assert card(desk, made.order_id).lines[0].shortage == 0


def test_handed_over_it_leaves_the_shelf_at_once(desk: Desk, cup: int) -> None:
    stall = OrderDraft(lines=(DraftLine(cup, "", 2, 3000), DraftLine(None, "赠品", 1, 0)))
    made = desk.perform(CreateOrder(stall, Payment(6000, "cash"), handed_over=True)).value
    order = card(desk, made.order_id)
    assert (order.status, [line.shipped for line in order.lines]) == ("shipped", [2, 1])
    assert [(parcel.carrier, parcel.tracking_number) for parcel in order.parcels] == [("HAND", "")]
    assert available(desk, cup) == 3
    assert order.customer_id is None


@pytest.mark.parametrize(
    ("quantity", "payment", "code"),
    [(6, Payment(18000), "handover_short"), (1, Payment(2999), "handover_unpaid"), (1, None, "handover_unpaid")],
)
def test_what_cannot_be_handed_over_leaves_nothing_behind(desk: Desk, cup: int, quantity: int, payment: Payment | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        desk.perform(CreateOrder(draft(DraftLine(cup, "", quantity, 3000)), payment, handed_over=True))
    assert refused.value.code == code
    assert list(desk.read(OrderIds())) == []
    assert available(desk, cup) == 5


def test_virtual_goods_ask_for_no_stock(desk: Desk) -> None:
    code = make_sku(desk, "CARD-1", title="充值卡", price=5000, virtual=True)
    made = desk.perform(CreateOrder(OrderDraft(lines=(DraftLine(code, "", 3, 5000),)), Payment(15000), handed_over=True)).value
    assert card(desk, made.order_id).status == "shipped"


def test_everything_may_change_until_it_is_paid(desk: Desk, cup: int) -> None:
    box = make_sku(desk, "BOX-1", title="礼盒", price=1000, stock=1)
    made = desk.perform(CreateOrder(draft(DraftLine(cup, "", 2, 3000), DraftLine(None, "贺卡", 1, 500), discount=100))).value
    before = card(desk, made.order_id)
    changed = draft(DraftLine(box, "", 1, 900), freight=700, recipient="李四", buyer_nick="柠檬", phone="0571-88880000")
    assert desk.perform(EditManualOrder(made.order_id, changed, before.version)).value is True
    after = card(desk, made.order_id)
    assert [(line.title, line.quantity, line.price, line.payable) for line in after.lines] == [("礼盒", 1, 900, 900)]
    assert (after.payable, after.discount, after.discounts, after.recipient, after.tel, after.phone) == (
        1600,
        0,
        (),
        "李四",
        "0571-88880000",
        "",
    )
    assert desk.perform(EditManualOrder(made.order_id, changed)).value is False
    with pytest.raises(Conflict):
        desk.perform(EditManualOrder(made.order_id, changed, before.version))
    assert list(desk.read(OrderIds("李四"))) == [made.order_id]
    assert list(desk.read(OrderIds("张三"))) == []
    more = replace(changed, lines=(DraftLine(cup, "", 1, 3000), DraftLine(box, "", 1, 900), DraftLine(None, "贺卡", 2, 500)), discount=333)
    desk.perform(EditManualOrder(made.order_id, more))
    assert sum(line.payable or 0 for line in card(desk, made.order_id).lines) == 4900 - 333


def test_a_platforms_order_is_not_edited_or_paid_by_hand(desk: Desk, cup: int) -> None:
    order = make_order(desk, number="1001", status="awaiting_payment", lines=[{"title": "马克杯", "code": "CUP-1"}])
    for command in (EditManualOrder(order, draft(DraftLine(cup, "", 1, 1))), RecordPayment(order, Payment(100))):
        with pytest.raises(Refused) as refused:
            desk.perform(command)
        assert refused.value.code == "not_manual"


def test_after_payment_the_address_is_edited_as_on_any_order(desk: Desk, cup: int) -> None:
    made = desk.perform(CreateOrder(draft(DraftLine(cup, "", 1, 3000)), Payment(3000))).value
    desk.perform(EditOrders((made.order_id,), {"address": "文二路1号"}), reason="买家要求")
    assert card(desk, made.order_id).address == "文二路1号"


def test_free_words_are_matched_once_and_stay_matched(desk: Desk, cup: int) -> None:
    words = draft(DraftLine(None, "白色 马克杯", 1, 3000))
    first = desk.perform(CreateOrder(words, Payment(3000))).value
    assert card(desk, first.order_id).blockers == ("goods_unmatched",)
    desk.perform(MatchGoods((1,), cup))
    assert card(desk, first.order_id).blockers == ()
    second = desk.perform(CreateOrder(words, Payment(3000))).value
    assert card(desk, second.order_id).lines[0].sku_id == cup


def test_closing_gives_the_goods_back(desk: Desk, cup: int) -> None:
    gift = desk.perform(CreateOrder(draft(DraftLine(cup, "", 5, 0)), Payment(0))).value.order_id
    waits = desk.perform(CreateOrder(draft(DraftLine(cup, "", 2, 3000)), Payment(6000))).value.order_id
    unpaid = desk.perform(CreateOrder(draft(DraftLine(cup, "", 1, 3000)))).value.order_id
    assert card(desk, waits).lines[0].shortage == 2
    assert desk.perform(CloseOrder((gift, unpaid), "buyer_changed_mind", "改天再买")).value == 2
    assert card(desk, waits).lines[0].shortage == 0
    closed = card(desk, gift)
    assert (closed.status, closed.close_reason, closed.close_note) == ("closed", "buyer_changed_mind", "改天再买")
    with pytest.raises(Refused) as refused:
        desk.perform(CloseOrder((gift,), "duplicate"))
    assert refused.value.code == "close_too_late"


def test_what_is_paid_must_be_refunded_before_it_is_closed(desk: Desk, cup: int) -> None:
    paid = desk.perform(CreateOrder(draft(DraftLine(cup, "", 2, 3000), freight=500), Payment(6500))).value.order_id
    unpaid = desk.perform(CreateOrder(draft(DraftLine(cup, "", 1, 3000)))).value.order_id
    with pytest.raises(Refused) as refused:
        desk.perform(CloseOrder((unpaid, paid), "out_of_stock"))
    assert (refused.value.code, refused.value.facts["held"]) == ("close_paid_first", "65.00")
    assert card(desk, unpaid).status == "awaiting_payment"
    desk.perform(RefundOrder(paid, "refund_only"), reason="缺货")
    assert card(desk, paid).status == "closed"
    assert available(desk, cup) == 5


def test_a_deposit_is_given_back_and_the_order_closed(desk: Desk, cup: int) -> None:
    order = desk.perform(CreateOrder(draft(DraftLine(cup, "", 2, 3000)), Payment(1000))).value.order_id
    desk.perform(RefundOrder(order, "refund_only", amount=1000), reason="不要了")
    desk.perform(CloseOrder((order,), "buyer_changed_mind"))
    assert card(desk, order).status == "closed"


@pytest.mark.parametrize(("reason", "note", "code"), [("refund", "", "close_reason_unknown"), ("other", " ", "close_note_needed")])
def test_closing_asks_for_a_reason_from_the_list(desk: Desk, cup: int, reason: str, note: str, code: str) -> None:
    order = desk.perform(CreateOrder(draft(DraftLine(cup, "", 1, 3000)))).value.order_id
    with pytest.raises(BadInput) as refused:
        desk.perform(CloseOrder((order,), reason, note))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"lines": ()}, "lines", "goods_needed"),
        ({"lines": (DraftLine(1, "", 0, 100),)}, "lines.0.quantity", "line_quantity_wrong"),
        ({"lines": (DraftLine(1, "", 1, 100), DraftLine(1, "", 1, -1))}, "lines.1.price", "line_price_wrong"),
        ({"lines": (DraftLine(None, " ", 1, 100),)}, "lines.0.title", "line_without_goods"),
        ({"lines": (DraftLine(99, "", 1, 100),)}, "lines.0.title", "line_sku_gone"),
        ({"discount": 3001}, "discount", "discount_over_goods"),
        ({"discount": -1}, "discount", "discount_negative"),
        ({"freight": -1}, "freight", "freight_wrong"),
        ({"phone": "1381234"}, "phone", "phone_wrong"),
        ({"province": "火星"}, "province", "province_unknown"),
        ({"postcode": "杭州"}, "postcode", "postcode_wrong"),
        ({"recipient": "张" * 51}, "recipient", "draft_too_long"),
        ({"address": "文一路\x07"}, "address", "draft_unprintable"),
    ],
)
def test_each_mistake_is_told_at_its_field(desk: Desk, cup: int, values: dict[str, Any], field: str, code: str) -> None:
    wrong = replace(draft(DraftLine(cup, "", 1, 3000)), **values)
    with pytest.raises(BadInput) as refused:
        desk.perform(CreateOrder(wrong))
    assert (refused.value.facts["field"], refused.value.code) == (field, code)
    assert list(desk.read(OrderIds())) == []
    if code != "line_sku_gone":
        assert [(one.field, one.code) for one in mistakes_of(wrong)] == [(field, code)]


def test_a_new_buyer_takes_over_the_tier_of_whom_he_was_picked_from(desk: Desk, cup: int) -> None:
    first = desk.perform(CreateOrder(draft(DraftLine(cup, "", 1, 3000)))).value.order_id
    desk.perform(SetTier(first, "loyal"))
    like = card(desk, first).customer_id
    second = desk.perform(CreateOrder(draft(DraftLine(cup, "", 1, 3000), buyer_nick="青柠2"), like=like)).value.order_id
    assert set(desk.read(OrderIds("等级:忠实"))) == {first, second}


def test_an_order_from_a_chat_to_its_refund(desk: Desk, cup: int, frozen_clock: FrozenClock) -> None:
    order = desk.perform(CreateOrder(draft(DraftLine(cup, "", 2, 3000), freight=800))).value.order_id
    frozen_clock.advance(hours=1)
    desk.perform(RecordPayment(order, Payment(6800, "wechat")))
    assert desk.perform(ShipOrders((Shipment(order, "SF", "SF1234567890123"),))).value.shipped == (order,)
    line = card(desk, order).lines[0]
    back = desk.perform(RefundOrder(order, "return_and_refund", (RefundLine(line.id, 1, restocked=1),)), reason="破损").value
    assert back.amount == 3000
    assert available(desk, cup) == 4
    after = card(desk, order)
    assert (after.status, after.income) == ("shipped", 3800)


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 100_000)), min_size=1, max_size=8), st.integers(0, 10**7), st.integers(0, 5000)
)
def test_what_it_comes_to_holds_to_the_fen(lines: list[tuple[int, int]], discount: int, freight: int) -> None:
    found = totals_of(lines, discount, freight)
    assert found.goods == sum(quantity * price for quantity, price in lines)
    assert found.payable == found.goods - found.discount + freight
    assert sum(found.shares) == found.goods - found.discount
    assert all(0 <= share <= quantity * price for share, (quantity, price) in zip(found.shares, lines, strict=True))


def test_a_tiers_price_is_rounded_to_the_fen() -> None:
    assert [tier_price(price, 5) for price in (1000, 999, 10, 0)] == [950, 949, 10, 0]


def test_mistakes_have_words() -> None:
    from services.words import say

    wrong = OrderDraft(phone="1", province="火星", postcode="!", discount=5, freight=-1, lines=(DraftLine(None, "", 0, -1),))
    for mistake in mistakes_of(wrong):
        assert isinstance(mistake.error, DeskError)
        assert say(mistake.code, "zh", **mistake.error.facts) != mistake.code


def test_orders_of_another_channel_of_ours_are_made_by_hand_too(desk: Desk, cup: int) -> None:
    make_channel(desk, "wechat", platform="manual", shop_name="微信老客")
    lines = [{"title": "马克杯", "code": "CUP-1", "price": 3000, "paid": 0}]
    order = make_order(
        desk, number="WX1", channel="wechat", status="awaiting_payment", lines=lines, goods_amount=3000, discount=0, freight=0
    )
    desk.perform(EditManualOrder(order, draft(DraftLine(cup, "", 2, 3000))))
    desk.perform(RecordPayment(order, Payment(6000)))
    after = card(desk, order)
    assert (after.status, after.channel, after.by_hand, after.lines[0].reserved) == ("awaiting_shipment", "wechat", True, 2)
