"""A file that was imported, written anew out of the raw rows that its batch keeps: to be looked at again when more is known.

Rows stand where they stood, so that messages name the same rows; it counts as the file of its time.
"""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from services.errors import NotFound, Refused
from services.imports.columns import unpack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.db.reading import Reading

_BATCH = "SELECT file_name, file_hash, file_time, headings FROM import_batch WHERE id = ?"
_BLOCKS = """
SELECT r.block FROM import_rows r WHERE r.batch_id =
 (SELECT min(k.batch_id) FROM import_rows k JOIN import_batch b ON b.id = k.batch_id WHERE b.file_hash = ?) ORDER BY r.first_row
"""


def asks_of_batch(reading: Reading, batch_id: int) -> tuple[str, ...]:
    """What a batch's values ask for besides `import`: goods have costs."""
    return ("see_costs",) if reading.sql("SELECT 1 FROM import_batch WHERE id = ? AND kind = 'goods'", (batch_id,)) else ()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """Query: (name, time in ms, headings, {row in the file: its cells}). Raises NotFound("batch_not_found"), Refused("rows_not_kept")."""

    batch_id: int

    def asks(self, reading: Reading) -> tuple[str, ...]:
        return asks_of_batch(reading, self.batch_id)

    def run(self, reading: Reading) -> tuple[str, int, list[str], Mapping[int, Sequence[str]]]:
        batches = reading.sql(_BATCH, (self.batch_id,))
        if not batches:
            raise NotFound("batch_not_found", batch=self.batch_id)
        name, digest, time, headings = batches[0]
        rows: dict[int, Sequence[str]] = {}
        for (block,) in reading.sql(_BLOCKS, (digest,)):
            rows |= unpack(block)
        if not rows:
            raise Refused("rows_not_kept", file=name)
        return name, time, json.loads(headings), rows


def write_kept(kept: tuple[str, int, list[str], Mapping[int, Sequence[str]]], folder: Path) -> Path:
    """Write it as csv in UTF-8 into `folder`; returns its path."""
    name, time, headings, rows = kept
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    first = min(rows)
    # Above the headings a file may have had remarks: blank lines keep the rows at their places.
    for _line in range(1, first - 1):
        text.write("\r\n")
    writer.writerow(headings)
    for row in range(first, max(rows) + 1):
        if row in rows:
            writer.writerow(rows[row])
        else:
            text.write("\r\n")
    path = folder / f"{Path(name).stem}.csv"
    path.write_text("\ufeff" + text.getvalue(), encoding="utf-8", newline="")
    os.utime(path, (time / 1000, time / 1000))
    return path
