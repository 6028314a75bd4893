"""What documents print, loaded in sets: packing slips, labels and the pick list of any number of orders."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.db.reading import id_list
from services.documents.data import LabelOrder, SlipLine, SlipOrder
from services.settings import settings_of

if TYPE_CHECKING:
    from services.db.reading import Reading

# What is still to be sent; of an order that is sent or ended, all of it: that is a print for the record.
_DUE = "CASE WHEN o.status = 'awaiting_shipment' THEN l.quantity - l.cancelled - l.shipped ELSE l.quantity - l.cancelled END"

_SLIPS = """
SELECT o.id, o.number, coalesce(nullif(c.shop_name, ''), ''), o.created_at, o.paid_at, o.buyer_nick, o.recipient,
       CASE WHEN o.phone = '' THEN o.tel WHEN o.phone_ext = '' THEN o.phone ELSE o.phone || '-' || o.phone_ext END,
       o.province, o.city, o.district, o.address, o.postcode, o.buyer_message, o.goods_amount, o.discount, o.freight, o.paid, o.masked,
       o.slip_copies, o.label_copies, o.quantity, o.status
FROM orders o JOIN channel c ON c.id = o.channel_id WHERE o.id IN ({ids})
"""
# The buyer's sheet bears the words that the buyer bought by, the shelf's list those of the shelf.
_BOUGHT, _OWN = "coalesce(nullif(g.title, ''), s.title, '')", "coalesce(nullif(s.title, ''), g.title)"
_LINES = f"""
SELECT l.order_id, {{title}}, coalesce(nullif(g.properties, ''), s.properties, ''), coalesce(s.code, g.code),
       coalesce(s.bin, ''), {_DUE}, l.price
FROM order_line l JOIN orders o ON o.id = l.order_id JOIN listing g ON g.id = l.listing_id LEFT JOIN sku s ON s.id = l.sku_id
WHERE l.order_id IN ({{ids}}) AND {_DUE} > 0 ORDER BY l.order_id, l.position
"""  # noqa: S608 (constant text)
_TO_PICK = "SELECT id FROM orders WHERE status = 'awaiting_shipment' AND id IN ({ids})"


@dataclass(frozen=True, slots=True)
class SlipOrders:
    """Packing slips of these orders, in the order given; `copy` is the one that printing them now would be."""

    order_ids: tuple[int, ...]
    title: str = _BOUGHT

    def run(self, reading: Reading) -> tuple[SlipOrder, ...]:
        orders, lines = _loaded(reading, self.order_ids, self.title)
        shop, thanks = reading.shop.name, str(settings_of(reading)["thank_you"])
        return tuple(_slip(orders[order_id], lines[order_id], shop, thanks) for order_id in self.order_ids if order_id in orders)


@dataclass(frozen=True, slots=True)
class LabelOrders:
    """Address labels of these orders, in the order given. The sender is the shop, at its return address."""

    order_ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[LabelOrder, ...]:
        orders, lines = _loaded(reading, self.order_ids)
        sender = str(settings_of(reading)["return_address"])
        shop = reading.shop.name
        return tuple(_label(orders[order_id], lines[order_id], shop, sender) for order_id in self.order_ids if order_id in orders)


@dataclass(frozen=True, slots=True)
class OrdersToPick:
    """What these orders still need, for `pick_list_of`. Only orders awaiting shipment are picked for."""

    order_ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[SlipOrder, ...]:
        waiting = {row[0] for row in reading.each(_TO_PICK, id_list(self.order_ids))}
        return SlipOrders(tuple(order_id for order_id in self.order_ids if order_id in waiting), _OWN).run(reading)


def _loaded(
    reading: Reading, order_ids: Iterable[int], title: str = _BOUGHT
) -> tuple[dict[int, tuple[Any, ...]], Mapping[int, list[SlipLine]]]:
    ids = array("q", id_list(order_ids))
    orders = {row[0]: row for row in reading.each(_SLIPS, ids)}
    lines: dict[int, list[SlipLine]] = defaultdict(list)
    for order_id, *line in reading.each(_LINES.replace("{title}", title), ids):
        lines[order_id].append(SlipLine(*line))
    return orders, lines


def _slip(row: tuple[Any, ...], lines: list[SlipLine], shop: str, thanks: str) -> SlipOrder:
    (order_id, number, channel_shop, created_at, paid_at, nick, recipient, phone, province, city, district, address, postcode, message) = (
        row[:14]
    )
    goods_amount, discount, freight, paid, masked, copies = row[14:20]
    return SlipOrder(
        order_id=order_id,
        number=number,
        shop_name=channel_shop or shop,
        created_at=created_at,
        paid_at=paid_at,
        buyer_nick=nick,
        recipient=recipient,
        phone=phone,
        province=province,
        city=city,
        district=district,
        address=address,
        postcode=postcode,
        buyer_message=message,
        lines=tuple(lines),
        goods_amount=goods_amount or 0,
        discount=discount or 0,
        freight=freight or 0,
        paid=paid or 0,
        masked=bool(masked),
        copy=copies + 1,
        thanks=thanks,
    )


def _label(row: tuple[Any, ...], lines: list[SlipLine], shop: str, sender: str) -> LabelOrder:
    return LabelOrder(
        order_id=row[0],
        number=row[1],
        shop_name=row[2] or shop,
        recipient=row[6],
        phone=row[7],
        province=row[8],
        city=row[9],
        district=row[10],
        address=row[11],
        postcode=row[12],
        masked=bool(row[18]),
        pieces=sum(line.quantity for line in lines) or row[21] or 0,
        sender_address=sender,
        copy=row[20] + 1,
    )
