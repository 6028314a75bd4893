"""Our own exports, read back: every cell exactly as it was written, whichever columns were chosen (services.words.exports).

Words of statuses, flags and the like are read in both languages and as codes. A file of ours is a copy of what a shop knew, no
word of a platform: services.imports.plan_channels keeps it from counting as one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from services.defuse import unguard
from services.imports.clean import (
    Memo,
    Parcels,
    Times,
    parse_carrier,
    parse_code,
    parse_count,
    parse_id,
    parse_money,
    parse_other_id,
    parse_positive_money,
)
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.line_list import EMPTY_ORDER
from services.imports.read import Block
from services.imports.records import LineRecord, OrderRecord, ParcelRecord, Reject, Warned, shown
from services.words import terms

Row = dict[str, Any]
_TEXTS = (
    "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode", "tags", "seller_memo",
    "buyer_message",
)  # fmt: skip
_AMOUNTS = ("goods_amount", "freight", "payable", "paid", "refunded")
_SIGNED = ("discount", "goods_less_discount", "platform_discount", "paid_out")
_TIMES = ("created_at", "paid_at", "ship_by", "shipped_at", "completed_at", "closed_at")
_LINE_AMOUNTS = ("line.price", "line.payable", "line.paid", "line.refunded", "line.refund_asked")
_YES = frozenset({"是", "yes", "y", "true", "1"})
_NO = frozenset({"", "否", "no", "n", "false", "0"})
_OF_PARCELS = ("carrier", "tracking_number")
_NOT_FIELDS = frozenset({"channel", "carrier", "tracking_number"})
_ORDER_FIELDS = frozenset(OrderRecord._fields)


@lru_cache(maxsize=16)
def _codes(kind: str) -> Mapping[str, str]:
    """{a code or its word in either language: the code}."""
    return {word.casefold(): code for code, pair in terms()[kind].items() for word in (code, *pair)}


def _coded(kind: str, error: str) -> Callable[[str], str | None]:
    def parse(cell: str) -> str | None:
        plain = cell.strip()
        if not plain:
            return None
        found = _codes(kind).get(plain.casefold())
        if found is None:
            raise ValueError(error)
        return found

    return parse


def close_reason_of(cell: str) -> str | None:
    """A reason of ours by its code; what a platform wrote as it is."""
    plain = cell.strip()
    return _codes("close_reason").get(plain.casefold(), plain) or None


def _flag(cell: str) -> int | None:
    plain = cell.strip()
    if not plain:
        return None
    found = _codes("flag").get(plain.casefold(), plain)
    if not (found.isascii() and found.isdecimal() and int(found) <= 10):
        raise ValueError("flag_unknown")
    return int(found)


def _yes(cell: str) -> bool:
    plain = cell.strip().casefold()
    if plain not in _YES and plain not in _NO:
        raise ValueError("own_yes_or_no")
    return plain in _YES


@dataclass(slots=True)
class _Found:
    """The rows of one number: the order as its first row tells it, all lines; `other` is the first row that tells it otherwise."""

    head: OrderRecord
    rows: list[int]
    lines: list[LineRecord]
    other: int = 0


class OwnList:
    """Reads the blocks of one file of ours; `guarded`: it is text, in which guards stand before what a spreadsheet would mangle."""

    def __init__(self, layout: Layout, zone: str, *, guarded: bool) -> None:
        self._guarded = guarded
        signed, positive, text = Memo(parse_money), Memo(parse_positive_money), Memo(self._text)
        cleaners: dict[str, Cleaner] = {
            "number": Memo(parse_id),
            "channel": Memo(self._channel),
            "status": Memo(_coded("status", "status_unknown")),
            "part_shipped": Memo(_yes),
            "masked": Memo(_yes),
            "address_edited": Memo(_yes),
            "flag": Memo(_flag),
            "quantity": Memo(parse_count),
            "close_reason": Memo(close_reason_of),
            "payment_number": Memo(parse_other_id),
            "carrier": text,
            "tracking_number": text,
            **dict.fromkeys(_TEXTS, text),
            **dict.fromkeys(_AMOUNTS, positive),
            **dict.fromkeys(_SIGNED, signed),
            **{name: Times(zone) for name in _TIMES},
            "line.number": Memo(parse_other_id),
            "line.title": text,
            "line.properties": text,
            "line.code": Memo(self._code),
            "line.item_id": Memo(parse_other_id),
            "line.quantity": Memo(parse_count),
            **dict.fromkeys(_LINE_AMOUNTS, positive),
            "line.refund_state": Memo(_coded("case_state", "refund_state_unknown")),
            "line.status": Memo(_coded("status", "status_unknown")),
            "line.shipped_at": Times(zone),
            "line.carrier": text,
            "line.tracking_number": text,
        }
        self.columns = Columns(layout, cleaners)
        self.has = frozenset(layout.places)
        self.by_lines = "line.quantity" in self.has
        self.with_goods = self.by_lines and "line.title" in self.has
        """Without their names nobody can tell which lines of an order are meant: then the file tells of orders alone."""
        self.orders: list[OrderRecord] = []
        self.channels: dict[int, str] = {}
        self.warnings: list[Warned] = [Warned(None, "own_goods_left")] if self.by_lines and not self.with_goods else []
        self.knows = self._tells()
        self._parcels = Parcels()
        self._found: dict[tuple[str, str], _Found] = {}

    def _tells(self) -> frozenset[str]:
        known = {name for name in self.has - _NOT_FIELDS if "." not in name}
        if "tracking_number" in self.has:
            known.add("parcels")
        if self.with_goods:
            known |= {"lines", "refund_state"}
        return frozenset(known)

    def _text(self, cell: str) -> str | None:
        return (unguard(cell) if self._guarded else cell) or None

    def _code(self, cell: str) -> str | None:
        parse_code(cell)  # raises where the digits are gone
        return self._text(cell)

    @staticmethod
    def _channel(cell: str) -> str:
        plain = cell.strip()
        if not plain:
            raise ValueError("own_channel_missing")
        return plain

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block)
        names = tuple(got)
        for row, values in zip(numbers, zip(*got.values(), strict=True), strict=True):
            found: Row = dict(zip(names, values, strict=True))
            found["row"] = row
            key = found["channel"], found["number"]
            line = (self._line(found),) if self.with_goods and found["line.quantity"] is not None else ()
            head = self._head(found)
            known = self._found.get(key)
            if known is None:
                self._found[key] = _Found(head, [row], list(line))
            else:
                if not known.other and head._replace(row=0) != known.head._replace(row=0):
                    known.other = row
                known.rows.append(row)
                known.lines += line

    def finish(self) -> None:
        """Make an order of the rows of each number; of which one row was rejected, the others are rejected with it."""
        broken = self.columns.rejected_orders
        for (channel, number), found in self._found.items():
            if number in broken:
                self._reject(found, number, "order_incomplete", other=broken[number])
            elif found.other and self.by_lines:
                self._reject(found, number, "own_lines_differ")
            elif found.other:
                self._reject(found, number, "order_twice", other=found.other)
            else:
                if not self.by_lines:
                    self.warnings += [Warned(row, "row_repeated", {"other": found.rows[0]}) for row in found.rows[1:]]
                self.orders.append(found.head._replace(lines=tuple(found.lines)) if found.lines else found.head)
                self.channels[found.rows[0]] = channel
        self._found.clear()

    def _reject(self, found: _Found, number: str, code: str, **facts: str | int) -> None:
        heading = self.columns.layout.places["number"][1]
        self.columns.rejected.extend(Reject(row, heading, shown(number), code, dict(facts)) for row in found.rows)

    def _head(self, row: Row) -> OrderRecord:
        """The order's own fields of a row."""
        head = {name: value for name, value in row.items() if name in _ORDER_FIELDS}
        head["parcels"] = self._parcels_of(row)
        masked = any("*" in (row.get(name) or "") for name in ("buyer_nick", "recipient", "phone", "address"))
        head["masked"] = bool(row.get("masked")) or masked
        return EMPTY_ORDER._replace(**head)

    def _parcels_of(self, row: Row) -> tuple[ParcelRecord, ...]:
        tracking = row.get("tracking_number")
        return self._parcels.several(row.get("carrier") or "", tracking) if tracking else ()

    @staticmethod
    def _line(row: Row) -> LineRecord:
        told = {name.removeprefix("line."): value for name, value in row.items() if name.startswith("line.")}
        tracking = told.pop("tracking_number", None)
        carrier = told.pop("carrier", None)
        told["parcel"] = ParcelRecord(*parse_carrier(carrier or ""), tracking) if tracking else None
        told["refunded"] = told.get("refunded") or None
        return LineRecord(row["row"], *(None,) * (len(LineRecord._fields) - 1))._replace(**told)  # type: ignore[arg-type]
