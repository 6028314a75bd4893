"""Whether a file's word can take the place of what stands here, when a conflict is decided for the file. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from services.domain.order_states import Status, way

_OF_PARCEL = frozenset({"address", "recipient", "phone", "tel"})
_BEFORE_SHIPPING = frozenset({Status.AWAITING_PAYMENT, Status.AWAITING_SHIPMENT})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the order is, and of the line in question how many units left or were called off."""

    status: str
    shipped: int = 0
    cancelled: int = 0


def hindrance(field: str, part: int, theirs: str, here: Standing) -> str:
    """The code of the refusal (services.words.conflicts and .orders), empty where the file's word can be taken."""
    status = Status(here.status)
    if field == "status":
        return "" if way(status, Status(theirs)) is not None else "conflict_status_back"
    if field == "quantity" and part:
        return "conflict_line_sent" if here.shipped or here.cancelled else ""
    if field == "lines":
        return "conflict_goods"
    if field.startswith("case_"):
        return "conflict_case_paid"
    if field in _OF_PARCEL and status not in _BEFORE_SHIPPING:
        return "address_fixed"
    return ""
