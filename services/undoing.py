"""A deed looked at to be taken back: what its entries say stood before, and whether that can still be put back.

Reads alone; services.commands.undo_deed does it, services.queries.undo_offer tells beforehand. Nothing is put back over what
somebody changed since, on a sheet that was printed since, or on an order that left since.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from services.db.auditing import value_text
from services.db.base import Base
from services.db.dialect import primary_key
from services.errors import Conflict, NotFound, Refused
from services.meanwhile import Changed, told
from services.undoable import refusal_of

if TYPE_CHECKING:
    from services.db.reading import Reading

ADDRESS = frozenset({"recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode"})
OF_THE_HOUSE = frozenset({"flag", "tags", "checked_at"})
"""Fields of an order that stand on no sheet."""
_DRAFT = frozenset(
    {"ship_by", "buyer_nick", "buyer_message", "customer_id", "goods_amount", "discount", "goods_less_discount", "freight", "payable"}
)
FIELDS: Mapping[str, frozenset[str]] = {
    "orders": frozenset({"seller_memo", "masked", *OF_THE_HOUSE, *ADDRESS, *_DRAFT}),
    "order_line": frozenset({"listing_id", "sku_id", "quantity", "price", "payable"}),
    "discount": frozenset({"amount"}),
    "listing": frozenset({"sku_id", "matched_by"}),
    "customer": frozenset({"tier"}),
    "import_conflict": frozenset({"state"}),
    "order_group": frozenset({"parent_id", "kind", "name", "search", "sort", "colour", "position"}),
    "tag": frozenset({"name", "colour"}),
    "accepted": frozenset({"code", "seen"}),
    "setting": frozenset({"value"}),
    "import_map": frozenset({"name", "fingerprint", "headings", "told"}),
}
"""Columns that can be put back; a deed that changed others (a state, money) can't be taken back whole, so not at all."""
ROWS = ("customer", "listing", "order_line", "discount", "order_group", "tag", "accepted", "setting", "import_map")
"""Tables whose rows can be brought back or taken out again, those that others point to first."""
BESIDE = frozenset({"seal", "reservation", "locks", "id_floor"})
"""What the entry of a command may tell besides: it follows from the rest, or is put back with it."""

_ENTRIES = """
SELECT seq, at, actor, action, reason, entity, entity_id, order_id, field, old, new, salt IS NULL FROM audit_entry
WHERE seq BETWEEN ? AND ? ORDER BY seq
"""
_SINCE = "SELECT seq, at, actor, action, entity, entity_id, order_id, field, old, new FROM audit_entry WHERE seq > ? AND entity = ? AND entity_id = ?"
_LEFT = """
SELECT DISTINCT order_id FROM audit_entry WHERE order_id IN ({ids}) AND seq > {after}
AND (action = 'ship_orders' OR entity = 'orders' AND field = 'status' AND new IN ('shipped', 'completed', 'closed'))
"""
_PRINTS = "SELECT new FROM audit_entry WHERE seq > ? AND action = 'mark_printed' AND entity = 'command' ORDER BY seq LIMIT 1"
_MOST_LOOKED_UP = 50

Kept = dict[str, "str | None"]


@dataclass(slots=True)
class UndoPlan:
    """What is to be put back. `changed`: {table: {id: {column: (before, after)}}} as the trail has it; `made` and `gone`: rows that came
    or went, in the order of the trail; `locks`: {order: (fields that the deed locked, fields that it freed)}.

    `deed` is the action that a person knows: that of the deed which an undo, or an undo of an undo, was about.
    """

    first: int
    last: int
    at: int
    deed: str
    again: bool
    changed: dict[str, dict[int, dict[str, tuple[str | None, str | None]]]] = field(default_factory=dict)
    made: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    gone: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    locks: dict[int, tuple[set[str], set[str]]] = field(default_factory=dict)
    order_of: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def order_ids(self) -> list[int]:
        return sorted({*self.changed.get("orders", ()), *self.order_of.values()})

    @property
    def fields(self) -> tuple[str, ...]:
        """Columns of orders that change, but not what only follows from them."""
        seen = {name: None for row in self.changed.get("orders", {}).values() for name in row}
        names = [name for name in seen if name not in {"masked", "checked_at"}]
        return tuple(names or seen)


