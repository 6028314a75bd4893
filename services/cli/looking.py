"""Commands that look and change nothing: reports, the trail, and whether all of it is still true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import session_of
from services.cli.output import fit, table
from services.cli.session import Session, whole
from services.clock import iso
from services.errors import BadInput, Environment
from services.words import say, term

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.audit_trail import AuditRow

BLOCK = 1_000
"""Entries read at a time."""


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY")] = "",
    by: Annotated[str, typer.Option("--by", metavar="WHAT")] = "",
    names: Annotated[bool, typer.Option("--list")] = False,
) -> int:
    session = session_of(context)
    if names:
        return _report_names(session)
    if not name:
        raise BadInput("usage_missing", what="NAME", command="report")
    from services.commands.upkeep import SumDays
    from services.reports import report_query
    from services.reports.report import Kind, plain

    query = report_query(name, {key: value for key, value in (("from", first), ("to", last), ("by", by)) if value})
    with session.desk() as desk:
        desk.perform(SumDays())  # what is summed once is read a hundred times
        made = desk.read(query)
    place = 1 if session.lang == "zh" else 0
    payload = {
        "report": made.report.key,
        "from": plain(Kind.DAY, made.span.first),
        "to": plain(Kind.DAY, made.span.last),
        "by": made.by or None,
        "answer": made.answer[place],
        "columns": [column.key for column in made.columns],
        "rows": made.plain_rows(),
    }
    right = [index for index, column in enumerate(made.columns) if column.kind not in {Kind.TEXT, Kind.DAY}]
    cells = (["" if value is None else value for value in row.values()] for row in made.plain_rows())
    lines = table([column.title[place] for column in made.columns], cells, right=right)
    session.out.show(payload, (line for part in ([made.report.title[place], made.answer[place], ""], lines) for line in part))
    return 0


def audit(
    context: typer.Context,
    order: Annotated[str, typer.Option("--order", metavar="NUMBER")] = "",
    limit: Annotated[str, typer.Option("--limit", metavar="N")] = "",
    who: Annotated[str, typer.Option("--who", metavar="NAME")] = "",
    what: Annotated[str, typer.Option("--what", metavar="ACTION")] = "",
    field: Annotated[str, typer.Option("--field", metavar="FIELD")] = "",
    text: Annotated[str, typer.Option("--text", metavar="WORDS")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY")] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="TIME")] = "",
) -> int:
    session = session_of(context)
    if as_of:
        from services.cli.history import show_as_of

        if not order:
            raise BadInput("usage_missing", what="--order NUMBER", command="audit")
        return show_as_of(session, order, as_of)
    most = whole(limit, "--limit") if limit else None
    days = [_day(day, name) for day, name in ((first, "--from"), (last, "--to"))]
    with session.desk() as desk:
        from services.queries.audit_trail import AuditFilter, AuditIds

        wanted = AuditFilter(number=order, action=what, actor=who, field=field, text=text, first=days[0], last=days[1])
        ids = tuple(reversed(desk.read(AuditIds(wanted, limit=most))))
        entries = _entries(desk, ids)
        if session.as_json:
            writer = session.out.list("entries")
            writer.add(_entry(row, desk.shop.zone) for row in entries)
            writer.end({"count": len(ids)})
        else:
            session.out.show({}, _trail_lines(session, entries, desk.shop.zone))
    return 0


def _day(text: str, name: str) -> int | None:
    """A local day of an option. Raises BadInput("usage_choice")."""
    from datetime import date

    try:
        return date.fromisoformat(text).toordinal() if text else None
    except ValueError:
        raise BadInput("usage_choice", option=name, value=text, choices="2026-11-22") from None


def verify(
    context: typer.Context,
    digest: Annotated[bool, typer.Option("--digest")] = False,
    seal: Annotated[list[str] | None, typer.Option("--seal", metavar="CODE")] = None,
    order: Annotated[str, typer.Option("--order", metavar="FILE.json")] = "",
) -> int:
    session = session_of(context)
    if order:
        from services.cli.history import verify_book

        return verify_book(session, order, tuple(seal or ()))
    try:
        with session.desk(at_the_door=True) as desk:
            from services.queries.verify import Verify

            found = desk.read(Verify(digest=digest, seals=tuple(seal or ())))
    except Environment as error:
        if error.code not in {"shop_damaged", "not_a_shop"}:
            raise
        # A file that is too far gone to be opened is what was asked about.
        words = say(error.code, session.lang, **error.facts)
        told = {"ok": False, "checks": [{"name": "integrity", "ok": False, "detail": words}]}
        session.out.fail(error.code, words, error.facts, told)
        return 1
    checks: list[dict[str, Any]] = [
        {"name": check.name, "ok": check.ok, "detail": say(check.code, session.lang, **check.facts)} for check in found.checks
    ]
    payload = {"ok": found.ok, "checks": checks, **({"digest": found.digest} if found.digest else {})}
    out = session.out
    lines = list(
        table(
            [out.word(code) for code in ("check", "outcome", "detail")],
            [
                (term("check", check["name"], session.lang), out.word("check_ok" if check["ok"] else "check_bad"), check["detail"])
                for check in checks
            ],
            most=90,
        )
    )
    if found.digest:
        lines.append(f"{out.word('digest')}: {found.digest}")
    if found.ok:
        out.show(payload, [*lines, out.word("all_true")])
        return 0
    bad = ", ".join(term("check", check.name, session.lang) for check in found.wrong)
    if not session.as_json:
        out.show(payload, lines)
    code = "verify_rebuildable" if found.rebuildable else "verify_failed"
    out.fail(code, say(code, session.lang, checks=bad), more=payload)
    return 1


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (
    ("report", report, False),
    ("audit", audit, False),
    ("verify", verify, False),
)


def _report_names(session: Session) -> int:
    from services.reports import REPORTS

    place = 1 if session.lang == "zh" else 0
    listed = [
        {
            "name": report.key,
            "title": report.title[place],
            "by": list(report.bys),
            "columns": [column.key for column in report.columns],
        }
        for report in REPORTS
    ]
    rows = [(report.key, report.title[place], ", ".join(report.bys)) for report in REPORTS]
    session.out.show({"reports": listed}, table([session.out.word(code) for code in ("name", "title", "by")], rows))
    return 0


def _entries(desk: Desk, ids: tuple[int, ...]) -> Iterator[AuditRow]:
    from services.queries.audit_trail import AuditRows

    for start in range(0, len(ids), BLOCK):
        yield from desk.read(AuditRows(ids[start : start + BLOCK]))


def _entry(row: AuditRow, zone: str) -> dict[str, Any]:
    """Old and new are as they are kept and hashed: codes, fen, ms."""
    return {
        "seq": row.seq,
        "at": iso(row.at, zone),
        "actor": row.actor,
        "action": row.action,
        "entity": row.entity,
        "entity_id": row.entity_id,
        "order": row.number,
        "field": row.field,
        "old": row.old,
        "new": row.new,
        "reason": row.reason,
        "hash": row.hash,
        "erased": row.erased,
    }


def _trail_lines(session: Session, rows: Iterator[AuditRow], zone: str) -> Iterator[str]:
    """One entry a line, not aligned: the trail may be longer than what can be held."""
    from services.words.trail import details, sentence

    for row in rows:
        when = (iso(row.at, zone) or "")[:19].replace("T", " ")
        parts = [when, term("actor", row.actor, session.lang), row.number or "", sentence(row, session.lang)]
        parts.append(fit(details(row, session.lang, zone), 120))
        if row.reason:
            parts.append(f"({fit(row.reason, 80)})")
        yield "  ".join(part for part in parts if part)
