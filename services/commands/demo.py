"""Fill an empty shop with a lifelike one to look at and to train on: goods, orders of two years, stock, after-sales.

Everything in it is invented. The rows come from services.demo; here they are written, in blocks of one transaction each.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from services.amending import Amendment, LineChange, read_base
from services.commands.approvals import count_waiting, proposal
from services.commands.upkeep import SumDays
from services.db import schema
from services.db.base import Base
from services.demo.orders import Movement
from services.demo.rows import Row, Rows
from services.demo.story import Story
from services.domain.amendments import amend
from services.errors import BadInput, Refused
from services.progress import SILENT, Progress

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork
    from services.outcome import Outcome

DEMO_NAME = "山月茶铺"
"""What a demo shop is called where nobody gave it a name."""
MOST_ORDERS = 5_000_000
BLOCK = 20_000
"""Orders a transaction: what is in the memory at once."""

# A table stands behind those that its rows point to.
_TABLES: tuple[type[Base], ...] = (
    schema.Channel, schema.Sku, schema.Listing, schema.Customer, schema.Order, schema.OrderLine, schema.Discount, schema.Parcel,
    schema.ParcelOrder, schema.ParcelLine, schema.AfterSale, schema.AfterSaleLine, schema.Reservation, schema.MoneyEntry,
    schema.PrintEntry, schema.StockMovement, schema.OrderGroup, schema.Tag,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoCounts:
    """What the demo shop holds, and how long it took to make."""

    orders: int
    lines: int
    skus: int
    customers: int
    seconds: float


class DemoPlan:
    """A story on its way into a shop: what is told and not yet written. Good for one shop, once."""

    def __init__(self, orders: int, seed: int, now: int, zone: str) -> None:
        if not 1 <= orders <= MOST_ORDERS:
            raise BadInput("demo_size", orders=orders, most=MOST_ORDERS)
        self.story = Story(orders, seed, now, zone)
        self.rows = Rows(zone, self.story.now - 40 * 60_000)
        self.orders = self.lines = 0
        self.levels: dict[int, tuple[int, int]] = {}
        self.begun = self.ended = False


@dataclass(frozen=True, slots=True)
class FillDemoBlock:
    """Write the next `size` orders of a plan, with all that belongs to them; the shop is whole after each block.

    The first block refuses a shop that is not empty: Refused("demo_shop_not_empty").
    """

    plan: DemoPlan
    size: int = BLOCK

    def apply(self, uow: UnitOfWork) -> DemoCounts:
        plan, story = self.plan, self.plan.story
        if not plan.begun:
            _refuse_unless_empty(uow)
            plan.rows.shop(story)
            plan.begun = True
        plan.ended = not story.block(self.size)
        for order in story.settled():
            plan.rows.order(order)
            plan.orders += 1
        for buyer in story.fresh:
            plan.rows.buyer(buyer)
        story.fresh.clear()
        moved = _ready(story.warehouse.movements)
        for movement in moved:
            plan.rows.movement(movement)
        tables = plan.rows.take()
        plan.lines += len(tables.get("order_line", ()))
        for done, model in enumerate(_TABLES, 1):
            uow.bulk(model, tables.get(model.__tablename__, ()))
            uow.progress.step(min(plan.orders, done * plan.orders // len(_TABLES)), None, "demo")
        _write_levels(uow, plan, moved)
        if plan.ended:
            _ask_for_changes(uow)
        return DemoCounts(plan.orders, plan.lines, len(story.wares), story.customers, 0.0)


@dataclass(frozen=True, slots=True)
class FillDemo:
    """The whole demo shop in one transaction. Raises Refused("demo_shop_not_empty"), BadInput("demo_size").

    The same seed at the same moment makes the same rows. Above some 100,000 orders `fill_demo` needs less memory.
    """

    orders: int = 600
    seed: int = 1

    def apply(self, uow: UnitOfWork) -> DemoCounts:
        started = time.perf_counter()
        plan = DemoPlan(self.orders, self.seed, uow.now, uow.shop.zone)
        made = FillDemoBlock(plan, self.orders + 1).apply(uow)
        return DemoCounts(made.orders, made.lines, made.skus, made.customers, round(time.perf_counter() - started, 3))


_ASKED_OF = """
SELECT id FROM orders WHERE status = 'awaiting_shipment' AND open_cases = 0 AND lines_unknown = 0 AND shortage = 0 AND slip_copies = 0
AND paid > 2000 ORDER BY ship_by DESC, id LIMIT ?
"""


def _ask_for_changes(uow: UnitOfWork) -> None:
    """What clerks asked for this afternoon, and the owner has not seen yet."""
    rows = []
    for place, (order_id,) in enumerate(uow.sql(_ASKED_OF, (len(ASKED),))):
        base = read_base(uow, order_id)
        line = base.state.lines[0]
        changes = (
            Amendment((LineChange(line.id, price=line.price - line.price // 10),)),
            Amendment(discount=base.state.discount + 8_00),
            Amendment((LineChange(line.id, quantity=line.quantity + 1),), freight=0),
        )
        amended = amend(base.state, changes[place])
        if amended.changed:
            reason, who, minutes = ASKED[place]
            rows.append(proposal(order_id, base, changes[place], amended, reason, who, uow.now - minutes * 60_000))
    uow.bulk(schema.Approval, rows)
    count_waiting(uow, *(row["order_id"] for row in rows))


ASKED = (("老客，答应打九折", "小美", 52), ("上次少发一件，补优惠", "小美", 31), ("买家加一件，包邮", "阿杰", 8))
"""Why, who, and how many minutes ago."""


class _Performer(Protocol):
    def perform(self, command: Any, *, progress: Progress = SILENT) -> Outcome[Any]: ...

    @property
    def clock(self) -> Any: ...

    @property
    def shop(self) -> Any: ...


def fill_demo(desk: _Performer, orders: int = 600, seed: int = 1, progress: Progress = SILENT) -> DemoCounts:
    """Fill an empty shop of any size, a block of orders in each transaction; the shop is whole after each of them.

    Stopped between two blocks (`progress` raises Cancelled), the blocks before stay.
    """
    started = time.perf_counter()
    plan = DemoPlan(orders, seed, desk.clock.now(), desk.shop.zone)
    while True:
        made = desk.perform(FillDemoBlock(plan)).value
        if plan.ended:
            desk.perform(SumDays())
            return DemoCounts(made.orders, made.lines, made.skus, made.customers, round(time.perf_counter() - started, 3))
        progress.step(made.orders, orders, "demo")


def _refuse_unless_empty(uow: UnitOfWork) -> None:
    for table in ("orders", "sku", "customer", "channel"):
        if uow.sql(f"SELECT 1 FROM {table} LIMIT 1"):  # noqa: S608 (constants)
            raise Refused("demo_shop_not_empty")


def _ready(movements: deque[Movement]) -> list[Movement]:
    """Take the movements of written orders, in the order of time; those of the last two days may wait for the next block."""
    waiting: list[Movement] = []
    found: list[Movement] = []
    for movement in movements:
        (found if movement.order is None or movement.order.flushed else waiting).append(movement)
    movements.clear()
    movements.extend(waiting)
    return found


def _write_levels(uow: UnitOfWork, plan: DemoPlan, moved: list[Movement]) -> None:
    """Bring on hand and value in step with the movements written, and at the end what is set aside."""
    for movement in moved:
        on_hand, value = plan.levels.get(movement.ware.id, (0, 0))
        plan.levels[movement.ware.id] = (on_hand + movement.quantity, value + movement.value)
    known = {row[0] for row in uow.sql("SELECT sku_id FROM stock_level")}
    rows: list[Row] = []
    for ware in plan.story.wares:
        if ware.id in plan.levels:
            on_hand, value = plan.levels[ware.id]
            reserved = ware.reserved if plan.ended else 0
            rows.append({"sku_id": ware.id, "on_hand": on_hand, "reserved": reserved, "damaged": ware.damaged, "value": value})
    uow.bulk(schema.StockLevel, [row for row in rows if row["sku_id"] not in known])
    uow.change(schema.StockLevel, {row["sku_id"]: row for row in rows if row["sku_id"] in known})
