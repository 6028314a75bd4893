"""The audit page: who did what to which order, before and after, and whether the whole of it is still true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from desktop import formats
from desktop.actions import action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import language, tr, trn
from desktop.models.audit_columns import DAYS, AuditSource, audit_columns
from desktop.models.paged_table import PagedTable, Sort
from desktop.views.audit_panel import AuditPanel
from desktop.views.list_page import ListPage
from desktop.views.verify_dialog import VerifyDialog, check_shop
from desktop.views.widgets.buttons import Button, Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.selection_bar import SelectionBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs
from services.clock import day_of, to_local
from services.words import term

if TYPE_CHECKING:
    from desktop.runner import Task
    from services.queries.order_card import OrderCardRow
    from services.queries.verify import Verified

ALL = "all"
ORDER = "order"


class AuditPage(ListPage):
    tables: ClassVar[tuple[str, ...]] = (
        "orders",
        "order_line",
        "parcel",
        "after_sale",
        "money_entry",
        "stock_movement",
        "sku",
        "listing",
        "customer",
        "channel",
        "setting",
        "import_batch",
        "print_entry",
    )
    panel: AuditPanel
    dialog: DialogBase | None

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.source = AuditSource()
        self._checking: Task | None = None
        self._make_head()
        model = PagedTable(audit_columns(context.now, lambda: context.zone), self.source, context.runner, self)
        model.sorted_by = Sort("seq", descending=True)
        self.put_table(model, TableView(model, tr("Audit trail"), context.prefs, "audit"))
        self.table.opened.connect(lambda _seq: self._open_order())
        self.put_foot(SelectionBar())
        self.put_panel(
            AuditPanel(context, {"order": self._open_order, "all": self._show_order, "batch": self._open_batch, "as_of": self._as_of})
        )
        action(self, tr("Check everything"), self.check, icon="seal", menu="file")
        action(self, tr("Seals of the trail…"), self.show_seals, icon="lock", menu="file")
        action(self, tr("Export the trail…"), self._export, icon="export", shortcut="Ctrl+Shift+X", menu="file")

    def _make_head(self) -> None:
        tabs = Tabs([("today", tr("Today")), ("week", tr("7 days")), ("month", tr("30 days")), (ALL, tr("All"))], tr("Days"))
        tabs.choose(ALL)
        tabs.add_right(Button(tr("Export"), self._export, icon="export"))
        tabs.add_right(Button(tr("Seals"), self.show_seals, icon="lock"))
        self.check_button = Button(tr("Check everything"), self.check, icon="seal")
        self.check_button.setToolTip(tr("Recompute ledgers, sums and the chain of the trail from the first row"))
        tabs.add_right(self.check_button)
        bar = SearchBar(tr("Old or new value, reason, order number…"), tr("Search the trail"))
        bar.chip_removed.connect(self._drop_chip)
        self.actions_choice = Combo((("", tr("Any action")),), tr("Action"))
        self.actors_choice = Combo((("", tr("Anybody")),), tr("Who"))
        self.fields_choice = Combo((("", tr("Any field")),), tr("Field"))
        for choice in (self.actions_choice, self.actors_choice, self.fields_choice):
            choice.setFixedHeight(34)
            choice.activated.connect(lambda _place: self._filter())
        self.put_head(tabs, bar, self.actions_choice, self.actors_choice, self.fields_choice)

    # ---- what is shown

    def load(self) -> None:
        from services.queries.audit_trail import AuditChoices

        self.context.runner.query(AuditChoices()).then(self._take_choices)
        super().load()

    def refresh(self, changes: Changes) -> None:
        """Entries never change; new ones have come."""
        self.show_rows()

    def navigate(self, **facts: Any) -> None:
        """`number` of an order, `id` of an entry, `search`."""
        self.source.order = str(facts.get("number", ""))
        self.source.action = self.source.actor = self.source.field = ""
        for choice in (self.actions_choice, self.actors_choice, self.fields_choice):
            choice.setCurrentIndex(0)
        self._show_chips()
        self.seek(str(facts.get("search", "")), ALL, int(facts.get("id", -1)), anew=True)

    def show_rows(self, anew: bool = False) -> None:
        days = DAYS.get(self.tabs.current)
        self.source.first = None if days is None else day_of(self.context.now(), self.context.zone) - days + 1
        super().show_rows(anew)

    def _filter(self) -> None:
        self.source.action = str(self.actions_choice.currentData() or "")
        self.source.actor = str(self.actors_choice.currentData() or "")
        self.source.field = str(self.fields_choice.currentData() or "")
        self.show_rows(anew=True)

    def _show_chips(self) -> None:
        self.bar.set_chips([(ORDER, tr("Order"), formats.middle(self.source.order))] if self.source.order else [])

    def _drop_chip(self, _key: str) -> None:
        self.source.order = ""
        self._show_chips()
        self.show_rows(anew=True)

    def _take_choices(self, found: tuple[tuple[str, ...], ...]) -> None:
        said = language()
        actors, doings, fields = found
        listed = ((self.actions_choice, "action", doings), (self.actors_choice, "actor", actors), (self.fields_choice, "field", fields))
        for choice, kind, codes in listed:
            there = choice.currentData()
            while choice.count() > 1:
                choice.removeItem(1)
            for code in sorted(codes, key=lambda code, kind=kind: term(kind, code, said)):  # type: ignore[misc]
                choice.addItem(term(kind, code, said), code)
            choice.setCurrentIndex(max(0, choice.findData(there)))
            choice.updateGeometry()

    def tell_foot(self) -> None:
        self.foot.show_summary(trn("{n} entry", "{n} entries", self.model.rowCount()))

    def empty(self) -> EmptyState:
        if self.bar.text() or self.source.order or self.source.action or self.source.actor or self.source.field or self.tabs.current != ALL:
            return EmptyState(
                "search",
                tr("No entry fits"),
                tr("Nothing was recorded that fits these filters."),
                Button(tr("Show everything"), partial(self.navigate)),
            )
        return EmptyState("audit", tr("Nothing recorded yet"), tr("Every change made in this shop will be kept here for good."))

    def show_detail(self, seq: int) -> None:
        self.panel.show_entry(seq)

    # ---- deeds

    def _open_order(self) -> None:
        row = self.panel.row
        if row is not None and row.number and row.order_id is not None:
            self.context.go("orders", search=row.number, tab="all", id=row.order_id)
        elif row is not None and row.entity == "import_batch":
            self._open_batch()

    def _open_batch(self) -> None:
        row = self.panel.row
        if row is not None and row.entity_id is not None:
            self.context.go("imports", id=row.entity_id)

    def _show_order(self) -> None:
        row = self.panel.row
        if row is not None and row.number:
            self.navigate(number=row.number, id=row.seq)

    def show_seals(self) -> None:
        """The seals of the trail: made, copied, printed, compared."""
        from desktop.views.seals_dialog import SealsDialog

        self.open_dialog(SealsDialog(self, self.context))

    def _as_of(self) -> None:
        """The order of the entry, at its moment."""
        row = self.panel.row
        if row is not None and row.order_id is not None:
            from services.queries.order_card import OrderCard

            self.context.runner.query(OrderCard(row.order_id)).then(partial(self._show_as_of, row.at))

    def _show_as_of(self, at: int, card: OrderCardRow) -> None:
        from desktop.views.as_of_dialog import AsOfDialog

        self.open_dialog(AsOfDialog(self, self.context, card, at))

    def check(self) -> None:
        """Let the shop check itself; one check at a time."""
        if self._checking is not None and self._checking.running:
            return
        self.check_button.setEnabled(False)
        self._checking = self.context.runner.job(check_shop, tr("Checking everything"))
        self._checking.then(self._checked, self._not_checked, self._free)

    def _checked(self, found: Verified) -> None:
        self._free()
        self.open_dialog(VerifyDialog(self, self.context, found))

    def _not_checked(self, error: Exception) -> None:
        self._free()
        self.context.runner.failed.emit(error)

    def _free(self) -> None:
        self.check_button.setEnabled(True)

    def _export(self) -> None:
        """Ask which columns, and write what the filters find."""
        from array import array

        from desktop.views.export_dialog import export_rows
        from services.exports.tables import trail_table

        if not self.model.rowCount():
            return
        at = f"{to_local(self.context.now(), self.context.zone):%Y-%m-%d}"
        ids = array("q", self.model.all_ids())
        name = tr("Audit trail {day}", day=at)
        title = trn("Export {n} entry of the trail", "Export {n} entries of the trail", len(ids))
        self.open_dialog(export_rows(self, self.context, trail_table(self.context.zone), ids, title, name))

    # ---- pictures

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        return (("check", self._picture_check), ("seals", self._picture_seals), ("as-of", self._picture_as_of))

    def _picture_seals(self) -> QWidget | None:
        self.show_seals()
        return self.dialog

    def _picture_as_of(self) -> QWidget | None:
        self._as_of()
        return self.dialog

    def _picture_check(self) -> None:
        self.check()
