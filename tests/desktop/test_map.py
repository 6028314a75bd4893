"""Somebody else's table matched to our fields: by drag, by keys, with a live preview; kept, used by itself, and taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.models.column import cell_text
from desktop.models.map_draft import FIRST, SUM, MapDraft
from desktop.models.map_fields import MapFields, fields_of
from desktop.models.map_headings import MapHeadings
from desktop.views.import_dialog import ImportDialog
from desktop.views.importer import Importer, import_files
from desktop.views.main_window import MainWindow
from desktop.views.map_dialog import MapDialog
from desktop.views.maps_dialog import MapsDialog
from desktop.views.widgets.labels import Elided, Label
from services.commands.import_maps import SaveImportMap
from services.desk import Desk
from services.imports.kept_maps import KeptMaps
from services.imports.map_look import Heading
from services.queries.order_json import OrdersJson
from services.words import terms
from tests.desktop import hands
from tests.desktop.demo import DEMO_PAGES
from tests.factories import make_order, make_sku
from tests.imports.books import Sheets, ods, xlsx

books = {".xlsx": xlsx, ".ods": ods}
HEADINGS = "单据编号,客户名,联系方式,货品名称,件数,单价(元),基本费,加急费,下单日期,处理进度"
ROWS = [
    "XS0001,青柠,16812345678,马克杯,2,41.30,5.00,3.00,2026/11/20 09:05,配货中",
    "XS0002,小满,16812345679,茶盘,1,58.00,5.00,,2026/11/21 10:00,已发货",
]


@pytest.fixture
def window(context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    with hands.on_screen(MainWindow(context, DEMO_PAGES), qtbot, 1440, 900) as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "老系统_20261122.csv"
    made.write_text("\r\n".join([HEADINGS, *ROWS]) + "\r\n", "gb18030")
    return made


def imported(window: MainWindow, path: Path) -> ImportDialog:
    import_files(window, window.context, [path])
    return shown(window)


def shown(window: MainWindow) -> ImportDialog:
    importer = window.findChild(Importer)
    assert importer is not None
    assert importer.dialog is not None
    return importer.dialog


def matching(window: MainWindow, path: Path, qtbot: QtBot) -> MapDialog:
    """The dialog as it opens from the one before the import."""
    before = imported(window, path)
    hands.click(before.match_button)
    dialog = next(one for one in window.findChildren(MapDialog) if one.isVisible())
    settle(dialog, qtbot)
    return dialog


def settle(dialog: MapDialog, qtbot: QtBot) -> None:
    """Wait until the preview is that of the present map."""
    qtbot.waitUntil(lambda: not dialog._timer.isActive())


def drop(dialog: MapDialog, heading: str, target: str) -> None:
    """Drag a heading onto a field, as the view gets it."""
    row = [one.name for one in dialog.headings.headings].index(heading)
    data = dialog.headings.mimeData([dialog.headings.index(row)])
    place = dialog.fields.index_of(target)
    dialog.tree.scrollTo(place)
    at = dialog.tree.visualRect(place).center()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view = dialog.tree.viewport()
    QApplication.sendEvent(view, QDragEnterEvent(QPoint(at), copy, data, left, none))
    QApplication.sendEvent(view, QDragMoveEvent(QPoint(at), copy, data, left, none))
    QApplication.sendEvent(view, QDropEvent(QPointF(at), copy, data, left, none))


def listed(dialog: MapDialog) -> list[list[str]]:
    model = dialog.model
    return [[cell_text(column.kind, column.value(row)) for column in model.columns] for row in map(model.row_at, range(model.rowCount()))]


def words_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return "\n".join(labels + [line.text() for line in widget.findChildren(Elided) if line.isVisibleTo(widget)])


def test_headings_are_guessed_and_previewed_at_once(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    hands.check_model(dialog.headings)
    hands.check_model(dialog.fields)
    hands.check_model(dialog.model)
    assert dialog.draft.used() == {
        "单据编号": "number",
        "客户名": "buyer_nick",
        "联系方式": "phone",
        "货品名称": "line.title",
        "件数": "line.quantity",
        "单价(元)": "line.price",
        "下单日期": "created_at",
    }
    assert [(row[0], row[1], row[3]) for row in listed(dialog)] == [("XS0001", "青柠", "马克杯"), ("XS0002", "小满", "茶盘")]
    assert dialog.part.pairs[0][1] == "能导入 2 单"
    assert dialog.name.text() == "老系统"
    assert "10 列" in dialog.sub.text()
    assert dialog.fields.index_of("number").siblingAtColumn(2).data() == "XS0001"
    # All of it is seen at the usual size of the window.
    qtbot.waitUntil(lambda: dialog._scroll.verticalScrollBar().maximum() == 0)


def test_a_heading_is_dragged_to_a_field_and_the_preview_follows(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    drop(dialog, "处理进度", "status")
    assert dialog.draft.used()["处理进度"] == "status"
    assert dialog.tree.target() == "status"
    assert dialog._timer.isActive()
    settle(dialog, qtbot)
    assert dialog.part.pairs[1][1] == "不能导入 1 行"
    assert [row[0] for row in listed(dialog)] == ["XS0002"]
    dialog.part.choose("rejected")
    assert listed(dialog)[0][:3] == ["2", "处理进度", "配货中"]
    # Their word is put into one of our states.
    choice = dialog.source.words["配货中"]
    choice.choose("awaiting_shipment")
    choice.activated.emit(choice.currentIndex())
    settle(dialog, qtbot)
    assert listed(dialog) == []
    dialog.part.choose("orders")
    assert [row[-1] for row in listed(dialog)] == ["待发货", "已发货"]


def test_several_columns_are_added_up(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    drop(dialog, "基本费", "freight")
    drop(dialog, "加急费", "freight")
    assert dialog.draft.as_map()["freight"] == {"sum": ["基本费", "加急费"]}
    assert dialog.fields.index_of("freight").siblingAtColumn(1).data() == "基本费 + 加急费"
    settle(dialog, qtbot)
    assert dialog.preview is not None
    assert [order.freight for order in dialog.preview.orders] == [800, 500]


def test_keys_do_all_that_the_mouse_does(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    assert dialog.focusWidget() is dialog.tree
    assert dialog.tree.target() == "number"
    hands.press(dialog.tree, Qt.Key.Key_Delete)
    assert dialog.verb_button.text() == "还缺：订单号"
    assert not dialog.verb_button.isEnabled()
    settle(dialog, qtbot)
    assert "请先指定哪一列是订单号" in words_of(dialog)
    hands.press(dialog.tree, Qt.Key.Key_Return)
    choice = dialog.source.column_choice
    assert choice is not None
    assert dialog.focusWidget() is choice
    choice.choose("单据编号")
    choice.activated.emit(choice.currentIndex())
    assert dialog.draft.as_map()["number"] == "单据编号"
    settle(dialog, qtbot)
    assert dialog.verb_button.isEnabled()
    # From the file's side: Enter puts the heading into the current field.
    hands.press(dialog.tree, Qt.Key.Key_Down)
    assert dialog.tree.target() == "status"
    dialog.heading_list.setCurrentIndex(dialog.headings.index(9))
    hands.press(dialog.heading_list, Qt.Key.Key_Return)
    assert dialog.draft.used()["处理进度"] == "status"


def test_a_field_can_be_the_same_in_every_row(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    dialog.tree.go_to("province")
    combine = dialog.source.combine
    assert combine is not None
    combine.choose("const")
    assert dialog.source.const is not None
    hands.type_text(dialog.source.const, "Zhejiang")
    settle(dialog, qtbot)
    assert dialog.draft.as_map()["province"] == {"const": "Zhejiang"}
    assert dialog.preview is not None
    assert {order.province for order in dialog.preview.orders} == {"Zhejiang"}


def test_guesses_of_how_it_is_read_can_be_changed(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    encoding = dialog.options.choices["encoding"]
    assert encoding.currentText() == "自动：GBK"
    assert not dialog.options.choices["sheet"].isVisibleTo(dialog)
    delimiter = dialog.options.choices["delimiter"]
    delimiter.choose(";")
    delimiter.activated.emit(delimiter.currentIndex())
    assert len(dialog.headings.headings) == 1
    assert dialog.draft.used() == {}
    assert dialog.verb_button.text() == "还缺：订单号"
    delimiter.choose("")
    delimiter.activated.emit(delimiter.currentIndex())
    assert dialog.draft.used()["单据编号"] == "number"
    channel = dialog.options.choices["channel"]
    channel.choose("pdd")
    channel.activated.emit(channel.currentIndex())
    assert dialog.draft.as_map()["options"]["channel"] == "pdd"


def test_it_is_kept_comes_in_and_is_used_by_itself_next_time(window: MainWindow, desk: Desk, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    assert dialog.verb_button.text() == "保存并继续"
    hands.click(dialog.verb_button)
    (kept,) = desk.read(KeptMaps())
    assert kept.name == "老系统"
    before = shown(window)
    qtbot.waitUntil(lambda: "按已存的字段对应“老系统”读取" in words_of(before))
    assert before.verb_button.text() == "导入 2 单"
    hands.click(before.verb_button)
    assert {order["number"] for order in desk.read(OrdersJson()).orders} == {"XS0001", "XS0002"}
    other = path.with_name("又一天.csv")
    other.write_text("\r\n".join([HEADINGS, ROWS[0].replace("XS0001", "XS0009")]), "gb18030")
    again = imported(window, other)
    assert again.verb_button.text() == "导入 1 单"
    # It can be changed from there.
    changing = again.match(again.previews[0])
    settle(changing, qtbot)
    assert changing.name.text() == "老系统"
    assert changing.draft.as_map() == kept.told
    drop(changing, "处理进度", "seller_memo")
    settle(changing, qtbot)
    hands.click(changing.verb_button)
    assert desk.read(KeptMaps())[0].told["seller_memo"] == "处理进度"


def test_it_may_be_used_once_without_being_kept(window: MainWindow, desk: Desk, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    dialog.keep.setChecked(False)
    assert not dialog.name.isEnabled()
    assert dialog.verb_button.text() == "继续"
    hands.click(dialog.verb_button)
    assert desk.read(KeptMaps()) == ()
    before = shown(window)
    assert before.verb_button.text() == "导入 2 单"
    assert "按已存的字段对应" not in words_of(before)
    hands.click(before.verb_button)
    assert len(desk.read(OrdersJson()).orders) == 2
    assert imported(window, path.rename(path.with_name("c.csv"))).previews[0].unknown_format


def test_a_table_that_is_known_as_something_else_is_matched_all_the_same(
    window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    """An order number and a tracking number make a tracking file; this one is meant as orders, and kept as such."""
    path = tmp_path / "a.csv"
    path.write_text("订单号,运单号,客户,合计\nA001,SF1234567890123,张三,12.00\n", "utf-8")
    before = imported(window, path)
    assert before.previews[0].kind == "waybills"
    hands.click(before.match_link)
    dialog = next(one for one in window.findChildren(MapDialog) if one.isVisible())
    choose(dialog, "kind", "")
    drop(dialog, "合计", "payable")
    settle(dialog, qtbot)
    hands.click(dialog.verb_button)
    again = shown(window)
    qtbot.waitUntil(lambda: again.verb_button.text() == "导入 1 单")
    assert not again.match_link.isVisibleTo(again)
    hands.click(again.verb_button)
    assert [order["payable"] for order in desk.read(OrdersJson()).orders] == ["12.00"]
    assert imported(window, path.rename(tmp_path / "b.csv")).previews[0].planned.map is not None


def test_escape_leaves_the_import_as_it_was(window: MainWindow, desk: Desk, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    hands.press(dialog, Qt.Key.Key_Escape)
    assert shown(window).isVisible()
    assert desk.read(KeptMaps()) == ()


def test_a_taken_name_is_refused_in_the_dialog(window: MainWindow, desk: Desk, path: Path, qtbot: QtBot) -> None:
    desk.perform(SaveImportMap("老系统", ("甲",), {"number": "甲"}))
    dialog = matching(window, path, qtbot)
    hands.click(dialog.verb_button)
    qtbot.waitUntil(lambda: "已经有一份字段对应叫“老系统”" in words_of(dialog))
    assert dialog.isVisible()
    assert dialog.verb_button.isEnabled()


def test_a_map_goes_to_a_file_and_comes_back(window: MainWindow, desk: Desk, path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    drop(dialog, "基本费", "freight")
    told = dialog.draft.as_map()
    dialog.write_map(str(tmp_path / "map.json"))
    assert json.loads((tmp_path / "map.json").read_text("utf-8")) == told
    dialog.draft.fields.clear()
    dialog.read_map(str(tmp_path / "map.json"))
    assert dialog.draft.as_map() == told
    (tmp_path / "bad.json").write_text("[1]")
    dialog.read_map(str(tmp_path / "bad.json"))
    qtbot.waitUntil(lambda: "bad.json 不是字段对应文件" in words_of(dialog))


def test_a_kept_map_is_renamed(window: MainWindow, desk: Desk, context: AppContext, qtbot: QtBot) -> None:
    desk.perform(SaveImportMap("老系统", ("甲", "乙"), {"number": "甲"}))
    desk.perform(SaveImportMap("快递站", ("丙", "丁"), {"number": "丙", "tracking": "丁", "options": {"kind": "tracking"}}))
    dialog = MapsDialog(window, context)
    dialog.open()
    qtbot.waitUntil(lambda: "运单表：丙、丁" in words_of(dialog))
    assert "订单表：甲、乙" in words_of(dialog)
    hands.click(dialog.rename_buttons["老系统"])
    line = dialog.name_line
    assert line is not None
    assert dialog.focusWidget() is line
    line.setText("快递站")
    hands.press(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已经有一份字段对应叫“快递站”" in words_of(dialog))
    line.setText("门店")
    hands.press(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "门店" in dialog.buttons)
    assert [one.name for one in desk.read(KeptMaps())] == ["快递站", "门店"]
    assert "已经有一份" not in words_of(dialog)


def choose(dialog: MapDialog, option: str, value: object) -> None:
    choice = dialog.options.choices[option]
    choice.choose(value)
    choice.activated.emit(choice.currentIndex())


def test_a_carrier_s_list_ships_the_orders_by_its_map(window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    make_sku(desk, "CUP-1", stock=9)
    for number in ("3021984455667764123", "3021984455667764124"):
        make_order(desk, number=number, lines=[{"title": "马克杯", "code": "CUP-1"}])
    path = tmp_path / "网点对账.csv"
    rows = "3021984455667764123,73120000000001,1.2\n3021984455667764124,73120000000002,0.8\n3021984455667764124,,0.8\n"
    path.write_text("参考编码,面单,结算重量\n" + rows, "utf-8")
    dialog = matching(window, path, qtbot)
    assert dialog.draft.kind == "tracking"
    assert dialog.draft.used() == {"参考编码": "number", "面单": "tracking"}
    assert not dialog.options.choices["channel"].isVisibleTo(dialog)
    # Such numbers are of several carriers; nothing is guessed, why is shown.
    assert [words for _part, words in dialog.part.pairs] == ["能导入 0 行", "不能导入 3 行"]
    assert listed(dialog)[0][:3] == ["2", "", "73120000000001"]
    assert "快递公司：留空时按运单号判断" in words_of(dialog)
    dialog.tree.go_to("carrier")
    assert dialog.source.combine is not None
    dialog.source.combine.choose("const")
    carriers = dialog.source.column_choice
    assert carriers is not None
    carriers.choose("中通快递")
    carriers.activated.emit(carriers.currentIndex())
    settle(dialog, qtbot)
    assert [words for _part, words in dialog.part.pairs] == ["能导入 2 行", "不能导入 1 行"]
    dialog.part.choose("comes")
    assert [row[1:] for row in listed(dialog)] == [
        ["3021984455667764123", "73120000000001", "中通快递"],
        ["3021984455667764124", "73120000000002", "中通快递"],
    ]
    drop(dialog, "面单", "number")
    assert dialog.verb_button.isEnabled()
    drop(dialog, "参考编码", "number")
    settle(dialog, qtbot)
    hands.click(dialog.verb_button)
    before = shown(window)
    qtbot.waitUntil(lambda: "按已存的字段对应“网点对账”读取" in words_of(before))
    hands.click(before.verb_button)
    shipped = {order["number"]: [parcel["number"] for parcel in order["parcels"]] for order in desk.read(OrdersJson()).orders}
    assert shipped == {"3021984455667764123": ["73120000000001"], "3021984455667764124": ["73120000000002"]}


def test_what_the_table_holds_can_be_said_and_taken_back(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    dialog = matching(window, path, qtbot)
    hands.check_model(dialog.fields)
    as_orders = dialog.draft.as_map()
    choose(dialog, "kind", "goods")
    assert dialog.draft.as_map()["options"]["kind"] == "goods"
    assert dialog.tree.target() == "code"
    assert dialog.verb_button.text() == "还缺：商家编码"
    drop(dialog, "单据编号", "code")
    settle(dialog, qtbot)
    assert [row[:2] for row in listed(dialog)] == [["XS0001", "马克杯"], ["XS0002", "茶盘"]]
    choose(dialog, "kind", "stocktake")
    assert dialog.verb_button.text() == "还缺：实盘数量"
    choose(dialog, "kind", "")
    settle(dialog, qtbot)
    assert dialog.draft.as_map() == as_orders
    assert listed(dialog)[0][0] == "XS0001"


def test_options_change_the_preview_at_once(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("monthly list;;\nOrder no;Order date;Total\nA1;03/04/2026;1.234,50\nA2;05/04/2026;9,90\n", "utf-16")
    dialog = matching(window, path, qtbot)
    assert [dialog.options.choices[name].currentText() for name in ("delimiter", "header_row", "decimal")] == [
        "自动：分号",
        "第 2 行",
        "自动：1.234,50",
    ]

    def seen() -> list[tuple[object, object]]:
        settle(dialog, qtbot)
        assert dialog.preview is not None
        return [(order.created_at, order.payable) for order in dialog.preview.orders]

    first = seen()
    assert [amount for _day, amount in first] == [123450, 990]
    choose(dialog, "date", "mdy")
    assert [day for day, _amount in seen()] != [day for day, _amount in first]
    choose(dialog, "date", "")
    choose(dialog, "decimal", ".")
    assert seen() == []
    assert dialog.part.pairs[1][1] == "不能导入 2 行"
    choose(dialog, "decimal", "")
    assert seen() == first
    choose(dialog, "encoding", "gb18030")
    assert dialog.draft.used() == {}
    choose(dialog, "encoding", "")
    assert seen() == first
    choose(dialog, "header_row", 1)
    assert [one.name for one in dialog.headings.headings] == ["monthly list"]
    choose(dialog, "header_row", 2)
    assert seen() == first
    hands.click(dialog.verb_button)
    before = shown(window)
    qtbot.waitUntil(lambda: before.verb_button.text() == "导入 2 单")


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_sheet_is_chosen(window: MainWindow, tmp_path: Path, qtbot: QtBot, suffix: str) -> None:
    heads = ["单号", "客户", "金额"]
    rows: Sheets = {"说明": [["看第二页"]], "十月": [heads, ["A1", "张三", 12.5]], "十一月": [heads, ["A2", "李四", 9]]}
    path = books[suffix](tmp_path / f"门店{suffix}", rows)
    dialog = matching(window, path, qtbot)
    sheet = dialog.options.choices["sheet"]
    assert sheet.isVisibleTo(dialog)
    assert [sheet.itemText(place) for place in range(sheet.count())] == ["说明", "十月", "十一月"]
    choose(dialog, "sheet", "十一月")
    settle(dialog, qtbot)
    assert [row[:2] for row in listed(dialog)] == [["A2", "李四"]]
    hands.click(dialog.verb_button)
    before = shown(window)
    qtbot.waitUntil(lambda: before.verb_button.text() == "导入 1 单")


def test_kept_maps_are_listed_and_taken_away(window: MainWindow, desk: Desk, context: AppContext, qtbot: QtBot) -> None:
    desk.perform(SaveImportMap("老系统", ("甲", "乙"), {"number": "甲"}))
    dialog = MapsDialog(window, context)
    dialog.open()
    qtbot.waitUntil(lambda: "甲、乙" in words_of(dialog))
    hands.click(dialog.buttons["老系统"])
    qtbot.waitUntil(lambda: "还没有存过" in words_of(dialog))
    assert desk.read(KeptMaps()) == ()


def test_nothing_is_chinese_in_the_english_dialog(window: MainWindow, tmp_path: Path, qtbot: QtBot, english: None) -> None:
    path = tmp_path / "old.csv"
    path.write_text("Order no,Customer,Total,Status\nA1,Bob,10.00,odd\nA2,Eve,5.00,odd\n", "utf-8")
    dialog = matching(window, path, qtbot)
    drop(dialog, "Status", "status")
    settle(dialog, qtbot)
    said = words_of(dialog) + dialog.verb_button.text() + dialog.keep.text()
    said += "".join(choice.itemText(place) for choice in dialog.options.choices.values() for place in range(choice.count()))
    said += "".join(str(dialog.fields.index_of(target).data()) for target in fields_of())
    said += "".join("".join(row) for row in listed(dialog))
    assert not re.search(r"[\u4e00-\u9fff]", said), said


# ---- the draft and the models by themselves


def test_a_map_is_read_and_written_alike() -> None:
    told = {
        "number": "a",
        "status": {"column": "b", "values": {"x": "shipped"}},
        "paid": {"sum": ["c", "d"], "round": 2},
        "phone": {"first": ["e", "f"]},
        "province": {"const": "浙江省"},
        "line.price": {"column": "g", "round": 2},
        "options": {"decimal": ",", "channel": "pdd"},
    }
    assert MapDraft.of(told).as_map() == told
    assert MapDraft.of({"number": "a", "parcel.number": "t", "channel": {"const": "jd"}}).as_map() == {
        "number": "a",
        "tracking": "t",
        "options": {"channel": "jd"},
    }


def test_what_is_dropped_on_a_filled_field() -> None:
    draft = MapDraft()
    for heading in ("a", "b", "b"):
        draft.put("paid", heading)
        draft.put("phone", heading)
        draft.put("number", heading)
        draft.put("status", heading)
    assert (draft.draft("paid").combine, draft.draft("paid").headings) == (SUM, ["a", "b"])
    assert (draft.draft("phone").combine, draft.draft("phone").headings) == (FIRST, ["a", "b"])
    assert draft.draft("number").headings == ["b"]
    assert draft.draft("status").headings == ["b"]
    draft.take_out("paid", "a")
    assert draft.as_map()["paid"] == "b"
    draft.keep_only(["a"])
    assert draft.as_map() == {"phone": "a"}


def test_models_stand_qts_test() -> None:
    headings, fields = MapHeadings(), MapFields(MapDraft())
    hands.check_model(headings)
    hands.check_model(fields)
    headings.set_headings([Heading("a", ("1", "2")), Heading("b", ())])
    headings.set_used({"a": "订单号"})
    fields.tell()
    assert fields_of() == [target for target in fields_of() if target in terms()["map_field"]]
    assert fields.target_at(fields.index_of("line.title")) == "line.title"
