"""What keeps an order from being shipped, in codes; the same for the table, the dialogs, the command line and rules."""

from __future__ import annotations

from typing import NamedTuple

HARD = frozenset({"not_paid", "already_shipped", "completed", "closed", "approval_waiting", "no_tracking", "number_used"})
"""Nothing lifts these but the thing itself; the others may be overridden knowingly, with a reason."""

ORDER = (
    "not_paid",
    "already_shipped",
    "completed",
    "closed",
    "approval_waiting",
    "after_sale_open",
    "shortage",
    "goods_unmatched",
    "lines_unknown",
    "address_missing",
    "not_checked",
    "no_tracking",
    "number_used",
    "number_doubtful",
)
"""Every blocker there is, the gravest first: the first one is what a narrow column shows."""


class OrderFacts(NamedTuple):
    """What the blockers are judged by. Counts are of units (shortage) and lines (unmatched)."""

    status: str
    masked: bool
    recipient: str
    phone: str
    province: str
    address: str
    lines_unknown: bool
    shortage: int
    unmatched: int
    open_cases: int
    unchecked: bool = False
    """Nobody checked it, and the shop ships only what is checked."""
    approvals: int = 0
    """Changes that wait for approval."""


_BY_STATUS = {"awaiting_payment": "not_paid", "shipped": "already_shipped", "completed": "completed", "closed": "closed"}
_ALONE = {status: (code,) for status, code in _BY_STATUS.items()}


def address_missing(facts: OrderFacts) -> bool:
    """Nobody or nowhere to send it to. A masked value counts as there: the platform knows it (domain.md, keys), and so does it whom it
    encrypted, of whom we hold nothing at all."""
    if facts.masked and not (facts.recipient or facts.phone or facts.address):
        return False
    return not (facts.recipient and facts.phone and facts.province and facts.address)


def blockers_by_status(status: str) -> tuple[str, ...] | None:
    """The one blocker of an order that is not awaiting shipment; None for one that is: then the other facts count."""
    return _ALONE.get(status)


def blockers_of(facts: OrderFacts) -> tuple[str, ...]:
    """The blockers of shipping this order as it stands, in the order of `ORDER`.

    An order that is not awaiting shipment has only that one: what else is amiss with it does not matter any more.
    """
    by_status = blockers_by_status(facts.status)
    if by_status is not None:
        return by_status
    found = []
    if facts.approvals:
        found.append("approval_waiting")
    if facts.open_cases:
        found.append("after_sale_open")
    if facts.shortage:
        found.append("shortage")
    if facts.unmatched:
        found.append("goods_unmatched")
    if facts.lines_unknown:
        found.append("lines_unknown")
    if address_missing(facts):
        found.append("address_missing")
    if facts.unchecked:
        found.append("not_checked")
    return tuple(found)


def is_hard(code: str) -> bool:
    return code in HARD
