"""Words and small signs: labels by role, elided lines, pills, money, hairlines."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desktop import formats, icons
from desktop.theme import BODY_SIZE, colour, font, metrics, theme


class Label(QLabel):
    """Plain text (never markup: what comes from outside is data). `role`: page-title, title, section, strong, body, body2, label, muted, small,
    figure, ok, warn, bad. `wrap` breaks lines; `copy` lets the text be selected."""

    def __init__(
        self, text: str = "", role: str = "body", *, wrap: bool = False, copy: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if copy:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)

    def set_role(self, role: str) -> None:
        """Change its role (a figure that turned bad)."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


class Elided(QWidget):
    """One line that is cut with … where there is no room, whole in its tooltip."""

    def __init__(self, text: str = "", tone: str = "text", size: int = BODY_SIZE, *, bold: bool = False, right: bool = False) -> None:
        super().__init__()
        self._tone, self._size, self._bold, self._right = tone, size, bold, right
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        face = metrics(self._size, self._bold)
        return QSize(ceil(face.horizontalAdvance(self._text)) + 1, ceil(face.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        face = metrics(self._size, self._bold)
        shown = face.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(formats.plain_tip(self._text if shown != self._text else ""))
        painter = QPainter(self)
        painter.setFont(font(self._size, self._bold))
        painter.setPen(colour(theme().tone(self._tone)))
        x = self.width() - face.horizontalAdvance(shown) if self._right else 0
        painter.drawText(QPointF(x, (self.height() + face.ascent() - face.descent()) / 2), shown)


class PillLabel(QWidget):
    """One or two words on a soft ground, 22 px in panels, 18 when `small`; `glyph` puts a status ring before them."""

    def __init__(self, words: str, tone: str = "muted", *, small: bool = False, glyph: str = "") -> None:
        super().__init__()
        self._words, self._tone, self._small, self._glyph = words, tone, small, glyph
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def set(self, words: str, tone: str, glyph: str = "") -> None:
        self._words, self._tone, self._glyph = words, tone, glyph
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _shown(self) -> str:
        return ("\N{EM SPACE}\N{SIX-PER-EM SPACE}" if self._glyph else "") + self._words

    def sizeHint(self) -> QSize:
        return icons.pill(self._shown(), self._tone, self._small).deviceIndependentSize().toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icons.pill(self._shown(), self._tone, self._small))
        if self._glyph:
            painter.drawPixmap(6, (self.height() - 12) // 2, icons.ring(self._glyph, self._tone, 12))


class MoneyLabel(Label):
    """An amount in fen, right-aligned: `¥1,234.00`."""

    def __init__(self, fen: int | None = None, role: str = "body", *, signed: bool = False) -> None:
        super().__init__("", role)
        self._signed = signed
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set(fen)

    def set(self, fen: int | None) -> None:
        self.setText(formats.money(fen, self._signed))


class IconLabel(QWidget):
    """An icon that is no button; its `tone` colours it."""

    def __init__(self, name: str, tone: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        self.setFixedSize(size, size)

    def set(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, icons.pixmap(self._name, theme().tone(self._tone), self._size))


class IconTile(QWidget):
    """A square in a soft colour with an icon in it: the sign of a thing to do, or of goods without a picture."""

    def __init__(self, name: str, tone: str = "muted", size: int = 36) -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme().soft(self._tone)))
        painter.drawRoundedRect(self.rect(), 6, 6)
        size = 16 if self.width() < 40 else 20
        place = (self.width() - size) // 2
        painter.drawPixmap(place, place, icons.pixmap(self._name, theme().tone("text2" if self._tone == "muted" else self._tone), size))


def rule(vertical: bool = False) -> QFrame:
    """A hairline between regions."""
    line = QFrame()
    line.setProperty("rule", "v" if vertical else "h")
    line.setFrameShape(QFrame.Shape.NoFrame)
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
