"""What a refund file would do: cases to open, to change, to keep until their order comes in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.db.dialect import chunks
from services.db.reading import Reading, id_list
from services.imports.case_money import Booked, Ledger, ledgers_of
from services.imports.merge import Clash
from services.imports.plan import ImportPlan
from services.imports.records import CaseRecord, ParcelRecord, Reject, Warned, shown
from services.imports.report import Entry
from services.money import write_amount

OPEN = frozenset({"requested", "agreed", "goods_back"})
_DEAD = frozenset({"refused", "withdrawn"})
PLATFORM_FIELDS = (
    "number",
    "state",
    "amount",
    "kind",
    "reason",
    "fault",
    "phase",
    "words",
    "ended_at",
    "deadline_at",
    "return_carrier",
    "return_number",
)
"""Columns of a case that the platform's files tell."""

_OF_PERSON = frozenset({"kind", "reason", "fault", "requested_at"})
"""What was said here about a case stays when the platform's number is found to be its own."""

_REASONS: tuple[tuple[str, str], ...] = (
    ("质量", "quality"),
    ("做工", "quality"),
    ("破损", "quality"),
    ("污渍", "quality"),
    ("少件", "wrong_or_missing"),
    ("漏发", "wrong_or_missing"),
    ("空包裹", "wrong_or_missing"),
    ("发错", "wrong_or_missing"),
    ("描述不符", "wrong_or_missing"),
    ("快递", "carrier"),
    ("物流", "carrier"),
    ("未送到", "carrier"),
    ("不想要", "buyer_choice"),
    ("拍错", "buyer_choice"),
    ("多拍", "buyer_choice"),
    ("无理由", "buyer_choice"),
    ("不喜欢", "buyer_choice"),
    ("尺码", "buyer_choice"),
)
"""Words in the buyer's reason and whose fault they speak of (reference/taobao.md 2.5), the first that fits."""

_SOURCES = "SELECT number, id, case_id, file_time, told FROM case_source WHERE platform = ? AND number IN ({marks})"
_ORDERS = "SELECT o.number, o.id FROM orders o JOIN channel c ON c.id = o.channel_id WHERE c.platform = ? AND o.number IN ({marks})"
_CASES = "SELECT order_id, id, requested_at, {fields} FROM after_sale WHERE order_id IN ({ids}) ORDER BY id"
_LINES = """
SELECT l.order_id, l.id, g.title, g.code, g.item_id, l.paid, l.quantity FROM order_line l JOIN listing g ON g.id = l.listing_id
WHERE l.order_id IN ({ids}) ORDER BY l.order_id, l.position
"""
_CASE_LINES = "SELECT c.order_id, p.case_id, p.line_id, c.state FROM after_sale_line p JOIN after_sale c ON c.id = p.case_id WHERE c.order_id IN ({ids})"

_ENDED = """
SELECT c.id, s.file_time FROM after_sale c JOIN after_sale_line p ON p.case_id = c.id JOIN order_line l ON l.id = p.line_id
JOIN order_source s ON s.order_id = c.order_id AND s.kind = 'lines'
WHERE c.order_id IN ({ids}) AND c.state NOT IN ('requested', 'agreed', 'goods_back')
  AND l.refund_state NOT IN ('requested', 'agreed', 'goods_back')
"""
"""Cases that are over, and when a goods list said so of their goods."""
_OF_END = frozenset({"state", "amount", "ended_at", "deadline_at"})


@dataclass(slots=True)
class PlannedCase:
    """A case of the file. `order_id` None: its order is not here yet. `case_id` None: to be opened with `values`, else to get `changes`."""

    record: CaseRecord
    source_id: int | None
    file_time: int
    order_id: int | None = None
    case_id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    line_id: int | None = None
    units: int = 0
    booked: Booked | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    title: str
    code: str
    item_id: str
    paid: int | None
    quantity: int


@dataclass(slots=True)
class Judged:
    """What became of a set of cases: those to carry out, those over what was paid, and where a person said otherwise."""

    planned: list[PlannedCase] = field(default_factory=list)
    over: list[CaseRecord] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def told_case(case: CaseRecord) -> str:
    """What case_source keeps of a case: the JSON array of the record without its row."""
    return json.dumps(case[1:], ensure_ascii=False, separators=(",", ":"))


