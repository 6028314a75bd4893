"""Where each value of an order comes from: the cell of a file, an edit made here, or the shop's own sums.

The files' words are weighed as an import weighs them (services.imports.said); of the raw rows one block is unpacked per file named.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.errors import NotFound
from services.imports.columns import unpack as unpack_rows
from services.imports.headings import normal
from services.imports.said import NO_FACTS, Facts, Said, unpack, weigh

if TYPE_CHECKING:
    from services.db.reading import Reading

FIELDS = (
    "status", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode", "flag", "tags",
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
_ZERO_IS_NONE = frozenset({"flag", "platform_discount"})
_OF_FILES = frozenset({"import_file"})
_CACHED = {"paid_at", "shipped_at", "completed_at", "closed_at", "paid", "refunded", "quantity"}

_ORDER = f"SELECT {', '.join(FIELDS)}, locked, lines_unknown, number FROM orders WHERE id = ?"  # noqa: S608 (constants)
_SOURCES = "SELECT kind, batch_id, row, file_time, told, older FROM order_source WHERE order_id = ?"
_BATCHES = "SELECT id, file_name, file_hash, file_time, kind, sheet, headings, knows, sources FROM import_batch WHERE id IN ({ids})"
_EDITS = """
SELECT field, actor, at, action, reason, entity FROM audit_entry
WHERE order_id = ? AND entity = 'orders' AND field IS NOT NULL ORDER BY seq
"""
# The same bytes imported again are kept once, with the first batch that brought them.
_BLOCK = """
SELECT r.block FROM import_rows r JOIN import_batch b ON b.id = r.batch_id
WHERE b.file_hash = ? AND r.first_row <= ? ORDER BY r.first_row DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a file: its heading as written there, and what stands in it."""

    heading: str
    value: str


@dataclass(frozen=True, slots=True)
class FileSource:
    """A row of an imported file. `cells` are those that tell the field; empty where the raw rows are not kept."""

    batch_id: int
    file_name: str
    sheet: str
    row: int
    file_time: int
    cells: tuple[Cell, ...] = ()

    @property
    def batch(self) -> str:
        return f"B{self.batch_id}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from. `kind`: `file`; `edited` here, by `actor` at `at`, with `action` and `reason`; `computed` by the shop
    from lines, journal or moves; `unknown`, where nothing tells. An edited value keeps the `file` whose word it replaced."""

    field: str
    kind: str
    file: FileSource | None = None
    actor: str = ""
    at: int | None = None
    action: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """The row of a goods list that tells of a line last, with all that stands in it."""

    line_id: int
    file: FileSource


@dataclass(frozen=True, slots=True)
class Provenance:
    fields: tuple[Origin, ...]
    lines: tuple[LineOrigin, ...]

    def of(self, field: str) -> Origin | None:
        return next((one for one in self.fields if one.field == field), None)


@dataclass(frozen=True, slots=True)
class _Batch:
    file_name: str
    file_hash: str
    sheet: str
    headings: list[str]
    sources: dict[str, list[str]]
    facts: Facts


@dataclass(frozen=True, slots=True)
class OrderProvenance:
    """Query: the origin of every value that an order has. Raises NotFound("order_not_found")."""

    order_id: int

    def run(self, reading: Reading) -> Provenance:
        rows = reading.sql(_ORDER, (self.order_id,))
        if not rows:
            raise NotFound("order_not_found", number=str(self.order_id))
        return _Tracing(reading, self.order_id, rows[0]).told()


