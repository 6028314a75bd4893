"""How text is cut for the full-text index: every two neighbouring characters, and the last one alone.

A substring of two or more characters is then an AND of its pairs, a single character a prefix; hits are checked again
because an AND does not tell the order. Characters are written as hex so that the tokenizer of the index can neither
split nor drop any of them (emoji, punctuation, rare Han).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=65536)
def _code(character: str) -> str:
    return f"{ord(character):x}g"


def fold(text: str) -> str:
    """How text is compared in a search: case does not count, nor does full or half width of letters and digits."""
    return text.translate(_HALF_WIDTH).casefold()


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def index_words(texts: Iterable[str]) -> str:
    """The words that the index holds for these fields, each once."""
    seen: dict[str, None] = {}
    for text in texts:
        if not text:
            continue
        codes = [_code(character) for character in fold(text)]
        last = codes[-1]
        for first, second in itertools.pairwise(codes):
            seen[first + second] = None
        seen[last] = None
    return " ".join(seen)


def match_words(fragment: str) -> str:
    """The full-text query that every document holding `fragment` answers. Raises ValueError for an empty fragment."""
    codes = [_code(character) for character in fold(fragment)]
    if not codes:
        raise ValueError("empty fragment")
    if len(codes) == 1:
        return f"{codes[0]}*"
    return " ".join(dict.fromkeys(first + second for first, second in itertools.pairwise(codes)))
