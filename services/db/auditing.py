"""The chain of the trail: how an entry is digested and hashed (domain.md, audited edits). Pure functions.

hash = SHA-256(previous hash ‖ canonical(seq, at, actor, action, entity, entity id, order, field, reason, H(salt‖old), H(salt‖new)))
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

Value = str | int | bytes | bool | None

GENESIS = bytes(32)
SALT_BYTES = 16


def value_text(value: Value) -> str | None:
    """A field's value as the trail keeps it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.hex()
    return str(int(value))


def value_digest(salt: bytes, value: str | None) -> bytes:
    """H(salt ‖ value); NULL and the empty text differ."""
    marked = b"\x00" if value is None else b"\x01" + value.encode("utf-8", "surrogatepass")
    return hashlib.sha256(salt + marked).digest()


def entry_hash(
    previous: bytes,
    seq: int,
    at: int,
    actor: str,
    action: str,
    entity: str,
    entity_id: int | None,
    order_id: int | None,
    field: str | None,
    reason: str | None,
    old_digest: bytes,
    new_digest: bytes,
) -> bytes:
    canonical = json.dumps(
        [seq, at, actor, action, entity, entity_id, order_id, field, reason, old_digest.hex(), new_digest.hex()],
        ensure_ascii=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(previous + canonical.encode()).digest()


class RowsDigest:
    """SHA-256 over canonical rows in the order of writing: what a command's entry holds of rows written in bulk."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, row: Sequence[Value]) -> None:
        self._hash.update(repr([value.hex() if isinstance(value, bytes) else value for value in row]).encode("utf-8", "surrogatepass"))
        self.count += 1

    def add_many(self, rows: Sequence[Sequence[Value]]) -> None:
        """The same as `add` for each of rows of one shape; one look for bytes and one update for all of them."""
        if rows and any(isinstance(value, bytes) for value in rows[0]):
            for row in rows:
                self.add(row)
            return
        self._hash.update("".join(map(repr, map(list, rows))).encode("utf-8", "surrogatepass"))
        self.count += len(rows)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
