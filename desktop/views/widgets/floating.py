"""A card that floats over the foot of its parent and keeps its place there: what notices and offers have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import icons
from desktop.theme import CARD_RADIUS, colour, theme


class FloatingCard(QWidget):
    """`place` gives it its size and place within `parent`, anew when the parent changes its own; `sign` and `tone` are its icon's."""

    sign = "info"
    tone = "info"
    sign_top = 13

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        parent.installEventFilter(self)

    def place(self, parent: QWidget) -> None:
        raise AssertionError(type(self).__name__)

    def show_up(self) -> None:
        """Show it in its place, over everything else there."""
        self.show()
        self._keep_place()
        self.raise_()

    def _keep_place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.place(parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._keep_place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        painter.setPen(colour(t.line2))
        painter.setBrush(colour(t.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
        painter.drawPixmap(14, self.sign_top, icons.pixmap(self.sign, t.tone(self.tone), 16))
        painter.setPen(Qt.PenStyle.NoPen)
