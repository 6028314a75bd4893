"""Which orders could not be checked, and why each: its blockers with the remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.i18n import language, later, tr, trn
from desktop.models.column import Column, Kind
from desktop.models.simple_table import SimpleTable
from desktop.theme import row_height
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.table import TableView
from desktop.views.widgets.table_header import HEADER_HEIGHT
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.order_rows import OrderRow

MOST, MOST_HIGH = 500, 14
"""Orders that are listed; rows shown without scrolling."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    id: int
    number: str
    buyer: str
    why: str


COLUMNS = (
    Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=160),
    Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer, sort="buyer", width=130),
    Column("why", later("Why not"), Kind.TEXT, lambda row: row.why, sort="why", width=0),
)


class RefusedDialog(DialogBase):
    """Enter or a double click goes to the order."""

    def __init__(self, parent: QWidget, context: AppContext, refused: Mapping[int, Sequence[str]]) -> None:
        super().__init__(parent, tr("Not checked"), trn("{n} order", "{n} orders", len(refused)))
        self.context, self._refused = context, refused
        self.model = SimpleTable(COLUMNS, parent=self)
        self.table = TableView(self.model, tr("Not checked"))
        self.table.opened.connect(self._go)
        self.table.setFixedHeight(HEADER_HEIGHT + min(MOST_HIGH, max(3, len(refused))) * row_height() + 2)
        self.column.addWidget(self.table)
        listed = Button(tr("Export…"), self._export, icon="export", height=34)
        listed.setAutoDefault(False)
        self.extra.addWidget(listed)
        if len(refused) > MOST:
            self.column.addWidget(Label(tr("The first {n} of them.", n=MOST), "label"))
        from services.queries.order_rows import OrderRows

        context.runner.query(OrderRows(tuple(refused)[:MOST])).then(self._take)

    def _take(self, rows: Sequence[OrderRow]) -> None:
        self.model.set_rows(RefusedRow(row.id, row.number, row.buyer_nick, why_not(self._refused[row.id])) for row in rows)
        self.table.setFocus()

    def _export(self) -> None:
        from desktop.views.export_dialog import export_shown

        export_shown(self, self.context, "refused", tr("Not checked"), self.model)

    def _go(self, order_id: int) -> None:
        self.accept()
        self.context.go("orders", id=order_id)


def why_not(codes: Sequence[str]) -> str:
    """`Out of stock: receive goods, …`, one after the other."""
    said = language()
    colon, dot = ("：", "") if said == "zh" else (": ", " ")
    return dot.join(term("blocker", code, said) + colon + term("blocker_remedy", code, said) for code in codes)
