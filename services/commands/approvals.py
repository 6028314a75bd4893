"""Changes of goods and money: proposed, approved or rejected, withdrawn (domain.md, audited edits; invariant O10).

A proposal is data on the order as it was (`was`); until it is approved nothing of the order changes but the count of what waits for
approval, which keeps it from being shipped. Whoever may approve approves with the asking; within the owner's limits nobody is asked.
Every approved change has its row, so that the trail can say who allowed it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.amending import Base, read_base, within_limits
from services.commands.caches import refresh_orders
from services.commands.people import prove
from services.commands.reserving import refill, release, reserve
from services.db.reading import id_list
from services.db.schema import Approval, Discount, Listing, Order, OrderLine
from services.db.uow import UnitOfWork
from services.domain.amendments import LIMIT, Amended, Amendment, amend
from services.errors import BadInput, NotFound, Refused
from services.meanwhile import orders_must_stand

LOCKED = ("lines", "goods_amount", "discount", "goods_less_discount", "freight", "payable")
"""What an approved change sets here: no file overwrites it unseen."""

PROPOSED = frozenset({"status", "goods_amount", "discount", "goods_less_discount", "freight", "payable"})
"""Columns of the order that a proposal is about."""
_WAITING = """
SELECT o.id, (SELECT count(*) FROM approval a WHERE a.order_id = o.id AND a.state = 'waiting'), o.version FROM orders o WHERE o.id IN ({ids})
"""
_APPROVAL = "SELECT id, order_id, change, was, reason, asked_by, state FROM approval WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Proposed:
    """`applied`: the order is changed already, by whoever asked or by a limit (`decided_by`). `effect`: what the buyer owes more, fen."""

    approval_id: int
    number: str
    applied: bool
    effect: int
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class ProposeChange:
    """Ask for a change of lines, prices, discount or freight; the command's reason is its reason. `version` (the moment at which it
    was seen) refuses where goods or money changed since.

    Raises Refused("reason_needed"), ("change_too_late"), ("change_in_case"), ("lines_unknown_yet"), ("approval_there"),
    BadInput as services.domain.amendments.amend, ("nothing_to_edit"), Conflict("order_changed"), NotFound.
    """

    order_id: int
    change: Amendment
    version: int | None = None

    def apply(self, uow: UnitOfWork) -> Proposed:
        uow.viewer.must("edit_money")
        reason = " ".join((uow.reason or "").split())
        if not reason:
            raise Refused("reason_needed")
        found = read_base(uow, self.order_id)
        if self.version is not None:
            orders_must_stand(uow, {self.order_id: self.version}, PROPOSED, ("order_line", "discount"))
        found.check()
        if uow.sql("SELECT 1 FROM approval WHERE order_id = ? AND state = 'waiting'", (self.order_id,)):
            raise Refused("approval_there", number=found.number)
        amended = amend(found.state, self.change)
        if not amended.changed:
            raise BadInput("nothing_to_edit")
        _check_skus(uow, amended)
        decided_by = _decided_by(uow, self.order_id, found, self.change, amended)
        row = proposal(self.order_id, found, self.change, amended, reason, uow.actor, uow.now)
        if decided_by:
            row |= {"state": "approved", "decided_by": decided_by, "decided_at": uow.now, "told_at": uow.now}
        (approval_id,) = uow.append(Approval, [row])
        if decided_by:
            carry_out(uow, self.order_id, found, amended)
        else:
            count_waiting(uow, self.order_id)
        return Proposed(approval_id, found.number, bool(decided_by), amended.effect, decided_by)


def proposal(order_id: int, found: Base, change: Amendment, amended: Amended, reason: str, who: str, at: int) -> dict[str, Any]:
    """The row of a change that waits."""
    return {
        "order_id": order_id,
        "base_version": found.version,
        "change": json.dumps(change.as_json(), separators=(",", ":"), sort_keys=True),
        "was": found.as_json(),
        "effect": amended.effect,
        "reason": reason,
        "asked_by": who,
        "asked_at": at,
        "state": "waiting",
        "decided_by": "",
        "decided_at": None,
        "note": "",
        "told_at": None,
    }


@dataclass(frozen=True, slots=True)
class Decision:
    """`state` after the decision; `waiting` with `wait` (ms) and `wrong` where the PIN was not the approver's."""

    approval_id: int
    number: str
    state: str
    wait: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class DecideApproval:
    """Approve or reject, by the PIN of somebody who may; it can be given while somebody else is signed in.

    A wrong PIN changes nothing, is on record and gives the state `waiting`. Where nobody has a PIN the owner's word is enough.
    Raises NotFound("approval_not_found"), Refused("approval_decided"), ("approval_stale"), ("not_permitted"), and what the change itself
    runs into now.
    """

    approval_id: int
    approve: bool
    approver: str = "owner"
    pin: str = field(default="", repr=False)
    note: str = ""

    def apply(self, uow: UnitOfWork) -> Decision:
        _id, order_id, change, was, _reason, _asked_by, state = _approval(uow, self.approval_id)
        found = read_base(uow, order_id)
        if state != "waiting":
            raise Refused("approval_decided", approval=f"A{self.approval_id}", state=state)
        if uow.sql("SELECT 1 FROM person WHERE pin <> '' AND active = 1 LIMIT 1"):
            proof = prove(uow, self.approver, self.pin)
            if proof.viewer is None:
                return Decision(self.approval_id, found.number, "waiting", proof.wait, proof.wrong)
            proof.viewer.must("approve")
            decided_by = proof.viewer.name
        else:
            uow.viewer.must("approve")
            decided_by = uow.actor
        state, amended = "rejected", None
        if self.approve:
            state = "approved"
            if found.as_json() != was:
                raise Refused("approval_stale", approval=f"A{self.approval_id}", number=found.number)
            found.check()
            amended = amend(found.state, Amendment.of_json(json.loads(change)))
            _check_skus(uow, amended)
        note = " ".join(self.note.split())[:MOST_OF_A_NOTE]
        uow.change(Approval, {self.approval_id: {"state": state, "decided_by": decided_by, "decided_at": uow.now, "note": note}})
        count_waiting(uow, order_id)
        if amended is not None:
            carry_out(uow, order_id, found, amended)
        return Decision(self.approval_id, found.number, state)


