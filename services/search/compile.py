"""From a tree to SQL over the orders: a condition that is right on its own, and, where an index can tell, the ids that may match.

`where` alone gives the result; `source` (a select of order ids that holds every match, perhaps more) lets finding.py
start from the rare part of a search. NULL never matches and its negation always does: a condition is 0, 1 or, before
`Not`, NULL. A test compares every field with a filter in Python.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from services.db.reading import Reading
from services.db.sums import QUARTER, hour_of
from services.domain import carriers
from services.domain.addresses import short_city, short_province
from services.errors import BadInput
from services.money import parse_amount
from services.search.conditions import BY_STATUS, PRINTED, SOFT
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
from services.search.kept import places
from services.search.parser import grouped_mobile, looks_tracked
from services.search.pieces import FALSE, TRUE, Sql, all_of, any_of, around, denied, one_of, sql, union
from services.search.syntax import And, Field, Node, Not, Or, Range, Value, Word
from services.search.values import ANY, FOREVER, NONE, period, tags_of
from services.settings import DEFAULTS

MOST_PROVINCES = 10
"""Cities in more of them are no rare thing to begin from."""

_TAIL = "substr(orders.number, -4)"
"""As the index of tails has it, to the letter."""


def beside(columns: Sequence[str]) -> str:
    """Several columns of the orders as one text, so that one look will do; the parser lets no search hold what parts them."""
    return " || char(31) || ".join([f"orders.{name}" for name in columns])


_WORDS = beside(TEXT_COLUMNS)


class Compiled(NamedTuple):
    """`exact`: the source holds the matches and nothing else. `counted`: counting a few thousand of it costs little.

    `dear`: the condition reads texts or other tables, so it should not be asked of a million rows.
    `elsewhere`: the condition looks into another table for each order, of which the source has an index.
    `few`: by its nature the source holds few ids; `never`: none at all. `along`: an index that has these orders by
    created_at and id, one after the other. `match`: the question to the full-text index that is the whole source.
    """

    where: Sql
    source: Sql | None = None
    exact: bool = False
    counted: bool = True
    dear: bool = False
    few: bool = False
    never: bool = False
    elsewhere: bool = False
    along: str = ""
    match: str = ""


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


def has_text(text: str, fragment: str) -> Sql:
    """Whether a text holds the fragment, case and width aside; where there is neither, SQLite's own search will do.

    Else it is asked first, and Python where there are signs that it can't fold: most of what an index offers holds the fragment.
    """
    folded = fold(fragment)
    if is_solid(folded):
        return sql(f"instr({text}, ?) > 0", folded)
    if folded.isascii():
        return sql(f"instr(lower({text}), ?) > 0 OR ({text} GLOB '{_FOLDING}' AND text_has({text}, ?))", folded, folded)
    return sql(f"text_has({text}, ?)", folded)


_FOLDING = "*[^\x01-\x7f\u4e00-\u9fff]*"
"""Some sign besides ASCII and Han: such as may fold to ASCII, a full-width letter or a sharp s."""


def _in_text(where: Sql, fragment: str, *, exact: bool = False) -> Compiled:
    """A condition that only orders answer whose search document holds the fragment."""
    match = match_words(fragment)
    return Compiled(where, text_source(match), exact=exact, counted=not is_prefix(fragment), dear=True, match=match)


def text_source(match: str) -> Sql:
    """Ids of the orders whose search document answers this question."""
    return sql("SELECT rowid AS id FROM order_text WHERE order_text MATCH ?", match)


class _Compiler:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._now = reading.now
        self._zone = reading.shop.zone

    def node(self, node: Node) -> Compiled:
        match node:
            case Word():
                return self._word(node)
            case Field():
                return self._field(BY_NAME[node.name], node)
            case Not():
                return _not(self.node(node.item))
            case And():
                return self._all([self.node(item) for item in node.items])
            case Or():
                return either([self.node(item) for item in node.items])

    def _field(self, field: SearchField, node: Field) -> Compiled:
        match field.kind:
            case Kind.CHOICE:
                return self._choice(field, node)
            case Kind.CHANNEL:
                return self._channel(field, node)
            case Kind.CARRIER:
                return self._carrier(node)
            case Kind.BATCH:
                return self._batch(node)
        one = self._kinds()[field.kind]
        return either([one(field, node.op, value) for value in node.values])

    def _kinds(self) -> dict[Kind, Callable[[SearchField, str, Value], Compiled]]:
        return {
            Kind.TEXT: self._text,
            Kind.TAG: self._tag,
            Kind.REASON: self._reason,
            Kind.GOODS: self._goods,
            Kind.TRACKING: self._tracking,
            Kind.MONEY: self._figure,
            Kind.COUNT: self._figure,
            Kind.TIME: self._time,
        }

    def _all(self, found: list[Compiled]) -> Compiled:
        """Any item's source will do for all; finding.py chooses better at the top."""
        where, dear = all_of(item.where for item in found), any(item.dear for item in found)
        sourced = sorted(
            (item for item in found if item.source is not None), key=lambda item: (not item.few, not item.dear, not item.counted)
        )
        if not sourced:
            return Compiled(where, dear=dear)
        best, never = sourced[0], any(item.never for item in found)
        return Compiled(where, best.source, counted=best.counted, dear=dear, few=best.few, never=never)

    # -- words -----------------------------------------------------------------------------------------------------

    def _word(self, word: Word) -> Compiled:
        """Domain.md, search: 15 digits and more are an order's or parcel's number, four a tail; else text in all that a person would expect."""
        folded = fold(word.text)
        if not word.quoted and folded.isascii() and folded.isdigit():
            if len(folded) >= 15:
                return either([_by_number(folded), self._parcel_number(folded)])
            if len(folded) == 4:
                return either([_by_phone_tail(folded), _indexed(sql(f"{_TAIL} = ?", folded), few=True)])
        found = [_in_text(has_text(_WORDS, text), text, exact=says_all(text)) for text in phone_forms(word)]
        found.append(self._in_goods(GOODS_COLUMNS, word.text))
        if not word.quoted and looks_tracked(word.text):
            found.append(self._parcel_number(carriers.normal_number(folded)))
        return either(found)

    def _in_goods(self, names: Sequence[str], value: str, *, whole: bool = False) -> Compiled:
        """Orders with a line whose listing or SKU holds `value`."""
        conditions: list[Sql] = []
        parts: list[Sql] = []
        for found, key in zip(goods_ids(self._reading, names, value, whole=whole), ("listing_id", "sku_id"), strict=True):
            if found:
                listed = json.dumps(found, separators=(",", ":"))  # one bound value, however many
                conditions.append(sql(_LINE_HOLDS[key], listed))
                parts.append(sql(_ORDERS_OF_LINES[key], listed))
        if not conditions:
            return nothing()
        where = around("EXISTS (SELECT 1 FROM order_line WHERE order_line.order_id = orders.id AND (", any_of(conditions), "))")
        return Compiled(where, union(parts), exact=True, dear=True)

    def _parcel_number(self, number: str) -> Compiled:
        return self._in_parcels(sql("parcel.tracking_number = ?", number), few=True)

    def _in_parcels(self, condition: Sql | None = None, *, counted: bool = True, few: bool = False) -> Compiled:
        """Orders with a live parcel like that, or any. The first two conditions are those of the parcels' own index."""
        live = all_of([_LIVE, *([condition] if condition else [])])
        where = around("EXISTS (SELECT 1 FROM parcel_order CROSS JOIN parcel ON parcel.id = parcel_order.parcel_id "
                       "WHERE parcel_order.order_id = orders.id AND (", live, "))")  # fmt: skip
        # From the parcels on, one after the other, so that counting a few thousand looks at no more.
        both = "SELECT order_id AS id FROM parcel CROSS JOIN parcel_order ON parcel_order.parcel_id = parcel.id WHERE "
        source = around(both, live, "")
        return Compiled(where, source, exact=True, counted=counted, dear=True, few=few)

    # -- text ------------------------------------------------------------------------------------------------------

    def _text(self, field: SearchField, op: str, value: Value) -> Compiled:
        text = _plain(value)
        folded = fold(text)
        digits = folded.isascii() and folded.isdigit()
        if field.name in {"province", "city"}:
            return self._place(field.name, whole=op == "=" or not text, folded=folded)
        if not text:
            return Compiled(all_of(sql(f"orders.{name} = ''") for name in field.columns))
        if field.name == "number" and digits and (op == "=" or len(folded) >= 15):
            return _by_number(folded)
        if field.name == "tail" and digits and len(folded) == 4:
            return _by_phone_tail(folded)
        if op == "=":
            where = any_of(sql(f"text_is(orders.{name}, ?)", folded) for name in field.columns)
        else:
            where = has_text(beside(field.columns), text)
        return _in_text(where, text) if all(name in TEXT_COLUMNS for name in field.columns) else Compiled(where, dear=True)

    def _place(self, name: str, *, whole: bool, folded: str) -> Compiled:
        """The few ways in which the shop's orders write their places are asked in Python, the orders by their index."""
        short = short_province if name == "province" else short_city

        def fits(place: str) -> bool:
            said = fold(place)
            return folded in {said, fold(short(place))} if whole else folded in said

        known = places(self._reading)
        if name == "province":
            found = [province for province in known if fits(province)]
            return _along("ix_orders_province", one_of("orders.province", found), one=len(found) == 1) if found else nothing()
        cities = {province: fitting for province, there in known.items() if (fitting := [city for city in there if fits(city)])}
        if not cities:
            return nothing()
        where = one_of("orders.city", sorted({city for fitting in cities.values() for city in fitting}))
        if len(cities) > MOST_PROVINCES:
            return Compiled(where)
        each = [all_of([sql("province = ?", province), one_of("city", fitting)]) for province, fitting in cities.items()]
        return Compiled(where, union([around("SELECT id FROM main.orders AS orders WHERE ", one, "") for one in each]), exact=True)

    def _tag(self, field: SearchField, op: str, value: Value) -> Compiled:
        text = _plain(value).strip()
        if op != "=" or not text:
            return self._text(field, op, value)
        return _in_text(sql("tag_is(orders.tags, ?)", fold(text)), text)

    def _reason(self, field: SearchField, op: str, value: Value) -> Compiled:
        found = self._text(field, op, value).where
        folded = fold(_plain(value))
        words = {choice.code: {fold(choice.en), fold(choice.zh), choice.code} for choice in CLOSE_REASONS}
        if op == "=":
            codes = [code for code, said in words.items() if folded in said]
        else:
            codes = [code for code, said in words.items() if folded and any(folded in word for word in said)]
        return Compiled(any_of([found, one_of("orders.close_reason", codes)]) if codes else found)

    def _goods(self, field: SearchField, op: str, value: Value) -> Compiled:
        text = _plain(value)
        found = self._in_goods(field.columns, text, whole=op == "=" and text != "")
        return found if text else Compiled(denied(found.where), dear=True)

    def _tracking(self, _field: SearchField, op: str, value: Value) -> Compiled:
        text = _plain(value)
        if not text:
            return Compiled(denied(self._in_parcels().where), dear=True)
        if op == "=":
            return self._parcel_number(carriers.normal_number(fold(text)))
        return self._in_parcels(has_text("parcel.tracking_number", text), counted=False)

    # -- figures and times -----------------------------------------------------------------------------------------

    def _figure(self, field: SearchField, op: str, value: Value) -> Compiled:
        dear = field.name == "hour"  # a call into Python for each row
        place = f"local_hour(orders.paid_at / {QUARTER})" if dear else f"orders.{field.columns[0]}"
        read = parse_amount if field.kind is Kind.MONEY else int
        if isinstance(value, Range):
            low, high = (None if end is None else read(end) for end in (value.low, value.high))
            return Compiled(_within(place, low, high), dear=dear)
        if value in {"", NONE, ANY}:
            return Compiled(_known(place, value), dear=dear)
        return Compiled(sql(f"{place} {'=' if op == ':' else op} ?", read(value)), dear=dear)

    def _time(self, field: SearchField, op: str, value: Value) -> Compiled:
        place = f"orders.{field.columns[0]}"
        if isinstance(value, str) and value in {"", NONE, ANY}:
            return Compiled(_known(place, value))
        if isinstance(value, Range):
            start = period(value.low, self._now, self._zone)[0] if value.low else None
            end = period(value.high, self._now, self._zone)[1] if value.high else None
        else:
            first, after = period(value, self._now, self._zone)
            start = {">": after, ">=": first, "<": None, "<=": None}.get(op, first)
            end = {">": None, ">=": None, "<": first, "<=": after}.get(op, after)
        where = _within(place, start, None if end is None else end - 1)
        # The deadline's index begins with the status.
        return Compiled(where) if field.columns[0] == "ship_by" else _indexed(where)

    # -- choices ---------------------------------------------------------------------------------------------------

    def _choice(self, field: SearchField, node: Field) -> Compiled:
        codes = [_plain(value) for value in node.values]
        match field.name:
            case "status":
                # An unknown status can't be; an empty one is nobody's.
                return _along("ix_orders_status_created_at", one_of("orders.status", codes), one=len(codes) == 1)
            case "flag":
                flags = sorted({int(code or 0) for code in codes})
                where = one_of("orders.flag", flags)
                # The index has flagged orders only.
                return (
                    _along("ix_orders_flag", all_of([sql("orders.flag > 0"), where]), one=len(flags) == 1)
                    if 0 not in flags
                    else Compiled(where)
                )
            case "late":
                return either([self._late(code) for code in codes])
            case "printed":
                return Compiled(any_of(PRINTED.get(code, PRINTED["no"]) for code in codes))
            case "blocker":
                return either([_blocker(code or "none") for code in codes])
            case "weekday":
                return either([_weekday(code) for code in codes])
            case "tier":
                return either([_of_tier(code or "none") for code in codes])
            case "checked" | "masked" | "priority" | "repeat" | "conflict":
                return either([_fact(field.name) if code == "yes" else _not(_fact(field.name)) for code in codes])
            case _:
                return either([_case(code or "none") for code in codes])

    def _late(self, code: str) -> Compiled:
        late = _indexed(sql("orders.status = 'awaiting_shipment' AND orders.ship_by < ?", self._now))
        return late if code == "yes" else _not(late)

    def _channel(self, field: SearchField, node: Field) -> Compiled:
        rows = self._reading.sql("SELECT id, code, platform, shop_name FROM channel")
        platforms = {choice.code: fold(choice.zh) for choice in PLATFORMS}
        ids: set[int] = set()
        for value in node.values:
            asked = fold(_plain(value))
            mine = [row[0] for row in rows if asked in {*map(fold, row[1:]), platforms.get(row[2])}]
            if not mine:
                known = [word for row in rows for word in (row[1], row[3]) if word]
                raise BadInput(
                    "query_value",
                    position=node.at + 1,
                    word=_plain(value),
                    field=field.name,
                    suggestion=nearest(asked, known) or PLATFORMS[0].code,
                )
            ids.update(mine)
        return Compiled(one_of("orders.channel_id", sorted(ids)))

    def _carrier(self, node: Field) -> Compiled:
        codes = [code for value in node.values if (code := _plain(value))]
        found = [self._in_parcels(one_of("parcel.carrier", codes))._replace(dear=False, elsewhere=True)] if codes else []
        if "" in node.values:
            found.append(Compiled(denied(self._in_parcels().where), dear=True))
        return either(found)

    def _batch(self, node: Field) -> Compiled:
        ids = [int(value[1:]) for value in map(_plain, node.values) if value]
        found = []
        if ids:
            mine = one_of("batch_id", ids)
            where = around("EXISTS (SELECT 1 FROM order_source WHERE order_source.order_id = orders.id AND ", mine)
            found.append(Compiled(where, around("SELECT order_id AS id FROM order_source WHERE ", mine, ""), exact=True, dear=True))
        if "" in node.values:
            found.append(Compiled(sql("NOT EXISTS (SELECT 1 FROM order_source WHERE order_source.order_id = orders.id)")))
        return either(found)


