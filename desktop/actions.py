"""Actions: what menus, shortcuts and buttons share. A page adds its own with `self.addAction(action(self, …))`; the window puts them in its menus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop import formats, icons
from desktop.i18n import language, other_words

MENUS = ("file", "orders", "print", "view", "help")


class Action(QAction):
    """A QAction that knows its menu (`""`: no menu, only its shortcut) and draws its icon in the theme's colour.

    `source` are its English words, where several English words have the same Chinese.
    """

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
        source: str = "",
    ) -> None:
        super().__init__(text, owner)
        self.icon_name, self.menu_key, self._source = icon, menu, source
        self._blocked = False
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
        self.setCheckable(checkable)
        self.triggered.connect(lambda _checked=False: run())
        self.redraw()

    @property
    def words(self) -> str:
        """Its words without the sign of its key."""
        return self.text().replace("&", "")

    @property
    def other_words(self) -> tuple[str, ...]:
        """What it is called in the language that is not shown."""
        return other_words(self.words)

    @property
    def source(self) -> str:
        """Its English words, whatever language is shown: what it is remembered by."""
        if self._source or language() != "zh":
            return self._source or self.words
        return (self.other_words or (self.words,))[0]

    def block(self, why: str) -> None:
        """Not for who is signed in: it stays off, and says why."""
        self._blocked = True
        super().setEnabled(False)
        self.setToolTip(formats.plain_tip(why))
        self.setStatusTip(why)

    def setEnabled(self, on: bool) -> None:
        super().setEnabled(on and not self._blocked)

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
