"""What an evidence book holds of one order, and whether a book's entries are those of this shop (services.evidence)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.clock import iso
from services.db.auditing import GENESIS
from services.db.history import shapes, state_of, steps_of
from services.db.reading import Reading
from services.errors import Fact, NotFound
from services.evidence import KIND, VERSION, digest_of_book
from services.queries.order_json import orders_json
from services.queries.seals import SealRows

_FIELDS = (
    "seq",
    "at",
    "actor",
    "action",
    "entity",
    "entity_id",
    "order_id",
    "field",
    "old",
    "new",
    "reason",
    "salt",
    "old_digest",
    "new_digest",
    "hash",
)
_ENTRIES = f"SELECT {', '.join(_FIELDS)} FROM audit_entry WHERE seq IN ({{ids}})"  # noqa: S608 (constants)
_OF_ORDER = "SELECT seq FROM audit_entry WHERE order_id = ?"


@dataclass(frozen=True, slots=True)
class EvidenceOf:
    """Query: the book of one order as plain JSON values, complete: entries with salts and hashes, today's rows, seals, the chain's head.

    Whoever may not see all of it is refused (services.domain.permissions): half a book proves nothing. Raises NotFound("order_not_found").
    """

    order_id: int

    def run(self, reading: Reading) -> Mapping[str, Any]:
        orders = orders_json(reading, [self.order_id])
        if not orders:
            raise NotFound("order_not_found", number=str(self.order_id))
        seqs = {row[0] for row in reading.sql(_OF_ORDER, (self.order_id,))}
        seqs |= {step.seq for step in steps_of(reading, self.order_id) if step.bulk}
        head = reading.sql("SELECT seq, at, hash FROM audit_entry ORDER BY seq DESC LIMIT 1")[0]
        zone = reading.shop.zone
        told: dict[str, Any] = {
            "kind": KIND,
            "version": VERSION,
            "shop": {"name": reading.shop.name, "zone": zone, "currency": reading.shop.currency},
            "made_at": iso(reading.now, zone),
            "order_id": self.order_id,
            "order": orders[0],
            "rows": self._rows(reading),
            "entries": _entries(reading, sorted(seqs)),
            "seals": _seals(reading, min(seqs, default=0)),
            "head": {"seq": head[0], "at": iso(head[1], zone), "hash": head[2].hex()},
        }
        return told | {"digest": digest_of_book(told)}

    def _rows(self, reading: Reading) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {"orders": [], "order_line": [], "discount": [], "after_sale": []}
        for (table, row_id), row in state_of(reading, self.order_id).items():
            found[table].append({"id": row_id, **{name: row[name] for name in sorted(shapes()[table].fields)}})
        return found


def _entries(reading: Reading, seqs: list[int]) -> list[dict[str, Any]]:
    rows = {row[0]: dict(zip(_FIELDS, row, strict=True)) for row in reading.each(_ENTRIES, seqs)}
    links = reading.each("SELECT seq, hash FROM audit_entry WHERE seq IN ({ids})", [seq - 1 for seq in seqs])
    before = {seq + 1: digest for seq, digest in links}
    found = []
    for seq in seqs:
        row = rows[seq]
        for name in ("salt", "old_digest", "new_digest", "hash"):
            row[name] = row[name].hex() if row[name] is not None else None
        found.append(row | {"local": iso(row["at"], reading.shop.zone), "previous": before.get(seq, GENESIS).hex()})
    return found


def _seals(reading: Reading, first: int) -> list[dict[str, Any]]:
    """Those of the order's time and after it: each holds every entry before it."""
    listed = [seal for seal in SealRows().run(reading) if seal.seq >= first]
    heads = dict(reading.each("SELECT seq, hash FROM audit_entry WHERE seq IN ({ids})", [seal.seq for seal in listed]))
    return [{"day": seal.day, "seq": seal.seq, "code": seal.code, "hash": heads[seal.seq].hex()} for seal in listed if seal.seq in heads]


@dataclass(frozen=True, slots=True)
class EvidenceHere:
    """Query: whether the book's entries and head are this shop's, and all of the order's until then are in the book.

    Gives None where they are, else the words' code and its facts. Tells nothing of what stands in the shop.
    """

    told: Mapping[str, Any]

    def run(self, reading: Reading) -> tuple[str, Mapping[str, Fact]] | None:
        try:
            entries = {int(entry["seq"]): str(entry["hash"]) for entry in self.told["entries"]}
            head = int(self.told["head"]["seq"])
            wanted = entries | {head: str(self.told["head"]["hash"])} | {int(one["seq"]): str(one["hash"]) for one in self.told["seals"]}
            order_id = int(self.told["order_id"])
        except (KeyError, TypeError, ValueError):
            return "book_damaged", {}
        here = dict(reading.each("SELECT seq, hash FROM audit_entry WHERE seq IN ({ids})", sorted(wanted)))
        for seq in sorted(wanted):
            if seq not in here or here[seq].hex() != wanted[seq]:
                return "book_not_of_shop", {"id": seq}
        for (seq,) in reading.sql("SELECT seq FROM audit_entry WHERE order_id = ? AND seq <= ? ORDER BY seq", (order_id, head)):
            if seq not in entries:
                return "book_leaves_out", {"id": seq}
        return None
