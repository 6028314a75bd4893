"""The help for searching: every declared field, examples that can be searched, and a click that does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.context import AppContext, Place
from desktop.views.main_window import MainWindow
from desktop.views.orders import OrdersPage
from desktop.views.search_help import SearchHelp, lines
from services.desk import Desk
from services.queries.order_rows import CountOrders, OrderIds
from services.search.fields import FIELDS
from services.search.parser import parse
from tests.desktop import hands


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_field_is_there_and_every_example_is_understood(lang: str) -> None:
    i18n.install(lang)
    shown = lines()
    assert {field.zh if lang == "zh" else field.name for field in FIELDS} <= {line.name for line in shown}
    for line in shown:
        if line.example:
            assert parse(line.example) is not None
            assert line.holds


def test_typing_narrows_and_keys_try_the_example(window: QWidget, qtbot: QtBot) -> None:
    dialog = SearchHelp(window)
    hands.check_model(dialog.model)
    dialog.open()
    whole = dialog.model.rowCount()
    dialog.filter.insert("运单")
    names = [entry.words for entry in dialog.model.entries]
    assert "运单号" in names
    assert len(names) < whole
    hands.press(dialog.filter, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.tried) as told:
        hands.press(dialog.filter, Qt.Key.Key_Return)
    assert told.args == [dialog.model.entries[0].value.example]


def test_nothing_called_so_is_said(window: QWidget) -> None:
    dialog = SearchHelp(window)
    dialog.open()
    dialog.filter.insert("绝无此项")
    assert dialog.nothing.isVisible()
    assert not dialog.list.isVisible()


def test_an_example_goes_into_the_box(demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    with hands.on_screen(OrdersPage(demo_context), qtbot) as page:
        page.load()
        dialog = page.bar.open_help()
        assert isinstance(dialog, SearchHelp)
        place = next(at for at, entry in enumerate(dialog.model.entries) if entry.words == "省")
        dialog.list.scrollTo(dialog.model.index(place))
        hands.click(dialog.list.viewport(), dialog.list.visualRect(dialog.model.index(place)).center())
        assert [(chip.field, chip.value) for chip in page.bar.chip_row.chips] == [("省", "浙江")]
        assert list(page.model.all_ids()) == list(shop.read(OrderIds("status:awaiting_shipment province:浙江", "ship_by")))
        assert shop.read(CountOrders("province:浙江"))


def test_the_help_menu_opens_it_and_leads_to_the_orders(demo_context: AppContext, qtbot: QtBot) -> None:
    window = MainWindow(demo_context)
    with hands.on_screen(window, qtbot, 1440, 900):
        went: list[Place] = []
        demo_context.went.disconnect()
        demo_context.went.connect(went.append)
        next(one for one in window.menus["help"].actions() if one.text() == "怎么查找").trigger()
        dialog = window.findChild(SearchHelp)
        assert isinstance(dialog, SearchHelp)
        dialog.filter.insert("超时")
        hands.press(dialog.filter, Qt.Key.Key_Down)
        hands.press(dialog.filter, Qt.Key.Key_Return)
        assert went == [Place("orders", {"search": "超时:是"})]
