"""What a row of the filter builder is compared with: a check list, an amount, a number, a day with calendar and words, or text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QDate, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget, QWidgetAction

from desktop import formats, icons
from desktop.i18n import language, tr
from desktop.theme import RADIUS, colour, font, metrics, theme
from desktop.views.widgets.buttons import QuietButton
from desktop.views.widgets.labels import Label
from services.search.fields import BY_NAME
from services.search.meaning import shown_value
from services.search.writer import said_value

_BETWEEN_VALUES = re.compile(r"\s*[,，、]\s*")
DAYS = ("today", "yesterday", "3d", "7d", "30d", "this_month", "last_month", "this_year")
AHEAD = ("+4h", "today", "tomorrow", "this_week")


class CheckMenu(QMenu):
    """A menu that stays open while boxes are ticked."""

    def _toggle(self) -> bool:
        entry: QAction | None = self.activeAction()
        if entry is None or not entry.isCheckable():
            return False
        entry.trigger()
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._toggle():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._toggle():
            super().keyPressEvent(event)


class ValueEditor(QWidget):
    """`changed` after every edit; `values` are what services.search.builder takes, none while there is nothing."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def values(self) -> tuple[str, ...]:
        raise RuntimeError

    def put(self, values: Sequence[str]) -> None:
        """Show these values."""
        raise RuntimeError

    def first(self) -> QWidget:
        """Where the focus goes."""
        raise RuntimeError

    def mark(self, words: str) -> None:
        """Say that the value is none; empty words take it back."""
        self.setToolTip(formats.plain_tip(words))


class NoValue(ValueEditor):
    """For a comparison that needs none: is filled in, is not filled in."""

    def values(self) -> tuple[str, ...]:
        return ()

    def put(self, values: Sequence[str]) -> None:
        return None

    def first(self) -> QWidget:
        return self


class ChoiceButton(QPushButton):
    """Looks like a closed choice; drops a list of boxes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.words = ""
        self._name = name
        self.setAccessibleName(name)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, 32)

    def say(self, words: str) -> None:
        """Show what is taken."""
        self.words = words
        self.setAccessibleName(f"{self._name}: {words}" if words else self._name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        wide = 2 if self.hasFocus() else 1
        painter.setPen(QPen(colour(t.accent if self.hasFocus() else t.control), wide))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), RADIUS, RADIUS)
        shown = metrics().elidedText(self.words or tr("Choose…"), Qt.TextElideMode.ElideRight, self.width() - 44)
        self.setToolTip(formats.plain_tip(self.words if self.words and shown != self.words else ""))
        painter.setFont(font())
        painter.setPen(colour(t.text if self.words else t.muted))
        painter.drawText(QPointF(12, (self.height() + metrics().ascent() - metrics().descent()) / 2), shown)
        painter.drawPixmap(QPointF(self.width() - 26, (self.height() - 12) // 2), icons.pixmap("chevron-down", t.muted, 12))


class ChoiceValue(ValueEditor):
    """Several of a closed list: any of them."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._taken: list[str] = []
        self.button = ChoiceButton(name)
        self.menu = CheckMenu(self)
        self._entries: dict[str, QAction] = {}
        for code, words in self._choices:
            entry = self.menu.addAction(words)
            entry.setCheckable(True)
            entry.toggled.connect(partial(self._toggled, code))
            self._entries[code] = entry
        self.button.clicked.connect(self._drop)
        self.row.addWidget(self.button)

    def _drop(self, _checked: bool = False) -> None:
        self.menu.setMinimumWidth(self.button.width())
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def _toggled(self, code: str, on: bool) -> None:
        self._taken = [one for one, _ in self._choices if (one in self._taken and one != code) or (one == code and on)]
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        between = "、" if language() == "zh" else ", "
        self.button.say(between.join(words for code, words in self._choices if code in self._taken))

    def values(self) -> tuple[str, ...]:
        return tuple(self._taken)

    def put(self, values: Sequence[str]) -> None:
        self._taken = [code for code, _ in self._choices if code in values]
        for code, entry in self._entries.items():
            entry.blockSignals(True)
            entry.setChecked(code in self._taken)
            entry.blockSignals(False)
        self._say()

    def first(self) -> QWidget:
        return self.button


class LineValue(ValueEditor):
    """One or several texts, with those that the shop knows to choose from."""

    def __init__(self, name: str, *, several: bool, known: Sequence[str] = ()) -> None:
        super().__init__()
        self._several = several
        self._given: tuple[str, ...] = ()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(tr("Several: put commas between") if several else "")
        self.line.textEdited.connect(self._edited)
        self.row.addWidget(self.line, 1)
        self.menu: CheckMenu | None = None
        if known:
            self.menu = CheckMenu(self)
            for word in known:
                entry = self.menu.addAction(word.replace("&", "&&"))
                entry.setCheckable(several)
                entry.triggered.connect(partial(self._toggle, word))
            self.button = QuietButton(icon="chevron-down", height=28, name=tr("Choose what the shop has"), run=self._drop)
            self.row.addWidget(self.button)

    def _drop(self) -> None:
        if self.menu is not None:
            for entry in self.menu.actions():
                entry.setChecked(entry.text().replace("&&", "&") in self.values())
            self.menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))

    def _toggle(self, word: str, _checked: bool = False) -> None:
        there = self.values()
        if not self._several:
            self.put((word,))
        elif word in there:
            self.put([one for one in there if one != word])
        else:
            self.put((*there, word))
        self.changed.emit()

    def _edited(self, text: str) -> None:
        self._given = tuple(part for part in _BETWEEN_VALUES.split(text) if part) if self._several else (text,) if text.strip() else ()
        self.changed.emit()

    def values(self) -> tuple[str, ...]:
        return self._given

    def put(self, values: Sequence[str]) -> None:
        self._given = tuple(values)
        self.line.setText(("、" if language() == "zh" else ", ").join(self._given))

    def first(self) -> QWidget:
        return self.line

    def mark(self, words: str) -> None:
        super().mark(words)
        _redden(self.line, bool(words))


