"""Commands that fill a shop: the demo, the platform's export files, a goods file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import Reason, known_blockers, session_of
from services.cli.session import Session, split_list, whole
from services.errors import BadInput, Cancelled, DeskError
from services.words import say

if TYPE_CHECKING:
    from services.imports.xray_json import SeenThrough


def demo(
    context: typer.Context,
    orders: Annotated[str, typer.Option("--orders", metavar="N")] = "600",
    seed: Annotated[str, typer.Option("--seed", metavar="S")] = "1",
) -> int:
    session = session_of(context)
    count, start = whole(orders, "--orders", 1), whole(seed, "--seed")
    with session.desk() as desk:
        from services.commands.demo import fill_demo

        made = fill_demo(desk, count, start, session.out.progress())
    payload = {"orders": made.orders, "lines": made.lines, "skus": made.skus, "customers": made.customers, "seconds": made.seconds}
    session.out.show(payload, [session.out.word("demo_made", shop=session.shop, **payload)])
    return 0


def import_(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE")],
    format_: Annotated[str, typer.Option("--format", metavar="NAME")] = "",
    map_: Annotated[str, typer.Option("--map", metavar="MAP.json")] = "",
    encoding: Annotated[str, typer.Option("--encoding", metavar="NAME")] = "",
    delimiter: Annotated[str, typer.Option("--delimiter", metavar=", ; | tab")] = "",
    decimal: Annotated[str, typer.Option("--decimal", metavar=". ,")] = "",
    sheet: Annotated[str, typer.Option("--sheet", metavar="NAME")] = "",
    header_row: Annotated[str, typer.Option("--header-row", metavar="N")] = "",
    date: Annotated[str, typer.Option("--date", metavar="ymd|mdy|dmy")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    only_sure: Annotated[bool, typer.Option("--only-sure")] = False,
) -> int:
    session = session_of(context)
    options = {"encoding": encoding, "delimiter": delimiter, "decimal": decimal, "sheet": sheet, "header_row": header_row, "date": date}
    return _bring_in(
        session, files, format_.strip() or None, _map(Path(map_)) if map_ else None, options, dry_run=dry_run, only_sure=only_sure
    )


def goods(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> int:
    return _bring_in(session_of(context), [file], "goods", None, {}, dry_run=dry_run)


def tracking(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    override: Annotated[list[str] | None, typer.Option("--override", metavar="CODE")] = None,
    reason: Reason = "",
) -> int:
    session = session_of(context)
    overrides = split_list(override)
    known_blockers(overrides)
    with session.desk() as desk:
        from services.commands.imports import import_file

        outcome = import_file(
            desk,
            Path(file),
            format="tracking",
            dry_run=dry_run,
            overrides=overrides,
            reason=reason or None,
            progress=session.out.progress(),
        )
    told = outcome.value.as_json(session.lang)
    session.out.show(told, _sentences(session, [told]))
    left = told["refused"] + told["unmatched"] + len(told["rejected"])
    if dry_run or not left:
        return 0
    return 3 if told["shipped"] + told["already"] else 1


def stocktake(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    post: Annotated[bool, typer.Option("--post")] = False,
    reason: Reason = "",
) -> int:
    session = session_of(context)
    with session.desk() as desk:
        from services.commands.imports import import_file

        path = Path(file)
        said = reason or session.out.word("stocktake_reason", file=path.name)
        outcome = import_file(desk, path, format="stocktake", dry_run=not post, reason=said, progress=session.out.progress())
    told = outcome.value.as_json(session.lang)
    session.out.show(told, _sentences(session, [told]))
    return 0


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (
    ("demo", demo, False),
    ("import", import_, False),
    ("goods", goods, False),
    ("tracking", tracking, False),
    ("stocktake", stocktake, False),
)

_SUMMED = (
    "rows", "rows_held", "orders_new", "orders_updated", "orders_unchanged", "lines", "skus_new", "skus_updated", "skus_unchanged",
    "cases_new", "cases_updated", "cases_unchanged", "cases_held", "matched", "unmatched", "shipped", "refused", "bookings_new",
    "bookings_unchanged", "differences", "conflicts", "seconds",
)  # fmt: skip
_THINGS = ("orders", "skus", "cases", "bookings")
_SENTENCES = {"tracking": "tracked", "stocktake": "stocktaken"}
_DONE = frozenset({"ship", "case", "already_has_this_number", "repeat_of_a_row", "count_agrees"})
MOST_TOLD = 20
"""Lines of each list that are told in words; JSON has them all."""


def _map(path: Path) -> dict[str, Any]:
    """Raises BadInput("map_unreadable")."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadInput("map_unreadable", file=str(path), why=getattr(error, "strerror", None) or str(error)) from error
    if not isinstance(found, dict):
        raise BadInput("map_unreadable", file=str(path), why=type(found).__name__)
    return found


