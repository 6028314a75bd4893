"""The report of a file that came in some time ago, as a file to keep or to send: out of what its batch kept, in today's language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.exports.pipeline import Written, write_file, write_text
from services.exports.table import Column, Kind
from services.words import say, term

if TYPE_CHECKING:
    from services.queries.batch_rows import BatchFile, BatchLine


def line_words(line: BatchLine, lang: str) -> str:
    """Why, in the language asked for; of a batch that kept no facts in the words of its day."""
    if line.fields:
        return ("、" if lang == "zh" else ", ").join(term("field", one, lang) for one in line.fields)
    facts: dict[str, Any] = {"number": line.number, **(line.facts or {})}
    told = say(line.code, lang, **facts) if line.code else ""
    unsaid = not told or told == line.code or (line.facts is None and "?" in told)
    return (line.why or told) if unsaid else told


def value_words(line: BatchLine, text: str, lang: str, zone: str) -> str:
    """One of the two values of a conflict; other lines hold raw text."""
    from services.words.trail import value

    return value("orders", line.column, text, lang, zone) if line.part == "conflict" else text


def column_words(line: BatchLine, lang: str) -> str:
    """The field of a conflict by its word; of other lines the column is the file's own heading."""
    return term("field", line.column, lang) if line.part == "conflict" else line.column


def write_batch_report(path: Path, batch: BatchFile, zone: str, lang: str) -> Written:
    """Write by the suffix of `path` (.json, .csv, .xlsx). Raises BadInput for another suffix, Environment if it can't be written."""
    if path.suffix.lower() == ".json":
        told = {**batch.report, "batch": batch.row.label, "undone": batch.row.undone_at is not None}
        for name in ("rejected", "warnings"):
            listed = told.get(name)
            if isinstance(listed, list):
                told[name] = [_said(one, lang) for one in listed]
        write_text(path, json.dumps(told, ensure_ascii=False, indent=2))
        return Written(path, 1)
    return write_file(path, _columns(batch.row.file_name, lang, zone), batch.lines, zone=zone, lang=lang, total=len(batch.lines))


def _said(one: dict[str, Any], lang: str) -> dict[str, Any]:
    facts = one.get("facts")
    return one | {"why": say(str(one["code"]), lang, **facts)} if one.get("code") and isinstance(facts, dict) else one


def _columns(file: str, lang: str, zone: str) -> tuple[Column, ...]:
    def title(key: str) -> str:
        return term("import_report", key, lang)

    return (
        Column("file", title("file"), Kind.TEXT, lambda _line: file, 32),
        Column("what", title("what"), Kind.TEXT, lambda line: term("import_part", line.part, lang), 10),
        Column("row", title("row"), Kind.COUNT, lambda line: line.row, 8),
        Column("order", title("order"), Kind.TEXT, lambda line: line.number, 22),
        Column("column", title("column"), Kind.TEXT, lambda line: column_words(line, lang), 18),
        Column("here", title("here"), Kind.TEXT, lambda line: value_words(line, line.here, lang, zone) if line.here else "", 24),
        Column("told", title("told"), Kind.TEXT, lambda line: value_words(line, line.told, lang, zone) if line.told else "", 24),
        Column("why", title("why"), Kind.TEXT, lambda line: line_words(line, lang), 60),
    )
