"""Where each value of an order comes from: the cell of a file, an edit made here, or the shop's own sums.

The files' words are weighed as an import weighs them (services.imports.said); of the raw rows one block is unpacked per file named.
What belongs to an order (parcels, after-sales, money, discounts) is traced in services.queries.provenance_parts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from zlib import decompress

from services.errors import NotFound
from services.imports.columns import unpack as unpack_rows
from services.imports.headings import normal
from services.imports.said import ADDRESS, NO_FACTS, Facts, Said, Weighed, unpack, weigh

if TYPE_CHECKING:
    from services.db.reading import Reading

FIELDS = (
    "number", "status", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode", "flag", "tags",
    "seller_memo", "buyer_message", "goods_amount", "discount", "goods_less_discount", "freight", "payable", "paid", "refunded",
    "platform_discount", "paid_out", "payment_number", "quantity", "created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "close_reason", "ship_by",
)  # fmt: skip
"""Values of the order card that have a source."""
_TARGETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("province", "city", "district", "address", "postcode"), ("changed_address", "address")),
    "phone_ext": ("phone",),
    "seller_memo": ("seller_memo", "seller_note"),
    "paid": ("paid", "line_paid", "refunded", "line_refunded"),
    "refunded": ("refunded", "line_refunded"),
    "goods_amount": ("price", "line_price", "line_amount", "quantity", "line_quantity"),
    "discount": ("price", "line_price", "line_amount", "payable", "line_payable"),
    "goods_less_discount": ("goods_less_discount", "payable", "line_payable"),
    "quantity": ("quantity", "line_quantity"),
}
"""Targets of a format that tell a field of another name (services.imports.order_list)."""
_SUMMED: dict[str, tuple[str, ...]] = {
    "status": ("financial", "fulfillment"),
    "recipient": ("first_name", "last_name", "payer_first_name", "payer_last_name", "payer"),
    "phone": ("payer_phone",),
    "address": ("address1", "address2", "town", "payer_address"),
    "goods_amount": ("amounts", "line_amount", *(f"item_{place}" for place in range(1, 10))),
    "discount": ("cart_discount", "order_discount", "pay_discount", "amounts", "owed", "freight"),
    "goods_less_discount": ("amounts", "line_amount", "discount", "pay_discount", "cart_discount", "order_discount", "owed", "freight"),
    "payable": ("owed", "amounts", "line_amount", "discount", "pay_discount", "freight"),
    "paid": ("owed", "payable", "financial"),
}
"""Targets that a field is worked out from where no heading tells it itself (services.imports.own_list, shop_list)."""
_ZERO_IS_NONE = frozenset({"flag", "platform_discount"})
OF_FILES = frozenset({"import_file"})
"""Actions that speak for a file, not for a person."""
_CACHED = {"paid_at", "shipped_at", "completed_at", "closed_at", "paid", "refunded", "quantity"}

_ORDER = f"SELECT {', '.join(FIELDS)}, checked_at, checked_by, locked, lines_unknown FROM orders WHERE id = ?"  # noqa: S608 (constants)
_SOURCES = "SELECT kind, batch_id, row, file_time, told, older FROM order_source WHERE order_id = ?"
_BATCHES = """
SELECT id, file_name, file_hash, kind, sheet, headings, knows, sources, at, file_time FROM import_batch WHERE id IN ({ids})
"""
_EDITS = """
SELECT field, actor, at, action, reason, entity FROM audit_entry
WHERE order_id = ? AND entity = 'orders' AND field IS NOT NULL ORDER BY seq
"""
_MADE = """
SELECT actor, at, action, reason FROM audit_entry WHERE order_id = ? AND entity = 'orders' AND field IS NULL AND old IS NULL ORDER BY seq LIMIT 1
"""
# A demo is filled before anything else is done.
_DEMO = "SELECT 1 FROM (SELECT action FROM audit_entry ORDER BY seq LIMIT 40) WHERE action LIKE 'fill_demo%' LIMIT 1"
_CONFLICTS = "SELECT id, field, part, theirs, batch_id, row, file_time FROM import_conflict WHERE order_id = ? AND state = 'open'"
# The same bytes imported again are kept once, with the first batch that brought them.
_BLOCK = """
SELECT r.block FROM import_rows r JOIN import_batch b ON b.id = r.batch_id
WHERE b.file_hash = ? AND r.first_row <= ? ORDER BY r.first_row DESC LIMIT 1
"""
_BLOCKS = """
SELECT r.block FROM import_rows r WHERE r.batch_id =
 (SELECT min(k.batch_id) FROM import_rows k JOIN import_batch b ON b.id = k.batch_id WHERE b.file_hash = ?)
 AND r.block <> x'' ORDER BY r.first_row
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a file: its heading as written there, and what stands in it."""

    heading: str
    value: str


@dataclass(frozen=True, slots=True)
class FileSource:
    """A row of an imported file. `cells` are those that tell the field; empty where the raw rows are not kept. `row` is 0 where the
    file, but not its row, is known. `kind` says how much its word counts: orders, sold, lines, sparse (services.imports.said.BY_KIND), or
    what else the file is about: cases, waybills, bookings."""

    batch_id: int
    file_name: str
    sheet: str
    row: int
    file_time: int
    cells: tuple[Cell, ...] = ()
    imported_at: int = 0
    kind: str = ""

    @property
    def batch(self) -> str:
        return f"B{self.batch_id}"


@dataclass(frozen=True, slots=True)
class Differing:
    """A file's word that waits for a decision (import_conflict `id`): `theirs` as text, an address in its parts."""

    id: int
    theirs: str
    file: FileSource


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from. `kind`: `file`; `edited` or entered here, by `actor` at `at`, with `action` and `reason`; `computed` by
    the shop from lines, journal or moves; `demo`, invented for training; `unknown`, where nothing tells. An edited value keeps the `file`
    whose word it replaced. `locked`: no file overwrites it any more. `part` is the id of a line, parcel, after-sale …, 0 the order's own."""

    field: str
    kind: str
    file: FileSource | None = None
    actor: str = ""
    at: int | None = None
    action: str = ""
    reason: str = ""
    part: int = 0
    locked: bool = False
    differs: Differing | None = None


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """The row of a goods list that tells of a line last, with all that stands in it."""

    line_id: int
    file: FileSource


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking of an account file that names the order: kept for comparing, never the order's own money. Fen, signed as ours."""

    id: int
    account: str
    kind: str
    amount: int
    at: int
    description: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """`parts` are origins of what belongs to the order: field `line`, `discount`, `parcel`, `case`, `money`, `booking`, with its id."""

    fields: tuple[Origin, ...]
    lines: tuple[LineOrigin, ...]
    parts: tuple[Origin, ...] = ()
    bookings: tuple[Booking, ...] = ()

    def of(self, field: str, part: int = 0) -> Origin | None:
        return next((one for one in (self.parts if part else self.fields) if one.field == field and one.part == part), None)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a file as it was read: every heading with its cell, the empty ones too. Without `cells` the raw rows are not kept."""

    file: FileSource
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is known of an imported file (import_batch), as far as its rows are named."""

    id: int
    file_name: str
    file_hash: str
    kind: str
    sheet: str
    headings: list[str]
    sources: dict[str, list[str]]
    facts: Facts
    at: int
    file_time: int

    def place(self, *targets: str) -> int | None:
        """Where the first heading stands that the format reads as one of these."""
        places = {normal(heading): place for place, heading in reversed(list(enumerate(self.headings)))}
        return next((places[name] for one in targets for heading in self.sources.get(one, ()) if (name := normal(heading)) in places), None)


