"""Orders that a file brings and that were not there: rows in blocks, one entry for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from services.clock import day_of
from services.commands.caches import refresh_orders
from services.commands.import_parts import Customers, Listings, link_parcels
from services.commands.moves import born
from services.commands.reserving import reserve
from services.db.schema import Discount, MoneyEntry, Order, OrderLine, OrderSource
from services.db.uow import UnitOfWork
from services.domain.order_states import Status
from services.imports.merge import STAMPS, inferred_paid, reached
from services.imports.merge_lines import called_off
from services.imports.plan import NewOrder
from services.imports.records import LineRecord, OrderRecord, ParsedFile
from services.settings import settings_of

BLOCK = 10_000
_QUARTER = 900_000
_SENT = frozenset({"shipped", "completed"})
_MAY = {status.value: frozenset(name for name in STAMPS if reached(status, name)) for status in Status}
"""The times that an order of each status may bear."""


@dataclass(slots=True)
class Filing:
    """The batch that the rows of one file belong to."""

    batch_id: int
    channel_id: int
    parsed: ParsedFile
    kind: str = ""
    days: dict[int, int] = field(default_factory=dict)

    def day(self, uow: UnitOfWork, at: int) -> int:
        """The local day; asked once for each quarter of an hour, at which no zone on earth changes its date."""
        slot = at // _QUARTER
        found = self.days.get(slot)
        if found is None:
            found = self.days[slot] = day_of(at, uow.shop.zone)
        return found


def insert_orders(uow: UnitOfWork, filing: Filing, new: Sequence[NewOrder]) -> None:
    """Insert orders with everything that belongs to them, then set aside what waits to be sent."""
    if not new:
        return
    customers = Customers(uow, filing.channel_id)
    listings = Listings(uow, filing.channel_id)
    promise = int(settings_of(uow)["promise_hours"]) * 3_600_000
    waiting: list[int] = []
    with_lines: list[int] = []
    for start in range(0, len(new), BLOCK):
        block = new[start : start + BLOCK]
        orders = [one.order for one in block]
        owners = customers.of(orders, uow.now)
        rows = [_order_row(uow, filing, order, owner, promise) for order, owner in zip(orders, owners, strict=True)]
        ids = uow.bulk(Order, rows)
        _insert_lines(uow, listings, ids, orders)
        _insert_money(uow, filing, ids, orders)
        link_parcels(
            uow, [(order_id, order.parcels, order.shipped_at) for order_id, order in zip(ids, orders, strict=True) if order.parcels]
        )
        _insert_sources(uow, filing, ids, block)
        with_lines += [order_id for order_id, order in zip(ids, orders, strict=True) if order.lines]
        waiting += [order_id for order_id, order in zip(ids, orders, strict=True) if order.lines and order.status == "awaiting_shipment"]
        uow.progress.step(start + len(block), len(new), "written")
    reserve(uow, waiting)
    refresh_orders(uow, with_lines)


def _order_row(uow: UnitOfWork, filing: Filing, order: OrderRecord, customer_id: int | None, promise: int) -> dict[str, Any]:
    parsed = filing.parsed
    first = [at for at in (order.created_at, order.paid_at, order.shipped_at) if at is not None]
    # A list without times (D1) still needs an order in time: the file's own.
    created = first[0] if first else parsed.file_time
    ship_by = order.ship_by
    if ship_by is None and order.paid_at is not None:
        ship_by = order.paid_at + promise
    status = order.status or "awaiting_payment"
    may = _MAY[status]
    return born(
        {
            "channel_id": filing.channel_id,
            "number": order.number,
            "customer_id": customer_id,
            "buyer_nick": order.buyer_nick or "",
            "recipient": order.recipient or "",
            "phone": order.phone or "",
            "phone_ext": order.phone_ext or "",
            "phone_tail": (order.phone or "")[-4:],
            "tel": order.tel or "",
            "province": order.province or "",
            "city": order.city or "",
            "district": order.district or "",
            "address": order.address or "",
            "postcode": order.postcode or "",
            "masked": order.masked,
            "address_edited": order.address_edited,
            "flag": order.flag or 0,
            "tags": order.tags or "",
            "seller_memo": order.seller_memo or "",
            "buyer_message": order.buyer_message or "",
            "goods_amount": order.goods_amount,
            "discount": order.discount,
            "goods_less_discount": order.goods_less_discount,
            "freight": order.freight,
            "payable": order.payable,
            "paid": paid_of(order),
            "refunded": order.refunded or 0,
            "platform_discount": order.platform_discount or 0,
            "paid_out": order.paid_out,
            "payment_number": order.payment_number or "",
            "quantity": order.quantity,
            "created_at": created,
            "paid_at": order.paid_at,
            "shipped_at": order.shipped_at if "shipped_at" in may else None,
            "completed_at": order.completed_at if "completed_at" in may else None,
            "closed_at": order.closed_at if "closed_at" in may else None,
            "ship_by": ship_by,
            "created_day": filing.day(uow, created),
            "paid_day": None if order.paid_at is None else filing.day(uow, order.paid_at),
            "close_reason": (order.close_reason or "") if status == "closed" else "",
            "lines_unknown": not order.lines,
            "part_shipped": order.part_shipped,
            "platform_status": status,
            "platform_seen_at": parsed.file_time,
        },
        status,
    )


def paid_of(order: OrderRecord) -> int | None:
    """Gross of refunds, which it never is below; where only a goods list is known, what its lines brought."""
    if order.paid is None:
        return inferred_paid(order)
    return max(order.paid, order.refunded or 0)


def line_row(
    order_id: int, position: int, line: LineRecord, listing: tuple[int, int | None], order_status: str, order_shipped: bool
) -> dict[str, Any]:
    """A line as it comes in. What the platform sent before we knew of it moves no stock (domain.md, stock)."""
    off = called_off(line) and not order_shipped
    gone = (
        (line.status or order_status) in _SENT
        or order_status in _SENT
        or line.shipped_at is not None
        or (order_status == "closed" and order_shipped)
    )
    return {
        "order_id": order_id,
        "position": position,
        "number": line.number or "",
        "listing_id": listing[0],
        "sku_id": listing[1],
        "quantity": line.quantity,
        "price": line.price or 0,
        "payable": line.payable,
        "paid": line.paid,
        "refunded": line.refunded or 0,
        "refund_state": line.refund_state or "",
        "refund_asked": line.refund_asked,
        "platform_status": line.status,
        "shipped_at": line.shipped_at,
        "parcel_carrier": line.parcel.carrier if line.parcel else "",
        "parcel_number": line.parcel.number if line.parcel else "",
        "shipped": line.quantity if gone and not off else 0,
        "cancelled": line.quantity if off else 0,
    }


def line_discount(order_id: int, line_id: int, line: LineRecord) -> dict[str, Any] | None:
    """What the shop took off a line: price × quantity less what the buyer owes for it."""
    if line.payable is None or line.price is None or line.price * line.quantity == line.payable:
        return None
    return discount_row(order_id, line_id, "shop", line.price * line.quantity - line.payable)


def discount_row(order_id: int, line_id: int | None, payer: str, amount: int) -> dict[str, Any]:
    return {"order_id": order_id, "line_id": line_id, "payer": payer, "amount": amount, "name": ""}


def money_row(order_id: int, kind: str, amount: int, at: int, batch_id: int) -> dict[str, Any]:
    """An entry of the journal from a file, signed as the merchant's; one of a kind per order and batch."""
    return {"order_id": order_id, "kind": kind, "amount": amount, "at": at, "source": "platform", "key": f"B{batch_id}:{order_id}:{kind}"}


