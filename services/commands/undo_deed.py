"""One's own last deeds taken back, and done again: a new edit with entries of its own, that puts the values back (domain.md, audited edits).

What stood before is in the trail; services.undoing looks whether it can still be put back. An undo of an undo does the deed again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Integer, Table

from services.access import OWNERS_ALONE
from services.commands.caches import refresh_orders
from services.commands.checking import blocked
from services.commands.import_conflicts import settle_conflicts
from services.commands.reserving import refill, release_lines, reserve
from services.db.base import Base
from services.db.dialect import primary_key
from services.db.schema import Customer, Listing, Order, OrderGroup, OrderLine
from services.db.uow import UnitOfWork, table_of
from services.domain.permissions import NEEDS
from services.errors import Refused
from services.undoing import ADDRESS, ROWS, UndoPlan, plan_undo

STEP = 2_000
"""Orders put back between two looks at progress and cancel; all of them are one transaction."""
_MODELS: Mapping[str, type[Base]] = {table_of(mapper.class_).name: mapper.class_ for mapper in Base.registry.mappers}
_BY_HAND = frozenset({"listing", "customer"})
"""Rows that a deed brought along: they go only where nothing else uses them by now."""
_UNUSED = {
    Listing: "SELECT id FROM listing g WHERE id IN ({ids}) AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.listing_id = g.id)",
    Customer: "SELECT id FROM customer c WHERE id IN ({ids}) AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)",
}
_NOW = "SELECT id, locked, phone, tel FROM orders WHERE id IN ({ids})"
_CHECKS = """
SELECT order_id, new, actor FROM audit_entry
WHERE order_id IN ({ids}) AND entity = 'orders' AND field = 'checked_at' AND new IS NOT NULL ORDER BY seq DESC
"""
_HELD = "SELECT id, reserved, order_id FROM order_line WHERE id IN ({ids})"


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, or (`again`) done again: the deed's action, the orders' fields and how many orders."""

    deed: str
    fields: tuple[str, ...]
    orders: int
    again: bool


@dataclass(frozen=True, slots=True)
class UndoDeed:
    """Take back what entries `first` to `last` of the trail say that one command of the same person did (services.outcome.DeedSpan).

    All of it or nothing, under the rules of the edit itself: locks that it set are taken off again, conflicts that it settled are open
    again, a check that it took away is back. Raises what services.undoing.plan_undo raises, Refused("not_permitted") for a deed that
    the person may not do any more, and Refused("undo_blocked") for a check of an order that something keeps by now.
    """

    first: int
    last: int

    def apply(self, uow: UnitOfWork) -> Undone:
        plan = plan_undo(uow, self.first, self.last, uow.actor, uow.viewer.hidden)
        uow.viewer.must(NEEDS.get(plan.deed, OWNERS_ALONE))
        if ADDRESS.intersection(plan.fields):
            uow.viewer.must("edit_address")
        if not (uow.reason or "").strip():
            uow.reason = f"#{self.first}"
        done = Undone(plan.deed, plan.fields, len(plan.order_ids), plan.again)
        told = {"action": done.deed, "fields": list(done.fields), "orders": done.orders, "again": done.again, "first": self.first}
        uow.note("deed", self.first, None, None, None, json.dumps(told, ensure_ascii=False, separators=(",", ":")))
        _put_back(uow, plan)
        return done


def _put_back(uow: UnitOfWork, plan: UndoPlan) -> None:
    lines = plan.changed.get("order_line", {})
    stock = [line_id for line_id, row in lines.items() if "sku_id" in row]
    held = list(uow.each(_HELD, sorted(stock)))
    freed = release_lines(uow, {line_id: reserved for line_id, reserved, _order in held if reserved})
    for name in reversed([name for name in ROWS if name not in _BY_HAND]):
        uow.remove(_MODELS[name], list(reversed(plan.made.get(name, {}))))
    for name in ROWS:
        for row_id, row in _outer_first(plan.gone.get(name, {})):
            uow.append(_MODELS[name], [_row(table_of(_MODELS[name]), row_id, row)])
    for name, rows in plan.changed.items():
        if name == "import_conflict":
            _reopen(uow, rows)
        elif name != "orders":
            _change(uow, name, rows, plan)
    _orders(uow, plan)
    _drop_unused(uow, plan)
    if "order_group" in plan.made or "order_group" in plan.gone:
        _close_ranks(uow)
    orders = {order_id for _line, _reserved, order_id in held}
    orders |= {order_id for (name, _id), order_id in plan.order_of.items() if name == "order_line"}
    if stock:
        uow.change(OrderLine, {line_id: {"shortage": 0} for line_id in stock})  # goods that nobody knows are not short
        reserve(uow, sorted(orders))
    refresh_orders(uow, {*orders, *(refill(uow, freed) if freed else ())})
    settle_conflicts(uow, plan.order_ids)
    if "customer" in plan.changed:
        buyers = sorted(plan.changed["customer"])
        uow.touch("orders", [row[0] for row in uow.each("SELECT id FROM orders WHERE customer_id IN ({ids}) LIMIT 1000", buyers)])


