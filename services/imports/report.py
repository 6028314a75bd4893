"""What an import did, or would do: the JSON of the command line, and what the batch keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from services.imports.doubtful import LeftOut
from services.imports.merge import Clash
from services.imports.options import Guess
from services.imports.records import Reject, Warned
from services.money import write_amount
from services.words import say

if TYPE_CHECKING:
    from services.imports.xray_json import SeenThrough


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of a row of a file that brings no orders. `part` is new, updated, unchanged or held; `result` picks the words
    (`entry_` before it). `number` is the order's, the SKU's code or the flow's."""

    row: int
    part: str
    result: str
    number: str
    facts: dict[str, Any] = field(default_factory=dict)

    def words(self, lang: str) -> str:
        """The sentence that tells it to a person."""
        return say(f"entry_{self.result}", lang, number=self.number, **self.facts)


@dataclass(slots=True)
class ImportReport:
    """Counts of one file. `updated` maps the number of each changed order to the fields that changed (a status by its name).

    `rows` = rows of new, updated, unchanged, held and rejected orders (invariant I7); `rows_held` are rows that merely
    repeat another one, belong to an older file or wait for their order (`cases_held`). `matched` and `unmatched` are rows of
    a tracking file whose order is here or not, `bookings` sums of an account file by kind, fen; `complete` says whether what the
    file tells of itself (totals, running balance) agrees with its rows, None where it tells nothing. `differences` are SKUs of a
    stocktake whose count is not what is on hand. `guess` is how the file was read, which may be overruled.

    `vanished` counts orders that the file should name and does not, the first of them in `vanished_numbers`; `left_out` are those in
    doubt that an import of the undoubtful alone passed over; `seen` is what a dry run tells besides: its lists, whole.
    """

    file: str
    format: str
    encoding: str
    batch: str | None = None
    rows: int = 0
    rows_held: int = 0
    orders_new: int = 0
    orders_updated: int = 0
    orders_unchanged: int = 0
    lines: int = 0
    skus_new: int = 0
    skus_updated: int = 0
    skus_unchanged: int = 0
    cases_new: int = 0
    cases_updated: int = 0
    cases_unchanged: int = 0
    cases_held: int = 0
    matched: int = 0
    unmatched: int = 0
    shipped: int = 0
    refused: int = 0
    already: int = 0
    bookings_new: int = 0
    bookings_unchanged: int = 0
    bookings: dict[str, int] = field(default_factory=dict)
    complete: bool | None = None
    differences: int = 0
    counted: int = 0
    channel: str = ""
    updated: dict[str, list[str]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    rejected: list[Reject] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    guess: Guess | None = None
    vanished: int = 0
    vanished_numbers: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    seen: SeenThrough | None = None
    dry_run: bool = False
    seconds: float = 0.0

    @property
    def conflicts(self) -> int:
        return len(self.clashes)

    @property
    def new(self) -> int:
        """Orders, SKUs, cases or bookings that are not here yet; orders that a tracking file ships."""
        return self.orders_new + self.skus_new + self.cases_new + self.bookings_new + self.shipped

    @property
    def updated_count(self) -> int:
        return self.orders_updated + self.skus_updated + self.cases_updated + self.differences

    @property
    def unchanged(self) -> int:
        same = self.already + self.counted - self.differences
        return self.orders_unchanged + self.skus_unchanged + self.cases_unchanged + self.bookings_unchanged + same

    def as_json(self, lang: str = "en") -> dict[str, Any]:
        """The keys of the command line (design: cli), reasons in words of `lang`."""
        return {
            "file": self.file,
            "format": self.format,
            "encoding": self.encoding,
            **(self.guess or Guess(self.encoding)).as_json(),
            "batch": self.batch,
            "channel": self.channel,
            "rows": self.rows,
            "rows_held": self.rows_held,
            "orders_new": self.orders_new,
            "orders_updated": self.orders_updated,
            "orders_unchanged": self.orders_unchanged,
            "lines": self.lines,
            "skus_new": self.skus_new,
            "skus_updated": self.skus_updated,
            "skus_unchanged": self.skus_unchanged,
            "cases_new": self.cases_new,
            "cases_updated": self.cases_updated,
            "cases_unchanged": self.cases_unchanged,
            "cases_held": self.cases_held,
            "matched": self.matched,
            "unmatched": self.unmatched,
            "shipped": self.shipped,
            "refused": self.refused,
            "already": self.already,
            "bookings_new": self.bookings_new,
            "bookings_unchanged": self.bookings_unchanged,
            "bookings": {kind: write_amount(amount) for kind, amount in self.bookings.items()},
            "complete": self.complete,
            "counted": self.counted,
            "differences": self.differences,
            "entries": [
                {"row": one.row, "result": one.result, "number": one.number, **one.facts, "why": one.words(lang)} for one in self.entries
            ],
            "conflicts": self.conflicts,
            "conflicting": [
                {"number": clash.number, "field": clash.field, "ours": clash.ours, "file": clash.file} for clash in self.clashes
            ],
            "updated": self.updated,
            "rejected": [
                {"row": one.row, "column": one.column, "value": one.value, "why": say(one.code, lang, **one.facts), "code": one.code}
                for one in self.rejected
            ],
            "warnings": [{"row": one.row, "why": say(one.code, lang, **one.facts), "code": one.code} for one in self.warnings],
            "unknown_headings": self.unknown_headings,
            "vanished": self.vanished,
            "vanished_numbers": self.vanished_numbers,
            "left_out": [
                {"row": one.row, "number": one.number, "why": say(one.code, lang, **one.facts), "code": one.code} for one in self.left_out
            ],
            **({} if self.seen is None else self.seen.as_json(lang)),
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 3),
        }

    def as_kept(self) -> dict[str, Any]:
        """What the batch keeps: besides, the facts of each remark on a row, so that its reason can be said in another language later,
        and the part of each entry."""
        told = self.as_json("en")
        rejected = [{**entry, "facts": one.facts} for entry, one in zip(told["rejected"], self.rejected, strict=True)]
        warnings = [{**entry, "facts": one.facts} for entry, one in zip(told["warnings"], self.warnings, strict=True)]
        entries = [{**entry, "part": one.part} for entry, one in zip(told["entries"], self.entries, strict=True)]
        return told | {"rejected": rejected, "warnings": warnings, "entries": entries}
