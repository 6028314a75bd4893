"""The imported files: when, what came of each, and what was rejected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from services.clock import day_of, day_start
from services.errors import NotFound
from services.queries.today import BATCHES

if TYPE_CHECKING:
    from services.db.reading import Reading

_ROWS = "SELECT id, at, file_name, format, encoding, rows, undone_at, undone_by, report FROM import_batch ORDER BY id DESC LIMIT ? OFFSET ?"
_ROW = "SELECT id, at, file_name, format, encoding, rows, undone_at, undone_by, report FROM import_batch WHERE id = ?"
_REPORTS = "SELECT file_name, at, report FROM import_batch WHERE undone_at IS NULL ORDER BY id DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file. `held`: rows kept for later; `rejected`: rows that did not come in; `undone_at`: when it was taken back, by whom."""

    id: int
    at: int
    file_name: str
    format: str
    encoding: str
    rows: int
    orders_new: int
    orders_updated: int
    orders_unchanged: int
    lines: int
    conflicts: int
    held: int
    rejected: int
    warnings: int
    undone_at: int | None = None
    undone_by: str = ""

    @property
    def label(self) -> str:
        """The short id that people say: `B9`."""
        return f"B{self.id}"


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of the file that did not come in: where, what stood there, and why.

    `code` and `facts` say why through services.words.say; `why` are the English words of the day of the import.
    """

    row: int
    column: str
    value: str
    why: str
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    row: ImportRow
    rejected: tuple[RejectedRow, ...]


@dataclass(frozen=True, slots=True)
class ImportRows:
    """Query: the files, the latest first."""

    limit: int = 100
    offset: int = 0

    def run(self, reading: Reading) -> tuple[ImportRow, ...]:
        return tuple(_row(row)[0] for row in reading.sql(_ROWS, (self.limit, self.offset)))


@dataclass(frozen=True, slots=True)
class ImportCard:
    """Query: one file with its rejected rows. Raises NotFound("batch_not_found")."""

    batch_id: int

    def run(self, reading: Reading) -> Batch:
        rows = reading.sql(_ROW, (self.batch_id,))
        if not rows:
            raise NotFound("batch_not_found", batch=self.batch_id)
        row, report = _row(rows[0])
        return Batch(row, tuple(_rejected(row.file_name, report)))


@dataclass(frozen=True, slots=True)
class RejectedRows:
    """Query: the rows that did not come in since yesterday, the latest file first, at most `limit`: what Today counts."""

    limit: int = 2_000

    def run(self, reading: Reading) -> tuple[RejectedRow, ...]:
        yesterday = day_start(day_of(reading.now, reading.shop.zone) - 1, reading.shop.zone)
        found: list[RejectedRow] = []
        for file_name, at, text in reading.sql(_REPORTS, (BATCHES,)):
            if at >= yesterday and len(found) < self.limit:
                found += _rejected(file_name, json.loads(text))
        return tuple(found[: self.limit])


def _rejected(file: str, report: dict[str, Any]) -> Iterator[RejectedRow]:
    rejected = report.get("rejected")
    for one in rejected if isinstance(rejected, list) else []:
        yield RejectedRow(
            int(one.get("row") or 0),
            str(one.get("column") or ""),
            str(one.get("value") or ""),
            str(one["why"]),
            str(one.get("code") or ""),
            one.get("facts") or {},
            file,
        )


def _row(row: tuple[Any, ...]) -> tuple[ImportRow, dict[str, Any]]:
    batch_id, at, file_name, format_, encoding, count, undone_at, undone_by, text = row
    report: dict[str, Any] = json.loads(text)
    numbers = ("orders_new", "orders_updated", "orders_unchanged", "lines", "conflicts", "rows_held", "rejected", "warnings")
    counts = [_count(report.get(name)) for name in numbers]
    return ImportRow(*(batch_id, at, file_name, format_, encoding, count, *counts, undone_at, undone_by)), report


def _count(value: Any) -> int:
    return len(value) if isinstance(value, list) else int(value or 0)
