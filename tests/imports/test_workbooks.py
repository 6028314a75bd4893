"""Workbooks: text and numbers as cells, odd sheets, and what would take the memory of the machine."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from services.clock import iso
from services.errors import BadInput
from services.imports.parse import parse_file
from tests.imports.sample import HEADINGS, order_row

ZONE = "Asia/Shanghai"


def _book(path: Path, rows: list[list[object]], *, first_row: int = 0, sheet: str = "export", before: bool = False) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        if before:
            book.add_worksheet("说明").write(0, 0, "先看这里")
        page = book.add_worksheet(sheet)
        when = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for number, row in enumerate(rows, start=first_row):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(number, column, cell, when)
                elif isinstance(cell, str):
                    page.write_string(number, column, cell)
                else:
                    page.write(number, column, cell)
    return path


def _rows(*orders: dict[str, object]) -> list[list[object]]:
    names = [heading.strip() for heading in HEADINGS]
    return [list(names), *([order[name] for name in names] for order in orders)]


def test_text_cells_dates_and_numbers_are_read(tmp_path: Path) -> None:
    row = {**order_row(), "订单创建时间": datetime(2026, 11, 9, 8, 5, 12, tzinfo=UTC).replace(tzinfo=None), "总金额": 90.6, "宝贝总数量": 2}
    (order,) = parse_file(_book(tmp_path / "a.xlsx", _rows(row))).orders
    assert (order.payable, order.quantity) == (90_60, 2)
    assert iso(order.created_at, ZONE) == "2026-11-09T08:05:12+08:00"


def test_an_id_that_is_a_number_with_lost_digits_is_refused(tmp_path: Path) -> None:
    rows = _rows({**order_row(), "订单编号": 5016165517148046476}, {**order_row(), "订单编号": 5001})
    parsed = parse_file(_book(tmp_path / "a.xlsx", rows))
    assert [(reject.row, reject.column, reject.code) for reject in parsed.rejected] == [(2, "订单编号", "id_scientific")]
    assert [order.number for order in parsed.orders] == ["5001"]


def test_rows_are_numbered_as_in_the_sheet(tmp_path: Path) -> None:
    rows = _rows({**order_row("5001")}, {**order_row("5002"), "总金额": "一"})
    parsed = parse_file(_book(tmp_path / "a.xlsx", rows, first_row=3, before=True))
    assert [order.row for order in parsed.orders] == [5]
    assert [reject.row for reject in parsed.rejected] == [6]
    assert parsed.sheet == "export"


def test_a_cell_in_the_far_corner_asks_for_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 0, "订单编号")
        page.write(1_048_575, 16_383, "x")
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert caught.value.code == "workbook_too_big"


def test_a_sheet_with_many_rows_is_no_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for column, name in enumerate(heading.strip() for heading in HEADINGS):
            page.write(0, column, name)
        for column, cell in enumerate(order_row().values()):
            page.write_string(200_000, column, cell)
    parsed = parse_file(path)
    assert [order.row for order in parsed.orders] == [200_001]


def test_a_broken_old_workbook_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1_000 + "Workbook".encode("utf-16-le") + b"\0" * 2_000)
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert caught.value.code == "workbook_broken"


def test_a_workbook_with_broken_inside_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet><sheetData>")
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert caught.value.code == "workbook_broken"
