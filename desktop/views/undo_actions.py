"""Undo and redo in the menus: they say what they will do, and where they can't, why not and what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.actions import Action
from desktop.formats import plain_tip
from desktop.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from desktop.undo import UndoStack

UNDO_KEYS = ("Ctrl+Z",)
REDO_KEYS = ("Ctrl+Shift+Z", "Ctrl+Y")


class UndoActions(QObject):
    """Lives as long as its window. A blocked action would swallow its key without a word, so the key then says why."""

    def __init__(self, window: QMainWindow, stack: UndoStack) -> None:
        super().__init__(window)
        self._stack = stack
        self.undo = Action(window, tr("Undo"), stack.undo, icon="undo", source="Undo")
        self.redo = Action(window, tr("Redo"), stack.redo, icon="redo", source="Redo")
        self.actions = [self.undo, self.redo]
        self._explained: list[tuple[Action, list[QShortcut]]] = []
        for one, keys, explain in ((self.undo, UNDO_KEYS, self._explain_undo), (self.redo, REDO_KEYS, self._explain_redo)):
            one.setShortcuts([QKeySequence(key) for key in keys])
            self._explained.append((one, [_shortcut(window, key, explain) for key in keys]))
        stack.changed.connect(self.show_state)
        self.show_state()
        stack.ask_again()  # another window may be another person's

    def show_state(self) -> None:
        """Say what the last deeds would do."""
        stack = self._stack
        for one, words, why in (
            (self.undo, stack.undo_words(), stack.why_not_undo()),
            (self.redo, stack.redo_words(), stack.why_not_redo()),
        ):
            one.setText(words)
            one.setEnabled(not why)
            one.setToolTip(plain_tip(why or words))
        for one, keys in self._explained:
            for key in keys:
                key.setEnabled(not one.isEnabled())

    def _explain_undo(self) -> None:
        self._stack.context.notify(self._stack.why_not_undo(), "warn")

    def _explain_redo(self) -> None:
        self._stack.context.notify(self._stack.why_not_redo(), "warn")


def _shortcut(window: QMainWindow, key: str, run: Callable[[], object]) -> QShortcut:
    made = QShortcut(QKeySequence(key), window)
    made.activated.connect(run)
    return made
