"""Amounts as platforms write them, and shares that sum to the fen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.money import parse_amount, share_out, write_amount

FEN = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("201.12", 20112),
        ("0元", 0),
        ("883.30元", 88330),
        ("1,234.50", 123450),
        ("¥1,234.5", 123450),
        ("(3.00)", -300),
        ("34.1", 3410),
        ("−5", -500),
        ("１２．５０", 1250),
        (" 7 ", 700),
    ],
)
def test_reads_what_platforms_write(text: str, fen: int) -> None:
    assert parse_amount(text) == fen


@pytest.mark.parametrize(
    ("text", "why"), [("1.234", "decimals"), ("无退款申请", "amount"), ("", "amount"), ("1e3", "amount"), ("--1", "amount")]
)
def test_refuses_what_is_no_amount(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_amount(text)


@given(FEN)
def test_m1_written_amounts_read_back(fen: int) -> None:
    assert parse_amount(write_amount(fen)) == fen


@given(FEN, st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_m2_shares_sum_to_the_fen_and_are_fair(amount: int, weights: list[int]) -> None:
    shares = share_out(amount, weights)
    assert sum(shares) == amount
    assert share_out(amount, weights) == shares
    total = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        exact = abs(amount) * weight / total if total else abs(amount) / len(weights)
        assert abs(abs(share) - exact) < 1.001
        if total and not weight:
            assert share == 0


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=20), st.data())
def test_m2_a_share_never_exceeds_its_line(prices: list[int], data: st.DataObject) -> None:
    discount = data.draw(st.integers(0, sum(prices)))
    assert all(0 <= share <= price for share, price in zip(share_out(discount, prices), prices, strict=True))


def test_nothing_can_only_be_shared_over_nothing() -> None:
    assert share_out(0, []) == []
    with pytest.raises(ValueError, match="nothing to share over"):
        share_out(1, [])
    with pytest.raises(ValueError, match="negative weight"):
        share_out(1, [-1])
