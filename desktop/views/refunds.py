"""The after-sales page: open cases on a board, ended ones in a table, the case in full beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import tr, trn
from desktop.models.case_columns import TABS, CaseSource, case_columns
from desktop.models.order_columns import Moment
from desktop.models.paged_table import PagedTable, changed_ids
from desktop.views.ask_order_dialog import AskOrderDialog
from desktop.views.case_board import CaseBoard
from desktop.views.case_dialog import REFUNDED, REFUSED, WITHDRAWN, CaseDialog
from desktop.views.case_panel import CasePanel
from desktop.views.list_page import ListPage
from desktop.views.refund_dialog import RefundDialog
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.selection_bar import SelectionBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs
from services.clock import to_local

if TYPE_CHECKING:
    from services.desk import Desk

OPEN, RECENT, MOST_CARDS = "open", 5, 300


class RefundsPage(ListPage):
    tables: ClassVar[tuple[str, ...]] = ("after_sale", "after_sale_line", "money_entry")
    panel: CasePanel

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.moment = Moment(context.now, lambda: context.zone)
        self.source = CaseSource()
        words = {"open": tr("In progress"), "done": tr("Done"), "refused": tr("Refused or withdrawn"), "all": tr("All")}
        tabs = Tabs([(tab, words[tab]) for tab in TABS], tr("After-sales"))
        tabs.add_right(Button(tr("Export"), self._export, icon="export"))
        tabs.add_right(Button(tr("New after-sale"), self._new, icon="plus"))
        self.put_head(tabs, SearchBar(tr("Case, order number, buyer, goods, reason…"), tr("Search after-sales")))
        self._make_views()
        self.put_panel(
            CasePanel(context, {"refund": self._settle, "refuse": self._refuse, "withdraw": self._withdraw, "order": self._see_order})
        )
        action(self, tr("New after-sale…"), self._new, icon="plus", shortcut="Ctrl+N", menu="orders")
        action(self, tr("Export after-sales…"), self._export, icon="export", shortcut="Ctrl+Shift+X", menu="file")

    def _make_views(self) -> None:
        """The board, in its place the table with its foot, or what to do when there is nothing."""
        self.board = CaseBoard(self.context)
        self.board.chosen.connect(self.show_detail)
        self.board.entered.connect(lambda _id: self._settle())
        self.board.all_asked.connect(lambda: self.tabs.choose("done"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.board)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        model = PagedTable(case_columns("all", self.moment), self.source, self.context.runner, self)
        self.put_table(model, TableView(model, tr("After-sales"), self.context.prefs, "cases"), self.stack)
        self.table.opened.connect(lambda _id: self._settle())
        column.addWidget(self.table, 1)
        self.foot = SelectionBar()
        column.addWidget(self.foot)
        self.stack.addWidget(page)
        self.nothing = EmptyState(
            "check-circle",
            tr("No open after-sale"),
            tr("A refund is made from its order, or here with the order's number."),
            Button(tr("New after-sale…"), self._new, icon="plus"),
        )
        self.stack.addWidget(self.nothing)

    # ---- what is shown

    @property
    def on_board(self) -> bool:
        """Open cases without a search are cards; everything else is a table."""
        return self.tab == OPEN and not self.bar.text()

    def activate(self) -> None:
        if self.stack.currentWidget() is self.board:
            self.board.focus_current()
        else:
            self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        self.read_counts()
        if self.on_board:
            self._read_board()
        else:
            self.model.refresh(changed_ids(changes, "after_sale"))
        self.panel.reload()

    def navigate(self, **facts: Any) -> None:
        """`id` of a case, `order` (a number), `tab`, `search`."""
        wanted = int(facts.get("id", -1))
        words = str(facts.get("search") or facts.get("order") or (f"C{wanted}" if wanted >= 0 else ""))
        self.seek(words, str(facts.get("tab") or ("all" if words else OPEN)), wanted)

    def change_tab(self, tab: str) -> None:
        self.model.set_columns(case_columns(tab, self.moment))
        self.show_rows()

    def show_rows(self, anew: bool = False) -> None:
        if self.on_board:
            self.bar.show_trouble("")
            self._read_board()
            return
        self.source.tab = self.tab
        self.stack.setCurrentIndex(1)
        super().show_rows(anew)

    def _read_board(self) -> None:
        self.ask("board", _board, self._show_board)

    def _show_board(self, found: Any) -> None:
        if not self.on_board:
            return
        rows, done, counts = found
        if not rows and not done:
            self.stack.setCurrentWidget(self.nothing)
            self.panel.show_case(-1)
            return
        self.stack.setCurrentWidget(self.board)
        self.board.set_cases(rows, done, counts["done"])
        if self._wanted >= 0:
            self.board.choose(self._wanted)
            self._wanted = -1

    def settle(self, count: int, first: bool = False) -> None:
        if not self.on_board:
            super().settle(count, first)

    def empty(self) -> EmptyState:
        if self.bar.text():
            words = tr("No after-sale here fits “{words}”.", words=self.bar.text())
            return EmptyState("search", tr("Nothing found"), words, Button(tr("Clear the search"), self.bar.clear))
        return EmptyState("refund", tr("None here"), tr("No after-sale is in this state."))

    def tell_foot(self) -> None:
        count = self.model.rowCount()
        self.foot.show_summary(trn("{n} after-sale", "{n} after-sales", count) if count else "")

    def read_counts(self) -> None:
        from services.queries.case_rows import CountCases

        self.ask("counts", CountCases(), self._show_counts)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.tabs.set_counts({tab: counts[tab] for tab in TABS})
        self.context.count("refunds", counts[OPEN], alarm=True)

    # ---- the detail

    def show_detail(self, case_id: int) -> None:
        self.panel.show_case(case_id)

    def step(self, by: int) -> None:
        if self.on_board:
            self.board.step(by)
        else:
            super().step(by)

    # ---- deeds

    def _new(self) -> DialogBase:
        return self.open_dialog(AskOrderDialog(self, self.context, tr("New after-sale"), self._refund))

    def _refund(self, order_id: int) -> DialogBase:
        return self.open_dialog(RefundDialog(self, self.context, order_id))

    def _move(self, state: str) -> DialogBase | None:
        case = self.panel.case
        if case is None or not case.row.open:
            return None
        return self.open_dialog(CaseDialog(self, self.context, case, state))

    def _settle(self) -> DialogBase | None:
        return self._move(REFUNDED)

    def _refuse(self) -> DialogBase | None:
        return self._move(REFUSED)

    def _withdraw(self) -> DialogBase | None:
        return self._move(WITHDRAWN)

    def _see_order(self) -> None:
        if self.panel.case is not None:
            order = self.panel.case.refund.order
            self.context.go("orders", search=order.number, tab="all", id=order.id)

    def _export(self) -> None:
        """The cases of the tab that the search finds, to a file."""
        from services.queries.case_rows import CaseIds

        self.context.runner.query(CaseIds(self.tab, self.bar.text(), "requested_at")).then(self._ask_export)

    def _ask_export(self, ids: Sequence[int]) -> None:
        from desktop.views.export_dialog import export_rows
        from services.exports.tables import CASES

        if len(ids):
            at = f"{to_local(self.context.now(), self.context.zone):%Y-%m-%d}"
            title = trn("Export {n} after-sale", "Export {n} after-sales", len(ids))
            self.open_dialog(export_rows(self, self.context, CASES, ids, title, tr("After-sales {day}", day=at)))

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        return (
            ("settle", self._settle),
            ("refuse", self._refuse),
            ("dialog", self._picture_of_dialog),
            ("all", lambda: self.tabs.choose("all")),
        )

    def _picture_of_dialog(self) -> QWidget | None:
        case = self.panel.case
        return self._refund(case.row.order_id) if case is not None else None


def _board(desk: Desk) -> Any:
    """Open cases, the latest settled, and the counts: one look."""
    from services.queries.case_rows import CaseIds, CaseRows, CountCases

    rows = desk.read(CaseRows(tuple(desk.read(CaseIds(OPEN, sort="requested_at", descending=False, limit=MOST_CARDS)))))
    done = desk.read(CaseRows(tuple(desk.read(CaseIds("done", sort="ended_at", limit=RECENT)))))
    return rows, done, desk.read(CountCases())
