"""The open list of the dialog before an import: a search over it, its fields to choose from, the rows, and the one that was opened below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.import_lists import Listing, Subject
from desktop.models.import_sheet import Sheet, sheet_of
from desktop.models.paged_table import PagedTable
from desktop.models.simple_table import SimpleTable
from desktop.theme import row_height
from desktop.views.widgets.buttons import Combo, QuietButton
from desktop.views.widgets.labels import Elided, Label
from desktop.views.widgets.panel import empty_layout
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.table_header import HEADER_HEIGHT

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.imports.plan import ImportPlan

LEAST, LEAST_BESIDE = 4, 3
"""Rows that are shown at least, and above an opened one."""
SHEET_ROWS = 7


class ImportList(QWidget):
    """`show_list(listing, plan, name, room)`. Enter, Space or a double click open a row below the list; Esc or × fold it again."""

    opened = Signal(bool)
    """A row was opened below, or folded."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.listing: Listing[Any] | None = None
        self.sheet: Sheet | None = None
        self._plan: ImportPlan | None = None
        self._room = LEAST
        self._task: Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.filters = QWidget()
        row = QHBoxLayout(self.filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.search = SearchBar(tr("Order, field, value…"), tr("Search this list"))
        self.search.searched.connect(self._search)
        row.addWidget(self.search, 1)
        self.facets = Combo((), tr("Only one field"))
        self.facets.setMinimumWidth(160)
        self.facets.activated.connect(self._narrow)
        row.addWidget(self.facets)
        self.found = Label("", "label")
        self.found.setMinimumWidth(64)
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.found)
        column.addWidget(self.filters)
        self.model = PagedTable((), _nothing(), context.runner, self)
        self.table: TableView | None = None
        self._card = _card()
        column.addWidget(self._card)
        self.sheet_table: TableView | None = None
        self.sheet_box = QWidget()
        self.sheet_box.hide()
        below = QVBoxLayout(self.sheet_box)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.sheet_title = Elided("", bold=True)
        head.addWidget(self.sheet_title, 1)
        self.fold_button = QuietButton(icon="close", name=tr("Fold the opened row"), run=self.fold)
        self.fold_button.setAutoDefault(False)
        head.addWidget(self.fold_button)
        below.addLayout(head)
        self.sheet_model = SimpleTable((), parent=self)
        self._sheet_card = _card()
        below.addWidget(self._sheet_card)
        column.addWidget(self.sheet_box)

    # ---- which list

    def show_list(self, listing: Listing[Any] | None, plan: ImportPlan | None, name: str, count: int, room: int) -> None:
        """Open a list of `count` things, with about `room` rows to be seen. A row that was open is folded."""
        self.fold()
        self.listing, self._plan, self._room = listing, plan, max(LEAST, room)
        if self._task is not None:
            self._task.cancel()
        self.setVisible(listing is not None)
        if listing is None:
            return
        listing.facet = ""
        self.search.field.clear()
        self.facets.clear()
        self.facets.addItem(tr("All fields"), "")
        for facet in listing.facets:
            self.facets.addItem(f"{facet.words} {formats.count(facet.count)}", facet.key)
        self.facets.setVisible(len(listing.facets) > 1)
        self.facets.updateGeometry()
        self.filters.setVisible(count > 1)
        old = self.model
        self.model = PagedTable(listing.columns, listing, self.context.runner, self)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        empty_layout(_layout(self._card))
        old.deleteLater()
        self.table = TableView(self.model, name)
        self.table.opened.connect(self.open)
        self.table.previewed.connect(self.open)
        self.table.current_changed.connect(self._follow)
        _layout(self._card).addWidget(self.table)
        self.model.show(search="", anew=True)
        self._take_height(self.model.rowCount() or count)

    def _take_height(self, count: int) -> None:
        if self.table is not None:
            most = min(self._room, LEAST_BESIDE) if self.sheet is not None else self._room
            self.table.setFixedHeight(HEADER_HEIGHT + max(1, min(count, most)) * row_height() + 2)

    def _search(self, words: str) -> None:
        self.model.show(search=words)

    def _narrow(self, place: int) -> None:
        if self.listing is not None:
            self.listing.facet = str(self.facets.itemData(place) or "")
            self.model.show(anew=True)

    def _loaded(self, count: int) -> None:
        filtered = bool(self.model.search or (self.listing and self.listing.facet))
        self.found.setText(trn("{n} row", "{n} rows", count) if count or filtered else "")
        if not filtered:
            self._take_height(count)

    def _failed(self, error: Exception) -> None:
        self.found.setText(error_words(error))

    # ---- a row looked at closely

    def open(self, identity: int) -> None:
        """Show all that there is to see of a row below the list; of the open one, fold it."""
        if self.listing is None or self._plan is None or identity < 0:
            return
        if self._task is not None:
            self._task.cancel()
        subject = self.listing.subject(identity)
        self._task = self.context.runner.query(partial(sheet_of, self._plan, subject, language()))
        self._task.then(self._show_sheet, self._failed)

    def _follow(self, identity: int) -> None:
        if self.sheet is not None:
            self.open(identity)

    def _show_sheet(self, sheet: Sheet) -> None:
        first = self.sheet is None
        self.sheet = sheet
        self.sheet_title.setText(sheet.title)
        self.sheet_model.set_rows(())
        self.sheet_model.set_columns(sheet.columns)
        self.sheet_model.set_rows(sheet.rows)
        empty_layout(_layout(self._sheet_card))
        table = TableView(self.sheet_model, sheet.title)
        table.setFixedHeight(HEADER_HEIGHT + max(1, min(len(sheet.rows), SHEET_ROWS)) * row_height() + 2)
        _layout(self._sheet_card).addWidget(table)
        self.sheet_table = table
        self.sheet_box.show()
        if first:
            self._take_height(self.model.rowCount())
            self.opened.emit(True)
            if self.table is not None:
                self.table.scrollTo(self.table.currentIndex())

    def fold(self) -> None:
        """Take the opened row away."""
        if self._task is not None:
            self._task.cancel()
        if self.sheet is None:
            return
        self.sheet = None
        self.sheet_box.hide()
        self._take_height(self.model.rowCount())
        if self.table is not None:
            self.table.setFocus()
        self.opened.emit(False)

    def let_go(self) -> list[Any]:
        """What it lists, which is dropped here: the dialog is closed."""
        held = [self.listing, self._plan, self.model.source]
        self.listing = self._plan = None
        self.model.source = _nothing()
        return held

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sheet is not None:
            self.fold()
            return
        super().keyPressEvent(event)


def _nothing() -> Listing[Subject]:
    return Listing((), (), lambda _place, one: one, lambda one: one)


def _card() -> QFrame:
    card = QFrame()
    card.setProperty("box", "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(1, 1, 1, 1)
    return card


def _layout(card: QFrame) -> QVBoxLayout:
    layout = card.layout()
    if not isinstance(layout, QVBoxLayout):
        raise TypeError(layout)
    return layout
