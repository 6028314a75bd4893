"""One order paid → shipped with stock, money and audit through the Desk, against the same rows by raw sqlite3.

Run: pytest -m bench -s tests/bench/bench_processing.py. Ratios to the floor in the same run, CPU time, median of five.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from pathlib import Path

import pytest

from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from tests.properties.placing import Place

pytestmark = pytest.mark.bench

ORDERS = 200
BATCH = 100
ROUNDS = 5


def prepare(desk: Desk, count: int) -> list[int]:
    ids = [desk.perform(Place((("A", 2, 1000), ("B", 1, 500)), paid=True, freight=0, ship_by=0)).value for _ in range(count)]
    for code in ("A", "B"):
        desk.perform(ReceiveGoods(code, count * 2, 300, title=code))
    return ids


def floor(folder: Path, desk: Desk, ids: list[int], per_transaction: int) -> float:
    """CPU seconds an order of the same inserts and updates through sqlite3, in transactions of so many orders."""
    file = folder / "floor.sqlite"
    source = sqlite3.connect(desk.shop.folder / "shop.sqlite")
    target = sqlite3.connect(file, isolation_level=None)
    source.backup(target)
    source.close()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        target.execute(f"PRAGMA {pragma}")
    (entry,) = target.execute("SELECT max(seq) FROM audit_entry").fetchone()
    (parcel,) = target.execute("SELECT coalesce(max(id), 0) FROM parcel").fetchone()
    (link,) = target.execute("SELECT coalesce(max(id), 0) FROM parcel_order").fetchone()
    (content,) = target.execute("SELECT coalesce(max(id), 0) FROM parcel_line").fetchone()
    (moved,) = target.execute("SELECT coalesce(max(id), 0) FROM stock_movement").fetchone()
    columns = [row[1] for row in target.execute("PRAGMA table_info(audit_entry)")]
    audit = f"INSERT INTO audit_entry VALUES ({','.join('?' * len(columns))})"
    began = time.process_time()
    for start in range(0, len(ids), per_transaction):
        target.execute("BEGIN IMMEDIATE")
        for order_id in ids[start : start + per_transaction]:
            lines = target.execute("SELECT id, sku_id, quantity FROM order_line WHERE order_id = ?", (order_id,)).fetchall()
            parcel += 1
            target.execute(
                "INSERT INTO parcel VALUES (?, 'SF', ?, '顺丰速运', 'shipped', 'here', 1, NULL, NULL)", (parcel, f"F{parcel:013d}")
            )
            link += 1
            target.execute("INSERT INTO parcel_order VALUES (?, ?, ?)", (link, parcel, order_id))
            for line_id, sku_id, quantity in lines:
                content += 1
                moved += 1
                target.execute("INSERT INTO parcel_line VALUES (?, ?, ?, ?)", (content, parcel, line_id, quantity))
                target.execute(
                    "INSERT INTO stock_movement VALUES (?, ?, 'shipment', ?, -300, 1, ?, ?, NULL, ?, NULL, '')",
                    (moved, sku_id, -quantity, order_id, line_id, parcel),
                )
                target.execute("UPDATE reservation SET state = 'consumed', closed_at = 1 WHERE line_id = ?", (line_id,))
                target.execute(
                    "UPDATE order_line SET reserved = 0, shipped = quantity, shipped_at = 1, unit_cost = 300 WHERE id = ?", (line_id,)
                )
                target.execute(
                    "UPDATE stock_level SET on_hand = on_hand - ?, reserved = reserved - ?, value = value - 300 * ? WHERE sku_id = ?",
                    (quantity, quantity, quantity, sku_id),
                )
            target.execute("UPDATE orders SET status = 'shipped', shipped_at = 1, version = version + 1 WHERE id = ?", (order_id,))
            target.execute("UPDATE order_count SET orders = orders - 1 WHERE status = 'awaiting_shipment'")
            for text in ("parcel", "orders", "command"):
                entry += 1
                values = (
                    entry,
                    1,
                    "owner",
                    "ship",
                    text,
                    1,
                    order_id,
                    "status",
                    "a",
                    "b" * 200,
                    None,
                    b"s" * 16,
                    b"o" * 32,
                    b"n" * 32,
                    b"h" * 32,
                )
                target.execute(audit, values)
        target.execute("COMMIT")
    spent = time.process_time() - began
    target.close()
    for path in folder.glob("floor.sqlite*"):
        path.unlink()
    return spent / len(ids)


def test_shipping_against_raw_sqlite(desk: Desk, tmp_path: Path) -> None:
    ratios: dict[str, list[float]] = {"one by one": [], f"batch of {BATCH}": []}
    times: dict[str, list[float]] = {"one by one": [], f"batch of {BATCH}": []}
    for turn in range(ROUNDS):
        singles, batched = prepare(desk, ORDERS), prepare(desk, BATCH)
        raw_single = floor(tmp_path, desk, singles, 1)
        raw_batch = floor(tmp_path, desk, batched, BATCH)
        began = time.process_time()
        for place, order_id in enumerate(singles):
            assert desk.perform(ShipOrders((Shipment(order_id, "SF", f"SF1{turn:03d}{place:09d}"),))).value.shipped
        single = (time.process_time() - began) / ORDERS
        began = time.process_time()
        whole = desk.perform(
            ShipOrders(tuple(Shipment(order_id, "SF", f"SF2{turn:03d}{place:09d}") for place, order_id in enumerate(batched)))
        )
        batch = (time.process_time() - began) / BATCH
        assert len(whole.value.shipped) == BATCH
        ratios["one by one"].append(single / raw_single)
        ratios[f"batch of {BATCH}"].append(batch / raw_batch)
        times["one by one"].append(single)
        times[f"batch of {BATCH}"].append(batch)
    for name, found in ratios.items():
        middle = statistics.median(times[name])
        print(f"\nship {name}: {statistics.median(found):.1f}x raw sqlite3, {middle * 1000:.2f} ms CPU an order, {1 / middle:.0f} orders/s")
