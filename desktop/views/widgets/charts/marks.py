"""A chart of a report's table whose marks can be pointed at, walked through by arrow keys, and opened.

A mark is a row of the table. What is marked is shown in a bubble, told to screen readers, and emitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen

from desktop.i18n import language, tr
from desktop.theme import LABEL_SIZE, RADIUS, colour, metrics, theme
from desktop.views.widgets.charts.base import Chart, shapes, text_at

if TYPE_CHECKING:
    from services.reports import Table
    from services.reports.report import Cell

BUBBLE = 26
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


_BY_KEY = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
"""Whoever comes by key is shown at once where the keys are."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a row of the table can be hit. A row may have several; the first is its own."""

    area: QRectF
    row: int


class MarkedChart(Chart):
    """Subclasses give `targets`, `words_of` and `paint_marks`; `best` is the row drawn in the accent."""

    opened = Signal(int)
    """A row of the table was clicked, or Enter pressed on it."""
    marked = Signal(str)
    """What the mark says that is pointed at, "" for none."""
    tallest = 640
    """Higher than this it only grows empty."""

    def __init__(self, name: str, wide: bool = False) -> None:
        """`wide`: it has the room of a page, and its numbers beside it."""
        super().__init__(name)
        self.wide = wide
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.table: Table | None = None
        self.best = -1
        self.walked = -1
        """The row that the keys are on."""
        self.pointed = -1
        """The row under the mouse."""
        self.quiet = False
        """No bubble: for a picture."""
        self._kept: tuple[QSize, object, Sequence[Target]] = (QSize(), None, ())

    # ---- what subclasses say

    def targets(self) -> Sequence[Target]:
        """Every place that stands for a row, in the chart's present size."""
        return ()

    def kept_targets(self) -> Sequence[Target]:
        """`targets`, made anew for another size or table only: every move of the mouse asks."""
        size, table, kept = self._kept
        if size != self.size() or table is not self.table:
            kept = self.targets() if self.rows else ()
            self._kept = (self.size(), self.table, kept)
        return kept

    def words_of(self, row: int) -> str:
        """What a row says, with its figures."""
        return str(row)

    def paint_marks(self, painter: QPainter) -> None:
        """Everything but the bubble."""

    def legend(self) -> list[tuple[str, str]]:
        """(sign, words) of what the colours mean: `block`, `line`, `ramp`; none where the title says it."""
        return []

    def choose_best(self) -> int:
        """The row that answers the question; −1 for none."""
        return -1

    # ---- what is shown

    def set(self, table: Table) -> None:
        self.table = table
        self.best = self.choose_best()
        self.walked = -1 if self.walked >= len(table.rows) else self.walked
        self.pointed = -1
        self._describe()
        self.update()

    @property
    def lit(self) -> int:
        """The row with the bubble: what the mouse points at, else what the keys are on."""
        return -1 if self.quiet else self.pointed if self.pointed >= 0 else self.walked

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self.table.rows if self.table is not None else ()

    @property
    def by(self) -> str:
        return self.table.by if self.table is not None else ""

    def _column(self, key: str) -> int:
        columns = self.table.columns if self.table is not None else ()
        return next(place for place, column in enumerate(columns) if column.key == key)

    def figure(self, row: int, key: str) -> int:
        return cast("int", self.rows[row][self._column(key)])

    def words(self, row: int, key: str) -> str:
        return str(self.rows[row][self._column(key)])

    def figures(self, key: str) -> list[int]:
        place = self._column(key)
        return [cast("int", row[place]) for row in self.rows]

    def _describe(self) -> None:
        if self.table is None:
            return
        answer = self.table.answer[1 if language() == "zh" else 0]
        how = tr("Arrow keys move through it, Enter shows the orders.")
        marked = [self.words_of(self.walked)] if self.walked >= 0 else []
        self.describe("\n".join([*marked, answer, how]))

    def _tell(self) -> None:
        self._describe()
        self.marked.emit(self.words_of(self.lit) if self.lit >= 0 else "")
        self.update()

    def draw(self, painter: QPainter) -> None:
        if not self.rows:
            return
        self.paint_marks(painter)
        if self.lit >= 0:
            target = next((one for one in self.kept_targets() if one.row == self.lit), None)
            if target is not None:
                self.bubble(painter, self.anchor(target), self.words_of(self.lit))

    def anchor(self, target: Target) -> QRectF:
        """What the bubble of a target stands over."""
        return target.area

    def bubble(self, painter: QPainter, over: QRectF, words: str) -> None:
        """Words on a small raised ground above `over`, or below where there is no room; never beyond the chart."""
        t = theme()
        wide = metrics(LABEL_SIZE).horizontalAdvance(words) + 20
        x = min(max(0.0, over.center().x() - wide / 2), max(0.0, self.width() - wide))
        y = over.top() - BUBBLE - 5
        if y < 0:
            y = min(over.bottom() + 5, self.height() - BUBBLE)
        shapes(painter, True)
        painter.setPen(QPen(colour(t.line2)))
        painter.setBrush(colour(t.raised))
        painter.drawRoundedRect(QRectF(round(x) + 0.5, round(y) + 0.5, wide - 1, BUBBLE - 1), RADIUS, RADIUS)
        face = metrics(LABEL_SIZE)
        text_at(painter, round(x) + 10, round(y + (BUBBLE + face.ascent() - face.descent()) / 2), words, t.text, LABEL_SIZE)

    def ring(self, painter: QPainter, area: QRectF, radius: float = 3) -> None:
        """The frame of what the keys are on, or the mouse."""
        shapes(painter, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(theme().text), 2 if self.hasFocus() and self.pointed < 0 else 1.4))
        painter.drawRoundedRect(area, radius, radius)

    # ---- mouse and keys

    def _hit(self, at: QPointF) -> int:
        return next((one.row for one in self.kept_targets() if one.area.contains(at)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._hit(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(-1)
        super().leaveEvent(event)

    def _point(self, row: int) -> None:
        if row != self.pointed:
            self.pointed = row
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._hit(event.position()) if event.button() == Qt.MouseButton.LeftButton else -1
        if row >= 0:
            self.walked = row
            self._tell()
            self.opened.emit(row)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.rows:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._walk_to(self._next(*_STEPS[key]))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            rows = [one.row for one in self.kept_targets()]
            self._walk_to(min(rows) if key == Qt.Key.Key_Home else max(rows))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.walked >= 0:
            self.opened.emit(self.walked)
        else:
            super().keyPressEvent(event)

    def _walk_to(self, row: int) -> None:
        self.walked, self.pointed = row, -1
        self._tell()

    def _next(self, right: int, down: int) -> int:
        """The nearest row that way: what lies straight ahead before what lies aside."""
        places: dict[int, QPointF] = {}
        for one in self.kept_targets():
            places.setdefault(one.row, one.area.center())
        here = places.get(self.walked)
        if here is None:
            return self.best if self.best >= 0 else min(places)
        ways = []
        for row, place in places.items():
            along = (place.x() - here.x()) * right + (place.y() - here.y()) * down
            aside = abs((place.x() - here.x()) * down) + abs((place.y() - here.y()) * right)
            if along > 0.5:
                ways.append((along + 3 * aside, row))
        return min(ways)[1] if ways else self.walked

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.walked < 0 and event.reason() in _BY_KEY:
            self.walked = self.best
        self._tell()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.walked = -1
        self._tell()
        super().focusOutEvent(event)


def said(head: str, *parts: str) -> str:
    """`11-11 Wed: ¥16,800.00, 32 orders`, with the signs of the language."""
    colon, comma = ("：", "，") if language() == "zh" else (": ", ", ")
    return head + colon + comma.join(parts)


def best_of(figures: Sequence[int]) -> int:
    """Place of the greatest, the first of equals; −1 where all are nothing."""
    most = max(figures, default=0)
    return figures.index(most) if most > 0 else -1


def block(painter: QPainter, area: QRectF, ink: QColor, radius: float = 2) -> None:
    """A filled mark: rounded where it is large enough, else sharp pixels."""
    if min(area.width(), area.height()) < 4:
        shapes(painter, False)
        painter.fillRect(area, ink)
        return
    shapes(painter, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(area, radius, radius)
