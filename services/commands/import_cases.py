"""After-sale cases that a platform's file tells of: opened, changed, paid back as it says. No guard is asked: it has happened there.

Goods that came back are not put on the shelf: somebody has to look at them first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from services.commands.caches import OPEN_REFUND_STATES, refresh_orders
from services.commands.import_changes import call_off
from services.commands.moves import Observed, observe
from services.db.dialect import chunks
from services.db.reading import id_list
from services.db.schema import AfterSale, AfterSaleLine, CaseSource, MoneyEntry, Order, OrderLine
from services.domain.order_states import Status
from services.imports.plan_cases import PlannedCase, case_of, judge, told_case
from services.imports.records import Warned

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork
    from services.imports.plan import ImportPlan

_WAITING = "SELECT id, number, row, file_time, told FROM case_source WHERE case_id IS NULL AND platform = ? AND order_number IN ({marks})"
_UNLINED = """
SELECT s.id, s.number, s.row, s.file_time, s.told FROM case_source s JOIN after_sale c ON c.id = s.case_id
WHERE c.order_id IN ({ids}) AND NOT EXISTS (SELECT 1 FROM after_sale_line p WHERE p.case_id = c.id)
"""
_OPEN_OF_LINES = """
SELECT p.line_id, s.id, s.row, s.file_time, s.told, s.file_time FROM after_sale_line p JOIN after_sale c ON c.id = p.case_id
JOIN case_source s ON s.case_id = c.id
WHERE c.state IN ('requested', 'agreed', 'goods_back') AND p.line_id IN ({ids}) ORDER BY c.id
"""
_TOLD_LATER = """
SELECT l.id, l.refund_state, s.file_time FROM order_line l JOIN order_source s ON s.order_id = l.order_id AND s.kind = 'lines'
WHERE l.order_id IN ({ids}) AND l.refund_state IN ('refunded', 'refused', 'withdrawn')
"""
_ENDS = {"refunded": "refunded", "refused": "refused", "withdrawn": "withdrawn", "": "withdrawn"}
"""How a case ended by the state of its line in a goods list, where one that was withdrawn leaves no word."""

_SILENT = """
SELECT id FROM orders WHERE id IN ({ids}) AND status = 'closed' AND close_reason = '' AND refunded > 0 AND refunded >= coalesce(paid, 0)
"""
"""Orders that were given back whole, of which no file tells why they were closed."""
_GIVEN = """
SELECT p.line_id, sum(p.amount) FROM after_sale_line p JOIN after_sale c ON c.id = p.case_id
WHERE c.state = 'refunded' AND c.order_id IN ({ids}) GROUP BY p.line_id
"""
_LINES = """
SELECT l.order_id, l.id, l.quantity - l.cancelled - l.shipped, l.shipped, l.cancelled, l.paid, l.refunded, l.refund_state,
       coalesce((SELECT s.file_time FROM order_source s WHERE s.order_id = l.order_id AND s.kind = 'lines'), 0)
FROM order_line l WHERE l.order_id IN ({ids})
"""


def apply_cases(uow: UnitOfWork, plan: ImportPlan, batch_id: int) -> None:
    """Carry out what services.imports.plan_cases planned; a goods list of a later day may have told already how a case ended."""
    _carry_out(uow, plan.cases, batch_id, plan.parsed.platform)
    open_cases = id_list(one.order_id for one in plan.cases if one.order_id is not None and one.record.state in OPEN_REFUND_STATES)
    told = {line_id: (state, at) for line_id, state, at in uow.each(_TOLD_LATER, open_cases) if at > plan.parsed.file_time}
    _end(uow, told, plan.parsed.platform)


def open_waiting(uow: UnitOfWork, plan: ImportPlan) -> None:
    """Cases that were told before their order, or before its goods, find them now."""
    if not uow.sql("SELECT 1 FROM case_source LIMIT 1"):
        return
    platform = plan.parsed.platform
    rows: list[tuple[Any, ...]] = []
    # What was more than had been paid may be less than is paid now.
    paid = [one.order.number for one in plan.changed if one.merged.paid is not None]
    for part in chunks([one.order.number for one in plan.new] + paid, 500):
        rows += uow.sql(_WAITING.replace("{marks}", ",".join("?" * len(part))), (platform, *part))
    rows += uow.each(_UNLINED, id_list(one.order_id for one in plan.changed if one.lines.new))
    if not rows:
        return
    judged = judge(uow, platform, [PlannedCase(case_of(told, row), source_id, at) for source_id, _number, row, at, told in rows])
    _carry_out(uow, judged.planned, None, platform)
    for case in judged.over:
        plan.report.warnings.append(Warned(None, "case_over_paid", {"case": case.number, "number": case.order}))


def follow_lines(uow: UnitOfWork, plan: ImportPlan) -> None:
    """A goods list that is newer than the refund file tells how a case ended: the platform's open case of that line follows."""
    told = {
        line_id: (values["refund_state"], plan.parsed.file_time)
        for one in plan.changed
        for line_id, values in one.lines.changes.items()
        if values.get("refund_state") in _ENDS
    }
    _end(uow, told, plan.parsed.platform)


