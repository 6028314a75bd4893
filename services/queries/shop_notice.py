"""Which mistakes of addresses and goods buyers made of late: what the notice on the shop's page is made of (services.words.notice).

Counted are orders, each under each kind of mistake once: those on the worklist of addresses, those whose address was put right here
(the trail says which field and why), and those closed because they were wrong or placed twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.queries.worklists.addresses import faulty_orders
from services.queries.worklists.common import DAYS, since
from services.words.notice import KINDS, is_wish

if TYPE_CHECKING:
    from services.db.reading import Reading

_BY_FAULT = {
    "recipient_missing": "recipient",
    "phone_missing": "phone",
    "phone_wrong": "phone",
    "landline_only": "phone",
    "street_missing": "street",
    "street_short": "street",
    "po_box": "po_box",
}
_BY_FIELD = {
    "recipient": "recipient",
    "phone": "phone",
    "tel": "phone",
    "province": "region",
    "city": "region",
    "district": "region",
    "address": "street",
}
_BY_CLOSING = {"wrong_details": "details", "duplicate": "duplicate"}
# What a person set is locked, so the orders whose trail is worth reading are known without reading any.
_EDITED = """
SELECT o.id FROM orders o WHERE o.created_at >= ?
 AND (o.locked LIKE '%address%' OR o.locked LIKE '%phone%' OR o.locked LIKE '%province%' OR o.locked LIKE '%city%'
      OR o.locked LIKE '%district%' OR o.locked LIKE '%recipient%' OR o.locked LIKE '%tel%')
"""
# A hidden value that was made clear was no mistake of the buyer.
_EDITS = f"""
SELECT order_id, field, coalesce(reason, '') FROM audit_entry
WHERE order_id IN ({{ids}}) AND entity = 'orders' AND field IN ({", ".join(f"'{name}'" for name in _BY_FIELD)}) AND coalesce(old, '') NOT LIKE '%*%'
"""  # noqa: S608 (constants)
_CLOSED = "SELECT close_reason, count(*) FROM orders WHERE closed_at >= ? AND close_reason IN ('wrong_details', 'duplicate') GROUP BY close_reason"


@dataclass(frozen=True, slots=True)
class Mistakes:
    """(kind, orders) of every kind in KINDS, the most frequent first, over the last `days`."""

    days: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CountMistakes:
    """Query: the mistakes of the last 90 days."""

    def run(self, reading: Reading) -> Mistakes:
        first = since(reading)
        found: set[tuple[int, str]] = set()
        for order_id, faults in faulty_orders(reading):
            found |= {(order_id, _BY_FAULT.get(code, "region")) for code in faults if code != "nothing_known"}
        edited = [row[0] for row in reading.sql(_EDITED, (first,))]
        for order_id, field, why in reading.each(_EDITS, edited):
            found.add((order_id, "changed" if is_wish(why) else _BY_FIELD[field]))
        counted = Counter(kind for _order, kind in found)
        counted.update({_BY_CLOSING[why]: orders for why, orders in reading.sql(_CLOSED, (first,))})
        return Mistakes(DAYS, tuple(sorted(((kind, counted[kind]) for kind in KINDS), key=lambda one: (-one[1], KINDS.index(one[0])))))
