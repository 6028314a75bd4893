"""What an import did or would do, as a file to keep or to send: every row that stayed out, every conflict, every change.

JSON holds the keys of the command line; csv and xlsx one line for each thing to look at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from services.exports.pipeline import Written, write_file, write_text
from services.exports.table import Column, Kind
from services.words import say, term

if TYPE_CHECKING:
    from services.imports.report import ImportReport


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a person may want to look at. `row` is the file's, None where the whole order is meant."""

    file: str
    what: str
    row: int | None = None
    order: str = ""
    column: str = ""
    here: str = ""
    told: str = ""
    why: str = ""


def write_import_report(path: Path, reports: Sequence[ImportReport], zone: str, lang: str) -> Written:
    """Write by the suffix of `path` (.json, .csv, .xlsx). Raises BadInput for another suffix, Environment if it can't be written."""
    if path.suffix.lower() == ".json":
        told = [report.as_json(lang) for report in reports]
        write_text(path, json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False, indent=2))
        return Written(path, len(reports))
    lines = [line for report in reports for line in _lines(report, lang)]
    return write_file(path, _columns(lang), lines, zone=zone, lang=lang, total=len(lines))


def _columns(lang: str) -> tuple[Column, ...]:
    def title(key: str) -> str:
        return term("import_report", key, lang)

    return (
        Column("file", title("file"), Kind.TEXT, lambda line: line.file, 32),
        Column("what", title("what"), Kind.TEXT, lambda line: line.what, 10),
        Column("row", title("row"), Kind.COUNT, lambda line: line.row, 8),
        Column("order", title("order"), Kind.TEXT, lambda line: line.order, 22),
        Column("column", title("column"), Kind.TEXT, lambda line: line.column, 18),
        Column("here", title("here"), Kind.TEXT, lambda line: line.here, 24),
        Column("told", title("told"), Kind.TEXT, lambda line: line.told, 24),
        Column("why", title("why"), Kind.TEXT, lambda line: line.why, 60),
    )


def _lines(report: ImportReport, lang: str) -> Iterator[Line]:
    def part(key: str) -> str:
        return term("import_part", key, lang)

    file = report.file
    for key, count in (
        ("new", report.new),
        ("unchanged", report.unchanged),
    ):
        yield Line(file, part(key), told=str(count))
    for number, fields in report.updated.items():
        yield Line(
            file, part("updated"), order=number, column=("、" if lang == "zh" else ", ").join(term("field", one, lang) for one in fields)
        )
    for entry in report.entries:
        yield Line(file, part(entry.part), entry.row, entry.number, why=entry.words(lang))
    for clash in report.clashes:
        yield Line(file, part("conflict"), order=clash.number, column=term("field", clash.field, lang), here=clash.ours, told=clash.file)
    for reject in report.rejected:
        why = say(reject.code, lang, **reject.facts)
        yield Line(file, part("rejected"), reject.row, column=reject.column or "", told=reject.value or "", why=why)
    for warned in report.warnings:
        held = "held" if warned.code == "row_repeated" else "notice"
        yield Line(file, part(held), warned.row, why=say(warned.code, lang, **warned.facts))
