"""The first start: the demo shop in a folder of its own, the merchant's own shop, and the way between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import shops
from desktop.app import App
from desktop.prefs import Prefs
from desktop.shops import default_shop, demo_shop, first_shop, is_demo, open_desk, own_shop
from desktop.views.today import TodayPage
from services.desk import Desk
from services.queries.counts import StatusCounts
from services.queries.order_rows import OrderIds
from tests.desktop import hands

ORDERS = 60


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person who never started the program; a small demo shop."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    monkeypatch.setattr(shops, "DEMO_ORDERS", ORDERS)
    return tmp_path


@pytest.fixture
def app(qtbot: QtBot, qapp: QApplication, prefs: Prefs) -> Iterator[App]:
    prefs.set_text("language", "zh")
    prefs.set_text("theme", "light")
    made = App(qapp, prefs, first_shop(prefs, demo=False))
    made.window.resize(1_440, 900)
    made.window.show()
    opened(made, qtbot)
    yield made
    made.close()
    made.window.retire()


def opened(app: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: app.context.shop is not None and app.runner is not None and app.runner.idle, timeout=20_000)


def test_the_very_first_start_takes_the_demo_shop_only_where_it_is_wanted(prefs: Prefs, home: Path) -> None:
    assert first_shop(prefs, demo=False) == default_shop()
    assert first_shop(prefs, demo=True) == demo_shop()
    with Desk.open(default_shop()):
        pass
    assert first_shop(prefs, demo=True) == default_shop()
    prefs.set_text("shop", str(home / "elsewhere"))
    assert first_shop(prefs, demo=True) == home / "elsewhere"


def test_the_demo_shop_fills_itself_once() -> None:
    with open_desk(demo_shop()) as desk:
        assert desk.shop.name == "山月茶铺"
        filled = desk.read(StatusCounts()).total
        assert filled == ORDERS
    with open_desk(demo_shop()) as again:
        assert again.read(StatusCounts()).total == filled


def test_another_shop_stays_empty(home: Path) -> None:
    with open_desk(home / "my shop") as desk:
        assert desk.read(StatusCounts()).total == 0
        assert desk.shop.name == "my shop"


def test_the_first_page_of_an_empty_shop_leads_to_the_demo_and_back(app: App, qtbot: QtBot, prefs: Prefs) -> None:
    today = app.window.pages["today"]
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: today.stack.currentWidget() is today.welcome)
    hands.click(today.welcome.choices[0])
    opened(app, qtbot)
    shop = app.context.shop
    assert shop is not None
    assert is_demo(shop.folder)
    assert app.window.windowTitle() == "山月茶铺 · 掌柜"
    assert app.window.rail._sign.second == "演示店铺"
    assert app.runner is not None
    found = app.runner.query(OrderIds("", "created"))
    qtbot.waitUntil(lambda: not found.running)
    assert len(found.value) == ORDERS
    assert own_shop(prefs) == default_shop()
    assert app.window._other_shop.text() == "我的店铺"
    app.window._other_shop.trigger()
    opened(app, qtbot)
    back = app.context.shop
    assert back is not None
    assert back.folder == default_shop()
    assert app.window._other_shop.text() == "演示店铺"
    assert prefs.last_shop == str(default_shop())
