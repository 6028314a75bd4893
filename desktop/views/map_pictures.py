"""Somebody else's table for the screenshots: unknown at first, its columns being matched, read by its map, and the maps that are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTemporaryDir
from PySide6.QtWidgets import QWidget

from desktop.i18n import language
from desktop.views.importer import Importer, import_files
from desktop.views.map_dialog import MapDialog
from desktop.views.maps_dialog import MapsDialog

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from desktop.views.main_window import MainWindow

_HEADINGS = {
    "zh": "单据编号,客户名,联系人,联系方式,送货地址,货品名称,规格,件数,单价(元),应收,下单日期,处理进度,经手人,备注",
    "en": "Invoice No,Customer,Contact,Mobile,Address,Product,Options,Qty,Unit price,Row total,Order date,Progress,Clerk,Remark",
}
_GOODS = {"zh": ("手作粗陶马克杯 带盖", "茶盘 竹制"), "en": ("Stoneware mug with lid", "Bamboo tea tray")}
_STATES = {
    "zh": (("已完结", "completed"), ("配货中", "awaiting_shipment"), ("已发货", "shipped"), ("退货中", "")),
    "en": (("done", "completed"), ("picking", "awaiting_shipment"), ("on its way", "shipped"), ("coming back", "")),
}


def sample(folder: Path) -> Path:
    """A month of an old system, in the window's language."""
    said = language()
    rows = [_HEADINGS[said]]
    for place in range(80):
        price, units = 41.3 + place, 1 + place % 3
        note = ("周三前发" if said == "zh" else "before Wednesday") if place % 5 == 0 else ""
        rows.append(
            f"XS2026{place // 2:06d},{'青柠不加糖' if place % 4 else '小满'},林小青,1681234{place:04d},浙江省杭州市西湖区文一路{place}号3幢402室,"
            f"{_GOODS[said][place % 2]},米白 350ml,{units},{price:.2f},{price * units:.2f},2026/11/{1 + place % 28:02d} 09:{place % 60:02d},"
            f"{_STATES[said][place // 2 % 4][0]},阿岚,{note}"
        )
    path = folder / ("老系统订单_20261122.csv" if said == "zh" else "old system orders 20261122.csv")
    path.write_text("\r\n".join(rows) + "\r\n", "gb18030")
    return path


def _importer(window: MainWindow) -> Importer | None:
    import_files(window, window.context, [])
    return window.findChild(Importer)


def picture_of_unknown(window: MainWindow) -> None:
    """The dialog before an import with a file that nobody knows; it opens when it was looked at."""
    importer = _importer(window)
    if importer is not None:
        importer.scratch = QTemporaryDir()
        importer.take([sample(Path(importer.scratch.path()))])


def picture_of_map(window: MainWindow) -> QWidget | None:
    """The columns being matched; one word of their states is not known yet."""
    importer = _importer(window)
    if importer is None:
        return None
    importer.scratch = QTemporaryDir()
    dialog = MapDialog(window, window.context, sample(Path(importer.scratch.path())), _nothing)
    dialog.draft.choose("status", _HEADINGS[language()].split(",")[11])
    dialog.draft.fields["status"].values = {word: state for word, state in _STATES[language()] if state}
    dialog.tree.go_to("status")
    dialog.source.changed.emit()
    dialog.open()
    return dialog


def picture_of_maps(window: MainWindow) -> QWidget:
    """What is kept; two maps are kept for it, for other headings than those of the sample."""
    from services.commands.import_maps import SaveImportMap

    zh = language() == "zh"
    heads = tuple(_HEADINGS[language()].split(","))[:-1]
    parcel = ("客户单号", "面单", "结算重量") if zh else ("Reference", "Waybill no", "Billed weight")
    told = {"number": parcel[0], "tracking": parcel[1], "options": {"kind": "tracking"}}
    for command in (
        SaveImportMap("老系统订单" if zh else "Old system", heads, {"number": heads[0], "line.title": heads[5], "line.price": heads[8]}),
        SaveImportMap("快递网点对账" if zh else "Carrier's station", parcel, told),
    ):
        window.context.runner.change(command)
    dialog = MapsDialog(window, window.context)
    dialog.open()
    return dialog


def _nothing(_path: Path, _told: Mapping[str, Any], _kept: bool) -> None:
    """A picture's map is used for nothing."""
