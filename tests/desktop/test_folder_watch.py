"""New files of a folder: offered once they are whole, with three answers; imported only when somebody says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from services.imports import watching
from services.imports.sniff import Sniffed, sniff
from services.outcome import ChangeSet
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
    watch.start()
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


def test_what_comes_with_an_old_time_is_new_all_the_same(watch: FolderWatch, folder: Path) -> None:
    """Out of an archive, say. What lay there before the program started is not."""
    watch.look()
    put(folder, "out of an archive.csv", at=START - 86_400_000)
    watch.look()
    watch.look()
    assert names(watch) == ["out of an archive.csv"]


def test_what_is_no_export_is_read_once_for_all_starts(watch: FolderWatch, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "地址.csv").write_text("姓名,年龄\n张三,3\n", "utf-8")
    put(folder, "a.csv")
    for _look in range(3):
        watch.look()
    assert names(watch) == ["a.csv"]
    opened: list[str] = []

    def sniffed(path: Path) -> Sniffed:
        opened.append(path.name)
        return sniff(path)

    monkeypatch.setattr(watching, "sniff", sniffed)
    watch.start()
    watch.look()
    watch.look()
    assert opened == ["a.csv"]
    # A map that is kept may tell otherwise of it.
    watch._context.changes.publish(ChangeSet({"import_map": frozenset({1})}))
    watch.start()
    watch.look()
    assert sorted(opened) == ["a.csv", "a.csv", "地址.csv"]


def test_many_files_are_read_a_few_at_a_time_the_newest_first(watch: FolderWatch, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    whole = watching.judge

    def judge(stamps: tuple[watching.Stamp, ...], *more: Any) -> watching.Judged:
        asked.append(len(stamps))
        return whole(stamps, *more)

    monkeypatch.setattr(watching, "judge", judge)
    for place in range(10):
        put(folder, f"{place}.csv", f"501616551714804{place:04d}", START + 1_000 + place)
    watch.look()
    watch.look()
    assert asked == [4, 4, 2]
    assert names(watch) == [f"{place}.csv" for place in range(9, -1, -1)]


def test_a_fortnight_old_is_no_news_at_the_start(watch: FolderWatch, folder: Path, frozen_clock: FrozenClock) -> None:
    put(folder, "old.csv")
    frozen_clock.advance(days=15)
    watch.start()
    watch.look()
    watch.look()
    assert names(watch) == []


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
    assert names(watch) == []
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
    assert bar.words.text() == "新文件 ExportOrderList…1122.csv，要导入吗？"
    assert bar.more.text() == "淘宝订单报表·下载"
    with qtbot.waitSignal(watch._context.import_requested) as asked:
        hands.click(bar.import_button)
    assert asked.args == [[folder / "ExportOrderList20261122.csv"]]
    assert not bar.isVisible()
    watch.look()
    assert not bar.isVisible()


def test_several_files_are_offered_together(watch: FolderWatch, bar: OfferBar, folder: Path, english: None) -> None:
    offer(watch, folder, "a.csv", "b.csv", "c.csv", "d.csv")
    assert bar.words.text() == "4 new export files. Import them?"
    assert bar.more.text() == "Taobao order list ×4 · 下载"
    assert bar.toolTip().splitlines() == [str(folder / name) for name in ("a.csv", "b.csv", "c.csv", "d.csv")]


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
    assert "Import it?" in app.window.stack.findChildren(OfferBar, OFFER)[0].words.text()
    app.close()
    assert app.watch.offers == ()
