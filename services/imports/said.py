"""What files said of an order, as its sources keep it, and how several words are weighed. Pure: nothing is read or written.

Of a field the word of the file with the most authority counts, of equal authority that of the newer file, of the same moment that of
the greater file hash: so the order in which files come in changes nothing (invariant I2). Some fields have a rule of their own:

- a clear value counts before a masked one, whoever said it;
- an address is one thing; only its hidden street is filled by the last clear one;
- an empty note takes away what files of the same authority, or of less, noted before; a newer note of a lesser file stays;
- a telephone number without its extension is the number with the extension that another file tells (a virtual number);
- a time without seconds is the same minute with seconds that another file tells (a file re-saved by a spreadsheet program);
- what was paid may be told net of refunds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from services.domain.addresses import is_masked
from services.imports.headings import Authority
from services.imports.records import OrderRecord, ParsedFile

ADDRESS = ("province", "city", "district", "address", "postcode")
AREA = frozenset(ADDRESS) - {"address"}
NOTES = ("seller_memo", "buyer_message", "flag", "tags")
PERSON = ("buyer_nick", "recipient", "phone")
TIMES = ("created_at", "paid_at", "ship_by", "shipped_at", "completed_at", "closed_at")

TOLD_FIELDS = (
    "number", "status", "part_shipped", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address",
    "postcode", "address_edited", "masked", "flag", "seller_memo", "buyer_message", "goods_amount", "discount", "goods_less_discount",
    "freight", "payable", "paid", "paid_cell", "refunded", "platform_discount", "paid_out", "payment_number", "quantity", "created_at",
    "paid_at", "shipped_at", "completed_at", "closed_at", "close_reason", "ship_by", "parcels", "tags", "goods_paid", "paid_net", "street_area",
)  # fmt: skip
"""In the order in which shops have kept them: append, never change. `paid_net`: what a file without a refund column told as paid;
`street_area`: province, city and district of a clear street that is kept beside a newer area."""
_PLACES = {name: place for place, name in enumerate(TOLD_FIELDS)}
_RECORDED = TOLD_FIELDS[:-2]
_UNMARKED = frozenset({"flag", "masked", "part_shipped", "address_edited"})
"""Fields whose 0 says nothing."""
_MINUTE = 60_000
_HIDABLE = frozenset({*PERSON, "address"})
_record = attrgetter(*_RECORDED)
_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))

BY_KIND = {"orders": Authority.ORDERS, "sold": Authority.ORDERS, "lines": Authority.LINES, "sparse": Authority.SPARSE}
"""The authority of a source by its kind."""
_CORE = frozenset({"status", "created_at", "paid_at", "payable", "paid"})
_FACTS = _CORE | {
    "buyer_nick", "recipient", "phone", "address", "flag", "seller_memo", "buyer_message", "goods_less_discount", "freight", "refunded",
    "paid_out", "payment_number", "quantity", "shipped_at", "completed_at", "close_reason", "ship_by", "parcels",
}  # fmt: skip
_ENOUGH = 10
"""So many of these facts make an order list whole; one of which less was left ticked is sparse: it adds, and overrules nothing."""


def source_kind(parsed: ParsedFile) -> str:
    """The kind of source that a file is: its own, or sparse where somebody made the table or ticked away what an export is made of."""
    whole = parsed.knows >= _CORE and len(parsed.knows & _FACTS) >= _ENOUGH
    if parsed.format == "map" or (parsed.kind == "orders" and not whole):
        return "sparse"
    return parsed.kind


@dataclass(frozen=True, slots=True)
class Facts:
    """What counts of a batch when its words are weighed: `mark` decides between files of one moment."""

    mark: str
    knows: frozenset[str]


NO_FACTS = Facts("", frozenset({"status"}))
"""Of a batch that an older version of the program brought in."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one file said of one order: values by field, an empty note included, all else only where it is told.

    `batch_id` is 0 for the file that is being planned. `sure`: the status stood in the file, nobody inferred it.
    """

    kind: str
    time: int
    mark: str
    batch_id: int
    row: int
    values: Mapping[str, Any]
    sure: bool = True

    @property
    def authority(self) -> int:
        return BY_KIND[self.kind]

    @property
    def weight(self) -> tuple[int, int, str]:
        return BY_KIND[self.kind], self.time, self.mark

    @property
    def age(self) -> tuple[int, str]:
        return self.time, self.mark


def told_text(order: OrderRecord) -> str:
    """What a file says of an order, as order_source keeps it: the JSON array of TOLD_FIELDS, null for what is empty or not known."""
    return _JSON.encode(_record(order))


def told_of(text: str) -> dict[str, Any]:
    """What `told_text` kept, without what the file left empty."""
    return _values(json.loads(text))


def _values(row: Sequence[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(TOLD_FIELDS, row, strict=False) if value or (value == 0 and name not in _UNMARKED)}


def told_net(values: Mapping[str, Any]) -> bool:
    """Whether a source's payment is known net of refunds alone."""
    return "paid_net" in values and "paid" not in values if "paid_net" in values else "paid" in values and "refunded" not in values


