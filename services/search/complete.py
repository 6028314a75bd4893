"""What to offer while somebody types a search: fields, comparisons, values, the shop's own words.

Pure: what only the shop knows comes in as data, a few thousand words of it (services.queries.search_words). The text is
half-typed by nature, so it is cut by the grammar's own signs, not parsed, and nothing here raises for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from services.errors import BadInput
from services.search.fields import EQUALS, FIELDS, PLATFORMS, Kind, SearchField, field_of
from services.search.grams import fold
from services.search.meaning import holds_of, typed_name
from services.search.values import DAY_WORDS, canonical_time
from services.search.writer import quoted_value, said_value
from services.words import term

T = TypeVar("T")

MOST = 60
"""So many are offered at most: nobody reads further."""

Known = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` goes into the place of [start, end) of what is typed. `title` and `hint` are shown: what it is, what it means.

    `kind`: field, op, value or join. A value is whole, so a blank may follow it; after the others one goes on typing.
    """

    text: str
    start: int
    end: int
    title: str
    hint: str
    kind: str


@dataclass(frozen=True, slots=True)
class Completions:
    """`field` is the one whose value the cursor is in, "" outside of any."""

    items: tuple[Completion, ...] = ()
    field: str = ""


_BREAK = r"\s()（）\"“”"
_SIGN = ":：<>=＜＞＝≤≥≠"
_NAME = re.compile(rf"([^{_BREAK}{_SIGN},，.－-][^{_BREAK}{_SIGN}]*?)\s*([:：]|[!！][=＝]|[<＜][=＝>＞]?|[>＞][=＝]?|[=＝≤≥≠])")
_WORD = re.compile(rf"[^{_BREAK}{_SIGN}]+")
_VALUE = re.compile(r"(?:(?!\.\.)[^\s()（）\"“,，])+")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|“[^“”]*”', re.DOTALL)
_OPEN = re.compile(r'["“].*', re.DOTALL)
_MINUS = re.compile(r"[-－]+|NOT(?=\s)")
_DOTS = re.compile(r"\.\.+")
_BLANK = re.compile(r"\s+")
_TO_COME = frozenset({"tomorrow", "after_tomorrow", "next_week"})
_COMMA = re.compile("[,，]")
_JOINS = frozenset({"OR", "或", "或者", "AND", "和", "且", "并且", "NOT"})


@dataclass(slots=True)
class _Place:
    """Where the cursor is: in `typed`, which begins at `start`. `sign` is of `name`'s comparison; both are "" outside of a field."""

    start: int = 0
    typed: str = ""
    name: str = ""
    name_start: int = 0
    sign: str = ""
    ranged: bool = False
    used: tuple[str, ...] = ()
    joins: bool = False
    """Something whole stands before, so that "or" may follow."""


def complete(text: str, cursor: int, lang: str, known: Known | None = None) -> Completions:
    """What fits at `cursor` (0 to len(text)), best first.

    `known` holds the shop's own words by field name: channel, tag, province, city and any other. Words are offered in the
    language that is being typed, `lang` decides where nothing is typed yet and for titles and hints.
    """
    cursor = max(0, min(cursor, len(text)))
    place = _place(text[:cursor])
    end = _end(text, cursor, place)
    known = known or {}
    if place.name:
        try:
            field = field_of(place.name, 0)
        except BadInput as error:
            return Completions(tuple(_meant(place, str(error.facts["suggestion"]), lang)))
        return Completions(tuple(islice(_values(field, place, end, lang, known), MOST)), field.name)
    return Completions(tuple(islice(_beginnings(place, end, lang, known), MOST)))


# -- where the cursor is ---------------------------------------------------------------------------------------------------


def _place(before: str) -> _Place:
    """Read what is left of the cursor, sign by sign as the grammar does."""
    place, at, waiting = _Place(), 0, False
    while at < len(before):
        if found := _BLANK.match(before, at):
            if place.name and not waiting:
                if before[found.end() :].startswith((",", "，", "..")):
                    at = found.end()
                    continue
                place = _Place(joins=True)
            elif not place.name:
                place = _Place(joins=place.typed.upper() not in _JOINS if place.typed else place.joins)
            place.start, place.typed = found.end(), ""
        elif place.name:
            found, waiting = _behind_a_name(before, at, place)
            if found is None:
                place = _Place(at + 1, joins=before[at] in ")）")
                at += 1
                continue
        else:
            found = _before_a_name(before, at, place)
            waiting = bool(place.name)
            if found is None:
                place = _Place(at + 1, joins=before[at] in ")）")
                at += 1
                continue
        at = found.end()
    return place


