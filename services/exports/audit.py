"""The trail as rows of a file: one for each entry, values in words and as they are kept, with the hash that chains them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from services.exports.table import Column, Kind
from services.queries.audit_trail import AuditRow, AuditRows
from services.words import term
from services.words.trail import details, sentence

if TYPE_CHECKING:
    from services.exports.orders import Door

BLOCK = 1_000
"""Entries in the memory at once."""


def trail_rows(desk: Door, ids: Sequence[int]) -> Iterator[AuditRow]:
    for start in range(0, len(ids), BLOCK):
        yield from desk.read(AuditRows(tuple(ids[start : start + BLOCK])))


def trail_columns(zone: str, lang: str) -> tuple[Column, ...]:
    def title(key: str) -> str:
        return term("trail_column", key, lang)

    return (
        Column("seq", title("seq"), Kind.COUNT, lambda row: row.seq, 8),
        Column("at", title("at"), Kind.TIME, lambda row: row.at, 20),
        Column("actor", title("actor"), Kind.TEXT, lambda row: term("actor", row.actor, lang), 10),
        Column("what", title("what"), Kind.TEXT, lambda row: sentence(row, lang), 24),
        Column("order", title("order"), Kind.TEXT, lambda row: row.number or "", 22),
        Column("details", title("details"), Kind.TEXT, lambda row: details(row, lang, zone), 40),
        Column("reason", title("reason"), Kind.TEXT, lambda row: row.reason or "", 24),
        Column("old", title("old"), Kind.TEXT, lambda row: row.old or "", 24),
        Column("new", title("new"), Kind.TEXT, lambda row: row.new or "", 24),
        Column("hash", title("hash"), Kind.TEXT, lambda row: row.hash, 66),
    )
