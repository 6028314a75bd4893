"""Rows to a file from the window: columns ticked and dragged, sets kept, nothing replaced unsaid; driven by mouse and keys."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.models.column_choice import MIME, Choice, ColumnChoice
from desktop.views.export_dialog import ExportDialog, export_orders, export_rows
from desktop.views.widgets.labels import Label
from services.desk import Desk
from services.errors import Cancelled
from services.queries.order_rows import OrderIds, OrderRows
from tests.desktop import hands
from tests.factories import make_order


@pytest.fixture
def notices(context: AppContext) -> list[Notice]:
    told: list[Notice] = []
    context.noticed.connect(told.append)
    return told


@pytest.fixture
def orders(context: AppContext, desk: Desk) -> list[int]:
    for number in ("0001", "0002"):
        make_order(desk, number=number, buyer_nick=f"买家{number}", lines=[{"title": "杯"}, {"title": "碟"}])
    return list(desk.read(OrderIds("", "number")))


def opened(window: QWidget, context: AppContext, orders: list[int], folder: Path) -> ExportDialog:
    context.prefs.set_text("export/folder", str(folder))
    dialog = export_orders(window, context, orders, "订单 2026-11-22")
    dialog.open()
    return dialog


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def drop(dialog: ExportDialog, row: int, before: int) -> None:
    """Drag the row `row` to just above the row `before`, as the view gets it."""
    data = dialog.model.mimeData([dialog.model.index(row)])
    area = dialog.list.visualRect(dialog.model.index(before))
    at = QPointF(area.center().x(), area.top() + 1)
    none = Qt.KeyboardModifier.NoModifier
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
    from PySide6.QtWidgets import QApplication

    place = QPoint(int(at.x()), int(at.y()))
    view = dialog.list.viewport()
    for event in (
        QDragEnterEvent(place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, none),
        QDragMoveEvent(place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, none),
        QDropEvent(at, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, none),
    ):
        QApplication.sendEvent(view, event)


def test_what_was_ticked_and_ordered_is_written_and_remembered(
    window: QWidget, context: AppContext, orders: list[int], notices: list[Notice], tmp_path: Path
) -> None:
    dialog = opened(window, context, orders, tmp_path)
    hands.check_model(dialog.model)
    assert dialog.verb_button.text() == "导出 2 单"
    assert dialog.sets.currentText() == "常用列"
    dialog.format.choose(".csv")
    dialog.model.choose(("number", "paid", "buyer_nick"))
    assert dialog.sets.currentText() == "自选列"
    dialog.list.setCurrentIndex(dialog.model.index(2))
    hands.press(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.model.chosen() == ("number", "buyer_nick", "paid")
    hands.press(dialog.list, Qt.Key.Key_Down)
    hands.press(dialog.list, Qt.Key.Key_Space)
    assert dialog.model.chosen() == ("number", "buyer_nick")
    assert "1 列是个人信息" in dialog.note.text()
    hands.click(dialog.verb_button)
    assert rows(tmp_path / "订单 2026-11-22.csv") == [["订单号", "买家"], ["'0001", "买家0001"], ["'0002", "买家0002"]]
    assert notices[-1].words == "订单 2026-11-22.csv 已写好，2 行"
    again = opened(window, context, orders, tmp_path)
    assert again.model.chosen() == ("number", "buyer_nick")
    assert again.format.value == ".csv"
    # The name is taken: the next one is proposed, nothing is replaced.
    assert again.target().name == "订单 2026-11-22 (2).csv"


def test_a_column_is_dragged_to_its_place(window: QWidget, context: AppContext, orders: list[int], tmp_path: Path) -> None:
    dialog = opened(window, context, orders, tmp_path)
    dialog.model.choose(("number", "paid", "buyer_nick"))
    drop(dialog, 2, 0)
    assert dialog.model.chosen() == ("buyer_nick", "number", "paid")
    drop(dialog, 0, 2)
    assert dialog.model.chosen() == ("number", "buyer_nick", "paid")
    stranger = QMimeData()
    stranger.setText("x")
    assert not dialog.model.dropMimeData(stranger, Qt.DropAction.MoveAction, 0, 0, dialog.model.index(-1))
    assert stranger.formats() != [MIME]


def test_a_click_ticks_and_the_buttons_tick_all_or_none(window: QWidget, context: AppContext, orders: list[int], tmp_path: Path) -> None:
    dialog = opened(window, context, orders, tmp_path)
    first = dialog.model.chosen()[0]
    hands.click(dialog.list.viewport(), dialog.list.visualRect(dialog.model.index(0)).center())
    assert first not in dialog.model.chosen()
    dialog.model.set_all(False)
    assert dialog.verb_button.text() == "还没有勾选列"
    assert not dialog.verb_button.isEnabled()
    dialog.model.set_all(True)
    assert len(dialog.model.chosen()) == dialog.model.rowCount()


def test_one_row_a_line_has_its_own_columns(window: QWidget, context: AppContext, orders: list[int], tmp_path: Path) -> None:
    dialog = opened(window, context, orders, tmp_path)
    dialog.format.choose(".csv")
    dialog.by.choose("lines")
    assert "line.title" in dialog.model.chosen()
    dialog.model.choose(("number", "line.title"))
    dialog.headings.setChecked(False)
    hands.click(dialog.verb_button)
    assert rows(tmp_path / "订单 2026-11-22.csv") == [["'0001", "杯"], ["'0001", "碟"], ["'0002", "杯"], ["'0002", "碟"]]
    assert opened(window, context, orders, tmp_path).by.value == "lines"


def test_a_set_of_columns_is_kept_by_name_and_forgotten(window: QWidget, context: AppContext, orders: list[int], tmp_path: Path) -> None:
    dialog = opened(window, context, orders, tmp_path)
    dialog.model.choose(("phone", "number"))
    hands.click(dialog.keep_button)
    assert dialog.focusWidget() is dialog.name
    hands.type_text(dialog.name, "for-calls")
    hands.press(dialog.name, Qt.Key.Key_Return)
    assert dialog.sets.currentText() == "for-calls"
    dialog.reject()
    again = opened(window, context, orders, tmp_path)
    place = again.sets.findText("for-calls")
    again.sets.setCurrentIndex(place)
    again.sets.activated.emit(place)
    assert again.model.chosen() == ("phone", "number")
    hands.click(again.forget_button)
    assert again.sets.findText("for-calls") < 0


def test_a_file_that_is_there_is_replaced_only_when_the_verb_says_so(
    window: QWidget, context: AppContext, orders: list[int], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.json"
    path.write_text("[]")
    dialog = opened(window, context, orders, tmp_path)
    dialog.choose_file(str(path))
    assert dialog.format.value == ".json"
    assert dialog.verb_button.text() == "替换并导出"
    qtbot.waitUntil(lambda: "已经有文件“mine.json”" in words_of(dialog))
    hands.click(dialog.verb_button)
    assert [order["number"] for order in json.loads(path.read_text("utf-8"))] == ["0001", "0002"]


def test_what_can_not_come_back_is_told(window: QWidget, context: AppContext, orders: list[int], tmp_path: Path, qtbot: QtBot) -> None:
    dialog = opened(window, context, orders, tmp_path)
    assert "再导入" not in words_of(dialog)
    dialog.model.choose(("number", "paid"))
    qtbot.waitUntil(lambda: "“订单号”“渠道”“状态”" in words_of(dialog))
    dialog.by.choose("lines")
    dialog.format.choose(".json")
    dialog.headings.setChecked(False)
    dialog.model.choose(("number", "channel", "status", "line.quantity"))
    qtbot.waitUntil(lambda: "“商品名称”和“数量”" in words_of(dialog))
    dialog.model.choose(("number", "channel", "status", "line.quantity", "line.title"))
    qtbot.waitUntil(lambda: "再导入" not in words_of(dialog))


def test_escape_writes_nothing(window: QWidget, context: AppContext, orders: list[int], tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    dialog = opened(window, context, orders, tmp_path)
    hands.press(dialog, Qt.Key.Key_Escape)
    assert sorted(tmp_path.iterdir()) == before


def test_a_stopped_export_leaves_no_file(
    window: QWidget, context: AppContext, orders: list[int], notices: list[Notice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import services.exports.formats.xlsx as workbooks

    def stopped(*_given: object) -> int:
        raise Cancelled

    monkeypatch.setattr(workbooks.XlsxFormat, "write", stopped)
    before = sorted(tmp_path.iterdir())
    dialog = opened(window, context, orders, tmp_path)
    hands.click(dialog.verb_button)
    assert notices[-1].words == "已停止，没有写出文件。"
    assert sorted(tmp_path.iterdir()) == before


def test_other_tables_go_the_same_way(window: QWidget, context: AppContext, tmp_path: Path) -> None:
    from services.exports.tables import STOCK

    context.prefs.set_text("export/folder", str(tmp_path))
    dialog = export_rows(window, context, STOCK, (), "导出 0 个规格", "库存")
    dialog.open()
    assert not dialog.by.isVisible()
    assert "订单号" not in words_of(dialog)
    hands.click(dialog.verb_button)
    assert (tmp_path / "库存.xlsx").exists()


def test_preferences_that_make_no_sense_are_passed_over(window: QWidget, context: AppContext, orders: list[int], tmp_path: Path) -> None:
    context.prefs.set_text("export/table/orders", '{"keys": ["gone", "number"], "suffix": ".doc"}')
    context.prefs.set_text("export/sets/orders", "[broken")
    dialog = opened(window, context, orders, tmp_path)
    assert dialog.model.chosen() == ("number",)
    assert dialog.format.value == ".xlsx"
    assert dialog.own_sets() == {}


def test_nothing_is_chinese_in_the_english_dialog(
    window: QWidget, context: AppContext, orders: list[int], tmp_path: Path, english: None
) -> None:
    dialog = opened(window, context, orders, tmp_path)
    dialog.model.choose(("number", "paid"))
    said = words_of(dialog) + "".join(dialog.sets.itemText(place) for place in range(dialog.sets.count()))
    said += "".join(str(dialog.model.index(row).data()) for row in range(dialog.model.rowCount())) + dialog.verb_button.text()
    assert not re.search(r"[\u4e00-\u9fff]", said), said


def test_moving_keeps_the_model_sound() -> None:
    model = ColumnChoice([Choice(key, key.upper()) for key in "abcd"])
    hands.check_model(model)
    model.choose("abcd")
    assert model.move(0, 4)
    assert model.chosen() == ("b", "c", "d", "a")
    assert not model.move(1, 1)
    assert not model.move(9, 0)
    assert model.move(3, 0)
    assert model.chosen() == ("a", "b", "c", "d")


def test_goods_and_their_movements_and_what_is_to_be_matched(context: AppContext, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    from desktop.views.stock import UNMATCHED, StockPage
    from services.commands.stock import ReceiveGoods

    desk.perform(ReceiveGoods("CUP-1", 20, 900, title="马克杯"))
    make_order(desk, number="0001", unmatched=1, lines=[{"title": "粗陶杯"}])
    context.prefs.set_text("export/folder", str(tmp_path))
    page = StockPage(context)
    qtbot.addWidget(page)
    page.load()
    dialog = page._export()
    assert isinstance(dialog, ExportDialog)
    dialog.format.choose(".csv")
    dialog.by.choose("movements")
    hands.click(dialog.verb_button)
    (path,) = tmp_path.glob("库存 *.csv")
    head, row = rows(path)
    assert (row[head.index("商家编码")], row[head.index("出入数量")], row[head.index("结存")]) == ("CUP-1", "20", "20")
    page.tabs.choose(UNMATCHED)
    dialog = page._export()
    assert isinstance(dialog, ExportDialog)
    dialog.format.choose(".csv")
    assert dialog.verb_button.text() == "导出 1 行"
    hands.click(dialog.verb_button)
    (path,) = tmp_path.glob("待匹配商品 *.csv")
    assert rows(path)[1][0] == "粗陶杯"


def test_the_regions_of_a_search(context: AppContext, orders: list[int], qtbot: QtBot, tmp_path: Path) -> None:
    from desktop.views.region_view import RegionView

    context.prefs.set_text("export/folder", str(tmp_path))
    view = RegionView(context)
    qtbot.addWidget(view)
    assert not view.export_button.isEnabled()
    view.show_search("")
    dialog = view._export()
    dialog.format.choose(".csv")
    hands.click(dialog.verb_button)
    (path,) = tmp_path.glob("地区 *.csv")
    head, *body = rows(path)
    assert head == ["省", "市", "订单数", "件数", "实付"]
    assert sum(int(row[2]) for row in body) == 2


def test_a_line_chosen_on_a_worklist_is_all_that_is_written(context: AppContext, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    from desktop.views.worklists import WorklistsPage

    for number in ("1001", "1002"):
        make_order(desk, number=number, phone="123", buyer_nick="=cmd", created_at=desk.clock.now())
    context.prefs.set_text("export/folder", str(tmp_path))
    page = WorklistsPage(context)
    qtbot.addWidget(page)
    page.load()
    page.tabs.choose("addresses")
    last = page.model.id_at(1)
    page.model.selection.toggle(last)
    dialog = page.export()
    assert isinstance(dialog, ExportDialog)
    assert dialog.verb_button.text() == "导出 1 行"
    dialog.format.choose(".csv")
    dialog.model.choose(("number", "wrong", "buyer_nick"))
    hands.click(dialog.verb_button)
    (path,) = tmp_path.glob("待核对地址 *.csv")
    assert rows(path) == [["订单号", "问题", "买家"], [desk.read(OrderRows((last,)))[0].number, "手机号不对", "'=cmd"]]


def test_rows_that_stayed_out_are_taken_along(window: QWidget, context: AppContext, desk: Desk, tmp_path: Path) -> None:
    from desktop.views.rejects_dialog import show_rejects
    from tests.commands.test_imports import bring
    from tests.imports.sample import order_row

    bring(desk, tmp_path, order_row("6002", 总金额="面议"))
    folder = tmp_path / "out"
    folder.mkdir()
    context.prefs.set_text("export/folder", str(folder))
    told = show_rejects(window, context)
    dialog = told._export()
    dialog.format.choose(".csv")
    hands.click(dialog.verb_button)
    (path,) = folder.iterdir()
    head, row = rows(path)
    assert (row[head.index("列")], row[head.index("内容")], row[head.index("行号")]) == ("总金额", "面议", "2")


def test_a_short_table_goes_as_it_is_shown(window: QWidget, context: AppContext, desk: Desk, tmp_path: Path) -> None:
    from desktop.views.tags_dialog import TagsDialog

    make_order(desk, number="1", tags="加急，=易碎")
    make_order(desk, number="2", tags="加急")
    context.prefs.set_text("export/folder", str(tmp_path))
    TagsDialog(window, context)._export()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.verb_button.text() == "导出 2 行"
    dialog.format.choose(".csv")
    hands.click(dialog.verb_button)
    (path,) = tmp_path.glob("标签 *.csv")
    assert rows(path) == [["标签", "订单"], ["加急", "2"], ["'=易碎", "1"]]
