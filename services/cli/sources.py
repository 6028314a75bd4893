"""Where the values of one order come from: file, sheet, row and time of each, who edited it, locks and conflicts, and the raw row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import session_of
from services.cli.output import fit, table
from services.clock import iso
from services.words.provenance import field_name, origin_words

if TYPE_CHECKING:
    from services.queries.provenance import FileSource, Origin

_WIDE = 40


def sources(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER")],
    raw: Annotated[bool, typer.Option("--raw")] = False,
) -> int:
    """With --raw also each row that they come from, as it was read."""
    session = session_of(context)
    with session.desk() as desk:
        from services.queries.order_numbers import FindNumber
        from services.queries.provenance import OrderProvenance, RawRow

        found = desk.read(FindNumber(number))
        told = desk.read(OrderProvenance(int(found.order_id)))
        zone = desk.shop.zone
        origins = (*told.fields, *told.parts)
        files = {(one.batch_id, one.row): one for origin in origins for one in _files(origin) if one.row}
        rows = [desk.read(RawRow(*key)) for key in sorted(files)] if raw else []
    payload: dict[str, Any] = {"number": number, "sources": [_origin(one, zone) for one in origins]}
    if raw:
        payload["rows"] = [_file(one.file, zone) | {"cells": {cell.heading: cell.value for cell in one.cells}} for one in rows]
    out, lang = session.out, session.lang
    lines = table(
        [out.word(code) for code in ("source_field", "source_place", "source_sign")],
        [(_name(one, lang), origin_words(one, lang, zone), fit(_signs(one, out.word), _WIDE)) for one in origins],
        most=90,
    )
    out.show(payload, (line for part in (lines, *(_raw_lines(one, lang) for one in rows)) for line in part))
    return 0


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (("sources", sources, False),)


def _name(origin: Origin, lang: str) -> str:
    name = field_name("discount_row" if origin.field == "discount" and origin.part else origin.field, lang)
    return f"{name} {origin.part}" if origin.part else name


def _signs(origin: Origin, word: Callable[..., str]) -> str:
    if origin.differs is not None:
        return word("source_differs", value=origin.differs.theirs)
    return word("source_locked") if origin.locked else ""


def _files(origin: Origin) -> list[FileSource]:
    return [one for one in (origin.file, origin.differs.file if origin.differs else None) if one is not None]


def _origin(origin: Origin, zone: str) -> dict[str, Any]:
    file, differs = origin.file, origin.differs
    return {
        "field": origin.field,
        "part": origin.part or None,
        "kind": origin.kind,
        "file": None if file is None else _file(file, zone) | {"cells": {cell.heading: cell.value for cell in file.cells}},
        "by": origin.actor or None,
        "at": None if origin.at is None else iso(origin.at, zone),
        "action": origin.action or None,
        "reason": origin.reason or None,
        "locked": origin.locked,
        "conflict": None if differs is None else {"id": differs.id, "theirs": differs.theirs, **_file(differs.file, zone)},
    }


def _file(file: FileSource, zone: str) -> dict[str, Any]:
    return {
        "batch": file.batch,
        "file": file.file_name,
        "sheet": file.sheet or None,
        "row": file.row or None,
        "file_time": iso(file.file_time, zone),
        "imported_at": iso(file.imported_at, zone),
        "authority": file.kind or None,
    }


def _raw_lines(kept: Any, lang: str) -> list[str]:
    from services.words.provenance import place_of

    return ["", place_of(kept.file, lang), *(f"  {cell.heading}: {cell.value}" for cell in kept.cells if cell.value.strip())]
