"""The goods of the demo shop, from resources/demo/goods.tsv."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from resources import path
from services.money import parse_amount

TAOBAO, WECHAT = 1, 2
"""Ids of the two channels."""

SHORT = ("CP-ZP-40", "WL-GH-250")
"""Goods that run out at the end of the story."""
LONG_TITLE = ("LH-SJ-05", "GW-BC-150")
"""Goods whose title on the platform has 60 characters."""
LESSON, CARD, SAMPLE = "XN-KC-01", "XN-HK-01", "ZP-SY-03"


@dataclass(slots=True)
class Ware:
    """One SKU. `popularity` is relative; `listings` the ids of its listings by channel; the rest is its stock as the story goes on.

    Money in fen; `promised` are units paid for and not yet sent.
    """

    id: int
    code: str
    title: str
    properties: str
    barcode: str
    bin: str
    price: int
    cost: int
    weight: int
    popularity: float
    virtual: bool
    listing: str
    item_id: str
    reorder_point: int = 0
    listings: dict[int, int] = field(default_factory=dict)
    on_hand: int = 0
    value: int = 0
    promised: int = 0
    reserved: int = 0
    damaged: int = 0


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, ...], ...]:
    lines = path("demo/goods.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines[2:])


def wares() -> list[Ware]:
    """Every SKU of the shop, fresh: nothing in stock yet. Ids from 1."""
    made = []
    product: dict[str, str] = {}
    for place, (code, title, properties, barcode, bin_, price, cost, weight, popularity, virtual, listing) in enumerate(_rows(), 1):
        item = product.setdefault(code.rsplit("-", 1)[0], f"7{len(product) * 7_654_321 % 10**11:011d}")
        made.append(
            Ware(
                id=place,
                code=code,
                title=title,
                properties=properties,
                barcode=barcode,
                bin=bin_,
                price=parse_amount(price),
                cost=parse_amount(cost),
                weight=int(weight),
                popularity=float(popularity),
                virtual=virtual == "1",
                listing=listing or title,
                item_id=item,
            )
        )
    return made
