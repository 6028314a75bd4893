"""New files of a folder: offered once they are whole, with three answers; imported only when somebody says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop import folder_watch
from desktop.app import OFFER, App
from desktop.context import AppContext
from desktop.folder_watch import FolderWatch, WatchSettings, downloads
from desktop.views.settings_dialog import SettingsDialog
from desktop.views.widgets.offer import OfferBar
from services.commands.imports import import_file
from services.desk import Desk
from tests.desktop import hands
from tests.desktop.demo import DEMO_PAGES
from tests.frozen import START, FrozenClock
from tests.imports.sample import order_row, write

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.prefs import Prefs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "下载"
    made.mkdir()
    return made


@pytest.fixture
def watch(context: AppContext, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FolderWatch]:
    """On, and looking only when it is told: `watch.look()` stands for the timer."""
    monkeypatch.setattr(folder_watch, "SETTLE", 10_000_000)
    monkeypatch.setattr(folder_watch, "NOW_AND_THEN", 10_000_000)
    assert context.shop is not None
    WatchSettings(context.shop.folder).choose(True, folder, START)
    made = FolderWatch(context)
    made.start()
    yield made
    made.stop()


def put(folder: Path, name: str, number: str = "5016165517148046476", at: int = START + 1_000) -> Path:
    path = write(folder / name, [order_row(number)])
    os.utime(path, ns=(at * 1_000_000, at * 1_000_000))
    return path


def names(watch: FolderWatch) -> list[str]:
    return [offer.path.name for offer in watch.offers]


def test_a_file_is_offered_when_it_has_stopped_to_grow(watch: FolderWatch, folder: Path, desk: Desk) -> None:
    put(folder, "older.csv", at=START - 1)
    path = put(folder, "ExportOrderList.csv")
    watch.look()
    assert names(watch) == []
    with path.open("ab") as file:
        file.write(b"\n")
    watch.look()
    assert names(watch) == []
    watch.look()
    assert names(watch) == ["ExportOrderList.csv"]
    watch.look()
    assert names(watch) == ["ExportOrderList.csv"]


def test_nothing_is_looked_at_while_it_is_off(context: AppContext, folder: Path) -> None:
    made = FolderWatch(context)
    made.start()
    put(folder, "ExportOrderList.csv")
    made.look()
    assert (made.offers, made.timer.isActive(), made.watcher.directories()) == ((), False, [])
    assert context.shop is not None
    assert not WatchSettings(context.shop.folder).on
    assert WatchSettings(context.shop.folder).folder == downloads()


def test_a_folder_may_go_and_come_back(watch: FolderWatch, folder: Path) -> None:
    watch.look()
    assert watch.watcher.directories() == [str(folder)]
    put(folder, "a.csv")
    watch.look()
    watch.look()
    assert names(watch) == ["a.csv"]
    shutil.rmtree(folder)
    watch.look()
    assert watch.timer.isActive()
    folder.mkdir()
    put(folder, "b.csv", "5016165517148046477")
    watch.look()
    assert names(watch) == []
    watch.look()
    assert names(watch) == ["b.csv"]


def test_a_file_that_is_gone_is_offered_no_more(watch: FolderWatch, folder: Path) -> None:
    path = put(folder, "a.csv")
    watch.look()
    watch.look()
    path.unlink()
    watch.look()
    assert names(watch) == []


def test_what_came_in_another_way_is_offered_no_more(watch: FolderWatch, folder: Path, context: AppContext, desk: Desk) -> None:
    path = put(folder, "a.csv")
    watch.look()
    watch.look()
    context.changes.publish(import_file(desk, path).changes)
    assert names(watch) == []


@pytest.fixture
def bar(watch: FolderWatch, qtbot: QtBot) -> Iterator[OfferBar]:
    with hands.on_screen(QWidget(), qtbot) as parent:
        yield OfferBar(watch, parent)


def offer(watch: FolderWatch, folder: Path, *files: str) -> None:
    for place, name in enumerate(files):
        put(folder, name, f"501616551714804{place:04d}")
    watch.look()
    watch.look()


def test_one_file_is_named_and_leads_to_the_import_that_asks(watch: FolderWatch, bar: OfferBar, folder: Path, qtbot: QtBot) -> None:
    assert not bar.isVisible()
    offer(watch, folder, "ExportOrderList20261122.csv")
    assert bar.isVisible()
    assert bar.words.text() == "ExportOrderList…1122.csv 已下载，导入？"
    assert bar.more.text() == "淘宝订单报表·下载"
    with qtbot.waitSignal(watch._context.import_requested) as asked:
        hands.click(bar.import_button)
    assert asked.args == [[folder / "ExportOrderList20261122.csv"]]
    assert not bar.isVisible()
    watch.look()
    assert not bar.isVisible()


def test_several_files_are_offered_together(watch: FolderWatch, bar: OfferBar, folder: Path, english: None) -> None:
    offer(watch, folder, "a.csv", "b.csv", "c.csv", "d.csv")
    assert bar.words.text() == "4 export files were downloaded. Import them?"
    assert bar.more.text() == "a.csv, b.csv, c.csv and 1 more"


def test_not_now_asks_at_the_next_start_and_never_does_not(watch: FolderWatch, bar: OfferBar, folder: Path, context: AppContext) -> None:
    offer(watch, folder, "a.csv")
    hands.click(bar.later_button)
    assert not bar.isVisible()
    watch.start()
    watch.look()
    assert names(watch) == ["a.csv"]
    hands.click(bar.never_button)
    watch.start()
    watch.look()
    assert names(watch) == []
    shutil.copy2(folder / "a.csv", folder / "a (1).csv")
    watch.look()
    watch.look()
    assert names(watch) == []


def test_the_settings_switch_it_on_from_now_on(context: AppContext, window: QWidget, folder: Path, frozen_clock: FrozenClock) -> None:
    assert context.shop is not None
    dialog = SettingsDialog(window, context, lambda _choice: None, lambda: None)
    dialog.go_to("watch")
    dialog.open()
    assert not dialog.watch.button.isEnabled()
    hands.click(dialog.watch.box)
    dialog.watch.set_folder(folder)
    assert dialog.watch.shown.text() == str(folder)
    frozen_clock.advance(hours=1)
    told: list[None] = []
    context.watch_chosen.connect(lambda: told.append(None))
    hands.click(dialog.verb_button)
    kept = WatchSettings(context.shop.folder)
    assert (kept.on, kept.folder, kept.since, len(told)) == (True, folder, START + 3_600_000, 1)
    assert (context.shop.folder / "window.ini").is_file()
    kept.choose(True, folder, START + 9)
    assert kept.since == START + 3_600_000
    kept.choose(False, folder, START + 9)
    kept.choose(True, folder, START + 10)
    assert kept.since == START + 10


def test_the_window_offers_what_was_downloaded_while_it_runs(
    qapp: QApplication, prefs: Prefs, tmp_path: Path, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way with real threads, timers and the system's word that the folder changed."""
    monkeypatch.setattr(folder_watch, "SETTLE", 20)
    shop = tmp_path / "shop"
    WatchSettings(shop).choose(True, folder, 0)
    app = App(qapp, prefs, shop, pages=DEMO_PAGES)
    qtbot.addWidget(app.window)
    app.window.show()
    qtbot.waitUntil(lambda: bool(app.watch.watcher.directories()))
    put(folder, "ExportOrderList.csv")
    qtbot.waitUntil(lambda: bool(app.window.stack.findChildren(OfferBar, OFFER)), timeout=10_000)
    (bar,) = app.window.stack.findChildren(OfferBar, OFFER)
    assert bar.isVisible()
    assert "ExportOrderList.csv" in bar.words.text()
    app.choose_language("en")
    qtbot.addWidget(app.window)
    assert "was downloaded" in app.window.stack.findChildren(OfferBar, OFFER)[0].words.text()
    app.close()
    assert app.watch.offers == ()
