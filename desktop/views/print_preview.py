"""A page of a document as it will be on paper, and the steps between pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop import icons
from desktop.i18n import tr
from desktop.theme import CARD_RADIUS, colour, font, theme
from desktop.views.widgets.buttons import QuietButton
from desktop.views.widgets.labels import Label

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.desk import Desk

MARGIN_PX = 20
ENLARGED = 2
MM_AN_INCH = 25.4


class Paper(QWidget):
    """The sheet itself, as large as its place allows, on a quiet ground. Left and right (Page Up, Page Down) turn the page."""

    turned = Signal(int)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Preview"))
        self._picture: QPixmap | None = None
        self._millimetres = (148.0, 210.0)
        self.words = ""

    def sizeHint(self) -> QSize:
        return QSize(480, 560)

    def set_sheet(self, width: float, height: float) -> None:
        self._millimetres = (width, height)
        self._picture = None
        self.update()

    def set_picture(self, picture: QPixmap | None, words: str = "") -> None:
        """Show a page, or words where there is none."""
        self._picture, self.words = picture, words
        self.setAccessibleDescription(words)
        self.update()

    @property
    def picture(self) -> QPixmap | None:
        return self._picture

    def area(self) -> QRect:
        """Where the sheet lies, in logical px."""
        room = self.size() - QSize(2 * MARGIN_PX, 2 * MARGIN_PX)
        wide, high = self._millimetres
        scale = max(0.1, min(room.width() / wide, room.height() / high))
        size = QSize(round(wide * scale), round(high * scale))
        return QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, size.width(), size.height())

    def dpi(self) -> float:
        """Dots an inch that fill the sheet's place on this screen."""
        return self.area().width() * icons.ratio() / self._millimetres[0] * MM_AN_INCH

    def resizeEvent(self, _event: object) -> None:
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            int(Qt.Key.Key_Right): 1,
            int(Qt.Key.Key_PageDown): 1,
            int(Qt.Key.Key_Left): -1,
            int(Qt.Key.Key_PageUp): -1,
        }.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.raised))
        painter.drawRoundedRect(self.rect(), CARD_RADIUS, CARD_RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colour(t.accent))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), CARD_RADIUS, CARD_RADIUS)
        area = self.area()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._picture is None and self.words:
            painter.setFont(font())
            painter.setPen(colour(t.muted))
            painter.drawText(
                self.rect().adjusted(32, 0, -32, 0), int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.words
            )
            return
        # Paper is white in the dark as well.
        painter.fillRect(area, colour("#FFFFFF"))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(area, self._picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colour(t.line2))
        painter.drawRect(area.adjusted(-1, -1, 0, 0))


class Preview(QWidget):
    """Paper with `page 3 of 12` and two arrows below it. Pages are drawn off the UI thread, when they are looked at."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._pdf = b""
        self._task: Task | None = None
        self.page, self.pages = 1, 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.paper = Paper()
        self.paper.turned.connect(self.turn)
        self.paper.resized.connect(self._draw)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.paper)
        column.addWidget(self._scroll, 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch()
        self.back = QuietButton(icon="chevron-left", name=tr("Page before"), run=lambda: self.turn(-1))
        self.forth = QuietButton(icon="chevron-right", name=tr("Next page"), run=lambda: self.turn(1))
        self.place = Label("", "label")
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.setMinimumWidth(96)
        row.addWidget(self.back)
        row.addWidget(self.place)
        row.addWidget(self.forth)
        row.addStretch()
        self.larger = QuietButton(tr("Enlarge"), self.zoom, icon="search")
        row.addWidget(self.larger)
        column.addLayout(row)
        self._tell()

    def show_words(self, words: str) -> None:
        """No document: say why."""
        self._pdf, self.page, self.pages = b"", 1, 0
        if self._task is not None:
            self._task.cancel()
        self.paper.set_picture(None, words)
        self._tell()

    def show_document(self, pdf: bytes, pages: int, width: float, height: float) -> None:
        """Show a PDF of sheets of `width` × `height` mm; the page stays if there still is one."""
        self._pdf, self.pages = pdf, pages
        self.page = min(self.page, max(1, pages))
        self.paper.set_sheet(width, height)
        self._draw()
        self._tell()

    def turn(self, by: int) -> None:
        page = max(1, min(self.pages, self.page + by))
        if page != self.page and self.pages:
            self.page = page
            self._draw()
            self._tell()

    def zoom(self) -> None:
        """Twice as large, to read every word; once more shows the whole sheet."""
        large = self.paper.minimumWidth() > 0
        room = self._scroll.viewport().size()
        self.paper.setMinimumSize(QSize(0, 0) if large else room * ENLARGED)
        self.larger.setText(tr("Enlarge") if large else tr("Whole sheet"))

    def _tell(self) -> None:
        self.larger.setVisible(self.pages > 0)
        self.place.setText(tr("Page {page} of {pages}", page=self.page, pages=self.pages) if self.pages else "")
        for button, on in ((self.back, self.page > 1), (self.forth, self.page < self.pages)):
            button.setVisible(self.pages > 1)
            button.setEnabled(on)

    def _draw(self) -> None:
        if not self._pdf:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = self._context.runner.query(_rendering(self._pdf, self.page, self.paper.dpi()))
        self._task.then(partial(self._take, self.page))

    def _take(self, page: int, png: bytes) -> None:
        if page == self.page:
            picture = QPixmap()
            picture.loadFromData(png)
            self.paper.set_picture(picture)


def _rendering(pdf: bytes, page: int, dpi: float) -> Callable[[Desk], bytes]:
    def render(_desk: Desk) -> bytes:
        from services.documents import render_page_png

        return render_page_png(pdf, page, dpi)

    return render
