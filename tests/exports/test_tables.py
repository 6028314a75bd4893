"""Which columns, in which order, into which kind of file; and that nothing is replaced or left half written."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from services.commands.aftersales import RefundOrder
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.errors import BadInput, Environment
from services.exports.columns import PERSONAL
from services.exports.pipeline import write_file
from services.exports.table import Column, Kind
from services.exports.tables import CASES, LINES, ORDERS, STOCK, ExportTable, chosen_columns, export_table, trail_table
from services.queries.audit_trail import AuditFilter, AuditIds
from services.queries.case_rows import CaseIds
from services.queries.order_rows import OrderIds
from services.queries.stock_rows import StockIds
from tests.factories import make_order

ZONE = "Asia/Shanghai"


def rows_of(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@pytest.fixture
def sent(desk: Desk) -> Desk:
    desk.perform(ReceiveGoods("CUP-1", 20, 900, title="马克杯"))
    lines = [{"title": "杯", "code": "CUP-1", "quantity": 2}, {"title": "碟", "quantity": 1, "price": 300}]
    parcels = [{"carrier": "SF", "tracking_number": "SF1234567890123"}, {"carrier": "ZTO", "tracking_number": "78901234567890"}]
    make_order(desk, number="0001", status="shipped", shipped_at=desk.clock.now(), phone="016812345678", lines=lines, parcels=parcels)
    return desk


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("table", [ORDERS, LINES, STOCK, CASES, trail_table(ZONE)], ids=lambda table: table.key)
def test_every_column_has_its_own_title(table: ExportTable, lang: str) -> None:
    columns = table.columns(lang)
    assert len({column.key for column in columns}) == len({column.title for column in columns}) == len(columns)
    assert all(column.title and not (lang == "zh" and column.title.isascii()) for column in columns)
    for keys in table.sets.values():
        assert {column.key for column in columns} >= set(keys)


def test_persons_are_marked(sent: Desk) -> None:
    assert {column.key for column in ORDERS.columns("zh") if column.personal} == {key for key in PERSONAL if "." not in key}


def test_columns_come_in_the_order_that_was_asked_for(sent: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    keys = ("paid", "number", "phone", "carrier", "tracking_number", "flag", "status")
    export_table(sent, ORDERS, sent.read(OrderIds()), path, "zh", keys=keys)
    assert rows_of(path) == [
        ["实付", "订单号", "手机", "快递公司", "运单号", "旗帜", "状态"],
        [23.0, "0001", "016812345678", "顺丰速运, 中通快递", "SF1234567890123, 78901234567890", "灰旗", "已发货"],
    ]


def test_one_row_a_line_with_its_orders_facts(sent: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    export_table(
        sent, LINES, sent.read(OrderIds()), path, "en", keys=("number", "line.title", "line.quantity", "line.price"), headings=False
    )
    assert rows_of(path) == [["0001", "杯", 2.0, 10.0], ["0001", "碟", 1.0, 3.0]]


def test_json_is_for_programs(sent: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    keys = ("number", "status", "paid", "shipped_at", "closed_at", "carrier", "masked", "quantity")
    assert export_table(sent, ORDERS, sent.read(OrderIds()), path, "zh", keys=keys).rows == 1
    assert json.loads(path.read_text("utf-8")) == [
        {
            "number": "0001", "status": "shipped", "paid": "23.00", "shipped_at": "2026-11-22T14:00:00+08:00", "closed_at": None,
            "carrier": "SF, ZTO", "masked": False, "quantity": 3,
        }
    ]  # fmt: skip
    export_table(sent, ORDERS, (), path, "zh")
    assert json.loads(path.read_text("utf-8")) == []


def test_a_wrong_column_is_named_with_the_nearest() -> None:
    with pytest.raises(BadInput) as caught:
        chosen_columns(ORDERS, ("number", "payd"), "zh")
    assert (caught.value.code, caught.value.facts["suggestion"]) == ("export_column_unknown", "paid")


def test_stock_after_sales_and_the_trail(sent: Desk, tmp_path: Path) -> None:
    (order,) = sent.read(OrderIds())
    sent.perform(RefundOrder(order, "refund_only", amount=100), reason="补偿")
    export_table(sent, STOCK, sent.read(StockIds()), tmp_path / "stock.xlsx", "zh")
    head, row = rows_of(tmp_path / "stock.xlsx")
    assert (row[0], row[head.index("库存")], row[head.index("成本")]) == ("CUP-1", 20.0, 9.0)
    export_table(sent, CASES, sent.read(CaseIds("all")), tmp_path / "cases.xlsx", "zh")
    head, row = rows_of(tmp_path / "cases.xlsx")
    assert (row[0], row[head.index("类型")], row[head.index("金额")], row[head.index("责任方")]) == (
        "C1",
        "仅退款",
        1.0,
        row[head.index("责任方")],
    )
    found = sent.read(AuditIds(AuditFilter()))
    assert export_table(sent, trail_table(ZONE), found, tmp_path / "trail.xlsx", "en").rows == len(found)


def test_a_goods_file_of_ours_is_a_goods_file(sent: Desk, tmp_path: Path) -> None:
    from services.commands.imports import import_file

    export_table(sent, STOCK, sent.read(StockIds()), tmp_path / "stock.csv", "zh")
    report = import_file(sent, tmp_path / "stock.csv", dry_run=True).value
    assert (report.format, report.skus_new, report.skus_updated) == ("goods", 0, 0)


def test_a_file_that_is_there_is_replaced_only_on_demand(sent: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    with pytest.raises(BadInput, match="export_exists"):
        export_table(sent, ORDERS, sent.read(OrderIds()), path, "zh", replace=False)
    assert path.read_text() == "mine"
    export_table(sent, ORDERS, sent.read(OrderIds()), path, "zh")
    assert path.read_text("utf-8-sig").startswith('"订单号"')
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    """The limit of a file's size stands for a full disk: writing fails in the middle, with the system's error."""
    import resource
    import signal

    column = (Column("text", "文字", Kind.TEXT, str),)
    path = tmp_path / f"a{suffix}"
    path.write_text("the older one")
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(Environment, match="export_refused"):
            write_file(path, column, (f"{number:040d}" for number in range(50_000)), zone=ZONE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert path.read_text() == "the older one"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, suffix: str) -> None:
    columns = tuple(Column(f"c{place}", f"列{place}", Kind.TEXT, lambda row: f"{row:030d}") for place in range(5))

    def peak(count: int) -> int:
        def rows() -> Iterator[int]:
            yield from range(count)

        tracemalloc.start()
        write_file(tmp_path / f"a{suffix}", columns, rows(), zone=ZONE)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(4_000) < peak(1_000) + 200_000
