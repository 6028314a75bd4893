"""Which new files of a folder are exports to be offered for import: looked at cheaply, by name, size and headings. Nothing is imported here.

A look gives what lies there; what has the same size and time in two looks is whole, and only then its headings are read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from services.errors import DeskError
from services.imports.formats import FORMATS
from services.imports.headings import normal
from services.imports.kept_maps import KeptMap, map_for
from services.imports.read import Table, Tables
from services.imports.sniff import sniff
from services.words.exports import TERMS as EXPORT_TERMS

SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods"})
UNFINISHED = frozenset({".crdownload", ".part", ".partial", ".download", ".tmp", ".opdownload", ".!ut"})
MOST_ENTRIES = 20_000
"""A folder with more files than that is no place for downloads; the rest is not looked at."""
MOST_BYTES = 40 << 20
"""A workbook is read as a whole to see its headings; what is bigger is left to be chosen by hand."""
OWN_LEAST = 4
"""So many headings, all of them ours, make a table that this program wrote."""
_OWN_TITLES = frozenset(normal(title) for pair in EXPORT_TERMS["export_column"].values() for title in pair)


class Stamp(NamedTuple):
    """A file as it lies there: another size or time is another file. `written` in ms."""

    path: str
    size: int
    written: int


class Offer(NamedTuple):
    """A whole file whose headings a format knows (`format` as in an import's report); `digest` is its SHA-256."""

    stamp: Stamp
    format: str
    digest: str

    @property
    def path(self) -> Path:
        return Path(self.stamp.path)


def look(folder: Path, since: int) -> list[Stamp] | None:
    """What might be an export and was written at or after `since` (ms), by name; None if the folder is not there."""
    found: list[Stamp] = []
    names: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                if count >= MOST_ENTRIES:
                    break
                names.add(entry.name)
                if (stamp := _stamp(entry)) is not None and stamp.written >= since:
                    found.append(stamp)
    except OSError:
        return None
    return sorted(stamp for stamp in found if not _unfinished(Path(stamp.path).name, names))


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    name = entry.name
    if name.startswith((".", "~$")) or Path(name).suffix.lower() not in SUFFIXES:
        return None
    try:
        told = entry.stat()
        if not entry.is_file() or not told.st_size:
            return None
    except OSError:  # gone meanwhile
        return None
    return Stamp(entry.path, told.st_size, told.st_mtime_ns // 1_000_000)


def _unfinished(name: str, names: Collection[str]) -> bool:
    """A browser keeps the name and writes beside it, under the name with an ending of its own."""
    return any(f"{name}{ending}" in names for ending in UNFINISHED)


def offers(
    stamps: Iterable[Stamp], never: Collection[str], imported: Callable[[tuple[str, ...]], Collection[str]], maps: Sequence[KeptMap] = ()
) -> list[Offer]:
    """Those of whole files that are exports of a known kind, were not imported and are not among `never` (SHA-256).

    `imported` says which of some SHA-256 were imported already; of tables that no format knows those are offered for whose headings a
    map of `maps` was kept. What can't be read is left out.
    """
    found = [
        Offer(stamp, key, digest)
        for stamp in stamps
        if (key := recognise(stamp) or _mapped(stamp, maps)) and (digest := _digest(stamp.path))
    ]
    if not found:
        return []
    known = imported(tuple(one.digest for one in found))
    fresh = [one for one in found if one.digest not in known and one.digest not in never]
    # The same download twice (`Export (1).csv`) is offered once.
    return list({one.digest: one for one in fresh}.values())


def recognise(stamp: Stamp) -> str:
    """The format that the headings tell, "" for none, for what this program wrote itself, and for what can't be read."""
    try:
        sniffed = sniff(Path(stamp.path))
        if sniffed.kind != "csv" and stamp.size > MOST_BYTES:
            return ""
        with Tables(sniffed) as tables:
            return next((key for table in tables if (key := _known(table)) is not None), "")
    except (DeskError, OSError):
        pass
    return ""


def _known(table: Table) -> str | None:
    """The format that a table's first rows tell, "" for what this program wrote, None for none."""
    for row in table.head:
        headings = frozenset(filter(None, map(normal, row)))
        if key := next((key for one in FORMATS if (key := one.recognise(headings))), ""):
            own = key.startswith("zhanggui") or (len(headings) >= OWN_LEAST and headings <= _OWN_TITLES)
            return "" if own else key
    return None


def _mapped(stamp: Stamp, maps: Sequence[KeptMap]) -> str:
    try:
        return "map" if maps and stamp.size <= MOST_BYTES and map_for(maps, Path(stamp.path)) is not None else ""
    except (DeskError, OSError):
        return ""


def _digest(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