@dataclass(frozen=True, slots=True)
class OrderProvenance:
    """Query: the origin of every value that an order has. Raises NotFound("order_not_found")."""

    order_id: int

    def run(self, reading: Reading) -> Provenance:
        rows = reading.sql(_ORDER, (self.order_id,))
        if not rows:
            raise NotFound("order_not_found", number=str(self.order_id))
        return Tracing(reading, self.order_id, rows[0]).told()


@dataclass(frozen=True, slots=True)
class RawRow:
    """Query: one row of an imported file as it was read. Raises NotFound("batch_not_found")."""

    batch_id: int
    row: int

    def run(self, reading: Reading) -> KeptRow:
        found = list(reading.each(_BATCHES, [self.batch_id]))
        if not found:
            raise NotFound("batch_not_found", batch=self.batch_id)
        batch = _batch(found[0])
        blocks = reading.sql(_BLOCK, (batch.file_hash, self.row))
        cells = (unpack_rows(blocks[0][0]) if blocks else {}).get(self.row, [])
        file = FileSource(batch.id, batch.file_name, batch.sheet, self.row, batch.file_time, (), batch.at, batch.kind)
        told = zip_longest(batch.headings, cells, fillvalue="") if cells else ()
        return KeptRow(file, tuple(Cell(heading, cell) for heading, cell in told))


