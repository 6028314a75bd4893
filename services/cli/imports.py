"""Commands on what was imported: conflicts to decide, an import taken back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.deeds import MARK, undo_deed
from services.cli.options import Reason, session_of
from services.cli.output import table
from services.cli.session import split_list, whole
from services.clock import iso
from services.errors import BadInput
from services.words import say

if TYPE_CHECKING:
    from services.cli.session import Session
    from services.desk import Desk
    from services.queries.conflict_rows import ConflictRow
    from services.queries.held_rows import HeldRow
    from services.queries.undo_preview import Touched


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


def held(
    context: typer.Context,
    word: Annotated[str, typer.Argument(metavar="WORD")] = "",
    means: Annotated[str, typer.Option("--means", metavar="STATUS")] = "",
    reason: Reason = "",
) -> int:
    """Without a word every row that waits for one to be known."""
    session = session_of(context)
    if means and not word:
        raise BadInput("usage_missing", what="WORD", command="held")
    if means and means not in STATUSES:
        raise BadInput("usage_choice", option="--means", value=means, choices=", ".join(STATUSES))
    with session.desk() as desk:
        from services.queries.held_rows import HeldRows

        rows = [row for row in desk.read(HeldRows()) if not word or row.value == word]
        brought = _bring_again(desk, word, means, sorted({row.batch_id for row in rows}), reason) if means else 0
        rows = [row for row in desk.read(HeldRows()) if not word or row.value == word] if means else rows
    payload = {"count": len(rows), "brought": brought, "rows": [_held(row) for row in rows]}
    out = session.out
    lines = [out.word("held_brought", word=word, count=brought)] if means else []
    if rows:
        headings = [out.word(code) for code in ("id", "file", "row", "number", "field", "held_word")]
        lines += list(table(headings, [(row.batch, row.file_name, row.row, row.number, row.column, row.value) for row in rows], right=(2,)))
    elif not means:
        lines.append(out.word("held_none"))
    out.show(payload, lines)
    return 0


def _bring_again(desk: Desk, word: str, means: str, batches: Sequence[int], reason: str) -> int:
    """Remember the word, and import the files that wait for it out of their kept rows. Returns how many orders came in."""
    import tempfile
    from pathlib import Path

    from services.commands.import_words import TeachStatus
    from services.commands.imports import import_file
    from services.imports.kept_file import KeptFile, write_kept

    desk.perform(TeachStatus(word, means), reason=reason or None)
    brought = 0
    with tempfile.TemporaryDirectory() as folder:
        for batch_id in batches:
            brought += import_file(desk, write_kept(desk.read(KeptFile(batch_id)), Path(folder))).value.orders_new
    return brought


def _held(row: HeldRow) -> dict[str, Any]:
    told = {"batch": row.batch, "file": row.file_name, "row": row.row, "number": row.number, "column": row.column, "word": row.value}
    return told | {"cells": dict(row.cells)}


def undo(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="BATCH")],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    reason: Reason = "",
) -> int:
    session = session_of(context)
    if batch.strip().startswith(MARK):
        return undo_deed(session, batch, dry_run=dry_run, reason=reason)
    batch_id = whole(batch.strip().upper().removeprefix("B"), "BATCH", 1)
    with session.desk() as desk:
        from services.queries.undo_preview import UndoPreview

        seen = desk.read(UndoPreview(batch_id))
        touched = [_touched(one, desk.shop.zone) for one in seen.touched]
        facts: dict[str, Any] = {"batch": f"B{batch_id}", "file": seen.file_name, "format": seen.format}
        facts |= {"orders_removed": seen.orders_removed, "orders_restored": seen.orders_restored, "lines_removed": seen.lines_removed}
        if seen.touched and not dry_run:
            numbers = ", ".join(list(dict.fromkeys(one.number for one in seen.touched))[:5])
            why = {"batch": f"B{batch_id}", "count": len(seen.touched), "numbers": numbers}
            if not session.as_json:
                session.out.show({}, _touched_lines(session, seen.touched))
            session.out.fail(
                "undo_touched", say("undo_touched", session.lang, **why), why, more=facts | {"undone": False, "touched": touched}
            )
            return 1
        if not dry_run:
            from services.commands.undo_import import UndoImport

            facts = dataclasses.asdict(desk.perform(UndoImport(batch_id), reason=reason or None, progress=session.out.progress()).value)
    payload = facts | {"undone": not dry_run, "dry_run": dry_run, "touched": touched}
    lines = [session.out.word("undo_ready" if dry_run else "undone", **facts), *_touched_lines(session, seen.touched)]
    session.out.show(payload, lines)
    return 0


def _touched(one: Touched, zone: str) -> dict[str, Any]:
    at = None if one.at is None else iso(one.at, zone)
    return {
        "number": one.number,
        "field": one.field,
        "by": one.actor or None,
        "at": at,
        "action": one.action or None,
        "batch": one.batch or None,
    }


def _touched_lines(session: Session, touched: Sequence[Touched]) -> list[str]:
    from services.words import term

    lines = []
    for one in touched[:MOST_TOLD]:
        who = " ".join(filter(None, (term("actor", one.actor, session.lang), term("action", one.action, session.lang), one.batch)))
        lines.append("  " + session.out.word("touched", number=one.number, field=term("field", one.field, session.lang), who=who))
    if len(touched) > MOST_TOLD:
        lines.append("  " + session.out.word("and_more", count=len(touched) - MOST_TOLD))
    return lines


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (
    ("conflicts", conflicts, False),
    ("held", held, False),
    ("undo", undo, False),
)
STATUSES = ("awaiting_payment", "awaiting_shipment", "shipped", "completed", "closed")
MOST_TOLD = 20
"""Touched values that are told in words; JSON has them all."""
