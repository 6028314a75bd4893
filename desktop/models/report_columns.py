"""A report's table for the table view: its own columns by their kinds, a row with the search of the orders it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language
from desktop.models.column import Column, Figure, Kind

if TYPE_CHECKING:
    from services.reports import Column as ReportColumn
    from services.reports import Table

_WIDTHS = {"text": 150, "day": 120, "weekday": 84, "hour": 64, "count": 84, "money": 108, "share": 72}


def report_columns(table: Table) -> tuple[Column, ...]:
    """The last column takes what room is left, so that the figures stand together."""
    place = 1 if language() == "zh" else 0
    made = []
    first_text = next((column.key for column in table.columns if column.kind.value == "text"), "")
    for column in table.columns:
        kind = _KINDS.get(column.kind.value, Kind.TEXT)
        width = 0 if column.key == first_text else _WIDTHS[column.kind.value]
        made.append(Column(column.key, column.title[place], kind, _value(column), sort=column.key, width=width))
    if not first_text:
        made[0] = Column(made[0].key, made[0].title, made[0].kind, made[0].value, sort=made[0].sort, width=0)
    return tuple(made)


def report_rows(table: Table) -> list[Any]:
    """A row has its place as `id` and its cells by the keys of the columns."""
    keys = [column.key for column in table.columns]
    return [SimpleNamespace(id=place, **dict(zip(keys, row, strict=True))) for place, row in enumerate(table.rows)]


_KINDS = {"day": Kind.SOFT, "weekday": Kind.SOFT, "hour": Kind.QUANTITY, "count": Kind.QUANTITY, "money": Kind.MONEY, "share": Kind.FIGURE}


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
