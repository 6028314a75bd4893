"""Which of our goods a platform's words most likely mean: a score of words against words. Pure, deterministic, no database.

Platforms name one thing in many ways (`【新茶】明前龙井250g 罐装送礼` is our `明前龙井 250g 罐装`). Neighbouring characters that both
have in common count by how rare they are among our own goods; measures (250g, 6只) that both name and that differ count against it,
for they are what tells one specification from the next. A code that is nearly ours counts as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

BEST = 100
SURE = 85
"""From this score on a suggestion may be taken without looking at each one's panel."""
LOOKED_AT = 100
"""Goods whose measures, options and codes are compared besides: those with most in common."""
LEAST = 10
"""Below it two texts have only small change in common."""
_OTHER_MEASURE, _OTHER_OPTION = 0.45, 0.8
_ALIKE_CODE, _CODE_BESIDE = 0.9, 0.6
"""What an alike code is worth alone, and how much of the doubt that words leave it takes away."""
_PARTS = re.compile(r"[;；,，\n]")
_NO_WORDS = re.compile(r"[^0-9a-z\u3400-\u9fff\uf900-\ufaff]+")
_MEASURE = re.compile(
    r"(\d+(?:\.\d+)?)\s?(毫升|ml|升|l|千克|公斤|kg|克|g|斤|厘米|cm|毫米|mm|米|m|寸|片|只|个|包|袋|盒|罐|瓶|件套|件|支|条|双|码|格|人|枚|张|本|套|粒|饼)"
)
_UNITS = {"毫升": "ml", "升": "l", "千克": "kg", "公斤": "kg", "克": "g", "厘米": "cm", "毫米": "mm", "米": "m", "件套": "件", "个": "只"}
_IN_BASE = {"kg": ("g", 1000.0), "斤": ("g", 500.0), "l": ("ml", 1000.0), "m": ("cm", 100.0), "mm": ("cm", 0.1)}
_TIMES = re.compile(r"(?<=[0-9a-z\u3400-\u9fff])\s?[*x×]\s?(\d{1,3})(?![0-9a-z])")
_PIECES = frozenset("片只包袋盒罐瓶件支条双枚张本套粒饼份")
_NUMERALS = str.maketrans("一二两三四五六七八九", "1223456789")
_COUNTED = re.compile(r"[一二两三四五六七八九](?=[只个包袋盒罐瓶件支条双片枚张本套粒饼])")


class GoodsWords(NamedTuple):
    """What goods are called: code, title, and options as `name:value;name:value`. `key` names them to the caller."""

    key: int
    code: str = ""
    title: str = ""
    properties: str = ""


class Suggestion(NamedTuple):
    """`score` is 0 to 100."""

    key: int
    score: int


class _Read(NamedTuple):
    words: str
    grams: frozenset[str]
    options: frozenset[str]
    measures: frozenset[tuple[str, float]]
    code: str


class Shelf:
    """Our goods, read once and asked often. The order in which they are given does not matter."""

    def __init__(self, goods: Iterable[GoodsWords]) -> None:
        self._goods = {one.key: _read(one.code, one.title, one.properties) for one in sorted(goods)}
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._codes: dict[str, list[int]] = defaultdict(list)
        for key, read in self._goods.items():
            for gram in read.grams:
                self._holding[gram].append(key)
            if read.code:
                self._codes[read.code[:2]].append(key)
        self._rare = {gram: log(1 + len(self._goods) / len(keys)) for gram, keys in self._holding.items()}
        self._new = log(2)  # what none of ours holds tells none of them from another
        self._weights = {key: self._weight(read.grams) for key, read in self._goods.items()}

    def suggest(self, goods: GoodsWords, most: int = 5) -> tuple[Suggestion, ...]:
        """The likeliest first, equal ones by their key; at most `most`, none below LEAST."""
        asked = _read(goods.code, goods.title, goods.properties)
        shares = self._shares(asked)
        near = sorted(shares, key=lambda key: (-shares[key], key))[:LOOKED_AT]
        if asked.code:
            near = [*near, *(key for key in self._codes.get(asked.code[:2], ()) if key not in near)]
        scored = [Suggestion(key, self._score(asked, self._goods[key], shares.get(key, 0.0))) for key in near]
        scored.sort(key=lambda one: (-one.score, one.key))
        return tuple(one for one in scored[:most] if one.score >= LEAST)

    def _score(self, asked: _Read, ours: _Read, share: float) -> int:
        if asked.words == ours.words and asked.words:
            return BEST
        differing = _differing(asked, ours)
        share *= differing
        most = SURE - 1 if _otherwise_packed(asked, ours) else BEST - 1
        if asked.code and ours.code:
            alike = _alike(asked.code, ours.code)
            share = max(1 - (1 - share) * (1 - _CODE_BESIDE * alike), _ALIKE_CODE * alike * differing)
        return min(most, round(BEST * share))

    def _shares(self, asked: _Read) -> dict[int, float]:
        """What each has in common with the words, of the shorter of both, and a little of both: titles of platforms are longer than ours
        by their praise."""
        common: dict[int, float] = defaultdict(float)
        for gram in sorted(asked.grams):  # a sum of floats must not depend on the order of a set
            if gram in self._rare:
                weight = self._rare[gram]
                for key in self._holding[gram]:
                    common[key] += weight
        one = self._weight(asked.grams)
        return {key: 0.75 * both / min(one, self._weights[key]) + 0.5 * both / (one + self._weights[key]) for key, both in common.items()}

    def _weight(self, grams: Iterable[str]) -> float:
        return sum(self._rare.get(gram, self._new) for gram in sorted(grams))


