"""Tabs with counts over a page: one tab stop, arrow keys move, the current one bold over an accent line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop import formats
from desktop.theme import LABEL_SIZE, MARGIN, RADIUS, colour, font, metrics, theme
from desktop.views.widgets.buttons import Button

TAB_ROW = 46
WIDE, CLOSE = 24, 14
"""Between two tabs, px."""


class Tab(QAbstractButton):
    """One tab: words, and a count in 12 px after it."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__()
        self.key = key
        self.count: int | None = None
        self.quiet = False
        """Without its count while another tab is current: there is no room."""
        self.setText(words)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()

    def set_count(self, count: int | None) -> None:
        self.count = count
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(self.text() if self.count is None else f"{self.text()} {formats.count(self.count)}")

    def _figures(self) -> str:
        return "" if self.count is None or (self.quiet and not self.isChecked()) else formats.count(self.count)

    def sizeHint(self) -> QSize:
        words = metrics(bold=True).horizontalAdvance(self.text())  # the bold width always, so that nothing moves when it becomes current
        figures = metrics(LABEL_SIZE).horizontalAdvance(self._figures())
        return QSize(ceil(words + (6 + figures if figures else 0)), TAB_ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        here = self.isChecked()
        face = metrics(bold=here)
        base = (self.height() + face.ascent() - face.descent()) / 2
        painter.setFont(font(bold=here))
        painter.setPen(colour(t.text if here or self.underMouse() else t.text2))
        painter.drawText(QPointF(0, base), self.text())
        figures = self._figures()
        if figures:
            painter.setFont(font(LABEL_SIZE))
            painter.setPen(colour(t.accent if here else t.muted))
            painter.drawText(QPointF(face.horizontalAdvance(self.text()) + 6, base), figures)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.accent))
            painter.drawRoundedRect(QRectF(0, self.height() - 2.5, self.width(), 2.5), 1, 1)
        if self.hasFocus():
            painter.setPen(QPen(colour(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(0, 0, self.width(), self.height()).adjusted(-5, 10, 5, -10), RADIUS, RADIUS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)


class Tabs(QWidget):
    """The 46 px row: tabs at the left, what is given with `add_right` at the right, a hairline below."""

    changed = Signal(str)
    """Key of the tab that became current."""

    def __init__(self, pairs: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__()
        self.setFixedHeight(TAB_ROW + 1)
        self.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 0, MARGIN, 1)
        self._row.setSpacing(WIDE)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, Tab] = {}
        for key, words in pairs:
            tab = Tab(key, words)
            self._tabs[key] = tab
            self._group.addButton(tab)
            self._row.addWidget(tab)
        self._row.addStretch()
        self._right = QHBoxLayout()
        self._right.setSpacing(8)
        self._row.addLayout(self._right)
        next(iter(self._tabs.values())).setChecked(True)
        self._group.buttonToggled.connect(self._toggled)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._tabs)

    @property
    def current(self) -> str:
        return next(key for key, tab in self._tabs.items() if tab.isChecked())

    def choose(self, key: str) -> None:
        self._tabs[key].setChecked(True)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show these counts; a tab without one shows none."""
        for key, tab in self._tabs.items():
            tab.set_count(counts.get(key))
        self._make_room()

    def add_right(self, widget: QWidget) -> None:
        self._right.addWidget(widget)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """A narrow window may be narrower than the words: they make room then."""
        return QSize(240, TAB_ROW + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """First the buttons keep only their icons, then the tabs stand closer, at last only the current one has its count. Nothing is cut."""
        buttons = [one for place in range(self._right.count()) if isinstance(one := self._widget(place), Button)]
        for folded, spacing, quiet in ((False, WIDE, False), (True, WIDE, False), (True, CLOSE, False), (True, CLOSE, True)):
            for button in buttons:
                button.fold(folded)
            for tab in self._tabs.values():
                tab.quiet = quiet
                tab.updateGeometry()
            self._row.setSpacing(spacing)
            right = sum(one.sizeHint().width() + 8 for place in range(self._right.count()) if (one := self._widget(place)) is not None)
            if sum(tab.sizeHint().width() + spacing for tab in self._tabs.values()) + right + 2 * MARGIN <= self.width():
                break

    def _widget(self, place: int) -> QWidget | None:
        item = self._right.itemAt(place)
        return item.widget() if item is not None else None

    def _toggled(self, tab: QAbstractButton, on: bool) -> None:
        tab.updateGeometry()
        tab.update()
        if on and isinstance(tab, Tab):
            self._make_room()
            self.changed.emit(tab.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, colour(theme().line))
