"""What files said otherwise than what stands here, with both values, where each comes from, and what was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.domain.taking import Standing, hindrance
from services.imports.said import ADDRESS

if TYPE_CHECKING:
    from services.db.reading import Reading

STATES = ("open", "ours", "theirs", "gone")

_ROWS = """
SELECT c.id, c.order_id, o.number, h.code, c.field, c.part, c.ours, c.theirs, c.batch_id, b.file_name, c.row, c.file_time, c.found_at,
       c.state, c.decided_at, c.decided_by, o.buyer_nick, o.status, o.ship_by, o.goods_summary, b.sheet, b.at, coalesce(g.title, ''),
       coalesce(l.shipped, 0), coalesce(l.cancelled, 0),
       (SELECT e.actor || char(10) || e.at FROM audit_entry e WHERE e.order_id = c.order_id AND e.entity = 'orders'
        AND (e.field = c.field OR (c.field = 'address' AND e.field IN ('province', 'city', 'district', 'address', 'postcode')))
        ORDER BY e.seq DESC LIMIT 1)
FROM import_conflict c JOIN orders o ON o.id = c.order_id JOIN channel h ON h.id = o.channel_id JOIN import_batch b ON b.id = c.batch_id
LEFT JOIN order_line l ON l.id = c.part AND c.field = 'quantity' LEFT JOIN listing g ON g.id = l.listing_id
WHERE (? = '' OR c.state = ?) AND (? IS NULL OR c.order_id = ?) AND (? IS NULL OR c.batch_id = ?) AND (? IS NULL OR c.id IN (SELECT value FROM json_each(?)))
ORDER BY c.state <> 'open', c.id DESC LIMIT ? OFFSET ?
"""
_COUNT = "SELECT count(*) FROM import_conflict WHERE state = 'open'"


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict. `ours` and `theirs` are codes and plain text; an address is told in one line. `part` is the line or case, 0: the
    order. `edited_by` and `edited_at` are who set ours last, "" and None where nobody did. `title` are the goods of the line,
    `imported_at` is when the file came in. `hindrance` is the code of why theirs can't be taken, empty where it can.
    """

    id: int
    order_id: int
    number: str
    channel: str
    field: str
    part: int
    ours: str
    theirs: str
    batch_id: int
    file_name: str
    row: int
    file_time: int
    found_at: int
    state: str
    decided_at: int | None
    decided_by: str
    buyer_nick: str
    status: str
    ship_by: int | None
    goods: str
    sheet: str
    imported_at: int
    title: str
    hindrance: str
    edited_by: str
    edited_at: int | None

    @property
    def batch(self) -> str:
        return f"B{self.batch_id}"


@dataclass(frozen=True, slots=True)
class ConflictRows:
    """Query: conflicts, those to decide first, then the latest. `state` "" is any of them."""

    state: str = "open"
    order_id: int | None = None
    batch_id: int | None = None
    limit: int = 1_000
    offset: int = 0
    ids: tuple[int, ...] | None = None

    def run(self, reading: Reading) -> tuple[ConflictRow, ...]:
        some = None if self.ids is None else json.dumps(self.ids)
        params = (
            self.state, self.state, self.order_id, self.order_id, self.batch_id, self.batch_id, some, some, self.limit, self.offset,
        )  # fmt: skip
        return tuple(_row(row) for row in reading.sql(_ROWS, params))


@dataclass(frozen=True, slots=True)
class ConflictCount:
    """Query: how many wait for a decision."""

    def run(self, reading: Reading) -> int:
        return int(reading.sql(_COUNT)[0][0])


def _row(row: tuple[Any, ...]) -> ConflictRow:
    *values, shipped, cancelled, edited = row
    actor, _break, at = (edited or "").partition("\n")
    field, part, theirs, status = values[4], values[5], values[7], values[17]
    values[7] = _shown(field, theirs)
    stops = hindrance(field, part, theirs, Standing(status, shipped, cancelled))
    return ConflictRow(*(*values, stops, actor, int(at) if at else None))


def _shown(field: str, theirs: str) -> str:
    if field != "address":
        return theirs
    told: dict[str, str] = json.loads(theirs)
    return " ".join(filter(None, (told.get(name) for name in ADDRESS[:4])))
