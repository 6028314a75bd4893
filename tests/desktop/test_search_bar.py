"""The search box of the orders: chips as one types, what is offered, a scanner's line, searches of late, mistakes mended."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop import search_tongue
from desktop.context import AppContext
from desktop.prefs import Prefs
from desktop.runner import Runner
from desktop.search_history import KEPT, SearchHistory
from desktop.views.orders import OrdersPage
from desktop.views.widgets.search_chips import Chip
from desktop.views.widgets.search_popup import SearchPopup
from services.desk import Desk
from services.queries.order_rows import OrderIds, OrderRows
from tests.desktop import hands
from tests.frozen import FrozenClock

TO_SHIP = "status:awaiting_shipment"
LEFT, DOWN, RETURN, BACKSPACE = Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Backspace


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[OrdersPage]:
    with hands.on_screen(OrdersPage(demo_context), qtbot) as made:
        made.load()
        made.bar.field.setFocus()
        yield made


def write(page: OrdersPage, text: str) -> None:
    """Type; what no key has comes as an input method brings it."""
    for letter in text:
        if letter.isascii():
            hands.type_text(page.bar.field, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QCoreApplication.sendEvent(page.bar.field, event)


def chips(page: OrdersPage) -> list[tuple[str, str]]:
    return [(chip.field, chip.value) for chip in page.bar.chip_row.chips]


def shown(page: OrdersPage) -> list[int]:
    return list(page.model.all_ids())


def found(shop: Desk, search: str) -> list[int]:
    return list(shop.read(OrderIds(f"{TO_SHIP} {search}", "ship_by")))


def offered(page: OrdersPage) -> list[str]:
    popup = page.bar.popup()
    return [entry.words for entry in popup.model.entries] if popup.isVisible() else []


def test_a_typed_filter_becomes_a_chip_and_the_table_shows_its_rows(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    write(page, "旗:红 ")
    assert chips(page) == [("旗", "红")]
    assert page.bar.field.text() == ""
    qtbot.waitUntil(lambda: shown(page) == found(shop, "flag:red"))
    assert shown(page)
    write(page, "-商品：茶 ")  # full-width signs as an input method writes them
    assert chips(page) == [("旗", "红"), ("商品", "非 茶")]
    hands.press(page.bar.field, RETURN)
    assert shown(page) == found(shop, "flag:red -goods:茶")
    assert page.bar.canonical() == "flag:1 -goods:茶"


def test_words_stay_words_and_alternatives_grow(page: OrdersPage, shop: Desk) -> None:
    write(page, "省:浙江 ")
    assert chips(page) == [("省", "浙江")]
    write(page, "或 ")
    assert chips(page) == [], "`or` takes the filter before it along"
    write(page, "省:江苏 ")
    assert chips(page) == [], "it may still grow"
    hands.press(page.bar.field, RETURN)
    assert chips(page) == [("", "省:浙江 或 省:江苏")]
    page.bar.field.setFocus()
    write(page, "茶 ")
    assert page.bar.field.text() == "茶 "
    hands.press(page.bar.field, RETURN)
    assert shown(page) == found(shop, "(province:浙江 OR province:江苏) 茶")


def test_a_chip_is_taken_away_by_its_cross_and_by_backspace(page: OrdersPage, shop: Desk) -> None:
    page.bar.set_text("flag:red province:浙江")
    assert chips(page) == [("旗", "红"), ("省", "浙江")]
    cross = page.bar.chip_row.chips[0].findChild(QPushButton)
    assert isinstance(cross, QPushButton)
    assert cross.accessibleName() == "去掉筛选 旗 红"
    hands.click(cross)
    assert chips(page) == [("省", "浙江")]
    assert shown(page) == found(shop, "province:浙江")
    assert page.bar.field.hasFocus()
    hands.press(page.bar.field, BACKSPACE)
    chip = page.bar.chip_row.chips[0]
    assert chip.hasFocus(), "the first press only selects"
    assert chip.accessibleName() == "筛选 省 浙江"
    hands.press(chip, BACKSPACE)
    assert chips(page) == []
    assert shown(page) == found(shop, "")


def test_chips_are_reached_by_arrows_and_typing_goes_on_in_the_words(page: OrdersPage) -> None:
    page.bar.set_text("flag:red province:浙江")
    page.bar.field.setFocus()
    hands.press(page.bar.field, LEFT)
    hands.press(page.bar.chip_row.chips[1], LEFT)
    assert page.bar.chip_row.chips[0].hasFocus()
    hands.press(page.bar.chip_row.chips[0], Qt.Key.Key_Delete)
    assert chips(page) == [("省", "浙江")]
    hands.press(page.bar.field, LEFT)
    hands.type_text(page.bar.chip_row.chips[0], "a")
    assert page.bar.field.hasFocus()
    assert page.bar.field.text() == "a"


def test_a_chips_menu_changes_its_values_and_denies_it(page: OrdersPage, shop: Desk) -> None:
    page.bar.set_text("flag:red")
    hands.click(page.bar.chip_row.chips[0], QPoint(8, 8))
    entries = {entry.text(): entry for entry in menu_of(page).actions()}
    assert entries["红"].isChecked()
    assert list(entries)[:6] == ["灰", "红", "黄", "绿", "蓝", "紫"]
    entries["黄"].trigger()
    assert chips(page) == [("旗", "红、黄")]
    assert shown(page) == found(shop, "flag:red,yellow")
    close_menus(page)
    page.bar.show_menu(0, QPoint(10, 10))
    next(entry for entry in menu_of(page).actions() if entry.text() == "排除").trigger()
    assert chips(page) == [("旗", "非 红、黄")]
    assert shown(page) == found(shop, "-flag:red,yellow")


def test_a_chip_of_words_turns_back_into_text(page: OrdersPage, shop: Desk) -> None:
    page.bar.set_text("recipient:王 flag:red")
    hands.click(page.bar.chip_row.chips[0], QPoint(8, 8))
    assert chips(page) == [("旗", "红")]
    assert page.bar.field.text() == "收货人:王"
    hands.press(page.bar.field, BACKSPACE)
    write(page, "李 ")
    assert chips(page) == [("旗", "红"), ("收货人", "李")]


def test_chips_without_room_are_counted_and_listed(page: OrdersPage) -> None:
    page.bar.set_text("flag:red province:浙江 city:杭州 memo:急 message:卡 goods:茶 paid>=50 printed:no carrier:SF tag:贺卡")
    row = page.bar.chip_row
    assert row.hidden
    assert row.width() + 190 < page.bar.width()
    more = row.stops()[0]
    assert more.value == f"+{row.hidden}"
    assert more.accessibleName() == f"还有 {row.hidden} 个筛选"
    hands.click(more)
    assert menu_of(page).actions()[0].text() == "旗 红"
    menu_of(page).actions()[-1].trigger()
    assert chips(page) == []


def test_fields_and_values_are_offered_and_taken_by_keys(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    hands.check_model(page.bar.popup().model)
    write(page, "状")
    qtbot.waitUntil(lambda: "状态" in offered(page))
    assert page.bar.field.hasFocus(), "the list takes no focus"
    hands.press(page.bar.field, DOWN)
    hands.press(page.bar.field, Qt.Key.Key_Tab)
    assert page.bar.field.text() == "状态:"
    qtbot.waitUntil(lambda: "已发货" in offered(page))
    hands.press(page.bar.field, DOWN)
    hands.press(page.bar.field, DOWN)
    taken = page.bar.popup().current()
    assert taken is not None
    assert taken.words in page.bar.field.accessibleDescription()
    hands.press(page.bar.field, RETURN)
    assert chips(page) == [("状态", taken.words)]
    assert offered(page) == []
    assert page.bar.field.hasFocus(), "Enter took the entry and did not leave for the rows"


def test_the_shops_own_words_are_offered_and_a_click_takes_one(page: OrdersPage, qtbot: QtBot) -> None:
    write(page, "标签:")
    qtbot.waitUntil(lambda: bool(offered(page)))
    assert "加急" in offered(page)
    popup = page.bar.popup()
    place = offered(page).index("加急")
    hands.click(popup.list.viewport(), popup.list.visualRect(popup.model.index(place, 0)).center())
    assert chips(page) == [("标签", "加急")]


def test_enter_without_a_choice_searches_and_escape_closes_the_list_first(page: OrdersPage, qtbot: QtBot) -> None:
    write(page, "付")
    qtbot.waitUntil(lambda: bool(offered(page)))
    hands.press(page.bar.field, Qt.Key.Key_Escape)
    assert offered(page) == []
    assert page.bar.text() == "付"
    hands.press(page.bar.field, DOWN)
    assert offered(page)
    hands.press(page.bar.field, RETURN)
    assert offered(page) == []
    assert page.bar.text() == "付"
    hands.press(page.bar.field, Qt.Key.Key_Escape)
    assert page.bar.text() == ""


def test_a_scan_goes_straight_to_its_order_whatever_is_filtered(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    wanted = shop.read(OrderRows((shop.read(OrderIds("status:shipped"))[3],)))[0]
    page.bar.set_text("flag:red")
    page.bar.field.setFocus()
    hands.type_text(page.bar.field, wanted.number)
    hands.press(page.bar.field, RETURN)
    assert offered(page) == []
    assert page.tab == "all"
    assert shown(page) == [wanted.id]
    qtbot.waitUntil(page.table.hasFocus)
    hands.type_text(page.table, wanted.number[0])
    hands.type_text(page.bar.field, wanted.number[1:])
    assert page.bar.field.text() == wanted.number, "the next one replaces it"
    hands.press(page.bar.field, RETURN)
    assert shown(page) == [wanted.id]
    assert SearchHistory(shop.shop.folder, "orders").all() == [], "scans are not kept"


def test_an_input_method_is_not_disturbed(page: OrdersPage, qtbot: QtBot) -> None:
    write(page, "省:")
    qtbot.waitUntil(lambda: bool(offered(page)))
    composing = QInputMethodEvent("zhe", [])
    QCoreApplication.sendEvent(page.bar.field, composing)
    assert page.bar.field.composing
    hands.press(page.bar.field, RETURN)
    assert page.bar.field.text() == "省:", "Enter is the input method's"
    commit = QInputMethodEvent()
    commit.setCommitString("浙江")
    QCoreApplication.sendEvent(page.bar.field, commit)
    assert not page.bar.field.composing
    assert page.bar.field.text() == "省:浙江"
    write(page, " ")
    assert chips(page) == [("省", "浙江")]


def test_searches_of_late_come_back_and_can_be_cleared(page: OrdersPage, shop: Desk, demo_context: AppContext, qtbot: QtBot) -> None:
    write(page, "旗:红 ")
    hands.press(page.bar.field, RETURN)
    page.bar.set_text("")
    write(page, "付款:7天")
    hands.press(page.bar.field, RETURN)
    page.bar.clear()
    hands.press(page.bar.field, DOWN)
    assert offered(page) == ["付款:7天", "旗:红"]
    page.close()
    with hands.on_screen(OrdersPage(demo_context), qtbot) as again:
        again.load()
        hands.click(again.bar._past)
        assert offered(again) == ["付款:7天", "旗:红"]
        hands.press(again.bar.field, DOWN)
        hands.press(again.bar.field, DOWN)
        hands.press(again.bar.field, RETURN)
        assert chips(again) == [("旗", "红")]
        again.bar.clear()
        hands.press(again.bar.field, DOWN)
        assert offered(again)[0] == "旗:红", "what is used again comes first"
        hands.click(again.bar.popup().head_button)
        assert SearchHistory(shop.shop.folder, "orders").all() == []
        assert not (demo_context.prefs.folder / "window.ini").exists() or "旗" not in (demo_context.prefs.folder / "window.ini").read_text()


def test_the_history_keeps_the_last_ones_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("shop")
    history = SearchHistory(folder, "orders")
    for number in range(KEPT + 5):
        history.add(f"tail:{number:04d}")
    history.add("tail:0010")
    kept = SearchHistory(folder, "orders").all()
    assert len(kept) == KEPT
    assert kept[0] == "tail:0010"
    assert kept.count("tail:0010") == 1
    (folder / "window.ini").write_text("[search]\nhistory\\orders=[1, {", encoding="utf-8")
    assert SearchHistory(folder, "orders").all() == []


def test_history_is_said_in_the_language_shown(english: None, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    SearchHistory(shop.shop.folder, "orders").add("flag:1 paid_at:7d")
    with hands.on_screen(OrdersPage(demo_context), qtbot) as page:
        page.load()
        hands.click(page.bar._past)
        assert offered(page) == ["flag:1 paid_at:7d"]
        hands.click(page.bar.popup().list.viewport(), QPoint(40, 12))
        assert chips(page) == [("Flag", "red"), ("Paid at", "last 7 days")]
        write(page, "status:shipped ")
        assert chips(page)[-1] == ("Status", "shipped")


def test_who_never_searched_is_shown_examples(page: OrdersPage) -> None:
    hands.press(page.bar.field, DOWN)
    assert page.bar.popup().heading.text() == "可以这样查"
    assert "旗:红" in offered(page)


def test_a_wrong_word_is_underlined_and_mended_by_a_click(page: OrdersPage, shop: Desk) -> None:
    page.bar.set_text("flag:red")
    page.bar.field.setFocus()
    write(page, "省:浙江 ")
    write(page, "状太:已发货")
    hands.press(page.bar.field, RETURN)
    assert page.trouble.isVisible()
    assert page.bar.field.marked == "状太"
    assert "（第 1 个字）" in page.trouble.words.text()
    hands.click(page.trouble.mend)
    assert not page.trouble.isVisible()
    assert chips(page) == [("旗", "红"), ("省", "浙江"), ("状态", "已发货")]
    assert page.bar.field.marked == ""


def test_half_a_word_is_no_mistake_until_the_typing_stops(page: OrdersPage, qtbot: QtBot) -> None:
    write(page, "状态:待")
    page.bar._rest.timeout.emit()
    assert not page.trouble.isVisible()
    page.bar._patience.timeout.emit()
    assert page.trouble.isVisible()
    write(page, "发货")
    page.bar._rest.timeout.emit()
    assert not page.trouble.isVisible()


def test_save_as_group_gives_the_canonical_text(page: OrdersPage, qtbot: QtBot) -> None:
    assert not page.bar.save_button.isEnabled()
    assert "先查点什么" in page.bar.save_button.toolTip()
    write(page, "旗:红 贺卡")
    assert page.bar.save_button.isEnabled()
    page.bar.save_requested.disconnect()
    with qtbot.waitSignal(page.bar.save_requested) as told:
        hands.click(page.bar.save_button)
    assert told.args == ["flag:1 贺卡"]


def test_the_list_goes_with_the_focus_and_stays_under_the_box(page: OrdersPage, qtbot: QtBot) -> None:
    write(page, "付")
    qtbot.waitUntil(lambda: bool(offered(page)))
    popup = page.bar.popup()
    under = page.bar.mapTo(page, QPoint(0, page.bar.height()))
    assert (popup.x(), popup.y()) == (under.x(), under.y() + 4)
    assert page.findChildren(SearchPopup) == [popup]
    page.table.setFocus()
    assert not popup.isVisible()


def test_a_chip_can_be_opened_by_key(page: OrdersPage) -> None:
    page.bar.set_text("memo:急")
    page.bar.field.setFocus()
    hands.press(page.bar.field, LEFT)
    chip = page.bar.chip_row.chips[0]
    assert isinstance(QApplication.focusWidget(), Chip)
    hands.press(chip, RETURN)
    assert page.bar.field.text() == "备注:急"


def test_the_language_is_learned_at_the_first_letter_and_in_a_thread(
    demo_folder: Path, tmp_path: Path, prefs: Prefs, frozen_clock: FrozenClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(demo_folder, folder)
    monkeypatch.setitem(search_tongue._state, "learned", False)
    runner = Runner(lambda: Desk.open(folder, clock=frozen_clock))
    context = AppContext(runner, prefs, frozen_clock)
    runner.opened.connect(lambda shop: setattr(context, "shop", shop))
    runner.open()
    qtbot.waitUntil(lambda: context.shop is not None)
    with hands.on_screen(OrdersPage(context), qtbot) as page:
        page.load()
        qtbot.waitUntil(lambda: page.model.rowCount() > 0)
        assert not search_tongue.learned()
        page.bar.set_text("flag:red 茶")
        assert page.bar.text() == "flag:red 茶", "what is searched does not wait for it"
        qtbot.waitUntil(lambda: chips(page) == [("旗", "红")])
        assert page.bar.text() == "旗:红 茶"
        page.bar.field.setFocus()
        write(page, " 省:浙江 ")
        assert chips(page) == [("旗", "红"), ("省", "浙江")]
        qtbot.waitUntil(lambda: page.bar._words is not None)
        page.bar.clear()
        qtbot.waitUntil(lambda: not page.model.loading and runner.idle)
    runner.close()


def test_the_page_does_not_bring_the_grammar_along() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, desktop.views.orders; print('lark' in sys.modules, 'sqlalchemy' in sys.modules)"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.split() == ["False", "False"]


def menu_of(page: OrdersPage) -> QMenu:
    return next(menu for menu in page.findChildren(QMenu) if menu.isVisible())


def close_menus(page: OrdersPage) -> None:
    for menu in page.findChildren(QMenu):
        menu.close()
