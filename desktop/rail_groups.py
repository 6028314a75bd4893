"""Puts the groups into a window's rail once the shop is open: the first paint does not wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.views.main_window import MainWindow


class RailGroups(QObject):
    """Lives as long as its window."""

    def __init__(self, context: AppContext, window: MainWindow) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        context.runner.opened.connect(self._put)
        if context.shop is not None:
            self._put()

    def _put(self, _shop: object = None) -> None:
        if self._window.rail.groups is None:
            from desktop.views.group_rail import GroupRail

            self._window.rail.put_groups(GroupRail(self._context))