class FigureValue(ValueEditor):
    """An amount in yuan or a number, or from one to another."""

    def __init__(self, name: str, *, money: bool, two: bool) -> None:
        super().__init__()
        self.lines = [QLineEdit() for _ in range(2 if two else 1)]
        for place, line in enumerate(self.lines):
            if place:
                self.row.addWidget(Label(tr("to"), "label"))
            line.setAccessibleName(f"{name} {(tr('from'), tr('to'))[place]}" if two else name)
            line.setPlaceholderText("0.00" if money else "0")
            line.setFixedWidth(120)
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.textEdited.connect(self._edited)
            self.row.addWidget(line)
        self.row.addWidget(Label(tr("yuan") if money else "", "label"))
        self.row.addStretch()

    def _edited(self, _text: str) -> None:
        self.changed.emit()

    def values(self) -> tuple[str, ...]:
        texts = tuple(line.text().strip() for line in self.lines)
        return texts if any(texts) else ()

    def put(self, values: Sequence[str]) -> None:
        for line, value in zip(self.lines, values, strict=False):
            line.setText(value.removesuffix(".00"))

    def first(self) -> QWidget:
        return self.lines[0]

    def mark(self, words: str) -> None:
        super().mark(words)
        for line in self.lines:
            _redden(line, bool(words))


class DayLine(QWidget):
    """A day as it is typed (`2026-11-01`, `昨天`, `7天`), or chosen from words and a calendar."""

    changed = Signal()

    def __init__(self, name: str, field: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._field = BY_NAME[field]
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(tr("2026-11-01, yesterday, 7d"))
        self.line.setMinimumWidth(130)
        self.line.textEdited.connect(self._edited)
        row.addWidget(self.line, 1)
        self.button = QuietButton(icon="calendar", height=28, name=tr("Choose a day"), run=self._drop)
        row.addWidget(self.button)
        self.menu: QMenu | None = None

    def _edited(self, _text: str) -> None:
        self.changed.emit()

    def put(self, value: str) -> None:
        self.line.setText(said_value(self._field, value, language()) if value else "")

    def _drop(self) -> None:
        """Made at the first use: a calendar is fifty widgets."""
        if self.menu is None:
            self.menu = QMenu(self)
            for code in AHEAD if self._field.name == "ship_by" else DAYS:
                self.menu.addAction(shown_value(self._field, code, language())).triggered.connect(partial(self._take, code))
            self.menu.addSeparator()
            self.calendar = _calendar()
            self.calendar.clicked.connect(self._take_date)
            holder = QWidgetAction(self.menu)
            holder.setDefaultWidget(self.calendar)
            self.menu.addAction(holder)
        day = QDate.fromString(self.line.text().strip(), Qt.DateFormat.ISODate)
        if day.isValid():
            self.calendar.setSelectedDate(day)
        self.menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))

    def _take(self, code: str, _checked: bool = False) -> None:
        self.put(code)
        self.changed.emit()

    def _take_date(self, day: QDate) -> None:
        if self.menu is not None:
            self.menu.close()
        self._take(day.toString("yyyy-MM-dd"))


class DayValue(ValueEditor):
    """A day or period, or from one to another."""

    def __init__(self, name: str, field: str, *, two: bool) -> None:
        super().__init__()
        self.days = [DayLine(f"{name} {(tr('from'), tr('to'))[place]}" if two else name, field) for place in range(2 if two else 1)]
        for place, day in enumerate(self.days):
            if place:
                self.row.addWidget(Label(tr("to"), "label"))
            day.changed.connect(self.changed.emit)
            self.row.addWidget(day, 1)
        if not two:
            self.row.addStretch(1)

    def values(self) -> tuple[str, ...]:
        texts = tuple(day.line.text().strip() for day in self.days)
        return texts if any(texts) else ()

    def put(self, values: Sequence[str]) -> None:
        for day, value in zip(self.days, values, strict=False):
            day.put(value)

    def first(self) -> QWidget:
        return self.days[0].line

    def mark(self, words: str) -> None:
        super().mark(words)
        for day in self.days:
            _redden(day.line, bool(words))


def _calendar() -> QCalendarWidget:
    """A month in the window's own colours; the weekend is no alarm."""
    made = QCalendarWidget()
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    heading, plain = QTextCharFormat(), QTextCharFormat()
    heading.setForeground(colour(theme().muted))
    heading.setBackground(colour(theme().surface))
    plain.setForeground(colour(theme().text))
    made.setHeaderTextFormat(heading)
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        made.setWeekdayTextFormat(weekday, plain)
    for name, sign in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
        button = made.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setIcon(icons.icon(sign))
    return made


def _redden(line: QLineEdit, on: bool) -> None:
    if bool(line.property("wrong")) != on:
        line.setProperty("wrong", on)
        line.style().unpolish(line)
        line.style().polish(line)


def editor_for(name: str, title: str, editor: str, takes: int, choices: Sequence[tuple[str, str]], known: Sequence[str]) -> ValueEditor:
    """The editor of a field (see BuilderField) for a comparison that takes so many values."""
    if takes == 0:
        return NoValue()
    if editor == "choice":
        return ChoiceValue(title, choices)
    if editor in {"money", "count"}:
        return FigureValue(title, money=editor == "money", two=takes == 2)
    if editor == "date":
        return DayValue(title, name, two=takes == 2)
    return LineValue(title, several=takes < 0, known=known)
