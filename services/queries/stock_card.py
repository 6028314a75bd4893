"""One SKU in full: levels, thirty days of its stock, the latest movements, and the orders that wait for it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.clock import day_of, day_start
from services.db.sums import QUARTER
from services.errors import NotFound
from services.queries.stock_rows import StockRow, StockRows

if TYPE_CHECKING:
    from services.db.reading import Reading

SERIES_DAYS = 30

_BY_TIME = f"""
SELECT at / {QUARTER}, sum(CASE WHEN quantity > 0 THEN quantity ELSE 0 END), -sum(CASE WHEN quantity < 0 THEN quantity ELSE 0 END)
FROM stock_movement WHERE sku_id = ? AND at >= ? GROUP BY 1
"""  # noqa: S608 (constants)
_MOVEMENTS = """
SELECT m.id, m.at, m.kind, m.quantity, m.value, m.note, m.order_id, o.number, m.case_id
FROM stock_movement m LEFT JOIN orders o ON o.id = m.order_id WHERE m.sku_id = ? ORDER BY m.at DESC, m.id DESC LIMIT ?
"""
_WAITING = """
SELECT l.id, o.id, o.number, o.buyer_nick, l.shortage, l.quantity - l.cancelled, o.ship_by
FROM order_line l JOIN orders o ON o.id = l.order_id
WHERE l.sku_id = ? AND l.shortage > 0 ORDER BY o.ship_by IS NULL, o.ship_by, o.id LIMIT ?
"""
_LISTINGS = "SELECT g.title, g.properties, g.code, c.code FROM listing g JOIN channel c ON c.id = g.channel_id WHERE g.sku_id = ? ORDER BY g.id LIMIT 50"


@dataclass(frozen=True, slots=True)
class StockDay:
    """A local day: on hand at its end, and what came in and went out during it."""

    day: int
    on_hand: int
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class Movement:
    """`balance` is on hand after it; `value` in fen, signed like the units."""

    id: int
    at: int
    kind: str
    quantity: int
    value: int
    note: str
    order_id: int | None
    number: str | None
    case_id: int | None
    balance: int


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A line of an open order that is short of `short` of its `units`."""

    line_id: int
    order_id: int
    number: str
    buyer: str
    short: int
    units: int
    ship_by: int | None


@dataclass(frozen=True, slots=True)
class ListedAs:
    """What a platform calls it."""

    title: str
    properties: str
    code: str
    channel: str


@dataclass(frozen=True, slots=True)
class SkuCard:
    row: StockRow
    days: tuple[StockDay, ...]
    movements: tuple[Movement, ...]
    waiting: tuple[WaitingLine, ...]
    listings: tuple[ListedAs, ...]


@dataclass(frozen=True, slots=True)
class StockCard:
    """Query: one SKU's card. Raises NotFound("sku_not_found")."""

    sku_id: int
    movements: int = 50
    waiting: int = 50

    def run(self, reading: Reading) -> SkuCard:
        rows = StockRows((self.sku_id,)).run(reading)
        if not rows:
            raise NotFound("sku_not_found", code=str(self.sku_id))
        (row,) = rows
        found, balance = [], row.on_hand
        for facts in reading.sql(_MOVEMENTS, (self.sku_id, self.movements)):
            movement = Movement(*(*facts, balance))
            found.append(movement)
            balance -= movement.quantity
        return SkuCard(
            row,
            _days(reading, row),
            tuple(found),
            tuple(WaitingLine(*line) for line in reading.sql(_WAITING, (self.sku_id, self.waiting))),
            tuple(ListedAs(*listing) for listing in reading.sql(_LISTINGS, (self.sku_id,))),
        )


def _days(reading: Reading, row: StockRow) -> tuple[StockDay, ...]:
    """Backwards from what is there now: the ledger's sum is on hand."""
    zone = reading.shop.zone
    today = day_of(reading.now, zone)
    first = today - SERIES_DAYS + 1
    starts = [day_start(day, zone) for day in range(first, today + 1)]
    came, went = [0] * SERIES_DAYS, [0] * SERIES_DAYS
    for quarter, plus, minus in reading.sql(_BY_TIME, (row.id, starts[0])):
        place = bisect_right(starts, quarter * QUARTER) - 1
        came[place] += plus
        went[place] += minus
    days, on_hand = [], row.on_hand
    for place in range(SERIES_DAYS - 1, -1, -1):
        days.append(StockDay(first + place, on_hand, came[place], went[place]))
        on_hand -= came[place] - went[place]
    return tuple(reversed(days))
