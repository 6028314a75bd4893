"""The after-sales page: open cases on a board, ended ones in a table, the case in full beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import tr, trn
from desktop.models.case_columns import TABS, CaseSource, case_columns
from desktop.models.order_columns import Moment
from desktop.models.paged_table import PagedTable, changed_ids
from desktop.theme import MARGIN
from desktop.views.ask_order_dialog import AskOrderDialog
from desktop.views.case_board import CaseBoard
from desktop.views.case_dialog import REFUNDED, REFUSED, WITHDRAWN, CaseDialog
from desktop.views.case_panel import CasePanel
from desktop.views.page import Page
from desktop.views.refund_dialog import RefundDialog
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.selection_bar import SelectionBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs

if TYPE_CHECKING:
    from desktop.runner import Task
    from services.desk import Desk

OPEN, RECENT, MOST_CARDS = "open", 5, 300


class RefundsPage(Page):
    tables: ClassVar[tuple[str, ...]] = ("after_sale", "after_sale_line", "money_entry")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.moment = Moment(context.now, lambda: context.zone)
        self.source = CaseSource()
        self.dialog: DialogBase | None = None
        self._wanted = -1
        self._tasks: dict[str, Task] = {}
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        whole.addLayout(column, 1)
        self._make_head(column)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self._make_views()
        self.panel = CasePanel(
            context, {"refund": self._settle, "refuse": self._refuse, "withdraw": self._withdraw, "order": self._see_order}
        )
        self.panel.stepped.connect(self._step)
        self.panel.closed.connect(self._fold)
        whole.addWidget(self.panel)
        action(self, tr("New after-sale…"), self._new, icon="plus", shortcut="Ctrl+N", menu="orders")

    def _make_head(self, column: QVBoxLayout) -> None:
        words = {"open": tr("In progress"), "done": tr("Done"), "refused": tr("Refused or withdrawn"), "all": tr("All")}
        self.tabs = Tabs([(tab, words[tab]) for tab in TABS], tr("After-sales"))
        self.tabs.add_right(Button(tr("New after-sale"), self._new, icon="plus"))
        self.tabs.changed.connect(self._change_tab)
        column.addWidget(self.tabs)
        self.bar = SearchBar(tr("Case, order number, buyer, goods, reason…"), tr("Search after-sales"))
        self.bar.searched.connect(lambda _words: self._show())
        self._box = QWidget()
        around = QHBoxLayout(self._box)
        around.setContentsMargins(MARGIN, 9, MARGIN, 9)
        around.addWidget(self.bar)
        column.addWidget(self._box)

    def _make_views(self) -> None:
        self.board = CaseBoard(self.context)
        self.board.chosen.connect(self._show_detail)
        self.board.entered.connect(lambda _id: self._settle())
        self.board.all_asked.connect(lambda: self.tabs.choose("done"))
        self.stack.addWidget(self.board)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.model = PagedTable(case_columns("all", self.moment), self.source, self.context.runner, self)
        self.table = TableView(self.model, tr("After-sales"), self.context.prefs, "cases")
        self.table.current_changed.connect(self._show_detail)
        self.table.opened.connect(lambda _id: self._settle())
        self.model.loaded.connect(self._loaded)
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
    def tab(self) -> str:
        return self.tabs.current

    @property
    def on_board(self) -> bool:
        """Open cases without a search are cards; everything else is a table."""
        return self.tab == OPEN and not self.bar.text()

    def load(self) -> None:
        self._count()
        self._show()

    def activate(self) -> None:
        if self.stack.currentWidget() is self.board:
            self.board.focus_current()
        else:
            self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        self._count()
        if self.on_board:
            self._read_board()
        else:
            self.model.refresh(changed_ids(changes, "after_sale"))
        self.panel.reload()

    def navigate(self, **facts: Any) -> None:
        """`id` of a case, `order` (a number), `tab`, `search`."""
        self._wanted = int(facts.get("id", -1))
        words = str(facts.get("search") or facts.get("order") or (f"C{self._wanted}" if self._wanted >= 0 else ""))
        tab = str(facts.get("tab") or ("all" if words else OPEN))
        self.bar.blockSignals(True)
        self.bar.set_text(words)
        self.bar.blockSignals(False)
        if tab != self.tab and tab in TABS:
            self.tabs.choose(tab)
        else:
            self._show()

    def detail(self) -> QWidget:
        return self.panel

    def search_field(self) -> QWidget:
        self._box.show()
        return self.bar

    def _change_tab(self, _tab: str) -> None:
        self.model.set_columns(case_columns(self.tab, self.moment))
        self._show()

    def _show(self) -> None:
        if self.on_board:
            self._read_board()
            return
        self.source.tab = self.tab
        self.stack.setCurrentIndex(1)
        self.model.show(self.bar.text())

    def _ask(self, key: str, query: Any, then: Callable[[Any], object]) -> None:
        if key in self._tasks:
            self._tasks[key].cancel()
        self._tasks[key] = self.context.runner.query(query)
        self._tasks[key].then(then)

    def _read_board(self) -> None:
        self._ask("board", _board, self._show_board)

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

    def _loaded(self, count: int) -> None:
        if self.on_board:
            return
        if count == 0:
            self.panel.show_case(-1)
            if self.bar.text():
                clear = Button(tr("Clear the search"), self.bar.clear)
                self.table.set_empty(
                    EmptyState("search", tr("Nothing found"), tr("No after-sale here fits “{words}”.", words=self.bar.text()), clear)
                )
            else:
                self.table.set_empty(EmptyState("refund", tr("None here"), tr("No after-sale is in this state.")))
        if self._wanted >= 0 and self.table.go_to(self._wanted):
            self._wanted = -1
        elif count and self.table.current_id() < 0:
            self.table.go_to(self.model.id_at(0))
        self.foot.show_summary(trn("{n} after-sale", "{n} after-sales", count) if count else "")

    def _count(self) -> None:
        from services.queries.case_rows import CountCases

        self._ask("counts", CountCases(), self._show_counts)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.tabs.set_counts({tab: counts[tab] for tab in TABS})
        self.context.count("refunds", counts[OPEN], alarm=True)

    # ---- the detail

    def _show_detail(self, case_id: int) -> None:
        self.panel.show_case(case_id)

    def _step(self, by: int) -> None:
        if self.on_board:
            self.board.step(by)
        else:
            self.table.step(by)

    def _fold(self) -> None:
        self.panel.hide()
        self.context.prefs.set_flag("window/detail", False)
        self.activate()

    # ---- deeds

    def _open(self, dialog: DialogBase) -> DialogBase:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()
        return dialog

    def _forget(self) -> None:
        self.dialog = None

    def _new(self) -> DialogBase:
        return self._open(AskOrderDialog(self, self.context, tr("New after-sale"), self._refund))

    def _refund(self, order_id: int) -> DialogBase:
        return self._open(RefundDialog(self, self.context, order_id))

    def _move(self, state: str) -> DialogBase | None:
        case = self.panel.case
        if case is None or not case.row.open:
            return None
        return self._open(CaseDialog(self, self.context, case, state))

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