def case_of(text: str, row: int) -> CaseRecord:
    *values, parcel = json.loads(text)
    return CaseRecord._make((row, *values, ParcelRecord(*parcel) if parcel else None))


def fault_of(case: CaseRecord) -> str:
    """Whose fault by the platform's word, else by the buyer's reason; one of our faults."""
    if case.fault == "buyer":
        return "buyer_choice"
    found = next((fault for word, fault in _REASONS if word in (case.reason or "")), "other")
    return "other" if case.fault == "seller" and found == "buyer_choice" else found


def values_of(case: CaseRecord) -> dict[str, Any]:
    """The columns of after_sale that a record tells."""
    return {
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "reason": case.reason or "",
        "fault": fault_of(case),
        "amount": case.amount,
        "phase": case.phase or "",
        "words": case.words or "",
        "ended_at": None if case.state in OPEN else case.done_at,
        "deadline_at": case.deadline_at,
        "return_carrier": case.parcel_back.carrier if case.parcel_back else "",
        "return_number": case.parcel_back.number if case.parcel_back else "",
    }


def plan_cases(reading: Reading, plan: ImportPlan) -> None:
    """Fill `plan.cases` and the report's counts. A case whose order is not here is held; an older file changes nothing."""
    parsed, report = plan.parsed, plan.report
    sources = {row[0]: row[1:] for row in _marked(reading, _SOURCES, parsed.platform, [case.number for case in parsed.cases])}
    fresh: list[PlannedCase] = []
    for case in parsed.cases:
        source_id, case_id, file_time, told = sources.get(case.number, (None, None, None, ""))
        if file_time is not None and (parsed.file_time < file_time or (told == told_case(case) and case_id is not None)):
            report.cases_unchanged += 1
            continue
        fresh.append(PlannedCase(case, source_id, parsed.file_time))
    judged = judge(reading, parsed.platform, fresh)
    report.clashes += judged.clashes
    plan.clashes = judged.clashes
    heading = next((name for name in parsed.headings if "退款金额" in name), None)
    for case in judged.over:
        report.rejected.append(Reject(case.row, heading, shown(case.number), "refund_above_paid"))
    for one in judged.planned:
        case = one.record
        if one.order_id is None:
            report.cases_held += 1
            report.rows_held += 1
            part = "held"
            report.warnings.append(Warned(case.row, "case_order_unknown", {"case": case.number, "number": case.order}))
        elif one.case_id is None:
            report.cases_new += 1
            part = "new"
        elif one.changes:
            report.cases_updated += 1
            part = "updated"
            report.updated[case.number] = list(one.changes)
        else:
            report.cases_unchanged += 1
            continue
        facts: dict[str, str | int | None] = {"case": case.number, "case_kind": case.kind, "case_state": case.state}
        report.entries.append(Entry(case.row, part, "case", case.order, facts | {"amount": write_amount(case.amount)}))
    plan.cases = judged.planned


def judge(reading: Reading, platform: str, cases: Sequence[PlannedCase]) -> Judged:
    """Find each case's order, the case that it is here, its line and its money. Cases of one order are judged one after the other."""
    orders: dict[str, list[int]] = defaultdict(list)
    for number, order_id in _marked(reading, _ORDERS, platform, [one.record.order for one in cases]):
        orders[number].append(order_id)
    judged = Judged()
    mine = [one for one in cases if len(orders.get(one.record.order, ())) == 1]
    ids = id_list(orders[one.record.order][0] for one in mine)
    known: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for order_id, case_id, requested_at, *values in reading.each(_CASES.replace("{fields}", ", ".join(PLATFORM_FIELDS)), ids):
        known[order_id].append(dict(zip(PLATFORM_FIELDS, values, strict=True), id=case_id, requested_at=requested_at))
    lines, taken = lines_of(reading, ids)
    ledgers = ledgers_of(reading, ids)
    ended = dict(reading.each(_ENDED, ids))
    for one in cases:
        found = orders.get(one.record.order, ())
        if len(found) != 1:
            judged.planned.append(one)
            continue
        one.order_id = found[0]
        _judge_one(one, known[found[0]], ledgers[found[0]], ended, judged)
        if one.line_id is None and one.case_id not in {case for case, _line in taken[found[0]]}:
            _find_line(one, lines[found[0]], {line for _case, line in taken[found[0]]})
            if one.line_id is not None:
                taken[found[0]].append((one.case_id or 0, one.line_id))
    return judged


