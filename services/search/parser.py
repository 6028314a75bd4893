"""From the text of a search to its tree. Lark is loaded at the first search that is more than a tab or a word.

    状态:待发货 省:浙江 付款>=2026-11-01 -加急
    (buyer:tb00 OR "red mug") created:2026-11-01..2026-11-11 status:shipped,completed

Words side by side must all hold (AND, 和 between them says the same); OR (或) binds weaker, brackets group, `-` (NOT) negates,
`!=` too, all three in small letters as well, quotes keep a text together. Lists and ranges may be written as people do:
待发货、已发货, 100-200, 11.1到11.11. Full-width signs count as their half-width ones. What can't be understood is refused with
its place and the nearest right word; nothing is ever searched for in its stead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from services.domain import carriers
from services.errors import BadInput
from services.search.fields import EQUALS, Kind, SearchField, canonical_value, field_of, is_name
from services.search.grams import fold
from services.search.syntax import And, Field, Node, Not, Or, Range, Value, Word, conjunction, disjunction, negation
from services.search.values import ANY, NONE, is_backwards

if TYPE_CHECKING:
    from lark import Lark, Token

MOST_CHARACTERS = 20_000
MOST_TERMS = 100
MOST_VALUES = 1_000
MOST_DEPTH = 20

_GRAMMAR = r"""
start: disjunction
disjunction: conjunction (OR conjunction)*
conjunction: unary (AND? unary)*
?unary: atom | MINUS unary -> negation
?atom: LEFT disjunction RIGHT -> group
     | NAME item (COMMA item)* -> field
     | WORD -> word
     | QUOTED -> quoted
item: piece
    | piece DOTS piece -> between
    | piece DOTS_END -> from_on
    | DOTS piece -> up_to
piece: VALUE | QUOTED

