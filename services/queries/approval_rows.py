"""Changes that wait for approval, and what became of others: the diff, what it does to money and stock, who asked and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.access import roles_of
from services.amending import Base, read_base, within_limits
from services.domain.amendments import (
    LIMIT,
    Amended,
    Amendment,
    LineState,
    OrderState,
    amend,
    payable_of,
    stock_effect,
)
from services.domain.permissions import permissions_of
from services.errors import DeskError, NotFound
from services.money import write_amount

if TYPE_CHECKING:
    from services.db.reading import Reading

MOST = 500
_COLUMNS = """a.id, a.order_id, o.number, o.status, o.buyer_nick, o.paid, a.state, a.change, a.was, a.effect, a.reason, a.asked_by, a.asked_at,
a.decided_by, a.decided_at, a.note"""
_FROM = "FROM approval a JOIN orders o ON o.id = a.order_id"
_WAITING = f"SELECT {_COLUMNS} {_FROM} WHERE a.state = 'waiting' ORDER BY a.asked_at, a.id LIMIT {MOST}"
_DONE = f"SELECT {_COLUMNS} {_FROM} WHERE a.state <> 'waiting' ORDER BY a.decided_at DESC, a.id DESC LIMIT {MOST}"
_OF_ORDER = f"SELECT {_COLUMNS} {_FROM} WHERE a.order_id = ? ORDER BY a.state <> 'waiting', a.id DESC"
_ONE = f"SELECT {_COLUMNS} {_FROM} WHERE a.id = ?"
_UNTOLD = f"""SELECT {_COLUMNS} {_FROM} WHERE a.told_at IS NULL AND a.state <> 'waiting' AND a.asked_by = ?
ORDER BY a.decided_at, a.id LIMIT 50"""
_TITLES = "SELECT l.id, g.title, coalesce(s.code, g.code) FROM order_line l JOIN listing g ON g.id = l.listing_id LEFT JOIN sku s ON s.id = l.sku_id WHERE l.id IN ({ids})"
_SKUS = "SELECT s.id, s.code, s.title, s.virtual, v.on_hand - v.reserved FROM sku s LEFT JOIN stock_level v ON v.sku_id = s.id WHERE s.id IN ({ids})"


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One thing that would be another: `code` of the terms `approval_diff`, `goods` the line's title, values as one writes them."""

    code: str
    goods: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class StockRow:
    """`more` units the order wants more (+) or fewer (−); `after` is what can be sold afterwards, negative for a shortage, None where
    the SKU's stock has not begun or is not counted."""

    sku_id: int
    code: str
    more: int
    available: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change comes to. `more`: fen that the buyer owes more (+) or less (−); `surplus`: fen paid that would not be owed."""

    diff: tuple[DiffRow, ...]
    stock: tuple[StockRow, ...]
    payable: int
    more: int
    paid: int
    surplus: int


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """`stale`: the order is not any more as it was when this was asked for; it can only be rejected. `effect` is empty (None) where the
    change can't be worked out any more."""

    id: int
    order_id: int
    number: str
    status: str
    buyer_nick: str
    state: str
    stale: bool
    effect: Effect | None
    more: int
    reason: str
    asked_by: str
    asked_at: int
    decided_by: str
    decided_at: int | None
    note: str

    @property
    def code(self) -> str:
        return f"A{self.id}"


@dataclass(frozen=True, slots=True)
class ApprovalRows:
    """Query: what waits, the oldest first; or what was decided, the latest first (at most 500)."""

    done: bool = False

    def run(self, reading: Reading) -> tuple[ApprovalRow, ...]:
        return _rows(reading, reading.sql(_DONE if self.done else _WAITING))


@dataclass(frozen=True, slots=True)
class ApprovalsOfOrder:
    """Query: the changes asked for of one order, the waiting one first."""

    order_id: int

    def run(self, reading: Reading) -> tuple[ApprovalRow, ...]:
        return _rows(reading, reading.sql(_OF_ORDER, (self.order_id,)))


@dataclass(frozen=True, slots=True)
class OneApproval:
    """Query: one of them. Raises NotFound("approval_not_found")."""

    approval_id: int

    def run(self, reading: Reading) -> ApprovalRow:
        rows = _rows(reading, reading.sql(_ONE, (self.approval_id,)))
        if not rows:
            raise NotFound("approval_not_found", approval=f"A{self.approval_id}")
        return rows[0]


@dataclass(frozen=True, slots=True)
class ApprovalCount:
    """Query: how many wait."""

    def run(self, reading: Reading) -> int:
        return int(reading.sql("SELECT count(*) FROM approval WHERE state = 'waiting'")[0][0])


