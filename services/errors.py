"""What can go wrong and is not a bug. Code and facts here; the words are made at the edge (services.words).

Anything else that escapes is a bug and is reported as one.
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | None


class DeskError(Exception):
    """A failure that the user can understand; `code` picks the words, `facts` fill them in."""

    kind: ClassVar[str] = "failed"

    def __init__(self, code: str, /, **facts: Fact) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({shown})"


class Refused(DeskError):
    """A rule of the trade forbids it; nothing was changed."""

    kind = "refused"


class BadInput(DeskError):
    """What was given can't be understood: a file, a query, an option."""

    kind = "bad_input"


class Conflict(DeskError):
    """It was changed meanwhile; nothing was overwritten."""

    kind = "conflict"


class NotFound(DeskError):
    """The thing named is not in the shop."""

    kind = "not_found"


class Environment(DeskError):
    """The machine said no: disk full, file locked, read-only, or written by a newer version."""

    kind = "environment"


class Cancelled(DeskError):
    """The user stopped it; the data are as before the action."""

    kind = "cancelled"

    def __init__(self) -> None:
        super().__init__("cancelled")
