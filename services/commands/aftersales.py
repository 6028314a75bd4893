"""After-sales: a case is the decision, the journal is the money, stock follows (domain.md, after-sales)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from services.commands.caches import refresh_orders
from services.commands.moves import move_orders
from services.commands.reserving import Coming, put, refill, release_lines
from services.db.ceilings import Ceilings, ceilings_of
from services.db.reading import id_list
from services.db.schema import AfterSale, AfterSaleLine, MoneyEntry, Order, OrderLine
from services.db.uow import UnitOfWork
from services.domain.order_states import Status
from services.domain.refunds import PaidLine, line_ceiling, proposal
from services.errors import BadInput, NotFound, Refused
from services.meanwhile import values_must_stand
from services.money import share_out, write_amount

KINDS = ("refund_only", "return_and_refund")
FAULTS = ("quality", "wrong_or_missing", "carrier", "buyer_choice", "other")

_ORDER = "SELECT id, number, status, paid, refunded, freight, version FROM orders WHERE id = ?"
_LINES = """
SELECT id, quantity, coalesce(payable, price * quantity), paid, refunded, shipped, cancelled, sku_id, unit_cost, reserved, shortage
FROM order_line WHERE order_id = ? ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class RefundLine:
    """`units` of a line that the case takes back, and how many of them go on the shelf again or are written off."""

    line_id: int
    units: int
    restocked: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class RefundResult:
    """`ceiling`: what may still be given back of the order after this case, fen."""

    case_id: int
    state: str
    amount: int
    ceiling: int


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """Give money back now, with or without the goods; one case, one transaction.

    `amount` in fen with the freight in it; None proposes it: the exact fen of the lines' units plus `freight`. With
    neither lines nor amount, all that is left. Units of a line not yet sent are taken off the order. A refund of all
    before shipment closes the order, and after shipment too; a completed order stays completed. `key` makes a repeated
    request the same case. `waiting` only opens the case: it holds the money and blocks shipping until `MoveCase`.

    Raises Refused("refund_over_ceiling"), ("refund_not_paid"), ("reason_needed"), ("refund_key_taken"), BadInput.
    """

    order_id: int
    kind: str
    lines: tuple[RefundLine, ...] = ()
    amount: int | None = None
    freight: int = 0
    fault: str = "other"
    key: str = ""
    waiting: bool = False

    def apply(self, uow: UnitOfWork) -> RefundResult:
        self._check(uow)
        key = self.key or uuid4().hex
        again = uow.sql("SELECT id, state, amount, order_id FROM after_sale WHERE key = ?", (key,))
        if again:
            case_id, state, amount, order_id = again[0]
            if order_id != self.order_id:
                raise Refused("refund_key_taken", key=key, case=case_id)
            return RefundResult(case_id, state, amount, ceilings_of(uow, self.order_id).order)
        ceilings = ceilings_of(uow, self.order_id)
        parts, freight = self._split(ceilings)
        total = sum(amount for _line, amount in parts) + freight
        (case_id,) = uow.append(
            AfterSale,
            [
                {
                    "order_id": self.order_id,
                    "kind": self.kind,
                    "state": "requested",
                    "reason": uow.reason or "",
                    "fault": self.fault,
                    "amount": total,
                    "freight": freight,
                    "requested_at": uow.now,
                    "key": key,
                }
            ],
        )
        rows = [
            {
                "case_id": case_id,
                "line_id": line.line_id,
                "quantity": line.units,
                "amount": amount,
                "restocked": line.restocked,
                "damaged": line.damaged,
            }
            for line, amount in parts
        ]
        uow.append(AfterSaleLine, rows, orders=[self.order_id] * len(rows))
        state = "requested"
        if not self.waiting:
            state = _settle(uow, case_id)
        refresh_orders(uow, [self.order_id])
        return RefundResult(case_id, state, total, ceilings_of(uow, self.order_id).order)

    def _check(self, uow: UnitOfWork) -> None:
        if self.kind not in KINDS:
            raise BadInput("refund_kind_unknown", kind=self.kind, known=", ".join(KINDS))
        if self.fault not in FAULTS:
            raise BadInput("fault_unknown", fault=self.fault, known=", ".join(FAULTS))
        if not (uow.reason or "").strip():
            raise Refused("reason_needed")
        if (self.amount is not None and self.amount <= 0) or self.freight < 0:
            raise BadInput("refund_amount_not_positive")
        if self.kind == "return_and_refund" and not any(line.units for line in self.lines):
            raise BadInput("return_without_units")
        for line in self.lines:
            if line.units < 0 or line.restocked < 0 or line.damaged < 0 or line.restocked + line.damaged > line.units:
                raise BadInput("return_units_wrong")
            if self.kind == "refund_only" and (line.restocked or line.damaged):
                raise BadInput("refund_only_moves_no_goods")

    def _split(self, ceilings: Ceilings) -> tuple[list[tuple[RefundLine, int]], int]:
        """Each line's amount, and the freight; refuses what is over a ceiling, order and line by line."""
        if ceilings.order == 0:
            raise Refused("refund_not_paid")
        known = {line.line_id: line for line in ceilings.lines}
        chosen = self.lines or tuple(RefundLine(line.line_id, 0) for line in ceilings.lines)
        if len({line.line_id for line in chosen}) != len(chosen) or any(line.line_id not in known for line in chosen):
            raise BadInput("refund_line_unknown")
        if self.lines and self.amount is None:
            parts = [(line, self._proposed(line, known[line.line_id])) for line in chosen]
            freight = self.freight
        else:
            parts, freight = self._spread(chosen, known, ceilings)
        total = sum(amount for _line, amount in parts) + freight
        if total > ceilings.order:
            raise Refused("refund_over_ceiling", asked=write_amount(total), ceiling=write_amount(ceilings.order))
        if freight > ceilings.freight and ceilings.lines:
            raise Refused("refund_over_freight", asked=write_amount(freight), ceiling=write_amount(ceilings.freight))
        for line, amount in parts:
            most = line_ceiling(known[line.line_id])
            if amount > most:
                raise Refused("refund_over_line", asked=write_amount(amount), ceiling=write_amount(most))
        if total <= 0:
            raise BadInput("refund_amount_not_positive")
        return [(line, amount) for line, amount in parts if amount or line.units], freight

    def _proposed(self, line: RefundLine, paid: PaidLine) -> int:
        if line.units > paid.quantity - paid.back:
            raise Refused("refund_units_over", asked=line.units, left=paid.quantity - paid.back)
        return proposal(paid, line.units)

    def _spread(
        self, chosen: Sequence[RefundLine], known: dict[int, PaidLine], ceilings: Ceilings
    ) -> tuple[list[tuple[RefundLine, int]], int]:
        """An amount named as one figure: over the chosen lines by what each may still give, freight last or as chosen."""
        for line in chosen:
            self._proposed(line, known[line.line_id])
        total = self.amount if self.amount is not None else ceilings.order
        if total > ceilings.order:
            raise Refused("refund_over_ceiling", asked=write_amount(total), ceiling=write_amount(ceilings.order))
        room = [line_ceiling(known[line.line_id]) for line in chosen]
        if not room:
            return [], total
        freight = self.freight or max(0, total - sum(room))
        goods = total - freight
        if goods < 0:
            raise BadInput("refund_freight_over_amount", freight=write_amount(freight), amount=write_amount(total))
        if goods > sum(room):
            raise Refused("refund_over_line", asked=write_amount(goods), ceiling=write_amount(sum(room)))
        return list(zip(chosen, share_out(goods, room), strict=True)), freight


