"""The only place that sets an order's status: moves with their stamps and stock effects (domain.md, orders)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.clock import day_of
from services.commands.approvals import withdraw_waiting
from services.commands.caches import refresh_orders
from services.commands.reserving import Taking, deduct, refill, release, reserve
from services.db.reading import id_list
from services.db.schema import Order, OrderLine
from services.db.uow import UnitOfWork
from services.domain.order_states import Move, Status, StockEffect, move_between, way
from services.errors import Refused

_STAMPS = "SELECT id, status, paid_at, shipped_at, completed_at, closed_at, number FROM orders WHERE id IN ({ids})"


def born(values: Mapping[str, Any], status: str) -> dict[str, Any]:
    """Values of a new order row in the state it is first seen in. Stock effects are the caller's: `reserve` what waits."""
    return {**values, "status": Status(status).value}


def move_orders(uow: UnitOfWork, order_ids: Sequence[int], target: Status, *, values: Mapping[str, Any] | None = None) -> None:
    """Move orders one step, by a person or a rule whose guards have been asked; `values` go with it (a reason).

    Raises Refused("illegal_move") for a step that is not in the table. Shipping takes its units off beforehand
    (services.commands.parcels): DEDUCT here finds nothing left to take.
    """
    by_move: dict[Move, list[int]] = defaultdict(list)
    for order_id, status, *_stamps, number in uow.each(_STAMPS, id_list(order_ids)):
        move = move_between(Status(status), target)
        if move is None or move.platform_only:
            raise Refused("illegal_move", number=number, source=status, target=target.value)
        by_move[move].append(order_id)
    for move, ids in by_move.items():
        _step(uow, move, {order_id: {move.stamp: uow.now, **(values or {})} for order_id in ids})


@dataclass(frozen=True, slots=True)
class Observed:
    """What a platform's file says of an order: its state there, and the times it gives (column: ms)."""

    status: Status
    times: Mapping[str, int] = field(default_factory=dict)


def observe(uow: UnitOfWork, seen: Mapping[int, Observed], batch_id: int | None = None) -> dict[int, str]:
    """Walk orders to the state that a file shows, with effects but without guards; {order: state kept} where it can't follow.

    What was done here is never undone: a file that is behind changes nothing and is returned as such. The caller
    keeps `platform_status`.
    """
    behind: dict[int, str] = {}
    steps: dict[Move, dict[int, dict[str, Any]]] = defaultdict(dict)
    walks: dict[tuple[Move, ...], list[int]] = defaultdict(list)
    for order_id, status, *_stamps in uow.each(_STAMPS, id_list(seen)):
        walked = way(Status(status), seen[order_id].status)
        if walked is None:
            behind[order_id] = status
        elif walked:
            walks[walked].append(order_id)
    for walked, ids in walks.items():
        for move in walked:
            steps.clear()
            for order_id in ids:
                at = seen[order_id].times.get(move.stamp)
                # A platform's file may not tell when; the moment of looking is the honest stamp, except for a payment:
                # paid_at counts for deadlines and is the file's alone.
                steps[move][order_id] = {move.stamp: at if at is not None else (None if move.stamp == "paid_at" else uow.now)}
            _step(uow, move, steps[move], batch_id, observed=True)
    return behind


def put_back(uow: UnitOfWork, orders: Mapping[int, Mapping[str, Any]]) -> None:
    """Set orders to the state and the times that they had before an import that is taken back (services.commands.undo_import): no move
    of the trade, so no guard is asked; stock and money are the caller's. Every field leaves its entry."""
    uow.change(Order, orders, moving=True)


def _step(
    uow: UnitOfWork, move: Move, values: Mapping[int, Mapping[str, Any]], batch_id: int | None = None, *, observed: bool = False
) -> None:
    ids = list(values)
    changes: dict[int, dict[str, Any]] = {}
    for order_id, given in values.items():
        row = dict(given)
        if row.get("paid_at") is not None:
            row["paid_day"] = day_of(row["paid_at"], uow.shop.zone)
        if "paid_at" in row and row["paid_at"] is None:
            del row["paid_at"]
        changes[order_id] = {"status": move.target.value, **row}
    freed: set[int] = set()
    if move.stock is StockEffect.DEDUCT and observed:
        _send_observed(uow, ids, batch_id)
    uow.change(Order, changes, moving=True)
    if move.stock is StockEffect.RESERVE:
        reserve(uow, ids)
    elif move.stock is StockEffect.RELEASE or (move.target is Status.SHIPPED):
        freed = release(uow, ids)
    if move.target not in {Status.AWAITING_PAYMENT, Status.AWAITING_SHIPMENT}:
        withdraw_waiting(uow, ids, move.target.value)
    refresh_orders(uow, ids)
    if freed:
        refresh_orders(uow, refill(uow, freed))


def _send_observed(uow: UnitOfWork, order_ids: Sequence[int], batch_id: int | None) -> None:
    """The platform says it was sent: what is set aside here leaves; what was short leaves no trace in stock."""
    lines = list(
        uow.each("SELECT id, order_id, reserved, quantity - cancelled FROM order_line WHERE order_id IN ({ids})", id_list(order_ids))
    )
    costs = deduct(uow, [Taking(line_id, order_id, reserved, None) for line_id, order_id, reserved, _due in lines if reserved], batch_id)
    values: dict[int, dict[str, Any]] = {}
    for line_id, _order_id, reserved, due in lines:
        values[line_id] = {"shipped": due, "shortage": 0}
        if line_id in costs:
            values[line_id]["unit_cost"] = costs[line_id] // reserved
    uow.change(OrderLine, values)
