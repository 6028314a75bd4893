"""What comes out of a file: orders, lines, parcels and goods as plain values with the names of the command line's JSON.

Money in fen, times in ms since 1970 UTC, words stripped with `\\n` line breaks. None means: the cell is empty, or the file
has no such column; `ParsedFile.knows` tells the two apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from services.imports.options import Guess

SHOWN = 200


class ParcelRecord(NamedTuple):
    """`carrier` is a code of services.domain.carriers, OTHER where the name is unknown; `carrier_name` is the file's word."""

    carrier: str
    carrier_name: str
    number: str

    @property
    def nameless(self) -> bool:
        """Whether nobody told who carries it."""
        return self.carrier == "OTHER" and not self.carrier_name


class LineRecord(NamedTuple):
    """One goods of an order. `number` is the platform's 子订单编号; `properties` with half-width `:` and `;`."""

    row: int
    number: str | None
    title: str | None
    properties: str | None
    code: str | None
    item_id: str | None
    quantity: int
    price: int | None
    payable: int | None
    paid: int | None
    refunded: int | None
    refund_state: str | None
    refund_asked: int | None
    status: str | None
    shipped_at: int | None
    parcel: ParcelRecord | None


class OrderRecord(NamedTuple):
    """One order as a file tells it. `row` is its (first) row, the heading row being 1.

    `paid` is gross of refunds whatever the file wrote (reference/taobao.md 2.3, quirk 13); `paid_cell` is the 实付 as
    written where it differs. `platform_discount` is what the platform gave (天猫卡券抵扣): no part of `payable`.
    """

    row: int
    number: str
    status: str | None
    part_shipped: bool
    buyer_nick: str | None
    recipient: str | None
    phone: str | None
    phone_ext: str | None
    tel: str | None
    province: str | None
    city: str | None
    district: str | None
    address: str | None
    postcode: str | None
    address_note: str | None
    address_edited: bool
    masked: bool
    flag: int | None
    seller_memo: str | None
    buyer_message: str | None
    goods_amount: int | None
    discount: int | None
    goods_less_discount: int | None
    goods_paid: int | None
    freight: int | None
    payable: int | None
    paid: int | None
    paid_cell: int | None
    refunded: int | None
    platform_discount: int | None
    paid_out: int | None
    payment_number: str | None
    quantity: int | None
    created_at: int | None
    paid_at: int | None
    shipped_at: int | None
    completed_at: int | None
    closed_at: int | None
    close_reason: str | None
    ship_by: int | None
    parcels: tuple[ParcelRecord, ...]
    lines: tuple[LineRecord, ...]
    tags: str | None = None


class GoodsRecord(NamedTuple):
    """One row of a goods file. `stock` are units counted, `weight` grams."""

    row: int
    code: str
    title: str | None
    properties: str | None
    barcode: str | None
    item_id: str | None
    bin: str | None
    price: int | None
    cost: int | None
    stock: int | None
    weight: int | None


class CaseRecord(NamedTuple):
    """One after-sale case of a platform's refund file. `number` is its 退款编号, `order` the order's number.

    `kind` and `state` are those of our cases; only the state `refunded` is money. `amount` is what is given back or asked
    for. `phase` is onsale or aftersale, `fault` buyer or seller as the platform judged, `whole_line` 全部退款.
    """

    row: int
    number: str
    order: str
    state: str
    kind: str
    amount: int
    reason: str | None
    words: str | None
    phase: str | None
    fault: str | None
    requested_at: int | None
    done_at: int | None
    deadline_at: int | None
    whole_line: bool
    title: str | None
    code: str | None
    item_id: str | None
    parcel_back: ParcelRecord | None


class WaybillRecord(NamedTuple):
    """One row of a tracking file: the parcel of an order."""

    row: int
    order: str
    parcel: ParcelRecord


class BookingRecord(NamedTuple):
    """One booking of an account file, see services.db.schema.money.MoneyRecord. `order` is the platform's order number."""

    row: int
    flow: str
    order: str | None
    line: str | None
    kind: str
    amount: int
    at: int
    description: str | None
    counterpart: str | None
    balance: int | None


class CountRecord(NamedTuple):
    """One counted SKU of a stocktake, by merchant code or barcode ("" where the sheet has none); `expected` is the sheet's own figure."""

    row: int
    code: str
    barcode: str
    counted: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that does not come in. `column` is the heading as in the file, None for the whole row; `code` picks the words."""

    row: int
    column: str | None
    value: str | None
    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at that keeps nothing out; row None concerns the whole file."""

    row: int | None
    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class ParsedFile:
    """A file up to cleaned records, before the shop is asked. `rows` counts data records, rejected ones included.

    `kind` is one of services.imports.headings.Kind; `format` the report's key, such as `taobao.orders.g4`. `raw` are zlib blocks of
    JSON [[cell, …], …] with the number of their first row and how many rows: provenance of every value. `sources` are the
    headings under which each target stands. `guess` is how it was read.
    """

    path: Path
    format: str
    kind: str
    platform: str
    zone: str
    authority: int
    encoding: str
    sheet: str
    headings: list[str]
    unknown_headings: list[str]
    knows: frozenset[str]
    rows: int
    file_time: int
    file_hash: str
    orders: list[OrderRecord]
    goods: list[GoodsRecord]
    rejected: list[Reject]
    warnings: list[Warned]
    raw: list[tuple[int, int, bytes]]
    channel: str = ""
    shop_name: str = ""
    heading_row: int = 1
    cases: list[CaseRecord] = field(default_factory=list)
    waybills: list[WaybillRecord] = field(default_factory=list)
    bookings: list[BookingRecord] = field(default_factory=list)
    counts: list[CountRecord] = field(default_factory=list)
    complete: bool | None = None
    refused: frozenset[str] = frozenset()
    """Numbers of orders that rejected rows name."""
    sources: dict[str, list[str]] = field(default_factory=dict)
    guess: Guess | None = None
    channels: dict[int, str] = field(default_factory=dict)
    """Codes of the orders' channels by their first row, where a file tells them (services.imports.plan_channels)."""


def shown(value: str) -> str:
    """A cell as it is told to a person: damaged bytes as \\xNN, at most 200 characters."""
    plain = "".join(f"\\x{ord(char) - 0xDC00:02X}" if 0xDC00 <= ord(char) <= 0xDCFF else char for char in value[: SHOWN + 1])
    return plain if len(plain) <= SHOWN else plain[:SHOWN] + "…"
