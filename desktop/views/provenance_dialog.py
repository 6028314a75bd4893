"""Where every value of an order comes from: the list at the left, at the right the chosen value's file, deed, lock, and the raw row as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, later, tr, trn
from desktop.models.column import Column, Kind
from desktop.models.provenance_lines import SOURCE_COLUMNS, SourceLine, sign_words, source_lines
from desktop.models.simple_table import SimpleTable
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.copying import safe
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band, Fact, empty_layout
from desktop.views.widgets.table import TableView
from services.words import term
from services.words.provenance import deed_of, place_of, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.order_card import OrderCardRow
    from services.queries.provenance import FileSource, KeptRow, Provenance

WIDTH, SIDE, ROOM = 1240, 372, 250
"""The dialog, its right part, and what head, foot and margins take of the window's height."""

PARTS = frozenset({"line", "parcel", "case", "money", "booking", "discount"})
"""They are told by a whole row, not by one cell of it."""


@dataclass(frozen=True, slots=True)
class RawCell:
    id: int
    heading: str
    cell: str


RAW_COLUMNS = (
    Column("heading", later("Heading"), Kind.SOFT, lambda row: row.heading, width=138),
    Column("cell", later("Cell"), Kind.TEXT, lambda row: row.cell, width=0),
)


class ProvenanceDialog(DialogBase):
    """Only tells. `read()` asks for it; the arrows go through the values."""

    def __init__(self, parent: QWidget, context: AppContext, card: OrderCardRow) -> None:
        room = parent.window()
        super().__init__(
            parent,
            tr("Where the values come from"),
            tr("Order {number}", number=card.number),
            width=max(860, min(WIDTH, room.width() - 64)),
        )
        self._context, self.card = context, card
        self._told: Provenance | None = None
        self._task: Task | None = None
        self._kept: dict[tuple[int, int], KeptRow] = {}
        self._line: SourceLine | None = None
        height = max(320, min(600, room.height() - ROOM))
        self.model = SimpleTable(SOURCE_COLUMNS, parent=self)
        self.table = TableView(self.model, tr("Values and where they come from"))
        self.table.current_changed.connect(self._choose)
        self.table.noticed.connect(context.notify)
        left = QFrame()
        left.setProperty("box", "card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        left.setFixedHeight(height)
        side = QWidget()
        side.setFixedSize(SIDE, height)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(5)
        column.addLayout(self.facts)
        self.raw_title = Label("", "label")
        self.raw = SimpleTable(RAW_COLUMNS, parent=self)
        self.raw_table = TableView(self.raw, tr("The row as it was read"))
        self.raw_table.noticed.connect(context.notify)
        self.raw_box = QFrame()
        self.raw_box.setProperty("box", "card")
        inside = QVBoxLayout(self.raw_box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.raw_table)
        listed = Button(tr("Export…"), self._export, icon="export", height=34)
        listed.setAutoDefault(False)
        self.extra.addWidget(listed)
        self.copy_button = Button(tr("Copy this row"), self._copy, icon="copy", height=28)
        row = QHBoxLayout()
        row.addWidget(self.raw_title, 1)
        row.addWidget(self.copy_button)
        column.addLayout(row)
        column.addWidget(self.raw_box, 1)
        column.addStretch()
        for part in (self.raw_title, self.raw_box, self.copy_button):
            part.hide()
        whole = QHBoxLayout()
        whole.setSpacing(20)
        whole.addWidget(left, 1)
        whole.addWidget(side)
        self.column.addLayout(whole)
        self.table.setFocus()

    def read(self) -> ProvenanceDialog:
        from services.queries.provenance import OrderProvenance

        self._context.runner.query(OrderProvenance(self.card.id)).then(self.show_told, self._failed)
        return self

    def _failed(self, error: Exception) -> None:
        self.refuse(error_words(error))

    def show_told(self, told: Provenance) -> None:
        self._told = told
        lines = source_lines(self.card, told, self._context.zone)
        self.model.set_rows(lines)
        files = {one.origin.file.batch_id for one in lines if one.origin.kind == "file" and one.origin.file is not None}
        locked = sum(one.origin.locked for one in lines)
        said = [tr("Order {number}", number=self.card.number), trn("{n} value", "{n} values", len(lines))]
        if files:
            said.append(trn("from {n} file", "from {n} files", len(files)))
        if locked:
            said.append(trn("{n} locked by an edit", "{n} locked by edits", locked))
        self.sub.setText(("·" if language() == "zh" else " · ").join(said))
        self.table.go_to(next((one.id for one in lines if one.origin.differs is not None), 0))
        self.table.setFocus()

    # ---- one value

    def _choose(self, place: int) -> None:
        if self._task is not None:
            self._task.cancel()
        line = self.model.row_at(place) if 0 <= place < self.model.rowCount() else None
        self._line = line
        empty_layout(self.facts)
        if line is None:
            return
        origin, zone, said = line.origin, self._context.zone, language()
        self.facts.addWidget(Label(line.name, "strong"))
        self.facts.addWidget(Label(line.value, "body2", wrap=True, copy=True))
        self._facts(line)
        if origin.differs is not None:
            words = tr("A file says otherwise: {value}", value=origin.differs.theirs or tr("nothing"))
            more = tr("{place}. It waits for your decision; until then the value here stays.", place=place_of(origin.differs.file, said))
            self.facts.addWidget(Band("warn", words, more, tr("Decide"), partial(self._decide, origin.differs.id)))
        elif origin.locked:
            self.facts.addWidget(Band("info", tr("Locked"), sign_words(origin), icon="lock"))
        file = self._file_of(line)
        if file is None or not file.row:
            self._show_raw(None)
        elif (file.batch_id, file.row) in self._kept:
            self._show_raw(self._kept[file.batch_id, file.row])
        else:
            from services.queries.provenance import RawRow

            self._task = self._context.runner.query(RawRow(file.batch_id, file.row))
            self._task.then(self._take_raw, self._failed)
        if origin.kind == "edited" and origin.file is not None and origin.differs is None:
            time = time_of(origin.file.file_time, zone)
            self.facts.addWidget(
                Label(tr("The last file before: {place}, {time}", place=place_of(origin.file, said), time=time), "label", wrap=True)
            )

    def _decide(self, conflict: int) -> None:
        """Leave for the list of conflicts, at this one."""
        self.accept()
        self._context.go("worklists", tab="conflicts", search=self.card.number, id=conflict)

    @staticmethod
    def _file_of(line: SourceLine) -> FileSource | None:
        """The row to be shown: of the file that waits, else of the one that told it."""
        return line.origin.differs.file if line.origin.differs is not None else line.origin.file

    def _facts(self, line: SourceLine) -> None:
        origin, zone, said = line.origin, self._context.zone, language()
        if origin.kind == "edited":
            self.facts.addWidget(Label(deed_of(origin, said, zone), "body2", wrap=True))
            return
        if origin.kind != "file" or origin.file is None:
            words = line.source
            self.facts.addWidget(Label(words, "body2", wrap=True))
            return
        file = origin.file
        self._fact(tr("File"), file.file_name)
        if file.sheet:
            self._fact(tr("Sheet"), file.sheet)
        if file.row:
            self._fact(tr("Row"), formats.count(file.row))
        self._fact(tr("The file's time"), time_of(file.file_time, zone))
        self._fact(tr("Imported"), f"{file.batch}  {time_of(file.imported_at, zone)}")
        for cell in file.cells if line.key[0] not in PARTS else ():
            words = cell.heading + ("：" if said == "zh" else ": ") + (cell.value.strip() or tr("nothing"))
            self.facts.addWidget(Label(words, "body2", wrap=True, copy=True))
        if file.kind:
            self.facts.addWidget(Label(term("authority", file.kind, said), "label", wrap=True))

    def _fact(self, name: str, words: str) -> None:
        self.facts.addWidget(Fact(name, words))

    # ---- the row

    def _take_raw(self, kept: KeptRow) -> None:
        self._kept[kept.file.batch_id, kept.file.row] = kept
        self._show_raw(kept)

    def _show_raw(self, kept: KeptRow | None) -> None:
        there = kept is not None and bool(kept.cells)
        for part in (self.raw_box, self.copy_button):
            part.setVisible(there)
        self.raw_title.setVisible(kept is not None)
        if kept is None:
            return
        self.raw_title.setText(
            tr("Row {row} as it was read", row=formats.count(kept.file.row)) if there else tr("The raw rows of this file are not kept.")
        )
        told = self._line.origin.file.cells if self._line is not None and self._line.origin.file is not None else ()
        here = {cell.heading for cell in told} if self._line is not None and self._line.key[0] not in PARTS else set()
        self.raw.set_rows([RawCell(place, cell.heading, cell.value) for place, cell in enumerate(kept.cells)])
        self.raw_table.go_to(next((place for place, cell in enumerate(kept.cells) if cell.heading in here), 0))
        QTimer.singleShot(0, self, self._centre_raw)

    def _centre_raw(self) -> None:
        """Once the facts above have their height: the telling cell in the middle of what is left."""
        self.raw_table.scrollTo(self.raw_table.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _export(self) -> None:
        from desktop.views.export_dialog import export_shown

        export_shown(self, self._context, "sources", tr("Values and where they come from"), self.model)

    def _copy(self) -> None:
        rows: Iterable[Any] = (self.raw.row_at(place) for place in range(self.raw.rowCount()))
        QGuiApplication.clipboard().setText("\n".join(f"{one.heading}\t{safe(' '.join(one.cell.split()))}" for one in rows))
        self._context.notify(tr("Copied the row as it stands in the file"))


def show_provenance(parent: QWidget, context: AppContext, card: OrderCardRow) -> ProvenanceDialog:
    dialog = ProvenanceDialog(parent, context, card)
    dialog.open()
    dialog.read()
    return dialog
