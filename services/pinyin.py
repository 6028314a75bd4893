"""How Chinese is typed by its sound: the readings of each character, and whether letters spell a text. No Qt, no database.

The dictionary is loaded at the first question (some 50 ms and 12 MB): ask from a thread that nobody waits for. Its list of
phrases (half a second and 45 MB more) stays out. A character with several readings is found by each of them instead, so that
重新 is found as `chongxin` and, by who does not know better, as `zhongxin`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache

Syllables = tuple[tuple[str, ...], ...]
"""For each letter that counts its readings without tones, the usual one first; a letter that is not Chinese reads as itself, in small."""

_MOST_STEPS = 2_000
"""So many ways of reading are tried before a text counts as not spelled: typed letters are few, but texts may come from anywhere."""


def ready() -> bool:
    """Whether the dictionary is there: a question costs no time then."""
    return _readings.cache_info().currsize > 0


def is_chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003ffff"


@lru_cache(maxsize=16_384)
def _readings(letter: str) -> tuple[str, ...]:
    # Read by the library when it is first imported, and only then.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    found = pinyin(letter, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    return tuple(dict.fromkeys(reading.replace("ü", "v").lower() for reading in found))


def syllables(text: str) -> Syllables:
    """The readings of each letter and digit of `text`; spaces and signs are nobody's to type and are left out."""
    return tuple(_readings(letter) if is_chinese(letter) else (letter.lower(),) for letter in text if letter.isalnum())


def initials(text: str) -> str:
    """`发货单` → `fhd`, by the usual reading of each character."""
    return "".join(readings[0][0] for readings in syllables(text))


def full(text: str) -> str:
    """`发货单` → `fahuodan`, by the usual reading of each character."""
    return "".join(readings[0] for readings in syllables(text))


def spells(typed: str, said: Sequence[tuple[str, ...]], start: int = 0) -> int:
    """How many syllables from `start` on `typed` reads, 0 if it does not: `fh`, `fahuo`, `fhuo` and `fahu` all read two of 发货单.

    Each syllable is typed whole or by its first letter; the last one may be begun. `typed` is in small letters without spaces.
    """
    steps = 0

    def read(at: int, place: int) -> int:
        nonlocal steps
        steps += 1
        if at == len(typed):
            return place - start
        if place == len(said) or steps > _MOST_STEPS:
            return 0
        rest = len(typed) - at
        for reading in said[place]:
            if rest < len(reading) and reading.startswith(typed[at:]):
                return place + 1 - start
            if typed.startswith(reading, at) and (found := read(at + len(reading), place + 1)):
                return found
        if any(reading[0] == typed[at] for reading in said[place]):
            return read(at + 1, place + 1)
        return 0

    return read(0, start) if typed else 0