class _Tracing:
    def __init__(self, reading: Reading, order_id: int, row: tuple[Any, ...]) -> None:
        self.reading, self.order_id = reading, order_id
        *values, locked, lines_unknown, number = row
        self.values = dict(zip(FIELDS, values, strict=True))
        self.locked = frozenset(filter(None, str(locked).split(",")))
        self.lines_unknown, self.number = bool(lines_unknown), str(number)
        sources = reading.sql(_SOURCES, (order_id,))
        ids = {row[1] for row in sources} | {group[0] for row in sources if row[5] for group in json.loads(row[5])}
        self.batches = {row[0]: _batch(row) for row in reading.each(_BATCHES, sorted(ids))}
        self.words: list[Said] = []
        for kind, batch_id, line, file_time, told, older in sources:
            self.words += unpack(kind, batch_id, line, file_time, told, older, lambda one: self.batches[one].facts)
        self.blocks: dict[tuple[str, int], dict[int, list[str]]] = {}

    def told(self) -> Provenance:
        weighed = weigh(self.words)
        edits: dict[str, tuple[Any, ...]] = {row[0]: row for row in self.reading.sql(_EDITS, (self.order_id,))}
        fields = [
            self._origin(name, weighed.said.get(name if name != "phone_ext" else "phone"), edits.get(name))
            for name in FIELDS
            if self.values[name] not in {None, ""} and (self.values[name] or name not in _ZERO_IS_NONE)
        ]
        return Provenance(tuple(fields), tuple(self._lines()))

    def _origin(self, name: str, said: Said | None, edit: tuple[Any, ...] | None) -> Origin:
        file = None if said is None else self._file(said, name)
        if edit is not None and (name in self.locked or (edit[3] not in _OF_FILES and name != "status")):
            return Origin(name, "edited", file, edit[1], edit[2], edit[3], edit[4] or "")
        if name == "status" and edit is not None and edit[3] not in _OF_FILES:
            return Origin(name, "edited", file, edit[1], edit[2], edit[3], edit[4] or "")
        if name == "quantity" and not self.lines_unknown:
            return Origin(name, "computed", file)
        if said is not None and (name not in _CACHED or said.values.get(name) in {None, self.values[name]} or name == "paid"):
            return Origin(name, "file", file)
        return Origin(name, "computed" if name in _CACHED or name == "ship_by" or said is not None else "unknown", file)

    def _file(self, said: Said, name: str) -> FileSource:
        batch = self.batches[said.batch_id]
        headings = [heading for target in (*_TARGETS.get(name, ()), name) for heading in batch.sources.get(target, ())]
        cells = self._cells(said.batch_id, said.row)
        places = {normal(heading): place for place, heading in reversed(list(enumerate(batch.headings)))}
        found = []
        for heading in dict.fromkeys(headings):
            place = places.get(normal(heading))
            if place is not None and place < len(cells):
                found.append(Cell(heading, cells[place]))
        # An empty cell tells only where no other does: nothing refunded, no freight.
        found = [cell for cell in found if cell.value.strip()] or found
        return FileSource(said.batch_id, batch.file_name, batch.sheet, said.row, said.time, tuple(found))

    def _cells(self, batch_id: int, row: int) -> list[str]:
        return self._block(batch_id, row).get(row, [])

    def _block(self, batch_id: int, row: int) -> dict[int, list[str]]:
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
            places = {normal(heading): place for place, heading in enumerate(batch.headings)}
            number = next((places.get(normal(heading)) for heading in batch.sources.get("number", ())), None)
            own = next(
                (places.get(normal(one)) for target in ("line_number", "line.number") for one in batch.sources.get(target, ())), None
            )
            if number is None:
                continue
            rows = [(row, cells) for row, cells in self._block(said.batch_id, said.row).items() if _plain(cells, number) == self.number]
            if said.kind == "sparse" and len(rows) < 2 and own is None and len(lines) != len(rows):
                continue
            by_number: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
            for row, cells in rows:
                by_number[_plain(cells, own) if own is not None else ""].append((row, cells))
            for place, (line_id, line_number) in enumerate(lines):
                mine = by_number.get(line_number) if own is not None and line_number else None
                chosen = mine[0] if mine else rows[place] if own is None and place < len(rows) else None
                if chosen is not None:
                    row, cells = chosen
                    told = tuple(Cell(heading, cell) for heading, cell in zip(batch.headings, cells, strict=False) if cell.strip())
                    found[line_id] = LineOrigin(line_id, FileSource(said.batch_id, batch.file_name, batch.sheet, row, said.time, told))
        return [found[line_id] for line_id, _number in lines if line_id in found]


def _plain(cells: list[str], place: int | None) -> str:
    """A number's cell without the guards that exports put around it (reference/taobao.md 2.3, quirks 2 and 3)."""
    cell = cells[place] if place is not None and place < len(cells) else ""
    return cell.strip().removeprefix("=").strip().strip("\"'").strip()


def _batch(row: tuple[Any, ...]) -> _Batch:
    _id, file_name, file_hash, _time, kind, sheet, headings, knows, sources = row
    facts = Facts(file_hash, frozenset(json.loads(knows)) if kind else NO_FACTS.knows)
    return _Batch(file_name, file_hash, sheet, json.loads(headings), json.loads(sources), facts)
