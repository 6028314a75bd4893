"""What happened, newest first: rings on a hairline, a sentence, old → new below it, the time at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.theme import BODY_SIZE, LABEL_SIZE, colour, font, metrics, theme
from desktop.views.widgets.panel import empty_layout

_LEFT, _LINE, _SECOND, _GAP = 20, 19, 17, 8


@dataclass(frozen=True, slots=True)
class Event:
    """`words` what happened, `more` old → new or the reason, `time` short, `full` for the tooltip, `at` the moment in ms."""

    words: str
    time: str
    more: str = ""
    full: str = ""
    at: int = 0


class _Entry(QWidget):
    def __init__(self, event: Event, first: bool, last: bool, chosen: Callable[[int], object] | None) -> None:
        super().__init__()
        self._event, self._first, self._last, self._chosen = event, first, last, chosen
        if chosen is not None and event.at:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" ".join(part for part in (event.full or event.time, event.words, event.more) if part))
        self.setToolTip(formats.plain_tip(" ".join(part for part in (event.full, event.words, event.more) if part)))
        self._lines: tuple[int, list[str]] = (-1, [])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            self._chosen is not None
            and self._event.at
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self._chosen(self._event.at)

    def _wrapped(self, width: int) -> list[str]:
        """The sentence broken to the width left of the time, at most two lines."""
        if self._lines[0] != width:
            room = width - _LEFT - metrics(LABEL_SIZE).horizontalAdvance(self._event.time) - 12
            self._lines = (width, _break(self._event.words, room))
        return self._lines[1]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return len(self._wrapped(width)) * _LINE + (_SECOND if self._event.more else 0) + _GAP

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def resizeEvent(self, _event: object) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        if not self._last:
            painter.fillRect(5, 14, 1, self.height(), colour(t.line2))
        if not self._first:
            painter.fillRect(5, 0, 1, 6, colour(t.line2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(t.accent if self._first else t.muted), 1.5))
        painter.setBrush(colour(t.accent if self._first else t.surface))
        painter.drawEllipse(QRectF(1.75, 6, 7.5, 7.5))
        face = metrics()
        painter.setFont(font())
        painter.setPen(colour(t.text))
        y = 0.0
        for line in self._wrapped(self.width()):
            painter.drawText(QPointF(_LEFT, y + (_LINE + face.ascent() - face.descent()) / 2), line)
            y += _LINE
        small = metrics(LABEL_SIZE)
        painter.setFont(font(LABEL_SIZE))
        painter.setPen(colour(t.muted))
        if self._event.more:
            words = small.elidedText(self._event.more, Qt.TextElideMode.ElideRight, self.width() - _LEFT)
            painter.drawText(QPointF(_LEFT, y + (_SECOND + small.ascent() - small.descent()) / 2 - 1), words)
        width = small.horizontalAdvance(self._event.time)
        painter.drawText(QPointF(self.width() - ceil(width), (_LINE + small.ascent() - small.descent()) / 2), self._event.time)


def _break(text: str, room: float) -> list[str]:
    face = metrics(BODY_SIZE)
    if face.horizontalAdvance(text) <= room:
        return [text]
    cut = len(text)
    while cut > 1 and face.horizontalAdvance(text[:cut]) > room:
        cut -= 1
    space = text.rfind(" ", 0, cut + 1)
    cut = space if space > cut // 2 else cut
    return [text[:cut].rstrip(), face.elidedText(text[cut:].lstrip(), Qt.TextElideMode.ElideRight, room)]


class Timeline(QWidget):
    """A column of events; `set` replaces them. `chosen` is called with the moment of an event that is clicked."""

    def __init__(self, events: Sequence[Event] = (), chosen: Callable[[int], object] | None = None) -> None:
        super().__init__()
        self._chosen = chosen
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.set(events)

    def set(self, events: Sequence[Event]) -> None:
        empty_layout(self._column)
        for place, event in enumerate(events):
            self._column.addWidget(_Entry(event, place == 0, place == len(events) - 1, self._chosen))
