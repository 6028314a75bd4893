"""Where the cells of a text file are cut, when other marks stand inside them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from services.imports.parse import parse_file
from tests.imports.sample import HEADINGS, order_row

GOODS = ("商家编码", "商品名称", "规格")


def _written(path: Path, rows: list[list[str]], delimiter: str = ",", quoting: int = csv.QUOTE_ALL) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    path.write_bytes(text.getvalue().encode("gb18030"))
    return path


@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
@pytest.mark.parametrize("form", ["{}\t", "\t{}"])
def test_cells_padded_by_tabs_are_cut_at_their_commas(tmp_path: Path, form: str, quoting: int) -> None:
    rows = [list(HEADINGS)] + [[form.format(row.get(name.strip(), "")) for name in HEADINGS] for row in (order_row("1"), order_row("2"))]
    parsed = parse_file(_written(tmp_path / "a.csv", rows, quoting=quoting))
    assert [(order.number, order.payable) for order in parsed.orders] == [("1", 90_60), ("2", 90_60)]
    assert parsed.rejected == []


def test_properties_full_of_semicolons_cut_no_row(tmp_path: Path) -> None:
    rows = [list(GOODS)] + [[f"CUP-{place}", "茶杯", "颜色:白;尺码:L;材质:瓷;容量:300ml"] for place in range(30)]
    parsed = parse_file(_written(tmp_path / "goods.csv", rows, quoting=csv.QUOTE_MINIMAL))
    assert [goods.code for goods in parsed.goods] == [f"CUP-{place}" for place in range(30)]
    assert {goods.properties for goods in parsed.goods} == {"颜色:白;尺码:L;材质:瓷;容量:300ml"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_mark_is_found_below_a_title(tmp_path: Path, delimiter: str) -> None:
    rows = [["我的商品"], list(GOODS), ["A,1;2|3", "茶\t杯", "白"], ["B", "碗", ""]]
    parsed = parse_file(_written(tmp_path / "goods.txt", rows, delimiter))
    assert [(goods.code, goods.properties) for goods in parsed.goods] == [("A,1;2|3", "白"), ("B", None)]


def test_tabs_before_cells_of_several_lines_are_no_delimiter(tmp_path: Path) -> None:
    """Douyin pads every cell; where notes have quotes and lines of their own, cuts at the tabs look more alike than those at commas."""
    rows = [["备用", "另一列", *(name.strip() for name in HEADINGS), "末列"]]
    notes = ("加急\n先电话,谢谢", '1、包装\n2、"送"', "放门口,\n谢谢", "")
    for place in range(12):
        row = order_row(str(6001 + place), 买家留言=notes[place % 3], 订单备注=notes[(place + 1) % 4])
        rows.append(["", "", *(f"\t{row[name.strip()]}" if row[name.strip()] else "" for name in HEADINGS), ""])
    parsed = parse_file(_written(tmp_path / "a.csv", rows, quoting=csv.QUOTE_MINIMAL))
    assert [order.number for order in parsed.orders] == [str(6001 + place) for place in range(12)]
    assert parsed.rejected == []


def test_a_tab_behind_each_number_is_no_delimiter_where_notes_have_lines_of_their_own(tmp_path: Path) -> None:
    notes = ("", "加急\n先电话", "")
    rows = [[name.strip() for name in HEADINGS]]
    for place in range(12):
        row = order_row(f"{6001 + place}\t", 买家留言="放门口,\n谢谢", 订单备注=notes[place % 3])
        rows.append([row[name.strip()] + ("\t" if name == "支付单号" else "") for name in HEADINGS])
    parsed = parse_file(_written(tmp_path / "a.csv", rows))
    assert [order.number for order in parsed.orders] == [str(6001 + place) for place in range(12)]
    assert parsed.orders[0].payment_number == "2026101822009167311841992851"