def _behind_a_name(before: str, at: int, place: _Place) -> tuple[re.Match[str] | None, bool]:
    """The next piece of a field's values, and whether another must follow. None for a bracket, which ends them."""
    if found := _COMMA.match(before, at):
        place.used = (*place.used, place.typed)
        place.start, place.typed, place.ranged = found.end(), "", False
        return found, True
    if found := _DOTS.match(before, at):
        place.start, place.typed, place.ranged = found.end(), "", True
        return found, True
    found = _QUOTED.match(before, at) or _OPEN.match(before, at) or _VALUE.match(before, at)
    if found:
        place.start, place.typed = at, found[0]
    return found, False


def _before_a_name(before: str, at: int, place: _Place) -> re.Match[str] | None:
    """A name with its sign, a word, something quoted, or a minus; None for a bracket or a sign out of place."""
    if not place.typed and (found := _MINUS.match(before, at)):
        place.start, place.joins = found.end(), False
        return found
    if not place.typed and (found := _NAME.match(before, at)):
        place.name, place.name_start, place.sign = found[1], at, found[2]
        place.start, place.typed = found.end(), ""
        return found
    found = _QUOTED.match(before, at) or _OPEN.match(before, at) or _WORD.match(before, at)
    if found:
        place.start, place.typed = at, found[0]
    return found


def _end(text: str, cursor: int, place: _Place) -> int:
    """To the end of the piece that the cursor is in, so that the rest of a word is not left behind."""
    if place.typed[:1] in {'"', "“"}:
        whole = _QUOTED.match(text, place.start)
        return max(cursor, whole.end()) if whole else cursor
    if place.name:
        found = _VALUE.match(text, cursor)
    elif not place.typed:
        return cursor
    else:
        found = _NAME.match(text, place.start) or _WORD.match(text, cursor)
    return max(cursor, found.end()) if found else cursor


# -- what to offer ---------------------------------------------------------------------------------------------------------


def _meant(place: _Place, name: str, lang: str) -> Iterator[Completion]:
    """There is no such field: the nearest instead of it."""
    if name:
        field = field_of(name, 0)
        yield Completion(
            f"{name}{place.sign}", place.name_start, place.name_start + len(place.name + place.sign), name, holds_of(field, lang), "field"
        )


def _beginnings(place: _Place, end: int, lang: str, known: Known) -> Iterator[Completion]:
    """Fields by name, comparisons behind a whole name, and values of any field that begin like what is typed."""
    if place.typed[:1] in {'"', "“"}:
        return
    asked = fold(place.typed)
    speak = _language(place.typed, lang)
    exact = [field for field in FIELDS if asked and asked in {fold(field.name), fold(field.zh), *map(fold, field.also)}]
    for field in exact:
        for sign in _signs(field):
            title = f"{place.typed}{sign}"
            yield Completion(title, place.start, end, title, _op_word(field, sign, lang), "op")
    for field in _ranked(FIELDS, asked, lambda field: (typed_name(field, speak), field.name, field.zh, *field.also)):
        if field not in exact:
            name = typed_name(field, speak)
            yield Completion(f"{name}:", place.start, end, name, holds_of(field, lang), "field")
    if asked:
        yield from _values_alone(asked, speak, lang, place, end, known)
    elif place.joins:
        word = "或" if lang == "zh" else "OR"
        yield Completion(f"{word} ", place.start, end, word, term("search_value", "or", lang), "join")


def _values_alone(asked: str, speak: str, lang: str, place: _Place, end: int, known: Known) -> Iterator[Completion]:
    """`待发` → 状态:待发货, `浙` → 省:浙江省."""
    for field in FIELDS:
        name = typed_name(field, speak)
        if field.choices and field.choices[0].code not in {"yes", "any"}:
            choices = [
                choice for choice in field.choices if any(fold(word).startswith(asked) for word in (choice.en, choice.zh, *choice.also))
            ]
            for choice in choices:
                text = f"{name}:{quoted_value(said_value(field, choice.code, speak))}"
                yield Completion(text, place.start, end, text, holds_of(field, lang), "value")
        for word in _ranked(known.get(field.name, ()), asked, lambda word: (word,)):
            text = f"{name}:{quoted_value(word)}"
            yield Completion(text, place.start, end, text, holds_of(field, lang), "value")


def _values(field: SearchField, place: _Place, end: int, lang: str, known: Known) -> Iterator[Completion]:
    typed = place.typed.strip('"“”')
    used = {fold(one) for one in place.used}
    speak = _language(typed, "en" if place.name.isascii() else "zh")
    for text, title, hint in _offered(field, fold(typed), speak, lang, known, between=place.ranged or place.sign not in EQUALS):
        if fold(text) not in used:
            yield Completion(quoted_value(text), place.start, end, title, "" if hint == title else hint, "value")
    ordered = field.kind in {Kind.MONEY, Kind.COUNT, Kind.TIME}
    if ordered and typed and not place.ranged and place.sign in {":", "：", "=", "＝"} and place.typed == typed and _is_whole(field, typed):
        yield Completion(f"{typed}..", place.start, end, f"{typed}..", term("search_value", "from", lang), "op")


