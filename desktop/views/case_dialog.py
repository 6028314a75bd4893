"""Ending a waiting case: pay it out, refuse it, or note that the buyer withdrew it. Says what follows before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.views.edit_dialog import Consequence, Consequences, Reason
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.panel import Fact
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.case_card import Case

REFUNDED, REFUSED, WITHDRAWN = "refunded", "refused", "withdrawn"


class CaseDialog(DialogBase):
    """`state` is what the case becomes. One MoveCase."""

    def __init__(self, parent: QWidget, context: AppContext, case: Case, state: str) -> None:
        row = case.row
        titles = {
            REFUNDED: tr("Give the money back"),
            REFUSED: tr("Refuse the after-sale"),
            WITHDRAWN: tr("The buyer withdrew it"),
        }
        self._verbs = {
            REFUNDED: tr("Refund {amount}", amount=formats.money(row.amount)),
            REFUSED: tr("Refuse"),
            WITHDRAWN: tr("Note as withdrawn"),
        }
        dot = " · " if language() == "en" else "·"
        sub = dot.join(part for part in (row.label, term("case_kind", row.kind, language()), row.buyer, row.number) if part)
        super().__init__(parent, titles[state], sub, verb=self._verbs[state], note=tr("Stays in the audit trail for good"), width=600)
        self.context, self.case, self.state = context, case, state
        self.column.addWidget(Fact(tr("Amount"), formats.money(row.amount), strong=True))
        box = Consequences()
        box.set(self._follows())
        self.column.addWidget(box)
        usual = {
            REFUNDED: (tr("Agreed with the buyer"), tr("Goods received and checked"), tr("Other")),
            REFUSED: (tr("Past the seven days"), tr("Used or incomplete"), tr("Not our fault"), tr("Other")),
            WITHDRAWN: (tr("Solved with the buyer"), tr("Goods arrived after all"), tr("Other")),
        }[state]
        self.reason = Reason(usual, self.tell)
        self.column.addWidget(self.reason)
        self.reason.words.setFocus()
        self.tell()

    def _follows(self) -> list[Consequence]:
        row, order = self.case.row, self.case.refund.order
        if self.state != REFUNDED:
            return [
                Consequence("money", tr("Money"), tr("{amount} is free again, nothing is given back", amount=formats.money(row.amount))),
                Consequence("ship", tr("Order"), tr("no longer held up by this case")),
            ]
        found = [
            Consequence(
                "money",
                tr("Money"),
                tr("{amount} leaves the order's {paid}", amount=formats.money(row.amount), paid=formats.money(order.paid)),
            )
        ]
        restocked = sum(line.restocked for line in self.case.refund.lines)
        damaged = sum(line.damaged for line in self.case.refund.lines)
        if restocked:
            found.append(
                Consequence("stock", tr("Stock"), trn("{n} unit goes back on the shelf", "{n} units go back on the shelf", restocked), "ok")
            )
        if damaged:
            found.append(Consequence("stock", tr("Stock"), trn("{n} unit is written off", "{n} units are written off", damaged), "warn"))
        unsent = order.status in {"awaiting_payment", "awaiting_shipment"}
        if unsent and row.units:
            found.append(
                Consequence("parcel", tr("Goods"), trn("{n} unit is taken off the order", "{n} units are taken off the order", row.units))
            )
        if order.refunded + row.amount == (order.paid or 0) and order.status in {"awaiting_shipment", "shipped"}:
            found.append(Consequence("orders", tr("Order"), tr("is closed: all of it was given back"), "warn"))
        return found

    def tell(self) -> None:
        if self.state == REFUSED and not self.reason.text():
            self.set_verb(tr("Say why"), enabled=False)
        else:
            self.set_verb(self._verbs[self.state])

    def submit(self) -> None:
        from services.commands.aftersales import MoveCase

        self.set_busy(True)
        reason = self.reason.text() or None
        self.context.runner.change(MoveCase(self.case.row.id, self.state, self._seen()), reason=reason).then(self._done, self._failed)

    def _seen(self) -> dict[str, Any]:
        return {"state": self.case.row.state, "amount": self.case.row.amount}

    def _done(self, outcome: Any) -> None:
        label, result = self.case.row.label, outcome.value
        if result.state == REFUNDED:
            self.context.notify(tr("{case}: {amount} was given back", case=label, amount=formats.money(result.amount)))
        else:
            self.context.notify(f"{label}  {term('case_state', result.state, language())}")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        self.refuse(error_words(error))