@dataclass(frozen=True, slots=True)
class _Entry:
    seq: int
    at: int
    actor: str
    action: str
    reason: str | None
    entity: str
    entity_id: int | None
    order_id: int | None
    field: str | None
    old: str | None
    new: str | None
    erased: int


def plan_undo(reading: Reading, first: int, last: int, actor: str, hidden: Collection[str] = ()) -> UndoPlan:
    """What taking back entries `first` to `last` would do.

    Raises NotFound("deed_not_found"), Refused("undo_not_yours"), ("undo_erased"), ("undo_left"), ("undo_printed"), the codes of
    services.undoable, and Conflict("undo_changed") with what changed since.
    """
    entries = [_Entry(*row) for row in reading.sql(_ENTRIES, (first, last))]
    if not entries or len(entries) != last - first + 1:
        raise NotFound("deed_not_found", seq=first)
    one = entries[0]
    if any((other.at, other.actor, other.action) != (one.at, one.actor, one.action) for other in entries):
        raise NotFound("deed_not_found", seq=first)
    if one.actor != actor:
        raise Refused("undo_not_yours", person=one.actor)
    plan = UndoPlan(first, last, one.at, one.action, again=False)
    refusal = refusal_of(one.action)
    if refusal:
        raise Refused(refusal)
    for entry in entries:
        _take(plan, entry)
    if not plan.changed and not plan.made and not plan.gone and not plan.locks:
        raise Refused("undo_nothing")
    _must_stand(reading, plan, hidden)
    _must_be_here(reading, plan)
    return plan


def _take(plan: UndoPlan, entry: _Entry) -> None:
    name, row_id = entry.entity, entry.entity_id
    if name == "command":
        _take_locks(plan, json.loads(entry.new or "{}"))
        return
    if name == "deed":
        held = json.loads(entry.new or "{}")
        plan.deed, plan.again = str(held["action"]), not held["again"]
        return
    if entry.erased:
        raise Refused("undo_erased")
    if row_id is None:
        raise Refused("undo_unknown")
    if entry.order_id is not None:
        plan.order_of[name, row_id] = entry.order_id
    made, gone = plan.made.get(name, {}), plan.gone.get(name, {})
    if entry.field is not None:
        if entry.field not in FIELDS.get(name, ()):
            raise Refused("undo_beyond", field=entry.field)
        if row_id not in made:
            row = plan.changed.setdefault(name, {}).setdefault(row_id, {})
            before = row[entry.field][0] if entry.field in row else entry.old
            row[entry.field] = (before, entry.new)
    elif name not in ROWS:
        raise Refused("undo_beyond", field=name)
    elif entry.old is None:
        plan.made.setdefault(name, {})[row_id] = json.loads(entry.new or "{}")
    elif row_id in made:
        del made[row_id]
    else:
        values = json.loads(entry.old)
        for column, (before, _after) in plan.changed.get(name, {}).pop(row_id, {}).items():
            values[column] = before
        gone[row_id] = values
        plan.gone[name] = gone


def _take_locks(plan: UndoPlan, held: Mapping[str, Any]) -> None:
    beyond = sorted(held.keys() - BESIDE)
    if beyond:
        raise Refused("undo_beyond", field=beyond[0])
    for place, way in enumerate(("set", "taken")):
        for name, spans in held.get("locks", {}).get(way, {}).items():
            for start, end in spans:
                for order_id in range(start, end + 1):
                    plan.locks.setdefault(order_id, (set(), set()))[place].add(name)


# ---- whether it can be put back


