"""What the worklists have in common: which orders matter, what was let stand, how a search narrows a list."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from services.clock import day_of, day_start
from services.search.grams import fold

if TYPE_CHECKING:
    from services.db.reading import Reading

DAYS = 90
STATUSES = ("awaiting_payment", "awaiting_shipment")
MATTERS = "o.status IN ('awaiting_payment', 'awaiting_shipment') AND o.created_at >= ?"
"""Orders of which something can still be put right; its parameter is `since`. Goes along ix_orders_status_created_at."""
FAR = 1 << 62
"""Sorts what has no deadline behind all that has one."""


def since(reading: Reading) -> int:
    """The first moment that matters, ms: a day's beginning, so that a list stays the same all day long."""
    return day_start(day_of(reading.now, reading.shop.zone) - DAYS, reading.shop.zone)


def accepted(reading: Reading, worklist: str) -> dict[str, str]:
    """{key: digest of the values} of what was let stand."""
    return dict(reading.sql("SELECT key, seen FROM accepted WHERE worklist = ?", (worklist,)))


def digest(values: Iterable[object]) -> str:
    """Of the values that a finding was judged by; no person's data can be read from it."""
    return hashlib.sha256(
        "\x1f".join("" if value is None else str(value) for value in values).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]


def holding(search: str) -> Callable[[Iterable[object]], bool]:
    """Whether some texts hold every word of a search, whatever their case."""
    words = fold(search).split()

    def holds(texts: Iterable[object]) -> bool:
        held = [fold(str(text)) for text in texts if text]
        return all(any(word in text for text in held) for word in words)

    return holds
