"""Working without a mouse: Tab goes as one reads, Esc leads back, lists come only when something is begun."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.context import AppContext
from desktop.rail_groups import RailGroups
from desktop.theme import themes
from desktop.views.keys_dialog import KeysDialog
from desktop.views.main_window import MainWindow
from desktop.views.orders import OrdersPage
from desktop.views.palette import Palette
from services.desk import Desk
from services.queries.order_rows import OrderIds
from tests.desktop import hands


@pytest.fixture
def window(demo_context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(demo_context)
    with hands.on_screen(made, qtbot, 1440, 900):
        made.take_over("orders")
        RailGroups(demo_context, made)
        qtbot.waitUntil(lambda: orders_of(made).panel.card is not None)
        yield made


def orders_of(window: MainWindow) -> OrdersPage:
    page = window.pages["orders"]
    assert isinstance(page, OrdersPage)
    return page


def tabbed(start: QWidget, within: QWidget) -> list[QPoint]:
    """Where the focus stands in `within`, step by step, until Tab leaves it."""
    start.setFocus()
    places = []
    for _step in range(60):
        focus = QApplication.focusWidget()
        if focus is None or not within.isAncestorOf(focus):
            break
        places.append(focus.mapTo(within, focus.rect().center()))
        hands.press(focus, Qt.Key.Key_Tab)
    return places


def test_tab_goes_through_the_panel_from_the_head_to_the_foot(window: MainWindow, qtbot: QtBot) -> None:
    page = orders_of(window)
    for step in range(3):  # filled anew for each row
        page.table.step(1)
        qtbot.waitUntil(lambda: page.panel.card is not None and page.panel.card.id == page.table.current_id())
        copy = page.panel.tools.itemAt(0)
        first = copy.widget() if copy is not None else None
        assert first is not None
        places = tabbed(first, page.panel)
        assert len(places) > 6, step
        for before, after in pairwise(places):
            assert after.y() > before.y() - 12, "never upwards"
            assert after.y() > before.y() + 4 or after.x() > before.x(), "in one line to the right"


def test_esc_in_the_panel_leads_back_to_the_rows(window: MainWindow) -> None:
    page = orders_of(window)
    page.table.setFocus()
    hands.press(page.table, Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.panel.isAncestorOf(focus)
    hands.press(focus, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_tab_comes_to_the_groups_before_the_foot_of_the_rail(window: MainWindow) -> None:
    rail = window.rail
    places = tabbed(rail._items["orders"], rail)
    assert [place.y() for place in places] == sorted(place.y() for place in places)
    assert len(places) >= 5, "pages, the + of the groups, the tree, help, settings"


@pytest.mark.parametrize("sign", ["(", ")", "-", '"', "“", "（", ":", "\\"])
def test_a_lone_sign_is_what_is_looked_for_in_every_tab(window: MainWindow, shop: Desk, sign: str) -> None:
    page = orders_of(window)
    assert page.tab == "awaiting_shipment"
    page.bar.set_text(sign)
    assert page.trouble.words.text() == ""
    everywhere = set(shop.read(OrderIds(sign)))
    assert set(page.model.all_ids()) == everywhere & set(shop.read(OrderIds("status:awaiting_shipment")))


def test_a_list_is_offered_only_when_a_word_is_begun_and_never_over_the_mistake(window: MainWindow, qtbot: QtBot) -> None:
    page = orders_of(window)
    bar = page.bar
    bar.field.setFocus()
    hands.type_text(bar.field, "flag")
    bar.offer()
    qtbot.waitUntil(lambda: bar.popup_shown)
    hands.type_text(bar.field, "x ")
    bar.offer()
    assert not bar.popup_shown, "nothing is begun"
    hands.press(bar.field, Qt.Key.Key_Down)
    assert bar.popup_shown, "asked for"
    hands.press(bar.field, Qt.Key.Key_Escape)
    bar.field.setText("stauts:shipped")
    bar.show_offers()
    hands.press(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.trouble.words.text()))
    assert not bar.popup_shown


def test_all_keys_are_seen_at_once_in_a_window_of_the_usual_size(window: MainWindow, qtbot: QtBot) -> None:
    hands.press(window, Qt.Key.Key_Slash, hands.CTRL)
    qtbot.waitUntil(lambda: window.findChild(KeysDialog) is not None)
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    assert dialog.body.height() <= dialog._scroll.viewport().height()
    assert dialog.width() <= window.width()


def known(palette: Palette, words: str) -> bool:
    return words in [entry.words for entry in palette.model.entries]


def test_the_palette_knows_what_the_groups_can_do(window: MainWindow, qtbot: QtBot) -> None:
    rail = window.rail.groups
    assert rail is not None
    orders_of(window).bar.set_text("加急")
    qtbot.waitUntil(lambda: bool(rail.model.present))
    palette = window.open_palette()
    for letters, words in (("xjwjj", "新建文件夹…"), ("ready-made", "显示哪些现成分组…"), ("cwfz", "把当前查找存为分组…")):
        palette.field.setText(letters)
        qtbot.waitUntil(partial(known, palette, words))


def test_the_window_in_another_language_shows_the_same_search_tab_and_order(
    window: MainWindow, demo_context: AppContext, shop: Desk, qtbot: QtBot
) -> None:
    page = orders_of(window)
    page.seek("-旗:红", "shipped")
    wanted = shop.read(OrderIds("status:shipped -flag:1", "-shipped_at"))[2]
    page.table.go_to(wanted)
    i18n.install("en")
    themes().set_language("en")
    with hands.on_screen(MainWindow(demo_context), qtbot, 1440, 900) as other:
        other.take_over(window.current, page.place())
        again = orders_of(other)
        qtbot.waitUntil(lambda: (again.tab, again.bar.text(), again.table.current_id()) == ("shipped", "-flag:1", wanted))
