"""What the dialog for a map shows: a file's headings with samples, what its options are guessed as, and what a map would bring.

Only the first rows are read. Nothing is written, the database is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from services.errors import BadInput
from services.imports.formats.mapped import MappedList, MapSpec, reader_by
from services.imports.headings import normal
from services.imports.read import HEAD_ROWS, Block, Table, Tables
from services.imports.records import Reject, Warned
from services.imports.sniff import encoding_name, sniff
from services.progress import SILENT, Progress

LOOKED = 2_000
"""Rows that are looked at."""
SAMPLES, MOST_VALUES = 3, 60
ORDERS = 50
MOST_SHEETS = 12
_COMMA = re.compile(r"-?\d{1,3}(\.\d{3})*,\d{1,2}|-?\d+,\d{2}")
_POINT = re.compile(r"-?\d{1,3}(,\d{3})*\.\d{1,2}|-?\d+\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the file. `values` are its distinct cells that are not empty, the first MOST_VALUES, in file order."""

    name: str
    values: tuple[str, ...]

    @property
    def samples(self) -> tuple[str, ...]:
        return self.values[:SAMPLES]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first rows of a table below its headings, LOOKED or a few more; `more`: there are others."""

    names: list[str]
    blocks: list[Block]
    rejected: list[Reject]
    rows: int
    more: bool


@dataclass(frozen=True, slots=True)
class FileLook:
    """`header_row` counts from 1; `kind` is csv, sheet or html; `encoding` a name for a person, `delimiter` empty for workbooks."""

    path: Path
    kind: str
    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    decimal: str
    headings: tuple[Heading, ...]
    cells: tuple[tuple[str, ...], ...] = field(repr=False)
    """The rows that were looked at, as wide as the headings."""

    beginning: Beginning | None = field(default=None, repr=False)
    """For previews by other maps: reading a big workbook again takes seconds."""

    @property
    def rows(self) -> int:
        return len(self.cells)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(heading.name for heading in self.headings)

    def varying(self, number: str) -> frozenset[str]:
        """Headings whose cells differ among the rows of one number: they tell of a line, not of its order."""
        if number not in self.names:
            return frozenset()
        place = self.names.index(number)
        first: dict[str, tuple[str, ...]] = {}
        differ: set[int] = set()
        for row in self.cells:
            known = first.setdefault(row[place], row)
            if known is not row:
                differ.update(at for at, (one, other) in enumerate(zip(known, row, strict=True)) if one != other)
        return frozenset(self.names[at] for at in differ)


@dataclass(frozen=True, slots=True)
class MapPreview:
    """The first ORDERS orders (of another kind of table: parcels, goods, counts) as they would come in, and every row of those looked at that would not. `trouble`: the map itself
    can't be used. `more`: the file has more rows than were looked at. `samples` is a first value of each target, as read."""

    orders: tuple[Any, ...] = ()
    count: int = 0
    rejected: tuple[Reject, ...] = ()
    warnings: tuple[Warned, ...] = ()
    rows: int = 0
    more: bool = False
    trouble: BadInput | None = None
    samples: Mapping[str, str] = field(default_factory=dict)


def look_at(path: Path, options: Mapping[str, Any] | None = None, progress: Progress = SILENT) -> FileLook:
    """Read the beginning of a file as far as guesses or `options` (of a map) say. Raises BadInput as reading does, Cancelled."""
    told = options or {}
    sniffed, below = sniff(path, str(told.get("encoding") or "")), int(told.get("header_row") or 0)
    with Tables(sniffed, delimiter=str(told.get("delimiter") or ""), head_rows=below, progress=progress) as tables:
        table = _meant(tables, str(told.get("sheet") or ""))
        sheets = tuple(filter(None, tables.names))
        place = below or _header_row(table)
        beginning = _beginning(table, place, progress)
        names = beginning.names
        values: list[dict[str, None]] = [{} for _name in names]
        named = [at for at, name in enumerate(names) if name]
        seen: list[tuple[str, ...]] = []
        amounts: list[str] = []
        for block in beginning.blocks:
            for row in block.rows:
                seen.append(tuple(row[at].strip() for at in named))
                for cell, known in zip(row, values, strict=False):
                    plain = cell.strip()
                    if plain and len(known) < MOST_VALUES:
                        known[plain] = None
    for known in values:
        amounts += known
    headings = tuple(Heading(name, tuple(known)) for name, known in zip(names, values, strict=True) if name)
    return FileLook(
        path,
        table.sniffed.kind,
        encoding_name(table.sniffed),
        table.delimiter if table.sniffed.kind == "csv" else "",
        sheets,
        table.name,
        place,
        str(told.get("decimal") or _decimal(amounts)),
        headings,
        tuple(seen),
        beginning,
    )


