"""Saying which SKU platform goods are: once, for all lines that wait and all to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.errors import error_words
from desktop.i18n import tr, trn
from desktop.models.paged_table import PagedTable
from desktop.models.stock_columns import STOCK_COLUMNS, StockSource, goods_words
from desktop.theme import row_height
from desktop.views.receive_dialog import ReceiveDialog
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.table_header import HEADER_HEIGHT

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.stock_rows import UnmatchedRow

ROWS, MOST_NAMED = 8, 3
COLUMNS = tuple(column for column in STOCK_COLUMNS if column.key in {"goods", "code", "bin", "on_hand", "available"})


class MatchDialog(DialogBase):
    """`rows` are platform goods that are all one SKU (the same thing under several titles)."""

    def __init__(self, parent: QWidget, context: AppContext, rows: Sequence[UnmatchedRow]) -> None:
        lines = sum(row.lines for row in rows)
        super().__init__(
            parent,
            tr("Which goods of yours is this?"),
            trn("Matched at once: {n} order line, and all to come", "Matched at once: {n} order lines, and all to come", lines),
            verb=tr("Choose the goods"),
            note=tr("Remembered for later imports"),
        )
        self.context, self.rows = context, tuple(rows)
        for row in self.rows[:MOST_NAMED]:
            words = goods_words(row)
            self.column.addWidget(Label(f"{words}  {row.code}" if row.code and row.code not in words else words, "strong", wrap=True))
        if len(self.rows) > MOST_NAMED:
            self.column.addWidget(Label(tr("and {n} more", n=len(self.rows) - MOST_NAMED), "label"))
        self.bar = SearchBar(tr("Name, code, barcode, bin…"), tr("Search your goods"))
        self.column.addWidget(self.bar)
        self.model = PagedTable(COLUMNS, StockSource(), context.runner, self)
        self.bar.searched.connect(self.model.show)
        self.table = TableView(self.model, tr("Your goods"))
        self.table.setFixedHeight(HEADER_HEIGHT + ROWS * row_height() + 2)
        self.table.set_empty(
            EmptyState("stock", tr("No such goods yet"), "", Button(tr("Make them by receiving…"), self._receive, icon="plus"))
        )
        self.table.current_changed.connect(lambda _id: self._tell())
        self.table.opened.connect(lambda _id: self._press())
        self.column.addWidget(self.table)
        self.bar.field.setFocus()
        self.model.loaded.connect(lambda _count: self._tell())
        self._tell()
        self.model.show("")

    def _tell(self) -> None:
        row = self.table.currentIndex().row()
        found = self.model.row_at(row) if row >= 0 else None
        if found is None:
            self.set_verb(tr("Choose the goods"), enabled=False)
        else:
            self.set_verb(tr("It is {code}", code=found.code))

    def _receive(self) -> None:
        """Goods that are no SKU yet: receiving them makes one, and lines of that code are matched at once."""
        first = self.rows[0]
        dialog = ReceiveDialog(self, self.context, first.code, goods_words(first))
        self.reject()
        dialog.open()

    def submit(self) -> None:
        sku_id = self.table.current_id()
        if sku_id < 0:
            return
        from services.commands.stock import MatchGoods

        self.set_busy(True)
        self.context.runner.change(MatchGoods(tuple(row.id for row in self.rows), sku_id)).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        self.context.notify(trn("Matched {n} order line", "Matched {n} order lines", int(outcome.value)))
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self._tell()
        self.refuse(error_words(error))
