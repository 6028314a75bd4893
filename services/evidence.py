"""The evidence book of one order: its JSON form, and how it is checked without the shop. No database here.

Whoever holds a book can check that no entry in it was changed after it was made: each entry's hash follows from the hash before it, from
the entry itself and from the digests of its values, which follow from the values and their salt. That the entries are those of the
shop's chain is told by the shop (services.queries.evidence) or by a seal that was kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.db.auditing import entry_hash, value_digest
from services.errors import BadInput, Fact
from services.seals import read_seal, seal_of

KIND = "zhanggui evidence"
VERSION = 1
MOST_BYTES = 200_000_000
_PLAIN = ("seq", "at", "actor", "action", "entity", "entity_id", "order_id", "field", "reason")


@dataclass(frozen=True, slots=True)
class BookCheck:
    """One thing that was checked: `name` is a term of `book_check`, `code` an error's words with `facts`."""

    name: str
    ok: bool
    code: str
    facts: Mapping[str, Fact]


def digest_of_book(told: Mapping[str, Any]) -> str:
    """SHA-256 of the whole book less this digest, in one canonical form."""
    plain = {name: value for name, value in told.items() if name != "digest"}
    text = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_book(path: Path) -> Mapping[str, Any]:
    """Raises BadInput("book_unreadable") for what is no evidence book, OSError for a file that can't be read."""
    if path.stat().st_size > MOST_BYTES:
        raise BadInput("book_unreadable", file=path.name)
    try:
        told = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        raise BadInput("book_unreadable", file=path.name) from None
    if not isinstance(told, dict) or told.get("kind") != KIND or told.get("version") != VERSION:
        raise BadInput("book_unreadable", file=path.name)
    if not all(isinstance(told.get(name), kind) for name, kind in (("entries", list), ("seals", list), ("rows", dict), ("head", dict))):
        raise BadInput("book_unreadable", file=path.name)
    return told


def check_book(told: Mapping[str, Any], seals: tuple[str, ...] = ()) -> tuple[BookCheck, ...]:
    """All that the book can prove of itself; `seals` are codes that were kept elsewhere. Raises BadInput("seal_unreadable")."""
    return (
        _checked("book_form", _form, told),
        _checked("book_chain", _chain, told),
        _checked("book_values", _values, told),
        _checked("book_rows", _rows, told),
        _checked("book_seals", _seals, told),
        *(_given(told, code) for code in seals),
    )


class _Wrong(Exception):
    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def _checked(name: str, check: Any, told: Mapping[str, Any]) -> BookCheck:
    try:
        return BookCheck(name, True, "check_fine", {"count": check(told)})
    except _Wrong as wrong:
        return BookCheck(name, False, wrong.code, wrong.facts)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return BookCheck(name, False, "book_damaged", {})


def _form(told: Mapping[str, Any]) -> int:
    if told.get("digest") != digest_of_book(told):
        raise _Wrong("book_changed")
    return 1


def _chain(told: Mapping[str, Any]) -> int:
    """Each entry fits its hash; neighbours fit each other; none stands twice or out of turn."""
    before: tuple[int, str] | None = None
    for entry in told["entries"]:
        seq = entry["seq"]
        if before is not None and seq <= before[0]:
            raise _Wrong("check_chain_hash", id=seq)
        if before is not None and seq == before[0] + 1 and entry["previous"] != before[1]:
            raise _Wrong("check_chain_hash", id=seq)
        digests = bytes.fromhex(entry["old_digest"]), bytes.fromhex(entry["new_digest"])
        parts: list[Any] = [bytes.fromhex(entry["previous"]), *(entry[name] for name in _PLAIN), *digests]
        made = entry_hash(*parts)
        if made.hex() != entry["hash"]:
            raise _Wrong("check_chain_hash", id=seq)
        before = seq, entry["hash"]
    return len(told["entries"])


def _values(told: Mapping[str, Any]) -> int:
    for entry in told["entries"]:
        if entry["salt"] is None:
            if entry["old"] is not None or entry["new"] is not None:
                raise _Wrong("check_chain_unsalted", id=entry["seq"])
            continue
        salt = bytes.fromhex(entry["salt"])
        for name in ("old", "new"):
            if value_digest(salt, entry[name]).hex() != entry[f"{name}_digest"]:
                raise _Wrong("check_chain_value", id=entry["seq"])
    return len(told["entries"])


def _rows(told: Mapping[str, Any]) -> int:
    """What the book says of the order today is what the last entry of each field says."""
    last: dict[tuple[str, int, str], tuple[int, str | None]] = {}
    gone: set[tuple[str, int]] = set()
    for entry in told["entries"]:
        key = entry["entity"], entry["entity_id"]
        if entry["field"] is not None and entry["salt"] is not None:
            last[*key, entry["field"]] = entry["seq"], entry["new"]
        elif entry["field"] is None and entry["new"] is None and entry["old"] is not None:
            gone.add(key)
    rows = {(table, row["id"]): row for table, listed in told["rows"].items() for row in listed}
    count = 0
    for (table, row_id, name), (seq, text) in last.items():
        row = rows.get((table, row_id))
        if row is None:
            if table in told["rows"] and (table, row_id) not in gone:
                raise _Wrong("book_row_missing", id=seq)
            continue
        if name in row:
            count += 1
            value = row[name]
            if (None if value is None else str(value)) != text:
                raise _Wrong("book_row_differs", id=seq, field=name)
    for key in gone & rows.keys():
        raise _Wrong("book_row_missing", id=int(key[1]))
    return count


def _seals(told: Mapping[str, Any]) -> int:
    for seal in told["seals"]:
        if seal_of(seal["day"], seal["seq"], bytes.fromhex(seal["hash"])) != seal["code"]:
            raise _Wrong("seal_changed", id=seal["seq"], day=read_seal(seal["code"])[2][:6])
    for entry in told["entries"]:
        for seal in told["seals"]:
            if seal["seq"] == entry["seq"] and seal["hash"] != entry["hash"]:
                raise _Wrong("seal_changed", id=seal["seq"], day=seal["code"][:6])
    return len(told["seals"])


def _given(told: Mapping[str, Any], code: str) -> BookCheck:
    """A seal that was kept elsewhere is one of the book's, or it can't be told."""
    _day, seq, plain = read_seal(code)
    for seal in told["seals"]:
        if seal.get("seq") == seq:
            same = seal.get("code") == plain
            return BookCheck("seal_given", same, "book_seal_holds" if same else "book_seal_other", {"seal": plain, "id": seq, "count": 1})
    return BookCheck("seal_given", False, "book_seal_missing", {"seal": plain, "id": seq})
