"""One order with all that belongs to it: what the panel beside the table shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.db.reading import Reading
from services.db.stale_prints import STALE
from services.db.unchecked import UNCHECKED
from services.domain.blockers import OrderFacts, blockers_of
from services.errors import NotFound
from services.meanwhile import NOW
from services.search.values import tags_of


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line in the platform's words, and how it stands in our stock. `available` is None while the SKU's stock has not begun.

    `refund_state` and `refund_asked` are what the platform told of a case on this line.
    """

    id: int
    number: str
    title: str
    properties: str
    code: str
    sku_id: int | None
    sku_code: str
    quantity: int
    price: int
    payable: int | None
    paid: int | None
    refunded: int
    refund_state: str
    refund_asked: int | None
    reserved: int
    shipped: int
    cancelled: int
    shortage: int
    available: int | None


@dataclass(frozen=True, slots=True)
class CardDiscount:
    id: int
    payer: str
    amount: int
    name: str
    line_id: int | None


@dataclass(frozen=True, slots=True)
class CardMoney:
    """An entry of the journal, signed as the merchant's."""

    id: int
    kind: str
    amount: int
    at: int
    source: str
    case_id: int | None


@dataclass(frozen=True, slots=True)
class CardParcel:
    """`source`: `here` or `platform`. `together`: other orders in the same parcel."""

    id: int
    carrier: str
    carrier_name: str
    tracking_number: str
    state: str
    source: str
    shipped_at: int | None
    together: int


@dataclass(frozen=True, slots=True)
class CardCase:
    id: int
    kind: str
    state: str
    reason: str
    fault: str
    amount: int
    freight: int
    requested_at: int
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class CardPrint:
    document: str
    copy: int
    at: int


@dataclass(frozen=True, slots=True)
class CardEvent:
    """A step in the order's life, newest first.

    `kind` is `entry` (of the trail: `action`, `entity`, `field`, `old`, `new` as kept) or a moment of the order: `created`,
    `paid`, `shipped`, `completed`, `closed`.
    """

    at: int
    kind: str
    seq: int = 0
    actor: str = ""
    action: str = ""
    entity: str = ""
    field: str = ""
    old: str | None = None
    new: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CardSource:
    """What kind of file last spoke of the order, and where in it."""

    kind: str
    batch_id: int
    file_name: str
    sheet: str
    row: int
    file_time: int
    imported_at: int
    format: str


@dataclass(frozen=True, slots=True)
class OrderCardRow:
    """Money in fen, times in ms UTC, None is not known. `locked` names the fields that no file overwrites any more.
    `approval_id`: the change that waits for approval, 0 for none.
    `stale_print`: it was printed, and then changed. `by_hand`: no platform knows of it; it was made here or in a channel of ours."""

    id: int
    number: str
    channel: str
    channel_name: str
    by_hand: bool
    status: str
    platform_status: str
    customer_id: int | None
    buyer_nick: str
    recipient: str
    phone: str
    phone_ext: str
    tel: str
    province: str
    city: str
    district: str
    address: str
    postcode: str
    masked: bool
    address_edited: bool
    flag: int
    tags: tuple[str, ...]
    seller_memo: str
    buyer_message: str
    goods_amount: int | None
    discount: int | None
    goods_less_discount: int | None
    freight: int | None
    payable: int | None
    paid: int | None
    refunded: int
    platform_discount: int
    paid_out: int | None
    payment_number: str
    quantity: int | None
    created_at: int
    paid_at: int | None
    shipped_at: int | None
    completed_at: int | None
    closed_at: int | None
    ship_by: int | None
    checked_at: int | None
    checked_by: str
    close_reason: str
    close_note: str
    lines_unknown: bool
    part_shipped: bool
    slip_copies: int
    label_copies: int
    locked: tuple[str, ...]
    version: int
    late: bool
    approval_id: int
    stale_print: bool
    blockers: tuple[str, ...]
    buyer_orders: int
    tier: str
    lines: tuple[CardLine, ...]
    discounts: tuple[CardDiscount, ...]
    money: tuple[CardMoney, ...]
    parcels: tuple[CardParcel, ...]
    cases: tuple[CardCase, ...]
    prints: tuple[CardPrint, ...]
    timeline: tuple[CardEvent, ...]
    sources: tuple[CardSource, ...]

    @property
    def income(self) -> int:
        """What the order brings: paid and platform discounts less what went back (domain.md, money of an order)."""
        return (self.paid or 0) + self.platform_discount - self.refunded


