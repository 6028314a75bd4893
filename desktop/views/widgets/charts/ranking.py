"""A ranking: name, figure, a second figure, and a bar below; the first highlighted. Each line leads to what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from desktop.i18n import tr
from desktop.models.delegates import advance, elided
from desktop.theme import BODY_SIZE, LABEL_SIZE, colour, font, theme
from desktop.views.widgets.charts.base import Chart, shapes

LINE, LEAST = 38, 30


@dataclass(frozen=True, slots=True)
class Ranked:
    """`key` is what `asked` tells; `weight` draws the bar; `figure` and `second` are words."""

    key: str
    name: str
    weight: float
    figure: str
    second: str = ""


class Ranking(Chart):
    """Shows as many as there is room for. Up and down move, Enter asks."""

    asked = Signal(str)

    def __init__(self, name: str, most: int = 8, second_width: int = 52) -> None:
        super().__init__(name)
        self.rows: tuple[Ranked, ...] = ()
        self._most, self._second = most, second_width
        self._hover = self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(260, LINE * self._most)

    def set(self, rows: Sequence[Ranked]) -> None:
        self.rows = tuple(rows)
        self._current = min(self._current, len(self.rows) - 1)
        self.describe(", ".join(f"{one.name} {one.figure}" for one in self.rows[: self._most]) or tr("Nothing was sold"))
        self.update()

    @property
    def shown(self) -> int:
        return min(len(self.rows), self._most, max(1, self.height() // LEAST))

    def _step(self) -> float:
        return min(LINE, self.height() / max(1, self.shown))

    def _at(self, y: float) -> int:
        place = int(y // self._step())
        return place if 0 <= place < self.shown else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._at(event.position().y())
        one = self.rows[self._hover] if self._hover >= 0 else None
        self.setToolTip(f"{one.name}  {one.figure}  {one.second}" if one else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if one else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().y())
        if place >= 0:
            self._current = place
            self.asked.emit(self.rows[place].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.rows:
            self._current = max(0, min(self.shown - 1, self._current + (1 if event.key() == Qt.Key.Key_Down else -1)))
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and 0 <= self._current < len(self.rows):
            self.asked.emit(self.rows[self._current].key)
        else:
            super().keyPressEvent(event)

    def draw(self, painter: QPainter) -> None:
        t = theme()
        most = max((one.weight for one in self.rows), default=0) or 1
        step = self._step()
        for place, one in enumerate(self.rows[: self.shown]):
            y = place * step
            base = y + step / 2 + 1
            figure_at = self.width() - self._second - advance(one.figure, BODY_SIZE)
            painter.setFont(font())
            painter.setPen(colour(t.text))
            painter.drawText(QPointF(0, base), elided(one.name, int(figure_at - 12), BODY_SIZE))
            painter.drawText(QPointF(figure_at, base), one.figure)
            if one.second:
                painter.setFont(font(LABEL_SIZE))
                painter.setPen(colour(t.muted))
                painter.drawText(QPointF(self.width() - advance(one.second, LABEL_SIZE), base), one.second)
            shapes(painter, True)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.hover))
            bar = QRectF(0, base + 6, self.width(), 4)
            painter.drawRoundedRect(bar, 2, 2)
            painter.setBrush(colour(t.fill_accent) if place == 0 else t.heat(0.66 if place == self._hover else 0.5))
            painter.drawRoundedRect(QRectF(0, bar.y(), max(4.0, self.width() * one.weight / most), 4), 2, 2)
            if self.hasFocus() and place == self._current:
                painter.setPen(QPen(colour(t.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(-3, y + 2, self.width() + 6, step - 3).adjusted(4, 0, -4, 0), 4, 4)
