"""The numbers behind a chart as a table: to read, sort, copy and export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.models.column import Column, Figure, Kind
from desktop.models.delegates import advance
from desktop.models.paged_table import Sort
from desktop.models.simple_table import SimpleTable
from desktop.theme import LABEL_SIZE, row_height
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.charts.heat_map import weekday_word
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.table import HEADER_HEIGHT, TableView

if TYPE_CHECKING:
    from services.reports import Table

ROWS = 16


@dataclass(frozen=True, slots=True)
class NumbersRow:
    """A row of a report under the id of its place; `cells` in the order of its columns."""

    id: int
    cells: tuple[Any, ...]


class _Rows(SimpleTable):
    """Sorts by the place of a column: rows of reports have no names."""

    def show(self, search: str | None = None, sort: Sort | None = None) -> None:
        if sort is not None:
            place = int(sort.key)
            known = [row for row in self._given if row.cells[place] is not None]
            unknown = [row for row in self._given if row.cells[place] is None]
            self.sorted_by = sort
            self.beginResetModel()
            self._rows = [*sorted(known, key=lambda row: row.cells[place], reverse=sort.descending), *unknown]
            self.endResetModel()


def columns_of(table: Table) -> tuple[Column, ...]:
    """The window's columns of a report; the first text stretches."""
    words = 1 if language() == "zh" else 0
    texts = [place for place, column in enumerate(table.columns) if str(column.kind) == "text"]
    stretched = texts[0] if texts else 0
    return tuple(
        Column(
            column.key,
            column.title[words],
            Kind.TEXT if str(column.kind) in {"text", "day", "weekday"} else Kind.FIGURE,
            partial(_cell, str(column.kind), place),
            sort=str(place),
            width=0 if place == stretched else max(96, ceil(advance(column.title[words], LABEL_SIZE)) + 36),
        )
        for place, column in enumerate(table.columns)
    )


def _cell(kind: str, place: int, row: NumbersRow) -> Any:
    value = row.cells[place]
    if kind == "text":
        return value or formats.DASH
    if kind == "day":
        return date.fromordinal(value).isoformat()
    if kind == "weekday":
        return weekday_word(value)
    if value is None:
        return Figure(formats.DASH, "muted")
    if kind == "money":
        return Figure(formats.money(value))
    return Figure(formats.percent(value / 1000) if kind == "share" else formats.count(value))


class NumbersDialog(DialogBase):
    """Closing it changes nothing; `export` asks for a file."""

    def __init__(self, parent: QWidget, table: Table, export: Callable[[], object]) -> None:
        words = 1 if language() == "zh" else 0
        super().__init__(parent, table.report.title[words], table.answer[words], width=860)
        self.model = _Rows(columns_of(table), [NumbersRow(place, row) for place, row in enumerate(table.rows)], self)
        self.table = TableView(self.model, table.report.title[words])
        self.table.setFixedHeight(HEADER_HEIGHT + min(ROWS, max(3, len(table.rows))) * row_height() + 2)
        self.column.addWidget(self.table)
        self.column.addWidget(Label(trn("{n} row", "{n} rows", len(table.rows)), "label"))
        button = Button(tr("Save the numbers…"), export, icon="export", height=34)
        button.setAutoDefault(False)
        self.extra.addWidget(button)
        self.table.setFocus()
