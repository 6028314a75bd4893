"""The orders page: status tabs with counts, one search bar, the table, what is chosen, and the detail of the current order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop import icons
from desktop.actions import Action, action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.models.order_columns import ALL, STATUSES, Moment, OrderSource, order_columns, row_tone, search_of, usual_sort, wanted_of
from desktop.models.paged_table import PagedTable, Sort, changed_ids
from desktop.theme import MARGIN
from desktop.views.list_page import ListPage
from desktop.views.orders_actions import OrderActions
from desktop.views.orders_foot import OrdersFoot
from desktop.views.orders_inline import FLAGS, FlagClicks, InlineNotes
from desktop.views.orders_panel import OrderPanel
from desktop.views.orders_views import REGIONS, SHIPPING, OrderViews
from desktop.views.print_dialog import LABEL, PICK, SLIP
from desktop.views.widgets.buttons import Button, LinkButton, PrimaryButton
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.filter_bar import FilterBar
from desktop.views.widgets.labels import IconLabel, Label
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs
from services.errors import BadInput, DeskError
from services.words import term

if TYPE_CHECKING:
    from pathlib import Path

    from services.queries.counts import Counts

AT_ONCE = 20_000
"""Rows of a result whose chosen ones are put in order in the window's own thread: a millisecond or two."""
SORTS, COLOURS = "sort/orders", "orders/row_colours"
"""Where the preferences keep them."""
TICK = 60_000
"""Milliseconds between two looks at the time left."""
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
        "setting",
    )
    panel: OrderPanel
    foot: OrdersFoot
    bar: FilterBar

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.moment = Moment(context.now, lambda: context.zone)
        self.source = OrderSource()
        self.deeds = OrderActions(self, context)
        self._sorts = kept_sorts(context.prefs.text(SORTS), self.moment)
        self._answered: dict[str, Sort] = {}
        self._first = False
        self._top = False
        self._found = search_of("awaiting_shipment", "")
        self._total = 0
        self._make_head()
        model = PagedTable(order_columns(self.tab, self.moment), self.source, context.runner, self)
        self.views = OrderViews(self)
        self.put_table(model, TableView(model, tr("Orders"), context.prefs, "orders"), self.views.stack)
        self.views.put_table(self.table)
        self.source.more = wanted_of(model.columns)
        self.flags = FlagClicks(self, context, model)
        self.inline = InlineNotes(self, context, self.table, model)
        self.table.installEventFilter(self)
        self.table.acted.connect(lambda order_id, _key, back: self.flags.click(order_id, back))
        self.table.edit_asked.connect(self._edit_cell)
        self.table.sort_chosen.connect(self._keep_chosen_sort)
        self.table.arranged.changed.connect(self._read_more)
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
            "evidence": lambda: self.deeds.evidence(self.table.current_id()),
            "check": lambda: self.deeds.check([self.table.current_id()]),
            "uncheck": lambda: self.deeds.check([self.table.current_id()], on=False),
            "edit": self._edit_order,
            "change": self._change_order,
            "deadline": self._change_deadline,
            "pay": self._pay,
            "close": lambda: self.deeds.close_orders([self.table.current_id()]),
        }
        self.put_panel(OrderPanel(context, deeds))
        self._make_actions()
        self._colour_rows(context.prefs.flag(COLOURS, True))
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
        tabs.add_right(Button(tr("New order"), self._new_order, icon="plus"))
        bar = FilterBar(self.context, tr("Number, buyer, phone tail, goods… or field:value"), tr("Search orders"))
        bar.scope = lambda search: search_of(self.tab, search)
        bar.where = lambda: "" if self.tab == ALL else term("status", self.tab, said)
        bar.searched.connect(self._keep_sort)
        bar.scanned.connect(self._find_scanned)
        bar.save_requested.connect(self._keep_search)
        self.put_head(tabs, bar, bar.save_button)
        bar.field.returnPressed.connect(self._go_to_first)
        self.trouble = Trouble()
        self.column.addWidget(self.trouble)

    def _make_foot(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "ship": self._ship,
            "check": self._check,
            "note": self._note,
            "export": self._export,
            "slip": lambda: self._print(SLIP),
            "pick": lambda: self._print(PICK),
            "label": lambda: self._print(LABEL),
        }
        self.put_foot(OrdersFoot(self, deeds))

    def _make_actions(self) -> None:
        """The same deeds in the menus, with their keys; all of them are for what is chosen, else for the current order."""
        orders = (
            (tr("Ship…"), self._ship, "ship", "Ctrl+Return"),
            (tr("Check and ship…"), self._check_and_ship, "ship", "Ctrl+Shift+Return"),
            (tr("Mark as checked"), self._check, "seal", "K"),
            (tr("Take the check back"), self._uncheck, "close", "Shift+K"),
            (tr("Memo, flag and tags…"), self._note, "note", "Ctrl+E"),
            (tr("Type the memo in its place"), lambda: self._edit_cell(self.table.current_id(), "memo"), "edit", "F2"),
            (tr("Type the tags in their place"), lambda: self._edit_cell(self.table.current_id(), "tags"), "tag", "Shift+F2"),
            (tr("Edit address…"), self._address, "edit", "Ctrl+Shift+E"),
            (tr("Edit order…"), self._edit_order, "edit", "Ctrl+Alt+E"),
            (tr("Change goods and amounts…"), self._change_order, "money", "Ctrl+Alt+G"),
            (tr("Change the deadline of shipping…"), self._change_deadline, "clock", "Ctrl+Alt+D"),
            (tr("Book a payment…"), self._pay, "money", "Ctrl+Shift+Y"),
            (tr("Refund…"), self._refund, "refund", "Ctrl+Shift+R"),
            (tr("Copy “where is my order”"), self._reply, "copy", "Ctrl+Shift+C"),
            (tr("Where the values come from…"), self.panel.show_sources, "file", "Ctrl+I"),
            (tr("Export…"), self._export, "export", "Ctrl+Shift+X"),
            (tr("Close orders…"), self._close_orders, "x-circle", "Ctrl+Shift+W"),
        )
        prints = (
            (tr("Packing slips…"), lambda: self._print(SLIP), "slip", "Ctrl+P"),
            (tr("Pick list…"), lambda: self._print(PICK), "orders", "Ctrl+Shift+P"),
            (tr("Address labels…"), lambda: self._print(LABEL), "label", "Ctrl+Shift+L"),
        )
        action(self, tr("New order…"), self._new_order, icon="plus", shortcut="Ctrl+N", menu="orders")
        action(self, tr("Build a filter…"), self.bar.open_builder, icon="filter", shortcut="Ctrl+Shift+F", menu="view")
        self._in_menu = [action(self, words, run, icon=icon, shortcut=keys, menu="orders") for words, run, icon, keys in orders]
        for one in self._in_menu:
            if not one.shortcut().toString().startswith("Ctrl"):  # a letter or F2 means something else in the rail
                one.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._in_menu.append(self._flag_menu())
        self._printing = [action(self, words, run, icon=icon, shortcut=keys, menu="print") for words, run, icon, keys in prints]
        action(self, tr("Columns…"), self.table.choose_columns, icon="columns", shortcut="Ctrl+Shift+K", menu="view")
        action(self, tr("Reset columns"), self.table.arranged.reset, icon="refresh", menu="view")
        self.views.make_actions()
        self.colour_action = action(self, tr("Colour late and blocked rows"), self._toggle_colours, menu="view", checkable=True)

    def _flag_menu(self) -> Action:
        """The six flags, each with its key, for what is chosen."""
        menu = QMenu(self)
        for flag in range(FLAGS):
            one = action(self, term("flag", str(flag), language()), partial(self._flag, flag), shortcut=f"Alt+{flag}")
            one.setIcon(icons.flag_icon(flag))
            menu.addAction(one)
        whole = action(self, tr("Flag"), lambda: menu.popup(self._beside_row()), icon="flag", menu="orders")
        whole.setMenu(menu)
        return whole

    def _beside_row(self) -> QPoint:
        """Below the current row's flag, in global coordinates."""
        row = self.table.visualRect(self.model.index(max(0, self.table.currentIndex().row()), 1))
        return self.table.viewport().mapToGlobal(row.bottomLeft())

    # ---- what is shown

    def load(self) -> None:
        self.context.tags.read()
        super().load()

    def refresh(self, changes: Changes) -> None:
        self.views.orders_changed(changes)
        if "orders" in changes:
            self.read_counts()
            self.model.refresh(changed_ids(changes, "orders"))
        elif "setting" in changes:  # whether only what is checked may leave
            self.model.refresh()
        shown = self.panel.card.id if self.panel.card is not None else -1
        if shown >= 0 and (not changes.get("orders") or shown in changes["orders"]):
            self.panel.reload()

    def navigate(self, **facts: Any) -> None:
        """`search` (a status in it chooses the tab), `tab`, `sort`, `id` of the order to be current; or another `view` of what is shown."""
        if facts.get("view") == REGIONS:
            self.views.show_regions()
            return
        self.views.show_table()
        words, tab = _split(str(facts.get("search", "")))
        tab = str(facts.get("tab") or tab or ALL)
        if sort := str(facts.get("sort") or ""):
            wanted = Sort(sort.removeprefix("-"), sort.startswith("-"))
            self._sorts[tab] = wanted
            if tab == self.tab:
                self.model.sorted_by = wanted
        self.seek(words, tab, int(facts.get("id", -1)), anew=bool(sort))

    def show_rows(self, anew: bool = False) -> None:
        self.trouble.say("")
        self.bar.show_trouble("")
        self.model.show(self.bar.text(), self._sorts.get(self.tab, usual_sort(self.tab)), anew)

    def change_tab(self, tab: str) -> None:
        self.inline.finish()
        self._sorts[self.source.tab] = self.model.sorted_by
        self.source.tab = tab
        self.model.selection.clear()
        self.model.set_columns(order_columns(tab, self.moment))
        self.source.more = wanted_of(self.model.columns)
        self._top = True
        self.show_rows(anew=True)

    def _keep_sort(self, _words: str) -> None:
        """Another search keeps the sort that was clicked."""
        self._sorts[self.tab] = self.model.sorted_by

    def _keep_search(self, words: str) -> None:
        """Tab and words together become a group, with the sort that was clicked."""
        by = self.model.sorted_by
        sort = "" if by == usual_sort(self.tab) else ("-" if by.descending else "") + by.key
        self.context.group_requested.emit(search_of(self.tab, words), sort)

    def _tell_search(self) -> None:
        """Which group's orders these are, the rail marks."""
        from services.search.tabs import page_form

        self.context.searched.emit(page_form(self._found))
        self.views.result_changed(self._found)

    def _find_scanned(self, number: str) -> None:
        """A scanner's line finds its order whatever tab is shown."""
        self._first = True
        self.seek(number, ALL)

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
        self._tell_search()
        self._answered[self.tab] = self.model.sorted_by
        self._drop_gone(count)
        super().settle(count, first or self._top or self._first)
        if self._first and count:
            self.table.setFocus()
        self._first = self._top = False

    def refused(self, error: DeskError) -> None:
        """Say where the search can't be understood and what the right word would be, or that it can't be sorted so."""
        self._first = self._top = False
        if error.code == "sort_too_many":
            self._sort_back()
        mistake = error if isinstance(error, BadInput) and error.facts.get("position") else None
        if mistake is not None and self.bar.holds(mistake, self.refused):
            return
        words = error_words(error if mistake is None else self.bar.as_seen(mistake))
        self.bar.show_trouble(words)
        if mistake is not None:
            self.bar.point_at(mistake)
        if mistake is not None and self.bar.field.marked and mistake.facts.get("suggestion"):
            mend = tr("Put “{word}”", word=mistake.facts["suggestion"])
            self.trouble.say(words, mend, lambda: self.bar.mend(mistake))
        else:
            self.trouble.say(words)

    def _drop_gone(self, count: int) -> None:
        """What left the result is not acted upon unseen."""
        seen = self.model.chosen()
        if not seen.ids:
            return
        if count <= AT_ONCE:
            self.model.selection.retain(seen, seen.still_there())
        else:
            self.ask("gone", lambda _desk: seen.still_there(), partial(self.model.selection.retain, seen))

    # ---- sorting and columns, kept between starts

    def _keep_chosen_sort(self, sort: Sort) -> None:
        self._sorts[self.tab] = sort
        self.context.prefs.set_text(SORTS, sorts_text(self._sorts))

    def sort_by(self, by: Sort) -> None:
        """Sort the present tab so, and keep it."""
        self._keep_chosen_sort(by)
        self.show_rows(anew=True)

    def _sort_back(self) -> None:
        """So many orders can't be sorted that way: back to the last way that could be, else to the usual."""
        good = self._answered.get(self.tab)
        by = good if good is not None and good != self.model.sorted_by else usual_sort(self.tab)
        self._keep_chosen_sort(by)
        self.model.sorted_by = by
        if self._found != search_of(self.tab, self.model.search) or not self.model.shown_once:
            self.model.show(sort=by, anew=True)
        self.table.horizontalHeader().viewport().update()

    def _read_more(self) -> None:
        """Other columns are shown: what they need and the rows do not hold is read."""
        more = wanted_of(self.model.columns)
        lacking = set(more) - set(self.source.more)
        self.source.more = more
        if lacking:
            self.model.refresh()

    def _colour_rows(self, on: bool) -> None:
        self.colour_action.setChecked(on)
        self.table.delegate.tone_of = row_tone if on else None
        self.table.viewport().update()

    def _toggle_colours(self) -> None:
        self.context.prefs.set_flag(COLOURS, self.colour_action.isChecked())
        self._colour_rows(self.colour_action.isChecked())

    def empty(self) -> EmptyState:
        if self._total == 0:
            words = tr("Export the order list on the platform and drop the file anywhere on this window.")
            by_hand = Button(tr("New order…"), self._new_order, icon="plus")
            return EmptyState("orders", tr("No orders yet"), words, PrimaryButton(tr("Import…"), self._import, icon="import"), by_hand)
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
        self.foot.tell(self._found)

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

    def chosen(self) -> Sequence[int]:
        """Ids of the chosen orders in the order of the table, else the current one. Of a long result use `with_chosen`."""
        found = self.model.chosen().in_order()
        current = self.table.current_id()
        return found or ([current] if current >= 0 else [])

    def with_chosen(self, run: Callable[[Sequence[int]], object]) -> None:
        """Do it with what is chosen; looking for some among a million is not the window's own work."""
        self.inline.finish()
        seen = self.model.chosen()
        if len(seen.result) <= AT_ONCE or seen.whole or not (seen.everything or seen.ids):
            run(self.chosen())
        else:
            self.ask("chosen", lambda _desk: seen.in_order(), run)

    def _ship(self) -> None:
        self.with_chosen(self.deeds.ship)

    def _check(self) -> None:
        self.with_chosen(self.deeds.check)

    def _uncheck(self) -> None:
        self.with_chosen(partial(self.deeds.check, on=False))

    def _check_and_ship(self) -> None:
        self.with_chosen(self.deeds.check_and_ship)

    def _flag(self, flag: int) -> None:
        self.with_chosen(partial(self.deeds.set_flag, flag=flag))

    def _note(self) -> None:
        self.with_chosen(self.deeds.edit_notes)

    def _edit_cell(self, order_id: int, key: str) -> None:
        """In its place where the column is shown, else in the dialog."""
        if order_id >= 0 and not self.inline.begin(order_id, key):
            self.deeds.edit_notes([order_id])

    def _address(self) -> None:
        self.deeds.edit_address(self.table.current_id())

    def _new_order(self) -> None:
        self.deeds.new_order(self._show_made)

    def _show_made(self, order_id: int) -> None:
        """Go to the order that was just made, in the tab where it stands, unless a search is being worked through."""
        if not self.bar.text():
            self.seek("", ALL, order_id)

    def _edit_order(self) -> None:
        self.deeds.edit_order(self.table.current_id())

    def _change_order(self) -> None:
        self.deeds.change_order(self.table.current_id())

    def _change_deadline(self) -> None:
        self.deeds.change_deadline(self.table.current_id())

    def _pay(self) -> None:
        self.deeds.record_payment(self.table.current_id())

    def _close_orders(self) -> None:
        self.with_chosen(self.deeds.close_orders)

    def _refund(self) -> None:
        self.deeds.refund(self.table.current_id())

    def _reply(self) -> None:
        self.deeds.copy_reply(self.table.current_id())

    def _print(self, document: str) -> None:
        self.with_chosen(partial(self.deeds.print_out, document))

    def _export(self) -> None:
        """What is chosen, else everything that is found."""
        if self.model.selection.count(self.model.rowCount()):
            self.with_chosen(self.deeds.export)
        else:
            self.deeds.export(self.model.all_ids())

    def _import(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, tr("Import export files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("Export files") + " (*.csv *.xlsx *.xls *.ods *.tsv *.txt *.json)", tr("All files") + " (*)"])
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
                self.bar.begin(typed)
                return True
        return False

    # ---- pictures

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        from desktop.views.orders_pictures import pictures_of

        return pictures_of(self)


def kept_sorts(text: str, moment: Moment) -> dict[str, Sort]:
    """`all=-paid;shipped=number`: what was chosen for a tab, as far as it can still be."""
    found: dict[str, Sort] = {}
    for part in text.split(";"):
        tab, _, key = part.partition("=")
        if tab in {*STATUSES, ALL} and key.removeprefix("-") in {
            SHIPPING.key,
            *(column.sort for column in order_columns(tab, moment) if column.sort),
        }:
            found[tab] = Sort(key.removeprefix("-"), key.startswith("-"))
    return found


def sorts_text(sorts: dict[str, Sort]) -> str:
    return ";".join(f"{tab}={'-' if by.descending else ''}{by.key}" for tab, by in sorts.items() if by.key)


def _split(search: str) -> tuple[str, str]:
    """(words, tab) of a search from elsewhere: one plain status in it is a tab."""
    found = _STATUS_PART.findall(search)
    if len(found) == 1 and found[0] in STATUSES and not re.search(r"[()（）]|\bOR\b|或", search):
        return " ".join(_STATUS_PART.sub(" ", search).split()), found[0]
    return search, ""
