"""Orders that look like one order placed twice: who, what and when. Pure.

The same person is told by the buyer's account, by a clear phone number, or by name and address together; hidden values tell nobody.
The same goods are the same units of the same specifications; of an order whose goods are not known yet, the same amount.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from services.domain.addresses import is_masked

HOURS = 24
WITHIN = HOURS * 3_600_000
"""Milliseconds between two orders that may be one."""
SAME_GOODS, UNPAID_TWIN = "same_goods", "unpaid_twin"
_NO_WORDS = re.compile(r"[\s,，.。、;；:：\-—_/()（）#]+")

Goods = tuple[tuple[str, int], ...]


class Placed(NamedTuple):
    """An order as far as this asks. `goods`: (name of the specification, units) sorted, () where they are not known."""

    id: int
    created_at: int
    status: str
    customer: int | None
    recipient: str
    phone: str
    address: str
    masked: bool
    payable: int | None
    goods: Goods = ()


class Pair(NamedTuple):
    """`first` was placed before `second`; `code` is same_goods or unpaid_twin."""

    first: int
    second: int
    code: str


def signs_of(order: Placed) -> tuple[str, ...]:
    """What tells the person: orders that share one of these are of the same."""
    signs = [] if order.customer is None else [f"c{order.customer}"]
    if order.phone and not is_masked(order.phone):
        signs.append(f"p{order.phone}")
    where = _plain(order.recipient) + "|" + _plain(order.address)
    if order.recipient and order.address and not order.masked and not is_masked(where):
        signs.append(f"a{where}")
    return tuple(signs)


def same_goods(one: Placed, other: Placed) -> bool:
    if one.goods and other.goods:
        return one.goods == other.goods
    return bool(one.payable) and one.payable == other.payable


def code_of(one: Placed, other: Placed) -> str:
    """An unpaid order beside a paid one will lapse by itself; two of one kind are to be asked about."""
    unpaid = (one.status == "awaiting_payment") + (other.status == "awaiting_payment")
    return UNPAID_TWIN if unpaid == 1 else SAME_GOODS


def pairs(orders: Iterable[Placed]) -> Iterator[Pair]:
    """Every two orders that may be one, at most WITHIN apart; each pair once. Closed orders are nobody's twin, of two that left none waits."""
    by_sign: dict[str, list[Placed]] = defaultdict(list)
    for order in sorted(orders, key=lambda one: (one.created_at, one.id)):
        if order.status != "closed":
            for sign in signs_of(order):
                by_sign[sign].append(order)
    found: set[tuple[int, int]] = set()
    for group in by_sign.values():
        for place, second in enumerate(group):
            for first in reversed(group[:place]):
                if second.created_at - first.created_at > WITHIN:
                    break
                if (first.id, second.id) not in found and _waits(first, second) and same_goods(first, second):
                    found.add((first.id, second.id))
                    yield Pair(first.id, second.id, code_of(first, second))


def _waits(*orders: Placed) -> bool:
    return any(order.status in {"awaiting_payment", "awaiting_shipment"} for order in orders)


def _plain(text: str) -> str:
    return _NO_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())
