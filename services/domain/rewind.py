"""The trail read backwards and forwards: what stood where at any moment (invariants A3, O9). Pure.

A state is {(table, id): {field: value}} of what the trail tells field by field. Going back takes each entry's old value, going forth
its new one; a row that came in bulk has no entry of its own, so its first values are those that are left when all later entries are
taken back, and replay starts there (domain.md, audited edits).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Key = tuple[str, int]
State = dict[Key, dict[str, Any]]


class Erased:
    """A value that was erased with its salt: nobody knows it any more."""

    def __repr__(self) -> str:
        return "ERASED"


ERASED = Erased()


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of a table that the trail tells: `numbers` are those kept as whole numbers, `empty` what a field that no entry names holds."""

    fields: frozenset[str]
    numbers: frozenset[str]
    empty: Mapping[str, Any]

    def value(self, name: str, text: str | None) -> Any:
        """A field's value as the table keeps it, out of the text of an entry."""
        return text if text is None or name not in self.numbers else int(text) if text.removeprefix("-").isdecimal() else text

    def row(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """All fields of a row, out of what its entry holds: fields that are empty are not named there."""
        found = {name: held.get(name, self.empty.get(name)) for name in self.fields}
        return {name: int(value) if isinstance(value, bool) else value for name, value in found.items()}


Shapes = Mapping[str, Shape]


@dataclass(slots=True)
class Step:
    """One entry. Without `field` a row that is new (`new`, JSON) or gone (`old`, JSON); with `bulk` a row that came with others, whose values
    no entry holds: they are found on the way back. `erased`: old and new are not there any more."""

    seq: int
    at: int
    key: Key
    field: str | None = None
    old: str | None = None
    new: str | None = None
    erased: bool = False
    bulk: bool = False
    first: dict[str, Any] | None = None


def back(state: State, steps: Sequence[Step], shapes: Shapes) -> State:
    """Take the entries back, the newest first. `steps` are in the order in which they were written; `state` is changed and given back."""
    for step in reversed(steps):
        shape = shapes.get(step.key[0])
        if shape is None:
            continue
        if step.field is not None:
            if step.field in shape.fields and step.key in state:
                state[step.key][step.field] = ERASED if step.erased else shape.value(step.field, step.old)
        elif step.bulk or step.new is not None:
            step.first = state.pop(step.key, None)
        elif step.old is not None:
            state[step.key] = shape.row(_held(step.old))
    return state


def forth(state: State, steps: Iterable[Step], shapes: Shapes) -> State:
    """Do the entries again, the oldest first. A row that came in bulk must have been taken back before: its values are remembered there."""
    for step in steps:
        shape = shapes.get(step.key[0])
        if shape is None:
            continue
        if step.field is not None:
            if step.field in shape.fields and step.key in state:
                state[step.key][step.field] = ERASED if step.erased else shape.value(step.field, step.new)
        elif step.bulk:
            if step.first is not None:
                state[step.key] = dict(step.first)
        elif step.new is not None:
            state[step.key] = shape.row(_held(step.new))
        elif step.old is not None:
            state.pop(step.key, None)
    return state


def _held(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
