"""Units set aside, given back, taken out and put in: the one place that moves stock (domain.md, stock).

`stock_level`, the open reservations and the lines' counts are always changed together here. All functions take sets;
none commits. Lines are judged by what they still want: quantity − cancelled − shipped − reserved.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.db.reading import id_list
from services.db.schema import OrderLine, Reservation, StockLevel, StockMovement
from services.db.uow import UnitOfWork
from services.domain.allocation import NO_DEADLINE, Demand, allocate, value_of
from services.settings import DEFAULTS

# 0 for a priority customer's order, 1 for the others; whose they are, the setting says.
_RANK = f"""coalesce((SELECT c.tier NOT IN (SELECT p.value FROM json_each(coalesce(
  (SELECT value FROM setting WHERE name = 'priority_tiers'), '{json.dumps(DEFAULTS["priority_tiers"])}')) p)
  FROM customer c WHERE c.id = o.customer_id), 1)"""  # noqa: S608 (constants)
_WAITING = f"""
SELECT l.id, l.order_id, l.sku_id, l.quantity - l.cancelled - l.shipped - l.reserved, l.reserved, l.shortage, o.ship_by, {_RANK}
FROM order_line l JOIN orders o ON o.id = l.order_id JOIN sku s ON s.id = l.sku_id
WHERE o.status = 'awaiting_shipment' AND s.virtual = 0 AND {{where}}
"""  # noqa: S608 (constants)
_BY_ORDER = _WAITING.replace("{where}", "l.order_id IN ({ids})")
_BY_SKU = _WAITING.replace("{where}", "l.shortage > 0 AND l.sku_id IN ({ids})")
_OPEN = "SELECT id, line_id, sku_id, quantity FROM reservation WHERE state = 'open' AND line_id IN ({ids}) ORDER BY id"
_LEVELS = "SELECT sku_id, on_hand, reserved, value, damaged FROM stock_level WHERE sku_id IN ({ids})"


@dataclass(slots=True)
class Level:
    """One SKU's stock while a command works on it."""

    on_hand: int = 0
    reserved: int = 0
    value: int = 0
    damaged: int = 0

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


def load_levels(uow: UnitOfWork, sku_ids: Iterable[int]) -> dict[int, Level]:
    """Levels of the SKUs whose stock has begun."""
    return {row[0]: Level(*row[1:]) for row in uow.each(_LEVELS, id_list(sku_ids))}


def save_levels(uow: UnitOfWork, levels: Mapping[int, Level]) -> None:
    """Write levels back; a SKU without a row gets one: its stock begins now."""
    known = {row[0] for row in uow.each("SELECT sku_id FROM stock_level WHERE sku_id IN ({ids})", id_list(levels))}
    rows = {
        sku_id: {"on_hand": level.on_hand, "reserved": level.reserved, "value": level.value, "damaged": level.damaged}
        for sku_id, level in levels.items()
    }
    uow.change(StockLevel, {sku_id: row for sku_id, row in rows.items() if sku_id in known})
    uow.append(StockLevel, [{"sku_id": sku_id, **row} for sku_id, row in rows.items() if sku_id not in known])


def reserve(uow: UnitOfWork, order_ids: Iterable[int]) -> None:
    """Set aside for these orders what is available and note what is short. Orders not awaiting shipment are passed over."""
    _allocate(uow, list(uow.each(_BY_ORDER, id_list(order_ids))))


def refill(uow: UnitOfWork, sku_ids: Iterable[int]) -> set[int]:
    """Fill shortages of these SKUs in deadline order, priority customers first, as when goods came in. Returns the orders that got any."""
    return _allocate(uow, list(uow.each(_BY_SKU, id_list(sku_ids))))


