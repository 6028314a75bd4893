"""Files brought in from the window: looked at first, said in words, nothing written before the verb."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice, Place
from desktop.models.column import cell_text
from desktop.views.import_dialog import ImportDialog
from desktop.views.importer import Importer, import_files
from desktop.views.main_window import MainWindow
from desktop.views.widgets.labels import Elided, Label
from services.commands.edits import EditOrders
from services.commands.imports import ImportFile, import_file
from services.desk import Desk
from services.errors import Cancelled, Environment
from services.queries.conflict_rows import ConflictRows
from services.queries.counts import StatusCounts
from services.queries.order_rows import OrderIds, OrderRow, OrderRows
from tests.desktop import hands
from tests.desktop.demo import DEMO_PAGES
from tests.imports.sample import HEADINGS, LINE_HEADINGS, line_row, order_row, write

ONE, TWO, THREE = "5016165517148046476", "5016165517148046477", "5016165517148046478"


@pytest.fixture
def window(context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    with hands.on_screen(MainWindow(context, DEMO_PAGES), qtbot, 1440, 900) as made:
        yield made


@pytest.fixture
def notices(context: AppContext) -> list[Notice]:
    told: list[Notice] = []
    context.noticed.connect(told.append)
    return told


def opened(window: MainWindow, *paths: Path) -> ImportDialog:
    import_files(window, window.context, paths)
    importer = window.findChild(Importer)
    assert importer is not None
    assert importer.dialog is not None
    return importer.dialog


def counts(dialog: ImportDialog) -> dict[str, int]:
    return {part: tile.count for part, tile in dialog.tiles.items() if tile.count}


def listed(dialog: ImportDialog) -> list[list[str]]:
    """The rows of the open list, as they are read."""
    model = dialog.model
    rows = [model.row_at(place) for place in range(model.rowCount())]
    while None in rows:  # they are made when they are asked for
        QTest.qWait(1)
        rows = [model.row_at(place) for place in range(model.rowCount())]
    return [[cell_text(column.kind, column.value(row)) for column in model.columns] for row in rows]


def words_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return "\n".join(labels + [line.text() for line in widget.findChildren(Elided) if line.isVisibleTo(widget)])


def orders(desk: Desk) -> dict[str, OrderRow]:
    return {row.number: row for row in desk.read(OrderRows(tuple(desk.read(OrderIds("", "created")))))}


def two_orders(folder: Path, name: str = "ExportOrderList202611091000.csv") -> Path:
    return write(folder / name, [order_row(ONE), order_row(TWO, 收货人姓名="何小满")])


def test_new_orders_are_shown_first_and_come_in_with_the_verb(
    window: MainWindow, desk: Desk, notices: list[Notice], tmp_path: Path
) -> None:
    dialog = opened(window, two_orders(tmp_path))
    assert counts(dialog) == {"new": 2}
    assert dialog.part == "new"
    assert [(row[0], row[-2], row[-1]) for row in listed(dialog)] == [(ONE, "¥90.60", "待发货"), (TWO, "¥90.60", "待发货")]
    assert "淘宝订单报表·21 列全认得·2 行" in dialog.sub.text()
    assert dialog.read_as.text() == "读作 GBK·逗号·第 1 行是表头"
    assert dialog.verb_button.text() == "导入 2 单"
    assert desk.read(StatusCounts()).total == 0
    hands.check_model(dialog.model)
    hands.click(dialog.verb_button)
    assert desk.read(StatusCounts()).total == 2
    (notice,) = notices
    assert (notice.words, notice.tone) == ("已导入：新增 2 单", "ok")
    went: list[Place] = []
    window.context.went.disconnect()
    window.context.went.connect(went.append)
    assert notice.action is not None
    notice.action()
    assert went == [Place("orders", {"search": "import:B1"})]
    assert len(desk.read(OrderIds("import:B1", "created"))) == 2


def test_escape_leaves_the_shop_as_it_was(window: MainWindow, desk: Desk, notices: list[Notice], tmp_path: Path) -> None:
    dialog = opened(window, two_orders(tmp_path))
    hands.press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert desk.read(StatusCounts()).total == 0
    assert notices == []


def test_what_stays_out_is_said_with_row_column_value_and_reason(
    window: MainWindow, desk: Desk, notices: list[Notice], tmp_path: Path
) -> None:
    rows = [
        order_row(ONE),
        order_row("3.02145E+18"),
        order_row(TWO, 订单状态="拼团中"),
        order_row(ONE),
    ]
    path = write(tmp_path / "a.csv", [row | {"直播间": "7"} for row in rows], [*HEADINGS, "直播间"])
    dialog = opened(window, path)
    assert counts(dialog) == {"new": 1, "held": 1, "rejected": 2}
    assert dialog.part == "rejected"
    first, second = listed(dialog)
    assert first[:3] == ["3", "订单编号", "3.02145E+18"]
    assert "科学计数法" in first[3]
    assert second[:3] == ["4", "订单状态", "拼团中"]
    assert "未知的列“直播间”" in words_of(dialog)
    hands.click(dialog.tiles["held"])
    assert [row[0] for row in listed(dialog)] == ["5"]
    assert dialog.tiles["held"].isChecked()
    dialog.show_part("notice")
    assert "直播间" in listed(dialog)[0][1]
    assert not any(tile.isChecked() for tile in dialog.tiles.values())
    assert dialog.verb_button.text() == "导入 1 单"
    hands.click(dialog.verb_button)
    assert list(orders(desk)) == [ONE]
    assert notices[-1].words == "已导入：新增 1 单，拒收 2 行"
    assert notices[-1].tone == "warn"


def test_changes_and_conflicts_are_told_field_by_field(window: MainWindow, desk: Desk, notices: list[Notice], tmp_path: Path) -> None:
    import_file(desk, write(tmp_path / "ExportOrderList202611091000.csv", [order_row(ONE), order_row(TWO), order_row(THREE)]))
    one = orders(desk)[ONE]
    desk.perform(EditOrders((one.id,), {"seller_memo": "送茶样"}, {one.id: one.version}), reason="买家要求")
    later = [
        order_row(ONE, 订单备注="周三前发"),
        order_row(
            TWO, 订单状态="卖家已发货，等待买家确认", 发货时间="2026-11-10 09:00:00", 物流单号="No:73120000000001", 物流公司="中通快递"
        ),
        order_row(THREE),
    ]
    dialog = opened(window, write(tmp_path / "ExportOrderList202611101000.csv", later))
    assert counts(dialog) == {"updated": 1, "conflict": 1, "unchanged": 2}
    assert [row[1:] for row in listed(dialog)] == [["小熊爱喝茶", "卖家备注", "送茶样", "11-22 14:00 店主", "周三前发"]]
    assert "先保留本店的，导入后等你决定" in dialog.heading.text()
    hands.click(dialog.tiles["updated"])
    changed = {row[2]: row[3:] for row in listed(dialog)}
    assert changed["状态"] == ["待发货", "已发货"]
    assert "73120000000001" in changed["物流"][1]
    assert {row[0] for row in listed(dialog)} == {TWO}
    hands.click(dialog.verb_button)
    assert orders(desk)[ONE].seller_memo == "送茶样"
    assert orders(desk)[TWO].status == "shipped"
    assert notices[-1].words == "已导入：更新 1 单，1 处冲突待处理"
    assert [(one.number, one.ours, one.theirs) for one in desk.read(ConflictRows())] == [(ONE, "送茶样", "周三前发")]


def test_the_same_file_again_brings_nothing(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    path = two_orders(tmp_path)
    import_file(desk, path)
    dialog = opened(window, path)
    assert counts(dialog) == {"unchanged": 2}
    assert dialog.verb_button.text() == "没有新内容可导入"
    assert not dialog.verb_button.isEnabled()
    assert "2 单店里已有" in words_of(dialog)


def test_several_files_come_in_together_and_orders_count_once(
    window: MainWindow, desk: Desk, notices: list[Notice], tmp_path: Path, qtbot: QtBot
) -> None:
    lines = write(tmp_path / "ExportItemlList202611091000.csv", [line_row(ONE, "81"), line_row(TWO, "82")], LINE_HEADINGS)
    goods = tmp_path / "商品.csv"
    goods.write_text("商家编码,名称,成本,售价,库存\nCUP-01-350,马克杯,12.50,41.30,10\n", encoding="utf-8")
    copy = two_orders(tmp_path, "又一份.csv")
    junk = tmp_path / "账单.csv"
    junk.write_text("运单,重量\n1,2\n", encoding="utf-8")
    dialog = opened(window, lines, two_orders(tmp_path), copy, goods, junk)
    assert [item.text() for item in dialog.files][:3] == ["商品.csv", "ExportOrderList202611091000.csv", lines.name]
    assert dialog.files[0].isChecked()
    assert dialog.verb_button.text() == "导入 2 单、1 个规格"
    hands.click(dialog.files[2])
    assert counts(dialog) == {"updated": 2}
    assert "另一个文件里也有" in dialog.heading.text()
    hands.click(next(item for item in dialog.files if item.text() == "又一份.csv"))
    qtbot.waitUntil(lambda: "是同一个文件" in words_of(dialog))
    hands.click(next(item for item in dialog.files if item.text() == "账单.csv"))
    qtbot.waitUntil(lambda: "不属于任何已知格式" in words_of(dialog))
    hands.click(dialog.verb_button)
    found = orders(desk)
    assert set(found) == {ONE, TWO}
    assert found[ONE].blockers == ()
    assert notices[-1].words == "已导入：新增 2 单，更新 2 单，新增 1 个规格"
    assert len(desk.read(OrderIds("import:B2,B3", "created"))) == 2


def test_an_unknown_file_says_what_is_known_and_the_way_with_a_map(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "账单.csv"
    path.write_text("运单,重量\n1,2\n", encoding="utf-8")
    dialog = opened(window, path)
    said = words_of(dialog)
    assert "不属于任何已知格式" in said
    for words in ("淘宝订单报表", "淘宝宝贝报表", "商品表", "对应字段"):
        assert words in said
    assert not dialog.verb_button.isVisible()
    assert not dialog.report_button.isVisible()
    assert dialog.match_button.text() == "对应字段…"


def test_a_stopped_import_leaves_nothing(
    window: MainWindow, desk: Desk, notices: list[Notice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(window, two_orders(tmp_path))
    apply = ImportFile.apply

    def stopped(command: ImportFile, uow: object) -> object:
        apply(command, uow)  # type: ignore[arg-type]
        raise Cancelled

    monkeypatch.setattr(ImportFile, "apply", stopped)
    hands.click(dialog.verb_button)
    assert desk.read(StatusCounts()).total == 0
    assert notices[-1].words == "已停止，什么也没有导入。"


def test_a_refused_import_tells_what_came_in_before(
    window: MainWindow, desk: Desk, notices: list[Notice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write(tmp_path / "ExportOrderList202611111000.csv", [order_row(THREE)])
    dialog = opened(window, two_orders(tmp_path), other)
    errors: list[Exception] = []
    window.context.runner.failed.disconnect()
    window.context.runner.failed.connect(errors.append)
    apply = ImportFile.apply

    def full(command: ImportFile, uow: object) -> object:
        if command.plan.parsed.path == other:
            raise Environment("disk_full", path="x")
        return apply(command, uow)  # type: ignore[arg-type]

    monkeypatch.setattr(ImportFile, "apply", full)
    hands.click(dialog.verb_button)
    assert set(orders(desk)) == {ONE, TWO}
    assert notices[-1].words == "已导入：新增 2 单"
    assert [type(error) for error in errors] == [Environment]


def test_files_that_come_meanwhile_wait_for_their_turn(window: MainWindow, tmp_path: Path) -> None:
    first = opened(window, two_orders(tmp_path))
    other = write(tmp_path / "ExportOrderList202611111000.csv", [order_row(THREE)])
    import_files(window, window.context, [other])
    importer = window.findChild(Importer)
    assert importer is not None
    assert importer.dialog is first
    first.reject()
    assert importer.dialog is not first
    assert importer.dialog is not None
    assert importer.dialog.previews[0].name == other.name


def test_the_report_is_saved_as_a_table_and_as_data(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = write(tmp_path / "a.csv", [order_row(ONE), order_row("3.02145E+18")])
    dialog = opened(window, path)
    dialog.save_report(str(tmp_path / "report.csv"))
    text = (tmp_path / "report.csv").read_text("utf-8-sig")
    assert "拒收" in text
    assert "3.02145E+18" in text
    assert "report.csv" in dialog.note.text()
    dialog.save_report(str(tmp_path / "report.json"))
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert told["orders_new"] == 1
    assert told["rejected"][0]["row"] == 3
    dialog.save_report(str(tmp_path / "no" / "such" / "report.csv"))
    qtbot.waitUntil(lambda: "report.csv" in words_of(dialog))


def test_nothing_is_chinese_in_the_english_dialog(window: MainWindow, tmp_path: Path, english: None) -> None:
    headings = [*HEADINGS, "extra"]
    rows = [order_row(ONE), order_row("3.02145E+18"), order_row(ONE)]
    dialog = opened(window, write(tmp_path / "a.csv", [row | {"extra": "7"} for row in rows], headings))
    said = words_of(dialog) + "".join(tile.text() for tile in dialog.tiles.values()) + dialog.verb_button.text()
    assert not re.search(r"[\u4e00-\u9fff]", said), said
    assert "1 row can't come in" in said
