"""Orders as a file: one row each, with everything that the shop knows of it. Columns as data; the rows are read in sets."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from services.exports.pipeline import Written, format_of, write_file
from services.exports.table import Cell, Column, Kind
from services.progress import SILENT, Progress
from services.words import term

if TYPE_CHECKING:
    from services.db.reading import Reading
    from services.params import Shop

SET = 2_000
"""Orders read at a time: a set is one short read transaction."""

T = TypeVar("T")

_TEXTS = (
    "number", "channel", "status", "flag", "tags", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district",
    "address", "postcode",
)  # fmt: skip
_AMOUNTS = ("goods_amount", "discount", "freight", "payable", "paid", "refunded")
_TIMES = ("created_at", "paid_at", "ship_by", "shipped_at", "completed_at", "closed_at")
_NOTES = ("close_reason", "seller_memo", "buyer_message")
_COLUMNS = (*_TEXTS, "quantity", *_AMOUNTS, *_TIMES, *_NOTES)

_ORDERS = f"""
SELECT o.id, {", ".join("c.code" if name == "channel" else f"o.{name}" for name in _COLUMNS)}
FROM json_each(?) wanted CROSS JOIN orders o ON o.id = wanted.value JOIN channel c ON c.id = o.channel_id ORDER BY wanted.key
"""  # noqa: S608 (constants)
_LINES = """
SELECT l.order_id, g.title, g.properties, g.code, l.quantity
FROM json_each(?) wanted CROSS JOIN order_line l ON l.order_id = wanted.value JOIN listing g ON g.id = l.listing_id
ORDER BY l.order_id, l.position
"""
_PARCELS = """
SELECT k.order_id, p.carrier, p.carrier_name, p.tracking_number
FROM json_each(?) wanted CROSS JOIN parcel_order k ON k.order_id = wanted.value JOIN parcel p ON p.id = k.parcel_id
WHERE p.state <> 'void' ORDER BY k.order_id, p.id
"""

_TITLES: dict[str, tuple[str, str]] = {
    "number": ("Order number", "订单号"),
    "channel": ("Channel", "渠道"),
    "status": ("Status", "状态"),
    "flag": ("Flag", "旗帜"),
    "tags": ("Tags", "标签"),
    "buyer_nick": ("Buyer", "买家"),
    "recipient": ("Recipient", "收货人"),
    "phone": ("Phone", "手机"),
    "phone_ext": ("Extension", "分机"),
    "tel": ("Landline", "座机"),
    "province": ("Province", "省"),
    "city": ("City", "市"),
    "district": ("District", "区县"),
    "address": ("Address", "详细地址"),
    "postcode": ("Postcode", "邮编"),
    "goods": ("Goods", "商品"),
    "quantity": ("Quantity", "数量"),
    "goods_amount": ("Goods amount", "商品金额"),
    "discount": ("Discount", "优惠"),
    "freight": ("Freight", "运费"),
    "payable": ("Payable", "应付"),
    "paid": ("Paid amount", "实付"),
    "refunded": ("Refunded", "已退款"),
    "created_at": ("Ordered at", "下单时间"),
    "paid_at": ("Paid at", "付款时间"),
    "ship_by": ("Ship by", "最晚发货"),
    "shipped_at": ("Shipped at", "发货时间"),
    "completed_at": ("Completed at", "完成时间"),
    "closed_at": ("Closed at", "关闭时间"),
    "carrier": ("Carrier", "快递公司"),
    "tracking_number": ("Tracking number", "运单号"),
    "close_reason": ("Close reason", "关闭原因"),
    "seller_memo": ("Seller memo", "卖家备注"),
    "buyer_message": ("Buyer message", "买家留言"),
}
_WIDTHS = {"number": 22, "buyer_nick": 16, "phone": 14, "address": 40, "goods": 50, "created_at": 19, "paid_at": 19, "seller_memo": 30}

Row = dict[str, Any]


class Door(Protocol):
    """The Desk, as far as an export needs it."""

    @property
    def shop(self) -> Shop: ...

    def read(self, query: ExportRows) -> list[Row]: ...


@dataclass(frozen=True, slots=True)
class ExportRows:
    """Query: these orders in full, in the order of the ids. Money in fen, times in ms, codes as they are."""

    ids: Sequence[int]

    def run(self, reading: Reading) -> list[Row]:
        listed = json.dumps(list(self.ids), separators=(",", ":"))
        goods: dict[int, list[str]] = defaultdict(list)
        for order_id, title, properties, code, quantity in reading.sql(_LINES, (listed,)):
            goods[order_id].append(" ".join(filter(None, (title, properties, code and f"[{code}]", f"× {quantity}"))))
        parcels: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for order_id, carrier, name, number in reading.sql(_PARCELS, (listed,)):
            parcels[order_id].append((name or carrier, number))
        rows = []
        for order_id, *values in reading.sql(_ORDERS, (listed,)):
            row = dict(zip(_COLUMNS, values, strict=True))
            row["goods"] = "; ".join(goods[order_id])
            row["carrier"] = ", ".join(dict.fromkeys(name for name, _number in parcels[order_id]))
            row["tracking_number"] = ", ".join(number for _name, number in parcels[order_id])
            rows.append(row)
        return rows


def order_columns(lang: str) -> tuple[Column, ...]:
    """The columns of an orders file; titles, statuses and flags in words of `lang`."""

    def column(name: str, kind: Kind, value: Callable[[Any], Cell] | None = None) -> Column:
        return Column(name, _TITLES[name][1 if lang == "zh" else 0], kind, value or (lambda row: row[name]), _WIDTHS.get(name, 14))

    def worded(name: str, terms: str) -> Callable[[Any], Cell]:
        return lambda row: term(terms, str(row[name]), lang) if row[name] not in {None, ""} else ""

    words = {"status": worded("status", "status"), "flag": worded("flag", "flag"), "close_reason": worded("close_reason", "close_reason")}
    return (
        *(column(name, Kind.TEXT, words.get(name)) for name in _TEXTS),
        column("goods", Kind.TEXT),
        column("quantity", Kind.COUNT),
        *(column(name, Kind.MONEY) for name in _AMOUNTS),
        *(column(name, Kind.TIME) for name in _TIMES),
        column("carrier", Kind.TEXT),
        column("tracking_number", Kind.TEXT),
        *(column(name, Kind.TEXT, words.get(name)) for name in _NOTES),
    )


def export_orders(desk: Door, ids: Sequence[int], path: Path, lang: str, progress: Progress = SILENT) -> Written:
    """Write these orders to `path`, in the order of the ids. Raises what `write_file` raises."""
    format_of(path)

    def rows() -> Iterator[Row]:
        for start in range(0, len(ids), SET):
            yield from desk.read(ExportRows(ids[start : start + SET]))

    return write_file(path, order_columns(lang), rows(), zone=desk.shop.zone, lang=lang, total=len(ids), progress=progress)
