"""The trail, newest first: by order, action, actor, time or words. Sentences: services.words.trail."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.clock import day_start
from services.queries.order_numbers import FindNumber
from services.search.grams import fold

if TYPE_CHECKING:
    from services.db.reading import Reading

_THING = """CASE a.entity WHEN 'setting' THEN (SELECT name FROM setting WHERE id = a.entity_id)
WHEN 'sku' THEN (SELECT code FROM sku WHERE id = a.entity_id) WHEN 'customer' THEN (SELECT nick FROM customer WHERE id = a.entity_id)
WHEN 'person' THEN (SELECT name FROM person WHERE id = a.entity_id) END"""
_COLUMNS = f"""a.seq, a.at, a.actor, a.action, a.entity, a.entity_id, a.order_id, o.number, a.field, a.old, a.new, a.reason, a.hash,
a.salt IS NULL AND a.old IS NULL AND a.new IS NULL AND a.field IS NOT NULL, coalesce({_THING}, '')"""
_ROWS = f"SELECT {_COLUMNS} FROM audit_entry a LEFT JOIN orders o ON o.id = a.order_id WHERE a.seq IN ({{ids}})"  # noqa: S608 (constants)
_OF_ORDER = f"""
SELECT {_COLUMNS} FROM audit_entry a LEFT JOIN orders o ON o.id = a.order_id WHERE a.order_id = ? ORDER BY a.seq DESC LIMIT ?
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry. `field` is None for a whole command, a new or a removed row; `hash` is hex. `erased`: the values were taken out
    since, the chain stands. Values are as kept: codes, fen, ms. `thing` is what the row is called where that is no order: a setting, a
    SKU's code, a customer's nick, a person.
    """

    seq: int
    at: int
    actor: str
    action: str
    entity: str
    entity_id: int | None
    order_id: int | None
    number: str | None
    field: str | None
    old: str | None
    new: str | None
    reason: str | None
    hash: str
    erased: bool
    thing: str = ""

    @property
    def id(self) -> int:
        return self.seq


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What of the trail is asked for; all of it must hold. `text` is looked for in old, new and reason. Days are local, both included.

    `number` is an order's, or `channel:number`.
    """

    order_id: int | None = None
    number: str = ""
    action: str = ""
    actor: str = ""
    text: str = ""
    first: int | None = None
    last: int | None = None
    field: str = ""
    entity: str = ""
    entity_id: int | None = None

    def where(self, reading: Reading) -> tuple[str, list[Any]]:
        """Raises NotFound and BadInput of an order's number."""
        conditions: list[str] = []
        params: list[Any] = []

        def hold(condition: str, *values: Any) -> None:
            conditions.append(condition)
            params.extend(values)

        order_id = FindNumber(self.number).run(reading).order_id if self.number else self.order_id
        if order_id is not None:
            hold("a.order_id = ?", order_id)
        if self.action:
            hold("a.action = ?", self.action)
        if self.actor:
            hold("a.actor = ?", self.actor)
        if self.field:
            hold("a.field = ?", self.field)
        if self.entity:
            hold("a.entity = ?", self.entity)
        if self.entity_id is not None:
            hold("a.order_id IS NULL AND a.entity_id = ?", self.entity_id)
        if self.first is not None:
            hold("a.at >= ?", day_start(self.first, reading.shop.zone))
        if self.last is not None:
            hold("a.at < ?", day_start(self.last + 1, reading.shop.zone))
        for word in fold(self.text).split():
            pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            hold("(a.old LIKE ? ESCAPE '\\' OR a.new LIKE ? ESCAPE '\\' OR a.reason LIKE ? ESCAPE '\\')", pattern, pattern, pattern)
        return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), params


EVERYTHING = AuditFilter()


@dataclass(frozen=True, slots=True)
class AuditIds:
    """Query: numbers of the entries, the newest first unless `descending` is false."""

    filter: AuditFilter = EVERYTHING
    descending: bool = True
    limit: int | None = None

    def run(self, reading: Reading) -> array[int]:
        where, params = self.filter.where(reading)
        way = "DESC" if self.descending else "ASC"
        statement = f"SELECT a.seq FROM audit_entry a {where} ORDER BY a.seq {way} LIMIT ?"  # noqa: S608 (constants; values are bound)
        found = array("q")
        cursor = reading.driver.execute(statement, (*params, -1 if self.limit is None else self.limit))
        while block := cursor.fetchmany(5_000):
            found.extend(row[0] for row in block)
        return found


@dataclass(frozen=True, slots=True)
class AuditRows:
    """Query: these entries, in the order of the ids."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[AuditRow, ...]:
        found = {row[0]: _row(row) for row in reading.each(_ROWS, self.ids)}
        return tuple(found[seq] for seq in self.ids if seq in found)


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """Query: a stretch of the trail, newest first."""

    filter: AuditFilter = EVERYTHING
    limit: int | None = 200
    offset: int = 0

    def run(self, reading: Reading) -> tuple[AuditRow, ...]:
        where, params = self.filter.where(reading)
        statement = (
            f"SELECT {_COLUMNS} FROM audit_entry a LEFT JOIN orders o ON o.id = a.order_id {where} "  # noqa: S608 (constants; values are bound)
            "ORDER BY a.seq DESC LIMIT ? OFFSET ?"
        )
        return tuple(_row(row) for row in reading.sql(statement, (*params, -1 if self.limit is None else self.limit, self.offset)))


@dataclass(frozen=True, slots=True)
class EntityTrail:
    """Query: what is on record of one thing that is no order's – a SKU, a customer, a setting, a group – or of all of its kind, newest first."""

    entity: str
    entity_id: int | None = None
    limit: int = 200

    def run(self, reading: Reading) -> tuple[AuditRow, ...]:
        return AuditTrail(AuditFilter(entity=self.entity, entity_id=self.entity_id), self.limit).run(reading)


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """Query: the actors and actions that the trail knows, for the page's filters; and the fields."""

    def run(self, reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        return _distinct(reading, "actor"), _distinct(reading, "action"), _distinct(reading, "field")


def _distinct(reading: Reading, column: str) -> tuple[str, ...]:
    # The latest part of the trail knows them all, or as good as all; the whole of it would be read through.
    statement = f"SELECT DISTINCT {column} FROM audit_entry WHERE seq > (SELECT max(seq) FROM audit_entry) - 20000 ORDER BY 1"  # noqa: S608 (constants)
    return tuple(value for (value,) in reading.sql(statement) if value is not None)


def order_trail(reading: Reading, order_id: int, limit: int = 500) -> tuple[AuditRow, ...]:
    """An order's timeline, the newest first."""
    return tuple(_row(row) for row in reading.sql(_OF_ORDER, (order_id, limit)))


def _row(row: tuple[Any, ...]) -> AuditRow:
    *facts, digest, erased, thing = row
    return AuditRow(*(*facts, digest.hex(), bool(erased), thing))
