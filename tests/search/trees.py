"""Random searches as trees in normal form, for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from services.search.fields import FIELDS, Kind, SearchField
from services.search.parser import is_special
from services.search.syntax import Field, Node, Range, Value, Word, conjunction, disjunction, negation
from tests.search.shops import CARRIERS, CHANNELS, GOODS, NICKS, NOTES, PEOPLE, PHONES, REASONS, TAGS

_POOL = [*NICKS, *PEOPLE, *PHONES, *NOTES, *TAGS, *REASONS, *(goods["title"] for goods in GOODS), *(goods["code"] for goods in GOODS)]
_POOL += ["YT0000003000000", "M3-", "浙江省杭州市", "9900", "0003", "拉萨", "168-0000-2106", "👩‍🔬", "𠮷"]
_ANY_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)


@st.composite
def _pieces(draw: st.DrawFn) -> str:
    """A piece of a text that some order may hold, at times in the other case."""
    whole = draw(st.sampled_from([text for text in _POOL if text]))
    start = draw(st.integers(0, len(whole) - 1))
    piece = whole[start : draw(st.integers(start + 1, len(whole)))]
    return piece.replace("\n", " ") if draw(st.booleans()) else piece.swapcase().replace("\n", " ")


TEXTS = st.one_of(_pieces(), _pieces(), st.text("0123456789", min_size=1, max_size=19), _ANY_TEXT)


_PLACES = st.sampled_from(["浙江", "浙江省", "上海", "上海市", "西藏", "西藏自治区", "杭州", "拉萨市", "江", "市", ""])


@st.composite
def _words(draw: st.DrawFn) -> Word:
    text = draw(TEXTS)
    return Word(text, quoted=is_special(text) and draw(st.booleans()))


_AMOUNTS = st.sampled_from(["0.00", "5.00", "8.00", "10.00", "25.90", "100.00", "-1.00"])
_TIMES = ["2026-11", "2026-10", "2026", "2026-11-01", "2026-11-11", "2026-11-20T10:00", "2026-11-20T10:00:00"]
_RELATIVE = ["today", "yesterday", "7d", "1d", "30d", "this_month", "last_month", "this_week", "last_week", "last_year", "-4h", "+48h"]


def _values(field: SearchField) -> st.SearchStrategy[str]:
    match field.kind:
        case Kind.MONEY:
            return _AMOUNTS
        case Kind.COUNT:
            return st.integers(0, 6).map(str)
        case Kind.TIME:
            return st.sampled_from(_TIMES + _RELATIVE)
        case Kind.CHOICE:
            return st.sampled_from([choice.code for choice in field.choices])
        case Kind.CHANNEL:
            return st.sampled_from(CHANNELS)
        case Kind.CARRIER:
            return st.sampled_from((*CARRIERS, "EMS"))
        case Kind.TEXT if field.name in {"province", "city"}:
            return st.one_of(_PLACES, TEXTS)
        case Kind.BATCH:
            return st.sampled_from(("B1", "B2", "B9"))
        case _:
            return st.one_of(TEXTS, st.just(""))


@st.composite
def _ranges(draw: st.DrawFn, field: SearchField) -> Range:
    if field.kind is Kind.TIME:
        low = draw(st.sampled_from(["2026-10", "2026-11-01", "7d", None]))
        high = draw(st.sampled_from(["2026-11-11", "yesterday", "2026-11", None] if low else ["2026-11-11"]))
        return Range(low, high)
    first, last = sorted(draw(st.lists(_values(field), min_size=2, max_size=2)), key=float)
    return draw(st.sampled_from([Range(first, last), Range(first, None), Range(None, last)]))


@st.composite
def fields(draw: st.DrawFn, field: SearchField | None = None) -> Field:
    field = field or draw(st.sampled_from(FIELDS))
    op = draw(st.sampled_from(field.ops))
    one = _values(field)
    if op not in {":", "="}:
        return Field(field.name, op, (draw(one),))
    value: st.SearchStrategy[Value] = one
    if field.kind in {Kind.MONEY, Kind.COUNT, Kind.TIME}:
        value = st.one_of(one, st.sampled_from(["none", "any", ""]), _ranges(field))
    return Field(field.name, op, tuple(draw(st.lists(value, min_size=1, max_size=3, unique=True))))


def _several(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    few = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(few.map(conjunction), few.map(disjunction), inner.map(negation))


TREES: st.SearchStrategy[Node] = st.recursive(st.one_of(_words(), fields(), fields()), _several, max_leaves=6)
