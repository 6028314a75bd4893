"""Goods coming in, made for a scanner: code, Enter, units, Enter, next code. Each booking is one command; the dialog stays open for the next.

A scan that lands in the field of units is understood as one: the same goods count one more, other goods book these first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import tr, trn
from desktop.models.stock_columns import goods_words
from desktop.permitted import why_not
from desktop.theme import LABEL_SIZE
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band, empty_layout
from desktop.views.widgets.rows import ListRow, Part
from services.errors import NotFound
from services.money import parse_amount

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.desk import Desk
    from services.queries.stock_rows import StockRow

MOST_UNITS_DIGITS = 6
"""More digits than this in the field of units are a barcode."""
OFFERED, SHOWN = 12, 6
WAIT = 120
PAUSE = 0.25
"""Seconds without a key after which the next one begins a new burst."""


class _Field(QLineEdit):
    """A field whose Enter is told to `entered` and goes no further."""

    def __init__(self, entered: Any) -> None:
        super().__init__()
        self._entered = entered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self._entered()
            event.accept()
        else:
            super().keyPressEvent(event)


class _Units(_Field):
    """Notes what stood there before the latest burst of keys: a scanner types a whole code in one."""

    def __init__(self, entered: Any) -> None:
        super().__init__(entered)
        self.before, self._prefix = "", ""
        self._last = 0.0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now = monotonic()
        if event.text() and now - self._last > PAUSE:
            self.before = self.text()
            self._prefix = "" if self.hasSelectedText() else self.before
        self._last = now
        super().keyPressEvent(event)

    def burst(self) -> str:
        """What the latest burst typed."""
        return self.text().removeprefix(self._prefix).strip()


class ReceiveDialog(DialogBase):
    """`code` and `title` fill the form at once: a row of the page, or platform goods that are to become a SKU."""

    def __init__(self, parent: QWidget, context: AppContext, code: str = "", title: str = "") -> None:
        super().__init__(
            parent,
            tr("Goods coming in"),
            tr("Scan or type a code. The same code again counts one more; other goods book these first."),
            verb=tr("Receive"),
            note=tr("Fills orders that wait, by deadline"),
            width=620,
        )
        self.context = context
        self.row: StockRow | None = None
        self.received: list[tuple[str, int, int]] = []
        self._new_title = title
        self._known = ""
        self._next = ""
        self._busy = False
        self._look: Task | None = None
        self._offer: Task | None = None
        self.code = _Field(self._code_entered)
        self.code.setPlaceholderText(tr("Merchant code, barcode, or part of the name"))
        self.code.setMaxLength(80)
        self.column.addWidget(FormRow(tr("Code"), self.code))
        self.found = QVBoxLayout()
        self.column.addLayout(self.found)
        self.title_field = _Field(self._title_entered)
        self.title_field.setMaxLength(120)
        self.title_field.setPlaceholderText(tr("A name makes it new goods of yours"))
        self.title_field.textChanged.connect(lambda _text: self._tell())
        self._title_row = FormRow(tr("Name"), self.title_field)
        self._title_row.hide()
        self.column.addWidget(self._title_row)
        self.units = _Units(self._units_entered)
        self.units.setMaxLength(80)
        self.units.textChanged.connect(lambda _text: self._tell())
        self.cost = _Field(self._units_entered)
        self.cost.setMaxLength(16)
        self.cost.textChanged.connect(lambda _text: self._tell())
        self.column.addWidget(FormRow(tr("Units"), self.units))
        self.column.addWidget(FormRow(tr("Cost of one"), self.cost))
        if words := why_not(context, "see_costs"):
            self.cost.setEnabled(False)
            self.cost.setToolTip(formats.plain_tip(words))
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.column.addLayout(self.list)
        self._make_completer()
        self.code.setFocus()
        self._tell()
        if code:
            self.code.setText(code)
            self._code_entered()

    def _make_completer(self) -> None:
        self._choices: dict[str, str] = {}
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._choose)
        self.completer = completer
        completer.setWidget(self.code)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT)
        self._rest.timeout.connect(self._search)
        self.code.textEdited.connect(self._code_edited)

    # ---- which goods

    def _code_edited(self, _text: str) -> None:
        self._forget_goods()
        self._rest.start()

    def _forget_goods(self) -> None:
        if self.row is not None or self._known:
            self.row, self._known = None, ""
            empty_layout(self.found)
            self._title_row.hide()
        self._tell()

    def _search(self) -> None:
        text = self.code.text().strip()
        if len(text) < 2:
            self._hide_offers()
            return
        if self._offer is not None:
            self._offer.cancel()
        self._offer = self.context.runner.query(partial(_offers, text))
        self._offer.then(self._show_offers)

    def _hide_offers(self) -> None:
        popup = self.completer.popup()
        if popup is not None:
            popup.hide()

    def _show_offers(self, rows: Sequence[StockRow]) -> None:
        if self._known or not self.code.hasFocus():
            return
        self._choices = {f"{goods_words(row)}  {row.code}": row.code for row in rows}
        self._words.setStringList(list(self._choices))
        if self._choices:
            self.completer.complete()
        else:
            self._hide_offers()

    def _choose(self, words: str) -> None:
        self.code.setText(self._choices.get(words, words))
        self._code_entered()

    def _code_entered(self) -> None:
        """A scan ended, or a person pressed Enter: find exactly this code."""
        text = self.code.text().strip()
        if not text or self._busy:
            return
        self._rest.stop()
        self._hide_offers()
        self.refuse("")
        if self._look is not None:
            self._look.cancel()
        self._look = self.context.runner.query(partial(_find, text))
        self._look.then(partial(self._take, text))

    def _take(self, text: str, row: StockRow | None) -> None:
        self.row, self._known = row, text
        empty_layout(self.found)
        self._title_row.setVisible(row is None)
        if row is None:
            self.found.addWidget(
                Band("info", tr("{code} is not known yet.", code=text), tr("Give it a name to make new goods, or check the code."))
            )
            self.title_field.setText(self._new_title)
            self._new_title = ""
            self.cost.setPlaceholderText(tr("Unknown: leave empty"))
            self.units.setText("1")
            self.title_field.setFocus()
            self.title_field.selectAll()
        else:
            self.code.setText(row.code)
            self.found.addWidget(_Goods(row))
            average = tr("Empty: {cost} as before", cost=formats.money(row.cost)) if row.cost is not None else tr("Unknown: leave empty")
            self.cost.setPlaceholderText(average)
            self.units.setText("1")
            self.units.setFocus()
            self.units.selectAll()
        self.cost.clear()
        self._tell()

    # ---- how many

    def _title_entered(self) -> None:
        if self.title_field.text().strip():
            self.units.setFocus()
            self.units.selectAll()

    def _units_entered(self) -> None:
        """Enter books and goes on; a barcode here is the next scan."""
        burst = self.units.burst()
        if self._is_scan(burst):
            self._scanned(burst)
        elif self.verb_button.isEnabled():
            self._press()

    def _own_codes(self) -> set[str]:
        row = self.row
        return {self._known, row.code, row.barcode} - {""} if row is not None else {self._known}

    def _is_scan(self, text: str) -> bool:
        digits = text.isascii() and text.isdigit()
        return bool(text) and (not digits or len(text) > MOST_UNITS_DIGITS or (text in self._own_codes() and len(text) > 3))

    def _scanned(self, text: str) -> None:
        before = self.units.before.strip()
        count = int(before) if before.isascii() and before.isdigit() and 0 < len(before) <= MOST_UNITS_DIGITS else 1
        if text in self._own_codes():
            self.units.setText(str(count + 1))
            self.units.selectAll()
            return
        self.units.setText(str(count))
        self.units.selectAll()
        if self._ready():
            self._next = text
            self._press()
        else:
            self.refuse(tr("{code} was scanned, but these goods can't be booked yet: {why}", code=text, why=self.verb_button.text()))

    def _number(self) -> int | None:
        text = self.units.text().strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_UNITS_DIGITS and int(text) else None

    def _money(self) -> int | None:
        """Cost in fen, None where nothing was typed. Raises ValueError."""
        text = self.cost.text().strip()
        if not text:
            return None
        fen = parse_amount(text)
        if fen < 0:
            raise ValueError(text)
        return fen

    def _tell(self) -> None:
        """Say what the verb will do, or what is missing."""
        if not self._busy:
            self._ready()

    def _ready(self) -> bool:
        number = self._number()
        if not self._known:
            self.set_verb(tr("Scan or type a code"), enabled=False)
        elif self.row is not None and self.row.virtual:
            self.set_verb(tr("Virtual goods have no stock"), enabled=False)
        elif self.row is None and not self.title_field.text().strip():
            self.set_verb(tr("Give it a name"), enabled=False)
        elif number is None:
            self.set_verb(tr("Type how many"), enabled=False)
        else:
            try:
                self._money()
            except ValueError:
                self.set_verb(tr("The cost is no amount"), enabled=False)
                return False
            self.set_verb(trn("Receive {n} unit", "Receive {n} units", number))
            return True
        return False

    # ---- booking

    def submit(self) -> None:
        number = self._number()
        if not self._ready() or number is None:
            return
        from services.commands.stock import ReceiveGoods

        code = self.row.code if self.row is not None else self._known
        title = "" if self.row is not None else self.title_field.text().strip()
        self._busy = True
        self.set_busy(True)
        self.context.runner.change(ReceiveGoods(code, number, self._money(), title)).then(
            partial(self._done, self.row.title if self.row is not None else title, code, number), self._failed
        )

    def _done(self, title: str, code: str, number: int, outcome: Any) -> None:
        self._busy = False
        self.set_busy(False)
        self.received.insert(0, (title or code, number, int(outcome.value)))
        self._show_received()
        self.row, self._known = None, ""
        empty_layout(self.found)
        self._title_row.hide()
        self.units.clear()
        self.cost.clear()
        self.cost.setPlaceholderText("")
        self.code.setText(self._next)
        self.code.setFocus()
        self._tell()
        if self._next:
            self._next = ""
            self._code_entered()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._next = ""
        self.set_busy(False)
        self._tell()
        self.refuse(error_words(error))

    def _show_received(self) -> None:
        empty_layout(self.list)
        total = sum(number for _title, number, _id in self.received)
        self.list.addWidget(Label(trn("Booked here: {n} unit", "Booked here: {n} units", total), "label"))
        self.list.addSpacing(4)
        for title, number, _sku in self.received[:SHOWN]:
            self.list.addWidget(
                ListRow((Part(title, icon="check-circle", tone="text2"), Part(formats.change(number), -1, "ok", right=True)))
            )
        if len(self.received) > SHOWN:
            self.list.addWidget(Label(tr("and {n} more", n=len(self.received) - SHOWN), "label"))
        self.cancel_button.setText(tr("Close"))

    def reject(self) -> None:
        if self.received:
            units = sum(number for _title, number, _id in self.received)
            self.context.notify(trn("Received {n} unit", "Received {n} units", units))
            self.received = []
        super().reject()


class _Goods(QWidget):
    """What the code stands for, before it is booked."""

    def __init__(self, row: StockRow) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(84, 0, 0, 0)
        column.setSpacing(0)
        words = goods_words(row)
        facts = tr("{n} on hand", n=formats.count(row.on_hand))
        short = trn("{n} unit missing for orders", "{n} units missing for orders", row.shortage) if row.shortage else ""
        column.addWidget(
            ListRow(
                (
                    Part(words, bold=True),
                    Part(short, -1, "bad", LABEL_SIZE),
                    Part(facts, -1, "muted", LABEL_SIZE),
                    Part(row.bin, -1, "muted", LABEL_SIZE),
                ),
                ruled=False,
            )
        )


def _find(text: str, desk: Desk) -> Any:
    """The SKU of exactly this code, else of this barcode, else None."""
    from services.queries.order_numbers import FindSku
    from services.queries.stock_rows import StockRows

    try:
        found = desk.read(FindSku(text))
    except NotFound:
        return None
    return desk.read(StockRows((found.sku_id,)))[0]


def _offers(text: str, desk: Desk) -> Any:
    from services.queries.stock_rows import StockIds, StockRows

    return desk.read(StockRows(tuple(desk.read(StockIds(text, sort="title", limit=OFFERED)))))
