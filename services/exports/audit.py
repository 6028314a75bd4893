"""The trail to a file: one row for each entry, values in words and as they are kept, with the hash that chains them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from services.exports.pipeline import Written, write_file
from services.exports.table import Column, Kind
from services.params import Shop
from services.progress import SILENT, Progress
from services.queries.audit_trail import AuditRow, AuditRows
from services.words import term
from services.words.trail import details, sentence

if TYPE_CHECKING:
    from array import array

BLOCK = 1_000
"""Entries in the memory at once."""


class Reader(Protocol):
    """The Desk, as far as an export needs it."""

    shop: Shop

    def read(self, query: AuditRows, /) -> tuple[AuditRow, ...]: ...


def export_trail(desk: Reader, path: Path, ids: array[int], lang: str = "zh", progress: Progress = SILENT) -> Written:
    """Write the entries of these ids in their order. Raises what `write_file` raises."""
    return write_file(
        path, _columns(desk.shop.zone, lang), _rows(desk, ids), zone=desk.shop.zone, lang=lang, total=len(ids), progress=progress
    )


def _rows(desk: Reader, ids: Sequence[int]) -> Iterator[AuditRow]:
    for start in range(0, len(ids), BLOCK):
        yield from desk.read(AuditRows(tuple(ids[start : start + BLOCK])))


def _columns(zone: str, lang: str) -> tuple[Column, ...]:
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
