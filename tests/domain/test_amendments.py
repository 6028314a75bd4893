"""Changes of goods and money, for any order and any change: sums to the fen, shares, refusals, limits (domain.md, audited edits)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.amendments import Amendment, LineChange, LineState, OrderState, allowed_by_limits, amend, payable_of, stock_effect
from services.errors import BadInput


@st.composite
def orders(draw: st.DrawFn) -> OrderState:
    lines = []
    for place in range(draw(st.integers(1, 5))):
        quantity, price = draw(st.integers(1, 20)), draw(st.integers(0, 20_000))
        discount = draw(st.integers(0, quantity * price)) if draw(st.booleans()) else 0
        fixed = draw(st.sampled_from((0, 0, 0, quantity)))
        lines.append(LineState(place + 1, draw(st.none() | st.integers(1, 6)), quantity, price, discount, fixed))
    goods, own = sum(line.price * line.quantity for line in lines), sum(line.discount for line in lines)
    return OrderState(tuple(lines), draw(st.integers(own, goods)), draw(st.integers(0, 2_000)), draw(st.none() | st.integers(0, 50_000)))


@st.composite
def changes(draw: st.DrawFn) -> Amendment:
    lines = []
    for place in draw(st.lists(st.integers(1, 5), unique=True, max_size=5)):
        if draw(st.integers(0, 4)) == 0:
            lines.append(LineChange(place, remove=True))
        else:
            lines.append(
                LineChange(place, draw(st.none() | st.integers(1, 30)), draw(st.none() | st.integers(0, 20_000)), draw(st.none() | st.integers(1, 6)))
            )  # fmt: skip
    fresh = st.builds(LineChange, st.none(), st.integers(1, 9), st.integers(0, 9_000), st.integers(1, 6))
    lines += draw(st.lists(fresh, max_size=2))
    return Amendment(tuple(lines), draw(st.none() | st.integers(0, 30_000)), draw(st.none() | st.integers(0, 3_000)))


@given(orders(), changes())
def test_sums_and_shares_are_right_to_the_fen(order: OrderState, change: Amendment) -> None:
    try:
        found = amend(order, change)
    except BadInput:
        return
    assert found.goods == sum(line.price * line.quantity for line in found.lines)
    assert found.payable == found.goods - found.discount + found.freight == payable_of(order) + found.effect
    assert sum(found.shares) == found.goods - found.discount
    for line, share in zip(found.lines, found.shares, strict=True):
        assert 0 <= share <= line.price * line.quantity
        assert 0 <= line.discount <= line.price * line.quantity
        assert line.quantity >= max(1, line.fixed)
    assert sum(line.discount for line in found.lines) <= found.discount
    if change.discount is not None:
        assert found.discount == change.discount
    if change.freight is not None:
        assert found.freight == change.freight
    assert (found.paid_shares is None) == (not order.paid)
    if found.paid_shares is not None:
        assert sum(found.paid_shares) == max(0, (order.paid or 0) - found.freight)
    assert {line.id for line in found.lines if line.id} | set(found.removed) == {line.id for line in order.lines}
    moved = stock_effect(order, found)
    for sku_id in {line.sku_id for line in (*order.lines, *found.lines) if line.sku_id is not None}:
        before, after = (sum(line.quantity for line in lines if line.sku_id == sku_id) for lines in (order.lines, found.lines))
        assert moved.get(sku_id, 0) == after - before


@given(orders(), changes())
def test_what_is_sent_or_cancelled_stays(order: OrderState, change: Amendment) -> None:
    try:
        found = amend(order, change)
    except BadInput:
        return
    left = {line.id: line for line in found.lines}
    for line in order.lines:
        if line.fixed:
            assert left[line.id].sku_id == line.sku_id
            assert left[line.id].quantity >= line.fixed


@given(changes())
def test_a_proposal_is_kept_as_json_and_comes_back(change: Amendment) -> None:
    assert Amendment.of_json(json.loads(json.dumps(change.as_json()))) == change


@given(orders())
def test_to_ask_for_what_is_there_changes_nothing(order: OrderState) -> None:
    same = Amendment(
        tuple(LineChange(line.id, line.quantity, line.price, line.sku_id) for line in order.lines), order.discount, order.freight
    )
    found = amend(order, same)
    assert (found.changed, found.effect, found.lines, found.removed) == (False, 0, order.lines, ())
    assert not allowed_by_limits(order, same, found, 100, 10**9)


CUP, TEA = LineState(1, 11, 2, 30_00), LineState(2, 12, 1, 40_00, discount=4_00)
ORDER = OrderState((CUP, TEA), 10_00, 6_00, 96_00)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Amendment((LineChange(3, quantity=1),)), "line_not_of_order"),
        (Amendment((LineChange(1, quantity=1), LineChange(1, quantity=2))), "line_not_of_order"),
        (Amendment((LineChange(1, quantity=0),)), "line_quantity_range"),
        (Amendment((LineChange(1, price=-1),)), "line_price_range"),
        (Amendment((LineChange(None, 1, 10_00),)), "line_incomplete"),
        (Amendment((LineChange(1, remove=True), LineChange(2, remove=True))), "order_without_lines"),
        (Amendment(discount=100_01), "discount_above_goods"),
        (Amendment(discount=-1), "amount_range"),
        (Amendment(freight=-1), "amount_range"),
    ],
)
def test_what_can_not_be_is_refused_in_words(change: Amendment, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        amend(ORDER, change)
    assert refused.value.code == code


def test_lines_that_left_are_not_taken_away() -> None:
    order = OrderState((CUP._replace(fixed=1), TEA), 10_00, 0)
    for change in (LineChange(1, remove=True), LineChange(1, sku=12)):
        with pytest.raises(BadInput) as refused:
            amend(order, Amendment((change,)))
        assert refused.value.code == "line_fixed"
    assert amend(order, Amendment((LineChange(1, quantity=1),))).lines[0].quantity == 1


def test_a_smaller_discount_shrinks_that_of_the_lines() -> None:
    found = amend(ORDER, Amendment(discount=1_00))
    assert [line.discount for line in found.lines] == [0, 1_00]
    assert found.shares == (60_00, 39_00)
    found = amend(ORDER, Amendment((LineChange(2, price=3_00),)))
    assert [line.discount for line in found.lines] == [0, 3_00]
    assert (found.discount, found.payable) == (9_00, 60_00)


@pytest.mark.parametrize(
    ("change", "percent", "fen", "allowed"),
    [
        (Amendment(discount=12_88), 3, 5_00, True),  # 2.88 of 96.00 is 3 %
        (Amendment(discount=15_00), 3, 5_00, True),  # 5.00, which is more
        (Amendment(discount=15_01), 3, 5_00, False),
        (Amendment(discount=12_88), 3, 0, True),
        (Amendment(discount=12_89), 3, 0, False),
        (Amendment(discount=10_01), 0, 0, False),
        (Amendment(discount=9_99), 3, 5_00, False),  # dearer: not the limit's word
        (Amendment((LineChange(1, price=29_00),)), 3, 5_00, True),
        (Amendment((LineChange(1, quantity=1),), discount=0), 50, 50_00, False),
        (Amendment((LineChange(1, sku=13),), discount=11_00), 50, 50_00, False),
    ],
)
def test_the_limit_is_a_share_or_an_amount_whichever_is_more(change: Amendment, percent: int, fen: int, allowed: bool) -> None:
    assert allowed_by_limits(ORDER, change, amend(ORDER, change), percent, fen) is allowed
