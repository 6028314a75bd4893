"""The window's tests: a styled application, a context over a real Desk whose runner works at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop import i18n
from desktop.context import AppContext
from desktop.prefs import Prefs
from desktop.runner import InlineRunner
from desktop.theme import themes
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
    runner = InlineRunner(desk)
    made = AppContext(runner, prefs, frozen_clock)
    made.shop = desk.shop
    errors: list[Exception] = []
    runner.failed.connect(errors.append)
    yield made
    assert not errors, errors
