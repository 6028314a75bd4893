"""A file's lines against those that an order has: which are new, which changed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from services.imports.merge import Clash
from services.imports.records import LineRecord
from services.imports.said import same_time
from services.money import write_amount


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line as the shop has it, with the words of its listing. Columns of order_line by their names."""

    id: int
    number: str
    quantity: int
    price: int
    payable: int | None
    paid: int | None
    refunded: int
    refund_state: str
    refund_asked: int | None
    platform_status: str | None
    shipped_at: int | None
    parcel_carrier: str
    parcel_number: str
    shipped: int
    cancelled: int
    reserved: int
    code: str
    item_id: str
    properties: str
    title: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Files that told of an order's lines and know better than this one: their kinds, and all that they know."""

    kinds: frozenset[str]
    knows: frozenset[str]


@dataclass(slots=True)
class MergedLines:
    """`called_off`: lines refunded before they were sent; `sent`: lines that the platform says have left; `named`: lines whose goods
    the file names better (an item id, a merchant code) than what told them first; `agreed`: lines whose quantity it tells as it is."""

    new: list[LineRecord] = field(default_factory=list)
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    called_off: list[int] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    named: dict[int, LineRecord] = field(default_factory=dict)
    agreed: set[int] = field(default_factory=set)


Goods = Sequence[tuple[int, int]]
"""Units and price of each line, fen."""


def merge_lines(
    order: str,
    lines: Sequence[LineRecord],
    known: Sequence[KnownLine],
    knows: frozenset[str],
    behind: Behind | None = None,
    amended_from: Goods | None = None,
) -> MergedLines:
    """Pair lines by the platform's number, else by goods, quantity and price; a line that the file lacks stays.

    Where the file is `behind`, it only adds what is not there. What a goods list tells of a line's own money counts before a list
    of sold goods, whichever is newer. `amended_from`: goods and prices were changed here and approved, from these; then what becomes of
    the lines is taken over, but which goods, how many and at what price is a conflict where the file tells a third thing.
    """
    merged = MergedLines()
    if amended_from is not None:
        _beside(order, lines, known, knows, amended_from, merged)
        return merged
    left = list(known)
    for line in lines:
        match = _pair(line, left)
        if match is None:
            merged.new.append(line)
            continue
        left.remove(match)
        if behind is not None:
            _fill(line, match, merged, knows, behind)
        else:
            _compare(order, line, match, knows, merged)
    return merged


_OF_GOODS = frozenset({"price", "quantity", "payable", "paid"})


def _beside(
    order: str, lines: Sequence[LineRecord], known: Sequence[KnownLine], knows: frozenset[str], before: Goods, merged: MergedLines
) -> None:
    """Lines that a person changed: their state and refunds are the platform's, their goods and prices are not."""
    left, aside = list(known), MergedLines()
    for line in lines:
        match = _pair(line, left)
        if match is not None:
            left.remove(match)
            _compare(order, line, match, knows, aside)
    merged.called_off, merged.sent = aside.called_off, aside.sent
    for line_id, values in aside.changes.items():
        taken = {name: value for name, value in values.items() if name not in _OF_GOODS}
        if taken:
            merged.changes[line_id] = taken
    told = [(line.quantity, line.price) for line in lines]
    if not (_says(told, before) or _says(told, [(one.quantity, one.price) for one in known])):
        theirs = goods_words([(line.title or line.code or "", line.quantity, line.price) for line in lines])
        merged.clashes.append(Clash(order, LINES, goods_words([(one.title, one.quantity, one.price) for one in known]), theirs))


def _says(told: Sequence[tuple[int, int | None]], goods: Goods) -> bool:
    """Whether a file tells these goods; prices count where it tells all of them."""
    prices = [price for _units, price in told if price is not None]
    if len(prices) < len(told):
        return sorted(units for units, _price in told) == sorted(units for units, _price in goods)
    return sorted(zip((units for units, _price in told), prices, strict=True)) == sorted(goods)


LINES = "lines"
"""The field of a conflict about an order's goods as a whole."""


def goods_words(goods: Sequence[tuple[str, int, int | None]]) -> str:
    """`马克杯 ×2 12.00, …`: what a person compares."""
    return ", ".join(f"{title} ×{units}" + (f" {write_amount(price)}" if price is not None else "") for title, units, price in goods)


