"""What an order comes to: goods, discount, freight, and each line's share of it. Fen, pure (domain.md, money of an order)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.money import share_out


class Totals(NamedTuple):
    """`goods` = Σ price × quantity; `payable` = goods − discount + freight; `shares`: what the buyer owes for each line."""

    goods: int
    discount: int
    freight: int
    payable: int
    shares: tuple[int, ...]


def totals_of(lines: Sequence[tuple[int, int]], discount: int, freight: int) -> Totals:
    """Add up (quantity, price) lines. The discount is shared out by amount, so the shares sum to goods − discount to the fen.

    What is below zero counts as nothing, a discount above the goods as all of them: to refuse such figures is the caller's.
    """
    amounts = [max(quantity, 0) * max(price, 0) for quantity, price in lines]
    goods = sum(amounts)
    off = min(max(discount, 0), goods)
    shares = share_out(off, amounts) if amounts else []
    freight = max(freight, 0)
    return Totals(goods, off, freight, goods - off + freight, tuple(amount - share for amount, share in zip(amounts, shares, strict=True)))


def tier_price(price: int, percent: int) -> int:
    """A price with a tier's whole percents off, rounded to the nearer fen, half a fen up."""
    return (price * (100 - percent) + 50) // 100
