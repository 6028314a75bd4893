"""What imports would do, as a file to keep or to send: every list of the dialog whole, each changed field from what to what.

JSON holds the keys of the command line's dry run; csv and xlsx one line for each thing to look at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from services.exports.pipeline import Written, write_file, write_text
from services.exports.table import Column, Kind
from services.imports.doubtful import doubts, in_doubt
from services.imports.headings import OF_ORDERS
from services.imports.xray import Xray
from services.imports.xray_json import SeenThrough
from services.progress import SILENT, Progress
from services.words import say, term
from services.words.xray import field_words, value_words

if TYPE_CHECKING:
    from services.imports.edited_here import Edits
    from services.imports.plan import ImportPlan
    from services.imports.records import GoodsRecord, OrderRecord


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at before its import. `edits` are who edited here what it contradicts."""

    plan: ImportPlan
    edits: Edits = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a person may want to look at. `row` is the file's, None where the whole file is meant; `at` is ms UTC."""

    file: str
    what: str
    row: int | None = None
    order: str = ""
    buyer: str = ""
    column: str = ""
    here: str = ""
    told: str = ""
    why: str = ""
    by: str = ""
    at: int | None = None


LONGEST = 32_000
"""Characters of a cell that every spreadsheet takes; JSON has the whole value."""


def write_import_report(path: Path, looked: Sequence[Looked], zone: str, lang: str, progress: Progress = SILENT) -> Written:
    """Write by the suffix of `path` (.json, .csv, .xlsx). Raises BadInput for another suffix, Environment if it can't be written."""
    if path.suffix.lower() == ".json":
        told = [one.plan.report.as_json(lang) | SeenThrough(one.plan, one.edits, zone).as_json(lang) for one in looked]
        write_text(path, json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False, indent=2))
        return Written(path, len(looked))
    lines = (line for one in looked for line in _Lines(one, zone, lang).all())
    return write_file(path, _columns(lang), lines, zone=zone, lang=lang, progress=progress)


def _columns(lang: str) -> tuple[Column, ...]:
    def title(key: str) -> str:
        return term("import_report", key, lang)

    return (
        Column("file", title("file"), Kind.TEXT, lambda line: line.file, 32),
        Column("what", title("what"), Kind.TEXT, lambda line: line.what, 10),
        Column("row", title("row"), Kind.COUNT, lambda line: line.row, 8),
        Column("order", title("order"), Kind.TEXT, lambda line: line.order, 22),
        Column("buyer", title("buyer"), Kind.TEXT, lambda line: line.buyer, 20, personal=True),
        Column("column", title("column"), Kind.TEXT, lambda line: line.column, 18),
        Column("here", title("here"), Kind.TEXT, lambda line: _cut(line.here), 24),
        Column("told", title("told"), Kind.TEXT, lambda line: _cut(line.told), 24),
        Column("why", title("why"), Kind.TEXT, lambda line: line.why, 60),
        Column("by", title("by"), Kind.TEXT, lambda line: line.by, 14),
        Column("at", title("at"), Kind.TIME, lambda line: line.at, 18),
    )


def _cut(text: str) -> str:
    """A value that no spreadsheet could hold, with how long it was."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text):,})"


class _Lines:
    """The lines of one file, in the order of the dialog's lists."""

    def __init__(self, looked: Looked, zone: str, lang: str) -> None:
        self.plan, self.edits, self.zone, self.lang = looked.plan, looked.edits, zone, lang
        self.report = looked.plan.report
        self.file = self.report.file
        of = [(one.number, one.buyer_nick or one.recipient or "", one.row) for one in self.plan.parsed.orders]
        of += [(one.code, one.title or "", one.row) for one in self.plan.parsed.goods]
        self.of = {number: (buyer, row) for number, buyer, row in of}

    def all(self) -> Iterator[Line]:
        yield from self._new()
        yield from self._changes()
        yield from self._conflicts()
        for one in self.report.entries:
            yield self._line(one.part, one.row, one.number, why=one.words(self.lang))
        for reject in self.report.rejected:
            why = say(reject.code, self.lang, **reject.facts)
            yield self._line("rejected", reject.row, column=reject.column or "", told=reject.value or "", why=why)
        for out in (*in_doubt(self.plan, doubts(self.plan)).values(), *self.report.left_out):
            yield self._line("doubt", out.row or None, out.number, why=say(out.code, self.lang, **out.facts))
        for warned in self.report.warnings:
            held = "held" if warned.code == "row_repeated" else "notice"
            yield self._line(held, warned.row, why=say(warned.code, self.lang, **warned.facts))
        yield from self._unchanged()

    def _line(self, part: str, row: int | None, order: str = "", column: str = "", here: str = "", told: str = "", why: str = "") -> Line:
        buyer, first = self.of.get(order, ("", None))
        return Line(self.file, term("import_part", part, self.lang), row or first, order, buyer, column, here, told, why)

    def _new(self) -> Iterator[Line]:
        for order, *_told in self.plan.new:
            yield self._line("new", order.row, order.number, told=self._order(order))
        for goods in self.plan.new_goods:
            yield self._line("new", goods.row, goods.code, told=self._goods(goods))

    def _order(self, order: OrderRecord) -> str:
        """`待发货，实付 ¥90.60，马克杯 ×2` of a new order."""
        said = [term("status", order.status, self.lang)] if order.status else []
        said += [
            f"{field_words(name, self.lang)} {value_words(name, value, self.lang, self.zone)}"
            for name in ("payable", "paid")
            if (value := getattr(order, name)) is not None
        ]
        said += [" ".join(filter(None, (line.title, line.properties, f"×{line.quantity}"))) for line in order.lines]
        return ("，" if self.lang == "zh" else ", ").join(said)

    def _goods(self, goods: GoodsRecord) -> str:
        said = [
            f"{field_words(name, self.lang)} {value_words(name, value, self.lang, self.zone)}"
            for name in ("cost", "price", "stock")
            if (value := getattr(goods, name)) is not None
        ]
        return ("，" if self.lang == "zh" else ", ").join(said)

    def _changes(self) -> Iterator[Line]:
        for number, change in Xray(self.plan).changes():
            here, told = (value_words(change.field, value, self.lang, self.zone) for value in (change.old, change.new))
            yield self._line("updated", None, number, column=field_words(change.field, self.lang, change.part), here=here, told=told)

    def _conflicts(self) -> Iterator[Line]:
        for clash in self.report.clashes:
            edit = None if clash.part else self.edits.get((clash.order_id, clash.field))
            here, told = (value_words(clash.field, value, self.lang, self.zone) for value in (clash.ours, clash.file))
            yield Line(
                self.file,
                term("import_part", "conflict", self.lang),
                clash.row or None,
                clash.number,
                self.of.get(clash.number, ("", 0))[0],
                field_words(clash.field, self.lang),
                here,
                told,
                term("import_then", "kept", self.lang),
                term("actor", edit.actor, self.lang) if edit else "",
                edit.at if edit else None,
            )

    def _unchanged(self) -> Iterator[Line]:
        told = {one.order.number for one in self.plan.new} | {one.order.number for one in self.plan.changed}
        told |= {one.code for one in self.plan.new_goods} | {one.code for _sku, one, _changes in self.plan.changed_goods}
        if self.plan.parsed.kind in {*OF_ORDERS, "goods"}:
            for number in self.of:
                if number not in told:
                    yield self._line("unchanged", None, number)
