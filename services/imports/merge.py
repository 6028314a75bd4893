"""What a file changes on an order that is already there. Pure: values in, changes out, nothing is read or written.

Three sides: what the file says now, what files said before (`last`: the same kind; `higher`: kinds of more authority),
and what the order holds. The rules, in the order in which they are asked (domain.md, orders and keys):

- an empty cell tells nothing, except where this kind of file held a note before and now holds none;
- a masked value never overwrites a clear one;
- a field that a person edited here stays, and a new word of the file for it is a conflict to decide;
- a file of lower authority never overwrites what one of higher authority told;
- a time without seconds never overwrites the same minute with seconds (a file re-saved by a spreadsheet program).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from services.domain.addresses import is_masked
from services.domain.order_states import RANK, Status, way
from services.imports.records import OrderRecord

ADDRESS = ("province", "city", "district", "address", "postcode")
NOTES = ("seller_memo", "buyer_message", "flag", "tags")
PLAIN = ("goods_amount", "discount", "goods_less_discount", "freight", "payable", "paid_out", "payment_number", "close_reason", "tel")
PERSON = ("buyer_nick", "recipient", "phone")
STAMPS = ("shipped_at", "completed_at", "closed_at")

TOLD_FIELDS = (
    "number", "status", "part_shipped", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address",
    "postcode", "address_edited", "masked", "flag", "seller_memo", "buyer_message", "goods_amount", "discount", "goods_less_discount",
    "freight", "payable", "paid", "paid_cell", "refunded", "platform_discount", "paid_out", "payment_number", "quantity", "created_at",
    "paid_at", "shipped_at", "completed_at", "closed_at", "close_reason", "ship_by", "parcels", "tags",
)  # fmt: skip
"""In the order in which shops have kept them: append, never change."""
_MINUTE = 60_000
_told = attrgetter(*TOLD_FIELDS)


@dataclass(frozen=True, slots=True)
class Clash:
    """A value of the file that was not taken because a person or a newer state stands against it."""

    number: str
    field: str
    ours: str
    file: str


@dataclass(slots=True)
class Merged:
    """`changes` are columns of the order; `paid` and `refunded` totals to be reached through the journal, None: no word."""

    changes: dict[str, Any] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    paid: int | None = None
    refunded: int | None = None
    status: str | None = None


def inferred_paid(order: OrderRecord) -> int | None:
    """What an order's lines and refunds say of its payment where no order list told it: freight is not in it."""
    known = [amount for amount in (order.goods_paid, order.refunded or None) if amount is not None]
    return max(known) if known else None


def told_text(order: OrderRecord) -> str:
    """What a file says of an order, as order_source keeps it: the JSON array of TOLD_FIELDS, null for what is empty or not known."""
    return _JSON.encode(_told(order))


def told_of(text: str) -> dict[str, Any]:
    """The "last import" side of a merge: what `told_text` kept, without what the file left empty."""
    values = json.loads(text)
    return {name: value for name, value in zip(TOLD_FIELDS, values, strict=False) if value or (value == 0 and name in _ZERO_COUNTS)}


_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_ZERO_COUNTS = frozenset({"paid", "refunded"})


def reached(status: Status, name: str) -> bool:
    """Whether an order in this state may bear the time `name`: what has not come yet has no time."""
    if name == "closed_at":
        return status is Status.CLOSED
    if name == "completed_at":
        return status in {Status.COMPLETED, Status.CLOSED}
    return name != "shipped_at" or status is not Status.AWAITING_PAYMENT


