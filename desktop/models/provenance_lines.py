"""The list of where the values of an order come from: one line a value, in the order in which the card shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop import formats
from desktop.i18n import language, later, tr
from desktop.models.column import Column, Kind, Pill
from services.words import term
from services.words.provenance import field_name, origin_words, time_of
from services.words.trail import value

if TYPE_CHECKING:
    from services.queries.order_card import OrderCardRow
    from services.queries.provenance import Origin, Provenance

_PERSON = ("buyer_nick", "channel", "tier", "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode")
_MONEY = ("freight", "payable", "paid", "refunded", "platform_discount", "income", "owed", "paid_out", "payment_number")
_TIMES = ("created_at", "paid_at", "ship_by", "shipped_at", "completed_at", "closed_at", "close_reason", "checked_at")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One value and where it comes from. `key` is (field, part) of the origin."""

    id: int
    key: tuple[str, int]
    name: str
    value: str
    origin: Origin
    source: str
    row: str
    time: str
    signs: tuple[Pill, ...]


SOURCE_COLUMNS = (
    Column("name", later("Value of"), Kind.SOFT, lambda row: row.name, width=124),
    Column("value", later("Value"), Kind.TEXT, lambda row: row.value, width=158),
    Column("signs", "", Kind.PILLS, lambda row: row.signs, width=62, tip=lambda row: sign_words(row.origin)),
    Column("source", later("Comes from"), Kind.TEXT, lambda row: row.source, width=0),
    Column("row", later("Row"), Kind.CODE, lambda row: row.row, width=46),
    Column("time", later("Time"), Kind.CODE, lambda row: row.time, width=122),
)


def sign_words(origin: Origin) -> str:
    """What the small signs say: that no file overwrites the value, and that one would."""
    said = []
    if origin.locked:
        said.append(tr("Edited here: no import overwrites it"))
    if origin.differs is not None:
        said.append(tr("A file says otherwise and waits for your decision: {value}", value=origin.differs.theirs or tr("nothing")))
    return "\n".join(said)


def computed_of(told: Provenance) -> dict[str, Origin]:
    """Origins of what the card works out itself, beside those that the query tells."""
    from services.queries.provenance import Origin

    found = {name: Origin(name, "computed") for name in ("tier", "income", "owed")}
    number = told.of("number")
    return found if number is None else found | {"channel": number}


def origin_of(told: Provenance, field: str, part: int = 0) -> Origin | None:
    """Where a value of the card comes from."""
    return told.of(field, part) or (computed_of(told).get(field) if not part else None)


def source_lines(card: OrderCardRow, told: Provenance, zone: str) -> list[SourceLine]:
    """All values of the order that are not empty."""
    found: list[SourceLine] = []
    for field, part, name, words in _values(card, told, zone):
        origin = origin_of(told, field, part)
        if origin is not None and words:
            found.append(_line(len(found), (field, part), name, words, origin, zone))
    return found


def _line(place: int, key: tuple[str, int], name: str, words: str, origin: Origin, zone: str) -> SourceLine:
    said = language()
    signs = []
    if origin.differs is not None:
        signs.append(Pill(tr("conflict"), "warn"))
    elif origin.locked:
        signs.append(Pill(tr("locked"), "muted"))
    file = origin.file if origin.kind == "file" else None
    source, row, time = origin_words(origin, said, zone), "", ""
    if file is not None:
        source = "  ".join(part for part in (file.file_name, file.sheet) if part)
        row, time = str(file.row) if file.row else "", time_of(file.file_time, zone)
    elif origin.kind == "edited":
        source = " ".join(part for part in (term("actor", origin.actor, said), term("action", origin.action, said)) if part)
        time = time_of(origin.at, zone)
    return SourceLine(place, key, name, words, origin, source, row, time, tuple(signs))


def _values(card: OrderCardRow, told: Provenance, zone: str) -> Iterator[tuple[str, int, str, str]]:
    """(field, part, name, value in words) of everything that the card may show."""
    said = language()
    money = formats.money

    def own(*fields: str) -> Iterator[tuple[str, int, str, str]]:
        for field in fields:
            yield field, 0, field_name(field, said), _own(card, field, zone)

    yield from own("number", "status", "tags", *_PERSON, "flag", "seller_memo", "buyer_message")
    for place, line in enumerate(card.lines, 1):
        name = f"{field_name('line', said)} {place}" if len(card.lines) > 1 else field_name("line", said)
        amount = money(line.payable if line.payable is not None else line.price * line.quantity)
        yield "line", line.id, name, f"{line.title or line.code} ×{line.quantity}  {amount}"
    yield from own("quantity", "goods_amount", "discount", "goods_less_discount")
    for one in card.discounts:
        yield "discount", one.id, field_name("discount_row", said), f"{money(-one.amount)}  {one.name}".rstrip()
    yield from own(*_MONEY)
    for entry in card.money:
        yield "money", entry.id, field_name(entry.kind, said), money(entry.amount, signed=True)
    for booking in told.bookings:
        yield "booking", booking.id, field_name("booking", said), f"{money(booking.amount, signed=True)}  {booking.description}".rstrip()
    for parcel in card.parcels:
        yield "parcel", parcel.id, field_name("parcel", said), f"{parcel.carrier_name or parcel.carrier} {parcel.tracking_number}".strip()
    for case in card.cases:
        kind = term("case_kind", case.kind, said)
        yield (
            "case",
            case.id,
            f"{field_name('case', said)} C{case.id}",
            f"{kind} {term('case_state', case.state, said)} {money(case.amount)}",
        )
    yield from own(*_TIMES)


def _own(card: OrderCardRow, field: str, zone: str) -> str:
    """A value of the order itself as a person reads it; empty for what the card does not show."""
    said = language()
    if field == "channel":
        return card.channel_name if card.channel_name != card.channel else term("channel", card.channel, said)
    if field == "income":
        return formats.money(card.income) if card.refunded else ""
    if field == "owed":
        owed = None if card.payable is None else card.payable - (card.paid or 0) + card.refunded
        return formats.money(owed) if card.status == "awaiting_payment" and owed is not None else ""
    held = getattr(card, field)
    if held is None or held in {"", ()}:
        return ""
    if field == "tier":
        return term("tier", held, said)
    if field in {"flag", "platform_discount", "refunded", "discount"} and not held:
        return ""
    if field == "tags":
        return ("、" if said == "zh" else ", ").join(held)
    if field == "quantity":
        return str(held)
    if field == "platform_discount":
        return formats.money(held)
    return value("orders", field, str(held), said, zone)
