"""Orders as rows of a file: one row an order, or one a line with its order's facts beside it. The rows are read in sets."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from services.domain import carriers
from services.queries.order_json import line_status

if TYPE_CHECKING:
    from services.db.reading import Reading
    from services.params import Shop

SET = 2_000
"""Orders read at a time: a set is one short read transaction."""

Row = dict[str, Any]

_PLAIN = (
    "number", "status", "part_shipped", "flag", "tags", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city",
    "district", "address", "postcode", "address_edited", "masked", "quantity", "goods_amount", "discount", "goods_less_discount",
    "freight", "payable", "paid", "refunded", "platform_discount", "paid_out", "payment_number", "created_at", "paid_at", "ship_by",
    "shipped_at", "completed_at", "closed_at", "checked_at", "close_reason", "close_note", "seller_memo", "buyer_message",
    "platform_status",
)  # fmt: skip
_ORDERS = f"""
SELECT o.id, c.code, {", ".join(f"o.{name}" for name in _PLAIN)}
FROM json_each(?) wanted CROSS JOIN orders o ON o.id = wanted.value JOIN channel c ON c.id = o.channel_id ORDER BY wanted.key
"""  # noqa: S608 (constants)
_OF_LINES = (
    "number", "title", "properties", "code", "item_id", "sku", "quantity", "price", "payable", "paid", "refunded", "refund_state",
    "refund_asked", "told", "shipped_at", "parcel", "tracking_number", "shipped", "cancelled", "shortage",
)  # fmt: skip
_LINES = """
SELECT l.order_id, l.number, g.title, g.properties, g.code, g.item_id, coalesce(s.code, ''), l.quantity, l.price, l.payable, l.paid,
       l.refunded, l.refund_state, l.refund_asked, l.platform_status, l.shipped_at, l.parcel_carrier, l.parcel_number, l.shipped,
       l.cancelled, l.shortage
FROM json_each(?) wanted CROSS JOIN order_line l ON l.order_id = wanted.value
JOIN listing g ON g.id = l.listing_id LEFT JOIN sku s ON s.id = l.sku_id
ORDER BY wanted.key, l.position
"""
_PARCELS = """
SELECT k.order_id, p.carrier, p.carrier_name, p.tracking_number
FROM json_each(?) wanted CROSS JOIN parcel_order k ON k.order_id = wanted.value JOIN parcel p ON p.id = k.parcel_id
WHERE p.state <> 'void' ORDER BY k.order_id, p.id
"""


class Door(Protocol):
    """The Desk, as far as an export needs it."""

    @property
    def shop(self) -> Shop: ...

    def read(self, query: Any, /) -> Any: ...

    def must(self, permission: str, /) -> None: ...


@dataclass(frozen=True, slots=True)
class ExportRows:
    """Query: these orders in full, in the order of the ids. Money in fen, times in ms, codes as they are.

    `lines`: each has `lines`, a list of rows with keys `line.…`; an order whose lines nobody knows has none.
    """

    ids: Sequence[int]
    lines: bool = False

    def run(self, reading: Reading) -> list[Row]:
        listed = json.dumps(list(self.ids), separators=(",", ":"))
        lines: dict[int, list[Row]] = defaultdict(list)
        for order_id, *values in reading.sql(_LINES, (listed,)):
            lines[order_id].append(dict(zip(_OF_LINES, values, strict=True)))
        parcels: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        for order_id, carrier, name, number in reading.sql(_PARCELS, (listed,)):
            parcels[order_id].append((carrier, name, number))
        rows = []
        for order_id, channel, *values in reading.sql(_ORDERS, (listed,)):
            row: Row = dict(zip(_PLAIN, values, strict=True))
            row["channel"] = channel
            row["goods"] = "; ".join(_said(line) for line in lines[order_id])
            row["income"] = None if row["paid"] is None else row["paid"] + row["platform_discount"] - row["refunded"]
            numbered = [parcel for parcel in parcels[order_id] if parcel[2]]
            row["carrier"] = tuple((code, name) for code, name, _number in numbered or parcels[order_id])
            row["tracking_number"] = ", ".join(number for _code, _name, number in numbered)
            if self.lines:
                row["lines"] = [_line(line, row) for line in lines[order_id]]
            rows.append(row)
        return rows


def _said(line: Row) -> str:
    return " ".join(filter(None, (line["title"], line["properties"], line["code"] and f"[{line['code']}]", f"× {line['quantity']}")))


def _line(line: Row, order: Row) -> Row:
    status = line_status(
        order["status"],
        order["platform_status"],
        line["told"],
        sent_here=line["shipped_at"] is not None and line["shipped"] >= line["quantity"] - line["cancelled"] > 0,
        called_off=line["cancelled"] >= line["quantity"] and order["status"] != "closed",
    )
    carrier = ((line["parcel"], ""),) if line["tracking_number"] else ()
    return {f"line.{name}": value for name, value in line.items()} | {"line.status": status, "line.carrier": carrier}


def carrier_words(parcels: Sequence[tuple[str, str]], lang: str) -> str:
    """The carriers of these (code, a file's name for it), one name for all or one for each number, so that an import can tell them apart."""
    names = [_carrier_word(code, name, lang) for code, name in parcels]
    return ", ".join(names[:1] if len(set(names)) == 1 else names)


def _carrier_word(code: str, name: str, lang: str) -> str:
    """A name by which the carrier is found again: a file's own, ours, or the code."""
    plain = " ".join(re.sub(r"[,，、;；]", " ", name).split())
    if plain and (code == "OTHER" or (lang == "zh" and (found := carriers.find(plain)) is not None and found.code == code)):
        return plain
    carrier = carriers.BY_CODE.get(code)
    return code if carrier is None else carrier.zh if lang == "zh" else carrier.en


def order_rows(desk: Door, ids: Sequence[int]) -> Iterator[Row]:
    """One row an order."""
    for start in range(0, len(ids), SET):
        yield from desk.read(ExportRows(ids[start : start + SET]))


def line_rows(desk: Door, ids: Sequence[int]) -> Iterator[Row]:
    """One row a line, with its order's facts; an order without lines has one row without goods."""
    for start in range(0, len(ids), SET):
        for order in desk.read(ExportRows(ids[start : start + SET], lines=True)):
            lines: list[Row] = order["lines"] or [{}]
            for line in lines:
                yield order | line
