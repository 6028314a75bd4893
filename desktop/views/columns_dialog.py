"""Which columns a table shows: a box for each, taking effect at once. Order and widths are dragged in the table itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr, tr_later
from desktop.models.column import Column
from desktop.models.layout import is_fixed
from desktop.views.widgets.buttons import Button, CheckBox
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label

if TYPE_CHECKING:
    from desktop.views.widgets.table import TableView

WIDTH, NARROW, PILES, HEADING = 680, 420, 3, 2
"""Width in px with several headings and with one; columns of boxes; how many boxes high a heading counts."""


class ColumnsDialog(DialogBase):
    """Nothing is to be saved: the table behind shows what was chosen, and Close leaves."""

    def __init__(self, parent: QWidget, table: TableView) -> None:
        groups = grouped(table.rows.offered)
        several = len(groups) > 1
        sub = tr("Drag a heading to move its column, the edge of one to make it wider.")
        super().__init__(parent, tr("Columns"), sub, width=WIDTH if several else NARROW)
        self._table = table
        self.boxes: dict[str, CheckBox] = {}
        row = QHBoxLayout()
        row.setSpacing(24)
        for pile in piles(groups, PILES if several else 1):
            column = QVBoxLayout()
            column.setSpacing(2)
            for title, columns in pile:
                if title:
                    column.addWidget(Label(tr_later(title), "label"))
                for one in columns:
                    column.addWidget(self._box(one))
                column.addSpacing(12)
            column.addStretch()
            row.addLayout(column, 1)
        self.column.addLayout(row)
        self.extra.addWidget(Button(tr("Reset columns"), table.arranged.reset, icon="refresh", height=34))
        table.arranged.changed.connect(self._tell)
        self._tell()

    def _box(self, column: Column) -> CheckBox:
        box = CheckBox(tr_later(column.title))
        box.clicked.connect(lambda _on=False, key=column.key: self._choose(key))
        self.boxes[column.key] = box
        return box

    def _choose(self, key: str) -> None:
        self._table.arranged.show(key, self.boxes[key].isChecked())

    def _tell(self) -> None:
        """The boxes say what the table shows; the last column can't be taken away."""
        shown = [column.key for column in self._table.rows.columns if not is_fixed(column)]
        for key, box in self.boxes.items():
            box.setChecked(key in shown)
            box.setEnabled(shown != [key])


def grouped(offered: Sequence[Column]) -> list[tuple[str, list[Column]]]:
    """The columns that can be chosen, under their headings, in the order of the first of each."""
    found: dict[str, list[Column]] = {}
    for column in offered:
        if not is_fixed(column) and column.title:
            found.setdefault(column.group, []).append(column)
    return list(found.items())


def piles(groups: Sequence[tuple[str, list[Column]]], count: int) -> list[list[tuple[str, list[Column]]]]:
    """The groups side by side, about equally high."""
    found: list[list[tuple[str, list[Column]]]] = [[] for _ in range(count)]
    heights = [0] * count
    for title, columns in sorted(groups, key=lambda group: -len(group[1])):
        lowest = heights.index(min(heights))
        found[lowest].append((title, columns))
        heights[lowest] += len(columns) + HEADING
    return [pile for pile in found if pile]
