"""Changes of goods and money on the command line: what is asked for, what waits, and the owner's word on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import session_of
from services.cli.output import table
from services.cli.session import Session, fen, whole
from services.clock import iso, to_local
from services.errors import BadInput, Refused
from services.money import write_amount
from services.words import term

if TYPE_CHECKING:
    from services.amending import Amendment, LineChange
    from services.desk import Desk
    from services.queries.approval_rows import ApprovalRow, DiffRow
    from services.queries.order_numbers import FoundLine, FoundNumber

SUMS = ("discount", "freight")
OF_A_LINE = ("price", "quantity", "sku")
LINE = "line."


def is_of_money(field: str) -> bool:
    """Whether `edit --set FIELD=` is about goods or money, which ask for approval."""
    return field in SUMS or field.startswith(LINE)


def propose(
    session: Session,
    desk: Desk,
    found: FoundNumber,
    values: Mapping[str, str],
    add: Sequence[str],
    remove: Sequence[str],
    reason: str,
) -> int:
    """Ask for the change; what may be done at once is done."""
    from services.commands.approvals import ProposeChange

    change = _amendment(desk, found, values, add, remove)
    done = desk.perform(ProposeChange(found.order_id, change), reason=reason).value
    code = f"A{done.approval_id}"
    payload = {
        "number": found.number,
        "channel": found.channel,
        "applied": done.applied,
        "changed": done.applied,
        "approval": code,
        "effect": write_amount(done.effect),
        "decided_by": done.decided_by or None,
    }
    told = session.out.word(
        "amended" if done.applied else "asked_for", number=found.number, approval=code, effect=_signed(done.effect), who=_who(session, done.decided_by)
    )  # fmt: skip
    session.out.show(payload, [told])
    return 0


def approvals(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER")] = "",
    all_: Annotated[bool, typer.Option("--all")] = False,
) -> int:
    session = session_of(context)
    with session.desk() as desk:
        from services.queries.approval_rows import ApprovalRows, ApprovalsOfOrder
        from services.queries.order_numbers import FindNumber

        if number:
            rows = desk.read(ApprovalsOfOrder(desk.read(FindNumber(number)).order_id))
            rows = tuple(row for row in rows if all_ or row.state == "waiting")
        else:
            rows = desk.read(ApprovalRows()) + (desk.read(ApprovalRows(done=True)) if all_ else ())
        zone = desk.shop.zone
    payload = {"count": len(rows), "approvals": [_json(row, zone) for row in rows]}
    session.out.show(payload, _shown(session, rows, zone))
    return 0


def approve(
    context: typer.Context,
    approval: Annotated[str, typer.Argument(metavar="ID")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT")] = "",
) -> int:
    return _decide(session_of(context), approval, True, note)


def reject(
    context: typer.Context,
    approval: Annotated[str, typer.Argument(metavar="ID")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT")] = "",
) -> int:
    if not note.strip():
        raise BadInput("reject_note_needed")
    return _decide(session_of(context), approval, False, note)


def withdraw(context: typer.Context, approval: Annotated[str, typer.Argument(metavar="ID")]) -> int:
    session, wanted = session_of(context), _id(approval)
    with session.desk() as desk:
        from services.commands.approvals import WithdrawApproval
        from services.queries.approval_rows import OneApproval

        row = desk.read(OneApproval(wanted))
        state = desk.perform(WithdrawApproval(wanted)).value
    return _told(session, wanted, row.number, state)


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (
    ("approvals", approvals, False),
    ("approve", approve, False),
    ("reject", reject, False),
    ("withdraw", withdraw, False),
)


def _decide(session: Session, approval: str, yes: bool, note: str) -> int:
    wanted = _id(approval)
    with session.desk() as desk:
        from services.commands.approvals import DecideApproval

        # Whoever signed in for it has just shown the PIN; it is looked at again where the decision is made.
        done = desk.perform(DecideApproval(wanted, yes, session.actor, session.pin, note)).value
    if done.state == "waiting":
        raise Refused("pin_wait" if done.wait else "pin_wrong", wrong=done.wrong, seconds=-(-done.wait // 1000))
    return _told(session, wanted, done.number, done.state)


def _told(session: Session, approval_id: int, number: str, state: str) -> int:
    words = term("approval_state", state, session.lang)
    payload = {"id": f"A{approval_id}", "number": number, "state": state}
    session.out.show(payload, [session.out.word("decided", approval=f"A{approval_id}", number=number, state=words)])
    return 0


def _id(word: str) -> int:
    plain = word.strip().upper().removeprefix("A")
    if not (plain.isascii() and plain.isdecimal()):
        raise BadInput("approval_form", word=word)
    return whole(plain, "ID", 1)


# ---- a change out of words


def _amendment(desk: Desk, found: FoundNumber, values: Mapping[str, str], add: Sequence[str], remove: Sequence[str]) -> Amendment:
    from services.amending import Amendment, LineChange
    from services.queries.order_numbers import LinesOfOrder

    lines = desk.read(LinesOfOrder(found.order_id))
    given: dict[int, dict[str, int]] = {}
    sums: dict[str, int] = {}
    for name, value in values.items():
        if name in SUMS:
            sums[name] = fen(value, name)
            continue
        word, _dot, what = name.removeprefix(LINE).rpartition(".")
        if not word or what not in OF_A_LINE:
            raise BadInput("edit_line_form", word=f"{name}={value}")
        line = _line(lines, word, found.number)
        given.setdefault(line.line_id, {})[what] = _value_of(desk, what, value, name)
    changes = [LineChange(line_id, told.get("quantity"), told.get("price"), told.get("sku")) for line_id, told in given.items()]
    changes += [LineChange(_line(lines, word.strip(), found.number).line_id, remove=True) for word in remove]
    changes += [_added(desk, word) for word in add]
    return Amendment(tuple(changes), sums.get("discount"), sums.get("freight"))


def _value_of(desk: Desk, what: str, value: str, name: str) -> int:
    if what == "price":
        return fen(value, name)
    return whole(value, name, 1) if what == "quantity" else _sku(desk, value)


def _sku(desk: Desk, code: str) -> int:
    from services.queries.order_numbers import FindSku

    return desk.read(FindSku(code)).sku_id


def _line(lines: Sequence[FoundLine], word: str, number: str) -> FoundLine:
    """By the platform's line number, the merchant code if only one line has it, or its place from 1."""
    from services.queries.order_numbers import pick_line

    try:
        return pick_line(tuple(lines), word)
    except BadInput:
        choices = ", ".join(line.code or line.number or str(line.position) for line in lines)
        raise BadInput("edit_line_unknown", line=word, number=number, choices=choices) from None


