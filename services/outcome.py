"""What a command gives back: its value, which rows it touched, and what is to be done after the commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class ChangeSet(Mapping[str, frozenset[int]]):
    """Ids touched, by table. Empty means that nothing was written."""

    def __init__(self, ids: Mapping[str, frozenset[int]] | None = None) -> None:
        self._ids = {table: found for table, found in (ids or {}).items() if found}

    def __getitem__(self, table: str) -> frozenset[int]:
        return self._ids[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def of(self, table: str) -> frozenset[int]:
        """The ids touched in `table`, none if it was not."""
        return self._ids.get(table, frozenset())


@dataclass(frozen=True, slots=True)
class Effect:
    """Something for the world outside the database, done after the commit: open a file, print, say."""

    kind: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class DeedSpan:
    """Where the trail holds what one command left: its first and its last entry, and whose it was."""

    first: int
    last: int
    action: str
    actor: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """`deed` is None where nothing came on record."""

    value: T_co
    changes: ChangeSet = field(default_factory=ChangeSet)
    effects: tuple[Effect, ...] = ()
    deed: DeedSpan | None = None
