"""Conflicts of imports: kept where a file's word stands against a person's, renewed by a later word, decided by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.commands.caches import refresh_orders
from services.commands.moves import Observed, observe
from services.commands.reserving import refill, release_lines, reserve
from services.db.reading import id_list
from services.db.schema import ImportConflict, Order, OrderLine
from services.domain.order_states import Status
from services.domain.taking import Standing, hindrance
from services.errors import BadInput, NotFound, Refused
from services.imports.said import ADDRESS

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork
    from services.imports.merge import Clash
    from services.imports.plan import ImportPlan

_OPEN = "SELECT order_id, field, part, id FROM import_conflict WHERE state = 'open' AND order_id IN ({ids})"
_WAITING = """
SELECT c.id, c.order_id, o.number, c.field, c.part, c.theirs, c.state FROM import_conflict c JOIN orders o ON o.id = c.order_id
WHERE c.id IN ({ids}) ORDER BY c.id
"""
_FIELDS = "SELECT id, status, locked, recipient, phone, address, buyer_nick FROM orders WHERE id = ?"
_UNITS = "SELECT reserved, shipped, cancelled FROM order_line WHERE id = ?"
_DECIDED = """
SELECT c.id, c.order_id, o.number, c.field, c.part, c.state, c.decided_at FROM import_conflict c JOIN orders o ON o.id = c.order_id
WHERE c.id IN ({ids}) ORDER BY c.id
"""
_TAKEN = """
SELECT field, old, new FROM audit_entry WHERE order_id = ? AND entity = 'orders' AND action = 'decide_conflicts' AND at = ? AND field IS NOT NULL
ORDER BY seq
"""
_NUMBERS = frozenset({"flag"})


def keep_conflicts(uow: UnitOfWork, plan: ImportPlan, batch_id: int) -> None:
    """One open conflict per order, field and part: a later word renews it; where both agree again it is gone."""
    uow.change(ImportConflict, {row_id: {"state": "gone", "decided_at": uow.now} for row_id in plan.agreed})
    last = {(clash.order_id, clash.field, clash.part): clash for clash in plan.clashes if clash.order_id}
    if not last:
        return
    known = {(order_id, name, part): row_id for order_id, name, part, row_id in uow.each(_OPEN, id_list(key[0] for key in last))}
    uow.change(ImportConflict, {known[key]: _row(plan, batch_id, clash) for key, clash in last.items() if key in known})
    fresh = [
        {"order_id": key[0], "field": key[1], "part": key[2], **_row(plan, batch_id, clash), "found_at": uow.now}
        for key, clash in last.items()
        if key not in known
    ]
    uow.append(ImportConflict, fresh)
    uow.touch("orders", [key[0] for key in last])


def _row(plan: ImportPlan, batch_id: int, clash: Clash) -> dict[str, Any]:
    said = clash.said
    return {
        "ours": clash.ours,
        "theirs": clash.value or clash.file,
        "batch_id": (said.batch_id if said else 0) or batch_id,
        "row": said.row if said else clash.row,
        "file_time": said.time if said else plan.parsed.file_time,
    }


def settle_conflicts(uow: UnitOfWork, order_ids: Iterable[int]) -> None:
    """After an edit by hand: conflicts about what is now as the file says are gone."""
    rows = list(
        uow.each("SELECT id, order_id, field, theirs FROM import_conflict WHERE state = 'open' AND order_id IN ({ids})", id_list(order_ids))
    )
    if not rows:
        return
    fields = sorted({name for _id, _order, field, _theirs in rows for name in _columns(field)})
    if not fields:
        return
    statement = f"SELECT id, {', '.join(fields)} FROM orders WHERE id IN ({{ids}})"  # noqa: S608 (mapped names)
    now = {row[0]: dict(zip(fields, row[1:], strict=True)) for row in uow.each(statement, id_list(row[1] for row in rows))}
    gone = [
        row_id
        for row_id, order_id, field, theirs in rows
        if _columns(field) and all(str(now[order_id][name]) == str(value) for name, value in _values(field, theirs).items())
    ]
    uow.change(ImportConflict, {row_id: {"state": "gone", "decided_at": uow.now, "decided_by": uow.actor} for row_id in gone})


def _columns(field: str) -> tuple[str, ...]:
    """The columns of the order that a conflict of this field is about; none for states, lines and cases."""
    if field == "address":
        return ADDRESS
    return (field,) if field in Order.__table__.c and field not in {"status", "quantity"} else ()


def _values(field: str, theirs: str) -> dict[str, Any]:
    if field == "address":
        told: dict[str, Any] = json.loads(theirs)
        return told
    return {field: int(theirs) if field in _NUMBERS else theirs}


@dataclass(frozen=True, slots=True)
class DecideConflicts:
    """Decide open conflicts: `ours` keeps what stands here, `theirs` takes the file's value over and lets files speak again.

    All or none. Raises NotFound("conflict_not_found"), BadInput("conflict_take") and Refused for what can't be taken: a state that
    the order can't go to, units of a line that left, money of a case that is paid back, an address of a parcel that is gone.
    Returns how many were decided.
    """

    ids: tuple[int, ...]
    take: str

    def apply(self, uow: UnitOfWork) -> int:
        if self.take not in {"ours", "theirs"}:
            raise BadInput("conflict_take", value=self.take)
        rows = list(uow.each(_WAITING, id_list(self.ids)))
        missing = set(self.ids) - {row[0] for row in rows}
        if missing:
            raise NotFound("conflict_not_found", conflict=min(missing))
        for _id, _order, number, field, _part, _theirs, state in rows:
            if state != "open":
                raise Refused("conflict_decided", number=number, field=field)
        if self.take == "theirs":
            for _id, order_id, number, field, part, theirs, _state in rows:
                _take(uow, order_id, number, field, part, theirs)
        decided = {"state": self.take, "decided_at": uow.now, "decided_by": uow.actor}
        uow.change(ImportConflict, {row[0]: decided for row in rows})
        uow.touch("orders", [row[1] for row in rows])
        return len(rows)


@dataclass(frozen=True, slots=True)
class ReopenConflicts:
    """Take decisions back: these conflicts wait again, and a value that was taken from a file gives way to the one that stood here.

    All or none; what is open already stays so. Raises NotFound("conflict_not_found") and Refused where a later word waits by now
    ("conflict_newer"), where what was taken has gone its way ("conflict_stays") or was edited since ("conflict_edited").
    Returns how many wait again.
    """

    ids: tuple[int, ...]

    def apply(self, uow: UnitOfWork) -> int:
        rows = list(uow.each(_DECIDED, id_list(self.ids)))
        missing = set(self.ids) - {row[0] for row in rows}
        if missing:
            raise NotFound("conflict_not_found", conflict=min(missing))
        rows = [row for row in rows if row[5] != "open"]
        waiting = {tuple(row[:3]) for row in uow.each(_OPEN, id_list(row[1] for row in rows))}
        for _id, order_id, number, field, part, state, at in rows:
            if (order_id, field, part) in waiting:
                raise Refused("conflict_newer", number=number, field=field)
            if state == "theirs":
                _give_back(uow, order_id, number, field, at)
        uow.change(ImportConflict, {row[0]: {"state": "open", "decided_at": None, "decided_by": ""} for row in rows})
        uow.touch("orders", [row[1] for row in rows])
        return len(rows)


def _give_back(uow: UnitOfWork, order_id: int, number: str, field: str, at: int) -> None:
    """The values that stood here before the file's were taken at that moment: the trail has them."""
    columns = _columns(field)
    if not columns:
        raise Refused("conflict_stays", number=number, field=field)
    now = dict(zip(columns, uow.sql(f"SELECT {', '.join(columns)} FROM orders WHERE id = ?", (order_id,))[0], strict=True))  # noqa: S608
    before: dict[str, Any] = {}
    for name, old, new in uow.sql(_TAKEN, (order_id, at)):
        if name in now:
            if str(now[name]) != (new or ""):
                raise Refused("conflict_edited", number=number, field=name)
            before[name] = int(old) if name in _NUMBERS else old or ""
    _set_values(uow, order_id, field, now | before, lock=True)