_LIVE = sql("parcel.tracking_number <> '' AND parcel.state <> 'void'")
# An order's few lines are compared with the list; `+ 0` keeps SQLite from going through the list for each order.
_LINE_HOLDS = {
    "listing_id": "order_line.listing_id + 0 IN (SELECT value FROM json_each(?))",
    "sku_id": "order_line.sku_id + 0 IN (SELECT value FROM json_each(?))",
}
_ORDERS_OF_LINES = {
    "listing_id": "SELECT order_id AS id FROM order_line WHERE listing_id IN (SELECT value FROM json_each(?))",
    "sku_id": "SELECT order_id AS id FROM order_line WHERE sku_id IN (SELECT value FROM json_each(?))",
}


def _plain(value: Value) -> str:
    if isinstance(value, Range):
        raise TypeError(value)
    return value


def phone_forms(word: Word) -> list[str]:
    """What to look for: the text, and a mobile number in groups as the orders have it."""
    digits = "" if word.quoted else grouped_mobile(word.text)
    return [word.text, digits] if digits else [word.text]


def nothing() -> Compiled:
    """Finds nothing, and knows it."""
    return Compiled(FALSE, sql("SELECT id FROM main.orders AS orders WHERE 0"), exact=True, few=True, never=True)


def either(found: Sequence[Compiled]) -> Compiled:
    """Any of them. There is a source only if each has one."""
    found = [item for item in found if not item.never] or found[:1]
    if len(found) == 1:
        return found[0]
    where, dear = any_of([item.where for item in found]), any(item.dear for item in found)
    sources = [item.source for item in found if item.source is not None]
    if len(sources) < len(found):
        return Compiled(where, dear=dear)
    exact, counted, few = all(item.exact for item in found), all(item.counted for item in found), all(item.few for item in found)
    return Compiled(where, union(sources), exact, counted, dear, few, elsewhere=any(item.elsewhere for item in found))


