"""Short ways to fill a test shop: what is not said is ordinary.

    make_order(desk, number="1001", status="awaiting_shipment", lines=[{"title": "马克杯", "code": "CUP-1", "quantity": 2}])

Rows go in through `uow.bulk` as an import's do, with the caches that commands keep. What a guard or an effect does is
tested through the real commands, never by setting its outcome here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.clock import MS_AN_HOUR, day_of, from_local
from services.db.base import Base
from services.db.schema import (
    AfterSale,
    Channel,
    Discount,
    Listing,
    MoneyEntry,
    Order,
    OrderLine,
    Parcel,
    ParcelOrder,
    Sku,
    StockLevel,
    StockMovement,
)
from services.db.uow import UnitOfWork
from services.desk import Desk
from tests.frozen import START

ZONE = "Asia/Shanghai"

Values = Mapping[str, Any]


def at(text: str) -> int:
    """`2026-11-01 10:00` in the shop's zone, as ms since 1970 UTC."""
    return from_local(datetime.fromisoformat(text), ZONE)


@dataclass(frozen=True)
class Fill:
    """A command of the tests: rows of one table, in bulk."""

    model: type[Base]
    rows: Sequence[Values]

    def apply(self, uow: UnitOfWork) -> list[int]:
        return uow.bulk(self.model, self.rows)


@dataclass(frozen=True)
class FillOrders:
    """Orders as `make_order` takes them, many at once; returns their ids."""

    orders: Sequence[Values]
    made: dict[str, int] = field(default_factory=dict)

    def apply(self, uow: UnitOfWork) -> list[int]:
        channels = self._channels(uow)
        listings = self._listings(uow, channels)
        ids: list[int] = []
        for values in self.orders:
            (order_id,) = uow.bulk(Order, [_order_row(values, channels, uow.shop.zone)])
            ids.append(order_id)
            self._lines(uow, order_id, values, channels, listings)
            self._money(uow, order_id, values)
            self._parcels(uow, order_id, values)
            self._cases(uow, order_id, values)
        return ids

    def _channels(self, uow: UnitOfWork) -> dict[str, int]:
        channels = dict(uow.sql("SELECT code, id FROM channel"))
        for code in sorted({values.get("channel", "taobao") for values in self.orders} - set(channels)):
            (channels[code],) = uow.bulk(Channel, [{"code": code, "platform": code, "shop_name": ""}])
        return channels

    def _listings(self, uow: UnitOfWork, channels: Mapping[str, int]) -> dict[tuple[Any, ...], tuple[int, int | None]]:
        known = {
            row[:5]: (row[5], row[6]) for row in uow.sql("SELECT channel_id, item_id, code, properties, title, id, sku_id FROM listing")
        }
        skus = dict(uow.sql("SELECT code, id FROM sku"))
        for values in self.orders:
            for line in values.get("lines", ()):
                words = _listing_words(line, channels[values.get("channel", "taobao")])
                if words not in known:
                    sku_id = skus.get(line.get("sku", words[2]))
                    row = dict(zip(("channel_id", "item_id", "code", "properties", "title"), words, strict=True))
                    (listing_id,) = uow.bulk(Listing, [row | {"sku_id": sku_id, "matched_by": "code" if sku_id else ""}])
                    known[words] = (listing_id, sku_id)
        return known

    def _lines(
        self,
        uow: UnitOfWork,
        order_id: int,
        values: Values,
        channels: Mapping[str, int],
        listings: Mapping[tuple[Any, ...], tuple[int, int | None]],
    ) -> None:
        for position, line in enumerate(values.get("lines", ())):
            listing_id, sku_id = listings[_listing_words(line, channels[values.get("channel", "taobao")])]
            quantity, price = line.get("quantity", 1), line.get("price", 1000)
            ordinary = {
                "number": f"{values['number']}-{position + 1}",
                "payable": quantity * price,
                "paid": quantity * price if _is_paid(values) else 0,
            }
            given = {name: value for name, value in line.items() if name not in {"title", "code", "properties", "item_id", "sku"}}
            keys = {"order_id": order_id, "position": position, "listing_id": listing_id, "sku_id": sku_id}
            uow.bulk(OrderLine, [ordinary | {"quantity": quantity, "price": price} | given | keys])

    def _money(self, uow: UnitOfWork, order_id: int, values: Values) -> None:
        paid, refunded = _paid(values), values.get("refunded", 0)
        for kind, amount in (("payment", paid), ("refund", -refunded)):
            if amount:
                row = {
                    "order_id": order_id,
                    "kind": kind,
                    "amount": amount,
                    "at": START,
                    "source": "test",
                    "key": f"test:{kind}:{order_id}",
                }
                uow.bulk(MoneyEntry, [row])
        for discount in values.get("discounts", ()):
            uow.bulk(Discount, [{"payer": "shop", "name": ""} | dict(discount) | {"order_id": order_id}])

    def _parcels(self, uow: UnitOfWork, order_id: int, values: Values) -> None:
        for parcel in values.get("parcels", ()):
            row = {"carrier": "SF", "carrier_name": "顺丰速运", "shipped_at": values.get("shipped_at")} | dict(parcel)
            (parcel_id,) = uow.bulk(Parcel, [row])
            uow.bulk(ParcelOrder, [{"parcel_id": parcel_id, "order_id": order_id}])

    def _cases(self, uow: UnitOfWork, order_id: int, values: Values) -> None:
        for place, case in enumerate(values.get("cases", ())):
            ordinary = {"kind": "refund_only", "state": "requested", "amount": 100, "requested_at": START, "key": f"{order_id}:{place}"}
            uow.bulk(AfterSale, [ordinary | dict(case) | {"order_id": order_id}])


