"""Tags as a whole: colours, another name, one taken off all orders; a buyer's tier and what follows from it."""

from __future__ import annotations

import pytest

from services.commands.customers import SetTier
from services.commands.edits import EditOrders
from services.commands.stock import ReceiveGoods
from services.commands.tags import ColourTag, RemoveTag, RenameTag
from services.db.schema import Customer, Order
from services.desk import Desk
from services.domain.tiers import TIERS
from services.errors import BadInput, NotFound
from services.queries.order_rows import OrderIds, OrderRows
from services.queries.tag_rows import TagColours, TagRow, TagRows
from services.search.fields import BY_NAME
from services.settings import ChangeSetting
from tests.factories import Fill, at, make_channel, make_order, make_orders, make_sku


def tags(desk: Desk) -> list[tuple[str, ...]]:
    return [row.tags for row in desk.read(OrderRows(tuple(desk.read(OrderIds("", "number")))))]


@pytest.fixture
def tagged(desk: Desk) -> Desk:
    make_orders(
        desk, [{"number": f"100{place}", "tags": said} for place, said in enumerate(("加急,礼品", "加急件", "", "礼品，加急", "急"))]
    )
    return desk


def test_a_tag_is_renamed_on_every_order_that_has_it_and_on_no_other(tagged: Desk) -> None:
    tagged.perform(ColourTag("加急", 1))
    assert tagged.perform(RenameTag("加急", " 特急 ")).value == 2
    assert tags(tagged) == [("特急", "礼品"), ("加急件",), (), ("礼品", "特急"), ("急",)]
    assert tagged.read(TagColours()) == {"特急": 1}


def test_renaming_to_a_tag_that_is_there_merges_both_and_keeps_its_colour(tagged: Desk) -> None:
    tagged.perform(ColourTag("加急", 1))
    tagged.perform(ColourTag("礼品", 3))
    assert tagged.perform(RenameTag("加急", "礼品")).value == 2
    assert tags(tagged) == [("礼品",), ("加急件",), (), ("礼品",), ("急",)]
    assert tagged.read(TagColours()) == {"礼品": 3}


def test_a_tag_is_taken_off_all_orders_with_its_colour(tagged: Desk) -> None:
    tagged.perform(ColourTag("礼品", 2))
    assert tagged.perform(RemoveTag("礼品")).value == 2
    assert tags(tagged) == [("加急",), ("加急件",), (), ("加急",), ("急",)]
    assert tagged.read(TagColours()) == {}
    with pytest.raises(NotFound, match="tag_not_found"):
        tagged.perform(RemoveTag("礼品"))
    with pytest.raises(NotFound, match="tag_not_found"):
        tagged.perform(RenameTag("礼品", "别的"))


def test_what_was_renamed_here_no_file_overwrites(tagged: Desk) -> None:
    tagged.perform(RenameTag("急", "急件"))
    locked = tagged.read(_Locked())
    assert locked == [("1004", "tags")]


def test_the_tags_in_use_are_counted_with_their_colours(tagged: Desk) -> None:
    tagged.perform(ColourTag("加急", 1))
    tagged.perform(ColourTag("没用过", 5))
    assert tagged.read(TagRows()) == (
        TagRow("加急", 1, 2),
        TagRow("礼品", None, 2),
        TagRow("加急件", None, 1),
        TagRow("急", None, 1),
        TagRow("没用过", 5, 0),
    )


@pytest.mark.parametrize(
    ("name", "code"), [("", "tag_name_empty"), ("两,个", "tag_name_bad"), ("两，个", "tag_name_bad"), ("长" * 21, "tag_name_bad")]
)
def test_what_can_be_no_tag_is_refused(tagged: Desk, name: str, code: str) -> None:
    before = tags(tagged)
    for command in (ColourTag(name, 1), RenameTag("加急", name)):
        with pytest.raises(BadInput, match=code):
            tagged.perform(command)
    assert tags(tagged) == before


# ---- tiers, the shipping order, shortages


@pytest.fixture
def buyers(desk: Desk) -> list[int]:
    """Three orders of three buyers: 1003 is due first, 1001 last."""
    channel = make_channel(desk)
    customers = desk.perform(
        Fill(Customer, [{"channel_id": channel, "nick": f"tb{n}", "masked": False, "first_seen_at": 0} for n in range(3)])
    ).value
    make_sku(desk, "CUP-1")
    return make_orders(
        desk,
        [
            {
                "number": f"100{place + 1}",
                "customer_id": customer,
                "province": province,
                "ship_by": at(f"2026-11-2{5 - place} 10:00"),
                "lines": [{"title": "马克杯", "code": "CUP-1", "quantity": 2, "shortage": 2}],
            }
            for place, (customer, province) in enumerate(zip(customers, ("浙江省", "安徽省", ""), strict=True))
        ],
    )


