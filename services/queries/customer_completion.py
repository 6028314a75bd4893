"""Buyers found while somebody types: by nick, recipient or phone, each with where the last order of theirs went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.search.compile import prepare
from services.search.grams import fold, match_words

if TYPE_CHECKING:
    from services.db.reading import Reading

LOOKED_AT = 2_000
"""Orders that are looked at for one text, the newest first: an answer while typing, whatever the size of the shop."""

# Phones are found by their tail's index, nicks by theirs, all else by the full-text index; a text hit may lie in other fields.
_ROWS = f"""
WITH found(id) AS (
    SELECT id FROM (SELECT rowid AS id FROM order_text WHERE order_text MATCH ?1 ORDER BY rowid DESC LIMIT {LOOKED_AT})
    UNION SELECT id FROM (SELECT id FROM orders WHERE buyer_nick >= ?2 AND buyer_nick < ?2 || char(1114111) LIMIT {LOOKED_AT})
    UNION SELECT id FROM (SELECT id FROM orders WHERE phone_tail = ?3 AND ?3 <> '' ORDER BY created_at DESC LIMIT {LOOKED_AT})
)
SELECT o.customer_id, c.code, o.buyer_nick, coalesce(k.tier, ''), o.recipient, o.phone, o.phone_ext, o.tel, o.province, o.city, o.district,
       o.address, o.postcode, o.created_at
FROM found JOIN orders o ON o.id = found.id JOIN channel c ON c.id = o.channel_id LEFT JOIN customer k ON k.id = o.customer_id
WHERE o.masked = 0 AND (text_has(o.buyer_nick, ?2) OR text_has(o.recipient, ?2) OR (?4 <> '' AND (instr(o.phone, ?4) OR instr(o.tel, ?4))))
ORDER BY o.created_at DESC, o.id DESC
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class CustomerChoice:
    """A buyer and the latest address of theirs; `customer_id` is None for orders without a nick. `orders`: how many were looked at."""

    customer_id: int | None
    channel: str
    nick: str
    tier: str
    recipient: str
    phone: str
    phone_ext: str
    tel: str
    province: str
    city: str
    district: str
    address: str
    postcode: str
    last_at: int
    orders: int

    @property
    def phone_typed(self) -> str:
        """As one types it: mobile with its extension, else the land line."""
        return "-".join(part for part in (self.phone, self.phone_ext) if part) or self.tel


@dataclass(frozen=True, slots=True)
class CustomerCompletion:
    """The latest buyers first; masked persons are nobody. One statement."""

    text: str
    limit: int = 8

    def run(self, reading: Reading) -> tuple[CustomerChoice, ...]:
        text = fold(" ".join(self.text.split()))
        if not text:
            return ()
        prepare(reading)
        digits = text if text.isascii() and text.isdigit() and len(text) >= 4 else ""
        latest: dict[Any, tuple[Any, ...]] = {}
        counts: dict[Any, int] = {}
        for row in reading.sql(_ROWS, (match_words(text), text, digits[-4:], digits)):
            key = (row[0],) if row[0] is not None else row[4:8]
            counts[key] = counts.get(key, 0) + 1
            if key not in latest:
                latest[key] = row
        chosen = list(latest.items())[: self.limit]
        return tuple(CustomerChoice(*(*row, counts[key])) for key, row in chosen)
