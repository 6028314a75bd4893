"""Editing by rows: label | now | new. A changed old value is struck through, the new field stands on the selection colour."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from desktop import formats, icons
from desktop.i18n import tr
from desktop.theme import BODY_SIZE, colour, font, metrics, theme
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.labels import Label

LINE = 19
"""Height of a line of text, px."""


class OldValue(QWidget):
    """What it is now, broken into at most `lines` lines; struck through with an arrow once it changed."""

    def __init__(self, text: str, lines: int = 1) -> None:
        super().__init__()
        self.changed = False
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        self.text = text
        self.setAccessibleName(text)
        self.setToolTip(formats.plain_tip(text))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, 32 + (self._lines - 1) * LINE)

    def _broken(self, room: int) -> list[str]:
        """The text in lines of `room` px; what is left after the last line is cut with an ellipsis."""
        face = metrics()
        found: list[str] = []
        rest = " ".join(self.text.split("\n"))
        while rest and len(found) < self._lines - 1 and face.horizontalAdvance(rest) > room:
            cut = len(rest)
            while cut > 1 and face.horizontalAdvance(rest[:cut]) > room:
                cut -= 1
            space = rest.rfind(" ", 1, cut + 1)
            cut = space if space > cut // 2 else cut
            found.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
        return [*found, face.elidedText(rest, Qt.TextElideMode.ElideRight, room)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        face = metrics()
        lines = self._broken(self.width() - 44)
        painter.setFont(font())
        painter.setPen(colour(theme().muted if self.changed else theme().text2))
        top = (self.height() - len(lines) * LINE) / 2
        for place, words in enumerate(lines):
            middle = top + place * LINE + LINE / 2
            painter.drawText(QPointF(0, middle + (face.ascent() - face.descent()) / 2), words)
            if self.changed:
                painter.fillRect(0, int(middle), ceil(face.horizontalAdvance(words)), 1, colour(theme().muted))
        if self.changed:
            painter.drawPixmap(QPointF(self.width() - 34, (self.height() - 14) // 2), icons.pixmap("arrow-right", theme().accent, 14))


class FieldDiff(QWidget):
    """`add(key, label, now)` for each field, then `changes()` gives {key: new text} of those that differ."""

    changed = Signal()

    def __init__(self, old_head: str = "", new_head: str = "") -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, 72)
        self._grid.setColumnStretch(1, 9)
        self._grid.setColumnStretch(2, 10)
        self._grid.addWidget(Label(old_head or tr("Now"), "label"), 0, 1)
        self._grid.addWidget(Label(new_head or tr("New"), "label"), 0, 2)
        self._fields: dict[str, tuple[OldValue, QWidget, Any]] = {}

    def add(
        self, key: str, label: str, now: str, *, lines: int = 1, limit: int = 0, placeholder: str = "", shown: str | None = None
    ) -> QWidget:
        """A text field; `lines` > 1 makes a box. Answers the widget for focus and validation. `shown`: words for the present value."""
        field: QWidget
        if lines > 1:
            box = QPlainTextEdit(now)
            box.setFixedHeight(lines * 20 + 16)
            box.setTabChangesFocus(True)
            box.setPlaceholderText(placeholder)
            box.textChanged.connect(lambda: self._check(key))
            field = box
        else:
            line = QLineEdit(now)
            line.setPlaceholderText(placeholder)
            if limit:
                line.setMaxLength(limit)
            line.setCursorPosition(0)
            line.textChanged.connect(lambda: self._check(key))
            field = line
        self._place(key, label, now if shown is None else shown, field, now, lines)
        return field

    def field(self, key: str) -> QWidget:
        """The widget of a field."""
        return self._fields[key][1]

    def add_choice(self, key: str, label: str, now: Any, pairs: Sequence[tuple[Any, str]]) -> Combo:
        """A closed choice; `changes()` gives its value."""
        combo = Combo(pairs, label)
        combo.choose(now)
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        combo.currentIndexChanged.connect(lambda: self._check(key))
        self._place(key, label, dict(pairs).get(now, ""), combo, now)
        return combo

    def _place(self, key: str, label: str, shown: str, field: QWidget, now: Any, lines: int = 1) -> None:
        row = self._grid.rowCount()
        old = OldValue(shown, lines)
        field.setAccessibleName(label)
        words = Label(label, "body2")
        words.setBuddy(field)
        self._grid.addWidget(words, row, 0)
        self._grid.addWidget(old, row, 1)
        self._grid.addWidget(field, row, 2)
        self._fields[key] = (old, field, now)

    def value(self, key: str) -> Any:
        """What the field holds now."""
        field = self._fields[key][1]
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText()
        if isinstance(field, Combo):
            return field.currentData()
        return field.text().strip() if isinstance(field, QLineEdit) else None

    def set_now(self, key: str, now: Any, *, keep: bool) -> None:
        """What a field holds by now, read anew: shown at the left, and in the field unless what was typed is to stay (`keep`)."""
        old, field, _before = self._fields[key]
        self._fields[key] = (old, field, now)
        old.set_words(field.itemText(field.findData(now)) if isinstance(field, Combo) else str(now))
        if not keep and isinstance(field, Combo):
            field.choose(now)
        elif not keep and isinstance(field, QPlainTextEdit):
            field.setPlainText(now)
        elif not keep and isinstance(field, QLineEdit):
            field.setText(now)
        self._check(key)

    def changes(self) -> dict[str, Any]:
        return {key: self.value(key) for key, (_, _, now) in self._fields.items() if self.value(key) != now}

    def _check(self, key: str) -> None:
        old, field, now = self._fields[key]
        differs = self.value(key) != now
        if differs != old.changed:
            old.changed = differs
            old.update()
            field.setProperty("changed", differs)
            field.style().unpolish(field)
            field.style().polish(field)
        self.changed.emit()


class FormRow(QWidget):
    """Label at the left (72 px as in FieldDiff), fields beside it: the reason of an edit, a form without a present value."""

    def __init__(self, label: str, *fields: QWidget, label_width: int = 72) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        words = Label(label, "body2")
        words.setMinimumWidth(label_width)
        grid.addWidget(words, 0, 0)
        for place, field in enumerate(fields):
            if not field.accessibleName():
                field.setAccessibleName(label)
            grid.addWidget(field, 0, place + 1)
            if isinstance(field, QLineEdit):
                grid.setColumnStretch(place + 1, 1)
        if fields:
            words.setBuddy(fields[0])
        if not any(isinstance(field, (QLineEdit, QPlainTextEdit)) for field in fields):
            grid.setColumnStretch(len(fields) + 1, 1)


def field_width(text: str, size: int = BODY_SIZE) -> int:
    """Width in px that a field needs to show `text` whole."""
    return ceil(metrics(size).horizontalAdvance(text)) + 24
