"""What goes into a document and what comes out: plain frozen values, no database, no ReportLab.

Money is in fen, times in milliseconds since 1970 UTC, places and measures of boxes in millimetres from the top left.
The seller's memo is not among the inputs of a packing slip, so it can't be printed on the buyer's copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of goods; `title` is the short title where the goods have one. `price` is per unit, None where unknown."""

    title: str
    properties: str
    code: str
    bin: str
    quantity: int
    price: int | None = None


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """One order for its packing slip. `copy` is the n-th print of it; above 1 the sheet says so (补打).

    `thanks` are the shop's own words at the foot; the usual ones if empty.
    """

    order_id: int
    number: str
    shop_name: str
    created_at: int | None
    paid_at: int | None
    buyer_nick: str
    recipient: str
    phone: str
    province: str
    city: str
    district: str
    address: str
    postcode: str
    buyer_message: str
    lines: tuple[SlipLine, ...]
    goods_amount: int = 0
    discount: int = 0
    freight: int = 0
    paid: int = 0
    masked: bool = False
    copy: int = 1
    thanks: str = ""


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """One parcel for its address label. `masked`: recipient, phone or address are hidden by the platform."""

    order_id: int
    number: str
    shop_name: str
    recipient: str
    phone: str
    province: str
    city: str
    district: str
    address: str
    postcode: str = ""
    masked: bool = False
    pieces: int = 0
    sender_phone: str = ""
    sender_address: str = ""
    copy: int = 1


class PickShare(NamedTuple):
    """How many units of a line go to one order."""

    number: str
    quantity: int


@dataclass(frozen=True, slots=True)
class PickLine:
    """One SKU at one bin, summed over the orders in `orders`."""

    bin: str
    code: str
    title: str
    properties: str
    quantity: int
    orders: tuple[PickShare, ...]


@dataclass(frozen=True, slots=True)
class PickList:
    """What to fetch, in walking order. `orders` counts the orders, `unknown` those whose goods are not known yet."""

    shop_name: str
    made_at: int
    lines: tuple[PickLine, ...]
    orders: int
    unknown: tuple[str, ...] = ()
    copy: int = 1


class BoxReport(NamedTuple):
    """One box as placed: `x`, `y`, `width`, `height` are what it has, `needed_*` what its content takes.

    `sheet` is the order number (or the document's key), `page` counts from 1 through the file, `font_size` is in
    points and 0 for a barcode, whose needs include the quiet zones.
    """

    sheet: str
    page: int
    name: str
    x: float
    y: float
    width: float
    height: float
    font_size: float
    needed_width: float
    needed_height: float


class Missing(NamedTuple):
    """Characters of one sheet that the font lacks; each was drawn as 〓."""

    order_id: int
    number: str
    characters: str


class Notice(NamedTuple):
    """An order that was refused, or printed with something left out; `code` has its words under `document_notice`."""

    order_id: int
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What was drawn. With no page (nothing given, or all refused) nothing was written to the file."""

    pages: int
    orders: int
    boxes: tuple[BoxReport, ...]
    missing: tuple[Missing, ...]
    refused: tuple[Notice, ...]
    notices: tuple[Notice, ...]


def full_address(province: str, city: str, district: str, address: str) -> str:
    """Region and street in one line; a region that the street text already begins with is not said twice."""
    street = address.strip()
    parts: list[str] = []
    for region in (province.strip(), city.strip(), district.strip()):
        if region and region not in parts and not street.startswith(region):
            parts.append(region)
        elif region and street.startswith(region):
            break
    return " ".join((*parts, street)).strip()
