"""An order as a change of its goods and money finds it: asked by the command that changes it and by the query that shows what would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.domain.amendments import LIMIT, Amended, Amendment, LineChange, LineState, OrderState, allowed_by_limits
from services.errors import NotFound, Refused
from services.settings import settings_of

if TYPE_CHECKING:
    from services.db.reading import Reading

__all__ = ("LIMIT", "Amendment", "Base", "LineChange", "read_base", "within_limits")
"""Callers outside take the form of a change from here."""

_ORDER = """
SELECT number, status, version, discount, coalesce(freight, 0), paid, lines_unknown, open_cases, channel_id, locked, payable, goods_amount
FROM orders WHERE id = ?
"""
_LINES = """
SELECT l.id, l.sku_id, l.quantity, l.price, coalesce((SELECT sum(d.amount) FROM discount d WHERE d.line_id = l.id AND d.payer <> 'platform'), 0),
       max(l.shipped + l.cancelled, EXISTS (SELECT 1 FROM after_sale_line c WHERE c.line_id = l.id)
         OR EXISTS (SELECT 1 FROM money_entry m WHERE m.order_id = l.order_id AND m.line_id = l.id)
         OR EXISTS (SELECT 1 FROM parcel_line p WHERE p.line_id = l.id)), l.number
FROM order_line l WHERE l.order_id = ? ORDER BY l.position, l.id
"""

_CUT = "SELECT coalesce(-sum(effect), 0) FROM approval WHERE order_id = ? AND state = 'approved' AND decided_by = ?"


@dataclass(frozen=True, slots=True)
class Base:
    """What a change is made on."""

    number: str
    status: str
    version: int
    state: OrderState
    lines_unknown: bool
    open_cases: int
    channel_id: int
    locked: str

    def as_json(self) -> str:
        """What a proposal must still find as it was: goods, prices, discount, freight, state."""
        lines = [[line.id, line.sku_id, line.quantity, line.price, line.discount, line.fixed] for line in self.state.lines]
        told = {"status": self.status, "lines": lines, "discount": self.state.discount, "freight": self.state.freight}
        return json.dumps(told, separators=(",", ":"), sort_keys=True)

    def check(self) -> None:
        """Raise Refused where nothing may be changed any more, or not yet."""
        if self.status not in {"awaiting_payment", "awaiting_shipment"}:
            raise Refused("change_too_late", number=self.number)
        if self.open_cases:
            raise Refused("change_in_case", number=self.number)
        if self.lines_unknown:
            raise Refused("lines_unknown_yet", number=self.number)


def read_base(reading: Reading, order_id: int) -> Base:
    rows = reading.sql(_ORDER, (order_id,))
    if not rows:
        raise NotFound("order_not_found", number="?")
    number, status, version, discount, freight, paid, unknown, cases, channel_id, locked, payable, goods = rows[0]
    lines = tuple(LineState(*row[:6]) for row in reading.sql(_LINES, (order_id,)))
    if discount is None:  # a sparse file told nothing of it: what the sums leave
        summed = sum(line.price * line.quantity for line in lines)
        discount = max(0, summed + freight - payable) if payable is not None and goods is None else sum(line.discount for line in lines)
    return Base(number, status, version, OrderState(lines, discount, freight, paid), bool(unknown), cases, channel_id, locked)


def within_limits(reading: Reading, order_id: int, base: Base, change: Amendment, amended: Amended) -> bool:
    """Whether the owner's limits allow a change of this order, with what they allowed of it before."""
    chosen = settings_of(reading)
    (allowed,) = reading.sql(_CUT, (order_id, LIMIT))[0]
    return allowed_by_limits(base.state, change, amended, chosen["price_cut_percent"], chosen["price_cut_fen"], allowed)
