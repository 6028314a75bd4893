"""The window's tests: a styled application, a context over a real Desk whose runner works at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QWidget

from desktop import i18n
from desktop.context import AppContext
from desktop.prefs import Prefs
from desktop.runner import InlineRunner
from desktop.theme import themes
from services.params import Shop
from tests.desktop import hands
from tests.frozen import FrozenClock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from services.desk import Desk


@pytest.fixture(autouse=True)
def styled(qapp: QApplication) -> Iterator[None]:
    """Chinese and light before every test; a test may choose otherwise."""
    i18n.install("zh")
    if themes().installed:
        themes().set_language("zh")
        themes().choose("light")
        themes().set_density("normal")
    else:
        themes().install("light", language="zh")
    yield
    i18n.install("zh")


@pytest.fixture
def english(styled: None) -> Iterator[None]:
    i18n.install("en")
    themes().set_language("en")
    yield
    themes().set_language("zh")


@pytest.fixture
def prefs(tmp_path: Path) -> Prefs:
    return Prefs(tmp_path / "config" / "window.ini")


@pytest.fixture
def context(desk: Desk, prefs: Prefs, frozen_clock: FrozenClock) -> Iterator[AppContext]:
    """An open shop; changes, queries and jobs run at once in the test's thread."""
    yield from _context(InlineRunner(desk), desk.shop, prefs, frozen_clock)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed demo shop of 160 orders, made once; take `demo_desk` for one to work on."""
    from services.commands.demo import FillDemo
    from services.desk import Desk

    folder = tmp_path_factory.mktemp("demo") / "shop"
    with Desk.open(folder, clock=FrozenClock(), name="山月茶铺") as made:
        made.perform(FillDemo(orders=160, seed=3))
    return folder


@pytest.fixture
def demo_desk(demo_folder: Path, tmp_path: Path, frozen_clock: FrozenClock) -> Iterator[Desk]:
    """The Desk of a copy of the demo shop."""
    from services.desk import Desk

    folder = tmp_path / "demo"
    shutil.copytree(demo_folder, folder)
    with Desk.open(folder, clock=frozen_clock, actor="owner") as opened:
        yield opened


@pytest.fixture
def demo_context(demo_desk: Desk, prefs: Prefs, frozen_clock: FrozenClock) -> Iterator[AppContext]:
    """A window's context on the demo shop."""
    yield from _context(InlineRunner(demo_desk), demo_desk.shop, prefs, frozen_clock)


@pytest.fixture
def shop(demo_desk: Desk) -> Desk:
    """The demo shop, looked at and changed behind the window's back."""
    return demo_desk


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """An empty active window of the usual size for a dialog to stand over."""
    with hands.on_screen(QWidget(), qtbot, 1440, 900) as made:
        yield made


@pytest.fixture
def bare_context(tmp_path: Path, prefs: Prefs, frozen_clock: FrozenClock) -> Iterator[AppContext]:
    """The same without a database, for widgets whose rows are made up: opens at once."""
    yield from _context(InlineRunner(cast("Desk", None)), Shop(tmp_path / "shop", "山月茶铺"), prefs, frozen_clock)


def _context(runner: InlineRunner, shop: Shop, prefs: Prefs, clock: FrozenClock) -> Iterator[AppContext]:
    made = AppContext(runner, prefs, clock)
    made.shop = shop
    errors: list[Exception] = []
    runner.failed.connect(errors.append)
    yield made
    assert not errors, errors
