"""The buyer's tier in the order's panel: its word, and a menu to set it by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.buttons import LinkButton
from services.words import term, terms

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.order_card import OrderCardRow


class TierButton(LinkButton):
    """Says the tier of the card's buyer, or that none was set; drops the tiers to choose from."""

    def __init__(self, context: AppContext, card: OrderCardRow) -> None:
        word = term("tier", card.tier, language()) if card.tier else tr("Set tier")
        super().__init__(word, icon="star")
        self.context, self._order_id = context, card.id
        self.setAccessibleName(tr("Buyer's tier: {tier}", tier=word) if card.tier else word)
        menu = QMenu(self)
        for tier in (*terms()["tier"], ""):
            entry = menu.addAction(term("tier", tier, language()) if tier else tr("No tier"))
            entry.setCheckable(True)
            entry.setChecked(tier == card.tier)
            entry.triggered.connect(partial(self._choose, tier))
        if card.customer_id is not None and context.may("see_audit"):
            menu.addSeparator()
            menu.addAction(tr("History…")).triggered.connect(lambda _on: self._show_history(card.buyer_nick, card.customer_id))
        self.setMenu(menu)
        self.updateGeometry()

    def _show_history(self, nick: str, customer_id: int | None) -> None:
        from desktop.views.history_dialog import HistoryDialog

        HistoryDialog(self, self.context, nick, "customer", customer_id).open()

    def _choose(self, tier: str, _checked: bool = False) -> None:
        from services.commands.customers import SetTier

        self.context.runner.change(SetTier(self._order_id, tier)).then(None, self._refused)

    def _refused(self, error: Exception) -> None:
        self.context.notify(error_words(error), "bad")
