"""The reports on a real shop's month: the figures that its file is known to hold, whether the days are summed or not."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path

from services.commands.imports import import_file
from services.commands.upkeep import SumDays
from services.desk import Desk
from services.reports import report_query
from tests.frozen import FrozenClock

MAP = {
    "number": "订单编号",
    "payable": "总金额",
    "paid": {"sum": ["买家实际支付金额", "退款金额"]},
    "refunded": "退款金额",
    "created_at": "订单创建时间",
    "paid_at": "订单付款时间",
    "province": "收货地址",
}


def test_a_real_month_adds_up(tmp_path: Path, reference: Path) -> None:
    source = reference / "tmall_order_report" / "tmall_order_report.csv"
    with source.open(encoding="utf-8-sig", newline="") as stream:
        paid = [datetime.fromisoformat(row["订单付款时间 "]) for row in csv.DictReader(stream) if row["订单付款时间 "].strip()]
    cells = Counter((moment.weekday(), moment.hour) for moment in paid)
    days = Counter(moment.date().isoformat() for moment in paid)
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        import_file(desk, source, map=MAP)
        for _time in range(2):
            span = {"from": "2020-02", "to": "2020-03"}
            by_day = desk.read(report_query("sales_by_day", span))
            assert by_day.totals["orders"] == 24_087
            assert (by_day.totals["paid"], by_day.totals["refunded"]) == (2_474_823_07, 572_335_92)
            assert {row["day"]: row["orders"] for row in by_day.plain_rows() if row["orders"]} == days
            by_hour = desk.read(report_query("sales_by_hour", span))
            assert {(row[0], row[1]): row[2] for row in by_hour.rows if row[2]} == cells
            regions = desk.read(report_query("regions", span))
            assert sum(int(row[1] or 0) for row in regions.rows) == 24_087
            assert len(regions.rows) == 31
            desk.perform(SumDays())