def _net(values: dict[str, Any]) -> dict[str, Any]:
    """Where a file knows no refunds, its payment is net of them."""
    if "paid" in values and "refunded" not in values:
        values["paid_net"] = values.pop("paid")
    return values


def _with_notes(values: dict[str, Any], knows: frozenset[str]) -> dict[str, Any]:
    for name in NOTES:
        if name in knows and name not in values:
            values[name] = 0 if name == "flag" else ""
    return values


def said_of(order: OrderRecord, parsed: ParsedFile, kind: str) -> Said:
    """The word of the file that is being planned."""
    values = _with_notes(_net(_values(_record(order))), parsed.knows)
    return Said(kind, parsed.file_time, parsed.file_hash, 0, order.row, values, "status" in parsed.knows)


Older = list[tuple[int, int, int, list[int]]]
"""Groups of fields that older files told: (batch, row, file time, places in TOLD_FIELDS)."""


def unpack(kind: str, batch_id: int, row: int, file_time: int, told: str, older: str, facts: Callable[[int], Facts]) -> list[Said]:
    """The words that one source holds, the newest first."""
    about = facts(batch_id)
    values: dict[str, Any] = told_of(told)
    if not older:
        whole = _with_notes(_net(values), about.knows)
        return [Said(kind, file_time, about.mark, batch_id, row, whole, "status" in about.knows)]
    found = []
    groups: Older = json.loads(older)
    for group_batch, group_row, group_time, places in groups:
        names = [TOLD_FIELDS[place] for place in places]
        own = {name: values.pop(name, _nothing(name)) for name in names}
        if "status" in own and values.pop("part_shipped", None):
            own["part_shipped"] = True
        facts_of = facts(group_batch)
        found.append(Said(kind, group_time, facts_of.mark, group_batch, group_row, own, "status" in facts_of.knows))
    main = Said(
        kind,
        file_time,
        about.mark,
        batch_id,
        row,
        _with_notes(values, about.knows - {name for one in found for name in one.values}),
        "status" in about.knows,
    )
    return [main, *found]


def _nothing(name: str) -> Any:
    return 0 if name == "flag" else ""


@dataclass(frozen=True, slots=True)
class Packed:
    """A source to be kept: where its newest word stands, its text, and what older files of its kind add; `batch_id` 0 is the file
    that is being planned. It holds no `Said`, because a plan keeps one for each order of a file."""

    batch_id: int
    row: int
    time: int
    told: str
    older: Older

    def older_text(self, batch_id: int) -> str:
        return _JSON.encode([(batch or batch_id, *rest) for batch, *rest in self.older]) if self.older else ""


