"""An order as it is typed in by hand, before it is one: its fields, what it comes to, and what is wrong with it. No database.

The dialog asks `mistakes_of` while somebody types; the commands ask it again and refuse the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.domain.address_block import read_phone
from services.domain.addresses import official_province
from services.domain.pricing import Totals, totals_of
from services.errors import BadInput, Fact
from services.money import write_amount

MOST_LINES = 100
MOST_UNITS = 100_000
MOST_FEN = 100_000_000_00
"""A hundred million yuan: no price that anybody means."""

METHODS = ("wechat", "alipay", "cash", "transfer", "card", "other")
"""How money came that no platform booked; the journal keeps it as the entry's source."""

_LENGTHS = {
    "buyer_nick": 50,
    "recipient": 50,
    "province": 32,
    "city": 32,
    "district": 32,
    "address": 228,
    "postcode": 10,
    "seller_memo": 1000,
    "buyer_message": 1000,
    "tags": 200,
}


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Goods of an order: a SKU, or with `sku_id` None whatever `title` says. `price` in fen for one unit."""

    sku_id: int | None
    title: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """Everything that a person says of an order. `phone` as typed: a mobile with or without extension, or a land line.

    `discount` and `freight` in fen, the discount borne by the shop. `tags` as the order keeps them.
    """

    buyer_nick: str = ""
    recipient: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    postcode: str = ""
    lines: tuple[DraftLine, ...] = ()
    discount: int = 0
    freight: int = 0
    seller_memo: str = ""
    buyer_message: str = ""
    tags: str = ""

    @property
    def totals(self) -> Totals:
        return totals_of([(line.quantity, line.price) for line in self.lines], self.discount, self.freight)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a field: `lines` or `lines.0.quantity` for goods, else the field's own name. Words: the error `code`."""

    field: str
    code: str
    facts: tuple[tuple[str, Fact], ...] = ()

    @property
    def error(self) -> BadInput:
        return BadInput(self.code, field=self.field, **dict(self.facts))


def mistakes_of(draft: OrderDraft) -> tuple[Mistake, ...]:
    """Every mistake, in the order of the fields; none for an order that may be made."""
    return tuple(_mistakes(draft))


def check(draft: OrderDraft) -> None:
    """Raise BadInput for the first mistake."""
    for mistake in _mistakes(draft):
        raise mistake.error


def _mistakes(draft: OrderDraft) -> Iterator[Mistake]:
    for name, most in _LENGTHS.items():
        text = getattr(draft, name)
        if len(text) > most:
            yield Mistake(name, "draft_too_long", (("most", most),))
        elif any(ord(mark) < 32 and mark not in "\n\t" for mark in text):
            yield Mistake(name, "draft_unprintable")
    if draft.phone.strip() and read_phone(draft.phone) is None:
        yield Mistake("phone", "phone_wrong", (("phone", draft.phone.strip()),))
    if draft.province.strip() and not official_province(draft.province):
        yield Mistake("province", "province_unknown", (("province", draft.province.strip()),))
    if draft.postcode.strip() and not (draft.postcode.strip().isascii() and draft.postcode.strip().isalnum()):
        yield Mistake("postcode", "postcode_wrong", (("postcode", draft.postcode.strip()),))
    if not draft.lines:
        yield Mistake("lines", "goods_needed")
    if len(draft.lines) > MOST_LINES:
        yield Mistake("lines", "goods_too_many", (("most", MOST_LINES),))
    for place, line in enumerate(draft.lines):
        yield from _line_mistakes(place, line)
    goods = sum(line.quantity * line.price for line in draft.lines)
    if draft.discount < 0:
        yield Mistake("discount", "discount_negative")
    elif draft.discount > max(goods, 0):
        yield Mistake("discount", "discount_over_goods", (("discount", write_amount(draft.discount)), ("goods", write_amount(goods))))
    if not 0 <= draft.freight <= MOST_FEN:
        yield Mistake("freight", "freight_wrong", (("freight", write_amount(draft.freight)),))


def _line_mistakes(place: int, line: DraftLine) -> Iterator[Mistake]:
    title = " ".join(line.title.split())
    if line.sku_id is None and not title:
        yield Mistake(f"lines.{place}.title", "line_without_goods", (("line", place + 1),))
    elif len(title) > 200 or not title.isprintable():
        yield Mistake(f"lines.{place}.title", "line_title_wrong", (("line", place + 1), ("most", 200)))
    if not 0 < line.quantity <= MOST_UNITS:
        yield Mistake(
            f"lines.{place}.quantity", "line_quantity_wrong", (("line", place + 1), ("quantity", line.quantity), ("most", MOST_UNITS))
        )
    if not 0 <= line.price <= MOST_FEN:
        yield Mistake(f"lines.{place}.price", "line_price_wrong", (("line", place + 1), ("price", write_amount(line.price))))
