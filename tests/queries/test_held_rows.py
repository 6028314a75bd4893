"""Rows with a word that nobody knows wait with all their cells, until their order comes in."""

from __future__ import annotations

from pathlib import Path

from services.commands.undo_import import UndoImport
from services.desk import Desk
from services.queries.held_rows import HeldRows
from tests.commands.test_imports import NUMBER, bring
from tests.imports.sample import order_row


def test_a_row_of_unknown_status_waits_with_its_cells_until_its_order_comes_in(desk: Desk, tmp_path: Path) -> None:
    report = bring(desk, tmp_path, order_row("6001"), order_row(订单状态="交易仲裁中"), order_row("6002", 总金额="一"))
    assert (report.orders_new, [one.code for one in report.rejected]) == (1, ["status_unknown", "amount"])
    (row,) = desk.read(HeldRows())
    assert (row.batch, row.row, row.number, row.column, row.value) == ("B1", 3, NUMBER, "订单状态", "交易仲裁中")
    assert ("收货人姓名", "吴子川") in row.cells
    bring(desk, tmp_path, order_row(订单状态="交易仲裁中"), day=13)
    assert [row.batch for row in desk.read(HeldRows())] == ["B2"]
    bring(desk, tmp_path, order_row(), day=14)
    assert desk.read(HeldRows()) == ()


def test_rows_of_an_import_that_was_taken_back_wait_no_more(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单状态="交易仲裁中"))
    assert len(desk.read(HeldRows(1))) == 1
    desk.perform(UndoImport(1))
    assert desk.read(HeldRows()) == ()
