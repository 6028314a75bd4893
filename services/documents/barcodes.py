"""Code 128 (ISO/IEC 15417), code sets B and C, in whole dots of a 203 dpi label printer.

Bars that are not a whole number of dots come out unequal and don't decode (measured at 19 digits), so
a module is 3 or 2 dots wide and nothing else; what does not fit even at 2 dots gets no barcode.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

DOT = 72 / 203
"""One dot of a 203 dpi printer, in points."""
QUIET = 10
"""Blank modules that the standard asks on either side."""
MODULE_DOTS = (3, 2)

_START_B, _START_C, _TO_C, _TO_B, _STOP = 104, 105, 99, 100, 106

# Bar and space widths of the values 0 to 106, table 1 of the standard.
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_WIDTHS = _TABLE.split()


@dataclass(frozen=True, slots=True)
class Bars:
    """A symbol in modules: (left, width) of each bar, and the width of all without the quiet zones."""

    bars: tuple[tuple[int, int], ...]
    modules: int

    def width(self, dots: int) -> float:
        """Points with both quiet zones when a module is `dots` wide."""
        return (self.modules + 2 * QUIET) * dots * DOT


def code_values(text: str) -> list[int]:
    """The shortest row of symbol values for printable ASCII, with start, check and stop. Raises ValueError for other text."""
    if not text or not all(" " <= char <= "~" for char in text):
        raise ValueError("Code 128 B holds printable ASCII only")
    count = len(text)
    far = count * 3 + 9
    # cost[set][place]: symbols still needed from there on, the set being B (0) or C (1); a change of set costs one.
    cost = ([0] * (count + 1), [far] * count + [0])
    for place in range(count - 1, -1, -1):
        in_b = 1 + cost[0][place + 1]
        in_c = 1 + cost[1][place + 2] if _pair(text, place) else far
        cost[0][place] = min(in_b, 1 + in_c)
        cost[1][place] = min(in_c, 1 + in_b)
    in_c = cost[1][0] < cost[0][0] or (cost[1][0] == cost[0][0] and _pair(text, 0))
    values = [_START_C if in_c else _START_B]
    place = 0
    while place < count:
        by_pair = 1 + cost[1][place + 2] + (not in_c) if _pair(text, place) else far
        by_one = 1 + cost[0][place + 1] + in_c
        if by_pair != by_one and in_c != (by_pair < by_one):
            in_c = not in_c
            values.append(_TO_C if in_c else _TO_B)
        if in_c:
            values.append(int(text[place : place + 2]))
            place += 2
        else:
            values.append(ord(text[place]) - 32)
            place += 1
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return [*values, check, _STOP]


def _pair(text: str, place: int) -> bool:
    pair = text[place : place + 2]
    return len(pair) == 2 and pair.isdecimal()


@lru_cache(maxsize=256)
def code128(text: str) -> Bars:
    """Bars of `text`. Raises ValueError for what is not printable ASCII."""
    bars: list[tuple[int, int]] = []
    place = 0
    for value in code_values(text):
        for index, digit in enumerate(_WIDTHS[value]):
            width = ord(digit) - 48
            if index % 2 == 0:
                bars.append((place, width))
            place += width
    return Bars(tuple(bars), place)


def fitting(text: str, width: float) -> tuple[Bars, int] | None:
    """Bars of `text` and the dots of a module, as wide as goes into `width` points; None where nothing goes."""
    try:
        bars = code128(text)
    except ValueError:
        return None
    for dots in MODULE_DOTS:
        if bars.width(dots) <= width + 1e-6:
            return bars, dots
    return None
