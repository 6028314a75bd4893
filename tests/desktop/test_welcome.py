"""The first start and the settings: three ways to begin, the language, the shop's own choices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.shops import demo_shop
from desktop.theme import themes
from desktop.views import PageEntry
from desktop.views.main_window import MainWindow
from desktop.views.settings_dialog import SettingsDialog
from desktop.views.today import TodayPage
from desktop.views.welcome import Welcome
from services.desk import Desk
from services.queries.audit_trail import AuditFilter, AuditTrail
from services.settings import ShopSettings
from tests.desktop import hands

PAGES = (PageEntry("today", "Today", "today", "desktop.views.today:TodayPage"),)


@pytest.fixture
def window(context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    with hands.on_screen(MainWindow(context, PAGES), qtbot, 1440, 900) as made:
        made.take_over("today")
        yield made


def welcome_of(window: MainWindow) -> Welcome:
    page = window.pages["today"]
    assert isinstance(page, TodayPage)
    assert page.stack.currentWidget() is page.welcome
    return page.welcome


def test_the_demo_is_a_shop_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    welcome = welcome_of(window)
    with qtbot.waitSignal(window.shop_chosen) as told:
        hands.press(welcome.choices[0], Qt.Key.Key_Space)
    assert told.args == [demo_shop()]


def test_a_file_is_asked_for_and_handed_to_the_import(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.context.import_requested.disconnect(window._import)
    welcome = welcome_of(window)
    hands.click(welcome.choices[1])
    (dialog,) = welcome.findChildren(QFileDialog)
    with qtbot.waitSignal(window.context.import_requested) as told:
        dialog.filesSelected.emit([str(tmp_path / "ExportOrderList.csv")])
    assert told.args == [[tmp_path / "ExportOrderList.csv"]]
    dialog.close()
    window.context.import_requested.connect(window._import)


def test_another_shop_is_opened_by_its_folder(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    welcome = welcome_of(window)
    hands.click(welcome.choices[2])
    (dialog,) = welcome.findChildren(QFileDialog)
    with qtbot.waitSignal(window.shop_chosen) as told:
        dialog.fileSelected.emit(str(tmp_path))
    assert told.args == [tmp_path]
    dialog.close()


def test_the_language_can_be_chosen_before_anything_else(window: MainWindow, qtbot: QtBot) -> None:
    welcome = welcome_of(window)
    assert welcome.language.currentText() == "简体中文"
    with qtbot.waitSignal(window.language_chosen) as told:
        welcome.language.choose("en")
        welcome.language.activated.emit(1)
    assert told.args == ["en"]


def settings(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    hands.press(window, Qt.Key.Key_0, hands.CTRL)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_the_shops_choices_are_saved_and_audited(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    dialog = settings(window, qtbot)
    assert dialog.verb_button.text() == "还没有改动"
    dialog.hours.setValue(24)
    name = dialog.fields.field("name")
    name.setFocus()
    name.setProperty("text", "山月茶铺")
    dialog.fields.field("thank_you").setProperty("text", "欢迎再来喝茶")
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    found = desk.read(ShopSettings())
    assert (found["promise_hours"], found["name"], found["thank_you"]) == (24, "山月茶铺", "欢迎再来喝茶")
    assert len(desk.read(AuditTrail(AuditFilter(action="change_settings")))) >= 2
    assert "山月茶铺" in window.windowTitle()


def test_a_shop_without_a_name_is_not_saved(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    dialog = settings(window, qtbot)
    dialog.fields.field("name").setProperty("text", "")
    assert dialog.verb_button.text() == "店铺要有名称"
    assert not dialog.verb_button.isEnabled()


def test_colours_are_shown_at_once_and_taken_back_on_leaving(window: MainWindow, qtbot: QtBot) -> None:
    dialog = settings(window, qtbot)
    dialog.colours.choose("dark")
    dialog.colours.activated.emit(2)
    assert themes().current.dark
    hands.press(dialog, Qt.Key.Key_Escape)
    assert themes().choice == "system"
