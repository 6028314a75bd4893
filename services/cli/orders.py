"""Commands on orders: search, edit, ship."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.approvals import is_of_money, propose
from services.cli.options import Query, Reason, known_blockers, searched, session_of
from services.cli.output import table
from services.cli.session import Session, split_list, whole
from services.clock import to_local
from services.errors import BadInput
from services.money import write_amount
from services.words import say, term
from services.words.orders import TERMS

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.order_numbers import FoundNumber

MOST_NAMED = 10
"""Orders that one line of words names; JSON names all."""


def orders(
    context: typer.Context,
    query: Query = None,
    sort: Annotated[str, typer.Option("--sort", metavar="FIELD")] = "",
    limit: Annotated[str, typer.Option("--limit", metavar="N")] = "",
    fields: Annotated[list[str] | None, typer.Option("--fields", metavar="A,B")] = None,
    group: Annotated[str, typer.Option("--group", metavar="NAME")] = "",
) -> int:
    session = session_of(context)
    search = searched(query, "orders")
    most = whole(limit, "--limit") if limit else None
    keys = split_list(fields)
    with session.desk() as desk:
        if group:
            search, sort = _in_group(desk, group, search, sort)
        if session.as_json:
            _orders_json(session, desk, (search, sort, most), keys)
        else:
            session.out.show({}, _orders_table(session, desk, (search, sort, most), keys))
    return 0


def edit(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER")],
    more: Annotated[list[str] | None, typer.Argument(metavar="FIELD=VALUE")] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE")] = None,
    add: Annotated[list[str] | None, typer.Option("--add", metavar="CODE=QTY@PRICE")] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", metavar="LINE")] = None,
    reason: Reason = "",
) -> int:
    """Goods and money are asked for, everything else is done; both in one command are two decisions, and refused."""
    session = session_of(context)
    values = dict(_value(word) for word in (*(sets or ()), *(more or ())))
    of_money = [name for name in values if is_of_money(name)]
    plain = [name for name in values if not is_of_money(name)]
    if plain and (of_money or add or remove):
        names = [term("field", name, session.lang) for name in plain]
        raise BadInput("edit_both_kinds", fields=("、" if session.lang == "zh" else ", ").join(names))
    with session.desk() as desk:
        from services.commands.edits import EditOrders
        from services.queries.order_numbers import FindNumber

        found = desk.read(FindNumber(number))
        if of_money or add or remove:
            return propose(session, desk, found, values, add or (), remove or (), reason)
        command = EditOrders((found.order_id,), values, {found.order_id: found.version})
        changed = desk.perform(command, reason=reason).value
    payload = {"number": found.number, "channel": found.channel, "applied": True, "changed": bool(changed), "approval": None}
    session.out.show(payload, [session.out.word("edited" if changed else "as_before", number=found.number)])
    return 0


def ship(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER")],
    carrier: Annotated[str, typer.Option("--carrier", metavar="CODE")] = "",
    tracking: Annotated[str, typer.Option("--tracking", metavar="NO")] = "",
    override: Annotated[list[str] | None, typer.Option("--override", metavar="CODE")] = None,
    reason: Reason = "",
) -> int:
    session = session_of(context)
    if tracking.strip() and not carrier.strip():
        raise BadInput("usage_missing", what="--carrier", command="ship")
    overrides = split_list(override)
    known_blockers(overrides)
    with session.desk() as desk:
        from services.queries.order_numbers import FindNumbers

        found = desk.read(FindNumbers(tuple(numbers)))
        refused: dict[str, tuple[str, ...]] = {
            one.given: ("number_in_two_channels" if one.choices else "order_not_found",) for one in found if not one.order_id
        }
        known = [one for one in found if one.order_id]
        if tracking.strip() and len({one.person for one in known}) > 1:
            # Which of them the number belongs to, only the person knows: none is sent.
            refused |= {one.given: ("different_buyers",) for one in known}
            known = []
        shipped, part = _ship(desk, known, (carrier, tracking), overrides, reason, refused)
    payload = {
        "shipped": shipped,
        "part_shipped": part,
        "refused": [{"number": _plain(found, given), "blockers": list(codes)} for given, codes in refused.items()],
    }
    return _tell_shipped(session, payload, {one.given: one for one in found})


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (
    ("orders", orders, True),
    ("edit", edit, False),
    ("ship", ship, False),
)


def _orders_json(session: Session, desk: Desk, asked: tuple[str, str, int | None], keys: tuple[str, ...]) -> None:
    """Set by set, so that a hundred thousand orders are never held at once; counts come last, as keys have no order."""
    from services.queries.order_json import OrdersJson

    writer = session.out.list("orders")
    answer = desk.read(OrdersJson(*asked, keys, writer.add))
    writer.end(
        {
            "count": answer.count,
            "total_paid": write_amount(answer.total_paid),
            "total_refunded": write_amount(answer.total_refunded),
        }
    )


def _in_group(desk: Desk, name: str, search: str, sort: str) -> tuple[str, str]:
    """What is searched within a group, and in its order unless another is asked for."""
    from services.queries.group_rows import GroupSearch

    kept, by = desk.read(GroupSearch(name))
    return f"({kept}) ({search})" if search else kept, sort or by


_SHOWN = ("number", "status", "buyer", "recipient", "goods", "quantity", "paid", "created", "blockers")


def _orders_table(session: Session, desk: Desk, asked: tuple[str, str, int | None], keys: tuple[str, ...]) -> Iterator[str]:
    from services.queries.order_json import OrdersJson

    if keys:
        answer = desk.read(OrdersJson(*asked, keys))
        yield from table(keys, ([_cell(order[key]) for key in keys] for order in answer.orders))
        return
    from services.queries.order_rows import FirstOrders, OrderIds, OrderRows, OrderTotals

    search, sort, limit = asked
    ids = desk.read(OrderIds(search, sort) if limit is None else FirstOrders(search, sort, limit))
    totals = desk.read(OrderTotals(search))
    rows = [
        (
            row.number,
            term("status", row.status, session.lang),
            row.buyer_nick,
            row.recipient,
            row.goods_summary,
            row.quantity,
            "" if row.paid is None else write_amount(row.paid),
            f"{to_local(row.created_at, desk.shop.zone):%Y-%m-%d %H:%M}",
            ", ".join(term("blocker", code, session.lang) for code in row.blockers) if row.status == "awaiting_shipment" else "",
        )
        for row in desk.read(OrderRows(ids))
    ]
    yield from table([session.out.word(code) for code in _SHOWN], rows, right=(5, 6), most=30)
    yield ""
    yield session.out.word("found", count=f"{totals.count:,}", paid=write_amount(totals.paid), refunded=write_amount(totals.refunded))


def _cell(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _value(word: str) -> tuple[str, str]:
    """`memo=Handle with care` → the field's code and its value; names in both languages, flags also by colour."""
    name, equals, value = word.partition("=")
    if not equals:
        raise BadInput("usage_set", word=word)
    field = _FIELDS.get(name.strip().casefold(), name.strip())
    return field, _FLAGS.get(value.strip().casefold(), value) if field == "flag" else value


