"""A tracking file carried out: its orders leave, through the same guards as by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.commands.parcels import ShipOrders, make_parcels

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork
    from services.imports.plan import ImportPlan


def apply_waybills(uow: UnitOfWork, plan: ImportPlan) -> None:
    """Ship what services.imports.plan_waybills found fit. Raises Refused("override_reason") and ("not_overridable")."""
    if plan.shipments:
        ShipOrders(tuple(plan.shipments), plan.overrides).apply(uow)
    if plan.more_parcels:
        made = make_parcels(uow, [(one.numbers[0], [one.order_id]) for one in plan.more_parcels])
        uow.touch("orders", [one.order_id for one in plan.more_parcels])
        for parcel_id, one in zip(made, plan.more_parcels, strict=True):
            uow.note("parcel", parcel_id, one.order_id, "tracking_number", None, one.tracking_number)
