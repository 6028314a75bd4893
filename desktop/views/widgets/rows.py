"""A line of a short list in a panel or card: parts in columns over a hairline, clickable where it leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop import formats, icons
from desktop.models.delegates import advance, baseline, elided
from desktop.theme import BODY_SIZE, RADIUS, colour, font, theme

GAP = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Words in a column `width` px wide; 0 takes what is left, −1 what they need. `icon` stands before them."""

    words: str
    width: int = 0
    tone: str = "text"
    size: int = BODY_SIZE
    bold: bool = False
    right: bool = False
    icon: str = ""


class ListRow(QAbstractButton):
    """`run` makes it a button (focus, hover, Enter and Space); without it the line only tells. `name` is said to screen readers, else the parts are."""

    def __init__(
        self,
        parts: Sequence[Part],
        run: Callable[[], object] | None = None,
        *,
        height: int = 28,
        ruled: bool = True,
        name: str = "",
        tip: str = "",
    ) -> None:
        super().__init__()
        self.parts = tuple(parts)
        self._ruled, self._hover, self._tip = ruled, False, tip
        self._runs = run is not None
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or " ".join(part.words for part in self.parts if part.words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if run else Qt.FocusPolicy.NoFocus)
        if run is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda _checked=False: run())

    def sizeHint(self) -> QSize:
        return QSize(160, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._runs and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:  # Qt's own buttons know Space alone
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = self._runs
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def _widths(self) -> list[int]:
        needed = [self._needed(part) if part.width == -1 else part.width for part in self.parts]
        free = sum(width == 0 for width in needed)
        left = self.width() - sum(needed) - GAP * (len(needed) - 1)
        return [width or max(0, left // max(1, free)) for width in needed]

    @staticmethod
    def _needed(part: Part) -> int:
        return ceil(advance(part.words, part.size, part.bold)) + (20 if part.icon else 0) + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        if self._hover:
            painter.fillRect(0, 0, self.width(), self.height() - 1, colour(t.hover))
        if self._ruled:
            painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.row))
        x, cut = 0, False
        for part, width in zip(self.parts, self._widths(), strict=True):
            start, room = x, width
            if part.icon:
                sign = icons.pixmap(part.icon, t.tone(part.tone), 14)
                painter.drawPixmap(QPointF(x, (self.height() - 15) // 2), sign)
                start, room = x + 20, width - 20
            shown = part.words if advance(part.words, part.size, part.bold) <= room else elided(part.words, room, part.size, part.bold)
            cut = cut or shown != part.words
            painter.setFont(font(part.size, part.bold))
            painter.setPen(colour(t.tone(part.tone)))
            at = start + room - advance(shown, part.size, part.bold) if part.right else start
            painter.drawText(QPointF(at, baseline(self.height() - 1, part.size, part.bold)), shown)
            x += width + GAP
        self.setToolTip(formats.plain_tip(self._tip or (self.accessibleName() if cut else "")))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(t.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -2), RADIUS, RADIUS)
