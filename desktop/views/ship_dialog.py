"""Shipping one order or many: a carrier, a tracking number each, what blocks them in words. The verb counts what will really leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.order_columns import region
from desktop.models.ship_table import ShipLine, ShipTable
from desktop.theme import row_height
from desktop.views.ship_grid import ShipGrid
from desktop.views.widgets.buttons import Button, CheckBox, Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band, empty_layout
from desktop.views.widgets.table_header import HEADER_HEIGHT
from services.clock import to_local
from services.queries.ship_rows import CarriersUsed, ShipRows, UsedNumbers, carrier_names, carriers_to_choose
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.ship_rows import ShipRow

WIDTH, WIDTH_OF_ONE, MOST_ROWS = 1000, 620, 12
AROUND, HINT, PASS = 372, 41, 28
"""What the window must have besides the rows, px: head, foot, carrier and margins; a hint; a line of what may be passed over."""


class ShipDialog(DialogBase):
    """What can't leave stays in the dialog with the reason; the orders that left disappear from it. Closing it changes nothing.

    `numbers` are known already: pasted as soon as the orders are there.
    """

    def __init__(self, parent: QWidget, context: AppContext, order_ids: Sequence[int], numbers: str = "") -> None:
        self.one = len(order_ids) == 1
        super().__init__(
            parent,
            tr("Ship"),
            trn("{n} order", "{n} orders", len(order_ids)),
            verb=trn("Ship {n} order", "Ship {n} orders", 0),
            note=tr("Takes the goods off the stock; it can't be undone"),
            width=WIDTH_OF_ONE if self.one else WIDTH,
        )
        self.context, self.order_ids = context, tuple(order_ids)
        self.table = ShipTable(self)
        self.shipped = 0
        self._numbers = numbers
        self._asked: Task | None = None
        self._busy = False
        self._passes: dict[str, CheckBox] = {}
        self._lay_out()
        self.table.judged.connect(self._tell)
        self.table.numbers_changed.connect(self._check_numbers)
        self.set_verb(trn("Ship {n} order", "Ship {n} orders", 0), enabled=False)
        context.runner.query(lambda desk: (desk.read(ShipRows(self.order_ids)), desk.read(CarriersUsed()))).then(self._take)

    # ---- building

    def _lay_out(self) -> None:
        self.carriers = Combo((), tr("Carrier"))
        self.carriers.setMinimumWidth(180)
        self.carriers.currentIndexChanged.connect(lambda _place: self._choose_carrier())
        self.facts = QVBoxLayout()
        self.facts.setSpacing(6)
        self.number = QLineEdit()
        self.number.setMaxLength(40)
        self.number.setPlaceholderText(tr("Type or scan"))
        self.number.setAccessibleName(tr("Tracking number"))
        self.number.textChanged.connect(self._typed)
        self.verdict = QVBoxLayout()
        self.grid = ShipGrid(self.table)
        self.paste_button = Button(tr("Paste numbers"), self._paste, icon="copy", height=32)
        self.paste_button.setAutoDefault(False)
        self.ready = Label("", "body2")
        if self.one:
            self.column.addLayout(self.facts)
            self.column.addWidget(FormRow(tr("Carrier"), self.carriers))
            self.column.addWidget(FormRow(tr("Tracking number"), self.number))
            self.column.addLayout(self.verdict)
            for spare in (self.grid, self.paste_button, self.ready):
                spare.hide()
                spare.setParent(self)
        else:
            top = QHBoxLayout()
            top.setSpacing(12)
            words = Label(tr("Carrier"), "body2")
            words.setBuddy(self.carriers)
            top.addWidget(words)
            top.addWidget(self.carriers)
            top.addWidget(Label(tr("Scan a number a row, or paste a column from a spreadsheet."), "label"))
            top.addStretch()
            top.addWidget(self.ready)
            top.addWidget(self.paste_button)
            listed = Button(tr("Export…"), self._export, icon="export", height=32)
            listed.setAutoDefault(False)
            top.addWidget(listed)
            self.column.addLayout(top)
            self.column.addWidget(self.grid)
            self.number.hide()
            self.number.setParent(self)
        self.hints = QVBoxLayout()
        self.hints.setSpacing(8)
        self.column.addLayout(self.hints)
        self.passing = QGridLayout()
        self.passing.setSpacing(4)
        self.column.addLayout(self.passing)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Stays on record"))
        self.reason.textChanged.connect(lambda _text: self._tell())
        self.reason_row = FormRow(tr("Why"), self.reason)
        self.reason_row.hide()
        self.column.addWidget(self.reason_row)

    def _take(self, found: tuple[tuple[ShipRow, ...], tuple[str, ...]]) -> None:
        rows, used = found
        names = dict(carriers_to_choose(language()))
        last = self.context.prefs.text("ship/carrier")
        first = [code for code in dict.fromkeys((last, *used)) if code in names]
        self.carriers.blockSignals(True)
        for code in (*first, *(code for code in names if code not in first)):
            self.carriers.addItem(names[code], code)
        self.carriers.blockSignals(False)
        self.table.set_carrier(str(self.carriers.currentData()))
        self.table.set_rows(rows)
        if self._numbers:
            self.table.paste(0, self._numbers)
        if self.one and rows:
            self._show_one(rows[0])
        else:
            self._fit_grid()
            QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        self.grid.edit_row(next((place for place, line in enumerate(self.table.lines) if not line.number and not line.row.blockers), 0))

    def _show_one(self, row: ShipRow) -> None:
        self.sub.setText(f"{row.number} · {row.buyer}" if language() == "en" else f"{row.number}·{row.buyer}")
        more = tr(" and {n} more", n=row.kinds - 1) if row.kinds > 1 else ""
        facts = (
            (tr("Recipient"), "  ".join(part for part in (row.recipient, region(row.province, row.city)) if part)),
            (tr("Goods"), (row.goods or tr("Goods not known yet")) + more),
            (tr("Units"), formats.count(row.units)),
        )
        for label, value in facts:
            words = Label(value, wrap=len(value) > 30)
            words.setMinimumWidth(WIDTH_OF_ONE - 160)
            self.facts.addWidget(FormRow(label, words))
        self.number.setFocus()

    def _fit_grid(self) -> None:
        parent = self.parentWidget()
        below = self.hints.count() * HINT + (len(self._passes) + 1) // 2 * PASS + (HINT if self.reason_row.isVisibleTo(self) else 0)
        room = (parent.height() - AROUND - below) // row_height() if parent is not None else MOST_ROWS
        rows = max(3, min(MOST_ROWS, room, self.table.rowCount()))
        self.grid.setFixedHeight(HEADER_HEIGHT + rows * row_height() + 2)

    # ---- what is given

    def _choose_carrier(self) -> None:
        self.table.set_carrier(str(self.carriers.currentData()))

    def _typed(self, text: str) -> None:
        if self.table.lines:
            self.table.set_number(0, text)

    def _paste(self) -> None:
        filled = self.grid.paste(QGuiApplication.clipboard().text())
        if not filled:
            self.refuse(tr("There are no tracking numbers on the clipboard. Copy a column of them in the spreadsheet first."))
        else:
            self.refuse("")

    def _check_numbers(self) -> None:
        """Ask which numbers are taken; the answer to an older question is dropped."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self.context.runner.query(UsedNumbers(tuple(self.table.numbers())))
        self._asked.then(self.table.set_used)

    # ---- what follows

    def _tell(self) -> None:
        """Say how many are ready, what could be passed over, and what the verb will do."""
        ready = len(self.table.ready())
        self.ready.setText(tr("{ready} of {n} ready", ready=ready, n=len(self.table.lines)))
        self._tell_passing(self.table.blocked_by())
        self._tell_likeness(self.table.look_like())
        if self.one:
            self._tell_one()
        passing = any(box.isChecked() for box in self._passes.values())
        self.reason_row.setVisible(passing)
        if not self.one:
            self._fit_grid()
        if self._busy:
            return
        if passing and not self.reason.text().strip():
            self.set_verb(tr("Say why it may leave"), enabled=False)
        elif not ready and self.one and self.table.lines:
            self.set_verb(self._missing(self.table.lines[0]), enabled=False)
        else:
            self.set_verb(trn("Ship {n} order", "Ship {n} orders", ready), enabled=ready > 0)

    @staticmethod
    def _missing(line: ShipLine) -> str:
        return tr("Held back: see above") if line.verdict.codes else line.verdict.words

    def _tell_one(self) -> None:
        empty_layout(self.verdict)
        for line in self.table.lines[:1]:
            for code in line.verdict.codes:
                remedy = term("blocker_remedy", code, language())
                hard = line.verdict.tone == "bad"
                self.verdict.addWidget(Band("bad" if hard else "warn", term("blocker", code, language()), remedy))

    def _tell_passing(self, held: Counter[str]) -> None:
        """A box for each blocker that may be passed over."""
        if set(held) != set(self._passes):
            chosen = {code for code, box in self._passes.items() if box.isChecked()}
            empty_layout(self.passing)
            self._passes = {}
            for place, code in enumerate(held):
                box = CheckBox("")
                box.setChecked(code in chosen)
                box.toggled.connect(self._pass)
                self._passes[code] = box
                self.passing.addWidget(box, *((place, 0) if self.one else divmod(place, 2)))
        for code, box in self._passes.items():
            words = term("blocker", code, language())
            box.setText(
                trn("Ship all the same: {blocker}, {n} order", "Ship all the same: {blocker}, {n} orders", held[code], blocker=words)
                if code != "shortage"
                else trn(
                    "Ship what is in stock: {blocker}, {n} order", "Ship what is in stock: {blocker}, {n} orders", held[code], blocker=words
                )
            )
            box.setAccessibleName(box.text())
            box.setToolTip(formats.plain_tip(term("blocker_remedy", code, language())))

    def _pass(self, _on: bool) -> None:
        self.table.set_passed(code for code, box in self._passes.items() if box.isChecked())

    def _tell_likeness(self, alike: dict[str, list[int]]) -> None:
        """Numbers of another carrier's shape: offer to take that carrier for them."""
        empty_layout(self.hints)
        names = dict(carrier_names(language()))
        for code, ids in alike.items():
            words = trn("{n} number looks like {carrier}", "{n} numbers look like {carrier}", len(ids), carrier=names[code])
            band = Band("info", words, "", tr("Ship them with {carrier}", carrier=names[code]), partial(self._take_carrier, code, ids))
            self.hints.addWidget(band)

    def _take_carrier(self, code: str, ids: list[int]) -> None:
        if len(ids) == len(self.table.numbers()):
            self.carriers.choose(code)
        self.table.change_carriers(dict.fromkeys(ids, code))

    # ---- shipping

    def _export(self) -> None:
        """The parcels as a list: to be filled with numbers in a spreadsheet and pasted back, or for the carrier."""
        from desktop.views.export_dialog import export_orders

        at = f"{to_local(self.context.now(), self.context.zone):%Y-%m-%d}"
        export_orders(self, self.context, self.order_ids, tr("Orders {day}", day=at)).open()

    def submit(self) -> None:
        """Ship what is ready."""
        from services.commands.parcels import Shipment, ShipOrders

        ready = self.table.ready()
        if not ready:
            return
        shipments = tuple(Shipment(line.id, self.table.carrier_code(line) if line.number else "", line.number) for line in ready)
        held = {code for line in ready for code in self.table.codes_of(line)}
        overrides = tuple(code for code in self.table.passed if code in held)
        self._busy = True
        self.set_busy(True)
        self.context.runner.change(
            ShipOrders(shipments, overrides),
            reason=self.reason.text().strip() or None,
            title=trn("Shipping {n} order", "Shipping {n} orders", len(ready)),
        ).then(self._done, self._failed, self._stopped)

    def _done(self, outcome: Any) -> None:
        self._free()
        result = outcome.value
        gone = (*result.shipped, *result.part_shipped)
        self.shipped += len(gone)
        self.context.prefs.set_text("ship/carrier", str(self.carriers.currentData()))
        self.table.set_refused(dict(result.refused))
        self.table.remove(gone)
        if not self.table.lines:
            self._say_done(result.part_shipped)
            self.accept()
            return
        self._fit_grid()
        if result.refused:
            words = trn("{n} order was refused; it is as it was.", "{n} orders were refused; they are as they were.", len(result.refused))
            self.refuse(words, self._why(result.refused))
        if gone:
            self._say_done(result.part_shipped)
        if not self.one:
            self._begin()

    def _say_done(self, part: Sequence[int]) -> None:
        words = trn("Shipped {n} order", "Shipped {n} orders", self.shipped)
        if part:
            words += tr(", {n} of them in part", n=len(part))
        self.context.notify(words)

    @staticmethod
    def _why(refused: dict[int, tuple[str, ...]]) -> str:
        said = language()
        counts = Counter(code for codes in refused.values() for code in codes)
        colon = "：" if said == "zh" else ": "
        return "\n".join(
            f"{term('blocker', code, said)} {count}{colon}{term('blocker_remedy', code, said)}" for code, count in counts.items()
        )

    def _failed(self, error: Exception) -> None:
        self._free()
        self.refuse(error_words(error))

    def _stopped(self) -> None:
        self._free()

    def _free(self) -> None:
        self._busy = False
        self.set_busy(False)
        self._tell()
