"""Changes that wait for the owner's word, and what became of others: the diff, what it does, who asked and why, and the word itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.changes import Changes
from desktop.i18n import tr
from desktop.models.approval_columns import approval_columns
from desktop.models.simple_table import SimpleTable
from desktop.views.approval_panel import ApprovalPanel
from desktop.views.page import Page
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.approval_rows import ApprovalRow

WAITING, DONE = "waiting", "done"


class ApprovalsPage(Page):
    """`navigate(id=…)` shows one of them, wherever it stands."""

    panel: ApprovalPanel
    tables: ClassVar[tuple[str, ...]] = ("approval", "orders", "order_line", "discount", "stock_level")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        whole.addLayout(column, 1)
        self.tabs = Tabs([(WAITING, tr("To decide")), (DONE, tr("Decided"))], tr("Approvals"))
        self.tabs.changed.connect(lambda _tab: self._change_tab())
        column.addWidget(self.tabs)
        self.model = SimpleTable(self._columns(False), (), self)
        self.table = TableView(self.model, tr("Approvals"), context.prefs, "approvals")
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(lambda _id: self.panel.focus_first())
        column.addWidget(self.table, 1)
        self.panel = ApprovalPanel(context, self.see_order)
        self.panel.stepped.connect(self._step)
        self.panel.closed.connect(self._fold)
        whole.addWidget(self.panel)
        self._rows: dict[int, ApprovalRow] = {}
        self._wanted = -1
        self._task: Task | None = None

    def _columns(self, done: bool) -> Any:
        return approval_columns(self.context.now, lambda: self.context.zone, done)

    def load(self) -> None:
        self._read()

    def activate(self) -> None:
        self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        self._read()

    def navigate(self, **facts: Any) -> None:
        self._wanted = int(facts.get("id", -1))
        tab = str(facts.get("tab") or WAITING)
        if tab != self.tabs.current:
            self.tabs.choose(tab)
        else:
            self._read()

    def detail(self) -> ApprovalPanel:
        return self.panel

    def _change_tab(self) -> None:
        self.model.set_columns(self._columns(self.tabs.current == DONE))
        self._read()

    def _read(self) -> None:
        from services.queries.approval_rows import ApprovalRows

        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(ApprovalRows(done=self.tabs.current == DONE))
        self._task.then(self._show)

    def _show(self, rows: Sequence[ApprovalRow]) -> None:
        current = self._wanted if self._wanted >= 0 else self.table.current_id()
        place = self.model.row_of(current) if self._wanted < 0 else -1
        self._rows = {row.id: row for row in rows}
        self.model.set_rows(rows)
        if self.tabs.current == WAITING:
            self.tabs.set_counts({WAITING: len(rows)})
            self.context.count("approvals", len(rows))
        if self._wanted >= 0 and self._wanted not in self._rows and self.tabs.current == WAITING:
            self.tabs.choose(DONE)  # decided meanwhile
            return
        self._wanted = -1
        if not rows:
            self.table.set_empty(self._empty())
            self.panel.show_row(None)
            return
        # Where the one shown was decided, the next one takes its place.
        if not self.table.go_to(current):
            self.table.go_to(self.model.id_at(max(0, min(place, len(rows) - 1))))
        self._show_row(self.table.current_id())

    def _empty(self) -> EmptyState:
        if self.tabs.current == DONE:
            return EmptyState(
                "seal", tr("Nothing decided yet"), tr("What was approved, rejected or withdrawn stands here with who and when.")
            )
        return EmptyState(
            "check-circle",
            tr("Nothing waits for approval"),
            tr("Changes of goods and prices that somebody without this permission asks for wait here."),
        )

    def _show_row(self, row_id: int) -> None:
        self.panel.show_row(self._rows.get(row_id))

    def _step(self, by: int) -> None:
        self.table.step(by)

    def _fold(self) -> None:
        self.panel.hide()
        self.context.prefs.set_flag("window/detail", False)
        self.activate()

    def see_order(self) -> None:
        row = self.panel.row
        if row is not None:
            self.context.go("orders", tab="all", id=row.order_id, search=row.number)
