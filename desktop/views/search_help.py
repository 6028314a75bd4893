"""How to search: every field as the search declares it, the signs between them, and an example of each that a click puts into the box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.i18n import language, tr
from desktop.models.delegates import advance, write
from desktop.models.suggestions import ENTRY_ROLE, Suggestion, Suggestions
from desktop.theme import BODY_SIZE, LABEL_SIZE, colour, theme
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

ROW, ROWS, WIDTH = 36, 14, 880
_NAMES = 210
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the help; one without an example heads those after it. `also` is another way to type the name."""

    name: str
    also: str = ""
    holds: str = ""
    example: str = ""

    def has(self, words: Sequence[str]) -> bool:
        text = f"{self.name} {self.also} {self.holds} {self.example}".casefold()
        return all(word in text for word in words)


def signs() -> tuple[Line, ...]:
    """What can be written between and around the fields."""
    either, one, two = (" 或 ", "省:浙江", "省:江苏") if language() == "zh" else (" OR ", "province:浙江", "province:江苏")
    amount = "实付" if language() == "zh" else "paid"
    when = "下单" if language() == "zh" else "created"
    words = ("加急", "贺卡") if language() == "zh" else ("rush", "card")
    return (
        Line(tr("Several words"), "", tr("All of them must be found, anywhere in the order"), " ".join(words)),
        Line(tr("Minus"), "-", tr("What must not be found"), f"-{words[0]}"),
        Line(tr("Either"), either.strip(), tr("One of the two sides is enough"), either.join((one, two))),
        Line(tr("Brackets"), "( )", tr("What belongs together"), f"{words[0]} ({one}{either}{two})"),
        Line(tr("Comma"), ",", tr("One of several values"), f"{one},{two.split(':')[1]}"),
        Line(tr("Greater, less"), "> >= < <=", tr("Amounts, numbers and times"), f"{amount}>=100"),
        Line(tr("From … to"), "..", tr("Both ends count; one may be left open"), f"{amount}:50..200"),
        Line(
            tr("Days"),
            tr("today, yesterday, 7d"),
            tr("Also a month, a year, a date or two dates"),
            f"{when}:{'昨天' if language() == 'zh' else 'yesterday'}",
        ),
        Line(tr("Quotes"), '" "', tr("Words with spaces or signs in them, as they stand"), f'"{" ".join(words)}"'),
        Line(tr("Last four digits"), "", tr("Of a phone or an order number, without any field"), "7764"),
    )


def lines() -> tuple[Line, ...]:
    """The whole help in the language shown."""
    from services.search.meaning import help_rows

    chinese = language() == "zh"
    fields = tuple(
        Line(row.zh if chinese else row.name, row.name if chinese else row.zh, row.holds, row.example) for row in help_rows(language())
    )
    return (Line(tr("Signs")), *signs(), Line(tr("Fields")), *fields)


class LineDelegate(QStyledItemDelegate):
    """How it is typed, what it finds, and the example as something to click."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(ENTRY_ROLE).value
        rect: QRect = option.rect
        view = option.widget
        t = theme()
        x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
        painter.save()
        if not line.example:
            write(painter, (x + 8, y + 6, w - 16, h - 6), line.name, t.muted, LABEL_SIZE)
            painter.fillRect(x, y + h - 1, w, 1, colour(t.line))
            painter.restore()
            return
        current = isinstance(view, QListView) and view.currentIndex() == index
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if current:
            painter.setBrush(colour(t.hover))
            painter.drawRoundedRect(QRectF(rect.adjusted(0, 1, 0, -1)), 4, 4)
        name = write(painter, (x + 8, y, _NAMES - 16, h), line.name, t.text, BODY_SIZE)
        room = int(_NAMES - 16 - name - 8)
        if line.also and room > 16:
            write(painter, (int(x + 16 + name), y, room, h), line.also, t.muted, LABEL_SIZE)
        wide = min(advance(line.example, LABEL_SIZE) + 16, w * 0.42)
        left = x + w - 8 - wide
        write(painter, (x + _NAMES, y, int(left - x - _NAMES - 12), h), line.holds, t.text2, LABEL_SIZE)
        painter.setPen(colour(t.accent) if current else Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.surface if current else t.hover))
        painter.drawRoundedRect(QRectF(left + 0.5, y + 7.5, wide - 1, h - 15), 4, 4)
        write(painter, (int(left + 8), y, int(wide - 15), h), line.example, t.text, LABEL_SIZE)
        painter.restore()


class LineList(QListView):
    """The lines, by mouse and arrows."""

    def __init__(self, model: Suggestions) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(LineDelegate(self))
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(ROW * ROWS)
        self.setAccessibleName(tr("Fields and signs"))
        self.entered.connect(self.setCurrentIndex)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)


class SearchHelp(DialogBase):
    """`tried(text)`: an example is wanted in the box."""

    tried = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, tr("How to search"), tr("Type words, or a field, a colon and a value. A click tries the example."), width=WIDTH
        )
        self._lines = lines()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Which field? Type a word of it"))
        self.filter.setAccessibleName(tr("Filter the help"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show)
        self.filter.installEventFilter(self)
        self.model = Suggestions(self)
        self.list = LineList(self.model)
        self.list.clicked.connect(self._try)
        self.list.activated.connect(self._try)
        self.nothing = Label(tr("No field is called so. Words without a field search everything."), "muted")
        self.nothing.hide()
        self.column.addWidget(self.filter)
        self.column.addWidget(self.list)
        self.column.addWidget(self.nothing)
        self._show("")
        self.filter.setFocus()

    def _show(self, text: str) -> None:
        words = text.casefold().split()
        self._put(self._lines if not words else [line for line in self._lines if line.example and line.has(words)])

    def _put(self, found: Iterable[Line]) -> None:
        self.model.put(Suggestion(line.name, f"{line.holds} {line.example}", value=line) for line in found)
        self.nothing.setVisible(not self.model.rowCount())
        self.list.setVisible(bool(self.model.rowCount()))

    def _try(self, index: QModelIndex) -> None:
        line: Line = self.model.entries[index.row()].value
        if line.example:
            self.accept()
            self.tried.emit(line.example)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and up in the filter go through the lines; Enter tries the current one."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
            if event.key() in steps:
                self._step(steps[event.key()])
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() and self.list.currentIndex().isValid():
                self._try(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        while 0 <= row < self.model.rowCount() and not self.model.entries[row].value.example:
            row += by
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))


def show_help(window: MainWindow) -> SearchHelp:
    """From the Help menu: an example is tried among the orders."""
    dialog = SearchHelp(window)
    dialog.tried.connect(lambda text: window.context.go("orders", search=text))
    dialog.open()
    return dialog
