"""Deciding conflicts on the page of worklists: what stands here stays, or the file's value is taken. One command for all that are meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.errors import error_words
from desktop.i18n import tr, trn
from services.errors import DeskError

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.outcome import Outcome
    from services.queries.conflict_rows import ConflictRow

OURS, THEIRS = "ours", "theirs"
MANY = 200
"""Decisions from which their progress is shown."""


class ConflictDeeds(QObject):
    """Lives with its page; `read` hands the rows that are meant, as they are now, to what is asked of them, `done` is called afterwards."""

    def __init__(self, page: QObject, context: AppContext, done: Callable[[], object]) -> None:
        super().__init__(page)
        self._context, self._done = context, done

    def decide(self, take: str, rows: Sequence[ConflictRow]) -> None:
        """Decide those that can be decided so, and tell how many can't."""
        able = [row for row in rows if take == OURS or not row.hindrance]
        left = len(rows) - len(able)
        if not able:
            words = trn(
                "The file's value can't be taken there: keep ours.", "The files' values can't be taken there: keep ours.", len(rows)
            )
            self._context.notify(words if rows else tr("They are decided already."), "warn")
            self._done()
            return
        from services.commands.import_conflicts import DecideConflicts

        ids = tuple(row.id for row in able)
        title = trn("Deciding {n} conflict", "Deciding {n} conflicts", len(ids)) if len(ids) > MANY else ""
        self._context.runner.change(DecideConflicts(ids, take), title=title).then(partial(self._decided, take, ids, left), self._refused)

    def _decided(self, take: str, ids: tuple[int, ...], left: int, outcome: Outcome[Any]) -> None:
        self._done()
        count = int(outcome.value)
        if take == OURS:
            words = trn("Kept ours of {n} conflict", "Kept ours of {n} conflicts", count)
        else:
            words = trn("Took the file's value of {n} conflict", "Took the files' values of {n} conflicts", count)
        if left:
            words += trn("; {n} can only be kept", "; {n} can only be kept", left)
        self._context.notify(words, "warn" if left else "ok", tr("Undo"), partial(self._reopen, ids))

    def _refused(self, error: Exception) -> None:
        """The shop moved on meanwhile: nothing was decided, and the list is read anew."""
        self._done()
        if not isinstance(error, DeskError):
            self._context.runner.failed.emit(error)
            return
        self._context.notify(error_words(error), "warn")

    def _reopen(self, ids: tuple[int, ...]) -> None:
        from services.commands.import_conflicts import ReopenConflicts

        self._context.runner.change(ReopenConflicts(ids)).then(self._reopened, self._refused)

    def _reopened(self, outcome: Outcome[Any]) -> None:
        self._done()
        count = int(outcome.value)
        self._context.notify(trn("{n} conflict waits again", "{n} conflicts wait again", count), "info")
