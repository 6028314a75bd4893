"""Rows of the tables, as plain dicts, for what the story told. Ids are handed out here where the story has none.

Rows of a table have equal keys and rising ids without gaps, as the unit of work's bulk path asks.
"""

from __future__ import annotations

from typing import Any

from services.clock import day_of
from services.demo.goods import TAOBAO, WECHAT, Ware
from services.demo.orders import DemoCase, DemoOrder, Movement
from services.demo.people import Buyer
from services.demo.story import UNMATCHED, Story
from services.domain.carriers import BY_CODE

Row = dict[str, Any]

_TIERS = {3: "loyal", 7: "regular", 13: "regular"}
"""One buyer in twenty is a good customer, two are known: as a merchant marks them, by the last digits of the row."""

CHANNELS: list[Row] = [
    {"id": TAOBAO, "code": "taobao", "platform": "taobao", "shop_name": "山月茶铺"},
    {"id": WECHAT, "code": "wechat", "platform": "manual", "shop_name": "微信老客"},
]


_GROUPS = (
    ("加急", "status:awaiting_shipment tag:加急", 1),
    ("定制刻字", "status:awaiting_shipment (tag:定制 OR goods:定制)", 5),
    ("江浙沪", "status:awaiting_shipment province:江苏,浙江,上海", 4),
    ("礼盒要贺卡", "status:awaiting_shipment (tag:贺卡 OR memo:贺卡)", 2),
    ("老客户", "status:awaiting_shipment tier:loyal,regular", 3),
)
_TAGS = (("加急", 1), ("定制", 5), ("贺卡", 2), ("预售", 4), ("老客户", 3), ("礼品", 0))


