"""One after-sale case in full: the order, its lines with what of them is in the case, what may still be given back, the money, the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.db.ceilings import ceilings_of
from services.domain.refunds import line_ceiling
from services.errors import NotFound
from services.queries.audit_trail import AuditRow, order_trail
from services.queries.case_rows import CaseRow, CaseRows

if TYPE_CHECKING:
    from services.db.reading import Reading

_ORDER = """
SELECT id, number, status, buyer_nick, recipient, province, city, payable, paid, refunded, freight, created_at, paid_at, shipped_at, goods_summary
FROM orders WHERE id = ?
"""
_LINES = """
SELECT l.id, l.position, coalesce(nullif(s.title, ''), g.title), coalesce(nullif(s.properties, ''), g.properties), coalesce(s.code, g.code),
       l.quantity, l.price, coalesce(l.payable, l.price * l.quantity), l.shipped, l.cancelled, l.refund_state, p.quantity, p.amount,
       p.restocked, p.damaged
FROM order_line l JOIN listing g ON g.id = l.listing_id LEFT JOIN sku s ON s.id = l.sku_id
LEFT JOIN after_sale_line p ON p.line_id = l.id AND p.case_id = ?
WHERE l.order_id = ? ORDER BY l.position
"""
_MONEY = "SELECT id, at, kind, amount, case_id, source FROM money_entry WHERE order_id = ? ORDER BY at, id"


@dataclass(frozen=True, slots=True)
class CaseOrder:
    """The order that a case is of; fen, ms."""

    id: int
    number: str
    status: str
    buyer: str
    recipient: str
    province: str
    city: str
    payable: int | None
    paid: int | None
    refunded: int
    freight: int | None
    created_at: int
    paid_at: int | None
    shipped_at: int | None
    goods_summary: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of the order. `paid` is what the buyer paid for it, `ceiling` what may still be given back of it, `units_left` how many
    may still come back. `units`, `amount`, `restocked`, `damaged` are this case's, 0 where it has nothing of the line.
    """

    id: int
    position: int
    title: str
    properties: str
    code: str
    quantity: int
    price: int
    owed: int
    shipped: int
    cancelled: int
    refund_state: str
    units: int
    amount: int
    restocked: int
    damaged: int
    paid: int
    refunded: int
    ceiling: int
    units_left: int


@dataclass(frozen=True, slots=True)
class MoneyMove:
    """A movement of money, signed as the merchant's, fen."""

    id: int
    at: int
    kind: str
    amount: int
    case_id: int | None
    source: str


@dataclass(frozen=True, slots=True)
class OrderForRefund:
    """An order as the refund dialog needs it: lines with their ceilings, the order's ceiling and that of its freight, fen."""

    order: CaseOrder
    lines: tuple[CaseLine, ...]
    ceiling: int
    freight_ceiling: int
    money: tuple[MoneyMove, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """`trail` is newest first; what is still open counts as being given back, so the ceilings are what remains besides."""

    row: CaseRow
    refund: OrderForRefund
    trail: tuple[AuditRow, ...]


@dataclass(frozen=True, slots=True)
class RefundCard:
    """Query: an order with what may be given back of it, before a case is opened. Raises NotFound("order_not_found")."""

    order_id: int

    def run(self, reading: Reading) -> OrderForRefund:
        return _refund(reading, self.order_id, 0)


@dataclass(frozen=True, slots=True)
class CaseCard:
    """Query: one case. Raises NotFound("case_not_found")."""

    case_id: int

    def run(self, reading: Reading) -> Case:
        rows = CaseRows((self.case_id,)).run(reading)
        if not rows:
            raise NotFound("case_not_found", case=self.case_id)
        (row,) = rows
        trail = tuple(entry for entry in order_trail(reading, row.order_id) if _of_case(entry, row.id))
        return Case(row, _refund(reading, row.order_id, row.id), trail)


def _of_case(entry: AuditRow, case_id: int) -> bool:
    return entry.entity == "after_sale" and entry.entity_id == case_id


def _refund(reading: Reading, order_id: int, case_id: int) -> OrderForRefund:
    rows = reading.sql(_ORDER, (order_id,))
    if not rows:
        raise NotFound("order_not_found", number=str(order_id))
    ceilings = ceilings_of(reading, order_id)
    known = {line.line_id: line for line in ceilings.lines}
    lines = []
    for row in reading.sql(_LINES, (case_id, order_id)):
        line = known[row[0]]
        ours = (part or 0 for part in row[-4:])
        ceiling = min(line_ceiling(line), ceilings.order)
        lines.append(CaseLine(*(*row[:-4], *ours, line.paid, line.refunded, ceiling, line.quantity - line.back)))
    return OrderForRefund(
        CaseOrder(*rows[0]),
        tuple(lines),
        ceilings.order,
        ceilings.freight,
        tuple(MoneyMove(*move) for move in reading.sql(_MONEY, (order_id,))),
    )