def _beginning(table: Table, place: int, progress: Progress) -> Beginning:
    """Of a table whose headings are in row `place`."""
    if not 0 <= place - table.first < len(table.head):
        raise BadInput("file_empty", file=table.sniffed.path.name)
    blocks: list[Block] = []
    rows, more = 0, False
    for block in table.blocks(place):
        progress.step(rows, None, "read")
        if rows >= LOOKED:
            more = True
            break
        blocks.append(block)
        rows += len(block.rows) + len(block.odd)
    names = [heading.strip() for heading in table.head[place - table.first]]
    return Beginning(names, blocks, table.rejected, rows, more)


def _meant(tables: Tables, wanted: str) -> Table:
    """The told sheet, else the first with a row of several words, else of one: a page of remarks stands in front of many tables."""
    if wanted in tables.names:
        return tables[tables.names.index(wanted)]
    for least in (2, 1):
        for one in islice(tables, MOST_SHEETS):
            if any(sum(map(bool, map(str.strip, row))) >= least for row in one.head):
                return one
    return tables[0]


def _header_row(table: Table) -> int:
    """The first row, among the first ones, that has nearly as many words as any of them and no bare figures: titles above a table
    are shorter, its records hold figures."""
    widest = max((sum(map(bool, map(str.strip, row))) for row in table.head), default=0)
    for place, row in enumerate(table.head[:HEAD_ROWS]):
        words = [cell.strip() for cell in row if cell.strip()]
        if len(words) * 5 >= widest * 4 and words and not any(re.fullmatch(r"[-+]?[\d.,:/\s-]+", word) for word in words):
            return table.first + place
    return table.first + next((place for place, row in enumerate(table.head) if any(row)), 0)


def _decimal(cells: list[str]) -> str:
    commas = sum(_COMMA.fullmatch(cell) is not None for cell in cells)
    return "," if commas > sum(_POINT.fullmatch(cell) is not None for cell in cells) else "."


def preview_map(
    path: Path, told: Mapping[str, Any], zone: str, progress: Progress = SILENT, beginning: Beginning | None = None
) -> MapPreview:
    """Read the first LOOKED rows by a map. What is wrong with the map or the file as a whole is the preview's `trouble`.

    `beginning` is that of a look with the same options for how the file is read; without it the file is read.
    """
    try:
        spec = MapSpec.of(told, zone)
        found = beginning or _beginning_for(path, spec, progress)
        reader = reader_by(spec, found.names, path.name)
        for block in found.blocks:
            if block.rows:
                reader.read(block)
        reader.finish()
    except BadInput as error:
        return MapPreview(trouble=error)
    rejected = sorted([*found.rejected, *reader.rejected], key=lambda reject: reject.row)
    records: list[Any] = reader.orders if isinstance(reader, MappedList) else reader.records
    if found.more and spec.by_lines and records:
        # Rows of the last one may stand behind those that were looked at.
        records.pop()
    shown = tuple(records[:ORDERS])
    return MapPreview(shown, len(records), tuple(rejected), tuple(reader.warnings), found.rows, found.more, None, _samples(spec, found))


def _beginning_for(path: Path, spec: MapSpec, progress: Progress) -> Beginning:
    with Tables(sniff(path, spec.encoding), delimiter=spec.delimiter, head_rows=spec.header_row, progress=progress) as tables:
        table = _meant(tables, spec.sheet) if spec.sheet else next((one for one in tables if spec.fits(one)), tables[0])
        return _beginning(table, spec.heading_row(table), progress)


def _samples(spec: MapSpec, found_in: Beginning) -> dict[str, str]:
    """What the first row with something in it holds for each target, as it stands in the file."""
    places = {normal(name): at for at, name in reversed(list(enumerate(found_in.names)))}
    rows = found_in.blocks[0].rows[:HEAD_ROWS] if found_in.blocks else []
    found: dict[str, str] = {}
    for target, source in spec.sources.items():
        if source.const is not None:
            found[target] = source.const
            continue
        mark = " + " if source.combine == "sum" else " "
        for row in rows:
            cells = [row[at].strip() for name in source.headings if (at := places.get(normal(name), len(row))) < len(row)]
            said = [cell for cell in cells if cell][: 1 if source.combine == "first" else None]
            if said:
                found[target] = mark.join(said)
                break
    return found
