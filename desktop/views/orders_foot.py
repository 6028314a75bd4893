"""The foot of the orders page: how many there are and what they sum up to, or what is chosen and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.models.order_columns import ALL
from desktop.models.selection import STEP
from desktop.views.orders_actions import MOST_SHIPPED
from desktop.views.widgets.buttons import Button, MenuButton, PrimaryButton
from desktop.views.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from desktop.models.selection import Chosen
    from desktop.views.orders import OrdersPage
    from services.desk import Desk
    from services.queries.order_rows import Totals

MOST_SUMMED = 50_000
"""Orders whose sum is shown while nothing is chosen: more would be added up for nobody."""
SHIPPABLE = frozenset({"awaiting_shipment", ALL})


class OrdersFoot(SelectionBar):
    """`deeds`: check, note, slip, pick, label, export, ship, each for what is chosen."""

    def __init__(self, page: OrdersPage, deeds: Mapping[str, Callable[[], object]]) -> None:
        self._page = page
        self.ship_button = PrimaryButton(tr("Ship"), deeds["ship"], icon="ship")
        self.check_button = Button(tr("Check"), deeds["check"], icon="seal")
        self.check_button.setToolTip(tr("Mark as checked"))
        prints = MenuButton(
            tr("Print"),
            [
                (tr("Packing slips…"), "slip", deeds["slip"]),
                (tr("Pick list…"), "orders", deeds["pick"]),
                (tr("Address labels…"), "label", deeds["label"]),
            ],
            icon="print",
        )
        note = Button(tr("Memo"), deeds["note"], icon="note")
        super().__init__(self.check_button, note, prints, Button(tr("Export"), deeds["export"], icon="export"), self.ship_button)

    def tell(self, found: str) -> None:
        """Ask for the sums of what is chosen, or of everything that the search `found` finds."""
        from services.queries.order_rows import OrderTotals

        page = self._page
        count = page.model.rowCount()
        chosen = page.model.selection.count(count)
        if not chosen:
            self.show_summary(trn("{n} order", "{n} orders", count) if count else "")
            if 0 < count <= MOST_SUMMED and not page.model.loading:
                page.ask("sums", OrderTotals(found), self._show_totals)
            return
        self._tell_chosen(chosen, "")
        if page.model.selection.landing:
            return
        page.ask("sums", partial(_sum_up, found, page.model.chosen()), self._show_sums)

    def _tell_chosen(self, chosen: int, sums: str) -> None:
        self.show_selection(trn("{n} chosen", "{n} chosen", chosen), sums)
        many = chosen > MOST_SHIPPED
        most = tr("At most {n} at a time", n=formats.count(MOST_SHIPPED))
        self.ship_button.setText(most if many else trn("Ship {n} order", "Ship {n} orders", chosen))
        self.ship_button.setEnabled(not many)
        for button in (self.ship_button, self.check_button):
            button.setVisible(self._page.tab in SHIPPABLE)

    def _words_of(self, totals: Totals) -> str:
        dot = "·" if language() == "zh" else " · "
        amount = totals.payable if self._page.tab == "awaiting_payment" else totals.paid
        return trn("{n} unit", "{n} units", totals.quantity) + dot + formats.money(amount)

    def _show_sums(self, totals: Totals) -> None:
        chosen = self._page.model.selection.count(self._page.model.rowCount())
        if chosen:
            self._tell_chosen(chosen, self._words_of(totals))

    def _show_totals(self, totals: Totals) -> None:
        if not self._page.model.selection.count(self._page.model.rowCount()):
            dot = "·" if language() == "zh" else " · "
            self.show_summary(trn("{n} order", "{n} orders", totals.count) + dot + self._words_of(totals))


def _sum_up(found: str, chosen: Chosen, desk: Desk) -> Any:
    """Everything less its exceptions is two aggregates; a long list of ids is summed in steps, so that other threads get their turn."""
    from services.queries.order_rows import OrderTotals, Totals

    whole = desk.read(OrderTotals(found)) if chosen.everything else Totals(0, 0, 0, 0, 0)
    ids = tuple(chosen.ids)
    parts = [desk.read(OrderTotals(ids=ids[start : start + STEP])) for start in range(0, len(ids), STEP)]
    sign = -1 if chosen.everything else 1
    return Totals(
        *(
            getattr(whole, name) + sign * sum(getattr(part, name) for part in parts)
            for name in ("count", "quantity", "paid", "payable", "refunded")
        )
    )
