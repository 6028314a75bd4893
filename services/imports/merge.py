"""What a file changes on an order that is already there. Pure: values in, changes out, nothing is read or written.

Three sides: what all files said before this one, what they say with it (both weighed by services.imports.said), and what the
order holds. The rules (domain.md, orders and keys):

- where the weighed word did not change, nothing does: an older file, or one of less authority, tells nothing new;
- an empty cell tells nothing, except a note that files of this authority held before;
- a masked value never overwrites a clear one;
- a field that a person edited here stays, and a new word of the files for it is a conflict to decide;
- the state only goes forward; where the newest file shows one that is past, that is a conflict, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.domain.addresses import is_masked
from services.domain.order_states import RANK, Status, way
from services.imports.records import OrderRecord
from services.imports.said import ADDRESS, NOTES, PERSON, Said, Weighed, same_time

PLAIN = ("goods_amount", "discount", "goods_less_discount", "freight", "payable", "paid_out", "payment_number", "close_reason", "tel")
STAMPS = ("shipped_at", "completed_at", "closed_at")


@dataclass(frozen=True, slots=True)
class Clash:
    """A value of the file that was not taken because a person or a newer state stands against it.

    `ours` and `file` are what a person is shown. `value` is the file's as it would be taken (services.commands.import_conflicts),
    `part` the line or case that it is about, `row` where it stands, `said` whose word it is where it is not that of the file itself.
    """

    number: str
    field: str
    ours: str
    file: str
    value: str = ""
    part: int = 0
    order_id: int = 0
    row: int = 0
    said: Said | None = None


@dataclass(slots=True)
class Merged:
    """`changes` are columns of the order; `paid` and `refunded` totals to be reached through the journal, None: no word.

    `agreed` are fields with an open conflict about which files and order say the same again.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    paid: int | None = None
    refunded: int | None = None
    status: str | None = None
    agreed: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Sides:
    """The three sides of one order: `words` of all files with this one's, weighed `before` it and `after`, and `current`, its columns.

    `promise`: ms from payment to the latest shipping where no file tells it. `sent_here`: a parcel of it was made here.
    `open_fields`: conflicts that wait for a decision.
    """

    order: OrderRecord
    file: Said
    words: Sequence[Said]
    before: Weighed
    after: Weighed
    current: Mapping[str, Any]
    promise: int = 0
    sent_here: bool = False
    open_fields: frozenset[str] = frozenset()
    locked: frozenset[str] = field(init=False)
    merged: Merged = field(init=False)

    def __post_init__(self) -> None:
        self.locked = frozenset(filter(None, str(self.current["locked"]).split(",")))
        self.merged = Merged()

    def news(self, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """Fields of which files say something else now than before, and than the order holds."""
        before, after = self.before.values, self.after.values
        for name in names:
            value = after.get(name)
            if value is not None and value != before.get(name) and value != self.current[name]:
                yield name, value

    def take(self, name: str, value: Any) -> bool:
        """Take a value over, unless a person edited the field: then it is a conflict."""
        if name not in self.locked:
            self.merged.changes[name] = value
            return True
        self.clash(name, str(self.current[name]), str(value), said=self.after.said.get(name))
        return False

    def clash(self, name: str, ours: str, theirs: str, *, value: str | None = None, said: Said | None = None) -> None:
        told = theirs if value is None else value
        number, order_id = self.order.number, self.current["id"]
        whose = said if said is not self.file else None
        self.merged.clashes.append(Clash(number, name, ours, theirs, told, order_id=order_id, row=self.order.row, said=whose))

    def held(self, name: str) -> Any:
        """What the order will hold of a column."""
        return self.merged.changes.get(name, self.current[name])

    def held_status(self) -> str:
        """The state that the order will be in."""
        return _after(Status(self.current["status"]), self.merged.status).value


def inferred_paid(order: OrderRecord) -> int | None:
    """What an order's lines and refunds say of its payment where no order list told it: freight is not in it."""
    known = [amount for amount in (order.goods_paid, order.refunded or None) if amount is not None]
    return max(known) if known else None


def reached(status: Status, name: str) -> bool:
    """Whether an order in this state may bear the time `name`: what has not come yet has no time."""
    if name == "closed_at":
        return status is Status.CLOSED
    if name == "completed_at":
        return status in {Status.COMPLETED, Status.CLOSED}
    return name != "shipped_at" or status is not Status.AWAITING_PAYMENT


def merge(sides: Sides) -> Merged:
    """Compare what files say with the order that is there."""
    merged, current, after = sides.merged, sides.current, sides.after
    _person(sides)
    _address(sides)
    for name, value in sides.news(NOTES):
        if value or sides.before.get(name):
            sides.take(name, value)
    for name, value in sides.news(PLAIN):
        sides.take(name, value)
    for name, value in sides.news(("platform_discount",)):
        merged.changes[name] = value
    if current["lines_unknown"]:
        for name, value in sides.news(("quantity", "part_shipped")):
            merged.changes[name] = value
    _status(sides)
    state = _after(Status(current["status"]), merged.status)
    _times(sides, state)
    if state is not Status.CLOSED:
        merged.changes.pop("close_reason", None)
    elif current["status"] != "closed" and after.get("close_reason") and current["close_reason"] != after.get("close_reason"):
        merged.changes["close_reason"] = after.get("close_reason")
    _money(sides)
    merged.agreed = {name for name in sides.open_fields if _agrees(sides, name)}
    return merged


def _after(status: Status, seen: str | None) -> Status:
    """The state that the order will be in: what the platform shows, where it can follow."""
    if seen is None or way(status, Status(seen)) is None:
        return status
    return Status(seen)


def _person(sides: Sides) -> None:
    current, before, after, changes = sides.current, sides.before.values, sides.after.values, sides.merged.changes
    for name in PERSON:
        value, ours = after.get(name), current[name]
        if value is None or (is_masked(value) and ours and not is_masked(ours)):
            continue
        ext = after["phone_ext"] if name == "phone" else ""
        if value == before.get(name) and (name != "phone" or ext == before.get("phone_ext")):
            continue
        if ours == value and (name != "phone" or not ext or current["phone_ext"] == ext):
            continue
        if sides.take(name, value) and name == "phone":
            if ext != (current["phone_ext"] or ""):
                changes["phone_ext"] = ext
            changes["phone_tail"] = value[-4:]


def _address(sides: Sides) -> None:
    """An address is one thing: taken as a whole or not at all."""
    current, after, merged = sides.current, sides.after, sides.merged
    told = {name: after.values[name] for name in ADDRESS if name in after.values}
    mine = sides.locked.isdisjoint(ADDRESS)
    if told and told != {name: sides.before.get(name) for name in told}:
        if is_masked(told.get("address", "")) and current["address"] and not is_masked(current["address"]):
            del told["address"]
        different = {name: value for name, value in told.items() if current[name] != value}
        if different and mine:
            merged.changes.update(different)
        if different and (not mine or (after.split and not different.keys() <= {"postcode"})):
            _address_clash(sides)
    hidden = after.whole is not None and after.said.get("address") is not after.whole
    if (
        after.get("address_edited")
        and not current["address_edited"]
        and mine
        and not (hidden and after.said["address_edited"] is after.whole)
    ):
        merged.changes["address_edited"] = True
    if any(name in after.values for name in (*PERSON, "address", "masked")):
        _masked(sides)


def _masked(sides: Sides) -> None:
    masked = any(is_masked(sides.held(name)) for name in ("buyer_nick", "recipient", "phone", "address"))
    # A platform that encrypts a person leaves nothing to be seen, not even a star.
    masked = masked or (bool(sides.after.get("masked")) and not any(sides.held(name) for name in ("recipient", "phone", "address")))
    if bool(sides.current["masked"]) != masked:
        sides.merged.changes["masked"] = masked


def _address_clash(sides: Sides) -> None:
    """Both places as a person reads them. A street that its platform hides can't be taken: then only the area is offered."""
    after = sides.after
    whole = after.whole
    street = whole.values["address"] if whole is not None else after.get("address")
    theirs = {name: after.values[name] for name in ADDRESS if name in after.values} | ({"address": street} if street else {})
    ours = " ".join(filter(None, (sides.current[name] for name in ADDRESS[:4])))
    shown = " ".join(filter(None, (theirs.get(name) for name in ADDRESS[:4])))
    if is_masked(street or ""):
        theirs.pop("address", None)
    sides.clash("address", ours, shown, value=json.dumps(theirs, ensure_ascii=False), said=whole)


def _times(sides: Sides, state: Status) -> None:
    current, after, changes = sides.current, sides.after, sides.merged.changes
    for name in ("created_at", "paid_at", "ship_by", *STAMPS):
        value, ours = after.get(name), current[name]
        if value is None or same_time(value, ours) or not reached(state, name):
            continue
        # When it was sent is known best where it was sent.
        if name == "shipped_at" and sides.sent_here and ours is not None:
            continue
        # A deadline that was set here is the shop's own promise.
        if name in sides.locked:
            continue
        changes[name] = value
    if after.get("created_at") is None:
        here, there = _first_seen(sides.words), _first_seen([one for one in sides.words if one is not sides.file])
        if there is not None and current["created_at"] == there and here is not None and here != there:
            changes["created_at"] = here
    if after.get("ship_by") is None and sides.held("paid_at") is not None and "ship_by" not in sides.locked:
        guessed = None if current["paid_at"] is None else current["paid_at"] + sides.promise
        due = sides.held("paid_at") + sides.promise
        if current["ship_by"] in {None, guessed} and current["ship_by"] != due and (guessed is None or guessed != due):
            changes["ship_by"] = due


def _first_seen(words: Sequence[Said]) -> int | None:
    """When an order was made whose files do not tell it: the first moment that they tell, else the time of the first file."""
    for name in ("paid_at", "shipped_at"):
        told = [one.values[name] for one in words if one.values.get(name) is not None]
        if told:
            return int(min(told))
    return min((one.time for one in words), default=None)


def _money(sides: Sides) -> None:
    """Totals to reach. What a case here gave back is never taken back by a file that does not know of it yet."""
    current, before, after, merged = sides.current, sides.before, sides.after, sides.merged
    paid, refunded = current["paid"], current["refunded"]
    told, told_before = after.get("refunded"), before.get("refunded")
    if told is not None and told != told_before and (told > refunded or told_before == refunded):
        merged.refunded = told
    back = refunded if merged.refunded is None else merged.refunded
    told, told_before = after.get("paid"), before.get("paid")
    if told is not None and (told != told_before or paid is None):
        merged.paid = told
    if merged.paid is not None and merged.paid < back:
        merged.paid = paid if paid is not None and paid >= back else back
    if merged.paid == paid:
        merged.paid = None
    if merged.refunded == refunded:
        merged.refunded = None
    if merged.paid is None and paid is not None and back > paid:
        merged.refunded = None


def _status(sides: Sides) -> None:
    """Forward is followed, unless files of more authority know better by now. Backward is a conflict, but only against what the
    platform itself said, not against what was done here."""
    mine, seen = sides.file, sides.current["platform_status"]
    told = mine.values.get("status")
    if told is None:
        return
    heard = [one for one in sides.words if "status" in one.values]
    behind = any(one.authority > mine.authority and one.time >= mine.time for one in heard)
    if not behind and (seen is None or RANK[Status(told)] >= RANK[Status(seen)]):
        sides.merged.status = told
    backward = _backward(sides, heard)
    if backward is not None and (backward is mine or sides.merged.status not in {None, seen}):
        said = backward.values["status"]
        sides.clash("status", str(sides.held_status()), said, said=backward)


def _backward(sides: Sides, heard: Sequence[Said]) -> Said | None:
    """The newest word on the state, if it is one that is past, and as good a word as any."""
    sure = [one for one in heard if one.sure]
    seen = sides.merged.status or sides.current["platform_status"]
    if not sure or seen is None:
        return None
    newest = max(sure, key=lambda one: (one.time, one.authority, one.mark))
    most = max(one.authority for one in sure)
    return newest if newest.authority == most and RANK[Status(newest.values["status"])] < RANK[Status(seen)] else None


def _agrees(sides: Sides, name: str) -> bool:
    if any(clash.field == name for clash in sides.merged.clashes):
        return False
    if name == "status":
        return _backward(sides, [one for one in sides.words if "status" in one.values]) is None
    if name == "address":
        told = {part: sides.after.values[part] for part in ADDRESS if part in sides.after.values}
        return not sides.after.split and all(sides.held(part) == value for part, value in told.items())
    value = sides.after.get(name)
    return value is not None and name in sides.current and bool(value == sides.held(name))
