"""A clock that stands still until it is told to move."""

from __future__ import annotations

from datetime import datetime

from services.clock import MS_A_DAY, MS_A_MINUTE, MS_AN_HOUR

# A Sunday afternoon, after the rush of Double Eleven.
START = round(datetime.fromisoformat("2026-11-22T14:00:00+08:00").timestamp() * 1000)


class FrozenClock:
    """Gives the same moment until `advance`; milliseconds since 1970 UTC, as the real one."""

    def __init__(self, start: int = START) -> None:
        self.moment = start

    def now(self) -> int:
        return self.moment

    def advance(self, *, days: int = 0, hours: int = 0, minutes: int = 0, ms: int = 0) -> None:
        self.moment += days * MS_A_DAY + hours * MS_AN_HOUR + minutes * MS_A_MINUTE + ms
