"""What taking back a deed would do, or why it can't be, for the menu and the command line. Names orders and fields, no values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from services.errors import DeskError

if TYPE_CHECKING:
    from services.db.reading import Reading


@dataclass(frozen=True, slots=True)
class Offer:
    """`deed` is the action as a person knows it, `fields` the orders' columns that go back. `number` where it is one order.

    `refusal` is the code of why not, "" where it can be done; `facts` fill its words. `again`: it would do an undone deed again.
    """

    first: int
    last: int
    deed: str
    fields: tuple[str, ...] = ()
    orders: int = 0
    number: str = ""
    again: bool = False
    refusal: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """Query: the deed of entries `first` to `last`, as `actor` would take it back."""

    first: int
    last: int
    actor: str

    def run(self, reading: Reading) -> Offer:
        from services.undoing import plan_undo

        try:
            plan = plan_undo(reading, self.first, self.last, self.actor, ("personal", "costs"))
        except DeskError as error:
            rows = reading.sql("SELECT action FROM audit_entry WHERE seq = ?", (self.first,))
            return Offer(self.first, self.last, rows[0][0] if rows else "", refusal=error.code, facts=dict(error.facts))
        ids = plan.order_ids
        number = reading.sql("SELECT number FROM orders WHERE id = ?", (ids[0],))[0][0] if len(ids) == 1 else ""
        return Offer(self.first, self.last, plan.deed, plan.fields, len(ids), number, plan.again)


@dataclass(frozen=True, slots=True)
class DeedAround:
    """Query: first and last entry of the command that left entry `seq`. Raises NotFound("deed_not_found")."""

    seq: int

    def run(self, reading: Reading) -> tuple[int, int]:
        from services.undoing import deed_around

        return deed_around(reading, self.seq)


@dataclass(frozen=True, slots=True)
class LastDeed:
    """Query: the entry of the last deed of a person that is one (services.undoable.NO_DEED is none); 0 without any."""

    actor: str

    def run(self, reading: Reading) -> int:
        from services.undoable import NO_DEED

        marks = ", ".join("?" * len(NO_DEED))
        statement = f"SELECT coalesce(max(seq), 0) FROM audit_entry WHERE actor = ? AND action NOT IN ({marks})"  # noqa: S608 (marks)
        return int(reading.sql(statement, (self.actor, *sorted(NO_DEED)))[0][0])
