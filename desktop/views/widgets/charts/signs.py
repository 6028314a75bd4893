"""What stands beside a chart: the legend of its colours, and the skeleton while it loads."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme import RAIL_SIZE, colour, metrics, theme
from desktop.views.widgets.charts.base import shapes, text_at, width_of
from desktop.views.widgets.charts.marks import block

SIGN, GAP, STEPS = 10, 14, 5


class Legend(QWidget):
    """`set(parts)`: (sign, words); `ramp` is five steps from little to much."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, parts: list[tuple[str, str]]) -> None:
        self.parts = parts
        self.setAccessibleName(", ".join(words for _sign, words in parts if words))
        self.updateGeometry()
        self.update()

    def _width(self, sign: str, words: str) -> float:
        if sign == "ramp":
            return width_of(tr("few")) + 6 + STEPS * (SIGN + 2) + 4 + width_of(tr("many"))
        return SIGN + 6 + width_of(words)

    def sizeHint(self) -> QSize:
        wide = sum(self._width(*part) for part in self.parts) + GAP * max(0, len(self.parts) - 1)
        return QSize(ceil(wide), 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint(painter)
        painter.end()

    def paint(self, painter: QPainter) -> None:
        """Paint at the origin (for pictures, too)."""
        t = theme()
        face = metrics(RAIL_SIZE)
        base = round((16 + face.ascent() - face.descent()) / 2)
        x = 0.0
        for sign, words in self.parts:
            if sign == "ramp":
                text_at(painter, x, base, tr("few"), t.muted)
                at = x + width_of(tr("few")) + 6
                for step in range(STEPS):
                    block(painter, QRectF(round(at) + step * (SIGN + 2), 3, SIGN, SIGN), t.heat(step / (STEPS - 1)), 2)
                text_at(painter, at + STEPS * (SIGN + 2) + 4, base, tr("many"), t.muted)
            else:
                if sign == "line":
                    shapes(painter, True)
                    painter.setPen(QPen(colour(t.muted), 1.6))
                    painter.drawLine(round(x), 8, round(x) + SIGN, 8)
                else:
                    block(painter, QRectF(round(x), 3, SIGN, SIGN), t.heat(0.5), 2)
                text_at(painter, x + SIGN + 6, base, words, t.muted)
            x += self._width(sign, words) + GAP


class SkeletonChart(QWidget):
    """Grey bars where a chart will be."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Loading…"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        count = max(4, self.width() // 36)
        step = self.width() / count
        for place in range(count):
            tall = self.height() * (0.25 + (place * 37 % 50) / 100)
            block(
                painter, QRectF(round(place * step), round(self.height() - tall), round(step * 0.68), round(tall)), colour(theme().hover), 3
            )
