"""What a file says otherwise is listed and decided, and an import is taken back, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.imports.sample import order_row, write

NUMBER = "5016165517148046476"


@pytest.fixture
def conflicting(run: Run, tmp_path: Path) -> None:
    for day, memo in ((12, "送小样"), (13, "送两份")):
        assert run("import", str(write(tmp_path / f"ExportOrderList202611{day}0930.csv", [order_row(订单备注=memo)]))).code == 0
        if day == 12:
            assert run("edit", NUMBER, "--set", "memo=不送", "--reason", "买家说").code == 0


@pytest.mark.usefixtures("conflicting")
def test_conflicts_are_listed_and_decided(run: Run) -> None:
    told = run("conflicts", "--json").json
    assert told["count"] == 1
    row = told["conflicts"][0]
    assert (row["number"], row["field"], row["ours"], row["theirs"], row["batch"], row["row"], row["state"]) == (
        NUMBER,
        "seller_memo",
        "不送",
        "送两份",
        "B2",
        2,
        "open",
    )
    shown = run("conflicts", "--lang", "zh").out
    assert "卖家备注" in shown
    assert "送两份" in shown
    decided = run("conflicts", "1", "--take", "theirs", "--json").json
    assert (decided["decided"], decided["conflicts"][0]["state"]) == (1, "theirs")
    assert run("orders", NUMBER, "--json").json["orders"][0]["seller_memo"] == "送两份"
    assert run("conflicts", "--lang", "zh").out.strip() == "没有待定的冲突。"
    again = run("conflicts", "1", "--take", "ours", "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "conflict_decided")
    assert run("conflicts", "--take", "ours").code == 2
    assert run("conflicts", "1", "--take", "both").code == 2
    assert run("conflicts", "9", "--take", "ours", "--json").json["error"]["code"] == "conflict_not_found"


@pytest.mark.usefixtures("conflicting")
def test_an_import_is_taken_back_or_says_why_not(run: Run) -> None:
    before = run("verify", "--digest", "--json").json["digest"]
    refused = run("undo", "B1", "--json")
    assert refused.code == 1
    assert refused.json["error"]["code"] == "undo_touched"
    assert refused.json["undone"] is False
    assert {(one["number"], one["field"]) for one in refused.json["touched"]} >= {(NUMBER, "seller_memo")}
    assert "卖家备注" in run("undo", "b1", "--lang", "zh").out
    assert run("undo", "B2", "--dry-run", "--json").json["dry_run"] is True
    assert run("verify", "--digest", "--json").json["digest"] == before
    told = run("undo", "2", "--reason", "错了", "--json").json
    assert (told["batch"], told["undone"], told["orders_removed"], told["touched"]) == ("B2", True, 0, [])
    assert run("conflicts", "--json").json["count"] == 0
    twice = run("undo", "B2", "--json")
    assert (twice.code, twice.json["error"]["code"]) == (1, "undo_twice")
    assert run("verify").code == 0


def test_only_the_undoubtful(run: Run, conflicting: None, tmp_path: Path) -> None:
    file = write(tmp_path / "ExportOrderList202611140930.csv", [order_row(订单备注="送三份"), order_row("6001")])
    told = run("import", str(file), "--only-sure", "--json").json
    assert (told["orders_new"], told["rows_held"], [one["number"] for one in told["left_out"]]) == (1, 1, [NUMBER])
    dry = run("import", str(file), "--dry-run", "--json").json
    assert dry["changes"] == []
    assert dry["conflicting"][0]["file"] == "送三份"


def test_held_rows_are_listed_and_come_in_when_their_word_is_known(run: Run, tmp_path: Path) -> None:
    assert run("held", "--lang", "zh").out.strip() == "导入的文件里没有认不出的词。"
    file = write(tmp_path / "ExportOrderList202611120930.csv", [order_row(订单状态="拼团中"), order_row("6001")])
    assert run("import", str(file)).code == 0
    told = run("held", "--json").json
    assert [(one["batch"], one["row"], one["number"], one["column"], one["word"]) for one in told["rows"]] == [
        ("B1", 2, NUMBER, "订单状态", "拼团中")
    ]
    assert told["rows"][0]["cells"]["收货人姓名"] == "吴子川"
    assert run("held", "--means", "shipped").code == 2
    assert run("held", "拼团中", "--means", "later").code == 2
    brought = run("held", "拼团中", "--means", "awaiting_payment", "--json").json
    assert (brought["brought"], brought["count"]) == (1, 0)
    assert run("orders", NUMBER, "--json").json["orders"][0]["status"] == "awaiting_payment"
    assert run("verify").code == 0
