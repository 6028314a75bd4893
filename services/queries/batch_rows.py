"""What came in when: the imported files as a list, and one of them with all that it said of its rows.

The report that a batch keeps (services.imports.report) holds codes and facts; words for them: services.words.imports.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.errors import NotFound
from services.imports.undo_plan import KEPT_FILES
from services.queries.worklists.common import holding
from services.words.imports import format_words

if TYPE_CHECKING:
    from services.db.reading import Reading

TABS = ("all", "doubts", "undone")
MOST_LINES = 2_000
"""Lines of a file that are shown; its report has all of them."""
_OPEN = "(SELECT count(*) FROM import_conflict c WHERE c.batch_id = b.id AND c.state = 'open')"
_REJECTED = """CASE json_type(b.report, '$.rejected') WHEN 'array' THEN json_array_length(b.report, '$.rejected')
ELSE coalesce(json_extract(b.report, '$.rejected'), 0) END"""
_DOUBTS = f"b.undone_at IS NULL AND ({_REJECTED} > 0 OR {_OPEN} > 0)"
_WHERE = {"all": "1", "doubts": _DOUBTS, "undone": "b.undone_at IS NOT NULL"}
_IDS = "SELECT b.id, b.file_name, b.format FROM import_batch b WHERE {where} ORDER BY b.id DESC"
_COUNTS = f"SELECT count(*), coalesce(sum({_DOUBTS}), 0), coalesce(sum(b.undone_at IS NOT NULL), 0) FROM import_batch b"  # noqa: S608 (constants)
_NEW = ("orders_new", "skus_new", "cases_new", "bookings_new", "shipped")
_CHANGED = ("orders_updated", "skus_updated", "cases_updated", "differences")
_SAME = ("orders_unchanged", "skus_unchanged", "cases_unchanged", "bookings_unchanged", "already")
_OTHERS = ("conflicts", "rows_held", "warnings", "counted", "differences")
_FIGURES = (*_NEW, *_CHANGED, *_SAME, *_OTHERS)
_PATHS = ", ".join(
    f"CASE json_type(b.report, '$.{name}') WHEN 'array' THEN json_array_length(b.report, '$.{name}')"
    f" ELSE coalesce(json_extract(b.report, '$.{name}'), 0) END"
    for name in _FIGURES
)
_COLUMNS = f"""
b.id, b.at, b.file_name, b.format, b.kind, b.rows, b.undone_at, b.undone_by,
coalesce((SELECT e.actor FROM import_journal j JOIN audit_entry e ON e.seq = j.after_seq + 1 WHERE j.batch_id = b.id), ''),
{_REJECTED}, {_OPEN}, {_PATHS}
"""  # noqa: S608 (constants)
_ROWS = f"SELECT {_COLUMNS} FROM import_batch b WHERE b.id IN ({{ids}})"  # noqa: S608 (constants)
_CARD = """
SELECT b.encoding, b.sheet, b.file_time, b.report, j.batch_id IS NOT NULL FROM import_batch b LEFT JOIN import_journal j ON j.batch_id = b.id
WHERE b.id = ?
"""
_UNDONE = "SELECT seq, at FROM audit_entry WHERE seq = ?"
_LAST = "SELECT coalesce(max(seq), 0) FROM audit_entry"
_WHY = "SELECT reason FROM audit_entry WHERE seq >= ? AND at = ? AND action = 'undo_import' AND entity = 'import_batch' AND entity_id = ? LIMIT 1"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file. `new`, `changed` and `same` are orders, SKUs, cases or bookings, as the file brings; `conflicts` those found when it came
    in, `undecided` those of them that still wait; `held` rows that only repeat or wait, `rejected` rows that did not come in.

    `actor` is who brought it in, "" where an older version did not keep that.
    """

    id: int
    at: int
    file_name: str
    format: str
    kind: str
    rows: int
    undone_at: int | None
    undone_by: str
    actor: str
    rejected: int
    undecided: int
    new: int
    changed: int
    same: int
    conflicts: int
    held: int
    warnings: int

    @property
    def label(self) -> str:
        return f"B{self.id}"


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One thing that the file's report says. `part` is new, updated, conflict, rejected, held or notice (words: import_part).

    `code` and `facts` say why through services.words.say, `why` in the words of that day where no code was kept. Of a changed order
    `fields` are the fields that changed; `here` and `told` are the two values of a conflict, `told` else what stands in the row.
    """

    part: str
    row: int | None = None
    number: str = ""
    column: str = ""
    here: str = ""
    told: str = ""
    code: str = ""
    facts: Mapping[str, Any] | None = None
    why: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A batch with all that it kept. `report` is the kept JSON. `stands` is the code of why it can't be taken back at all, "" where that
    may be tried; `undone_why` the reason of the one who took it back."""

    row: BatchRow
    encoding: str
    sheet: str
    channel: str
    file_time: int
    lines: tuple[BatchLine, ...]
    unknown_headings: tuple[str, ...]
    vanished: int
    vanished_numbers: tuple[str, ...]
    stands: str
    undone_why: str
    report: Mapping[str, Any]

    def part(self, name: str) -> tuple[BatchLine, ...]:
        return tuple(line for line in self.lines if line.part == name)


