"""demo, import, goods: a shop fills from files, twice is once, and what is wrong is told by row and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.imports.sample import LINE_HEADINGS, line_row, order_row, write


@pytest.fixture
def lists(tmp_path: Path) -> tuple[str, str]:
    """An order list and the goods list of the same order."""
    orders = write(tmp_path / "ExportOrderList202611091200.csv", [order_row("5016165517148046476")])
    lines = write(
        tmp_path / "ExportOrderDetailList202611091200.csv", [line_row("5016165517148046476", "5016165517148046477")], LINE_HEADINGS
    )
    return str(orders), str(lines)


def test_a_file_comes_in_once(run: Run, lists: tuple[str, str]) -> None:
    first = run("import", lists[0], "--json")
    assert first.code == 0
    keys = "file format encoding batch rows rows_held orders_new orders_updated orders_unchanged conflicts lines rejected warnings seconds"
    assert set(keys.split()) <= set(first.json)
    assert (first.json["orders_new"], first.json["encoding"], first.json["batch"]) == (1, "gbk", "B1")
    again = run("import", lists[0], "--json").json
    assert (again["orders_new"], again["orders_updated"], again["orders_unchanged"]) == (0, 0, 1)
    order = run("orders", "--json").json["orders"][0]
    assert (order["paid"], order["payable"], order["blockers"]) == ("90.60", "90.60", ["lines_unknown"])


def test_several_files_are_one_answer(run: Run, lists: tuple[str, str], tmp_path: Path) -> None:
    answer = run("import", *lists, "--json")
    assert answer.code == 0
    assert [Path(one["file"]).name for one in answer.json["files"]] == [Path(name).name for name in lists]
    assert (answer.json["orders_new"], answer.json["lines"]) == (1, 1)
    (tmp_path / "empty.csv").write_bytes(b"")
    mixed = run("import", str(tmp_path / "empty.csv"), lists[0], "--json", "--lang", "zh")
    assert mixed.code == 3
    assert mixed.json["files"][0]["error"]["code"] == "file_empty"
    assert mixed.json["orders_unchanged"] == 1
    assert "空文件" in mixed.err


def test_a_dry_run_changes_nothing(run: Run, lists: tuple[str, str]) -> None:
    before = run("verify", "--digest", "--json").json["digest"]
    answer = run("import", lists[0], "--dry-run", "--json").json
    assert (answer["orders_new"], answer["batch"], answer["dry_run"]) == (1, None, True)
    assert run("verify", "--digest", "--json").json["digest"] == before
    assert "尚未写入" in run("import", lists[0], "--dry-run", "--lang", "zh").out


def test_rejected_rows_are_told_by_row_column_and_value(run: Run, tmp_path: Path) -> None:
    file = write(
        tmp_path / "ExportOrderList202611091200.csv", [order_row("5016165517148046476"), order_row("5016165517148046484", 总金额="x1")]
    )
    answer = run("import", str(file), "--json")
    assert (answer.code, answer.json["orders_new"]) == (0, 1)
    (rejected,) = answer.json["rejected"]
    assert (rejected["row"], rejected["column"], rejected["value"]) == (3, "总金额", "x1")
    assert "3" in run("import", str(file), "--lang", "zh").out


def test_any_table_comes_in_by_a_map(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text(
        "InvoiceNo,InvoiceDate,Code,Qty,Price\nA1,2026-11-01,CUP,2,10.00\nA1,2026-11-01,MUG,1,5.00\n", "utf-8"
    )
    spec = {"number": "InvoiceNo", "created_at": "InvoiceDate", "line.code": "Code", "line.quantity": "Qty", "line.price": "Price"}
    (tmp_path / "map.json").write_text(json.dumps(spec), "utf-8")
    answer = run("import", str(tmp_path / "sales.csv"), "--map", str(tmp_path / "map.json"), "--json")
    assert (answer.code, answer.json["orders_new"], answer.json["lines"]) == (0, 1, 2)
    order = run("orders", "--json").json["orders"][0]
    assert [(line["code"], line["quantity"], line["price"]) for line in order["lines"]] == [("CUP", 2, "10.00"), ("MUG", 1, "5.00")]


@pytest.mark.parametrize("content", [None, "no json", "[1]"])
def test_a_map_that_is_none_is_told(run: Run, lists: tuple[str, str], tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "map.json").write_text(content, "utf-8")
    answer = run("import", lists[0], "--map", str(tmp_path / "map.json"), "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "map_unreadable")


def test_a_file_that_is_none_is_1_and_not_wrong_usage(run: Run, tmp_path: Path) -> None:
    answer = run("import", str(tmp_path / "none.csv"), "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "file_not_found")
    assert run("import").code == 2


def test_a_goods_file_makes_skus_and_matches_what_waits(run: Run, lists: tuple[str, str], tmp_path: Path) -> None:
    assert run("import", *lists).code == 0
    (tmp_path / "goods.csv").write_text(
        "商家编码,商品名称,条形码,成本价,售价,库存\nCUP-01-350,马克杯,6900000000017,12.50,41.30,7\n", "utf-8"
    )
    answer = run("goods", str(tmp_path / "goods.csv"), "--json")
    assert (answer.code, answer.json["skus_new"]) == (0, 1)
    (row,) = run("stock", "--json").json["skus"]
    assert (row["sku"], row["on_hand"], row["reserved"], row["cost"], row["price"]) == ("CUP-01-350", 7, 2, "12.50", "41.30")
    assert run("orders", "--fields", "blockers", "--json").json["orders"] == [{"blockers": []}]
    assert run("receive", "6900000000017", "1", "--json").json["on_hand"] == 8
    assert run("goods", lists[0]).code == 1


def test_the_demo_fills_an_empty_shop_only(run: Run) -> None:
    answer = run("demo", "--orders", "120", "--seed", "3", "--json")
    assert answer.code == 0
    assert set(answer.json) == {"orders", "lines", "skus", "customers", "seconds"}
    assert run("orders", "--limit", "1", "--json").json["count"] == answer.json["orders"] == 120
    assert run("verify").code == 0
    again = run("demo", "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "demo_shop_not_empty")
    assert run("demo", "--orders", "0").code == 2
