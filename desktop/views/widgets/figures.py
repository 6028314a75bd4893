"""Key figures: a muted name, the figure, what it is compared with, and a small curve."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import colour, theme
from desktop.views.widgets.labels import Label, rule


class Sparkline(QWidget):
    """The last days as a line, today's end as a dot; no axis, no words."""

    def __init__(self, values: Sequence[float] = ()) -> None:
        super().__init__()
        self._values = list(values)
        self.setFixedSize(64, 24)

    def set(self, values: Sequence[float]) -> None:
        self._values = list(values)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if len(self._values) < 2:
            return
        low, high = min(self._values), max(self._values)
        span = (high - low) or 1
        wide, tall = self.width() - 6, self.height() - 6
        points = [
            QPointF(2 + wide * place / (len(self._values) - 1), 3 + tall * (high - value) / span)
            for place, value in enumerate(self._values)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour(theme().control), 1.4)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme().accent))
        painter.drawEllipse(points[-1], 2.5, 2.5)


class KeyFigure(QWidget):
    """`set(figure, note, tone, values)`; `of` is a quieter second figure after it (`38 / 86`)."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(name, "label"))
        line = QHBoxLayout()
        line.setSpacing(6)
        self._figure = Label("", "figure")
        self._of = Label("", "muted")
        self._of.setContentsMargins(0, 0, 0, 3)  # onto the line of the large figure
        line.addWidget(self._figure)
        line.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch()
        words.addLayout(line)
        self._note = Label("", "label")
        words.addWidget(self._note)
        row.addLayout(words, 1)
        self._curve = Sparkline()
        row.addWidget(self._curve, 0, Qt.AlignmentFlag.AlignTop)
        self._curve.hide()
        self._room, self._curved = True, False

    def set(self, figure: str, note: str = "", tone: str = "label", values: Sequence[float] = (), of: str = "") -> None:
        """`tone` of the note: label, ok, warn, bad."""
        self._figure.setText(figure)
        self._of.setText(f"/ {of}" if of else "")
        self._note.setText(note)
        self._note.set_role(tone)
        self._curve.set(values)
        self._curved = len(values) > 1
        self._curve.setVisible(self._curved and self._room)
        self.setAccessibleName(" ".join(part for part in (self._name, figure, note) if part))

    def make_room(self, room: bool) -> None:
        """Without room the curve gives way to the words."""
        self._room = room
        self._curve.setVisible(self._curved and room)


class FigureStrip(QFrame):
    """Key figures side by side in one bordered card, hairlines between."""

    def __init__(self, *figures: KeyFigure) -> None:
        super().__init__()
        self.setProperty("box", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(18)
        for place, figure in enumerate(figures):
            if place:
                row.addWidget(rule(vertical=True))
            row.addWidget(figure, 1)
