"""Commands on what was imported: conflicts to decide, an import taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import Reason, session_of
from services.cli.output import table
from services.cli.session import split_list, whole
from services.clock import iso
from services.errors import BadInput

if TYPE_CHECKING:
    from services.queries.conflict_rows import ConflictRow


def conflicts(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID")] = None,
    take: Annotated[str, typer.Option("--take", metavar="ours|theirs")] = "",
    all_: Annotated[bool, typer.Option("--all")] = False,
    reason: Reason = "",
) -> int:
    session = session_of(context)
    wanted = tuple(whole(word.upper().removeprefix("K"), "ID", 1) for word in split_list(ids))
    if take and take not in {"ours", "theirs"}:
        raise BadInput("usage_choice", option="--take", value=take, choices="ours, theirs")
    if take and not wanted:
        raise BadInput("usage_missing", what="ID", command="conflicts")
    with session.desk() as desk:
        from services.queries.conflict_rows import ConflictRows

        decided = 0
        if take:
            from services.commands.import_conflicts import DecideConflicts

            decided = desk.perform(DecideConflicts(wanted, take), reason=reason or None).value
        rows = desk.read(ConflictRows("" if all_ or wanted else "open", limit=-1))
        rows = tuple(row for row in rows if not wanted or row.id in wanted)
        zone = desk.shop.zone
    payload = {"count": len(rows), "decided": decided, "conflicts": [_conflict(row, zone) for row in rows]}
    session.out.show(payload, _shown(session.out.word, session.lang, zone, rows, decided))
    return 0


def _conflict(row: ConflictRow, zone: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "channel": row.channel,
        "field": row.field,
        "part": row.part or None,
        "ours": row.ours,
        "theirs": row.theirs,
        "batch": row.batch,
        "file": row.file_name,
        "row": row.row,
        "file_time": iso(row.file_time, zone),
        "state": row.state,
        "decided_at": None if row.decided_at is None else iso(row.decided_at, zone),
        "decided_by": row.decided_by or None,
        "edited_by": row.edited_by or None,
        "edited_at": None if row.edited_at is None else iso(row.edited_at, zone),
    }


def _shown(word: Callable[..., str], lang: str, zone: str, rows: Sequence[ConflictRow], decided: int) -> list[str]:
    from services.words import term
    from services.words.trail import value

    lines = [word("conflicts_decided", count=decided)] if decided else []
    if not rows:
        return [*lines, word("conflicts_none")]
    headings = [word(code) for code in ("id", "number", "field", "ours", "theirs", "file", "state")]
    return lines + list(
        table(
            headings,
            [
                (
                    row.id,
                    row.number,
                    term("field", row.field, lang),
                    value("orders", row.field, row.ours, lang, zone),
                    value("orders", row.field, row.theirs, lang, zone),
                    f"{row.file_name} {word('row', row=row.row)}",
                    term("conflict_state", row.state, lang),
                )
                for row in rows
            ],
        )
    )


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (("conflicts", conflicts, False),)
