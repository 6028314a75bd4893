"""Text that a spreadsheet would run or mangle, marked as text, so that it can be read back exactly.

OWASP, CSV injection: a cell that starts with = + - @ tab or return is a formula, in full width too for East Asian editions;
blanks, marks of direction and zeros before it do not make it safe. A csv cell holds text and numbers alike, so a long number
loses its digits from the 16th on and a code its leading zeros. A leading apostrophe is what the platforms' own exports use.
"""

from __future__ import annotations

import re
import unicodedata

_LEADS = frozenset("=+-@＝＋－＠|")
_STEERING = frozenset("\t\r\n\v\f\x00")
# Twelve digits are shown as 1.2E+11, sixteen are no longer exact; 007 becomes 7.
_DIGITS = re.compile(r"(?:\d{12,}|0\d+)")


def needs_guard(text: str) -> bool:
    """Whether a spreadsheet would take this csv text for something else. Leading apostrophes don't count (see `guard`)."""
    bare = text.lstrip("'")
    if not bare:
        return False
    if bare[0] in _STEERING or _DIGITS.fullmatch(bare.strip()):
        return True
    for character in bare:
        if character in _LEADS or character in _STEERING:
            return True
        if not (character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"} or character == "'"):
            return False
    return False


def guard(text: str) -> str:
    """`text` as it may stand in a csv cell; `unguard` gives it back."""
    return f"'{text}" if needs_guard(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given: the apostrophe is taken off only where `guard` would have put one."""
    return text[1:] if text.startswith("'") and needs_guard(text[1:]) else text