def _not(found: Compiled) -> Compiled:
    return Compiled(denied(found.where), dear=found.dear)


def _indexed(where: Sql, *, few: bool = False) -> Compiled:
    """A condition that an index of the orders answers."""
    return Compiled(where, around("SELECT id FROM main.orders AS orders WHERE ", where, ""), exact=True, few=few)


def _along(index: str, where: Sql, *, one: bool) -> Compiled:
    """As `_indexed`; with one value of the index's first column, if it has one of its own, its orders lie there by created_at."""
    found = _indexed(where)
    return Compiled(where, found.source, exact=True, along=index if one else "")


def _by_number(number: str) -> Compiled:
    return _indexed(sql("orders.number = ?", number), few=True)


def _by_phone_tail(tail: str) -> Compiled:
    return _indexed(sql("orders.phone_tail = ?", tail), few=True)


def _known(place: str, value: str) -> Sql:
    return sql(f"{place} IS NOT NULL" if value == ANY else f"{place} IS NULL")


def _within(place: str, low: int | None, high: int | None) -> Sql:
    if low is None and high is None:
        return sql(f"{place} IS NOT NULL")
    ends = [
        *([sql(f"{place} >= ?", low)] if low is not None else []),
        *([sql(f"{place} <= ?", min(high, FOREVER))] if high is not None else []),
    ]
    return all_of(ends)