def _offered(field: SearchField, asked: str, speak: str, lang: str, known: Known, *, between: bool) -> Iterator[tuple[str, str, str]]:
    """Text, title and hint of the values that fit; `between`: it must be an end of a range or something to compare with."""
    match field.kind:
        case Kind.CHOICE | Kind.CARRIER:
            for choice in _ranked(field.choices, asked, lambda choice: (choice.zh, choice.en, choice.code, *choice.also)):
                text = choice.zh if speak == "zh" else choice.code
                title = choice.zh if lang == "zh" else choice.en
                yield text, title, "" if text == title else text
        case Kind.CHANNEL:
            own = known.get(field.name, ())
            for word in _ranked(own, asked, lambda word: (word,)):
                yield word, word, ""
            for choice in _ranked(PLATFORMS, asked, lambda choice: (choice.zh, choice.en)):
                if not own and choice.code not in own:
                    yield choice.zh if speak == "zh" else choice.code, choice.zh if lang == "zh" else choice.en, ""
        case Kind.TIME:
            yield from _days(asked, speak, lang, ahead=field.name == "ship_by")
        case _:
            for word in _ranked(known.get(field.name, ()), asked, lambda word: (word,)):
                yield word, word, ""
            if not asked and field.kind not in {Kind.MONEY, Kind.COUNT, Kind.BATCH}:
                yield "", term("search_op", "empty", lang), '""'
    if field.kind in {Kind.TIME, Kind.MONEY, Kind.COUNT} and not between:
        for code in _ranked(("none", "any"), asked, lambda code: (said_value(field, code, "zh"), code)):
            yield said_value(field, code, speak), term("search_value", code, lang), said_value(field, code, speak)


def _days(asked: str, speak: str, lang: str, *, ahead: bool) -> Iterator[tuple[str, str, str]]:
    """`ahead`: what is asked for lies in the future as a rule."""
    chinese = speak == "zh"
    for code in _ranked(DAY_WORDS, asked, lambda code: (*DAY_WORDS[code], code)):
        if code in _TO_COME and not ahead:
            continue
        text = DAY_WORDS[code][0] if chinese else code
        yield text, text, term("search_day", code, lang)
    counts = [int(asked)] if asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= 999 else [] if asked else [3, 7, 30, 90]
    for count in counts:
        text = f"{count}{'天' if chinese else 'd'}"
        yield text, text, term("search_day", "days", lang).format(count=count - 1)
    if ahead and not asked:
        for hours in (4, 24):
            text = f"+{hours}{'小时' if chinese else 'h'}"
            yield text, text, term("search_day", "hours", lang).format(count=hours)


def _is_whole(field: SearchField, typed: str) -> bool:
    if field.kind is not Kind.TIME:
        return fold(typed).replace(".", "", 1).isdigit()
    try:
        canonical_time(typed)
    except ValueError:
        return False
    return True


def _signs(field: SearchField) -> tuple[str, ...]:
    """Where `=` would say the same as `:`, one of them is enough."""
    if field.kind in {Kind.CHOICE, Kind.CHANNEL, Kind.CARRIER, Kind.BATCH}:
        return (":",)
    return tuple(sign for sign in field.ops if sign != "=" or len(field.ops) == len(EQUALS))


def _op_word(field: SearchField, sign: str, lang: str) -> str:
    figures = {">": "more", ">=": "least", "<": "less", "<=": "most"}
    days = {">": "after", ">=": "since", "<": "before", "<=": "until"}
    match field.kind:
        case Kind.TIME:
            return term("search_op", days.get(sign, "on"), lang)
        case Kind.MONEY | Kind.COUNT:
            return term("search_op", figures.get(sign, "equals"), lang)
        case Kind.CHOICE | Kind.CHANNEL | Kind.CARRIER | Kind.BATCH:
            return term("search_op", "is", lang)
    return term("search_op", "has" if sign == ":" else "equals", lang)


def _ranked(items: Iterable[T], asked: str, words: Callable[[T], Sequence[str]]) -> Iterator[T]:
    """Those of which a word begins with what is asked, then those of which one holds it; all if nothing is asked."""
    inside: list[T] = []
    for item in items:
        folded = [fold(word) for word in words(item)]
        if any(word.startswith(asked) for word in folded):
            yield item
        elif any(asked in word for word in folded):
            inside.append(item)
    yield from inside


def _language(typed: str, lang: str) -> str:
    """Letters are English, Han is Chinese; signs and digits are neither."""
    if any(mark > "\u2e7f" for mark in typed):
        return "zh"
    return "en" if any(mark.isascii() and mark.isalpha() for mark in typed) else lang
