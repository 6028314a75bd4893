"""Taking an import back: what goes and what gets its old value again, or why it can't be; a reason is asked. Done in the runner."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.batch_columns import REMOVED_COLUMNS, TOUCHED_COLUMNS, VALUE_COLUMNS, restored_rows, touched_rows
from desktop.models.simple_table import SimpleTable
from desktop.theme import row_height
from desktop.views.edit_dialog import Reason
from desktop.views.widgets.buttons import Button, Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label, rule
from desktop.views.widgets.panel import Band
from desktop.views.widgets.table import TableView
from desktop.views.widgets.table_header import HEADER_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from desktop.models.column import Column
    from services.outcome import Outcome
    from services.queries.batch_rows import BatchRow
    from services.queries.undo_preview import Undoing

WIDTH, MOST_HIGH = 880, 9
REMOVED, RESTORED = "removed", "restored"


class UndoDialog(DialogBase):
    """Looks first. Where nothing stands against it the verb takes the file back; else the list of what was touched can be copied."""

    def __init__(self, parent: QWidget, context: AppContext, batch: BatchRow) -> None:
        title = tr("Take back {batch}?", batch=batch.label)
        super().__init__(
            parent, title, batch.file_name, verb=tr("Looking…"), note=tr("The trail keeps what came and what went"), width=WIDTH
        )
        self.context, self.batch = context, batch
        self.seen: Undoing | None = None
        self.waiting = Label(tr("Looking at what became of it…"), "muted")
        self.column.addWidget(self.waiting)
        # Straight in the body's column: within a layout of its own a wrapping label takes the room of two lines.
        self.words = Label("", "body", wrap=True)
        self.words.hide()
        self.column.addWidget(self.words)
        self.parts: Segments | None = None
        self.model = SimpleTable((), parent=self)
        self.table = TableView(self.model, tr("What is taken back"))
        self.table.opened.connect(self._open)
        self.card = QFrame()
        self.card.setProperty("box", "card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.column.addWidget(self.card)
        self.card.hide()
        self.more = Label("", "label")
        self.more.hide()
        self.column.addWidget(self.more)
        self.line = rule()
        self.line.hide()
        self.column.addWidget(self.line)
        usual = (tr("It was the wrong file"), tr("It belongs to another shop"), tr("It was read wrongly"), tr("Other"))
        self.reason = Reason(usual, self.tell)
        self.reason.hide()
        self.column.addWidget(self.reason)
        self.copy_button = Button(tr("Copy the list"), self.copy, icon="copy", height=34)
        self.copy_button.setAutoDefault(False)
        self.copy_button.hide()
        self.extra.addWidget(self.copy_button)
        self.tell()

    def read(self) -> None:
        """Ask what taking it back would do."""
        from services.queries.undo_preview import UndoPreview

        self.context.runner.query(UndoPreview(self.batch.id)).then(self.show_preview, self._not_seen)

    def show_preview(self, seen: Undoing) -> None:
        self.seen = seen
        self.waiting.hide()
        if seen.possible:
            self._show_possible(seen)
        else:
            self._show_touched(seen)
        self.tell()
        self.fit()

    # ---- what it would do

    def _show_possible(self, seen: Undoing) -> None:
        words = []
        if seen.orders_removed:
            words.append(trn("{n} order goes again", "{n} orders go again", seen.orders_removed))
        if seen.orders_restored:
            words.append(trn("{n} order gets its old values", "{n} orders get their old values", seen.orders_restored))
        if seen.money:
            words.append(trn("{n} money entry is reversed", "{n} money entries are reversed", seen.money))
        if seen.stock:
            words.append(trn("{n} stock movement is reversed", "{n} stock movements are reversed", seen.stock))
        if seen.skus:
            words.append(trn("{n} new SKU goes, unless it is used by now", "{n} new SKUs go, unless they are used by now", seen.skus))
        comma, stop = ("；", "。") if language() == "zh" else ("; ", ".")
        said = comma.join(words) + stop if words else tr("It changed no value: only the file's mark is taken away.")
        self.words.setText(said)
        self.words.show()
        pairs = []
        if seen.removed:
            pairs.append((REMOVED, tr("Orders that go {n}", n=formats.count(seen.orders_removed))))
        if seen.restored:
            pairs.append((RESTORED, tr("Values put back {n}", n=formats.count(seen.values))))
        if pairs:
            self.parts = Segments(pairs, tr("What is taken back"))
            self.parts.chosen.connect(self.show_part)
            if len(pairs) > 1:
                self._put(self.parts)
            self.show_part(pairs[0][0])
        self.line.show()
        self.reason.show()
        self.reason.choice.setFocus()

    def show_part(self, part: str) -> None:
        seen = self.seen
        if seen is None:
            return
        if part == REMOVED:
            self._fill(REMOVED_COLUMNS, seen.removed, seen.orders_removed)
        else:
            self._fill(VALUE_COLUMNS, restored_rows(seen.restored, self.context.zone), seen.values)

    def _fill(self, columns: tuple[Column, ...], rows: Sequence[Any], whole: int) -> None:
        self.model.set_columns(columns)
        self.model.set_rows(rows)
        self.table.setFixedHeight(HEADER_HEIGHT + min(MOST_HIGH, max(2, len(rows))) * row_height() + 2)
        self.card.setVisible(bool(rows))
        if rows:
            self.table.go_to(self.model.id_at(0))
        self.more.setText(tr("The first {n} of them.", n=formats.count(len(rows))) if whole > len(rows) else "")
        self.more.setVisible(bool(self.more.text()))
        self.fit()

    def _put(self, widget: QWidget) -> None:
        """Above the table."""
        self.column.insertWidget(self.column.indexOf(self.card), widget)

    # ---- what stands against it

    def _show_touched(self, seen: Undoing) -> None:
        count, orders = len(seen.touched), len({one.number for one in seen.touched})
        if seen.at_least:
            words = tr("At least {n} of its values were touched since", n=formats.count(count))
        else:
            words = trn("{n} of its values was touched since", "{n} of its values were touched since", count)
        if seen.later:
            comma = "、" if language() == "zh" else ", "
            more = tr(
                "It is taken back whole or not at all, so nothing was changed. Take back the later files first, the latest before: {batches}.",
                batches=comma.join(seen.later),
            )
        else:
            more = trn(
                "It is taken back whole or not at all, so nothing was changed. Edit this {n} order by hand where it must be otherwise.",
                "It is taken back whole or not at all, so nothing was changed. Edit these {n} orders by hand where they must be otherwise.",
                orders,
            )
        self._put(Band("bad", words, more))
        self._fill(TOUCHED_COLUMNS, touched_rows(seen.touched, self.context.now(), self.context.zone), len(seen.touched))
        self.copy_button.show()
        self.verb_button.hide()
        self.cancel_button.setText(tr("Close"))
        self.note.setText(tr("Enter opens the order"))
        self.table.setFocus()

    def copy(self) -> None:
        """The list as lines of text, for a spreadsheet or a colleague."""
        shown = (self.model.row_at(place) for place in range(self.model.rowCount()))
        rows = [(row.number, row.field, row.now) for row in shown if row is not None]
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows))
        self.context.notify(trn("Copied {n} row", "Copied {n} rows", len(rows)))

    def _open(self, identity: int) -> None:
        row = self.model.row_at(self.model.row_of(identity))
        if row is not None and row.number and self.batch.kind not in {"goods", "counts"}:
            self.reject()
            self.context.go("orders", search=row.number, tab="all")

    # ---- doing it

    def tell(self) -> None:
        """Say what the verb will do, or what is missing."""
        if self.seen is None:
            self.set_verb(tr("Looking…"), enabled=False)
        elif not self.reason.text():
            self.set_verb(tr("Say why"), enabled=False)
        else:
            self.set_verb(tr("Take back {batch}", batch=self.batch.label))

    def submit(self) -> None:
        """In the status bar with its progress; until it is through nothing is changed."""
        from services.commands.undo_import import UndoImport

        if self.seen is None or not self.seen.possible or not self.reason.text():
            return
        title = tr("Taking back {file}", file=self.batch.file_name)
        self.context.runner.change(UndoImport(self.batch.id), self.reason.text(), title).then(partial(tell_undone, self.context))
        self.accept()

    def _not_seen(self, error: Exception) -> None:
        self.waiting.hide()
        self.verb_button.hide()
        self.cancel_button.setText(tr("Close"))
        self.refuse(error_words(error))


def tell_undone(context: AppContext, outcome: Outcome[Any]) -> None:
    """What went and what was put back, in one sentence."""
    undone = outcome.value
    said = []
    if undone.orders_removed:
        said.append(trn("{n} order gone", "{n} orders gone", undone.orders_removed))
    if undone.orders_restored:
        said.append(trn("{n} order as before", "{n} orders as before", undone.orders_restored))
    if undone.money_reversed:
        said.append(trn("{n} money entry reversed", "{n} money entries reversed", undone.money_reversed))
    if undone.stock_reversed:
        said.append(trn("{n} stock movement reversed", "{n} stock movements reversed", undone.stock_reversed))
    if undone.skus_removed:
        said.append(trn("{n} SKU gone", "{n} SKUs gone", undone.skus_removed))
    comma, colon = ("，", "：") if language() == "zh" else (", ", ": ")
    words = tr("Taken back: {batch}", batch=undone.batch)
    context.notify(words + (colon if language() == "zh" else " – ") * bool(said) + comma.join(said))
