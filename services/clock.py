"""The only source of the time. Times are whole milliseconds since 1970 UTC; days are local ordinals."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

MS_A_MINUTE = 60_000
MS_AN_HOUR = 3_600_000
MS_A_DAY = 86_400_000


class Clock(Protocol):
    """Asked for the time; tests put a frozen one in its place."""

    def now(self) -> int: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Milliseconds since 1970 UTC."""
        return time.time_ns() // 1_000_000


@lru_cache(maxsize=8)
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def to_local(ms: int, zone: str) -> datetime:
    return datetime.fromtimestamp(ms / 1000, zone_of(zone))


def from_local(moment: datetime, zone: str) -> int:
    """Milliseconds of a zoneless wall-clock time in `zone`."""
    aware = moment.replace(tzinfo=zone_of(zone)) if moment.tzinfo is None else moment
    return round(aware.astimezone(UTC).timestamp() * 1000)


def day_of(ms: int, zone: str) -> int:
    """The local day as a proleptic ordinal (date.toordinal)."""
    return to_local(ms, zone).date().toordinal()


def day_start(day: int, zone: str) -> int:
    return from_local(datetime.combine(date.fromordinal(day), datetime.min.time()), zone)


def iso(ms: int | None, zone: str) -> str | None:
    """ISO 8601 with offset, to the second: the form of the command line's JSON."""
    return None if ms is None else to_local(ms, zone).isoformat(timespec="seconds")