class Rows:
    """Gathers rows by table name until `take` hands them out."""

    def __init__(self, zone: str, seen_at: int) -> None:
        self._zone = zone
        self._seen_at = seen_at
        self._next: dict[str, int] = {}
        self._tables: dict[str, list[Row]] = {}
        self._fees = 0

    def take(self) -> dict[str, list[Row]]:
        taken, self._tables = self._tables, {}
        return taken

    def _id(self, table: str) -> int:
        found = self._next.get(table, 1)
        self._next[table] = found + 1
        return found

    def _put(self, table: str, row: Row) -> None:
        self._tables.setdefault(table, []).append(row)

    # -- the shop --------------------------------------------------------------------------------------------------

    def shop(self, story: Story) -> None:
        """Channels, goods and what the platforms call them; groups and tags as a merchant keeps them."""
        for row in CHANNELS:
            self._put("channel", row)
        for place, (name, search, colour) in enumerate(_GROUPS):
            group = {"id": place + 1, "parent_id": None, "kind": "search", "name": name, "search": search, "sort": "", "colour": colour}
            self._put("order_group", {**group, "position": place})
        for place, (name, colour) in enumerate(_TAGS):
            self._put("tag", {"id": place + 1, "name": name, "colour": colour})
        for ware in story.wares:
            self._put("sku", _sku(ware))
        for channel in (TAOBAO, WECHAT):
            for ware in story.wares:
                self._put("listing", _listing(ware, channel))
        for listing_id, (title, code, _price) in zip(story.unmatched, UNMATCHED, strict=True):
            self._put(
                "listing",
                {
                    "id": listing_id,
                    "channel_id": TAOBAO,
                    "item_id": f"79{listing_id:010d}",
                    "code": code,
                    "properties": "",
                    "title": title,
                    "sku_id": None,
                    "matched_by": "",
                },
            )

    def buyer(self, buyer: Buyer) -> None:
        self._put(
            "customer",
            {
                "id": buyer.customer_id,
                "channel_id": buyer.channel,
                "nick": buyer.nick,
                "masked": buyer.masked,
                "note": "",
                "tier": "" if buyer.masked else _TIERS.get(buyer.customer_id % 20, ""),
                "first_seen_at": buyer.first_seen_at,
            },
        )

    # -- orders ----------------------------------------------------------------------------------------------------

    def order(self, order: DemoOrder) -> None:
        self._put("orders", self._head(order))
        self._lines(order)
        for line, payer, amount, name in order.discounts:
            line_id = line.id if line is not None else None
            self._put(
                "discount",
                {"id": self._id("discount"), "order_id": order.id, "line_id": line_id, "payer": payer, "amount": amount, "name": name},
            )
        if order.paid:
            self._money(order, "payment", order.paid, order.paid_at or order.created_at, f"order:{order.id}:paid")
        self._parcels(order)
        for case in order.cases:
            self._case(order, case)
        if order.status == "completed" and order.channel == TAOBAO and (fee := (order.paid - order.refunded) * 6 // 1000):
            self._money(order, "platform_fee", -fee, order.completed_at or order.created_at, f"order:{order.id}:fee")
        for document, moments in (("slip", order.slips), ("label", order.labels)):
            for copy, at in enumerate(moments, 1):
                self._put(
                    "print_entry", {"id": self._id("print_entry"), "order_id": order.id, "document": document, "copy": copy, "at": at}
                )

    def _head(self, order: DemoOrder) -> Row:
        buyer = order.buyer
        taobao = order.channel == TAOBAO
        refunded = order.refunded
        return {
            "id": order.id,
            "channel_id": order.channel,
            "number": order.number,
            "status": order.status,
            "customer_id": buyer.customer_id,
            "buyer_nick": buyer.nick,
            "recipient": order.recipient,
            "phone": order.phone,
            "phone_ext": "",
            "phone_tail": order.phone[-4:],
            "tel": "",
            "province": buyer.province,
            "city": buyer.city,
            "district": buyer.district,
            "address": order.address,
            "postcode": buyer.postcode,
            "masked": order.masked,
            "address_edited": False,
            "flag": order.flag,
            "tags": order.tags,
            "seller_memo": order.memo,
            "buyer_message": order.message,
            "goods_amount": order.goods_amount,
            "discount": order.discount,
            "goods_less_discount": order.goods_amount - order.discount,
            "freight": order.freight,
            "payable": order.payable,
            "paid": order.paid,
            "refunded": refunded,
            "platform_discount": order.platform_discount,
            "paid_out": order.paid + order.platform_discount - refunded if taobao and order.status == "completed" else None,
            "payment_number": f"{order.created_at}22001{order.id:010d}" if taobao and order.paid else "",
            "quantity": sum(line.quantity for line in order.lines) or order.units,
            "created_at": order.created_at,
            "paid_at": order.paid_at,
            "shipped_at": order.shipped_at,
            "completed_at": order.completed_at,
            "closed_at": order.closed_at,
            "ship_by": order.ship_by,
            "created_day": order.created_day,
            "paid_day": None if order.paid_at is None else day_of(order.paid_at, self._zone),
            "close_reason": order.close_reason,
            "close_note": order.close_note,
            "lines_unknown": order.lines_unknown,
            "part_shipped": order.status == "awaiting_shipment" and bool(order.parcels),
            "platform_status": order.platform_status,
            "platform_seen_at": self._seen_at if taobao else None,
            "goods_summary": order.summary,
            "goods_kinds": len(order.lines),
            "shortage": sum(line.shortage for line in order.lines),
            "unmatched": sum(line.ware is None for line in order.lines),
            "open_cases": sum(case.open for case in order.cases),
            "slip_copies": len(order.slips),
            "label_copies": len(order.labels),
            "locked": "",
            "version": 1,
        }

    def _lines(self, order: DemoOrder) -> None:
        for line in order.lines:
            ware = line.ware
            parcel = next((parcel for parcel in order.parcels if line in parcel.lines), None)
            self._put(
                "order_line",
                {
                    "id": line.id,
                    "order_id": order.id,
                    "position": line.position,
                    "number": f"{order.number[:-4]}{line.position:02d}{order.number[-4:]}" if order.channel == TAOBAO else "",
                    "listing_id": line.listing_id,
                    "sku_id": ware.id if ware is not None else None,
                    "quantity": line.quantity,
                    "price": line.price,
                    "payable": line.payable,
                    "paid": line.paid if order.paid else 0,
                    "refunded": line.refunded,
                    "refund_state": "",
                    "refund_asked": None,
                    "platform_status": order.platform_status,
                    "shipped_at": line.shipped_at,
                    "parcel_carrier": parcel.carrier if parcel else "",
                    "parcel_number": parcel.number if parcel else "",
                    "reserved": line.reserved,
                    "shipped": line.shipped,
                    "cancelled": line.cancelled,
                    "shortage": line.shortage,
                    "unit_cost": None if line.cost is None else line.cost // line.shipped,
                },
            )
            if ware is None or ware.virtual or order.paid_at is None:
                continue
            for units, state, closed_at in (
                (line.shipped, "consumed", line.shipped_at),
                (line.cancelled, "released", order.closed_at),
                (line.reserved, "open", None),
            ):
                if units:
                    self._put(
                        "reservation",
                        {
                            "id": self._id("reservation"),
                            "line_id": line.id,
                            "sku_id": ware.id,
                            "quantity": units,
                            "state": state,
                            "opened_at": order.paid_at,
                            "closed_at": closed_at,
                        },
                    )

    def _money(
        self, order: DemoOrder, kind: str, amount: int, at: int, key: str, *, line_id: int | None = None, case_id: int | None = None,
        parcel_id: int | None = None,
    ) -> None:  # fmt: skip
        self._put(
            "money_entry",
            {
                "id": self._id("money_entry"),
                "order_id": order.id,
                "line_id": line_id,
                "case_id": case_id,
                "parcel_id": parcel_id,
                "kind": kind,
                "amount": amount,
                "at": at,
                "source": "demo",
                "key": key,
                "reverses_id": None,
            },
        )

    def _parcels(self, order: DemoOrder) -> None:
        for parcel in order.parcels:
            parcel.id = self._id("parcel")
            self._put(
                "parcel",
                {
                    "id": parcel.id,
                    "carrier": parcel.carrier,
                    "tracking_number": parcel.number,
                    "carrier_name": BY_CODE[parcel.carrier].zh,
                    "state": "shipped",
                    "source": "here",
                    "shipped_at": parcel.shipped_at,
                    "freight_cost": parcel.freight_cost,
                    "weight": parcel.weight,
                },
            )
            self._put("parcel_order", {"id": self._id("parcel_order"), "parcel_id": parcel.id, "order_id": order.id})
            for line in parcel.lines:
                self._put(
                    "parcel_line",
                    {"id": self._id("parcel_line"), "parcel_id": parcel.id, "line_id": line.id, "quantity": line.shipped},
                )
            self._money(order, "freight_cost", -parcel.freight_cost, parcel.shipped_at, f"parcel:{parcel.id}:freight", parcel_id=parcel.id)

    def _case(self, order: DemoOrder, case: DemoCase) -> None:
        case.id = self._id("after_sale")
        self._put(
            "after_sale",
            {
                "id": case.id,
                "order_id": order.id,
                "kind": case.kind,
                "state": case.state,
                "reason": case.reason,
                "fault": case.fault,
                "amount": case.amount,
                "freight": case.freight,
                "requested_at": case.requested_at,
                "ended_at": case.ended_at,
                "key": f"demo:{case.id}",
            },
        )
        paid_back = case.state == "refunded"
        for part in case.lines:
            self._put(
                "after_sale_line",
                {
                    "id": self._id("after_sale_line"),
                    "case_id": case.id,
                    "line_id": part.line.id,
                    "quantity": part.quantity,
                    "amount": part.amount,
                    "restocked": part.restocked,
                    "damaged": part.damaged,
                },
            )
            if paid_back and part.amount:
                key = f"case:{case.id}:{part.line.id}"
                self._money(order, "refund", -part.amount, case.ended_at or case.requested_at, key, line_id=part.line.id, case_id=case.id)
        if paid_back and case.freight:
            self._money(order, "refund", -case.freight, case.ended_at or case.requested_at, f"case:{case.id}:freight", case_id=case.id)

    # -- stock -----------------------------------------------------------------------------------------------------

    def movement(self, movement: Movement) -> None:
        order, line, parcel, case = movement.order, movement.line, movement.parcel, movement.case
        self._put(
            "stock_movement",
            {
                "id": self._id("stock_movement"),
                "sku_id": movement.ware.id,
                "kind": movement.kind,
                "quantity": movement.quantity,
                "value": movement.value,
                "at": movement.at,
                "order_id": order.id if order else None,
                "line_id": line.id if line else None,
                "case_id": case.id if case else None,
                "parcel_id": parcel.id if parcel else None,
                "batch_id": None,
                "note": movement.note,
            },
        )


def _sku(ware: Ware) -> Row:
    return {
        "id": ware.id,
        "code": ware.code,
        "title": ware.title,
        "properties": ware.properties,
        "barcode": ware.barcode,
        "item_id": ware.item_id,
        "bin": ware.bin,
        "price": ware.price,
        "cost": ware.cost,
        "weight": ware.weight,
        "virtual": ware.virtual,
        "reorder_point": None if ware.virtual else ware.reorder_point,
    }


def _listing(ware: Ware, channel: int) -> Row:
    return {
        "id": ware.listings[channel],
        "channel_id": channel,
        "item_id": ware.item_id if channel == TAOBAO else "",
        "code": ware.code,
        "properties": ware.properties,
        "title": ware.listing if channel == TAOBAO else ware.title,
        "sku_id": ware.id,
        "matched_by": "code",
    }
