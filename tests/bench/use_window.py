"""A child process of bench_use: our window over a big shop, used as a person uses it; prints what kept the UI thread and what memory it took.

Usage: use_window.py slots SHOP | memory SHOP REFRESHES | bare
The shop is written to (a memo): give it a copy. Memory is in anonymous pages, in bytes: pages of the file that SQLite maps are the system's.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView, QWidget

from desktop import app as composition
from desktop.prefs import Prefs
from tests.bench.slots import ProbedApplication, Slots, rest_for

if TYPE_CHECKING:
    from desktop.models.paged_table import PagedTable
    from desktop.views.orders import OrdersPage
    from desktop.views.widgets.table import TableView

CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = ("桂花乌龙", "福袋", "鹃", "王", "3721", "tb12", "memo:发票", "status:completed 省:浙江")


def anonymous() -> int:
    """Bytes of this process that belong to no file."""
    gc.collect()
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("RssAnon")


class Use:
    """The window and what is done to it."""

    def __init__(self, shop: Path) -> None:
        self.application = ProbedApplication(sys.argv[:1])
        prefs = Prefs(Path(os.environ["XDG_CONFIG_HOME"]) / "zhanggui" / "window.ini")
        for key, value in (("language", "zh"), ("theme", "light"), ("window/page", "orders")):
            prefs.set_text(key, value)
        self.app = composition.App(self.application, prefs, shop)
        self.found: list[Slots] = []
        self.do("open the window, first orders", self.app.window.show, lambda: self.ready)
        self.do("all counts and ids", None, self.still)

    @property
    def page(self) -> OrdersPage:
        return cast("OrdersPage", self.app.window.pages["orders"])

    @property
    def model(self) -> PagedTable:
        return self.page.model

    @property
    def table(self) -> TableView:
        return self.page.table

    @property
    def ready(self) -> bool:
        return "orders" in self.app.window.pages and next(self.model.rows_ready(), None) is not None

    def still(self) -> bool:
        """Nothing is under way and what is on the screen is read."""
        runner = self.app.runner
        return runner is not None and runner.idle and not self.model._fetch.isActive() and not self.page.bar._rest.isActive()

    def do(self, name: str, deed: Callable[[], object] | None, until: Callable[[], bool] | None = None) -> Slots:
        done = self.application.stretch(name, deed, until or self.still)
        self.found.append(done)
        return done

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.table, key, keys)

    def type(self, words: str) -> None:
        field = self.page.bar.field
        field.setFocus()
        for place, letter in enumerate(words):
            self.do(f"type {words[: place + 1]}", lambda letter=letter: _send(field, letter))  # type: ignore[misc]
        self.do(f"clear {words}", self.page.bar.clear)

    def change_one(self) -> None:
        """A memo on the current order, as the dialog sends it."""
        from services.commands.edits import EditOrders

        runner = self.app.runner
        assert runner is not None
        row: Any = self.model.row_at(0)
        runner.change(EditOrders((row.id,), {"seller_memo": "加急"}, {row.id: row.version}))

    def published(self, ids: frozenset[int]) -> None:
        runner = self.app.runner
        assert runner is not None
        runner.changed.emit({"orders": ids})

    def close(self) -> None:
        self.app.window.close()
        self.app.close()


def _send(field: QWidget, letter: str) -> None:
    """QTest knows no Han."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def slots(shop: Path) -> dict[str, Any]:
    use = Use(shop)
    end = use.table.verticalScrollBar
    use.do("the tab of all", lambda: use.page.tabs.choose("all"))
    use.do("scroll to the end", lambda: end().setValue(end().maximum()))
    for part in (9, 5, 1):
        use.do(f"scroll to {part * 10} %", lambda part=part: end().setValue(end().maximum() * part // 10))  # type: ignore[misc]
    use.do("End", lambda: use.key(Qt.Key.Key_End, CTRL))
    use.do("choose the last", lambda: use.key(Qt.Key.Key_X))
    use.do("a change elsewhere, one chosen", lambda: use.published(frozenset((use.model.id_at(5),))))
    use.do("Home", lambda: use.key(Qt.Key.Key_Home, CTRL))
    use.do("choose 500,000 by Shift", lambda: use.table._choose_to(use.model.rowCount() // 2))
    use.do("a change elsewhere, many chosen", lambda: use.published(frozenset((use.model.id_at(5),))))
    use.do("choose everything", lambda: use.key(Qt.Key.Key_A, CTRL))
    use.do("take one out", lambda: use.key(Qt.Key.Key_X))
    use.do("copy", lambda: use.key(Qt.Key.Key_C, CTRL))
    use.do("choose nothing", lambda: use.key(Qt.Key.Key_Escape))
    for place, column in enumerate(use.model.columns):
        if column.sort:
            use.do(f"sort by {column.key}", lambda place=place: use.table._head_clicked(place))  # type: ignore[misc]
    use.do("sort by time", lambda: use.page.model.show(sort=type(use.model.sorted_by)("created_at", True)))
    for tab in use.page.tabs.keys:
        use.do(f"the tab {tab}", lambda tab=tab: use.page.tabs.choose(tab))  # type: ignore[misc]
    use.do("the tab of all", lambda: use.page.tabs.choose("all"))
    for words in WORDS:
        use.type(words)
    use.do("everything refreshed", use.app.window._refresh)
    use.do("a memo", use.change_one)
    for key in use.app.window.entries:
        use.do(f"the page {key}", lambda key=key: use.app.window.show_page(key))  # type: ignore[misc]
    use.do("back to the orders", lambda: use.app.window.show_page("orders"))
    found = [
        {"name": one.name, "longest": one.longest, "what": one.what, "over": one.over, "total": one.total, "events": one.events}
        for one in use.found
    ]
    use.close()
    return {"slots": found, "memory": anonymous()}


def memory(shop: Path, refreshes: int) -> dict[str, Any]:
    use = Use(shop)
    found = {"first orders": anonymous()}
    use.do("all", lambda: use.page.tabs.choose("all"))
    found["all ids"] = anonymous()
    end = use.table.verticalScrollBar
    for part in range(101):
        use.do("scroll", lambda part=part: end().setValue(end().maximum() * part // 100))  # type: ignore[misc]
    found["scrolled through"] = anonymous()
    for words in WORDS:
        use.type(words)
    found["searched"] = anonymous()
    use.do("everything", lambda: use.key(Qt.Key.Key_A, CTRL))
    use.do("nothing", lambda: use.key(Qt.Key.Key_Escape))
    found["all chosen and not"] = anonymous()
    shown = frozenset(use.model.id_at(row) for row in range(20))
    for step in range(10):
        for _ in range(refreshes // 10):
            use.published(shown)
            while not use.still():
                rest_for(1)
        found[f"after {(step + 1) * refreshes // 10} refreshes"] = anonymous()
        print(step, anonymous(), file=sys.stderr, flush=True)  # for who waits
    use.close()
    return found


def bare() -> dict[str, Any]:
    """A window with the floor's table, and nothing else."""
    _application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(table := QTableView())
    table.setModel(QStandardItemModel(40, 12, table))
    window.resize(1440, 900)
    window.show()
    rest_for(300)
    return {"bare": anonymous()}


def main() -> None:
    what, *given = sys.argv[1:]
    answer = {
        "slots": lambda: slots(Path(given[0])),
        "memory": lambda: memory(Path(given[0]), int(given[1])),
        "bare": bare,
    }[what]()
    print(json.dumps(answer, ensure_ascii=False), flush=True)
    os._exit(0)


main()
