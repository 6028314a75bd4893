"""This / ceiling: how much of what may be given is given, as a bar with both amounts beside it."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import formats
from desktop.i18n import tr
from desktop.models.delegates import advance, baseline, elided
from desktop.theme import BODY_SIZE, LABEL_SIZE, colour, font, theme

LABEL, MOST_LABEL = 64, 140


class CeilingBar(QWidget):
    """`set(this, ceiling)` in fen; above the ceiling the bar is full and red."""

    def __init__(self, label: str, this: int = 0, ceiling: int = 0, label_width: int = LABEL) -> None:
        super().__init__()
        self._label, self._wide = label, label_width
        self.this, self.ceiling = this, ceiling
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set(this, ceiling)

    @staticmethod
    def wanted_width(*labels: str) -> int:
        """Room for the longest of these labels, within reason."""
        return min(MOST_LABEL, max(LABEL, *(ceil(advance(label, BODY_SIZE)) + 2 for label in labels)))

    def sizeHint(self) -> QSize:
        return QSize(240, 26)

    def set(self, this: int, ceiling: int) -> None:
        self.this, self.ceiling = this, ceiling
        self.setAccessibleName(
            tr("{label}: {this} of at most {ceiling}", label=self._label, this=formats.money(this), ceiling=formats.money(ceiling))
        )
        self.update()

    @property
    def over(self) -> bool:
        return self.this > self.ceiling

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        painter.setFont(font())
        painter.setPen(colour(t.text2))
        painter.drawText(QPointF(0, baseline(self.height(), BODY_SIZE)), elided(self._label, self._wide, BODY_SIZE))
        words = f"{formats.money(self.this)} / {formats.money(self.ceiling)}"
        wide = advance(words, LABEL_SIZE)
        painter.setFont(font(LABEL_SIZE))
        painter.setPen(colour(t.bad if self.over else t.text2))
        painter.drawText(QPointF(self.width() - wide, baseline(self.height(), LABEL_SIZE)), words)
        room = QRectF(self._wide + 10, self.height() / 2 - 3, max(0.0, self.width() - self._wide - 20 - max(132.0, wide)), 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.hover))
        painter.drawRoundedRect(room, 3, 3)
        share = 1.0 if self.over else self.this / self.ceiling if self.ceiling else 0.0
        if share > 0:
            painter.setBrush(colour(t.fill_bad if self.over else t.fill_accent))
            painter.drawRoundedRect(QRectF(room.x(), room.y(), max(6.0, room.width() * share), 6), 3, 3)
