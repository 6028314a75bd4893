"""Stocktakes: one row is one SKU, or one of several places where it lies; rows of one code add up."""

from __future__ import annotations

from services.imports.clean import Memo, parse_code, parse_other_id, parse_signed_count
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.read import Block
from services.imports.records import CountRecord, Reject, Warned


class CountList:
    """Reads the blocks of one count sheet. A row without a count was not counted and is passed over."""

    def __init__(self, layout: Layout) -> None:
        cleaners: dict[str, Cleaner] = {
            "code": Memo(parse_code),
            "barcode": Memo(parse_other_id),
            "counted": Memo(_count),
            "expected": Memo(_count),
        }
        self.columns = Columns(layout, cleaners)
        self.knows = frozenset(layout.places)
        self.warnings: list[Warned] = []
        self.counts: list[CountRecord] = []

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block)
        nothing: list[None] = [None] * len(numbers)
        columns = (got.get(name, nothing) for name in ("code", "barcode", "counted", "expected"))
        for row, code, barcode, counted, expected in zip(numbers, *columns, strict=True):
            if not code and not barcode:
                heading = next(self.columns.layout.places[name][1] for name in ("code", "barcode") if name in self.knows)
                self.columns.rejected.append(Reject(row, heading, "", "code_missing"))
            elif counted is None:
                self.warnings.append(Warned(row, "not_counted", {"code": code or barcode or ""}))
            else:
                self.counts.append(CountRecord(row, code or "", barcode or "", counted, expected))

    def finish(self) -> None:
        """Rows of one SKU are put together where the SKUs are known (services.imports.plan_counts)."""


def _count(cell: str) -> int | None:
    count = parse_signed_count(cell)
    if count is not None and count < 0:
        raise ValueError("stock_negative")
    return count
