"""Rows of files that wait because nobody knows a word in them, as a list: its ids, and rows of ids."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.queries.held_rows import HeldRow, HeldRows
from services.queries.worklists.common import holding

if TYPE_CHECKING:
    from services.db.reading import Reading


@dataclass(frozen=True, slots=True)
class HeldIds:
    """Query: waiting rows, those of the latest files first, that hold every word of `search`."""

    search: str = ""

    def run(self, reading: Reading) -> array[int]:
        holds = holding(self.search)
        return array("q", [row.id for row in HeldRows().run(reading) if holds(_texts(row))])


@dataclass(frozen=True, slots=True)
class HeldRowsOf:
    """Query: those of these rows that still wait, in the order of the ids."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[HeldRow, ...]:
        found = {row.id: row for row in HeldRows().run(reading)}
        return tuple(found[one] for one in self.ids if one in found)


def _texts(row: HeldRow) -> tuple[str, ...]:
    return row.number, row.value, row.column, row.file_name, *(cell for _heading, cell in row.cells)
