"""Amounts of an order that do not go together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.amount_check import FAULTS, REJECTED, Amounts, amount_faults, should_be
from services.words import terms

FINE = Amounts(10_000, 1_000, 9_000, 600, 9_600, 9_600)


@pytest.mark.parametrize(
    ("amounts", "faults"),
    [
        (FINE, ()),
        (Amounts(), ()),
        (FINE._replace(paid=None), ()),
        (FINE._replace(paid=9_700), ("paid_above_payable",)),
        (FINE._replace(paid=9_000), ()),
        (FINE._replace(paid=9_000, refunded=600), ("refund_netted",)),
        (FINE._replace(paid=9_000, asked=600), ("refund_netted",)),
        (FINE._replace(paid=9_000, asked=500), ()),
        (FINE._replace(asked=9_601), ("refund_above_paid",)),
        (FINE._replace(paid=0, asked=500), ()),
        (FINE._replace(payable=9_500, paid=9_500), ("sum_differs",)),
        (FINE._replace(goods_less_discount=None, discount=900), ("sum_differs",)),
        (FINE._replace(goods_less_discount=None, discount=None), ()),
        (FINE._replace(freight=-1, payable=8_999, paid=8_999), ("negative",)),
        (FINE._replace(payable=9_000), ("paid_above_payable", "sum_differs")),
    ],
)
def test_each_fault_is_told_and_nothing_else(amounts: Amounts, faults: tuple[str, ...]) -> None:
    assert amount_faults(amounts) == faults


FEN = st.integers(0, 100_000)


@given(goods=FEN, discount=FEN, freight=FEN, refunded=FEN)
def test_an_order_that_adds_up_is_never_odd(goods: int, discount: int, freight: int, refunded: int) -> None:
    discount = min(discount, goods)
    payable = goods - discount + freight
    of = Amounts(goods, discount, goods - discount, freight, payable, payable, min(refunded, payable), min(refunded, payable))
    assert amount_faults(of) == ()
    assert should_be(of) == payable


@given(st.builds(Amounts, *[st.none() | st.integers(-5_000, 50_000)] * 6, FEN, FEN))
def test_faults_come_in_their_order_and_what_is_not_known_is_none(of: Amounts) -> None:
    found = amount_faults(of)
    assert list(found) == [code for code in FAULTS if code in found]
    if of.payable is None:
        assert set(found) <= {"negative", "refund_above_paid"}


def test_every_fault_has_words_and_says_what_to_do() -> None:
    for kind in ("mend", "mend_meaning", "mend_remedy"):
        assert {*FAULTS, *REJECTED} <= terms()[kind].keys()
