"""Maps that the shop keeps: found again by the set of a file's headings, and used by themselves where no format knows the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

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
_MAPS = "SELECT id, name, fingerprint, headings, told FROM import_map ORDER BY name"


@dataclass(frozen=True, slots=True)
class KeptMap:
    """`told` is the map as the command line's `--map` takes it; `headings` those of the file that it was made for."""

    id: int
    name: str
    fingerprint: str
    headings: tuple[str, ...]
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptMaps:
    """Query: every map of the shop, by name."""

    def run(self, reading: Reading) -> tuple[KeptMap, ...]:
        rows = reading.sql(_MAPS)
        return tuple(
            KeptMap(map_id, name, print_, tuple(json.loads(heads)), json.loads(told)) for map_id, name, print_, heads, told in rows
        )


class Door(Protocol):
    """The Desk, as far as finding a map needs it."""

    shop: Shop

    def read(self, query: KeptMaps, /) -> tuple[KeptMap, ...]: ...


def fingerprint(headings: Iterable[str]) -> str:
    """Equal for the same set of headings, whatever their order, doubles and outer blanks."""
    names = sorted(set(filter(None, map(normal, headings))))
    return hashlib.blake2b("\n".join(names).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def map_for(maps: Iterable[KeptMap], path: Path) -> KeptMap | None:
    """The map whose headings stand in one of the file's first rows, read as the map's own options say. None for none."""
    for kept in maps:
        options = kept.told.get("options", {})
        try:
            sniffed = sniff(path, str(options.get("encoding") or ""))
            with Tables(sniffed, delimiter=str(options.get("delimiter") or "")) as tables:
                if any(fingerprint(row) == kept.fingerprint for table in tables for row in table.head):
                    return kept
        except BadInput:
            continue
    return None


def parse_known(
    desk: Door, path: Path, progress: Progress, *, options: Mapping[str, Any] | None = None, keep_raw: bool = True
) -> tuple[ParsedFile, KeptMap | None]:
    """`parse_file`, and where no format knows the file, by the map that is kept for its headings. Raises what `parse_file` raises."""
    try:
        return parse_file(path, options=options, progress=progress, keep_raw=keep_raw, zone=desk.shop.zone), None
    except BadInput as error:
        if error.code not in UNKNOWN:
            raise
        kept = map_for(desk.read(KeptMaps()), path)
        if kept is None:
            raise
    return parse_file(path, map=kept.told, options=options, progress=progress, keep_raw=keep_raw, zone=desk.shop.zone), kept
