"""A child process of bench_window: a bare PySide6 window up to its first paint. Prints its CPU seconds. Usage: start_bare.py label|table

`label` holds two characters, `table` 40 rows of twelve columns of Chinese words, as the floor of the first measurements did.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTableWidget, QTableWidgetItem, QWidget


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, finish)


def finish() -> None:
    print(json.dumps({"cpu": time.process_time()}), flush=True)
    os._exit(0)


def content() -> QWidget:
    if sys.argv[1] == "label":
        return QLabel("掌柜")
    table = QTableWidget(40, 12)
    for row in range(40):
        for column in range(12):
            table.setItem(row, column, QTableWidgetItem(f"桂花乌龙 250g 罐装 {row}"))
    return table


application = QApplication([])
window = Window()
window.setCentralWidget(content())
window.resize(1440, 900)
window.show()
application.exec()