def _bring_in(
    session: Session,
    files: Sequence[str],
    format_: str | None,
    map_: dict[str, Any] | None,
    options: Mapping[str, str],
    *,
    dry_run: bool,
    only_sure: bool = False,
) -> int:
    """Each file is one transaction; of several, those that fail are told and the others come in all the same."""
    from services.imports.options import ReadOptions

    ReadOptions.of(options)  # a wrong one is told before the shop is opened
    told: list[dict[str, Any]] = []
    seen: list[SeenThrough | None] = []
    failed: list[DeskError] = []
    with session.desk() as desk:
        from services.commands.imports import import_file

        for path in files:
            try:
                progress = session.out.progress()
                outcome = import_file(
                    desk, Path(path), format=format_, map=map_, options=options, dry_run=dry_run, only_sure=only_sure, progress=progress
                )
            except DeskError as error:
                if len(files) == 1 or isinstance(error, Cancelled):
                    raise
                failed.append(error)
                seen.append(None)
                told.append({"file": path, "error": {"code": error.code, "message": say(error.code, session.lang, **error.facts)}})
            else:
                seen.append(outcome.value.seen)
                told.append(outcome.value.as_json(session.lang))
    if len(files) == 1:
        payload = told[0]
    else:
        done = [one for one in told if "error" not in one]
        payload = {key: sum(one[key] for one in done) for key in _SUMMED} | {"dry_run": dry_run, "files": told}
    if failed:
        why = "; ".join(one["error"]["message"] for one in told if "error" in one)
        words = say("files_failed", session.lang, failed=len(failed), count=len(files), why=why)
        if not session.as_json:
            session.out.show({}, _sentences(session, told, seen))
        session.out.fail("files_failed", words, more=payload)
        return 1 if len(failed) == len(files) else 3
    session.out.show(payload, _sentences(session, told, seen))
    return 0


def _sentences(session: Session, told: Sequence[dict[str, Any]], seen: Sequence[SeenThrough | None] = ()) -> Iterator[str]:
    word = session.out.word
    for one, through in zip_longest(told, seen):
        if "error" in one:
            continue
        facts = {name: sum(one.get(f"{what}_{name}", 0) for what in _THINGS) for name in ("new", "updated", "unchanged")}
        kind = _SENTENCES.get(one["format"].removeprefix("map."), "imported")
        counts = {name: one[name] for name in ("conflicts", "shipped", "already", "refused", "unmatched", "counted", "differences")}
        yield word(f"{kind}_dry" if one["dry_run"] else kind, file=one["file"], rejected=len(one["rejected"]), **counts, **facts)
        # What went through needs no words of its own.
        entries = [entry for entry in one["entries"] if entry["result"] not in _DONE]
        for entry in entries[:MOST_TOLD]:
            yield f"  {word('row', row=entry['row'])} {entry['why']}"
        if one["vanished"]:
            yield "  " + word("vanished", count=one["vanished"], numbers=", ".join(one["vanished_numbers"][:5]))
        for row in (*one["rejected"][:MOST_TOLD], *one["left_out"][:MOST_TOLD], *one["warnings"][:MOST_TOLD]):
            place = word("row", row=row["row"]) + " " if row["row"] else ""
            cell = f"{row['column']} {row['value']!r}: " if row.get("column") else ""
            yield f"  {place}{cell}{row['why']}"
        more = sum(max(0, len(some) - MOST_TOLD) for some in (entries, one["rejected"], one["left_out"], one["warnings"]))
        if through is not None:
            for count, lines in (
                (len(one["changes"]), through.changes_in_words(session.lang)),
                (len(one["conflicting"]), through.conflicts_in_words(session.lang)),
            ):
                yield from (f"  {line}" for line in islice(lines, MOST_TOLD))
                more += max(0, count - MOST_TOLD)
            if one["doubtful"]:
                yield "  " + word("import_doubt", count=one["doubtful"])
        if more:
            yield "  " + word("and_more", count=more)
