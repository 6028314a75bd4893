"""The command palette (Ctrl+K): one line to type in, under it all that fits, the best first. Enter runs it, Esc leaves.

It is a part of the window, not a window of its own: the focus goes back where it was, and an input method works in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop import icons
from desktop.i18n import tr
from desktop.models.delegates import advance, elided
from desktop.models.palette_list import PaletteList
from desktop.palette import Entry, found, number_in, spell
from desktop.theme import BODY_SIZE, DIALOG_RADIUS, LABEL_SIZE, RAIL_SIZE, colour, font, metrics, theme
from desktop.views.palette_entries import Gatherer, entries_of, order_entries, search_entry
from desktop.views.widgets.labels import IconLabel, rule

if TYPE_CHECKING:
    from desktop.runner import Task
    from desktop.views.main_window import MainWindow
    from services.pinyin import Syllables
    from services.queries.group_rows import Groups
    from services.queries.jump_orders import JumpHit

WIDTH, TOP, FIELD, ROW, MOST_SHOWN, EDGE = 640, 6, 48, 36, 11, 6
MOST_RECENT = 12
RECENT = "palette/recent"
_Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Sign, name, beside it where it stands or a second fact; at the right its keys, or a tick at what is chosen already."""

    def __init__(self, model: PaletteList, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(WIDTH - 2 * EDGE, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry, t = self._model.entries[index.row()], theme()
        area = QRectF(option.rect)
        current = index.row() == option.widget.currentIndex().row()  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.sel))
            painter.drawRoundedRect(area, 6, 6)
            painter.setBrush(colour(t.accent))
            painter.drawRoundedRect(QRectF(area.left(), area.top() + 9, 3, area.height() - 18), 1.5, 1.5)
        if entry.icon:
            sign = icons.pixmap(entry.icon, t.accent if current else t.text2, 16)
            painter.drawPixmap(QPointF(area.left() + 12, area.top() + (ROW - 16) // 2), sign)
        right = self._draw_keys(painter, entry, area)
        if entry.checked:
            right -= 24
            painter.drawPixmap(QPointF(right + 4, area.top() + (ROW - 16) // 2), icons.pixmap("check", t.accent, 16))
        left, right = area.left() + 40, right - 12
        words = elided(entry.words, round(right - left), BODY_SIZE)
        self._words(painter, words, left, area, BODY_SIZE, t.text)
        left += advance(words, BODY_SIZE) + 12
        beside = entry.note or entry.path
        if beside and right - left > 40:
            self._words(painter, elided(beside, round(right - left), LABEL_SIZE), left, area, LABEL_SIZE, t.muted)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, words: str, x: float, area: QRectF, size: int, ink: str) -> None:
        face = metrics(size)
        painter.setFont(font(size))
        painter.setPen(colour(ink))
        painter.drawText(QPointF(x, area.top() + (ROW + face.ascent() - face.descent()) / 2), words)

    def _draw_keys(self, painter: QPainter, entry: Entry, area: QRectF) -> float:
        """The keys as caps at the right edge; where they begin."""
        t, x = theme(), area.right() - 8
        for name in reversed(entry.keys):
            wide = max(20.0, advance(name, RAIL_SIZE) + 10)
            x -= wide
            painter.setPen(QPen(colour(t.line2)))
            painter.setBrush(colour(t.raised))
            painter.drawRoundedRect(QRectF(x + 0.5, area.top() + 8.5, wide - 1, ROW - 17), 4, 4)
            self._words(painter, name, x + (wide - advance(name, RAIL_SIZE)) / 2, area, RAIL_SIZE, t.text2)
            x -= 4
        return x


class Palette(QWidget):
    """Covers the window while it is open: a click beside the card leaves. Made once for each window, at the first Ctrl+K."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.centralWidget())
        self._window = window
        self._before: QWidget | None = None
        self._entries: list[Entry] = []
        self._spelled: dict[str, Syllables] = {}
        self._hits: tuple[JumpHit, ...] = ()
        self._groups: Groups | None = None
        self._asked: Task | None = None
        self._moved = False
        self.gatherer = Gatherer(window)
        self.gatherer.gathered.connect(self._gather)
        self.card = QWidget(self)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 1, 1, EDGE)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(17, 0, 12, 0)
        row.setSpacing(11)
        row.addWidget(IconLabel("search", "muted", 16))
        self.field = QLineEdit()
        self.field.setProperty("bare", True)
        self.field.setFrame(False)
        self.field.setFixedHeight(FIELD)
        self.field.setPlaceholderText(tr("Command, page, setting, group or order number"))
        self.field.setAccessibleName(tr("Search commands"))
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._typed)
        row.addWidget(self.field, 1)
        column.addLayout(row)
        column.addWidget(rule())
        column.addSpacing(EDGE)
        self.model = PaletteList(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("bare", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("What fits"))
        self.list.entered.connect(self._pointed)
        self.list.clicked.connect(self._clicked)
        self.list.selectionModel().currentChanged.connect(self._tell)
        inside = QHBoxLayout()
        inside.setContentsMargins(EDGE - 1, 0, EDGE - 1, 0)
        inside.addWidget(self.list)
        column.addLayout(inside)
        self.setAccessibleName(tr("Commands"))
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.installEventFilter(self)

    # ---- opening and leaving

    def open(self, text: str = "") -> None:
        """Show it over the window, with the keys in its line; `text` is typed already."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.field.setText(text)
        self._hits, self._moved = (), False
        self._gather()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.gatherer.begin()
        if self._window.context.shop is not None:
            from services.queries.group_rows import GroupTree

            self._window.context.runner.query(GroupTree()).then(self._take_groups)
        if text:
            self._typed(text)

    def leave(self) -> None:
        """Hide it; the keys go back where they were."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def _gather(self) -> None:
        self._entries = entries_of(self._window, self.gatherer, self._groups)
        names = {name for entry in self._entries for name in (*entry.names, entry.path)} - self._spelled.keys()
        if names:
            self._window.context.runner.query(lambda _desk: spell(names)).then(self._take_spelled)
        self._show()

    def _take_spelled(self, spelled: dict[str, Syllables]) -> None:
        self._spelled |= spelled
        if self.field.text():
            self._show()

    def _take_groups(self, groups: Groups) -> None:
        if groups != self._groups:
            self._groups = groups
            self._gather()

    # ---- what fits

    def _typed(self, text: str) -> None:
        """Names at once; orders when the answer is there, the answer to an older text is dropped."""
        self._moved = False
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        digits = number_in(text)
        self._hits = tuple(hit for hit in self._hits if digits and hit.number.endswith(digits))
        self._show()
        if digits and self._window.context.shop is not None:
            from services.queries.jump_orders import JumpOrders

            self._asked = self._window.context.runner.query(JumpOrders(digits))
            self._asked.then(self._take_hits)

    def _take_hits(self, hits: tuple[JumpHit, ...]) -> None:
        self._asked = None
        self._hits = hits
        self._show()

    def _show(self) -> None:
        text = self.field.text().strip()
        lines = [*order_entries(self._window, self._hits), *found(text, self._entries, self._spelled, self.recent())]
        if text and "orders" in self._window.entries and self._window.context.shop is not None:
            lines.append(search_entry(self._window, text))
        kept = self.list.currentIndex().row() if self._moved else 0
        self.model.set_entries(lines)
        self.list.setCurrentIndex(self.model.index(min(kept, len(lines) - 1), 0))
        self.list.setFixedHeight(ROW * max(1, min(len(lines), MOST_SHOWN)))
        self._place()

    def recent(self) -> list[str]:
        """Keys of what was run lately, the last one first."""
        return [key for key in self._window.context.prefs.text(RECENT).split("|") if key]

    def current(self) -> Entry | None:
        row = self.list.currentIndex().row()
        return self.model.entries[row] if 0 <= row < len(self.model.entries) else None

    def run(self) -> None:
        """Leave and do what the current line says."""
        entry = self.current()
        if entry is None:
            return
        self.leave()
        if entry.key:
            recent = [entry.key, *(key for key in self.recent() if key != entry.key)]
            self._window.context.prefs.set_text(RECENT, "|".join(recent[:MOST_RECENT]))
        entry.run()

    def _step(self, by: int) -> None:
        count = self.model.rowCount()
        if not count:
            return
        row = self.list.currentIndex().row() + by
        row = row % count if abs(by) == 1 else max(0, min(row, count - 1))
        self._moved = True
        self.list.setCurrentIndex(self.model.index(row, 0))

    def _pointed(self, index: QModelIndex) -> None:
        self._moved = True
        self.list.setCurrentIndex(index)

    def _clicked(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self.run()

    def _tell(self) -> None:
        """A screen reader is in the line: there it hears what Enter would run."""
        index = self.list.currentIndex()
        self.field.setAccessibleDescription(str(self.model.data(index, Qt.ItemDataRole.AccessibleTextRole) or ""))

    # ---- keys, place, look

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            if event.type() == QEvent.Type.Resize:
                self._place()
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while it is open no key does anything behind it
            return True
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, page = event.key(), MOST_SHOWN - 1
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
        }
        if key in steps:
            self._step(steps[Qt.Key(key)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.run()
        elif key == Qt.Key.Key_Escape or QKeySequence(event.keyCombination()) in self._window.palette_action.shortcuts():
            self.leave()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        wide = min(WIDTH, self.width() - 48)
        tall = FIELD + self.list.height() + 2 * EDGE + 2
        self.card.setGeometry((self.width() - wide) // 2, TOP, wide, tall)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.setOpacity(0.35 if t.dark else 0.16)  # less than behind a dialog: it asks nothing
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.setOpacity(1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(t.line2)))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.card.geometry()).adjusted(0.5, 0.5, -0.5, -0.5), DIALOG_RADIUS, DIALOG_RADIUS)


def picture(window: MainWindow) -> QWidget:
    """For the screenshots: letters of sounds typed."""
    palette = window.open_palette()
    palette.open("fh")
    return palette


def picture_of_orders(window: MainWindow) -> QWidget:
    """For the screenshots: the end of an order's number typed."""
    from services.queries.order_rows import OrderPage

    palette = window.open_palette()
    window.context.runner.query(OrderPage("status:awaiting_shipment", limit=1)).then(
        lambda rows: palette.open(rows[0].number[-4:] if rows else "0000")
    )
    return palette
