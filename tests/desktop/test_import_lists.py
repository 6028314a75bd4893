"""The lists of the dialog before an import: every field from what to what, filtered and looked at closely; what is in doubt left out;
how the file was read, told and changed; all of it saved."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.models import import_preview
from desktop.models.column import cell_text
from desktop.models.import_preview import preview_of
from desktop.models.import_rows import NewOrder, new_order
from desktop.views.import_dialog import ImportDialog
from desktop.views.importer import Importer
from desktop.views.main_window import MainWindow
from desktop.views.reading_dialog import ReadingDialog
from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.desk import Desk
from services.imports.merge import Clash
from services.imports.parse import parse_file
from services.imports.plan import PlanImport
from services.imports.records import OrderRecord
from services.imports.several import PlannedFile
from services.queries.conflict_rows import ConflictRows
from services.queries.counts import StatusCounts
from services.queries.held_rows import HeldRows
from services.queries.verify import Verify
from tests.desktop import hands
from tests.desktop.demo import DEMO_PAGES
from tests.desktop.test_import import counts, listed, opened, orders, words_of
from tests.imports.sample import order_row, write

ONE, TWO, THREE, FOUR = (f"501616551714804647{last}" for last in (6, 7, 8, 9))
SENT = "卖家已发货，等待买家确认"
MANY = 20_000


@pytest.fixture
def window(context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    with hands.on_screen(MainWindow(context, DEMO_PAGES), qtbot, 1440, 900) as made:
        yield made


@pytest.fixture
def notices(context: AppContext) -> list[Notice]:
    told: list[Notice] = []
    context.noticed.connect(told.append)
    return told


@pytest.fixture
def second_day(desk: Desk, tmp_path: Path) -> Path:
    """The first day is in the shop, a memo edited since; the file of the second day has something of everything."""
    first = [order_row(ONE), order_row(TWO, 买家会员名="半山听雨"), order_row(THREE)]
    import_file(desk, write(tmp_path / "ExportOrderList202611091000.csv", first))
    two = orders(desk)[TWO]
    desk.perform(EditOrders((two.id,), {"seller_memo": "送茶样"}, {two.id: two.version}), reason="买家要求")
    rows = [
        order_row(ONE, 订单状态=SENT, 发货时间="2026-11-10 09:00:00", 物流单号="73120000000001", 物流公司="中通快递"),
        order_row(TWO, 买家会员名="半山听雨", 订单备注="周三前发", 买家留言="=1+1"),
        order_row(THREE),
        order_row(FOUR, 物流单号="7.312E+13", 物流公司="中通快递"),
        order_row("5016165517148046480"),
        order_row("5016165517148046480"),
        order_row("3.02145E+18"),
    ]
    return write(tmp_path / "ExportOrderList202611101000.csv", rows)


def look_closely(dialog: ImportDialog) -> list[list[str]]:
    model = dialog.list.sheet_model
    return [[cell_text(column.kind, column.value(model.row_at(row))) for column in model.columns] for row in range(model.rowCount())]


def focus_list(dialog: ImportDialog) -> None:
    assert dialog.table is not None
    dialog.table.setFocus()
    dialog.table.go_to(dialog.model.id_at(0))


def test_each_changed_field_goes_from_what_to_what(window: MainWindow, second_day: Path) -> None:
    dialog = opened(window, second_day)
    assert counts(dialog) == {"new": 2, "updated": 2, "conflict": 1, "held": 1, "rejected": 1, "unchanged": 1}
    hands.click(dialog.tiles["updated"])
    told = {(row[0], row[2]): row[3:] for row in listed(dialog)}
    assert told[ONE, "状态"] == ["待发货", "已发货"]
    assert told[ONE, "物流"] == ["空", "中通快递 73120000000001"]
    assert told[TWO, "买家留言"] == ["先电话，\n再“发货”,谢谢", "=1+1"]
    hands.check_model(dialog.model)


def test_words_and_a_field_narrow_the_list(window: MainWindow, second_day: Path, qtbot: QtBot) -> None:
    dialog = opened(window, second_day)
    hands.click(dialog.tiles["updated"])
    everything = dialog.model.rowCount()
    hands.click(dialog.list.search.field)
    hands.type_text(dialog.list.search.field, "6477")
    dialog.list.search.field.insert(" 留言")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert listed(dialog)[0][0] == TWO
    assert dialog.list.found.text() == "1 行"
    hands.press(dialog.list.search.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == everything)
    assert dialog.isVisible()
    facets = dialog.list.facets
    assert facets.itemText(0) == "全部字段"
    place = facets.findData("parcels")
    facets.setCurrentIndex(place)
    facets.activated.emit(place)
    assert [row[2] for row in listed(dialog)] == ["物流"]
    hands.type_text(dialog.list.search.field, "nothing such")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert dialog.list.found.text() == "0 行"
    hands.click(dialog.tiles["new"])
    assert dialog.list.search.text() == ""
    assert dialog.model.rowCount() == 2


def test_headings_sort_the_list(window: MainWindow, second_day: Path) -> None:
    dialog = opened(window, second_day)
    hands.click(dialog.tiles["updated"])
    assert dialog.table is not None
    header = dialog.table.horizontalHeader()
    field = next(place for place, column in enumerate(dialog.model.columns) if column.key == "field")
    header.sectionClicked.emit(field)
    fields = [row[2] for row in listed(dialog)]
    assert fields == sorted(fields)


def test_a_row_is_looked_at_closely_by_keys(window: MainWindow, second_day: Path) -> None:
    dialog = opened(window, second_day)
    hands.click(dialog.tiles["updated"])
    focus_list(dialog)
    assert dialog.table is not None
    hands.press(dialog.table, Qt.Key.Key_Return)
    rows = {row[0]: row[1:] for row in look_closely(dialog)}
    assert rows["状态"] == ["待发货", "已发货", "更新"]
    assert rows["收货人"] == ["吴子川", "吴子川", ""]
    assert ONE in dialog.list.sheet_title.text()
    hands.check_model(dialog.list.sheet_model)
    while TWO not in dialog.list.sheet_title.text():
        hands.press(dialog.table, Qt.Key.Key_Down)
    rows = {row[0]: row[1:] for row in look_closely(dialog)}
    assert rows["卖家备注"] == ["送茶样", "周三前发", "保留本店，待处理"]
    hands.press(dialog.table, Qt.Key.Key_Escape)
    assert dialog.list.sheet is None
    assert dialog.isVisible()
    hands.press(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_rejected_row_shows_its_cells(window: MainWindow, second_day: Path) -> None:
    dialog = opened(window, second_day)
    hands.click(dialog.tiles["rejected"])
    focus_list(dialog)
    assert dialog.table is not None
    hands.press(dialog.table, Qt.Key.Key_Space)
    rows = dict(look_closely(dialog))
    assert (rows["订单编号"], rows["收货人姓名"]) == ("3.02145E+18", "吴子川")
    hands.click(dialog.list.fold_button)
    assert dialog.list.sheet is None


def test_new_and_unchanged_orders_are_looked_at_closely_too(window: MainWindow, second_day: Path) -> None:
    dialog = opened(window, second_day)
    for part, then in (("new", "新增"), ("unchanged", "")):
        hands.click(dialog.tiles[part])
        focus_list(dialog)
        dialog.list.open(dialog.model.id_at(0))
        rows = {row[0]: row[1:] for row in look_closely(dialog)}
        assert rows["收货人"] == ["" if then else "吴子川", "吴子川", then]
        assert rows["实付"][1:] == ["¥90.60", then]


def test_what_is_in_doubt_is_told_and_left_out(window: MainWindow, desk: Desk, notices: list[Notice], second_day: Path) -> None:
    dialog = opened(window, second_day)
    assert (dialog.verb_button.text(), dialog.sure_button.text()) == ("导入 4 单", "只导没疑问的 2 单")
    assert "“卖家备注”与本店不一致（1）" in words_of(dialog)
    dialog.show_part("doubt")
    assert {row[1] for row in listed(dialog)} == {TWO, FOUR}
    hands.click(dialog.sure_button)
    found = orders(desk)
    assert FOUR not in found
    assert found[ONE].status == "shipped"
    assert "5016165517148046480" in found
    assert desk.read(ConflictRows()) == ()
    assert notices[-1].words == "已导入：新增 1 单，更新 1 单，拒收 1 行，有疑问未导入 2 单"
    again = opened(window, second_day)
    assert counts(again)["new"] == 1
    assert counts(again)["conflict"] == 1
    again.reject()


def test_all_comes_in_and_conflicts_wait(window: MainWindow, desk: Desk, second_day: Path, qtbot: QtBot) -> None:
    dialog = opened(window, second_day)
    qtbot.waitUntil(dialog.isActiveWindow)
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    assert set(orders(desk)) >= {ONE, TWO, THREE, FOUR}
    assert [(one.number, one.ours, one.theirs) for one in desk.read(ConflictRows())] == [(TWO, "送茶样", "周三前发")]
    again = opened(window, second_day)
    assert counts(again) == {"held": 1, "rejected": 1, "unchanged": 5}
    assert again.verb_button.text() == "没有新内容可导入"
    assert not again.sure_button.isVisible()
    hands.click(again.tiles["unchanged"])
    assert "这个文件以前已导入过" in again.heading.text()


def test_a_file_that_only_contradicts_can_be_kept_to_be_decided(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    import_file(desk, write(tmp_path / "ExportOrderList202611091000.csv", [order_row(ONE)]))
    one = orders(desk)[ONE]
    desk.perform(EditOrders((one.id,), {"seller_memo": "送茶样"}, {one.id: one.version}))
    rows = [order_row(ONE, 订单备注="周三前发"), order_row(TWO, 订单状态="拼团中")]
    dialog = opened(window, write(tmp_path / "ExportOrderList202611101000.csv", rows))
    assert dialog.verb_button.text() == "留下 2 条待处理"
    hands.click(dialog.verb_button)
    assert len(desk.read(ConflictRows())) == 1
    assert [one.value for one in desk.read(HeldRows())] == ["拼团中"]


def test_the_dialog_the_dry_run_and_the_shop_agree(window: MainWindow, desk: Desk, second_day: Path) -> None:
    before = desk.read(Verify(digest=True)).digest
    dialog = opened(window, second_day)
    shown = counts(dialog)
    fields: dict[str, list[str]] = {}
    hands.click(dialog.tiles["updated"])
    for number, _buyer, _field, _here, told in listed(dialog):
        fields[number] = [*fields.get(number, []), told]
    dry = import_file(desk, second_day, dry_run=True).value.as_json()
    assert desk.read(Verify(digest=True)).digest == before
    assert shown == {
        "new": dry["orders_new"],
        "updated": dry["orders_updated"],
        "conflict": dry["conflicts"],
        "held": len(dry["held"]),
        "rejected": len(dry["rejected"]),
        "unchanged": dry["orders_unchanged"],
    }
    assert {number: len(told) for number, told in fields.items()} == {
        number: sum(one["number"] == number for one in dry["changes"]) for number in fields
    }
    assert dry["doubtful"] == dialog.previews[0].counts["doubt"] == 2
    was = desk.read(StatusCounts()).total
    hands.click(dialog.verb_button)
    assert desk.read(StatusCounts()).total == was + shown["new"]
    found = orders(desk)
    assert found[ONE].status == next(one["new"] for one in dry["changes"] if one["field"] == "status")
    assert found[TWO].buyer_message == "=1+1"
    assert len(desk.read(ConflictRows())) == shown["conflict"]


def read_otherwise(window: MainWindow) -> ReadingDialog:
    return next(one for one in window.findChildren(ReadingDialog) if one.isVisible())


def choose(dialog: ReadingDialog, name: str, value: object) -> None:
    choice = dialog.choices[name]
    place = choice.findData(value)
    assert place >= 0
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


def now_open(window: MainWindow) -> ImportDialog:
    importer = window.findChild(Importer)
    assert importer is not None
    assert importer.dialog is not None
    return importer.dialog


def test_how_a_file_was_read_is_told_and_changed(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [order_row(ONE, 总金额="1,234")])
    dialog = opened(window, path)
    assert dialog.read_as.text() == "读作 GBK·逗号·第 1 行是表头"
    hands.click(dialog.read_button)
    form = read_otherwise(window)
    assert not form.choices["sheet"].isVisible()
    assert form.choices["encoding"].currentText() == "自动：GBK"
    assert form.headings.text().startswith("订单编号·买家会员名")
    choose(form, "encoding", "utf-8")
    assert "订单编号" not in form.headings.text()
    hands.click(form.verb_button)
    dialog = now_open(window)
    assert not dialog.verb_button.isVisible()
    assert "无法识别的字节" in words_of(dialog)
    dialog.read_otherwise(dialog.previews[0])
    form = read_otherwise(window)
    assert form.choices["encoding"].currentData() == "utf-8"
    choose(form, "encoding", "")
    hands.click(form.verb_button)
    dialog = now_open(window)
    assert counts(dialog) == {"new": 1}
    hands.click(dialog.verb_button)
    assert list(orders(desk)) == [ONE]


def test_headings_further_down_are_found_when_told(window: MainWindow, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [order_row(ONE)])
    path.write_bytes("山月茶铺\r\n".encode("gbk") * 14 + path.read_bytes())
    dialog = opened(window, path)
    button = next(one for one in dialog.findChildren(type(dialog.report_button)) if one.text() == "换一种方式读取…")
    hands.click(button)
    form = read_otherwise(window)
    choose(form, "header_row", 15)
    assert form.headings.text().startswith("订单编号")
    hands.click(form.verb_button)
    dialog = now_open(window)
    assert counts(dialog) == {"new": 1}
    assert dialog.read_as.text().endswith("第 15 行是表头")


def test_escape_in_the_form_changes_nothing(window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(window, write(tmp_path / "a.csv", [order_row(ONE)]))
    hands.click(dialog.read_button)
    form = read_otherwise(window)
    choose(form, "delimiter", ";")
    hands.press(form, Qt.Key.Key_Escape)
    assert now_open(window) is dialog
    assert counts(dialog) == {"new": 1}


def test_the_whole_look_is_saved(window: MainWindow, second_day: Path, tmp_path: Path) -> None:
    dialog = opened(window, second_day)
    dialog.save_report(str(tmp_path / "look.csv"))
    rows = list(csv.reader((tmp_path / "look.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    told = [(row[1], row[3].strip("\t'="), *row[5:8]) for row in rows[1:]]
    assert ("有变化", ONE, "状态", "待发货", "已发货") in [(one[0], one[1].strip('"'), *one[2:]) for one in told]
    assert any(one[0] == "冲突" and one[3:] == ("送茶样", "周三前发") for one in told)
    assert {one[0] for one in told} == {"新增", "有变化", "冲突", "搁置", "拒收", "有疑问", "留意", "没变"}
    assert not any(cell.startswith("=1+1") for row in rows for cell in row)
    dialog.save_report(str(tmp_path / "look.json"))
    whole = json.loads((tmp_path / "look.json").read_text("utf-8"))
    assert {one["field"] for one in whole["changes"] if one["number"] == ONE} >= {"status", "parcels"}
    assert whole["conflicting"][0]["edited_by"] == "owner"
    assert whole["doubtful"] == 2
    dialog.save_report(str(tmp_path / "look.xlsx"))
    assert (tmp_path / "look.xlsx").stat().st_size > 4_000


def test_a_value_too_long_for_a_cell_is_cut_with_its_length(window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(window, write(tmp_path / "a.csv", [order_row(ONE, 买家留言="")]))
    plan = dialog.previews[0].planned.plan
    assert plan is not None
    plan.report.clashes.append(Clash(ONE, "buyer_message", "短", "长" * 40_000))
    dialog.save_report(str(tmp_path / "look.xlsx"))
    assert "look.xlsx" in dialog.note.text()
    dialog.save_report(str(tmp_path / "look.csv"))
    assert "长… (40,000)" in (tmp_path / "look.csv").read_text("utf-8-sig")
    dialog.save_report(str(tmp_path / "look.json"))
    assert "长" * 40_000 in (tmp_path / "look.json").read_text("utf-8")


def test_of_a_long_list_only_what_is_seen_is_made(
    window: MainWindow, context: AppContext, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = write(tmp_path / "a.csv", [order_row(ONE)])
    parsed = parse_file(path)
    (order,) = parsed.orders
    parsed.orders = [order._replace(number=str(10**18 + place), row=place + 2) for place in range(MANY)]
    plan = desk.read(PlanImport(parsed))
    made: list[int] = []

    def counted(place: int, one: OrderRecord) -> NewOrder:
        made.append(place)
        return new_order(place, one)

    monkeypatch.setattr(import_preview, "new_order", counted)
    dialog = ImportDialog(window, context, [preview_of(PlannedFile(path, plan), "zh", desk.shop.zone)])
    dialog.open()
    qtbot.waitUntil(lambda: dialog.model.row_at(0) is not None)
    assert dialog.model.rowCount() == MANY
    assert dialog.verb_button.text() == "导入 20,000 单"
    assert len(made) <= 200
    assert dialog.table is not None
    dialog.table.scrollToBottom()
    qtbot.waitUntil(lambda: dialog.model.row_at(MANY - 1) is not None)
    assert len(made) <= 1_000
    dialog.list.search.set_text("19999 小熊")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert listed(dialog)[0][0] == str(10**18 + MANY - 1)
    dialog.reject()
    QTest.qWait(1)
