"""An import taken back: what it brought is taken out, what it changed is put back, and its ledger entries are reversed.

Nothing is forgotten: the batch and its raw rows stay, the trail keeps what came and what was taken out, and the ledgers keep the
entries with those that reverse them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.commands.caches import refresh_orders
from services.commands.moves import put_back
from services.commands.reserving import load_levels, recount, refill
from services.db.base import Base
from services.db.dialect import primary_key
from services.db.reading import id_list
from services.db.schema import (
    AfterSale,
    AfterSaleLine,
    CaseSource,
    Customer,
    Discount,
    ImportBatch,
    ImportConflict,
    Listing,
    MoneyEntry,
    Order,
    OrderLine,
    OrderSource,
    Parcel,
    ParcelLine,
    ParcelOrder,
    Reservation,
    Sku,
    StockMovement,
)
from services.db.uow import table_of
from services.errors import Refused
from services.imports.kept_file import asks_of_batch
from services.imports.undo_plan import DERIVED, UndoPlan, plan_undo

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork

BLOCK = 5_000
TOLD = 5

_ENTRIES = "SELECT id, order_id, line_id, case_id, parcel_id, kind, amount, at, source FROM money_entry WHERE id IN ({ids}) ORDER BY id"
_MOVEMENTS = """
SELECT id, sku_id, kind, quantity, value, order_id, line_id, case_id, parcel_id, batch_id FROM stock_movement WHERE id IN ({ids}) ORDER BY id
"""
_HELD = "SELECT line_id, sum(quantity) FROM reservation WHERE state = 'open' AND line_id IN ({ids}) GROUP BY line_id"
_LINES = """
SELECT l.id, l.order_id, l.sku_id, l.quantity, l.cancelled, l.shipped, o.status, coalesce(s.virtual, 0)
FROM order_line l JOIN orders o ON o.id = l.order_id LEFT JOIN sku s ON s.id = l.sku_id WHERE l.id IN ({ids})
"""
_OF_SKU = "SELECT sku_id, sum(quantity), sum(value) FROM stock_movement WHERE sku_id IN ({ids}) GROUP BY sku_id"
_OPEN_OF_SKU = "SELECT sku_id, sum(quantity) FROM reservation WHERE state = 'open' AND sku_id IN ({ids}) GROUP BY sku_id"
_ORPHANS = {
    Customer: "SELECT id FROM customer c WHERE tier = '' AND note = '' AND id IN ({ids}) AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)",
    Listing: "SELECT id FROM listing g WHERE id IN ({ids}) AND matched_by <> 'hand' AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.listing_id = g.id)",
    Parcel: """SELECT id FROM parcel p WHERE id IN ({ids}) AND NOT EXISTS (SELECT 1 FROM parcel_order o WHERE o.parcel_id = p.id)
               AND NOT EXISTS (SELECT 1 FROM parcel_line l WHERE l.parcel_id = p.id)""",
    Sku: """SELECT id FROM sku s WHERE id IN ({ids}) AND NOT EXISTS (SELECT 1 FROM stock_movement m WHERE m.sku_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.sku_id = s.id) AND NOT EXISTS (SELECT 1 FROM listing g WHERE g.sku_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM stock_level v WHERE v.sku_id = s.id)""",
}  # fmt: skip
"""What a batch brought along: taken out only where nothing else uses it by now."""
_MODELS: Mapping[str, type[Base]] = {table_of(mapper.class_).name: mapper.class_ for mapper in Base.registry.mappers}
_MADE: tuple[type[Base], ...] = (
    ImportConflict,
    OrderSource,
    CaseSource,
    AfterSaleLine,
    AfterSale,
    ParcelLine,
    ParcelOrder,
    Reservation,
    Discount,
    OrderLine,
    Order,
)
"""Rows that a batch made, in the order in which they can go."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, in counts. `skus_kept` are SKUs that stay, without stock, because the ledger names them."""

    batch: str
    file: str
    format: str
    orders_removed: int
    orders_restored: int
    lines_removed: int
    money_reversed: int
    stock_reversed: int
    skus_removed: int
    skus_kept: int


