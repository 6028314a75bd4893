"""The search language for the window: what services/search says and edits, loaded at the first use of a search box and not before.

`load` is for a thread of the runner; once `learned()`, everything else here is quick enough for the UI thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.models.suggestions import Suggestion
from services.errors import BadInput

if TYPE_CHECKING:
    from services.desk import Desk
    from services.search.edit import Chip

_state = {"learned": False}


def learned() -> bool:
    """Whether the language is loaded; until then ask `load` of the runner."""
    return _state["learned"]


def load(_desk: Any = None) -> None:
    """Import the language and let its grammar be built."""
    from services.search import complete, edit  # noqa: F401
    from services.search.parser import parse

    parse("status:shipped -(a OR b)")
    _state["learned"] = True


def said(text: str, lang: str) -> str:
    """A search as a person of that language would type it; what can't be understood stays as it is."""
    from services.search.parser import parse
    from services.search.writer import say

    try:
        return say(parse(text), lang)
    except BadInput:
        return text


def joined(filters: str, words: str, lang: str) -> tuple[str, int]:
    """(the search of chips and words as it would be typed, where in it the words begin). Words that can't be understood stand at its end as they are."""
    from services.search.edit import retyped

    front = said(filters, lang)
    words = words.strip()
    try:
        return said(retyped(filters, words), lang), len(front) + 1
    except BadInput:
        return f"{front} {words}", len(front) + 1


@dataclass(frozen=True, slots=True)
class Divided:
    """A typed search: its filters and its words, both canonical; the words also as they are typed."""

    filters: str
    words: str


def divided(text: str, *, whole: bool, lang: str) -> Divided | None:
    """Divide a typed search into filters and words; None if there is no filter in it or it can't be understood.

    Unless `whole`, alternatives and brackets keep everything words: they may still grow.
    """
    from services.search.edit import chips, rest, retyped

    try:
        found = chips(text, lang)
        if not found or (not whole and any(not chip.name for chip in found)):
            return None
        return Divided(retyped(text, ""), said(rest(text), lang))
    except BadInput:
        return None


def chips(filters: str, lang: str) -> tuple[Chip, ...]:
    """The chips of a search that is nothing but filters."""
    from services.search.edit import chips as parts

    return parts(filters, lang)


def added(filters: str, more: str) -> str:
    """With these filters besides. One that would grow too long stays as it is."""
    from services.search.edit import added as both

    try:
        return both(filters, more)
    except BadInput:
        return filters


def without(filters: str, place: int) -> str:
    """Less the chip at a place."""
    from services.search.edit import without as less

    return less(filters, place)


def replaced(filters: str, place: int, part: str) -> str:
    """With another part in a place; an empty one takes it away."""
    from services.search.edit import replaced as other

    return other(filters, place, part)


def negated(filters: str, place: int) -> str:
    """With one part turned into its opposite."""
    from services.search.edit import negated as opposite

    return opposite(filters, place)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a chip's field can take: in words, whether it is taken, and the part that toggling it leaves ("" for none)."""

    words: str
    taken: bool
    then: str


QUICK_DAYS = ("today", "yesterday", "3d", "7d", "30d", "this_month", "last_month")
AHEAD = ("+4h", "today", "tomorrow")


def values_of(part: str, lang: str) -> tuple[Value, ...]:
    """What a part of one field can be changed to in a menu: all choices, several of which may hold, or one of the usual days."""
    from services.search.fields import BY_NAME, Kind
    from services.search.meaning import shown_value
    from services.search.parser import parse
    from services.search.syntax import Field, Not
    from services.search.writer import write

    node = parse(part)
    denied = isinstance(node, Not)
    inner = node.item if isinstance(node, Not) else node
    if not isinstance(inner, Field):
        return ()
    field = BY_NAME[inner.name]
    made = []
    if field.kind in {Kind.CHOICE, Kind.CARRIER}:
        for choice in field.choices:
            taken = choice.code in inner.values
            left = tuple(one for one in inner.values if one != choice.code) if taken else (*inner.values, choice.code)
            other = Field(inner.name, inner.op, left)
            then = write(Not(other) if denied else other) if left else ""
            made.append(Value(choice.zh if lang == "zh" else choice.en, taken, then))
    elif field.kind is Kind.TIME:
        for code in AHEAD if field.name == "ship_by" else QUICK_DAYS:
            other = Field(inner.name, ":", (code,))
            made.append(Value(shown_value(field, code, lang), inner == other, write(Not(other) if denied else other)))
    return tuple(made)


def canonical(filters: str, words: str) -> str:
    """What is kept of a search. Raises BadInput."""
    from services.search.edit import retyped

    return retyped(filters, words)


def spoken(texts: Sequence[str], lang: str) -> list[tuple[str, str]]:
    """(text, as it is typed in that language) of kept searches; those that can't be read any more are left out."""
    from services.search.parser import parse
    from services.search.writer import say

    found = []
    for text in texts:
        try:
            found.append((text, say(parse(text), lang)))
        except BadInput:
            continue
    return found


def shop_words(desk: Desk) -> Mapping[str, Sequence[str]]:
    """What only the shop knows, by field: tags, provinces, channels. For a thread of the runner."""
    from services.queries.search_words import SearchWords

    return desk.read(SearchWords())


def offers(text: str, cursor: int, known: Mapping[str, Sequence[str]] | None, lang: str) -> tuple[str, list[Suggestion]]:
    """(heading, what could stand at the cursor); each entry's value is a services.search.complete.Completion."""
    from services.search.complete import complete
    from services.search.fields import BY_NAME
    from services.search.meaning import title_of

    found = complete(text, cursor, lang, known)
    icons = {"field": "filter", "op": "filter", "join": "merge"}
    entries = [Suggestion(item.title, item.hint, icons.get(item.kind, ""), item) for item in found.items]
    return (title_of(BY_NAME[found.field], lang) if found.field else ""), entries


_EXAMPLES = ("status", "province", "goods", "paid_at", "paid", "flag", "memo")


def examples(lang: str) -> list[Suggestion]:
    """Some searches to begin with, for who has not searched yet; each entry's value is its text."""
    from services.search.meaning import help_rows

    rows = {row.name: row for row in help_rows(lang)}
    return [Suggestion(rows[name].example, rows[name].holds, "search", rows[name].example) for name in _EXAMPLES]
