"""What is to be mended after an import, one tab a kind: goods to match, addresses, amounts, orders placed twice, and what files said that
was not taken over: conflicts and rows with an unknown word. Each line is mended in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import language, tr, trn
from desktop.models.paged_table import PagedTable
from desktop.models.worklist_columns import WorklistSource, columns_of, rows_of
from desktop.views.conflict_deeds import OURS, THEIRS, ConflictDeeds
from desktop.views.list_page import ListPage
from desktop.views.widgets.buttons import Button, PrimaryButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.selection_bar import SelectionBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs
from desktop.views.worklist_panel import WorklistPanel
from services.words import term
from services.words.mending import faults, reason

if TYPE_CHECKING:
    from services.outcome import Outcome
    from services.queries.order_card import OrderCardRow
    from services.queries.worklists.counts import Mending
    from services.queries.worklists.duplicates import Twin

TABS = ("goods", "addresses", "amounts", "duplicates", "conflicts", "held")
MANY = 200
"""Lines from which a change of all of them shows its progress."""


class WorklistsPage(ListPage):
    tables: ClassVar[tuple[str, ...]] = (
        "orders",
        "order_line",
        "listing",
        "sku",
        "accepted",
        "import_batch",
        "after_sale",
        "import_conflict",
    )
    panel: WorklistPanel

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        said = language()
        self._counts: Mending | None = None
        self._stale: set[str] = set(TABS)
        tabs = Tabs([(tab, term("worklist", tab, said)) for tab in TABS], tr("To mend"))
        tabs.add_right(Button(tr("Export"), self.export, icon="export", height=32))
        tabs.add_right(Button(tr("Shop notice…"), self.compose, icon="bulb", height=32))
        self.put_head(tabs, SearchBar(tr("Order no., buyer, phone, address, goods…"), tr("Search what is to be mended")))
        self.deciding = ConflictDeeds(self, context, self._decided)
        self._make_tables()
        self._make_foot()
        deeds: dict[str, Callable[..., object]] = {
            "match": self.match,
            "other": partial(self._line, self._match_dialog),
            "make": self.make_sku,
            "correct": partial(self._line, self._correct),
            "edit": self.edit,
            "accept": partial(self._line, self._accept),
            "close": self.close_one,
            "open": self.open_order,
            "keep": partial(self._line, partial(self.deciding.decide, OURS)),
            "take": partial(self._line, partial(self.deciding.decide, THEIRS)),
            "batch": self.open_batch,
            "word": self.say_word,
        }
        self.put_panel(WorklistPanel(context, deeds))
        self.keep_action = action(self, tr("Keep ours"), self.keep, icon="check", shortcut="Ctrl+Shift+Left", menu="orders")
        self.take_action = action(self, tr("Take the file's"), self.take, icon="file-import", shortcut="Ctrl+Shift+Right", menu="orders")
        self._allow()
        action(self, tr("Shop notice…"), self.compose, icon="bulb", menu="orders")
        action(self, tr("Export the worklist…"), self.export, icon="export", shortcut="Ctrl+Shift+X", menu="file")

    def _make_tables(self) -> None:
        """A table for each tab, for their rows are of different kinds and are chosen apart."""
        self.stack = QStackedWidget()
        self.lists: dict[str, tuple[PagedTable, TableView]] = {}
        for tab in TABS:
            model = PagedTable(columns_of(tab, self.context.now, lambda: self.context.zone), WorklistSource(tab), self.context.runner, self)
            table = TableView(model, term("worklist", tab, language()), self.context.prefs, f"worklist-{tab}")
            table.current_changed.connect(partial(self._current, tab))
            table.opened.connect(lambda _id: self.open_line())
            table.noticed.connect(self.context.notify)
            model.loaded.connect(partial(self._loaded, tab))
            model.failed.connect(self.failed)
            model.selection.changed.connect(self.tell_foot)
            self.stack.addWidget(table)
            self.lists[tab] = (model, table)
        self.model, self.table = self.lists[TABS[0]]
        self.column.addWidget(self.stack, 1)

    def _make_foot(self) -> None:
        self.match_button = Button(tr("Match"), self.match_other, icon="link")
        self.best_button = PrimaryButton(tr("Take the likeliest"), self.match_best, icon="check")
        self.accept_button = Button(tr("Let stand"), self.accept, icon="seal")
        self.correct_button = PrimaryButton(tr("Correct it"), self.correct, icon="check")
        self.take_button = Button(tr("Take the file's"), self.take, icon="file-import")
        self.keep_button = PrimaryButton(tr("Keep ours"), self.keep, icon="check")
        foot = SelectionBar(
            self.match_button, self.best_button, self.accept_button, self.correct_button, self.take_button, self.keep_button
        )
        self.put_foot(foot)
        foot.clear.clicked.disconnect()
        foot.clear.clicked.connect(self._clear)
        self._of_tab = {
            "goods": (self.match_button, self.best_button),
            "addresses": (self.accept_button, self.correct_button),
            "amounts": (self.accept_button,),
            "duplicates": (self.accept_button,),
            "conflicts": (self.take_button, self.keep_button),
            "held": (),
        }

    # ---- what is shown

    def navigate(self, **facts: Any) -> None:
        """`tab`, `search`, `id`; the present tab stays where none is asked for."""
        self.seek(str(facts.get("search", "")), str(facts.get("tab") or self.tab), int(facts.get("id", -1)))

    def refresh(self, changes: Changes) -> None:
        """What is on the screen is read again, the other tabs when they are shown."""
        self.read_counts()
        self._stale = set(TABS) - {self.tab}
        self.model.refresh()
        self._read_line(self.table.current_id())

    def show_rows(self, anew: bool = False) -> None:
        super().show_rows(anew or self.tab in self._stale)
        self._stale.discard(self.tab)

    def change_tab(self, tab: str) -> None:
        self.model, self.table = self.lists[tab]
        self.stack.setCurrentWidget(self.table)
        self.panel.show_line(tab, None)
        self._allow()
        self.show_rows(anew=True)
        self._read_line(self.table.current_id())
        self.tell_foot()
        self.activate()

    def _loaded(self, tab: str, count: int) -> None:
        if tab == self.tab:
            self.settle(count)

    def _current(self, tab: str, row_id: int) -> None:
        if tab == self.tab:
            self._read_line(row_id)

    def show_detail(self, row_id: int) -> None:
        self._read_line(row_id)

    def _read_line(self, row_id: int) -> None:
        if row_id < 0:
            self.panel.show_line(self.tab, None)
            return
        self.ask("line", rows_of(self.tab, (row_id,)), partial(self._show_line, self.tab))

    def _show_line(self, tab: str, rows: Sequence[Any]) -> None:
        if tab == self.tab:
            self.panel.show_line(tab, rows[0] if rows else None)

    def empty(self) -> EmptyState:
        if self.bar.text():
            words = tr("Nothing that is to be mended fits “{words}”.", words=self.bar.text())
            return EmptyState("search", tr("Nothing found"), words, Button(tr("Clear the search"), self.bar.clear))
        words = {
            "goods": tr("Every line of every order has its goods."),
            "addresses": tr("Every waiting order has a recipient, a phone and an address that a parcel finds."),
            "amounts": tr("The amounts of the waiting orders and of the files of the last 90 days go together."),
            "duplicates": tr("No waiting order looks like another one of the same buyer within a day."),
            "conflicts": tr("No file says otherwise than what was edited here."),
            "held": tr("Every word in the imported files is known."),
        }[self.tab]
        return EmptyState("check-circle", tr("Nothing to mend"), words)

    # ---- counts

    def read_counts(self) -> None:
        from services.queries.worklists.counts import CountMending

        self.ask("counts", CountMending(), self._show_counts)

    def _show_counts(self, counts: Mending) -> None:
        self._counts = counts
        self.tabs.set_counts(dict(counts.by_page))
        self.context.count("worklists", sum(counts.by_page.values()))
        self.tell_foot()

    def tell_foot(self) -> None:
        chosen = self.model.selection.count(self.model.rowCount())
        if not chosen:
            self.foot.show_summary(self._summary())
            return
        hints = {
            "goods": tr("They must be the same goods, or take the likeliest of each"),
            "addresses": tr("What was recognised is taken over; the others stay as they are"),
            "amounts": tr("What was seen comes back only with other amounts"),
            "duplicates": tr("Different orders stay off the list for good"),
            "conflicts": tr("What is kept stays, whatever the same file says again"),
        }
        self.foot.show_selection(trn("{n} line chosen", "{n} lines chosen", chosen), hints[self.tab])
        for button in self.foot.buttons:
            button.setVisible(button in self._of_tab[self.tab])
        self.match_button.setText(trn("Match {n}", "Match {n}", chosen))
        self.correct_button.setText(trn("Correct {n}", "Correct {n}", chosen))
        self.keep_button.setText(trn("Keep ours of {n}", "Keep ours of {n}", chosen))
        self.take_button.setText(trn("Take the file's of {n}", "Take the file's of {n}", chosen))
        self.accept_button.setText(tr("They are two orders") if self.tab == "duplicates" else tr("Let stand"))

    def _clear(self) -> None:
        """Of the tab shown, whichever that is."""
        self.model.selection.clear()

    def _summary(self) -> str:
        """How many of each kind, the most frequent first."""
        counts = self._counts
        if counts is None:
            return ""
        if self.tab == "goods":
            return trn("{n} to match", "{n} to match", counts.goods)
        if self.tab == "conflicts":
            return trn("{n} value to decide", "{n} values to decide", counts.conflicts)
        if self.tab == "held":
            return trn("{n} row waits", "{n} rows wait", counts.held)
        kinds = {"addresses": counts.addresses, "amounts": counts.amounts, "duplicates": counts.duplicates}[self.tab]
        return ("，" if language() == "zh" else ", ").join(f"{term('mend', code, language())} {count}" for code, count in kinds[:5])

    # ---- deeds: on the lines chosen, else on the one shown

    def _lines(self, then: Callable[[Sequence[Any]], object]) -> None:
        """Read the lines meant as they are now, and go on with them."""
        ids = tuple(self.model.selected_ids()) or ((self.panel.row.id,) if self.panel.row is not None else ())
        if ids:
            self.ask("deed", rows_of(self.tab, ids), then)

    def _line(self, then: Callable[[Sequence[Any]], object]) -> None:
        """The line shown, whatever else is chosen: what its own panel offers."""
        if self.panel.row is not None:
            then((self.panel.row,))

    def open_line(self) -> None:
        """Enter or a double click: what is done most with such a line."""
        if self.panel.row is None:
            return
        match self.tab:
            case "goods":
                self._line(self._match_dialog)
            case "addresses":
                self.edit()
            case "held":
                self.say_word()
            case _:
                self.open_order()

    def match(self, sku_id: int) -> None:
        """The line shown is this SKU."""
        from services.commands.stock import MatchGoods

        if self.panel.row is not None:
            self.context.runner.change(MatchGoods((self.panel.row.id,), sku_id)).then(self._matched)

    def match_best(self) -> None:
        self._lines(self._match_best)

    def _match_best(self, rows: Sequence[Any]) -> None:
        from services.commands.mending import MatchEach

        pairs = tuple((row.id, row.sure.sku_id) for row in rows if row.sure is not None)
        if not pairs:
            self.context.notify(tr("None of them is alike enough to be taken unseen: look at each."), "warn")
            return
        self.context.runner.change(MatchEach(pairs), title=self._title(len(pairs))).then(
            partial(self._matched_each, len(rows) - len(pairs))
        )

    def _matched_each(self, left: int, outcome: Outcome[Any]) -> None:
        self._matched(outcome, trn("; {n} is left to be looked at", "; {n} are left to be looked at", left) if left else "")

    def _matched(self, outcome: Outcome[Any], more: str = "") -> None:
        self.model.selection.clear()
        self.context.notify(trn("Matched {n} order line", "Matched {n} order lines", int(outcome.value)) + more)

    def match_other(self) -> None:
        self._lines(self._match_dialog)

    def _match_dialog(self, rows: Sequence[Any]) -> None:
        from desktop.views.match_dialog import MatchDialog

        self.open_dialog(MatchDialog(self, self.context, [row.goods for row in rows]))

    def make_sku(self) -> None:
        self._line(self._sku_dialog)

    def _sku_dialog(self, rows: Sequence[Any]) -> None:
        from desktop.views.sku_dialog import SkuDialog

        self.open_dialog(SkuDialog(self, self.context, rows))

    def correct(self) -> None:
        """Take over what was recognised."""
        self._lines(self._correct)

    def _correct(self, rows: Sequence[Any]) -> None:
        from services.commands.mending import AddressFix, MendAddresses

        better = [row for row in rows if row.correction]
        if not better:
            self.context.notify(tr("Nothing was recognised there: edit them one by one."), "warn")
            return
        kinds = tuple(dict.fromkeys(code for row in better for code in row.faults))
        why = reason("corrected", language(), faults=faults(kinds, language()))
        command = MendAddresses(tuple(AddressFix(row.id, row.version, dict(row.correction)) for row in better))
        self.context.runner.change(command, why, self._title(len(better))).then(self._corrected)

    def _corrected(self, outcome: Outcome[Any]) -> None:
        self.model.selection.clear()
        self.context.notify(trn("Corrected {n} address", "Corrected {n} addresses", int(outcome.value)))

    def edit(self) -> None:
        """The address by hand, what was recognised typed in already."""
        if self.tab == "addresses" and self.panel.row is not None:
            from services.queries.order_card import OrderCard

            self.ask("card", OrderCard(self.panel.row.id), partial(self._edit, self.panel.row))

    def _edit(self, row: Any, card: OrderCardRow) -> None:
        from desktop.views.edit_dialog import AddressDialog

        dialog = AddressDialog(self, self.context, card)
        dialog.put(
            {name: text for name, text in row.correction if name in {"recipient", "phone", "province", "city", "district", "address"}}
        )
        dialog.reason.words.setText(reason("typed", language(), faults=faults(row.faults, language())))
        self.open_dialog(dialog)

    def accept(self) -> None:
        """Seen and right as it is: off the list until the values are others."""
        self._lines(self._accept)

    def _accept(self, rows: Sequence[Any]) -> None:
        from services.commands.mending import AcceptFindings, Finding

        if not rows:
            return
        codes = {row.id: (row.code,) if self.tab == "duplicates" else row.faults for row in rows}
        kinds = tuple(dict.fromkeys(code for found in codes.values() for code in found))
        kind = "two_orders" if self.tab == "duplicates" else "accepted"
        findings = tuple(
            Finding(self.tab, row.key, ",".join(codes[row.id]), row.seen, row.order_id if self.tab == "amounts" else row.id) for row in rows
        )
        why = reason(kind, language(), faults=faults(kinds, language()))
        self.context.runner.change(AcceptFindings(findings), why).then(self._accepted)

    def _accepted(self, outcome: Outcome[Any]) -> None:
        self.model.selection.clear()
        ids = tuple(outcome.value)
        self.context.notify(
            trn("{n} line let stand", "{n} lines let stand", len(ids)), label=tr("Undo"), action=partial(self._take_back, ids)
        )

    def _take_back(self, ids: tuple[int, ...]) -> None:
        from services.commands.mending import ReopenFindings

        self.context.runner.change(ReopenFindings(ids))

    def close_one(self) -> None:
        """Of two equal orders the one that can be closed."""
        row = self.panel.row
        if self.tab != "duplicates" or row is None or row.lapsing is None:
            return
        from desktop.views.manual_order_money import CloseDialog

        dialog = CloseDialog(self, self.context, (row.lapsing.id,))
        kept = row.first if row.lapsing.id == row.second.id else row.second
        dialog.reason.choose("duplicate")
        dialog.words.setText(reason("closed_duplicate", language(), number=kept.number))
        self.open_dialog(dialog)

    def open_order(self, twin: Twin | None = None) -> None:
        row = self.panel.row
        if row is None:
            return
        shown = twin if twin is not None else row.second if self.tab == "duplicates" else row
        if shown.number:
            order_id = row.order_id if self.tab in {"amounts", "conflicts"} else shown.id
            self.context.go("orders", search=shown.number, tab="all", id=-1 if order_id is None else order_id)

    # ---- what files said and was not taken over

    def _allow(self) -> None:
        """Deciding is offered where there is something to decide."""
        for one in (self.keep_action, self.take_action):
            one.setEnabled(self.tab == "conflicts")
            one.setVisible(self.tab == "conflicts")

    def keep(self) -> None:
        """What stands here stays, of the lines chosen, else of the one shown."""
        self._lines(partial(self.deciding.decide, OURS))

    def take(self) -> None:
        """The files' values take its place."""
        self._lines(partial(self.deciding.decide, THEIRS))

    def _decided(self) -> None:
        """Whatever came of it: the lines are read anew, and the keys are in the table."""
        self.lists["conflicts"][0].selection.clear()
        self.refresh({})
        self.activate()

    def say_word(self) -> None:
        """Say what the unknown word of the row shown means."""
        if self.tab == "held" and self.panel.row is not None:
            from services.queries.held_rows import HeldRows

            self.ask("word", HeldRows(), partial(self._word_dialog, self.panel.row))

    def _word_dialog(self, row: Any, rows: Sequence[Any]) -> None:
        from desktop.views.imports_word import WordDialog

        same = [one for one in rows if one.value == row.value] or [row]
        self.open_dialog(WordDialog(self, self.context, row, sorted({one.batch_id for one in same}), len(same)))

    def open_batch(self, batch_id: int) -> None:
        self.context.go("imports", id=batch_id)

    def _title(self, lines: int) -> str:
        return trn("Mending {n} line", "Mending {n} lines", lines) if lines > MANY else ""

    # ---- out of the window

    def export(self) -> DialogBase | None:
        """The lines chosen, else all of this tab, to a file."""
        from desktop.views.export_dialog import export_list
        from services.exports.registry import table_of

        ids = tuple(self.model.selected_ids()) or self.model.all_ids()
        if not len(ids):
            return None
        return self.open_dialog(export_list(self, self.context, table_of(self.tab, self.context.zone), ids, len(ids)))

    def compose(self) -> DialogBase:
        from desktop.views.notice_dialog import NoticeDialog

        return self.open_dialog(NoticeDialog(self, self.context))

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        return (
            *((tab, partial(self._picture_of, tab)) for tab in TABS[1:]),
            ("word", self._picture_of_word),
            ("correction", self._picture_of_correction),
            ("edit", self._picture_of_editing),
            ("sku", self._picture_of_making),
            ("notice", self.compose),
            ("export", self.export),
        )

    def _picture_of(self, tab: str) -> None:
        from desktop.views.worklist_pictures import Sample, samples

        made = samples(tab, self.context.now())
        if made:
            self.lists[tab][0].source = Sample(made)
        self.tabs.choose(tab)
        if made:
            self.table.current_changed.disconnect()
            self.panel.show_line(tab, made[0])

    def _picture_of_word(self) -> DialogBase:
        from desktop.views.imports_word import WordDialog
        from desktop.views.worklist_pictures import samples

        rows = samples("held", self.context.now())
        dialog = WordDialog(self, self.context, rows[0], [rows[0].batch_id], len(rows))
        dialog.status.choose("awaiting_payment")
        return self.open_dialog(dialog)

    def _picture_of_correction(self) -> None:
        """A line of which something was recognised, and several chosen."""
        self.tabs.choose("addresses")
        better = [row.id for row in self.model.rows_ready() if row.correction]
        if better:
            self.table.go_to(better[0])
            for row_id in better:
                self.model.selection.toggle(row_id)

    def _picture_of_editing(self) -> None:
        self.edit()

    def _picture_of_making(self) -> None:
        self.tabs.choose("goods")
        self.model.selection.clear()
        if self.model.rowCount():
            self.ask("deed", rows_of("goods", (self.model.id_at(0),)), self._sku_dialog)
