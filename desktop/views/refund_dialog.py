"""Giving money back for one order, with or without the goods: by line and unit, to the fen, never above what was paid.

The proposal comes from the services (RefundProposal); another amount may be typed, and the ceiling is said in words before anything is sent.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.edit_dialog import Reason
from desktop.views.refund_lines import RefundLines
from desktop.views.widgets.buttons import CheckBox, Combo, LinkButton, Segments
from desktop.views.widgets.ceiling_bar import CeilingBar
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label, rule
from desktop.views.widgets.panel import Band, empty_layout
from services.money import parse_amount, write_amount
from services.words import say, term, terms

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.case_card import OrderForRefund
    from services.queries.refund_proposal import Proposed

ONLY, RETURN = "refund_only", "return_and_refund"
NOW, LATER = "now", "later"


class RefundDialog(DialogBase):
    """For one order by id. `submit` sends one RefundOrder, the same request again only once (its key)."""

    def __init__(self, parent: QWidget, context: AppContext, order_id: int) -> None:
        super().__init__(
            parent, tr("Refund"), " ", verb=tr("Refund"), note=tr("Money, stock and audit trail change together; it can't be undone")
        )
        self.context, self.order_id = context, order_id
        self.card: OrderForRefund | None = None
        self._key = uuid4().hex
        self._proposed: Proposed | None = None
        self._own_amount = False
        self._own_fault = False
        self._asked: Task | None = None
        self._lay_out()
        self.set_verb(tr("Refund"), enabled=False)
        from services.queries.case_card import RefundCard

        context.runner.query(RefundCard(order_id)).then(self._take, self._failed)

    # ---- building

    def _lay_out(self) -> None:
        self.kind = Segments([(kind, term("case_kind", kind, language())) for kind in (ONLY, RETURN)], tr("Kind"))
        self.kind.chosen.connect(lambda _kind: self._change_kind())
        self.when = Segments([(NOW, tr("Give it back now")), (LATER, tr("Only note the request"))], tr("When"))
        self.when.chosen.connect(lambda _when: self.tell())
        top = QHBoxLayout()
        top.addWidget(FormRow(tr("Kind"), self.kind))
        top.addStretch()
        top.addWidget(self.when)
        self.column.addLayout(top)
        self.hints = QVBoxLayout()
        self.hints.setSpacing(8)
        self.column.addLayout(self.hints)
        self.lines = RefundLines()
        self.lines.changed.connect(self._propose)
        self.column.addWidget(self.lines)
        self.freight = CheckBox("")
        self.freight.toggled.connect(lambda _on: self._propose())
        self.column.addWidget(self.freight)
        self.column.addWidget(rule())
        self.amount = QLineEdit()
        self.amount.setMaxLength(14)
        self.amount.setFixedWidth(140)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.amount.setAccessibleName(tr("Amount to refund"))
        self.amount.textEdited.connect(self._amount_typed)
        self.proposal = LinkButton("", self._take_proposal)
        row = QHBoxLayout()
        row.setSpacing(12)
        words = Label(tr("Refund"), "strong")
        words.setMinimumWidth(72)
        words.setBuddy(self.amount)
        row.addWidget(words)
        row.addWidget(Label("¥", "strong"))
        row.addWidget(self.amount)
        row.addWidget(self.proposal)
        row.addStretch()
        self.column.addLayout(row)
        self.ceiling = CeilingBar(tr("Of the order"), label_width=max(72, CeilingBar.wanted_width(tr("Of the order"))))
        self.column.addWidget(self.ceiling)
        self.column.addWidget(rule())
        self.fault = Combo([(code, term("fault", code, language())) for code in terms()["fault"]], tr("Whose fault"))
        self.fault.choose("other")
        self.fault.activated.connect(self._fault_chosen)
        self.column.addWidget(FormRow(tr("Fault"), self.fault))
        self._faults = {
            tr("Seven days without reason"): "buyer_choice",
            tr("Quality"): "quality",
            tr("Missing or wrong goods"): "wrong_or_missing",
            tr("Damaged on the way"): "carrier",
            tr("Late delivery"): "carrier",
            tr("The buyer changed their mind"): "buyer_choice",
            tr("Out of stock"): "other",
            tr("Other"): "other",
        }
        self.reason = Reason(tuple(self._faults), self._reason_given)
        self.column.addWidget(self.reason)

    def _take(self, card: OrderForRefund) -> None:
        self.card = card
        order = card.order
        dot = " · " if language() == "en" else "·"
        status = term("status", order.status, language())
        paid = tr("paid {amount}", amount=formats.money(order.paid))
        self.sub.setText(dot.join(part for part in (order.number, order.buyer, status, paid) if part))
        self.lines.set_lines(card)
        self.lines.setVisible(bool(card.lines))
        self.freight.setVisible(card.freight_ceiling > 0)
        self.freight.setText(tr("Give back the freight as well: {amount}", amount=formats.money(card.freight_ceiling)))
        self.freight.setAccessibleName(self.freight.text())
        self.freight.setChecked(False)
        if not card.lines:
            # Nothing is known of its goods: all that is left is the likeliest wish.
            self.amount.setText(write_amount(card.ceiling))
            self._own_amount = True
        sent = any(line.shipped for line in card.lines)
        self.kind.setEnabled(sent)
        if sent and order.status in {"shipped", "completed"}:
            self.kind.choose(RETURN)
        self._change_kind()
        QTimer.singleShot(0, self._begin)  # the fields of the lines are not on the screen yet

    def _begin(self) -> None:
        (self.lines.first_field() or self.amount).setFocus()

    # ---- what is given

    def _change_kind(self) -> None:
        if self.card is None:
            return
        self.lines.set_kind(str(self.kind.value))
        empty_layout(self.hints)
        if self.card.ceiling <= 0:
            self.hints.addWidget(Band("bad", say("refund_not_paid", language())))
        elif self.card.order.status in {"awaiting_payment", "awaiting_shipment"} and self.card.lines:
            self.hints.addWidget(Band("info", tr("Not sent yet: units that are refunded are taken off the order.")))
        elif not self.card.lines:
            self.hints.addWidget(Band("info", tr("The goods of this order are not known: only an amount can be given back.")))
        self._propose()

    def _propose(self) -> None:
        """Ask what the chosen units and the freight come to; what was typed by hand gives way to it."""
        if self.card is None:
            return
        from services.queries.refund_proposal import RefundProposal

        if self.card.lines:
            self._own_amount = False
        # Until the answer is there nothing can be pressed: what is refunded is what the verb says.
        self._proposed = None
        self.set_verb(self.verb_button.text(), enabled=False)
        if self._asked is not None:
            self._asked.cancel()
        query = RefundProposal(self.order_id, self.lines.units(), self.freight.isChecked())
        self._asked = self.context.runner.query(query)
        self._asked.then(self._show_proposal, self._failed)

    def _show_proposal(self, proposed: Proposed) -> None:
        self._proposed = proposed
        self.lines.show_amounts(proposed.lines)
        if not self._own_amount:
            self.amount.setText(write_amount(proposed.total) if proposed.total else "")
        self.tell()

    def _take_proposal(self) -> None:
        if self._proposed is not None:
            self._own_amount = False
            self._show_proposal(self._proposed)

    def _amount_typed(self, _text: str) -> None:
        self._own_amount = True
        self.tell()

    def _fault_chosen(self, _place: int) -> None:
        self._own_fault = True

    def _reason_given(self) -> None:
        code = self._faults.get(str(self.reason.choice.currentData() or ""))
        if code and not self._own_fault:
            self.fault.choose(code)
        self.tell()

    def fen(self) -> int | None:
        """The amount typed; None for what is none."""
        try:
            given = parse_amount(self.amount.text())
        except ValueError:
            return None
        return given if given >= 0 else None

    # ---- what follows

    def tell(self) -> None:
        """Show this against the ceilings, and say what the verb will do or what is missing."""
        card, fen = self.card, self.fen()
        if card is None:
            return
        self.ceiling.set(fen or 0, card.ceiling)
        proposed = self._proposed.total if self._proposed is not None and card.lines else None
        differs = proposed is not None and proposed > 0 and fen != proposed
        self.proposal.setText(tr("Proposed: {amount}", amount=formats.money(proposed)) if differs else "")
        self.proposal.setVisible(differs)
        words = self._missing(fen)
        if words:
            self.set_verb(words, enabled=False)
        elif self.when.value == LATER:
            self.set_verb(tr("Note a request of {amount}", amount=formats.money(fen)))
        else:
            self.set_verb(tr("Refund {amount}", amount=formats.money(fen)))

    def _missing(self, fen: int | None) -> str:
        card = self.card
        if card is None or card.ceiling <= 0:
            return tr("Nothing left to refund")
        if self.kind.value == RETURN and not self.lines.units():
            return tr("Choose what comes back")
        if fen is None and self.amount.text().strip():
            return tr("This is no amount")
        if not fen:
            return tr("Choose units or type an amount")
        if fen > card.ceiling:
            return tr("At most {amount} is left", amount=formats.money(card.ceiling))
        most = self._most_for_lines()
        if fen > most:
            return tr("At most {amount} for these goods", amount=formats.money(most))
        if not self.reason.text():
            return tr("Say why")
        return ""

    def _most_for_lines(self) -> int:
        """The ceilings of the lines chosen (all where none is), and the freight: it is the last to be given."""
        card = self.card
        if card is None or not card.lines:
            return card.ceiling if card is not None else 0
        chosen = {line_id for line_id, _units in self.lines.units()} or {line.id for line in card.lines}
        goods = sum(line.ceiling for line in card.lines if line.id in chosen)
        return min(card.ceiling, goods + card.freight_ceiling)

    # ---- doing it

    def command(self) -> Any:
        """The RefundOrder of what the dialog shows."""
        from services.commands.aftersales import RefundOrder

        proposed = self._proposed
        fen = self.fen()
        as_proposed = proposed is not None and bool(self.lines.units()) and fen == sum(proposed.lines.values()) + proposed.freight
        freight = proposed.freight if proposed is not None else 0
        return RefundOrder(
            self.order_id,
            str(self.kind.value),
            self.lines.command_lines(),
            None if as_proposed else fen,
            freight,
            str(self.fault.currentData()),
            self._key,
            waiting=self.when.value == LATER,
        )

    def submit(self) -> None:
        self.set_busy(True)
        self.context.runner.change(self.command(), reason=self.reason.text()).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        result = outcome.value
        go = partial(self.context.go, "refunds", id=result.case_id)
        if result.state == "refunded":
            words = tr(
                "Refunded {amount}, {left} could still be given back",
                amount=formats.money(result.amount),
                left=formats.money(result.ceiling),
            )
        else:
            words = tr("After-sale C{case} of {amount} is open", case=result.case_id, amount=formats.money(result.amount))
        self.context.notify(words, "ok", tr("See case"), go)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        self.refuse(error_words(error))