def test_tiers_are_those_that_the_search_knows() -> None:
    assert set(TIERS) == {choice.code for choice in BY_NAME["tier"].choices} - {"none"}


def test_a_tier_is_set_by_the_order_and_found_by_search(desk: Desk, buyers: list[int]) -> None:
    outcome = desk.perform(SetTier(buyers[0], "loyal"))
    assert set(outcome.changes["orders"]) == {buyers[0]}
    assert list(desk.read(OrderIds("等级:忠实"))) == [buyers[0]]
    desk.perform(SetTier(buyers[0], ""))
    assert list(desk.read(OrderIds("tier:loyal"))) == []
    with pytest.raises(BadInput, match="tier_unknown"):
        desk.perform(SetTier(buyers[0], "best"))
    with pytest.raises(NotFound, match="order_not_found"):
        desk.perform(SetTier(99, "loyal"))
    desk.perform(_Orphan(buyers[1]))
    with pytest.raises(NotFound, match="order_without_buyer"):
        desk.perform(SetTier(buyers[1], "loyal"))


def shipping(desk: Desk, *, down: bool = False) -> list[str]:
    ids = desk.read(OrderIds("", "-shipping" if down else "shipping"))
    return [row.number for row in desk.read(OrderRows(tuple(ids)))]


def test_the_shipping_order_is_the_shops_own(desk: Desk, buyers: list[int]) -> None:
    assert shipping(desk) == ["1003", "1002", "1001"]
    desk.perform(SetTier(buyers[0], "loyal"))
    assert shipping(desk) == ["1001", "1003", "1002"]
    desk.perform(ChangeSetting("priority_tiers", []))
    assert shipping(desk) == ["1003", "1002", "1001"]
    desk.perform(ChangeSetting("shipping_order", ["-ship_by"]))
    assert shipping(desk) == ["1001", "1002", "1003"]
    assert shipping(desk, down=True) == ["1003", "1002", "1001"]
    desk.perform(ChangeSetting("shipping_order", ["province"]))
    assert shipping(desk) == ["1002", "1001", "1003"]  # 安 before 浙, what is blank last
    assert shipping(desk, down=True) == ["1001", "1002", "1003"]


def test_every_key_sorts_and_what_does_not_wait_comes_last(desk: Desk, buyers: list[int]) -> None:
    from services.domain.shipping_order import KEYS

    make_order(desk, number="1000", status="shipped", ship_by=0, paid_at=0, flag=1)
    desk.perform(EditOrders((buyers[1],), {"flag": 3}))
    for key in KEYS:
        for way in (key, f"-{key}"):
            desk.perform(ChangeSetting("shipping_order", [way]))
            found = shipping(desk)
            assert sorted(found) == ["1000", "1001", "1002", "1003"]
            assert found[-1] == "1000"
    desk.perform(ChangeSetting("shipping_order", ["flag"]))
    assert shipping(desk)[0] == "1002"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("shipping_order", ["best"], "setting_value_unknown"),
        ("shipping_order", ["ship_by", "-ship_by"], "setting_not_a_list"),
        ("shipping_order", "ship_by", "setting_not_a_list"),
        ("priority_tiers", ["best"], "setting_value_unknown"),
        ("hidden_groups", ["best"], "setting_value_unknown"),
        ("big_order", 0, "big_order_range"),
        ("big_order", "500", "big_order_range"),
        ("big_order", True, "big_order_range"),
    ],
)
def test_a_choice_that_can_not_be_is_refused(desk: Desk, name: str, value: object, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        desk.perform(ChangeSetting(name, value))


def test_goods_that_come_in_go_to_priority_customers_first(desk: Desk, buyers: list[int]) -> None:
    desk.perform(SetTier(buyers[0], "loyal"))
    desk.perform(ReceiveGoods("CUP-1", 2, 600))
    assert list(desk.read(OrderIds("blocker:shortage", "number"))) == buyers[1:]
    desk.perform(ReceiveGoods("CUP-1", 2, 600))
    assert list(desk.read(OrderIds("blocker:shortage", "number"))) == [buyers[1]]  # then the nearest deadline


class _Locked:
    def run(self, reading: object) -> list[tuple[str, str]]:
        return reading.sql("SELECT number, locked FROM orders WHERE locked <> '' ORDER BY number")  # type: ignore[attr-defined,no-any-return]


class _Orphan:
    """An order that hangs on nobody, as before its buyer was known."""

    def __init__(self, order_id: int) -> None:
        self.order_id = order_id

    def apply(self, uow: object) -> None:
        uow.change(Order, {self.order_id: {"customer_id": None}})  # type: ignore[attr-defined]
