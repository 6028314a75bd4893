"""What the ship dialog shows: each order with what blocks it, and whether tracking numbers look right and are free."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.db.stale_prints import STALE
from services.db.unchecked import UNCHECKED
from services.domain import carriers
from services.domain.blockers import OrderFacts, blockers_of, is_hard

if TYPE_CHECKING:
    from services.db.reading import Reading

_ROWS = f"""
SELECT o.id, o.number, o.buyer_nick, o.recipient, o.province, o.city, o.district, o.address, o.phone || o.tel, o.channel_id, o.status, o.masked,
       o.lines_unknown, o.shortage, o.unmatched, o.open_cases, {UNCHECKED}, o.approvals, {STALE}, o.goods_summary, o.goods_kinds, o.quantity, o.ship_by,
       (SELECT sum(l.quantity - l.cancelled - l.shipped) FROM order_line l WHERE l.order_id = o.id),
       (SELECT min(coalesce(s.virtual, 0)) FROM order_line l LEFT JOIN sku s ON s.id = l.sku_id
        WHERE l.order_id = o.id AND l.quantity > l.cancelled + l.shipped)
FROM json_each(?) wanted CROSS JOIN orders o ON o.id = wanted.value ORDER BY wanted.key
"""  # noqa: S608 (constants)
_USED = """
SELECT p.tracking_number FROM json_each(?) wanted CROSS JOIN parcel p ON p.tracking_number = wanted.value
WHERE p.tracking_number <> '' AND p.state <> 'void'
"""
_LAST = "SELECT carrier FROM parcel WHERE source = 'here' ORDER BY id DESC LIMIT 200"


@dataclass(frozen=True, slots=True)
class ShipRow:
    """An order that is to be sent. `units` is what still waits, None where the goods are not known; `virtual`: needs no parcel.

    `person` is buyer and address: orders with the same may go under one number. `stale_print`: its sheet was printed before a change. `blockers`: the gravest first.
    """

    id: int
    number: str
    buyer: str
    recipient: str
    province: str
    city: str
    goods: str
    kinds: int
    units: int | None
    ship_by: int | None
    virtual: bool
    person: tuple[str, ...]
    blockers: tuple[str, ...]
    stale_print: bool = False


@dataclass(frozen=True, slots=True)
class ShipRows:
    """Query: these orders, in the order of the ids."""

    order_ids: Sequence[int]

    def run(self, reading: Reading) -> tuple[ShipRow, ...]:
        found = []
        for row in reading.sql(_ROWS, (json.dumps(list(self.order_ids), separators=(",", ":")),)):
            order_id, number, buyer, recipient, province, city, district, address, phone, channel = row[:10]
            status, masked, *facts, stale, goods, kinds, quantity, ship_by, due, virtual = row[10:]
            blockers = blockers_of(OrderFacts(status, bool(masked), recipient, phone, province, address, *facts))
            found.append(
                ShipRow(
                    id=order_id,
                    number=number,
                    buyer=buyer,
                    recipient=recipient,
                    province=province,
                    city=city,
                    goods=goods,
                    kinds=kinds,
                    units=quantity if due is None else due,
                    ship_by=ship_by,
                    virtual=bool(virtual),
                    person=(str(channel), buyer, recipient, phone, province, address, city, district),
                    blockers=blockers,
                    stale_print=bool(stale),
                )
            )
        return tuple(found)


@dataclass(frozen=True, slots=True)
class UsedNumbers:
    """Query: which of these tracking numbers a parcel has already."""

    numbers: Sequence[str]

    def run(self, reading: Reading) -> frozenset[str]:
        asked = json.dumps([carriers.normal_number(number) for number in self.numbers], ensure_ascii=False)
        return frozenset(row[0] for row in reading.sql(_USED, (asked,)))


@dataclass(frozen=True, slots=True)
class CarriersUsed:
    """Query: codes of the carriers of the latest parcels sent from here, the most used first."""

    def run(self, reading: Reading) -> tuple[str, ...]:
        counts: dict[str, int] = {}
        for (code,) in reading.sql(_LAST):
            counts[code] = counts.get(code, 0) + 1
        return tuple(sorted((code for code in counts if code in carriers.BY_CODE), key=lambda code: -counts[code]))


def carrier_names(lang: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of every carrier, in the order of the table."""
    return tuple((carrier.code, carrier.zh if lang == "zh" else carrier.en) for carrier in carriers.CARRIERS)


def carriers_to_choose(lang: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of those that a parcel with a number can go by: what is handed over has none."""
    return tuple((code, name) for code, name in carrier_names(lang) if code != carriers.HAND)


def carrier_of(name: str) -> str:
    """The code of a carrier as a person writes it (`中通`, `ZTO`); "" if unknown."""
    found = carriers.find(name)
    return found.code if found else ""


def plain_number(text: str) -> str:
    """A tracking number as it is stored: capitals, no blanks."""
    return carriers.normal_number(text)


def looks_right(carrier: str, number: str) -> bool:
    """Whether the number has the shape of that carrier's."""
    return carriers.plausible(carrier, number)


def likely_carrier(number: str) -> str:
    """The carrier whose shape fits best; "" if none does. A short row of digits fits many and says nothing."""
    plain = carriers.normal_number(number)
    found = carriers.detect(plain) if len(plain) >= 12 or not plain.isdigit() else []
    return found[0] if found else ""


def may_be_passed(codes: Iterable[str]) -> bool:
    """Whether all of these blockers can be passed over with a reason."""
    return not any(is_hard(code) for code in codes)
