"""Searching and listing against the same SQL through sqlite3 (design/quality.md, speed): first pages, words, all ids, deep pages.

Run: pytest -m bench -s tests/bench/bench_search.py. ZHANGGUI_BENCH_ORDERS sets how many orders (100,000 if not set; a
million takes five minutes to build). CPU time, median of seven, warm, ratio to the floor in the same run.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.clock import MS_A_DAY, day_of
from services.db.derived import SEARCHED
from services.db.dialect import READER_PRAGMAS, TEXT_IN
from services.db.schema import Order
from services.desk import Desk
from services.queries.order_rows import FirstOrders, OrderIds, OrderPage, OrderRows, OrderTotals
from services.search.grams import index_words, match_words
from tests.factories import ZONE
from tests.frozen import START, FrozenClock

pytestmark = pytest.mark.bench

ORDERS = int(os.environ.get("ZHANGGUI_BENCH_ORDERS", "100000"))
GOODS = 5_000
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪"
_HAN = "".join(chr(0x4E00 + place * 7) for place in range(600))
_WARES = "手作粗陶马克杯带盖办公室水杯竹编收纳篮零食筐手提亚麻桌布长方形可水洗冲咖啡壶细口不锈钢围裙花艺师工作服"
_NOTES = ("", "", "", "", "", "", "", "", "加急", "老客户", "请尽快发货，谢谢", "周末发货", "补差价5元")
_COLUMNS = [column.name for column in Order.__table__.columns]


def _fill(file: Path) -> None:
    """Rows straight into the file: what is measured is reading. Skewed goods and names, two years of orders."""
    chance = random.Random(1)
    target = sqlite3.connect(file, isolation_level=None)
    for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
        target.execute(f"PRAGMA {pragma}")
    target.execute("BEGIN")
    target.execute("INSERT INTO channel(id, code, platform, shop_name) VALUES (1, 'taobao', 'taobao', '')")
    for place in range(1, GOODS + 1):
        title = "".join(chance.choices(_WARES, k=16))
        target.execute(
            "INSERT INTO listing(id, channel_id, item_id, code, properties, title, matched_by) VALUES (?, 1, '', ?, '颜色:白', ?, '')",
            (place, f"SKU-{place:04d}", title),
        )
    usual = {column.name: None if column.default is None else column.default.arg for column in Order.__table__.columns}
    insert = f"INSERT INTO orders({','.join(_COLUMNS)}) VALUES ({','.join('?' * len(_COLUMNS))})"
    line, counts = 0, dict.fromkeys(("awaiting_shipment", "shipped", "completed"), 0)
    for start in range(0, ORDERS, 20_000):
        orders, lines, docs = [], [], []
        for place in range(start + 1, min(start + 20_000, ORDERS) + 1):
            created_at = START - (ORDERS - place) * 730 * MS_A_DAY // ORDERS
            age = (START - created_at) / MS_A_DAY
            phone = f"1{chance.randrange(10**10):010d}"
            values: dict[str, Any] = usual | {
                "id": place,
                "channel_id": 1,
                "number": str(chance.randrange(5 * 10**18, 6 * 10**18)),
                "status": "awaiting_shipment" if age < 1 else "shipped" if age < 8 else "completed",
                "buyer_nick": f"tb{chance.randrange(10**8):08d}" if place % 2 else "".join(chance.choices(_HAN, k=4)),
                "recipient": chance.choice(_SURNAMES) + "".join(chance.choices(_HAN, k=2)),
                "phone": phone,
                "phone_tail": phone[-4:],
                "province": "浙江省",
                "address": "文三路1号",
                "seller_memo": chance.choice(_NOTES),
                "buyer_message": chance.choice(_NOTES),
                "payable": 1000,
                "paid": 1000,
                "created_at": created_at,
                "paid_at": created_at + 600_000,
                "ship_by": created_at + 2 * MS_A_DAY,
                "created_day": day_of(created_at, ZONE),
                "lines_unknown": False,
            }
            counts[values["status"]] += 1
            orders.append([values[name] for name in _COLUMNS])
            docs.append((place, index_words(values[name] or "" for name in SEARCHED)))
            for position in range(1 + place % 2):
                line += 1
                lines.append((line, place, position, min(GOODS, int(chance.paretovariate(0.6)))))
        target.executemany(insert, orders)
        target.executemany(
            "INSERT INTO order_line(id, order_id, position, number, listing_id, quantity, price, refunded, refund_state, parcel_carrier, "
            "parcel_number, reserved, shipped, cancelled, shortage) VALUES (?, ?, ?, '', ?, 1, 1000, 0, '', '', '', 0, 0, 0, 0)",
            lines,
        )
        target.executemany("INSERT INTO search_doc VALUES (?, ?)", docs)
        target.executemany(TEXT_IN, docs)
    target.executemany("INSERT INTO order_count VALUES (1, ?, ?)", counts.items())
    target.execute("COMMIT")
    target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    target.close()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, sqlite3.Connection]]:
    folder = tmp_path_factory.mktemp("bench") / "shop"
    Desk.open(folder, clock=FrozenClock()).close()
    _fill(folder / "shop.sqlite")
    raw = sqlite3.connect(folder / "shop.sqlite", isolation_level=None)
    for pragma in READER_PRAGMAS:
        raw.execute(pragma)
    with Desk.open(folder, clock=FrozenClock()) as desk:
        yield desk, raw
    raw.close()


def _cpu(work: Callable[[], Any]) -> float:
    work()
    taken = []
    for _ in range(7):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def _tell(what: str, ours: float, floor: float) -> None:
    print(f"{what:44} {ours / floor:6.2f} x   ({ours * 1000:8.2f} ms / {floor * 1000:8.2f} ms CPU)")


_PAGE = "SELECT * FROM orders WHERE id IN ({marks})"


def _raw_page(raw: sqlite3.Connection, statement: str, params: tuple[Any, ...] = ()) -> list[Any]:
    ids = [row[0] for row in raw.execute(statement, params).fetchall()]
    return raw.execute(_PAGE.format(marks=",".join("?" * len(ids))), ids).fetchall()


_NEWEST = "SELECT id FROM orders {where} ORDER BY created_at DESC, id DESC LIMIT 100"


def test_first_pages(shop: tuple[Desk, sqlite3.Connection]) -> None:
    """Must ≤ 2."""
    desk, raw = shop
    print(f"\n{ORDERS:,} orders")
    for search, where in (("", ""), ("status:completed", "WHERE status = 'completed'")):
        ours = _cpu(lambda search=search: desk.read(OrderPage(search)))  # type: ignore[misc]
        _tell(f"first page {search or 'of all'}", ours, _cpu(lambda where=where: _raw_page(raw, _NEWEST.format(where=where))))  # type: ignore[misc]


def test_words(shop: tuple[Desk, sqlite3.Connection]) -> None:
    """Must ≤ 2 of the raw index and page query, ≤ 1/20 of a LIKE scan."""
    desk, raw = shop
    number = raw.execute("SELECT number FROM orders WHERE id = ?", (ORDERS // 2,)).fetchone()[0]
    name = raw.execute("SELECT substr(recipient, 1, 2) FROM orders WHERE id = ?", (ORDERS // 2,)).fetchone()[0]
    goods = raw.execute("SELECT substr(title, 3, 3) FROM listing WHERE id = 700").fetchone()[0]
    text = _NEWEST.format(where="WHERE id IN (SELECT rowid FROM order_text WHERE order_text MATCH ?)")
    lines = _NEWEST.format(
        where="WHERE id IN (SELECT order_id FROM order_line WHERE listing_id IN (SELECT id FROM listing WHERE title LIKE ? OR properties LIKE ?))"
    )
    tail = _NEWEST.format(where="WHERE phone_tail = ? OR substr(number, -4) = ?")
    floors: dict[str, Callable[[], Any]] = {
        number: lambda: _raw_page(raw, _NEWEST.format(where="WHERE number = ?"), (number,)),
        number[-4:]: lambda: _raw_page(raw, tail, (number[-4:], number[-4:])),
        number[3:9]: lambda: _raw_page(raw, text, (match_words(number[3:9]),)),
        name: lambda: (_raw_page(raw, text, (match_words(name),)), _raw_page(raw, lines, (f"%{name}%", f"%{name}%"))),
        name[0]: lambda: (_raw_page(raw, text, (match_words(name[0]),)), _raw_page(raw, lines, (f"%{name[0]}%", f"%{name[0]}%"))),
        goods: lambda: (_raw_page(raw, text, (match_words(goods),)), _raw_page(raw, lines, (f"%{goods}%", f"%{goods}%"))),
    }
    scan = "SELECT id FROM orders WHERE recipient LIKE ?1 OR buyer_nick LIKE ?1 OR seller_memo LIKE ?1 ORDER BY created_at DESC LIMIT 100"
    liked = _cpu(lambda: raw.execute(scan, (f"%{name}x%",)).fetchall())
    for search, floor in floors.items():
        ours = _cpu(lambda search=search: desk.read(OrderPage(search)))  # type: ignore[misc]
        _tell(f"search {search}", ours, _cpu(floor))
        print(f"{'':44} {ours / liked:6.3f} of a LIKE scan over three columns")


def test_all_ids(shop: tuple[Desk, sqlite3.Connection]) -> None:
    """All ids in order against SQLite's own walk: must ≤ 6. A page at the end against the first: must ≤ 3. Totals: one aggregate."""
    desk, raw = shop
    walk = "SELECT count(*), sum(id) FROM (SELECT id FROM orders ORDER BY created_at DESC, id DESC LIMIT -1)"
    _tell("all ids", _cpu(lambda: desk.read(OrderIds())), _cpu(lambda: raw.execute(walk).fetchone()))
    ids: array[int] = desk.read(OrderIds())
    first = _cpu(lambda: desk.read(OrderRows(ids[:100])))
    _tell("rows at 90 %", _cpu(lambda: desk.read(OrderRows(ids[ORDERS * 9 // 10 :][:100]))), first)
    total = "SELECT count(*), sum(quantity), sum(paid), sum(payable), sum(refunded) FROM orders"
    _tell("totals of everything", _cpu(lambda: desk.read(OrderTotals())), _cpu(lambda: raw.execute(total).fetchone()))
    _tell("first ids of all", _cpu(lambda: desk.read(FirstOrders())), _cpu(lambda: raw.execute(_NEWEST.format(where="")).fetchall()))
