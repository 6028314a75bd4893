"""An account file carried out: its bookings are kept, append-only, beside the orders' own money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.db.schema import MoneyRecord
from services.imports.plan_bookings import account_of

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork
    from services.imports.plan import ImportPlan


def apply_bookings(uow: UnitOfWork, plan: ImportPlan, batch_id: int) -> None:
    """Keep what services.imports.plan_bookings found new."""
    account = account_of(plan)
    uow.bulk(
        MoneyRecord,
        [
            {
                "batch_id": batch_id,
                "row": one.row,
                "account": account,
                "flow": one.flow,
                "order_number": one.order or "",
                "line_number": one.line or "",
                "order_id": order_id,
                "kind": one.kind,
                "amount": one.amount,
                "at": one.at,
                "description": one.description or "",
                "counterpart": one.counterpart or "",
                "balance": one.balance,
            }
            for one, order_id in plan.bookings
        ],
    )
