"""A locked shop in the window: nothing is there but the names and a field of dots, by whatever way one tries; who comes back goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.prefs import Prefs
from desktop.runner import TaskProgress
from desktop.views.lock_window import LockWindow
from desktop.views.recover_dialog import RecoverDialog
from desktop.views.recovery_code import RecoveryCode
from desktop.views.widgets.dialog import DialogBase
from services.commands.people import AddPerson
from services.desk import Desk
from tests.desktop import hands
from tests.desktop.demo import DEMO_PAGES
from tests.factories import make_order
from tests.frozen import FrozenClock

OWNER, PACKER = "258036", "147025"


@pytest.fixture
def folder(tmp_path: Path, frozen_clock: FrozenClock) -> Path:
    place = tmp_path / "山月茶铺"
    with Desk.open(place, clock=frozen_clock) as desk:
        make_order(desk, number="1001")
        made = desk.perform(AddPerson("店主", "owner", OWNER)).value
        desk.perform(AddPerson("小王", "packer", PACKER))
    (tmp_path / "code.txt").write_text(made.recovery)
    return place


@pytest.fixture
def app(
    qtbot: QtBot, qapp: QApplication, prefs: Prefs, folder: Path, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    monkeypatch.setattr("desktop.app.open_desk", lambda place: Desk.open(place, clock=frozen_clock))
    prefs.set_text("language", "zh")
    prefs.set_text("theme", "light")
    made = App(qapp, prefs, folder, clock=frozen_clock, pages=DEMO_PAGES)
    made.window.show()
    qtbot.waitUntil(lambda: made.lock.locked, timeout=20_000)
    yield made
    made.close()
    made.window.retire()


def page_of(app: App) -> LockWindow:
    assert app.lock.page is not None
    return app.lock.page


def sign_in(app: App, qtbot: QtBot, digit: Qt.Key, pin: str) -> None:
    page = page_of(app)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    hands.press(page.people, digit)
    hands.type_text(page.pin, pin)
    hands.press(page.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not app.lock.locked or page.verb.isEnabled(), timeout=20_000)


@pytest.fixture
def inside(app: App, qtbot: QtBot) -> App:
    """The owner is signed in."""
    sign_in(app, qtbot, Qt.Key.Key_1, OWNER)
    qtbot.waitUntil(lambda: not app.lock.locked and app.context.shop is not None)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    return app


def visible(app: App) -> set[str]:
    return {type(one).__name__ for one in QApplication.topLevelWidgets() if one.isVisible()}


def test_a_shop_with_pins_opens_locked(app: App) -> None:
    page = page_of(app)
    assert visible(app) == {"LockWindow"}
    assert page.windowTitle() == "山月茶铺"
    assert page.people.names == ("店主", "小王")
    assert app.context.shop is None
    assert not app.context.viewer.signed_in


def test_a_digit_chooses_and_the_pin_opens(app: App, qtbot: QtBot) -> None:
    sign_in(app, qtbot, Qt.Key.Key_2, PACKER)
    qtbot.waitUntil(lambda: app.context.shop is not None)
    assert app.context.viewer.name == "小王"
    assert visible(app) == {"MainWindow"}
    assert app.window.status._person.text() == "小王 · 打包员"


def test_arrows_choose_too_and_the_pin_is_dots(app: App, qtbot: QtBot) -> None:
    page = page_of(app)
    hands.press(page.people, Qt.Key.Key_Down)
    assert page.name == "小王"
    hands.press(page.people, Qt.Key.Key_Return)
    hands.type_text(page.pin, "12ab34")
    assert page.pin.echoMode() is QLineEdit.EchoMode.Password
    assert page.pin.displayText() == "●" * 6
    page.pin.selectAll()
    page.pin.copy()
    assert "12" not in QApplication.clipboard().text()
    hands.press(page.pin, Qt.Key.Key_Up)
    assert (page.name, page.pin.text()) == ("店主", ""), "another person, another PIN"


def test_wrong_pins_are_told_and_then_one_waits(app: App, qtbot: QtBot, frozen_clock: FrozenClock) -> None:
    page = page_of(app)
    for _try in range(2):
        sign_in(app, qtbot, Qt.Key.Key_1, "999999")
        assert page.told.text() == "PIN 不对。"
        assert page.pin.text() == ""
    hands.press(page.people, Qt.Key.Key_1)
    hands.type_text(page.pin, "999999")
    hands.press(page.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "5 秒" in page.told.text(), timeout=20_000)
    assert not page.pin.isEnabled()
    frozen_clock.advance(ms=3_000)
    qtbot.waitUntil(lambda: "2 秒" in page.told.text())
    frozen_clock.advance(ms=2_000)
    qtbot.waitUntil(page.pin.isEnabled)
    sign_in(app, qtbot, Qt.Key.Key_1, OWNER)
    assert not app.lock.locked


def test_ctrl_l_hides_everything_and_who_comes_back_goes_on(inside: App, qtbot: QtBot) -> None:
    window = inside.window
    window.show_page("stock")
    window._about()
    dialog = window.findChild(DialogBase)
    assert dialog is not None
    dialog.hide()  # a window-modal dialog keeps the window's keys
    dialog.show()
    inside.lock.lock()
    assert visible(inside) == {"LockWindow"}
    assert page_of(inside).name == "店主"
    sign_in(inside, qtbot, Qt.Key.Key_1, OWNER)
    assert inside.window is window
    assert window.current == "stock"
    assert dialog.isVisible()
    dialog.reject()


def test_the_key_locks(inside: App) -> None:
    hands.press(inside.window, Qt.Key.Key_L, hands.CTRL)
    assert visible(inside) == {"LockWindow"}


def test_shortcuts_reach_nothing_behind_it(inside: App, qtbot: QtBot) -> None:
    inside.lock.lock()
    page = page_of(inside)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before = inside.window.current
    for key in (Qt.Key.Key_2, Qt.Key.Key_K, Qt.Key.Key_O, Qt.Key.Key_F, Qt.Key.Key_0, Qt.Key.Key_L):
        hands.press(page, key, hands.CTRL)
    hands.press(page, Qt.Key.Key_F1)
    assert inside.window.current == before
    assert visible(inside) == {"LockWindow"}
    assert not page.acceptDrops()


def test_somebody_else_gets_a_window_of_their_own(inside: App, qtbot: QtBot) -> None:
    old = inside.window
    old.show_page("stock")
    inside.lock.lock()
    with qtbot.waitSignal(old.destroyed):
        sign_in(inside, qtbot, Qt.Key.Key_2, PACKER)
    assert inside.window is not old
    assert inside.context.viewer.name == "小王"
    assert visible(inside) == {"MainWindow"}


def test_it_locks_after_ten_minutes_without_a_key(inside: App, qtbot: QtBot, frozen_clock: FrozenClock) -> None:
    qtbot.waitUntil(lambda: inside.lock.minutes == 10)
    frozen_clock.advance(minutes=9)
    inside.lock.look()
    assert not inside.lock.locked
    hands.press(inside.window, Qt.Key.Key_Shift)
    frozen_clock.advance(minutes=9)
    inside.lock.look()
    assert not inside.lock.locked, "the key began the time anew"
    frozen_clock.advance(minutes=1)
    inside.lock.look()
    assert visible(inside) == {"LockWindow"}


def test_the_move_that_wakes_a_computer_finds_it_locked(inside: App, qtbot: QtBot, frozen_clock: FrozenClock) -> None:
    qtbot.waitUntil(lambda: inside.lock.minutes == 10)
    frozen_clock.advance(hours=8)
    place = QPointF(5, 5)
    left, none = Qt.MouseButton.LeftButton, hands.NONE
    QApplication.sendEvent(inside.window, QMouseEvent(QEvent.Type.MouseButtonPress, place, place, left, left, none))
    assert visible(inside) == {"LockWindow"}


def test_work_goes_on_and_what_opens_meanwhile_waits(inside: App, qtbot: QtBot) -> None:
    runner = inside.runner
    assert runner is not None
    go: list[bool] = []

    def work(desk: Desk, progress: TaskProgress) -> str:
        while not go:
            progress.step(1, 100)
        return desk.viewer.name

    task = runner.job(work, "导入")
    inside.lock.lock()
    sign_in(inside, qtbot, Qt.Key.Key_2, PACKER)
    assert "导入" in page_of(inside).told.text(), "somebody else's work is not done in another name"
    assert inside.lock.locked
    page_of(inside).close()
    assert inside.lock.locked
    assert page_of(inside).isVisible()
    opened: list[DialogBase] = []

    def tell(_name: object) -> None:
        opened.append(DialogBase(inside.window, "已导入"))
        opened[0].open()

    task.then(tell)
    go.append(True)
    qtbot.waitUntil(lambda: bool(opened) and visible(inside) == {"LockWindow"})
    assert task.value == "店主"
    sign_in(inside, qtbot, Qt.Key.Key_1, OWNER)
    assert opened[0].isVisible()
    assert not opened[0].testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    opened[0].reject()


def test_the_recovery_code_opens_it_again(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(app)
    hands.click(page.forgot)
    dialog = cast("RecoverDialog", page.findChild(RecoverDialog))
    hands.type_text(dialog.code, "AAAAA")
    hands.type_text(dialog.pin, "802580")
    hands.type_text(dialog.again, "802580")
    hands.click(dialog.verb_button)
    qtbot.waitUntil(lambda: dialog._band is not None, timeout=20_000)
    dialog.code.clear()
    hands.type_text(dialog.code, (tmp_path / "code.txt").read_text().lower())
    hands.click(dialog.verb_button)
    qtbot.waitUntil(lambda: dialog.findChild(RecoveryCode) is not None, timeout=20_000)
    shown = cast("RecoveryCode", dialog.findChild(RecoveryCode))
    hands.press(shown.copy_button, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == shown.code
    dialog.reject()
    sign_in(app, qtbot, Qt.Key.Key_1, "802580")
    assert not app.lock.locked


def test_without_pins_nothing_is_locked(qtbot: QtBot, qapp: QApplication, prefs: Prefs, tmp_path: Path) -> None:
    app = App(qapp, prefs, tmp_path / "开着", pages=DEMO_PAGES)
    app.window.show()
    qtbot.waitUntil(lambda: app.context.shop is not None, timeout=20_000)
    told: list[str] = []
    app.context.noticed.connect(lambda notice: told.append(notice.words))
    app.lock.lock()
    assert not app.lock.locked
    assert "PIN" in told[0]
    app.close()
    app.window.retire()
