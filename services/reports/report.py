"""What a report is: its question, what may be asked, its columns, and the table it gives. One file each; registered in REPORTS.

Rows are plain tuples in the order of the columns: money in fen, days as ordinals, shares in tenths of a percent. Words are
pairs (English, Chinese); who shows them picks one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from services.errors import BadInput
from services.money import write_amount
from services.search.syntax import Field, Node, Range, conjunction

if TYPE_CHECKING:
    from services.db.reading import Reading

Pair = tuple[str, str]
Cell = str | int | None

LONGEST = 11_000
"""Days (30 years) that one report may span: more is a slip of the keyboard."""


class Kind(StrEnum):
    """What a column's values are."""

    TEXT = "text"
    DAY = "day"
    """Proleptic ordinal (date.toordinal)."""
    WEEKDAY = "weekday"
    """0 = Monday."""
    HOUR = "hour"
    COUNT = "count"
    MONEY = "money"
    """Fen."""
    SHARE = "share"
    """Tenths of a percent."""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: Pair
    kind: Kind


@dataclass(frozen=True, slots=True)
class Param:
    """Something that may be asked of a report. `choices` are (code, words); the first is the default. Days have none."""

    key: str
    title: Pair
    choices: tuple[tuple[str, Pair], ...] = ()


FROM = Param("from", ("From", "从"))
TO = Param("to", ("To", "到"))


@dataclass(frozen=True, slots=True)
class Span:
    """Local days, both included."""

    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    def before(self) -> Span:
        """As many days just before."""
        return Span(self.first - self.days, self.first - 1)

    def each(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Table:
    """A report's answer. `answer` is one sentence for the title's question; `totals` and `before` (the days just before) by name."""

    report: Report
    span: Span
    by: str
    rows: tuple[tuple[Cell, ...], ...]
    answer: Pair
    totals: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)
    searches: tuple[Node, ...] = ()
    """For each row the search of the orders that it counts (reference/invariants.md M10); goods: the orders that hold them."""

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.report.columns

    def plain_rows(self) -> list[dict[str, str | int | None]]:
        """Rows as the command line's JSON has them: money and shares with decimals as text, days as ISO dates."""
        return [{column.key: plain(column.kind, value) for column, value in zip(self.columns, row, strict=True)} for row in self.rows]


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is short (a tab), `title` the trader's question. `chart` says how the window draws it: bars, heat, map, ranking."""

    key: str
    name: Pair
    title: Pair
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    chart: str
    make: Callable[[Reading, Report, Span, str], Table]

    @property
    def by(self) -> Param | None:
        return next((param for param in self.params if param.key == "by"), None)

    @property
    def bys(self) -> tuple[str, ...]:
        """Codes that `by` may be, the default first; empty where there is nothing to choose."""
        return tuple(code for code, _words in self.by.choices) if self.by else ()


@dataclass(frozen=True, slots=True)
class RunReport:
    """Query: the table of one report over local days; without days the last 30 up to today. Raises BadInput."""

    report: Report
    first: int | None = None
    last: int | None = None
    by: str = ""

    def run(self, reading: Reading) -> Table:
        from services.clock import day_of

        last = self.last if self.last is not None else day_of(reading.now, reading.shop.zone)
        first = self.first if self.first is not None else last - 29
        span = Span(first, last)
        if span.days < 1:
            raise BadInput("report_span", first=date.fromordinal(first).isoformat(), last=date.fromordinal(last).isoformat())
        if span.days > LONGEST:
            raise BadInput("report_too_long", days=span.days, most=LONGEST)
        choices = self.report.bys
        by = self.by or (choices[0] if choices else "")
        if by and by not in choices:
            raise BadInput("report_choice", report=self.report.key, value=by, choices=", ".join(choices) or "–")
        return self.report.make(reading, self.report, span, by)


_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def parse_day(text: str, *, end: bool = False) -> int:
    """The local day of `2026-11-22`; of a month or year its first day, or its last with `end`. Raises BadInput."""
    found = _WRITTEN.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        year, month, day = (int(part or 0) for part in found.groups())
        if found[3]:
            return date(year, month, day).toordinal()
        if not end:
            return date(year, month if found[2] else 1, 1).toordinal()
        following = date(year, month + 1, 1) if found[2] and month != 12 else date(year + 1, 1, 1)
        return (following - timedelta(days=1)).toordinal()
    except ValueError as error:
        raise BadInput("report_day", value=text) from error


def paid_in(first: int, last: int) -> Node:
    """The search for orders paid on the local days from `first` to `last`."""
    low, high = (date.fromordinal(day).isoformat() for day in (first, last))
    return Field("paid_at", ":", (low if low == high else Range(low, high),))


def paid_with(span: Span, *parts: Node) -> Node:
    """The search for orders paid within the span of which these parts hold, too."""
    return conjunction((paid_in(span.first, span.last), *parts))


def plain(kind: Kind, value: Cell) -> str | int | None:
    """A cell as files and JSON have it."""
    if value is None or isinstance(value, str):
        return value
    if kind is Kind.DAY:
        return date.fromordinal(value).isoformat()
    if kind is Kind.MONEY:
        return write_amount(value)
    if kind is Kind.SHARE:
        return percent(value)
    return value


def percent(tenths: int) -> str:
    """123 → `12.3%`."""
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def share(part: int, whole: int) -> int:
    """`part` of `whole` in tenths of a percent, rounded half up; of nothing it is nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else 0


def money(fen: int) -> str:
    """`¥1,234.50`, as in sentences."""
    sign = "−" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def short_day(day: int) -> str:
    """`11-22`."""
    return date.fromordinal(day).strftime("%m-%d")
