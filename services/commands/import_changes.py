"""What a file changes on orders that were there: fields, lines, money, parcels, then the state that the platform shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from services.commands.caches import refresh_orders
from services.commands.import_new import Filing, discount_row, line_row, money_row
from services.commands.import_parts import Customers, Listings, link_parcels
from services.commands.moves import Observed, observe
from services.commands.reserving import Taking, deduct, refill, release_lines, reserve
from services.db.reading import id_list
from services.db.schema import Discount, Listing, MoneyEntry, Order, OrderLine
from services.db.uow import UnitOfWork
from services.domain.addresses import is_masked
from services.domain.order_states import Status
from services.imports.merge_lines import MergedLines
from services.imports.plan import ChangedOrder
from services.imports.records import LineRecord
from services.money import share_out

BLOCK = 1_000
_STAMPS = ("paid_at", "shipped_at", "completed_at", "closed_at")
_SHIPPED = frozenset({"shipped", "completed"})


def apply_changes(uow: UnitOfWork, filing: Filing, changed: Sequence[ChangedOrder]) -> None:
    """Carry out the plan's changes in sets; stock follows the observed states, guards are not asked (domain.md, orders)."""
    if not changed:
        return
    customers = Customers(uow, filing.channel_id)
    listings = Listings(uow, filing.channel_id)
    for start in range(0, len(changed), BLOCK):
        block = changed[start : start + BLOCK]
        with_lines = _lines(uow, filing, listings, block)
        _fields(uow, filing, customers, block)
        _share_paid(uow, [one.order_id for one in block if one.merged.paid is not None and "lines" in one.current["locked"].split(",")])
        link_parcels(uow, [(one.order_id, one.parcels, one.order.shipped_at) for one in block if one.parcels])
        _states(uow, filing, block)
        if with_lines:
            reserve(uow, with_lines)
            refresh_orders(uow, with_lines)
        uow.progress.step(start + len(block), len(changed), "changed")


def _fields(uow: UnitOfWork, filing: Filing, customers: Customers, block: Sequence[ChangedOrder]) -> None:
    named = [one for one in block if "buyer_nick" in one.merged.changes]
    owners = dict(zip((one.order_id for one in named), customers.of([one.order for one in named], uow.now), strict=True))
    changes: dict[int, dict[str, Any]] = {}
    entries: list[dict[str, Any]] = []
    platform: list[tuple[int, int]] = []
    for one in block:
        merged, values = one.merged, dict(one.merged.changes)
        if one.order_id in owners and (owners[one.order_id] is not None or not is_masked(one.current["buyer_nick"])):
            values["customer_id"] = owners[one.order_id]
        for name, day in (("created_at", "created_day"), ("paid_at", "paid_day")):
            if name in values:
                values[day] = filing.day(uow, values[name])
        if merged.paid is not None:
            values["paid"] = merged.paid
            at = one.order.paid_at or one.current["paid_at"] or filing.parsed.file_time
            entries.append(money_row(one.order_id, "payment", merged.paid - (one.current["paid"] or 0), at, filing.batch_id))
        if merged.refunded is not None:
            values["refunded"] = merged.refunded
            delta = one.current["refunded"] - merged.refunded
            entries.append(money_row(one.order_id, "refund", delta, filing.parsed.file_time, filing.batch_id))
        if "platform_discount" in values:
            platform.append((one.order_id, values["platform_discount"]))
        if merged.status is not None:
            values["platform_status"] = merged.status
        values["platform_seen_at"] = max(filing.parsed.file_time, one.current["platform_seen_at"] or 0)
        changes[one.order_id] = values
    uow.change(Order, changes)
    uow.bulk(MoneyEntry, [entry for entry in entries if entry["amount"]])
    if platform:
        set_discounts(uow, {order_id: [(None, amount)] if amount else [] for order_id, amount in platform}, "platform")


def _share_paid(uow: UnitOfWork, order_ids: Sequence[int]) -> None:
    """Orders whose goods were changed here: what was paid for each line is its share, as files tell the shares of other goods."""
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    sums: dict[int, int] = {}
    statement = """
        SELECT l.order_id, l.id, coalesce(l.payable, 0), coalesce(o.paid, 0) - coalesce(o.freight, 0) FROM order_line l
        JOIN orders o ON o.id = l.order_id WHERE l.order_id IN ({ids}) ORDER BY l.order_id, l.position, l.id
    """
    for order_id, line_id, owed, paid in uow.each(statement, id_list(order_ids)):
        lines[order_id].append((line_id, owed))
        sums[order_id] = max(0, paid)
    changes: dict[int, dict[str, Any]] = {}
    for order_id, told in lines.items():
        shares = share_out(sums[order_id], [owed for _line, owed in told])
        changes |= {line_id: {"paid": share} for (line_id, _owed), share in zip(told, shares, strict=True)}
    uow.change(OrderLine, changes)


def _states(uow: UnitOfWork, filing: Filing, block: Sequence[ChangedOrder]) -> None:
    seen = {}
    for one in block:
        status = one.merged.status
        if status is not None and status != one.current["status"]:
            times = {name: at for name in _STAMPS if (at := getattr(one.order, name)) is not None}
            seen[one.order_id] = Observed(Status(status), times)
    if seen:
        observe(uow, seen, filing.batch_id)


