"""Which files were imported already, by their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.db.reading import Reading

_KNOWN = "SELECT 1 FROM import_batch WHERE file_hash = ? AND undone_at IS NULL LIMIT 1"


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """Query: those of some SHA-256 that were imported; a file that was taken back counts as not imported."""

    digests: tuple[str, ...]

    def run(self, reading: Reading) -> frozenset[str]:
        return frozenset(one for one in self.digests if reading.sql(_KNOWN, (one,)))
