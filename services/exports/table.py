"""What is exported: named columns of a kind and rows of plain values, whatever they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from services.progress import Progress

if TYPE_CHECKING:
    from services.reports.report import Table


class Kind(StrEnum):
    """What the values of a column are; None is an empty cell everywhere."""

    TEXT = "text"
    """str, never a number or a formula, however it looks: order numbers, phones, codes, notes."""
    COUNT = "count"
    MONEY = "money"
    """Fen; in the file an amount with two decimals."""
    TIME = "time"
    """Milliseconds since 1970 UTC; in the file the shop's local time."""
    DAY = "day"
    """Local day as an ordinal."""
    SHARE = "share"
    """Tenths of a percent."""
    YES = "yes"
    """bool; in the file the words of the language, or nothing."""


Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """`value(row)` gives the cell; `width` is in characters, for formats that have one.

    `code` gives what programs read instead of words (a status by its code). `personal`: it tells of a person.
    """

    key: str
    title: str
    kind: Kind
    value: Callable[[Any], Cell]
    width: int = 14
    code: Callable[[Any], Cell] | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One export: `path` is where to write (a temporary name), `zone` the shop's, `yes` the word for true; without `headings` rows alone."""

    path: Path
    columns: Sequence[Column]
    rows: Iterable[Any]
    zone: str
    yes: str
    progress: Progress
    total: int | None
    headings: bool = True


class Format(Protocol):
    """A kind of file. `write` returns how many rows it wrote."""

    @property
    def suffix(self) -> str: ...

    def write(self, job: Job) -> int: ...


def columns_of_report(table: Table, lang: str) -> tuple[Column, ...]:
    """A report's columns for `write_file`; its rows are the table's."""
    from services.reports.report import Kind as Shown
    from services.reports.sales_by_hour import WEEKDAYS

    place = 1 if lang == "zh" else 0
    kinds = {Shown.DAY: Kind.DAY, Shown.MONEY: Kind.MONEY, Shown.SHARE: Kind.SHARE, Shown.COUNT: Kind.COUNT, Shown.HOUR: Kind.COUNT}

    def cell(index: int, weekday: bool) -> Callable[[Any], Cell]:
        return (lambda row: WEEKDAYS[row[index]][place]) if weekday else (lambda row: row[index])

    return tuple(
        Column(
            column.key,
            column.title[place],
            kinds.get(column.kind, Kind.TEXT),
            cell(index, column.kind is Shown.WEEKDAY),
            40 if column.kind is Shown.TEXT else 14,
        )
        for index, column in enumerate(table.columns)
    )
