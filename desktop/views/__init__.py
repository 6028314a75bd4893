"""Pages, panels and dialogs. PAGES is what the rail shows, top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from desktop.i18n import later

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.views.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the rail. `factory` is `module:Class`, imported when the page is first shown, so that the first paint pays for one page only.

    `gap` opens a new group of items above it.
    """

    key: str
    title: str
    icon: str
    factory: str
    gap: bool = False

    def build(self, context: AppContext) -> Page:
        module, name = self.factory.split(":")
        maker = cast("Callable[[AppContext], Page]", getattr(import_module(module), name))
        return maker(context)


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", later("Today"), "today", "desktop.views.today:TodayPage"),
    PageEntry("orders", later("Orders"), "orders", "desktop.views.orders:OrdersPage"),
    PageEntry("refunds", later("Refunds"), "refund", "desktop.views.refunds:RefundsPage"),
    PageEntry("worklists", later("To mend"), "check-circle", "desktop.views.worklists:WorklistsPage"),
    PageEntry("stock", later("Stock"), "stock", "desktop.views.stock:StockPage", gap=True),
    PageEntry("charts", later("Charts"), "charts", "desktop.views.charts:ChartsPage", gap=True),
    PageEntry("audit", later("Audit"), "audit", "desktop.views.audit:AuditPage"),
    PageEntry("imports", later("Imports"), "archive", "desktop.views.imports_page:ImportsPage"),
    PageEntry("approvals", later("Approvals"), "seal", "desktop.views.approvals:ApprovalsPage"),
)

IMPORTER = "desktop.views.importer:import_files"
"""`import_files(window, context, paths)`: what a dropped or chosen file starts."""

PICTURES: tuple[tuple[str, str], ...] = (
    ("import", "desktop.views.import_pictures:picture"),
    ("import-changes", "desktop.views.import_pictures:picture_of_changes"),
    ("import-reading", "desktop.views.import_pictures:picture_of_reading"),
    ("import-unknown", "desktop.views.map_pictures:picture_of_unknown"),
    ("import-map", "desktop.views.map_pictures:picture_of_map"),
    ("import-maps", "desktop.views.map_pictures:picture_of_maps"),
    ("settings", "desktop.views.settings_dialog:picture"),
    ("people", "desktop.views.people_dialog:picture"),
    ("people-roles", "desktop.views.people_dialog:picture_of_roles"),
    ("keys", "desktop.views.keys_dialog:picture"),
    ("help", "desktop.views.help_dialog:picture"),
    ("palette", "desktop.views.palette:picture"),
    ("palette-orders", "desktop.views.palette:picture_of_orders"),
    ("offer", "desktop.views.widgets.offer:picture"),
)
"""Dialogs that belong to no page, for the screenshots: name, and `function(window)` that opens it or sets going what will open it."""
