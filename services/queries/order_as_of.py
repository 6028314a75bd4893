"""An order as it was at a moment: today's rows with the trail taken back to there, beside what stands there today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.db.history import last_entry_at, shapes, state_of, steps_of
from services.db.reading import Reading
from services.domain.rewind import ERASED, Key, State, Step, back
from services.errors import NotFound

FIELDS = (
    "status", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode",
    "flag", "tags", "seller_memo", "buyer_message", "checked_at", "goods_amount", "discount", "freight", "payable", "paid", "refunded",
    "paid_at", "ship_by", "close_reason", "close_note",
)  # fmt: skip
"""Of the order, in the order in which they are read."""
LINE_FIELDS = ("sku_id", "quantity", "price", "payable", "paid", "refund_state")
DISCOUNT_FIELDS = ("amount",)
CASE_FIELDS = ("state", "amount", "freight", "reason", "fault")
_OF_ROWS = {"order_line": LINE_FIELDS, "discount": DISCOUNT_FIELDS, "after_sale": CASE_FIELDS}

_ORDER = "SELECT number, paid, refunded FROM orders WHERE id = ?"
_MONEY = "SELECT id, kind, amount FROM money_entry WHERE order_id = ? AND kind IN ('payment', 'refund')"
_PARCELS = """
SELECT p.id, p.carrier, p.carrier_name, p.tracking_number, p.shipped_at FROM parcel_order k JOIN parcel p ON p.id = k.parcel_id
WHERE k.order_id = ? AND p.state <> 'void' ORDER BY p.id
"""
_LISTINGS = "SELECT id, title, properties FROM listing WHERE id IN ({ids})"
_SKUS = "SELECT id, code FROM sku WHERE id IN ({ids})"


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """A field's two values as text, as the trail keeps them (codes, fen, ms); None is nothing. `erased`: what stood there was erased since."""

    field: str
    then: str | None
    now: str | None
    erased: bool = False

    @property
    def changed(self) -> bool:
        return self.erased or (self.then or "") != (self.now or "")


@dataclass(frozen=True, slots=True)
class RowThen:
    """A line, discount or after-sale. `table` is its table, `name` what it is called; without `there_then` it came later, without
    `there_now` it is gone."""

    table: str
    id: int
    name: str
    there_then: bool
    there_now: bool
    fields: tuple[ThenAndNow, ...]

    @property
    def changed(self) -> bool:
        return self.there_then != self.there_now or any(field.changed for field in self.fields)


@dataclass(frozen=True, slots=True)
class ParcelThen:
    id: int
    carrier: str
    carrier_name: str
    tracking_number: str
    shipped_at: int | None
    there_then: bool


@dataclass(frozen=True, slots=True)
class OrderThen:
    """`at` in ms UTC, `seq` the last entry of the trail by then. Without `there` the order was not in the shop yet: it came at `since`,
    None where no entry tells. `later` counts the order's own entries since."""

    order_id: int
    number: str
    at: int
    seq: int
    there: bool
    since: int | None
    later: int
    fields: tuple[ThenAndNow, ...]
    rows: tuple[RowThen, ...]
    parcels: tuple[ParcelThen, ...]

    @property
    def changes(self) -> int:
        """How many things are otherwise today."""
        return (
            sum(field.changed for field in self.fields)
            + sum(row.changed for row in self.rows)
            + sum(not parcel.there_then for parcel in self.parcels)
        )