def _must_stand(reading: Reading, plan: UndoPlan, hidden: Collection[str]) -> None:
    """Every value still is what the deed left; rows that it made are there, those that it removed are not."""
    stale: list[tuple[str, int, str | None]] = []
    for name, rows in plan.changed.items():
        now = _rows(reading, name, rows, sorted({column for row in rows.values() for column in row}))
        for row_id, row in rows.items():
            if row_id not in now:
                stale.append((name, row_id, None))
            else:
                stale += [(name, row_id, column) for column, (_old, new) in row.items() if now[row_id][column] != new]
    for name, made in plan.made.items():
        columns = sorted({column for row in made.values() for column in row} & _columns(name))
        now = _rows(reading, name, made, columns)
        for row_id, row in made.items():
            if row_id not in now:
                stale.append((name, row_id, None))
            else:
                stale += [(name, row_id, column) for column in columns if column in row and now[row_id][column] != _plain(row[column])]
    for name, gone in plan.gone.items():
        stale += [(name, row_id, None) for row_id in _rows(reading, name, gone, [])]
    if stale:
        changes = [_since(reading, plan, *one) for one in stale[:_MOST_LOOKED_UP]]
        place = stale[0][:2]
        order_id = plan.order_of.get(place, place[1] if place[0] == "orders" else None)
        raise Conflict(
            "undo_changed",
            count=len({(name, row_id) for name, row_id, _column in stale}),
            number=_number(reading, order_id),
            meanwhile=told(reading, changes, hidden),
        )


def _must_be_here(reading: Reading, plan: UndoPlan) -> None:
    """Nothing of it left the house since: no parcel, no printed sheet."""
    ids = plan.order_ids
    left = sorted(row[0] for row in reading.each(_LEFT.replace("{after}", str(plan.last)), ids))
    if left:
        raise Refused("undo_left", number=_number(reading, left[0]), count=len(left))
    shown = {order_id for order_id, row in plan.changed.get("orders", {}).items() if row.keys() - OF_THE_HOUSE}
    shown |= {order_id for (name, _row), order_id in plan.order_of.items() if name in {"order_line", "discount"}}
    printed = _printed_since(reading, plan.last, shown)
    if printed:
        raise Refused("undo_printed", number=_number(reading, printed[0]), count=len(printed))
    if plan.deed == "edit_manual_order":
        paid = [
            row[0] for row in reading.each("SELECT number FROM orders WHERE (status <> 'awaiting_payment' OR paid) AND id IN ({ids})", ids)
        ]
        if paid:
            raise Refused("manual_order_paid", number=paid[0])
    _must_fit(reading, plan)


def _must_fit(reading: Reading, plan: UndoPlan) -> None:
    """What rows point to, and names that only one may have."""
    for name in ("tag", "import_map"):
        for row in plan.gone.get(name, {}).values():
            if reading.sql(f"SELECT 1 FROM {name} WHERE name = ?", (row["name"],)):  # noqa: S608 (constants)
                raise Refused("undo_name_taken", name=row["name"])
        for row_id, changed in plan.changed.get(name, {}).items():
            before = changed.get("name", (None,))[0]
            if before is not None and reading.sql(f"SELECT 1 FROM {name} WHERE name = ? AND id <> ?", (before, row_id)):  # noqa: S608
                raise Refused("undo_name_taken", name=before)
    folders = plan.made.get("order_group", {})
    inside = [row[0] for row in reading.each("SELECT id FROM order_group WHERE parent_id IN ({ids})", sorted(folders))]
    if set(inside) - folders.keys():
        raise Refused("undo_folder_filled")
    there = {row[0] for row in reading.sql("SELECT id FROM order_group WHERE kind = 'folder'")} | plan.gone.get("order_group", {}).keys()
    for row in plan.gone.get("order_group", {}).values():
        if row.get("parent_id") not in {None, *there}:
            raise Refused("undo_folder_gone")
    for changed in plan.changed.get("order_group", {}).values():
        parent = changed.get("parent_id", (None, None))[0]
        if parent is not None and int(parent) not in there:
            raise Refused("undo_folder_gone")
    reopened = sorted(row_id for row_id, row in plan.changed.get("import_conflict", {}).items() if row["state"][0] == "open")
    newer = list(
        reading.each(
            """SELECT o.number, c.field FROM import_conflict c JOIN orders o ON o.id = c.order_id WHERE c.id IN ({ids}) AND EXISTS (
            SELECT 1 FROM import_conflict n WHERE n.state = 'open' AND n.order_id = c.order_id AND n.field = c.field AND n.part = c.part)""",
            reopened,
        )
    )
    if newer:
        raise Refused("conflict_newer", number=newer[0][0], field=newer[0][1])


