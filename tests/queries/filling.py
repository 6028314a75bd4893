"""Rows put straight into a shop, for questions that need a state and not the way to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.clock import day_of
from services.db.base import Base
from services.db.schema import Channel, Order, OrderLine
from services.db.uow import UnitOfWork
from services.desk import Desk

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Fill:
    """Test command: rows of one table, with one entry for all."""

    model: type[Base]
    rows: Sequence[Row]

    def apply(self, uow: UnitOfWork) -> list[int]:
        return uow.bulk(self.model, self.rows)


@dataclass(frozen=True)
class Change:
    """Test command: fields of rows by id."""

    model: type[Base]
    changes: Mapping[int, Row]

    def apply(self, uow: UnitOfWork) -> int:
        return uow.change(self.model, self.changes)


def fill(desk: Desk, model: type[Base], *rows: Row, action: str | None = None) -> list[int]:
    """Insert rows, each with only the columns it cares for; returns their ids."""
    names = {column.name: column for column in model.__table__.columns}
    wanted = {name for row in rows for name in row}
    wanted |= {name for name, column in names.items() if column.default is None and not column.primary_key}
    blanks = {
        name: (None if names[name].nullable else names[name].default.arg if names[name].default is not None else "") for name in wanted
    }
    return desk.perform(Fill(model, [{**blanks, **row} for row in rows])).value


def channel(desk: Desk, code: str = "taobao") -> int:
    return fill(desk, Channel, {"code": code, "platform": "taobao"})[0]


def order_row(desk: Desk, channel_id: int, number: str, **values: Any) -> dict[str, Any]:
    """A clean paid order that waits for shipment, unless `values` say otherwise."""
    now = desk.clock.now()
    paid_at = values.get("paid_at", now)
    row: dict[str, Any] = {
        "channel_id": channel_id,
        "number": number,
        "status": "awaiting_shipment",
        "buyer_nick": "小明",
        "recipient": "王小明",
        "phone": "13812345678",
        "province": "浙江省",
        "address": "文一路 1 号",
        "lines_unknown": False,
        "paid": 1000,
        "payable": 1000,
        "paid_at": paid_at,
        "paid_day": None if paid_at is None else day_of(paid_at, desk.shop.zone),
        "created_at": now,
        "created_day": day_of(values.get("created_at", now), desk.shop.zone),
    }
    return row | values


def orders(desk: Desk, *rows: Row) -> list[int]:
    return fill(desk, Order, *rows)


def lines(desk: Desk, *rows: Row) -> list[int]:
    return fill(desk, OrderLine, *({"position": 1, "quantity": 1, "price": 1000, **row} for row in rows))
