"""The recovery code as it is shown the only time: large, to be copied or printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import language, tr
from desktop.theme import font
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import TaskProgress
    from services.desk import Desk


class RecoveryCode(QWidget):
    """`handled` is True once it was copied or written: a dialog may ask before it is closed."""

    def __init__(self, context: AppContext, name: str, code: str) -> None:
        super().__init__()
        self.context, self._name, self.code = context, name, code
        self.handled = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        words = tr(
            "This code is shown only now. Whoever forgets the owner's PIN opens the shop with it: print it and keep it away from here."
        )
        column.addWidget(Band("warn", words))
        self.label = Label(code, "figure", copy=True)
        self.label.setFont(font(20, bold=True))
        self.label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.label.setAccessibleName(tr("Recovery code"))
        column.addWidget(self.label)
        row = QHBoxLayout()
        row.addStretch()
        self.copy_button = Button(tr("Copy"), self._copy, icon="copy")
        self.print_button = Button(tr("Print to PDF…"), self._choose, icon="print")
        row.addWidget(self.copy_button)
        row.addWidget(self.print_button)
        row.addStretch()
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)
        self.handled = True

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Print the recovery code"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilters(["PDF (*.pdf)"])
        dialog.selectFile(tr("Recovery code") + ".pdf")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()

    def write(self, path: Path) -> None:
        """One small sheet; made off the window's thread."""
        shop = self.context.shop.name if self.context.shop is not None else ""
        name, code, lang, now, zone = self._name, self.code, language(), self.context.now(), self.context.zone

        def made(_desk: Desk, _progress: TaskProgress) -> None:
            from services.documents.recovery_sheet import write_recovery_sheet

            write_recovery_sheet(path, shop, name, code, now, zone, lang)

        self.context.runner.job(made, title=tr("Writing the sheet")).then(self._written)

    def _written(self, _nothing: object) -> None:
        self.handled = True
        self.print_button.setText(tr("Written"))
