"""What every page with a list is: tabs with counts, a search bar, the table, the foot with what is chosen, and the detail at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.context import AppContext
from desktop.errors import error_words
from desktop.theme import MARGIN
from desktop.views.page import Page
from services.errors import DeskError

if TYPE_CHECKING:
    from desktop.models.paged_table import PagedTable
    from desktop.runner import Task
    from desktop.views.widgets.dialog import DialogBase
    from desktop.views.widgets.empty_state import EmptyState
    from desktop.views.widgets.panel import Panel
    from desktop.views.widgets.search_bar import SearchBar
    from desktop.views.widgets.selection_bar import SelectionBar
    from desktop.views.widgets.table import TableView
    from desktop.views.widgets.tabs import Tabs


class ListPage(Page):
    """A list and the detail of its current row. A page says what stands in each part, from the top down, and what its rows mean.

        class ParcelsPage(ListPage):
            tables = ("parcel", "parcel_order")
            panel: ParcelPanel
            def __init__(self, context):
                super().__init__(context)
                tabs = Tabs([("moving", tr("On the way")), ("all", tr("All"))], tr("Parcels"))
                self.put_head(tabs, SearchBar(tr("Tracking number, buyer…"), tr("Search parcels")))
                model = PagedTable(PARCEL_COLUMNS, ParcelSource(), context.runner, self)
                self.put_table(model, TableView(model, tr("Parcels"), context.prefs, "parcels"))
                self.put_foot(SelectionBar(PrimaryButton(tr("Track"), self._track)))
                self.put_panel(ParcelPanel(context))
            def show_detail(self, row_id): ...                  # −1: nothing
            def empty(self): ...                                # what to do next when nothing is found
            def tell_foot(self): ...                            # how many there are, or what is chosen

    It overrides what goes another way there: `read_counts` (of the tabs and the rail), `show_rows` (other facts of the source, a sort),
    `change_tab` (other columns), `settle` (what else follows a result), `refused` (a search that can't be understood), `navigate`
    (facts besides search, tab and id; it ends in `seek`) and `refresh` (which ids of the table changed).
    """

    tabs: Tabs
    bar: SearchBar
    model: PagedTable
    table: TableView
    foot: SelectionBar
    panel: Panel

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.dialog: DialogBase | None = None
        self._wanted = -1
        self._tasks: dict[str, Task] = {}
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self._whole.addLayout(self.column, 1)

    def put_head(self, tabs: Tabs, bar: SearchBar, *beside: QWidget) -> None:
        """The tabs (the first one to be shown chosen already), and under them the search bar with what stands beside it."""
        self.tabs, self.bar = tabs, bar
        tabs.changed.connect(self.change_tab)
        bar.searched.connect(lambda _words: self.show_rows())
        box = QWidget()
        around = QHBoxLayout(box)
        around.setContentsMargins(MARGIN, 9, MARGIN, 9)
        around.setSpacing(8)
        for widget in (bar, *beside):
            around.addWidget(widget, 1 if widget is bar else 0)
        self.column.addWidget(tabs)
        self.column.addWidget(box)

    def put_table(self, model: PagedTable, table: TableView, within: QWidget | None = None) -> None:
        """The table; `within` is what holds it, on a page that sometimes shows another thing in its place."""
        self.model, self.table = model, table
        table.current_changed.connect(self.show_detail)
        table.noticed.connect(self.context.notify)
        model.loaded.connect(self.settle)
        model.failed.connect(self.failed)
        self.column.addWidget(within or table, 1)

    def put_foot(self, foot: SelectionBar) -> None:
        self.foot = foot
        foot.clear.clicked.connect(self.model.selection.clear)
        self.column.addWidget(foot)

    def put_panel(self, panel: Panel) -> None:
        self.panel = panel
        panel.stepped.connect(self.step)
        panel.closed.connect(self.fold)
        self._whole.addWidget(panel)

    @property
    def tab(self) -> str:
        return self.tabs.current

    def load(self) -> None:
        self.read_counts()
        self.show_rows()

    def activate(self) -> None:
        self.table.setFocus()

    def navigate(self, **facts: Any) -> None:
        """`search`, `tab` (else "all"), `id` of the row to be current."""
        self.seek(str(facts.get("search", "")), str(facts.get("tab") or "all"), int(facts.get("id", -1)))

    def place(self) -> dict[str, Any]:
        return {"search": self.bar.text(), "tab": self.tab, "id": self.table.current_id()}

    def seek(self, words: str, tab: str, wanted: int = -1, anew: bool = False) -> None:
        """Search for `words` on `tab` (the present one if there is no such tab) in one go; the row `wanted` becomes current when it is there."""
        self._wanted = wanted
        with QSignalBlocker(self.bar):
            self.bar.set_text(words)
        if tab != self.tab and tab in self.tabs.keys:
            self.tabs.choose(tab)
        else:
            self.show_rows(anew)

    def detail(self) -> QWidget:
        return self.panel

    def search_field(self) -> QWidget:
        return self.bar

    def read_counts(self) -> None:
        """Ask for the counts on the tabs."""

    def change_tab(self, _tab: str) -> None:
        self.show_rows(anew=True)

    def show_rows(self, anew: bool = False) -> None:
        """Ask for the rows of the tab and the search; `anew` if they are others than those shown, though the words are the same."""
        self.bar.show_trouble("")
        self.model.show(self.bar.text(), anew=anew)

    def settle(self, count: int, first: bool = False) -> None:
        """The result stands: the row asked for is current, else the one of before, else the first (`first`: that one in any case)."""
        wanted, self._wanted = self._wanted, -1
        if not count:
            self.table.set_empty(self.empty())
            self.show_detail(-1)
        elif not (wanted >= 0 and self.table.go_to(wanted)) and (first or self.table.current_id() < 0):
            self.table.go_to(self.model.id_at(0))
        self.tell_foot()

    def failed(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.refused(error)
        else:
            self.context.runner.failed.emit(error)

    def refused(self, error: DeskError) -> None:
        """The search can't be answered; the rows of before stay."""
        self.bar.show_trouble(error_words(error))
        self.context.notify(error_words(error), "warn")

    def empty(self) -> EmptyState:
        """What is shown instead of rows: what to do next."""
        raise RuntimeError

    def tell_foot(self) -> None:
        """Say in the foot how many there are, or what is chosen."""

    def show_detail(self, row_id: int) -> None:
        """Show the row in the panel; −1: none."""
        raise RuntimeError(row_id)

    def step(self, by: int) -> None:
        self.table.step(by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the panel goes back to the rows."""
        if event.key() == Qt.Key.Key_Escape and any(one.hasFocus() for one in self.panel.findChildren(QWidget)):
            self.activate()
        else:
            super().keyPressEvent(event)

    def fold(self) -> None:
        self.panel.hide()
        self.context.prefs.set_flag("window/detail", False)
        self.activate()

    def ask(self, key: str, query: Any, then: Callable[[Any], object]) -> None:
        """Ask anew; the answer to an older question of the same key is dropped."""
        if key in self._tasks:
            self._tasks[key].cancel()
        self._tasks[key] = self.context.runner.query(query)
        self._tasks[key].then(then)

    def open_dialog(self, dialog: DialogBase) -> DialogBase:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()
        return dialog

    def _forget(self) -> None:
        self.dialog = None
