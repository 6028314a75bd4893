"""A tracking file carried out: its orders leave, through the same guards as by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.commands.parcels import ShipOrders

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork
    from services.imports.plan import ImportPlan


def apply_waybills(uow: UnitOfWork, plan: ImportPlan) -> None:
    """Ship what services.imports.plan_waybills found fit. Raises Refused("override_reason") and ("not_overridable")."""
    if plan.shipments:
        ShipOrders(tuple(plan.shipments), plan.overrides).apply(uow)
