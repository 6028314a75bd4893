"""Two small decisions on orders: book what a buyer paid for one made by hand, and close orders that will not be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.views.edit_dialog import Consequence, Consequences
from desktop.views.manual_order_dialog import LAST_METHOD, METHODS
from desktop.views.manual_order_goods import MoneyField
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.panel import Band, empty_layout
from services.words import say, term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.manual_order_facts import Closing
    from services.queries.order_card import OrderCardRow

REASONS = ("buyer_changed_mind", "out_of_stock", "wrong_details", "unpaid_in_time", "duplicate", "other")
"""Closing for a refund is the refund's own doing."""
SHOWN = 4


class PaymentDialog(DialogBase):
    """Book money for an order made by hand that waits for it."""

    def __init__(self, parent: QWidget, context: AppContext, card: OrderCardRow) -> None:
        dot = " · " if language() == "en" else "·"
        super().__init__(
            parent,
            tr("Book a payment"),
            dot.join(part for part in (card.number, card.buyer_nick or card.recipient) if part),
            verb=tr("Book"),
            note=tr("Booked in the journal for good; a mistake is refunded"),
            width=560,
        )
        self.context, self.card = context, card
        self._key = uuid4().hex
        self.left = max(0, (card.payable or 0) - (card.paid or 0) + card.refunded)
        self.amount = MoneyField(tr("Amount"), self.left, 120)
        self.amount.textChanged.connect(lambda _text: self.tell())
        self.amount.entered.connect(self.setFocus)
        said = language()
        self.method = Combo([(method, term("payment_method", method, said)) for method in METHODS], tr("Way of payment"))
        self.method.choose(context.prefs.text(LAST_METHOD) or "wechat")
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.amount)
        row.addWidget(self.method)
        row.addStretch()
        self.column.addWidget(FormRow(tr("Amount"), both))
        self.consequences = Consequences()
        self.column.addWidget(self.consequences)
        self.amount.setFocus()
        self.tell()

    def tell(self) -> None:
        fen = self.amount.fen
        if fen is None or fen < 0 or (fen == 0 and self.left):
            self.consequences.set([])
            self.set_verb(tr("Type what came in"), enabled=False)
            return
        self.consequences.set(self._follows(fen))
        self.set_verb(tr("Book {amount}", amount=formats.money(fen)))

    def _follows(self, fen: int) -> list[Consequence]:
        said = language()
        if fen < self.left:
            rest = formats.money(self.left - fen)
            return [
                Consequence(
                    "hourglass", term("status", "awaiting_payment", said), tr("{amount} is still owed: it waits on", amount=rest), "warn"
                )
            ]
        units = sum(line.quantity for line in self.card.lines)
        found = [
            Consequence("ship", term("status", "awaiting_shipment", said), tr("the promise to ship runs from now")),
            Consequence(
                "stock",
                tr("Stock"),
                trn("{n} unit is set aside, as far as it is there", "{n} units are set aside, as far as they are there", units),
            ),
        ]
        if fen > self.left:
            found.append(Consequence("alert", tr("More than owed"), formats.money(fen - self.left, signed=True), "warn"))
        return found

    def submit(self) -> None:
        from services.commands.manual_orders import Payment, RecordPayment

        method = str(self.method.currentData())
        self.context.prefs.set_text(LAST_METHOD, method)
        self.set_busy(True)
        command = RecordPayment(self.card.id, Payment(self.amount.fen or 0, method), self._key)
        self.context.runner.change(command).then(self._done, self._failed)

    def _done(self, _outcome: Any) -> None:
        self.accept()
        self.context.notify(tr("Booked {amount} for {number}", amount=formats.money(self.amount.fen), number=self.card.number))

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        self.refuse(error_words(error))


class CloseDialog(DialogBase):
    """Close orders that wait: why, what is free again, and which of them can't be closed."""

    def __init__(self, parent: QWidget, context: AppContext, ids: Sequence[int]) -> None:
        super().__init__(
            parent,
            trn("Close {n} order", "Close {n} orders", len(ids)),
            tr("A closed order can't be opened again"),
            verb=tr("Close"),
            note=tr("This change stays in the audit trail for good"),
            width=620,
        )
        self.context = context
        self.rows: tuple[Closing, ...] = ()
        said = language()
        self.reason = Combo([("", tr("Choose…")), *((code, term("close_reason", code, said)) for code in REASONS)], tr("Reason"))
        self.reason.currentIndexChanged.connect(lambda _place: self.tell())
        self.words = QLineEdit()
        self.words.setMaxLength(200)
        self.words.setPlaceholderText(tr("In your words"))
        self.words.setAccessibleName(tr("Reason in words"))
        self.words.textChanged.connect(lambda _text: self.tell())
        self.column.addWidget(FormRow(tr("Why"), self.reason, self.words))
        self.consequences = Consequences()
        self.column.addWidget(self.consequences)
        self.kept = QVBoxLayout()
        self.kept.setSpacing(6)
        self.column.addLayout(self.kept)
        self.reason.setFocus()
        self.tell()
        from services.queries.manual_order_facts import ClosingFacts

        context.runner.query(ClosingFacts(tuple(ids))).then(self._take)

    @property
    def closable(self) -> tuple[int, ...]:
        return tuple(row.id for row in self.rows if not row.why)

    def _take(self, rows: tuple[Closing, ...]) -> None:
        self.rows = rows
        units = sum(row.units for row in rows if not row.why)
        count = len(self.closable)
        found = []
        if count:
            closed = term("status", "closed", language())
            found.append(Consequence("x-circle", trn("{n} order", "{n} orders", count), tr("becomes “{status}”", status=closed)))
        if units:
            found.append(
                Consequence("stock", tr("Stock"), trn("{n} unit set aside is free again", "{n} units set aside are free again", units))
            )
        self.consequences.set(found)
        empty_layout(self.kept)
        kept = [row for row in rows if row.why]
        for row in kept[:SHOWN]:
            self.kept.addWidget(Band("warn", _why(row)))
        if len(kept) > SHOWN:
            self.kept.addWidget(Band("warn", trn("{n} more can't be closed", "{n} more can't be closed", len(kept) - SHOWN)))
        self.tell()

    def tell(self) -> None:
        reason = str(self.reason.currentData() or "")
        count = len(self.closable)
        if self.rows and not count:
            self.set_verb(tr("None of them can be closed"), enabled=False)
        elif not reason:
            self.set_verb(tr("Say why"), enabled=False)
        elif reason == "other" and not self.words.text().strip():
            self.set_verb(tr("Say why in words"), enabled=False)
        else:
            self.set_verb(trn("Close {n} order", "Close {n} orders", count), enabled=bool(count))

    def submit(self) -> None:
        from services.commands.manual_orders import CloseOrder

        self.set_busy(True)
        command = CloseOrder(self.closable, str(self.reason.currentData()), self.words.text())
        self.context.runner.change(command).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        self.accept()
        self.context.notify(trn("Closed {n} order", "Closed {n} orders", int(outcome.value)))

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        self.refuse(error_words(error))


def _why(row: Closing) -> str:
    """What keeps an order open, in the words of the refusal."""
    return say(row.why, language(), number=row.number, source=row.status, held=formats.money(row.held))