def pack(words: Sequence[Said], told: str = "") -> tuple[Said, Packed]:
    """The newest of the words of one kind, and all of them as one source; what a later weighing can't ask for is dropped. `told` is the
    text of the last of them."""
    newest, *rest = sorted(words, key=lambda one: one.age, reverse=True)
    slots: dict[str, tuple[Any, Said]] = {name: (value, newest) for name, value in newest.values.items()}
    whole = "address" in newest.values
    for one in rest:
        for name, value in one.values.items():
            if name in {"phone_ext", "part_shipped", "street_area"} or (name in AREA and whole):
                continue
            known = slots.get(name)
            if known is None or _better(name, value, known[0]) or (name == "phone" and _extends(one, known[1], value)):
                slots[name] = (value, one)
                if name == "phone":
                    slots["phone_ext"] = (one.values.get("phone_ext"), one)
                elif name == "address" and known is not None:
                    slots["street_area"] = (_area(one), one)
                elif name == "status":
                    slots["part_shipped"] = (one.values.get("part_shipped"), one)
        whole = whole or "address" in one.values
    row: list[Any] = [None] * len(TOLD_FIELDS)
    places: dict[int, tuple[Said, list[int]]] = {}
    for name, (value, one) in slots.items():
        row[_PLACES[name]] = value
        if one is not newest and name != "part_shipped":
            places.setdefault(id(one), (one, []))[1].append(_PLACES[name])
    older: Older = [(one.batch_id, one.row, one.time, sorted(found)) for one, found in places.values()]
    if told and not older and newest is words[-1]:
        return newest, Packed(newest.batch_id, newest.row, newest.time, told, older)
    if newest.values.get("paid") is None and "refunded" not in newest.values and not older and row[_PLACES["paid_net"]] is not None:
        # One file alone is kept as it wrote it.
        row[_PLACES["paid"]], row[_PLACES["paid_net"]] = row[_PLACES["paid_net"]], None
    return newest, Packed(newest.batch_id, newest.row, newest.time, _JSON.encode(row), older)


def _area(one: Said) -> list[str]:
    """Where the street is that a file told."""
    return one.values.get("street_area") or [one.values.get(name, "") for name in ("province", "city", "district")]


def _extends(one: Said, other: Said, phone: str) -> bool:
    """Whether `one` knows the extension of a number that `other` tells without."""
    mine, theirs = one.values.get("phone_ext"), other.values.get("phone_ext")
    return bool(mine) and not theirs and one.values.get("phone") == other.values.get("phone") == phone


def _better(name: str, older: Any, newer: Any) -> bool:
    """Whether an older word of the same kind is kept beside a newer one: it is clear, or it knows the seconds."""
    if name in _HIDABLE:
        return is_masked(newer) and not is_masked(older)
    return name in TIMES and newer % _MINUTE == 0 and older % _MINUTE != 0 and older - older % _MINUTE == newer


@dataclass(slots=True)
class Weighed:
    """What all words together say: values by field, and whose word each is. `split`: the area of the address and its street were
    told of two different places; half an address is none."""

    values: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Said] = field(default_factory=dict)
    split: bool = False
    whole: Said | None = None

    def get(self, name: str) -> Any:
        return self.values.get(name)


def weigh(words: Iterable[Said]) -> Weighed:
    """Weigh words against each other, whatever the order in which they came."""
    ordered = sorted(words, key=lambda one: one.weight, reverse=True)
    found = Weighed()
    if not ordered:
        return found
    first = ordered[0]
    values, said = found.values, found.said
    values.update(first.values)
    said.update(dict.fromkeys(first.values, first))
    for one in ordered[1:]:
        for name, value in one.values.items():
            if name not in values:
                values[name], said[name] = value, one
    if len(ordered) > 1:
        _weigh_notes(ordered, found)
        for name in PERSON:
            _weigh_clear(name, ordered, found)
        for name in TIMES:
            _weigh_time(name, ordered, found)
    if "phone" in said:
        said["phone"] = next((one for one in ordered if _extends(one, said["phone"], values["phone"])), said["phone"])
        values["phone_ext"] = said["phone"].values.get("phone_ext") or ""
    if "status" in said:
        values["part_shipped"] = bool(said["status"].values.get("part_shipped"))
    _weigh_address(ordered, found)
    _weigh_paid(found)
    return found


