"""Which mistakes of addresses and goods buyers made of late: what the notice on the shop's page is made of (services.words.notice).

Counted are orders, each under each kind of mistake once: those on the worklist of addresses, those whose address was put right here
(the trail says which field and why) or changed on the platform, those closed because they were wrong or placed twice, and those of
which the buyer gave something back for having chosen wrongly. What the shop or the carrier did wrong is no matter of a notice.
"""

from __future__ import annotations

import re
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
# Reasons as platforms offer them (多拍/拍错/不想要, 尺码/尺寸不合适, 信息填写错误，重新拍) and as our own lists do.
_OF_THE_SHOP = re.compile("不符|发错|做工|破损|质量|少件|漏发|色差|缺货|not as described|damaged|quality", re.IGNORECASE)
_BY_WORDS = (
    ("duplicate", re.compile("重复|拍重|duplicate", re.IGNORECASE)),
    ("size", re.compile("尺码|尺寸|大小|颜色|型号|款式|规格|\\b(?:size|colou?r)\\b", re.IGNORECASE)),
    ("details", re.compile("拍错|多拍|错拍|选错|买错|下错|填写错误|填错|wrong_details|ordered wrong|by mistake", re.IGNORECASE)),
)
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
_CLOSED = "SELECT id, close_reason FROM orders WHERE closed_at >= ? AND close_reason <> ''"
_GIVEN_BACK = "SELECT order_id, reason FROM after_sale WHERE requested_at >= ? AND reason <> ''"
_CHANGED = "SELECT id FROM orders WHERE created_at >= ? AND address_edited"


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
        found |= {(order_id, "changed") for (order_id,) in reading.sql(_CHANGED, (first,))}
        for statement in (_CLOSED, _GIVEN_BACK):
            found |= {(order_id, kind) for order_id, why in reading.sql(statement, (first,)) if (kind := _chosen_wrongly(why))}
        counted = Counter(kind for _order, kind in found)
        return Mistakes(DAYS, tuple(sorted(((kind, counted[kind]) for kind in KINDS), key=lambda one: (-one[1], KINDS.index(one[0])))))


def _chosen_wrongly(why: str) -> str:
    """The kind of mistake that a reason tells of; "" where it is none of the buyer's, or none that a notice could prevent."""
    return "" if _OF_THE_SHOP.search(why) else next((kind for kind, words in _BY_WORDS if words.search(why)), "")
