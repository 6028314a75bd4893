"""The figures that an order keeps of its lines and cases, recomputed as a set after whatever changed them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.db.reading import id_list
from services.db.schema import Order
from services.db.uow import UnitOfWork

# An after-sale that the platform's goods list tells of, on the line itself.
OPEN_REFUND_STATES = ("requested", "agreed", "goods_back")

_LINES = """
SELECT l.order_id, count(*), sum(l.quantity), sum(l.shortage), sum(l.sku_id IS NULL), sum(l.shipped), sum(l.quantity - l.cancelled),
       sum(l.refund_state IN ('requested', 'agreed', 'goods_back')), min(l.position)
FROM order_line l WHERE l.order_id IN ({ids}) GROUP BY l.order_id
"""
_TITLES = """
SELECT l.order_id, g.title FROM order_line l JOIN listing g ON g.id = l.listing_id
WHERE l.order_id IN ({ids}) ORDER BY l.order_id, l.position DESC
"""
_CASES = """
SELECT order_id, count(*) FROM after_sale
WHERE order_id IN ({ids}) AND state IN ('requested', 'agreed', 'goods_back') GROUP BY order_id
"""


def refresh_orders(uow: UnitOfWork, order_ids: Iterable[int]) -> None:
    """Bring orders' caches of lines and cases up to date: quantity, shortage, unmatched, open cases, summary, part shipped."""
    ids = id_list(order_ids)
    if not ids:
        return
    cases = dict(uow.each(_CASES, ids))
    titles = dict(uow.each(_TITLES, ids))
    values: dict[int, dict[str, Any]] = {order_id: {"open_cases": count} for order_id, count in cases.items()}
    statuses = dict(uow.each("SELECT id, status FROM orders WHERE id IN ({ids})", ids))
    for order_id, kinds, quantity, shortage, unmatched, shipped, due, asked, _first in uow.each(_LINES, ids):
        values[order_id] = {
            "open_cases": max(cases.get(order_id, 0), asked),
            "lines_unknown": False,
            "quantity": quantity,
            "shortage": shortage,
            "unmatched": unmatched,
            "part_shipped": 0 < shipped < due and statuses[order_id] == "awaiting_shipment",
            "goods_summary": titles[order_id],
            "goods_kinds": kinds,
        }
    for order_id in ids:
        values.setdefault(order_id, {"open_cases": 0})
    uow.change(Order, values)