@dataclass(frozen=True, slots=True)
class OrderAsOf:
    """Query: the order at the end of the moment `at` (ms UTC), as far as the shop knew it then. Raises NotFound("order_not_found").

    Paid and refunded are what was booked here by then. Lines of an import that was taken back since are not told: it left no values.
    """

    order_id: int
    at: int

    def run(self, reading: Reading) -> OrderThen:
        rows = reading.sql(_ORDER, (self.order_id,))
        if not rows:
            raise NotFound("order_not_found", number=str(self.order_id))
        number, paid, refunded = rows[0]
        seq = last_entry_at(reading, self.at)
        steps = steps_of(reading, self.order_id, seq)
        now = state_of(reading, self.order_id)
        then = back({key: dict(row) for key, row in now.items()}, steps, shapes())
        here = ("orders", self.order_id)
        booked = self._booked(reading, steps, paid)
        born = next((step for step in steps if step.key == here and step.field is None), None)
        named = _names(reading, [now, then])
        there = here in then
        return OrderThen(
            self.order_id,
            number,
            self.at,
            seq,
            there,
            born.at if born is not None else None,
            sum(not step.bulk for step in steps),
            _fields(then.get(here), now.get(here), booked, {"paid": paid, "refunded": refunded}) if there else (),
            tuple(_row(key, then.get(key), now.get(key), named) for key in _keys(now, then)) if there else (),
            self._parcels(reading) if there else (),
        )

    def _booked(self, reading: Reading, steps: Sequence[Step], paid: int | None) -> Mapping[str, int | None]:
        later = {step.key[1] for step in steps if step.bulk and step.key[0] == "money_entry"}
        sums = {"payment": 0, "refund": 0}
        for row_id, kind, amount in reading.sql(_MONEY, (self.order_id,)):
            if row_id not in later:
                sums[kind] += amount
        return {"paid": None if paid is None else sums["payment"], "refunded": -sums["refund"]}

    def _parcels(self, reading: Reading) -> tuple[ParcelThen, ...]:
        return tuple(ParcelThen(*(*row, row[-1] is None or row[-1] <= self.at)) for row in reading.sql(_PARCELS, (self.order_id,)))


def _text(value: Any) -> str | None:
    return None if value is None else str(int(value)) if isinstance(value, bool) else str(value)


def _pair(name: str, then: Any, now: Any) -> ThenAndNow:
    return ThenAndNow(name, None if then is ERASED else _text(then), _text(now), then is ERASED)


def _fields(then: Mapping[str, Any] | None, now: Mapping[str, Any] | None, *sums: Mapping[str, int | None]) -> tuple[ThenAndNow, ...]:
    before, after = {**(then or {}), **sums[0]}, {**(now or {}), **sums[1]}
    return tuple(_pair(name, before.get(name), after.get(name)) for name in FIELDS)


def _keys(now: State, then: State) -> list[Key]:
    order = list(_OF_ROWS)

    def place(key: Key) -> tuple[int, int, int]:
        row = then.get(key) or now[key]
        return order.index(key[0]), int(row.get("position") or 0), key[1]

    return sorted({key for key in (*now, *then) if key[0] in _OF_ROWS}, key=place)


def _row(key: Key, then: Mapping[str, Any] | None, now: Mapping[str, Any] | None, named: _Named) -> RowThen:
    table, row_id = key
    fields = tuple(_pair(name, (then or {}).get(name), (now or {}).get(name)) for name in _OF_ROWS[table])
    if table == "order_line":
        fields = tuple(named.sku(one) if one.field == "sku_id" else one for one in fields)
    if then is None or now is None:  # all of it is new, or gone: each field alone says nothing
        fields = tuple(ThenAndNow(one.field, one.then if then else one.now, one.then if then else one.now) for one in fields)
    return RowThen(table, row_id, named.row(table, row_id, then or now or {}), then is not None, now is not None, fields)


class _Named:
    """What lines are called."""

    def __init__(self, listings: Mapping[int, str], skus: Mapping[int, str]) -> None:
        self._listings, self._skus = listings, skus

    def row(self, table: str, row_id: int, row: Mapping[str, Any]) -> str:
        makers: dict[str, Callable[[], str]] = {
            "order_line": lambda: self._listings.get(row.get("listing_id") or 0, str(row.get("number") or row_id)),
            "discount": lambda: str(row.get("name") or ""),
            "after_sale": lambda: f"C{row_id}",
        }
        return makers[table]()

    def sku(self, one: ThenAndNow) -> ThenAndNow:
        then, now = (self._skus.get(int(text), text) if text and text.isdecimal() else text for text in (one.then, one.now))
        return ThenAndNow(one.field, then, now, one.erased)


def _names(reading: Reading, states: Sequence[State]) -> _Named:
    lines = [row for state in states for key, row in state.items() if key[0] == "order_line"]

    def ids(name: str) -> list[int]:
        return sorted({row[name] for row in lines if isinstance(row.get(name), int)})

    listings = {row_id: " ".join(filter(None, told)) for row_id, *told in reading.each(_LISTINGS, ids("listing_id"))}
    return _Named(listings, dict(reading.each(_SKUS, ids("sku_id"))))
