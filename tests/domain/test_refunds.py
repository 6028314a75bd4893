"""Ceilings and unit values: whatever the pieces, never more than was paid, and all of it in the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.refunds import PaidLine, PaidOrder, freight_ceiling, line_ceiling, line_shares, order_ceiling, proposal, unit_values

LINES = st.builds(lambda quantity, paid: PaidLine(1, quantity, paid, 0, 0), st.integers(1, 30), st.integers(0, 10**7))


@given(LINES)
def test_m3_unit_values_sum_to_the_line(line: PaidLine) -> None:
    assert sum(unit_values(line)) == line.paid


@given(LINES, st.data())
def test_m6_m7_units_in_pieces_bring_back_the_whole_line(line: PaidLine, data: st.DataObject) -> None:
    refunded = back = 0
    while back < line.quantity:
        units = data.draw(st.integers(1, line.quantity - back))
        now = PaidLine(1, line.quantity, line.paid, refunded, back)
        amount = proposal(now, units)
        assert 0 <= amount <= line_ceiling(now)
        refunded, back = refunded + amount, back + units
    assert refunded == line.paid
    assert line_ceiling(PaidLine(1, line.quantity, line.paid, refunded, back)) == 0


@given(LINES, st.integers(0, 10**7))
def test_m7_the_last_unit_takes_what_an_amount_refund_left(line: PaidLine, earlier: int) -> None:
    earlier = min(earlier, line.paid)
    assert proposal(PaidLine(1, line.quantity, line.paid, earlier, 0), line.quantity) == line.paid - earlier


def test_more_units_than_are_left_is_an_error() -> None:
    with pytest.raises(ValueError, match="3"):
        proposal(PaidLine(1, 4, 100, 0, 2), 3)


@given(st.integers(0, 10**8), st.integers(0, 10**5), st.lists(st.integers(0, 10**6), min_size=1, max_size=10))
def test_m4_line_shares_and_freight_sum_to_what_was_paid(paid: int, freight: int, owed: list[int]) -> None:
    assert sum(line_shares(paid, freight, owed)) + min(freight, paid) == paid


def test_ceilings_are_never_negative() -> None:
    order = PaidOrder(paid=100, refunded=120, freight=10, freight_refunded=0)
    assert order_ceiling(order) == 0
    assert freight_ceiling(order) == 0
    assert freight_ceiling(PaidOrder(100, 95, 10, 0)) == 5
