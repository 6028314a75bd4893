"""Commands on after-sales: a refund, with or without the goods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from services.cli.options import Key, Reason, session_of
from services.cli.session import fen, whole
from services.errors import BadInput
from services.money import write_amount
from services.words import term
from services.words.after_sales import TERMS


def refund(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER")],
    kind: Annotated[str, typer.Option("--kind", metavar="KIND")],
    reason: Reason,
    amount: Annotated[str, typer.Option("--amount", metavar="AMOUNT")] = "",
    freight: Annotated[str, typer.Option("--freight", metavar="AMOUNT")] = "",
    line: Annotated[list[str] | None, typer.Option("--line", metavar="NUMBER=QTY")] = None,
    restock: Annotated[bool, typer.Option("--restock")] = False,
    damaged: Annotated[bool, typer.Option("--damaged")] = False,
    fault: Annotated[str, typer.Option("--fault", metavar="FAULT")] = "other",
    key: Key = "",
) -> int:
    session = session_of(context)
    if restock and damaged:
        raise BadInput("usage_together", first="--restock", second="--damaged")
    wanted = [_units(word) for word in line or ()]
    if (restock or damaged) and not wanted:
        raise BadInput("usage_missing", what="--line", command="refund")
    with session.desk() as desk:
        from services.commands.aftersales import RefundLine, RefundOrder
        from services.queries.order_numbers import FindNumber, LinesOfOrder, pick_line

        found = desk.read(FindNumber(number))
        known = desk.read(LinesOfOrder(found.order_id)) if wanted else ()
        lines = tuple(
            RefundLine(pick_line(known, word).line_id, units, units if restock else 0, units if damaged else 0) for word, units in wanted
        )
        command = RefundOrder(
            order_id=found.order_id,
            kind=_code("case_kind", kind),
            lines=lines,
            amount=fen(amount, "--amount") if amount else None,
            freight=fen(freight, "--freight") if freight else 0,
            fault=_code("fault", fault),
            key=key,
        )
        result = desk.perform(command, reason=reason).value
    payload = {
        "id": f"C{result.case_id}",
        "number": found.number,
        "kind": command.kind,
        "state": result.state,
        "amount": write_amount(result.amount),
        "ceiling": write_amount(result.ceiling),
    }
    words = session.out.word(
        "refunded",
        case=payload["id"],
        state=term("case_state", result.state, session.lang),
        number=found.number,
        amount=payload["amount"],
        ceiling=payload["ceiling"],
    )
    session.out.show(payload, [words])
    return 0


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (("refund", refund, False),)


def _units(word: str) -> tuple[str, int]:
    """`2401…=1` → the line's number, code or place, and units; the last sign of equality counts, codes may hold others."""
    name, equals, units = word.rpartition("=")
    if not equals or not name.strip():
        raise BadInput("usage_line", word=word)
    return name.strip(), whole(units, "--line")


def _code(kind: str, word: str) -> str:
    """A code as written, or by its words in either language; what is unknown is left to the command to refuse."""
    plain = word.strip().casefold().replace("-", "_").replace(" ", "_")
    for code, pair in TERMS[kind].items():
        if plain in {code, *(name.casefold().replace(" ", "_") for name in pair)}:
            return code
    return word.strip()
