"""Cells of files that other shops and other years write otherwise than the samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.imports.parse import parse_file
from tests.imports.sample import REFUND_HEADINGS, order_row, refund_row, write


@pytest.mark.parametrize(
    ("heading", "cell", "grams"),
    [
        ("重量(g)", "250", 250),
        ("重量", "12.5", 13),
        ("重量", "0.25kg", 250),
        ("重量", "1,250 克", 1_250),
        ("重量(kg)", "0.25", 250),
        ("重量（kg）", "300g", 300),
        ("Weight (kg)", "", None),
    ],
)
def test_a_weight_is_told_in_grams_or_kilos(tmp_path: Path, heading: str, cell: str, grams: int | None) -> None:
    headings = ("商家编码", "商品名称", heading)
    parsed = parse_file(write(tmp_path / "goods.csv", [{"商家编码": "A-1", "商品名称": "茶杯", heading: cell}], headings))
    assert (parsed.rejected, [one.weight for one in parsed.goods]) == ([], [grams])
    assert "weight" in parsed.knows


def test_a_weight_that_is_none_is_told_with_its_row_and_column(tmp_path: Path) -> None:
    rows = [{"商家编码": "A-1", "商品名称": "茶杯", "重量": "轻"}, {"商家编码": "A-2", "商品名称": "碗", "重量": "-3"}]
    parsed = parse_file(write(tmp_path / "goods.csv", rows, ("商家编码", "商品名称", "重量")))
    assert [(one.row, one.column, one.value, one.code) for one in parsed.rejected] == [
        (2, "重量", "轻", "weight"),
        (3, "重量", "-3", "weight"),
    ]


def test_a_case_that_the_buyer_shall_change_was_refused(tmp_path: Path) -> None:
    rows = [refund_row("6001", "71", 退款状态="卖家不同意协议，等待买家修改", 退款完结时间="", 完结时间="")]
    parsed = parse_file(write(tmp_path / "refunds.csv", rows, REFUND_HEADINGS))
    assert [(one.number, one.state) for one in parsed.cases] == [("71", "refused")]


@pytest.mark.parametrize("number", ["1,930,680,000,000,000", "193,068.00", "1，930，680"])
def test_a_number_as_a_spreadsheet_shows_it_is_no_order_number(tmp_path: Path, number: str) -> None:
    parsed = parse_file(write(tmp_path / "ExportOrderList202611120930.csv", [order_row(number), order_row("6001")]))
    assert [(one.row, one.column, one.value, one.code) for one in parsed.rejected] == [(2, "订单编号", number, "id_malformed")]
    assert [order.number for order in parsed.orders] == ["6001"]
