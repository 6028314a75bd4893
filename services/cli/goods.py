"""Commands on stock and goods: what is there, receive, adjust after a count, match a platform's code to a SKU."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import Query, Reason, searched, session_of
from services.cli.output import table
from services.cli.session import fen, whole
from services.money import write_amount

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.stock_rows import StockRow, UnmatchedRow

Code = Annotated[str, typer.Argument(metavar="CODE")]


def stock(
    context: typer.Context,
    query: Query = None,
    unmatched: Annotated[bool, typer.Option("--unmatched")] = False,
) -> int:
    session = session_of(context)
    search = searched(query, "stock")
    with session.desk() as desk:
        from services.queries.stock_rows import StockIds, StockRows, UnmatchedIds, UnmatchedRows

        rows = () if unmatched else desk.read(StockRows(tuple(desk.read(StockIds(search, sort="code")))))
        waiting = desk.read(UnmatchedRows(tuple(desk.read(UnmatchedIds(search)))))
    payload = {
        "count": len(rows),
        "skus": [_sku(row) for row in rows],
        "unmatched": [_listing(row) for row in waiting],
    }
    out = session.out
    if unmatched:
        headings = [out.word(code) for code in ("code", "title", "properties", "lines", "waiting")]
        out.show(payload, table(headings, [(r.code, r.title, r.properties, r.lines, r.waiting_units) for r in waiting], right=(3, 4)))
        return 0
    headings = [out.word(code) for code in ("code", "title", "properties", "on_hand", "reserved", "available", "shortage", "cost")]
    shown = [(r.code, r.title, r.properties, r.on_hand, r.reserved, r.on_hand - r.reserved, r.shortage or "", _money(r.cost)) for r in rows]
    out.show(payload, table(headings, shown, right=(3, 4, 5, 6, 7)))
    if waiting and not session.as_json:
        out.notice(out.word("unmatched_left", count=len(waiting)))
    return 0


def receive(
    context: typer.Context,
    code: Code,
    units: Annotated[str, typer.Argument(metavar="QTY")],
    cost: Annotated[str, typer.Option("--cost", metavar="AMOUNT")] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT")] = "",
) -> int:
    session = session_of(context)
    with session.desk() as desk:
        from services.commands.stock import ReceiveGoods

        command = ReceiveGoods(code.strip(), whole(units, "QTY", 1), fen(cost, "--cost") if cost else None, title, note)
        row = _row(desk, desk.perform(command).value)
    words = session.out.word("received", code=row.code, units=command.units, on_hand=row.on_hand)
    session.out.show(_sku(row) | {"received": command.units}, [words])
    return 0


def adjust(
    context: typer.Context,
    code: Code,
    counted: Annotated[str, typer.Argument(metavar="COUNTED")],
    reason: Reason,
    damaged: Annotated[bool, typer.Option("--damaged")] = False,
) -> int:
    session = session_of(context)
    with session.desk() as desk:
        from services.commands.stock import AdjustStock
        from services.queries.order_numbers import FindSku

        sku = desk.read(FindSku(code))
        command = AdjustStock(sku.sku_id, whole(counted, "COUNTED"), "damage" if damaged else "adjustment")
        difference = desk.perform(command, reason=reason).value
        row = _row(desk, sku.sku_id)
    words = session.out.word("adjusted", code=row.code, on_hand=row.on_hand, difference=f"{difference:+d}")
    session.out.show(_sku(row) | {"difference": difference}, [words])
    return 0


def match(context: typer.Context, code: Code, sku: Annotated[str, typer.Argument(metavar="SKU")]) -> int:
    session = session_of(context)
    with session.desk() as desk:
        from services.commands.stock import MatchCode

        lines = desk.perform(MatchCode(code.strip(), sku.strip())).value
    session.out.show({"code": code, "sku": sku, "lines": lines}, [session.out.word("matched", code=code, sku=sku, lines=lines)])
    return 0


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (
    ("stock", stock, True),
    ("receive", receive, False),
    ("adjust", adjust, False),
    ("match", match, False),
)


def _row(desk: Desk, sku_id: int) -> StockRow:
    from services.queries.stock_rows import StockRows

    (row,) = desk.read(StockRows((sku_id,)))
    return row


def _sku(row: StockRow) -> dict[str, Any]:
    return {
        "sku": row.code,
        "title": row.title,
        "properties": row.properties,
        "barcode": row.barcode,
        "bin": row.bin,
        "virtual": row.virtual,
        "on_hand": row.on_hand,
        "reserved": row.reserved,
        # domain.md, stock: what the window shows as negative is told by `shortage` here.
        "available": row.on_hand - row.reserved,
        "shortage": row.shortage,
        "damaged": row.damaged,
        "cost": _money(row.cost),
        "price": _money(row.price),
        "value": write_amount(row.value),
        "reorder_point": row.reorder_point,
    }


def _listing(row: UnmatchedRow) -> dict[str, Any]:
    return {
        "channel": row.channel,
        "code": row.code,
        "item_id": row.item_id,
        "title": row.title,
        "properties": row.properties,
        "lines": row.lines,
        "waiting_orders": row.waiting_orders,
        "waiting_units": row.waiting_units,
    }


def _money(amount: int | None) -> str | None:
    return None if amount is None else write_amount(amount)
