"""What a committed command asks of the world outside the database: open a file or folder, say something. After the commit, never before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.context import AppContext
from desktop.i18n import language

if TYPE_CHECKING:
    from services.outcome import Effect

Facts = Mapping[str, str | int]


def _open_path(_context: AppContext, facts: Facts) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(facts["path"])))


def _say(context: AppContext, facts: Facts) -> None:
    from services.words import say

    context.notify(say(str(facts["code"]), language(), **{key: value for key, value in facts.items() if key != "code"}))


KINDS: dict[str, Callable[[AppContext, Facts], None]] = {"open": _open_path, "say": _say}


def perform_effects(context: AppContext, effects: Iterable[Effect]) -> None:
    """Do them in order; a kind that nobody knows is a bug and raises KeyError."""
    for effect in effects:
        KINDS[effect.kind](context, effect.facts)
