"""Orders as the `orders` command prints them: plain JSON values with the glossary's names (cli.md).

Money is a string with two decimals, times are ISO 8601 with the shop's offset, what is not known is null. Read in sets,
so that statements grow with sets of SET orders, not with orders.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from services.clock import iso
from services.db.reading import Reading
from services.db.unchecked import UNCHECKED
from services.domain.blockers import OrderFacts, blockers_of
from services.domain.order_states import RANK, Status
from services.errors import BadInput
from services.money import write_amount
from services.queries.order_rows import totals_where
from services.search.fields import nearest
from services.search.finding import conditions_of, find_ids
from services.search.values import tags_of

SET = 2_000

_TEXTS = (
    "number", "channel", "status", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district",
    "address", "postcode", "seller_memo", "buyer_message", "close_reason", "payment_number",
    "checked_by",
)  # fmt: skip
_AMOUNTS = ("goods_amount", "discount", "goods_less_discount", "freight", "payable", "paid", "refunded", "paid_out")
_TIMES = ("created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by", "checked_at")
_PLAIN = ("flag", "quantity")
_TRUTHS = ("masked", "address_edited", "part_shipped")
_FACTS = ("tags", "lines_unknown", "shortage", "unmatched", "open_cases", "approvals", "platform_status", "unchecked")

KEYS: tuple[str, ...] = (
    "number", "channel", "status", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district",
    "address", "postcode", "masked", "address_edited", "flag", "tags", "goods_amount", "discount", "goods_less_discount",
    "goods_paid", "freight", "payable", "paid", "paid_cell", "refunded", "paid_out", "payment_number", "quantity",
    "created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "close_reason", "ship_by", "checked_at", "checked_by", "part_shipped",
    "seller_memo", "buyer_message", "blockers", "lines", "parcels",
)  # fmt: skip
"""All keys of an order, in the order in which they are printed."""

_COLUMNS = (*_TEXTS, *_AMOUNTS, *_TIMES, *_PLAIN, *_TRUTHS, *_FACTS)
_ASKED = {"channel": "c.code", "unchecked": UNCHECKED}
_ORDERS = f"""
SELECT o.id, {", ".join(_ASKED.get(name, f"o.{name}") for name in _COLUMNS)}
FROM json_each(?) wanted CROSS JOIN orders o ON o.id = wanted.value JOIN channel c ON c.id = o.channel_id ORDER BY wanted.key
"""  # noqa: S608 (constants)
_LINES = """
SELECT l.order_id, l.number, g.title, g.properties, g.code, g.item_id, l.quantity, l.price, l.payable, l.paid, l.refunded,
       l.refund_state, l.refund_asked, l.platform_status, l.shipped_at, l.parcel_carrier, l.parcel_number, l.shipped, l.cancelled
