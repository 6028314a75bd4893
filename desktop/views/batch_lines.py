"""All that an import said of a file's rows, part by part: to look through, to copy, to save as a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.models.batch_columns import MOST_LINES, PARTS, line_columns, lines_of
from desktop.models.simple_table import SimpleTable
from desktop.theme import row_height
from desktop.views.widgets.buttons import Button, Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.table import TableView
from desktop.views.widgets.table_header import HEADER_HEIGHT
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.batch_rows import BatchFile

WIDTH, MOST_HIGH = 1040, 14


class BatchLinesDialog(DialogBase):
    """Only tells. Enter on a line with an order goes to that order."""

    def __init__(self, parent: QWidget, context: AppContext, batch: BatchFile, part: str) -> None:
        width = min(WIDTH, max(760, parent.window().width() - 80))
        super().__init__(parent, tr("What the import said"), f"{batch.row.label}  {batch.row.file_name}", width=width)
        self.context, self.batch = context, batch
        said = language()
        pairs = [(one, f"{term('import_part', one, said)} {formats.count(len(batch.part(one)))}") for one in PARTS if batch.part(one)]
        self.parts = Segments(pairs, tr("Parts"))
        self.parts.chosen.connect(self.show_part)
        if len(pairs) > 1:
            self.column.addWidget(self.parts)
        self.hint = Label("", "body2", wrap=True)
        self.column.addWidget(self.hint)
        self.model = SimpleTable((), parent=self)
        self.table = TableView(self.model, tr("What the import said"))
        self.table.opened.connect(self._open)
        card = QFrame()
        card.setProperty("box", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.column.addWidget(card)
        self.report_button = Button(tr("Save report…"), self.save, icon="export", height=34)
        self.report_button.setAutoDefault(False)
        self.extra.addWidget(self.report_button)
        self.parts.choose(part)
        self.show_part(part)
        self.table.setFocus()

    def show_part(self, part: str) -> None:
        count = len(self.batch.part(part))
        self.model.set_columns(line_columns(part))
        self.model.set_rows(lines_of(self.batch, part, self.context.zone))
        if self.model.rowCount():
            self.table.go_to(self.model.id_at(0))
        hints = {
            "rejected": tr("Mend these rows in the file and import it again: what came in already stays as it is."),
            "held": tr("These rows say nothing new, or wait until what they belong to comes in."),
            "conflict": tr("As they were when the file came in; what still waits is among the things to mend."),
        }
        first = tr("The first {n} of them; the report has all.", n=formats.count(MOST_LINES)) if count > MOST_LINES else ""
        self.hint.setText(" ".join(one for one in (hints.get(part, ""), first) if one))
        self.hint.setVisible(bool(self.hint.text()))
        self.table.setFixedHeight(HEADER_HEIGHT + min(MOST_HIGH, max(3, self.model.rowCount())) * row_height() + 2)
        self.fit()

    def _open(self, identity: int) -> None:
        line = self.model.row_at(self.model.row_of(identity)) if identity >= 0 else None
        number = line.number if line is not None else ""
        if number and self.batch.row.kind not in {"goods", "counts"}:
            self.accept()
            self.context.go("orders", search=number, tab="all")

    def save(self) -> None:
        ask_report(self, self.context, self.batch, self._saved, self._not_saved)

    def _saved(self, written: Any) -> None:
        self.refuse("")
        self.note.setText(tr("Report saved: {file}", file=written.file.name))

    def _not_saved(self, error: Exception) -> None:
        self.refuse(error_words(error))


def ask_report(parent: QWidget, context: AppContext, batch: BatchFile, saved: Any, failed: Any) -> QFileDialog:
    """Ask where to, and write the report of a file there."""
    dialog = QFileDialog(parent, tr("Save report"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([tr("Spreadsheet text") + " (*.csv)", tr("Excel workbook") + " (*.xlsx)", tr("Data for programs") + " (*.json)"])
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")")))
    dialog.selectFile(f"{batch.row.label}-{Path(batch.row.file_name).stem}-{tr('report')}.csv")
    dialog.setDefaultSuffix("csv")
    dialog.fileSelected.connect(lambda name: write_report(context, batch, Path(name), saved, failed))
    dialog.open()
    return dialog


def write_report(context: AppContext, batch: BatchFile, path: Path, saved: Any, failed: Any) -> None:
    from services.exports.batch_report import write_batch_report

    said = language()
    context.runner.job(lambda desk, _progress: write_batch_report(path, batch, desk.shop.zone, said), tr("Saving the report")).then(
        saved, failed
    )
