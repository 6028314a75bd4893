"""Addresses and phones of waiting orders that a parcel would not get to, with what they were probably meant to be."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.domain.address_check import Delivery, address_faults, corrected
from services.meanwhile import NOW
from services.queries.worklists.common import FAR, MATTERS, accepted, digest, holding, since

if TYPE_CHECKING:
    from services.db.reading import Reading

WORKLIST = "addresses"
_FIELDS = "o.recipient, o.phone, o.phone_ext, o.tel, o.province, o.city, o.district, o.address, o.masked"
_ALL = f"SELECT o.id, o.ship_by, o.number, o.buyer_nick, {_FIELDS} FROM orders o WHERE {MATTERS}"  # noqa: S608 (constants)
_SOME = f"""
SELECT o.id, o.ship_by, o.number, o.buyer_nick, o.status, {NOW}, c.code, o.goods_summary, {_FIELDS}
FROM orders o JOIN channel c ON c.id = o.channel_id WHERE o.id IN ({{ids}})
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An order whose address has `faults` (services.domain.address_check.FAULTS, gravest first).

    `correction` is what was recognised, (field, new value) each, () where nothing was. `seen` is what AcceptFindings wants.
    """

    id: int
    number: str
    channel: str
    buyer_nick: str
    status: str
    goods: str
    ship_by: int | None
    version: int
    to: Delivery
    faults: tuple[str, ...]
    correction: tuple[tuple[str, str], ...]
    seen: str

    @property
    def key(self) -> str:
        return str(self.id)


@dataclass(frozen=True, slots=True)
class AddressIds:
    """Query: orders whose addresses are to be mended, the next to leave first, that hold every word of `search`."""

    search: str = ""

    def run(self, reading: Reading) -> array[int]:
        holds = holding(self.search)
        found = sorted((FAR if row[1] is None else row[1], row[0]) for row, _faults in _faulty(reading) if holds((*row[2:4], *row[4:12])))
        return array("q", (order_id for _ship_by, order_id in found))


@dataclass(frozen=True, slots=True)
class AddressRows:
    """Query: the rows of these orders, in the order of the ids; without those that have no fault any more."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[AddressRow, ...]:
        found = {row[0]: row for row in reading.each(_SOME, self.ids)}
        return tuple(made for order_id in self.ids if order_id in found and (made := _row(found[order_id])).faults)


def faulty_orders(reading: Reading) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(order, its faults) of the list, in no order."""
    return ((row[0], faults) for row, faults in _faulty(reading))


def count_addresses(reading: Reading) -> Counter[str]:
    """How many orders by their gravest fault."""
    return Counter(faults[0] for _row_, faults in _faulty(reading))


def _faulty(reading: Reading) -> Iterator[tuple[tuple[Any, ...], tuple[str, ...]]]:
    """Rows of _ALL with their faults, without what was let stand."""
    let = accepted(reading, WORKLIST)
    for row in reading.driver.execute(_ALL, (since(reading),)):
        to = _delivery(row[4:])
        faults = address_faults(to)
        if faults and (let.get(str(row[0])) != digest(to) if let else True):
            yield row, faults


def _delivery(values: tuple[Any, ...]) -> Delivery:
    return Delivery._make((*values[:8], bool(values[8])))


def _row(row: tuple[Any, ...]) -> AddressRow:
    order_id, ship_by, number, buyer, status, version, channel, goods, *fields = row
    to = _delivery(tuple(fields))
    faults = address_faults(to)
    correction = tuple(sorted(corrected(to).items(), key=lambda one: Delivery._fields.index(one[0])))
    return AddressRow(order_id, number, channel, buyer, status, goods, ship_by, version, to, faults, correction, digest(to))