def _fill(line: LineRecord, known: KnownLine, merged: MergedLines, knows: frozenset[str], behind: Behind) -> None:
    """What newer files left open."""
    own_money = "freight_in_line" in behind.knows - knows and "lines" not in behind.kinds
    names = ["number", "payable", "paid", "shipped_at"]
    if "refund_state" not in behind.knows:
        names += ["refund_state", "refund_asked"]
    changes: dict[str, Any] = {}
    for name in names:
        value, ours = getattr(line, name), getattr(known, name)
        if value not in {None, ""} and (ours in {None, ""} or (name == "paid" and own_money and line.number and value and value != ours)):
            changes[name] = value
    if line.refunded is not None and line.refunded > known.refunded:
        changes["refunded"] = line.refunded
    if line.status is not None and known.platform_status is None:
        changes["platform_status"] = line.status
    if line.parcel is not None and not known.parcel_number:
        changes |= {"parcel_carrier": line.parcel.carrier, "parcel_number": line.parcel.number}
    _name(line, known, merged)
    if changes:
        merged.changes[known.id] = changes


def _pair(line: LineRecord, left: Sequence[KnownLine]) -> KnownLine | None:
    if line.number:
        found = next((one for one in left if one.number == line.number), None)
        if found is not None:
            return found
    free = [one for one in left if not one.number or not line.number]
    alike = [one for one in free if _same_goods(line, one)]
    exact = [one for one in alike if (one.quantity, one.price) == (line.quantity, line.price)]
    return next(iter(exact or alike), None)


def _same_goods(line: LineRecord, one: KnownLine) -> bool:
    if line.code and one.code and line.code != one.code:
        return False
    return (line.title or "", line.properties or "") == (one.title, one.properties)


def _compare(order: str, line: LineRecord, known: KnownLine, knows: frozenset[str], merged: MergedLines) -> None:
    changes: dict[str, Any] = {}
    for name in ("number", "price", "payable", "paid", "refund_asked", "refund_state"):
        value = getattr(line, name)
        if value is None or value == getattr(known, name):
            continue
        # A list of sold goods puts the freight into the first line; what a goods list told of the line itself stays.
        if name == "paid" and "freight_in_line" in knows and known.number and known.paid:
            continue
        changes[name] = value
    # What a case here gave back is never taken back by a file that does not know of it yet, as for the order's own sum.
    if line.refunded is not None and line.refunded > known.refunded:
        changes["refunded"] = line.refunded
    if "refund_state" in knows and line.refund_state is None and known.refund_state:
        changes["refund_state"] = ""
    if "refund_state" in knows and line.refund_asked is None and known.refund_asked is not None:
        changes["refund_asked"] = None
    if line.status is not None and line.status != known.platform_status:
        changes["platform_status"] = line.status
    if line.shipped_at is not None and not same_time(line.shipped_at, known.shipped_at):
        changes["shipped_at"] = line.shipped_at
    if line.parcel is not None and (known.parcel_carrier, known.parcel_number) != (line.parcel.carrier, line.parcel.number):
        changes |= {"parcel_carrier": line.parcel.carrier, "parcel_number": line.parcel.number}
    if line.quantity != known.quantity:
        if known.reserved or known.shipped or known.cancelled:
            merged.clashes.append(Clash(order, "quantity", str(known.quantity), str(line.quantity), str(line.quantity), known.id))
        else:
            changes["quantity"] = line.quantity
    else:
        merged.agreed.add(known.id)
    _name(line, known, merged)
    owed = known.quantity - known.shipped - known.cancelled
    if owed and called_off(line):
        merged.called_off.append(known.id)
    elif owed and line.status in {"shipped", "completed"}:
        merged.sent.append(known.id)
    if changes:
        merged.changes[known.id] = changes


def _name(line: LineRecord, known: KnownLine, merged: MergedLines) -> None:
    if (line.item_id and not known.item_id) or (line.code and not known.code):
        item, code = line.item_id or known.item_id, line.code or known.code
        merged.named[known.id] = line._replace(title=known.title, properties=known.properties, item_id=item, code=code)


def called_off(line: LineRecord) -> bool:
    """Refunded and closed before it was sent: its units are no longer owed."""
    return line.status == "closed" and line.shipped_at is None and (line.refund_state == "refunded" or bool(line.refunded))
