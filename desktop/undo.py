"""Undo and redo in the window (Ctrl+Z, Ctrl+Shift+Z, Ctrl+Y): the deeds of whoever sits there now, the last first.

The stacks hold only where the trail has each deed; what taking it back would do, or why it can't be, is asked anew after every
change (services.queries.undo_offer), so that the menu says it before it is pressed. Another deed ends what could be done again;
another person at the seat begins with nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from desktop.i18n import language, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.context import AppContext
    from desktop.runner import Task
    from services.desk import Desk
    from services.outcome import DeedSpan
    from services.queries.undo_offer import Offer, UndoOffer

MOST = 100
"""Deeds that are remembered."""
NOTHING = "undo_nothing"
SHOWN_FROM = 200
"""Orders from which taking back is shown in the status bar, with Cancel."""


class UndoStack(QObject):
    """What can be taken back and done again. `undo_offer` and `redo_offer` are None where there is nothing."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.context = context
        self._done: list[DeedSpan] = []
        self._undone: list[DeedSpan] = []
        self.undo_offer: Offer | None = None
        self.redo_offer: Offer | None = None
        self.busy = False
        self._task: Task | None = None
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self.look)
        context.runner.performed.connect(self._performed)
        context.runner.changed.connect(self.ask_again)

    def clear(self) -> None:
        """Somebody else sits there, or nobody."""
        self._done.clear()
        self._undone.clear()
        self.undo_offer = self.redo_offer = None
        self.changed.emit()

    # ---- what was done

    def _performed(self, outcome: Any) -> None:
        from services.undoable import NO_DEED, UNDO

        deed: DeedSpan | None = outcome.deed
        if deed is None or deed.action in NO_DEED:
            return
        known = (self._done or self._undone)[-1:]
        if known and known[0].actor != deed.actor:
            self.clear()
        if deed.action == UNDO and not outcome.value.again:
            if self._done:
                self._done.pop()
            self._undone.append(deed)
        elif deed.action == UNDO:
            if self._undone:
                self._undone.pop()
            self._done.append(deed)
        else:
            self._undone.clear()
            self._done.append(deed)
            del self._done[:-MOST]
        self.ask_again()

    def ask_again(self, _changes: object = None) -> None:
        if self._done or self._undone:
            self._ask.start()

    def look(self) -> None:
        """Ask what the last deeds would do now; the answer to an older question is dropped."""
        if self._task is not None:
            self._task.cancel()
        from services.queries.undo_offer import UndoOffer

        asked = [UndoOffer(one[-1].first, one[-1].last, one[-1].actor) if one else None for one in (self._done, self._undone)]
        self._task = self.context.runner.query(partial(_offers, asked))
        self._task.then(self._tell, self._unknown)

    def _tell(self, found: tuple[Offer | None, Offer | None] | None) -> None:
        if found is None:
            self.clear()
            return
        self.undo_offer, self.redo_offer = found
        if self.undo_offer is not None and self.undo_offer.refusal == NOTHING and self._done:
            self._done.pop()  # it left nothing to take back: the deed before it is the last one
            self.undo_offer = None
            self.look()
        self.changed.emit()

    def _unknown(self, _error: Exception) -> None:
        """Nobody is signed in by now: there is nothing to offer."""
        self.undo_offer = self.redo_offer = None
        self.changed.emit()

    # ---- words

    def undo_words(self) -> str:
        offer = self.undo_offer
        return tr("Undo: {deed}", deed=offer_words(offer)) if offer is not None else tr("Undo")

    def redo_words(self) -> str:
        offer = self.redo_offer
        return tr("Redo: {deed}", deed=offer_words(offer)) if offer is not None else tr("Redo")

    def why_not_undo(self) -> str:
        """Why the last deed can't be taken back and what to do instead; "" where it can."""
        return _why_not(self.undo_offer, "undo_nothing_left")

    def why_not_redo(self) -> str:
        return _why_not(self.redo_offer, "redo_nothing_left")

    # ---- doing

    def undo(self) -> None:
        """Take back the last deed; in a field that is typed in, its last typing."""
        field = _field()
        if field is not None:
            field.undo()
        else:
            self._perform(self.undo_offer, self.why_not_undo())

    def redo(self) -> None:
        field = _field()
        if field is not None:
            field.redo()
        else:
            self._perform(self.redo_offer, self.why_not_redo())

    def _perform(self, offer: Offer | None, why_not: str) -> None:
        if self.busy:
            return
        if offer is None or why_not:
            self.context.notify(why_not, "warn")
            return
        from services.commands.undo_deed import UndoDeed

        title = tr("Changing orders…") if offer.orders >= SHOWN_FROM else ""
        self.busy = True
        task = self.context.runner.change(UndoDeed(offer.first, offer.last), title=title)
        task.then(self._taken, self._refused, self._stopped)

    def _taken(self, outcome: Any) -> None:
        self.busy = False
        said = offer_words(outcome.value)
        if outcome.value.again:
            self.context.notify(tr("Done again: {deed}", deed=said), "ok", tr("Undo"), self._undo_now)
        else:
            self.context.notify(tr("Taken back: {deed}", deed=said), "ok", tr("Redo"), self._redo_now)

    def _undo_now(self) -> None:
        self._perform(self.undo_offer, self.why_not_undo())

    def _redo_now(self) -> None:
        self._perform(self.redo_offer, self.why_not_redo())

    def _stopped(self) -> None:
        self.busy = False

    def _refused(self, error: Exception) -> None:
        """It was another thing a moment ago: told with what is in the way."""
        self.busy = False
        self.context.runner.failed.emit(error)
        self.ask_again()


def _offers(asked: Sequence[UndoOffer | None], desk: Desk) -> tuple[Offer | None, ...] | None:
    """None where these are the deeds of somebody who left the seat."""
    if any(one is not None and one.actor != desk.viewer.name for one in asked):
        return None
    return tuple(desk.read(one) if one is not None else None for one in asked)


def offer_words(told: Any) -> str:
    from services.words.undo import deed_words

    return deed_words(told, language())


def _why_not(offer: Offer | None, nothing: str) -> str:
    from services.words import say

    if offer is None:
        return say(nothing, language())
    return say(offer.refusal, language(), **offer.facts) if offer.refusal else ""


def _field() -> QLineEdit | QPlainTextEdit | QTextEdit | None:
    """The field that is typed in now: Ctrl+Z there is its own."""
    field: QWidget | None = QApplication.focusWidget()
    if isinstance(field, (QLineEdit, QPlainTextEdit, QTextEdit)) and not field.isReadOnly():
        return field
    return None