_WEEKDAYS = [choice.code for choice in WEEKDAYS]


def _weekday(code: str) -> Compiled:
    # Day 1 of the ordinals was a Monday.
    return Compiled(sql("(orders.paid_day + 6) % 7 = ?", _WEEKDAYS.index(code)) if code else sql("orders.paid_day IS NULL"))


def _blocker(code: str) -> Compiled:
    if code in BY_STATUS:
        return _indexed(sql("orders.status = ?", BY_STATUS[code]))
    waits, some = sql("orders.status = 'awaiting_shipment'"), any_of(SOFT.values())
    what = some if code == "any" else denied(some) if code == "none" else SOFT[code]
    return Compiled(all_of([waits, what]), around("SELECT id FROM main.orders AS orders WHERE ", waits, ""))


PRIORITY_TIERS = (
    "(SELECT value FROM json_each(coalesce((SELECT value FROM setting WHERE name = 'priority_tiers'), "  # noqa: S608 (constants)
    f"'{json.dumps(DEFAULTS['priority_tiers'])}')))"
)


_TIERED = "customer.tier <> ''"
"""The condition of the tiers' own index."""


def _of_tier(code: str) -> Compiled:
    # Buyers with a tier have an index of their own, whose condition must be there to the letter.
    return _not(_of_customer(sql(_TIERED))) if code == "none" else _of_customer(sql("customer.tier <> '' AND customer.tier = ?", code))


