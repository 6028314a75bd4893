"""An order's life in sentences: what one command did is one event, with the order's own moments and its prints between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from desktop import formats
from desktop.i18n import language, tr
from desktop.views.widgets.timeline import Event
from services.words import term
from services.words.trail import sentence, value

if TYPE_CHECKING:
    from services.queries.order_card import CardEvent, CardParcel, OrderCardRow

DERIVED = frozenset({"masked", "address_edited", "locked"})
"""Fields that follow from others: told in the audit page, not here."""


def events_of(card: OrderCardRow, now: int, zone: str) -> list[Event]:
    """The newest first."""
    found: list[tuple[int, Event]] = []
    for (at, kind, _actor, action), group in groupby(card.timeline, lambda one: (one.at, one.kind, one.actor, one.action)):
        entries = list(group)
        # The moment of shipping is told by the command that shipped, if it was done here.
        if kind == "shipped" and any(one.at == at and one.action == "ship_orders" for one in card.timeline):
            continue
        words, more = _moment(card, entries[0]) if kind != "entry" else _deed(card, entries, action, zone)
        found.append((at, _event(words, more, at, now, zone)))
    for one in card.prints:
        word = term("document", "packing_slip" if one.document == "slip" else one.document, language())
        words = (
            tr("Printed: {document}", document=word) if one.copy == 1 else tr("Reprinted: {document}, copy {n}", document=word, n=one.copy)
        )
        found.append((one.at, _event(words, "", one.at, now, zone)))
    found.sort(key=lambda item: item[0], reverse=True)
    return [event for _at, event in found]


def _event(words: str, more: str, at: int, now: int, zone: str) -> Event:
    return Event(words, formats.short_time(at, now, zone), more, formats.full_time(at, zone), at)


def _moment(card: OrderCardRow, event: CardEvent) -> tuple[str, str]:
    if event.kind == "created":
        return tr("Order placed"), ""
    if event.kind == "paid":
        return tr("Paid {amount}", amount=formats.money(card.paid)), ""
    if event.kind == "shipped":
        return tr("Shipped"), ", ".join(parcel_words(parcel) for parcel in card.parcels if parcel.tracking_number)
    if event.kind == "closed":
        return tr("Closed"), closed_why(card)
    return tr("Completed"), ""


def closed_why(card: OrderCardRow) -> str:
    """The reason of closing, and the note to it where that says more."""
    words = [term("close_reason", part, language()) for part in (card.close_reason, card.close_note) if part]
    return ("，" if language() == "zh" else ", ").join(dict.fromkeys(words))


def parcel_words(parcel: CardParcel) -> str:
    """`中通快递 73120000000001`."""
    return " ".join(part for part in (carrier_word(parcel), parcel.tracking_number) if part)


def carrier_word(parcel: CardParcel) -> str:
    from services.queries.ship_rows import carrier_names

    return dict(carrier_names(language())).get(parcel.carrier) or parcel.carrier_name or parcel.carrier


def _deed(card: OrderCardRow, entries: Sequence[CardEvent], action: str, zone: str) -> tuple[str, str]:
    said = language()
    reason = next((one.reason for one in entries if one.reason), "")
    if action == "ship_orders":
        at = entries[0].at
        parcels = [parcel_words(parcel) for parcel in card.parcels if parcel.shipped_at == at and parcel.source == "here"]
        passed = next((one.new for one in entries if one.field == "overridden" and one.new), "")
        more = [*parcels, tr("passed over: {codes}", codes=value("orders", "overridden", passed, said, zone)) if passed else "", reason]
        whole = any(one.field == "status" for one in entries)
        return tr("Shipped") if whole else tr("Part shipped"), _joined(more)
    case = next((one for one in card.cases if action in {"refund_order", "move_case"} and one.requested_at == entries[0].at), None)
    if case is not None:
        words = tr(
            "After-sale {case}: {kind} {amount}",
            case=f"C{case.id}",
            kind=term("case_kind", case.kind, said),
            amount=formats.money(case.amount),
        )
        return words, _joined([reason])
    fields = [one for one in reversed(entries) if one.field and one.field not in DERIVED]
    if not fields:
        return sentence(_Entry(entries[-1]), said), _joined([reason])
    changes = [
        f"{value(one.entity, one.field, one.old, said, zone)} → {value(one.entity, one.field, one.new, said, zone)}" for one in fields
    ]
    names = [term("field", one.field, said) for one in fields]
    colon = "：" if said == "zh" else ": "
    words = term("action", action, said) + colon + ("、" if said == "zh" else ", ").join(names)
    return words, _joined([*changes, reason])


def _joined(parts: Sequence[str]) -> str:
    return ("，" if language() == "zh" else "; ").join(part for part in parts if part)


class _Entry:
    """A CardEvent as services.words.trail wants it."""

    def __init__(self, event: CardEvent) -> None:
        self.action, self.entity, self.old, self.new = event.action, event.entity, event.old, event.new
        self.field: str | None = event.field or None
        self.erased = False
