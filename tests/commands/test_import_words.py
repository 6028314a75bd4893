"""A status word that no list knows is given a meaning once: the rows that waited for it come in, and files to come are understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.commands.import_words import TeachStatus
from services.commands.imports import import_file
from services.commands.undo_import import UndoImport
from services.desk import Desk
from services.errors import BadInput, NotFound
from services.imports.kept_file import KeptFile, write_kept
from services.imports.parse import parse_file
from services.imports.several import plan_files
from services.imports.taught import TaughtWords
from services.queries.held_rows import HeldRows
from services.queries.import_rows import ImportCard
from tests.commands.test_imports import NUMBER, Sql, bring, bring_lines, order, sound
from tests.imports.sample import line_row, order_row


def again(desk: Desk, batch_id: int, folder: Path) -> Path:
    return write_kept(desk.read(KeptFile(batch_id)), folder)


def test_the_rows_come_in_out_of_what_was_kept(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row("6001"), order_row(订单状态="拼团 中", 买家留言='先"电话",\n再发'), order_row("3.02145E+18"))
    (row,) = desk.read(HeldRows())
    desk.perform(TeachStatus(row.value, "awaiting_payment"), reason="平台新词")
    folder = tmp_path / "kept"
    folder.mkdir()
    path = again(desk, row.batch_id, folder)
    (planned,) = plan_files(desk, [path])
    assert planned.plan is not None
    assert (planned.plan.report.orders_new, planned.plan.report.orders_unchanged) == (1, 1)
    report = import_file(desk, path).value
    assert (report.format, report.orders_new, [(one.row, one.code) for one in report.rejected]) == (
        "taobao.orders.g4",
        1,
        [(4, "id_scientific")],
    )
    assert (order(desk)["status"], order(desk)["buyer_message"]) == ("awaiting_payment", '先"电话",\n再发')
    assert desk.read(HeldRows()) == ()
    assert desk.read(Sql("SELECT DISTINCT file_time FROM import_batch"))[1:] == []
    sound(desk)
    desk.perform(UndoImport(2))
    assert [one["number"] for one in [order(desk, "6001")]] == ["6001"]
    assert len(desk.read(HeldRows())) == 1
    sound(desk)


def test_a_later_file_is_understood_by_itself(desk: Desk, tmp_path: Path) -> None:
    desk.perform(TeachStatus("拼团中", "awaiting_payment"))
    assert bring(desk, tmp_path, order_row(订单状态="拼团中")).orders_new == 1
    assert bring_lines(desk, tmp_path, line_row("6001", "61", 订单状态="拼团，中")).rejected == []
    desk.perform(TeachStatus("拼 团中", ""))
    assert desk.read(TaughtWords()) == {}
    assert [one.code for one in bring(desk, tmp_path, order_row("6002", 订单状态="拼团中"), day=13).rejected] == ["status_unknown"]
    assert order(desk, NUMBER)["status"] == "awaiting_payment"


def test_words_hold_for_the_shop_alone_and_only_while_it_reads(desk: Desk, tmp_path: Path) -> None:
    desk.perform(TeachStatus("拼团中", "awaiting_payment"))
    bring(desk, tmp_path, order_row(订单状态="拼团中"))
    parsed = parse_file(next(tmp_path.glob("*.csv")))
    assert [one.code for one in parsed.rejected] == ["status_unknown"]


@pytest.mark.parametrize(
    ("word", "status", "code"),
    [("", "shipped", "word_empty"), ("词" * 61, "shipped", "word_empty"), ("交易成功", "closed", "word_known"), ("拼团中", "gone", "setting_value_unknown")],
)  # fmt: skip
def test_what_can_t_be_taught(desk: Desk, word: str, status: str, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        desk.perform(TeachStatus(word, status))


def test_a_workbook_is_written_anew_too(desk: Desk, tmp_path: Path, reference: Path) -> None:
    """Of every kind of the reference files: what was kept says the same again, in rows of the same numbers."""
    kept = tmp_path / "kept"
    kept.mkdir()
    for place, name in enumerate(("ExportOrderList20261112_G5.xlsx", "pdd_orders_20261112.csv", "broken_unknown_status.csv"), start=1):
        first = import_file(desk, reference / "exports" / name).value
        report = import_file(desk, again(desk, place, kept), dry_run=True).value
        assert (report.orders_new, report.orders_updated, report.orders_unchanged) == (0, 0, first.orders_new), name
        assert [one.row for one in report.rejected] == [one.row for one in desk.read(ImportCard(place)).rejected]
    with pytest.raises(NotFound):
        desk.read(KeptFile(99))
