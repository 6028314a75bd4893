"""Tracking files: one row is the parcel of an order, or of several that go together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.domain import carriers
from services.imports.clean import NULLS, Memo, lost_digits, parse_carrier, parse_id, unguard
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.read import Block
from services.imports.records import ParcelRecord, Reject, Warned, WaybillRecord, shown

_SPLIT = re.compile(r"[,，;；、\s]+")


class WaybillList:
    """Reads the blocks of one tracking file."""

    def __init__(self, layout: Layout) -> None:
        cleaners: dict[str, Cleaner] = {"number": Memo(_numbers), "tracking": Memo(_trackings)}
        self.columns = Columns(layout, cleaners)
        self.knows = frozenset(layout.places)
        self.warnings: list[Warned] = []
        self.waybills: list[WaybillRecord] = []
        self._names = Memo(parse_carrier)

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block, also=("carrier",))
        names: Sequence[str] = got.get("carrier") or [""] * len(numbers)
        for row, orders, trackings, name in zip(numbers, got.get("number", ()), got.get("tracking", ()), names, strict=False):
            for tracking in trackings:
                parcel = self._parcel(row, unguard(name), tracking)
                if parcel is not None:
                    self.waybills.extend(WaybillRecord(row, order, parcel) for order in orders)

    def _parcel(self, row: int, name: str, tracking: str) -> ParcelRecord | None:
        """A number's carrier: as written, else the only one whose numbers look like this, or whose letters it bears; else the row is rejected."""
        if name and name not in NULLS:
            code, words = self._names[name]
            if code == "OTHER":
                self.warnings.append(Warned(row, "carrier_other", {"carrier": name}))
            return ParcelRecord(code, words, tracking)
        likely = carriers.detect(tracking)
        if len(likely) == 1 or (likely and tracking[:2].isalpha()):
            return ParcelRecord(likely[0], carriers.BY_CODE[likely[0]].zh, tracking)
        heading = self.columns.layout.places.get("carrier", (0, None))[1]
        self.columns.rejected.append(Reject(row, heading, shown(tracking), "carrier_missing"))
        return None

    def finish(self) -> None:
        """Rows were settled one by one; repeats are told against the shop (services.imports.plan_waybills)."""


def _numbers(cell: str) -> tuple[str, ...]:
    """One order number, or several of a parcel that goes to one buyer."""
    return tuple(dict.fromkeys(parse_id(part) for part in _SPLIT.split(unguard(cell)) if part)) or (parse_id(cell),)


def _trackings(cell: str) -> tuple[str, ...]:
    parts = [unguard(part) for part in _SPLIT.split(unguard(cell)) if part]
    if any(map(lost_digits, parts)):
        raise ValueError("tracking_digits")
    found = tuple(dict.fromkeys(carriers.normal_number(part) for part in parts if part not in NULLS))
    if not found:
        raise ValueError("tracking_missing")
    return found
