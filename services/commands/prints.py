"""Printed sheets on record: the n-th copy of each document of each order (invariant O7)."""

from __future__ import annotations

from dataclasses import dataclass

from services.db.reading import id_list
from services.db.schema import Order, PrintEntry
from services.db.uow import UnitOfWork
from services.errors import BadInput

_COPIES = "SELECT id, slip_copies, label_copies FROM orders WHERE id IN ({ids})"
_PLACE = {"slip": 1, "label": 2}


@dataclass(frozen=True, slots=True)
class MarkPrinted:
    """Record that sheets of these orders were printed or saved; returns each order's copy number, from 1.

    `document` is `slip` or `label`; raises BadInput("unknown_document") for another.
    """

    order_ids: tuple[int, ...]
    document: str

    def apply(self, uow: UnitOfWork) -> dict[int, int]:
        place = _PLACE.get(self.document)
        if place is None:
            raise BadInput("unknown_document", document=self.document)
        copies = {row[0]: row[place] + 1 for row in uow.each(_COPIES, id_list(self.order_ids))}
        uow.append(
            PrintEntry,
            [{"order_id": order_id, "document": self.document, "copy": copy, "at": uow.now} for order_id, copy in copies.items()],
        )
        uow.change(Order, {order_id: {f"{self.document}_copies": copy} for order_id, copy in copies.items()})
        return copies
