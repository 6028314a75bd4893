"""What the command palette finds, and in which order: pure data and matching, no widgets. What can be found: desktop/views/palette_entries.py.

The order is simple enough to be learnt by the hand: the whole name, its beginning, a word of it, its sound (初 by `chu` or `c`),
something inside it, a sound inside it, letters in order. Within one kind what was run lately comes first, then the given order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.pinyin import Syllables

LEAST_DIGITS = 4
"""So many digits may be the end of an order's number."""
LEAST_LOOSE = 3
"""Fewer letters are in order in half of all names."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One line. `key` is the same in every language: what was run lately is remembered by it, "" is not remembered.

    `also` are its names that are not shown: in the other language. `path` is where it stands in the window, `note` a second
    fact, `keys` its shortcut as its names.
    """

    key: str
    words: str
    run: Callable[[], object]
    also: tuple[str, ...] = ()
    icon: str = ""
    path: str = ""
    note: str = ""
    keys: tuple[str, ...] = ()
    checked: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.words, *self.also)


class Fit(IntEnum):
    """How well letters fit a name, the best first."""

    WHOLE = 0
    BEGINS = 1
    WORD = 2
    SOUNDS_WHOLE = 3
    SOUNDS = 4
    INSIDE = 5
    SOUNDS_INSIDE = 6
    LOOSE = 7
    NONE = 9


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Small letters, one width, without the dots of what opens a dialog."""
    return unicodedata.normalize("NFKC", text).casefold().replace("&", "").rstrip("… .").strip()


def fit(typed: str, name: str, said: Syllables | None = None) -> Fit:
    """How `typed` fits `name`, both folded; `said` is how it sounds, None while nobody knows."""
    if typed == name:
        return Fit.WHOLE
    if name.startswith(typed):
        return Fit.BEGINS
    at = name.find(typed)
    words = [word for word in _split(name) if word]
    if at > 0 and any(word.startswith(typed) for word in words) and typed.isascii():
        return Fit.WORD
    sound = _sound(typed, said, words)
    if sound in {Fit.SOUNDS_WHOLE, Fit.SOUNDS}:
        return sound
    if at > 0 or (" " in typed and all(part in name for part in typed.split())):
        return Fit.INSIDE
    if sound is not Fit.NONE:
        return sound
    return Fit.LOOSE if len(typed) >= LEAST_LOOSE and typed.isascii() and _in_order(typed, name, words) else Fit.NONE


def _split(name: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in name).split(" ")


def _sound(typed: str, said: Syllables | None, words: Sequence[str]) -> Fit:
    """By pinyin, whole or by first letters; in English by the first letters of the words."""
    letters = typed.replace(" ", "").replace("'", "")
    if not letters.isascii() or not letters.isalnum():
        return Fit.NONE
    if len(words) > 1 and len(letters) > 1:
        first = "".join(word[0] for word in words)
        if first.startswith(letters):
            return Fit.SOUNDS_WHOLE if first == letters else Fit.SOUNDS
    if not said or all(len(readings) == 1 and len(readings[0]) == 1 for readings in said):
        return Fit.NONE
    from services.pinyin import spells

    if read := spells(letters, said):
        return Fit.SOUNDS_WHOLE if read == len(said) else Fit.SOUNDS
    return Fit.SOUNDS_INSIDE if any(spells(letters, said, start) for start in range(1, len(said))) else Fit.NONE


def _in_order(typed: str, name: str, words: Sequence[str]) -> bool:
    """Whether the letters come in this order, the first of them at the beginning of a word: `pckslp` in `packing slips`."""
    if not any(word.startswith(typed[0]) for word in words):
        return False
    rest = iter(name[name.find(typed[0]) :])
    return all(letter in rest for letter in typed.replace(" ", ""))


def best_fit(typed: str, entry: Entry, spelled: Mapping[str, Syllables]) -> Fit:
    """The best of its names; several words may also be spread over the name and where it stands (`orders ship`)."""
    best = min((fit(typed, folded(name), spelled.get(name)) for name in entry.names), default=Fit.NONE)
    parts = typed.split()
    if best is Fit.NONE and len(parts) > 1:
        places = [*entry.names, *([entry.path] if entry.path else [])]
        worst = max(min(fit(part, folded(place), spelled.get(place)) for place in places) for part in parts)
        return worst if worst is Fit.NONE else max(worst, Fit.INSIDE)
    return best


def found(text: str, entries: Sequence[Entry], spelled: Mapping[str, Syllables], recent: Sequence[str]) -> list[Entry]:
    """The entries that fit, the best first; without a text all of them, what was run lately first."""
    lately = {key: place for place, key in enumerate(recent)}
    typed = folded(text)
    ranked = []
    for place, entry in enumerate(entries):
        fits = best_fit(typed, entry, spelled) if typed else Fit.WHOLE
        if fits is not Fit.NONE:
            ranked.append((fits, lately.get(entry.key, len(lately)), place))
    return [entries[place] for _fits, _lately, place in sorted(ranked)]


def number_in(text: str) -> str:
    """The digits of a text that may be an order's number or its end, else ""."""
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    return typed if typed.isascii() and typed.isdigit() and LEAST_DIGITS <= len(typed) <= 32 else ""


def spell(names: Iterable[str]) -> dict[str, Syllables]:
    """How names sound: loads the dictionary at the first call, so ask in a thread of the runner."""
    from services.pinyin import is_chinese, syllables

    return {name: syllables(name) for name in names if any(is_chinese(letter) for letter in name)}
