"""Maps that the shop keeps: found again by the set of a file's headings, and used by themselves where no format knows the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from services.errors import BadInput
from services.imports.headings import normal
from services.imports.parse import parse_file
from services.imports.read import Tables
from services.imports.sniff import sniff

if TYPE_CHECKING:
    from services.db.reading import Reading
    from services.imports.records import ParsedFile
    from services.params import Shop
    from services.progress import Progress

UNKNOWN = frozenset({"format_not_recognised", "headings_missing"})
"""Errors of files that a map may read."""
MOST_SHEETS = 12
_MAPS = "SELECT id, name, fingerprint, headings, told FROM import_map ORDER BY name"


@dataclass(frozen=True, slots=True)
class KeptMap:
    """`told` is the map as the command line's `--map` takes it; `headings` those of the file that it was made for."""

    id: int
    name: str
    fingerprint: str
    headings: tuple[str, ...]
    told: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """What its tables hold: orders, tracking, goods or stocktake."""
        return str(self.told.get("options", {}).get("kind") or "orders")


@dataclass(frozen=True, slots=True)
class KeptMaps:
    """Query: every map of the shop, by name."""

    def run(self, reading: Reading) -> tuple[KeptMap, ...]:
        rows = reading.sql(_MAPS)
        return tuple(
            KeptMap(map_id, name, print_, tuple(json.loads(heads)), json.loads(told)) for map_id, name, print_, heads, told in rows
        )


class Place(NamedTuple):
    """Where headings were found: sheet ("" for texts and web pages), whether it is not the first one, and row."""

    sheet: str
    later: bool
    row: int


class Door(Protocol):
    """The Desk, as far as finding a map needs it."""

    shop: Shop

    def read(self, query: KeptMaps, /) -> tuple[KeptMap, ...]: ...


def fingerprint(headings: Iterable[str]) -> str:
    """Equal for the same set of headings, whatever their order, doubles and outer blanks."""
    names = sorted(set(filter(None, map(normal, headings))))
    return hashlib.blake2b("\n".join(names).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def map_for(maps: Sequence[KeptMap], path: Path, told: Mapping[str, Any] = MappingProxyType({})) -> KeptMap | None:
    """The map whose headings stand in one of the file's first rows, fitted to this file: its sheet and heading row are where they were
    found, and the file is taken apart as it was when they were: as `told` says, as a map says, or as guessed. None for none."""
    if not maps:
        return None
    guessed = sniff(path)
    way = (str(told.get("encoding") or ""), str(told.get("delimiter") or ""))
    ways = [way] if any(way) or guessed.kind != "csv" else dict.fromkeys((*map(_way, maps), way))
    rows = max(_row(kept) for kept in maps)
    for one in ways:
        encoding, delimiter = one
        some = [kept for kept in maps if _way(kept) == one] if one != way else maps
        try:
            with Tables(sniff(path, encoding) if encoding else guessed, delimiter=delimiter, head_rows=rows) as tables:
                found = _found(some, tables)
        except BadInput:
            if one == way:
                raise
            continue
        if found is not None:
            return _fitted(*found, encoding, delimiter)
    return None


def in_tables(maps: Sequence[KeptMap], tables: Tables) -> bool:
    """Whether one of the maps is for a file that is open already, taken apart as guessed."""
    return _found(maps, tables) is not None


def _fitted(kept: KeptMap, place: Place, encoding: str, delimiter: str) -> KeptMap:
    """The map with options for this file: those that it does not need or that its last file alone had are left out."""
    options = {**kept.told.get("options", {}), "encoding": encoding, "delimiter": delimiter, "sheet": place.sheet if place.later else ""}
    if options.get("header_row"):
        options["header_row"] = place.row
    told = {name: source for name, source in kept.told.items() if name != "options"}
    left = {name: value for name, value in options.items() if value}
    return replace(kept, told=told | {"options": left} if left else told)


def _way(kept: KeptMap) -> tuple[str, str]:
    options = kept.told.get("options", {})
    return str(options.get("encoding") or ""), str(options.get("delimiter") or "")


def _row(kept: KeptMap) -> int:
    told = kept.told.get("options", {}).get("header_row")
    return told if isinstance(told, int) else 0


def _found(maps: Sequence[KeptMap], tables: Tables) -> tuple[KeptMap, Place] | None:
    by_print = {kept.fingerprint: kept for kept in maps}
    for count, table in enumerate(islice(tables, MOST_SHEETS)):
        for row, cells in enumerate(table.head, start=table.first):
            kept = by_print.get(fingerprint(cells))
            if kept is not None:
                return kept, Place(table.name if table.sniffed.kind == "sheet" else "", count > 0, row)
    return None


def parse_known(
    desk: Door,
    path: Path,
    progress: Progress,
    *,
    format: str | None = None,  # noqa: A002 - the command line's own word
    options: Mapping[str, Any] | None = None,
    keep_raw: bool = True,
) -> tuple[ParsedFile, KeptMap | None]:
    """`parse_file`, and by the map that is kept for the file's headings where no format knows it, or one that is for tables of anybody;
    if a format is told, by a map for tables of that kind alone. Raises what `parse_file` raises."""
    told = options or {}
    try:
        parsed = parse_file(path, format=format, options=options, progress=progress, keep_raw=keep_raw, zone=desk.shop.zone)
    except BadInput as error:
        if error.code not in UNKNOWN:
            raise
        kept = map_for(desk.read(KeptMaps()), path, told)
        if kept is None or (format is not None and kept.kind != format):
            raise
    else:
        if parsed.platform or format is not None:
            return parsed, None
        mark, maps = fingerprint(parsed.headings), desk.read(KeptMaps())
        kept = map_for(maps, path, told) if any(one.fingerprint == mark for one in maps) else None
        if kept is None:
            return parsed, None
    return parse_file(path, map=kept.told, options=options, progress=progress, keep_raw=keep_raw, zone=desk.shop.zone), kept
