"""Other ways to look at the orders page's result: by region in the place of the table, in the shop's shipping order; and its tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import action
from desktop.i18n import language, tr
from desktop.models.paged_table import Sort
from desktop.tag_colours import tag_colours
from services.errors import BadInput

if TYPE_CHECKING:
    from desktop.changes import Changes
    from desktop.views.orders import OrdersPage
    from desktop.views.region_view import RegionView
    from desktop.views.widgets.table import TableView
    from services.search.syntax import Node

REGIONS = "regions"
SHIPPING = Sort("shipping")
_PLACES = frozenset({"province", "city"})


class OrderViews(QObject):
    """`stack` holds the table and, once asked for, the regions."""

    def __init__(self, page: OrdersPage) -> None:
        super().__init__(page)
        self._page = page
        self.stack = QStackedWidget()
        self.regions: RegionView | None = None
        self._shown = ""
        tag_colours().changed.connect(self._repaint)

    def put_table(self, table: TableView) -> None:
        self.stack.addWidget(table)

    def make_actions(self) -> None:
        """The entries of the View menu with their keys."""
        page = self._page
        self.region_action = action(page, tr("By region"), self.toggle_regions, icon="pin", shortcut="Ctrl+G", menu="view", checkable=True)
        self.shipping_action = action(
            page, tr("In shipping order"), self.sort_for_shipping, icon="ship", shortcut="Ctrl+Shift+G", menu="view"
        )
        action(page, tr("Shipping order…"), self.choose_shipping_order, icon="settings", menu="view")
        action(page, tr("Tags…"), self.manage_tags, icon="tag", shortcut="Ctrl+T", menu="orders")

    # ---- regions

    @property
    def by_region(self) -> bool:
        return self.regions is not None and self.stack.currentWidget() is self.regions

    def toggle_regions(self) -> None:
        if self.by_region:
            self.show_table()
        else:
            self.show_regions()

    def show_regions(self) -> None:
        """Where the orders of the present tab and search go."""
        if self.regions is None:
            from desktop.views.region_view import RegionView

            self.regions = RegionView(self._page.context)
            self.regions.closed.connect(self.show_table)
            self.regions.searched.connect(self._search_place)
            self.stack.addWidget(self.regions)
        self.stack.setCurrentWidget(self.regions)
        self.region_action.setChecked(True)
        self.regions.setFocus()
        self._ask()

    def show_table(self) -> None:
        if self.by_region:
            self.stack.setCurrentIndex(0)
            self._page.table.setFocus()
        self.region_action.setChecked(False)

    def result_changed(self, search: str) -> None:
        """The page shows the hits of another search, or the same anew."""
        self._shown = search
        if self.by_region:
            self._ask(anew=False)

    def orders_changed(self, changes: Changes) -> None:
        if self.by_region and "orders" in changes:
            self._ask()

    def _ask(self, anew: bool = True) -> None:
        if self.regions is not None and (anew or self.regions.search != self._shown):
            self.regions.show_search(self._shown)

    def _search_place(self, province: str, city: str | None) -> None:
        """The present search, there: its own province and city give way."""
        from services.search.parser import parse
        from services.search.syntax import Field, conjunction, parts_of
        from services.search.writer import say

        page = self._page
        try:
            parts: list[Node] = [one for one in parts_of(parse(page.bar.text())) if not (isinstance(one, Field) and one.name in _PLACES)]
        except BadInput:
            parts = []
        parts.append(Field("province", ":", (province,)))
        if city is not None:
            parts.append(Field("city", ":", (city,)))
        self.show_table()
        page.seek(say(conjunction(parts), language()), page.tab)

    # ---- the shipping order

    def sort_for_shipping(self) -> None:
        """As the shop sends: what waits, in the order of its setting."""
        self.show_table()
        self._page.sort_by(SHIPPING)

    def choose_shipping_order(self) -> QWidget:
        from desktop.views.shipping_dialog import ShippingDialog

        return self._page.open_dialog(ShippingDialog(self._page, self._page.context, self.sort_for_shipping))

    # ---- tags

    def manage_tags(self) -> QWidget:
        from desktop.views.tags_dialog import TagsDialog

        return self._page.open_dialog(TagsDialog(self._page, self._page.context))

    def _repaint(self) -> None:
        self._page.table.viewport().update()
        self._page.panel.reload()
