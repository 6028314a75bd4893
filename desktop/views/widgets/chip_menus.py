"""The menus of the chips in the search box."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop import search_tongue
from desktop.i18n import language, tr

if TYPE_CHECKING:
    from desktop.views.widgets.filter_bar import FilterBar


def chip_menu(bar: FilterBar, place: int) -> QMenu:
    """The values of a filter's field, whether it is denied, and the ways out."""
    part = bar.parts[place]
    menu = _menu(bar)
    for value in search_tongue.values_of(part.text, language()):
        entry = menu.addAction(value.words)
        entry.setCheckable(True)
        entry.setChecked(value.taken)
        entry.triggered.connect(partial(bar.put_chip, place, value.then))
    if menu.actions():
        menu.addSeparator()
    denied = menu.addAction(tr("Not this"))
    denied.setCheckable(True)
    denied.setChecked(part.negated)
    denied.triggered.connect(partial(bar.deny_chip, place))
    menu.addAction(tr("Edit as text")).triggered.connect(partial(bar.edit_chip, place))
    menu.addAction(tr("Remove")).triggered.connect(partial(bar.remove_chip, place))
    return menu


def more_menu(bar: FilterBar) -> QMenu:
    """The filters that have no room: each becomes text again, and all can be taken away."""
    menu = _menu(bar)
    for place, chip in enumerate(bar.chip_row.chips[: bar.chip_row.hidden]):
        menu.addAction(f"{chip.field} {chip.value}".strip()).triggered.connect(partial(bar.edit_chip, place))
    menu.addSeparator()
    menu.addAction(tr("Remove all filters")).triggered.connect(bar.remove_all)
    return menu


def _menu(bar: FilterBar) -> QMenu:
    menu = QMenu(bar)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
