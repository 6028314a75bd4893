"""What was done today and just now, one sentence a command, from the end of the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.db.reading import Reading

_DEEDS = 8
_MOST_ENTRIES = 20_000

# The trail has no gaps and its times follow its numbers, so today's first entry is found by halving.
_DEEDS_SQL = """
WITH RECURSIVE halves(low, high) AS (
    SELECT 0, coalesce(max(seq), 0) + 1 FROM audit_entry
    UNION ALL
    SELECT iif((SELECT at FROM audit_entry WHERE seq = (low + high) / 2) < :today, (low + high) / 2, low),
           iif((SELECT at FROM audit_entry WHERE seq = (low + high) / 2) < :today, high, (low + high) / 2)
    FROM halves WHERE high - low > 1
),
bound AS (
    SELECT max((SELECT coalesce(max(seq), 0) FROM audit_entry) - :most,
               min((SELECT min(low) FROM halves WHERE high - low <= 1), (SELECT coalesce(max(seq), 0) FROM audit_entry) - 400)) AS seq
),
deeds AS (
    SELECT max(seq) AS seq, at, actor, action, count(DISTINCT order_id) AS orders, min(order_id) AS first, max(reason) AS reason
    FROM audit_entry WHERE seq > (SELECT seq FROM bound) GROUP BY at, actor, action
)
SELECT d.seq, d.at, d.actor, d.action, d.orders, CASE d.orders WHEN 1 THEN o.number END, d.reason
FROM deeds d LEFT JOIN orders o ON o.id = d.first ORDER BY d.seq DESC
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """What one command did, for a sentence: on how many orders, and the number where it was one."""

    seq: int
    at: int
    actor: str
    action: str
    orders: int
    number: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Deeds:
    """The last ones of all days, the last ones of today, and how many there were today."""

    latest: tuple[Deed, ...]
    done: tuple[Deed, ...]
    done_count: int


def last_deeds(reading: Reading, start: int) -> Deeds:
    """`start` is the first moment of today, ms. The founding of the shop is nobody's work."""
    rows = reading.driver.execute(_DEEDS_SQL, {"today": start, "most": _MOST_ENTRIES})
    deeds = [Deed(*row) for row in rows if row[3] != "found_shop"]
    done = [deed for deed in deeds if deed.at >= start]
    return Deeds(tuple(deeds[:_DEEDS]), tuple(done[:_DEEDS]), len(done))
