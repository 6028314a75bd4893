"""orders, export, report, audit, verify: what can be read, as JSON and as words."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from services.cli.output import fit, table, width
from tests.cli.conftest import Run

# design: cli, orders. One a word, so that it reads like the page.
PROMISED = frozenset(
    re.findall(
        r"\w+",
        """number channel status buyer_nick recipient phone province city district address flag tags goods_amount discount freight payable paid
        refunded quantity created_at paid_at shipped_at completed_at closed_at close_reason ship_by seller_memo buyer_message blockers lines
        parcels goods_less_discount paid_out postcode payment_number masked""",
    )
)


def test_orders_have_the_keys_that_the_design_promises(shop: Run) -> None:
    found = shop("orders", "--json").json
    assert (found["count"], found["total_paid"], found["total_refunded"]) == (3, "45.00", "0.00")
    order = next(order for order in found["orders"] if order["number"] == "1001")
    assert set(order) >= PROMISED
    assert (order["paid"], order["status"], order["blockers"]) == ("30.00", "awaiting_shipment", [])
    assert datetime.fromisoformat(order["created_at"]).utcoffset() is not None
    assert order["lines"][0] | {"code": "CUP-1", "quantity": 2, "price": "15.00"} == order["lines"][0]
    assert next(one for one in found["orders"] if one["number"] == "1002")["blockers"] == ["not_paid"]


def test_limit_sort_and_fields(shop: Run) -> None:
    found = shop("orders", "--sort", "-number", "--limit", "2", "--fields", "number,paid", "--json").json
    assert found == {
        "orders": [{"number": "1003", "paid": "15.00"}, {"number": "1002", "paid": "0.00"}],
        "count": 3,
        "total_paid": "45.00",
        "total_refunded": "0.00",
    }


def test_orders_as_words_are_aligned_and_summed(shop: Run) -> None:
    lines = shop("orders", "--lang", "zh", "--sort", "number").out.splitlines()
    assert lines[0].split() == ["订单号", "状态", "买家", "收货人", "商品", "数量", "实付", "下单", "阻碍"]
    assert lines[1].split()[:3] == ["1001", "待发货", "tb0001"]
    assert len({width(line[: line.index(mark)]) for line, mark in zip(lines[1:4], ("30.00", " 0.00", "15.00"), strict=True)}) == 1
    assert lines[-1] == "3 单，实付 45.00，退款 0.00"


def test_cells_are_measured_as_a_terminal_shows_them() -> None:
    assert width("掌柜ab") == 6
    assert fit("手作粗陶马克杯", 8) == "手作粗…"
    assert fit("a\nb\x1b[31m", 20) == "a b [31m"
    assert list(table(("a", "数量"), [("掌", "1"), ("bbb", "22")], right=(1,))) == ["a    数量", "掌      1", "bbb    22"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_export_writes_every_order_and_no_formula(shop: Run, add: Callable[..., None], tmp_path: Path, suffix: str) -> None:
    add(number="2001", buyer_nick="=1+1", seller_memo="@cmd", lines=[{"title": "杯", "code": "CUP-1", "quantity": 3}])
    out = tmp_path / f"orders.{suffix}"
    answer = shop("export", "status:awaiting_shipment", "--out", str(out), "--json", "--lang", "zh")
    assert answer.json == {"rows": 3, "file": str(out)}
    if suffix == "csv":
        with out.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    else:
        from python_calamine import CalamineWorkbook

        head, *body = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
        rows = [dict(zip(map(str, head), map(str, row), strict=True)) for row in body]
    row = next(row for row in rows if row["订单号"].lstrip("'") == "2001")
    assert row["买家"] == ("'=1+1" if suffix == "csv" else "=1+1")
    assert (row["状态"], row["旗帜"], row["商品"]) == ("待发货", "灰旗", "杯 [CUP-1] × 3")
    assert float(row["实付"]) == 30
    assert shop("export", "--out", str(tmp_path / "x.pdf")).code == 2
    assert shop("export", "--out", str(tmp_path / "no" / "x.csv")).code == 1


def test_any_table_is_written_with_the_columns_asked_for(shop: Run, tmp_path: Path) -> None:
    names = [one["table"] for one in shop("export", "--list", "--json").json["tables"]]
    assert {"orders", "lines", "stock", "movements", "cases", "customers", "audit", "conflicts", "imports"} <= set(names)
    for name in names:
        out = tmp_path / f"{name}.csv"
        assert shop("export", "--table", name, "--out", str(out), "--json").json["file"] == str(out)
    out = tmp_path / "some.csv"
    shop("export", "CUP-1", "--table", "stock", "--columns", "stock.on_hand,stock.code", "--out", str(out), "--lang", "zh")
    assert out.read_text("utf-8-sig").splitlines()[0] == '"库存","商家编码"'
    assert "手机" in shop("export", "--list", "--table", "customers", "--lang", "zh").out
    wrong = shop("export", "--table", "customer", "--out", str(out))
    assert (wrong.code, "customers" in wrong.err) == (2, True)
    assert shop("export", "CUP", "--table", "rejected", "--out", str(out)).code == 2
    assert shop("export").code == 2


def test_reports_are_named_and_made(shop: Run) -> None:
    names = [report["name"] for report in shop("report", "--list", "--json").json["reports"]]
    assert {"sales_by_day", "sales_by_hour", "regions", "top_goods"} <= set(names)
    for name in names:
        made = shop("report", name, "--from", "2026-11-01", "--to", "2026-11-30", "--json").json
        assert all(set(row) == set(made["columns"]) for row in made["rows"])
    days = shop("report", "sales_by_day", "--from", "2026-11", "--to", "2026-11", "--json").json
    assert (days["from"], days["to"], len(days["rows"])) == ("2026-11-01", "2026-11-30", 30)
    assert [row["paid"] for row in days["rows"] if row["paid"] != "0.00"] == ["45.00"]
    assert shop("report", "sales_by_day", "--by", "century").code == 2
    assert "2026-11-21" in shop("report", "sales_by_day", "--from", "2026-11-01", "--to", "2026-11-30").out


def test_the_trail_is_told_in_its_order(shop: Run) -> None:
    entries = shop("audit", "--json").json["entries"]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert set(entries[0]) >= {"seq", "at", "actor", "action", "entity", "field", "old", "new", "reason", "hash"}
    assert all(len(entry["hash"]) == 64 for entry in entries)
    latest = shop("audit", "--limit", "2", "--json").json
    assert [entry["seq"] for entry in latest["entries"]] == [len(entries) - 1, len(entries)]
    assert shop("audit", "--order", "nope").code == 1
    assert "收货入库" in shop("audit", "--lang", "zh").out


@pytest.mark.parametrize("rubbish", [b"this is a letter to my aunt, not a database" * 40, None])
def test_verify_answers_for_a_file_that_can_not_be_opened(shop: Run, folder: Path, rubbish: bytes | None) -> None:
    file = folder / "shop.sqlite"
    whole = file.read_bytes()
    for rest in folder.glob("shop.sqlite-*"):
        rest.unlink()
    file.write_bytes(rubbish or whole[: len(whole) // 2])
    found = shop("verify", "--json")
    assert (found.code, found.json["ok"]) == (1, False)
    assert [(check["name"], check["ok"]) for check in found.json["checks"]] == [("integrity", False)]
    assert len(found.err.splitlines()) == 1


def test_verify_names_the_check_that_fails(shop: Run, folder: Path) -> None:
    good = shop("verify", "--json")
    assert (good.code, good.json["ok"]) == (0, True)
    assert all(set(check) == {"name", "ok", "detail"} for check in good.json["checks"])
    with sqlite3.connect(folder / "shop.sqlite") as connection:
        connection.execute("UPDATE stock_level SET on_hand = on_hand + 1")
    bad = shop("verify", "--json", "--digest")
    assert (bad.code, bad.json["ok"]) == (1, False)
    assert "stock_on_hand" in [check["name"] for check in bad.json["checks"] if not check["ok"]]
    assert len(bad.json["digest"]) == 64
    words = shop("verify", "--lang", "zh")
    assert "在库 = 流水合计" in words.err
    assert words.code == 1
