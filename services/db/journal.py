"""What one command wrote, row by row: values before and after of what it changed, ids of what it made, rows that it removed.

The trail tells the audited fields of what was there; to take a whole file back, the caches beside them and the rows that came in
bulk are needed too. Recorded by the unit of work, packed by columns as raw rows are (services.imports.columns).
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Values = tuple[Any, ...]

KEPT: Mapping[str, tuple[str, ...]] = {
    "reservation": ("line_id", "sku_id", "quantity", "state"),
    "order_line": ("order_id", "quantity", "shipped", "cancelled", "refunded", "refund_state"),
}
"""Of rows that a command made: the columns that are kept, so that a later change of them is seen."""


@dataclass(slots=True)
class Step:
    """Rows of one table that were changed together: columns, ids, and their values before and after."""

    table: str
    columns: tuple[str, ...]
    ids: list[int]
    old: list[Values]
    new: list[Values]


@dataclass(slots=True)
class Journal:
    """`made` are spans of ids by table, `rows` the KEPT columns of some of them by id, `removed` whole rows (id first)."""

    steps: list[Step] = field(default_factory=list)
    made: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, dict[int, Values]] = field(default_factory=lambda: defaultdict(dict))
    removed: list[tuple[str, tuple[str, ...], list[Values]]] = field(default_factory=list)

    def changed(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[int, Values, Values]]) -> None:
        ids, old, new = (list(column) for column in zip(*rows, strict=True))
        self.steps.append(Step(table, columns, ids, old, new))

    def inserted(self, table: str, ids: Sequence[int], rows: Sequence[Mapping[str, Any]], defaults: Mapping[str, Any]) -> None:
        whole = ids[-1] - ids[0] + 1 == len(ids)  # as ids are handed out
        self.made[table].extend([(ids[0], ids[-1])] if whole else spans(ids))
        kept = KEPT.get(table)
        if kept:
            self.rows[table].update(
                (row_id, tuple(row.get(name, defaults.get(name)) for name in kept)) for row_id, row in zip(ids, rows, strict=True)
            )

    def taken_out(self, table: str, columns: tuple[str, ...], rows: Sequence[Values]) -> None:
        self.removed.append((table, columns, list(rows)))

    def ids(self, table: str) -> list[int]:
        return [row_id for first, last in self.made.get(table, ()) for row_id in range(first, last + 1)]

    def has(self, table: str, row_id: int) -> bool:
        return any(first <= row_id <= last for first, last in self.made.get(table, ()))

    def pack(self) -> bytes:
        told = {
            "steps": [[one.table, one.columns, one.ids, _columns(one.old), _columns(one.new)] for one in self.steps],
            "made": self.made,
            "rows": {table: [list(rows), _columns(list(rows.values()))] for table, rows in self.rows.items() if rows},
            "removed": [[table, columns, len(rows), _columns(rows)] for table, columns, rows in self.removed],
        }
        return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 1)

    @classmethod
    def unpack(cls, block: bytes) -> Journal:
        told = json.loads(zlib.decompress(block))
        found = cls()
        for table, columns, ids, old, new in told["steps"]:
            found.steps.append(Step(table, tuple(columns), ids, _rows(old, len(ids)), _rows(new, len(ids))))
        for table, listed in told["made"].items():
            found.made[table] = [(first, last) for first, last in listed]
        for table, (ids, columns) in told["rows"].items():
            found.rows[table] = dict(zip(ids, _rows(columns, len(ids)), strict=True))
        found.removed = [(table, tuple(columns), _rows(rows, count)) for table, columns, count, rows in told["removed"]]
        return found

    def net(self) -> dict[str, dict[int, dict[str, tuple[Any, Any]]]]:
        """{table: {id: {column: (first value, last value)}}} of rows that were there before; what ended as it began is left out."""
        found: dict[str, dict[int, dict[str, tuple[Any, Any]]]] = defaultdict(dict)
        for step in self.steps:
            rows = found[step.table]
            for row_id, old, new in zip(step.ids, step.old, step.new, strict=True):
                if self.has(step.table, row_id):
                    continue
                row = rows.setdefault(row_id, {})
                for name, before, after in zip(step.columns, old, new, strict=True):
                    row[name] = (row[name][0] if name in row else before, after)
        return {
            table: kept
            for table, rows in found.items()
            if (kept := {row_id: changed for row_id, row in rows.items() if (changed := _different(row))})
        }

    def last(self, table: str) -> dict[int, dict[str, Any]]:
        """The KEPT values of made rows as the command left them."""
        found = {row_id: dict(zip(KEPT[table], values, strict=True)) for row_id, values in self.rows.get(table, {}).items()}
        for step in self.steps:
            if step.table == table:
                for row_id, new in zip(step.ids, step.new, strict=True):
                    if row_id in found:
                        found[row_id].update((name, value) for name, value in zip(step.columns, new, strict=True) if name in KEPT[table])
        return found


def _different(row: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    return {name: pair for name, pair in row.items() if pair[0] != pair[1]}


def spans(ids: Iterable[int]) -> list[tuple[int, int]]:
    """[1, 2, 3, 7] → [(1, 3), (7, 7)]."""
    found: list[tuple[int, int]] = []
    for row_id in ids:
        if found and found[-1][1] + 1 == row_id:
            found[-1] = (found[-1][0], row_id)
        else:
            found.append((row_id, row_id))
    return found


def _columns(rows: Sequence[Values]) -> list[Any]:
    """Rows by columns; a column of one value throughout is that value alone, bytes are hex."""
    found: list[Any] = []
    for column in zip(*rows, strict=True):
        cells = list(column)
        binary = any(isinstance(cell, bytes) for cell in cells)
        if binary:
            cells = [cell.hex() if isinstance(cell, bytes) else cell for cell in cells]
        kind = "b" if binary else "v"
        first = cells[0]
        same = all(cell is first or cell == first for cell in cells)
        found.append([f"1{kind}", first] if same else [kind, cells])
    return found


def _rows(columns: Sequence[Sequence[Any]], count: int) -> list[Values]:
    cells = []
    for kind, told in columns:
        column = [told] * count if kind[0] == "1" else told
        cells.append([bytes.fromhex(cell) if cell is not None else None for cell in column] if kind[-1] == "b" else column)
    return list(zip(*cells, strict=True)) if cells else [()] * count
