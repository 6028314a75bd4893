"""The trail of one order, and the order itself, as services.domain.rewind wants them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, Integer, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from services.db.base import Audit, Base, audit_of
from services.db.reading import Reading
from services.domain.rewind import Shape, State, Step

OF_ORDER = ("orders", "order_line", "discount", "after_sale")
"""Tables whose rows are an order's and are told field by field."""
BY_ENTRY = (*OF_ORDER, "money_entry")
"""And the ledger whose rows are known by the command that wrote them."""

_ENTRIES = """
SELECT seq, at, entity, entity_id, field, old, new, salt IS NULL AND old IS NULL AND new IS NULL FROM audit_entry
WHERE order_id = ? AND entity_id IS NOT NULL ORDER BY seq
"""
_COMMANDS = "SELECT seq, at, new FROM audit_entry WHERE entity = 'command' AND seq >= ? AND new LIKE '%\"ids\"%' ORDER BY seq"
_OWNER = {"orders": "id"}


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    """{table: what the trail tells of it} of every table that is told field by field."""
    return {name: _shape(table) for name, table in Base.metadata.tables.items() if audit_of(table) is Audit.FIELDS}


def _shape(table: Table) -> Shape:
    # Whose a row is never changes, and the entry of a new one tells it in a column of its own.
    told = [column for column in table.columns if column.info.get("audit", True) and not column.primary_key and column.name != "order_id"]
    numbers = frozenset(column.name for column in told if isinstance(column.type, (Integer, Boolean)))
    empty: dict[str, Any] = {}
    for column in told:
        default = column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
        if column.nullable:
            empty[column.name] = None
        else:
            empty[column.name] = int(default) if isinstance(default, bool) else default if default is not None else ""
    return Shape(frozenset(column.name for column in told), numbers, empty)


def state_of(reading: Reading, order_id: int) -> State:
    """The rows of the order as they are now, less what follows from others."""
    found: State = {}
    for name in OF_ORDER:
        fields = sorted(shapes()[name].fields)
        owner = _OWNER.get(name, "order_id")
        statement = f"SELECT id, {', '.join(fields)} FROM {name} WHERE {owner} = ? ORDER BY id"  # noqa: S608 (mapped names)
        for row_id, *values in reading.sql(statement, (order_id,)):
            found[name, row_id] = dict(zip(fields, values, strict=True))
    return found


def steps_of(reading: Reading, order_id: int, after: int = 0) -> list[Step]:
    """What the trail tells of the order from entry `after` + 1 on, in its order; rows that came in bulk where their command stands."""
    steps = [
        Step(seq, at, (entity, entity_id), field, old, new, bool(erased))
        for seq, at, entity, entity_id, field, old, new, erased in reading.sql(_ENTRIES, (order_id,))
        if seq > after and entity in OF_ORDER
    ]
    steps += _in_bulk(reading, order_id, steps, after)
    return sorted(steps, key=lambda step: (step.seq, not step.bulk))


def _in_bulk(reading: Reading, order_id: int, steps: Sequence[Step], after: int) -> Iterable[Step]:
    """Births that no entry of their own tells: of what is there now, and of what was there before it was removed."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for name in BY_ENTRY:
        statement = f"SELECT id FROM {name} WHERE {_OWNER.get(name, 'order_id')} = ?"  # noqa: S608 (constants)
        wanted[name].update(row[0] for row in reading.sql(statement, (order_id,)))
    told = {step.key for step in steps if step.field is None and step.new is not None}
    for step in steps:
        wanted[step.key[0]].add(step.key[1])
    found = []
    for seq, at, text in reading.driver.execute(_COMMANDS, (after + 1,)):
        for name, facts in _covered(text):
            for key in sorted(wanted.get(name, ())):
                if (name, key) not in told and any(first <= key <= last for first, last in facts["ids"]):
                    found.append(Step(seq, at, (name, key), bulk=True))
                    wanted[name].discard(key)
    return found


def _covered(text: str) -> list[tuple[str, Any]]:
    try:
        told = json.loads(text)
    except ValueError:
        return []
    return [(name, facts) for name, facts in told.items() if name in BY_ENTRY and "ids" in facts] if isinstance(told, dict) else []


def last_entry_at(reading: Reading, moment: int) -> int:
    """The number of the last entry up to `moment` (ms). Entries are written in the order of the clock."""
    low, high = 0, reading.sql("SELECT coalesce(max(seq), 0) FROM audit_entry")[0][0]
    while low < high:
        middle = (low + high + 1) // 2
        rows = reading.sql("SELECT at FROM audit_entry WHERE seq = ?", (middle,))
        if rows and rows[0][0] > moment:
            high = middle - 1
        else:
            low = middle
    return int(low)
