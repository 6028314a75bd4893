"""Which new files of a folder are exports to be offered for import: looked at cheaply, by name, size and headings. Nothing is imported here.

A look gives what lies there; what has the same size and time in two looks is whole, and only then its headings are read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from services.errors import Cancelled, DeskError, Environment, NotFound
from services.imports.formats import FORMATS
from services.imports.headings import normal
from services.imports.kept_maps import MOST_SHEETS, KeptMap, in_tables, map_for
from services.imports.read import Table, Tables
from services.imports.sniff import Sniffed, sniff
from services.progress import SILENT, Progress
from services.words.exports import TERMS as EXPORT_TERMS

SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods"})
UNFINISHED = frozenset({".crdownload", ".part", ".partial", ".download", ".tmp", ".opdownload", ".!ut"})
MOST_ENTRIES = 100_000
"""A folder with more files than that is no place for downloads; the rest is not looked at."""
MOST_BYTES = 16 << 20
"""A workbook is read as a whole to see its headings; a bigger one is left to be chosen by hand."""
OWN_LEAST = 4
"""So many headings, all of them ours, make a table that this program wrote."""
_OWN_TITLES = frozenset(normal(title) for pair in EXPORT_TERMS["export_column"].values() for title in pair)


class Stamp(NamedTuple):
    """A file as it lies there: another size or time is another file. `written` in ms."""

    path: str
    size: int
    written: int


class Judged(NamedTuple):
    """`nothing` are no exports and need not be looked at again, `later` can't be opened just now."""

    offers: list[Offer]
    nothing: list[Stamp]
    later: list[Stamp]


class Offer(NamedTuple):
    """A whole file whose headings a format knows (`format` as in an import's report); `digest` is its SHA-256."""

    stamp: Stamp
    format: str
    digest: str

    @property
    def path(self) -> Path:
        return Path(self.stamp.path)


def look(folder: Path) -> list[Stamp] | None:
    """What might be an export, by name: nothing is opened. None if the folder is not there."""
    found: list[Stamp] = []
    names: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, MOST_ENTRIES):
                names.add(entry.name)
                if (stamp := _stamp(entry)) is not None:
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


def judge(
    stamps: Iterable[Stamp],
    never: Collection[str],
    imported: Callable[[tuple[str, ...]], Collection[str]],
    maps: Sequence[KeptMap] = (),
    progress: Progress = SILENT,
) -> Judged:
    """Of whole files those that are exports of a known kind, were not imported and are not among `never` (SHA-256).

    `imported` says which of some SHA-256 were imported already; of tables that no format knows those are offered for whose headings a
    map of `maps` was kept. Raises Cancelled where `progress` says so.
    """
    found: dict[str, Offer] = {}
    nothing: list[Stamp] = []
    later: list[Stamp] = []
    for done, stamp in enumerate(stamps):
        progress.step(done)
        try:
            sniffed = sniff(Path(stamp.path))
            if sniffed.kind != "csv" and stamp.size > MOST_BYTES:
                nothing.append(stamp)
                continue
            # A workbook costs a process: its bytes are asked about first, a text's first rows.
            digest = _digest(stamp.path) if sniffed.kind != "csv" else ""
            if digest in never or (digest and imported((digest,))):
                continue
            key = _kind(sniffed, maps)
            if not key:
                nothing.append(stamp)
                continue
            digest = digest or _digest(stamp.path)
        except Cancelled:
            raise
        except (OSError, Environment, NotFound):  # held by who writes it, or gone, which the next look tells
            later.append(stamp)
            continue
        except DeskError:
            nothing.append(stamp)
            continue
        # The same download twice (`Export (1).csv`) is offered once.
        if digest not in never and digest not in found and not imported((digest,)):
            found[digest] = Offer(stamp, key, digest)
    return Judged(list(found.values()), nothing, later)


def _kind(sniffed: Sniffed, maps: Sequence[KeptMap]) -> str:
    """The format that the headings tell, `map` where a map is kept for them; "" for neither, and for what this program wrote itself."""
    with Tables(sniffed) as tables:
        known = next((key for table in islice(tables, MOST_SHEETS) if (key := _known(table)) is not None), None)
        if known is not None:
            return known
        if maps and in_tables(maps, tables):
            return "map"
    return "map" if sniffed.kind == "csv" and map_for(maps, sniffed.path) is not None else ""


def _known(table: Table) -> str | None:
    """The format that a table's first rows tell, "" for what this program wrote, None for none."""
    for row in table.head:
        headings = frozenset(filter(None, map(normal, row)))
        if key := next((key for one in FORMATS if (key := one.recognise(headings))), ""):
            own = key.startswith("zhanggui") or (len(headings) >= OWN_LEAST and headings <= _OWN_TITLES)
            return "" if own else key
    return None


def _digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
