"""Editing a search by its parts, as the chips of the search bar do. All of it works on the tree; every answer is canonical text.

A part is what must hold besides the others: an item of the outermost And, or the whole of any other search. Parts that
name a field are chips, words on their own stay text to type on: `chips` and `rest` divide a search between the two.
All raise BadInput for text that can't be understood, and for what would grow too long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.search.fields import BY_NAME
from services.search.meaning import shown_values, title_of
from services.search.parser import parse
from services.search.syntax import And, Field, Node, Not, Or, Word, conjunction, negation, parts_of
from services.search.writer import say, write
from services.words import term


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a search that is no plain word. `place` is what the functions here take.

    `text` is canonical, `said` the same as it is typed in the user's language. To show: `name` of the field and its
    `value` in words, after a "not" if `negated`; a group in brackets has no name, its value is `said`.
    """

    place: int
    text: str
    said: str
    name: str
    value: str
    negated: bool


def chips(text: str, lang: str) -> tuple[Chip, ...]:
    parts = parts_of(parse(text))
    return tuple(_chip(place, part, lang) for place, part in enumerate(parts) if not _is_words(part))


def rest(text: str) -> str:
    """The words on their own, as canonical text: what stays in the box beside the chips."""
    return _joined([part for part in parts_of(parse(text)) if _is_words(part)])


def retyped(text: str, words: str) -> str:
    """The chips of `text` with other words; fields that were typed among the words become chips."""
    return _joined([*(part for part in parts_of(parse(text)) if not _is_words(part)), *parts_of(parse(words))])


def without(text: str, place: int) -> str:
    parts = parts_of(parse(text))
    return _joined([*parts[:place], *parts[place + 1 :]])


def replaced(text: str, place: int, new: str) -> str:
    """With `new` (nothing, one part or several) in the place of a part."""
    parts = parts_of(parse(text))
    return _joined([*parts[:place], *parts_of(parse(new)), *parts[place + 1 :]])


def added(text: str, new: str) -> str:
    """With what `new` asks besides; what is asked already is not asked twice."""
    parts = parts_of(parse(text))
    return _joined([*parts, *(part for part in parts_of(parse(new)) if part not in parts)])


def negated(text: str, place: int) -> str:
    """With one part turned into its opposite."""
    parts = parts_of(parse(text))
    return _joined([negation(part) if at == place else part for at, part in enumerate(parts)])


def _joined(parts: Sequence[Node]) -> str:
    if not parts:
        return ""
    text = write(conjunction(parts))
    parse(text)  # what was put together may be too much
    return text


def _is_words(node: Node) -> bool:
    """Whether there is no field in it."""
    match node:
        case Word():
            return True
        case Field():
            return False
        case Not():
            return _is_words(node.item)
        case And() | Or():
            return all(_is_words(item) for item in node.items)


def _chip(place: int, part: Node, lang: str) -> Chip:
    inner = part.item if isinstance(part, Not) else part
    said = say(part, lang)
    opposite = isinstance(part, Not)
    if not isinstance(inner, Field):
        return Chip(place, write(part), said, "", say(inner, lang), opposite)
    field = BY_NAME[inner.name]
    if opposite and inner.values == ("",):
        # "Not empty" has a word of its own.
        return Chip(place, write(part), said, title_of(field, lang), term("search_op", "filled", lang), negated=False)
    return Chip(place, write(part), said, title_of(field, lang), shown_values(inner, field, lang), opposite)
