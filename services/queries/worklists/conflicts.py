"""Conflicts of imports that wait for a decision, as a list: its ids, and rows of ids."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.queries.conflict_rows import ConflictRow, ConflictRows
from services.queries.worklists.common import holding

if TYPE_CHECKING:
    from services.db.reading import Reading

_OPEN = "SELECT id FROM import_conflict WHERE state = 'open' ORDER BY id DESC"


@dataclass(frozen=True, slots=True)
class UndecidedIds:
    """Query: open conflicts, the latest first, that hold every word of `search`."""

    search: str = ""

    def run(self, reading: Reading) -> array[int]:
        if not self.search.strip():
            return array("q", [row[0] for row in reading.sql(_OPEN)])
        holds = holding(self.search)
        return array("q", [row.id for row in ConflictRows(limit=-1).run(reading) if holds(_texts(row))])


@dataclass(frozen=True, slots=True)
class UndecidedRows:
    """Query: those of these conflicts that are still open, in the order of the ids."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[ConflictRow, ...]:
        found = {row.id: row for row in ConflictRows(limit=-1, ids=self.ids).run(reading)}
        return tuple(found[one] for one in self.ids if one in found)


def _texts(row: ConflictRow) -> tuple[str, ...]:
    return row.number, row.buyer_nick, row.ours, row.theirs, row.file_name, row.title
