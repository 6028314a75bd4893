"""The tags in use: how many orders have each, its colour, another name, one taken off all orders. Each is one command on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import later, tr, trn
from desktop.models.column import Column, Kind, Pill
from desktop.models.simple_table import SimpleTable
from desktop.tag_colours import TONES, tag_colours
from desktop.theme import row_height
from desktop.views.widgets.buttons import DANGER, Button
from desktop.views.widgets.dialog import DialogBase, Question
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label, rule
from desktop.views.widgets.swatches import Swatches
from desktop.views.widgets.table import TableView

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.tag_rows import TagRow

MOST_LETTERS = 20
ROWS, HEADER = 8, 32


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    name: str
    colour: int
    orders: int


COLUMNS = (
    Column("name", later("Tag"), Kind.PILLS, lambda row: Pill(row.name, TONES[row.colour]), sort="name", width=0),
    Column("orders", later("Orders"), Kind.QUANTITY, lambda row: row.orders, sort="orders", width=96),
)


class TagsDialog(DialogBase):
    """At the left the tags, below them what can be done with the current one."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        super().__init__(parent, tr("Tags"), tr("Coloured, renamed or removed on all orders at once"), width=560)
        self.context = context
        self._rows: tuple[_Row, ...] = ()
        self._wanted = ""
        self.model = SimpleTable(COLUMNS, parent=self)
        self.table = TableView(self.model, tr("Tags"))
        self.table.setFixedHeight(HEADER + ROWS * row_height() + 2)
        self.table.set_empty(EmptyState("tag", tr("No tags yet"), tr("Give orders tags: choose them and press Ctrl+E.")))
        self.table.current_changed.connect(lambda _id: self._show_current())
        self.column.addWidget(self.table)
        self.column.addWidget(rule())
        self.column.addWidget(self._form())
        self.form.setEnabled(False)
        listed = Button(tr("Export…"), self._export, icon="export", height=34)
        listed.setAutoDefault(False)
        self.extra.addWidget(listed)
        context.changes.subscribe(("tag", "orders"), lambda _changes: self.read(), self)
        self.read()

    def _form(self) -> QWidget:
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.name = QLineEdit()
        self.name.setMaxLength(MOST_LETTERS)
        self.name.textChanged.connect(lambda _text: self._tell())
        self.rename_button = Button(tr("Rename"), self._rename)
        column.addWidget(FormRow(tr("Name"), self.name, self.rename_button))
        self.merging = Label("", "label", wrap=True)
        column.addWidget(FormRow("", self.merging))
        self.colour = Swatches(0, tr("Colour"))
        self.colour.chosen.connect(self._colour)
        column.addWidget(FormRow(tr("Colour"), self.colour))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.show_button = Button(tr("Show its orders"), self._show_orders, icon="search")
        self.remove_button = Button(tr("Remove from all orders…"), self._ask_removal, icon="trash", role=DANGER)
        row.addWidget(self.show_button)
        row.addStretch()
        row.addWidget(self.remove_button)
        column.addLayout(row)
        return self.form

    def _export(self) -> None:
        from desktop.views.export_dialog import export_shown

        export_shown(self, self.context, "tags", tr("Tags"), self.model)

    # ---- what is shown

    def read(self) -> None:
        from services.queries.tag_rows import TagRows

        self.context.runner.query(TagRows()).then(self._show)

    def _show(self, rows: Sequence[TagRow]) -> None:
        current = self._wanted or (self.current.name if self.current is not None else "")
        self._wanted = ""
        self._rows = tuple(
            _Row(place, row.name, row.colour if row.colour is not None else tag_colours().colour(row.name), row.orders)
            for place, row in enumerate(rows)
        )
        self.model.set_rows(self._rows)
        again = next((row.id for row in self._rows if row.name == current), self._rows[0].id if self._rows else -1)
        if again >= 0:
            self.table.go_to(again)
        self._show_current()

    @property
    def current(self) -> _Row | None:
        found = self.table.current_id()
        return next((row for row in self._rows if row.id == found), None)

    def _show_current(self) -> None:
        row = self.current
        self.form.setEnabled(row is not None)
        self.name.setText(row.name if row is not None else "")
        self.colour.blockSignals(True)
        self.colour.choose(row.colour if row is not None else 0)
        self.colour.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        """Say what renaming would do: a name that is there merges both."""
        row, name = self.current, " ".join(self.name.text().split())
        other = next((one for one in self._rows if one.name == name), None)
        merges = row is not None and other is not None and other is not row
        self.rename_button.setText(tr("Merge") if merges else tr("Rename"))
        self.rename_button.setEnabled(row is not None and bool(name) and other is not row)
        if merges and other is not None:
            words = tr("“{name}” is there already: all these orders get that tag instead.", name=other.name)
        elif row is not None:
            words = trn("{n} order has this tag.", "{n} orders have this tag.", row.orders)
        else:
            words = ""
        self.merging.setText(words)
        self.show_button.setEnabled(row is not None and row.orders > 0)

    # ---- deeds

    def _change(self, command: Any, title: str, wanted: str) -> None:
        self.refuse("")
        self._wanted = wanted
        self.form.setEnabled(False)
        self.context.runner.change(command, title=title).then(self._done, self._failed, self._stopped)

    def _done(self, _outcome: object) -> None:
        self.read()

    def _stopped(self) -> None:
        self._wanted = ""
        self._show_current()

    def _failed(self, error: Exception) -> None:
        self._stopped()
        self.refuse(error_words(error))

    def _rename(self) -> None:
        from services.commands.tags import RenameTag

        if self.current is not None:
            new = " ".join(self.name.text().split())
            self._change(RenameTag(self.current.name, new), tr("Renaming the tag {name}", name=self.current.name), new)

    def _colour(self, value: int) -> None:
        from services.commands.tags import ColourTag

        if self.current is not None:
            self._change(ColourTag(self.current.name, value), "", self.current.name)

    def _ask_removal(self) -> None:
        row = self.current
        if row is None:
            return
        words = tr("{n} orders lose it; nothing else of them changes.", n=formats.count(row.orders))
        Question(self, tr("Remove the tag “{name}”?", name=row.name), words, tr("Remove"), partial(self._remove, row.name)).open()

    def _remove(self, name: str) -> None:
        from services.commands.tags import RemoveTag

        self._change(RemoveTag(name), tr("Removing the tag {name}", name=name), "")

    def _show_orders(self) -> None:
        if self.current is not None:
            from services.search.syntax import Field
            from services.search.writer import write

            self.accept()
            self.context.go("orders", search=write(Field("tag", "=", (self.current.name,))), tab="all")
