"""A list of the dialog before an import as a source of the paged table: rows and words are made when they are painted or searched.

A plan of a hundred thousand orders is listed as quickly as one of ten. All of it runs in the query threads, over the plan in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from desktop.models.column import cell_text
from services.imports.collector import collector_paused

if TYPE_CHECKING:
    from desktop.models.column import Column
    from desktop.models.paged_table import Sort

T = TypeVar("T")
AT_ONCE = 1_000
"""Things that are made at a time where a list is looked through."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list: rows of a field, of a column, of a state. `count` is told beside its words."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about: an order or SKU by its number, a row of the file, or both."""

    number: str = ""
    row: int | None = None


class Listing(Generic[T]):
    """One part of a file. `each` are its things, made once, as far as they are asked for; `make` a thing's row by its place.

    `facet_of` says which facet a thing belongs to, `about` what it is of. `facet` is the one that is shown, "" all.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        each: Iterable[T],
        make: Callable[[int, T], Any],
        about: Callable[[T], Subject],
        facets: Sequence[Facet] = (),
        facet_of: Callable[[T], str] | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.facets, self.facet = tuple(facets), ""
        self._each: Iterator[T] = iter(each)
        self._make, self._about, self._facet_of = make, about, facet_of
        self._things: list[T] = []
        self._whole = False
        self._texts: list[str] = []
        self._lock = Lock()

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Any], array[int]]:
        """Places of the things found; of the plain list only `limit` are made."""
        return partial(self._find, search.casefold().split(), self.facet, sort, limit)

    def rows(self, ids: Sequence[int]) -> Callable[[Any], list[Any]]:
        """Their rows."""
        return partial(self._rows, tuple(ids))

    def subject(self, place: int) -> Subject:
        """What the row at this place is about."""
        return self._about(self.things(place + 1)[place])

    def things(self, count: int | None = None) -> list[T]:
        """The first `count` things, or all; more may be there already."""
        with self._lock:
            if not self._whole and (count is None or len(self._things) < count):
                more = None if count is None else count - len(self._things)
                with collector_paused():
                    self._things += islice(self._each, more)
                self._whole = more is None or len(self._things) < (count or 0)
            return self._things

    def _rows(self, places: Sequence[int], _desk: Any) -> list[Any]:
        things = self.things(max(places, default=-1) + 1)
        return [self._make(place, things[place]) for place in places]

    def _find(self, words: Sequence[str], facet: str, sort: Sort, limit: int | None, _desk: Any) -> array[int]:
        if not words and not facet and not sort.key:
            count = len(self.things(limit))
            return array("q", range(count if limit is None else min(count, limit)))
        found = self._places()
        if facet and self._facet_of is not None:
            facet_of = self._facet_of
            found = (place for place in found if facet_of(self._things[place]) == facet)
        if words:
            found = (place for place in found if all(word in self._text(place) for word in words))
        if sort.key:
            found = iter(self._sorted(list(found), sort))
        return array("q", islice(found, limit))

    def _places(self) -> Iterator[int]:
        """All places, the things made as far as they are asked for: the first ones found are shown before the last is made."""
        place = 0
        while place < len(self.things(place + AT_ONCE)):
            yield from range(place, min(place + AT_ONCE, len(self._things)))
            place += AT_ONCE

    def _text(self, place: int) -> str:
        """What a row shows, for searching; an amount also without its commas. Asked for in rising order."""
        if place >= len(self._texts):
            with self._lock:
                for one in range(len(self._texts), place + 1):
                    row = self._make(one, self._things[one])
                    text = "\n".join(cell_text(column.kind, column.value(row)) for column in self.columns).casefold()
                    self._texts.append(f"{text}\n{text.replace(',', '')}" if "," in text else text)
        return self._texts[place]

    def _sorted(self, places: list[int], sort: Sort) -> list[int]:
        """By an attribute of the rows; what has none comes last either way."""
        column = next((one for one in self.columns if one.sort == sort.key), None)
        values: dict[int, Any] = {}
        for place in places:
            row = self._make(place, self._things[place])
            value = getattr(row, sort.key, None)
            if value is None and column is not None and not hasattr(row, sort.key):
                value = cell_text(column.kind, column.value(row))
            values[place] = value
        present = [place for place in places if values[place] not in {None, ""}]
        absent = [place for place in places if values[place] in {None, ""}]
        return sorted(present, key=values.__getitem__, reverse=sort.descending) + absent
