"""Refund files of a platform: one row is one after-sale case."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from services.imports.clean import (
    Ids,
    Memo,
    OtherIds,
    Parcels,
    Times,
    parse_case_kind,
    parse_case_state,
    parse_code,
    parse_id,
    parse_message,
    parse_positive_money,
    parse_word,
)
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.read import Block
from services.imports.records import CaseRecord, Reject, Warned, shown

_PHASES = {"售中": "onsale", "售后": "aftersale", "onsale": "onsale", "aftersale": "aftersale"}
_FAULTS = {"买家": "buyer", "买家责任": "buyer", "卖家": "seller", "卖家责任": "seller", "商家": "seller", "商家责任": "seller"}
_WHOLE = frozenset({"全部退款", "全额退款"})


class CaseList:
    """Reads the blocks of one refund file."""

    def __init__(self, layout: Layout, zone: str) -> None:
        word = Memo(parse_word)
        cleaners: dict[str, Cleaner] = {
            "number": Ids(),
            "case": Memo(_case_number),
            "state": Memo(parse_case_state),
            "kind": Memo(parse_case_kind),
            "amount": Memo(_needed_money),
            "amount_more": Memo(_needed_money),
            "reason": word,
            "words": Memo(parse_message),
            "phase": word,
            "fault": word,
            "extent": word,
            "title": word,
            "code": Memo(parse_code),
            "item_id": OtherIds(),
            **{name: Times(zone) for name in ("requested_at", "paid_back_at", "ended_at", "deadline_at")},
        }
        self.columns = Columns(layout, cleaners)
        self.knows = frozenset(layout.places)
        self.warnings: list[Warned] = []
        self.cases: list[CaseRecord] = []
        self._parcels = Parcels()

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block, also=("tracking", "carrier"))
        if not numbers:
            return
        self.cases.extend(CaseRecord(*values) for values in zip(*self._fields(numbers, got), strict=False))

    def _fields(self, numbers: Sequence[int], got: dict[str, list[Any]]) -> list[Any]:
        nothing: list[Any] = [None] * len(numbers)
        fields: dict[str, Any] = {name: repeat(None) for name in CaseRecord._fields}
        fields.update({name: values for name, values in got.items() if name in fields})
        fields["row"] = numbers
        if "amount_more" in got:
            fields["amount"] = [amount + more for amount, more in zip(got["amount"], got["amount_more"], strict=True)]
        fields["number"], fields["order"] = got["case"], got["number"]
        fields["kind"] = got.get("kind") or repeat("refund_only")
        fields["phase"] = [_PHASES.get(word or "") for word in got.get("phase", nothing)]
        fields["fault"] = [_FAULTS.get(word or "") for word in got.get("fault", nothing)]
        fields["whole_line"] = [word in _WHOLE for word in got.get("extent", nothing)]
        pairs = zip(got.get("paid_back_at", nothing), got.get("ended_at", nothing), strict=True)
        fields["done_at"] = [back if back is not None else end for back, end in pairs]
        if "tracking" in got:
            several = self._parcels.column(got.get("carrier") or [""] * len(numbers), got["tracking"])
            fields["parcel_back"] = [found[0] if found else None for found in several]
            self.warnings.extend(self._parcels.lost_numbers(numbers, got["tracking"]))
        return [fields[name] for name in CaseRecord._fields]

    def finish(self) -> None:
        """A case that appears twice: the same once is enough, with other content neither comes in."""
        first: dict[str, CaseRecord] = {}
        clashing: set[str] = set()
        kept: list[CaseRecord] = []
        heading = self.columns.layout.places["case"][1]
        for case in self.cases:
            known = first.setdefault(case.number, case)
            if known is case:
                kept.append(case)
            elif known._replace(row=0) == case._replace(row=0):
                self.warnings.append(Warned(case.row, "row_repeated", {"other": known.row}))
            else:
                if case.number not in clashing:
                    self.columns.rejected.append(Reject(known.row, heading, shown(case.number), "case_twice", {"other": case.row}))
                clashing.add(case.number)
                self.columns.rejected.append(Reject(case.row, heading, shown(case.number), "case_twice", {"other": known.row}))
        self.cases = [case for case in kept if case.number not in clashing]


def _case_number(cell: str) -> str:
    try:
        return parse_id(cell)
    except ValueError:
        raise ValueError("case_number") from None


def _needed_money(cell: str) -> int:
    return parse_positive_money(cell) or 0
