"""The dialog before an import for the screenshots: a day's files with something of everything; it opens when they were looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTemporaryDir

from desktop.views.importer import Importer, import_files

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow


def picture(window: MainWindow) -> None:
    """A day's order list with a changed, a repeated and two rejected rows."""
    from services.demo.sample_export import write_sample_export

    folder = QTemporaryDir()
    import_files(window, window.context, [])
    importer = window.findChild(Importer)
    if importer is None:
        return
    importer.scratch = folder
    orders, lines = write_sample_export(Path(folder.path()), window.context.now(), window.context.zone)
    rows = orders.read_text("gb18030").splitlines()
    number = rows[5].split('"')[1].strip("=")
    rows += [rows[5].replace(number, "3.02145E+18"), rows[6].replace("等待卖家发货", "拼团中").replace(number[-4:], "7764"), rows[7]]
    orders.write_text("\r\n".join(rows) + "\r\n", "gb18030")
    importer.take([orders, lines])