@dataclass(frozen=True, slots=True)
class UndoImport:
    """Take a batch back whole. Raises Refused("undo_touched") where somebody touched its values since (services.imports.undo_plan
    lists them), and what `plan_undo` raises."""

    batch_id: int

    def apply(self, uow: UnitOfWork) -> Undone:
        for permission in asks_of_batch(uow, self.batch_id):
            uow.viewer.must(permission)
        plan = plan_undo(uow, self.batch_id)
        if plan.touched:
            some = "、".join(dict.fromkeys(one.number for one in plan.touched[: 4 * TOLD])).split("、")[:TOLD]
            raise Refused("undo_touched", batch=f"B{self.batch_id}", count=len(plan.touched), numbers=", ".join(some))
        journal = plan.journal
        money = _reverse_money(uow, plan)
        skus, moved = _reverse_stock(uow, plan)
        lines = _put_back(uow, plan)
        uow.progress.step(1, 3, "undone")
        _take_out(uow, plan)
        uow.progress.step(2, 3, "undone")
        skus |= {row["sku_id"] for row in journal.last("reservation").values()}
        orders = _settle_stock(uow, skus, lines)
        kept = {one for one in plan.changed_orders | orders if not journal.has("orders", one)}
        refresh_orders(uow, kept)
        removed = _orphans(uow, plan)
        uow.keep_checks(plan.changed_orders)
        undone = Undone(
            f"B{self.batch_id}",
            plan.file_name,
            plan.format,
            len(plan.new_orders),
            len(plan.changed_orders),
            len(journal.ids("order_line")),
            money,
            moved,
            removed,
            len(journal.ids("sku")) - removed,
        )
        uow.change(ImportBatch, {self.batch_id: {"undone_at": uow.now, "undone_by": uow.actor}})
        uow.note("import_batch", self.batch_id, None, "undone_by", "", uow.actor)
        uow.touch("orders", [*plan.new_orders, *kept])
        return undone


def _reverse_money(uow: UnitOfWork, plan: UndoPlan) -> int:
    """The opposite entry on the same day, so that no day's sum keeps what never was."""
    rows = [
        {
            "order_id": order_id,
            "line_id": line_id,
            "case_id": case_id,
            "parcel_id": parcel_id,
            "kind": kind,
            "amount": -amount,
            "at": at,
            "source": source,
            "key": f"undo:B{plan.batch_id}:{entry}",
            "reverses_id": entry,
        }
        for entry, order_id, line_id, case_id, parcel_id, kind, amount, at, source in uow.each(_ENTRIES, plan.journal.ids("money_entry"))
    ]
    uow.bulk(MoneyEntry, rows)
    return len(rows)


def _reverse_stock(uow: UnitOfWork, plan: UndoPlan) -> tuple[set[int], int]:
    rows = [
        {
            "sku_id": sku_id,
            "kind": kind,
            "quantity": -quantity,
            "value": -value,
            "at": uow.now,
            "order_id": order_id,
            "line_id": line_id,
            "case_id": case_id,
            "parcel_id": parcel_id,
            "batch_id": batch_id,
            "note": f"B{plan.batch_id}",
        }
        for _id, sku_id, kind, quantity, value, order_id, line_id, case_id, parcel_id, batch_id in uow.each(
            _MOVEMENTS, plan.journal.ids("stock_movement")
        )
    ]
    uow.bulk(StockMovement, rows)
    return {row["sku_id"] for row in rows}, len(rows)


