"""Several files at once, planned together before anything is written: goods first, then order lists, their goods lists, and what is
about orders: cases, parcels, counts, bookings.

In that order lines find their SKUs and their orders. What one file brings is not new in the next one, and the same bytes
under two names count once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, overload

from services.errors import BadInput, Cancelled, DeskError
from services.imports.collector import collector_paused
from services.imports.kept_maps import KeptMap, KeptMaps, parse_known
from services.imports.parse import parse_file
from services.imports.plan import ImportPlan, PlanImport
from services.imports.records import ParsedFile
from services.imports.taught import TaughtWords, with_taught
from services.params import Shop
from services.progress import SILENT, Progress

_TURN = {"goods": 0, "orders": 1, "sold": 1, "lines": 2, "cases": 3, "waybills": 4, "counts": 5, "bookings": 6}
_STEPS = 1_000


class Reader(Protocol):
    """The Desk, as far as looking before an import needs it."""

    shop: Shop

    @overload
    def read(self, query: PlanImport, /) -> ImportPlan: ...

    @overload
    def read(self, query: KeptMaps, /) -> tuple[KeptMap, ...]: ...

    @overload
    def read(self, query: TaughtWords, /) -> Mapping[str, str]: ...


@dataclass(slots=True)
class PlannedFile:
    """A file and what it would do, or why it can't be read. `twin` is the file of this turn with the same bytes, `joined` are the
    numbers of new orders that an earlier file of this turn brings already: they will be merged. `map` is the kept map that read it."""

    path: Path
    plan: ImportPlan | None = None
    error: DeskError | None = None
    twin: str = ""
    joined: frozenset[str] = frozenset()
    map: KeptMap | None = None


class _Share:
    """The progress of one file as its share of all."""

    def __init__(self, progress: Progress, place: int, files: int) -> None:
        self._progress, self._place, self._files = progress, place, files

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        share = min(_STEPS, done * _STEPS // total) if total else 0
        self._progress.step(self._place * _STEPS + share, self._files * _STEPS, what)


def plan_files(
    desk: Reader,
    paths: Sequence[Path],
    progress: Progress = SILENT,
    options: Mapping[Path, Mapping[str, Any]] = MappingProxyType({}),
    maps: Mapping[Path, Mapping[str, Any]] = MappingProxyType({}),
) -> list[PlannedFile]:
    """Plan each file against the shop as it is now; writes nothing. A file that can't be read carries its error. Raises Cancelled.

    `options` say how to read a file where the guess is wrong (services.imports.options). `maps` are those that some of the files are to
    be read by; else a file is read by its format, or by the map kept for its headings.
    """
    found: list[PlannedFile] = []
    parsed: list[tuple[PlannedFile, ParsedFile]] = []
    seen: dict[str, str] = {}
    with collector_paused(), with_taught(desk):
        for place, path in enumerate(paths):
            one = PlannedFile(path)
            found.append(one)
            share = _Share(progress, place, len(paths))
            try:
                if path in maps:
                    file = parse_file(path, map=maps[path], options=options.get(path), progress=share, zone=desk.shop.zone)
                else:
                    file, one.map = parse_known(desk, path, share, options=options.get(path))
            except Cancelled:
                raise
            except DeskError as error:
                one.error = error
                continue
            if file.file_hash in seen:
                one.twin = seen[file.file_hash]
            else:
                seen[file.file_hash] = path.name
                parsed.append((one, file))
        parsed.sort(key=lambda pair: _TURN[pair[1].kind])
        brought: set[tuple[str, str]] = set()
        for place, (one, file) in enumerate(parsed):
            progress.step(place, len(parsed), "planned")
            try:
                one.plan = desk.read(PlanImport(file, progress=_Share(progress, place, len(parsed))))
            except BadInput as error:
                one.error = error
                continue
            numbers = [entry[0].number for entry in one.plan.new]
            shop = one.plan.channel.platform
            one.joined = frozenset(number for number in numbers if (shop, number) in brought)
            brought.update((shop, number) for number in numbers)
    done = [one for one, _file in parsed]
    return done + [one for one in found if one not in done]