def merge(
    order: OrderRecord,
    knows: frozenset[str],
    current: Mapping[str, Any],
    last: Mapping[str, Any] | None,
    higher: Mapping[str, Any],
    *,
    lower_kind: bool = False,
    net_paid: bool = False,
    sent_here: bool = False,
) -> Merged:
    """Compare a file's order with the one that is there.

    `current` holds the order's columns, `last` and `higher` what `told_of` gave earlier. `lower_kind`: the file has less
    authority than an order list. `net_paid`: the paid sum known so far came from files without a refund column.
    `sent_here`: a parcel of it was made here.
    """
    merged = Merged()
    locked = frozenset(filter(None, str(current["locked"]).split(",")))
    _person(order, current, last, higher, locked, merged)
    _address(order, knows, current, last, higher, locked, merged)
    _notes(order, knows, current, last, higher, locked, merged)
    for name in PLAIN:
        value = getattr(order, name)
        if value is not None and name not in higher and current[name] != value:
            _set(merged, order.number, name, value, current, last, locked)
    if order.platform_discount is not None and order.platform_discount != current["platform_discount"]:
        merged.changes["platform_discount"] = order.platform_discount
    if order.quantity is not None and current["lines_unknown"] and current["quantity"] != order.quantity:
        merged.changes["quantity"] = order.quantity
    if current["lines_unknown"] and "part_shipped" in knows and bool(current["part_shipped"]) != order.part_shipped:
        merged.changes["part_shipped"] = order.part_shipped
    _status(order, current, merged, lower_kind=lower_kind or "status" not in knows)
    after = _after(Status(current["status"]), merged.status)
    _times(order, current, higher, merged, after, sent_here=sent_here)
    if after is not Status.CLOSED:
        merged.changes.pop("close_reason", None)
    _money(order, current, last, higher, merged, net_paid=net_paid)
    return merged


def _after(status: Status, seen: str | None) -> Status:
    """The state that the order will be in: what the platform shows, where it can follow."""
    if seen is None or way(status, Status(seen)) is None:
        return status
    return Status(seen)


def _set(
    merged: Merged, number: str, name: str, value: Any, current: Mapping[str, Any], last: Mapping[str, Any] | None, locked: frozenset[str]
) -> bool:
    """Take a value over, unless a person edited the field: then a new word of the file is a conflict."""
    if name not in locked:
        merged.changes[name] = value
        return True
    if last is None or last.get(name) != value:
        merged.clashes.append(Clash(number, name, str(current[name]), str(value)))
    return False


def _person(
    order: OrderRecord,
    current: Mapping[str, Any],
    last: Mapping[str, Any] | None,
    higher: Mapping[str, Any],
    locked: frozenset[str],
    merged: Merged,
) -> None:
    for name in PERSON:
        value = getattr(order, name)
        ours = current[name]
        if value is None or name in higher:
            continue
        if is_masked(value) and ours and not is_masked(ours):
            continue
        ext = (order.phone_ext or "") if name == "phone" else ""
        if ours == value and (name != "phone" or not ext or current["phone_ext"] == ext):
            continue
        if _set(merged, order.number, name, value, current, last, locked) and name == "phone":
            merged.changes["phone_ext"] = ext
            merged.changes["phone_tail"] = value[-4:]


def _address(
    order: OrderRecord,
    knows: frozenset[str],
    current: Mapping[str, Any],
    last: Mapping[str, Any] | None,
    higher: Mapping[str, Any],
    locked: frozenset[str],
    merged: Merged,
) -> None:
    """An address is one thing: taken as a whole or not at all."""
    told = {name: getattr(order, name) for name in ADDRESS if name in knows}
    if not any(told.values()) or any(name in higher for name in ADDRESS):
        return
    hidden = is_masked(order.address or "") and bool(current["address"]) and not is_masked(current["address"])
    if hidden:
        # The street is hidden and stays; its district is not. Both sides are shown, because half an address is none.
        del told["address"]
    whole = order.address is not None
    values = {name: value or "" for name, value in told.items() if value is not None or whole}
    different = {name: value for name, value in values.items() if current[name] != value}
    if different and locked.isdisjoint(ADDRESS):
        merged.changes.update(different)
        if hidden and not different.keys() <= {"postcode"}:
            merged.clashes.append(_address_clash(order, current))
    elif different and (last is None or any(last.get(name) != told.get(name) for name in different)):
        merged.clashes.append(_address_clash(order, current))
    if order.address_edited and not hidden and not current["address_edited"] and locked.isdisjoint(ADDRESS):
        merged.changes["address_edited"] = True
    after = {**current, **merged.changes}
    masked = any(is_masked(after[name]) for name in ("buyer_nick", "recipient", "phone", "address"))
    # A platform that encrypts a person leaves nothing to be seen, not even a star.
    masked = masked or (order.masked and not any(after[name] for name in ("recipient", "phone", "address")))
    if bool(current["masked"]) != masked:
        merged.changes["masked"] = masked


