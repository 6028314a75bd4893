"""The dialog before an import for the screenshots: a day's files with something of everything; it opens when they were looked at."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTemporaryDir, QTimer

from desktop import formats
from desktop.views.importer import Importer, import_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.views.import_dialog import ImportDialog
    from desktop.views.main_window import MainWindow
    from services.desk import Desk

_OPEN = 60
"""Milliseconds until the rows of the open list are painted."""


def _files(folder: Path, now: int, zone: str, desk: Desk, _progress: Any) -> list[Path]:
    """A day's order list: new orders, some of the shop's own that went on, one that was edited here, and rows that can't come in."""
    from services.demo.sample_export import write_sample_export
    from services.queries.order_rows import OrderIds, OrderRows

    orders, lines = write_sample_export(folder, now, zone)
    rows = list(csv.reader(io.StringIO(orders.read_text("gb18030"))))
    heads = [one.strip() for one in rows[0]]
    place = {name: heads.index(name) for name in ("订单编号", "订单状态")}
    for turn, one in enumerate(desk.read(OrderRows(tuple(desk.read(OrderIds("status:awaiting_shipment", "created"))[:8])))):
        told = {
            "订单编号": f'="{one.number}"',
            "订单状态": "卖家已发货，等待买家确认",
            "买家会员名": one.buyer_nick,
            "收货人姓名": one.recipient,
            "物流单号": f"7733{one.created_at % 10**10:010d}",
            "物流公司": "中通快递",
            "发货时间": f"{formats.to_local(now, zone):%Y-%m-%d %H:%M:%S}",
            "订单备注": "" if turn % 3 else "送手写贺卡",
        }
        rows.append([told.get(name, "") for name in heads])
    lost, odd = list(rows[5]), list(rows[6])
    lost[place["订单编号"]] = "3.02145E+18"
    odd[place["订单状态"]] = "拼团中"
    odd[place["订单编号"]] = odd[place["订单编号"]].replace(odd[place["订单编号"]][-5:-1], "7764")
    rows += [lost, odd, list(rows[7])]
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    orders.write_text(text.getvalue(), "gb18030", newline="")
    return [orders, lines]


def _open(window: MainWindow, then: Callable[[ImportDialog], object] | None = None) -> None:
    import_files(window, window.context, [])
    importer = window.findChild(Importer)
    if importer is None:
        return
    importer.scratch = QTemporaryDir()
    if then is not None:
        importer.asked.connect(lambda dialog: QTimer.singleShot(_OPEN, partial(then, dialog)))
    context = window.context
    work = partial(_files, Path(importer.scratch.path()), context.now(), context.zone)
    context.runner.job(work, "").then(importer.take)


def picture(window: MainWindow) -> None:
    """Two files at once, the list of what needs a person open."""
    _open(window)


def picture_of_changes(window: MainWindow) -> None:
    """What changes on orders that are here, one of them looked at closely."""

    def closely(dialog: ImportDialog, _count: int) -> None:
        if dialog.table is not None and dialog.list.sheet is None:
            dialog.table.go_to(dialog.model.id_at(0))
            dialog.list.open(dialog.model.id_at(0))

    def then(dialog: ImportDialog) -> None:
        dialog.show_part("updated")
        dialog.model.loaded.connect(partial(closely, dialog))

    _open(window, then)


def picture_of_reading(window: MainWindow) -> None:
    """The form that overrules how a file was read."""
    from desktop.views.reading_dialog import ReadingDialog

    import_files(window, window.context, [])
    importer = window.findChild(Importer)
    if importer is None:
        return
    importer.scratch = QTemporaryDir()
    context = window.context
    work = partial(_files, Path(importer.scratch.path()), context.now(), context.zone)
    context.runner.job(work, "").then(lambda paths: ReadingDialog(window, context, paths[0], {}, lambda _path, _options: None).open())
