"""A short list of frozen rows, all in memory, with the same columns, cells and view as the paged table. Sorts itself: use it below 2,000 rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from desktop.models.column import Column, cell_text
from desktop.models.paged_table import _NOWHERE, RowsModel, Sort, _Index


class SimpleTable(RowsModel):
    """`set_rows(rows)`; a row's id is its `id`, or its place if it has none."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Any] = (), parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._given: list[Any] = list(rows)
        self._rows: list[Any] = list(self._given)

    def set_rows(self, rows: Iterable[Any]) -> None:
        self.beginResetModel()
        self._given = list(rows)
        self._rows = self._in_order(self._given)
        self.endResetModel()
        self.loaded.emit(len(self._rows))

    def show(self, search: str | None = None, sort: Sort | None = None) -> None:
        """Sort by a column's `sort` key: an attribute of the row, else the cell's words."""
        if sort is not None:
            self.sorted_by = sort
            self.beginResetModel()
            self._rows = self._in_order(self._given)
            self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def row_at(self, row: int) -> Any | None:
        return self._rows[row]

    def id_at(self, row: int) -> int:
        return int(getattr(self._rows[row], "id", row))

    def row_of(self, identity: int) -> int:
        return next((place for place in range(len(self._rows)) if self.id_at(place) == identity), -1)

    def all_ids(self) -> Sequence[int]:
        return [self.id_at(place) for place in range(len(self._rows))]

    def _in_order(self, rows: list[Any]) -> list[Any]:
        key = self.sorted_by.key
        column = next((one for one in self.columns if one.sort and one.sort == key), None)
        if column is None:
            return list(rows)

        def place(row: Any) -> tuple[bool, Any]:
            value = getattr(row, key, None)
            if value is None and not hasattr(row, key):
                value = cell_text(column.kind, column.value(row))
            return (value is None, value)

        present = [row for row in rows if not place(row)[0]]
        absent = [row for row in rows if place(row)[0]]
        return sorted(present, key=lambda row: place(row)[1], reverse=self.sorted_by.descending) + absent
