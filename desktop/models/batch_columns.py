"""The imported files as a table: columns and source; and the lines of one file's report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language, later, tr, trn
from desktop.models.column import Column, Figure, Kind, Pill
from desktop.models.order_columns import status_of
from desktop.models.paged_table import Sort
from services.words import term
from services.words.imports import format_words

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.batch_rows import BatchFile, BatchLine, BatchRow
    from services.queries.undo_preview import Restored, Touched

MOST_LINES = 2_000
"""Lines of a report that a table in memory shows; the saved report has all of them."""
LONG_NAME = 22
PARTS = ("conflict", "rejected", "held", "notice", "updated", "new", "unchanged")
"""In the order of what needs a person first."""


class BatchSource:
    """Which files, the latest first; `tab` is set by the page."""

    def __init__(self) -> None:
        self.tab = "all"

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Desk], Any]:
        tab = self.tab

        def ask(desk: Desk) -> Any:
            from services.queries.batch_rows import BatchIds

            return desk.read(BatchIds(search, tab))

        return ask

    def rows(self, ids: Sequence[int]) -> Callable[[Desk], Any]:
        wanted = tuple(ids)

        def ask(desk: Desk) -> Any:
            from services.queries.batch_rows import BatchRows

            return desk.read(BatchRows(wanted))

        return ask


def _figure(count: int, tone: str = "text") -> Figure:
    return Figure(formats.count(count) if count else formats.DASH, tone if count else "muted")


def state_pill(row: BatchRow) -> Pill | None:
    """Only what differs from a file that came in and has nothing left to do."""
    if row.undone_at is not None:
        return Pill(tr("Taken back"))
    if row.undecided:
        return Pill(trn("{n} to decide", "{n} to decide", row.undecided), "warn")
    return None


def short_name(name: str) -> str:
    """The names of exports begin alike and differ at their end, where their time stands."""
    return name if len(name) <= LONG_NAME else f"{name[:3]}…{name[-16:]}"


def batch_columns(now: Callable[[], int], zone: Callable[[], str]) -> tuple[Column, ...]:
    said = language()
    return (
        Column("label", later("Batch"), Kind.CODE, lambda row: row.label, width=62),
        Column("file", later("File"), Kind.TEXT, lambda row: short_name(row.file_name), width=0, tip=lambda row: row.file_name,
               copy=lambda row: row.file_name),
        Column("format", later("What it is"), Kind.SOFT, lambda row: format_words(row.format, said), width=106),
        Column("at", later("Imported"), Kind.CODE, lambda row: formats.day_time(row.at, now(), zone()), width=96,
               tip=lambda row: formats.full_time(row.at, zone())),
        Column("actor", later("Who"), Kind.SOFT, lambda row: term("actor", row.actor, said) if row.actor else formats.DASH, width=58),
        Column("rows", later("Rows"), Kind.QUANTITY, lambda row: row.rows, width=58),
        Column("new", later("Added"), Kind.FIGURE, lambda row: _figure(row.new), width=58),
        Column("changed", later("Updated"), Kind.FIGURE, lambda row: _figure(row.changed), width=72),
        Column("same", later("Unchanged"), Kind.FIGURE, lambda row: _figure(row.same, "text2"), width=84, shown=False),
        Column("conflicts", later("Conflicts"), Kind.FIGURE, lambda row: _figure(row.conflicts, "warn"), width=74),
        Column("held", later("Held"), Kind.FIGURE, lambda row: _figure(row.held, "text2"), width=58, shown=False),
        Column("rejected", later("Rejected"), Kind.FIGURE, lambda row: _figure(row.rejected, "bad"), width=72),
        Column("state", later("State"), Kind.PILLS, state_pill, width=92),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report in words."""

    id: int
    row: int | None
    number: str
    column: str
    here: str
    told: str
    why: str


def lines_of(batch: BatchFile, part: str, zone: str) -> list[Line]:
    """One part of a file's report, at most MOST_LINES."""
    from services.exports.batch_report import column_words, line_words, value_words

    said = language()

    def one(place: int, line: BatchLine) -> Line:
        here = value_words(line, line.here, said, zone) if line.here or line.part == "conflict" else ""
        told = value_words(line, line.told, said, zone) if line.told or line.part == "conflict" else ""
        return Line(place, line.row, line.number, column_words(line, said), here, told, line_words(line, said))

    return [one(place, line) for place, line in enumerate(batch.part(part)[:MOST_LINES])]


