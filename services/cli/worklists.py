"""What is to be mended after an import, as JSON and as words; mending is done by `match`, `edit` and in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import session_of
from services.cli.output import fit, table
from services.clock import iso
from services.errors import BadInput
from services.money import write_amount
from services.words import term

if TYPE_CHECKING:
    from services.desk import Desk

LISTS = ("goods", "addresses", "amounts", "duplicates")
_WIDE = 60


def worklist(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="LIST")] = "",
    search: Annotated[str, typer.Option("--search", metavar="WORDS")] = "",
) -> int:
    """Without a list's name how much there is on each."""
    if name and name not in LISTS:
        raise BadInput("usage_choice", option="LIST", value=name, choices=", ".join(LISTS))
    session = session_of(context)
    with session.desk() as desk:
        if not name:
            return _counts(context, desk)
        rows = {"goods": _goods, "addresses": _addresses, "amounts": _amounts, "duplicates": _duplicates}[name](desk, search)
    out = session.out
    payload = {"list": name, "count": len(rows), name: rows}
    lines = [_line(name, row, session.lang) for row in rows]
    headings = [out.word(code) for code in ("worklist_about", "worklist_wrong", "worklist_proposed")]
    out.show(payload, table(headings, lines))
    return 0


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (("worklist", worklist, False),)


def _counts(context: typer.Context, desk: Desk) -> int:
    from services.queries.worklists.counts import CountMending

    session = session_of(context)
    found = desk.read(CountMending())
    kinds = {"addresses": found.addresses, "amounts": found.amounts, "duplicates": found.duplicates}
    payload: dict[str, Any] = {"counts": dict(found.by_tab), "kinds": {name: dict(counted) for name, counted in kinds.items()}}
    lines = [
        (
            name,
            term("worklist", name, session.lang),
            found.by_tab[name],
            ", ".join(f"{term('mend', code, session.lang)} {count}" for code, count in kinds.get(name, ())),
        )
        for name in LISTS
    ]
    headings = [session.out.word(code) for code in ("worklist_list", "worklist_about", "worklist_count", "worklist_wrong")]
    session.out.show(payload, table(headings, lines, right=(2,)))
    return 0


def _line(name: str, row: dict[str, Any], lang: str) -> tuple[str, str, str]:
    """What a line is about, what is wrong, what is proposed."""
    codes = ", ".join(term("mend", code, lang) for code in row.get("faults", ()))
    match name:
        case "goods":
            best = row["suggestions"][0] if row["suggestions"] else None
            about = " ".join(part for part in (row["title"], row["properties"], row["code"]) if part)
            return fit(about, _WIDE), f"{row['waiting_orders']} / {row['waiting_units']}", f"{best['sku']} {best['score']}%" if best else ""
        case "addresses":
            return row["number"], codes, fit(" ".join(row["correction"].values()), _WIDE)
        case "amounts":
            where = row["number"] or f"{row['file']} {row['row']}"
            return where, codes, row["value"] or str(row["expected"] or "")
        case _:
            return row["second"]["number"], codes, row["first"]["number"]


def _goods(desk: Desk, search: str) -> list[dict[str, Any]]:
    from services.queries.worklists.goods import GoodsIds, GoodsRows

    return [
        {
            "id": row.id,
            "channel": row.goods.channel,
            "item_id": row.goods.item_id,
            "code": row.goods.code,
            "title": row.goods.title,
            "properties": row.goods.properties,
            "waiting_orders": row.goods.waiting_orders,
            "waiting_units": row.goods.waiting_units,
            "lines": row.goods.lines,
            "suggestions": [
                {"sku": one.code, "title": one.title, "properties": one.properties, "score": one.score} for one in row.suggestions
            ],
        }
        for row in desk.read(GoodsRows(tuple(desk.read(GoodsIds(search)))))
    ]


def _addresses(desk: Desk, search: str) -> list[dict[str, Any]]:
    from services.queries.worklists.addresses import AddressIds, AddressRows

    return [
        {
            "number": row.number,
            "channel": row.channel,
            "status": row.status,
            "faults": list(row.faults),
            **{name: value for name, value in row.to._asdict().items() if name != "masked"},
            "correction": dict(row.correction),
            "ship_by": iso(row.ship_by, desk.shop.zone),
        }
        for row in desk.read(AddressRows(tuple(desk.read(AddressIds(search)))))
    ]


def _amounts(desk: Desk, search: str) -> list[dict[str, Any]]:
    from services.queries.worklists.amounts import AmountIds, AmountRows

    def money(amount: int | None) -> str | None:
        return None if amount is None else write_amount(amount)

    return [
        {
            "number": row.number,
            "channel": row.channel,
            "status": row.status,
            "faults": list(row.faults),
            "payable": money(row.amounts.payable),
            "paid": money(row.amounts.paid),
            "refunded": money(row.amounts.refunded),
            "expected": money(row.expected),
            "batch": None if row.batch_id is None else f"B{row.batch_id}",
            "file": row.file,
            "row": row.row or None,
            "column": row.column,
            "value": row.value,
        }
        for row in desk.read(AmountRows(tuple(desk.read(AmountIds(search)))))
    ]


def _duplicates(desk: Desk, search: str) -> list[dict[str, Any]]:
    from services.queries.worklists.duplicates import DuplicateIds, DuplicateRows

    return [
        {
            "faults": [row.code],
            **{
                name: {
                    "number": one.number,
                    "channel": one.channel,
                    "status": one.status,
                    "buyer_nick": one.buyer_nick,
                    "payable": None if one.payable is None else write_amount(one.payable),
                    "created_at": iso(one.created_at, desk.shop.zone),
                }
                for name, one in (("first", row.first), ("second", row.second))
            },
        }
        for row in desk.read(DuplicateRows(tuple(desk.read(DuplicateIds(search)))))
    ]
