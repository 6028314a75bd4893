"""A 100,000-row, 40-column GBK order list, and the G4 sample (72 columns) multiplied, new and again (design/quality.md: ≤ 3× new, ≤ 1.5× when nothing changed).

The floor, in the same run: csv.reader over the file and raw sqlite3 executemany of the very rows that the import wrote,
with the same indexes and full-text rows. Told twice: over the orders and their search text alone, and over all tables.

Run: pytest -m bench -s tests/bench/bench_import.py. CPU time; ZHANGGUI_BENCH_ROWS and ZHANGGUI_BENCH_RUNS set the size.
"""

from __future__ import annotations

import csv
import os
import random
import sqlite3
import statistics
import time
from pathlib import Path

import pytest

from services.commands.imports import import_file
from services.db.dialect import FIRST_PRAGMAS, WRITER_PRAGMAS
from services.desk import Desk
from services.imports.parse import parse_file
from tests.imports.big import big_list

pytestmark = pytest.mark.bench

ROWS = int(os.environ.get("ZHANGGUI_BENCH_ROWS", "100000"))
RUNS = int(os.environ.get("ZHANGGUI_BENCH_RUNS", "3"))
TABLES = ("customer", "money_entry", "discount", "parcel", "parcel_order", "order_source", "import_rows", "audit_entry")

_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "子川明一星可雨小清思云知然墨若桐宁辰景满辛夏"
_PLACES = (
    ("广东省 深圳市 南山区 沙河街道", "518052"),
    ("浙江省 杭州市 余杭区 仁和街道", "311100"),
    ("上海 上海市 浦东新区 陆家嘴街道", "200120"),
    ("四川省 成都市 武侯区 玉林街道", "610041"),
    ("广东省 东莞市 南城街道", "523000"),
    ("湖北省 省直辖县级行政区划 仙桃市 龙华山街道", "433000"),
)
_ROADS = ["金桂路", "望海路", "青藤街", "半山巷", "云杉路", "石榴巷", "白露大道", "观澜街"]
_STATUS = ("买家已付款，等待卖家发货", "卖家已发货，等待买家确认", "交易成功", "交易关闭", "等待买家付款")
_MESSAGES = ("", "", "", "请尽快发货，谢谢", "收货前请先打电话，\r\n晚上七点后在家", '颜色要"米白",不要纯白')
_FILL = [
    "买家支付宝账号",
    "支付详情",
    "买家支付积分",
    "返点积分",
    "买家实际支付积分",
    "运送方式",
    "宝贝标题",
    "宝贝种类",
    "店铺Id",
    "店铺名称",
    "卖家服务费",
    "发票抬头",
    "是否手机订单",
    "是否代付",
]


def _write(path: Path) -> None:
    dice = random.Random(11)
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        columns = [
            "订单编号",
            "买家会员名",
            "支付单号",
            "买家应付货款",
            "买家应付邮费",
            "总金额",
            "买家实际支付金额",
            "订单状态",
            "买家留言",
            "收货人姓名",
            "收货地址",
            "联系手机",
            "联系电话",
            "订单创建时间",
            "订单付款时间",
            "物流单号",
            "物流公司",
            "订单备注",
            "宝贝总数量",
            "订单关闭原因",
            "退款金额",
            "确认收货时间",
            "打款商家金额",
            "发货时间",
            "商家备忘",
            "主订单编号",
        ]
        writer.writerow([*columns, *_FILL])
        for place in range(ROWS):
            number = str(5_000_000_000_000_000_000 + place * 1_000_003)
            status = _STATUS[dice.choices(range(5), (20, 30, 40, 6, 4))[0]]
            goods, freight = dice.randrange(500, 60_000), dice.choice((0, 0, 800, 1200))
            paid = 0 if status == _STATUS[4] else goods + freight
            stamp = f"2026-{1 + place * 10 // ROWS:02d}-{dice.randrange(1, 29):02d} {dice.randrange(24):02d}:{dice.randrange(60):02d}:{dice.randrange(60):02d}"
            sent = status in _STATUS[1:3]
            area, postcode = dice.choice(_PLACES)
            who = dice.choice(_NAMES) + dice.choice(_GIVEN) + dice.choice(_GIVEN)
            address = f"{area} {dice.choice(_ROADS)}{dice.randrange(999)}号{dice.randrange(30)}栋{dice.randrange(2000)}室({postcode})"
            amount = f"{goods / 100:.2f}", f"{freight / 100:.2f}", f"{(goods + freight) / 100:.2f}", f"{paid / 100:.2f}"
            known = [
                number, f"tb{dice.randrange(60_000):08d}", f"20261018220091{place:014d}" if paid else "", *amount, status, dice.choice(_MESSAGES),
                who, address, f"1540000{dice.randrange(10_000):04d}", "", stamp, stamp if paid else "",
                f"YT{place:013d}" if sent else "", "圆通速递" if sent else "", dice.choice(("", "", "", "老客 VIP", "送小样一份")),
                str(dice.randrange(1, 5)), "订单未关闭", "0.00", stamp if status == _STATUS[2] else "", "0.00元", stamp if sent else "", "", number,
            ]  # fmt: skip
            writer.writerow(
                [
                    *known,
                    "b***1@example.com",
                    f"支付宝:{amount[3]}",
                    "0",
                    "0",
                    "0",
                    "快递",
                    "手作粗陶马克杯 带盖 办公室水杯",
                    "1",
                    "15263008",
                    "小院杂货铺",
                    "0元",
                    "",
                    "手机订单",
                    "否",
                ]
            )


