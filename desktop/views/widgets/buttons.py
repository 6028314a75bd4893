"""Buttons, boxes and choices, painted to the recipes but real Qt widgets: focusable, clickable by key, with accessible names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QPushButton, QSizePolicy, QWidget

from desktop import formats, icons
from desktop.theme import BODY_SIZE, LABEL_SIZE, RADIUS, colour, font, metrics, theme

NORMAL, PRIMARY, QUIET, DANGER, LINK = "normal", "primary", "quiet", "danger", "link"


class Button(QPushButton):
    """`role`: normal (bordered), primary (filled accent, one a region), quiet (no border), danger (bad words), link (small words in a heading).

    `hint` is shown after the words in a quieter colour (`Esc`, `Ctrl+O`); `height` 28 in headers, 32 in bars, 34 in dialogs. Without text it is a
    square with its icon: then give `name` for accessibility.
    """

    def __init__(
        self,
        text: str = "",
        run: Callable[[], object] | None = None,
        *,
        icon: str = "",
        role: str = NORMAL,
        height: int = 32,
        hint: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.icon_name, self.role, self.hint = icon, role, hint
        self._height = 20 if role == LINK else height
        self._sign = 12 if role == LINK or height <= 20 else 14 if role == QUIET else 16
        self.tone = ""
        self._words = ""
        """What stood there before it was folded."""
        self._hover = self._blocked = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or text)
        if name and not text:
            self.setToolTip(formats.plain_tip(name))
        if run is not None:
            self.clicked.connect(lambda _checked=False: run())

    @property
    def _size(self) -> int:
        return LABEL_SIZE if self.role == LINK else BODY_SIZE

    @property
    def _gap(self) -> int:
        return 4 if self.role == LINK else 8

    def block(self, why: str) -> None:
        """Not for who is signed in: it stays off, and says why."""
        self._blocked = True
        super().setEnabled(False)
        self.setToolTip(formats.plain_tip(why))

    def setEnabled(self, on: bool) -> None:
        super().setEnabled(on and not self._blocked)

    def setText(self, text: str) -> None:
        super().setText(text)
        if text:
            self.setAccessibleName(text)
        self.updateGeometry()

    def fold(self, on: bool) -> None:
        """Keep only the icon where there is no room; the words go into the tooltip."""
        if not self.icon_name or on == bool(self._words):
            return
        if on:
            self._words = self.text()
            self.setToolTip(formats.plain_tip(self._words))
            self.setText("")
        else:
            words, self._words = self._words, ""
            self.setToolTip("")
            self.setText(words)

    def _parts(self) -> tuple[float, float, float, float]:
        """Widths of icon, words, hint and arrow, each with the gap before it."""
        words = self.text().replace("&", "")
        sign = float(self._sign) if self.icon_name else 0.0
        text = metrics(self._size).horizontalAdvance(words) + (self._gap if sign else 0) if words else 0.0
        hint = metrics(LABEL_SIZE).horizontalAdvance(self.hint) + 8 if self.hint else 0.0
        return sign, text, hint, 20.0 if self.menu() is not None else 0.0

    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(self._height + (12 if self.menu() is not None else 0), self._height)
        return QSize(ceil(sum(self._parts())) + (4 if self.role == LINK else 16 if self.role == QUIET else 26), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def _colours(self) -> tuple[str | None, str | None, str]:
        """Ground, border, words."""
        t = theme()
        down = self.isDown() or self._hover
        if not self.isEnabled():
            return (t.hover, None, t.muted) if self.role == PRIMARY else (None, t.line if self.role in {NORMAL, DANGER} else None, t.faint)
        if self.role == PRIMARY:
            return t.accent_hover if down else t.accent, None, t.on_accent
        if self.role in {QUIET, LINK}:
            ink = t.tone(self.tone) if self.tone else t.text if self.role == QUIET else t.text2
            return (t.hover if down else None), None, ink
        ink = t.bad if self.role == DANGER else t.text
        return (t.hover if down else t.surface), t.line2, ink

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, ink = self._colours()
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if ground or border:
            painter.setBrush(colour(ground) if ground else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(border)) if border else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(edge, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme().text if self.role == PRIMARY else theme().accent), 2))
            inset = 2.5 if self.role == PRIMARY else 0.5
            painter.drawRoundedRect(edge.adjusted(inset, inset, -inset, -inset), RADIUS - 1, RADIUS - 1)
        sign, text, hint, arrow = self._parts()
        x = (self.width() - sign - text - hint - arrow) / 2
        middle = self.height() / 2
        if sign:
            quiet_ink = ink if self.role in {PRIMARY, DANGER} or not self.isEnabled() else theme().text2
            at = QPointF(round(x), round(middle - self._sign / 2))
            painter.drawPixmap(at, icons.pixmap(self.icon_name, quiet_ink, self._sign))
        face = metrics(self._size)
        base = middle + (face.ascent() - face.descent()) / 2
        painter.setFont(font(self._size))
        painter.setPen(colour(ink))
        words = self.text().replace("&", "")
        painter.drawText(QPointF(x + sign + (self._gap if sign and words else 0), base), words)
        if self.hint:
            painter.setFont(font(LABEL_SIZE))
            painter.setPen(colour(ink if self.role == PRIMARY else theme().muted))
            painter.drawText(QPointF(x + sign + text + 8, base), self.hint)
        if arrow:
            painter.drawPixmap(
                QPointF(round(x + sign + text + hint + 6), round(middle - 6)), icons.pixmap("chevron-down", theme().muted, 12)
            )


class PrimaryButton(Button):
    """The one filled button of a region; blocked, it turns grey and its words say what is missing."""

    def __init__(self, text: str, run: Callable[[], object] | None = None, *, icon: str = "", height: int = 32, hint: str = "") -> None:
        super().__init__(text, run, icon=icon, role=PRIMARY, height=height, hint=hint)


class QuietButton(Button):
    """Without a border: closing, folding, moving on."""

    def __init__(
        self, text: str = "", run: Callable[[], object] | None = None, *, icon: str = "", height: int = 28, name: str = ""
    ) -> None:
        super().__init__(text, run, icon=icon, role=QUIET, height=height, name=name)


class LinkButton(Button):
    """Small words beside a heading, in the second text colour."""

    def __init__(self, text: str, run: Callable[[], object] | None = None, *, icon: str = "") -> None:
        super().__init__(text, run, icon=icon, role=LINK)


class MenuButton(Button):
    """A button that drops a menu of `(words, icon, run)`."""

    def __init__(
        self, text: str, choices: Sequence[tuple[str, str, Callable[[], object]]], *, icon: str = "", height: int = 32, name: str = ""
    ) -> None:
        super().__init__(text, icon=icon, height=height, name=name)
        menu = QMenu(self)
        for words, sign, run in choices:
            entry = menu.addAction(words)
            if sign:
                entry.setIcon(icons.icon(sign))
            entry.triggered.connect(lambda _checked=False, run=run: run())
        self.setMenu(menu)
        self.updateGeometry()


class CheckBox(QCheckBox):
    """A form's check box with the 16 px box of the tables and the stronger border of controls."""

    def sizeHint(self) -> QSize:
        return QSize(ceil(24 + metrics().horizontalAdvance(self.text())) + 4, 24)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: Any) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        state = "part" if self.checkState() == Qt.CheckState.PartiallyChecked else "on" if self.isChecked() else "off"
        painter.drawPixmap(QPointF(0, (self.height() - 16) // 2), icons.check(state, self.hasFocus(), form=True))
        painter.setFont(font())
        painter.setPen(colour(theme().text if self.isEnabled() else theme().faint))
        painter.drawText(QRect(24, 0, self.width() - 24, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus() and state == "on":
            painter.setPen(QPen(colour(theme().text), 1, Qt.PenStyle.DotLine))
            painter.drawLine(24, self.height() - 3, self.width() - 4, self.height() - 3)


class Combo(QComboBox):
    """A closed choice with the border of inputs. `pairs`: (value, words)."""

    def __init__(self, pairs: Sequence[tuple[Any, str]] = (), name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for value, words in pairs:
            self.addItem(words, value)
        self.setAccessibleName(name)
        self.setMinimumHeight(32)

    def sizeHint(self) -> QSize:
        widest = max((metrics().horizontalAdvance(self.itemText(place)) for place in range(self.count())), default=60)
        return QSize(ceil(widest) + 44, 32)

    def choose(self, value: Any) -> None:
        """Show the entry of `value`."""
        self.setCurrentIndex(self.findData(value))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        wide = 2 if self.hasFocus() else 1
        painter.setPen(QPen(colour(t.accent if self.hasFocus() else t.control if self.isEnabled() else t.line2), wide))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), RADIUS, RADIUS)
        # At use: QStyle's hundreds of names are made when it is imported, and the status bar needs this module before the first paint.
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        area = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        room = QRect(12, 0, self.width() - 40, self.height())
        painter.setFont(font())
        painter.setPen(colour(t.text if self.isEnabled() else t.muted))
        words = metrics().elidedText(self.currentText() or self.placeholderText(), Qt.TextElideMode.ElideRight, room.width())
        if not self.isEditable():
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.drawPixmap(
            QPointF(max(area.right(), self.width() - 26), (self.height() - 12) // 2), icons.pixmap("chevron-down", t.muted, 12)
        )


class Segments(QWidget):
    """Two to five short choices side by side, one of them taken (7 days | 30 days | 90 days), or none (None). Left and right move it."""

    chosen = Signal(object)

    def __init__(self, pairs: Sequence[tuple[Any, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs = list(pairs)
        self.value: Any = self.pairs[0][0]
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name = name
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 4, 32)

    def choose(self, value: Any) -> None:
        """Take `value` and tell, if it is another one; None takes none of them."""
        if value != self.value:
            self.value = value
            self._tell()
            self.update()
            self.chosen.emit(value)

    def _tell(self) -> None:
        taken = dict(self.pairs).get(self.value, "")
        self.setAccessibleName(f"{self._name}: {taken}" if taken else self._name)

    def _widths(self) -> list[int]:
        return [ceil(metrics(LABEL_SIZE).horizontalAdvance(words)) + 28 for _, words in self.pairs]

    def _areas(self) -> list[QRectF]:
        areas, x = [], 2.0
        for width in self._widths():
            areas.append(QRectF(x, 2, width, self.height() - 4))
            x += width
        return areas

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for area, (value, _) in zip(self._areas(), self.pairs, strict=True):
            if area.contains(event.position()):
                self.choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [value for value, _ in self.pairs]
        step = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            here = values.index(self.value) if self.value in values else -1 if step > 0 else len(values)
            self.choose(values[max(0, min(len(values) - 1, here + step))])

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.hover))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setFont(font(LABEL_SIZE))
        for area, (value, words) in zip(self._areas(), self.pairs, strict=True):
            if value == self.value:
                painter.setPen(QPen(colour(t.accent if self.hasFocus() else t.line2), 1.5 if self.hasFocus() else 1))
                painter.setBrush(colour(t.surface))
                painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 1, RADIUS - 1)
            painter.setPen(colour(t.text if value == self.value else t.muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
