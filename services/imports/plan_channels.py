"""A file of ours whose rows name their channels: planned channel by channel, so that equal numbers of two channels stay two orders.

Such a file is a copy of what a shop knew. Of orders that are here, its states are no news from the platform unless they are further
on, and an order of which it says nothing new is left without a trace: the platform's own files go on to be compared with one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from services.db.dialect import chunks
from services.domain.order_states import RANK, Status
from services.imports.own_list import close_reason_of
from services.imports.records import OrderRecord
from services.imports.report import ImportReport
from services.imports.said import ADDRESS

if TYPE_CHECKING:
    from services.db.reading import Reading
    from services.imports.plan import ChannelChoice, ImportPlan
    from services.imports.records import LineRecord, ParsedFile

_STATES = (
    f"SELECT number, status, platform_status, close_reason, {', '.join(ADDRESS)} FROM orders WHERE channel_id = ? AND number IN ({{marks}})"  # noqa: S608
)
_SUMS = ("orders_new", "orders_updated", "orders_unchanged", "cases_new")


def plan_channels(
    reading: Reading,
    plan: ImportPlan,
    choose: Callable[[Reading, ParsedFile], ChannelChoice],
    fill: Callable[[Reading, ImportPlan], None],
) -> None:
    """Fill `plan.parts`, one plan a channel, and the whole plan's lists and counts from them."""
    parsed = plan.parsed
    for code in dict.fromkeys(parsed.channels.values()):
        orders = [order for order in parsed.orders if parsed.channels[order.row] == code]
        own = replace(parsed, orders=orders, channel=code, channels={}, rejected=[], warnings=[])
        choice = choose(reading, own)
        if choice.id is None:
            choice = replace(choice, platform=re.sub(r"-\d+$", "", choice.platform))
        else:
            own.orders = _no_news(reading, choice.id, orders, parsed.knows)
        report = ImportReport(parsed.path.name, parsed.format, parsed.encoding, channel=choice.code)
        part = replace(plan, parsed=own, channel=choice, report=report, new=[], changed=[], told=[], bumps=[], parts=[])
        fill(reading, part)
        changed = {one.order_id for one in part.changed}
        part.told = [one for one in part.told if one.order_id in changed]
        part.bumps = []
        _add(plan, part)


def _add(plan: ImportPlan, part: ImportPlan) -> None:
    plan.parts.append(part)
    plan.new += part.new
    plan.changed += part.changed
    whole, own = plan.report, part.report
    for name in _SUMS:
        setattr(whole, name, getattr(whole, name) + getattr(own, name))
    whole.updated |= own.updated
    whole.clashes += own.clashes
    whole.channel = ", ".join(filter(None, (whole.channel, own.channel)))


def _no_news(reading: Reading, channel_id: int, orders: Sequence[OrderRecord], knows: frozenset[str]) -> list[OrderRecord]:
    """The orders, those that are here with the platform's last word for a state that they have reached already, and with a whole
    address: an address is one thing, so the parts whose columns were not chosen are as they stand here, never blank."""
    left = tuple(name for name in ADDRESS if name not in knows) if not knows.isdisjoint(ADDRESS) else ()
    here: dict[str, tuple[str | None, ...]] = {}
    for part in chunks([order.number for order in orders], 500):
        rows = reading.sql(_STATES.replace("{marks}", ",".join("?" * len(part))), (channel_id, *part))
        here |= {number: tuple(values) for number, *values in rows}
    return [_as_seen(order, here[order.number], left) if order.number in here else order for order in orders]


def _as_seen(order: OrderRecord, here: tuple[str | None, ...], left: Sequence[str]) -> OrderRecord:
    status, seen, reason, *address = here
    if order.close_reason and close_reason_of(reason or "") == order.close_reason:
        # A platform's word may be that of one of our reasons: the file can't tell them apart, the shop can.
        order = order._replace(close_reason=reason)
    if left:
        stands: dict[str, Any] = dict(zip(ADDRESS, address, strict=True))
        order = OrderRecord(**order._asdict() | {name: stands[name] or None for name in left})
    if order.status is None or status is None or RANK[Status(order.status)] > RANK[Status(status)]:
        return order
    return order._replace(status=seen, lines=tuple(_without_states(order.lines)))


def _without_states(lines: Iterable[LineRecord]) -> Iterable[LineRecord]:
    return (line._replace(status=None) for line in lines)
