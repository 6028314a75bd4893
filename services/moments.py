"""A moment as a person types it."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.clock import from_local
from services.errors import BadInput

_DAY = len("2026-11-22")


def moment_of(text: str, zone: str) -> int:
    """`2026-11-22 14:00` in the shop's zone, as ms since 1970; what is told to the minute or the day means the end of it.

    Raises BadInput("moment_unreadable").
    """
    plain = text.strip()
    try:
        found = datetime.fromisoformat(plain)
        if len(plain) <= _DAY:
            return from_local(found + timedelta(days=1), zone) - 1
        if found.tzinfo is not None:
            return round(found.timestamp() * 1000)
        rest = 59_999 if plain.count(":") == 1 else 999 if "." not in plain else 0
        return from_local(found, zone) + rest
    except (ValueError, OverflowError):
        raise BadInput("moment_unreadable", text=text) from None
