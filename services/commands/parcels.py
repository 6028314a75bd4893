"""Shipping: orders leave in parcels, stock is taken down, all guards asked (domain.md, orders and fulfilment)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.commands.caches import refresh_orders
from services.commands.moves import move_orders
from services.commands.reserving import Taking, deduct
from services.db.reading import id_list
from services.db.schema import OrderLine, Parcel, ParcelLine, ParcelOrder
from services.db.unchecked import UNCHECKED
from services.db.uow import UnitOfWork
from services.domain import carriers
from services.domain.blockers import OrderFacts, blockers_of, is_hard
from services.domain.order_states import Status
from services.errors import BadInput, Refused

_FACTS = """
SELECT o.id, o.number, o.status, o.masked, o.recipient, o.phone || o.tel, o.province, o.address, o.lines_unknown, o.shortage, o.unmatched,
       o.open_cases, UNCHECKED, o.channel_id, o.buyer_nick, o.city, o.district
FROM orders o WHERE o.id IN ({ids})
""".replace("UNCHECKED", UNCHECKED)
_LINES = """
SELECT l.id, l.order_id, l.sku_id, l.quantity - l.cancelled - l.shipped, l.reserved, l.shipped, coalesce(s.virtual, 0)
FROM order_line l LEFT JOIN sku s ON s.id = l.sku_id WHERE l.order_id IN ({ids}) ORDER BY l.order_id, l.position
"""

_ONLY_SENT = frozenset({"address_missing", "goods_unmatched", "not_checked"})
"""Blockers of what is sent; somebody who stands there with the goods in his hands is not kept waiting by them."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """One order and the parcel it leaves in. Orders with one number go in one parcel; virtual goods need no number.

    What the buyer takes with him (carrier HAND) needs none either, no address, no match and no check: only the goods must be there.
    """

    order_id: int
    carrier: str = ""
    tracking_number: str = ""


@dataclass(frozen=True, slots=True)
class ShipResult:
    """Ids of the orders that were shipped or sent in part, and of the refused ones with the codes of what blocks them."""

    shipped: tuple[int, ...]
    part_shipped: tuple[int, ...]
    refused: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ShipOrders:
    """Ship each order whole or not at all; the refused ones are left exactly as they are.

    `overrides` are blockers that the owner knowingly passes, which asks for a reason. A shortage passed over ships the
    units that are set aside and leaves the rest of the order awaiting shipment. Raises Refused("override_reason") and
    Refused("not_overridable"), BadInput("unknown_carrier").
    """

    shipments: tuple[Shipment, ...]
    overrides: tuple[str, ...] = ()

    def apply(self, uow: UnitOfWork) -> ShipResult:
        self._check_overrides(uow)
        plans = {plan.order_id: plan for plan in (_plan(shipment) for shipment in self.shipments)}
        ids = id_list(plans)
        facts = {row[0]: row for row in uow.each(_FACTS, ids)}
        lines: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in uow.each(_LINES, ids):
            lines[row[1]].append(row)
        refused = _judge(uow, [plans[order_id] for order_id in ids], facts, lines, frozenset(self.overrides))
        sent = [plan for plan in plans.values() if plan.order_id not in refused]
        if not sent:
            return ShipResult((), (), refused)
        parcels = _pack(uow, sent)
        whole, part = _take(uow, sent, lines, parcels)
        if self.overrides:
            for plan in sent:
                uow.note("orders", plan.order_id, plan.order_id, "overridden", None, ",".join(self.overrides))
        move_orders(uow, whole, Status.SHIPPED)
        refresh_orders(uow, part)
        return ShipResult(tuple(whole), tuple(part), refused)

    def _check_overrides(self, uow: UnitOfWork) -> None:
        for code in self.overrides:
            if is_hard(code):
                raise Refused("not_overridable", blocker=code)
        if self.overrides and not (uow.reason or "").strip():
            raise Refused("override_reason")


def _plan(shipment: Shipment) -> Shipment:
    if not shipment.carrier and not shipment.tracking_number:
        return shipment
    carrier = carriers.find(shipment.carrier)
    if carrier is None:
        raise BadInput("unknown_carrier", carrier=shipment.carrier)
    return Shipment(shipment.order_id, carrier.code, carriers.normal_number(shipment.tracking_number))


def _judge(
    uow: UnitOfWork,
    plans: Sequence[Shipment],
    facts: Mapping[int, tuple[Any, ...]],
    lines: Mapping[int, list[tuple[Any, ...]]],
    overrides: frozenset[str],
) -> dict[int, tuple[str, ...]]:
    used = _used_numbers(uow, [plan.tracking_number for plan in plans if plan.tracking_number])
    owner: dict[str, tuple[Any, ...]] = {}
    refused: dict[int, tuple[str, ...]] = {}
    for plan in plans:
        row = facts[plan.order_id]
        found = list(blockers_of(_order_facts(row)))
        waiting = [line for line in lines[plan.order_id] if line[3] > 0]
        if plan.carrier == carriers.HAND and not plan.tracking_number:
            found = [code for code in found if code not in _ONLY_SENT]
        elif not plan.tracking_number:
            if not waiting or not all(line[6] for line in waiting):
                found.append("no_tracking")
        else:
            # Merged parcels: orders of one buyer to one address only.
            person = (row[13], row[14], *row[4:8], row[15], row[16])
            if plan.tracking_number in used or owner.setdefault(plan.tracking_number, person) != person:
                found.append("number_used")
            elif not carriers.plausible(plan.carrier, plan.tracking_number):
                found.append("number_doubtful")
        left = [code for code in found if code not in overrides]
        if not left and "shortage" in found and not any(line[4] or line[6] or line[2] is None for line in waiting):
            left = ["shortage"]  # passing over a shortage ships what is there, and nothing is
        if left:
            refused[plan.order_id] = tuple(left)
    return refused


def _order_facts(row: tuple[Any, ...]) -> OrderFacts:
    status, masked, *facts = row[2:13]
    return OrderFacts(status, bool(masked), *facts)


def _used_numbers(uow: UnitOfWork, numbers: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        marks = ",".join("?" * len(part))
        found.update(
            row[0]
            for row in uow.sql(
                f"SELECT tracking_number FROM parcel WHERE tracking_number <> '' AND state <> 'void' AND tracking_number IN ({marks})",  # noqa: S608 (marks only)
                part,
            )
        )
    return found


def _pack(uow: UnitOfWork, sent: Sequence[Shipment]) -> dict[int, int | None]:
    """Make a parcel for each number and for each order that is handed over; {order: parcel}, None where only virtual goods go."""
    by_number: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for plan in sent:
        if plan.tracking_number or plan.carrier == carriers.HAND:
            by_number[plan.carrier, plan.tracking_number, 0 if plan.tracking_number else plan.order_id].append(plan.order_id)
    rows = [
        {
            "carrier": carrier,
            "tracking_number": number,
            "carrier_name": carriers.BY_CODE[carrier].zh,
            "source": "here",
            "shipped_at": uow.now,
        }
        for carrier, number, _alone in by_number
    ]
    made = uow.append(Parcel, rows, orders=[orders[0] for orders in by_number.values()])
    links = [
        {"parcel_id": parcel_id, "order_id": order_id}
        for parcel_id, orders in zip(made, by_number.values(), strict=True)
        for order_id in orders
    ]
    uow.append(ParcelOrder, links)
    parcels: dict[int, int | None] = dict.fromkeys((plan.order_id for plan in sent), None)
    return parcels | {link["order_id"]: link["parcel_id"] for link in links}


def _take(
    uow: UnitOfWork,
    sent: Sequence[Shipment],
    lines: Mapping[int, list[tuple[Any, ...]]],
    parcels: Mapping[int, int | None],
) -> tuple[list[int], list[int]]:
    """Take the goods off the ledger and into the parcels; returns the orders sent whole and those sent in part."""
    takings = []
    units: dict[int, tuple[int, int]] = {}
    part = []
    for plan in sent:
        for line_id, order_id, sku_id, due, reserved, shipped, virtual in lines[plan.order_id]:
            # What has no stock here (no match, virtual) leaves as ordered; the rest as far as it is set aside.
            going = due if sku_id is None or virtual else min(due, reserved)
            if going:
                units[line_id] = (going, shipped)
            if going and sku_id is not None and not virtual:
                takings.append(Taking(line_id, order_id, going, parcels[order_id]))
            if going < due and plan.order_id not in part:
                part.append(plan.order_id)
    costs = deduct(uow, takings)
    uow.append(
        ParcelLine,
        [
            {"parcel_id": parcels[plan.order_id], "line_id": line[0], "quantity": units[line[0]][0]}
            for plan in sent
            if parcels[plan.order_id] is not None
            for line in lines[plan.order_id]
            if line[0] in units
        ],
    )
    changes: dict[int, dict[str, Any]] = {}
    for line_id, (going, shipped) in units.items():
        changes[line_id] = {"shipped": shipped + going, "shipped_at": uow.now}
        if line_id in costs:
            changes[line_id]["unit_cost"] = costs[line_id] // going
    uow.change(OrderLine, changes)
    return [plan.order_id for plan in sent if plan.order_id not in part], part
