"""What taking an import back would do, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.imports.undo_plan import Touched, plan_undo

if TYPE_CHECKING:
    from services.db.reading import Reading

__all__ = ["Touched", "UndoPreview", "Undoing"]


@dataclass(frozen=True, slots=True)
class Undoing:
    """`touched` are the values that were changed since; while there are any, the batch can't be taken back."""

    batch_id: int
    file_name: str
    format: str
    orders_removed: int
    orders_restored: int
    lines_removed: int
    touched: tuple[Touched, ...]

    @property
    def possible(self) -> bool:
        return not self.touched


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """Query: look before an import is taken back. Raises as services.imports.undo_plan.plan_undo does."""

    batch_id: int

    def run(self, reading: Reading) -> Undoing:
        plan = plan_undo(reading, self.batch_id)
        return Undoing(
            plan.batch_id,
            plan.file_name,
            plan.format,
            len(plan.new_orders),
            len(plan.changed_orders),
            len(plan.journal.ids("order_line")),
            tuple(plan.touched),
        )