def _outer_first(rows: Mapping[int, Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    """A folder before what lies in it."""
    found: dict[int, Mapping[str, Any]] = {}
    while len(found) < len(rows):
        found |= {
            row_id: row for row_id, row in rows.items() if row_id not in found and row.get("parent_id") not in rows.keys() - found.keys()
        }
    return list(found.items())


def _orders(uow: UnitOfWork, plan: UndoPlan) -> None:
    """Values of orders, and the locks that went with them; in steps, for there may be very many."""
    rows = plan.changed.get("orders", {})
    ids = sorted({*rows, *plan.locks})
    table = table_of(Order)
    many = len(ids) > STEP and not plan.made and not plan.gone
    for start in range(0, len(ids), STEP):
        part = ids[start : start + STEP]
        checked = [order_id for order_id in part if "checked_at" in rows.get(order_id, {})]
        checkers = _checkers(uow, [order_id for order_id in checked if rows[order_id]["checked_at"][0] is not None])
        changes: dict[int, dict[str, Any]] = {}
        for order_id, locked, phone, tel in uow.each(_NOW, part):
            values = {name: _typed(table, name, before) for name, (before, _after) in rows.get(order_id, {}).items()}
            if values.keys() & {"phone", "tel"}:
                phone, tel = values.get("phone", phone), values.get("tel", tel)
                # As whoever wrote it had it: an order made by hand may be found by the end of its landline.
                values["phone_tail"] = (phone or (tel.split("-")[-1] if plan.deed == "edit_manual_order" else ""))[-4:]
            if "checked_at" in values:
                values["checked_by"] = checkers.get((order_id, values["checked_at"]), uow.actor) if values["checked_at"] is not None else ""
            if order_id in plan.locks:
                came, went = plan.locks[order_id]
                values["locked"] = ",".join(sorted(({*filter(None, locked.split(","))} - came) | went))
            changes[order_id] = values
        uow.change(Order, changes)
        if addressed := [order_id for order_id in part if ADDRESS.intersection(rows.get(order_id, {}))]:
            refresh_orders(uow, addressed)
        back = [order_id for order_id in checked if changes[order_id]["checked_at"] is not None]
        uow.keep_checks(back)
        if kept := blocked(uow, back):
            order_id, blocker = kept
            raise Refused("undo_blocked", number=uow.sql("SELECT number FROM orders WHERE id = ?", (order_id,))[0][0], blocker=blocker)
        if many:
            uow.flush_trail()
        uow.progress.step(start + len(part), len(ids), "changed")


def _checkers(uow: UnitOfWork, order_ids: list[int]) -> dict[tuple[int, int], str]:
    """Who set each check at first: the same moment may have been put back since by somebody else."""
    return {(order_id, int(at)): actor for order_id, at, actor in uow.each(_CHECKS, order_ids)}


def _change(uow: UnitOfWork, name: str, rows: Mapping[int, Mapping[str, tuple[str | None, str | None]]], plan: UndoPlan) -> None:
    table = table_of(_MODELS[name])
    orders = {row_id: order_id for (entity, row_id), order_id in plan.order_of.items() if entity == name}
    changes = {row_id: {column: _typed(table, column, before) for column, (before, _after) in row.items()} for row_id, row in rows.items()}
    uow.change(_MODELS[name], changes, orders=orders)


def _reopen(uow: UnitOfWork, rows: Mapping[int, Mapping[str, tuple[str | None, str | None]]]) -> None:
    """Conflicts that wait again, or are decided again as they were."""
    changes: dict[int, dict[str, Any]] = {}
    for row_id, row in rows.items():
        state = row["state"][0]
        decided = {"decided_at": None, "decided_by": ""} if state == "open" else {"decided_at": uow.now, "decided_by": uow.actor}
        changes[row_id] = {"state": state, **decided}
    uow.change(_MODELS["import_conflict"], changes)


def _drop_unused(uow: UnitOfWork, plan: UndoPlan) -> None:
    for model, statement in _UNUSED.items():
        made = plan.made.get(table_of(model).name, {})
        uow.remove(model, [row[0] for row in list(uow.each(statement, sorted(made)))])


def _close_ranks(uow: UnitOfWork) -> None:
    """The entries of one folder stand at 0, 1, 2 … without a gap, whatever was added since."""
    inside: dict[int | None, list[tuple[int, int]]] = {}
    for row_id, parent_id, position in uow.sql("SELECT id, parent_id, position FROM order_group ORDER BY position, id"):
        inside.setdefault(parent_id, []).append((row_id, position))
    moved = {row_id: {"position": at} for rows in inside.values() for at, (row_id, position) in enumerate(rows) if position != at}
    uow.change(OrderGroup, moved)


def _row(table: Table, row_id: int, kept: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it was: what the trail left out was empty."""
    row: dict[str, Any] = {primary_key(table): row_id}
    for column in table.columns:
        if not column.primary_key:
            empty = None if column.nullable else 0 if isinstance(column.type, (Integer, Boolean)) else ""
            row[column.name] = kept.get(column.name, empty)
    if "accepted_at" in row and not row["accepted_at"]:
        raise Refused("undo_beyond", field="accepted_at")
    return row


def _typed(table: Table, name: str, text: str | None) -> Any:
    """A kept value as its column has it."""
    kind = table.c[name].type
    if text is None or not isinstance(kind, (Integer, Boolean)):
        return text
    return bool(int(text)) if isinstance(kind, Boolean) else int(text)
