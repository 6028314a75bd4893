"""How many days are to be summed again: whether upkeep has anything to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.db.sums import dirty_days

if TYPE_CHECKING:
    from services.db.reading import Reading


@dataclass(frozen=True, slots=True)
class CountDirtyDays:
    """Days whose sums are older than their orders."""

    def run(self, reading: Reading) -> int:
        return len(dirty_days(reading))
