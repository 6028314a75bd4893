"""The orders page: status tabs with counts, one search bar, the table, what is chosen, and the detail of the current order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop import formats
from desktop.actions import Action, action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.order_columns import ALL, STATUSES, Moment, OrderSource, order_columns, search_of, usual_sort
from desktop.models.paged_table import PagedTable, Sort, changed_ids
from desktop.theme import MARGIN
from desktop.views.edit_dialog import AddressDialog, NoteDialog
from desktop.views.list_page import ListPage
from desktop.views.orders_actions import OrderActions
from desktop.views.orders_panel import OrderPanel
from desktop.views.print_dialog import LABEL, PICK, SLIP
from desktop.views.ship_dialog import ShipDialog
from desktop.views.widgets.buttons import Button, LinkButton, MenuButton, PrimaryButton
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.labels import IconLabel, Label
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.selection_bar import SelectionBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs
from services.errors import BadInput, DeskError
from services.words import term

if TYPE_CHECKING:
    from pathlib import Path

    from services.queries.counts import Counts
    from services.queries.order_rows import Totals

MOST_SUMMED = 50_000
"""Orders whose sum is shown while nothing is chosen: more would be added up for nobody."""
TICK = 60_000
"""Milliseconds between two looks at the time left."""
SHIPPABLE = frozenset({"awaiting_shipment", ALL})
_STATUS_PART = re.compile(r"(?:^|\s)status:(\w+)(?=\s|$)")


class Trouble(QWidget):
    """What the search could not understand, under the box, with the nearest right word to put in its place."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN + 10, 0, MARGIN, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("alert", "bad", 14))
        self.words = Label("", "bad")
        row.addWidget(self.words)
        self.mend = LinkButton("")
        row.addWidget(self.mend)
        row.addStretch()
        self.mend.clicked.connect(self._mend)
        self._run: Callable[[], object] | None = None
        self.hide()

    def say(self, words: str, mend: str = "", run: Callable[[], object] | None = None) -> None:
        """Show a sentence and what a click would do; empty words take it away."""
        self.words.setText(words)
        self.mend.setText(mend)
        self.mend.setVisible(bool(mend))
        self._run = run
        self.setVisible(bool(words))

    def _mend(self) -> None:
        if self._run is not None:
            self._run()


