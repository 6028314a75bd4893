"""What came in when: every imported file with its counts, what stayed out of it and why, its report, and the way to take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from desktop.actions import action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.batch_columns import BatchSource, batch_columns
from desktop.models.paged_table import PagedTable, changed_ids
from desktop.views.batch_panel import BatchPanel
from desktop.views.list_page import ListPage
from desktop.views.widgets.buttons import Button, PrimaryButton
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.selection_bar import SelectionBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs
from services.errors import DeskError
from services.words import say

if TYPE_CHECKING:
    from desktop.runner import Task
    from desktop.views.widgets.dialog import DialogBase
    from services.queries.batch_rows import BatchFile


class ImportsPage(ListPage):
    tables: ClassVar[tuple[str, ...]] = ("import_batch", "import_conflict", "orders")
    panel: BatchPanel

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.source = BatchSource()
        self._counted: Mapping[str, int] = {}
        self._card: Task | None = None
        tabs = Tabs([("all", tr("All")), ("doubts", tr("To look at")), ("undone", tr("Taken back"))], tr("Imports"))
        tabs.add_right(Button(tr("Export"), self.export, icon="export", height=32))
        tabs.add_right(PrimaryButton(tr("Import…"), self._import, icon="import"))
        self.put_head(tabs, SearchBar(tr("File name, batch, what it is…"), tr("Search imports")))
        model = PagedTable(batch_columns(context.now, lambda: context.zone), self.source, context.runner, self)
        self.put_table(model, TableView(model, tr("Imports"), context.prefs, "imports"))
        self.table.opened.connect(lambda _id: self.show_lines(""))
        self.put_foot(SelectionBar())
        deeds: dict[str, Callable[..., object]] = {
            "orders": self.show_orders,
            "undo": self.take_back,
            "report": self.save_report,
            "lines": self.show_lines,
            "decide": self.decide,
        }
        self.put_panel(BatchPanel(context, deeds))
        action(self, tr("Take back…"), self.take_back, icon="refresh", shortcut="Ctrl+Shift+U", menu="file")
        action(self, tr("Save report…"), self.save_report, icon="file", menu="file")

    # ---- what is shown

    def read_counts(self) -> None:
        from services.queries.batch_rows import CountBatches

        self.ask("counts", CountBatches(), self._show_counts)

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        self._counted = counts
        self.tabs.set_counts(counts)
        self.tell_foot()

    def change_tab(self, tab: str) -> None:
        self.source.tab = tab
        super().change_tab(tab)

    def refresh(self, changes: Changes) -> None:
        self.read_counts()
        self.model.refresh(None if "import_conflict" in changes else changed_ids(changes, "import_batch"))
        self.show_detail(self.table.current_id())

    def show_detail(self, row_id: int) -> None:
        if self._card is not None:
            self._card.cancel()
        if row_id < 0:
            self.panel.show_batch(None)
            return
        from services.queries.batch_rows import BatchCard

        self._card = self.context.runner.query(BatchCard(row_id))
        self._card.then(self.panel.show_batch)

    def tell_foot(self) -> None:
        self.foot.show_summary(trn("{n} file", "{n} files", self.model.rowCount()))

    def empty(self) -> EmptyState:
        if self.bar.text():
            words = tr("No imported file fits “{words}”.", words=self.bar.text())
            return EmptyState("search", tr("Nothing found"), words, Button(tr("Clear the search"), self.bar.clear))
        if self.tab == "doubts":
            return EmptyState(
                "check-circle", tr("Nothing to look at"), tr("No row of the imported files stayed out, and nothing is to be decided.")
            )
        if self.tab == "undone":
            return EmptyState(
                "refresh",
                tr("Nothing was taken back"),
                tr("An import that was a mistake can be taken back whole, as long as nobody touched its values."),
            )
        words = tr("Export your orders from the platform and import the file here; whatever it does can be taken back.")
        return EmptyState("import", tr("Nothing imported yet"), words, PrimaryButton(tr("Import…"), self._import, icon="import"))

    # ---- deeds on the file shown

    def _shown(self, then: Callable[[BatchFile], object]) -> None:
        if self.panel.batch is not None:
            then(self.panel.batch)

    def _import(self) -> None:
        from desktop.views.today import choose_files

        choose_files(self, self.context)

    def show_orders(self) -> None:
        """The orders of which this file spoke last."""
        self._shown(lambda batch: self.context.go("orders", search=f"import:{batch.row.label}", tab="all"))

    def decide(self) -> None:
        self._shown(lambda batch: self.context.go("worklists", tab="conflicts", search=batch.row.file_name))

    def show_lines(self, part: str) -> None:
        """All lines of a part of the report; "" is the first that there is."""
        from desktop.models.batch_columns import PARTS
        from desktop.views.batch_lines import BatchLinesDialog

        batch = self.panel.batch
        if batch is None:
            return
        chosen = part or next((one for one in PARTS if batch.part(one)), "")
        if chosen:
            self.open_dialog(BatchLinesDialog(self, self.context, batch, chosen))
        else:
            self.context.notify(tr("Every row of it came in, and nothing is to be looked at."), "info")

    def take_back(self) -> DialogBase | None:
        """Look what taking the file shown back would do, and ask."""
        from desktop.views.batch_undo import UndoDialog

        batch = self.panel.batch
        if batch is None:
            return None
        if batch.stands:
            self.context.notify(say(batch.stands, language(), batch=batch.row.label), "warn")
            return None
        dialog = UndoDialog(self, self.context, batch.row)
        self.open_dialog(dialog)
        dialog.read()
        return dialog

    def save_report(self) -> None:
        from desktop.views.batch_lines import ask_report

        self._shown(lambda batch: ask_report(self, self.context, batch, self._saved, self._not_saved))

    def _saved(self, written: Any) -> None:
        self.context.notify(tr("Report saved: {file}", file=written.file.name))

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.context.notify(error_words(error), "warn")
        else:
            self.context.runner.failed.emit(error)

    def export(self) -> DialogBase | None:
        """The files of this tab as a table."""
        from desktop.views.export_dialog import export_list
        from services.exports.registry import table_of

        ids = self.model.all_ids()
        if not len(ids):
            return None
        return self.open_dialog(export_list(self, self.context, table_of("imports", self.context.zone), ids, len(ids)))

    # ---- pictures

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        from desktop.views.batch_pictures import picture_of_lines, picture_of_list, picture_of_refused, picture_of_undo

        return (
            ("list", partial(picture_of_list, self)),
            ("lines", partial(picture_of_lines, self)),
            ("undo", partial(picture_of_undo, self)),
            ("undo-refused", partial(picture_of_refused, self)),
        )
