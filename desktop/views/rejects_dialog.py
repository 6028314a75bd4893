"""Rows of imported files that did not come in: which file, where, what stood there and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, later, tr, trn
from desktop.models.column import Column, Kind
from desktop.models.simple_table import SimpleTable
from desktop.theme import row_height
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.table import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from desktop.views.export_dialog import ExportDialog
    from services.queries.import_rows import RejectedRow

WIDTH, MOST_SHOWN, HEADER = 1120, 14, 32


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    file: str
    row: int
    column: str
    value: str
    why: str


COLUMNS = (
    Column("file", later("File"), Kind.TEXT, lambda row: row.file, sort="file", width=236),
    Column("row", later("Row"), Kind.TEXT, lambda row: formats.count(row.row) if row.row else "", sort="row", width=56),
    Column("column", later("Column"), Kind.TEXT, lambda row: row.column, sort="column", width=112),
    Column("value", later("What stands there"), Kind.TEXT, lambda row: row.value, sort="value", width=128),
    Column("why", later("Why it stays out"), Kind.SOFT, lambda row: row.why, width=0),
)


class RejectsDialog(DialogBase):
    """Only tells: the rows are mended in the file, which is then imported again."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        room = max(720, parent.window().width() - 80)
        super().__init__(parent, tr("Rows that were not imported"), tr("Of the files imported since yesterday"), width=min(WIDTH, room))
        self.column.addWidget(
            Label(tr("Mend these rows in the file and import it again: what came in already stays as it is."), "body2", wrap=True)
        )
        self.model = SimpleTable(COLUMNS, parent=self)
        self.table = TableView(self.model, tr("Rows that were not imported"))
        card = QFrame()
        card.setProperty("box", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.column.addWidget(card)
        self._context = context
        self.export_button = Button(tr("Export…"), self._export, icon="export", height=34)
        self.export_button.setAutoDefault(False)
        self.extra.addWidget(self.export_button)

    def _export(self) -> ExportDialog:
        """The rows with their reasons, to mend them beside the file."""
        from desktop.views.export_dialog import export_list
        from services.exports.lists import REJECTED

        dialog = export_list(self, self._context, REJECTED, (), self.model.rowCount())
        dialog.open()
        return dialog

    def read(self) -> None:
        from services.queries.import_rows import RejectedRows

        self._context.runner.query(RejectedRows()).then(self.show_rows, self._failed)

    def _failed(self, error: Exception) -> None:
        self.refuse(error_words(error))

    def show_rows(self, rows: Sequence[RejectedRow]) -> None:
        from services.exports.lists import why_words

        said = language()
        lines = []
        for place, one in enumerate(rows):
            lines.append(Line(place, one.file, one.row, one.column, one.value, why_words(one, said)))
        self.model.set_rows(lines)
        self.sub.setText(trn("{n} row of the files imported since yesterday", "{n} rows of the files imported since yesterday", len(lines)))
        self.table.setFixedHeight(HEADER + min(len(lines), MOST_SHOWN) * row_height() + 2)
        self.table.setFocus()


def show_rejects(parent: QWidget, context: AppContext) -> RejectsDialog:
    dialog = RejectsDialog(parent, context)
    dialog.read()
    dialog.open()
    return dialog


def picture(parent: QWidget, context: AppContext) -> RejectsDialog:
    """For the screenshots: what spreadsheet programs do to an export."""
    from services.queries.import_rows import RejectedRow

    file = "ExportOrderList202611221358.csv"
    told = (
        (17, "订单编号", "3.02145E+18", "id_scientific"),
        (42, "总金额", "面议", "amount"),
        (43, "订单创建时间", "昨天下午", "time"),
        (88, "宝贝总数量", "−1", "quantity"),
    )
    dialog = RejectsDialog(parent, context)
    dialog.show_rows([RejectedRow(row, column, value, "", code, {}, file) for row, column, value, code in told])
    dialog.open()
    return dialog
