"""Commands of the past: seals of the trail, an order as it was, its evidence book and whether a book holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import session_of
from services.cli.output import table
from services.cli.session import Session
from services.clock import iso
from services.errors import BadInput, Fact
from services.moments import moment_of
from services.words import say, term

if TYPE_CHECKING:
    from services.queries.order_as_of import OrderThen, RowThen
    from services.seals import SealRow


def seal(
    context: typer.Context,
    all_: Annotated[bool, typer.Option("--list")] = False,
    out: Annotated[str, typer.Option("--out", metavar="FILE.pdf")] = "",
) -> int:
    session = session_of(context)
    with session.desk(at_the_door=True) as desk:
        from services.commands.seals import SealDay
        from services.queries.seals import SealRows

        if all_:
            rows: Sequence[SealRow] = desk.read(SealRows())
        else:
            made = desk.perform(SealDay(), actor=None if desk.viewer.signed_in else "system").value
            rows = [] if made is None else [made]
        if out and rows:
            _write_sheet(session, rows[-1], desk.shop.name, desk.shop.zone, Path(out))
        zone, file = desk.shop.zone, desk.shop.folder / "seals.txt"
    told = [{"day": _day_of(row), "entry": row.seq, "seal": row.code, "at": iso(row.at, zone)} for row in rows]
    payload = {"seals": told, "file": str(file)} | ({"sheet": out} if out and rows else {})
    lines = [f"{one['day']}  {one['entry']:>9,}  {one['seal']}" for one in told]
    session.out.show(payload, [*lines, session.out.word("sealed", file=file)] if lines else [session.out.word("nothing_to_seal")])
    return 0


def _day_of(row: SealRow) -> str:
    return date.fromordinal(row.day).isoformat()


def _write_sheet(session: Session, row: SealRow, shop: str, zone: str, path: Path) -> None:
    from io import BytesIO

    from services.documents.seal_sheet import render_seal

    drawn = BytesIO()
    render_seal(row, shop, zone, session.paper_lang, drawn)
    path.write_bytes(drawn.getvalue())


# ---- an order as it was


def show_as_of(session: Session, number: str, text: str) -> int:
    with session.desk() as desk:
        from services.queries.order_as_of import OrderAsOf
        from services.queries.order_numbers import FindNumber

        zone = desk.shop.zone
        at = moment_of(text, zone)
        found = desk.read(OrderAsOf(desk.read(FindNumber(number)).order_id, at))
    session.out.show(_then_json(found, zone), _then_lines(session, found, zone))
    return 0


def _then_json(found: OrderThen, zone: str) -> dict[str, Any]:
    return {
        "number": found.number,
        "as_of": iso(found.at, zone),
        "seq": found.seq,
        "there": found.there,
        "since": iso(found.since, zone),
        "changes": found.changes,
        "fields": {one.field: {"then": one.then, "now": one.now, "erased": one.erased} for one in found.fields},
        "rows": [
            {
                "table": row.table,
                "id": row.id,
                "name": row.name,
                "there_then": row.there_then,
                "there_now": row.there_now,
                "fields": {one.field: {"then": one.then, "now": one.now} for one in row.fields},
            }
            for row in found.rows
        ],
        "parcels": [{"carrier": one.carrier, "number": one.tracking_number, "there_then": one.there_then} for one in found.parcels],
    }


def _then_lines(session: Session, found: OrderThen, zone: str) -> list[str]:
    from services.words.trail import value

    lang, out = session.lang, session.out
    at = (iso(found.at, zone) or "")[:19].replace("T", " ")
    if not found.there:
        since = (iso(found.since, zone) or "")[:19].replace("T", " ")
        return [out.word("not_there_then", number=found.number, at=at, since=since)]
    rows = []
    for one in found.fields:
        if one.then or one.now or one.erased:
            then = term("as_of", "erased", lang) if one.erased else value("orders", one.field, one.then, lang, zone)
            rows.append((term("field", one.field, lang), then, value("orders", one.field, one.now, lang, zone) if one.changed else ""))
    for row in found.rows:
        mark = term("as_of", "came_later" if not row.there_then else "gone_now" if not row.there_now else "same", lang)
        rows.append(
            (
                term("entity", row.table, lang),
                _row_words(row, lang, zone),
                mark if row.there_then != row.there_now else _changes(row, lang, zone),
            )
        )
    heads = [out.word("as_of", at=at, changes=found.changes), ""]
    return [*heads, *table([out.word("field"), out.word("then"), out.word("now")], rows, most=60)]


def _row_words(row: RowThen, lang: str, zone: str) -> str:
    from services.words.trail import value

    told = [f"{term('field', one.field, lang)} {value(row.table, one.field, one.then, lang, zone)}" for one in row.fields if one.then]
    return "  ".join(filter(None, (row.name, *told)))


def _changes(row: RowThen, lang: str, zone: str) -> str:
    from services.words.trail import value

    return "  ".join(
        f"{term('field', one.field, lang)} {value(row.table, one.field, one.now, lang, zone)}" for one in row.fields if one.changed
    )


# ---- evidence


def evidence(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER")],
    out: Annotated[str, typer.Option("--out", metavar="DIR")] = "",
) -> int:
    session = session_of(context)
    if not out:
        raise BadInput("usage_missing", what="--out DIR", command="evidence")
    with session.desk() as desk:
        from services.exports.evidence import write_evidence
        from services.queries.order_numbers import FindNumber

        made = write_evidence(desk, desk.read(FindNumber(number)).order_id, Path(out), session.paper_lang)
    payload = {"pdf": str(made.pdf), "json": str(made.json), "entries": made.entries, "digest": made.digest}
    session.out.show(payload, [session.out.word("evidence_made", **payload)])
    return 0


def verify_book(session: Session, file: str, seals: tuple[str, ...]) -> int:
    """Check a book: by itself, and against the shop's chain where there is a shop at hand."""
    from services.evidence import check_book, read_book

    told = read_book(Path(file))
    found = [(one.name, one.ok, say(one.code, session.lang, **one.facts)) for one in check_book(told, seals)]
    if shop := _with_shop(session, told):
        ok, code, facts = shop
        found.append(("book_shop", ok, say(code, session.lang, **facts)))
    ok = all(one[1] for one in found)
    checks = [{"name": name, "ok": good, "detail": words} for name, good, words in found]
    out = session.out
    rows = [(term("book_check", name, session.lang), out.word("check_ok" if good else "check_bad"), words) for name, good, words in found]
    lines = table([out.word(code) for code in ("check", "outcome", "detail")], rows, most=90)
    payload: dict[str, Any] = {
        "ok": ok,
        "checks": checks,
        "number": (told.get("order") or {}).get("number"),
        "entries": len(told["entries"]),
    }
    if ok:
        out.show(payload, [*lines, *([] if shop else [say("book_no_shop", session.lang)]), out.word("all_true")])
        return 0
    if not session.as_json:
        out.show(payload, lines)
    bad = ", ".join(term("book_check", name, session.lang) for name, good, _words in found if not good)
    out.fail("book_failed", say("book_failed", session.lang, checks=bad), more=payload)
    return 1


def _with_shop(session: Session, told: Mapping[str, Any]) -> tuple[bool, str, Mapping[str, Fact]] | None:
    """What the shop's chain says; None where there is no shop at hand: none is made to look at a file."""
    from services.db.engine import FILE_NAME

    if not (session.shop / FILE_NAME).is_file():
        return None
    from services.queries.evidence import EvidenceHere

    with session.desk(at_the_door=True) as desk:
        wrong = desk.read(EvidenceHere(told))
    return (True, "book_here", {"count": 1}) if wrong is None else (False, *wrong)


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (("seal", seal, False), ("evidence", evidence, False))
