"""A search answered the slow and simple way: every order asked in Python. Knows nothing of SQL, grams or plans."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from typing import Any

from services.clock import to_local
from services.domain.blockers import OrderFacts, blockers_of
from services.money import parse_amount
from services.search.fields import BY_NAME, CLOSE_REASONS, Kind
from services.search.grams import fold
from services.search.parser import looks_tracked
from services.search.syntax import And, Field, Node, Not, Or, Range, Value, Word
from services.search.values import period
from tests.factories import ZONE
from tests.frozen import START

Row = Mapping[str, Any]
OPS = {":": operator.eq, "=": operator.eq, ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le}


def matches(node: Node, order: Row) -> bool:
    match node:
        case And():
            return all(matches(item, order) for item in node.items)
        case Or():
            return any(matches(item, order) for item in node.items)
        case Not():
            return not matches(node.item, order)
        case Word():
            return _word(node, order)
        case Field():
            return any(_field(node.name, node.op, value, order) for value in node.values)


def _live(order: Row) -> list[Row]:
    return [parcel for parcel in order["parcels"] if parcel["state"] != "void"]


def _tracked(order: Row, number: str) -> bool:
    return any(parcel["tracking_number"] == number.upper() for parcel in _live(order))


def _word(word: Word, order: Row) -> bool:
    text = fold(word.text)
    if not word.quoted and text.isascii() and text.isdigit():
        if len(text) >= 15:
            return bool(order["number"] == text) or _tracked(order, text)
        if len(text) == 4:
            return text in {order["phone"][-4:], order["number"][-4:]}
    places = [order[name] for name in ("number", "buyer_nick", "recipient", "phone", "tel", "tags", "seller_memo", "buyer_message")]
    places += [line[name] for line in order["lines"] for name in ("title", "properties", "code", "sku_title", "sku_properties", "sku_code")]
    forms = {text}
    if not word.quoted and re.fullmatch(r"1[-0-9]+", word.text) and len(word.text.replace("-", "")) == 11:
        forms.add(word.text.replace("-", ""))
        if any(form in fold(place) for form in forms for place in places[:8]):
            return True
    if any(text in fold(place) for place in places):
        return True
    return not word.quoted and looks_tracked(word.text) and _tracked(order, "".join(text.split()))


def _field(name: str, op: str, value: Value, order: Row) -> bool:
    field = BY_NAME[name]
    match field.kind:
        case Kind.TEXT | Kind.REASON:
            return _text(name, op, str(value), [order[column] for column in field.columns])
        case Kind.TAG:
            if op == "=" and str(value).strip():
                return fold(str(value)).strip() in [fold(tag) for tag in order["tags"].split(",")]
            return _text(name, op, str(value), [order["tags"]])
        case Kind.GOODS:
            names = ("title", "properties", "sku_title", "sku_properties") if name == "goods" else ("code", "sku_code")
            places = [line[place] for line in order["lines"] for place in names]
            return _text(name, op, str(value), places) if value else not any(places)
        case Kind.TRACKING:
            numbers = [parcel["tracking_number"] for parcel in _live(order)]
            return any(numbers) and _text(name, op, str(value), numbers) if value else not any(numbers)
        case Kind.CARRIER:
            return value in [parcel["carrier"] for parcel in _live(order)]
        case Kind.COUNT if name == "hour":
            return _figure(None if order["paid_at"] is None else to_local(order["paid_at"], ZONE).hour, op, value, int)
        case Kind.MONEY | Kind.COUNT:
            return _figure(order[field.columns[0]], op, value, parse_amount if field.kind is Kind.MONEY else int)
        case Kind.TIME:
            return _time(order[field.columns[0]], op, value)
        case Kind.CHANNEL:
            return bool(order["channel"] == value)
        case Kind.BATCH:
            return bool(value in order["batches"])
        case Kind.CHOICE:
            return _choice(name, str(value), order)


def _text(name: str, op: str, value: str, places: Sequence[str]) -> bool:
    text = fold(value)
    if not value:
        return not any(places)
    if name == "number" and text.isascii() and text.isdigit() and len(text) >= 15:
        return places[0] == text
    if name == "reason":
        for reason in CLOSE_REASONS:
            said = (reason.code, fold(reason.en), fold(reason.zh))
            if places[0] == reason.code and (text in said if op == "=" else any(text in word for word in said)):
                return True
    if op == "=" and name in {"province", "city"}:
        ending = {"province": ("省", "市", "自治区"), "city": ("市",)}[name]
        return text in {fold(places[0]), *(fold(places[0].removesuffix(end)) for end in ending)}
    return any(fold(place) == text if op == "=" else text in fold(place) for place in places)


def _figure(figure: int | None, op: str, value: Value, read: Any) -> bool:
    if value in {"", "none", "any"}:
        return (figure is not None) == (value == "any")
    if figure is None:
        return False
    if isinstance(value, Range):
        return (value.low is None or figure >= read(value.low)) and (value.high is None or figure <= read(value.high))
    return bool(OPS[op](figure, read(value)))


def _time(moment: int | None, op: str, value: Value) -> bool:
    if value in {"", "none", "any"}:
        return (moment is not None) == (value == "any")
    if moment is None:
        return False
    if isinstance(value, Range):
        return (value.low is None or moment >= period(value.low, START, ZONE)[0]) and (
            value.high is None or moment < period(value.high, START, ZONE)[1]
        )
    start, end = period(value, START, ZONE)
    return {":": start <= moment < end, "=": start <= moment < end, ">": moment >= end, ">=": moment >= start, "<": moment < start}.get(
        op, moment < end
    )


def _choice(name: str, code: str, order: Row) -> bool:
    if name in {"status", "flag"}:
        return str(order[name]) == code
    if name == "weekday":
        return order["paid_at"] is not None and f"{to_local(order['paid_at'], ZONE):%A}".lower() == code
    if name == "tier":
        return bool(order["tier"] == ("" if code == "none" else code))
    if name in {"checked", "masked", "priority", "repeat", "conflict"}:
        fact = order["checked_at"] is not None if name == "checked" else order[name]
        return bool(fact) == (code == "yes")
    if name == "late":
        late = order["status"] == "awaiting_shipment" and order["ship_by"] is not None and order["ship_by"] < START
        return late == (code == "yes")
    slip, label = order["slip_copies"] > 0, order["label_copies"] > 0
    if name == "printed":
        return bool({"yes": slip or label, "no": not (slip or label), "slip": slip, "label": label}[code])
    if name == "blocker":
        found = blockers_of(_facts(order))
        if code in {"any", "none"}:
            return order["status"] == "awaiting_shipment" and bool(found) == (code == "any")
        return code in found
    cases = [word for case in order["cases"] for word in (case["kind"], case["state"])]
    told = [line["refund_state"] for line in order["lines"] if line["refund_state"]]
    if code == "open":
        return bool(order["open_cases"] > 0)
    if code in {"any", "none"}:
        return bool(cases or told) == (code == "any")
    return code in cases or code in told


def _facts(order: Row) -> OrderFacts:
    return OrderFacts(
        order["status"],
        order["masked"],
        order["recipient"],
        order["phone"] + order["tel"],
        order["province"],
        order["address"],
        order["lines_unknown"],
        order["shortage"],
        order["unmatched"],
        order["open_cases"],
        order["must_check"] and order["checked_at"] is None,
        order["approvals"],
    )
