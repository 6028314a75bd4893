"""Which colour a tag's pill has: the one that somebody chose in this shop, else the one that every shop gives the usual tags, else grey."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.changes import Changes

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task

TONES = ("muted", "bad", "warn", "ok", "info", "violet")
"""Tones of pills by the number of the flag of that colour."""
_USUAL = {"加急": 1, "急": 1, "rush": 1, "urgent": 1, "定制": 5, "custom": 5, "贺卡": 2, "礼品": 2}


class TagColours(QObject):
    """Asked while painting, so it only looks into a mapping; `changed` when colours came anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chosen: dict[str, int] = {}

    def take(self, chosen: Mapping[str, int]) -> None:
        if chosen != self._chosen:
            self._chosen = dict(chosen)
            self.changed.emit()

    def colour(self, tag: str) -> int:
        """A flag's number, 0 grey."""
        return self._chosen.get(tag, _USUAL.get(tag.casefold(), 0))

    def tone(self, tag: str) -> str:
        return TONES[self.colour(tag)]


@cache
def tag_colours() -> TagColours:
    """The one TagColours of the process: cells ask it, and one shop is open at a time."""
    return TagColours()


class TagReader(QObject):
    """Keeps the colours those of the shop that `context` has open."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._task: Task | None = None
        context.changes.subscribe(("tag",), self._changed)

    def read(self) -> None:
        """Ask; the answer to an older question is dropped."""
        from services.queries.tag_rows import TagColours as Query

        if self._task is not None:
            self._task.cancel()
        self._task = self._context.runner.query(Query())
        self._task.then(tag_colours().take)

    def _changed(self, _changes: Changes) -> None:
        self.read()