@dataclass(frozen=True, slots=True)
class BatchIds:
    """Query: files of a tab, the latest first, whose name, short id or kind holds every word of `search`."""

    search: str = ""
    tab: str = "all"

    def run(self, reading: Reading) -> array[int]:
        rows = reading.sql(_IDS.format(where=_WHERE[self.tab]))
        if self.search.strip():
            holds = holding(self.search)
            rows = [row for row in rows if holds((f"B{row[0]}", row[1], format_words(row[2], "zh"), format_words(row[2], "en")))]
        return array("q", [row[0] for row in rows])


@dataclass(frozen=True, slots=True)
class BatchRows:
    """Query: these files, in the order of the ids."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[BatchRow, ...]:
        found = {row[0]: _row(row) for row in reading.each(_ROWS, self.ids)}
        return tuple(found[one] for one in self.ids if one in found)


@dataclass(frozen=True, slots=True)
class CountBatches:
    """Query: how many each tab has."""

    def run(self, reading: Reading) -> Mapping[str, int]:
        return dict(zip(TABS, reading.sql(_COUNTS)[0], strict=True))


@dataclass(frozen=True, slots=True)
class BatchCard:
    """Query: one file. Raises NotFound("batch_not_found")."""

    batch_id: int

    def run(self, reading: Reading) -> BatchFile:
        rows = BatchRows((self.batch_id,)).run(reading)
        if not rows:
            raise NotFound("batch_not_found", batch=self.batch_id)
        row = rows[0]
        encoding, sheet, file_time, text, journal = reading.sql(_CARD, (self.batch_id,))[0]
        report: dict[str, Any] = json.loads(text)
        stands = (
            "undo_twice" if row.undone_at is not None else "undo_bookings" if row.kind in KEPT_FILES else "" if journal else "undo_too_old"
        )
        return BatchFile(
            row,
            encoding,
            sheet,
            str(report.get("channel") or ""),
            file_time,
            tuple(_lines(report)),
            tuple(report.get("unknown_headings") or ()),
            int(report.get("vanished") or 0),
            tuple(report.get("vanished_numbers") or ()),
            stands,
            _undone_why(reading, row),
            report,
        )


def _row(row: tuple[Any, ...]) -> BatchRow:
    batch_id, at, file_name, format_, kind, rows, undone_at, undone_by, actor, rejected, undecided = row[:11]
    of = dict(zip(_FIGURES, row[11:], strict=True))
    new, changed = (sum(of[name] for name in names) for names in (_NEW, _CHANGED))
    same = sum(of[name] for name in _SAME) + of["counted"] - of["differences"]
    return BatchRow(
        batch_id, at, file_name, format_, kind, rows, undone_at, undone_by, actor, rejected, undecided,
        new, changed, same, of["conflicts"], of["rows_held"], of["warnings"],
    )  # fmt: skip


def _lines(report: Mapping[str, Any]) -> Iterator[BatchLine]:
    """In the order of what needs a person first."""
    for one in _list(report, "conflicting"):
        yield BatchLine(
            "conflict", number=_text(one, "number"), column=_text(one, "field"), here=_text(one, "ours"), told=_text(one, "file")
        )
    for one in _list(report, "rejected"):
        yield BatchLine(
            "rejected",
            one.get("row"),
            "",
            _text(one, "column"),
            "",
            _text(one, "value"),
            _text(one, "code"),
            one.get("facts"),
            _text(one, "why"),
        )
    for one in _list(report, "left_out"):
        yield BatchLine("held", one.get("row"), _text(one, "number"), code=_text(one, "code"), why=_text(one, "why"))
    for one in _list(report, "warnings"):
        part = "held" if one.get("code") == "row_repeated" else "notice"
        yield BatchLine(part, one.get("row"), code=_text(one, "code"), facts=one.get("facts"), why=_text(one, "why"))
    for one in _list(report, "entries"):
        result = _text(one, "result")
        facts = {name: fact for name, fact in one.items() if name not in {"row", "result", "part", "number", "why"}}
        part = _text(one, "part") or "notice"
        yield BatchLine(part, one.get("row"), _text(one, "number"), code=f"entry_{result}", facts=facts, why=_text(one, "why"))
    changed = report.get("updated")
    for number, fields in changed.items() if isinstance(changed, dict) else ():
        yield BatchLine("updated", number=number, fields=tuple(fields))


def _list(report: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Older versions kept a count in the place of some lists."""
    found = report.get(name)
    return found if isinstance(found, list) else []


def _text(one: Mapping[str, Any], name: str) -> str:
    return str(one.get(name) or "")


def _undone_why(reading: Reading, row: BatchRow) -> str:
    """From the trail, whose times follow its numbers: the first entry of that moment is found by halving."""
    if row.undone_at is None:
        return ""
    low, high = 0, int(reading.sql(_LAST)[0][0])
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if reading.sql(_UNDONE, (middle,))[0][1] < row.undone_at else (low, middle)
    found = reading.sql(_WHY, (low, row.undone_at, row.id))
    return str(found[0][0] or "") if found else ""
