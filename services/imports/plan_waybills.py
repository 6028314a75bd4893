"""What a tracking file would do: which orders would leave with which number, and what becomes of the other rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from services.db.dialect import chunks
from services.db.reading import Reading, id_list
from services.db.shipping import Shipment, judge, used_numbers
from services.domain import carriers
from services.imports.plan import ImportPlan
from services.imports.records import WaybillRecord
from services.imports.report import Entry

_ORDERS = "SELECT number, id FROM orders WHERE number IN ({marks}) ORDER BY id"
_LEFT = "SELECT id FROM orders WHERE id IN ({ids}) AND status IN ('shipped', 'completed')"
_PARCELS = """
SELECT po.order_id, p.tracking_number FROM parcel_order po JOIN parcel p ON p.id = po.parcel_id WHERE po.order_id IN ({ids}) AND p.state <> 'void'
"""


def plan_waybills(reading: Reading, plan: ImportPlan) -> None:
    """Fill `plan.shipments`, `plan.more_parcels` and the report's entries; each row is told.

    An order that has the number already is as it should be. Several numbers of one order are several parcels (一单多包裹): it leaves
    with all of them or not at all. One that has left gets a further parcel only by a file that names one of those it has, too:
    another number alone may be a mistake.
    """
    parsed, report = plan.parsed, plan.report
    orders = _orders(reading, parsed.waybills)
    ids = id_list(order_id for found in orders.values() for order_id in found)
    there: dict[int, set[str]] = defaultdict(set)
    for order_id, number in reading.each(_PARCELS, ids):
        there[order_id].add(number)
    told: dict[tuple[str, str], int] = {}
    wanted: dict[int, list[WaybillRecord]] = defaultdict(list)
    agreed: set[int] = set()
    for waybill in parsed.waybills:
        found = orders.get(waybill.order, ())
        number = waybill.parcel.number
        first = told.setdefault((waybill.order, number), waybill.row)
        if not found:
            report.unmatched += 1
            _tell(plan, waybill, "held", "unmatched")
            continue
        report.matched += 1
        if first != waybill.row:
            _tell(plan, waybill, "held", "repeat_of_a_row", other=first)
        elif len(found) > 1:
            _refuse(plan, waybill, ("number_in_two_channels",))
        elif number in there[found[0]]:
            report.already += 1
            agreed.add(found[0])
            _tell(plan, waybill, "unchanged", "already_has_this_number")
        else:
            wanted[found[0]].append(waybill)
    left = {row[0] for row in reading.each(_LEFT, id_list(agreed & wanted.keys()))}
    _add_parcels(reading, plan, {order_id: wanted.pop(order_id) for order_id in left})
    shipments = [_shipment(order_id, waybills) for order_id, waybills in wanted.items()]
    refused = judge(reading, shipments, plan.overrides).refused
    plan.shipments = [shipment for shipment in shipments if shipment.order_id not in refused]
    for order_id, waybills in wanted.items():
        for place, waybill in enumerate(waybills):
            if order_id in refused:
                _refuse(plan, waybill, refused[order_id])
            else:
                report.shipped += 1
                _tell(plan, waybill, "new", "ship_more" if place else "ship")
    report.entries.sort(key=lambda entry: entry.row)
    report.rows_held += sum(entry.part == "held" for entry in report.entries)


def _shipment(order_id: int, waybills: Sequence[WaybillRecord]) -> Shipment:
    first, *more = (waybill.parcel for waybill in waybills)
    return Shipment(order_id, first.carrier, first.number, tuple((parcel.carrier, parcel.number) for parcel in more))


def _add_parcels(reading: Reading, plan: ImportPlan, added: Mapping[int, Sequence[WaybillRecord]]) -> None:
    """Further parcels of orders that have left."""
    numbers = [waybill.parcel.number for waybills in added.values() for waybill in waybills]
    used = used_numbers(reading, numbers)
    for order_id, waybills in added.items():
        for waybill in waybills:
            parcel = waybill.parcel
            if parcel.number in used:
                _refuse(plan, waybill, ("number_used",))
            elif not carriers.plausible(parcel.carrier, parcel.number) and "number_doubtful" not in plan.overrides:
                _refuse(plan, waybill, ("number_doubtful",))
            else:
                used.add(parcel.number)
                plan.more_parcels.append(Shipment(order_id, parcel.carrier, parcel.number))
                plan.report.shipped += 1
                _tell(plan, waybill, "new", "ship_more")


def _orders(reading: Reading, waybills: list[WaybillRecord]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for part in chunks(sorted({waybill.order for waybill in waybills}), 500):
        for number, order_id in reading.sql(_ORDERS.replace("{marks}", ",".join("?" * len(part))), part):
            found[number].append(order_id)
    return found


def _tell(plan: ImportPlan, waybill: WaybillRecord, part: str, result: str, **more: Any) -> None:
    parcel = waybill.parcel
    name = parcel.carrier_name if parcel.carrier == "OTHER" else carriers.BY_CODE[parcel.carrier].zh
    facts = {"carrier": parcel.carrier, "carrier_name": name, "tracking_number": parcel.number, **more}
    plan.report.entries.append(Entry(waybill.row, part, result, waybill.order, facts))


def _refuse(plan: ImportPlan, waybill: WaybillRecord, blockers: tuple[str, ...]) -> None:
    plan.report.refused += 1
    _tell(plan, waybill, "held", "refused", blockers=blockers)
