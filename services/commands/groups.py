"""Kept searches of the orders in their tree: made, renamed, moved, thrown away (services.db.schema.groups).

The entries of one folder stand at positions 0, 1, 2 … without a gap. What a group searches is kept as canonical text, so
that every reader understands it, whatever language it was typed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.db.schema import OrderGroup
from services.db.uow import UnitOfWork
from services.errors import BadInput, NotFound, Refused
from services.meanwhile import values_must_stand
from services.search.parser import parse
from services.search.sorts import read_sort
from services.search.writer import write

MOST_LETTERS = 50
MOST_GROUPS = 500
MOST_DEPTH = 3
"""Folders within folders: the rail has no room for more."""
FOLDER, SEARCH = "folder", "search"


@dataclass(frozen=True, slots=True)
class AddGroup:
    """Keep a search at the end of a folder (None: outside of all). Returns its id.

    Raises BadInput for an empty or too long name, for a search that can't be understood (with the parser's own words) or
    that finds everything, and for a sort or colour that there is not; NotFound and Refused for the folder.
    """

    name: str
    search: str
    sort: str = ""
    colour: int = 0
    parent_id: int | None = None

    def apply(self, uow: UnitOfWork) -> int:
        values = {
            "kind": SEARCH,
            "name": checked_name(self.name),
            "search": checked_search(self.search),
            "sort": checked_sort(self.sort),
            "colour": checked_colour(self.colour),
        }
        return _added(uow, values, self.parent_id)


@dataclass(frozen=True, slots=True)
class AddFolder:
    """An empty folder at the end of another (None: outside of all). Returns its id. Raises as AddGroup; no deeper than MOST_DEPTH."""

    name: str
    parent_id: int | None = None
    colour: int = 0

    def apply(self, uow: UnitOfWork) -> int:
        values = {"kind": FOLDER, "name": checked_name(self.name), "search": "", "sort": "", "colour": checked_colour(self.colour)}
        tree = _Tree(uow)
        if self.parent_id is not None and tree.depth(tree.folder(self.parent_id)) >= MOST_DEPTH:
            raise Refused("group_too_deep", most=MOST_DEPTH)
        return _added(uow, values, self.parent_id, tree)


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Another name, search, sort or colour; None leaves it, as does the value that was `seen`. Returns whether anything is different now.

    Raises as AddGroup, and Conflict("changed_meanwhile") where what is changed here is not as it was seen.
    """

    group_id: int
    name: str | None = None
    search: str | None = None
    sort: str | None = None
    colour: int | None = None
    seen: Mapping[str, Any] | None = None

    def apply(self, uow: UnitOfWork) -> bool:
        row = _Tree(uow).entry(self.group_id)
        values: dict[str, Any] = {}
        if self.name is not None:
            values["name"] = checked_name(self.name)
        if self.search is not None or self.sort is not None:
            if row.kind == FOLDER:
                raise Refused("group_is_folder", name=row.name)
            if self.search is not None:
                values["search"] = checked_search(self.search)
            if self.sort is not None:
                values["sort"] = checked_sort(self.sort)
        if self.colour is not None:
            values["colour"] = checked_colour(self.colour)
        if self.seen is not None:
            seen = self.seen
            values = {name: value for name, value in values.items() if value != seen.get(name)}
            ((*found,),) = uow.sql("SELECT name, search, sort, colour FROM order_group WHERE id = ?", (self.group_id,))
            now = dict(zip(("name", "search", "sort", "colour"), found, strict=True))
            looked_at = {name: seen[name] for name in values if name in seen}
            values_must_stand(uow, "order_group", self.group_id, looked_at, now, row.name)
        return bool(uow.change(OrderGroup, {self.group_id: values}))


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """Put an entry into a folder (None: outside of all) so that it stands at `position` there; beyond the end counts as the end.

    Raises Refused("group_into_itself") for a folder into its own inside, Refused("group_too_deep"), NotFound.
    """

    group_id: int
    parent_id: int | None
    position: int

    def apply(self, uow: UnitOfWork) -> None:
        tree = _Tree(uow)
        row = tree.entry(self.group_id)
        if self.parent_id is not None:
            target = tree.folder(self.parent_id)
            if self.group_id in tree.way_up(target):
                raise Refused("group_into_itself", name=row.name)
            if row.kind == FOLDER and tree.depth(target) + tree.height(self.group_id) > MOST_DEPTH:
                raise Refused("group_too_deep", most=MOST_DEPTH)
        left = [one for one in tree.inside(row.parent_id) if one != self.group_id]
        there = left if self.parent_id == row.parent_id else tree.inside(self.parent_id)
        place = min(max(0, self.position), len(there))
        changes: dict[int, dict[str, Any]] = {one: {"position": at} for at, one in enumerate(left)}
        changes |= {one: {"position": at} for at, one in enumerate((*there[:place], self.group_id, *there[place:]))}
        uow.change(OrderGroup, {self.group_id: {"parent_id": self.parent_id, **changes.pop(self.group_id)}, **changes})


