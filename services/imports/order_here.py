"""An order as the shop holds it, beside what a file says of it: for looking closer before an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.db.schema import Order

if TYPE_CHECKING:
    from services.db.reading import Reading

_COLUMNS = tuple(column.name for column in Order.__table__.columns)
_ORDER = f"SELECT {', '.join(_COLUMNS)} FROM orders WHERE channel_id = ? AND number = ?"  # noqa: S608 (mapped names)


@dataclass(frozen=True, slots=True)
class OrderHere:
    """Query: the columns of the order with this number in one of the channels, nothing if it is in none of them."""

    channels: tuple[int, ...]
    number: str

    def run(self, reading: Reading) -> dict[str, Any]:
        for channel in self.channels:
            for row in reading.sql(_ORDER, (channel, self.number)):
                return dict(zip(_COLUMNS, row, strict=True))
        return {}
