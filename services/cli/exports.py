"""Writing any table of the shop to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.options import Query, searched, session_of
from services.cli.output import table
from services.cli.session import Session, split_list
from services.errors import BadInput
from services.words import term

if TYPE_CHECKING:
    from services.exports.tables import ExportTable


def export(
    context: typer.Context,
    query: Query = None,
    out: Annotated[str, typer.Option("--out", metavar="FILE")] = "",
    name: Annotated[str, typer.Option("--table", metavar="NAME")] = "",
    columns: Annotated[list[str] | None, typer.Option("--columns", "--fields", metavar="A,B")] = None,
    lines: Annotated[bool, typer.Option("--lines")] = False,
    names: Annotated[bool, typer.Option("--list")] = False,
) -> int:
    session = session_of(context)
    search = searched(query, "export")
    wanted = name or ("lines" if lines else "orders")
    with session.desk() as desk:
        from services.exports.registry import table_of, tables
        from services.exports.tables import ALL, export_table

        if names:
            return _names(session, (table_of(name, desk.shop.zone),) if name else tables(desk.shop.zone).values())
        if not out:
            raise BadInput("usage_missing", what="--out FILE", command="export")
        chosen = table_of(wanted, desk.shop.zone)
        if search and chosen.ids is None:
            raise BadInput("export_no_search", table=wanted)
        ids = () if chosen.ids is None else chosen.ids(desk, search)
        # All columns, so that a script's copy of the orders can be imported again.
        asked = split_list(columns) or chosen.sets.get(ALL, ())
        written = export_table(desk, chosen, ids, Path(out), session.lang, session.out.progress(), keys=asked)
    payload = {"rows": written.rows, "file": str(written.file)}
    session.out.show(payload, [session.out.word("exported", **payload)])
    return 0


def _names(session: Session, listed: Iterable[ExportTable]) -> int:
    """The tables, and the columns of each."""
    lang = session.lang
    columns = [(one, one.columns(lang)) for one in listed]
    payload = [
        {
            "table": one.key,
            "title": term("export_table", one.key, lang),
            "columns": [{"name": column.key, "title": column.title, "personal": column.personal} for column in there],
        }
        for one, there in columns
    ]
    heads: tuple[str, ...] = ("table", "title", "columns")
    rows: list[tuple[str, ...]] = [
        (one.key, term("export_table", one.key, lang), ", ".join(column.key for column in there)) for one, there in columns
    ]
    if len(columns) == 1:
        heads, rows = ("name", "title"), [(column.key, column.title) for column in columns[0][1]]
    session.out.show({"tables": payload}, table([session.out.word(code) for code in heads], rows))
    return 0


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (("export", export, True),)