FROM json_each(?) wanted CROSS JOIN order_line l ON l.order_id = wanted.value JOIN listing g ON g.id = l.listing_id
ORDER BY l.order_id, l.position
"""
_PARCELS = """
SELECT k.order_id, p.carrier, p.carrier_name, p.tracking_number
FROM json_each(?) wanted CROSS JOIN parcel_order k ON k.order_id = wanted.value JOIN parcel p ON p.id = k.parcel_id
WHERE p.state <> 'void' ORDER BY k.order_id, p.id
"""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OrdersAnswer:
    """`count` and the totals (fen; `total_paid` gross of refunds) are of the whole result, `orders` of what the limit left."""

    count: int
    total_paid: int
    total_refunded: int
    orders: Sequence[Json]


@dataclass(frozen=True, slots=True)
class OrdersJson:
    """Search and give JSON. `fields` limits the keys; `take` gets the orders set by set instead of all at the end.

    Raises BadInput for a search, sort or field that can't be understood.
    """

    search: str = ""
    sort: str = ""
    limit: int | None = None
    fields: tuple[str, ...] = ()
    take: Callable[[list[Json]], None] | None = None

    def run(self, reading: Reading) -> OrdersAnswer:
        keys = checked_keys(self.fields)
        totals = totals_where(reading, conditions_of(reading, self.search))
        ids = find_ids(reading, self.search, self.sort, self.limit)
        orders: list[Json] = []
        for start in range(0, len(ids), SET):
            part = orders_json(reading, ids[start : start + SET], keys)
            if self.take is not None:
                self.take(part)
            else:
                orders += part
        return OrdersAnswer(totals.count, totals.paid, totals.refunded, orders)


def checked_keys(fields: Sequence[str]) -> tuple[str, ...]:
    """The keys asked for, all of them if none are. Raises BadInput("json_field_unknown")."""
    for name in fields:
        if name not in KEYS:
            raise BadInput("json_field_unknown", word=name, suggestion=nearest(name, KEYS))
    return tuple(fields) or KEYS


def orders_json(reading: Reading, ids: Sequence[int], keys: Sequence[str] = KEYS) -> list[Json]:
    """The JSON of these orders, in their order: one statement, one more each for lines and parcels where asked."""
    listed = json.dumps(list(ids), separators=(",", ":"))
    wanted = frozenset(keys)
    zone = reading.shop.zone
    lines: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    if wanted & {"lines", "goods_paid"}:
        for line in reading.sql(_LINES, (listed,)):
            lines[line[0]].append(line)
    parcels: dict[int, list[Json]] = defaultdict(list)
    if "parcels" in wanted:
        for order_id, carrier, name, number in reading.sql(_PARCELS, (listed,)):
            parcels[order_id].append({"carrier": carrier, "carrier_name": name or None, "number": number or None})
    orders = []
    for order_id, *values in reading.sql(_ORDERS, (listed,)):
        row = dict(zip(_COLUMNS, values, strict=True))
        full = _order(row, zone, wanted)
        if "goods_paid" in wanted:
            paid = [line[9] for line in lines[order_id]]
            full["goods_paid"] = write_amount(sum(paid)) if paid and None not in paid else None
        if "lines" in wanted:
            full["lines"] = [_line(line, row["status"], row["platform_status"], zone) for line in lines[order_id]]
        if "parcels" in wanted:
            full["parcels"] = parcels[order_id]
        orders.append({key: full[key] for key in keys})
    return orders


def _order(row: Json, zone: str, wanted: frozenset[str]) -> Json:
    full: Json = {name: row[name] or None for name in _TEXTS}
    for name in _AMOUNTS:
        full[name] = _amount(row[name])
    for name in _TIMES:
        if name in wanted:
            full[name] = iso(row[name], zone)
    for name in _PLAIN:
        full[name] = row[name]
    for name in _TRUTHS:
        full[name] = bool(row[name])
    full["tags"] = list(tags_of(row["tags"]))
    # 实付 as an order list writes it, net of refunds: only where that is another sum.
    full["paid_cell"] = _amount(row["paid"] - row["refunded"]) if row["paid"] is not None and row["refunded"] else None
    facts = OrderFacts(
        row["status"],
        bool(row["masked"]),
        row["recipient"],
        row["phone"] + row["tel"],
        row["province"],
        row["address"],
        bool(row["lines_unknown"]),
        row["shortage"],
        row["unmatched"],
        row["open_cases"],
        bool(row["unchecked"]),
        row["approvals"],
    )
    full["blockers"] = list(blockers_of(facts))
    return full


def _amount(fen: int | None) -> str | None:
    return None if fen is None else write_amount(fen)


def _line(line: tuple[Any, ...], order_status: str, platform_status: str | None, zone: str) -> Json:
    (_order_id, number, title, properties, code, item_id, quantity, price, payable, paid, refunded, refund_state, asked, told, at, carrier,
     parcel, shipped, cancelled) = line  # fmt: skip
    return {
        "number": number or None,
        "title": title or None,
        "properties": properties or None,
        "code": code or None,
        "item_id": item_id or None,
        "quantity": quantity,
        "price": _amount(price),
        "payable": _amount(payable),
        "paid": _amount(paid),
        "refunded": _amount(refunded),
        "refund_state": refund_state or None,
        "refund_asked": _amount(asked),
        "status": line_status(
            order_status,
            platform_status,
            told,
            sent_here=at is not None and shipped >= quantity - cancelled > 0,
            called_off=cancelled >= quantity and order_status != Status.CLOSED,
        ),
        "shipped_at": iso(at, zone),
        "parcel": {"carrier": carrier, "number": parcel} if parcel else None,
    }


def line_status(order_status: str, platform_status: str | None, told: str | None, *, sent_here: bool, called_off: bool = False) -> str:
    """What the platform told of the line, unless the order or the line went on here; the order's own where nothing was told.

    A line of which no unit is owed any more is closed, whatever became of the rest of its order.

    The platform's word for a line may lag behind its order's for ever: a gift of an order that it shipped.
    """
    known = [Status(told)] if told else []
    if not told or order_status != platform_status:
        known.append(Status(order_status))
    if sent_here:
        known.append(Status.SHIPPED)
    if called_off:
        known.append(Status.CLOSED)
    return str(max(known, key=RANK.__getitem__))
