"""What the charts share: fonts and hairlines, scales with few round steps, and a widget that can say what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import language
from desktop.theme import RAIL_SIZE, colour, font, metrics, theme

MOST_LINES = 4


class Chart(QWidget):
    """Subclasses paint in `draw(painter)`; `describe` sets what is read aloud."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def describe(self, words: str) -> None:
        self.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        return QSize(240, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Paint the chart; antialiasing is off for fills and hairlines, on for shapes."""


def shapes(painter: QPainter, on: bool) -> None:
    """Antialiasing on for curves and rounded shapes, off for fills and hairlines (with it there are seams at 125 %)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on)


def axis_text(painter: QPainter, area: QRectF, words: str, flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter, ink: str = "") -> None:
    """11 px words of an axis in `area`."""
    painter.setFont(font(RAIL_SIZE))
    painter.setPen(colour(ink or theme().muted))
    painter.drawText(area, int(flags | Qt.AlignmentFlag.AlignVCenter), words)


def text_at(painter: QPainter, x: float, base: float, words: str, ink: str, size: int = RAIL_SIZE, bold: bool = False) -> None:
    """Words with their baseline at (x, base)."""
    painter.setFont(font(size, bold))
    painter.setPen(colour(ink))
    painter.drawText(QPointF(x, base), words)


def width_of(words: str, size: int = RAIL_SIZE, bold: bool = False) -> float:
    return metrics(size, bold).horizontalAdvance(words)


def steps(most: float) -> list[float]:
    """Round values from 0 to at least `most`, at most MOST_LINES steps; [0, 1] of nothing."""
    if most <= 0:
        return [0, 1]
    for power in range(ceil(log10(most)) - 2, ceil(log10(most)) + 2):
        for lead in (1, 2, 2.5, 5):
            step = lead * 10.0**power
            if step * (MOST_LINES - 1) >= most and (step >= 1 or most < 1):
                return [step * place for place in range(ceil(most / step) + 1)]
    return [0, most]


def scale_words(scale: Sequence[float]) -> list[str]:
    """The values of an axis in one unit, that of the greatest: `0` `0.6万` `1.2万`; English `0` `6k` `12k`."""
    most = scale[-1]
    unit, word = (10_000, "万") if language() == "zh" else (1_000_000, "M") if most >= 1_000_000 else (1_000, "k")
    if most < 10_000:
        return [f"{value:,.0f}" for value in scale]
    return [f"{value / unit:g}{word}" if value else "0" for value in scale]


def short_number(value: float) -> str:
    """`1.8万`, `6,000`; English `18k`."""
    if language() == "zh":
        return f"{value / 10_000:g}万" if value >= 10_000 else f"{value:,.0f}"
    if value >= 1_000_000:
        return f"{value / 1_000_000:g}M"
    return f"{value / 1_000:g}k" if value >= 10_000 else f"{value:,.0f}"
