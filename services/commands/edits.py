"""Audited edits of an order: memo, flag, tags, address (domain.md, audited edits: what may be edited when)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.clock import from_local
from services.commands.caches import refresh_orders
from services.commands.import_conflicts import settle_conflicts
from services.db.reading import id_list
from services.db.schema import Order
from services.db.uow import UnitOfWork
from services.errors import BadInput, NotFound, Refused
from services.meanwhile import orders_must_stand
from services.search.values import tags_of

ADDRESS_FIELDS = ("recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode")
NOTE_FIELDS = ("seller_memo", "flag", "tags")
DEADLINE = "ship_by"
EDITABLE = (*NOTE_FIELDS, *ADDRESS_FIELDS, DEADLINE)
TAG_CHANGES = ("add_tags", "remove_tags")
"""Tags to give to orders and to take off them, whatever other tags each has; with commas between them."""
OF_SEVERAL_LINES = frozenset({"seller_memo"})
MAX_LENGTH = {"seller_memo": 1000, "tags": 200, "recipient": 50, "phone": 30, "address": 228}
"""Characters. A platform counts bytes and takes less; the shop's own records need not."""

STEP = 2_000
"""Orders changed between two looks at progress and cancel; all of them are one transaction."""

_CURRENT = "SELECT id, number, status, locked, recipient, phone, address, tags FROM orders WHERE id IN ({ids})"


@dataclass(frozen=True, slots=True)
class EditOrders:
    """Set fields of one or many orders; the reason goes on record and is asked for an address and for the deadline of shipping
    (`ship_by`: ms, or a local time as written, `2026-11-25T18:00`).

    What a person sets here is locked: no file overwrites it unseen. `versions` (order: moment at which it was seen) refuse an edit of a
    field that changed since: Conflict("order_changed"), by the rule of services.meanwhile. `add_tags` and `remove_tags` leave the other tags as they are. Raises Refused("address_fixed") and
    ("deadline_fixed") once shipped, ("not_permitted") for addresses, BadInput for unknown fields or values.
    Returns how many orders really changed.
    """

    order_ids: Sequence[int]
    values: Mapping[str, Any]
    versions: Mapping[int, int] | None = None

    def apply(self, uow: UnitOfWork) -> int:
        values = _checked(self.values, uow.shop.zone)
        address = [name for name in values if name in ADDRESS_FIELDS]
        if (address or DEADLINE in values) and not (uow.reason or "").strip():
            raise Refused("reason_needed")
        if address:
            uow.viewer.must("edit_address")
            uow.viewer.must("see_personal")  # nobody overwrites what they can't read
        ids = id_list(self.order_ids)
        changed = 0
        for start in range(0, len(ids), STEP):
            part = ids[start : start + STEP]
            changed += self._edit(uow, part, values, address)
            uow.flush_trail()
            uow.progress.step(start + len(part), len(ids), "changed")
        return changed

    def _edit(self, uow: UnitOfWork, ids: list[int], values: dict[str, Any], address: list[str]) -> int:
        changes: dict[int, dict[str, Any]] = {}
        plain = {name: value for name, value in values.items() if name not in TAG_CHANGES}
        add, remove = (tags_of(values.get(name, "")) for name in TAG_CHANGES)
        set_here = {*plain, *(("tags",) if add or remove else ())}
        if self.versions is not None:
            orders_must_stand(
                uow, {order_id: self.versions.get(order_id, 0) for order_id in ids}, {*plain, *(ADDRESS_FIELDS if address else ())}
            )
        for order_id, number, status, locked, recipient, phone, place, tags in uow.each(_CURRENT, ids):
            if address and status not in {"awaiting_payment", "awaiting_shipment"}:
                raise Refused("address_fixed", number=number)
            if DEADLINE in values and status not in {"awaiting_payment", "awaiting_shipment"}:
                raise Refused("deadline_fixed", number=number)
            row = dict(plain)
            if add or remove:
                left = (tag for tag in (*tags_of(row.get("tags", tags)), *add) if tag not in remove)
                row["tags"] = ",".join(dict.fromkeys(left))
                if len(row["tags"]) > MAX_LENGTH["tags"]:
                    raise BadInput("value_too_long", field="tags", most=MAX_LENGTH["tags"])
            if address:
                now = {"recipient": recipient, "phone": phone, "address": place} | {name: values[name] for name in address}
                row["masked"] = any("*" in str(now[name]) for name in ("recipient", "phone", "address"))
                row["phone_tail"] = now["phone"][-4:]
            row["locked"] = ",".join(sorted({*filter(None, locked.split(",")), *set_here}))
            changes[order_id] = row
        if len(changes) != len(ids):
            raise NotFound("order_not_found", number="?")
        changed = uow.change(Order, changes)
        settle_conflicts(uow, changes)
        if address:
            refresh_orders(uow, changes)
        return changed


def _checked(values: Mapping[str, Any], zone: str) -> dict[str, Any]:
    if not values:
        raise BadInput("nothing_to_edit")
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name not in EDITABLE and name not in TAG_CHANGES:
            raise BadInput("field_not_editable", field=name, known=", ".join(EDITABLE))
        if name == "flag":
            checked[name] = _flag(value)
            continue
        if name == DEADLINE:
            checked[name] = _deadline(value, zone)
            continue
        text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
        if len(text) > MAX_LENGTH.get(name, 100):
            raise BadInput("value_too_long", field=name, most=MAX_LENGTH.get(name, 100))
        if any(ord(mark) < 32 and mark not in "\n\t" for mark in text):
            raise BadInput("value_unprintable", field=name)
        checked[name] = text if name in OF_SEVERAL_LINES else " ".join(text.split())
    return checked


def _deadline(value: Any, zone: str) -> int:
    if isinstance(value, int):
        return value
    try:
        at = datetime.fromisoformat(str(value).strip().replace("/", "-"))
    except ValueError:
        raise BadInput("not_a_time", value=str(value)) from None
    return from_local(at, zone)


def _flag(value: Any) -> int:
    try:
        flag = int(value)
    except (TypeError, ValueError):
        raise BadInput("flag_out_of_range", value=str(value)) from None
    if not 0 <= flag <= 5:
        raise BadInput("flag_out_of_range", value=str(value))
    return flag