def _lines(uow: UnitOfWork, filing: Filing, listings: Listings, block: Sequence[ChangedOrder]) -> list[int]:
    """New and changed lines. Returns the orders whose lines moved, which are then set aside for and counted anew."""
    touched = [one for one in block if _moves_lines(one.lines)]
    if not touched:
        return []
    positions = dict(
        uow.each(
            "SELECT order_id, max(position) FROM order_line WHERE order_id IN ({ids}) GROUP BY order_id",
            id_list(one.order_id for one in touched),
        )
    )
    fresh = [(one, line) for one in touched for line in one.lines.new]
    found = listings.of([line for _one, line in fresh])
    rows = []
    for (one, line), listing in zip(fresh, found, strict=True):
        position = positions.get(one.order_id, -1) + 1
        positions[one.order_id] = position
        rows.append(line_row(one.order_id, position, line, listing, one.current["status"], one.current["shipped_at"] is not None))
    uow.bulk(OrderLine, rows)
    changes: dict[int, Mapping[str, Any]] = {line_id: values for one in touched for line_id, values in one.lines.changes.items()}
    uow.change(OrderLine, changes)
    _name(uow, listings, {line_id: line for one in touched for line_id, line in one.lines.named.items()})
    call_off(uow, [line_id for one in touched for line_id in one.lines.called_off])
    _send(uow, filing, [line_id for one in touched if one.current["status"] == "awaiting_shipment" for line_id in one.lines.sent])
    ids = id_list(one.order_id for one in touched)
    _shop_discounts(uow, [one.order_id for one in touched if "lines" not in one.current["locked"].split(",")])
    return ids


def _moves_lines(lines: MergedLines) -> bool:
    return bool(lines.new or lines.changes or lines.called_off or lines.sent or lines.named)


def _name(uow: UnitOfWork, listings: Listings, named: Mapping[int, LineRecord]) -> None:
    """Put lines under the listing that names their goods best; what they are matched to goes with them."""
    statement = (
        "SELECT l.id, l.sku_id, g.matched_by FROM order_line l JOIN listing g ON g.id = l.listing_id WHERE l.id IN ({ids}) ORDER BY l.id"
    )
    known = list(uow.each(statement, id_list(named)))
    changes: dict[int, dict[str, Any]] = {}
    matches: dict[int, dict[str, Any]] = {}
    for (line_id, sku_id, by), (listing_id, sku) in zip(known, listings.of([named[row[0]] for row in known]), strict=True):
        changes[line_id] = {"listing_id": listing_id}
        if sku is None and sku_id is not None:
            matches.setdefault(listing_id, {"sku_id": sku_id, "matched_by": by})
        elif sku_id is None and sku is not None:
            changes[line_id]["sku_id"] = sku
    uow.change(OrderLine, changes)
    uow.change(Listing, matches)


def call_off(uow: UnitOfWork, line_ids: Sequence[int]) -> None:
    """Refunded on the platform before it was sent: those units are no longer owed and serve others."""
    rows = list(uow.each("SELECT id, order_id, quantity, shipped, reserved FROM order_line WHERE id IN ({ids})", id_list(line_ids)))
    freed = release_lines(uow, {line_id: reserved for line_id, _order, _quantity, _shipped, reserved in rows if reserved})
    uow.change(
        OrderLine, {line_id: {"cancelled": quantity - shipped, "shortage": 0} for line_id, _order, quantity, shipped, _reserved in rows}
    )
    if freed:
        refresh_orders(uow, refill(uow, freed))


def _send(uow: UnitOfWork, filing: Filing, line_ids: Sequence[int]) -> None:
    """The platform sent some lines of an order of which others still wait: what is set aside for them leaves."""
    rows = list(uow.each("SELECT id, order_id, reserved, quantity - cancelled FROM order_line WHERE id IN ({ids})", id_list(line_ids)))
    costs = deduct(
        uow, [Taking(line_id, order_id, reserved, None) for line_id, order_id, reserved, _due in rows if reserved], filing.batch_id
    )
    changes: dict[int, dict[str, Any]] = {}
    for line_id, _order, reserved, due in rows:
        changes[line_id] = {"shipped": due, "shortage": 0}
        if line_id in costs:
            changes[line_id]["unit_cost"] = costs[line_id] // reserved
    uow.change(OrderLine, changes)


def _shop_discounts(uow: UnitOfWork, order_ids: Sequence[int]) -> None:
    """Discounts of lines follow from price, quantity and what the buyer owes."""
    wanted: dict[int, list[tuple[int | None, int]]] = {order_id: [] for order_id in order_ids}
    for order_id, line_id, amount in uow.each(
        "SELECT order_id, id, price * quantity - payable FROM order_line WHERE payable IS NOT NULL AND order_id IN ({ids}) ORDER BY id",
        order_ids,
    ):
        if amount:
            wanted[order_id].append((line_id, amount))
    set_discounts(uow, wanted, "shop")


def set_discounts(uow: UnitOfWork, wanted: Mapping[int, Sequence[tuple[int | None, int]]], payer: str) -> None:
    """Make one payer's discount rows of these orders what they should be; equal ones stay."""
    there: dict[int, list[tuple[int | None, int]]] = defaultdict(list)
    ids: dict[int, list[int]] = defaultdict(list)
    statement = "SELECT order_id, id, line_id, amount, payer FROM discount WHERE order_id IN ({ids}) ORDER BY id"
    for order_id, row_id, line_id, amount, who in uow.each(statement, id_list(wanted)):
        if who == payer:
            there[order_id].append((line_id, amount))
            ids[order_id].append(row_id)
    stale = [order_id for order_id, rows in wanted.items() if sorted(there[order_id], key=repr) != sorted(rows, key=repr)]
    gone = [row_id for order_id in stale for row_id in ids[order_id]]
    if gone:
        uow.remove(Discount, gone)
    uow.bulk(Discount, [discount_row(order_id, line_id, payer, amount) for order_id in stale for line_id, amount in wanted[order_id]])
