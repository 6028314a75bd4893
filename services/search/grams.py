"""How text is cut for the full-text index: every two neighbouring characters, and the last one alone.

A substring of two or more characters is then an AND of its pairs, a single character a prefix; hits are checked again
because an AND does not tell the order. Characters are written as hex so that the tokenizer of the index can neither
split nor drop any of them (emoji, punctuation, rare Han).

Long runs of digits (order numbers, phones) hold nearly every pair, so pairs would find everything: they are cut into
fours instead, with the last three, two and one alone; fewer than four digits are then a prefix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

LONG_NUMBER = 11
"""Digits from which a text is cut into fours: a mobile number has eleven, an order number more."""
FOUR = 4


class _Codes(dict[str, str]):
    """Each character as hex: made once, looked up at every character of an import."""

    def __missing__(self, character: str) -> str:
        found = self[character] = f"{ord(character):x}g"
        return found


_code = _Codes().__getitem__


def fold(text: str) -> str:
    """How text is compared in a search: case does not count, nor does full or half width of letters and digits."""
    if text.isascii():
        return text.lower()
    return (text.translate(_HALF_WIDTH) if _WIDE.search(text) else text).casefold()


def is_solid(folded: str) -> bool:
    """Whether all is Han, emoji and other signs without case or width: no other character folds to any of it (a test tries all)."""
    return all(unicodedata.category(mark) in {"Lo", "So"} and mark == mark.lower() == mark.upper() and mark > "\x7f" for mark in folded)


_WIDE = re.compile("[　！-～]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _all_digits(folded: str) -> bool:
    return folded.isascii() and folded.isdigit()


def _fours(digits: str) -> list[str]:
    return [f"n{digits[start : start + FOUR]}" for start in range(len(digits) - FOUR + 1)]


def index_words(texts: Iterable[str]) -> str:
    """The words that the index holds for these fields, each once."""
    return " ".join(dict.fromkeys(chain.from_iterable([_words(text) for text in texts if text])))


def _words(text: str) -> list[str]:
    folded = fold(text)
    if len(folded) >= LONG_NUMBER and _all_digits(folded):
        return [*_fours(folded), f"n{folded[-3:]}", f"n{folded[-2:]}", f"n{folded[-1]}"]
    codes = list(map(_code, folded))
    return [*map(str.__add__, codes, codes[1:]), codes[-1]]


def match_words(fragment: str) -> str:
    """The full-text query that every document holding `fragment` answers. Raises ValueError for an empty fragment."""
    folded = fold(fragment)
    codes = [_code(character) for character in folded]
    if not codes:
        raise ValueError("empty fragment")
    pairs = " ".join(dict.fromkeys(map(str.__add__, codes, codes[1:]))) or f"{codes[0]}*"
    if not _all_digits(folded):
        return pairs
    fours = " ".join(dict.fromkeys(_fours(folded))) or f"n{folded}*"
    return f"({pairs}) OR ({fours})"


def says_all(fragment: str) -> bool:
    """Whether a hit of `match_words` needs no second look: one or two characters are whole words of the index."""
    return len(fold(fragment)) <= 2


def is_prefix(fragment: str) -> bool:
    """Whether the index has to gather many words for it, so that even a first hit costs all."""
    folded = fold(fragment)
    return len(folded) == 1 or (len(folded) < FOUR and _all_digits(folded))
