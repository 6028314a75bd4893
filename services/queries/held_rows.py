"""Rows that did not come in because nobody knows yet what a word in them means: kept with their raw cells, and listed until their
order comes in by a later file or a map."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.imports.clean import unguard
from services.imports.columns import unpack
from services.imports.headings import normal

if TYPE_CHECKING:
    from services.db.reading import Reading

WAITING = frozenset({"status_unknown"})
"""Why a row waits: the word may be known later, unlike a damaged number or amount."""
_BATCHES_APART, _A_BATCH = 2_000, 1_000_000
"""Ids stay below 2³¹, as a table's signals want: the batch, and the place of the row among those that wait in it."""

_BATCHES = """
SELECT id, file_name, file_hash, at, headings, sources, report FROM import_batch
WHERE undone_at IS NULL AND (id = ? OR (? IS NULL AND id > (SELECT coalesce(max(id), 0) FROM import_batch) - 500)) AND report LIKE '%"code": "status_unknown"%' ORDER BY id DESC LIMIT ?
"""
_BLOCK = """
SELECT r.block FROM import_rows r JOIN import_batch b ON b.id = r.batch_id
WHERE b.file_hash = ? AND r.first_row <= ? ORDER BY r.first_row DESC LIMIT 1
"""
_HERE = "SELECT 1 FROM orders o JOIN order_source s ON s.order_id = o.id WHERE o.number = ? AND s.batch_id >= ? LIMIT 1"


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row: its place, the order it names, the cell that was not understood, and all cells as (heading, raw text).
    `place` counts the rows that wait in its batch."""

    batch_id: int
    file_name: str
    imported_at: int
    row: int
    number: str
    column: str
    value: str
    code: str
    cells: tuple[tuple[str, str], ...]
    place: int = 0

    @property
    def id(self) -> int:
        return self.batch_id % _BATCHES_APART * _A_BATCH + self.place % _A_BATCH

    @property
    def batch(self) -> str:
        return f"B{self.batch_id}"


@dataclass(frozen=True, slots=True)
class HeldRows:
    """Query: rows that wait, the latest files first; those whose order came in since are left out. Of the last 500 files, about
    three months, unless one is named."""

    batch_id: int | None = None
    batches: int = 100

    def run(self, reading: Reading) -> tuple[HeldRow, ...]:
        found: list[HeldRow] = []
        seen: set[tuple[str, str]] = set()
        for batch in reading.sql(_BATCHES, (self.batch_id, self.batch_id, self.batches)):
            for row in _rows(reading, batch):
                # The same file again, or a newer one that still says it, is one thing to look at.
                if (row.number, row.value) not in seen and not reading.sql(_HERE, (row.number, row.batch_id)):
                    seen.add((row.number, row.value))
                    found.append(row)
        return tuple(found)


def _rows(reading: Reading, batch: Sequence[Any]) -> Iterator[HeldRow]:
    batch_id, file_name, file_hash, at, headings_text, sources_text, report_text = batch
    rejected = json.loads(report_text).get("rejected")
    waiting = [one for one in rejected if one.get("code") in WAITING] if isinstance(rejected, list) else []
    if not waiting:
        return
    headings: list[str] = json.loads(headings_text)
    places = {normal(heading): place for place, heading in reversed(list(enumerate(headings)))}
    number = next((places.get(normal(heading)) for heading in json.loads(sources_text).get("number", ())), None)
    block: dict[int, list[str]] = {}
    for place, one in enumerate(waiting):
        if one["row"] not in block:
            packed = reading.sql(_BLOCK, (file_hash, one["row"]))
            block = unpack(packed[0][0]) if packed else {}
        cells = block.get(one["row"], [])
        named = unguard(cells[number]) if number is not None and number < len(cells) else ""
        told = tuple((heading, cell) for heading, cell in zip(headings, cells, strict=False) if cell.strip())
        yield HeldRow(batch_id, file_name, at, one["row"], named, one["column"] or "", one["value"] or "", one["code"], told, place)
