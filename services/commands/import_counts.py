"""A stocktake carried out: every difference booked in one command, with a reason (domain.md, stock)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.commands.caches import refresh_orders
from services.commands.reserving import put
from services.commands.stock import adjusting

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork
    from services.imports.plan import ImportPlan


def apply_counts(uow: UnitOfWork, plan: ImportPlan, batch_id: int) -> None:
    """Book what services.imports.plan_counts found different. Where less remains than is set aside, the latest deadlines go short."""
    note = (uow.reason or "").strip() or plan.parsed.path.name
    refresh_orders(uow, put(uow, [adjusting(uow, one.sku_id, one.difference, "adjustment", note, batch_id) for one in plan.counted]))
