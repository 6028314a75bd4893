"""Conditions over the orders that a word of a search stands for, and that need no value of it."""

from __future__ import annotations

from services.db.unchecked import MUST_CHECK
from services.search.pieces import Sql, sql

PRINTED: dict[str, Sql] = {
    "yes": sql("orders.slip_copies > 0 OR orders.label_copies > 0"),
    "no": sql("orders.slip_copies = 0 AND orders.label_copies = 0"),
    "slip": sql("orders.slip_copies > 0"),
    "label": sql("orders.label_copies > 0"),
}

# The same rules as services.domain.blockers, which judges single orders; a test compares both on every kind of order.
SOFT: dict[str, Sql] = {
    "approval_waiting": sql("orders.approvals > 0"),
    "after_sale_open": sql("orders.open_cases > 0"),
    "shortage": sql("orders.shortage > 0"),
    "goods_unmatched": sql("orders.unmatched > 0"),
    "lines_unknown": sql("orders.lines_unknown = 1"),
    "not_checked": sql(f"orders.checked_at IS NULL AND {MUST_CHECK}"),
    # Of a person whom the platform encrypted we hold nothing, and need nothing.
    "address_missing": sql(
        "(orders.recipient = '' OR (orders.phone = '' AND orders.tel = '') OR orders.province = '' OR orders.address = '')"
        " AND NOT (orders.masked = 1 AND orders.recipient = '' AND orders.phone = '' AND orders.tel = '' AND orders.address = '')"
    ),
}
BY_STATUS = {"not_paid": "awaiting_payment", "already_shipped": "shipped", "completed": "completed", "closed": "closed"}
