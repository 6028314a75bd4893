"""The demo shop's stock in the order of time: goods come in before they are needed, leave with the orders, come back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from heapq import heappop, heappush
from random import Random

from services.clock import MS_A_DAY
from services.demo.goods import SHORT, Ware
from services.demo.orders import DemoCase, DemoLine, DemoOrder, DemoParcel, Movement
from services.domain.allocation import Demand, allocate, value_of

_RECEIPT_NOTES = ("", "", "", "厂家直发", "茶山合作社", "批发市场补货")
_MISSING = {SHORT[0]: 3, SHORT[1]: 2}
"""Units short at the end."""


class Warehouse:
    """Feeds `movements`, the ledger to be, in the order of time. Levels are those of the wares."""

    def __init__(self, random: Random, wares: list[Ware], orders: int, first: int, now: int) -> None:
        self.movements: deque[Movement] = deque()
        self._random = random
        self._wares = wares
        self._now = now
        self._events: list[tuple[int, int, DemoOrder, DemoCase | None]] = []
        self._ticket = 0
        total = sum(ware.popularity for ware in wares)
        self._lots: dict[int, int] = {}
        for ware in wares:
            if ware.virtual:
                continue
            # About nine receipts a year and SKU: an order brings two units on average.
            lot = -(-int(orders * 2 * (ware.popularity or 1) / total / 18) // 12) * 12
            self._lots[ware.id] = max(12, lot)
            ware.reorder_point = max(4, self._lots[ware.id] // 3)
            self._receive(ware, self._lots[ware.id] * (6 if ware.id % 25 == 7 else 1), first, "期初入库")

    def promise(self, order: DemoOrder) -> None:
        """The order is paid and will be sent: have its goods come in if they are not there."""
        regular = order.created_at < self._now - 8 * MS_A_DAY
        for line in order.lines:
            ware = line.ware
            if ware is None or ware.virtual:
                continue
            ware.promised += line.quantity
            lot = self._lots[ware.id]
            free = ware.on_hand - ware.promised
            # Half the shelf is not filled up in the last week, so that something is low today.
            if free < 0 or (free < lot // 3 and (regular or ware.id % 2)):
                self._receive(ware, lot * -(-max(1, -free) // lot), order.created_at)

    def expect(self, at: int, order: DemoOrder, case: DemoCase | None = None) -> None:
        """Have the order leave at that time, or what a case brings back arrive."""
        self._ticket += 1
        heappush(self._events, (at, self._ticket, order, case))

    def until(self, moment: int) -> None:
        """Let everything happen up to that moment."""
        while self._events and self._events[0][0] <= moment:
            at, _ticket, order, case = heappop(self._events)
            if case is None:
                for parcel in order.parcels:
                    for line in parcel.lines:
                        self._send(at, order, line, parcel)
                order.settled = True
            else:
                self._take_back(at, order, case)

    def _receive(self, ware: Ware, units: int, at: int, note: str | None = None) -> None:
        cost = ware.cost * self._random.randrange(94, 107) // 100
        ware.on_hand += units
        ware.value += units * cost
        words = self._random.choice(_RECEIPT_NOTES) if note is None else note
        self.movements.append(Movement(ware, "receipt", units, units * cost, at, note=words))

    def _send(self, at: int, order: DemoOrder, line: DemoLine, parcel: DemoParcel) -> None:
        ware = line.ware
        if ware is None or ware.virtual:
            return
        value = value_of(line.shipped, ware.on_hand, ware.value)
        ware.on_hand -= line.shipped
        ware.value -= value
        ware.promised -= line.shipped
        line.cost = value
        self.movements.append(Movement(ware, "shipment", -line.shipped, -value, at, order, line, parcel))

    def _take_back(self, at: int, order: DemoOrder, case: DemoCase) -> None:
        for part in case.lines:
            ware = part.line.ware
            if ware is None or ware.virtual or part.line.cost is None:
                continue
            ware.damaged += part.damaged
            if part.restocked:
                value = part.line.cost * part.restocked // part.line.shipped
                ware.on_hand += part.restocked
                ware.value += value
                self.movements.append(Movement(ware, "return", part.restocked, value, at, order, part.line, case=case))

    def finish(self, waiting: Iterable[DemoOrder]) -> None:
        """The end of the story: count what runs out, set aside for who waits, note who goes short."""
        self.until(self._now)
        demands = []
        lines: dict[int, DemoLine] = {}
        for order in waiting:
            for line in order.lines:
                wanted = line.quantity - line.shipped
                if line.ware is None or line.ware.virtual or not wanted:
                    continue
                lines[line.id] = line
                demands.append(Demand(1, order.ship_by or 0, order.id, line.id, line.ware.id, wanted))
        for ware in self._wares:
            wanted = sum(demand.wanted for demand in demands if demand.sku_id == ware.id)
            if ware.code in _MISSING and wanted >= _MISSING[ware.code]:
                self._count(ware, wanted - _MISSING[ware.code])
        given = allocate(demands, {ware.id: ware.on_hand for ware in self._wares})
        for demand in demands:
            line = lines[demand.line_id]
            line.reserved = given.get(line.id, 0)
            line.shortage = demand.wanted - line.reserved
            if line.ware is not None:
                line.ware.reserved += line.reserved

    def _count(self, ware: Ware, counted: int) -> None:
        """A stocktake finds another number on the shelf."""
        units = counted - ware.on_hand
        if not units:
            return
        at = self._now - 160 * 60_000
        last = self.movements[-1].at if self.movements else at
        value = units * ware.cost if units > 0 else -value_of(-units, ware.on_hand, ware.value)
        ware.on_hand += units
        ware.value += value
        self.movements.append(Movement(ware, "adjustment", units, value, max(at, last), note="盘点差异"))
