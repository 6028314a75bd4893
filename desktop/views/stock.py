"""The stock page: what is there, what is set aside, what is missing; receiving, counting, and platform goods to be matched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop import formats
from desktop.actions import action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import language, tr, trn
from desktop.models.paged_table import PagedTable, changed_ids
from desktop.models.stock_columns import STOCK_COLUMNS, TABS, StockSource, UnmatchedSource, unmatched_columns
from desktop.views.adjust_dialog import AdjustDialog
from desktop.views.list_page import ListPage
from desktop.views.match_dialog import MatchDialog
from desktop.views.receive_dialog import ReceiveDialog
from desktop.views.stock_panel import StockPanel
from desktop.views.widgets.buttons import Button, PrimaryButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.selection_bar import SelectionBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs

if TYPE_CHECKING:
    from services.queries.stock_rows import StockCounts

UNMATCHED = "unmatched"


class StockPage(ListPage):
    tables: ClassVar[tuple[str, ...]] = ("sku", "stock_level", "stock_movement", "listing", "order_line", "reservation")
    panel: StockPanel

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.source = StockSource()
        self._counts: StockCounts | None = None
        self._make_head()
        self._make_tables()
        self.match_button = PrimaryButton(tr("Match goods"), self._match, icon="link")
        self.put_foot(SelectionBar(self.match_button))
        self.foot.clear.clicked.connect(self.unmatched.selection.clear)
        self.put_panel(StockPanel(context, {"receive": self._receive_current, "adjust": self._adjust}))
        action(self, tr("Receive goods…"), self._receive, icon="import", shortcut="Ctrl+R", menu="orders")
        action(self, tr("Count or write off…"), self._adjust, icon="edit", shortcut="Ctrl+E", menu="orders")
        action(self, tr("Export the stock…"), self._export, icon="export", shortcut="Ctrl+Shift+X", menu="file")

    def _make_head(self) -> None:
        words = {"all": tr("All goods"), "short": tr("Short"), "low": tr("Low"), "none": tr("None left")}
        tabs = Tabs([*((tab, words[tab]) for tab in TABS), (UNMATCHED, tr("To match"))], tr("Stock"))
        tabs.add_right(Button(tr("Export"), self._export, icon="export"))
        tabs.add_right(PrimaryButton(tr("Receive"), self._receive, icon="scan", height=32))
        self.put_head(tabs, SearchBar(tr("Goods, properties, merchant code, barcode, bin…"), tr("Search stock")))
        self.bar.field.returnPressed.connect(self._go_to_first)

    def _make_tables(self) -> None:
        """The goods, and in their place on the last tab what is to be matched."""
        self.stack = QStackedWidget()
        model = PagedTable(STOCK_COLUMNS, self.source, self.context.runner, self)
        self.put_table(model, TableView(model, tr("Stock"), self.context.prefs, "stock"), self.stack)
        self.table.opened.connect(lambda _id: self._adjust())
        self.stack.addWidget(self.table)
        self.unmatched = PagedTable(unmatched_columns(self.context.now), UnmatchedSource(), self.context.runner, self)
        self.unmatched_table = TableView(self.unmatched, tr("Platform goods to match"), self.context.prefs, "unmatched")
        self.unmatched_table.opened.connect(lambda _id: self._match())
        self.unmatched.loaded.connect(self._unmatched_loaded)
        self.unmatched.failed.connect(self.failed)
        self.unmatched.selection.changed.connect(self.tell_foot)
        self.stack.addWidget(self.unmatched_table)

    # ---- what is shown

    def activate(self) -> None:
        (self.unmatched_table if self.tab == UNMATCHED else self.table).setFocus()

    def refresh(self, changes: Changes) -> None:
        self.read_counts()
        if self.tab == UNMATCHED:
            self.unmatched.refresh(changed_ids(changes, "listing"))
            return
        # A line's shortage or a level may have changed without its SKU's row: what is on the screen is read again.
        self.model.refresh()
        self.panel.reload()

    def show_rows(self, anew: bool = False) -> None:
        if self.tab == UNMATCHED:
            self.bar.show_trouble("")
            self.unmatched.show(self.bar.text())
        else:
            self.source.tab = self.tab
            super().show_rows(anew)
        self.tell_foot()

    def change_tab(self, tab: str) -> None:
        to_match = tab == UNMATCHED
        self.stack.setCurrentWidget(self.unmatched_table if to_match else self.table)
        self.panel.setVisible(not to_match and self.context.prefs.flag("window/detail", True))
        self.show_rows()
        self.activate()

    def _unmatched_loaded(self, count: int) -> None:
        if count == 0:
            words = tr("Every line of every order has its goods.")
            self.unmatched_table.set_empty(EmptyState("check-circle", tr("Nothing to match"), words))
        elif self.unmatched_table.current_id() < 0:
            self.unmatched_table.go_to(self.unmatched.id_at(0))
        self.tell_foot()

    def empty(self) -> EmptyState:
        if self.bar.text():
            words = tr("No goods fit “{words}”.", words=self.bar.text())
            return EmptyState("search", tr("Nothing found"), words, Button(tr("Clear the search"), self.bar.clear))
        if self.tab != "all":
            return EmptyState("check-circle", tr("No goods here"), tr("Nothing is in this state right now."))
        words = tr("Receive goods by scanner, or import a goods file with code, name, price and stock.")
        return EmptyState("stock", tr("No goods yet"), words, PrimaryButton(tr("Receive goods…"), self._receive, icon="scan"))

    def _go_to_first(self) -> None:
        """Enter in the box, or a scan: on to what it found."""
        model, table = (self.unmatched, self.unmatched_table) if self.tab == UNMATCHED else (self.model, self.table)
        if model.rowCount():
            table.go_to(model.id_at(0))
            table.setFocus()

    # ---- counts

    def read_counts(self) -> None:
        from services.queries.stock_rows import CountStock

        self.ask("counts", CountStock(), self._show_counts)

    def _show_counts(self, counts: StockCounts) -> None:
        self._counts = counts
        self.tabs.set_counts({**{tab: counts.tabs[tab] for tab in TABS}, UNMATCHED: counts.unmatched})
        self.context.count("stock", counts.tabs["short"], alarm=True)
        self.tell_foot()

    def tell_foot(self) -> None:
        if self.tab == UNMATCHED:
            chosen = self.unmatched.selection.count(self.unmatched.rowCount())
            self.match_button.setText(trn("Match {n}", "Match {n}", chosen))
            if chosen:
                self.foot.show_selection(trn("{n} chosen", "{n} chosen", chosen), tr("They must be the same goods"))
            else:
                self.foot.show_summary(trn("{n} to match", "{n} to match", self.unmatched.rowCount()))
                self.match_button.setText(tr("Match goods"))
                self.match_button.setVisible(self.unmatched.rowCount() > 0)
            return
        dot = "·" if language() == "zh" else " · "
        counts = self._counts
        if counts is None:
            self.foot.show_summary("")
            return
        parts = [trn("{n} SKU", "{n} SKUs", self.model.rowCount())]
        if self.tab == "all" and not self.bar.text():
            parts += [tr("{n} on hand", n=formats.count(counts.on_hand)), tr("cost {amount}", amount=formats.money(counts.value))]
        self.foot.show_summary(dot.join(parts))

    # ---- the detail

    def show_detail(self, sku_id: int) -> None:
        self.panel.show_sku(sku_id)

    # ---- deeds

    def _receive(self) -> DialogBase:
        return self.open_dialog(ReceiveDialog(self, self.context))

    def _receive_current(self) -> DialogBase:
        card = self.panel.card
        return self.open_dialog(ReceiveDialog(self, self.context, card.row.code if card is not None else ""))

    def _adjust(self) -> DialogBase | None:
        card = self.panel.card
        if card is None or card.row.virtual or self.tab == UNMATCHED:
            return None
        return self.open_dialog(AdjustDialog(self, self.context, card.row))

    def _match(self) -> DialogBase | None:
        ids = self.unmatched.selected_ids()
        current = self.unmatched_table.current_id()
        rows = [row for row in self.unmatched.rows_ready() if row.id in (set(ids) if ids else {current})]
        return self.open_dialog(MatchDialog(self, self.context, rows)) if rows else None

    def _export(self) -> DialogBase | None:
        """What is shown, to a file: the SKUs or all their movements; on the last tab the goods to match."""
        from desktop.views.export_dialog import export_either, export_list
        from services.exports.lists import GOODS, MOVEMENTS
        from services.exports.tables import STOCK

        to_match = self.tab == UNMATCHED
        ids = (self.unmatched if to_match else self.model).all_ids()
        if not len(ids):
            return None
        if to_match:
            return self.open_dialog(export_list(self, self.context, GOODS, ids, len(ids)))
        kinds = ((tr("a SKU"), STOCK), (tr("a stock movement"), MOVEMENTS))
        return self.open_dialog(export_either(self, self.context, kinds, ids, len(ids)))

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        return (
            ("receive", self._receive_current),
            ("adjust", self._adjust),
            ("export", self._export),
            ("unmatched", self._picture_of_matching),
            ("match", self._match),
        )

    def _picture_of_matching(self) -> None:
        self.tabs.choose(UNMATCHED)
