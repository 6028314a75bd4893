"""The rail at the left: shop, pages with icon, name and what waits there. Below 1400 px of window it folds to the icons."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats, icons
from desktop.i18n import later, tr_later
from desktop.theme import BODY_SIZE, LABEL_SIZE, RADIUS, RAIL_SIZE, colour, font, metrics, theme
from desktop.views import PageEntry

if TYPE_CHECKING:
    from desktop.views.group_rail import GroupRail

WIDE, NARROW, FOLD_BELOW = 176, 56, 1400
_ITEM, _SIDE = 32, 8


class RailItem(QAbstractButton):
    """One page: icon, name, count; the current one on the page's surface with a hairline and the icon in accent."""

    def __init__(self, entry: PageEntry, keys: str) -> None:
        super().__init__()
        self.entry = entry
        self.count, self.alarm = 0, False
        self.setText(tr_later(entry.title))
        self.setCheckable(True)
        self.setFixedHeight(_ITEM)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keys = keys
        self._name()

    def set_count(self, count: int, alarm: bool) -> None:
        self.count, self.alarm = count, alarm
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {formats.count(self.count)}" if self.count else self.text())
        self.setToolTip(formats.plain_tip(f"{self.text()}  {self._keys}"))

    def sizeHint(self) -> QSize:
        return QSize(NARROW - 2 * _SIDE, _ITEM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        here = self.isChecked()
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if here or self.underMouse() or self.hasFocus():
            ground = (t.hover if t.dark else t.surface) if here else t.hover if self.underMouse() else t.raised
            painter.setBrush(colour(ground))
            pen = QPen(colour(t.accent), 2) if self.hasFocus() else QPen(colour(t.line)) if here else QPen(Qt.PenStyle.NoPen)
            painter.setPen(pen)
            painter.drawRoundedRect(edge, RADIUS, RADIUS)
        narrow = self.width() < 80
        x = (self.width() - 16) / 2 if narrow else 10
        painter.drawPixmap(QPointF(round(x), 8), icons.pixmap(self.entry.icon, t.accent if here else t.text2, 16))
        if narrow:
            self._dot(painter)
            return
        face = metrics(BODY_SIZE, here)
        base = (self.height() + face.ascent() - face.descent()) / 2
        painter.setFont(font(BODY_SIZE, here))
        painter.setPen(colour(t.text))
        room = self.width() - 36 - 44
        painter.drawText(QPointF(36, base), face.elidedText(self.text(), Qt.TextElideMode.ElideRight, room))
        self._figure(painter)

    def _dot(self, painter: QPainter) -> None:
        if self.count and self.alarm:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme().fill_bad))
            painter.drawEllipse(QRectF(self.width() / 2 + 6, 5, 6, 6))

    def _figure(self, painter: QPainter) -> None:
        if not self.count:
            return
        words = formats.count(self.count)
        size = RAIL_SIZE if self.alarm else LABEL_SIZE
        face = metrics(size)
        width = face.horizontalAdvance(words)
        base = (self.height() + face.ascent() - face.descent()) / 2
        right = self.width() - 14
        if self.alarm:
            wide = max(20.0, width + 12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme().bad_soft))
            painter.drawRoundedRect(QRectF(self.width() - 8 - wide, 7, wide, 18), 9, 9)
            right = int(self.width() - 8 - (wide - width) / 2)
        painter.setFont(font(size))
        painter.setPen(colour(theme().bad if self.alarm else theme().text2))
        painter.drawText(QPointF(right - width, base), words)


class _Sign(QWidget):
    """The sign 掌, the shop's name, and a second line under it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(52)
        self.name, self.second = "", ""

    def set(self, name: str, second: str) -> None:
        self.name, self.second = name, second
        self.setAccessibleName(f"{name} {second}".strip())
        self.setToolTip(formats.plain_tip(name))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        if self.width() < 80:
            painter.drawPixmap((self.width() - 28) // 2, 12, icons.logo(28))
            return
        painter.drawPixmap(4, 12, icons.logo(28))
        room = self.width() - 42 - 10
        if not self.name:
            painter.fillRect(42, 18, 72, 8, colour(t.hover))
            painter.fillRect(42, 32, 48, 6, colour(t.hover))
            return
        bold = metrics(BODY_SIZE, bold=True)
        y = 24 if self.second else 31
        painter.setFont(font(BODY_SIZE, bold=True))
        painter.setPen(colour(t.text))
        painter.drawText(QPointF(42, y), bold.elidedText(self.name, Qt.TextElideMode.ElideRight, room))
        if self.second:
            painter.setFont(font(RAIL_SIZE))
            painter.setPen(colour(t.muted))
            painter.drawText(QPointF(42, 39), metrics(RAIL_SIZE).elidedText(self.second, Qt.TextElideMode.ElideRight, room))


class Rail(QWidget):
    """`chosen(key)` when the user goes to another page; `help` and `settings` are buttons at its foot."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageEntry]) -> None:
        super().__init__()
        self.setFixedWidth(WIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 0, _SIDE + 1, _SIDE)
        column.setSpacing(0)
        self._sign = _Sign()
        column.addWidget(self._sign)
        column.addSpacing(4)
        self._items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        for place, entry in enumerate(pages):
            if entry.gap:
                column.addSpacing(12)
            item = RailItem(entry, f"Ctrl+{place + 1}")
            self._items[entry.key] = item
            self._group.addButton(item)
            column.addWidget(item)
        self._column, self._place = column, column.count()
        column.addStretch()
        self.groups: GroupRail | None = None
        self.help = RailItem(PageEntry("help", later("Help"), "help", ""), "F1")
        self.settings = RailItem(PageEntry("settings", later("Settings"), "settings", ""), "Ctrl+0")
        for item in (self.help, self.settings):
            item.setCheckable(False)
            column.addWidget(item)
        self._group.buttonToggled.connect(self._toggled)

    def fold(self, narrow: bool) -> None:
        self.setFixedWidth(NARROW if narrow else WIDE)
        if self.groups is not None:
            self.groups.fold(narrow)

    def put_groups(self, groups: GroupRail) -> None:
        """The groups, between the pages and what stands at the foot; they come once the shop is open."""
        self.groups = groups
        groups.fold(self.width() == NARROW)
        self._column.insertSpacing(self._place, 12)
        self._column.insertWidget(self._place + 1, groups, 1)
        stops = (*self._items.values(), *groups.stops(), self.help, self.settings)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def set_shop(self, name: str, second: str = "") -> None:
        self._sign.set(name, second)

    def set_count(self, key: str, count: int, alarm: bool) -> None:
        if key in self._items:
            self._items[key].set_count(count, alarm)

    def block(self, key: str, why: str) -> None:
        """Not for who is signed in: it can't be chosen, and says why."""
        item = {**self._items, "settings": self.settings}[key]
        item.setEnabled(False)
        item.setToolTip(formats.plain_tip(why))

    def choose(self, key: str) -> None:
        """Mark a page as current without telling."""
        self._group.blockSignals(True)
        self._items[key].setChecked(True)
        self._group.blockSignals(False)
        self.update()

    def _toggled(self, item: QAbstractButton, on: bool) -> None:
        item.update()
        if on and isinstance(item, RailItem):
            self.chosen.emit(item.entry.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(theme().raised))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(theme().line))
