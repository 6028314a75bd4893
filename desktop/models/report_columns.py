"""A report's table for the table view: its own columns by their kinds, as wide as what they hold; a row has its place as id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import ceil
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language
from desktop.models.column import Column, Figure, Kind, cell_text
from desktop.theme import BODY_SIZE, LABEL_SIZE, metrics

if TYPE_CHECKING:
    from services.reports import Column as ReportColumn
    from services.reports import Table

LEAST_NAME = 170
"""What the stretching column wants."""
_AROUND, _ARROW = 24, 16
_KINDS = {"day": Kind.SOFT, "weekday": Kind.SOFT, "hour": Kind.QUANTITY, "count": Kind.QUANTITY, "money": Kind.MONEY, "share": Kind.FIGURE}


def report_columns(table: Table) -> tuple[Column, ...]:
    """The first text stretches, else the first column."""
    place = 1 if language() == "zh" else 0
    stretching = next((column.key for column in table.columns if column.kind.value == "text"), table.columns[0].key)
    made = []
    for index, column in enumerate(table.columns):
        kind, value = _KINDS.get(column.kind.value, Kind.TEXT), _value(column)
        cells = (cell_text(kind, value(SimpleNamespace(**{column.key: row[index]}))) for row in table.rows)
        width = 0 if column.key == stretching else _width(column.title[place], cells)
        made.append(Column(column.key, column.title[place], kind, value, sort=column.key, width=width))
    return tuple(made)


def report_rows(table: Table) -> list[Any]:
    """A row has its cells by the keys of the columns."""
    keys = [column.key for column in table.columns]
    return [SimpleNamespace(id=place, **dict(zip(keys, row, strict=True))) for place, row in enumerate(table.rows)]


def _width(title: str, cells: Iterable[str]) -> int:
    """Of the longest cell by letters: digits are all as wide, and no more than one is measured."""
    longest = max(cells, key=len, default="")
    return ceil(max(metrics(LABEL_SIZE).horizontalAdvance(title) + _ARROW, metrics(BODY_SIZE).horizontalAdvance(longest))) + _AROUND


def _value(column: ReportColumn) -> Callable[[Any], Any]:
    key, kind = column.key, column.kind.value

    def value(row: Any) -> Any:
        cell = getattr(row, key)
        if kind == "day":
            return f"{date.fromordinal(cell).isoformat()}  {formats.weekday_text(cell)}"
        if kind == "weekday":
            return formats.weekday_text(cell + 1)  # ordinal 1 was a Monday
        if kind == "share":
            return Figure(formats.percent(cell / 1000), "text2")
        return cell

    return value