MOST_OF_A_NOTE = 200


@dataclass(frozen=True, slots=True)
class WithdrawApproval:
    """Take back what one asked for oneself; who may approve may take back anybody's."""

    approval_id: int

    def apply(self, uow: UnitOfWork) -> str:
        _id, order_id, _change, _was, _reason, asked_by, state = _approval(uow, self.approval_id)
        if state != "waiting":
            raise Refused("approval_decided", approval=f"A{self.approval_id}", state=state)
        if asked_by != uow.viewer.name:
            uow.viewer.must("approve")
        uow.change(Approval, {self.approval_id: {"state": "withdrawn", "decided_by": uow.actor, "decided_at": uow.now, "told_at": uow.now}})
        count_waiting(uow, order_id)
        return "withdrawn"


@dataclass(frozen=True, slots=True)
class MarkTold:
    """The asker has seen what became of these."""

    approval_ids: tuple[int, ...]

    def apply(self, uow: UnitOfWork) -> int:
        rows = uow.each(
            "SELECT id FROM approval WHERE told_at IS NULL AND state <> 'waiting' AND id IN ({ids})", sorted(set(self.approval_ids))
        )
        return uow.change(Approval, {row[0]: {"told_at": uow.now} for row in list(rows)})


def _approval(uow: UnitOfWork, approval_id: int) -> tuple[Any, ...]:
    rows = uow.sql(_APPROVAL, (approval_id,))
    if not rows:
        raise NotFound("approval_not_found", approval=f"A{approval_id}")
    return rows[0]


def _check_skus(uow: UnitOfWork, amended: Amended) -> None:
    wanted = sorted({line.sku_id for line in amended.lines if line.sku_id is not None})
    there = {row[0] for row in uow.each("SELECT id FROM sku WHERE id IN ({ids})", wanted)}
    if len(there) != len(wanted):
        raise BadInput("line_sku_gone", field="lines", line="?")


def _decided_by(uow: UnitOfWork, order_id: int, found: Base, change: Amendment, amended: Amended) -> str:
    if uow.viewer.may("approve"):
        return uow.actor
    return LIMIT if within_limits(uow, order_id, found, change, amended) else ""


def count_waiting(uow: UnitOfWork, *order_ids: int) -> None:
    """Bring the count of what waits up to date. The order's version stays: nothing of it is another than it was (invariant O10)."""
    uow.change(Order, {row[0]: {"approvals": row[1], "version": row[2]} for row in list(uow.each(_WAITING, sorted(order_ids)))})


def withdraw_waiting(uow: UnitOfWork, order_ids: Sequence[int], status: str) -> None:
    """Orders that leave or are closed: nobody needs to decide on their changes any more. Who asked is told."""
    rows = list(uow.each("SELECT id, order_id FROM approval WHERE state = 'waiting' AND order_id IN ({ids})", id_list(order_ids)))
    if rows:
        values = {"state": "withdrawn", "decided_by": uow.actor, "decided_at": uow.now, "note": f"order:{status}"}
        uow.change(Approval, {approval_id: values for approval_id, _order in rows})
        count_waiting(uow, *{order_id for _approval, order_id in rows})


# ---- carried out


