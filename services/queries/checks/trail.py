"""The trail: the chain of its entries, the values they digest, and the ledger rows that they cover (services.db.auditing), and its seals (services.seals)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from services.db.auditing import GENESIS, RowsDigest, entry_hash, value_digest
from services.db.base import Audit, Base, audit_of
from services.db.dialect import primary_key
from services.db.reading import Reading
from services.errors import BadInput
from services.queries.checks.finding import CheckOf, Finding, compare, fine
from services.queries.seals import broken_seal
from services.seals import FILE_NAME, kept_outside, read_seal

_ENTRIES = (
    "SELECT seq, at, actor, action, entity, entity_id, order_id, field, reason, old_digest, new_digest, hash FROM audit_entry ORDER BY seq"
)
_VALUES = "SELECT seq, salt, old, new, old_digest, new_digest FROM audit_entry ORDER BY seq"
_COMMANDS = "SELECT seq, new FROM audit_entry WHERE entity = 'command' ORDER BY seq"

_NOTHING = type(None)
_TYPES = frozenset(
    (int, int, str, str, str, *optional, bytes, bytes, bytes)
    for optional in product((int, _NOTHING), (int, _NOTHING), (str, _NOTHING), (str, _NOTHING))
)
"""SQLite would keep a number as text, or bytes where words were; what reads alike is not the same."""
_VALUE_TYPES = frozenset((int, bytes, *optional, bytes, bytes) for optional in product((str, _NOTHING), (str, _NOTHING)))


def _broken(seq: int, found: str) -> Finding:
    """At entry `seq`: `found` picks the words."""
    return Finding(ok=False, code=f"check_chain_{found}", facts={"id": seq})


class _UnreadableError(Exception):
    """Words that are no words: whatever stands there, nobody here wrote it."""


def _rows(reading: Reading, statement: str) -> Iterator[tuple[Any, ...]]:
    try:
        yield from reading.driver.execute(statement)
    except sqlite3.OperationalError as error:
        if "decode" in str(error):
            raise _UnreadableError from error
        raise


def chain(reading: Reading) -> Finding:
    """Every hash follows from the one before it and from its entry, from the first on to the newest; no number is left out."""
    previous, count = GENESIS, 0
    try:
        for row in _rows(reading, _ENTRIES):
            count += 1
            if row[0] != count:
                return _broken(count, "missing")
            if tuple(map(type, row)) not in _TYPES:
                return _broken(count, "type")
            previous = entry_hash(previous, *row[:11])
            if row[11] != previous:
                return _broken(count, "hash")
    except _UnreadableError:
        return _broken(count + 1, "type")
    return _head(reading, count) or fine(count)


def _head(reading: Reading, count: int) -> Finding | None:
    """What is wrong with the end of the chain: entries that were taken off it, or put there by somebody else."""
    rows = reading.sql("SELECT seq FROM trail_head WHERE id = 1")
    seq = rows[0][0] if rows else 0
    if seq > count:
        return _broken(count + 1, "missing")
    return _broken(seq + 1, "foreign") if seq < count else None


def values(reading: Reading) -> Finding:
    """Old and new values are those that were digested, where they were not erased with their salt."""
    count = 0
    try:
        for row in _rows(reading, _VALUES):
            count += 1
            seq, salt, old, new, old_digest, new_digest = row
            if salt is None:
                if old is not None or new is not None:
                    return _broken(seq, "unsalted")
            elif tuple(map(type, row)) not in _VALUE_TYPES:
                return _broken(seq, "type")
            elif value_digest(salt, old) != old_digest or value_digest(salt, new) != new_digest:
                return _broken(seq, "value")
    except _UnreadableError:
        return _broken(count + 1, "type")
    return fine(count)


def seals(reading: Reading) -> Finding:
    """The trail is the one that was sealed, by the seals in the file and by those beside it, from the oldest on."""
    codes, odd = kept_outside(reading.shop.folder)
    if odd:
        return Finding(ok=False, code="seal_line", facts={"line": odd[0], "file": FILE_NAME})
    rows = reading.sql("SELECT day, seq, code FROM seal ORDER BY seq")
    found: dict[str, int] = {}
    for day, seq, code in rows:
        try:
            told = read_seal(str(code))
        except BadInput:
            told = None
        if told is None or told[:2] != (day, seq):
            return Finding(ok=False, code="seal_changed", facts={"id": seq, "day": _day(day)})
        found[told[2]] = seq
    for code in codes:
        found.setdefault(code, read_seal(code)[1])
    for code in sorted(found, key=lambda one: found[one]):
        if broken := broken_seal(reading, code):
            return Finding(False, *broken)
    return fine(len(found))


def _day(ordinal: object) -> str:
    return date.fromordinal(ordinal).isoformat() if isinstance(ordinal, int) and 0 < ordinal <= date.max.toordinal() else str(ordinal)


def _ledgers() -> dict[str, str]:
    """{ledger: statement for its rows of a span, columns in the table's order}."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if audit_of(table) is Audit.LEDGER:
            columns = ", ".join(column.name for column in table.columns)
            keyed = primary_key(table)
            found[table.name] = f"SELECT {columns} FROM {table.name} WHERE {keyed} BETWEEN ? AND ? ORDER BY {keyed}"  # noqa: S608 (mapped names)
    return found


def ledgers(reading: Reading) -> Finding:
    """Every row of a ledger is covered by the entry of the command that wrote it, once, and reads as it was written."""
    statements = _ledgers()
    last = dict.fromkeys(statements, 0)
    checked = 0
    for seq, text in reading.driver.execute(_COMMANDS):
        try:
            told: dict[str, Any] = json.loads(text) if text else {}
        except (TypeError, ValueError):
            return Finding(ok=False, code="check_unreadable", facts={"id": seq})
        for name, facts in told.items():
            if name not in statements or "digest" not in facts:
                continue
            digest = RowsDigest()
            for first, end in facts["ids"]:
                if first != last[name] + 1:
                    return compare(checked, [(name, last[name] + 1, "not covered", f"audit_entry {seq}")])
                for row in reading.driver.execute(statements[name], (first, end)):
                    digest.add(row)
                last[name] = end
            if digest.count != facts["rows"] or digest.hexdigest() != facts["digest"]:
                return compare(checked, [(name, facts["ids"][0][0], "changed rows", f"audit_entry {seq}")])
            checked += digest.count
    for name, end in last.items():
        (most,) = reading.driver.execute(f"SELECT coalesce(max(id), 0) FROM {name}").fetchone()  # noqa: S608 (mapped names)
        if most > end:
            return compare(checked, [(name, end + 1, "not covered", "audit_entry")])
    return fine(checked)


CHECKS: tuple[tuple[str, CheckOf], ...] = (
    ("audit_chain", chain),
    ("audit_values", values),
    ("audit_ledgers", ledgers),
    ("audit_seals", seals),
)
