"""What the merchant said a status word means that no platform's list knows: kept as a setting, asked while files are read.

The words stand beside those of the platforms and never in their place. They are held for the length of one reading in a context
variable, so that every format finds them without carrying them along.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.db.reading import Reading

SETTING = "status_words"
_KNOWN: ContextVar[Mapping[str, str]] = ContextVar("taught", default=MappingProxyType({}))
_MARKS = re.compile(r"[\s,，、|｜'=\"]+")
_WORDS = "SELECT value FROM setting WHERE name = ?"


@dataclass(frozen=True, slots=True)
class TaughtWords:
    """Query: {word: status} as the setting keeps them."""

    def run(self, reading: Reading) -> Mapping[str, str]:
        rows = reading.sql(_WORDS, (SETTING,))
        found: dict[str, str] = json.loads(rows[0][0]) if rows else {}
        return found


class Door(Protocol):
    """The Desk, as far as the words need it."""

    def read(self, query: TaughtWords, /) -> Mapping[str, str]: ...


def word_key(cell: str) -> str:
    """What two ways to write one word have in common: no blanks, commas or guards of a spreadsheet, letters small."""
    return _MARKS.sub("", cell).casefold()


def meaning(cell: str) -> str:
    """The status that somebody said the cell means; empty where nobody did."""
    known = _KNOWN.get()
    return known.get(word_key(cell), "") if known else ""


@contextmanager
def with_taught(desk: Door) -> Iterator[None]:
    """The shop's words hold for all that is read inside."""
    token = _KNOWN.set({word_key(word): status for word, status in desk.read(TaughtWords()).items()})
    try:
        yield
    finally:
        _KNOWN.reset(token)