MOST_EVENTS = 200

_ORDER_COLUMNS = (
    "id", "number", "status", "platform_status", "customer_id", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province",
    "city", "district", "address", "postcode", "masked", "address_edited", "flag", "tags", "seller_memo", "buyer_message",
    "goods_amount", "discount", "goods_less_discount", "freight", "payable", "paid", "refunded", "platform_discount", "paid_out",
    "payment_number", "quantity", "created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by", "checked_at", "checked_by", "close_reason",
    "close_note", "lines_unknown", "part_shipped", "slip_copies", "label_copies", "locked", "version", "shortage", "unmatched",
    "open_cases", "approvals",
)  # fmt: skip
_ORDER = f"""
SELECT {", ".join(NOW if name == "version" else f"o.{name}" for name in _ORDER_COLUMNS)}, {UNCHECKED}, {STALE}, c.code, c.shop_name, c.platform = 'manual',
       CASE WHEN o.buyer_nick = '' OR instr(o.buyer_nick, '*') THEN 1
       ELSE (SELECT count(*) FROM (SELECT 1 FROM orders n WHERE n.buyer_nick = o.buyer_nick AND n.channel_id = o.channel_id LIMIT 1000)) END,
       coalesce((SELECT t.tier FROM customer t WHERE t.id = o.customer_id), '')
FROM orders o JOIN channel c ON c.id = o.channel_id WHERE o.id = ?
"""  # noqa: S608 (constants)
_LINES = """
SELECT l.id, l.number, g.title, g.properties, g.code, l.sku_id, coalesce(s.code, ''), l.quantity, l.price, l.payable, l.paid, l.refunded,
       l.refund_state, l.refund_asked, l.reserved, l.shipped, l.cancelled, l.shortage, v.on_hand - v.reserved
FROM order_line l JOIN listing g ON g.id = l.listing_id LEFT JOIN sku s ON s.id = l.sku_id LEFT JOIN stock_level v ON v.sku_id = l.sku_id
WHERE l.order_id = ? ORDER BY l.position
"""
_ASKED = "SELECT coalesce(max(id), 0) FROM approval WHERE order_id = ? AND state = 'waiting'"
_DISCOUNTS = "SELECT id, payer, amount, name, line_id FROM discount WHERE order_id = ? ORDER BY id"
_MONEY = "SELECT id, kind, amount, at, source, case_id FROM money_entry WHERE order_id = ? ORDER BY id"
_PARCELS = """
SELECT p.id, p.carrier, p.carrier_name, p.tracking_number, p.state, p.source, p.shipped_at,
       (SELECT count(*) - 1 FROM parcel_order n WHERE n.parcel_id = p.id)
FROM parcel_order k JOIN parcel p ON p.id = k.parcel_id WHERE k.order_id = ? ORDER BY p.id
"""
_CASES = """
SELECT id, kind, state, reason, fault, amount, freight, requested_at, ended_at FROM after_sale WHERE order_id = ? ORDER BY id DESC
"""
_PRINTS = "SELECT document, copy, at FROM print_entry WHERE order_id = ? ORDER BY at DESC, id DESC"
_TRAIL = f"""
SELECT at, seq, actor, action, entity, coalesce(field, ''), old, new, coalesce(reason, '') FROM audit_entry
WHERE order_id = ? ORDER BY seq DESC LIMIT {MOST_EVENTS}
"""  # noqa: S608 (a constant)
_SOURCES = """
SELECT f.kind, b.id, b.file_name, coalesce(CASE WHEN json_valid(b.report) THEN json_extract(b.report, '$.sheet') END, ''), f.row,
       f.file_time, b.at, b.format
FROM order_source f JOIN import_batch b ON b.id = f.batch_id WHERE f.order_id = ? ORDER BY b.at DESC, f.id DESC
"""
_MOMENTS = (
    ("created", "created_at"),
    ("paid", "paid_at"),
    ("shipped", "shipped_at"),
    ("completed", "completed_at"),
    ("closed", "closed_at"),
)


