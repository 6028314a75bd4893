"""Shipping: orders leave in parcels, stock is taken down, all guards asked (domain.md, orders and fulfilment)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.commands.caches import refresh_orders
from services.commands.moves import move_orders
from services.commands.reserving import Taking, deduct
from services.db.schema import OrderLine, Parcel, ParcelLine, ParcelOrder
from services.db.shipping import Shipment, judge
from services.db.uow import UnitOfWork
from services.domain import carriers
from services.domain.blockers import is_hard
from services.domain.order_states import Status
from services.errors import Refused


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
        judged = judge(uow, self.shipments, self.overrides)
        refused = judged.refused
        sent = [plan for plan in judged.plans.values() if plan.order_id not in refused]
        if not sent:
            return ShipResult((), (), refused)
        parcels = _pack(uow, sent)
        whole, part = _take(uow, sent, judged.lines, parcels)
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


def _pack(uow: UnitOfWork, sent: Sequence[Shipment]) -> dict[int, int | None]:
    """Make a parcel for each number and for each order that is handed over; {order: parcel}, None where only virtual goods go."""
    by_number: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    first: dict[int, tuple[str, str, int]] = {}
    for plan in sent:
        if plan.tracking_number or plan.carrier == carriers.HAND:
            first[plan.order_id] = key = (plan.carrier, plan.tracking_number, 0 if plan.tracking_number else plan.order_id)
            by_number[key].append(plan.order_id)
        for carrier, number in plan.more:
            by_number[carrier, number, 0].append(plan.order_id)
    made = make_parcels(uow, [((carrier, number), orders) for (carrier, number, _alone), orders in by_number.items()])
    ids = dict(zip(by_number, made, strict=True))
    return {plan.order_id: ids[first[plan.order_id]] if plan.order_id in first else None for plan in sent}


def make_parcels(uow: UnitOfWork, parcels: Sequence[tuple[tuple[str, str], Sequence[int]]]) -> list[int]:
    """Make parcels that leave now, ((carrier, number), orders) each. Returns their ids."""
    rows = [
        {
            "carrier": carrier,
            "tracking_number": number,
            "carrier_name": carriers.BY_CODE[carrier].zh,
            "source": "here",
            "shipped_at": uow.now,
        }
        for (carrier, number), _orders in parcels
    ]
    made = uow.append(Parcel, rows, orders=[orders[0] for _parcel, orders in parcels])
    links = [
        {"parcel_id": parcel_id, "order_id": order_id}
        for parcel_id, (_parcel, orders) in zip(made, parcels, strict=True)
        for order_id in dict.fromkeys(orders)
    ]
    uow.append(ParcelOrder, links)
    return list(made)


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


__all__ = ["ShipOrders", "ShipResult", "Shipment", "make_parcels"]