def _added(desk: Desk, word: str) -> LineChange:
    from services.amending import LineChange

    code, equals, rest = word.rpartition("=")
    units, at, price = rest.partition("@")
    if not (code.strip() and equals and at):
        raise BadInput("edit_add_form", word=word)
    return LineChange(None, whole(units, "--add", 1), fen(price, "--add"), _sku(desk, code))


# ---- what is shown


def _json(row: ApprovalRow, zone: str) -> dict[str, Any]:
    effect = row.effect
    return {
        "id": row.code,
        "number": row.number,
        "state": row.state,
        "stale": row.stale,
        "diff": [{"field": one.code, "goods": one.goods, "old": one.old or None, "new": one.new or None} for one in _diff(row)],
        "effect": write_amount(row.more),
        "payable": write_amount(effect.payable) if effect is not None else None,
        "surplus": write_amount(effect.surplus) if effect is not None else None,
        "stock": [
            {"sku": one.code, "units": one.more, "available_after": one.after} for one in (effect.stock if effect is not None else ())
        ],
        "reason": row.reason,
        "asked_by": row.asked_by,
        "asked_at": iso(row.asked_at, zone),
        "decided_by": row.decided_by or None,
        "decided_at": iso(row.decided_at, zone) if row.decided_at is not None else None,
        "note": row.note,
    }


def _diff(row: ApprovalRow) -> tuple[DiffRow, ...]:
    return row.effect.diff if row.effect is not None else ()


def _shown(session: Session, rows: Sequence[ApprovalRow], zone: str) -> Iterator[str]:
    if not rows:
        yield session.out.word("approvals_none")
        return
    lang = session.lang
    shown = [
        (
            row.code,
            row.number,
            term("approval_state", "stale" if row.stale else row.state, lang),
            "；".join(diff_words(one, lang) for one in _diff(row))
            if lang == "zh"
            else "; ".join(diff_words(one, lang) for one in _diff(row)),
            _signed(row.more),
            row.asked_by,
            f"{to_local(row.asked_at, zone):%m-%d %H:%M}",
            row.reason,
        )
        for row in rows
    ]
    headings = [session.out.word(code) for code in ("approval", "number", "status", "change", "effect", "asked_by", "asked_at", "why")]
    yield from table(headings, shown, right=(4,), most=80)


def diff_words(one: DiffRow, lang: str) -> str:
    """`马克杯 单价 12.00 → 10.00`."""
    what = " ".join(part for part in (one.goods, term("approval_diff", one.code, lang)) if part)
    sides = f"{one.old} → {one.new}" if one.old and one.new else one.old or one.new
    return f"{what} {sides}".strip()


def _signed(amount: int) -> str:
    return ("+" if amount > 0 else "") + write_amount(amount)


def _who(session: Session, name: str) -> str:
    return term("actor", name, session.lang)
