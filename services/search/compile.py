"""From a tree to SQL over the orders: a condition that is right on its own, and, where an index can tell, the ids that may match.

`where` alone gives the result; `source` (a select of order ids that holds every match, perhaps more) lets finding.py
start from the rare part of a search. NULL never matches and its negation always does: a condition is 0, 1 or, before
`Not`, NULL.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    column,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
    union_all,
)

from services.db.reading import Reading
from services.db.schema import AfterSale, Channel, Customer, ImportConflict, Order, OrderLine, OrderSource, Parcel, ParcelOrder
from services.db.sums import QUARTER, hour_of
from services.db.unchecked import MUST_CHECK
from services.domain import carriers
from services.errors import BadInput
from services.money import parse_amount
from services.search.fields import (
    BY_NAME,
    CASE_KINDS,
    CLOSE_REASONS,
    GOODS_COLUMNS,
    PLATFORMS,
    TEXT_COLUMNS,
    WEEKDAYS,
    Kind,
    SearchField,
    nearest,
)
from services.search.goods import goods_ids
from services.search.grams import fold, is_prefix, is_solid, match_words, says_all
from services.search.parser import looks_tracked
from services.search.syntax import And, Field, Node, Not, Or, Range, Value, Word
from services.search.values import ANY, FOREVER, NONE, period, tags_of
from services.settings import DEFAULTS

Condition = ColumnElement[bool]
Source = Select[Any]

_FTS = table("order_text", column("rowid"))
_BETWEEN: ColumnElement[str] = literal_column("char(31)")
"""Stands between columns that are read as one text; the parser lets no search hold it."""
_O = Order.__table__.c
_TAIL = func.substr(_O.number, literal_column("-4"))
"""As the index of tails has it, to the letter."""


def joined(columns: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    """Several columns as one text, so that one look will do."""
    whole = columns[0]
    for part in columns[1:]:
        whole = whole.op("||")(_BETWEEN).op("||")(part)
    return whole


_WORDS = joined([_O[name] for name in TEXT_COLUMNS])


@dataclass(frozen=True, slots=True)
class Compiled:
    """`exact`: the source holds the matches and nothing else. `counted`: counting a few thousand of it costs little.

    `dear`: the condition reads texts or other tables, so it should not be asked of a million rows.
    `few`: by its nature the source holds few ids; `never`: none at all.
    """

    where: Condition
    source: Source | None = None
    exact: bool = False
    counted: bool = True
    dear: bool = False
    few: bool = False
    never: bool = False


def prepare(reading: Reading) -> None:
    """Teach the connection how text is compared, and the shop's hours; once for each."""
    facts = reading.connection.info
    if "text_functions" not in facts:
        teach(reading.driver)
        zone = reading.shop.zone
        reading.driver.create_function("local_hour", 1, lambda quarter: None if quarter is None else _hour(quarter, zone))
        facts["text_functions"] = True


def teach(driver: sqlite3.Connection) -> None:
    def has(text: str | None, folded: str) -> bool:
        return text is not None and (folded in text or folded in fold(text))

    def same(text: str | None, folded: str) -> bool:
        return text is not None and fold(text) == folded

    def tagged(text: str | None, folded: str) -> bool:
        return text is not None and folded in [fold(tag) for tag in tags_of(text)]

    driver.create_function("tag_is", 2, tagged, deterministic=True)
    driver.create_function("text_has", 2, has, deterministic=True)
    driver.create_function("text_is", 2, same, deterministic=True)


@lru_cache(maxsize=65536)
def _hour(quarter: int, zone: str) -> int:
    """As the sums of the reports have it."""
    return hour_of(quarter, zone)


def compile_search(reading: Reading, node: Node) -> Compiled:
    """Compile a tree for the shop and the moment of `reading`. Raises BadInput for a channel that the shop has not."""
    prepare(reading)
    return _Compiler(reading).node(node)


