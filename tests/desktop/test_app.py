"""The whole of it: the window before the Desk, the Desk in the lane, another language, another shop, the pictures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.prefs import Prefs
from desktop.runner import TaskProgress
from desktop.views.widgets.dialog import Question
from services.errors import Environment
from tests.desktop import hands
from tests.desktop.demo import DEMO_PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(qtbot: QtBot, qapp: QApplication, prefs: Prefs, tmp_path: Path) -> Iterator[App]:
    prefs.set_text("language", "zh")
    prefs.set_text("theme", "light")
    made = App(qapp, prefs, tmp_path / "山月茶铺", pages=DEMO_PAGES)
    made.window.show()
    qtbot.waitUntil(lambda: made.context.shop is not None, timeout=20_000)
    yield made
    made.close()
    made.window.retire()


def test_the_shop_is_opened_behind_the_window(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    assert app.window.windowTitle() == "山月茶铺 · 掌柜"
    assert app.window.current == "today"
    qtbot.waitUntil(lambda: app.window.stack.currentWidget() is app.window.pages["today"])
    assert app.prefs.last_shop == str(tmp_path / "山月茶铺")


def test_another_language_builds_the_window_anew_at_its_page(app: App, qtbot: QtBot) -> None:
    app.window.show_page("stock")
    old = app.window
    with qtbot.waitSignal(old.destroyed):
        old.language_chosen.emit("en")
    assert app.window.current == "stock"
    assert app.window.isVisible()
    assert app.window.rail._items["stock"].text() == "Stock"
    app.context.notify("Done")
    assert app.window.toast is not None
    app.choose_language("zh")
    assert app.window.rail._items["stock"].text() == "库存"


def test_another_shop_takes_the_place_of_this_one(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    app.window.shop_chosen.emit(tmp_path / "另一家")
    qtbot.waitUntil(lambda: app.context.shop is not None, timeout=20_000)
    assert app.context.shop is not None
    assert app.context.shop.name == "另一家"
    assert app.window.windowTitle() == "另一家 · 掌柜"


def test_a_shop_that_cannot_be_opened_says_why(qtbot: QtBot, qapp: QApplication, prefs: Prefs, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "shop.sqlite").write_text("this is no database, whatever its name says\n" * 50)
    app = App(qapp, prefs, tmp_path / "shop", pages=DEMO_PAGES)
    assert app.runner is not None
    with qtbot.waitSignal(app.runner.open_failed, timeout=20_000) as told:
        app.window.show()
    assert isinstance(told.args[0], Environment)
    assert app.context.shop is None
    app.close()
    app.window.retire()


def test_leaving_during_work_asks_first(app: App, qtbot: QtBot) -> None:
    runner = app.runner
    assert runner is not None

    def work(_desk: object, progress: TaskProgress) -> None:
        while True:
            progress.step(1, 100)

    task = runner.job(work, "导入")
    app.window.close()
    assert app.window.isVisible()
    question = app.window.findChild(Question)
    assert question is not None
    hands.click(question.verb_button)
    assert not app.window.isVisible()
    app.close()
    qtbot.waitUntil(lambda: not task.running)


PICTURES = """
import sys
from pathlib import Path
from desktop.pictures import take_pictures
from tests.desktop.demo import DEMO_PAGES
sys.exit(take_pictures(Path(sys.argv[1]) / "shop", Path(sys.argv[1]) / "out", True, DEMO_PAGES[:2]))
"""


def test_pictures_of_every_page_in_both_languages_and_themes(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = [sys.executable, "-c", PICTURES, str(tmp_path)]
    told = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True)
    answer = json.loads(told.stdout.strip().splitlines()[-1])
    assert answer["ok"]
    assert len(answer["files"]) == 8
    dark = QImage(str(tmp_path / "out" / "zh-dark-today.png"))
    assert (dark.width(), dark.height()) == (1_440, 900)
    assert dark.pixelColor(700, 20).lightness() < 60


def test_what_was_copied_does_not_bring_the_exit_down() -> None:
    script = (
        "from PySide6.QtGui import QGuiApplication; from desktop.app import make_application; application = make_application();"
        "from desktop.views.widgets.copying import Part, mime_of;"
        "board = QGuiApplication.clipboard(); board.setMimeData(mime_of((), [Part('x', '')])); assert board.text() == '\\nx'"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, check=False, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")