@dataclass(frozen=True, slots=True)
class MoveCase:
    """End a waiting case: `refunded` pays and books the goods, `refused` and `withdrawn` give the held money free.

    `seen` are the `state` and `amount` that were looked at: Conflict("changed_meanwhile") where a file or somebody changed them.
    Raises Refused("case_ended") for a case that has ended, NotFound.
    """

    case_id: int
    state: str
    seen: Mapping[str, Any] | None = None

    def apply(self, uow: UnitOfWork) -> RefundResult:
        rows = uow.sql("SELECT order_id, state, amount FROM after_sale WHERE id = ?", (self.case_id,))
        if not rows:
            raise NotFound("case_not_found", case=self.case_id)
        order_id, state, amount = rows[0]
        if self.seen is not None:
            values_must_stand(uow, "after_sale", self.case_id, self.seen, {"state": state, "amount": amount}, f"C{self.case_id}", order_id)
        if state not in {"requested", "agreed", "goods_back"}:
            raise Refused("case_ended", case=self.case_id)
        if self.state == "refunded":
            state = _settle(uow, self.case_id)
        elif self.state in {"refused", "withdrawn"}:
            if self.state == "refused" and not (uow.reason or "").strip():
                raise Refused("reason_needed")
            uow.change(AfterSale, {self.case_id: {"state": self.state, "ended_at": uow.now}})
            state = self.state
        else:
            raise BadInput("case_state_unknown", state=self.state)
        refresh_orders(uow, [order_id])
        return RefundResult(self.case_id, state, amount, ceilings_of(uow, order_id).order)