def _floor(shop: Path, file: Path, target: Path, tables: tuple[str, ...]) -> float:
    """CPU seconds of csv.reader and executemany for the orders, their search text and `tables`."""
    source = sqlite3.connect(shop)
    found = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in ("orders", "search_doc", *tables)}
    marks = ",".join(f"'{name}'" for name in found)
    shape = [
        row[0]
        for row in source.execute(
            f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND type IN ('table', 'index') AND sql IS NOT NULL"
        )
    ]
    shape += [row[0] for row in source.execute("SELECT sql FROM sqlite_master WHERE name = 'order_text'")]
    source.close()
    raw = sqlite3.connect(target, isolation_level=None)
    for statement in (*FIRST_PRAGMAS, *WRITER_PRAGMAS, "PRAGMA foreign_keys=OFF", *shape):
        raw.execute(statement)
    begun = time.process_time()
    with file.open(encoding="gb18030", newline="") as text:
        rows = sum(1 for _row in csv.reader(text))
    raw.execute("BEGIN IMMEDIATE")
    for name, values in found.items():
        if values:
            raw.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(values[0]))})", values)
    raw.executemany("INSERT INTO order_text(rowid, words) VALUES (?, ?)", found["search_doc"])
    raw.execute("COMMIT")
    spent = time.process_time() - begun
    raw.close()
    assert rows == ROWS + 1
    return spent


@pytest.mark.parametrize("kind", ["40 columns", "G4"])
def test_import_against_csv_reader_and_raw_inserts(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "ExportOrderList202611120930.csv"
    if kind == "G4":
        big_list(file, ROWS)
    else:
        _write(file)
    new, again, parse, orders_only, all_tables = [], [], [], [], []
    for run in range(RUNS):
        with Desk.open(tmp_path / f"shop{run}") as desk:
            begun = time.process_time()
            parse_file(file, keep_raw=False)
            parse.append(time.process_time() - begun)
            begun = time.process_time()
            report = import_file(desk, file).value
            new.append(time.process_time() - begun)
            assert (report.orders_new, len(report.rejected)) == (ROWS, 0)
            begun = time.process_time()
            report = import_file(desk, file).value
            again.append(time.process_time() - begun)
            assert (report.orders_new, report.orders_updated, report.orders_unchanged) == (0, 0, ROWS)
        shop = tmp_path / f"shop{run}" / "shop.sqlite"
        orders_only.append(_floor(shop, file, tmp_path / f"orders{run}.db", ()))
        all_tables.append(_floor(shop, file, tmp_path / f"all{run}.db", TABLES))
        for left in tmp_path.glob(f"*{run}.db*"):
            left.unlink()
    middle = {name: statistics.median(values) for name, values in (("new", new), ("again", again), ("parse", parse))}
    for label, values in (("orders and search text", orders_only), ("all tables", all_tables)):
        floor = statistics.median(values)
        ratios = "  ".join(f"{name} {seconds / floor:.2f}x ({seconds:.1f} s)" for name, seconds in middle.items())
        print(f"\nimport of {ROWS} rows ({kind}), floor {label} {floor:.1f} s: {ratios}")
