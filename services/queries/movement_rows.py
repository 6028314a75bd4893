"""The ledger of a SKU's stock, from its first movement on, in parts of a few thousand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.db.reading import Reading

PART = 2_000
_ROWS = """
SELECT m.id, m.at, s.code, s.title, s.properties, m.kind, m.quantity, m.value, o.number, m.case_id, m.note
FROM stock_movement m JOIN sku s ON s.id = m.sku_id LEFT JOIN orders o ON o.id = m.order_id
WHERE m.sku_id = ? AND (m.at, m.id) > (?, ?) ORDER BY m.at, m.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class MovementRow:
    """Units in (+) or out (−) with their value in fen, signed like the units."""

    id: int
    at: int
    code: str
    title: str
    properties: str
    kind: str
    units: int
    worth: int
    number: str | None
    case_id: int | None
    note: str


@dataclass(frozen=True, slots=True)
class MovementRows:
    """Query: the movements of a SKU after one of them, (time, id), the oldest first, PART at most."""

    sku_id: int
    after: tuple[int, int] = (-(1 << 62), 0)

    def run(self, reading: Reading) -> tuple[MovementRow, ...]:
        return tuple(MovementRow(*row) for row in reading.sql(_ROWS, (self.sku_id, *self.after, PART)))