OR.9: /(?:(?i:OR)|或者?)(?=[\s()（）"“]|$)/
AND.9: /(?:(?i:AND)|和|且|并且)(?=[\s()（）"“]|$)/
MINUS.8: /[-－](?=\S)|(?i:NOT)(?=[\s(（"“])/
NAME.7: /[^\s()（）"“”:：<>=＜＞＝≤≥≠,，.－-][^\s()（）"“”:：<>=＜＞＝≤≥≠]*?\s*(?:[:：]|[!！][=＝]|[<＜][=＝>＞]|[>＞][=＝]|[<>=＜＞＝≤≥≠])/
QUOTED.6: /"(?:[^"\\]|\\.)*"|“[^“”]*”/s
WORD.1: /(?!(?:(?i:OR|AND|NOT)|或者?|和|且|并且)(?:[\s()（）"“]|$))[^\s()（）"“”:：<>=＜＞＝≤≥≠,，－-][^\s()（）"“”:：<>=＜＞＝≤≥≠]*/
VALUE.1: /(?:(?!\.\.)[^\s()（）"“”,，])+/
DOTS_END.3: /\.\.+(?=[\s()（）,，]|$)/
DOTS.2: /\.\.+/
COMMA: /[,，]/
LEFT: /[(（]/
RIGHT: /[)）]/
%ignore /\s+/
"""

_OPS = str.maketrans("：＜＞＝！", ":<>=!") | {ord("≥"): ">=", ord("≤"): "<=", ord("≠"): "!="}
_FROM_TO = re.compile(r"(.+?)[~～至到—–](.+)")
_FIGURES_FROM_TO = re.compile(r"([^-]+)-([^-]+)")
_SEVERAL = re.compile("[、|/;；]")
_CONDITION = re.compile(r"(?:^|[;；、])\s*([^\s:：<>=＜＞＝≤≥≠;；、]+)\s*[:：<>=＜＞＝≤≥≠]")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    at: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One of a field's values as it is written; `ranged` from `low` to `high`, either of which may be open."""

    low: Piece | None
    high: Piece | None = None
    ranged: bool = False


@lru_cache(maxsize=512)
def parse(text: str) -> Node | None:
    """The tree of a search; None for an empty one. Raises BadInput("query_…", position=…, word=…, suggestion=…) and nothing else."""
    if not text or text.isspace():
        return None
    if len(text) > MOST_CHARACTERS:
        raise BadInput("query_too_long", position=MOST_CHARACTERS, word=text[:20], suggestion="", most=MOST_CHARACTERS)
    for place, character in enumerate(text):
        if (ord(character) < 32 and character not in "\t\n\r\f\v") or "\ud800" <= character <= "\udfff":
            raise BadInput("query_unprintable", position=place + 1, word=f"U+{ord(character):04X}", suggestion="")
    if len(text.strip()) == 1:
        # One character can be no sign of the language yet, so it is what is looked for, bracket or not.
        return Word(text.strip())
    tree = _at_once(text) or _parsed(text)
    _check_size(tree, text)
    return tree


_TAB = re.compile(r"status:([a-z_]+)")
_ONE_WORD = re.compile(r"(?!(?:(?i:OR|AND|NOT)|或者?|和|且|并且)$)\w+")


def _at_once(text: str) -> Node | None:
    """A tab, and a single word, as the grammar would read them; to load Lark would cost the window's first page a tenth of a second."""
    if tab := _TAB.fullmatch(text):
        return Field("status", ":", (canonical_value(field_of("status", 0), tab[1], tab.start(1)),))
    return Word(text) if _ONE_WORD.fullmatch(text) else None


def _parsed(text: str) -> Node:
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken, VisitError

    try:
        # The grammar's own actions build the tree, so what comes back is ours.
        return cast("Node", _lark().parse(text))
    except UnexpectedToken as error:
        raise _unexpected(text, error.token) from None
    except UnexpectedCharacters as error:
        raise _bad_character(text, cast("int", error.pos_in_stream)) from None
    except UnexpectedEOF:
        raise BadInput("query_unfinished", position=len(text) + 1, word=_last(text), suggestion="") from None
    except VisitError as error:
        if isinstance(error.orig_exc, BadInput):
            raise error.orig_exc from None
        raise


def _check_size(tree: Node, text: str) -> None:
    terms, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, (And, Or)):
            waiting += [(item, depth + 1) for item in node.items]
        elif isinstance(node, Not):
            waiting.append((node.item, depth + 1))
        else:
            terms += 1 if isinstance(node, Word) or len(node.values) == 1 else 2
        if terms > MOST_TERMS or depth > MOST_DEPTH:
            raise BadInput("query_too_deep", position=1, word=text[:20], suggestion="", most=MOST_TERMS)


def _unexpected(text: str, token: Token) -> BadInput:
    if token.type == "$END":
        return BadInput("query_unfinished", position=len(text) + 1, word=_last(text), suggestion="")
    return BadInput("query_unexpected", position=(token.start_pos or 0) + 1, word=str(token)[:40], suggestion=_quoted(str(token)))


def _bad_character(text: str, at: int) -> BadInput:
    word = re.split(r"\s", text[at : at + 40])[0]
    if text[at] in '"“”':
        return BadInput("query_quote", position=at + 1, word=word, suggestion=f'"{word.strip(chr(34) + "“”")}"')
    return BadInput("query_unexpected", position=at + 1, word=word, suggestion=_quoted(word))


def _quoted(word: str) -> str:
    return '"' + word[:40].replace("\\", "\\\\").replace('"', '\\"') + '"'


def _last(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1][-40:]


@lru_cache(maxsize=1)
def _lark() -> Lark:
    from lark import Lark, Transformer

    class Build(Transformer[Any, Any]):
        """Acts while the parser reduces, so no tree is walked and depth costs no stack."""

        def start(self, items: list[Any]) -> Node:
            return cast("Node", items[0])

        def disjunction(self, items: list[Any]) -> Node:
            return disjunction(item for item in items if not isinstance(item, str))

        def conjunction(self, items: list[Any]) -> Node:
            return conjunction(item for item in items if not isinstance(item, str))

        def negation(self, items: list[Any]) -> Node:
            return negation(items[1])

        def group(self, items: list[Any]) -> Node:
            return cast("Node", items[1])

        def word(self, items: list[Any]) -> Node:
            return Word(str(items[0]))

        def quoted(self, items: list[Any]) -> Node:
            return _quoted_word(items[0])

        def piece(self, items: list[Any]) -> Piece:
            quoted = items[0].type == "QUOTED"
            return Piece(_unquote(items[0]) if quoted else str(items[0]), items[0].start_pos, quoted)

        def item(self, items: list[Any]) -> Item:
            return Item(items[0])

        def between(self, items: list[Any]) -> Item:
            return Item(items[0], items[2], ranged=True)

        def from_on(self, items: list[Any]) -> Item:
            return Item(items[0], None, ranged=True)

        def up_to(self, items: list[Any]) -> Item:
            return Item(None, items[1], ranged=True)

        def field(self, items: list[Any]) -> Node:
            return _field(items[0], [item for item in items[1:] if isinstance(item, Item)])

    return Lark(_GRAMMAR, parser="lalr", lexer="contextual", transformer=Build(), keep_all_tokens=True, maybe_placeholders=False)


def _unquote(token: Token) -> str:
    inner = token[1:-1]
    return re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL) if token[0] == '"' else inner


def _quoted_word(token: Token) -> Word:
    text = _unquote(token)
    if not text:
        raise BadInput("query_empty", position=(token.start_pos or 0) + 1, word=str(token), suggestion="")
    return Word(text, quoted=is_special(text))


def is_special(text: str) -> bool:
    """Whether a bare word means more or less than this text: an order number, a tail, a tracking number, a phone in groups."""
    folded = fold(text)
    if folded.isascii() and folded.isdigit() and (len(folded) == 4 or len(folded) >= 15):
        return True
    return looks_tracked(text) or bool(grouped_mobile(text))


def grouped_mobile(text: str) -> str:
    """`138-0013-8000` → `13800138000`, as the orders have it; "" for anything else."""
    digits = text.replace("-", "")
    return digits if digits != text and re.fullmatch(r"1[0-9]{10}", digits) else ""


def looks_tracked(text: str) -> bool:
    """Whether a word has the form of a carrier's number. Mobile numbers have not: they are eleven digits."""
    number = carriers.normal_number(fold(text))
    return len(number) >= 10 and number.isascii() and not re.fullmatch(r"1\d{10}", number) and bool(carriers.detect(number))


def _field(name: Token, items: list[Item]) -> Node:
    at = name.start_pos or 0
    found = re.fullmatch(r"(.*?)\s*(:|<=|>=|!=|<>|<|>|=)", str(name).translate(_OPS), re.DOTALL)
    if found is None:
        raise BadInput("query_unexpected", position=at + 1, word=str(name), suggestion=_quoted(str(name)))
    field = field_of(found[1], at)
    unlike = found[2] in {"!=", "<>"}
    op = "=" if unlike else found[2]
    if op == ":" and ">" in field.ops:
        op, items = _with_own_sign(op, items)
    if op not in field.ops:
        raise BadInput("query_op", position=at + 1, word=str(name), field=field.name, suggestion=f"{field.name}:")
    _check_no_condition(items)
    if field.kind is Kind.MONEY and op not in EQUALS:
        items = _with_thousands(items)
    if len(items) > MOST_VALUES:
        raise BadInput("query_too_deep", position=at + 1, word=str(name), suggestion="", most=MOST_VALUES)
    if op not in EQUALS and (len(items) > 1 or items[0].ranged):
        raise BadInput("query_one_value", position=at + 1, word=str(name), field=field.name, suggestion=f"{field.name}:")
    values = tuple(dict.fromkeys(value for item in items for value in _values(field, op, name, item)))
    node = Field(field.name, op, values, at)
    return Not(node) if unlike else node


def _check_no_condition(items: list[Item]) -> None:
    """A comma parts the values of one field; what is meant as the next condition must not be searched for as a text."""
    for place, item in enumerate(items):
        piece = item.low
        if piece is None or piece.quoted:
            continue
        for found in _CONDITION.finditer(piece.text):
            # What stands first is the value, whatever it looks like: `备注:付款:已到账`.
            if (place > 0 or found.start(1) > 0) and is_name(found[1]):
                word = piece.text[found.start(1) :]
                raise BadInput("query_comma", position=piece.at + found.start(1) + 1, word=word, suggestion=f" {word}")


def _with_own_sign(op: str, items: list[Item]) -> tuple[str, list[Item]]:
    """`paid:>100` is written elsewhere for `paid>100`."""
    piece = items[0].low
    if len(items) > 1 or items[0].ranged or piece is None or piece.quoted:
        return op, items
    found = re.fullmatch(r"(>=|<=|>|<)\s*(.+)", piece.text.translate(_OPS))
    return (found[1], [Item(Piece(found[2], piece.at + len(piece.text) - len(found[2])))]) if found else (op, items)


def _with_thousands(items: list[Item]) -> list[Item]:
    """`>1,000` is one amount: greater and less take no list."""
    pieces = [item.low.text if item.low and not item.ranged else "" for item in items]
    whole = ",".join(pieces)
    if len(items) > 1 and items[0].low and re.fullmatch(r"[^\d]?\d{1,3}(,\d{3})+(\.\d+)?元?", whole):
        return [Item(Piece("".join(pieces), items[0].low.at))]
    return items


def _values(field: SearchField, op: str, name: Token, item: Item) -> list[Value]:
    ordered = field.kind in {Kind.MONEY, Kind.COUNT, Kind.TIME}
    at = name.start_pos or 0
    if item.ranged:
        if not ordered:
            raise BadInput("query_no_range", position=at + 1, word=str(name), field=field.name, suggestion=f'{field.name}:"a..b"')
        return [_range(field, item.low, item.high, at)]
    piece = item.low or Piece("", at)
    try:
        value = canonical_value(field, piece.text, piece.at)
    except BadInput:
        if op in EQUALS and not piece.quoted and (found := _otherwise(field, piece, at)):
            return found
        raise
    if op not in EQUALS and value in {"", NONE, ANY}:
        raise BadInput(
            "query_one_value", position=piece.at + 1, word=piece.text, field=field.name, suggestion=f"{field.name}:{value or NONE}"
        )
    return [value]


def _otherwise(field: SearchField, piece: Piece, at: int) -> list[Value]:
    """`100-200`, `11.1到11.11`, `待发货、已发货`: ranges and lists as people write them. Empty if it is none of these."""
    if field.kind in {Kind.CHOICE, Kind.CARRIER}:
        parts = _SEVERAL.split(piece.text)
        try:
            return [canonical_value(field, part, piece.at) for part in parts if part] if len(parts) > 1 else []
        except BadInput:
            return []
    found = _FROM_TO.fullmatch(piece.text) or (field.kind is not Kind.TIME and _FIGURES_FROM_TO.fullmatch(piece.text))
    if not found or field.kind not in {Kind.MONEY, Kind.COUNT, Kind.TIME}:
        return []
    try:
        ends = [canonical_value(field, end, piece.at) for end in found.groups()]
    except BadInput:
        return []
    return [_range(field, Piece(ends[0], piece.at), Piece(ends[1], piece.at), at)]


def _range(field: SearchField, low: Piece | None, high: Piece | None, at: int) -> Range:
    found = Range(*(None if piece is None else _bound(field, piece) for piece in (low, high)))
    _check_order(found, at)
    return found


def _bound(field: SearchField, piece: Piece) -> str:
    value = canonical_value(field, piece.text, piece.at)
    if value in {"", NONE, ANY}:
        raise BadInput("query_unexpected", position=piece.at + 1, word=piece.text, suggestion=f"{field.name}:{value or NONE}")
    return value


def _check_order(value: Range, at: int) -> None:
    if value.low is None or value.high is None:
        return
    try:
        backwards = (
            float(value.low) > float(value.high) if "-" not in value.low[1:] + value.high[1:] else is_backwards(value.low, value.high)
        )
    except ValueError:
        backwards = is_backwards(value.low, value.high)
    if backwards:
        swapped = f"{value.high}..{value.low}"
        raise BadInput("query_backwards", position=at + 1, word=f"{value.low}..{value.high}", suggestion=swapped)
