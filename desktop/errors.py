"""What went wrong, told to the person: DeskErrors in words, everything else as a crash with a report file. Nothing is swallowed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.i18n import language, tr
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.errors import Cancelled, DeskError


def error_words(error: Exception) -> str:
    """The sentence for an exception: what happened and what to do. A bug is said as such; its report belongs in `show_error`."""
    if isinstance(error, DeskError):
        from services.words import say

        return say(error.code, language(), **error.facts)
    return tr("Something went wrong that should not: {what}", what=f"{type(error).__name__}: {error}"[:200])


class ErrorDialog(DialogBase):
    """A DeskError in words. Nothing was changed unless the words say so."""

    def __init__(self, parent: QWidget, error: DeskError) -> None:
        titles = {
            "refused": tr("That can't be done"),
            "bad_input": tr("That can't be understood"),
            "conflict": tr("It was changed meanwhile"),
            "not_found": tr("It isn't there"),
            "environment": tr("The computer did not allow it"),
        }
        super().__init__(parent, titles.get(error.kind, tr("That did not work")), width=480)
        self.column.addWidget(Label(error_words(error), "body2", wrap=True, copy=True))


class CrashDialog(DialogBase):
    """A bug: says so, where the report lies, and lets the details be copied."""

    def __init__(self, parent: QWidget, error: BaseException, report: Path) -> None:
        super().__init__(parent, tr("Something went wrong that should not"), tr("Your data are as they were before this step."), width=640)
        self._text = report.read_text(encoding="utf-8")
        self.column.addWidget(
            Label(tr("A report was written to {path}. It helps to mend the program.", path=str(report)), "body2", wrap=True, copy=True)
        )
        details = QPlainTextEdit(self._text)
        details.setReadOnly(True)
        details.setFixedHeight(200)
        details.setAccessibleName(tr("Details"))
        self.column.addWidget(details)
        self.extra.addWidget(Button(tr("Open folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.parent))), height=34))
        self.extra.addWidget(Button(tr("Copy details"), lambda: QGuiApplication.clipboard().setText(self._text), icon="copy", height=34))


def show_error(parent: QWidget, error: BaseException, logs: Path) -> DialogBase | None:
    """Open the dialog that fits; None when there is nothing to say (the user cancelled)."""
    if isinstance(error, Cancelled):
        return None
    dialog: DialogBase
    if isinstance(error, DeskError):
        dialog = ErrorDialog(parent, error)
    else:
        from services.crash import write_report

        dialog = CrashDialog(parent, error, write_report(error, logs, f"window, Qt {qVersion()}, {language()}"))
    dialog.open()
    return dialog
