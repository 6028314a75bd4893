"""A dry run tells the whole of what an import would do, and writes nothing; the import then does just that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.imports.sample import HEADINGS, order_row, write

ONE, TWO, THREE = "5016165517148046476", "5016165517148046477", "5016165517148046478"
SENT = "卖家已发货，等待买家确认"


@pytest.fixture
def second_day(run: Run, tmp_path: Path) -> str:
    """The first day is here, a memo edited since; the file of the second day is given back."""
    first = write(tmp_path / "ExportOrderList202611120930.csv", [order_row(ONE), order_row(TWO, 订单备注="送小样")])
    assert run("import", str(first)).code == 0
    assert run("edit", TWO, "--set", "memo=不送", "--reason", "买家说").code == 0
    rows = [
        order_row(ONE, 订单状态=SENT, 买家实际支付金额="60.60", 退款金额="30.00"),
        order_row(TWO, 订单备注="送两份"),
        order_row(THREE, 物流公司="中通快递", 物流单号="7.312E+13"),
        order_row(THREE, 物流公司="中通快递", 物流单号="7.312E+13"),
        order_row("7002", 总金额="一"),
    ]
    rows = [row | {"直播间": "7"} for row in rows]
    return str(write(tmp_path / "ExportOrderList202611130930.csv", rows, [*HEADINGS, "直播间"]))


def test_a_dry_run_tells_every_list_whole_and_writes_nothing(run: Run, second_day: str) -> None:
    before = run("verify", "--digest", "--json").json["digest"]
    told = run("import", second_day, "--dry-run", "--json", "--lang", "zh").json
    assert run("verify", "--digest", "--json").json["digest"] == before
    (new,) = told["new"]
    assert (new["row"], new["number"], new["status"], new["paid"], new["quantity"]) == (4, THREE, "awaiting_shipment", "90.60", 2)
    assert {(one["number"], one["field"], one["old"], one["new"]) for one in told["changes"]} == {
        (ONE, "status", "awaiting_shipment", "shipped"),
        (ONE, "refunded", "0.00", "30.00"),
    }
    (conflict,) = told["conflicting"]
    assert (conflict["row"], conflict["number"], conflict["field"], conflict["ours"], conflict["file"], conflict["edited_by"]) == (
        3,
        TWO,
        "seller_memo",
        "不送",
        "送两份",
        "owner",
    )
    assert conflict["edited_at"].endswith("+08:00")
    assert [(one["row"], one["code"]) for one in told["held"]] == [(5, "row_repeated")]
    assert [(one["row"], one["column"], one["value"]) for one in told["rejected"]] == [(6, "总金额", "一")]
    assert "直播间" in told["unknown_headings"]
    assert (told["encoding"], told["delimiter"], told["heading_row"]) == ("gbk", ",", 1)
    assert {(one["number"], one["code"]) for one in told["in_doubt"]} == {(TWO, "doubt_conflict"), (THREE, "tracking_scientific")}
    assert told["doubtful"] == 2
    assert (told["orders_new"], told["orders_updated"], told["conflicts"], told["dry_run"]) == (1, 1, 1, True)


def test_the_import_does_what_the_dry_run_told(run: Run, second_day: str) -> None:
    told = run("import", second_day, "--dry-run", "--json").json
    done = run("import", second_day, "--json").json
    for name in ("rows", "rows_held", "orders_new", "orders_updated", "orders_unchanged", "conflicts", "rejected", "warnings"):
        assert done[name] == told[name]
    assert "changes" not in done
    held = {one["number"]: one for one in run("orders", "--json").json["orders"]}
    for change in told["changes"]:
        assert held[change["number"]][change["field"]] == change["new"]
    assert held[TWO]["seller_memo"] == "不送"
    again = run("import", second_day, "--dry-run", "--json").json
    assert (again["new"], again["changes"], again["orders_new"], again["orders_updated"]) == ([], [], 0, 0)


def test_what_is_in_doubt_can_be_left_out(run: Run, second_day: str) -> None:
    done = run("import", second_day, "--only-sure", "--json").json
    assert (done["orders_new"], done["orders_updated"], {one["number"] for one in done["left_out"]}) == (0, 1, {TWO, THREE})
    assert run("conflicts", "--json").json["count"] == 0


def test_in_words_each_change_goes_from_what_to_what(run: Run, second_day: str) -> None:
    said = run("import", second_day, "--dry-run", "--lang", "zh").out
    assert f"{ONE}：状态 待发货 → 已发货" in said
    assert f"{ONE}：已退款 ¥0.00 → ¥30.00" in said
    assert f"{TWO}：卖家备注 本店“不送”，文件“送两份”；保留本店" in said
    assert "2 单有疑问" in said


def test_a_goods_file_tells_what_stands_here_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("商家编码,名称,成本,售价\nCUP-1,马克杯,12.50,41.30\n", "utf-8")
    (tmp_path / "b.csv").write_text("商家编码,名称,成本,售价\nCUP-1,马克杯,12.50,45.00\nCUP-2,碗,1.00,2.00\n", "utf-8")
    assert run("import", str(tmp_path / "a.csv")).code == 0
    told = run("import", str(tmp_path / "b.csv"), "--dry-run", "--json").json
    assert told["changes"] == [{"number": "CUP-1", "field": "price", "old": "41.30", "new": "45.00"}]
    assert [(one["code"], one["price"], one["stock"]) for one in told["new"]] == [("CUP-2", "2.00", None)]