def _of_customer(condition: Sql) -> Compiled:
    where = around("EXISTS (SELECT 1 FROM customer WHERE customer.id = orders.customer_id AND ", condition)
    source = around("SELECT id FROM main.orders AS orders WHERE customer_id IN (SELECT customer.id FROM customer WHERE ", condition)
    return Compiled(where, source, exact=True, dear=True)


def _fact(name: str) -> Compiled:
    """What is true of an order or not."""
    match name:
        case "checked":
            # With the condition of its own index.
            return _along("ix_orders_checked", sql("orders.checked_at IS NOT NULL"), one=True)
        case "masked":
            return Compiled(sql("orders.masked = 1"))
        case "priority":
            return _of_customer(sql(f"customer.tier <> '' AND customer.tier IN {PRIORITY_TIERS}"))
        case "conflict":
            undecided = sql(
                "EXISTS (SELECT 1 FROM import_conflict WHERE import_conflict.order_id = orders.id AND import_conflict.state = 'open')"
            )
            return Compiled(undecided, sql("SELECT order_id AS id FROM import_conflict WHERE state = 'open'"), exact=True, few=True)
    # A masked nick identifies nobody (domain.md, keys).
    return Compiled(
        sql(
            "EXISTS (SELECT 1 FROM main.orders AS other WHERE other.customer_id = orders.customer_id AND other.id <> orders.id) "
            "AND EXISTS (SELECT 1 FROM customer WHERE customer.id = orders.customer_id AND customer.masked = 0)"
        ),
        dear=True,
    )


