"""“Where is my order?”: a polite, true answer to paste into the chat with the buyer. It says only what the shop knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import formats
from desktop.i18n import language, tr
from desktop.views.orders_timeline import carrier_word

if TYPE_CHECKING:
    from services.queries.order_card import OrderCardRow


def reply_of(card: OrderCardRow, now: int, zone: str) -> str:
    """Greeting, how the order stands, what comes next."""
    tail = formats.tail(card.number)
    parts = [tr("Hello!")]
    if card.status == "awaiting_payment":
        parts.append(tr("Your order {number} waits for your payment; we pack it as soon as it is paid.", number=tail))
    elif card.status == "awaiting_shipment":
        parts += _waiting(card, tail, now, zone)
    elif card.status == "shipped":
        parts += _under_way(card, tail, now, zone)
    elif card.status == "completed":
        parts.append(tr("Your order {number} is completed. If anything is not right, tell us and we'll see to it.", number=tail))
    else:
        parts.append(tr("Your order {number} was closed.", number=tail))
        if card.refunded:
            parts.append(tr("{amount} went back to you the way you paid.", amount=formats.money(card.refunded)))
    return ("" if language() == "zh" else " ").join(parts)


def _waiting(card: OrderCardRow, tail: str, now: int, zone: str) -> list[str]:
    parts = [tr("Your order {number} is paid and being packed.", number=tail)]
    if "after_sale_open" in card.blockers:
        return [tr("Your order {number} is paid; it waits for your refund request to be settled.", number=tail)]
    if "shortage" in card.blockers:
        parts = [tr("Your order {number} is paid; a part of it is being restocked right now.", number=tail)]
    if card.ship_by is not None and card.ship_by >= now:
        parts.append(tr("It leaves by {time} at the latest.", time=formats.day_time(card.ship_by, now, zone)))
    elif card.ship_by is not None:
        parts.append(tr("It is later than promised, we are sorry; we are hurrying."))
    if card.part_shipped:
        parts.append(tr("A part is on its way: {parcels}.", parcels=_parcels(card)))
    parts.append(tr("You'll get the tracking number as soon as it has left."))
    return parts


def _under_way(card: OrderCardRow, tail: str, now: int, zone: str) -> list[str]:
    parcels = _parcels(card)
    time = formats.day_time(card.shipped_at, now, zone)
    if not parcels:
        return [tr("Your order {number} left on {time}.", number=tail, time=time)]
    return [
        tr("Your order {number} left on {time}: {parcels}.", number=tail, time=time, parcels=parcels),
        tr("You can follow it on the carrier's site with this number."),
    ]


def _parcels(card: OrderCardRow) -> str:
    known = [parcel for parcel in card.parcels if parcel.tracking_number and parcel.state != "void"]
    return ("；" if language() == "zh" else "; ").join(
        tr("{carrier}, number {number}", carrier=carrier_word(one), number=one.tracking_number) for one in known
    )