def _allocate(uow: UnitOfWork, waiting: list[tuple[Any, ...]]) -> set[int]:
    if not waiting:
        return set()
    levels = load_levels(uow, (row[2] for row in waiting))
    demands = [
        Demand(rank, ship_by if ship_by is not None else NO_DEADLINE, order_id, line_id, sku_id, wanted)
        for line_id, order_id, sku_id, wanted, _reserved, _shortage, ship_by, rank in waiting
        if wanted > 0
    ]
    given = allocate(demands, {sku_id: level.available for sku_id, level in levels.items()})
    lines: dict[int, dict[str, Any]] = {}
    rows = []
    served = set()
    for line_id, order_id, sku_id, wanted, reserved, _shortage, _ship_by, _rank in waiting:
        units = given.get(line_id, 0)
        lines[line_id] = {"reserved": reserved + units, "shortage": wanted - units}
        if units:
            rows.append({"line_id": line_id, "sku_id": sku_id, "quantity": units, "state": "open", "opened_at": uow.now})
            levels[sku_id].reserved += units
            served.add(order_id)
    uow.append(Reservation, rows)
    uow.change(OrderLine, lines)
    if rows:
        save_levels(uow, levels)
    return served


def release(uow: UnitOfWork, order_ids: Iterable[int]) -> set[int]:
    """Give back all that is set aside for these orders. Returns the SKUs with units free again; `refill` them when done."""
    lines = list(uow.each("SELECT id, reserved, shortage FROM order_line WHERE order_id IN ({ids})", id_list(order_ids)))
    freed = release_lines(uow, {line_id: reserved for line_id, reserved, _shortage in lines if reserved})
    uow.change(OrderLine, {line_id: {"shortage": 0} for line_id, _reserved, shortage in lines if shortage})
    return freed


def release_lines(uow: UnitOfWork, units: Mapping[int, int]) -> set[int]:
    """Give back so many units of each line's reservations; the newest reservations first. Shortages are the caller's."""
    closed = _close(uow, units, "released")
    levels = load_levels(uow, (sku_id for sku_id, _units in closed.values()))
    for sku_id, count in closed.values():
        levels[sku_id].reserved -= count
    if closed:
        save_levels(uow, levels)
    return {sku_id for sku_id, _units in closed.values()}


def _close(uow: UnitOfWork, units: Mapping[int, int], state: str) -> dict[int, tuple[int, int]]:
    """End reservations for so many units a line: {line: (sku, units)}. A reservation ended in part is split in two."""
    left = dict(units)
    closed: dict[int, tuple[int, int]] = {}
    changes: dict[int, dict[str, Any]] = {}
    rest = []
    for row_id, line_id, sku_id, quantity in reversed(list(uow.each(_OPEN, id_list(units)))):
        taken = min(quantity, left.get(line_id, 0))
        if not taken:
            continue
        left[line_id] -= taken
        closed[line_id] = (sku_id, closed.get(line_id, (sku_id, 0))[1] + taken)
        changes[row_id] = {"quantity": taken, "state": state, "closed_at": uow.now}
        if taken < quantity:
            rest.append({"line_id": line_id, "sku_id": sku_id, "quantity": quantity - taken, "state": "open", "opened_at": uow.now})
    if any(left.values()):
        raise AssertionError(f"reservations short of what lines say: {left}")
    uow.change(Reservation, changes)
    uow.append(Reservation, rest)
    if closed:
        kept = dict(uow.each("SELECT id, reserved FROM order_line WHERE id IN ({ids})", id_list(closed)))
        uow.change(OrderLine, {line_id: {"reserved": kept[line_id] - count} for line_id, (_sku, count) in closed.items()})
    return closed


@dataclass(frozen=True, slots=True)
class Taking:
    """Units of a line that leave the house, all of them reserved for it before."""

    line_id: int
    order_id: int
    units: int
    parcel_id: int | None


