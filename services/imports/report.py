"""What an import did, or would do: the JSON of the command line, and what the batch keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from services.imports.merge import Clash
from services.imports.records import Reject, Warned
from services.words import say


@dataclass(slots=True)
class ImportReport:
    """Counts of one file. `updated` maps the number of each changed order to the fields that changed (a status by its name).

    `rows` = rows of new, updated, unchanged, held and rejected orders (invariant I7); `rows_held` are rows that merely
    repeat another one or belong to an older file.
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
    channel: str = ""
    updated: dict[str, list[str]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    rejected: list[Reject] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    dry_run: bool = False
    seconds: float = 0.0

    @property
    def conflicts(self) -> int:
        return len(self.clashes)

    def as_json(self, lang: str = "en") -> dict[str, Any]:
        """The keys of the command line (design: cli), reasons in words of `lang`."""
        return {
            "file": self.file,
            "format": self.format,
            "encoding": self.encoding,
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
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 3),
        }

    def as_kept(self) -> dict[str, Any]:
        """What the batch keeps: besides, the facts of each rejected row, so that its reason can be said in another language later."""
        told = self.as_json("en")
        rejected = [{**entry, "facts": one.facts} for entry, one in zip(told["rejected"], self.rejected, strict=True)]
        return told | {"rejected": rejected}
