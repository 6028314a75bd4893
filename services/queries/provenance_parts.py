"""Where what belongs to an order comes from: its lines, discounts, parcels, after-sales and money, each by its id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from services.queries.provenance import OF_FILES, Booking, FileSource, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.imports.said import Said
    from services.queries.provenance import Tracing

_LINES = "SELECT id, parcel_number FROM order_line WHERE order_id = ? ORDER BY position"
_DISCOUNTS = "SELECT id, payer, line_id FROM discount WHERE order_id = ? ORDER BY id"
_PARCELS = """
SELECT p.id, p.tracking_number, p.source, p.shipped_at FROM parcel_order k JOIN parcel p ON p.id = k.parcel_id WHERE k.order_id = ? ORDER BY p.id
"""
_CASES = """
SELECT c.id, c.number, s.batch_id, s.row, s.file_time FROM after_sale c LEFT JOIN case_source s ON s.case_id = c.id
WHERE c.order_id = ? ORDER BY c.id
"""
_MONEY = "SELECT id, source, key, at, case_id, reverses_id FROM money_entry WHERE order_id = ? ORDER BY id"
_BOOKINGS = """
SELECT id, account, kind, amount, at, description, batch_id, row FROM money_record WHERE order_number = ? AND order_number <> '' ORDER BY at, id
"""
# A parcel of several orders left its entry with the first of them.
_ENTRIES = """
SELECT entity, entity_id, actor, at, action, reason FROM audit_entry WHERE field IS NULL AND old IS NULL AND entity_id IS NOT NULL AND order_id IN
 (SELECT ? UNION SELECT o.order_id FROM parcel_order k JOIN parcel_order o ON o.parcel_id = k.parcel_id WHERE k.order_id = ?)