def _put_back(uow: UnitOfWork, plan: UndoPlan) -> set[int]:
    """Set changed rows to what they were and bring removed ones back. Returns the lines whose counts are to be worked out anew."""
    changed = {table: {row_id: _before(row) for row_id, row in rows.items()} for table, rows in plan.changed.items()}
    lines = set(changed.get("order_line", ()))
    reservations = changed.pop("reservation", {})
    made = plan.journal.last("reservation")
    lines |= {row["line_id"] for row in made.values()}
    lines |= {row[0] for row in uow.each("SELECT line_id FROM reservation WHERE id IN ({ids})", id_list(reservations))}
    # What is set aside must fit into the lines at any moment, so it is given free first and counted last.
    held = [row[0] for row in uow.each("SELECT id FROM order_line WHERE reserved > 0 AND id IN ({ids})", id_list(lines))]
    uow.change(OrderLine, {line_id: {"reserved": 0} for line_id in held})
    uow.change(Reservation, reservations)
    orders = changed.pop("orders", {})
    moved = {order_id: row for order_id, row in orders.items() if "status" in row}
    uow.change(Order, {order_id: row for order_id, row in orders.items() if order_id not in moved})
    put_back(uow, moved)
    values = changed.pop("order_line", {})
    derived = DERIVED["order_line"] - {"sku_id"}
    now = dict(uow.each("SELECT id, sku_id FROM order_line WHERE id IN ({ids})", id_list(values)))
    for line_id, row in values.items():
        if "sku_id" in row and now[line_id] != plan.changed["order_line"][line_id]["sku_id"][1]:
            del row["sku_id"]
        for name in derived & row.keys():
            del row[name]
    uow.change(OrderLine, values)
    for table, rows in changed.items():
        uow.change(_MODELS[table], rows)
    for table, columns, rows_removed in plan.journal.removed:
        model = _MODELS[table]
        key = primary_key(table_of(model))
        back = [dict(zip(columns, row, strict=True)) for row in rows_removed]
        uow.append(model, [row for row in back if not plan.journal.has(table, row[key])])
    return lines


def _before(row: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    return {name: old for name, (old, _new) in row.items()}


def _take_out(uow: UnitOfWork, plan: UndoPlan) -> None:
    removed: dict[str, set[int]] = defaultdict(set)
    for table, columns, rows in plan.journal.removed:
        place = columns.index("id")
        removed[table].update(row[place] for row in rows)
    for model in _MADE:
        name = table_of(model).name
        uow.take_out(model, [row_id for row_id in plan.journal.ids(name) if row_id not in removed[name]])


def _settle_stock(uow: UnitOfWork, skus: Iterable[int], lines: Iterable[int]) -> set[int]:
    """Lines by their reservations, levels by the ledger; then who waits gets what lies free. Returns the orders whose lines moved."""
    ids = id_list(lines)
    held = dict(uow.each(_HELD, ids))
    changes: dict[int, dict[str, Any]] = {}
    orders: set[int] = set()
    wanted = set(skus)
    for line_id, order_id, sku_id, quantity, cancelled, shipped, status, virtual in uow.each(_LINES, ids):
        reserved = held.get(line_id, 0)
        waits = status == "awaiting_shipment" and sku_id is not None and not virtual
        changes[line_id] = {"reserved": reserved, "shortage": quantity - cancelled - shipped - reserved if waits else 0}
        orders.add(order_id)
        if sku_id is not None:
            wanted.add(sku_id)
    uow.change(OrderLine, changes)
    levels = load_levels(uow, wanted)
    ledger = {row[0]: row[1:] for row in uow.each(_OF_SKU, id_list(wanted))}
    open_units = dict(uow.each(_OPEN_OF_SKU, id_list(wanted)))
    for sku_id, level in levels.items():
        level.on_hand, level.value = ledger.get(sku_id, (0, 0))
        level.reserved = open_units.get(sku_id, 0)
    if any(level.on_hand < 0 or level.value < 0 for level in levels.values()):
        raise Refused("undo_stock_gone")
    return orders | recount(uow, levels) | refill(uow, [sku_id for sku_id, level in levels.items() if level.available > 0])


def _orphans(uow: UnitOfWork, plan: UndoPlan) -> int:
    """Take out buyers, listings, parcels and SKUs that the batch brought and nothing uses. Returns how many SKUs went."""
    skus = 0
    for model, statement in _ORPHANS.items():
        name = table_of(model).name
        free = [row[0] for row in uow.each(statement, plan.journal.ids(name))]
        uow.take_out(model, free)
        skus = len(free) if model is Sku else skus
    return skus
