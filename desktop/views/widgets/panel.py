"""The detail panel at the right and what it is built of: sections, bands, rows of label and value, cards, scrolling."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import BODY_SIZE, PANEL_MARGIN, colour, theme
from desktop.views.widgets.buttons import Button, LinkButton, QuietButton
from desktop.views.widgets.labels import Elided, IconLabel, Label
from desktop.views.widgets.selection_bar import BAR
from desktop.views.widgets.tabs import TAB_ROW


def stops_in(part: QWidget) -> list[QWidget]:
    """Where Tab stops in it, line by line from the left."""
    found = [one for one in part.findChildren(QWidget) if one.isVisibleTo(part) and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    places = {one: one.mapTo(part, one.rect().center()) for one in found}
    # Buttons of one line differ by a pixel or two in their middles.
    return sorted(found, key=lambda one: (places[one].y() // 12, places[one].x()))


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and drop it, before it is filled anew."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)


class ScrollPanel(QScrollArea):
    """A column that scrolls when it must; fill `column`."""

    def __init__(self, margin: int = PANEL_MARGIN, spacing: int = 0) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = QWidget()
        self.body.setProperty("box", "surface")
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(margin, margin - 4, margin, margin)
        self.column.setSpacing(spacing)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.body)
        self.viewport().setAutoFillBackground(False)

    def clear(self) -> None:
        empty_layout(self.column)


class Panel(QWidget):
    """The detail at the right, 344 px: a 46 px head continuing the tab line, a scrolling body (`body`), a 52 px foot (`add_button`)."""

    closed = Signal()
    stepped = Signal(int)
    """−1 the row above, +1 the row below."""

    def __init__(self, kind: str, width: int = 344) -> None:
        super().__init__()
        self.setFixedWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self._head = head = QWidget()
        head.setFixedHeight(TAB_ROW + 1)
        row = QHBoxLayout(head)
        row.setContentsMargins(PANEL_MARGIN, 0, 8, 1)
        row.setSpacing(6)
        self._kind = Label(kind, "label")
        if not kind:
            self._kind.hide()
        row.addWidget(self._kind)
        self.title = Elided("", size=15, bold=True)
        row.addWidget(self.title, 1)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(0)
        row.addLayout(self.tools)
        row.addWidget(QuietButton(icon="chevron-up", name=tr("Row above"), run=lambda: self.stepped.emit(-1)))
        row.addWidget(QuietButton(icon="chevron-down", name=tr("Row below"), run=lambda: self.stepped.emit(1)))
        row.addWidget(QuietButton(icon="close", name=tr("Close the panel"), run=self.closed.emit))
        column.addWidget(head)
        self.body = ScrollPanel()
        column.addWidget(self.body, 1)
        self._foot = QWidget()
        self._foot.setFixedHeight(BAR)
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.setContentsMargins(PANEL_MARGIN, 1, PANEL_MARGIN, 0)
        self._foot_row.setSpacing(8)
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        for part in (self._left, self._right):
            part.setSpacing(8)
        self._foot_row.addLayout(self._left)
        self._foot_row.addStretch()
        self._foot_row.addLayout(self._right)
        self._foot.hide()
        column.addWidget(self._foot)

    def add_button(self, button: Button, right: bool = False) -> None:
        """Put a button into the foot, from the left unless `right`."""
        self._foot.show()
        (self._right if right else self._left).addWidget(button)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as one reads: the head from the left, the body, the foot. The body is filled anew for each row, so its place is told here."""
        stops = [one for part in (self._head, self.body.body, self._foot) for one in stops_in(part)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        return super().focusNextPrevChild(forward)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = colour(theme().line)
        painter.fillRect(0, 0, 1, self.height(), line)
        painter.fillRect(0, TAB_ROW, self.width(), 1, line)
        if self._foot.isVisible():
            painter.fillRect(0, self.height() - BAR, self.width(), 1, line)


class PanelSection(QWidget):
    """A 12 px muted heading with its action at the right, and a column below it: fill `column`."""

    def __init__(self, heading: str, action: str = "", run: Callable[[], object] | None = None, icon: str = "") -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 4)
        outer.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.heading = Label(heading, "label")
        row.addWidget(self.heading)
        row.addStretch()
        if action:
            row.addWidget(LinkButton(action, run, icon=icon))
        outer.addLayout(row)
        self.column = QVBoxLayout()
        self.column.setSpacing(4)
        outer.addLayout(self.column)


class Fact(QWidget):
    """Label at the left, value at the right, on one line; `strong` for the one figure that counts."""

    def __init__(self, label: str, value: str, *, strong: bool = False, tone: str = "text") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = Label(label, "strong" if strong else "body2")
        row.addWidget(words)
        self.value = Elided(value, tone, BODY_SIZE + (2 if strong else 0), bold=strong, right=True)
        row.addWidget(self.value, 1)


_BAND_SIGNS = {"warn": "alert", "bad": "x-circle", "ok": "check-circle", "info": "info"}


class Band(QFrame):
    """A warning, refusal or good news across the panel or dialog: icon, words, a second line, one remedy."""

    def __init__(
        self, tone: str, words: str, more: str = "", remedy: str = "", run: Callable[[], object] | None = None, icon: str = ""
    ) -> None:
        super().__init__()
        self.setProperty("box", tone)
        # Not Fixed: its height comes from its width, and a fixed one would be held to the height of some other width.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 10, 7)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon or _BAND_SIGNS[tone], tone))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        head = Label(words, tone, wrap=True)
        lines.addWidget(head)
        if more:
            lines.addWidget(Label(more, "small", wrap=True))
        row.addLayout(lines, 1)
        if remedy:
            button = LinkButton(remedy, run)
            button.tone = tone
            row.addWidget(button)


class Card(QFrame):
    """A bordered region of a page: a title, muted words beside it, an action at the right; fill `column`."""

    def __init__(self, title: str = "", beside: str = "", action: str = "", run: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("box", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PANEL_MARGIN, 14, PANEL_MARGIN, 14)
        outer.setSpacing(10)
        self.beside = Label(beside, "label")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(6)
        if title:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Label(title, "strong"))
            row.addWidget(self.beside)
            row.addStretch()
            row.addLayout(self.tools)
            if action:
                row.addWidget(LinkButton(action, run))
            outer.addLayout(row)
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        outer.addLayout(self.column, 1)