class Tracing:
    """One order being traced. `words` is what files said of it, `weighed` what counts of that."""

    def __init__(self, reading: Reading, order_id: int, row: tuple[Any, ...]) -> None:
        self.reading, self.order_id = reading, order_id
        *values, checked_at, checked_by, locked, lines_unknown = row
        self.values = dict(zip(FIELDS, values, strict=True))
        self.checked = (checked_at, str(checked_by))
        self.locked = frozenset(filter(None, str(locked).split(",")))
        self.lines_unknown, self.number = bool(lines_unknown), str(self.values["number"])
        sources = reading.sql(_SOURCES, (order_id,))
        ids = {row[1] for row in sources} | {group[0] for row in sources if row[5] for group in json.loads(row[5])}
        self.batches: dict[int, Batch] = {}
        self.load(ids)
        self.words: list[Said] = []
        for kind, batch_id, line, file_time, told, older in sources:
            self.words += unpack(kind, batch_id, line, file_time, told, older, lambda one: self.batches[one].facts)
        self.weighed: Weighed = weigh(self.words)
        self.blocks: dict[tuple[str, int], dict[int, list[str]]] = {}
        self._named: dict[int, FileSource | None] = {}
        made = reading.sql(_MADE, (order_id,))
        self.made: tuple[Any, ...] | None = made[0] if made else None
        self.demo = made == [] and not sources and bool(reading.sql(_DEMO))

    def told(self) -> Provenance:
        from services.queries.provenance_parts import Parts

        edits: dict[str, tuple[Any, ...]] = {row[0]: row for row in self.reading.sql(_EDITS, (self.order_id,))}
        fields = [
            self._origin(name, self.weighed.said.get(name if name != "phone_ext" else "phone"), edits.get(name))
            for name in FIELDS
            if self.values[name] not in {None, ""} and (self.values[name] or name not in _ZERO_IS_NONE)
        ]
        at, actor = self.checked
        if at is not None:
            fields.append(Origin("checked_at", "edited", None, actor, at, "check_orders"))
        lines = self._lines()
        parts, bookings = Parts(self, {one.line_id: one.file for one in lines}).told()
        differing = self._differing()
        return Provenance(
            tuple(self._marked(one, differing) for one in fields),
            tuple(lines),
            tuple(self._marked(one, differing) for one in parts),
            bookings,
        )

    def load(self, ids: Collection[int]) -> None:
        """Know these batches."""
        for row in self.reading.each(_BATCHES, sorted(set(ids) - self.batches.keys())):
            self.batches[row[0]] = _batch(row)

    def source(self, batch_id: int, row: int, time: int | None = None, kind: str = "", cells: tuple[Cell, ...] = ()) -> FileSource | None:
        """A row of a batch; None where the batch is not there."""
        self.load([batch_id])
        batch = self.batches.get(batch_id)
        if batch is None:
            return None
        told = batch.file_time if time is None else time
        return FileSource(batch_id, batch.file_name, batch.sheet, row, told, cells, batch.at, kind or batch.kind)

    def by_time(self, at: int) -> FileSource | None:
        """What the file imported at this moment says of the order: its row that names it, 0 where none is found."""
        found = self.reading.sql("SELECT id FROM import_batch WHERE at = ? ORDER BY id DESC LIMIT 1", (at,))
        if not found:
            return None
        return self.by_batch(int(found[0][0]))

    def by_batch(self, batch_id: int) -> FileSource | None:
        """The row of a batch that names the order; row 0 where the raw rows are not kept or none does."""
        said = next((one for one in self.words if one.batch_id == batch_id), None)
        if said is not None:
            return self.source(batch_id, said.row, said.time, said.kind)
        if batch_id not in self._named:
            self._named[batch_id] = self._look_for(batch_id)
        return self._named[batch_id]

    def _look_for(self, batch_id: int) -> FileSource | None:
        self.load([batch_id])
        batch = self.batches.get(batch_id)
        place = batch.place("number", "order") if batch is not None else None
        if batch is None or place is None:
            return self.source(batch_id, 0)
        wanted = self.number.encode() if self.number.isascii() else b""
        for (block,) in self.reading.sql(_BLOCKS, (batch.file_hash,)):
            if wanted not in decompress(block):  # taking a block apart costs far more than looking through it
                continue
            for row, cells in unpack_rows(block).items():
                if plain(cells, place) == self.number:
                    told = tuple(Cell(heading, cell) for heading, cell in zip(batch.headings, cells, strict=False) if cell.strip())
                    return self.source(batch_id, row, cells=told)
        return self.source(batch_id, 0)

    def _differing(self) -> dict[tuple[str, int], Differing]:
        found: dict[tuple[str, int], Differing] = {}
        for row_id, name, part, theirs, batch_id, row, time in self.reading.sql(_CONFLICTS, (self.order_id,)):
            file = self.source(batch_id, row, time)
            if file is None:
                continue
            if name != "address":
                found[name, part] = Differing(row_id, theirs, file)
                continue
            told: dict[str, str] = json.loads(theirs)
            for one in ADDRESS:
                if told.get(one, "") != (self.values[one] or ""):
                    found[one, 0] = Differing(row_id, told.get(one, ""), file)
        return found

    def _marked(self, origin: Origin, differing: Mapping[tuple[str, int], Differing]) -> Origin:
        """With its lock, and with the word that waits; one about a line or an after-sale stands with it."""
        differs = differing.get((origin.field, 0)) if not origin.part else None
        if origin.part:
            differs = next(
                (one for (_name, part), one in differing.items() if part == origin.part and origin.field in {"line", "case"}), None
            )
        locked = not origin.part and (origin.field in self.locked or (origin.field in ADDRESS and "address" in self.locked))
        return replace(origin, locked=locked, differs=differs) if locked or differs else origin

    def _origin(self, name: str, said: Said | None, edit: tuple[Any, ...] | None) -> Origin:
        file = None if said is None else self._file(said, name)
        if edit is not None and (name in self.locked or edit[3] not in OF_FILES):
            return Origin(name, "edited", file, edit[1], edit[2], edit[3], edit[4] or "")
        if name == "status" and edit is not None and (said is None or said.values.get(name) != self.values[name]):
            moved = self.by_time(edit[2])
            return Origin(name, "file", moved) if moved is not None else Origin(name, "computed", file)
        if name == "quantity" and not self.lines_unknown:
            return Origin(name, "computed", file)
        if said is not None and (name not in _CACHED or said.values.get(name) in {None, self.values[name]} or name == "paid"):
            return Origin(name, "file", file)
        if name in _CACHED or name == "ship_by" or said is not None or (name == "created_at" and self.words):
            return Origin(name, "demo" if self.demo else "computed", file)
        return self.entered(name)

    def entered(self, name: str, part: int = 0) -> Origin:
        """What no file told: typed in when the order was made here, invented for training, or nothing tells."""
        if self.made is not None and self.made[2] not in OF_FILES:
            actor, at, action, reason = self.made
            return Origin(name, "edited", None, actor, at, action, reason or "", part)
        return Origin(name, "demo" if self.demo else "unknown", part=part)

    def _file(self, said: Said, name: str) -> FileSource:
        batch = self.batches[said.batch_id]
        headings = [heading for target in (*_TARGETS.get(name, ()), name) for heading in batch.sources.get(target, ())]
        headings = headings or [heading for target in _SUMMED.get(name, ()) for heading in batch.sources.get(target, ())]
        cells = self._cells(said.batch_id, said.row)
        places = {normal(heading): place for place, heading in reversed(list(enumerate(batch.headings)))}
        found = []
        for heading in dict.fromkeys(headings):
            place = places.get(normal(heading))
            if place is not None and place < len(cells):
                found.append(Cell(heading, cells[place]))
        # An empty cell tells only where no other does: nothing refunded, no freight.
        found = [cell for cell in found if cell.value.strip()] or found
        return FileSource(said.batch_id, batch.file_name, batch.sheet, said.row, said.time, tuple(found), batch.at, said.kind)

    def _cells(self, batch_id: int, row: int) -> list[str]:
        return self.block(batch_id, row).get(row, [])

    def block(self, batch_id: int, row: int) -> dict[int, list[str]]:
        """The rows of the one block that holds a row."""
        key = (self.batches[batch_id].file_hash, row)
        if key not in self.blocks:
            found = self.reading.sql(_BLOCK, key)
            self.blocks[key] = unpack_rows(found[0][0]) if found else {}
        return self.blocks[key]

    def _lines(self) -> list[LineOrigin]:
        """Rows of goods lists by the line's own number; where there is none, by their turn."""
        found: dict[int, LineOrigin] = {}
        lines = self.reading.sql("SELECT id, number FROM order_line WHERE order_id = ? ORDER BY position", (self.order_id,))
        for said in sorted((one for one in self.words if one.kind in {"lines", "sold", "sparse"}), key=lambda one: one.age):
            batch = self.batches[said.batch_id]
            number, own = batch.place("number"), batch.place("line_number", "line.number")
            if number is None:
                continue
            rows = [(row, cells) for row, cells in self.block(said.batch_id, said.row).items() if plain(cells, number) == self.number]
            if said.kind == "sparse" and len(rows) < 2 and own is None and len(lines) != len(rows):
                continue
            by_number: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
            for row, cells in rows:
                by_number[plain(cells, own) if own is not None else ""].append((row, cells))
            for place, (line_id, line_number) in enumerate(lines):
                mine = by_number.get(line_number) if own is not None and line_number else None
                chosen = mine[0] if mine else rows[place] if own is None and place < len(rows) else None
                if chosen is not None:
                    row, cells = chosen
                    told = tuple(Cell(heading, cell) for heading, cell in zip(batch.headings, cells, strict=False) if cell.strip())
                    file = FileSource(said.batch_id, batch.file_name, batch.sheet, row, said.time, told, batch.at, said.kind)
                    found[line_id] = LineOrigin(line_id, file)
        return [found[line_id] for line_id, _number in lines if line_id in found]


def plain(cells: list[str], place: int | None) -> str:
    """A number's cell without the guards that exports put around it (reference/taobao.md 2.3, quirks 2 and 3)."""
    cell = cells[place] if place is not None and place < len(cells) else ""
    return cell.strip().removeprefix("=").strip().strip("\"'").strip()


def _batch(row: tuple[Any, ...]) -> Batch:
    row_id, file_name, file_hash, kind, sheet, headings, knows, sources, at, file_time = row
    facts = Facts(file_hash, frozenset(json.loads(knows)) if kind else NO_FACTS.knows)
    return Batch(row_id, file_name, file_hash, kind, sheet, json.loads(headings), json.loads(sources), facts, at, file_time)
