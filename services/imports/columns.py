"""Blocks of raw rows to columns of clean values; rows with a cell that was not understood are rejected here."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from itertools import chain, compress
from typing import Any, Protocol

from services.imports.clean import Bad, Memo, Times, with_point
from services.imports.headings import Layout
from services.imports.read import Block
from services.imports.records import Reject, shown


class Cleaner(Protocol):
    """Makes values of a column of cells; `bad` is set as soon as one of them became a `Bad`."""

    bad: bool

    def column(self, cells: Sequence[str]) -> list[Any]: ...


class Columns:
    """The columns of one file that somebody asked for, with their cleaners, in file order."""

    def __init__(self, layout: Layout, cleaners: Mapping[str, Cleaner]) -> None:
        self.layout = layout
        self.plan = sorted(
            (place, target, heading, cleaners[target]) for target, (place, heading) in layout.places.items() if target in cleaners
        )
        for cleaner in cleaners.values():
            if isinstance(cleaner, Times) and layout.date:
                cleaner.order = layout.date
        self._commas = {
            target
            for _place, target, heading, cleaner in self.plan
            if (heading in layout.commas if layout.commas is not None else isinstance(cleaner, Memo) and cleaner.money)
        }
        self.rejected: list[Reject] = []
        self.faults: set[tuple[str, str]] = set()
        """Headings and codes of all cells that were not understood; a row is rejected for the first of its own alone."""
        self.rejected_orders: dict[str, int] = {}

    def short_days(self) -> list[tuple[int, int]]:
        """The highest first and second part of the days that begin with no year, by column, where there are any."""
        found = {id(cleaner): cleaner.short for _place, _target, _heading, cleaner in self.plan if isinstance(cleaner, Times)}
        return [short for short in found.values() if any(short)]

    def clean(self, block: Block, also: Sequence[str] = ()) -> tuple[Sequence[int], dict[str, list[Any]]]:
        """Row numbers and clean columns by target, without the rejected rows; the targets `also` come along as raw cells."""
        cells = list(zip(*block.rows, strict=True))
        values = {
            target: cleaner.column(list(map(with_point, cells[place])) if target in self._commas else cells[place])
            for place, target, _heading, cleaner in self.plan
        }
        for target in also:
            place = self.layout.places.get(target)
            if place is not None:
                values[target] = list(cells[place[0]])
        if not any(cleaner.bad for _place, _target, _heading, cleaner in self.plan):
            return block.numbers, values
        return self._without_bad(block, cells, values)

    def _without_bad(
        self, block: Block, cells: list[tuple[str, ...]], values: dict[str, list[Any]]
    ) -> tuple[Sequence[int], dict[str, list[Any]]]:
        keep = [True] * len(block.rows)
        for place, target, heading, cleaner in self.plan:
            if not cleaner.bad:
                continue
            for index, value in enumerate(values[target]):
                if type(value) is not Bad:
                    continue
                self.faults.add((heading, value.code))
                if keep[index]:
                    keep[index] = False
                    row = block.numbers[index]
                    self.rejected.append(Reject(row, heading, shown(cells[place][index].strip()), value.code))
                    number = values["number"][index] if "number" in values else None
                    if isinstance(number, str):
                        self.rejected_orders.setdefault(number, row)
        if all(keep):
            return block.numbers, values
        self.rejected.sort(key=lambda reject: reject.row)
        return list(compress(block.numbers, keep)), {target: list(compress(column, keep)) for target, column in values.items()}


def pack(blocks: Sequence[Block]) -> tuple[int, int, bytes]:
    """Raw rows for safe keeping: first row, how many, zlib of JSON {"rows": [number…], "columns": [[cell…]…], "odd": {row: [cell…]}}.

    Columns compress better than rows and much faster; one that holds the same cell throughout is that cell alone. `odd`
    are rows that do not fit the headings.
    """
    numbers = [number for block in blocks for number in block.numbers]
    odd = {number: row for block in blocks for number, row in block.odd.items()}
    columns: list[list[str] | str] = []
    for parts in zip(*(zip(*block.rows, strict=True) for block in blocks if block.rows), strict=True):
        cells = list(chain.from_iterable(parts))
        columns.append(cells[0] if len(set(cells)) == 1 else cells)
    told = {"rows": numbers, "columns": columns, "odd": odd}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    packed = zlib.compress(text.encode("utf-8", "backslashreplace"), 1)
    return min(chain(numbers[:1], odd)), len(numbers) + len(odd), packed


def unpack(packed: bytes) -> dict[int, list[str]]:
    """The raw rows of `pack` by their number in the file; none where they are hidden from who asks (services.db.masks)."""
    if not packed:
        return {}
    told = json.loads(zlib.decompress(packed))
    numbers: list[int] = told["rows"]
    columns = [[cells] * len(numbers) if isinstance(cells, str) else cells for cells in told["columns"]]
    rows = {number: list(cells) for number, cells in zip(numbers, zip(*columns, strict=True), strict=True)}
    return dict(sorted({**rows, **{int(number): cells for number, cells in told["odd"].items()}}.items()))
