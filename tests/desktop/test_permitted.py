"""What is not for who is signed in is off and says why; what they see is covered as it comes; they can copy no more than they see."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import Action
from desktop.context import AppContext
from desktop.i18n import catalogue_path, read_catalogue
from desktop.permitted import NEEDS, PAGES
from desktop.views.main_window import MainWindow
from desktop.views.widgets.buttons import Button
from services.access import EVERYTHING, Viewer
from services.db.engine import FILE_NAME
from services.desk import Desk
from services.domain.permissions import PERMISSIONS
from tests.desktop import hands


@pytest.fixture
def packer(demo_context: AppContext, demo_desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    demo_desk.viewer = Viewer("小王", "packer", frozenset({"print", "ship"}))
    window = MainWindow(demo_context)
    with hands.on_screen(window, qtbot, 1440, 900):
        demo_context.runner.open()
        yield window


def action_of(window: MainWindow, source: str) -> Action:
    return next(one for menu in window.menus.values() for one in menu.actions() if isinstance(one, Action) and one.source == source)


def test_menus_and_pages_that_are_not_theirs_are_off_and_say_why(packer: MainWindow) -> None:
    for source in ("Import…", "Settings…", "What was imported…"):
        assert not action_of(packer, source).isEnabled(), source
        assert "小王没有" in action_of(packer, source).toolTip()
    packer.show_page("audit")
    assert packer.current == "today"
    assert not packer.rail._items["audit"].isEnabled()
    hands.press(packer, Qt.Key.Key_0, hands.CTRL)
    assert packer.findChildren(Button)
    packer.show_settings()
    assert QApplication.activeModalWidget() is None


def test_buttons_stay_off_whatever_is_selected(packer: MainWindow) -> None:
    page = packer.show_page("orders")
    hands.press(packer, Qt.Key.Key_A, hands.CTRL)
    buttons = {one.text(): one for one in page.findChildren(Button) if one.text()}
    exports = [one for words, one in buttons.items() if words.startswith("导出")]
    assert exports
    for button in exports:
        button.setEnabled(True)
        assert not button.isEnabled()
        assert "导出" in button.toolTip()


def test_what_is_seen_and_copied_is_covered(packer: MainWindow, demo_desk: Desk) -> None:
    raw = sqlite3.connect(demo_desk.shop.folder / FILE_NAME)
    secrets = {secret for row in raw.execute("SELECT phone, recipient, address FROM orders") for secret in row if len(secret) > 1}
    raw.close()
    page = packer.show_page("orders")
    table = page.table  # type: ignore[attr-defined]
    table.setFocus()
    for name in ("recipient", "phone", "address"):
        table.arranged.show(name, True)
    for row in range(5):
        page.model.selection.only([list(page.model.all_ids())[row]])  # type: ignore[attr-defined]
        hands.press(table, Qt.Key.Key_C, hands.CTRL)
        copied = QApplication.clipboard().text()
        shown = "\n".join(label.text() for label in packer.findChildren(QLabel))
        assert copied
        open_ones = {one for one in secrets if "*" not in one}
        assert not {one for one in open_ones if one in copied}
        assert not {one for one in open_ones if one in shown}


def test_the_table_names_words_and_permissions_that_there_are() -> None:
    known = set(read_catalogue(catalogue_path()))
    assert set(NEEDS) <= known
    assert set(NEEDS.values()) | set(PAGES.values()) <= set(PERMISSIONS)


@pytest.mark.parametrize("lacking", ["see_personal", "see_costs"])
def test_every_page_stands_without_what_is_hidden(demo_context: AppContext, demo_desk: Desk, qtbot: QtBot, lacking: str) -> None:
    """Costs that are not there are no error; `demo_context` fails on any that nobody asked for."""
    demo_desk.viewer = Viewer("小王", "some", EVERYTHING - {lacking})
    window = MainWindow(demo_context)
    with hands.on_screen(window, qtbot, 1440, 900):
        demo_context.runner.open()
        for key in window.entries:
            page = window.show_page(key)
            QTest.qWait(1)
            assert page.isVisible(), key
            table = getattr(page, "table", None)
            if table is not None and table.model().rowCount():
                table.setFocus()
                table.setCurrentIndex(table.model().index(0, 1))
                hands.press(table, Qt.Key.Key_Down)
                QTest.qWait(1)
                window.grab()
