"""What the dialogs of hand-made orders ask before anything is done: the next number, what closing would do, what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.db.reading import id_list
from services.manual_numbers import next_number

if TYPE_CHECKING:
    from services.db.reading import Reading

_CLOSING = """
SELECT o.id, o.number, o.status, coalesce(o.paid, 0) - o.refunded, o.part_shipped,
       coalesce((SELECT sum(l.reserved) FROM order_line l WHERE l.order_id = o.id), 0)
FROM orders o WHERE o.id IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class DraftNumber:
    """Query: the number that an order made now would get."""

    def run(self, reading: Reading) -> str:
        return next_number(reading)


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing an order would do. `held`: the buyer's money that the shop has, fen; `units`: what is set aside and would be free.

    `why` is empty where it can be closed, else the code of what keeps it open (words: the errors of CloseOrder).
    """

    id: int
    number: str
    status: str
    held: int
    units: int
    why: str


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """Query: what closing these orders would do to each."""

    ids: Sequence[int]

    def run(self, reading: Reading) -> tuple[Closing, ...]:
        found = []
        for order_id, number, status, held, part_shipped, units in reading.each(_CLOSING, id_list(self.ids)):
            why = ""
            if status not in {"awaiting_payment", "awaiting_shipment"}:
                why = "close_too_late"
            elif held > 0:
                why = "close_paid_first"
            elif part_shipped:
                why = "close_part_shipped"
            found.append(Closing(order_id, number, status, held, units, why))
        return tuple(found)
