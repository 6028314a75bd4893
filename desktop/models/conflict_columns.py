"""What files said and was not taken over, as columns: conflicts with what was edited here, rows with a word that nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop import formats
from desktop.i18n import language, later, tr
from desktop.models.column import Column, Kind
from services.words import term

if TYPE_CHECKING:
    from services.queries.conflict_rows import ConflictRow
    from services.queries.held_rows import HeldRow

Zone = Callable[[], str]
Now = Callable[[], int]


def value_words(row: ConflictRow, text: str, zone: str) -> str:
    """One of the two values as a person reads it."""
    from services.words.trail import value

    return value("orders", row.field, text, language(), zone)


def field_words(row: ConflictRow) -> str:
    return term("field", row.field, language())


def edited_words(row: ConflictRow, now: int, zone: str) -> str:
    """`店主 11-21 18:20`; a dash where nobody set it by hand."""
    if row.edited_at is None:
        return formats.DASH
    return f"{term('actor', row.edited_by, language())} {formats.day_time(row.edited_at, now, zone)}"


def place_words(file: str, row: int, sheet: str = "") -> str:
    """`第 12 行·ExportOrderList.csv`: the row first, for the name may be long."""
    dot = "·" if language() == "zh" else " · "
    return dot.join(part for part in (tr("row {row}", row=formats.count(row)), sheet, file) if part)


def conflict_columns(now: Now, zone: Zone) -> tuple[Column, ...]:
    return (
        Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, width=154),
        Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer_nick, width=96, shown=False),
        Column("field", later("Field"), Kind.TEXT, field_words, width=88),
        Column("here", later("Here"), Kind.TEXT, lambda row: _line(value_words(row, row.ours, zone())), width=0),
        Column("edited", later("Edited"), Kind.CODE, lambda row: edited_words(row, now(), zone()), width=124),
        Column("told", later("In the file"), Kind.TEXT, lambda row: _line(value_words(row, row.theirs, zone())), width=170),
        Column("where", later("Where it stands"), Kind.SOFT, lambda row: place_words(row.file_name, row.row, row.sheet), width=150),
        Column("file_time", later("File of"), Kind.CODE, lambda row: formats.day_time(row.file_time, now(), zone()), width=96, shown=False),
    )


def held_columns(now: Now, zone: Zone) -> tuple[Column, ...]:
    return (
        Column("value", later("The word"), Kind.TEXT, lambda row: row.value, width=180),
        Column("column", later("Column"), Kind.SOFT, lambda row: row.column, width=110),
        Column("number", later("Order no."), Kind.NUMBER, _number, width=164),
        Column("where", later("Where it stands"), Kind.SOFT, lambda row: place_words(row.file_name, row.row), width=0),
        Column("at", later("Imported"), Kind.CODE, lambda row: formats.day_time(row.imported_at, now(), zone()), width=112),
    )


def _number(row: HeldRow) -> str:
    return row.number or formats.DASH


def _line(words: str) -> str:
    return " ".join(words.split())
