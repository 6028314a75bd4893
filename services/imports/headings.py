"""Formats as data: which headings mean what. Columns are found by heading, never by position.

A new format is one file in formats/ and its line in FORMATS. Headings are compared without outer blanks, with half-width
brackets; what is not named in `columns` or `ignored` is told as unknown, and its raw cells are kept all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from services.imports.records import shown

if TYPE_CHECKING:
    from services.imports.own_list import OwnList
    from services.imports.shop_list import Style

Kind = Literal["orders", "lines", "sold", "goods", "cases", "waybills", "bookings", "counts"]

OF_ORDERS = frozenset({"orders", "lines", "sold"})
"""Kinds of files that bring orders."""


class Authority(IntEnum):
    """Whose word counts when files differ on a field: the higher one's, whatever came later."""

    INFERRED = 0
    SPARSE = 10
    LINES = 20
    ORDERS = 30


@dataclass(frozen=True, slots=True)
class Format:
    """One platform's file layout. `recognise` gives the report's key (`taobao.orders.g4`) or "" for a set of headings.

    `columns` maps each heading to its target (a name of the reader for this kind); of two headings with one target the
    first present one of `columns` counts. `flags` are headings that say in their layout something of the whole file. `style` is how
    orders are made of the rows (services.imports.shop_list) where the reader of the kind does not know it; `reader` reads the rows
    instead of the kind's. Lines that begin with `remark` are no records.
    """

    key: str
    platform: str
    kind: Kind
    zone: str
    authority: Authority
    columns: Mapping[str, str]
    required: frozenset[str]
    recognise: Callable[[frozenset[str]], str]
    ignored: frozenset[str] = field(default_factory=frozenset)
    flags: frozenset[str] = field(default_factory=frozenset)
    style: Style | None = None
    remark: str = ""
    reader: type[OwnList] | None = None


_WIDTHS = str.maketrans({"（": "(", "）": ")", "：": ":", "\u3000": " ", "\u00a0": " ", "\ufeff": "", "\u200b": ""})


def normal(heading: str) -> str:
    """A heading as it is compared: outer blanks and guards off, brackets half-width, runs of blanks one."""
    plain = heading.translate(_WIDTHS).strip().strip("'\"").strip()
    return " ".join(plain.split())


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the targets stand in this file: target → (column index, heading as in the file). `commas` are headings whose amounts have
    a decimal comma (None: those of all amounts), `date` is the order of written days that begin with no year (mdy, else dmy)."""

    places: dict[str, tuple[int, str]]
    unknown: list[str]
    doubled: list[str]
    commas: frozenset[str] | None = frozenset()
    date: str = ""


def lay_out(headings: Sequence[str], columns: Mapping[str, str], ignored: frozenset[str] = frozenset()) -> Layout:
    """Find the targets among the headings. A heading that appears twice counts once, its first place."""
    first: dict[str, int] = {}
    doubled: list[str] = []
    for place, heading in enumerate(headings):
        name = normal(heading)
        if name and name in first:
            doubled.append(shown(heading.strip()))
        elif name:
            first[name] = place
    places: dict[str, tuple[int, str]] = {}
    for name, target in columns.items():
        if name in first and target not in places:
            places[target] = (first[name], shown(headings[first[name]].strip()))
    unknown = [shown(headings[place].strip()) for name, place in first.items() if name not in columns and name not in ignored]
    return Layout(places, unknown, doubled)
