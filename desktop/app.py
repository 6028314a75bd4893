"""The composition root of the window: application, preferences, runner with its Desk, context, main window, event loop."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, SignalInstance
from PySide6.QtWidgets import QApplication

from desktop import i18n, icons
from desktop.context import AppContext
from desktop.decisions import Decisions
from desktop.effects import perform_effects
from desktop.folder_watch import FolderWatch
from desktop.i18n import tr
from desktop.lock import Lock
from desktop.prefs import Prefs, default_prefs_path
from desktop.rail_counts import RailCounts
from desktop.rail_groups import RailGroups
from desktop.runner import Runner
from desktop.shops import demo_shop, first_shop, is_demo, open_desk
from desktop.theme import themes
from desktop.upkeep import Upkeep
from desktop.views import PAGES, PageEntry
from desktop.views.main_window import MainWindow

if TYPE_CHECKING:
    from services.clock import Clock
    from services.params import Shop

OFFER = "offer"
"""The notice of new files, by its name among the window's parts."""


class App(QObject):
    """Owns what lives as long as the program; makes the window anew for another language, and everything for another shop."""

    def __init__(
        self, application: QApplication, prefs: Prefs, folder: Path, clock: Clock | None = None, pages: Sequence[PageEntry] = PAGES
    ) -> None:
        super().__init__(application)
        self.pages = pages
        self.application, self.prefs, self.clock = application, prefs, clock
        self.folder = folder
        language = i18n.install(prefs.language)
        themes().install(
            "dark" if prefs.theme == "dark" else "light" if prefs.theme == "light" else "system",
            "compact" if prefs.density == "compact" else "normal",
            language,
        )
        application.setApplicationDisplayName(tr("Zhanggui"))
        application.setWindowIcon(icons.app_icon())
        self.runner: Runner | None = None
        self._open(folder)

    def _open(self, folder: Path) -> None:
        if self.runner is not None:
            self.close()
        self.folder = folder
        self.runner = Runner(partial(open_desk, folder), self)
        self.context = AppContext(self.runner, self.prefs, self.clock, self)
        self.upkeep = Upkeep(self.runner, self.context.changes, self.context)
        self.watch = FolderWatch(self.context, self.context)
        self.lock = Lock(self.context, lambda: self.window, self._for_another, self.context)
        self.runner.opened.connect(self._opened)
        self.runner.effects.connect(partial(perform_effects, self.context))
        self.window = self._make_window()
        self.window.ready.connect(self._begin)
        self.watch.offered.connect(self._offer_files)

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.context, self.pages)
        window.language_chosen.connect(self.choose_language)
        window.shop_chosen.connect(self.choose_shop)
        window.lock_asked.connect(self.lock.lock)
        RailCounts(self.context, window)
        RailGroups(self.context, window)
        Decisions(self.context, window)
        return window

    def _offer_files(self) -> None:
        """The notice of new files comes with the first of them: the first paint does not pay for it."""
        if self.watch.offers and not self.window.stack.findChildren(QObject, OFFER):
            from desktop.views.widgets.offer import OfferBar

            OfferBar(self.watch, self.window.stack).setObjectName(OFFER)

    def _begin(self) -> None:
        if self.runner is not None:
            self.runner.open()
        self.window.start()

    def _opened(self, shop: Shop) -> None:
        self.context.shop = shop
        self.prefs.set_text("shop", str(shop.folder))
        if not is_demo(shop.folder):
            self.prefs.set_text("own_shop", str(shop.folder))
        self.watch.start()

    def show_bug(self, error: BaseException) -> None:
        """Show the crash dialog over the window of the moment."""
        self.window.show_error(error)

    def _for_another(self) -> None:
        """Somebody else signed in: nothing of what the window before held is theirs to see."""
        old = self.window
        self.window = self._make_window()
        self.window.setGeometry(old.geometry())
        self.window.take_over(old.current)
        self.window.show()
        self._offer_files()
        old.retire()

    def choose_language(self, choice: str) -> None:
        """Remember it, and build the window anew in it."""
        self.prefs.set_text("language", choice)
        themes().set_language(i18n.install(choice))
        self.application.setApplicationDisplayName(tr("Zhanggui"))
        old = self.window
        self.window = self._make_window()
        self.window.setGeometry(old.geometry())
        if self.context.shop is not None:
            shown = old.pages.get(old.current)
            self.window.take_over(old.current, shown.place() if shown is not None else None)
        else:
            self.window.ready.connect(self.window.start)
        if old.isVisible():
            self.window.show()
        self._offer_files()
        old.retire()

    def choose_shop(self, folder: Path) -> None:
        """Close this shop and open another; while work is under way the user is told to wait for it."""
        busy = self.runner.busy if self.runner is not None else []
        if busy:
            self.context.notify(tr("“{work}” is still running; open the other shop when it is done.", work=busy[0].title), "warn")
            return
        old = self.window
        self._open(folder)
        self.window.setGeometry(old.geometry())
        self.window.show()
        old.retire()

    def close(self) -> None:
        """Close the Desk; a running change ends or rolls back."""
        if self.runner is not None:
            self.lock.stop()
            self.upkeep.stop()
            self.watch.stop()
            self.runner.close()


def catch_bugs(show: Callable[[BaseException], object]) -> None:
    """Send exceptions that escape from slots to `show`; the console keeps its copy."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            show(error)

    sys.excepthook = hook


def make_application() -> QApplication:
    """The QApplication with the names that settings and desktops know it by."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("zhanggui")
    application.setDesktopFileName("zhanggui")
    return application


def main(arguments: Sequence[str]) -> int:
    """Open the window, or with `screenshots --out DIR` write pictures of every page; answers the exit status.

    `--shop DIR` is the shop's folder, by default the one of last time; `--demo` begins with the demo shop at the very first start.
    Pictures are taken of the demo shop unless another is named.
    """
    import argparse

    parser = argparse.ArgumentParser(prog="zhanggui", add_help=True)
    parser.add_argument("--shop", type=Path)
    parser.add_argument("--demo", action="store_true")
    commands = parser.add_subparsers(dest="command")
    pictures = commands.add_parser("screenshots")
    pictures.add_argument("--out", type=Path, required=True)
    pictures.add_argument("--shop", type=Path, dest="shop_after")
    pictures.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    folder = given.shop or getattr(given, "shop_after", None)
    if given.command == "screenshots":
        from desktop.pictures import take_pictures

        return take_pictures(folder or demo_shop(), given.out, given.json)
    application = make_application()
    prefs = Prefs(default_prefs_path())
    app = App(application, prefs, folder or first_shop(prefs, given.demo))
    catch_bugs(app.show_bug)
    app.window.show()
    run_loop(application, app.window.ready)
    app.close()
    return 0


def run_loop(application: QApplication, painted: SignalInstance) -> None:
    """Run Qt's and asyncio's events in one loop until the last window is closed.

    Up to the first paint it is Qt's alone: to load asyncio before it would make it a sixth later.
    """
    gone: list[bool] = []
    application.lastWindowClosed.connect(lambda: gone.append(True))
    first_loop = QEventLoop()
    painted.connect(first_loop.quit)
    application.lastWindowClosed.connect(first_loop.quit)
    first_loop.exec()
    if gone:
        return
    import qasync

    loop = qasync.QEventLoop(application)
    with loop:
        loop.run_forever()