def _judge_one(one: PlannedCase, known: list[dict[str, Any]], ledger: Ledger, ended: dict[int, int], judged: Judged) -> None:
    case, values = one.record, values_of(one.record)
    here = next((row for row in known if row["number"] == case.number), None)
    if here is None:
        here = next((row for row in known if not row["number"] and row["amount"] == case.amount and row["state"] not in _DEAD), None)
    if here is None:
        if case.state == "refunded":
            one.booked = ledger.book(case.amount, case.done_at)
            if one.booked is None:
                judged.over.append(case)
                return
        one.values = values
        known.append(values | {"id": 0, "requested_at": case.requested_at})
        judged.planned.append(one)
        return
    one.case_id = here["id"]
    own = not here["number"]
    changes = {name: value for name, value in values.items() if value != here[name] and (value not in {None, ""} or _clears(name, case))}
    if own:
        changes = {name: value for name, value in changes.items() if name not in _OF_PERSON}
    if case.state in OPEN and one.file_time < ended.get(here["id"], 0):
        # A goods list of a later day told how it ended.
        changes = {name: value for name, value in changes.items() if name not in _OF_END}
    if here["state"] == "refunded":
        # The money has gone; a file that knows nothing of it, or of another sum, is told, not followed.
        for name in ("state", "amount"):
            if name in changes:
                judged.clashes.append(_clash(one, here, name, str(changes.pop(name))))
        if own:
            changes.pop("ended_at", None)
    elif case.state == "refunded":
        one.booked = ledger.book(case.amount, case.done_at)
        if one.booked is None:
            judged.over.append(case)
            return
    here.update(changes)
    one.changes = changes
    judged.planned.append(one)


def _clash(one: PlannedCase, here: dict[str, Any], name: str, theirs: str) -> Clash:
    case = one.record
    return Clash(case.order, f"case_{name}", str(here[name]), theirs, theirs, here["id"], one.order_id or 0, case.row)


def _clears(name: str, case: CaseRecord) -> bool:
    """Whether an empty word of the file takes away what stood there: an open case has no end, an ended one no deadline."""
    return name == ("ended_at" if case.state in OPEN else "deadline_at")


def lines_of(reading: Reading, order_ids: Sequence[int]) -> tuple[dict[int, list[_Line]], dict[int, list[tuple[int, int]]]]:
    """The orders' lines, and (case, line) of those that living cases of them are about."""
    lines: dict[int, list[_Line]] = defaultdict(list)
    for order_id, *facts in reading.each(_LINES, order_ids):
        lines[order_id].append(_Line(*facts))
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for order_id, case_id, line_id, state in reading.each(_CASE_LINES, order_ids):
        taken[order_id].append((case_id, 0 if state in _DEAD else line_id))
    return lines, taken


def _find_line(one: PlannedCase, lines: Sequence[_Line], taken: set[int]) -> None:
    """The line that a case is about: by the words of its goods, then the one that was paid so much and has no case yet."""
    case = one.record
    alike = [line for line in lines if _alike(case, line)] or (list(lines) if len(lines) == 1 else [])
    if not alike:
        return
    best = min(alike, key=lambda line: (line.id in taken, case.whole_line and line.paid != case.amount, (line.paid or 0) < case.amount))
    one.line_id = best.id
    one.units = best.quantity if case.whole_line or best.quantity == 1 else 0


def _alike(case: CaseRecord, line: _Line) -> bool:
    pairs = ((case.code, line.code), (case.item_id, line.item_id), (case.title, line.title))
    told = [ours == theirs for ours, theirs in pairs if ours and theirs]
    return bool(told) and all(told)


def _marked(reading: Reading, statement: str, platform: str, numbers: Iterable[str]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for part in chunks(sorted(set(numbers)), 500):
        rows += reading.sql(statement.replace("{marks}", ",".join("?" * len(part))), (platform, *part))
    return rows
