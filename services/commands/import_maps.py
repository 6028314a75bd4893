"""Maps of somebody else's tables: kept under a name and the fingerprint of their headings, renamed, and removed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.db.schema import ImportMap
from services.db.uow import UnitOfWork
from services.errors import BadInput, NotFound, Refused
from services.imports.formats.mapped import MapSpec
from services.imports.headings import normal
from services.imports.kept_maps import fingerprint

MOST_LETTERS = 60


@dataclass(frozen=True)
class SaveImportMap:
    """Keep a map for files with these headings, in the place of the one kept for the same set. Returns its id.

    Raises BadInput for a name or a map that can't be used (as `--map` does), Refused("map_name_taken") where another set has the name.
    """

    name: str
    headings: tuple[str, ...]
    told: Mapping[str, Any]

    def apply(self, uow: UnitOfWork) -> int:
        name = _checked(self.name)
        spec = MapSpec.of(self.told, uow.shop.zone)
        there = frozenset(map(normal, self.headings))
        if not any(there):
            raise BadInput("map_no_headings")
        for target, source in spec.sources.items():
            for heading in source.headings:
                if normal(heading) not in there:
                    raise BadInput("map_heading_missing", heading=heading, target=target, file=name)
        mark = fingerprint(self.headings)
        values = {
            "name": name,
            "headings": json.dumps([heading.strip() for heading in self.headings if heading.strip()], ensure_ascii=False),
            "told": json.dumps(self.told, ensure_ascii=False),
        }
        if uow.sql("SELECT 1 FROM import_map WHERE name = ? AND fingerprint <> ?", (name, mark)):
            raise Refused("map_name_taken", name=name)
        known = uow.sql("SELECT id FROM import_map WHERE fingerprint = ?", (mark,))
        if known:
            uow.change(ImportMap, {known[0][0]: values})
            return int(known[0][0])
        (made,) = uow.append(ImportMap, [{**values, "fingerprint": mark}])
        return made


@dataclass(frozen=True, slots=True)
class RenameImportMap:
    """Call a map otherwise. Raises NotFound("map_not_found"), and for the name what SaveImportMap raises."""

    map_id: int
    name: str

    def apply(self, uow: UnitOfWork) -> None:
        name = _checked(self.name)
        if not uow.sql("SELECT 1 FROM import_map WHERE id = ?", (self.map_id,)):
            raise NotFound("map_not_found")
        if uow.sql("SELECT 1 FROM import_map WHERE name = ? AND id <> ?", (name, self.map_id)):
            raise Refused("map_name_taken", name=name)
        uow.change(ImportMap, {self.map_id: {"name": name}})


def _checked(told: str) -> str:
    name = " ".join(told.split())
    if not name:
        raise BadInput("map_name_empty")
    if len(name) > MOST_LETTERS or not name.isprintable():
        raise BadInput("map_name_long", most=MOST_LETTERS)
    return name


@dataclass(frozen=True, slots=True)
class RemoveImportMap:
    """Forget a map; what came in by it stays. Raises NotFound("map_not_found")."""

    map_id: int

    def apply(self, uow: UnitOfWork) -> None:
        if not uow.sql("SELECT 1 FROM import_map WHERE id = ?", (self.map_id,)):
            raise NotFound("map_not_found")
        uow.remove(ImportMap, [self.map_id])
