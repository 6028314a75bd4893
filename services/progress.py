"""How long work tells where it is and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told between steps; `step` raises `Cancelled` when the user asked to stop."""

    def step(self, done: int, total: int | None = None, what: str = "") -> None: ...


class Silent:
    """For callers that neither watch nor cancel."""

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        """Ignore it."""


SILENT = Silent()
