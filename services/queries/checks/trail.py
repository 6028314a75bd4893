"""The trail: the chain of its entries, the values they digest, and the ledger rows that they cover (services.db.auditing)."""

from __future__ import annotations

import json
from typing import Any

from services.db.auditing import GENESIS, RowsDigest, entry_hash, value_digest
from services.db.base import Audit, Base, audit_of
from services.db.dialect import primary_key
from services.db.reading import Reading
from services.queries.checks.finding import CheckOf, Finding, compare, fine

_ENTRIES = (
    "SELECT seq, at, actor, action, entity, entity_id, order_id, field, reason, old_digest, new_digest, hash FROM audit_entry ORDER BY seq"
)
_VALUES = "SELECT seq, salt, old, new, old_digest, new_digest FROM audit_entry ORDER BY seq"
_COMMANDS = "SELECT seq, new FROM audit_entry WHERE entity = 'command' ORDER BY seq"


def _broken(seq: int, found: str) -> Finding:
    return Finding(ok=False, code="check_chain", facts={"id": seq, "found": found})


def chain(reading: Reading) -> Finding:
    """Every hash follows from the one before it and from its entry, from the first on; no number is left out."""
    previous, count = GENESIS, 0
    for seq, at, actor, action, entity, entity_id, order_id, field, reason, old_digest, new_digest, found in reading.driver.execute(
        _ENTRIES
    ):
        count += 1
        if seq != count:
            return _broken(count, "missing")
        previous = entry_hash(previous, seq, at, actor, action, entity, entity_id, order_id, field, reason, old_digest, new_digest)
        if found != previous:
            return _broken(seq, "hash")
    return fine(count)


def values(reading: Reading) -> Finding:
    """Old and new values are those that were digested, where they were not erased with their salt."""
    count = 0
    for seq, salt, old, new, old_digest, new_digest in reading.driver.execute(_VALUES):
        count += 1
        if salt is None:
            if old is not None or new is not None:
                return _broken(seq, "value without salt")
        elif value_digest(salt, old) != old_digest or value_digest(salt, new) != new_digest:
            return _broken(seq, "value")
    return fine(count)


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
        told: dict[str, Any] = json.loads(text) if text else {}
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
)