def _address_clash(order: OrderRecord, current: Mapping[str, Any]) -> Clash:
    ours = " ".join(filter(None, (current[name] for name in ADDRESS[:4])))
    file = " ".join(filter(None, (getattr(order, name) for name in ADDRESS[:4])))
    return Clash(order.number, "address", ours, file)


def _notes(
    order: OrderRecord,
    knows: frozenset[str],
    current: Mapping[str, Any],
    last: Mapping[str, Any] | None,
    higher: Mapping[str, Any],
    locked: frozenset[str],
    merged: Merged,
) -> None:
    for name in NOTES:
        if name not in knows or name in higher:
            continue
        value = getattr(order, name) or ("" if name != "flag" else 0)
        if value == current[name]:
            continue
        if not value and not (last and last.get(name)):
            continue
        _set(merged, order.number, name, value, current, last, locked)


def _times(
    order: OrderRecord, current: Mapping[str, Any], higher: Mapping[str, Any], merged: Merged, after: Status, *, sent_here: bool
) -> None:
    for name in ("created_at", "paid_at", "ship_by", *STAMPS):
        value, ours = getattr(order, name), current[name]
        if value is None or name in higher or same_time(value, ours) or not reached(after, name):
            continue
        # When it was sent is known best where it was sent.
        if name == "shipped_at" and sent_here and ours is not None:
            continue
        merged.changes[name] = value


def same_time(value: int, ours: int | None) -> bool:
    """Equal, or the same minute where the file has no seconds."""
    return ours is not None and (value == ours or (value % _MINUTE == 0 and value == ours - ours % _MINUTE))


def _money(
    order: OrderRecord,
    current: Mapping[str, Any],
    last: Mapping[str, Any] | None,
    higher: Mapping[str, Any],
    merged: Merged,
    *,
    net_paid: bool,
) -> None:
    """Totals to reach. What a case here gave back is never taken back by a file that does not know of it yet."""
    paid, refunded = current["paid"], current["refunded"]
    if order.refunded is not None and "refunded" not in higher:
        by_files = (last or {}).get("refunded")
        if order.refunded > refunded or (by_files is not None and by_files == refunded):
            merged.refunded = order.refunded
    after = refunded if merged.refunded is None else merged.refunded
    if order.paid is not None and "paid" not in higher:
        if order.refunded is not None:
            merged.paid = order.paid
        elif paid is None or order.paid not in {paid, paid - refunded}:
            # A file without a refund column tells the net: what is known to have been given back comes on top.
            merged.paid = order.paid + after
    elif net_paid and paid is not None and after > refunded:
        merged.paid = paid + after - refunded
    elif order.paid is None and order.goods_paid and not paid and "paid" in higher:
        # The order list saw it unpaid; what the lines brought since, with the freight that it told, is the payment.
        merged.paid = order.goods_paid + (current["freight"] or 0)
    elif order.paid is None and "paid" not in higher and "paid" not in (last or {}):
        merged.paid = inferred_paid(order)
    if merged.paid is not None and merged.paid < after:
        merged.paid = paid if paid is not None and paid >= after else after
    if merged.paid == paid:
        merged.paid = None
    if merged.refunded == refunded:
        merged.refunded = None
    if merged.paid is None and paid is not None and after > paid:
        merged.refunded = None


def _status(order: OrderRecord, current: Mapping[str, Any], merged: Merged, *, lower_kind: bool) -> None:
    """Forward is followed; backward is a conflict only against what the platform itself said, not against what was done here."""
    if order.status is None:
        return
    told, seen = Status(order.status), current["platform_status"]
    if seen is not None and RANK[told] < RANK[Status(seen)]:
        if not lower_kind:
            merged.clashes.append(Clash(order.number, "status", str(current["status"]), told.value))
        return
    merged.status = told.value
