"""A process that does one user action on a shop and kills itself at the n-th statement of it: python child.py FOLDER ACTION N.

N = 0 lets it end; then it says how many statements there were. What it says it has done is on the disk.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable
from pathlib import Path

from services.commands.aftersales import RefundOrder
from services.commands.demo import FillDemo
from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.commands.parcels import Shipment, ShipOrders
from services.db.reading import Reading
from services.desk import Desk
from tests.frozen import FrozenClock

FREE = (
    "SELECT id FROM orders WHERE status = 'awaiting_shipment' AND shortage = 0 AND unmatched = 0 AND open_cases = 0 AND lines_unknown = 0 AND approvals = 0"
    " AND part_shipped = 0 AND phone <> '' AND address <> '' ORDER BY id LIMIT 12"
)


class Ids:
    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading: Reading) -> list[int]:
        return [row[0] for row in reading.sql(self.statement)]


def ship(desk: Desk) -> None:
    ids = desk.read(Ids(FREE))
    desk.perform(ShipOrders(tuple(Shipment(order_id, "ZTO", f"75{order_id:012d}") for order_id in ids)))


def refund(desk: Desk) -> None:
    (order_id, *_rest) = desk.read(Ids(FREE))
    desk.perform(RefundOrder(order_id, "refund_only", key="once"), reason="多拍/拍错/不想要")


def edit(desk: Desk) -> None:
    desk.perform(EditOrders(tuple(desk.read(Ids("SELECT id FROM orders ORDER BY id LIMIT 50"))), {"flag": 5, "seller_memo": "一起改"}))


def fill(desk: Desk) -> None:
    desk.perform(FillDemo(60))


def bring(desk: Desk) -> None:
    import_file(desk, next((desk.shop.folder / "files").glob("ExportOrderList*.csv")))


ACTIONS: dict[str, Callable[[Desk], None]] = {"ship": ship, "refund": refund, "edit": edit, "fill": fill, "bring": bring}


def main(folder: str, action: str, fatal: int) -> None:
    with Desk.open(Path(folder), clock=FrozenClock()) as desk:
        count = itertools.count(1)
        last = 0

        def statement(_text: str) -> None:
            nonlocal last
            last = next(count)
            if last == fatal:
                os.kill(os.getpid(), 9)

        desk._writer.raw.set_trace_callback(statement)
        ACTIONS[action](desk)
        desk._writer.raw.set_trace_callback(None)
        print(f"done {last}", flush=True)
        if fatal < 0:
            os.kill(os.getpid(), 9)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
