"""What the Today page is built of: a thing to do, the steps of the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats, icons
from desktop.i18n import language, tr
from desktop.theme import BODY_SIZE, LABEL_SIZE, colour, font, metrics, theme
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Elided, IconTile
from desktop.views.widgets.rows import ListRow, Part
from services.words import term

if TYPE_CHECKING:
    from services.queries.today import Step, Todo

TODO_ICONS = {
    "late": "clock",
    "due_soon": "clock",
    "due_today": "clock",
    "due_later": "calendar",
    "short_goods": "stock",
    "open_cases": "refund",
    "blocked": "alert",
    "unmatched_goods": "link",
    "approvals": "seal",
    "conflicts": "exchange",
    "bad_addresses": "pin",
    "duplicates": "copy",
    "odd_amounts": "money",
    "import_rejects": "file-import",
    "to_ship": "ship",
    "to_remind": "hourglass",
}
INDENT = 52
"""Where the words of a line begin, right of its sign."""


class TodoRow(QWidget):
    """Sign, what, details, and the button that goes there; a click anywhere on the line and Enter on the button do the same.

    `parts` are the lines under it, each with its own way to go.
    """

    def __init__(self, todo: Todo, title: str, details: str, go: Callable[[Todo], object], parts: Sequence[ListRow] = ()) -> None:
        super().__init__()
        self.todo, self.title, self.details = todo, title, details
        self.parts = tuple(parts)
        self._run = partial(go, todo)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6 if parts else 0)
        column.setSpacing(0)
        self.head = QWidget()
        self.head.setFixedHeight(54)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(IconTile(TODO_ICONS.get(todo.code, "info"), todo.tone))
        words = QVBoxLayout()
        words.setContentsMargins(0, 8, 0, 8)
        words.setSpacing(1)
        words.addWidget(Elided(title, size=14))
        words.addWidget(Elided(details, "muted", LABEL_SIZE))
        row.addLayout(words, 1)
        self.button = Button(term("todo_action", todo.code, language()), self._run, height=30)
        self.button.setAutoDefault(True)  # Enter presses it as Space does
        self.button.setAccessibleName(f"{title} {self.button.text()}")
        row.addWidget(self.button)
        column.addWidget(self.head)
        under = QVBoxLayout()
        under.setContentsMargins(INDENT, 0, 0, 0)
        under.setSpacing(0)
        for part in self.parts:
            under.addWidget(part)
        column.addLayout(under)
        self.setAccessibleName(f"{title} {details}")

    def stops(self) -> tuple[tuple[str, QAbstractButton], ...]:
        """What takes the keys on this line and those under it, by the code of its thing to do."""
        return ((self.todo.code, self.button), *zip((part.code for part in self.todo.parts), self.parts, strict=False))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.head.geometry().contains(event.position().toPoint()):
            self._run()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(INDENT, self.height() - 1, self.width() - INDENT, 1, colour(theme().row))


def part_row(todo: Todo, title: str, hint: str, money: str, go: Callable[[Todo], object]) -> ListRow:
    """One reason under a line: how many, what lifts it, the money in it."""
    parts = (
        Part(title, 170, "text"),
        Part(hint, 0, "muted", LABEL_SIZE),
        Part(money, -1, "text2", right=True),
        Part("", 14, "muted", icon="chevron-right"),
    )
    return ListRow(parts, partial(go, todo), height=28, ruled=False, name=f"{title} {hint} {money}".strip())


class DaySteps(QWidget):
    """Import → check → print → ship: a ring each that fills, the figure below it; what is behind is joined in green."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[Step, ...] = ()
        self.setFixedHeight(74)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(280, 74)

    def set(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(steps)
        self.setAccessibleName(", ".join(f"{term('step', one.code, language())} {_figure(one)}" for one in steps))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        wide = self.width() / len(self.steps)
        first_open = next((place for place, one in enumerate(self.steps) if one.done < one.total), len(self.steps))
        for place, one in enumerate(self.steps):
            middle = QPointF(wide * (place + 0.5), 12)
            if place:
                painter.setPen(QPen(colour(t.fill_ok if place <= first_open else t.line2), 1.5))
                painter.drawLine(QPointF(middle.x() - wide + 16, 12), QPointF(middle.x() - 16, 12))
            self._ring(painter, middle, one, current=place == first_open)
            words = term("step", one.code, language())
            face = metrics(BODY_SIZE, place == first_open)
            painter.setFont(font(BODY_SIZE, place == first_open))
            painter.setPen(colour(t.text))
            painter.drawText(QPointF(middle.x() - face.horizontalAdvance(words) / 2, 44), words)
            figure = _figure(one)
            painter.setFont(font(LABEL_SIZE))
            painter.setPen(colour(t.accent if place == first_open else t.muted))
            painter.drawText(QPointF(middle.x() - metrics(LABEL_SIZE).horizontalAdvance(figure) / 2, 64), figure)

    @staticmethod
    def _ring(painter: QPainter, middle: QPointF, one: Step, current: bool) -> None:
        t = theme()
        done = one.total > 0 and one.done >= one.total
        if done:
            painter.drawPixmap(QPointF(middle.x() - 9, middle.y() - 9), icons.pixmap("check-circle", t.ok, 18))
            return
        circle = QRectF(middle.x() - 8, middle.y() - 8, 16, 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(t.accent if current else t.line2), 2))
        painter.drawEllipse(circle)
        if one.total > 0 and one.done > 0 and not current:
            painter.setPen(QPen(colour(t.fill_ok), 2))
            painter.drawArc(circle, 90 * 16, -round(360 * 16 * one.done / one.total))
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.accent))
            painter.drawEllipse(middle, 4, 4)


def _figure(one: Step) -> str:
    if one.code == "import":
        return tr("{n} new", n=formats.count(one.done)) if one.done else formats.DASH
    return f"{formats.count(one.done)} / {formats.count(one.total)}" if one.total else formats.DASH
