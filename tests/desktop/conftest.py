"""The window's tests: a styled application, a context over a real Desk whose runner works at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from desktop import i18n
from desktop.context import AppContext
from desktop.prefs import Prefs
from desktop.runner import InlineRunner
from desktop.theme import themes
from services.params import Shop
from tests.frozen import FrozenClock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

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