def deduct(uow: UnitOfWork, takings: Iterable[Taking], batch_id: int | None = None) -> dict[int, int]:
    """Take reserved units off the ledger; returns each line's cost in fen, by moving average."""
    taken = list(takings)
    closed = _close(uow, {taking.line_id: taking.units for taking in taken}, "consumed")
    levels = load_levels(uow, (sku_id for sku_id, _units in closed.values()))
    costs: dict[int, int] = {}
    rows = []
    for taking in taken:
        sku_id, units = closed[taking.line_id]
        level = levels[sku_id]
        value = value_of(units, level.on_hand, level.value)
        level.on_hand -= units
        level.reserved -= units
        level.value -= value
        costs[taking.line_id] = value
        rows.append(
            {
                "sku_id": sku_id,
                "kind": "shipment",
                "quantity": -units,
                "value": -value,
                "at": uow.now,
                "order_id": taking.order_id,
                "line_id": taking.line_id,
                "parcel_id": taking.parcel_id,
                "batch_id": batch_id,
            }
        )
    uow.append(StockMovement, rows)
    if rows:
        save_levels(uow, levels)
    return costs


@dataclass(frozen=True, slots=True)
class Coming:
    """Units that come in (+) or are written off (−) for a SKU; value in fen, signed alike."""

    sku_id: int
    kind: str
    units: int
    value: int
    note: str = ""
    order_id: int | None = None
    line_id: int | None = None
    case_id: int | None = None
    batch_id: int | None = None
    damaged: int = 0


def put(uow: UnitOfWork, comings: Iterable[Coming]) -> set[int]:
    """Book units in or out and serve who waits for them. Returns the orders whose shortage changed.

    Where fewer units remain than are set aside, the reservations of the latest deadlines give way first, priority customers' last.
    """
    listed = list(comings)
    sku_ids = {coming.sku_id for coming in listed}
    levels = load_levels(uow, sku_ids)
    rows = []
    for coming in listed:
        level = levels.setdefault(coming.sku_id, Level())
        level.damaged += coming.damaged
        if not coming.units:
            continue
        level.on_hand += coming.units
        level.value += coming.value
        rows.append(
            {
                "sku_id": coming.sku_id,
                "kind": coming.kind,
                "quantity": coming.units,
                "value": coming.value,
                "at": uow.now,
                "order_id": coming.order_id,
                "line_id": coming.line_id,
                "case_id": coming.case_id,
                "batch_id": coming.batch_id,
                "note": coming.note,
            }
        )
    touched = set()
    for sku_id in sorted(sku_ids):
        over = levels[sku_id].reserved - levels[sku_id].on_hand
        if over > 0:
            touched |= _give_way(uow, sku_id, over)
            levels[sku_id].reserved -= over
    uow.append(StockMovement, rows)
    save_levels(uow, levels)
    return touched | refill(uow, sku_ids)


def recount(uow: UnitOfWork, levels: Mapping[int, Level]) -> set[int]:
    """Save levels that were counted anew from ledger and reservations. Where more is set aside than lies there, the latest deadlines
    give way. Returns the orders that fell short."""
    touched: set[int] = set()
    over = {sku_id: level.reserved - level.on_hand for sku_id, level in levels.items() if level.reserved > level.on_hand}
    save_levels(uow, {sku_id: replace(levels[sku_id], on_hand=levels[sku_id].reserved) for sku_id in over})
    for sku_id, units in sorted(over.items()):
        touched |= _give_way(uow, sku_id, units)
        levels[sku_id].reserved -= units
    save_levels(uow, levels)
    return touched


_HOLDERS = f"""
SELECT l.id, l.order_id, l.reserved, l.shortage FROM order_line l JOIN orders o ON o.id = l.order_id
WHERE l.sku_id = ? AND l.reserved > 0 ORDER BY {_RANK} DESC, o.ship_by IS NULL DESC, o.ship_by DESC, o.id DESC, l.id DESC
"""  # noqa: S608 (constants)


def _give_way(uow: UnitOfWork, sku_id: int, units: int) -> set[int]:
    """Turn `units` of reservations into shortage, before the level shrinks below them."""
    orders = set()
    for line_id, order_id, reserved, shortage in uow.sql(_HOLDERS, (sku_id,)):
        if units <= 0:
            break
        taken = min(units, reserved)
        units -= taken
        release_lines(uow, {line_id: taken})
        uow.change(OrderLine, {line_id: {"shortage": shortage + taken}})
        orders.add(order_id)
    return orders
