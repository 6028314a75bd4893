"""Signs of the dialog before an import: the bar of shares, a tile for each part, an entry for each file."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop import formats, icons
from desktop.theme import BODY_SIZE, CARD_RADIUS, FIGURE_SIZE, LABEL_SIZE, RADIUS, colour, font, metrics, theme

FILLS = {
    "new": "fill_ok",
    "updated": "fill_info",
    "conflict": "fill_accent",
    "held": "fill_warn",
    "rejected": "fill_bad",
    "unchanged": "line2",
    "notice": "fill_warn",
    "doubt": "fill_warn",
}
_LEAST = 10
"""Pixels that a part has in the bar at least: two rejected rows of a thousand are seen."""


class ShareBar(QWidget):
    """All parts of a file beside each other; its numbers are the tiles', so it has no words of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(8)
        self._counts: dict[str, int] = {}

    def set(self, counts: Mapping[str, int]) -> None:
        self._counts = {part: count for part, count in counts.items() if count}
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        total = sum(self._counts.values())
        if not total:
            painter.setBrush(colour(theme().hover))
            painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
            return
        room = self.width() - 2 * (len(self._counts) - 1)
        widths = [max(_LEAST, room * count / total) for count in self._counts.values()]
        over = sum(widths) - room
        if over > 0:
            widest = max(range(len(widths)), key=widths.__getitem__)
            widths[widest] = max(_LEAST, widths[widest] - over)
        x = 0.0
        for part, width in zip(self._counts, widths, strict=True):
            painter.setBrush(colour(str(getattr(theme(), FILLS[part]))))
            painter.drawRoundedRect(QRectF(x, 0, width, 8), 2, 2)
            x += width + 2


class Dot(QWidget):
    """The colour of a part, before its word."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part
        self.setFixedSize(12, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(str(getattr(theme(), FILLS[self._part]))))
        painter.drawEllipse(QRectF(0, 0, 8, 8))


class PartTile(QAbstractButton):
    """A coloured dot, the word, the count; chosen, its list is shown below."""

    def __init__(self, part: str, words: str) -> None:
        super().__init__()
        self.part, self.count = part, 0
        self.setText(words)
        self.setCheckable(True)
        self.setFixedHeight(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        self.count = count
        self.setEnabled(count > 0)
        self.setCursor(Qt.CursorShape.PointingHandCursor if count else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{self.text()} {formats.count(count)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(96, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked():
            painter.setBrush(colour(t.sel))
            painter.setPen(QPen(colour(t.accent), 2 if self.hasFocus() else 1.2))
            painter.drawRoundedRect(edge, CARD_RADIUS, CARD_RADIUS)
        elif self.hasFocus() or (self.underMouse() and self.isEnabled()):
            painter.setBrush(colour(t.hover if self.underMouse() else t.surface))
            painter.setPen(QPen(colour(t.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(edge, CARD_RADIUS, CARD_RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(str(getattr(t, FILLS[self.part])) if self.count else t.line2))
        painter.drawEllipse(QRectF(13, 15, 8, 8))
        painter.setFont(font(LABEL_SIZE))
        painter.setPen(colour(t.text2 if self.count else t.muted))
        painter.drawText(QPointF(28, 23.5), self.text())
        painter.setFont(font(FIGURE_SIZE, bold=bool(self.count)))
        painter.setPen(colour(t.text if self.count else t.muted))
        painter.drawText(QPointF(13, 50), formats.count(self.count))


class FileItem(QAbstractButton):
    """A file of several: its name (the end is what tells names apart), and below what it brings or why it does not come in."""

    def __init__(self, name: str, second: str, bad: bool) -> None:
        super().__init__()
        self._second, self._bad = second, bad
        self.setText(name)
        self.setCheckable(True)
        self.setFixedHeight(52)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name} {second}")
        self.setToolTip(formats.plain_tip(name))

    def sizeHint(self) -> QSize:
        return QSize(200, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setBrush(colour(t.sel if self.isChecked() else t.hover if self.underMouse() else t.surface))
            painter.setPen(QPen(colour(t.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        sign, ink = ("x-circle", t.bad) if self._bad else ("file", t.accent if self.isChecked() else t.text2)
        painter.drawPixmap(10, 10, icons.pixmap(sign, ink, 16))
        room = self.width() - 34 - 8
        face = metrics(BODY_SIZE, self.isChecked())
        painter.setFont(font(BODY_SIZE, self.isChecked()))
        painter.setPen(colour(t.text))
        painter.drawText(QPointF(34, 22), face.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room))
        painter.setFont(font(LABEL_SIZE))
        painter.setPen(colour(t.bad if self._bad else t.muted))
        painter.drawText(QPointF(34, 40), metrics(LABEL_SIZE).elidedText(self._second, Qt.TextElideMode.ElideRight, room))
