"""The tree of groups: the merchant's own and those that every shop has; and how many orders one of them holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from services.db.reading import Reading
from services.errors import BadInput, NotFound
from services.search.finding import count_hits
from services.search.ready_made import READY_MADE, ready_search
from services.search.tabs import page_form
from services.settings import settings_of

MOST_COUNTED = 10_000
"""Counting stops here; the window shows 9,999+."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """`kind` is search or folder; `search` canonical text, "" for a folder. `trouble`: (code, facts) where the text can't be understood any more.

    `form` is the text as the orders page would write it once it is shown there (`page_form`).
    """

    id: int
    parent_id: int | None
    kind: str
    name: str
    search: str
    sort: str
    colour: int
    position: int
    trouble: tuple[str, dict[str, Any]] | None = field(default=None, compare=False)
    form: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A ready-made group by its code (words: `ready_group`). `view` opens another view instead of a search."""

    code: str
    search: str
    colour: int
    view: str
    hidden: bool
    form: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Groups:
    """`own` folder by folder in the order of each; `ready` all of them, hidden ones too."""

    own: tuple[GroupRow, ...]
    ready: tuple[ReadyRow, ...]


_GROUPS = "SELECT id, parent_id, kind, name, search, sort, colour, position FROM order_group ORDER BY parent_id, position, id"


@dataclass(frozen=True, slots=True)
class GroupTree:
    """All groups, in two statements. Each text is parsed here, so that nobody has to do it while painting."""

    def run(self, reading: Reading) -> Groups:
        settings = settings_of(reading)
        own = tuple(_row([*row, *_looked_at(row[4])]) for row in reading.sql(_GROUPS))
        hidden = set(settings["hidden_groups"])
        searches = {one.code: ready_search(one, settings["big_order"]) for one in READY_MADE}
        ready = tuple(
            ReadyRow(one.code, searches[one.code], one.colour, one.view, one.code in hidden, page_form(searches[one.code]))
            for one in READY_MADE
        )
        return Groups(own, ready)


def _row(values: list[Any]) -> GroupRow:
    return GroupRow(*values)


def _looked_at(search: str) -> tuple[tuple[str, dict[str, Any]] | None, str]:
    try:
        return None, page_form(search)
    except BadInput as error:
        return (error.code, dict(error.facts)), ""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many orders a search finds, MOST_COUNTED at most. Raises BadInput for a text that can't be understood any more."""

    search: str

    def run(self, reading: Reading) -> int:
        return count_hits(reading, self.search, MOST_COUNTED)


@dataclass(frozen=True, slots=True)
class GroupSearch:
    """The search and sort of the group of that name: one's own, else a ready-made one by its code or its word in either language.

    Raises NotFound("group_unknown") with the nearest name, BadInput("group_ambiguous") for several of one name.
    """

    name: str

    def run(self, reading: Reading) -> tuple[str, str]:
        from services.search.fields import nearest
        from services.search.grams import fold
        from services.words import terms

        groups = GroupTree().run(reading)
        asked = fold(self.name.strip())
        mine = [row for row in groups.own if row.search and fold(row.name) == asked]
        if len(mine) > 1:
            raise BadInput("group_ambiguous", name=self.name)
        if mine:
            return mine[0].search, mine[0].sort
        said = terms()["ready_group"]
        names = {fold(word): row for row in groups.ready if row.search for word in (row.code, *said[row.code])}
        if asked in names:
            return names[asked].search, ""
        known = [*(row.name for row in groups.own if row.search), *(word for row in groups.ready if row.search for word in said[row.code])]
        raise NotFound("group_unknown", name=self.name, suggestion=nearest(self.name, known))