def _take(uow: UnitOfWork, order_id: int, number: str, field: str, part: int, theirs: str) -> None:
    ((_id, status, *_rest),) = uow.sql(_FIELDS, (order_id,))
    line = field == "quantity" and part
    reserved, shipped, cancelled = uow.sql(_UNITS, (part,))[0] if line else (0, 0, 0)
    refusal = hindrance(field, part, theirs, Standing(status, shipped, cancelled))
    if refusal:
        raise Refused(refusal, number=number, source=status, target=theirs)
    if field == "status":
        observe(uow, {order_id: Observed(Status(theirs))})
        uow.change(Order, {order_id: {"platform_status": theirs}})
    elif line:
        _take_quantity(uow, order_id, part, int(theirs), reserved)
    else:
        _set_values(uow, order_id, field, _values(field, theirs), lock=False)


def _take_quantity(uow: UnitOfWork, order_id: int, line_id: int, units: int, reserved: int) -> None:
    freed = release_lines(uow, {line_id: reserved}) if reserved else set()
    uow.change(OrderLine, {line_id: {"quantity": units, "shortage": 0}})
    reserve(uow, [order_id])
    refresh_orders(uow, {order_id} | (refill(uow, freed) if freed else set()))


def _set_values(uow: UnitOfWork, order_id: int, field: str, values: Mapping[str, Any], *, lock: bool) -> None:
    """Set columns, and let files speak of them again or (`lock`) not."""
    ((_id, _status, locked, recipient, phone, address, nick),) = uow.sql(_FIELDS, (order_id,))
    person = {"recipient": recipient, "phone": phone, "address": address, "buyer_nick": nick} | dict(values)
    row: dict[str, Any] = dict(values)
    if field in {"address", "recipient", "phone"}:
        row["masked"] = any("*" in str(value) for name, value in person.items() if name in {"recipient", "phone", "address", "buyer_nick"})
    if field == "phone":
        row["phone_tail"] = values["phone"][-4:]
    kept, mine = {name for name in locked.split(",") if name}, set(_columns(field))
    row["locked"] = ",".join(sorted(kept | mine if lock else kept - mine))
    uow.change(Order, {order_id: row})
