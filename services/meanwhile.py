"""What changed since somebody looked: the one rule against lost updates.

Whoever reads a thing to edit it gets with it the number of the trail's newest entry at that moment (`NOW`; rows call it `version`).
An edit hands it back, and is refused only if one of the fields that it sets holds another value by an entry since, whoever wrote
it: a person, a file, a rule; an address counts as one field. Printing, counting and edits of other fields refuse nothing; what was changed and changed back is as
it was seen. What is no order is handed back by the values that were seen. The refusal names field, old → new, who and when (services.words.trail.meanwhile). Commands ask it, dialogs show it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.db.auditing import value_text
from services.db.masks import COST_FIELDS, PERSONAL_FIELDS
from services.errors import Conflict

if TYPE_CHECKING:
    from services.db.reading import Reading
    from services.db.uow import UnitOfWork

NOW = "(SELECT coalesce(max(seq), 0) FROM main.audit_entry)"
"""SQL: the newest entry of the trail; what a row read now is as of. One look at the end of an index."""
MOST_TOLD = 3
COVERED = "****"

_COLUMNS = "seq, at, actor, action, entity, entity_id, order_id, field, old, new"
_OF_ORDERS = f"SELECT {_COLUMNS} FROM audit_entry WHERE order_id IN ({{ids}}) AND seq > {{after}} ORDER BY seq"  # noqa: S608 (constants)
_BULKS = "SELECT seq, at, actor, action, new FROM audit_entry WHERE entity = 'command' AND seq > ? ORDER BY seq"
_LINES = "SELECT id, order_id FROM order_line WHERE order_id IN ({ids})"


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one row as it was seen (`old`) and as it is, with who changed it last. `field` None: a row came or went."""

    seq: int
    at: int
    actor: str
    action: str
    entity: str
    entity_id: int | None
    order_id: int | None
    field: str | None
    old: str | None
    new: str | None


def changed_orders(
    reading: Reading, seen: Mapping[int, int], fields: Collection[str], rows: Collection[str] = ()
) -> dict[int, list[Changed]]:
    """{order: what of `fields` changed since the moment it was seen at}; with `rows` also any row of those tables that belongs to it."""
    if not seen:
        return {}
    statement = _OF_ORDERS.replace("{after}", str(int(min(seen.values()))))
    entries = (Changed(*row) for row in reading.each(statement, sorted(seen)))
    wanted = (
        one
        for one in entries
        if one.order_id is not None
        and one.seq > seen[one.order_id]
        and ((one.entity == "orders" and one.field in fields) or one.entity in rows)
    )
    found: dict[int, list[Changed]] = {}
    for one in (*_net(wanted), *(_lines_in_bulk(reading, seen) if "order_line" in rows else ())):
        found.setdefault(one.order_id or 0, []).append(one)
    return found


def orders_must_stand(uow: UnitOfWork, seen: Mapping[int, int], fields: Collection[str], rows: Collection[str] = ()) -> None:
    """Raise Conflict("order_changed") with what changed of the first order that is not as it was seen."""
    found = changed_orders(uow, seen, fields, rows)
    if found:
        order_id = min(found)
        numbers = uow.sql("SELECT number FROM orders WHERE id = ?", (order_id,))
        changes = sorted(found[order_id], key=lambda one: (one.entity == "orders", one.seq))  # goods first: sums only follow from them
        raise Conflict("order_changed", number=numbers[0][0] if numbers else "?", meanwhile=told(uow, changes, uow.viewer.hidden))


def values_must_stand(
    uow: UnitOfWork, entity: str, row_id: int, seen: Mapping[str, Any], now: Mapping[str, Any], name: str, order_id: int | None = None
) -> None:
    """Raise Conflict("changed_meanwhile") where a value is not the one that was seen; the trail says who changed it last."""
    differing = [field for field, value in seen.items() if value_text(value) != value_text(now[field])]
    if differing:
        changes = [_last(uow, entity, row_id, order_id, field, value_text(seen[field]), value_text(now[field])) for field in differing]
        raise Conflict("changed_meanwhile", name=name, meanwhile=told(uow, changes, uow.viewer.hidden))


def _last(reading: Reading, entity: str, row_id: int, order_id: int | None, field: str, seen: str | None, now: str | None) -> Changed:
    """What was seen and what is, by who wrote it last; a row that is not older than that has no entry of the field alone."""
    where, params = ("order_id = ?", (order_id,)) if order_id is not None else ("order_id IS NULL", ())
    statement = f"""
    SELECT seq, at, actor, action FROM audit_entry WHERE entity = ? AND entity_id = ? AND {where} AND coalesce(field, ?) = ?
    ORDER BY seq DESC LIMIT 1"""  # noqa: S608 (constants)
    rows = reading.sql(statement, (entity, row_id, *params, field, field))
    seq, at, actor, action = rows[0] if rows else (0, reading.now, "", "")
    return Changed(seq, at, actor, action, entity, row_id, order_id, field, seen, now)


def told(reading: Reading, changes: Sequence[Changed], hidden: Collection[str]) -> str:
    """The fact `meanwhile` of an error: JSON that gets its words at the edge. What the viewer may not see is covered."""
    covered = {*(PERSONAL_FIELDS if "personal" in hidden else ()), *(COST_FIELDS if "costs" in hidden else ())}
    shown = [_shown(one, covered) for one in changes[:MOST_TOLD]]
    return json.dumps({"zone": reading.shop.zone, "changes": shown, "count": len(changes)}, ensure_ascii=False, separators=(",", ":"))


def _shown(one: Changed, covered: Collection[str]) -> list[Any]:
    values: list[str | None] = [one.old, one.new]
    if one.field in covered or (one.field is None and covered):
        values = [COVERED if value else value for value in values]
    return [one.entity, one.field, *values, one.actor, one.action, one.at]


def _net(entries: Iterable[Changed]) -> list[Changed]:
    """Entries of one field as one, from what was seen to what is; what is as it was seen is left out. Rows that came or went stand alone."""
    first: dict[tuple[str, int | None, str | None], str | None] = {}
    last: dict[tuple[str, int | None, str | None], Changed] = {}
    found: list[Changed] = []
    for one in entries:
        if one.field is None:
            found.append(one)
            continue
        key = (one.entity, one.entity_id, one.field)
        first.setdefault(key, one.old)
        last[key] = one
    found += [
        Changed(one.seq, one.at, one.actor, one.action, one.entity, one.entity_id, one.order_id, one.field, first[key], one.new)
        for key, one in last.items()
        if first[key] != one.new
    ]
    return sorted(found, key=lambda one: one.seq)


def _lines_in_bulk(reading: Reading, seen: Mapping[int, int]) -> list[Changed]:
    """Lines that a file brought to an order: they have no entries of their own, only their ids in that of the import."""
    lines: list[tuple[int, int]] | None = None
    found: list[Changed] = []
    for seq, at, actor, action, text in reading.sql(_BULKS, (min(seen.values()),)):
        spans = json.loads(text or "{}").get("order_line", {}).get("ids", ())
        if not spans:
            continue
        if lines is None:
            lines = list(reading.each(_LINES, sorted(seen)))
        for line_id, order_id in lines:
            if seq > seen[order_id] and any(first <= line_id <= end for first, end in spans):
                found.append(Changed(seq, at, actor, action, "order_line", line_id, order_id, None, None, "{}"))
    return found