def _weigh_notes(ordered: Sequence[Said], found: Weighed) -> None:
    for name in NOTES:
        spoken: set[int] = set()
        emptied: int | None = None
        for one in ordered:
            if name not in one.values or one.authority in spoken:
                continue
            spoken.add(one.authority)
            if not one.values[name]:
                emptied = max(one.time, emptied or 0)
            elif emptied is None or one.time >= emptied:
                found.values[name], found.said[name] = one.values[name], one
                break


def _weigh_clear(name: str, ordered: Sequence[Said], found: Weighed) -> None:
    if name in found.values and is_masked(found.values[name]):
        clear = next((one for one in ordered if name in one.values and not is_masked(one.values[name])), None)
        if clear is not None:
            found.values[name], found.said[name] = clear.values[name], clear


def _weigh_time(name: str, ordered: Sequence[Said], found: Weighed) -> None:
    value = found.values.get(name)
    if value is None or value % _MINUTE:
        return
    for one in ordered:
        other = one.values.get(name)
        if other is not None and other - other % _MINUTE == value and other > found.values[name]:
            found.values[name], found.said[name] = other, one


def _weigh_address(ordered: Sequence[Said], found: Weighed) -> None:
    values, said = found.values, found.said
    if len(ordered) == 1:
        if "address" in values:
            found.whole = ordered[0]
            for name in ADDRESS:
                values.setdefault(name, "")
                said.setdefault(name, ordered[0])
        return
    told = [one for one in ordered if any(one.values.get(name) for name in ADDRESS)]
    for name in ADDRESS:
        values.pop(name, None)
        said.pop(name, None)
    for one in told:
        for name in ADDRESS:
            if name in one.values and name not in values:
                values[name], said[name] = one.values[name], one
        if "address" in one.values:
            found.whole = one
            for name in ADDRESS:
                values.setdefault(name, "")
                said.setdefault(name, one)
            break
    if found.whole is None:
        return
    if is_masked(values["address"]):
        clear = next((one for one in told if one.values.get("address") and not is_masked(one.values["address"])), None)
        if clear is None:
            return
        values["address"], said["address"] = clear.values["address"], clear
    street = said["address"]
    area = _area(street)
    found.split = any(area) and area != [values[name] for name in ("province", "city", "district")]


def _weigh_paid(found: Weighed) -> None:
    """One sum, gross of refunds: 实付 is net of them where a file has no column for them (reference/taobao.md 2.3, quirk 13)."""
    values, said = found.values, found.said
    gross, net, goods = values.get("paid"), values.get("paid_net"), values.get("goods_paid")
    refunded = values.get("refunded") or 0
    if net is not None and (gross is None or said["paid_net"].weight > said["paid"].weight) and (gross is None or net > gross):
        # A refund that came after the net sum was told is no part of it: nobody pays more than is owed. One that no file told is
        # missing in it: what the lines brought is gross.
        whole, owed = max(net + refunded, goods + (values.get("freight") or 0) if goods else 0), values.get("payable")
        values["paid"] = owed if owed is not None and net <= owed < whole else whole
        said["paid"] = said["paid_net"]
    if values.get("paid") is None:
        known = [amount for amount in (goods, refunded or None) if amount is not None]
        if known:
            values["paid"] = max(known)
            said["paid"] = said["goods_paid" if goods is not None and goods == values["paid"] else "refunded"]
    elif not values["paid"] and goods and said["goods_paid"].time > said["paid"].time:
        # The order list saw it unpaid; what the lines brought since, with the freight that it told, is the payment.
        values["paid"], said["paid"] = goods + (values.get("freight") or 0), said["goods_paid"]
    if values.get("paid") is not None:
        values["paid"] = max(values["paid"], refunded)


def same_time(value: int, ours: int | None) -> bool:
    """Equal, or the same minute where the file has no seconds; files have no milliseconds, what is done here has."""
    if ours is None:
        return False
    return (
        value == ours or (value % 1_000 == 0 and value == ours - ours % 1_000) or (value % _MINUTE == 0 and value == ours - ours % _MINUTE)
    )