def has_text(text: ColumnElement[Any], fragment: str) -> Condition:
    """Whether a text holds the fragment, case and width aside; where there is neither, SQLite's own search will do."""
    folded = fold(fragment)
    if is_solid(folded):
        return func.instr(text, literal(folded)) > 0
    return func.text_has(text, literal(folded)) == 1


def text_source(fragment: str) -> Source:
    """Ids of the orders whose search document may hold the fragment."""
    return select(_FTS.c.rowid.label("id")).where(literal_column("order_text").op("MATCH")(literal(match_words(fragment))))


class _Compiler:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._now = reading.now
        self._zone = reading.shop.zone
        self._kinds: dict[Kind, Callable[[SearchField, Field], Compiled]] = {
            Kind.TEXT: self._any_of(self._text),
            Kind.TAG: self._any_of(self._tag),
            Kind.REASON: self._any_of(self._reason),
            Kind.GOODS: self._any_of(self._goods),
            Kind.TRACKING: self._any_of(self._tracking),
            Kind.MONEY: self._any_of(self._figure),
            Kind.COUNT: self._any_of(self._figure),
            Kind.TIME: self._any_of(self._time),
            Kind.CHOICE: self._choice,
            Kind.CHANNEL: self._channel,
            Kind.CARRIER: self._carrier,
            Kind.BATCH: self._batch,
        }

    def node(self, node: Node) -> Compiled:
        match node:
            case Word():
                return self._word(node)
            case Field():
                field = BY_NAME[node.name]
                return self._kinds[field.kind](field, node)
            case Not():
                return _denied(self.node(node.item))
            case And():
                return self._all([self.node(item) for item in node.items])
            case Or():
                return either([self.node(item) for item in node.items])

    def _all(self, found: list[Compiled]) -> Compiled:
        """Any item's source will do for all; finding.py chooses better at the top."""
        where, dear = and_(*(item.where for item in found)), any(item.dear for item in found)
        sourced = sorted(
            (item for item in found if item.source is not None), key=lambda item: (not item.few, not item.dear, not item.counted)
        )
        if not sourced:
            return Compiled(where, dear=dear)
        best, never = sourced[0], any(item.never for item in found)
        return Compiled(where, best.source, counted=best.counted, dear=dear, few=best.few, never=never)

    def _any_of(self, one: Callable[[SearchField, str, Value], Compiled]) -> Callable[[SearchField, Field], Compiled]:
        return lambda field, node: either([one(field, node.op, value) for value in node.values])

    # -- words -----------------------------------------------------------------------------------------------------

    def _word(self, word: Word) -> Compiled:
        """Domain.md, search: 15 digits and more are an order's or parcel's number, four a tail; else text in all that a person would expect."""
        folded = fold(word.text)
        if not word.quoted and folded.isascii() and folded.isdigit():
            if len(folded) >= 15:
                return either([_indexed(_O.number == folded, few=True), self._parcel_number(folded)])
            if len(folded) == 4:
                return either([_indexed(_O.phone_tail == folded, few=True), _indexed(_TAIL == folded, few=True)])  # noqa: SIM300
        where = has_text(_WORDS, word.text)
        found = [Compiled(where, text_source(word.text), exact=says_all(word.text), counted=not is_prefix(folded), dear=True)]
        found.append(self._in_goods(GOODS_COLUMNS, word.text))
        if not word.quoted and looks_tracked(word.text):
            found.append(self._parcel_number(carriers.normal_number(folded)))
        return either(found)

    def _in_goods(self, names: Sequence[str], value: str, *, whole: bool = False) -> Compiled:
        """Orders with a line whose listing or SKU holds `value`."""
        lines = OrderLine.__table__.c
        ids = goods_ids(self._reading, names, value, whole=whole)
        conditions: list[Condition] = []
        parts: list[Source] = []
        for found, key in zip(ids, (lines.listing_id, lines.sku_id), strict=True):
            if found:
                # An order's few lines are compared with the list; `+ 0` keeps SQLite from going through the list for each order.
                conditions.append((key + 0).in_(_listed(found)))
                parts.append(select(lines.order_id.label("id")).where(key.in_(_listed(found))))
        if not conditions:
            return nothing()
        where = exists().where(lines.order_id == _O.id, or_(*conditions)).correlate(Order.__table__)
        return Compiled(where, _union(parts), exact=True, dear=True)

    def _parcel_number(self, number: str) -> Compiled:
        return self._in_parcels(Parcel.__table__.c.tracking_number == number, few=True)

    def _in_parcels(self, condition: Condition, *, counted: bool = True, few: bool = False) -> Compiled:
        """Orders with a live parcel like that. The first two conditions are those of the parcels' own index."""
        parcel, link = Parcel.__table__.c, ParcelOrder.__table__.c
        live = and_(parcel.tracking_number != "", parcel.state != "void", condition)
        where = exists().where(link.order_id == _O.id, parcel.id == link.parcel_id, live).correlate(Order.__table__)
        source = select(link.order_id.label("id")).where(link.parcel_id.in_(select(parcel.id).where(live)))
        return Compiled(where, source, exact=True, counted=counted, dear=True, few=few)

    # -- text ------------------------------------------------------------------------------------------------------

    def _text(self, field: SearchField, op: str, value: Value) -> Compiled:
        text = _plain(value)
        columns = [_O[name] for name in field.columns]
        if not text:
            return Compiled(and_(*(part == "" for part in columns)))
        folded = fold(text)
        digits = folded.isascii() and folded.isdigit()
        if field.name == "number" and digits and (op == "=" or len(folded) >= 15):
            return _indexed(_O.number == folded, few=True)
        if field.name == "tail" and digits and len(folded) == 4:
            return _indexed(_O.phone_tail == folded, few=True)
        where = or_(*(func.text_is(part, literal(folded)) == 1 for part in columns)) if op == "=" else has_text(joined(columns), text)
        indexed = all(name in TEXT_COLUMNS for name in field.columns)
        return Compiled(where, text_source(text) if indexed else None, counted=not is_prefix(folded), dear=True)

    def _tag(self, field: SearchField, op: str, value: Value) -> Compiled:
        text = _plain(value)
        if op != "=" or not text.strip():
            return self._text(field, op, value)
        return Compiled(
            func.tag_is(_O.tags, literal(fold(text).strip())) == 1,
            text_source(text.strip()),
            counted=not is_prefix(text.strip()),
            dear=True,
        )

    def _reason(self, field: SearchField, op: str, value: Value) -> Compiled:
        found = self._text(field, op, value).where
        folded = fold(_plain(value))
        words = {choice.code: {fold(choice.en), fold(choice.zh), choice.code} for choice in CLOSE_REASONS}
        if op == "=":
            codes = [code for code, said in words.items() if folded in said]
        else:
            codes = [code for code, said in words.items() if folded and any(folded in word for word in said)]
        return Compiled(or_(found, _O.close_reason.in_(codes)) if codes else found)

    def _goods(self, field: SearchField, op: str, value: Value) -> Compiled:
        text = _plain(value)
        found = self._in_goods(field.columns, text, whole=op == "=" and text != "")
        return found if text else Compiled(not_(found.where), dear=True)

    def _tracking(self, _field: SearchField, op: str, value: Value) -> Compiled:
        text = _plain(value)
        if not text:
            return Compiled(not_(self._in_parcels(true()).where), dear=True)
        if op == "=":
            return self._parcel_number(carriers.normal_number(fold(text)))
        return self._in_parcels(has_text(Parcel.__table__.c.tracking_number, text), counted=False)

    # -- figures and times -----------------------------------------------------------------------------------------

    def _figure(self, field: SearchField, op: str, value: Value) -> Compiled:
        dear = field.name == "hour"  # a call into Python for each row
        place: ColumnElement[Any] = func.local_hour(_O.paid_at // QUARTER, type_=Integer) if dear else _O[field.columns[0]]
        read = parse_amount if field.kind is Kind.MONEY else int
        if isinstance(value, Range):
            low, high = (None if end is None else read(end) for end in (value.low, value.high))
            return Compiled(_within(place, low, high), dear=dear)
        if value in {"", NONE, ANY}:
            return Compiled(place.is_not(None) if value == ANY else place.is_(None), dear=dear)
        figure = read(value)
        operation: dict[str, Condition] = {
            ":": place == figure,
            "=": place == figure,
            ">": place > figure,
            "<": place < figure,
            ">=": place >= figure,
            "<=": place <= figure,
        }
        return Compiled(operation[op], dear=dear)

    def _time(self, field: SearchField, op: str, value: Value) -> Compiled:
        place = _O[field.columns[0]]
        if isinstance(value, str) and value in {"", NONE, ANY}:
            return Compiled(place.is_not(None) if value == ANY else place.is_(None))
        if isinstance(value, Range):
            start = period(value.low, self._now, self._zone)[0] if value.low else None
            end = period(value.high, self._now, self._zone)[1] if value.high else None
        else:
            first, after = period(value, self._now, self._zone)
            start = {">": after, ">=": first, "<": None, "<=": None}.get(op, first)
            end = {">": None, ">=": None, "<": first, "<=": after}.get(op, after)
        where = _within(place, start, None if end is None else end - 1)
        # Only these three have an index of their own.
        return _indexed(where) if field.columns[0] in {"created_at", "paid_at", "shipped_at"} else Compiled(where)

    # -- choices ---------------------------------------------------------------------------------------------------

    def _choice(self, field: SearchField, node: Field) -> Compiled:
        codes = [_plain(value) for value in node.values]
        match field.name:
            case "status":
                # An unknown status can't be; an empty one is nobody's.
                return _indexed(_O.status == codes[0] if len(codes) == 1 else _O.status.in_(codes))
            case "flag":
                return Compiled(_O.flag.in_([int(code or 0) for code in codes]))
            case "late":
                return either([self._late(code) for code in codes])
            case "printed":
                return Compiled(or_(*(_PRINTED.get(code, _PRINTED["no"]) for code in codes)))
            case "blocker":
                return either([_blocker(code or "none") for code in codes])
            case "weekday":
                return either([_weekday(code) for code in codes])
            case "tier":
                return either([_of_tier(code or "none") for code in codes])
            case "checked" | "masked" | "priority" | "repeat" | "conflict":
                return either([_fact(field.name) if code == "yes" else _denied(_fact(field.name)) for code in codes])
            case _:
                return either([_case(code or "none") for code in codes])

    def _late(self, code: str) -> Compiled:
        late = and_(_O.status == "awaiting_shipment", _O.ship_by < self._now)
        return _indexed(late) if code == "yes" else _denied(Compiled(late))

    def _channel(self, field: SearchField, node: Field) -> Compiled:
        rows = self._reading.rows(select(Channel.id, Channel.code, Channel.platform, Channel.shop_name))
        platforms = {choice.code: fold(choice.zh) for choice in PLATFORMS}
        ids: set[int] = set()
        for value in node.values:
            asked = fold(_plain(value))
            mine = [
                row.id for row in rows if asked in {fold(row.code), fold(row.platform), fold(row.shop_name), platforms.get(row.platform)}
            ]
            if not mine:
                known = [word for row in rows for word in (row.code, row.shop_name) if word]
                raise BadInput(
                    "query_value",
                    position=node.at + 1,
                    word=_plain(value),
                    field=field.name,
                    suggestion=nearest(asked, known) or PLATFORMS[0].code,
                )
            ids.update(mine)
        return Compiled(_O.channel_id.in_(sorted(ids)))

    def _carrier(self, _field: SearchField, node: Field) -> Compiled:
        codes = [code for value in node.values if (code := _plain(value))]
        found = [Compiled(self._in_parcels(Parcel.__table__.c.carrier.in_(codes)).where, dear=True)] if codes else []
        if "" in node.values:
            found.append(Compiled(not_(self._in_parcels(true()).where), dear=True))
        return either(found)

    def _batch(self, _field: SearchField, node: Field) -> Compiled:
        sources = OrderSource.__table__.c
        ids = [int(value[1:]) for value in map(_plain, node.values) if value]
        mine = exists().where(sources.order_id == _O.id, sources.batch_id.in_(ids)).correlate(Order.__table__)
        found = (
            [Compiled(mine, select(sources.order_id.label("id")).where(sources.batch_id.in_(ids)), exact=True, dear=True)] if ids else []
        )
        if "" in node.values:
            found.append(Compiled(not_(exists().where(sources.order_id == _O.id).correlate(Order.__table__))))
        return either(found)


def _plain(value: Value) -> str:
    if isinstance(value, Range):
        raise TypeError(value)
    return value


def nothing() -> Compiled:
    """Finds nothing, and knows it."""
    return Compiled(false(), select(_O.id).where(false()), exact=True, few=True, never=True)


def either(found: Sequence[Compiled]) -> Compiled:
    """Any of them. There is a source only if each has one."""
    found = [item for item in found if not item.never] or found[:1]
    if len(found) == 1:
        return found[0]
    where, dear = or_(*(item.where for item in found)), any(item.dear for item in found)
    sources = [item.source for item in found if item.source is not None]
    if len(sources) < len(found):
        return Compiled(where, dear=dear)
    exact, counted, few = (all(getattr(item, name) for item in found) for name in ("exact", "counted", "few"))
    return Compiled(where, _union(sources), exact, counted, dear, few)


def _union(sources: Sequence[Source]) -> Source:
    if len(sources) == 1:
        return sources[0]
    both = union_all(*sources).subquery()
    return select(both.c.id)


def _listed(ids: Sequence[int]) -> Select[Any]:
    """Ids as one bound value, however many."""
    return select(column("value")).select_from(func.json_each(literal(json.dumps(ids, separators=(",", ":")))).table_valued("value"))


def _indexed(where: Condition, *, few: bool = False) -> Compiled:
    """A condition that an index of the orders answers."""
    return Compiled(where, select(_O.id).where(where), exact=True, few=few)


def _within(place: ColumnElement[Any], low: int | None, high: int | None) -> Condition:
    if low is None and high is None:
        return place.is_not(None)
    return and_(*([place >= low] if low is not None else []), *([place <= min(high, FOREVER)] if high is not None else []))


_WEEKDAYS = [choice.code for choice in WEEKDAYS]


def _weekday(code: str) -> Compiled:
    # Day 1 of the ordinals was a Monday.
    return Compiled((_O.paid_day + 6) % 7 == _WEEKDAYS.index(code) if code else _O.paid_day.is_(None))


_PRINTED: dict[str, Condition] = {
    "yes": or_(_O.slip_copies > 0, _O.label_copies > 0),
    "no": and_(_O.slip_copies == 0, _O.label_copies == 0),
    "slip": _O.slip_copies > 0,
    "label": _O.label_copies > 0,
}

# The same rules as services.domain.blockers, which judges single orders; a test compares both on every kind of order.
_SOFT: dict[str, Condition] = {
    "after_sale_open": _O.open_cases > 0,
    "shortage": _O.shortage > 0,
    "goods_unmatched": _O.unmatched > 0,
    "lines_unknown": _O.lines_unknown == true(),
    "not_checked": and_(_O.checked_at.is_(None), literal_column(MUST_CHECK)),
    # Of a person whom the platform encrypted we hold nothing, and need nothing.
    "address_missing": and_(
        or_(_O.recipient == "", and_(_O.phone == "", _O.tel == ""), _O.province == "", _O.address == ""),
        not_(and_(_O.masked == true(), _O.recipient == "", _O.phone == "", _O.tel == "", _O.address == "")),
    ),
}
_BY_STATUS = {"not_paid": "awaiting_payment", "already_shipped": "shipped", "completed": "completed", "closed": "closed"}


def _blocker(code: str) -> Compiled:
    if code in _BY_STATUS:
        return _indexed(_O.status == _BY_STATUS[code])
    waits = _O.status == "awaiting_shipment"
    what = or_(*_SOFT.values()) if code == "any" else not_(or_(*_SOFT.values())) if code == "none" else _SOFT[code]
    return Compiled(and_(waits, what), select(_O.id).where(waits))


def _of_tier(code: str) -> Compiled:
    customer = Customer.__table__.c
    return _denied(_of_customer(customer.tier != "")) if code == "none" else _of_customer(customer.tier == code)


def _of_customer(condition: Condition) -> Compiled:
    customer = Customer.__table__.c
    where = exists().where(customer.id == _O.customer_id, condition).correlate(Order.__table__)
    return Compiled(where, select(_O.id).where(_O.customer_id.in_(select(customer.id).where(condition))), exact=True, dear=True)


def _fact(name: str) -> Compiled:
    """What is true of an order or not."""
    customer, other = Customer.__table__.c, Order.__table__.alias("other").c
    match name:
        case "checked":
            return Compiled(_O.checked_at.is_not(None))
        case "masked":
            return Compiled(_O.masked == true())
        case "priority":
            return _of_customer(customer.tier.op("IN")(literal_column(PRIORITY_TIERS)))
        case "conflict":
            found = ImportConflict.__table__.c
            mine = exists().where(found.order_id == _O.id, found.state == "open").correlate(Order.__table__)
            return Compiled(mine, select(found.order_id.label("id")).where(found.state == "open"), exact=True, few=True)
    # A masked nick identifies nobody (domain.md, keys).
    known = exists().where(customer.id == _O.customer_id, customer.masked == false()).correlate(Order.__table__)
    again = exists().where(other.customer_id == _O.customer_id, other.id != _O.id).correlate(Order.__table__)
    return Compiled(and_(again, known), dear=True)


PRIORITY_TIERS = (
    "(SELECT value FROM json_each(coalesce((SELECT value FROM setting WHERE name = 'priority_tiers'), "  # noqa: S608 (constants)
    f"'{json.dumps(DEFAULTS['priority_tiers'])}')))"
)


def _denied(found: Compiled) -> Compiled:
    return Compiled(not_(func.coalesce(found.where, 0)), dear=found.dear)


def _case(code: str) -> Compiled:
    """Cases of ours, and what a platform's goods list tells on the line itself."""
    cases, lines = AfterSale.__table__.c, OrderLine.__table__.c
    if code == "open":
        return Compiled(_O.open_cases > 0)
    if code in CASE_KINDS:
        return _of_case(cases.kind == code)
    ours = exists().where(cases.order_id == _O.id).correlate(Order.__table__)
    told = exists().where(lines.order_id == _O.id, lines.refund_state != "").correlate(Order.__table__)
    if code in {"any", "none"}:
        some = or_(ours, told)
        return Compiled(some if code == "any" else not_(some))
    line = exists().where(lines.order_id == _O.id, lines.refund_state == code).correlate(Order.__table__)
    return Compiled(or_(_of_case(cases.state == code).where, line))


def _of_case(condition: Condition) -> Compiled:
    cases = AfterSale.__table__.c
    where = exists().where(cases.order_id == _O.id, condition).correlate(Order.__table__)
    return Compiled(where, select(cases.order_id.label("id")).where(condition), exact=True)