def _end(uow: UnitOfWork, told: Mapping[int, tuple[str, int]], platform: str) -> None:
    """End the one open case of each line whose goods list says so: {line: (its state, time of that list)}."""
    if not told:
        return
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for line_id, *facts in uow.each(_OPEN_OF_LINES, id_list(told)):
        if facts[-1] <= told[line_id][1]:
            found[line_id].append(tuple(facts))
    planned = []
    for line_id, cases in found.items():
        if len(cases) != 1:
            continue
        source_id, row, at, text, _seen = cases[0]
        state, seen_at = told[line_id]
        planned.append(PlannedCase(case_of(text, row)._replace(state=_ENDS[state], done_at=seen_at), source_id, at))
    if planned:
        _carry_out(uow, judge(uow, platform, planned).planned, None, platform)


def _carry_out(uow: UnitOfWork, planned: Sequence[PlannedCase], batch_id: int | None, platform: str) -> None:
    known = [one for one in planned if one.order_id is not None]
    made: dict[int, int] = {}
    fresh = [one for one in known if one.case_id is None]
    rows = [_row(one, platform) for one in fresh]
    for one, case_id in zip(fresh, uow.append(AfterSale, rows), strict=True):
        made[id(one)] = case_id
    uow.change(AfterSale, {one.case_id: one.changes for one in known if one.case_id is not None and one.changes})
    cases = {id(one): made.get(id(one), one.case_id or 0) for one in known}
    _case_lines(uow, known, cases)
    _money(uow, known, cases)
    _sources(uow, planned, cases, batch_id, platform)
    _follow(uow, known)


def _row(one: PlannedCase, platform: str) -> dict[str, Any]:
    case = one.record
    at = case.requested_at or case.done_at or one.file_time
    ended = one.values["ended_at"]
    if ended is None and one.values["state"] not in OPEN_REFUND_STATES:
        ended = one.file_time
    return {**one.values, "order_id": one.order_id, "requested_at": at, "ended_at": ended, "key": f"{platform}:{case.number}"}


def _case_lines(uow: UnitOfWork, known: Sequence[PlannedCase], cases: Mapping[int, int]) -> None:
    """The goods that a case is about; its amount follows the case's."""
    lined = [one for one in known if one.line_id is not None]
    uow.append(
        AfterSaleLine,
        [
            {
                "case_id": cases[id(one)],
                "line_id": one.line_id,
                "quantity": one.units,
                "amount": one.changes.get("amount", one.record.amount),
            }
            for one in lined
        ],
        orders=[one.order_id for one in lined],
    )
    amounts = {
        one.case_id: one.changes["amount"] for one in known if one.case_id is not None and "amount" in one.changes and one not in lined
    }
    rows = defaultdict(list)
    for row_id, case_id in uow.each("SELECT id, case_id FROM after_sale_line WHERE case_id IN ({ids})", id_list(amounts)):
        rows[case_id].append(row_id)
    owners = {one.case_id: one.order_id for one in known}
    single = {found[0]: case_id for case_id, found in rows.items() if len(found) == 1}
    uow.change(
        AfterSaleLine,
        {row_id: {"amount": amounts[case_id]} for row_id, case_id in single.items()},
        orders={row_id: owners[case_id] or 0 for row_id, case_id in single.items()},
    )


def _money(uow: UnitOfWork, known: Sequence[PlannedCase], cases: Mapping[int, int]) -> None:
    """Write the journal: what a file told of the order goes to the case, what is new is given back now (see case_money)."""
    entries: list[dict[str, Any]] = []
    extra: dict[int, int] = defaultdict(int)
    more: dict[int, int] = defaultdict(int)
    lines = dict(
        uow.each("SELECT case_id, max(line_id) FROM after_sale_line WHERE case_id IN ({ids}) GROUP BY case_id", id_list(cases.values()))
    )
    for one in known:
        booked, order_id = one.booked, one.order_id
        if booked is None or order_id is None:
            continue
        case_id = cases[id(one)]
        blank: dict[str, Any] = {"order_id": order_id, "line_id": None, "case_id": None, "source": "platform", "reverses_id": None}
        if booked.taken:
            back = {"kind": "refund", "amount": booked.taken, "at": booked.at, "key": f"case:{case_id}:taken", "reverses_id": booked.entry}
            entries.append(blank | back)
        if booked.paid_more:
            at = one.record.done_at or one.file_time
            entries.append(blank | {"kind": "payment", "amount": booked.paid_more, "at": at, "key": f"case:{case_id}:paid"})
        amount = booked.taken + booked.extra
        if amount:
            given = {"case_id": case_id, "line_id": lines.get(case_id), "kind": "refund", "amount": -amount}
            entries.append(blank | given | {"at": one.record.done_at or one.file_time, "key": f"case:{case_id}:platform"})
        extra[order_id] += booked.extra
        more[order_id] += booked.paid_more
    uow.bulk(MoneyEntry, entries)
    sums = {
        order_id: (paid, refunded)
        for order_id, paid, refunded in uow.each("SELECT id, paid, refunded FROM orders WHERE id IN ({ids})", id_list(extra))
    }
    changes: dict[int, dict[str, Any]] = {}
    for order_id, (paid, refunded) in sums.items():
        if more[order_id]:
            changes[order_id] = {"paid": (paid or 0) + more[order_id], "refunded": refunded + extra[order_id]}
        elif extra[order_id]:
            changes[order_id] = {"refunded": refunded + extra[order_id]}
    uow.change(Order, changes)


