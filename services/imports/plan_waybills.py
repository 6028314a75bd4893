"""What a tracking file would do: which orders would leave with which number, and what becomes of the other rows."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from services.db.dialect import chunks
from services.db.reading import Reading, id_list
from services.db.shipping import Shipment, judge
from services.domain import carriers
from services.imports.plan import ImportPlan
from services.imports.records import WaybillRecord
from services.imports.report import Entry

_ORDERS = "SELECT number, id FROM orders WHERE number IN ({marks}) ORDER BY id"
_PARCELS = """
SELECT po.order_id, p.tracking_number FROM parcel_order po JOIN parcel p ON p.id = po.parcel_id WHERE po.order_id IN ({ids}) AND p.state <> 'void'
"""


def plan_waybills(reading: Reading, plan: ImportPlan) -> None:
    """Fill `plan.shipments` and the report's entries. An order that has the number already is as it should be; each row is told.

    Rows of one order are one parcel: a second number for it is refused, not guessed about.
    """
    parsed, report = plan.parsed, plan.report
    orders = _orders(reading, parsed.waybills)
    ids = id_list(order_id for found in orders.values() for order_id in found)
    there: dict[int, set[str]] = defaultdict(set)
    for order_id, number in reading.each(_PARCELS, ids):
        there[order_id].add(number)
    told: dict[tuple[str, str], int] = {}
    wanted: dict[int, WaybillRecord] = {}
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
            _tell(plan, waybill, "unchanged", "already_has_this_number")
        elif found[0] in wanted:
            _refuse(plan, waybill, ("second_number",))
        else:
            wanted[found[0]] = waybill
    shipments = [Shipment(order_id, waybill.parcel.carrier, waybill.parcel.number) for order_id, waybill in wanted.items()]
    refused = judge(reading, shipments, plan.overrides).refused
    plan.shipments = [shipment for shipment in shipments if shipment.order_id not in refused]
    for order_id, waybill in wanted.items():
        if order_id in refused:
            _refuse(plan, waybill, refused[order_id])
        else:
            report.shipped += 1
            _tell(plan, waybill, "new", "ship")
    report.entries.sort(key=lambda entry: entry.row)
    report.rows_held += sum(entry.part == "held" for entry in report.entries)


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
