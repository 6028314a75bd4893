"""The filter builder's model: a search as rows of field, comparison and values, for people who don't type.

A search fits if it is rows that must all hold (or of which any may), where one row may be a group joined the other way.
Pure; what can't be shown so, `build` tells by None, and the text stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.errors import BadInput
from services.search.fields import BY_NAME, FIELDS, Kind, SearchField, canonical_value
from services.search.meaning import holds_of, shown_value, title_of
from services.search.parser import parse
from services.search.syntax import And, Field, Node, Not, Or, Range, Word, conjunction, disjunction, negation
from services.search.values import ANY, NONE
from services.search.writer import write
from services.words import term

WORDS = ""
"""The field of a row that is a word on its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `op` is a code of OPS; `values` are canonical, as many as the op takes. `field` is "" for words on their own."""

    field: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """Groups of rows, mostly of one row each. All groups must hold, within a group any row; the other way round if `any_of`."""

    groups: tuple[tuple[Row, ...], ...]
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class Op:
    """How a row compares: `values` is how many it takes, 0, 1, 2 (from and to, one of which may be empty), or -1 for one and more."""

    code: str
    sign: str
    values: int
    negated: bool = False


_HAS = (Op("has", ":", -1), Op("has_not", ":", -1, negated=True), Op("equals", "=", -1), Op("differs", "=", -1, negated=True))
_FILLED = (Op("filled", "", 0, negated=True), Op("empty", "", 0))
_IS = (Op("is", ":", -1), Op("is_not", ":", -1, negated=True))
_FIGURE = (
    Op("equals", ":", 1),
    Op("differs", ":", 1, negated=True),
    Op("more", ">", 1),
    Op("least", ">=", 1),
    Op("less", "<", 1),
    Op("most", "<=", 1),
    Op("between", "..", 2),
    Op("outside", "..", 2, negated=True),
    *_FILLED,
)
_TIME = (
    Op("on", ":", 1),
    Op("not_on", ":", 1, negated=True),
    Op("since", ">=", 1),
    Op("until", "<=", 1),
    Op("after", ">", 1),
    Op("before", "<", 1),
    Op("between", "..", 2),
    Op("outside", "..", 2, negated=True),
    *_FILLED,
)
_TEXT_OPS = frozenset(_HAS)
_WORD = (Op("has", ":", 1), Op("has_not", ":", 1, negated=True))
_OPS: dict[Kind, tuple[Op, ...]] = {
    Kind.TEXT: (*_HAS, *_FILLED),
    Kind.TAG: (*_HAS, *_FILLED),
    Kind.REASON: (*_HAS, *_FILLED),
    Kind.GOODS: (*_HAS, *_FILLED),
    Kind.TRACKING: (*_HAS, *_FILLED),
    Kind.MONEY: _FIGURE,
    Kind.COUNT: _FIGURE,
    Kind.TIME: _TIME,
    Kind.CHOICE: _IS,
    Kind.CHANNEL: _IS,
    Kind.CARRIER: (*_IS, *_FILLED),
    Kind.BATCH: (*_IS, *_FILLED),
}
_EDITORS = {
    Kind.MONEY: "money",
    Kind.COUNT: "count",
    Kind.TIME: "date",
    Kind.CHOICE: "choice",
    Kind.CARRIER: "choice",
    Kind.CHANNEL: "known",
    Kind.TAG: "known",
}
_KNOWN = frozenset({"province", "city"})


@dataclass(frozen=True, slots=True)
class BuilderField:
    """A field as the builder offers it. `ops` are (code, word, how many values); `choices` (code, word) of a closed list.

    `editor`: choice, known (free text, with the shop's own words of that field to choose from), money, count, date, text.
    """

    name: str
    title: str
    holds: str
    editor: str
    ops: tuple[tuple[str, str, int], ...]
    choices: tuple[tuple[str, str], ...] = ()


def builder_fields(lang: str) -> tuple[BuilderField, ...]:
    """Every field, words on their own first."""
    words = BuilderField(WORDS, term("search_value", "text", lang), term("search_holds", "", lang), "text", _told(_WORD, lang))
    return (words, *(_builder_field(field, lang) for field in FIELDS))


def build(text: str) -> Built | None:
    """The rows of a search; None if it is more than rows and groups of rows. Raises BadInput for what can't be understood."""
    node = parse(text)
    if node is None:
        return Built(())
    any_of = isinstance(node, Or)
    groups: list[tuple[Row, ...]] = []
    for part in _spread(node, Or if any_of else And):
        rows = [_row(item) for item in _spread(part, And if any_of else Or)]
        if any(row is None for row in rows):
            return None
        groups.append(tuple(row for row in rows if row is not None))
    if len(groups) == 1:
        # A group alone is the whole search.
        return Built(tuple((row,) for row in groups[0]), not any_of and len(groups[0]) > 1)
    return Built(tuple(groups), any_of)


def from_rows(groups: Sequence[Sequence[Row]], *, any_of: bool = False) -> str:
    """The canonical text of groups of rows; an empty group counts as not there. Values may be typed in either language.

    Raises BadInput for a value that is none of its field, and for a row that lacks one ("query_value_missing").
    """
    inner, outer = (conjunction, disjunction) if any_of else (disjunction, conjunction)
    nodes = [inner([_node(row) for row in rows]) for rows in groups if rows]
    if not nodes:
        return ""
    text = write(outer(nodes))
    parse(text)  # what was put together may be too much
    return text


def _told(ops: Sequence[Op], lang: str) -> tuple[tuple[str, str, int], ...]:
    return tuple((op.code, term("search_op", op.code, lang), op.values) for op in ops)


def _builder_field(field: SearchField, lang: str) -> BuilderField:
    editor = "known" if field.name in _KNOWN else _EDITORS.get(field.kind, "text")
    choices = tuple((choice.code, shown_value(field, choice.code, lang)) for choice in field.choices)
    return BuilderField(field.name, title_of(field, lang), holds_of(field, lang), editor, _told(_OPS[field.kind], lang), choices)


def _ops_of(name: str) -> tuple[Op, ...]:
    return _OPS[BY_NAME[name].kind] if name else _WORD


# -- from the tree -------------------------------------------------------------------------------------------------------


def _spread(node: Node, kind: type[And | Or]) -> list[Node]:
    """The items that `kind` joins. "Not any of them" is "all of them not"; several values of one field are any of them."""
    match node:
        case And() | Or() if isinstance(node, kind):
            return [inner for item in node.items for inner in _spread(item, kind)]
        case Not(And() | Or() as inner) if not isinstance(inner, kind):
            return [deeper for item in inner.items for deeper in _spread(negation(item), kind)]
        case Field() if kind is Or:
            return list(_one_by_one(node))
        case Not(Field() as field) if kind is And:
            return [Not(one) for one in _one_by_one(field)]
    return [node]


def _one_by_one(field: Field) -> Sequence[Field]:
    """Figures, times and what is not filled in stand in rows of their own."""
    alike = BY_NAME[field.name].kind not in {Kind.MONEY, Kind.COUNT, Kind.TIME} and "" not in field.values
    return [field] if alike else [Field(field.name, field.op, (value,), field.at) for value in field.values]


def _row(node: Node) -> Row | None:
    opposite = isinstance(node, Not)
    inner = node.item if isinstance(node, Not) else node
    if isinstance(inner, Word):
        return Row(WORDS, "has_not" if opposite else "has", (write(inner),))
    if not isinstance(inner, Field) or len(_one_by_one(inner)) > 1:  # "neither of two figures" beside another choice fits no row
        return None
    sign, values = _read(inner)
    kind = BY_NAME[inner.name].kind
    if values == (ANY,) and sign == "":
        opposite, values = not opposite, (NONE,)
    if sign == "=" and kind not in {Kind.TEXT, Kind.TAG, Kind.REASON, Kind.GOODS, Kind.TRACKING}:
        sign = ":"  # the same for them
    op = next((op for op in _OPS[kind] if (op.sign, op.negated) == (sign, opposite)), None)
    return None if op is None else Row(inner.name, op.code, () if op.values == 0 else values)


def _read(field: Field) -> tuple[str, tuple[str, ...]]:
    """Sign and values as in _OPS: `..` for a range, "" for what is or is not filled in."""
    first = field.values[0]
    if isinstance(first, Range):
        return "..", (first.low or "", first.high or "")
    figures = BY_NAME[field.name].kind in {Kind.MONEY, Kind.COUNT, Kind.TIME}
    if first == "" or (figures and first in {NONE, ANY}):
        return "", (first,)
    return field.op, tuple(value for value in field.values if isinstance(value, str))


# -- to the tree ---------------------------------------------------------------------------------------------------------


def _node(row: Row) -> Node:
    op = next(op for op in _ops_of(row.field) if op.code == row.op)
    node = _field(row, op) if row.field else _word(row)
    return negation(node) if op.negated else node


def _word(row: Row) -> Word:
    """The text itself; in quotes as it would be typed, where bare digits would be a number or a tail."""
    text = "".join(row.values[:1]).strip()
    if not text:
        raise _missing(row)
    found = parse(text) if len(text) > 2 and text[0] == text[-1] == '"' else None
    return found if isinstance(found, Word) else Word(text)


def _field(row: Row, op: Op) -> Field:
    field = BY_NAME[row.field]
    if op.values == 0:
        return Field(field.name, ":", (NONE if field.kind in {Kind.MONEY, Kind.COUNT, Kind.TIME} else "",))
    # Where text is looked for, blanks are part of it.
    values = tuple(canonical_value(field, value if op in _TEXT_OPS else value.strip(), 0) for value in row.values)
    if op.values == 2:
        low, high = (*values, "", "")[:2]
        if not low and not high:
            raise _missing(row)
        # Read again, so that a range the wrong way round is refused as it is when typed.
        found = parse(write(Field(field.name, ":", (Range(low or None, high or None),))))
        if isinstance(found, Field):
            return found
    values = tuple(dict.fromkeys(value for value in values if value))
    if not values:
        raise _missing(row)
    return Field(field.name, op.sign, values if op.values < 0 else values[:1])


def _missing(row: Row) -> BadInput:
    return BadInput("query_value_missing", field=row.field, position=1, word="", suggestion="")