_FIELDS: dict[str, str] = {
    "memo": "seller_memo",
    "备注": "seller_memo",
    "message": "buyer_message",
    "tag": "tags",
    "电话": "phone",
    "区": "district",
    "地址": "address",
} | {word.casefold(): code for code, pair in TERMS["field"].items() for word in pair}

_FLAGS: dict[str, str] = {
    word: code
    for code, (en, zh) in TERMS["flag"].items()
    for word in (en.casefold(), zh, zh.removesuffix("旗"), zh.removesuffix("旗") + "色")
}


def _ship(
    desk: Desk,
    known: Sequence[FoundNumber],
    parcel: tuple[str, str],
    overrides: tuple[str, ...],
    reason: str,
    refused: dict[str, tuple[str, ...]],
) -> tuple[list[str], list[str]]:
    """Ship what is known; adds to `refused`, returns the numbers sent whole and those sent in part."""
    from services.commands.parcels import Shipment, ShipOrders

    if not known:
        return [], []
    command = ShipOrders(tuple(Shipment(one.order_id, *parcel) for one in known), overrides)
    result = desk.perform(command, reason=reason or None).value
    refused |= {one.given: result.refused[one.order_id] for one in known if one.order_id in result.refused}
    return (
        [one.number for one in known if one.order_id in result.shipped],
        [one.number for one in known if one.order_id in result.part_shipped],
    )


def _plain(found: Sequence[FoundNumber], given: str) -> str:
    return next((one.number for one in found if one.given == given and one.number), given)


def _tell_shipped(session: Session, payload: dict[str, Any], found: dict[str, FoundNumber]) -> int:
    out = session.out
    done, refused = [*payload["shipped"], *payload["part_shipped"]], payload["refused"]
    why = _why(session, refused, found)
    if not done:
        out.fail("nothing_shipped", say("nothing_shipped", session.lang, why=why), more=payload)
        return 1
    lines = [out.word("shipped", number=number) for number in payload["shipped"]]
    lines += [out.word("part_shipped", number=number) for number in payload["part_shipped"]]
    out.show(payload, lines)
    if refused:
        out.notice(out.word("not_shipped", why=why))
    return 3 if refused else 0


def _why(session: Session, refused: Sequence[dict[str, Any]], found: dict[str, FoundNumber]) -> str:
    """Which orders are refused and why, and for a single one what lifts it."""
    comma, colon, stop, semicolon = ("、", "：", "。", "；") if session.lang == "zh" else (", ", ": ", ". ", "; ")
    sentences = []
    for entry in refused[:MOST_NAMED]:
        one = found.get(entry["number"])
        words = [term("blocker", code, session.lang) for code in entry["blockers"]]
        sentences.append(f"{entry['number']}{colon}{comma.join([*words, *(one.choices if one else ())])}")
    if len(refused) > MOST_NAMED:
        sentences.append(f"… ({len(refused)})")
    remedy = term("blocker_remedy", refused[0]["blockers"][0], session.lang) if len(refused) == 1 else ""
    return semicolon.join(sentences) + (f"{stop}{remedy}" if remedy else "")
