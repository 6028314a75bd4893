"""Code 128: the shortest row of symbols, whole dots, read back by a scanner."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.documents.barcodes import QUIET, code128, code_values, fitting
from services.documents.label_sizes import MM

ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=24)


def picture(text: str, dots: int = 2) -> NDArray[np.uint8]:
    symbol = code128(text)
    image = np.full((60, (symbol.modules + 2 * QUIET) * dots), 255, np.uint8)
    for left, width in symbol.bars:
        image[5:55, (QUIET + left) * dots : (QUIET + left + width) * dots] = 0
    return image


@settings(max_examples=60)
@given(st.one_of(ASCII, st.from_regex(r"[A-Z]{0,3}[0-9]{3,22}[A-Z]{0,2}[0-9]{0,8}", fullmatch=True)))
def test_every_text_reads_back(text: str) -> None:
    found = zxingcpp.read_barcodes(picture(text))
    assert [code.text for code in found] == [text]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("4000000012345678901", 9 + 1 + 1),  # nine pairs, one change of set, one digit
        ("12", 1),
        ("1", 1),
        ("123", 3),
        ("1234", 2),
        ("A1234", 4),
        ("AB12", 4),
        ("A12B", 4),
        ("SF1234567890123", 2 + 1 + 1 + 6),
    ],
)
def test_sets_are_switched_for_the_shortest_row(text: str, symbols: int) -> None:
    assert len(code_values(text)) == symbols + 3  # start, check, stop


@given(st.text("1A", min_size=1, max_size=9))
def test_no_switching_is_shorter(text: str) -> None:
    best = 99
    for sets in product("BC", repeat=len(text)):
        place, now, cost = 0, sets[0], 0
        while place < len(text):
            cost += sets[place] != now
            now = sets[place]
            if now == "C" and not text[place : place + 2].isdecimal():
                break
            if now == "C" and place + 1 == len(text):
                break
            place += 2 if now == "C" else 1
            cost += 1
        else:
            best = min(best, cost)
    assert len(code_values(text)) == best + 3


@pytest.mark.parametrize("text", ["", "订单1", "a\tb", "é", "\u0663\u0664"])
def test_what_the_sets_do_not_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        code_values(text)
    assert fitting(text, 500) is None


def test_modules_are_whole_dots_and_as_wide_as_fits() -> None:
    number = "4000000012345678901"
    wide = fitting(number, 75 * MM)
    narrow = fitting(number, 60 * MM)
    assert wide is not None
    assert narrow is not None
    assert (wide[1], narrow[1]) == (3, 2)
    assert narrow[0].width(2) <= 60 * MM
    assert fitting(number, 40 * MM) is None
