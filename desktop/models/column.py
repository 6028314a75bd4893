"""A column as data, and the small values its cells hold. A table is a tuple of these; nothing here knows a row's class.

ORDER_COLUMNS = (
    Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=154),
    Column("paid", later("Paid"), Kind.MONEY, lambda row: row.paid, sort="paid", width=84),
)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from desktop import formats
from desktop.i18n import tr


class Kind(Enum):
    """How a cell is painted, and what its `value` must give."""

    CHECK = "check"
    """Whether the row is selected; no value needed. The header holds the box for all."""
    TEXT = "text"
    """str; the row's main words."""
    SOFT = "soft"
    """str in the second text colour: recipient, region."""
    CODE = "code"
    """str, 12 px muted: merchant code, bin, time."""
    NUMBER = "number"
    """str: an order number, its head muted and the last four bold."""
    GOODS = "goods"
    """Goods, or str."""
    FLAG = "flag"
    """int 0–5; the header is a flag."""
    STATUS = "status"
    """Status."""
    MONEY = "money"
    """int fen or None."""
    QUANTITY = "quantity"
    """int or None."""
    FIGURE = "figure"
    """Figure: a number that may be bold or coloured."""
    DUE = "due"
    """Due: time left, or the blocker in its place."""
    PILLS = "pills"
    """tuple[Pill, …], a Pill, or None."""
    PRINTED = "printed"
    """bool; the header is a printer."""
    SIGN = "sign"
    """Sign, or None for the quiet dot; the header is the column's `icon`."""
    BAR = "bar"
    """Bar, or None."""


NUMBERS = frozenset({Kind.MONEY, Kind.QUANTITY})
"""Kinds that a spreadsheet adds up."""
_RIGHT = {Kind.MONEY, Kind.QUANTITY, Kind.FIGURE, Kind.DUE}
_CENTRE = {Kind.CHECK, Kind.FLAG, Kind.PRINTED, Kind.SIGN}


@dataclass(frozen=True, slots=True)
class Pill:
    """One or two words on a soft ground; only for what differs from normal. `tone`: theme.Tone, `muted` for grey."""

    words: str
    tone: str = "muted"


@dataclass(frozen=True, slots=True)
class Status:
    """Stage 0…1 of the ring (`dashed`, `half`, `most`, `done`, `dash`) and its word."""

    glyph: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Due:
    """Right-aligned words in a tone, or a pill; `sign` is an icon before the pill."""

    words: str
    tone: str = "muted"
    pill: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon in a tone; its words are what a reader of the screen hears."""

    icon: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    words: str
    tone: str = "text"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Goods:
    """First title, how many more kinds there are (`+2`), and its pills."""

    words: str
    more: int = 0
    pills: tuple[Pill, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """Filled `share` 0…1 with a dark tick at `mark` 0…1 (None: no tick); `words` for accessibility and copying."""

    share: float
    mark: float | None = None
    tone: str = "muted"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`title` is marked with i18n.later. `value(row)` gives what the kind wants. `sort` is the key the source sorts by, empty: can't be sorted.

    `width` in px; 0 stretches (one column of a table). `tip(row)` gives the tooltip, else elided text shows itself.
    `shown`: unless a person chose otherwise. `group` is the heading under which it can be chosen. `copy(row)` is its text for a spreadsheet,
    else that of its kind. `acts`: a click does something (TableView.acted); `edits`: it can be typed over in its place (TableView.edit_asked).
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    value: Callable[[Any], Any] = lambda row: None
    sort: str = ""
    width: int = 100
    tip: Callable[[Any], str] | None = None
    shown: bool = True
    group: str = ""
    icon: str = ""
    copy: Callable[[Any], str] | None = None
    acts: bool = False
    edits: bool = False

    @property
    def right(self) -> bool:
        return self.kind in _RIGHT

    @property
    def centred(self) -> bool:
        return self.kind in _CENTRE


def cell_text(kind: Kind, value: Any) -> str:
    """The words of a cell without its colours: for copying, accessibility and plain width."""
    if value is None:
        return formats.DASH if kind in {Kind.MONEY, Kind.QUANTITY} else ""
    if kind is Kind.MONEY:
        return formats.money(value)
    if kind is Kind.QUANTITY:
        return formats.count(value)
    if kind is Kind.GOODS and isinstance(value, Goods):
        more = f" +{value.more}" if value.more else ""
        return value.words + more + "".join(f" [{pill.words}]" for pill in value.pills)
    if kind is Kind.PILLS:
        return " ".join(pill.words for pill in pills_of(value))
    if kind is Kind.PRINTED:
        return tr("printed") if value else ""
    if isinstance(value, (Status, Due, Figure, Pill, Bar, Sign)):
        return value.words
    return str(value)


def copy_text(column: Column, row: Any) -> str:
    """What a spreadsheet gets of a cell, in one line: amounts and quantities as plain numbers, all else as it is shown."""
    if column.copy is not None:
        return " ".join(column.copy(row).split())
    value = column.value(row)
    if column.kind in NUMBERS:
        from services.money import write_amount  # the first paint needs no decimals

        if value is None:
            return ""
        return write_amount(value) if column.kind is Kind.MONEY else str(value)
    return " ".join(cell_text(column.kind, value).split())


def pills_of(value: Any) -> tuple[Pill, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, Pill) else tuple(value)
