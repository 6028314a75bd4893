"""What taking an import back would do, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from services.db.reading import id_list
from services.imports.kept_file import asks_of_batch
from services.imports.undo_plan import DERIVED, MOST_TOUCHED, Touched, UndoPlan, plan_undo

if TYPE_CHECKING:
    from services.db.reading import Reading

__all__ = ["Removed", "Restored", "Touched", "UndoPreview", "Undoing"]

MOST = 2_000
"""Orders and values that are told one by one; the counts are of all."""
_QUIET = frozenset(
    {
        "version",
        "locked",
        "phone_tail",
        "paid_day",
        "created_day",
        "platform_status",
        "goods_less_discount",
        "address_edited",
        "customer_id",
    }
)
"""Columns that say nothing to a person, or that another one says already."""
_NUMBERS = "SELECT id, number FROM orders WHERE id IN ({ids}) ORDER BY id"
_REMOVED = "SELECT number, buyer_nick, goods_summary, status, paid FROM orders WHERE id IN ({ids}) ORDER BY id"
_OF_LINES = "SELECT l.id, o.number FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.id IN ({ids}) ORDER BY l.id"
_OF_CASES = "SELECT c.id, o.number FROM after_sale c JOIN orders o ON o.id = c.order_id WHERE c.id IN ({ids}) ORDER BY c.id"
_OF_SKUS = "SELECT id, code FROM sku WHERE id IN ({ids}) ORDER BY id"
_OWNERS = {"orders": _NUMBERS, "order_line": _OF_LINES, "after_sale": _OF_CASES, "sku": _OF_SKUS}


@dataclass(frozen=True, slots=True)
class Restored:
    """A value that gets back what it was before the file: of which order (or SKU), as kept: codes, fen, ms. `entity` is the table."""

    number: str
    entity: str
    field: str
    now: str
    back: str


@dataclass(frozen=True, slots=True)
class Removed:
    """An order that goes. `paid` is fen."""

    number: str
    buyer: str
    goods: str
    status: str
    paid: int | None


@dataclass(frozen=True, slots=True)
class Undoing:
    """`touched` are the values that were changed since; while there are any, the batch can't be taken back.

    `removed` are the orders that go, `restored` the values that are put back, at most MOST of each.
    `money` and `stock` count the entries of the ledgers that would be reversed.
    """

    batch_id: int
    file_name: str
    format: str
    orders_removed: int
    orders_restored: int
    lines_removed: int
    touched: tuple[Touched, ...]
    removed: tuple[Removed, ...] = ()
    restored: tuple[Restored, ...] = ()
    values: int = 0
    money: int = 0
    stock: int = 0
    skus: int = 0

    @property
    def possible(self) -> bool:
        return not self.touched

    @property
    def later(self) -> tuple[str, ...]:
        """Short ids of the later files that spoke of the same, the latest first: to be taken back before."""
        return tuple(sorted({one.batch for one in self.touched if one.batch}, key=lambda batch: -int(batch[1:])))

    @property
    def at_least(self) -> bool:
        """There may be more that was touched: it was looked for no further."""
        return len(self.touched) >= MOST_TOUCHED


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """Query: look before an import is taken back. Raises as services.imports.undo_plan.plan_undo does."""

    batch_id: int

    def asks(self, reading: Reading) -> tuple[str, ...]:
        return asks_of_batch(reading, self.batch_id)

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
            tuple(Removed(*row) for row in reading.each(_REMOVED, plan.new_orders[:MOST])),
            tuple(islice(_restored(reading, plan), MOST)),
            sum(len(_shown(table, row)) for table in _OWNERS for row in plan.changed.get(table, {}).values()),
            len(plan.journal.ids("money_entry")),
            len(plan.journal.ids("stock_movement")),
            len(plan.journal.ids("sku")),
        )


def _restored(reading: Reading, plan: UndoPlan) -> Iterator[Restored]:
    for table, statement in _OWNERS.items():
        rows = plan.changed.get(table, {})
        # In blocks, so that a file of a hundred thousand changes is not looked up whole for the first two thousand.
        for row_id, number in reading.each(statement, id_list(rows)):
            for name, (before, after) in sorted(_shown(table, rows[row_id]).items()):
                yield Restored(number, table, name, _text(after), _text(before))


def _shown(table: str, row: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    hidden = _QUIET | DERIVED.get(table, frozenset())
    return {name: pair for name, pair in row.items() if name not in hidden}


def _text(value: Any) -> str:
    return "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)
