"""A child process of bench_window: our window up to its first paint (`paint`) or to its first painted orders (`orders`).

Prints the CPU seconds since the process began and the heavy modules loaded by then. Usage: start_ours.py paint|orders SHOP
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from desktop import app

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow
    from desktop.views.orders import OrdersPage

HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "numpy",
    "pyqtgraph",
    "lark",
    "pypdfium2",
    "xlsxwriter",
    "python_calamine",
    "typer",
    "jinja2",
    "babel",
)


def finish() -> None:
    print(json.dumps({"cpu": time.process_time(), "heavy": [name for name in HEAVY if name in sys.modules]}), flush=True)
    os._exit(0)


class WatchRows(QObject):
    """Ends the process once the page has been painted with rows in it."""

    def __init__(self, page: OrdersPage) -> None:
        super().__init__(page)
        self._page = page
        page.table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and next(self._page.model.rows_ready(), None) is not None:
            QTimer.singleShot(0, finish)
        return False


def watched_loop(application: QApplication, painted: SignalInstance) -> None:
    (found,) = (widget for widget in application.topLevelWidgets() if type(widget).__name__ == "MainWindow")
    window = cast("MainWindow", found)
    if sys.argv[1] == "paint":
        window.ready.disconnect()
        window.ready.connect(finish)
    else:
        window.stack.currentChanged.connect(lambda place: watch(window.stack.widget(place)))
    run_loop(application, painted)


def watch(page: QWidget | None) -> None:
    if page is not None and hasattr(page, "model"):
        WatchRows(cast("OrdersPage", page))


run_loop = app.run_loop
app.run_loop = watched_loop
app.main(["--shop", sys.argv[2]])
