"""The command palette, by keys: what is typed finds its command in either language and by its sound, Enter runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.i18n import other_words
from desktop.palette import Entry, Fit, fit, folded, found, number_in, spell
from desktop.runner import InlineRunner, Task
from desktop.theme import themes
from desktop.views.keys_dialog import KeysDialog
from desktop.views.list_page import ListPage
from desktop.views.main_window import MainWindow
from desktop.views.orders import OrdersPage
from desktop.views.palette import Palette
from desktop.views.receive_dialog import ReceiveDialog
from desktop.views.settings_dialog import PLACES, SettingsDialog
from desktop.views.ship_dialog import ShipDialog
from desktop.views.widgets.dialog import DialogBase
from services.desk import Desk
from services.pinyin import syllables
from tests.desktop import hands
from tests.factories import make_order, make_sku

NUMBER = "3021446902117743108"


@pytest.fixture
def window(context: AppContext, desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    make_sku(desk, "CUP", title="盖碗", stock=9)
    make_order(desk, number=NUMBER, buyer_nick="半山听雨", lines=[{"code": "CUP", "title": "盖碗"}])
    make_order(desk, number="3021447188230047764", buyer_nick="青柠不加糖", lines=[{"code": "CUP", "title": "盖碗"}])
    with hands.on_screen(MainWindow(context), qtbot, 1440, 900) as made:
        made.take_over("orders")
        yield made


def opened(window: MainWindow, qtbot: QtBot) -> Palette:
    """By its keys, with everything gathered."""
    hands.press(QApplication.focusWidget() or window, Qt.Key.Key_K, hands.CTRL)
    palette = window.palette_shown
    assert palette is not None
    assert palette.isVisible()
    assert palette.field.hasFocus()
    qtbot.waitUntil(lambda: palette.gatherer.deeds.keys() | window.pages.keys() == window.entries.keys())
    return palette


def lines(palette: Palette) -> list[str]:
    return [entry.words for entry in palette.model.entries]


def typed(palette: Palette, text: str) -> list[str]:
    palette.field.clear()
    hands.type_text(palette.field, text) if text.isascii() else palette.field.setText(text)
    if not text.isascii():
        palette.field.textEdited.emit(text)
    return lines(palette)


# ---- what fits


@pytest.mark.parametrize(
    ("letters", "name", "fits"),
    [
        ("发货", "发货…", Fit.WHOLE),
        ("ship", "Ship…", Fit.WHOLE),
        ("发", "发货…", Fit.BEGINS),
        ("labels", "Address labels…", Fit.WORD),
        ("fh", "发货…", Fit.SOUNDS_WHOLE),
        ("fahuo", "发货…", Fit.SOUNDS_WHOLE),
        ("fh", "发货单…", Fit.SOUNDS),
        ("fahu", "发货单…", Fit.SOUNDS),
        ("al", "Address labels…", Fit.SOUNDS_WHOLE),
        ("货单", "发货单…", Fit.INSIDE),
        ("ress", "Address labels…", Fit.INSIDE),
        ("hd", "发货单…", Fit.SOUNDS_INSIDE),
        ("adlbl", "Address labels…", Fit.LOOSE),
        ("xyz", "Address labels…", Fit.NONE),
        ("fx", "发货…", Fit.NONE),
    ],
)
def test_how_letters_fit_a_name(letters: str, name: str, fits: Fit) -> None:
    assert fit(letters, folded(name), syllables(name)) is fits


def entry(words: str, *also: str, path: str = "") -> Entry:
    return Entry(words, words, lambda: None, also, path=path)


def test_the_beginning_comes_before_the_sound_and_the_sound_before_the_middle() -> None:
    entries = [entry("打印发货单"), entry("发货单"), entry("复核"), entry("fh 设置"), entry("发货")]
    spelled = spell(one.words for one in entries)
    assert [one.words for one in found("fh", entries, spelled, [])] == ["fh 设置", "复核", "发货", "发货单", "打印发货单"]
    assert [one.words for one in found("fh", entries, spelled, ["发货单", "发货"])][1:4] == ["发货", "复核", "发货单"]
    assert next(one.words for one in found("", entries, spelled, ["发货"])) == "发货"
    assert [one.words for one in found("fh", entries, {}, [])] == ["fh 设置"]  # while nobody knows how words sound


def test_words_may_be_spread_over_name_and_place() -> None:
    entries = [entry("导出…", "Export…", path="留痕"), entry("导出…", "Export…", path="订单")]
    spelled = spell(["导出…", "留痕", "订单"])
    assert [one.path for one in found("dd dc", entries, spelled, [])] == ["订单"]
    assert [one.path for one in found("export 留痕", entries, spelled, [])] == ["留痕"]


@pytest.mark.parametrize(
    ("text", "number"), [("3108", "3108"), (" 3021 4469 ", "30214469"), ("３１０８", "3108"), ("310", ""), ("a3108", ""), ("", "")]
)
def test_digits_may_be_a_number(text: str, number: str) -> None:
    assert number_in(text) == number


def test_words_are_known_in_the_other_language(english: None) -> None:
    assert other_words("Ship…") == ("发货…",)


# ---- in the window


def test_a_deed_is_found_by_sound_and_in_both_languages_and_enter_runs_it(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages["orders"]
    assert isinstance(page, OrdersPage)
    palette = opened(window, qtbot)
    hands.check_model(palette.model)
    for letters in ("fahuo", "发货", "ship", "SHIP", "fh"):
        assert typed(palette, letters)[0] == "发货…", letters
    hands.press(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert isinstance(page.deeds.dialog, ShipDialog)


def test_chinese_finds_in_the_english_window(english: None, context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    with hands.on_screen(MainWindow(context), qtbot, 1440, 900) as made:
        made.take_over("orders")
        palette = opened(made, qtbot)
        for letters, words in (("ship", "Ship…"), ("fahuo", "Ship…"), ("发货", "Ship…"), ("深色", "Colours: Dark")):
            assert typed(palette, letters)[0] == words, letters


def test_a_line_says_its_place_and_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    typed(palette, "fh")
    first = palette.model.entries[0]
    assert (first.path, first.keys) == ("订单", ("Ctrl", "Enter"))
    assert palette.field.accessibleDescription() == "发货…，订单，Ctrl+Enter"
    assert palette.model.data(palette.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "发货…，订单，Ctrl+Enter"


def test_esc_leaves_and_the_keys_are_where_they_were(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages["orders"]
    assert isinstance(page, ListPage)
    page.bar.setFocus()
    before = QApplication.focusWidget()
    palette = opened(window, qtbot)
    hands.press(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is before
    opened(window, qtbot)
    hands.press(palette.field, Qt.Key.Key_K, hands.CTRL)
    assert not palette.isVisible()
    opened(window, qtbot)
    hands.click(palette, QPoint(40, 700))
    assert not palette.isVisible()


def test_the_box_in_the_top_bar_opens_it(window: MainWindow, qtbot: QtBot) -> None:
    hands.click(window.palette_box)
    assert window.palette_shown is not None
    assert window.palette_shown.field.hasFocus()


def test_no_key_reaches_the_page_behind_it(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    for key in (Qt.Key.Key_P, Qt.Key.Key_E, Qt.Key.Key_Return):
        hands.press(palette.field, key, hands.CTRL)
    assert not window.findChildren(DialogBase)
    assert palette.isVisible()
    assert window.current == "orders"


def test_lines_are_walked_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    count = palette.model.rowCount()
    assert count > 30
    for key, row in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Tab, 2),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, count - 1),
        (Qt.Key.Key_Down, 0),
        (Qt.Key.Key_PageDown, 10),
        (Qt.Key.Key_PageUp, 0),
    ):
        hands.press(palette.field, key)
        assert palette.list.currentIndex().row() == row
    assert palette.field.hasFocus()


def test_a_click_runs_a_line(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    typed(palette, "stock")
    row = lines(palette).index("库存")
    hands.click(palette.list.viewport(), palette.list.visualRect(palette.model.index(row, 0)).center())
    assert window.current == "stock"


def test_an_order_is_gone_to_by_its_number(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages["orders"]
    assert isinstance(page, OrdersPage)
    palette = opened(window, qtbot)
    for text in ("3108", NUMBER, "17743108", "30214469"):
        assert typed(palette, text)[0] == f"前往订单 {NUMBER}"
        assert palette.model.entries[0].note == "半山听雨·待发货·盖碗"
        assert lines(palette)[-1] == f"在订单里搜索“{text}”"
    hands.press(palette.field, Qt.Key.Key_Return)
    assert page.table.hasFocus() or page.isVisible()
    assert page.panel.card is not None
    assert page.panel.card.number == NUMBER


def test_what_is_no_command_is_searched_in_the_orders(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert typed(palette, "青柠不加糖") == ["在订单里搜索“青柠不加糖”"]
    hands.press(palette.field, Qt.Key.Key_Return)
    page = window.pages["orders"]
    assert isinstance(page, ListPage)
    assert (page.bar.text(), page.model.rowCount()) == ("青柠不加糖", 1)


def test_a_deed_of_another_page_goes_there_first(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert "stock" not in window.pages
    assert typed(palette, "receive goods")[0] == "收货入库…"
    hands.press(palette.field, Qt.Key.Key_Return)
    assert window.current == "stock"
    assert [type(dialog) for dialog in window.findChildren(DialogBase)] == [ReceiveDialog]


def test_colours_and_settings_are_lines_too(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert typed(palette, "dark")[0] == "配色：深色"
    hands.press(palette.field, Qt.Key.Key_Return)
    assert themes().current.dark
    window._choose_theme("light")
    palette = opened(window, qtbot)
    assert typed(palette, "promise")[-1].startswith("在订单里搜索")
    typed(palette, "ships within")
    hands.press(palette.field, Qt.Key.Key_Return)
    (dialog,) = window.findChildren(SettingsDialog)
    assert dialog.focusWidget() in {dialog.hours, dialog.hours.lineEdit()}
    held = set()
    for place, _title in PLACES:
        dialog.go_to(place)
        held.add(dialog.focusWidget())
    assert len(held) == len(PLACES)


def test_statuses_and_groups_are_gone_to_by_name(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages["orders"]
    assert isinstance(page, ListPage)
    palette = opened(window, qtbot)
    assert typed(palette, "shipped")[0] == "已发货"
    hands.press(palette.field, Qt.Key.Key_Return)
    assert page.tab == "shipped"
    palette = opened(window, qtbot)
    row = typed(palette, "缺货").index("缺货")
    assert palette.model.entries[row].path == "分组"
    palette._step(row)
    hands.press(palette.field, Qt.Key.Key_Return)
    assert page.model.rowCount() == 0


def test_a_deed_called_by_a_word_of_the_trade_is_found_in_the_other_language(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert "红旗" in typed(palette, "red")


def test_what_was_run_lately_comes_first(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    typed(palette, "stock")
    hands.press(palette.field, Qt.Key.Key_Return)
    palette = opened(window, qtbot)
    assert lines(palette)[0] == "库存"
    typed(palette, "tz")
    palette.leave()
    window.show_page("orders")
    assert lines(opened(window, qtbot))[0] == "库存"
    assert palette.recent() == [":Stock"]
    assert next(entry.key for entry in palette.model.entries if entry.words == "订单") == ":Orders"


def test_keys_and_menu_tell_of_it(window: MainWindow, qtbot: QtBot) -> None:
    assert "命令面板…" in [one.text() for one in window.menus["view"].actions()]
    window._show_keys()
    qtbot.waitUntil(lambda: bool(window.findChildren(KeysDialog)))
    (dialog,) = window.findChildren(KeysDialog)
    everywhere = dialog.groups[0]
    assert (("Ctrl", "K"),) in [row.keys for row in everywhere.rows if row.words == "命令面板"]


class Slow(InlineRunner):
    """Answers when the test says so, as a thread would."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kept: list[tuple[Task, Callable[[], Any]]] = []
        self.slow = False

    def query(self, query: Any, title: str = "") -> Task:
        if not self.slow:
            return super().query(query, title)
        task = Task("", None, self.failed.emit, self._progress())
        self.kept.append((task, lambda: query(self._desk) if callable(query) else self._desk.read(query)))
        return task

    def _progress(self) -> Any:
        from desktop.runner import TaskProgress

        return TaskProgress(lambda _done, _total, _what: None)

    def answer(self) -> None:
        kept, self.kept = self.kept, []
        for task, work in kept:
            task.settle(work(), None)


def test_it_opens_before_anything_was_asked_and_drops_answers_to_older_words(desk: Desk, context: AppContext, qtbot: QtBot) -> None:
    """Names fit by their letters until it is known how they sound; no dictionary and no database keeps anybody waiting."""
    make_order(desk, number=NUMBER)
    make_order(desk, number="3021446902117747764")
    runner = Slow(desk)
    slow = AppContext(runner, context.prefs, context.clock)
    slow.shop = desk.shop
    with hands.on_screen(MainWindow(slow), qtbot, 1440, 900) as window:
        window.take_over("orders")
        runner.slow = True
        palette = window.open_palette()
        assert palette.field.hasFocus()
        assert typed(palette, "发货")[0] == "发货…"
        assert typed(palette, "fahuo") == ["在订单里搜索“fahuo”"]
        runner.answer()
        assert lines(palette)[0] == "发货…"
        typed(palette, "3108")
        typed(palette, "7764")
        assert lines(palette) == ["在订单里搜索“7764”"]
        runner.answer()
        assert lines(palette)[0] == "前往订单 3021446902117747764"
        assert len(lines(palette)) == 2
        palette.leave()
        runner.answer()
        runner.slow = False