def score(one: GoodsWords, other: GoodsWords) -> int:
    """0 to 100 of two goods alone; for many use a Shelf, which knows what is rare."""
    found = Shelf([other]).suggest(one, 1)
    return found[0].score if found else 0


def _differing(asked: _Read, ours: _Read) -> float:
    """Measures of one unit that both name and that differ, options that neither text of the other holds: less likely the same."""
    factor = 1.0
    units = {unit for unit, _size in asked.measures} & {unit for unit, _size in ours.measures}
    for unit in sorted(units):
        mine = {size for name, size in asked.measures if name == unit}
        yours = {size for name, size in ours.measures if name == unit}
        factor *= 1.0 if mine & yours else _OTHER_MEASURE
    if asked.options and ours.options and _others(asked, ours) and _others(ours, asked):
        factor *= _OTHER_OPTION
    return factor


def _others(one: _Read, other: _Read) -> bool:
    """Whether one names an option that the other has not: red beside green. `蓝` is `蓝色`, but `l` is not `xl`."""
    return not all(
        option in other.options or (len(option) > 1 and option in other.words) or any(_part_of(option, held) for held in other.options)
        for option in one.options
    )


def _part_of(option: str, held: str) -> bool:
    short, long = sorted((option, held), key=len)
    return not short.isascii() and long.startswith(short)


def _otherwise_packed(asked: _Read, ours: _Read) -> bool:
    """Whether one tells a size or a number of pieces beside those of the other: 75ml and 75ml+15ml, one and two of them. Such goods are
    alike, but somebody has to look."""
    for unit in {unit for unit, _size in asked.measures | ours.measures}:
        mine, yours = ({size for name, size in read.measures if name == unit} for read in (asked, ours))
        if mine and yours and mine != yours:
            return True
        if unit in _PIECES and (mine or {1.0}) != (yours or {1.0}):
            return True
    return False


def _alike(one: str, other: str) -> float:
    """How much of the longer code is the beginning that both share; `ghwl250` against `ghwl250新`. Less than half is chance."""
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other)))
    share = same / max(len(one), len(other))
    return share if share >= 0.5 and same >= 3 else 0.0


def _read(code: str, title: str, properties: str) -> _Read:
    return _read_text(code.strip(), title, tuple(sorted(_values(properties))))


@lru_cache(maxsize=20_000)
def _read_text(code: str, title: str, options: tuple[str, ...]) -> _Read:
    plain = [_plain(value) for value in options]
    head = _plain(title)
    words = _NO_WORDS.sub("", head) + "".join(_NO_WORDS.sub("", value) for value in plain if _NO_WORDS.sub("", value) not in head)
    text = " ".join((head, *plain))
    grams = {part[place : place + 2] for part in _NO_WORDS.split(text) for place in range(len(part) - 1)}
    grams |= {part for part in _NO_WORDS.split(text) if len(part) == 1}
    measures = frozenset(_measure(size, unit) for size, unit in _MEASURE.findall(text))
    measures |= {("份", float(times)) for times in _TIMES.findall(text)}
    named = frozenset(found for value in plain if (found := _NO_WORDS.sub("", value)))
    return _Read(words, frozenset(grams), named, measures, _NO_WORDS.sub("", _plain(code)))


def _values(properties: str) -> Sequence[str]:
    """The values of `颜色分类:红色;尺码:L`, whose order says nothing."""
    return [value for part in _PARTS.split(properties) if (value := re.split(r"[:：]", part, maxsplit=1)[-1].strip())]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _COUNTED.sub(lambda found: found[0].translate(_NUMERALS), folded)


def _measure(size: str, unit: str) -> tuple[str, float]:
    name = _UNITS.get(unit, unit)
    base, times = _IN_BASE.get(name, (name, 1.0))
    return base, round(float(size) * times, 3)
