"""How text is cut for the full-text index: every two neighbouring characters, and the last one alone.

A substring of two or more characters is then an AND of its pairs, a single character a prefix; hits are checked again
because an AND does not tell the order. Characters are written as hex so that the tokenizer of the index can neither
split nor drop any of them (emoji, punctuation, rare Han).

Long runs of digits (order numbers, phones) hold nearly every pair, so pairs would find everything: they are cut into
fours instead, and fewer than four digits are not looked up but read off the rows, where they stand in most.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import lru_cache

LONG_NUMBER = 11
"""Digits from which a text is cut into fours: a mobile number has eleven, an order number more."""
FOUR = 4


@lru_cache(maxsize=65536)
def _code(character: str) -> str:
    return f"{ord(character):x}g"


def fold(text: str) -> str:
    """How text is compared in a search: case does not count, nor does full or half width of letters and digits."""
    return text.lower() if text.isascii() else text.translate(_HALF_WIDTH).casefold()


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _all_digits(folded: str) -> bool:
    return folded.isascii() and folded.isdigit()


def _fours(digits: str) -> Iterable[str]:
    return (digits[start : start + FOUR] for start in range(len(digits) - FOUR + 1))


def index_words(texts: Iterable[str]) -> str:
    """The words that the index holds for these fields, each once."""
    seen: dict[str, None] = {}
    for text in texts:
        if not text:
            continue
        folded = fold(text)
        if len(folded) >= LONG_NUMBER and _all_digits(folded):
            seen.update(dict.fromkeys(_fours(folded)))
            continue
        codes = [_code(character) for character in folded]
        seen.update(dict.fromkeys(map(str.__add__, codes, itertools.islice(codes, 1, None))))
        seen[codes[-1]] = None
    return " ".join(seen)


def match_words(fragment: str) -> str | None:
    """The full-text query that every document holding `fragment` answers; None where only the rows can tell.

    Raises ValueError for an empty fragment.
    """
    folded = fold(fragment)
    codes = [_code(character) for character in folded]
    if not codes:
        raise ValueError("empty fragment")
    digits = _all_digits(folded)
    if digits and len(folded) < FOUR:
        return None
    if len(codes) == 1:
        return f"{codes[0]}*"
    pairs = " ".join(dict.fromkeys(first + second for first, second in itertools.pairwise(codes)))
    return f"({pairs}) OR ({' '.join(dict.fromkeys(_fours(folded)))})" if digits else pairs


def says_all(fragment: str) -> bool:
    """Whether a hit of `match_words` needs no second look: one or two characters are whole words of the index."""
    folded = fold(fragment)
    return len(folded) <= 2 and not _all_digits(folded)