def _case(code: str) -> Compiled:
    """Cases of ours, and what a platform's goods list tells on the line itself."""
    if code == "open":
        # With the condition of its own index.
        return _along("ix_orders_open_cases", sql("orders.open_cases > 0"), one=True)
    if code in CASE_KINDS:
        return _of_case(sql("after_sale.kind = ?", code))
    if code in {"any", "none"}:
        some = either([_of_case(TRUE), _told(sql("order_line.refund_state <> ''"))])
        return some if code == "any" else _not(some)
    return either(
        [_of_case(sql("after_sale.state = ?", code)), _told(sql("order_line.refund_state <> '' AND order_line.refund_state = ?", code))]
    )


def _told(condition: Sql) -> Compiled:
    """`condition` holds that of the index of lines that tell of a refund."""
    where = around("EXISTS (SELECT 1 FROM order_line WHERE order_line.order_id = orders.id AND ", condition)
    return Compiled(where, around("SELECT order_id AS id FROM order_line WHERE ", condition, ""), exact=True, elsewhere=True)


def _of_case(condition: Sql) -> Compiled:
    where = around("EXISTS (SELECT 1 FROM after_sale WHERE after_sale.order_id = orders.id AND ", condition)
    return Compiled(where, around("SELECT order_id AS id FROM after_sale WHERE ", condition, ""), exact=True, elsewhere=True)
