"""Actions: what menus, shortcuts and buttons share. A page adds its own with `self.addAction(action(self, …))`; the window puts them in its menus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop import icons

MENUS = ("file", "orders", "print", "view", "help")


class Action(QAction):
    """A QAction that knows its menu (`""`: no menu, only its shortcut) and draws its icon in the theme's colour."""

    def __init__(
        self,
        owner: QObject,
        text: str,
        run: Callable[[], object],
        *,
        icon: str = "",
        shortcut: str | QKeySequence.StandardKey = "",
        menu: str = "",
        checkable: bool = False,
    ) -> None:
        super().__init__(text, owner)
        self.icon_name, self.menu_key = icon, menu
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
        self.setCheckable(checkable)
        self.triggered.connect(lambda _checked=False: run())
        self.redraw()

    def redraw(self) -> None:
        """Draw the icon anew in the theme's colour."""
        if self.icon_name:
            self.setIcon(icons.icon(self.icon_name))
            self.setIconVisibleInMenu(True)


def action(
    owner: QWidget,
    text: str,
    run: Callable[[], object],
    *,
    icon: str = "",
    shortcut: str | QKeySequence.StandardKey = "",
    menu: str = "",
    checkable: bool = False,
) -> Action:
    """An Action added to `owner`, so that its shortcut works there."""
    made = Action(owner, text, run, icon=icon, shortcut=shortcut, menu=menu, checkable=checkable)
    owner.addAction(made)
    return made


def redraw_icons(widget: QWidget, event: QEvent) -> None:
    """Call from changeEvent: draw the icons of a widget's actions in the new theme's colours."""
    if event.type() == QEvent.Type.PaletteChange:
        for one in widget.actions():
            if isinstance(one, Action):
                one.redraw()
