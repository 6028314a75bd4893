"""Rows of the lists before an import: frozen, in words. Made a page at a time by desktop.models.import_lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.imports.records import OrderRecord


@dataclass(frozen=True, slots=True)
class NewOrder:
    id: int
    number: str
    buyer: str
    province: str
    city: str
    title: str
    kinds: int
    quantity: int | None
    paid: int | None
    status: str


@dataclass(frozen=True, slots=True)
class NewGoods:
    id: int
    code: str
    title: str
    barcode: str
    cost: int | None
    price: int | None
    stock: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an order or SKU: what stands here, and what the file says. `by` is who edited it here, and when."""

    id: int
    number: str
    buyer: str
    field: str
    here: str
    told: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the file and why it stays out or should be looked at; `row` None is the whole file."""

    id: int
    row: int | None
    column: str
    value: str
    why: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One field of an order that is looked at: what stands here, what the file says, and a code of `import_then`."""

    id: int
    field: str
    here: str
    told: str
    then: str = ""


def new_order(place: int, order: OrderRecord) -> NewOrder:
    """An order of a file as a row of the list of new ones."""
    titles = [line.title for line in order.lines if line.title]
    return NewOrder(
        place,
        order.number,
        order.buyer_nick or order.recipient or "",
        order.province or "",
        order.city or "",
        titles[0] if titles else "",
        len(order.lines),
        order.quantity if order.quantity is not None else sum(line.quantity for line in order.lines) or None,
        order.paid if order.paid is not None else order.payable,
        order.status or "",
    )
