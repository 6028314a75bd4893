"""Settings → People by mouse and keys: the first PIN and its code, others, roles in check boxes, limits; what the database holds after it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.context import AppContext
from desktop.views.lock_window import SecretField
from desktop.views.people_dialog import PeopleDialog
from desktop.views.pin_dialog import NewPersonDialog, NewPinDialog
from desktop.views.recovery_code import RecoveryCode
from desktop.views.settings_dialog import SettingsDialog
from desktop.views.widgets.labels import Label
from services.commands.people import AddPerson
from services.db.engine import FILE_NAME
from services.desk import Desk
from tests.desktop import hands

W = TypeVar("W", bound=QWidget)
OWNER = "258036"


def rows(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    raw = sqlite3.connect(desk.shop.folder / FILE_NAME)
    try:
        return raw.execute(statement).fetchall()
    finally:
        raw.close()


def only(parent: QWidget, kind: type[W]) -> W:
    QTest.qWait(1)  # what a layout was given is shown by the next event
    found = [one for one in parent.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def words_in(widget: QWidget) -> str:
    QTest.qWait(1)  # what a layout was given is shown by the next event
    return "\n".join(one.text() for one in widget.findChildren(Label) if one.isVisible())


@pytest.fixture
def dialog(context: AppContext, window: QWidget) -> PeopleDialog:
    made = PeopleDialog(window, context)
    made.open()
    return made


@pytest.fixture
def peopled(desk: Desk, context: AppContext, window: QWidget) -> PeopleDialog:
    desk.perform(AddPerson("阿青", "owner", OWNER))
    desk.perform(AddPerson("小王", "clerk", "147025"))
    made = PeopleDialog(window, context)
    made.open()
    return made


def fill(dialog: NewPersonDialog, name: str, pin: str, again: str) -> None:
    dialog.name.setFocus()
    dialog.name.setText(name)
    for field, text in ((dialog.pin, pin), (dialog.again, again)):
        field.setFocus()
        hands.type_text(field, text)


def test_the_first_pin_says_what_it_means_and_gives_the_code_once(
    dialog: PeopleDialog, desk: Desk, window: QWidget, tmp_path: Path
) -> None:
    assert "还没有人设 PIN" in words_in(dialog)
    hands.click(dialog.add_button)
    first = only(window, NewPersonDialog)
    assert "会上锁" in words_in(first)
    assert first.role.currentData() == "owner"
    assert not first.role.isEnabled(), "somebody must be able to let the others in"
    fill(first, "阿青", OWNER, "258037")
    assert (first.verb_button.text(), first.verb_button.isEnabled()) == ("两次输入的 PIN 不一样", False)
    hands.press(first.again, Qt.Key.Key_Backspace)
    hands.type_text(first.again, "6")
    hands.press(first, Qt.Key.Key_Return, hands.CTRL)
    shown = only(first, RecoveryCode)
    assert len(shown.code) == 29
    assert all(not field.text() for field in first.findChildren(SecretField))
    hands.press(shown.copy_button, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == shown.code
    shown.write(tmp_path / "code.pdf")
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")
    hands.press(first, Qt.Key.Key_Escape)
    assert ("阿青", "pin") in dialog.buttons
    assert rows(desk, "SELECT name, role, active FROM person") == [("阿青", "owner", 1)]
    assert desk.viewer.name == "阿青", "who set it stays in"
    assert "还没有人设 PIN" not in words_in(dialog)


def test_a_refused_pin_is_told_in_the_dialog(dialog: PeopleDialog, desk: Desk, window: QWidget) -> None:
    hands.click(dialog.add_button)
    first = only(window, NewPersonDialog)
    fill(first, "阿青", "1111", "1111")
    hands.click(first.verb_button)
    assert "太容易猜到" in words_in(first)
    assert rows(desk, "SELECT * FROM person") == []
    first.reject()


def test_another_role_leaving_and_coming_back(peopled: PeopleDialog, desk: Desk) -> None:
    role = peopled.buttons["小王", "role"]
    role.setFocus()
    hands.press(role, Qt.Key.Key_Down)
    role.activated.emit(role.currentIndex())  # type: ignore[attr-defined]
    assert rows(desk, "SELECT role FROM person WHERE name = '小王'") == [("packer",)]
    hands.click(peopled.buttons["小王", "leave"])
    assert rows(desk, "SELECT active FROM person WHERE name = '小王'") == [(0,)]
    hands.press(peopled.buttons["小王", "leave"], Qt.Key.Key_Space)
    assert rows(desk, "SELECT active FROM person WHERE name = '小王'") == [(1,)]
    hands.click(peopled.buttons["阿青", "leave"])
    assert "唯一的店主" in words_in(peopled)
    assert rows(desk, "SELECT active FROM person WHERE name = '阿青'") == [(1,)]


def test_a_new_pin_for_a_clerk_and_ones_own(peopled: PeopleDialog, desk: Desk, window: QWidget) -> None:
    hands.click(peopled.buttons["小王", "pin"])
    other = only(window, NewPinDialog)
    for field in (other.pin, other.again):
        hands.type_text(field, "369258")
    hands.click(other.verb_button)
    assert desk.sign_in("小王", "369258").role == "clerk"
    desk.sign_in("阿青", OWNER)
    hands.click(peopled.buttons["阿青", "pin"])
    own = only(window, NewPinDialog)
    hands.type_text(own.old, "999999")
    for field in (own.pin, own.again):
        hands.type_text(field, "802580")
    hands.click(own.verb_button)
    assert "PIN 不对" in words_in(own)
    own.old.clear()
    hands.type_text(own.old, OWNER)
    hands.click(own.verb_button)
    assert only(own, RecoveryCode).code
    own.reject()
    assert desk.sign_in("阿青", "802580").role == "owner"


def test_roles_and_limits_are_saved_with_the_verb(peopled: PeopleDialog, desk: Desk) -> None:
    peopled.tabs.choose("roles")
    peopled._turn()
    assert not peopled.roles.boxes["owner", "restore"].isEnabled()
    assert peopled.roles.boxes["owner", "restore"].isChecked()
    assert peopled.verb_button.text() == "还没有改动"
    hands.press(peopled.roles.boxes["packer", "stock"], Qt.Key.Key_Space)
    hands.click(peopled.roles.boxes["packer", "see_personal"])
    peopled.tabs.choose("limits")
    peopled._turn()
    peopled.percent.setValue(3)
    peopled.fen.setText("5.x")
    assert not peopled.verb_button.isEnabled()
    peopled.fen.setText("5.00")
    peopled.minutes.setValue(20)
    hands.press(peopled, Qt.Key.Key_Return, hands.CTRL)
    assert rows(desk, "SELECT name, permissions FROM role") == [("packer", "print,ship,stock")]
    assert dict(rows(desk, "SELECT name, value FROM setting WHERE name LIKE 'price_cut%' OR name LIKE 'lock%'")) == {
        "price_cut_percent": "3",
        "price_cut_fen": "500",
        "lock_after_minutes": "20",
    }


def test_settings_lead_there(context: AppContext, window: QWidget) -> None:
    settings = SettingsDialog(window, context, lambda _choice: None, lambda: None)
    settings.open()
    settings.go_to("people")
    hands.press(settings.people, Qt.Key.Key_Space)
    only(window, PeopleDialog).reject()


def test_every_box_and_button_has_a_name(peopled: PeopleDialog) -> None:
    assert peopled.roles.boxes["packer", "ship"].accessibleName() == "打包员 · 发货"
    assert peopled.buttons["小王", "pin"].accessibleName() == "给小王设新 PIN"
    assert all(box.accessibleName() for box in peopled.roles.boxes.values())
