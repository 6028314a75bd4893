"""The line in which a search is typed: knows when an input method is at work, and underlines the part that can't be understood."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QInputMethodEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit

from desktop.theme import colour, metrics, theme

_WAVE = 2.0
"""Half a wave of the underline, in px."""


class SearchField(QLineEdit):
    """Without frame or ground: the box around it paints both."""

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self.setProperty("bare", True)
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.composing = False
        """An input method holds letters that are not text yet: nothing may be put into the line now."""
        self._wrong = (0, 0)
        self.textChanged.connect(self._forget)

    def mark(self, start: int, length: int) -> None:
        """Underline a part; a length of 0 takes the line away."""
        start = max(0, start)
        self._wrong = (start, max(0, min(length, len(self.text()) - start)))
        self.update()

    @property
    def marked(self) -> str:
        """The words that are underlined."""
        start, length = self._wrong
        return self.text()[start : start + length]

    @property
    def marked_from(self) -> int:
        """Where the underline begins."""
        return self._wrong[0]

    def _forget(self) -> None:
        self._wrong = (0, 0)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        start, length = self._wrong
        if not length or self.composing:
            return
        # Qt tells where the cursor is, and so how far the line is scrolled.
        face, text = metrics(), self.text()
        zero = self.cursorRect().center().x() - face.horizontalAdvance(text[: self.cursorPosition()])
        x = zero + face.horizontalAdvance(text[:start])
        end = zero + face.horizontalAdvance(text[: start + length])
        y = (self.height() + face.height()) / 2 - 1
        wave = QPolygonF()
        up = False
        while x < end + _WAVE:
            wave.append(QPointF(min(x, end), y - (_WAVE if up else 0)))
            x, up = x + _WAVE, not up
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(theme().bad), 1.2))
        painter.drawPolyline(wave)