class OrdersPage(ListPage):
    tables: ClassVar[tuple[str, ...]] = (
        "orders",
        "order_line",
        "parcel",
        "parcel_order",
        "after_sale",
        "print_entry",
        "money_entry",
        "stock_level",
    )
    panel: OrderPanel

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.moment = Moment(context.now, lambda: context.zone)
        self.source = OrderSource()
        self.deeds = OrderActions(self, context)
        self._sorts: dict[str, Sort] = {}
        self._first = False
        self._top = False
        self._found = search_of("awaiting_shipment", "")
        self._total = 0
        self._make_head()
        model = PagedTable(order_columns(self.tab, self.moment), self.source, context.runner, self)
        self.put_table(model, TableView(model, tr("Orders"), context.prefs, "orders"))
        self.table.installEventFilter(self)
        self.table.opened.connect(self._enter_detail)
        self.table.previewed.connect(lambda order_id: self.deeds.print_out(SLIP, [order_id]))
        self.table.menu_requested.connect(self._show_menu)
        model.selection.changed.connect(self.tell_foot)
        self._make_foot()
        deeds: dict[str, Callable[[], object]] = {
            "ship": lambda: self.deeds.ship([self.table.current_id()]),
            "slip": lambda: self.deeds.print_out(SLIP, [self.table.current_id()]),
            "label": lambda: self.deeds.print_out(LABEL, [self.table.current_id()]),
            "address": lambda: self.deeds.edit_address(self.table.current_id()),
            "note": lambda: self.deeds.edit_notes([self.table.current_id()]),
            "refund": lambda: self.deeds.refund(self.table.current_id()),
            "reply": lambda: self.deeds.copy_reply(self.table.current_id()),
            "audit": self._show_audit,
        }
        self.put_panel(OrderPanel(context, deeds))
        self._make_actions()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self.table.viewport().update)
        self._tick.start()

    # ---- building

    def _make_head(self) -> None:
        said = language()
        pairs = [(status, term("status", status, said)) for status in STATUSES]
        tabs = Tabs([*pairs, (ALL, tr("All"))], tr("Order status"))
        tabs.choose("awaiting_shipment")
        tabs.add_right(Button(tr("Import"), self._import, icon="import"))
        bar = SearchBar(tr("Number, buyer, phone tail, goods… or field:value"), tr("Search orders"))
        bar.searched.connect(self._keep_sort)
        self.put_head(tabs, bar)
        bar.field.returnPressed.connect(self._go_to_first)
        self.trouble = Trouble()
        self.column.addWidget(self.trouble)

    def _make_foot(self) -> None:
        self.ship_button = PrimaryButton(tr("Ship"), self._ship, icon="ship")
        prints = MenuButton(
            tr("Print"),
            [
                (tr("Packing slips…"), "slip", lambda: self._print(SLIP)),
                (tr("Pick list…"), "orders", lambda: self._print(PICK)),
                (tr("Address labels…"), "label", lambda: self._print(LABEL)),
            ],
            icon="print",
        )
        note = Button(tr("Memo"), self._note, icon="note")
        self.put_foot(SelectionBar(note, prints, Button(tr("Export"), self._export, icon="export"), self.ship_button))

    def _make_actions(self) -> None:
        """The same deeds in the menus, with their keys; all of them are for what is chosen, else for the current order."""
        orders = (
            (tr("Ship…"), self._ship, "ship", "Ctrl+Return"),
            (tr("Memo, flag and tags…"), self._note, "note", "Ctrl+E"),
            (tr("Edit address…"), self._address, "edit", "Ctrl+Shift+E"),
            (tr("Refund…"), self._refund, "refund", "Ctrl+Shift+R"),
            (tr("Copy “where is my order”"), self._reply, "copy", "Ctrl+Shift+C"),
            (tr("Export…"), self._export, "export", "Ctrl+Shift+X"),
        )
        prints = (
            (tr("Packing slips…"), lambda: self._print(SLIP), "slip", "Ctrl+P"),
            (tr("Pick list…"), lambda: self._print(PICK), "orders", "Ctrl+Shift+P"),
            (tr("Address labels…"), lambda: self._print(LABEL), "label", "Ctrl+Shift+L"),
        )
        self._in_menu = [action(self, words, run, icon=icon, shortcut=keys, menu="orders") for words, run, icon, keys in orders]
        self._printing = [action(self, words, run, icon=icon, shortcut=keys, menu="print") for words, run, icon, keys in prints]

    # ---- what is shown

    def refresh(self, changes: Changes) -> None:
        if "orders" in changes:
            self.read_counts()
            self.model.refresh(changed_ids(changes, "orders"))
        shown = self.panel.card.id if self.panel.card is not None else -1
        if shown >= 0 and (not changes.get("orders") or shown in changes["orders"]):
            self.panel.reload()

    def navigate(self, **facts: Any) -> None:
        """`search` (a status in it chooses the tab), `tab`, `id` of the order to be current."""
        words, tab = _split(str(facts.get("search", "")))
        self.seek(words, str(facts.get("tab") or tab or ALL), int(facts.get("id", -1)))

    def show_rows(self, anew: bool = False) -> None:
        self.trouble.say("")
        self.bar.show_trouble("")
        self.model.show(self.bar.text(), self._sorts.get(self.tab, usual_sort(self.tab)), anew)

    def change_tab(self, tab: str) -> None:
        self._sorts[self.source.tab] = self.model.sorted_by
        self.source.tab = tab
        self.model.selection.clear()
        self.model.set_columns(order_columns(tab, self.moment))
        self._top = True
        self.show_rows(anew=True)

    def _keep_sort(self, _words: str) -> None:
        """Another search keeps the sort that was clicked."""
        self._sorts[self.tab] = self.model.sorted_by

    def _go_to_first(self) -> None:
        """Enter in the box, or a scan: on to the rows as soon as they are there."""
        if self.trouble.words.text():
            return
        self._first = True
        if not self.model.loading:
            self.settle(self.model.rowCount())

    def settle(self, count: int, first: bool = False) -> None:
        """The result stands: what is chosen in it, which row is current, what it sums up to."""
        self._found = search_of(self.tab, self.model.search)
        chosen = self.model.selection
        if not chosen.everything and chosen.count(count):
            there = self.model.selected_ids()
            if len(there) != chosen.count(count):
                chosen.only(there)  # what left the result is not acted upon unseen
        super().settle(count, first or self._top or self._first)
        if self._first and count:
            self.table.setFocus()
        self._first = self._top = False

    def refused(self, error: DeskError) -> None:
        """Say where the search can't be understood and what the right word would be, or that it can't be sorted so."""
        self._first = self._top = False
        if error.code == "sort_too_many":
            self.model.sorted_by = self._sorts.get(self.tab, usual_sort(self.tab))
            self.table.horizontalHeader().viewport().update()
        self.bar.show_trouble(error_words(error))
        word, suggestion, place = error.facts.get("word"), error.facts.get("suggestion"), error.facts.get("position")
        if isinstance(error, BadInput) and word and suggestion and isinstance(place, int):
            self.trouble.say(
                error_words(error), tr("Put “{word}”", word=suggestion), lambda: self._replace(place - 1, str(word), str(suggestion))
            )
        else:
            self.trouble.say(error_words(error))

    def _replace(self, place: int, word: str, suggestion: str) -> None:
        text = self.bar.field.text()
        at = text.find(word, max(0, place - len(word)))
        if at >= 0:
            self.bar.set_text(text[:at] + suggestion + text[at + len(word) :])
        self.bar.field.setFocus()

    def empty(self) -> EmptyState:
        if self._total == 0:
            words = tr("Export the order list on the platform and drop the file anywhere on this window.")
            return EmptyState("orders", tr("No orders yet"), words, PrimaryButton(tr("Import…"), self._import, icon="import"))
        if self.bar.text():
            buttons = [Button(tr("Clear the search"), self.bar.clear)]
            if self.tab != ALL:
                buttons.insert(0, Button(tr("Search in all orders"), lambda: self.tabs.choose(ALL)))
            return EmptyState("search", tr("Nothing found"), tr("No order here fits “{words}”.", words=self.bar.text()), *buttons)
        return EmptyState("check-circle", tr("No orders here"), tr("There is none in this state right now."))

    # ---- counts and sums

    def read_counts(self) -> None:
        from services.queries.counts import StatusCounts

        self.ask("counts", StatusCounts(), self._show_counts)

    def _show_counts(self, counts: Counts) -> None:
        self._total = counts.total
        self.tabs.set_counts({**counts.by_status, ALL: counts.total})
        self.context.count("orders", counts.by_status["awaiting_shipment"])

    def tell_foot(self) -> None:
        """Ask for the sums of what is chosen, or of all that is found."""
        from services.queries.order_rows import OrderTotals

        count = self.model.rowCount()
        chosen = self.model.selection.count(count)
        if not chosen:
            self.foot.show_summary(trn("{n} order", "{n} orders", count) if count else "")
            if not 0 < count <= MOST_SUMMED or self.model.loading:
                return
            self.ask("sums", OrderTotals(self._found), self._show_totals)
            return
        self._tell_chosen(chosen, "")
        whole = self.model.selection.everything and chosen == count
        self.ask("sums", OrderTotals(self._found) if whole else OrderTotals(ids=self.model.selected_ids()), self._show_sums)

    def _tell_chosen(self, chosen: int, sums: str) -> None:
        self.foot.show_selection(trn("{n} chosen", "{n} chosen", chosen), sums)
        self.ship_button.setText(trn("Ship {n} order", "Ship {n} orders", chosen))
        self.ship_button.setVisible(self.tab in SHIPPABLE)

    def _sums(self, totals: Totals) -> str:
        dot = "·" if language() == "zh" else " · "
        amount = totals.payable if self.tab == "awaiting_payment" else totals.paid
        return trn("{n} unit", "{n} units", totals.quantity) + dot + formats.money(amount)

    def _show_sums(self, totals: Totals) -> None:
        chosen = self.model.selection.count(self.model.rowCount())
        if chosen:
            self._tell_chosen(chosen, self._sums(totals))

    def _show_totals(self, totals: Totals) -> None:
        if not self.model.selection.count(self.model.rowCount()):
            dot = "·" if language() == "zh" else " · "
            self.foot.show_summary(trn("{n} order", "{n} orders", totals.count) + dot + self._sums(totals))

    # ---- the detail

    def show_detail(self, order_id: int) -> None:
        self.panel.show_order(order_id)

    def _enter_detail(self, _order_id: int) -> None:
        if not self.panel.isVisible():
            self.panel.show()
            self.context.prefs.set_flag("window/detail", True)
        self.panel.focus_first()

    def _show_audit(self) -> None:
        if self.panel.card is not None:
            self.context.go("audit", number=self.panel.card.number)

    # ---- deeds

    def chosen(self) -> list[int]:
        """Ids of the chosen orders in the order of the table, else the current one."""
        ids = self.model.selected_ids()
        current = self.table.current_id()
        return ids or ([current] if current >= 0 else [])

    def _ship(self) -> None:
        self.deeds.ship(self.chosen())

    def _note(self) -> None:
        self.deeds.edit_notes(self.chosen())

    def _address(self) -> None:
        self.deeds.edit_address(self.table.current_id())

    def _refund(self) -> None:
        self.deeds.refund(self.table.current_id())

    def _reply(self) -> None:
        self.deeds.copy_reply(self.table.current_id())

    def _print(self, document: str) -> None:
        self.deeds.print_out(document, self.chosen())

    def _export(self) -> None:
        """What is chosen, else everything that is found."""
        self.deeds.export(self.model.selected_ids() or list(self.model.all_ids()))

    def _import(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, tr("Import export files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("Export files") + " (*.csv *.xlsx *.xls *.txt)", tr("All files") + " (*)"])
        dialog.filesSelected.connect(self._take_files)
        dialog.open()

    def _take_files(self, names: Sequence[str]) -> None:
        from pathlib import Path

        paths: list[Path] = [Path(name) for name in names]
        self.context.import_files(paths)

    def _show_menu(self, at: QPoint) -> None:
        """The same deeds as in the menus."""
        if self.table.current_id() < 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._in_menu:
            menu.addAction(one)
        menu.addSeparator()
        for one in self._printing:
            menu.addAction(one)
        menu.popup(at)

    def menu_actions(self) -> list[Action]:
        """What the context menu holds."""
        return [*self._in_menu, *self._printing]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits typed or scanned over the table go to the search box: a scanned order number finds its order."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            typed = event.text()
            if typed.isascii() and typed.isdigit() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.bar.field.setText(typed)
                self.bar.field.setFocus()
                return True
        return False

    # ---- pictures

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        return (
            ("chosen", self._picture_chosen),
            ("ship", self._picture_ship),
            ("trouble", self._picture_trouble),
            ("all", self._picture_all),
            ("ship-one", lambda: self._opened(lambda: self.deeds.ship(self.model.all_ids()[:1]))),
            ("address", self._picture_address),
            ("note", self._picture_note),
            ("slip", lambda: self._opened(lambda: self.deeds.print_out(SLIP, self.model.all_ids()[:5]))),
            ("labels", lambda: self._opened(lambda: self.deeds.print_out(LABEL, self.model.all_ids()[:5]))),
            ("picklist", lambda: self._opened(lambda: self.deeds.print_out(PICK, self.model.all_ids()[:20]))),
        )

    def _opened(self, run: Callable[[], object]) -> QWidget | None:
        run()
        return self.deeds.dialog

    def _picture_chosen(self) -> None:
        self.model.selection.only(self.model.all_ids()[:6:2])

    def _picture_trouble(self) -> None:
        self.model.selection.clear()
        self.bar.set_text("状太:已发货" if language() == "zh" else "stauts:shipped")

    def _picture_all(self) -> None:
        self.bar.set_text("")
        self.tabs.choose(ALL)

    def _picture_address(self) -> QWidget | None:
        if self.panel.card is None:
            return None
        dialog = AddressDialog(self, self.context, self.panel.card)
        dialog.put({"province": "新疆维吾尔自治区", "city": "乌鲁木齐市", "district": "天山区", "address": "解放南路 18 号 2 单元 501"})
        dialog.open()
        return dialog

    def _picture_note(self) -> QWidget | None:
        rows = [row for place in range(min(4, self.model.rowCount())) if (row := self.model.row_at(place)) is not None]
        if not rows:
            return None
        dialog = NoteDialog(self, self.context, rows)
        dialog.open()
        return dialog

    def _picture_ship(self) -> QWidget | None:
        """Some numbers typed, one of another carrier, so that the verdicts are seen."""
        numbers = "\n".join([*(f"7312345678{n:04d}" for n in range(5)), "SF1234567890123", "7312345678"])
        dialog = ShipDialog(self, self.context, self.model.all_ids()[:30], numbers)
        dialog.open()
        return dialog


def _split(search: str) -> tuple[str, str]:
    """(words, tab) of a search from elsewhere: one plain status in it is a tab."""
    found = _STATUS_PART.findall(search)
    if len(found) == 1 and found[0] in STATUSES and not re.search(r"[()（）]|\bOR\b|或", search):
        return " ".join(_STATUS_PART.sub(" ", search).split()), found[0]
    return search, ""