@dataclass(frozen=True, slots=True)
class DecisionsFor:
    """Query: what somebody asked for, was decided since and not seen by them yet."""

    name: str

    def run(self, reading: Reading) -> tuple[ApprovalRow, ...]:
        return _rows(reading, reading.sql(_UNTOLD, (self.name,)))


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of a change, and whose word it needs: `decides` is `at_once` (who asks may approve), LIMIT or `waiting`.
    `mistake`: why it can't be, with its facts; then there is no effect. `lines` are ids that can't be removed."""

    effect: Effect | None
    changed: bool
    decides: str
    mistake: str = ""
    facts: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """Query: a change as ProposeChange would do it, without doing it. `approves`: whoever asks may approve."""

    order_id: int
    change: Amendment
    approves: bool

    def run(self, reading: Reading) -> Preview:
        base = read_base(reading, self.order_id)
        try:
            base.check()
            amended = amend(base.state, self.change)
        except DeskError as error:
            return Preview(None, False, "", error.code, tuple(error.facts.items()))
        allowed = not self.approves and within_limits(reading, self.order_id, base, self.change, amended)
        decides = "at_once" if self.approves else LIMIT if allowed else "waiting"
        words = _Words(reading, [base.state], [amended])
        return Preview(_effect(words, base.state, amended, base.status, base.state.paid), amended.changed, decides)


def _rows(reading: Reading, rows: Sequence[tuple[Any, ...]]) -> tuple[ApprovalRow, ...]:
    worked = [_work(row[8], row[7]) for row in rows]
    words = _Words(reading, [state for state, _amended in worked], [amended for _state, amended in worked if amended is not None])
    found = []
    for row, (state, amended) in zip(rows, worked, strict=True):
        (
            approval_id,
            order_id,
            number,
            status,
            buyer,
            paid,
            at,
            _change,
            was,
            more,
            reason,
            asked_by,
            asked_at,
            decided_by,
            decided_at,
            note,
        ) = row
        effect = _effect(words, state, amended, status, paid) if amended is not None else None
        stale = at == "waiting" and (effect is None or _now(reading, order_id).as_json() != was)
        found.append(
            ApprovalRow(
                approval_id, order_id, number, status, buyer, at, stale, effect, more, reason, asked_by, asked_at, decided_by, decided_at, note
            )
        )  # fmt: skip
    return tuple(found)


def _now(reading: Reading, order_id: int) -> Base:
    return read_base(reading, order_id)


def _work(was: str, change: str) -> tuple[OrderState, Amended | None]:
    told = json.loads(was)
    state = OrderState(tuple(LineState(*line) for line in told["lines"]), told["discount"], told["freight"])
    try:
        return state, amend(state, Amendment.of_json(json.loads(change)))
    except DeskError:
        return state, None


class _Words:
    """Titles of lines and goods, read once for all that is shown."""

    def __init__(self, reading: Reading, states: Iterable[OrderState], amended: Iterable[Amended]) -> None:
        lines = [line for state in states for line in state.lines]
        others = [line for one in amended for line in one.lines]
        self.lines = {row[0]: row[1:] for row in reading.each(_TITLES, sorted({line.id for line in lines if line.id}))}
        ids = sorted({line.sku_id for line in (*lines, *others) if line.sku_id is not None})
        self.skus = {row[0]: row[1:] for row in reading.each(_SKUS, ids)}

    def title(self, line: LineState) -> str:
        """As the order calls it; goods that are no line (any more) by their own title."""
        if line.id in self.lines:
            return str(self.lines[line.id][0] or self.lines[line.id][1])
        code, title, *_rest = self.skus.get(line.sku_id or 0, ("", ""))
        return str(title or code)

    def code(self, sku_id: int | None) -> str:
        return str(self.skus[sku_id][0]) if sku_id in self.skus else ""


def _effect(words: _Words, state: OrderState, amended: Amended, status: str, paid: int | None) -> Effect:
    surplus = max(0, (paid or 0) - amended.payable)
    return Effect(_diff(words, state, amended), _stock(words, state, amended, status), amended.payable, amended.effect, paid or 0, surplus)


def _diff(words: _Words, state: OrderState, amended: Amended) -> tuple[DiffRow, ...]:
    before = {line.id: line for line in state.lines}
    rows = []
    for line in amended.lines:
        if not line.id:
            rows.append(DiffRow("added", words.title(line), "", _goods(line)))
            continue
        old = before[line.id]
        if old.sku_id != line.sku_id:
            rows.append(DiffRow("sku", words.title(old), words.code(old.sku_id), words.code(line.sku_id)))
        if old.quantity != line.quantity:
            rows.append(DiffRow("quantity", words.title(old), str(old.quantity), str(line.quantity)))
        if old.price != line.price:
            rows.append(DiffRow("price", words.title(old), write_amount(old.price), write_amount(line.price)))
    rows += [DiffRow("removed", words.title(before[line_id]), _goods(before[line_id]), "") for line_id in amended.removed]
    for code, was, becomes in (
        ("discount", state.discount, amended.discount),
        ("freight", state.freight, amended.freight),
        ("payable", payable_of(state), amended.payable),
    ):
        if was != becomes:
            rows.append(DiffRow(code, "", write_amount(was), write_amount(becomes)))
    return tuple(rows)


def _goods(line: LineState) -> str:
    return f"{line.quantity} × {write_amount(line.price)}"


def _stock(words: _Words, state: OrderState, amended: Amended, status: str) -> tuple[StockRow, ...]:
    rows = []
    for sku_id, more in sorted(stock_effect(state, amended).items()):
        if sku_id in words.skus:
            code, _title, virtual, available = words.skus[sku_id]
            counted = available is not None and not virtual
            after = available - more if counted and status == "awaiting_shipment" else None
            rows.append(StockRow(sku_id, code, more, available if counted else None, after))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Approvers:
    """Query: who may approve by a PIN, the owners first; nobody where nobody has a PIN: then the owner's word is enough."""

    def run(self, reading: Reading) -> tuple[str, ...]:
        changed = roles_of(reading)
        rows = reading.sql("SELECT name, role FROM person WHERE active = 1 AND pin <> '' ORDER BY role <> 'owner', name")
        return tuple(name for name, role in rows if "approve" in permissions_of(role, changed))
