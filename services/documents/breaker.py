"""Breaking Chinese text into lines. Pure: text and widths in, lines out; no fonts, no paper.

The rules are those of GB/T 15834-2011 (5.1, place of the marks): closing marks, stops, dashes, ellipses and
connectors never begin a line, opening marks never end one, doubled dashes and ellipses are not torn apart, a slash
does neither. Runs of Latin letters and digits (order numbers, codes, words) stay whole unless longer than a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

NO_START = frozenset("，。、；：？！…—～·‧）》〉」』】〕］｝〗〙〛”’％‰℃°′″／＞,.;:!?)]}%/–»›﹐﹑﹒﹔﹕﹖﹗，．")
NO_END = frozenset("（《〈「『【〔［｛〖〘〚“‘／＜￥＄￡№＃([{/$¥£€#«‹")
BLANKS = frozenset(" \u3000\xa0")

JOINTS = frozenset("-_.,:;&=?+")

FREE, JOINT, TEARS, FORBIDDEN, NEVER = 0, 1, 2, 3, 4
_SLACK = 1e-6


def is_run(char: str) -> bool:
    """Whether `char` belongs to a run that is kept whole: everything below the Chinese blocks but the blanks."""
    return char < "\u2e80" and char not in BLANKS


def break_class(before: str, after: str) -> int:
    """How bad a line break between two neighbours is.

    FREE; at a JOINT of a run that has to be torn; TEARS a run anywhere; FORBIDDEN by the standard; NEVER before blanks, which hang.
    """
    if after in BLANKS:
        return NEVER
    if after in NO_START or before in NO_END:
        return FORBIDDEN
    if before in BLANKS:
        return FREE
    if is_run(before) and is_run(after):
        return JOINT if before in JOINTS else TEARS
    return FREE


class Measured:
    """One paragraph with its widths (in em) and break classes, to be broken at any width."""

    __slots__ = ("_classes", "_sums", "text", "width")

    def __init__(self, text: str, widths: Mapping[str, float]) -> None:
        self.text = text
        self._sums = [0.0, *accumulate(map(widths.__getitem__, text))]
        self._classes: list[int] | None = None
        self.width = self._sums[len(text.rstrip())]

    def lines(self, width: float) -> list[str]:
        """Lines no wider than `width` em; joined they are the text again.

        Blanks at a break hang behind their line and are not counted. Each line takes as much as fits; where no free break
        fits, a run is torn, at a joint if it has one there; only where that can't be either is a forbidden break made.
        A line holds at least one character, so a width below the widest character is not kept.
        """
        if self.width <= width + _SLACK:
            return [self.text]
        classes = self._classes
        if classes is None:
            classes = self._classes = self._classify()
        text, sums, count = self.text, self._sums, len(self.text)
        lines: list[str] = []
        start = 0
        while start < count:
            fits = max(bisect_right(sums, sums[start] + width + _SLACK) - 1, start + 1)
            while fits < count and text[fits] in BLANKS:
                fits += 1
            end = fits if fits == count else _best(classes, start, fits)
            lines.append(text[start:end])
            start = end
        return lines

    def _classify(self) -> list[int]:
        text = self.text
        classes = [NEVER]
        classes.extend(map(break_class, text, text[1:]))
        for place in range(2, len(text)):  # an opening mark, blanks, then a word: the mark would still end the line
            if classes[place] == FREE and text[place - 1] in BLANKS and text[:place].rstrip()[-1:] in NO_END:
                classes[place] = FORBIDDEN
        return classes


def _best(classes: list[int], start: int, fits: int) -> int:
    """The last of the best places for a break in (start, fits]."""
    found = {JOINT: 0, TEARS: 0, FORBIDDEN: 0, NEVER: 0}
    for place in range(fits, start, -1):
        kind = classes[place]
        if kind == FREE:
            return place
        if not found[kind]:
            found[kind] = place
    return found[JOINT] or found[TEARS] or found[FORBIDDEN] or fits
