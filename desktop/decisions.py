"""Tells whoever asked for a change what became of it: at the sign-in, and as soon as it is decided while they sit there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.i18n import language, tr
from services.words import term

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.changes import Changes
    from desktop.context import AppContext
    from services.queries.approval_rows import ApprovalRow


class Decisions(QObject):
    """Lives as long as its window. `read()` after somebody else signed in."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self.context = context
        context.changes.subscribe(("approval",), self._changed, window)
        context.runner.opened.connect(self._changed)
        if context.shop is not None:
            self.read()

    def _changed(self, _changes: Changes | None = None) -> None:
        self.read()

    def read(self) -> None:
        self.context.runner.query(_untold).then(self._tell)

    def _tell(self, rows: tuple[ApprovalRow, ...]) -> None:
        if not rows:
            return
        from services.commands.approvals import MarkTold

        last = rows[-1]
        more = tr(" (and {n} more)", n=len(rows) - 1) if len(rows) > 1 else ""
        note = term("approval_note", last.note, language())
        words = tr(
            "{approval} of order {number}: {state}",
            approval=last.code,
            number=last.number,
            state=term("approval_state", last.state, language()),
        )
        if note:
            words += ("：" if language() == "zh" else ": ") + note
        tone = "ok" if last.state == "approved" else "warn"
        go = partial(self.context.go, "approvals", tab="done", id=last.id)
        self.context.notify(words + more, tone, tr("See it"), go)
        self.context.runner.change(MarkTold(tuple(row.id for row in rows)))


def _untold(desk: Any) -> tuple[ApprovalRow, ...]:
    from services.queries.approval_rows import DecisionsFor

    found: tuple[ApprovalRow, ...] = desk.read(DecisionsFor(desk.viewer.name)) if desk.viewer.signed_in else ()
    return found
