"""Amounts of an order that do not go together, and what that means (reference/taobao.md 2.3; domain.md, money of an order). Pure.

None is not known and never a fault. Whole numbers of fen.
"""

from __future__ import annotations

from typing import NamedTuple

FAULTS = ("negative", "refund_above_paid", "paid_above_payable", "sum_differs", "refund_netted")
"""Faults of an order as it stands, the gravest first."""
REJECTED = ("refund_above_paid", "amount_negative", "decimals", "case_over_paid")
"""Codes of rows of imported files that say the same of what did not come in (services.words.imports)."""


class Amounts(NamedTuple):
    """`asked` is what after-sales give back or ask for in all, those refused or withdrawn aside."""

    goods: int | None = None
    discount: int | None = None
    goods_less_discount: int | None = None
    freight: int | None = None
    payable: int | None = None
    paid: int | None = None
    refunded: int = 0
    asked: int = 0


def amount_faults(of: Amounts) -> tuple[str, ...]:
    """In the order of FAULTS."""
    found = set()
    if any(amount is not None and amount < 0 for amount in of):
        found.add("negative")
    if of.paid is not None and max(of.refunded, of.asked) > of.paid > 0:
        found.add("refund_above_paid")
    if of.paid is not None and of.payable is not None and of.paid > of.payable:
        found.add("paid_above_payable")
    if should_be(of) is not None and should_be(of) != of.payable:
        found.add("sum_differs")
    if refund_netted(of):
        found.add("refund_netted")
    return tuple(code for code in FAULTS if code in found)


def should_be(of: Amounts) -> int | None:
    """What the parts make payable, None where a part is not known; `goods_less_discount` is the platform's own word and goes first."""
    if of.payable is None or of.freight is None:
        return None
    if of.goods_less_discount is not None:
        return of.goods_less_discount + of.freight
    if of.goods is None or of.discount is None:
        return None
    return of.goods - of.discount + of.freight


def refund_netted(of: Amounts) -> bool:
    """Less was paid than owed by just what is given back: the paid amount of the file is net of the refund already (quirk 13)."""
    if of.paid is None or of.payable is None or of.paid >= of.payable:
        return False
    return of.payable - of.paid in {amount for amount in (of.refunded, of.asked) if amount > 0}
