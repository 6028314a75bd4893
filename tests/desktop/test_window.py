"""The main window and the shared widgets, driven by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import Action
from desktop.context import AppContext
from desktop.errors import CrashDialog, ErrorDialog, error_words
from desktop.i18n import later, tr, trn
from desktop.runner import Task, TaskProgress
from desktop.theme import themes
from desktop.views.help_dialog import HelpDialog
from desktop.views.keys_dialog import KeysDialog
from desktop.views.main_window import MainWindow
from desktop.views.widgets.buttons import Button, CheckBox, Combo, MenuButton, Segments
from desktop.views.widgets.dialog import DialogBase, Question
from desktop.views.widgets.field_diff import FieldDiff
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.tabs import Tabs
from services.crash import write_report
from services.errors import Refused
from tests.desktop import hands
from tests.desktop.demo import DEMO_PAGES, DemoPage


@pytest.fixture
def window(bare_context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    with hands.on_screen(MainWindow(bare_context, DEMO_PAGES), qtbot, 1440, 900) as made:
        made.take_over("orders")
        yield made


def page_of(window: MainWindow, key: str = "orders") -> DemoPage:
    page = window.pages[key]
    assert isinstance(page, DemoPage)
    return page


def menu_texts(window: MainWindow, key: str) -> list[str]:
    return [one.text() for one in window.menus[key].actions() if not one.isSeparator()]


def test_nothing_flashes_as_a_window_of_its_own(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    window.show_page("today")
    dialog = Asking(window)
    dialog.open()
    dialog.refuse("不行", "第二行", "改正", dialog.reject)
    dialog.reject()
    window.context.notify("已发货", label="打印", action=lambda: None)
    qapp.removeEventFilter(watch)
    assert shown == ["Asking"]


def test_pages_are_reached_by_rail_keys_and_menu(window: MainWindow, qtbot: QtBot) -> None:
    assert window.current == "orders"
    item = window.rail._items["stock"]
    hands.click(item)
    assert window.current == "stock"
    assert window.stack.currentWidget() is window.pages["stock"]
    hands.press(window, Qt.Key.Key_1, hands.CTRL)
    assert window.current == "today"
    window.context.go("orders", search="x")
    assert page_of(window).asked == {"search": "x"}


def test_the_rail_shows_what_waits_and_folds_in_a_narrow_window(window: MainWindow) -> None:
    window.context.count("refunds", 9, alarm=True)
    assert window.rail._items["refunds"].accessibleName() == "售后 9"
    assert window.rail.width() == 176
    window.resize(1_366, 728)
    assert window.rail.width() == 56


def test_menus_hold_the_current_pages_actions_and_nothing_empty(window: MainWindow, qtbot: QtBot) -> None:
    assert menu_texts(window, "print") == ["打印发货单"]
    assert not window.menus["orders"].menuAction().isVisible()
    hands.press(page_of(window).table, Qt.Key.Key_P, hands.CTRL)
    assert page_of(window).printed == ["slips"]
    for menu in window.menus.values():
        for one in menu.actions():
            assert one.isSeparator() or one.menu() is not None or isinstance(one, Action)


def test_f4_folds_the_panel_and_remembers_it(window: MainWindow, qtbot: QtBot) -> None:
    panel = page_of(window).panel
    assert panel.isVisible()
    hands.press(window, Qt.Key.Key_F4)
    assert not panel.isVisible()
    assert not window.context.prefs.flag("window/detail", True)


def test_ctrl_f_goes_to_the_search_and_words_are_searched(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    page.table.setFocus()
    hands.press(window, Qt.Key.Key_F, hands.CTRL)
    assert page.bar.field.hasFocus()
    with qtbot.waitSignal(page.bar.searched) as told:
        hands.type_text(page.bar.field, "1")
    assert told.args == ["1"]
    hands.press(page.bar.field, Qt.Key.Key_Escape)
    assert page.bar.text() == ""


def test_dropped_files_are_asked_to_be_imported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "ExportOrderList.csv"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.com/x")])
    window.context.import_requested.disconnect()
    drop = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(window.context.import_requested) as told:
        window.dropEvent(drop)
    assert told.args == [[file]]


def test_long_work_is_shown_with_its_share_and_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    task = Task("导入", None, print, TaskProgress(lambda *_: None))
    window.context.runner.started.emit(task)
    qtbot.waitUntil(window.status.cancel.isVisible)
    task.step(21, 84, "")
    assert "25%" in window.status._work.accessibleName()
    hands.click(window.status.cancel)
    assert task.progress.stopped
    task.settle(None, None)
    assert not window.status.cancel.isVisible()


def test_a_notice_offers_its_next_step(window: MainWindow, qtbot: QtBot) -> None:
    pressed: list[int] = []
    window.context.notify("已发货 3 单", label="打印", action=lambda: pressed.append(1))
    assert window.toast is not None
    assert window.toast.isVisible()
    assert window.toast.accessibleName() == "已发货 3 单"
    step = window.toast._step
    assert step is not None
    hands.click(step)
    assert pressed == [1]
    assert not window.toast.isVisible()


def test_every_button_can_be_named_and_focused(window: MainWindow) -> None:
    nameless = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and not (one.accessibleName() or one.text())]
    assert nameless == []
    unreachable = [
        one.accessibleName() for one in window.findChildren(Button) if one.isVisible() and one.focusPolicy() == Qt.FocusPolicy.NoFocus
    ]
    assert all("筛选" in name for name in unreachable)
    fields = [one for one in window.findChildren(QLineEdit) if one.isVisible()]
    assert all(one.accessibleName() for one in fields)


def test_a_change_of_theme_repaints_everything(window: MainWindow, qtbot: QtBot) -> None:
    light = window.grab().toImage().pixelColor(600, 20)
    themes().choose("dark")
    dark = window.grab().toImage().pixelColor(600, 20)
    assert light.lightness() > 230
    assert dark.lightness() < 60


def test_an_error_is_told_in_words_and_a_bug_with_a_report(window: MainWindow, qtbot: QtBot, bare_context: AppContext) -> None:
    dialog = window.show_error(Refused("setting_fixed", name="zone"))
    assert isinstance(dialog, ErrorDialog)
    assert "zone" in error_words(Refused("setting_fixed", name="zone"))
    dialog.reject()
    crash = window.show_error(ValueError("planted"))
    assert isinstance(crash, CrashDialog)
    assert bare_context.shop is not None
    reports = list((bare_context.shop.folder / "logs").glob("crash-*.txt"))
    assert len(reports) == 1
    assert "ValueError: planted" in reports[0].read_text(encoding="utf-8")


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    for place in range(25):
        (tmp_path / f"crash-2020{place:04d}-000000.txt").write_text("old")
    write_report(ValueError("x"), tmp_path, "window")
    assert len(list(tmp_path.glob("crash-*.txt"))) == 20


def test_keyboard_help_lists_the_shortcuts(window: MainWindow, qtbot: QtBot) -> None:
    hands.press(window, Qt.Key.Key_Slash, hands.CTRL)
    qtbot.waitUntil(lambda: window.findChild(KeysDialog) is not None)
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    assert dialog.isVisible()
    words = {one.accessibleName() for one in dialog.findChildren(QWidget)}
    assert {"F4", "Ctrl+P", "Esc", "F1", "Ctrl+/", "键盘操作"} <= words
    # Pages that were not shown yet tell their keys as well, and stay unbuilt.
    assert [group.title for group in dialog.groups] == ["任何页面", "今日", "订单", "售后", "库存", "表格里", "在订单查找框里", "对话框里"]
    assert list(window.pages) == ["orders"]
    hands.press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(KeysDialog))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    hands.press(window, Qt.Key.Key_Slash, hands.CTRL)
    qtbot.waitUntil(lambda: window.findChild(KeysDialog) is not None)


def test_the_foot_of_the_rail_opens_help_and_settings(window: MainWindow, qtbot: QtBot) -> None:
    hands.click(window.rail.help)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    assert dialog.topic == "orders"
    dialog.reject()
    assert window.rail.settings.toolTip() == "设置  Ctrl+0"
    assert window.rail.settings.focusPolicy() != Qt.FocusPolicy.NoFocus


class Asking(DialogBase):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "修改收货地址", "订单 …7764", verb="保存", note="会留痕")
        self.diff = FieldDiff()
        self.name = self.diff.add("name", "收货人", "林**")
        self.flag = self.diff.add_choice("flag", "旗帜", 1, [(0, "灰"), (1, "红")])
        self.column.addWidget(self.diff)
        self.submitted = 0

    def submit(self) -> None:
        self.submitted += 1
        self.refuse("收货人写错了")


def test_a_dialog_says_the_verb_and_what_changed(window: MainWindow, qtbot: QtBot) -> None:
    dialog = Asking(window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    field = dialog.name
    assert isinstance(field, QLineEdit)
    field.setFocus()
    hands.press(field, Qt.Key.Key_End)
    hands.type_text(field, "x")
    dialog.flag.choose(0)
    assert dialog.diff.changes() == {"name": "林**x", "flag": 0}
    hands.press(field, Qt.Key.Key_Return)
    assert dialog.submitted == 0
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    assert dialog.submitted == 1
    assert dialog._scroll.verticalScrollBar().maximum() == 0
    assert dialog._scroll.viewport().height() >= dialog.column.totalMinimumSize().height()
    left: list[int] = []
    dialog.finished.connect(left.append)
    hands.press(dialog, Qt.Key.Key_Escape)
    assert left == [0]


def test_a_question_does_it_only_by_its_verb(window: MainWindow, qtbot: QtBot) -> None:
    done: list[int] = []
    question = Question(window, "停下？", "停下来什么都不改。", "停下", lambda: done.append(1))
    question.open()
    hands.click(question.verb_button)
    assert done == [1]


def test_tabs_move_by_arrow_keys(qtbot: QtBot) -> None:
    tabs = Tabs([("a", "甲"), ("b", "乙")], "x")
    qtbot.addWidget(tabs)
    tabs.show()
    tabs.activateWindow()
    qtbot.waitUntil(tabs.isActiveWindow)
    tabs.set_counts({"b": 12})
    first = tabs._tabs["a"]
    first.setFocus()
    with qtbot.waitSignal(tabs.changed) as told:
        hands.press(first, Qt.Key.Key_Right)
    assert told.args == ["b"]
    assert tabs._tabs["b"].accessibleName() == "乙 12"


def test_chips_are_taken_away_by_click_and_backspace(qtbot: QtBot) -> None:
    bar = SearchBar("单号")
    qtbot.addWidget(bar)
    bar.show()
    bar.set_chips([("paid", "付款", "近 3 天"), ("x", "", "非预售")])
    with qtbot.waitSignal(bar.chip_removed) as told:
        hands.press(bar.field, Qt.Key.Key_Backspace)
    assert told.args == ["x"]
    close = bar._chips[0][1].findChild(Button)
    assert close is not None
    with qtbot.waitSignal(bar.chip_removed) as told:
        hands.click(close)
    assert told.args == ["paid"]


def test_choices_by_key(qtbot: QtBot) -> None:
    segments = Segments([(7, "7 天"), (30, "30 天")], "时间")
    combo = Combo([(1, "买家要求"), (2, "其他")], "原因")
    box = CheckBox("重新上架")
    ran: list[str] = []
    menu = MenuButton("打印", [("发货单", "slip", lambda: ran.append("slip"))], icon="print")
    for widget in (segments, combo, box, menu):
        qtbot.addWidget(widget)
        widget.show()
        widget.grab()
    with qtbot.waitSignal(segments.chosen) as told:
        hands.press(segments, Qt.Key.Key_Right)
    assert told.args == [30]
    hands.press(combo, Qt.Key.Key_Down)
    assert combo.currentData() == 2
    hands.click(box)
    assert box.isChecked()
    entries = menu.menu()
    assert entries is not None
    entries.actions()[0].trigger()
    assert ran == ["slip"]


def test_words_follow_the_language(english: None) -> None:
    title = later("Orders")
    assert title == "Orders"
    assert tr("Cancel") == "Cancel"
    assert trn("{n} order", "{n} orders", 1) == "1 order"
    assert trn("{n} order", "{n} orders", 1_200) == "1,200 orders"


def test_words_are_chinese_by_default() -> None:
    assert tr("Cancel") == "取消"
    assert tr("{n}s left", n=3) == "剩 3 秒"
