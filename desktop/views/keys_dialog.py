"""The keys sheet: every action that has keys, by place, gathered from the actions themselves, so that it can't fall behind them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.actions import Action
from desktop.i18n import tr
from desktop.theme import LABEL_SIZE, colour, font, metrics, theme
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Elided, Label

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

WIDTHS = {4: 1380, 3: 1180, 2: 786}
"""By columns: as many as the window has room for."""
ROW, CAP, GAP = 26, 20, 4
FEWEST = 3
"""Rows of a place that stand together at least, where it goes on in the next column."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What is done, and the keys that do it, each as its names: (("Ctrl", "F"),)."""

    words: str
    keys: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A place and what can be done there by key."""

    title: str
    rows: tuple[Keys, ...]


def names_of(sequence: QKeySequence) -> tuple[str, ...]:
    """`("Ctrl", "Shift", "E")`, as it stands on the keys; macOS writes keys as signs, which are shown as one."""
    if sys.platform == "darwin":
        return (sequence.toString(QKeySequence.SequenceFormat.NativeText),)
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    parts = [*text[:-2].split("+"), "+"] if text.endswith("++") else text.split("+")
    return tuple("Enter" if part == "Return" else part for part in parts)


def keys_of(actions: Iterable[object]) -> tuple[Keys, ...]:
    """The actions that have keys, in their order, each once."""
    found: dict[str, Keys] = {}
    for one in actions:
        if isinstance(one, Action) and one.shortcuts():
            words = one.text().replace("&", "").rstrip("…")
            found.setdefault(words, Keys(words, tuple(names_of(sequence) for sequence in one.shortcuts())))
    return tuple(found.values())


def fixed_groups() -> tuple[Group, ...]:
    """Keys that are no actions: what tables, search boxes and dialogs do by themselves."""
    tables = (
        Keys(tr("Open, or go to the detail"), (("Enter",),)),
        Keys(tr("Look at its paper"), ((tr("Space"),),)),
        Keys(tr("Choose the row"), (("X",),)),
        Keys(tr("Choose several rows"), (("Shift", "↑ ↓"),)),
        Keys(tr("Choose everything found"), (("Ctrl", "A"),)),
        Keys(tr("Copy rows for a spreadsheet"), (("Ctrl", "C"),)),
    )
    box = (
        Keys(tr("Offers; when empty, last searches"), (("↓",),)),
        Keys(tr("Take what is offered"), (("Tab",),)),
        Keys(tr("To the filters before it"), (("←",), ("Backspace",))),
        Keys(tr("Empty the box"), (("Esc",),)),
    )
    dialogs = (
        Keys(tr("Do what the orange button says"), (("Ctrl", "Enter"),)),
        Keys(tr("Leave without a change"), (("Esc",),)),
    )
    return Group(tr("In a table"), tables), Group(tr("In the search box of the orders"), box), Group(tr("In a dialog"), dialogs)


class Gatherer(QObject):
    """Asks one page after the other, so that the window never stands still: a page that was not shown yet is built and thrown away."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._groups = [Group(tr("Everywhere"), keys_of(window.actions()))]
        self._left = list(window.entries.values())
        self._next()

    def _next(self) -> None:
        if not self._left:
            self._show()
            return
        entry = self._left.pop(0)
        there = self._window.pages.get(entry.key)
        page = there if there is not None else entry.build(self._window.context)
        rows = keys_of(page.actions())
        if rows:
            self._groups.append(Group(self._window.rail_title(entry), rows))
        if there is None:
            page.deleteLater()
            QTimer.singleShot(0, self, self._next)
        else:
            self._next()

    def _show(self) -> None:
        KeysDialog(self._window, (*self._groups, *fixed_groups())).open()
        self.deleteLater()


def show_keys(window: MainWindow) -> None:
    """Open the sheet, once."""
    if window.findChild(Gatherer) is None and window.findChild(KeysDialog) is None:
        Gatherer(window)


