"""The numbers of orders made by hand: `M20261122-001`, the local day and the count of that day. Asked by command and query alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.clock import to_local

if TYPE_CHECKING:
    from services.db.reading import Reading

CHANNEL = "manual"
_LAST = """
SELECT o.number FROM orders o JOIN channel c ON c.id = o.channel_id
WHERE c.code = ? AND o.number >= ? AND o.number < ? ORDER BY length(o.number) DESC, o.number DESC LIMIT 1
"""


def next_number(reading: Reading) -> str:
    """The first number of today that comes after all that were given."""
    head = f"M{to_local(reading.now, reading.shop.zone):%Y%m%d}-"
    rows = reading.sql(_LAST, (CHANNEL, head, head[:-1] + "."))
    tail = rows[0][0].removeprefix(head) if rows else "0"
    return f"{head}{int(tail) + 1:03d}" if tail.isascii() and tail.isdigit() else f"{head}{len(tail)}{tail}"
