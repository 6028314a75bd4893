"""zhanggui sources: where every value of an order comes from, as JSON and as words."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.commands.edits import EditOrders
from services.desk import Desk
from tests.cli.conftest import Run
from tests.commands.test_imports import NUMBER, bring
from tests.imports.sample import order_row


@pytest.fixture
def traced(run: Run, folder: Path, tmp_path: Path) -> Run:
    with Desk.open(folder) as desk:
        bring(desk, tmp_path, order_row(订单备注="送小样"))
        desk.perform(EditOrders((1,), {"seller_memo": "不送"}), actor="小王", reason="买家说")
        bring(desk, tmp_path, order_row(订单备注="送两份"), day=13)
    return run


def test_each_value_names_its_file_or_person(traced: Run) -> None:
    found = traced("sources", NUMBER, "--json").json
    told = {one["field"]: one for one in found["sources"] if one["part"] is None}
    recipient = told["recipient"]["file"]
    assert (recipient["batch"], recipient["file"], recipient["row"], recipient["authority"]) == (
        "B2",
        "ExportOrderList202611130930.csv",
        2,
        "orders",
    )
    assert recipient["cells"] == {"收货人姓名": "吴子川"}
    memo = told["seller_memo"]
    assert (memo["kind"], memo["by"], memo["reason"], memo["locked"]) == ("edited", "小王", "买家说", True)
    assert (memo["conflict"]["theirs"], memo["conflict"]["batch"]) == ("送两份", "B2")
    assert [one["field"] for one in found["sources"] if one["part"]] == ["money"]
    assert "rows" not in found
    rows = traced("sources", NUMBER, "--raw", "--json").json["rows"]
    assert [(one["batch"], one["row"]) for one in rows] == [("B1", 2), ("B2", 2)]
    assert rows[1]["cells"]["订单备注"] == "送两份"


def test_the_same_in_words(traced: Run) -> None:
    shown = traced("sources", NUMBER, "--raw", "--lang", "zh").out
    assert "ExportOrderList202611130930.csv，第 2 行" in shown
    assert "小王" in shown
    assert "冲突，文件写的是 送两份" in shown
    assert "  收货人姓名: 吴子川" in shown
    missing = traced("sources", "77")
    assert missing.code == 1
    assert "77" in missing.err