def carry_out(uow: UnitOfWork, order_id: int, found: Base, amended: Amended) -> None:
    """Write the order as amended: lines, their shares, discounts, sums; stock is set aside anew for what it wants now."""
    before = {line.id: line for line in found.state.lines}
    waits = found.status == "awaiting_shipment"
    freed = release(uow, [order_id]) if waits else set()
    if amended.removed:
        rows = uow.each("SELECT id FROM discount WHERE line_id IN ({ids})", sorted(amended.removed))
        uow.remove(Discount, [row[0] for row in list(rows)])
        _free_listing_of(uow, amended.removed)
        uow.remove(OrderLine, sorted(amended.removed))
    other = [line.sku_id for line in amended.lines if line.sku_id is not None and (not line.id or before[line.id].sku_id != line.sku_id)]
    listings = _listings(uow, found.channel_id, other)
    changes: dict[int, dict[str, Any]] = {}
    added: list[dict[str, Any]] = []
    (position,) = uow.sql("SELECT coalesce(max(position), -1) + 1 FROM order_line WHERE order_id = ?", (order_id,))[0]
    for place, (line, share) in enumerate(zip(amended.lines, amended.shares, strict=True)):
        paid = amended.paid_shares[place] if amended.paid_shares is not None else None
        values: dict[str, Any] = {"quantity": line.quantity, "price": line.price, "payable": share, "sku_id": line.sku_id}
        if line.id:
            if paid is not None or before[line.id] != line:
                values["paid"] = paid if paid is not None else 0
            if before[line.id].sku_id != line.sku_id:
                values["listing_id"] = listings[line.sku_id or 0]
            changes[line.id] = values
        else:
            at = position + len(added)
            given = {"order_id": order_id, "position": at, "number": f"{found.number}-A{at + 1}", "listing_id": listings[line.sku_id or 0]}
            added.append({**given, **values, "paid": paid or 0})
    uow.change(OrderLine, changes)
    uow.append(OrderLine, added)
    own = {line.id: line.discount for line in amended.lines if line.id and line.discount != before[line.id].discount}
    _set_discounts(uow, order_id, amended.discount, own)
    locked = ",".join(sorted({*filter(None, found.locked.split(",")), *LOCKED}))
    sums = {
        "goods_amount": amended.goods,
        "discount": amended.discount,
        "goods_less_discount": amended.goods - amended.discount,
        "freight": amended.freight,
        "payable": amended.payable,
        "locked": locked,
    }
    uow.change(Order, {order_id: sums})
    if waits:
        reserve(uow, [order_id])
    refresh_orders(uow, [order_id])
    if freed:
        refresh_orders(uow, refill(uow, freed))


def _free_listing_of(uow: UnitOfWork, line_ids: tuple[int, ...]) -> None:
    """Rows that point to lines which are about to go: reservations that were released already."""
    from services.db.schema import Reservation

    rows = uow.each("SELECT id FROM reservation WHERE line_id IN ({ids})", sorted(line_ids))
    uow.remove(Reservation, [row[0] for row in list(rows)])


def _listings(uow: UnitOfWork, channel_id: int, sku_ids: list[int]) -> dict[int, int]:
    """The listing that stands for each SKU in this channel, in the SKU's own words; made where there is none."""
    found: dict[int, int] = {}
    for sku_id, code, properties, title, item_id in list(
        uow.each("SELECT id, code, properties, title, item_id FROM sku WHERE id IN ({ids})", sorted(set(sku_ids)))
    ):
        words = {"channel_id": channel_id, "item_id": item_id, "code": code, "properties": properties, "title": title}
        rows = uow.sql(
            "SELECT id FROM listing WHERE channel_id = ? AND item_id = ? AND code = ? AND properties = ? AND title = ?",
            tuple(words.values()),
        )
        found[sku_id] = rows[0][0] if rows else uow.append(Listing, [words | {"sku_id": sku_id, "matched_by": "code"}])[0]
    return found


def _set_discounts(uow: UnitOfWork, order_id: int, total: int, lines: Mapping[int, int]) -> None:
    """Discounts of the lines named, and on the order as a whole what the total leaves beside those of lines and of others."""
    statement = "SELECT id, line_id, payer, amount FROM discount WHERE order_id = ? AND payer <> 'platform' ORDER BY id"
    kept = []
    gone: list[int] = []
    for row in uow.sql(statement, (order_id,)):
        (gone.append(row[0]) if row[1] in lines else kept.append(row))
    fresh: list[tuple[int | None, int]] = [(line_id, amount) for line_id, amount in sorted(lines.items()) if amount]
    of_lines = sum(amount for _line, amount in fresh) + sum(amount for _id, line_id, _payer, amount in kept if line_id is not None)
    wholes = [(row_id, amount) for row_id, line_id, _payer, amount in kept if line_id is None]
    rest = total - of_lines
    if sum(amount for _id, amount in wholes) != rest:
        # What the order's discount is made of is not known of the new sum: it is the shop's, that allowed it.
        gone += [row_id for row_id, _amount in wholes]
        fresh += [(None, rest)] if rest else []
    uow.remove(Discount, gone)
    uow.append(
        Discount, [{"order_id": order_id, "line_id": line_id, "payer": "shop", "amount": amount, "name": ""} for line_id, amount in fresh]
    )
