"""Open cases as cards in columns by how far they are, and below them what was settled last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats, icons
from desktop.i18n import language, tr
from desktop.models.case_columns import KIND_ICONS, OPEN_STATES, waited_tone
from desktop.models.delegates import advance, baseline, elided
from desktop.theme import BODY_SIZE, CARD_RADIUS, LABEL_SIZE, MARGIN, colour, font, theme
from desktop.views.widgets.labels import Label, rule
from desktop.views.widgets.panel import ScrollPanel, empty_layout
from desktop.views.widgets.rows import ListRow, Part
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.case_rows import CaseRow

CARD = 116
LOW, FEW = 620, 2
"""Below this height only so many settled cases are shown."""
ICONS_ENDED = {"refunded": "check-circle", "exchanged": "check-circle", "resent": "check-circle"}


class CaseCard(QAbstractButton):
    """One case, 116 px high: kind and how long it waits, goods, reason, buyer and amount. Current: an accent border."""

    entered = Signal(int)
    """Enter or double click: its id."""
    stepped = Signal(int, int)
    """Arrow keys: columns and rows to go."""

    def __init__(self, row: CaseRow, now: int) -> None:
        super().__init__()
        self.row, self._now = row, now
        self._hover = False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFixedHeight(CARD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = language()
        self.setAccessibleName(
            " ".join((row.label, term("case_kind", row.kind, said), row.goods, row.reason, row.buyer, formats.money(row.amount)))
        )

    def sizeHint(self) -> QSize:
        return QSize(220, CARD)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.isChecked():
            self.click()

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.entered.emit(self.row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            int(Qt.Key.Key_Left): (-1, 0),
            int(Qt.Key.Key_Right): (1, 0),
            int(Qt.Key.Key_Up): (0, -1),
            int(Qt.Key.Key_Down): (0, 1),
        }
        if event.key() in steps:
            self.stepped.emit(*steps[event.key()])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(self.row.id)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        here = self.isChecked()
        painter.setPen(QPen(colour(t.accent if here else t.line2 if self._hover else t.line), 1.5 if here else 1))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CARD_RADIUS, CARD_RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        row, width = self.row, self.width() - 24
        waited = self._now - row.requested_at
        age = formats.span(waited)
        painter.drawPixmap(QPointF(12, 13), icons.pixmap(KIND_ICONS.get(row.kind, "refund"), t.text2, 14))
        self._line(painter, 32, 10, width - 20, term("case_kind", row.kind, language()), t.text2, LABEL_SIZE)
        self._right(painter, 10, age, t.tone(waited_tone(waited)), LABEL_SIZE)
        more = f" +{row.more}" if row.more else ""
        self._line(painter, 12, 34, width, (row.goods or formats.DASH) + more, t.text, BODY_SIZE, bold=True)
        self._line(painter, 12, 54, width, row.reason, t.text2, LABEL_SIZE)
        painter.fillRect(12, 80, width, 1, colour(t.row))
        self._line(painter, 12, 86, width - 90, row.buyer, t.muted, LABEL_SIZE)
        self._right(painter, 86, formats.money(row.amount), t.text, BODY_SIZE)

    @staticmethod
    def _line(painter: QPainter, x: float, y: float, width: float, words: str, ink: str, size: int, bold: bool = False) -> None:
        painter.setFont(font(size, bold))
        painter.setPen(colour(ink))
        painter.drawText(QPointF(x, y + baseline(20, size, bold)), elided(words, int(width), size, bold))

    def _right(self, painter: QPainter, y: float, words: str, ink: str, size: int) -> None:
        painter.setFont(font(size))
        painter.setPen(colour(ink))
        painter.drawText(QPointF(self.width() - 12 - advance(words, size), y + baseline(20, size)), words)


class CaseBoard(QWidget):
    """`set_cases(open, done, done_count)`; `chosen(id)` when a card became current, `entered(id)` on Enter."""

    chosen = Signal(int)
    entered = Signal(int)
    all_asked = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.cards: dict[str, list[CaseCard]] = {}
        self.current = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(0)
        self._rows: list[ListRow] = []
        self._counts: dict[str, Label] = {}
        self._columns: dict[str, ScrollPanel] = {}
        for place, state in enumerate(OPEN_STATES):
            if place:
                row.addWidget(rule(vertical=True))
            row.addWidget(self._column(state), 1)
        column.addLayout(row, 1)
        column.addWidget(rule())
        self._recent = QVBoxLayout()
        self._recent.setContentsMargins(MARGIN, 12, MARGIN, 14)
        self._recent.setSpacing(0)
        column.addLayout(self._recent)

    def _column(self, state: str) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        head.setSpacing(8)
        head.addWidget(Label(_heading(state), "strong"))
        self._counts[state] = Label("", "label")
        head.addWidget(self._counts[state])
        head.addStretch()
        column.addLayout(head)
        panel = ScrollPanel(margin=MARGIN - 1, spacing=8)  # a card's border stands a pixel within it
        self._columns[state] = panel
        column.addWidget(panel, 1)
        return whole

    def set_cases(self, rows: Sequence[CaseRow], done: Sequence[CaseRow], done_count: int) -> None:
        focused = any(card.hasFocus() for cards in self.cards.values() for card in cards)
        now = self.context.now()
        ids = [row.id for row in rows]
        if self.current not in ids:
            self.current = ids[0] if ids else -1
        self.cards = {}
        for state in OPEN_STATES:
            panel = self._columns[state]
            panel.clear()
            mine = [CaseCard(row, now) for row in rows if row.state == state]
            self.cards[state] = mine
            self._counts[state].setText(formats.count(len(mine)))
            for card in mine:
                card.setChecked(card.row.id == self.current)
                card.clicked.connect(partial(self._click, card.row.id))
                card.entered.connect(self.entered)
                card.stepped.connect(partial(self._step, card.row.id))
                panel.column.addWidget(card)
            if not mine:
                panel.column.addWidget(Label(tr("None"), "label"))
        self._show_recent(done, done_count)
        self.chosen.emit(self.current)
        if focused:
            self.focus_current()

    def _show_recent(self, done: Sequence[CaseRow], count: int) -> None:
        empty_layout(self._recent)
        self._rows = []
        if not done:
            return
        head = QHBoxLayout()
        head.addWidget(Label(tr("Settled last"), "strong"))
        head.addStretch()
        from desktop.views.widgets.buttons import LinkButton

        head.addWidget(LinkButton(tr("See all {n}", n=formats.count(count)), self.all_asked.emit))
        self._recent.addLayout(head)
        self._recent.addSpacing(6)
        said = language()
        kinds = ceil(max(advance(term("case_kind", row.kind, said), BODY_SIZE) for row in done)) + 4
        for row in done:
            self._rows.append(
                ListRow(
                    (
                        Part(row.label, 56, "muted", LABEL_SIZE),
                        Part(term("case_kind", row.kind, said), kinds, "text2"),
                        Part(row.goods, 0),
                        Part(row.buyer, 110, "muted"),
                        Part(row.reason, 150, "muted"),
                        Part(formats.money(row.amount), 88, right=True),
                        Part(term("case_state", row.state, said), 92, "text2", icon=ICONS_ENDED.get(row.state, "x-circle")),
                        Part(formats.short_time(row.ended_at, self.context.now(), self.context.zone), 48, "muted", LABEL_SIZE, right=True),
                    ),
                    partial(self.chosen.emit, row.id),
                    height=31,
                )
            )
            self._recent.addWidget(self._rows[-1])
        self._fit_recent()

    def _fit_recent(self) -> None:
        """In a low window the open cases have the room."""
        shown = len(self._rows) if self.height() >= LOW else FEW
        for place, row in enumerate(self._rows):
            row.setVisible(place < shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_recent()

    def choose(self, identity: int) -> bool:
        """Make this case current; False if it is not on the board."""
        found = False
        for cards in self.cards.values():
            for card in cards:
                here = card.row.id == identity
                card.setChecked(here)
                found = found or here
        if found:
            self.current = identity
            self.chosen.emit(identity)
        return found

    def focus_current(self) -> None:
        for cards in self.cards.values():
            for card in cards:
                if card.row.id == self.current:
                    card.setFocus()

    def step(self, by: int) -> None:
        """The next or last card, column by column (the panel's arrows)."""
        ids = [card.row.id for state in OPEN_STATES for card in self.cards.get(state, [])]
        if self.current in ids:
            self.choose(ids[max(0, min(len(ids) - 1, ids.index(self.current) + by))])

    def _click(self, identity: int, _on: bool = False) -> None:
        self.choose(identity)

    def _step(self, identity: int, across: int, down: int) -> None:
        columns = [self.cards[state] for state in OPEN_STATES if self.cards.get(state)]
        for place, cards in enumerate(columns):
            ids = [card.row.id for card in cards]
            if identity in ids:
                target = columns[max(0, min(len(columns) - 1, place + across))]
                row = max(0, min(len(target) - 1, ids.index(identity) + down))
                target[row].setFocus()
                return


def _heading(state: str) -> str:
    names: dict[str, Callable[[], str]] = {
        "requested": lambda: tr("To decide"),
        "agreed": lambda: tr("Goods on their way back"),
        "goods_back": lambda: tr("Goods are back"),
    }
    return names[state]()