def _printed_since(reading: Reading, after: int, order_ids: Iterable[int]) -> list[int]:
    rows = reading.sql(_PRINTS, (after,))
    if not rows:
        return []
    ids = json.loads(rows[0][0]).get("print_entry", {}).get("ids", [])
    since = min((first for first, _end in ids), default=0)
    statement = f"SELECT DISTINCT order_id FROM print_entry WHERE id >= {int(since)} AND order_id IN ({{ids}})"  # noqa: S608 (a number)
    return sorted(row[0] for row in reading.each(statement, sorted(set(order_ids))))


def _since(reading: Reading, plan: UndoPlan, name: str, row_id: int, column: str | None) -> Changed:
    """The last entry about it since the deed; one without an entry is told without a person."""
    order_id = plan.order_of.get((name, row_id), row_id if name == "orders" else None)
    where, params = ("order_id = ?", [order_id]) if order_id is not None else ("order_id IS NULL", [])
    rows = reading.sql(f"{_SINCE} AND {where} ORDER BY seq DESC", (plan.last, name, row_id, *params))
    mine = [Changed(*row) for row in rows if column is None or row[7] in {column, None}]
    if mine:
        return mine[0]
    before = plan.changed.get(name, {}).get(row_id, {}).get(column or "", (None, None))[1]
    return Changed(0, plan.at, "", "", name, row_id, order_id, column, before, None)


def _rows(reading: Reading, name: str, ids: Iterable[int], columns: list[str]) -> dict[int, Kept]:
    key = primary_key(Base.metadata.tables[name])
    statement = f"SELECT {', '.join((key, *columns))} FROM {name} WHERE {key} IN ({{ids}})"  # noqa: S608 (mapped names)
    return {
        row[0]: {column: value_text(value) for column, value in zip(columns, row[1:], strict=True)}
        for row in reading.each(statement, sorted(ids))
    }


def _columns(name: str) -> set[str]:
    """Columns that are on record: the others follow from elsewhere."""
    return {column.name for column in Base.metadata.tables[name].columns if column.info.get("audit", True) and not column.primary_key}


def _plain(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else value_text(value)


def _number(reading: Reading, order_id: int | None) -> str:
    rows = reading.sql("SELECT number FROM orders WHERE id = ?", (order_id,)) if order_id is not None else []
    return str(rows[0][0]) if rows else ""


def deed_around(reading: Reading, seq: int) -> tuple[int, int]:
    """First and last entry of the command that left entry `seq`. Raises NotFound("deed_not_found")."""
    found = reading.sql("SELECT at, actor, action FROM audit_entry WHERE seq = ?", (seq,))
    if not found:
        raise NotFound("deed_not_found", seq=seq)
    differs = "NOT (at = ? AND actor = ? AND action = ?)"
    (before,) = reading.sql(f"SELECT coalesce(max(seq), 0) FROM audit_entry WHERE seq < ? AND {differs}", (seq, *found[0]))[0]  # noqa: S608
    after = reading.sql(f"SELECT min(seq) FROM audit_entry WHERE seq > ? AND {differs}", (seq, *found[0]))[0][0]  # noqa: S608
    if after is None:
        (last,) = reading.sql("SELECT max(seq) FROM audit_entry")[0]
        return before + 1, last
    return before + 1, after - 1
