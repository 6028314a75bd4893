"""What a stocktake would change: counted against what was there when it was counted (invariant S8)."""

from __future__ import annotations

from dataclasses import dataclass

from services.db.dialect import chunks
from services.db.reading import Reading, id_list
from services.imports.plan import ImportPlan
from services.imports.records import CountRecord, Warned
from services.imports.report import Entry

_CODES = "SELECT code, id FROM sku WHERE code IN ({marks})"
_BARCODES = "SELECT barcode, id FROM sku WHERE barcode <> '' AND barcode IN ({marks})"
_LEVELS = "SELECT s.id, s.code, l.on_hand FROM sku s LEFT JOIN stock_level l ON l.sku_id = s.id WHERE s.id IN ({ids})"
_SINCE = "SELECT sku_id, sum(quantity) FROM stock_movement WHERE at > {at} AND sku_id IN ({ids}) GROUP BY sku_id"
_BOOKED = """
SELECT m.sku_id, sum(m.quantity), sum(CASE WHEN m.at > ? THEN m.quantity ELSE 0 END) FROM stock_movement m JOIN import_batch b ON b.id = m.batch_id WHERE b.file_hash = ? GROUP BY m.sku_id
"""


@dataclass(slots=True)
class Counted:
    """A SKU's count: `expected` is the sheet's own figure, else what the ledger had at the time of the file."""

    sku_id: int
    code: str
    row: int
    counted: int
    expected: int
    on_hand: int
    begun: bool

    @property
    def difference(self) -> int:
        return self.counted - self.expected


def plan_counts(reading: Reading, plan: ImportPlan) -> None:
    """Fill `plan.counted` with what differs, and the report. Moves since the count stay as they are: only the difference is booked."""
    parsed, report = plan.parsed, plan.report
    codes = _found(reading, _CODES, [one.code for one in parsed.counts if one.code])
    barcodes = _found(reading, _BARCODES, [one.barcode or one.code for one in parsed.counts])
    rows: dict[int, list[CountRecord]] = {}
    for one in parsed.counts:
        ids = codes.get(one.code) or barcodes.get(one.barcode) or barcodes.get(one.code) or set()
        if len(ids) != 1:
            report.unmatched += 1
            report.rows_held += 1
            report.entries.append(Entry(one.row, "held", "sku_unknown", one.code or one.barcode))
            continue
        rows.setdefault(next(iter(ids)), []).append(one)
    ids_ = id_list(rows)
    # What this very sheet booked before: twice is once (invariant I1).
    booked = {row[0]: row[1:] for row in reading.sql(_BOOKED, (parsed.file_time, parsed.file_hash))}
    since: dict[int, int] = dict(reading.each(_SINCE.replace("{at}", str(int(parsed.file_time))), ids_))
    for sku_id, code, on_hand in reading.each(_LEVELS, ids_):
        several = rows[sku_id]
        if len(several) > 1:
            report.rows_held += len(several) - 1
            report.warnings.append(Warned(several[-1].row, "counts_added", {"code": code, "count": len(several)}))
        told = [one.expected for one in several if one.expected is not None]
        mine, mine_since = booked.get(sku_id, (0, 0))
        there = (on_hand or 0) - since.get(sku_id, 0) + mine_since
        # A sheet that repeats the expected figure for each place of a SKU tells it once.
        expected = (told[0] if len(set(told)) == 1 else sum(told)) + mine if told else there
        found = Counted(sku_id, code, several[0].row, sum(one.counted for one in several), expected, on_hand or 0, on_hand is not None)
        _tell(plan, found)
    report.entries.sort(key=lambda entry: entry.row)


def _tell(plan: ImportPlan, found: Counted) -> None:
    report = plan.report
    facts = {"counted": found.counted, "expected": found.expected, "difference": found.difference}
    report.counted += 1
    if found.on_hand + found.difference < 0:
        report.counted -= 1
        report.rows_held += 1
        report.entries.append(Entry(found.row, "held", "count_below_zero", found.code, facts | {"on_hand": found.on_hand}))
    elif found.difference or not found.begun:
        report.differences += 1
        plan.counted.append(found)
        report.entries.append(Entry(found.row, "updated", "count_differs", found.code, facts))
    else:
        report.entries.append(Entry(found.row, "unchanged", "count_agrees", found.code, facts))


def _found(reading: Reading, statement: str, words: list[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for part in chunks(sorted(set(filter(None, words))), 500):
        for word, sku_id in reading.sql(statement.replace("{marks}", ",".join("?" * len(part))), part):
            found.setdefault(word, set()).add(sku_id)
    return found