@dataclass(frozen=True, slots=True)
class RemoveGroup:
    """Throw an entry away, a folder with all that is in it; the orders stay as they are. Returns how many kept searches went."""

    group_id: int

    def apply(self, uow: UnitOfWork) -> int:
        tree = _Tree(uow)
        row = tree.entry(self.group_id)
        gone = tree.all_inside(self.group_id)
        # What points to a folder goes before it.
        uow.remove(OrderGroup, list(reversed(gone)))
        left = [one for one in tree.inside(row.parent_id) if one != self.group_id]
        uow.change(OrderGroup, {one: {"position": at} for at, one in enumerate(left)})
        return sum(tree.rows[one].kind == SEARCH for one in gone)


def checked_name(name: str) -> str:
    """One line, neither empty nor longer than the rail can hope to show. Raises BadInput."""
    plain = " ".join(name.split())
    if not plain:
        raise BadInput("group_name_empty")
    if len(plain) > MOST_LETTERS or not plain.isprintable():
        raise BadInput("group_name_long", most=MOST_LETTERS)
    return plain


def checked_search(search: str) -> str:
    """Canonical text. Raises BadInput as the parser does, and for a search that finds everything."""
    canonical = write(parse(search))
    if not canonical:
        raise BadInput("group_search_empty")
    return canonical


def checked_sort(sort: str) -> str:
    """`-付款` → `-paid_at`; empty is the tab's own. Raises BadInput("sort_unknown")."""
    if not sort.strip():
        return ""
    by, down = read_sort(sort)
    return f"-{by.key}" if down else by.key


def checked_colour(colour: int) -> int:
    if not 0 <= colour <= 5:
        raise BadInput("flag_out_of_range", value=str(colour))
    return colour


def _added(uow: UnitOfWork, values: dict[str, Any], parent_id: int | None, tree: _Tree | None = None) -> int:
    tree = tree or _Tree(uow)
    if len(tree.rows) >= MOST_GROUPS:
        raise Refused("groups_full", most=MOST_GROUPS)
    if parent_id is not None:
        tree.folder(parent_id)
    (made,) = uow.append(OrderGroup, [{**values, "parent_id": parent_id, "position": len(tree.inside(parent_id))}])
    return made


@dataclass(frozen=True, slots=True)
class _Entry:
    id: int
    parent_id: int | None
    kind: str
    name: str


class _Tree:
    """All entries, as they stand before the command; there are MOST_GROUPS of them at most."""

    def __init__(self, uow: UnitOfWork) -> None:
        found = uow.sql("SELECT id, parent_id, kind, name FROM order_group ORDER BY position, id")
        self.rows = {row[0]: _Entry(*row) for row in found}

    def entry(self, group_id: int) -> _Entry:
        if group_id not in self.rows:
            raise NotFound("group_not_found", id=group_id)
        return self.rows[group_id]

    def folder(self, group_id: int) -> _Entry:
        row = self.entry(group_id)
        if row.kind != FOLDER:
            raise Refused("group_no_folder", name=row.name)
        return row

    def inside(self, parent_id: int | None) -> list[int]:
        """Ids in a folder, in their order."""
        return [row.id for row in self.rows.values() if row.parent_id == parent_id]

    def way_up(self, row: _Entry) -> Sequence[int]:
        """The folder itself and those that it lies in, the innermost first."""
        ids = [row.id]
        while (above := self.rows[ids[-1]].parent_id) is not None:
            ids.append(above)
        return ids

    def depth(self, row: _Entry) -> int:
        return len(self.way_up(row))

    def height(self, group_id: int) -> int:
        """How many folders deep a folder reaches, itself counted."""
        return 1 + max((self.height(one) for one in self.inside(group_id) if self.rows[one].kind == FOLDER), default=0)

    def all_inside(self, group_id: int) -> list[int]:
        """The entry, and after it all that lies in it, however deep."""
        return [group_id, *(deep for one in self.inside(group_id) for deep in self.all_inside(one))]
