"""The one place that knows a printer. Pages come as the PDF that was previewed and go out as pictures at the printer's own dots, in their real size.

Tests put a fake in the place of SystemPrinter: nothing else in the window touches QtPrintSupport.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from services.errors import Environment

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from services.progress import Progress

MOST_DPI = 300
"""Sharper pages cost time and memory and look the same; a 203 dpi label printer gets its own 203."""
MM_AN_INCH = 25.4


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is to be printed: a PDF of `pages` sheets, each `width` × `height` mm."""

    title: str
    pdf: bytes
    pages: int
    width: float
    height: float


class Output(Protocol):
    """A printer that was chosen. `put` may run off the UI thread."""

    def put(self, job: PrintJob, progress: Progress) -> None:
        """Print every page; raises Environment("printer_refused") when the printer does not take it, Cancelled when stopped."""


class Printer(Protocol):
    """Lets a person choose where to print."""

    def choose(self, parent: QWidget, job: PrintJob, chosen: Callable[[Output], object]) -> None:
        """Open the choice; `chosen` is called with the output, or never when the person leaves."""


class SystemPrinter:
    """The printers of this computer, through the system's own dialog."""

    def choose(self, parent: QWidget, job: PrintJob, chosen: Callable[[Output], object]) -> None:
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(job.title)
        printer.setCreator("Zhanggui")
        size = QPageSize(QSizeF(job.width, job.height), QPageSize.Unit.Millimeter)
        printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(job.title)
        # All sheets or none: what is printed goes on record order by order.
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage, False)
        dialog.accepted.connect(lambda: chosen(SystemOutput(printer)))
        QDialog.open(dialog)


class SystemOutput:
    """Draws each page at its real size, from the top left of the sheet."""

    def __init__(self, printer: QPrinter) -> None:
        self._printer = printer

    def put(self, job: PrintJob, progress: Progress) -> None:
        from services.documents import render_page_png

        dots = self._printer.resolution()
        area = QRectF(0, 0, job.width / MM_AN_INCH * dots, job.height / MM_AN_INCH * dots)
        painter = QPainter()
        if not painter.begin(self._printer):
            raise Environment("printer_refused", printer=self._printer.printerName() or "?")
        try:
            for page in range(1, job.pages + 1):
                progress.step(page - 1, job.pages)
                if page > 1 and not self._printer.newPage():
                    raise Environment("printer_refused", printer=self._printer.printerName() or "?")
                picture = QImage.fromData(render_page_png(job.pdf, page, min(dots, MOST_DPI)))
                painter.drawImage(area, picture)
        except BaseException:
            self._printer.abort()
            raise
        finally:
            painter.end()
        progress.step(job.pages, job.pages)
