"""What of a plan is in doubt, and the plan without it: for an import of the undoubtful alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from services.imports.headings import OF_ORDERS

if TYPE_CHECKING:
    from services.imports.plan import ImportPlan
    from services.imports.records import OrderRecord

HARMLESS = frozenset({"row_repeated"})
"""Warnings of a row that say nothing against its order."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An order that was left out, its row, and why: `doubt_conflict` with its `field`, or the code of a warning with its facts."""

    row: int
    number: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def doubts(plan: ImportPlan) -> dict[str, LeftOut]:
    """{order number: why it is in doubt}."""
    found: dict[str, LeftOut] = {}
    for clash in plan.report.clashes:
        found.setdefault(clash.number, LeftOut(clash.row, clash.number, "doubt_conflict", {"field": clash.field}))
    warned = {one.row: one for one in plan.report.warnings if one.row is not None and one.code not in HARMLESS}
    if warned:
        for order in plan.parsed.orders:
            for row in (order.row, *(line.row for line in order.lines)):
                if row in warned:
                    found.setdefault(order.number, LeftOut(row, order.number, warned[row].code, dict(warned[row].facts)))
    return found


def in_doubt(plan: ImportPlan, found: Mapping[str, LeftOut]) -> dict[str, LeftOut]:
    """Those of `found` that an import of the undoubtful alone would pass over: what the file says nothing new of is left alone anyway."""
    if plan.parsed.kind not in OF_ORDERS:
        return {}
    mine = {one.order.number for one in plan.new} | {clash.number for clash in plan.report.clashes}
    mine |= {one.number for part in plan.parts or [plan] for one in part.told}
    return {number: one for number, one in found.items() if number in mine}


def leave_out(plan: ImportPlan) -> None:
    """Take what is in doubt out of the plan: those rows are held, and the next import of the file offers them again."""
    out = in_doubt(plan, doubts(plan))
    if not out:
        return
    report = plan.report
    rows = {order.number: _rows(order) for order in plan.parsed.orders if order.number in out}
    new = [one for one in plan.new if one.order.number not in out]
    changed = [one for one in plan.changed if one.order.number not in out]
    report.orders_new -= len(plan.new) - len(new)
    report.orders_updated -= len(plan.changed) - len(changed)
    known = out.keys() - {one.order.number for one in plan.new} - {one.order.number for one in plan.changed}
    report.orders_unchanged -= len(known)
    report.updated = {number: fields for number, fields in report.updated.items() if number not in out}
    report.rows_held += sum(rows.values())
    if plan.parsed.kind != "orders":
        report.lines -= sum(rows.values())
    report.clashes = []
    report.left_out = sorted(out.values(), key=lambda one: one.row)
    for part in (plan, *plan.parts):
        _take_out(part, out)


def _take_out(plan: ImportPlan, out: Mapping[str, LeftOut]) -> None:
    left = {one.order_id for one in plan.told if one.number in out}
    plan.new = [one for one in plan.new if one.order.number not in out]
    plan.changed = [one for one in plan.changed if one.order.number not in out]
    plan.clashes = []
    plan.told = [one for one in plan.told if one.order_id not in left]
    plan.agreed = {row_id: order_id for row_id, order_id in plan.agreed.items() if order_id not in left}


def _rows(order: OrderRecord) -> int:
    return max(1, len(order.lines))