class KeyCaps(QWidget):
    """`Ctrl` `Shift` `E` as keys; several ways with a word between them."""

    def __init__(self, keys: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._parts: list[tuple[str, bool]] = []
        for place, way in enumerate(keys):
            if place:
                self._parts.append((tr("or"), False))
            self._parts += [(name, True) for name in way]
        self.setFixedHeight(CAP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f" {tr('or')} ".join("+".join(way) for way in keys))

    @staticmethod
    def _width(name: str, cap: bool) -> float:
        wide = metrics(LABEL_SIZE).horizontalAdvance(name)
        return max(float(CAP), wide + 12) if cap else wide

    def sizeHint(self) -> QSize:
        return QSize(ceil(sum(self._width(*part) + GAP for part in self._parts)), CAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        face = metrics(LABEL_SIZE)
        painter.setFont(font(LABEL_SIZE))
        base = (CAP + face.ascent() - face.descent()) / 2
        x = self.width() - sum(self._width(*part) + GAP for part in self._parts) + GAP
        for name, cap in self._parts:
            wide = self._width(name, cap)
            if cap:
                painter.setPen(QPen(colour(t.line2)))
                painter.setBrush(colour(t.raised))
                painter.drawRoundedRect(QRectF(x + 0.5, 0.5, wide - 1, CAP - 1), 4, 4)
            painter.setPen(colour(t.text if cap else t.muted))
            painter.drawText(QPointF(x + (wide - face.horizontalAdvance(name)) / 2, base), name)
            x += wide + GAP


class KeysDialog(DialogBase):
    """Columns of places, balanced by their length; a narrow window has room for two."""

    def __init__(self, parent: QWidget, groups: Sequence[Group]) -> None:
        columns = next((count for count, width in WIDTHS.items() if parent.width() >= width + 40), 2)
        super().__init__(parent, tr("Keyboard"), tr("Every action is in the menus as well"), width=WIDTHS[columns])
        self.groups = tuple(group for group in groups if group.rows)
        whole = QHBoxLayout()
        whole.setSpacing(40 if columns < 4 else 28)
        self.column.addLayout(whole)
        for part in self._columns(columns):
            column = QVBoxLayout()
            column.setSpacing(0)
            for place, group in enumerate(part):
                if place:
                    column.addSpacing(14)
                title = Label(group.title, "strong")
                title.setFixedHeight(ROW)
                column.addWidget(title)
                for row in group.rows:
                    column.addWidget(_line(row))
            column.addStretch()
            whole.addLayout(column, 1)

    def _columns(self, columns: int) -> list[list[Group]]:
        """Split so that the longest column is as short as can be, the order kept; a long place may go on in the next column."""
        rows = [(place, row) for place, group in enumerate(self.groups) for row in range(len(group.rows))]
        ends = [cut for cut, (place, row) in enumerate(rows) if not row or FEWEST <= row <= len(self.groups[place].rows) - FEWEST][1:]
        # The best way to begin with so many columns up to each end, from those with one column less.
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
        for count in range(columns):
            stops = ends if count < columns - 1 else [len(rows)]
            best = {
                high: min((max(long, self._length(rows, low, high)), (*cuts, high)) for low, (long, cuts) in best.items() if low < high)
                for high in stops
                if any(low < high for low in best)
            }
        cuts = best.get(len(rows), (0.0, (0, len(rows))))[1]
        return [self._part(rows[low:high]) for low, high in pairwise(cuts)]

    @staticmethod
    def _length(rows: Sequence[tuple[int, int]], low: int, high: int) -> float:
        """Of a column in rows; a place's title takes one and a half."""
        return high - low + 1.5 * (rows[high - 1][0] - rows[low][0] + 1)

    def _part(self, rows: Sequence[tuple[int, int]]) -> list[Group]:
        """The places of one column."""
        found = []
        for place in dict.fromkeys(place for place, _row in rows):
            group, mine = self.groups[place], [row for one, row in rows if one == place]
            title = group.title if not mine[0] else tr("{place}, more", place=group.title)
            found.append(Group(title, group.rows[mine[0] : mine[-1] + 1]))
        return found


def _line(keys: Keys) -> QWidget:
    box = QWidget()
    box.setFixedHeight(ROW)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(Elided(keys.words, "text2"), 1)
    row.addWidget(KeyCaps(keys.keys), 0, Qt.AlignmentFlag.AlignVCenter)
    return box


def picture(window: MainWindow) -> None:
    """For the screenshots."""
    show_keys(window)
