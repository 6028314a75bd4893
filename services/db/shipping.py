"""Whether orders may leave with these numbers: one reading for the command that ships and for the file that asks it to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.db.reading import Reading, id_list
from services.db.unchecked import UNCHECKED
from services.domain import carriers
from services.domain.blockers import OrderFacts, blockers_of
from services.errors import BadInput

_FACTS = """
SELECT o.id, o.number, o.status, o.masked, o.recipient, o.phone || o.tel, o.province, o.address, o.lines_unknown, o.shortage, o.unmatched,
       o.open_cases, UNCHECKED, o.approvals, o.channel_id, o.buyer_nick, o.city, o.district
FROM orders o WHERE o.id IN ({ids})
""".replace("UNCHECKED", UNCHECKED)
_LINES = """
SELECT l.id, l.order_id, l.sku_id, l.quantity - l.cancelled - l.shipped, l.reserved, l.shipped, coalesce(s.virtual, 0)
FROM order_line l LEFT JOIN sku s ON s.id = l.sku_id WHERE l.order_id IN ({ids}) ORDER BY l.order_id, l.position
"""


_ONLY_SENT = frozenset({"address_missing", "goods_unmatched", "not_checked"})
"""Blockers of what is sent; somebody who stands there with the goods in his hands is not kept waiting by them."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """One order and the parcel it leaves in. Orders with one number go in one parcel; virtual goods need no number.

    What the buyer takes with him (carrier HAND) needs none either, no address, no match and no check: only the goods must be there.
    `more` are further parcels of the same order, (carrier, number): the goods are booked with the first, nobody says what lies where.
    """

    order_id: int
    carrier: str = ""
    tracking_number: str = ""
    more: tuple[tuple[str, str], ...] = ()

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """All its tracking numbers with their carriers."""
        return (((self.carrier, self.tracking_number),) if self.tracking_number else ()) + self.more


@dataclass(frozen=True, slots=True)
class Judged:
    """`plans` with carriers by code and numbers as they are stored; `lines` of the orders; `refused` with what blocks each."""

    plans: Mapping[int, Shipment]
    lines: Mapping[int, list[tuple[Any, ...]]]
    refused: Mapping[int, tuple[str, ...]]


def judge(reading: Reading, shipments: Sequence[Shipment], overrides: Sequence[str] = ()) -> Judged:
    """Ask all guards; of shipments of one order the last counts. Raises BadInput("unknown_carrier")."""
    plans = {plan.order_id: plan for plan in (_plan(shipment) for shipment in shipments)}
    ids = id_list(plans)
    facts = {row[0]: row for row in reading.each(_FACTS, ids)}
    lines: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in reading.each(_LINES, ids):
        lines[row[1]].append(row)
    refused = _judge(reading, list(plans.values()), facts, lines, frozenset(overrides))
    return Judged(plans, lines, refused)


def _plan(shipment: Shipment) -> Shipment:
    if not shipment.carrier and not shipment.tracking_number:
        return shipment
    carrier = carriers.find(shipment.carrier)
    if carrier is None:
        raise BadInput("unknown_carrier", carrier=shipment.carrier)
    more = tuple((_plan(Shipment(0, *parcel)).carrier, carriers.normal_number(parcel[1])) for parcel in shipment.more)
    return Shipment(shipment.order_id, carrier.code, carriers.normal_number(shipment.tracking_number), more)


def _judge(
    reading: Reading,
    plans: Sequence[Shipment],
    facts: Mapping[int, tuple[Any, ...]],
    lines: Mapping[int, list[tuple[Any, ...]]],
    overrides: frozenset[str],
) -> dict[int, tuple[str, ...]]:
    used = used_numbers(reading, [number for plan in plans for _carrier, number in plan.numbers])
    refused: dict[int, tuple[str, ...]] = {}
    for plan in plans:
        found = list(blockers_of(_order_facts(facts[plan.order_id])))
        waiting = [line for line in lines[plan.order_id] if line[3] > 0]
        if plan.carrier == carriers.HAND and not plan.tracking_number:
            found = [code for code in found if code not in _ONLY_SENT]
        elif not plan.tracking_number:
            if not waiting or not all(line[6] for line in waiting):
                found.append("no_tracking")
        elif any(number in used for _carrier, number in plan.numbers):
            found.append("number_used")
        elif not all(carriers.plausible(carrier, number) for carrier, number in plan.numbers):
            found.append("number_doubtful")
        left = [code for code in found if code not in overrides]
        if not left and "shortage" in found and not any(line[4] or line[6] or line[2] is None for line in waiting):
            left = ["shortage"]  # passing over a shortage ships what is there, and nothing is
        if left:
            refused[plan.order_id] = tuple(left)
    _merge(plans, facts, refused)
    return refused


def _merge(plans: Sequence[Shipment], facts: Mapping[int, tuple[Any, ...]], refused: dict[int, tuple[str, ...]]) -> None:
    """One number is one parcel: orders of one buyer to one address only. It belongs to the first order that may leave with it."""
    owner: dict[str, tuple[Any, ...]] = {}
    # Those that may leave come first, else the order given.
    for plan in sorted(plans, key=lambda plan: plan.order_id in refused):
        row = facts[plan.order_id]
        person = (row[14], row[15], *row[4:8], row[16], row[17])
        codes = refused.get(plan.order_id, ())
        for _carrier, number in plan.numbers:
            if "number_used" in codes or (codes and number not in owner):
                continue
            if owner.setdefault(number, person) != person:
                refused[plan.order_id] = codes = (*codes, "number_used")


def _order_facts(row: tuple[Any, ...]) -> OrderFacts:
    status, masked, *facts = row[2:14]
    return OrderFacts(status, bool(masked), *facts)


def used_numbers(reading: Reading, numbers: Sequence[str]) -> set[str]:
    """Those of these tracking numbers that living parcels bear."""
    found: set[str] = set()
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        marks = ",".join("?" * len(part))
        found.update(
            row[0]
            for row in reading.sql(
                f"SELECT tracking_number FROM parcel WHERE tracking_number <> '' AND state <> 'void' AND tracking_number IN ({marks})",  # noqa: S608 (marks only)
                part,
            )
        )
    return found
