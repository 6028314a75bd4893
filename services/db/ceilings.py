"""What may still be given back of an order, read from the journal and the cases: one reading for the command and for the card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.domain.refunds import PaidLine, PaidOrder, freight_ceiling, line_shares, order_ceiling
from services.errors import NotFound

if TYPE_CHECKING:
    from services.db.reading import Reading

_ORDER = "SELECT paid, refunded, freight FROM orders WHERE id = ?"
_LINES = """
SELECT id, quantity, coalesce(payable, price * quantity), paid, refunded FROM order_line WHERE order_id = ? ORDER BY position
"""
# What waiting cases hold: two clicks, or a second session, can't promise the same money twice (invariant M5).
_HELD = """
SELECT l.line_id, sum(l.quantity), sum(CASE WHEN c.state IN ('requested', 'agreed', 'goods_back') THEN l.amount ELSE 0 END)
FROM after_sale_line l JOIN after_sale c ON c.id = l.case_id
WHERE c.order_id = ? AND c.state NOT IN ('refused', 'withdrawn') GROUP BY l.line_id
"""
_HELD_ORDER = """
SELECT coalesce(sum(CASE WHEN state <> 'refunded' THEN amount ELSE 0 END), 0), coalesce(sum(freight), 0)
FROM after_sale WHERE order_id = ? AND state IN ('requested', 'agreed', 'goods_back', 'refunded')
"""


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What may still be given back, fen: of the whole order, of its freight, and by line."""

    order: int
    freight: int
    lines: tuple[PaidLine, ...]


def ceilings_of(reading: Reading, order_id: int) -> Ceilings:
    """Paid less what was refunded or is being refunded, per order and line; four statements. Raises NotFound."""
    rows = reading.sql(_ORDER, (order_id,))
    if not rows:
        raise NotFound("order_not_found", number=str(order_id))
    paid, refunded, freight = rows[0]
    held_order, held_freight = reading.sql(_HELD_ORDER, (order_id,))[0]
    held = {row[0]: row for row in reading.sql(_HELD, (order_id,))}
    lines = reading.sql(_LINES, (order_id,))
    shares = line_shares(paid or 0, freight or 0, [line[2] for line in lines])
    # A goods list tells what each line brought; without one, the order's money is shared out by amount.
    told = all(line[3] is not None for line in lines) and sum(line[3] or 0 for line in lines) <= (paid or 0)
    found = []
    for line, share in zip(lines, shares, strict=True):
        _line, back, waiting = held.get(line[0], (line[0], 0, 0))
        found.append(PaidLine(line[0], line[1], line[3] if told else share, line[4] + waiting, min(back, line[1])))
    money = PaidOrder(paid or 0, refunded + held_order, freight or 0, held_freight)
    return Ceilings(order_ceiling(money), freight_ceiling(money), tuple(found))
