"""A shop lived in at random: orders come, goods come, things are shipped, given back, refunded – and every sum stays true.

Invariants S1–S6, M5–M7, O1–O3 of reference/invariants.md, checked by plain SQL over the file after each step.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.commands.aftersales import MoveCase, RefundLine, RefundOrder
from services.commands.moves import Observed, observe
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import AdjustStock, MatchGoods, ReceiveGoods
from services.db.ceilings import ceilings_of
from services.db.reading import Reading
from services.db.uow import UnitOfWork
from services.desk import Desk
from services.domain.order_states import Status
from services.errors import DeskError
from tests.frozen import FrozenClock
from tests.properties.placing import Place

CODES = ("A", "B", "C")


@dataclass(frozen=True)
class Observe:
    order_id: int
    status: Status

    def apply(self, uow: UnitOfWork) -> dict[int, str]:
        return observe(uow, {self.order_id: Observed(self.status)})


@dataclass(frozen=True)
class Ceiling:
    order_id: int

    def run(self, reading: Reading) -> int:
        return ceilings_of(reading, self.order_id).order


class Shop(RuleBasedStateMachine):
    """Steps of a merchant's days; every refusal must be a DeskError that changed nothing."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zhanggui-machine-"))
        self.clock = FrozenClock()
        self.desk = Desk.open(self.folder / "shop", clock=self.clock)
        self.file = sqlite3.connect(self.folder / "shop" / "shop.sqlite")
        self.orders: list[int] = []
        self.parcels = 0

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.file.close()
            self.desk.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, statement: str, *params: Any) -> list[tuple[Any, ...]]:
        return self.file.execute(statement, params).fetchall()

    def attempt(self, command: Any, reason: str = "试") -> Any:
        before = self.sql("SELECT count(*), max(seq) FROM audit_entry")
        self.clock.advance(minutes=1)
        try:
            return self.desk.perform(command, reason=reason).value
        except DeskError:
            assert self.sql("SELECT count(*), max(seq) FROM audit_entry") == before
            return None

    @rule(
        lines=st.lists(st.tuples(st.sampled_from(CODES), st.integers(1, 4), st.integers(0, 2000)), min_size=1, max_size=3),
        paid=st.booleans(),
        freight=st.sampled_from((0, 0, 800)),
        hours=st.integers(0, 48),
    )
    def place(self, lines: list[tuple[str, int, int]], paid: bool, freight: int, hours: int) -> None:
        self.orders.append(self.desk.perform(Place(tuple(lines), paid, freight, self.clock.now() + hours * 3_600_000)).value)

    @rule(code=st.sampled_from(CODES), units=st.integers(1, 8), cost=st.integers(0, 999))
    def receive(self, code: str, units: int, cost: int) -> None:
        self.attempt(ReceiveGoods(code, units, cost, title=f"货{code}"))

    @rule(code=st.sampled_from(CODES), counted=st.integers(0, 9), kind=st.sampled_from(("adjustment", "damage")))
    def count(self, code: str, counted: int, kind: str) -> None:
        for (sku_id,) in self.sql("SELECT id FROM sku WHERE code = ?", code):
            self.attempt(AdjustStock(sku_id, counted, kind))

    @rule(code=st.sampled_from(CODES), other=st.sampled_from(CODES))
    def match(self, code: str, other: str) -> None:
        listings = self.sql("SELECT id FROM listing WHERE code = ?", code)
        for (sku_id,) in self.sql("SELECT id FROM sku WHERE code = ?", other):
            self.attempt(MatchGoods(tuple(row[0] for row in listings), sku_id))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), passing=st.booleans())
    def ship(self, data: st.DataObject, passing: bool) -> None:
        chosen = data.draw(st.lists(st.sampled_from(self.orders), min_size=1, max_size=3, unique=True))
        shipments = []
        for order_id in chosen:
            self.parcels += 1
            shipments.append(Shipment(order_id, "SF", f"SF{self.parcels:013d}"))
        self.attempt(ShipOrders(tuple(shipments), ("shortage", "goods_unmatched") if passing else ()))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), status=st.sampled_from(Status))
    def hear_from_platform(self, data: st.DataObject, status: Status) -> None:
        self.attempt(Observe(data.draw(st.sampled_from(self.orders)), status))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), amount=st.integers(1, 4000), waiting=st.booleans())
    def refund_amount(self, data: st.DataObject, amount: int, waiting: bool) -> None:
        self.refund(RefundOrder(data.draw(st.sampled_from(self.orders)), "refund_only", amount=amount, waiting=waiting))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), kind=st.sampled_from(("refund_only", "return_and_refund")), waiting=st.booleans())
    def refund_units(self, data: st.DataObject, kind: str, waiting: bool) -> None:
        order_id = data.draw(st.sampled_from(self.orders))
        lines = []
        for line_id, quantity in self.sql("SELECT id, quantity FROM order_line WHERE order_id = ?", order_id):
            units = data.draw(st.integers(0, quantity))
            back = data.draw(st.integers(0, units)) if kind == "return_and_refund" else 0
            if units:
                lines.append(RefundLine(line_id, units, back, units - back if kind == "return_and_refund" else 0))
        if lines:
            self.refund(RefundOrder(order_id, kind, tuple(lines), waiting=waiting))

    def refund(self, command: RefundOrder) -> None:
        before = self.desk.read(Ceiling(command.order_id))
        result = self.attempt(command)
        if result is not None:
            assert 0 < result.amount <= before
            assert result.ceiling == before - result.amount == self.desk.read(Ceiling(command.order_id))

    @rule(data=st.data(), state=st.sampled_from(("refunded", "refused", "withdrawn")))
    def decide_case(self, data: st.DataObject, state: str) -> None:
        cases = self.sql("SELECT id FROM after_sale")
        if cases:
            self.attempt(MoveCase(data.draw(st.sampled_from(cases))[0], state))

    @invariant()
    def s1_s2_stock_is_its_ledger(self) -> None:
        if not hasattr(self, "desk"):
            return
        wrong = self.sql(
            "SELECT sku_id FROM stock_level l WHERE reserved < 0 OR reserved > on_hand OR value < 0 "
            "OR on_hand <> (SELECT coalesce(sum(quantity), 0) FROM stock_movement m WHERE m.sku_id = l.sku_id) "
            "OR value <> (SELECT coalesce(sum(value), 0) FROM stock_movement m WHERE m.sku_id = l.sku_id) "
            "OR reserved <> (SELECT coalesce(sum(quantity), 0) FROM reservation r WHERE r.sku_id = l.sku_id AND r.state = 'open') "
            "OR (on_hand = 0 AND value <> 0)"
        )
        assert not wrong

    @invariant()
    def s3_s4_lines_add_up(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert not self.sql(
            "SELECT l.id FROM order_line l JOIN orders o ON o.id = l.order_id WHERE "
            "l.reserved <> (SELECT coalesce(sum(quantity), 0) FROM reservation r WHERE r.line_id = l.id AND r.state = 'open') "
            "OR (o.status <> 'awaiting_shipment' AND (l.reserved > 0 OR l.shortage > 0)) "
            "OR (o.status = 'awaiting_shipment' AND l.sku_id IS NOT NULL AND l.shortage <> l.quantity - l.cancelled - l.shipped - l.reserved)"
        )

    @invariant()
    def no_unit_waits_beside_a_shortage(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert not self.sql(
            "SELECT l.id FROM order_line l JOIN stock_level s ON s.sku_id = l.sku_id WHERE l.shortage > 0 AND s.on_hand > s.reserved"
        )

    @invariant()
    def m5_money_is_its_journal(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert not self.sql(
            "SELECT id FROM orders o WHERE refunded > coalesce(paid, 0) OR refunded < 0 "
            "OR coalesce(paid, 0) <> (SELECT coalesce(sum(amount), 0) FROM money_entry m WHERE m.order_id = o.id AND kind = 'payment') "
            "OR refunded <> (SELECT -coalesce(sum(amount), 0) FROM money_entry m WHERE m.order_id = o.id AND kind = 'refund') "
            "OR (SELECT coalesce(sum(l.refunded), 0) FROM order_line l WHERE l.order_id = o.id) > refunded"
        )

    @invariant()
    def caches_and_counts_hold(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert not self.sql(
            "SELECT id FROM orders o WHERE shortage <> (SELECT coalesce(sum(shortage), 0) FROM order_line l WHERE l.order_id = o.id) "
            "OR unmatched <> (SELECT count(*) FROM order_line l WHERE l.order_id = o.id AND sku_id IS NULL) "
            "OR open_cases <> (SELECT count(*) FROM after_sale a WHERE a.order_id = o.id AND state IN ('requested', 'agreed', 'goods_back'))"
        )
        counted = dict(self.sql("SELECT status, sum(orders) FROM order_count GROUP BY status HAVING sum(orders) <> 0"))
        assert counted == dict(self.sql("SELECT status, count(*) FROM orders GROUP BY status"))


Shop.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestShop = Shop.TestCase
