"""The box in the top bar that opens the command palette: it looks like a line to type in, and says its keys. Light: it is there at the first paint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop import icons
from desktop.theme import LABEL_SIZE, RADIUS, RAIL_SIZE, colour, font, metrics, theme

SIZE = QSize(300, 28)


class PaletteBox(QAbstractButton):
    """`words` are shown as a placeholder would be; `keys` in a cap at the right. A click does not take the focus from where the work is."""

    def __init__(self, words: str, keys: str, run: Callable[[], object]) -> None:
        super().__init__()
        self.setText(words)
        self._keys = keys
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: run())

    def sizeHint(self) -> QSize:
        return SIZE

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        painter.setPen(QPen(colour(t.accent), 2) if self.hasFocus() else QPen(colour(t.line2)))
        painter.setBrush(colour(t.hover if self.underMouse() else t.surface))
        inset = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        painter.drawPixmap(QPointF(10, 7), icons.pixmap("search", t.muted, 14))
        face, small = metrics(LABEL_SIZE), metrics(RAIL_SIZE)
        cap = small.horizontalAdvance(self._keys) + 12
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.hover))
        painter.drawRoundedRect(QRectF(self.width() - cap - 6, 5, cap, 18), 4, 4)
        painter.setPen(colour(t.muted))
        painter.setFont(font(LABEL_SIZE))
        room = self.width() - cap - 48
        words = face.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(32, (self.height() + face.ascent() - face.descent()) / 2), words)
        painter.setFont(font(RAIL_SIZE))
        painter.drawText(QPointF(self.width() - cap, (self.height() + small.ascent() - small.descent()) / 2), self._keys)
