"""Orders that look like one order placed twice."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.duplicates import SAME_GOODS, UNPAID_TWIN, WITHIN, Placed, pairs, same_goods, signs_of

TEA = (("s1", 2),)
ONE = Placed(1, 1_000, "awaiting_shipment", 7, "王小明", "13812345678", "浙江省杭州市西湖区文三路 1 号", False, 5_000, TEA)
TWO = ONE._replace(id=2, created_at=2_000)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, SAME_GOODS),
        ({"customer": 8}, SAME_GOODS),
        ({"customer": 8, "phone": "13900000000"}, SAME_GOODS),
        ({"customer": 8, "phone": "13900000000", "address": "浙江省杭州市西湖区文三路1号"}, SAME_GOODS),
        ({"customer": None, "phone": "138****5678", "address": "文三路", "masked": True}, ""),
        ({"customer": 8, "phone": "13900000000", "recipient": "李四"}, ""),
        ({"status": "awaiting_payment"}, UNPAID_TWIN),
        ({"status": "shipped"}, SAME_GOODS),
        ({"status": "closed"}, ""),
        ({"goods": (("s1", 1),)}, ""),
        ({"goods": ()}, SAME_GOODS),
        ({"goods": (), "payable": 4_900}, ""),
        ({"created_at": 1_000 + WITHIN}, SAME_GOODS),
        ({"created_at": 1_001 + WITHIN}, ""),
    ],
)
def test_who_what_and_when_make_a_pair(change: dict[str, object], code: str) -> None:
    found = list(pairs([ONE, TWO._replace(**change)]))  # type: ignore[arg-type]
    assert [one.code for one in found] == ([code] if code else [])


def test_orders_that_left_both_are_nobody_s_concern() -> None:
    assert not list(pairs([ONE._replace(status="shipped"), TWO._replace(status="completed")]))


def test_hidden_values_tell_nobody() -> None:
    hidden = ONE._replace(customer=None, phone="138****5678", address="文三路*号", recipient="王**", masked=True)
    assert signs_of(hidden) == ()
    assert not list(pairs([hidden, hidden._replace(id=2)]))


ORDER = st.builds(
    Placed,
    st.integers(1, 40),
    st.integers(0, 3 * WITHIN),
    st.sampled_from(["awaiting_payment", "awaiting_shipment", "shipped", "closed"]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from(["", "王", "李"]),
    st.sampled_from(["", "13812345678", "13912345678", "138****5678"]),
    st.sampled_from(["", "文三路1号", "文三路 1 号", "文一路2号"]),
    st.booleans(),
    st.sampled_from([None, 0, 100, 200]),
    st.sampled_from([(), TEA, (("s2", 1),)]),
)


@given(st.lists(ORDER, max_size=14, unique_by=lambda one: one.id))
def test_all_pairs_and_no_others_whatever_the_order(orders: list[Placed]) -> None:
    found = {(one.first, one.second) for one in pairs(orders)}
    shuffled = list(orders)
    random.Random(3).shuffle(shuffled)
    assert {(one.first, one.second) for one in pairs(shuffled)} == found
    expected = set()
    for one in orders:
        for other in orders:
            if (one.created_at, one.id) >= (other.created_at, other.id) or other.created_at - one.created_at > WITHIN:
                continue
            open_ = "closed" not in {one.status, other.status} and {one.status, other.status} & {"awaiting_payment", "awaiting_shipment"}
            if open_ and set(signs_of(one)) & set(signs_of(other)) and same_goods(one, other):
                expected.add((one.id, other.id))
    assert found == expected