def _insert_lines(uow: UnitOfWork, listings: Listings, ids: Sequence[int], orders: Sequence[OrderRecord]) -> None:
    lines = [(order_id, order, place, line) for order_id, order in zip(ids, orders, strict=True) for place, line in enumerate(order.lines)]
    if not lines:
        return
    found = listings.of([line for _order_id, _order, _place, line in lines])
    rows = [
        line_row(order_id, place, line, listing, order.status or "", order.shipped_at is not None)
        for (order_id, order, place, line), listing in zip(lines, found, strict=True)
    ]
    line_ids = uow.bulk(OrderLine, rows)
    off = [line_discount(order_id, line_id, line) for line_id, (order_id, _order, _place, line) in zip(line_ids, lines, strict=True)]
    uow.bulk(Discount, [row for row in off if row])


def _insert_money(uow: UnitOfWork, filing: Filing, ids: Sequence[int], orders: Sequence[OrderRecord]) -> None:
    entries: list[dict[str, Any]] = []
    discounts: list[dict[str, Any]] = []
    for order_id, order in zip(ids, orders, strict=True):
        at = order.paid_at or order.created_at or filing.parsed.file_time
        refunded = order.refunded or 0
        paid = paid_of(order)
        if paid:
            entries.append(money_row(order_id, "payment", paid, at, filing.batch_id))
        if refunded:
            entries.append(money_row(order_id, "refund", -refunded, filing.parsed.file_time, filing.batch_id))
        if order.platform_discount:
            discounts.append(discount_row(order_id, None, "platform", order.platform_discount))
        if order.discount and not order.lines:
            discounts.append(discount_row(order_id, None, "shop", order.discount))
    uow.bulk(MoneyEntry, entries)
    uow.bulk(Discount, discounts)


def _insert_sources(uow: UnitOfWork, filing: Filing, ids: Sequence[int], block: Sequence[NewOrder]) -> None:
    parsed = filing.parsed
    uow.bulk(
        OrderSource,
        [
            {
                "order_id": order_id,
                "kind": filing.kind or parsed.kind,
                "batch_id": filing.batch_id,
                "row": one.order.row,
                "file_time": parsed.file_time,
                "digest": one.digest,
                "told": one.told.decode("utf-8", "surrogatepass"),
            }
            for order_id, one in zip(ids, block, strict=True)
        ],
    )
