"""What taking an import back would do, and what stands against it: values that somebody touched since. Reads only.

A batch is taken back whole or not at all (invariant I10). What follows from stock alone (units set aside, shortages, a match of
goods) is nobody's edit: it is worked out anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.db.dialect import chunks
from services.db.journal import Journal
from services.db.reading import Reading, id_list
from services.db.schema import Base
from services.errors import NotFound, Refused

DERIVED = {
    "orders": frozenset(
        {"shortage", "unmatched", "part_shipped", "open_cases", "goods_summary", "goods_kinds", "quantity", "slip_copies", "label_copies"}
    ),
    "order_line": frozenset({"reserved", "shortage", "sku_id"}),
}
"""Columns that are worked out anew, or that no file tells."""
PLACE = frozenset({"batch_id", "row", "file_time"})
"""Of a source: where its word stands. A later file that only said it again is no reason to refuse."""
LENIENT = frozenset({"listing", "customer", "channel", "parcel"})
"""What orders share: put back where nobody touched it, else left."""
KEPT_FILES = frozenset({"bookings"})
MOST_TOUCHED = 1_000
"""Touched values that are told; beyond that it is not looked further."""

_BATCH = "SELECT b.id, b.file_name, b.format, b.kind, b.undone_at, j.after_seq, j.block FROM import_batch b LEFT JOIN import_journal j ON j.batch_id = b.id WHERE b.id = ?"
_LAST = "SELECT min(seq) FROM audit_entry WHERE entity = 'command' AND seq > ?"
_LATER = """
SELECT seq, at, actor, action, entity, entity_id, order_id, coalesce(field, '') FROM audit_entry WHERE seq > ? AND order_id IS NOT NULL
"""
_UNDONE = """
SELECT j.after_seq FROM import_journal j JOIN import_batch b ON b.id = j.batch_id WHERE b.undone_at IS NOT NULL AND j.after_seq >= ?
"""
_IMPORTED = "SELECT after_seq, batch_id FROM import_journal WHERE after_seq >= ? ORDER BY after_seq"
_FOREIGN = "SELECT order_id, batch_id FROM order_source WHERE order_id IN ({ids})"
_PRINTED = "SELECT order_id, min(at), document FROM print_entry WHERE order_id IN ({ids}) GROUP BY order_id"
_OWNERS = {
    "order_line": "SELECT id, order_id FROM order_line WHERE id IN ({ids})",
    "order_source": "SELECT id, order_id FROM order_source WHERE id IN ({ids})",
    "import_conflict": "SELECT id, order_id FROM import_conflict WHERE id IN ({ids})",
    "after_sale": "SELECT id, order_id FROM after_sale WHERE id IN ({ids})",
    "after_sale_line": "SELECT l.id, c.order_id FROM after_sale_line l JOIN after_sale c ON c.id = l.case_id WHERE l.id IN ({ids})",
    "reservation": "SELECT r.id, l.order_id FROM reservation r JOIN order_line l ON l.id = r.line_id WHERE r.id IN ({ids})",
    "case_source": "SELECT s.id, c.order_id FROM case_source s JOIN after_sale c ON c.id = s.case_id WHERE s.id IN ({ids})",
}
_ASKED = "SELECT DISTINCT order_id FROM approval WHERE state IN ('waiting', 'approved') AND order_id IN ({ids})"
_NUMBERS = "SELECT id, number FROM orders WHERE id IN ({ids})"
_CODES = "SELECT id, code FROM sku WHERE id IN ({ids})"
_LINES_NOW = "SELECT id, order_id, quantity, shipped, cancelled, refunded, refund_state FROM order_line WHERE id IN ({ids})"
_RESERVED_NOW = "SELECT id, quantity, state FROM reservation WHERE id IN ({ids})"
_PACKED = "SELECT line_id, id FROM parcel_line WHERE line_id IN ({ids})"
_CASED = "SELECT line_id, id FROM after_sale_line WHERE line_id IN ({ids})"
_MOVED = "SELECT sku_id, max(id) FROM stock_movement WHERE sku_id IN ({ids}) GROUP BY sku_id"
_USED = "SELECT sku_id, id FROM order_line WHERE sku_id IN ({ids})"


@dataclass(frozen=True, slots=True)
class Touched:
    """A value of the batch that is another now: of which order (or SKU), which field, by whom, when and by which action.

    `action` is a command's name; `later_import` and `batch` where another file spoke of it since.
    """

    number: str
    field: str
    actor: str = ""
    at: int | None = None
    action: str = ""
    batch: str = ""


@dataclass(slots=True)
class UndoPlan:
    """`new_orders` would be taken out, `changed` put back: {table: {id: {column: (before, after)}}}."""

    batch_id: int
    file_name: str
    format: str
    kind: str
    journal: Journal
    changed: dict[str, dict[int, dict[str, tuple[Any, Any]]]] = field(default_factory=dict)
    new_orders: list[int] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)

    @property
    def changed_orders(self) -> set[int]:
        return set(self.changed.get("orders", ()))


def plan_undo(reading: Reading, batch_id: int) -> UndoPlan:
    """Raises NotFound("batch_not_found"), Refused("undo_twice"), ("undo_too_old") for a batch that an older version of the program
    brought in, and ("undo_bookings")."""
    rows = reading.sql(_BATCH, (batch_id,))
    if not rows:
        raise NotFound("batch_not_found", batch=batch_id)
    _id, file_name, format_, kind, undone_at, after_seq, block = rows[0]
    if undone_at is not None:
        raise Refused("undo_twice", batch=f"B{batch_id}")
    if kind in KEPT_FILES:
        raise Refused("undo_bookings", batch=f"B{batch_id}")
    if block is None:
        raise Refused("undo_too_old", batch=f"B{batch_id}")
    plan = UndoPlan(batch_id, file_name, format_, kind, Journal.unpack(block))
    # The batch's own row stays, with its report.
    plan.changed = {table: rows for table, rows in plan.journal.net().items() if table != "import_batch"}
    plan.new_orders = plan.journal.ids("orders")
    (last_seq,) = reading.sql(_LAST, (after_seq,))[0]
    _Looking(reading, plan, int(last_seq)).look()
    return plan


class _Looking:
    """Gathers what was touched since the batch."""

    def __init__(self, reading: Reading, plan: UndoPlan, last_seq: int) -> None:
        self.reading = reading
        self.plan = plan
        self.found: dict[tuple[str, int, str], Touched] = {}
        self.later: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        undone = [(after, reading.sql(_LAST, (after,))[0][0]) for (after,) in reading.sql(_UNDONE, (last_seq,))]
        imported = reading.sql(_IMPORTED, (last_seq,))
        seqs = [after for after, _batch_id in imported]
        for seq, at, actor, action, entity, entity_id, order_id, name in reading.sql(_LATER, (last_seq,)):
            # What was taken back itself left no mark.
            if action != "undo_import" and not any(after < seq <= last for after, last in undone):
                place = bisect_left(seqs, seq) - 1 if action == "import_file" else -1
                self.later[order_id].append((at, actor, action, entity, entity_id, name, f"B{imported[place][1]}" if place >= 0 else ""))
        self.numbers: dict[int, str] = {}

    def look(self) -> None:
        plan = self.plan
        self._new_orders(plan.new_orders)
        for table, rows in plan.changed.items():
            self._changed(table, rows)
        self._made_lines()
        self._approvals()
        self._made_reservations()
        for table in ("after_sale", "import_conflict"):
            self._made(table)
        self._stock()
        numbers = self._number([key[1] for key in self.found if key[0] == "order"])
        codes = dict(self.reading.each(_CODES, id_list(key[1] for key in self.found if key[0] == "sku")))
        for (what, row_id, _name), one in sorted(self.found.items()):
            number = (numbers if what == "order" else codes).get(row_id, str(row_id))
            plan.touched.append(Touched(number, one.field, one.actor, one.at, one.action, one.batch))

    def _number(self, order_ids: Iterable[int]) -> dict[int, str]:
        return dict(self.reading.each(_NUMBERS, id_list(order_ids)))

    def _tell(
        self, order_id: int | None, name: str, *, batch: int | None = None, at: int | None = None, action: str = "", sku: int = 0
    ) -> None:
        """Note a touched value, with the last entry of the trail that speaks of it."""
        key = ("sku", sku, name) if order_id is None else ("order", order_id, name)
        if len(self.found) >= MOST_TOUCHED or key in self.found:
            return
        if batch is not None:
            self.found[key] = Touched("", name, action="import_file", batch=f"B{batch}")
            return
        entries = self.later.get(order_id or 0, ())
        said = next((entry for entry in reversed(entries) if entry[5] == name), entries[-1] if entries else None)
        if said is None:
            self.found[key] = Touched("", name, at=at, action=action)
        else:
            self.found[key] = Touched("", name, said[1], said[0], said[2], said[6])

    def _new_orders(self, ids: list[int]) -> None:
        mine = set(ids)
        for order_id, entries in self.later.items():
            if order_id not in mine:
                continue
            for _at, _actor, _action, entity, _entity_id, name, _batch in entries:
                if (entity, name) != ("order_line", "sku_id"):
                    self._tell(order_id, name or entity)
        for order_id, batch_id in self.reading.each(_FOREIGN, ids):
            if batch_id != self.plan.batch_id:
                self._tell(order_id, "order_source", batch=batch_id)
        for order_id, at, document in self.reading.each(_PRINTED, ids):
            self._tell(order_id, document, at=at, action="mark_printed")

    def _changed(self, table: str, rows: Mapping[int, Mapping[str, tuple[Any, Any]]]) -> None:
        """Values that are not any more what the batch made of them. Rows of what is shared are left then, not refused."""
        derived = DERIVED.get(table, frozenset())
        gone: list[tuple[int, str]] = []
        moved_on: set[int] = set()
        for row_id, now in self._now(table, rows):
            for name, (_before, after) in rows[row_id].items():
                if name in derived or now.get(name) == after:
                    continue
                if table in LENIENT or (table == "order_source" and rows[row_id].keys() <= PLACE):
                    moved_on.add(row_id)
                else:
                    gone.append((row_id, name))
        for row_id in moved_on:
            self.plan.changed[table] = {key: row for key, row in self.plan.changed[table].items() if key != row_id}
        owners = self._owners(table, [row_id for row_id, _name in gone])
        batches = self._batches([row_id for row_id, _name in gone]) if table == "order_source" else {}
        for row_id, name in gone:
            if table == "sku":
                self._tell(None, name, sku=row_id)
            elif table == "order_source":
                self._tell(owners.get(row_id, 0), table, batch=batches.get(row_id))
            else:
                self._tell(owners.get(row_id, 0), name)

    def _now(self, table: str, rows: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row_id, changed in rows.items():
            groups[tuple(sorted(changed))].append(row_id)
        key = next(iter(Base.metadata.tables[table].primary_key.columns)).name
        for names, ids in groups.items():
            missing = set(ids)
            statement = f"SELECT {key}, {', '.join(names)} FROM {table} WHERE {key} IN ({{ids}})"  # noqa: S608 (mapped names)
            for row_id, *values in self.reading.each(statement, ids):
                missing.discard(row_id)
                yield row_id, dict(zip(names, values, strict=True))
            for row_id in missing:
                yield row_id, {}

    def _owners(self, table: str, ids: list[int]) -> dict[int, int]:
        if table == "orders":
            return {row_id: row_id for row_id in ids}
        statement = _OWNERS.get(table)
        return dict(self.reading.each(statement, id_list(ids))) if statement else {}

    def _batches(self, ids: list[int]) -> dict[int, int]:
        return dict(self.reading.each("SELECT id, batch_id FROM order_source WHERE id IN ({ids})", id_list(ids)))

    def _made_lines(self) -> None:
        """Lines that the batch added to orders that were there."""
        mine = self._others("order_line")
        if not mine:
            return
        names = ("quantity", "shipped", "cancelled", "refunded", "refund_state")
        for line_id, order_id, *now in self.reading.each(_LINES_NOW, sorted(mine)):
            for name, value in zip(names, now, strict=True):
                if mine[line_id][name] != value:
                    self._tell(order_id, name)
        for order_id, entries in self.later.items():
            for _at, _actor, _action, entity, entity_id, name, _batch in entries:
                if entity == "order_line" and entity_id in mine and name != "sku_id":
                    self._tell(order_id, name or entity)
        made_parcels, made_cases = set(self.plan.journal.ids("parcel_line")), set(self.plan.journal.ids("after_sale_line"))
        for line_id, row_id in self.reading.each(_PACKED, sorted(mine)):
            if row_id not in made_parcels:
                self._tell(mine[line_id]["order_id"], "parcel_line")
        for line_id, row_id in self.reading.each(_CASED, sorted(mine)):
            if row_id not in made_cases:
                self._tell(mine[line_id]["order_id"], "after_sale")

    def _approvals(self) -> None:
        """Changes of goods and money that were asked for since, on what the batch brought, and wait or were carried out."""
        asked = {order_id for order_id, entries in self.later.items() if any(entry[3] == "approval" for entry in entries)}
        concerned = asked & (self.plan.changed_orders | {row["order_id"] for row in self._others("order_line").values()})
        for (order_id,) in self.reading.each(_ASKED, sorted(concerned)):
            self._tell(order_id, "approval")

    def _others(self, table: str) -> dict[int, dict[str, Any]]:
        """Kept rows of orders that the batch did not bring itself."""
        journal = self.plan.journal
        return {row_id: row for row_id, row in journal.last(table).items() if not journal.has("orders", row["order_id"])}

    def _made_reservations(self) -> None:
        made = self.plan.journal.last("reservation")
        owners = self._owners("reservation", list(made))
        for row_id, quantity, state in self.reading.each(_RESERVED_NOW, sorted(made)):
            if (quantity, state) != (made[row_id]["quantity"], made[row_id]["state"]):
                order_id = owners.get(row_id, 0)
                if state != "released" and not self.plan.journal.has("orders", order_id):
                    self._tell(order_id, "reserved")

    def _made(self, table: str) -> None:
        """Cases and conflicts that the batch made, decided since."""
        mine = set(self.plan.journal.ids(table))
        for order_id, entries in self.later.items() if mine else ():
            for _at, _actor, _action, entity, entity_id, name, _batch in entries:
                if entity == table and entity_id in mine:
                    self._tell(order_id, name or entity)

    def _stock(self) -> None:
        """Goods files and stocktakes: units that they brought must still lie as they left them."""
        if self.plan.kind not in {"goods", "counts"}:
            return
        movements = self.plan.journal.ids("stock_movement")
        last = max(movements, default=0)
        skus = {
            row[0]
            for part in chunks(movements, 500)
            for row in self.reading.each("SELECT sku_id FROM stock_movement WHERE id IN ({ids})", part)
        }
        for sku_id, newest in self.reading.each(_MOVED, id_list(skus)):
            if newest > last:
                self._tell(None, "on_hand", sku=sku_id)
        made = set(self.plan.journal.ids("sku"))
        mine = self.plan.changed.get("order_line", {})
        for sku_id, line_id in self.reading.each(_USED, id_list(made)):
            if "sku_id" not in mine.get(line_id, {}) and not self.plan.journal.has("order_line", line_id):
                self._tell(None, "sku_id", sku=sku_id)
