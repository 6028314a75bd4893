"""When an order must have left: an edit with a reason, for the shop's own promise to the buyer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.i18n import language, tr
from desktop.views.edit_dialog import Consequence, EditDialog
from services.clock import from_local, to_local
from services.words import term

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.context import AppContext
    from services.queries.order_card import OrderCardRow

FORM = "%Y-%m-%d %H:%M"


class DeadlineDialog(EditDialog):
    """Of one order that waits to be shipped."""

    reason_needed = True

    def __init__(self, parent: QWidget, context: AppContext, card: OrderCardRow) -> None:
        dot = " · " if language() == "en" else "·"
        sub = dot.join(part for part in (card.number, card.buyer_nick, term("status", card.status, language())) if part)
        usual = (tr("Agreed with the buyer"), tr("The buyer asked for it"), tr("Goods come later"), tr("Other"))
        super().__init__(parent, context, tr("Change the deadline of shipping"), sub, usual)
        self.card = card
        now = f"{to_local(card.ship_by, context.zone):{FORM}}" if card.ship_by is not None else ""
        field = self.fields.add("ship_by", term("field", "ship_by", language()), now, limit=20, placeholder="2026-11-25 18:00")
        field.setFocus()
        self.tell()

    def at(self) -> int | None:
        """The moment that is typed, ms; None for what is no time."""
        try:
            return from_local(datetime.fromisoformat(str(self.fields.value("ship_by")).replace("/", "-")), self.context.zone)
        except ValueError:
            return None

    def values(self) -> dict[str, Any]:
        at = self.at()
        # To the minute, as it is shown: seconds that a platform told are no change.
        return {"ship_by": at} if self.fields.changes() and at is not None else {}

    def order_ids(self) -> tuple[int, ...]:
        return (self.card.id,)

    def versions(self) -> dict[int, int]:
        return {self.card.id: self.card.version}

    def follows(self, values: dict[str, Any]) -> list[Consequence]:
        found = []
        if values["ship_by"] < self.context.now():
            found.append(Consequence("clock", tr("Ship-by time"), tr("is past already: the order counts as late"), "warn"))
        found.append(Consequence("lock", tr("Later imports"), tr("leave these fields as you set them")))
        return found

    def tell(self) -> None:
        super().tell()
        if self.fields.changes() and self.at() is None:
            self.set_verb(tr("Write it as 2026-11-25 18:00"), enabled=False)

    def verb_words(self) -> str:
        return tr("Change the deadline")

    def reload(self) -> None:
        from services.queries.order_card import OrderCard

        self.context.runner.query(OrderCard(self.card.id)).then(self._again, self._failed)

    def _again(self, card: OrderCardRow) -> None:
        parent = self.parentWidget()
        self.reject()
        if parent is not None:
            DeadlineDialog(parent, self.context, card).open()
