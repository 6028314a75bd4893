"""The seals of the trail, and whether the trail is still the one that they were made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from services.errors import Fact
from services.seals import SealRow, read_seal, seal_of

if TYPE_CHECKING:
    from services.db.reading import Reading


@dataclass(frozen=True, slots=True)
class SealRows:
    """Query: the seals, the oldest first; the newest `limit` of them."""

    limit: int | None = None

    def run(self, reading: Reading) -> tuple[SealRow, ...]:
        rows = reading.sql("SELECT day, at, seq, code FROM seal ORDER BY seq DESC LIMIT ?", (-1 if self.limit is None else self.limit,))
        return tuple(SealRow(*row) for row in reversed(rows))


@dataclass(frozen=True, slots=True)
class SealHolds:
    """Query: what is wrong with a code that somebody kept, as (code of words, facts); None where the trail is still the one it was made of.

    Raises BadInput("seal_unreadable").
    """

    code: str

    def run(self, reading: Reading) -> tuple[str, dict[str, Fact]] | None:
        return broken_seal(reading, self.code)


def broken_seal(reading: Reading, code: str) -> tuple[str, dict[str, Fact]] | None:
    """(code of words, facts) where the trail is not the one that this code was made of; None where it is. Raises BadInput of the code."""
    day, seq, plain = read_seal(code)
    facts: dict[str, Fact] = {"day": date.fromordinal(day).isoformat(), "id": seq, "seal": plain}
    found = reading.sql("SELECT hash FROM audit_entry WHERE seq = ?", (seq,))
    if not found:
        (last,) = reading.sql("SELECT coalesce(max(seq), 0) FROM audit_entry")[0]
        return "seal_cut", facts | {"last": last}
    head = found[0][0]
    if not isinstance(head, bytes) or seal_of(day, seq, head) != plain:
        return "seal_rewritten", facts
    return None