def _row(line: Line) -> str:
    return formats.count(line.row) if line.row else ""


_ROW = Column("row", later("Row"), Kind.TEXT, _row, sort="row", width=72)
_NUMBER = Column("number", later("Order or code"), Kind.NUMBER, lambda line: line.number, sort="number", width=170)
_WHY = Column("why", later("What to know"), Kind.TEXT, lambda line: line.why, width=0)
LINE_COLUMNS: dict[str, tuple[Column, ...]] = {
    "conflict": (
        _NUMBER,
        Column("column", later("Field"), Kind.TEXT, lambda line: line.column, sort="column", width=120),
        Column("here", later("Here"), Kind.TEXT, lambda line: line.here, width=240),
        Column("told", later("In the file"), Kind.SOFT, lambda line: line.told, width=0),
    ),
    "rejected": (
        _ROW,
        Column("column", later("Column"), Kind.TEXT, lambda line: line.column, sort="column", width=140),
        Column("told", later("What stands there"), Kind.TEXT, lambda line: line.told, sort="told", width=180),
        Column("why", later("Why it stays out"), Kind.SOFT, lambda line: line.why, width=0),
    ),
    "updated": (_NUMBER, Column("why", later("What changed"), Kind.TEXT, lambda line: line.why, width=0)),
}


def line_columns(part: str) -> tuple[Column, ...]:
    return LINE_COLUMNS.get(part, (_ROW, _NUMBER, _WHY))


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is put back, or one that somebody touched since, in words."""

    id: int
    number: str
    field: str
    now: str
    back: str = ""


VALUE_COLUMNS = (
    Column("number", later("Order or code"), Kind.NUMBER, lambda row: row.number, sort="number", width=170),
    Column("field", later("Field"), Kind.TEXT, lambda row: row.field, sort="field", width=130),
    Column("now", later("Here now"), Kind.SOFT, lambda row: row.now, width=250),
    Column("back", later("Becomes again"), Kind.TEXT, lambda row: row.back, width=0),
)
TOUCHED_COLUMNS = (
    Column("number", later("Order or code"), Kind.NUMBER, lambda row: row.number, sort="number", width=170),
    Column("field", later("Field"), Kind.TEXT, lambda row: row.field, sort="field", width=170),
    Column("now", later("What happened since"), Kind.TEXT, lambda row: row.now, width=0),
)
REMOVED_COLUMNS = (
    Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=170),
    Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer, sort="buyer", width=130),
    Column("goods", later("Goods"), Kind.SOFT, lambda row: row.goods, width=0),
    Column("paid", later("Paid"), Kind.MONEY, lambda row: row.paid, sort="paid", width=100),
    Column("status", later("Status"), Kind.STATUS, lambda row: status_of(row.status), sort="status", width=120),
)


def restored_rows(restored: Sequence[Restored], zone: str) -> list[Value]:
    from services.words.trail import value

    said = language()
    return [
        Value(
            place,
            one.number,
            term("field", one.field, said),
            value(one.entity, one.field, one.now, said, zone),
            value(one.entity, one.field, one.back, said, zone),
        )
        for place, one in enumerate(restored)
    ]


def touched_rows(touched: Sequence[Touched], now: int, zone: str) -> list[Value]:
    """Each with who did what and when."""
    said = language()
    return [Value(place, one.number, _what(one.field, said), happened(one, now, zone)) for place, one in enumerate(touched)]


def _what(code: str, said: str) -> str:
    """A field, or a kind of thing that came to it."""
    word = term("field", code, said)
    return word if word != code else term("entity", code, said)


def happened(one: Touched, now: int, zone: str) -> str:
    """`店主 今天 09:12 修改订单`; of a later file its short id."""
    said = language()
    when = formats.day_time(one.at, now, zone) if one.at is not None else ""
    parts = (term("actor", one.actor, said) if one.actor else "", when, term("action", one.action, said) if one.action else "", one.batch)
    return " ".join(part for part in parts if part) or formats.DASH
