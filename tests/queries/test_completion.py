"""Goods and buyers found while somebody types."""

from __future__ import annotations

import pytest

from services.desk import Desk
from services.queries.customer_completion import CustomerCompletion
from services.queries.read_address import ReadAddress
from services.queries.sku_completion import SkuChoices, SkuCompletion
from services.settings import ChangeSetting
from tests.factories import at, make_order, make_sku
from tests.queries.statements import statements


@pytest.fixture
def goods(desk: Desk) -> None:
    make_sku(desk, "WL-250", title="桂花乌龙", properties="规格:250g", barcode="6901234567892", price=4800, stock=7)
    make_sku(desk, "WL-500", title="桂花乌龙", properties="规格:500g", price=8800)
    make_sku(desk, "CUP-1", title="马克杯", properties="颜色:白色", price=3000, stock=2)
    make_sku(desk, "CARD-1", title="充值卡", price=None, virtual=True)


@pytest.mark.usefixtures("goods")
@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("CUP-1", ["CUP-1"]),
        ("cup", ["CUP-1"]),
        ("6901234567892", ["WL-250"]),
        ("乌龙", ["WL-250", "WL-500"]),
        ("乌龙 500", ["WL-500"]),
        ("mkb", ["CUP-1"]),
        ("makebei", ["CUP-1"]),
        ("guihua 250", ["WL-250"]),
        ("baise", ["CUP-1"]),
        ("wl", ["WL-250", "WL-500"]),
        ("czk", ["CARD-1"]),
        ("没有", []),
        (" ", []),
    ],
)
def test_goods_are_found_by_code_name_barcode_and_sound(desk: Desk, typed: str, codes: list[str]) -> None:
    assert [choice.code for choice in desk.read(SkuCompletion(typed))] == codes


@pytest.mark.usefixtures("goods")
def test_goods_come_with_price_and_what_is_there(desk: Desk) -> None:
    (tea,) = desk.read(SkuCompletion("6901234567892"))
    assert (tea.name, tea.price, tea.own_price, tea.available, tea.exact) == ("桂花乌龙 250g", 4800, 4800, 7, True)
    (card,) = desk.read(SkuCompletion("充值"))
    assert (card.price, card.available, card.exact) == (None, None, False)
    assert desk.read(SkuCompletion("WL-500"))[0].available is None
    desk.perform(ChangeSetting("tier_discounts", {"loyal": 5}))
    assert desk.read(SkuCompletion("CUP-1", tier="loyal"))[0].own_price == 2850
    assert [choice.own_price for choice in desk.read(SkuChoices((tea.id,), "loyal"))] == [4560]


@pytest.mark.usefixtures("goods")
def test_goods_cost_the_same_statements_however_many(desk: Desk) -> None:
    for number in range(30):
        make_sku(desk, f"X-{number}", title="乌龙")
    with statements(desk) as asked:
        assert len(desk.read(SkuCompletion("乌龙", tier="loyal"))) == 12
    assert len(asked) <= 2


@pytest.fixture
def buyers(desk: Desk) -> None:
    place = {"province": "浙江省", "city": "杭州市", "district": "西湖区"}
    make_order(
        desk,
        number="1",
        buyer_nick="青柠不加糖",
        recipient="林小青",
        phone="16812340427",
        address="旧地址1号",
        created_at=at("2026-10-01 10:00"),
        **place,
    )
    make_order(
        desk,
        number="2",
        buyer_nick="青柠不加糖",
        recipient="林小青",
        phone="16812340427",
        address="新地址2号",
        created_at=at("2026-11-01 10:00"),
        **place,
    )
    make_order(desk, number="3", buyer_nick="Tom88", recipient="王五", phone="16899990427", created_at=at("2026-11-02 10:00"))
    make_order(desk, number="4", buyer_nick="青柠**", recipient="林**", phone="168****0427", masked=True, created_at=at("2026-11-03 10:00"))
    make_order(desk, number="5", buyer_nick="别人", recipient="赵六", seller_memo="青柠的朋友", created_at=at("2026-11-04 10:00"))


@pytest.mark.usefixtures("buyers")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("青柠", ["青柠不加糖"]),
        ("柠不", ["青柠不加糖"]),
        ("林", ["青柠不加糖"]),
        ("小青", ["青柠不加糖"]),
        ("0427", ["Tom88", "青柠不加糖"]),
        ("16812340427", ["青柠不加糖"]),
        ("168123", ["青柠不加糖"]),
        ("tom", ["Tom88"]),
        ("没人", []),
        ("", []),
    ],
)
def test_buyers_are_found_by_nick_recipient_and_phone(desk: Desk, typed: str, found: list[str]) -> None:
    with statements(desk) as asked:
        choices = desk.read(CustomerCompletion(typed))
    assert [choice.nick for choice in choices] == found
    assert len(asked) <= 2


@pytest.mark.usefixtures("buyers")
def test_the_latest_address_is_the_one_that_is_offered(desk: Desk) -> None:
    (choice,) = desk.read(CustomerCompletion("青柠"))
    assert (choice.address, choice.phone_typed, choice.orders) == ("新地址2号", "16812340427", 2)


def test_a_pasted_address_is_read_through_the_desk(desk: Desk) -> None:
    block = desk.read(ReadAddress("张三 16812345678 浙江省杭州市西湖区文一路99号"))
    assert (block.recipient, block.district, block.address) == ("张三", "西湖区", "文一路99号")