def _sources(uow: UnitOfWork, planned: Sequence[PlannedCase], cases: Mapping[int, int], batch_id: int | None, platform: str) -> None:
    fresh, changes = [], {}
    for one in planned:
        case_id = cases.get(id(one))
        if one.source_id is not None:
            told = (
                {}
                if batch_id is None
                else {"batch_id": batch_id, "row": one.record.row, "file_time": one.file_time, "told": told_case(one.record)}
            )
            changes[one.source_id] = {"case_id": case_id, **told}
        elif batch_id is not None:
            fresh.append(
                {
                    "platform": platform,
                    "number": one.record.number,
                    "order_number": one.record.order,
                    "case_id": case_id,
                    "batch_id": batch_id,
                    "row": one.record.row,
                    "file_time": one.file_time,
                    "told": told_case(one.record),
                }
            )
    uow.bulk(CaseSource, fresh)
    uow.change(CaseSource, changes)


def _follow(uow: UnitOfWork, known: Sequence[PlannedCase]) -> None:
    """What follows for lines and orders: refunded goods that were not sent are owed no more, an order given back whole is closed."""
    ids = id_list(one.order_id for one in known if one.order_id is not None)
    given = dict(uow.each(_GIVEN, ids))
    ended = {one.line_id: one for one in known if one.line_id is not None and one.record.state not in OPEN_REFUND_STATES}
    whole = {one.line_id for one in ended.values() if one.record.state == "refunded" and one.record.whole_line}
    statuses = {row[0]: row[1:] for row in uow.each("SELECT id, status, coalesce(paid, 0), refunded FROM orders WHERE id IN ({ids})", ids)}
    changes: dict[int, dict[str, Any]] = {}
    off: list[int] = []
    for order_id, line_id, owed, shipped, _cancelled, paid, refunded, state, told_at in uow.each(_LINES, ids):
        values: dict[str, Any] = {}
        if given.get(line_id, 0) > refunded:
            values["refunded"] = given[line_id]
        one = ended.get(line_id)
        if one is not None and state in OPEN_REFUND_STATES and one.file_time >= told_at:
            values["refund_state"] = one.record.state
            values["refund_asked"] = None
        if values:
            changes[line_id] = values
        back = line_id in whole or (line_id in ended and paid and max(refunded, given.get(line_id, 0)) >= paid)
        if back and owed and not shipped and statuses[order_id][0] in {"awaiting_payment", "awaiting_shipment"}:
            off.append(line_id)
    uow.change(OrderLine, changes)
    if off:
        call_off(uow, off)
    _close(uow, known, ids, statuses)
    refresh_orders(uow, ids)


def _close(uow: UnitOfWork, known: Sequence[PlannedCase], ids: Sequence[int], statuses: Mapping[int, tuple[Any, ...]]) -> None:
    """Close orders of which the platform gave everything back (domain.md, orders); it will say so itself in its next list."""
    back = {one.order_id: one for one in known if one.booked is not None}
    # A payment that is known only by what was given back of it says nothing of the whole.
    guessed = {one.order_id for one in known if one.booked is not None and one.booked.paid_more}
    owed = {
        row[0]: row[1:]
        for row in uow.each(
            "SELECT order_id, sum(quantity - cancelled - shipped), sum(shipped) FROM order_line WHERE order_id IN ({ids}) GROUP BY order_id",
            ids,
        )
    }
    seen: dict[int, Observed] = {}
    for order_id, (status, paid, refunded) in statuses.items():
        one = back.get(order_id)
        if one is None or status not in {"awaiting_shipment", "shipped"}:
            continue
        due, sent = owed.get(order_id, (1, 1))
        if (paid and refunded == paid and order_id not in guessed) or (status == "awaiting_shipment" and due == 0 and sent == 0):
            seen[order_id] = Observed(Status.CLOSED, {"closed_at": one.record.done_at or one.file_time})
    if seen:
        observe(uow, seen)
    silent = {row[0] for row in uow.each(_SILENT, id_list(one for one in back if one is not None))}
    uow.change(Order, {order_id: {"close_reason": "refunded"} for order_id in sorted(silent | seen.keys())})