@dataclass(frozen=True, slots=True)
class OrderCard:
    """Everything about one order, in ten statements whatever it holds. Raises NotFound("order_not_found")."""

    order_id: int

    def run(self, reading: Reading) -> OrderCardRow:
        rows = reading.sql(_ORDER, (self.order_id,))
        if not rows:
            raise NotFound("order_not_found", number=str(self.order_id))
        *values, unchecked, stale, channel, channel_name, by_hand, buyer_orders, tier = rows[0]
        order = dict(zip(_ORDER_COLUMNS, values, strict=True))
        shortage, unmatched, open_cases, approvals = (order.pop(name) for name in ("shortage", "unmatched", "open_cases", "approvals"))
        for name in ("masked", "address_edited", "lines_unknown", "part_shipped"):
            order[name] = bool(order[name])
        facts = OrderFacts(
            order["status"],
            order["masked"],
            order["recipient"],
            order["phone"] + order["tel"],
            order["province"],
            order["address"],
            order["lines_unknown"],
            shortage,
            unmatched,
            open_cases,
            bool(unchecked),
            approvals,
        )
        order |= {
            "platform_status": order["platform_status"] or "",
            "tags": tags_of(order["tags"]),
            "locked": tuple(filter(None, order["locked"].split(","))),
        }
        return OrderCardRow(
            **order,
            channel=channel,
            channel_name=channel_name or channel,
            by_hand=bool(by_hand),
            approval_id=reading.sql(_ASKED, (self.order_id,))[0][0],
            stale_print=bool(stale),
            late=order["status"] == "awaiting_shipment" and order["ship_by"] is not None and order["ship_by"] < reading.now,
            blockers=blockers_of(facts),
            buyer_orders=buyer_orders,
            tier=tier,
            lines=tuple(CardLine(*row) for row in self._rows(reading, _LINES)),
            discounts=tuple(CardDiscount(*row) for row in self._rows(reading, _DISCOUNTS)),
            money=tuple(CardMoney(*row) for row in self._rows(reading, _MONEY)),
            parcels=tuple(CardParcel(*row) for row in self._rows(reading, _PARCELS)),
            cases=tuple(CardCase(*row) for row in self._rows(reading, _CASES)),
            prints=tuple(CardPrint(*row) for row in self._rows(reading, _PRINTS)),
            timeline=_timeline(order, self._rows(reading, _TRAIL)),
            sources=tuple(CardSource(*row) for row in self._rows(reading, _SOURCES)),
        )

    def _rows(self, reading: Reading, statement: str) -> list[tuple[Any, ...]]:
        return reading.sql(statement, (self.order_id,))


def _timeline(order: dict[str, Any], trail: list[tuple[Any, ...]]) -> tuple[CardEvent, ...]:
    """Entries and moments by time, newest first; of one moment the later entry first, and the order's own step below its entries."""
    events = [CardEvent(row[0], "entry", *row[1:]) for row in trail]
    moments = [CardEvent(order[column], kind) for kind, column in _MOMENTS if order[column] is not None]
    # Steps of one moment keep the order in which they are listed above.
    ranked = [(event.at, 1, event.seq, event) for event in events]
    ranked += [(event.at, 0, place, event) for place, event in enumerate(moments)]
    return tuple(event for *_rank, event in sorted(ranked, key=lambda item: item[:3], reverse=True))