_NO_COLUMNS = frozenset({"channel", "lines", "parcels", "cases", "discounts"})


def _listing_words(line: Values, channel_id: int) -> tuple[Any, ...]:
    return (channel_id, line.get("item_id", ""), line.get("code", ""), line.get("properties", ""), line.get("title", "商品"))


def _is_paid(values: Values) -> bool:
    return values.get("status", "awaiting_shipment") in {"awaiting_shipment", "shipped", "completed"}


def _paid(values: Values) -> int | None:
    if "paid" in values:
        return values["paid"]  # type: ignore[no-any-return]
    return _payable(values) if _is_paid(values) else 0


def _payable(values: Values) -> int | None:
    if "payable" in values:
        return values["payable"]  # type: ignore[no-any-return]
    goods = sum(line.get("quantity", 1) * line.get("price", 1000) for line in values.get("lines", ()))
    return (goods or 1000) + (values.get("freight") or 0) - (values.get("discount") or 0)


def _order_row(values: Values, channels: Mapping[str, int], zone: str) -> dict[str, Any]:
    lines = values.get("lines", ())
    created_at = values.get("created_at", START - 24 * MS_AN_HOUR)
    paid_at = values.get("paid_at", created_at + MS_AN_HOUR if _is_paid(values) else None)
    phone = values.get("phone", "16800001234")
    row: dict[str, Any] = {
        "status": "awaiting_shipment",
        "buyer_nick": "tb0001",
        "recipient": "王小明",
        "phone": phone,
        "phone_tail": phone[-4:],
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "address": "文三路1号",
        "payable": _payable(values),
        "paid": _paid(values),
        "quantity": sum(line.get("quantity", 1) for line in lines) if lines else None,
        "created_at": created_at,
        "paid_at": paid_at,
        "ship_by": paid_at + 48 * MS_AN_HOUR if paid_at else None,
        "created_day": day_of(created_at, zone),
        "paid_day": day_of(paid_at, zone) if paid_at else None,
        "lines_unknown": not lines,
        "goods_summary": lines[0].get("title", "商品") if lines else "",
        "goods_kinds": len(lines),
        "shortage": sum(line.get("shortage", 0) for line in lines),
        "open_cases": sum(case.get("state", "requested") in {"requested", "agreed", "goods_back"} for case in values.get("cases", ())),
    }
    row |= {name: value for name, value in values.items() if name not in _NO_COLUMNS}
    return row | {"channel_id": channels[values.get("channel", "taobao")]}


def make_orders(desk: Desk, orders: Sequence[Values]) -> list[int]:
    """Orders in one command; see `make_order` for what each may say. Returns their ids."""
    return desk.perform(FillOrders(orders)).value


def make_order(desk: Desk, **values: Any) -> int:
    """One order: any column of `orders`, `channel` (a code), and lists of dicts `lines`, `parcels`, `cases`, `discounts`.

    A line takes `title`, `properties`, `code`, `item_id` (its listing is made or found; a SKU of that code is matched,
    or name one with `sku`) and any column of `order_line`. Money in fen, times in ms (`at("2026-11-01 10:00")`).
    """
    values.setdefault("number", f"{len(desk.read(_Count('orders'))) + 1:019d}")
    return make_orders(desk, [values])[0]


def make_channel(desk: Desk, code: str = "taobao", *, platform: str | None = None, shop_name: str = "") -> int:
    return desk.perform(Fill(Channel, [{"code": code, "platform": platform or code, "shop_name": shop_name}])).value[0]


def make_sku(desk: Desk, code: str, *, stock: int | None = None, value: int = 0, **values: Any) -> int:
    """A SKU; `stock` receives so many units, worth `value` fen in all. Without it the SKU's stock has not begun."""
    row = {"title": code, "price": None, "cost": None, "weight": None, "reorder_point": None} | values
    (sku_id,) = desk.perform(Fill(Sku, [row | {"code": code}])).value
    if stock is not None:
        if stock:
            desk.perform(Fill(StockMovement, [{"sku_id": sku_id, "kind": "receipt", "quantity": stock, "value": value, "at": START}]))
        desk.perform(Fill(StockLevel, [{"sku_id": sku_id, "on_hand": stock, "reserved": 0, "damaged": 0, "value": value}]))
    return sku_id


@dataclass(frozen=True)
class _Count:
    table: str

    def run(self, reading: Any) -> list[Any]:
        return reading.sql(f"SELECT id FROM {self.table}")  # type: ignore[no-any-return]