AND entity IN ('order_line', 'discount', 'parcel', 'after_sale') ORDER BY seq
"""
_MOVED = "SELECT actor, at, action, reason FROM audit_entry WHERE order_id = ? AND at = ? ORDER BY seq DESC LIMIT 1"
_PAYER = {"platform": "platform_discount"}


class Parts:
    """Traces the parts of one order; `lines` are the rows of goods lists by line."""

    def __init__(self, tracing: Tracing, lines: Mapping[int, FileSource]) -> None:
        self._tracing, self._lines = tracing, lines
        order_id = tracing.order_id
        self._entries: dict[tuple[str, int], tuple[Any, ...]] = {}
        for entity, entity_id, *told in tracing.reading.sql(_ENTRIES, (order_id, order_id)):
            self._entries.setdefault((entity, entity_id), tuple(told))
        self._cases: dict[int, Origin] = {}

    def told(self) -> tuple[tuple[Origin, ...], tuple[Booking, ...]]:
        lines = self._rows(_LINES)
        parts = [self._line(line_id) for line_id, _parcel in lines]
        parts += [self._discount(*row) for row in self._rows(_DISCOUNTS)]
        parts += [self._parcel(part, number, source, at, lines) for part, number, source, at in self._rows(_PARCELS)]
        self._cases = {row[0]: self._case(*row) for row in self._rows(_CASES)}
        parts += self._cases.values()
        parts += self._money()
        bookings = []
        for row_id, account, kind, amount, at, description, batch_id, row in self._tracing.reading.sql(_BOOKINGS, (self._tracing.number,)):
            bookings.append(Booking(row_id, account, kind, amount, at, description))
            parts.append(Origin("booking", "file", self._tracing.source(batch_id, row, kind="bookings"), part=row_id))
        return tuple(parts), tuple(bookings)

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        return self._tracing.reading.sql(statement, (self._tracing.order_id,))

    def _line(self, line_id: int) -> Origin:
        if line_id in self._lines:
            return Origin("line", "file", self._lines[line_id], part=line_id)
        return self._entered("line", "order_line", line_id) if ("order_line", line_id) in self._entries else self._told("line", line_id)

    def _told(self, field: str, part: int) -> Origin:
        """By the row of the order itself: an order list that names its goods."""
        tracing = self._tracing
        said = tracing.weighed.said.get("goods_amount") or max(tracing.words, key=lambda one: one.weight, default=None)
        return tracing.entered(field, part) if said is None else Origin(field, "file", self._of(said), part=part)

    def _entered(self, field: str, entity: str, part: int) -> Origin:
        """By the entry that it left when it came in; else as the order itself."""
        entry = self._entries.get((entity, part))
        if entry is None:
            return self._tracing.entered(field, part)
        actor, at, action, reason = entry
        if action in OF_FILES:
            return Origin(field, "file", self._tracing.by_time(at), part=part)
        return Origin(field, "edited", None, actor, at, action, reason or "", part)

    def _discount(self, part: int, payer: str, line_id: int | None) -> Origin:
        if line_id in self._lines and line_id is not None:
            return Origin("discount", "file", self._lines[line_id], part=part)
        said = None if line_id is not None else self._tracing.weighed.said.get(_PAYER.get(payer, "discount"))
        if said is not None:
            return Origin("discount", "file", self._of(said), part=part)
        return self._entered("discount", "discount", part) if ("discount", part) in self._entries else self._told("discount", part)

    def _of(self, said: Said) -> FileSource | None:
        return self._tracing.source(said.batch_id, said.row, said.time, said.kind)

    def _parcel(self, part: int, number: str, source: str, shipped_at: int | None, lines: Sequence[tuple[Any, ...]]) -> Origin:
        entry = self._entries.get(("parcel", part))
        if entry is not None:
            actor, at, action, reason = entry
            if action not in OF_FILES:
                return Origin("parcel", "edited", None, actor, at, action, reason or "", part)
            file = self._tracing.by_time(at)
            if file is not None:
                return Origin("parcel", "file", file, part=part)
        if source == "here":
            moved = self._moved(shipped_at) if shipped_at is not None and not self._tracing.demo else None
            return replace(moved, field="parcel", part=part) if moved else self._tracing.entered("parcel", part)
        told = [one for one in self._tracing.words if any(number in (parcel or ()) for parcel in one.values.get("parcels") or ())]
        if told:
            return Origin("parcel", "file", self._of(max(told, key=lambda one: one.weight)), part=part)
        line = next((line_id for line_id, name in lines if name == number and line_id in self._lines), None)
        return Origin("parcel", "file", self._lines[line], part=part) if line is not None else self._tracing.entered("parcel", part)

    def _case(self, part: int, _number: str, batch_id: int | None, row: int | None, time: int | None) -> Origin:
        if batch_id is not None:
            return Origin("case", "file", self._tracing.source(batch_id, row or 0, time, "cases"), part=part)
        return self._entered("case", "after_sale", part)

    def _money(self) -> list[Origin]:
        found: dict[int, Origin] = {}
        for part, source, key, at, case_id, reverses in self._rows(_MONEY):
            found[part] = replace(self._entry(source, key, at, case_id, found.get(reverses)), field="money", part=part)
        return list(found.values())

    def _entry(self, source: str, key: str, at: int, case_id: int | None, undone: Origin | None) -> Origin:
        """Of one entry of the journal: a file's by its batch, a refund's as its after-sale, all else by who did it at that moment."""
        if key.startswith("B") and source == "platform":
            batch_id = int(key[1:].partition(":")[0])
            return Origin("money", "file", self._tracing.by_batch(batch_id))
        if case_id is None and key.startswith("case:"):
            case_id = int(key.split(":")[1])
        if case_id in self._cases and case_id is not None:
            return self._cases[case_id]
        moved = self._moved(at)
        if moved is not None:
            return moved
        if undone is not None:
            return replace(undone, kind="computed")
        return self._tracing.entered("money")

    def _moved(self, at: int) -> Origin | None:
        """Who did something with the order at this moment."""
        rows = self._tracing.reading.sql(_MOVED, (self._tracing.order_id, at))
        if not rows or rows[0][2] in OF_FILES:
            return None
        actor, when, action, reason = rows[0]
        return Origin("", "edited", None, actor, when, action, reason or "")