def _settle(uow: UnitOfWork, case_id: int) -> str:
    """Pay a case out: journal, caches, units, and the order's own end where all was given back."""
    order_id, kind = uow.sql("SELECT order_id, kind FROM after_sale WHERE id = ?", (case_id,))[0]
    _id, _number, status, paid, refunded, _freight, _version = uow.sql(_ORDER, (order_id,))[0]
    parts = uow.sql("SELECT line_id, quantity, amount, restocked, damaged FROM after_sale_line WHERE case_id = ?", (case_id,))
    (total,) = uow.sql("SELECT amount FROM after_sale WHERE id = ?", (case_id,))[0]
    if refunded + total > (paid or 0):
        raise Refused("refund_over_ceiling", asked=write_amount(total), ceiling=write_amount((paid or 0) - refunded))
    entries = [(line_id, amount) for line_id, _units, amount, _restocked, _damaged in parts if amount]
    if rest := total - sum(amount for _line, amount in entries):
        entries.append((None, rest))
    uow.append(
        MoneyEntry,
        [
            {
                "order_id": order_id,
                "line_id": line_id,
                "case_id": case_id,
                "kind": "refund",
                "amount": -amount,
                "at": uow.now,
                "source": "case",
                "key": f"case:{case_id}:{line_id or 'freight'}",
            }
            for line_id, amount in entries
        ],
    )
    uow.change(AfterSale, {case_id: {"state": "refunded", "ended_at": uow.now}})
    uow.change(Order, {order_id: {"refunded": refunded + total}})
    lines = {row[0]: row for row in uow.sql(_LINES, (order_id,))}
    uow.change(OrderLine, {line_id: {"refunded": lines[line_id][4] + amount} for line_id, _units, amount, _r, _d in parts})
    if kind == "return_and_refund":
        _take_back(uow, order_id, case_id, lines, parts)
    elif status in {"awaiting_payment", "awaiting_shipment"}:
        _call_off(uow, lines, {line_id: units for line_id, units, *_rest in parts if units})
    over = refunded + total == paid
    if status == "awaiting_shipment" and lines:
        (due,) = uow.sql("SELECT sum(quantity - cancelled - shipped) FROM order_line WHERE order_id = ?", (order_id,))[0]
        (sent,) = uow.sql("SELECT sum(shipped) FROM order_line WHERE order_id = ?", (order_id,))[0]
        over = over or (due == 0 and sent == 0)
    if over and status in {"awaiting_shipment", "shipped"}:
        move_orders(uow, [order_id], Status.CLOSED, values={"close_reason": "refunded"})
    return "refunded"


def _take_back(uow: UnitOfWork, order_id: int, case_id: int, lines: dict[int, tuple[Any, ...]], parts: Sequence[tuple[Any, ...]]) -> None:
    """Units that came back go on the shelf at what they cost when they left (invariant S5), or are written off."""
    comings = []
    for line_id, units, _amount, restocked, damaged in parts:
        line = lines[line_id]
        if units > line[5]:
            raise Refused("return_more_than_sent", asked=units, sent=line[5])
        if line[7] is None:
            continue
        cost = _cost_back(uow, line_id, restocked)
        comings.append(Coming(line[7], "return", restocked, cost, order_id=order_id, line_id=line_id, case_id=case_id, damaged=damaged))
    started = {
        row[0] for row in uow.each("SELECT sku_id FROM stock_level WHERE sku_id IN ({ids})", id_list(coming.sku_id for coming in comings))
    }
    refresh_orders(uow, put(uow, [coming for coming in comings if coming.sku_id in started and (coming.units or coming.damaged)]))


def _cost_back(uow: UnitOfWork, line_id: int, units: int) -> int:
    """Value of `units` of a line that come back: their share of what left, so that all of them bring back all of it."""
    left = uow.sql(
        "SELECT coalesce(sum(CASE WHEN kind = 'shipment' THEN -quantity ELSE 0 END), 0), coalesce(sum(CASE WHEN kind = 'shipment' THEN -value ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN kind = 'return' THEN quantity ELSE 0 END), 0), coalesce(sum(CASE WHEN kind = 'return' THEN value ELSE 0 END), 0)"
        " FROM stock_movement WHERE line_id = ?",
        (line_id,),
    )[0]
    sent, worth, back, given = left
    if not sent or not units:
        return 0
    return int(worth - given if back + units >= sent else worth * units // sent)


def _call_off(uow: UnitOfWork, lines: dict[int, tuple[Any, ...]], units: dict[int, int]) -> None:
    """Refunded before it was sent: those units are no longer owed. What was set aside for them serves others."""
    changes: dict[int, dict[str, Any]] = {}
    freed: dict[int, int] = defaultdict(int)
    for line_id, count in units.items():
        _id, quantity, _owed, _paid, _refunded, shipped, cancelled, sku_id, _cost, reserved, shortage = lines[line_id]
        if count > quantity - shipped - cancelled:
            raise Refused("refund_units_over", asked=count, left=quantity - shipped - cancelled)
        from_shortage = min(count, shortage)
        give = min(count - from_shortage, reserved)
        if sku_id is not None and give:
            freed[line_id] = give
        changes[line_id] = {"cancelled": cancelled + count, "shortage": shortage - from_shortage}
    skus = release_lines(uow, freed)
    uow.change(OrderLine, changes)
    refresh_orders(uow, refill(uow, skus))
