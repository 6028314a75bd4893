"""Pictures of every page and dialog in both languages and themes: for the README, and to be looked at."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import product
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.app import App, make_application, run_loop
from desktop.prefs import Prefs
from desktop.theme import themes
from desktop.views import PAGES, PICTURES, PageEntry
from desktop.views.widgets.dialog import DialogBase

SIZE = QSize(1440, 900)
TICK, STILL, PATIENCE = 40, 3, 500
"""Milliseconds between looks; looks without work under way before the picture is taken; looks before a page is given up."""


class _Walk(QObject):
    """Goes through languages, themes, pages and what each page offers, one step whenever nothing is under way."""

    def __init__(self, app: App, out: Path, more: Sequence[tuple[str, str]]) -> None:
        super().__init__(app)
        self._more = more
        self._app, self._out = app, out
        self.files: list[str] = []
        self.trouble: list[str] = []
        self._still, self._looks = 0, 0
        self._steps = self._walk()
        self._shoot: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._looks += 1
        runner = self._app.runner
        calm = runner is not None and runner.idle and self._app.context.shop is not None
        self._still = self._still + 1 if calm else 0
        if self._looks > PATIENCE:
            self.trouble.append("nothing came to rest")
            self._app.application.quit()
        if self._still < STILL:
            return
        self._still = self._looks = 0
        if self._shoot is not None:
            shoot, self._shoot = self._shoot, None
            shoot()
            return
        try:
            self._shoot = next(self._steps)
        except StopIteration:
            self._timer.stop()
            self._app.application.quit()

    def _walk(self) -> Iterator[Callable[[], None]]:
        for language, colours in product(("zh", "en"), ("light", "dark")):
            self._app.choose_language(language)
            themes().choose("dark" if colours == "dark" else "light")
            window = self._app.window
            window.resize(SIZE)
            for key in window.entries:
                page = window.show_page(key)
                yield partial(self._save, f"{language}-{colours}-{key}", window, None)
                for part, prepare in page.pictures():
                    dialog = prepare()
                    yield partial(self._save, f"{language}-{colours}-{key}-{part}", window, dialog)
            for name, place in self._more:
                module, function = place.split(":")
                dialog = getattr(import_module(module), function)(window)
                yield partial(self._save, f"{language}-{colours}-{name}", window, dialog)

    def _save(self, name: str, window: QWidget, dialog: QWidget | None) -> None:
        if dialog is None:  # it may have opened by itself, when work was done
            dialog = next((one for one in window.findChildren(DialogBase) if one.isVisible()), None)
        picture = compose(window, dialog)
        path = self._out / f"{name}.png"
        if not picture.save(str(path)):
            self.trouble.append(str(path))
        self.files.append(str(path))
        if dialog is not None:
            dialog.close()


def compose(window: QWidget, dialog: QWidget | None = None) -> QPixmap:
    """The window as a picture, with the dialog in its place over it; what is no window of its own is in the picture already."""
    picture = window.grab()
    if dialog is not None and dialog.isWindow():
        painter = QPainter(picture)
        middle = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
        over = dialog.grab()
        painter.drawPixmap(middle, over)
        painter.end()
    return picture


def take_pictures(folder: Path, out: Path, as_json: bool, pages: Sequence[PageEntry] = PAGES) -> int:
    """Write the pictures into `out`, named language-theme-page[-part].png; 0 if every one was written."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        application = make_application()
        app = App(application, Prefs(Path(scratch) / "window.ini"), folder, pages=pages)
        app.window.resize(SIZE)
        app.window.show()
        walk = _Walk(app, out, PICTURES if pages is PAGES else ())
        run_loop(application, app.window.ready)
        app.close()
    if as_json:
        sys.stdout.write(
            json.dumps({"ok": not walk.trouble, "folder": str(out), "files": walk.files, "trouble": walk.trouble}, ensure_ascii=False)
            + "\n"
        )
    return 1 if walk.trouble or not walk.files else 0
