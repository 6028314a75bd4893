"""A command for tests that places an order the way an import would bring it."""

from __future__ import annotations

from dataclasses import dataclass

from services.commands.caches import refresh_orders
from services.commands.moves import born
from services.commands.reserving import reserve
from services.db.schema import Channel, Listing, MoneyEntry, Order, OrderLine
from services.db.uow import UnitOfWork


@dataclass(frozen=True)
class Place:
    """An order as an import would bring it: goods by listing, money in the journal."""

    lines: tuple[tuple[str, int, int], ...]
    paid: bool
    freight: int
    ship_by: int

    def apply(self, uow: UnitOfWork) -> int:
        channel = uow.sql("SELECT id FROM channel") or [(uow.append(Channel, [{"code": "taobao", "platform": "taobao"}])[0],)]
        goods = sum(units * price for _code, units, price in self.lines)
        total = goods + self.freight
        (count,) = uow.sql("SELECT count(*) FROM orders")[0]
        row = {
            "channel_id": channel[0][0],
            "number": str(5_000_000_000_000_000_000 + count),
            "recipient": "林一",
            "phone": "15400000001",
            "province": "浙江省",
            "address": "文三路 1 号",
            "goods_amount": goods,
            "goods_less_discount": goods,
            "freight": self.freight,
            "payable": total,
            "paid": total if self.paid else None,
            "created_at": uow.now,
            "paid_at": uow.now if self.paid else None,
            "ship_by": self.ship_by,
            "created_day": 739_000,
            "paid_day": 739_000 if self.paid else None,
        }
        (order_id,) = uow.bulk(Order, [born(row, "awaiting_shipment" if self.paid else "awaiting_payment")])
        if self.paid and total:
            uow.bulk(
                MoneyEntry,
                [{"order_id": order_id, "kind": "payment", "amount": total, "at": uow.now, "source": "t", "key": f"p{order_id}"}],
            )
        rows = []
        for place, (code, units, price) in enumerate(self.lines):
            found = uow.sql("SELECT id, sku_id FROM listing WHERE code = ?", (code,))
            if not found:
                skus = uow.sql("SELECT id FROM sku WHERE code = ?", (code,))
                sku = skus[0][0] if skus else None
                (made,) = uow.append(Listing, [{"channel_id": channel[0][0], "code": code, "title": f"货{code}", "sku_id": sku}])
                found = [(made, sku)]
            listing, sku = found[0]
            rows.append({"order_id": order_id, "position": place, "listing_id": listing, "sku_id": sku, "quantity": units, "price": price})
        uow.bulk(OrderLine, rows)
        reserve(uow, [order_id])
        refresh_orders(uow, [order_id])
        return order_id
