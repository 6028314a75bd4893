"""Mouse and keys for tests, typed: what a person does, not what a method does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.views.widgets.dialog import DialogBase

W = TypeVar("W", bound=QWidget)

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@contextmanager
def on_screen(widget: W, qtbot: QtBot, width: int = 1264, height: int = 832) -> Iterator[W]:
    """Show `widget` as the active window, of a page's size unless told otherwise; dialogs left open over it are closed at the end."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    yield widget
    for dialog in widget.findChildren(DialogBase):
        dialog.reject()


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key with the focus in `widget`; its window must be active for shortcuts to work."""
    QTest.keyClick(widget, key, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)


def click(widget: QWidget, at: QPoint | None = None, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Click with the left button, in the middle unless told where."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, at or widget.rect().center())


def move(widget: QWidget, at: QPoint) -> None:
    QTest.mouseMove(widget, at)


def check_model(model: QAbstractItemModel) -> None:
    """Put Qt's model tester on `model` for as long as it lives; a fault is a fatal Qt message."""
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
