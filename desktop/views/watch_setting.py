"""The choice whether new export files of a folder are offered for import, and of which folder; a part of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.folder_watch import WatchSettings
from desktop.i18n import tr
from desktop.views.widgets.buttons import Button, CheckBox, LinkButton
from desktop.views.widgets.labels import Elided

if TYPE_CHECKING:
    from desktop.context import AppContext


class WatchSetting(QWidget):
    """`changed` when another choice stands here than is kept; `keep()` keeps it and tells the watch."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        shop = context.shop
        self.settings = WatchSettings(shop.folder) if shop is not None else None
        self.folder = self.settings.folder if self.settings is not None else Path()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.box = CheckBox(tr("Offer new export files of a folder for import"))
        self.box.setChecked(self.settings is not None and self.settings.on)
        self.box.clicked.connect(lambda _on: self._tell())
        column.addWidget(self.box)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(8)
        self.shown = Elided("", "text2")
        row.addWidget(self.shown, 1)
        self.button = Button(tr("Choose a folder…"), self._choose, icon="folder", height=28)
        row.addWidget(self.button)
        column.addLayout(row)
        maps = LinkButton(tr("Kept field maps…"), self._show_maps)
        column.addWidget(maps, 0, Qt.AlignmentFlag.AlignLeft)
        self._tell()

    def differs(self) -> bool:
        if self.settings is None:
            return False
        return self.box.isChecked() != self.settings.on or (self.box.isChecked() and self.folder != self.settings.folder)

    def keep(self) -> None:
        if self.settings is not None and self.differs():
            self.settings.choose(self.box.isChecked(), self.folder, self.context.now())
            self.context.watch_chosen.emit()

    def set_folder(self, folder: Path) -> None:
        self.folder = folder
        self._tell()

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Folder to watch"), str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.set_folder(Path(name)))
        dialog.open()

    def _show_maps(self) -> None:
        from desktop.views.maps_dialog import MapsDialog

        MapsDialog(self.window(), self.context).open()

    def _tell(self) -> None:
        on = self.box.isChecked()
        self.button.setEnabled(on)
        self.shown.setText(str(self.folder) if on else tr("Nothing is imported unasked: a notice asks first."))
        self.changed.emit()
