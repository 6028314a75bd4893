"""The map as it is being made: a source for each of our fields, and the options. Written and read as the command line's `--map`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.imports.map_tables import NEEDED, missing_of
from services.words.import_maps import MAP_FIELDS

COLUMN, SUM, FIRST, CONST = "column", "sum", "first", "const"
MONEY = frozenset({*MAP_FIELDS["money"], "line.price", "line.amount", "line.payable", "line.paid", "line.refunded", "price", "cost"})
NUMBERS = MONEY | {"quantity", "line.quantity", "stock", "counted", "expected"}
STATES = frozenset({"status", "line.status"})
NUMBER, ORDERS = "number", "orders"


@dataclass(slots=True)
class Draft:
    """Where one field comes from. `combine` is column, sum, first or const; `values` translates words of a state's column."""

    combine: str = COLUMN
    headings: list[str] = field(default_factory=list)
    const: str = ""
    values: dict[str, str] = field(default_factory=dict)
    rounded: bool = False

    @property
    def empty(self) -> bool:
        return not self.const if self.combine == CONST else not self.headings


class MapDraft:
    """`fields` by target; a target without one is left empty by the import."""

    def __init__(self) -> None:
        self.fields: dict[str, Draft] = {}
        self.options: dict[str, Any] = {}
        self._others: dict[str, dict[str, Draft]] = {}
        """Fields of the other kinds of tables, while somebody tries what this one is."""

    @property
    def kind(self) -> str:
        """What the table holds: orders, tracking, goods or stocktake."""
        return str(self.options.get("kind") or ORDERS)

    def set_kind(self, kind: str) -> None:
        """Other fields from here on; those of before come back with their kind."""
        self._others[self.kind] = self.fields
        self.fields = self._others.pop(kind, {})
        self.options["kind"] = "" if kind == ORDERS else kind

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> MapDraft:
        """A map as it was kept, which the services have checked; a round of another number of digits than two becomes two."""
        made = cls()
        made.options = dict(told.get("options", {}))
        for target, source in told.items():
            if target in {"options", "channel"}:
                continue
            plain = {"parcel.number": "tracking", "parcel.carrier": "carrier"}.get(target, target)
            made.fields[plain] = _draft(source)
        channel = told.get("channel")
        if isinstance(channel, Mapping) and "const" in channel:
            made.options["channel"] = str(channel["const"])
        return made

    def as_map(self) -> dict[str, Any]:
        """What `--map` takes."""
        told: dict[str, Any] = {target: _source(one) for target, one in self.fields.items() if not one.empty}
        options = {name: value for name, value in self.options.items() if value not in {"", 0, None}}
        return told | ({"options": options} if options else {})

    # ---- changes

    def draft(self, target: str) -> Draft:
        """The field's own, for reading; an empty one where there is none."""
        return self.fields.get(target) or Draft()

    def guess(self, found: Mapping[str, str]) -> None:
        """Take guesses for the fields that have no source yet."""
        used = self.used()
        for target, heading in found.items():
            if self.draft(target).empty and heading not in used:
                self.fields[target] = Draft(COLUMN, [heading])

    def put(self, target: str, heading: str) -> None:
        """A heading was dropped on a field: money adds up several, other fields take the first that is not empty."""
        one = self.draft(target)
        if one.combine == CONST or one.empty or target in STATES or target == NUMBER:
            self.fields[target] = Draft(COLUMN, [heading], rounded=one.rounded)
        elif heading not in one.headings:
            combine = one.combine if one.combine in {SUM, FIRST} else SUM if target in NUMBERS else FIRST
            self.fields[target] = Draft(combine, [*one.headings, heading], rounded=one.rounded)

    def choose(self, target: str, heading: str) -> None:
        """One column alone; "" takes it away."""
        one = self.draft(target)
        values = dict(one.values) if one.headings == [heading] else {}
        if heading:
            self.fields[target] = Draft(COLUMN, [heading], values=values, rounded=one.rounded)
        else:
            self.fields.pop(target, None)

    def take_out(self, target: str, heading: str) -> None:
        """One of several columns no more."""
        one = self.draft(target)
        left = [name for name in one.headings if name != heading]
        if left:
            self.fields[target] = Draft(one.combine if len(left) > 1 else COLUMN, left, rounded=one.rounded)
        else:
            self.fields.pop(target, None)

    def set_combine(self, target: str, combine: str) -> None:
        one = self.draft(target)
        headings = one.headings[:1] if combine == COLUMN else list(one.headings)
        self.fields[target] = Draft(combine, [] if combine == CONST else headings, "", {}, one.rounded)

    def set_const(self, target: str, text: str) -> None:
        self.fields[target] = Draft(CONST, [], text, {}, self.draft(target).rounded)

    def set_rounded(self, target: str, on: bool) -> None:
        if target in self.fields:
            self.fields[target].rounded = on

    def set_value(self, target: str, word: str, state: str, known: Mapping[str, str]) -> None:
        """A word of the file means this state, "" for none; `known` are the words that are understood without being told."""
        values = {**known, **self.draft(target).values}
        if state:
            values[word] = state
        else:
            values.pop(word, None)
        self.fields[target].values = {} if values == dict(known) else values

    def keep_only(self, headings: Sequence[str]) -> None:
        """The file is read otherwise now: columns that it has no more are taken out."""
        there = set(headings)
        self._others.clear()
        for target, one in list(self.fields.items()):
            for name in [name for name in one.headings if name not in there]:
                self.take_out(target, name)

    # ---- what there is

    def used(self) -> dict[str, str]:
        """{heading: a field that it goes to}."""
        return {name: target for target, one in self.fields.items() for name in one.headings}

    def missing(self) -> str:
        """The first field without which nothing comes in, "" where all have a source."""
        return missing_of(self.kind, frozenset(target for target, one in self.fields.items() if not one.empty))

    def needs(self, target: str) -> bool:
        """Whether nothing comes in because this field has no source."""
        there = {name for name, one in self.fields.items() if not one.empty}
        return any(target in some and not there & set(some) for some in NEEDED[self.kind])

    @property
    def by_lines(self) -> bool:
        return any(target.startswith("line.") and not one.empty for target, one in self.fields.items())


def _draft(source: Any) -> Draft:
    if isinstance(source, str):
        return Draft(COLUMN, [source])
    rounded = source.get("round") is not None
    if "const" in source:
        return Draft(CONST, const=str(source["const"]), rounded=rounded)
    for combine in (SUM, FIRST):
        if combine in source:
            return Draft(combine, list(source[combine]), rounded=rounded)
    return Draft(COLUMN, [source["column"]], values=dict(source.get("values") or {}), rounded=rounded)


def _source(one: Draft) -> Any:
    more: dict[str, Any] = {"round": 2} if one.rounded else {}
    if one.combine == CONST:
        return {"const": one.const, **more}
    if len(one.headings) > 1:
        return {one.combine if one.combine in {SUM, FIRST} else FIRST: list(one.headings), **more}
    if one.values:
        return {"column": one.headings[0], "values": dict(one.values), **more}
    return {"column": one.headings[0], **more} if more else one.headings[0]
