"""The list under the search box. It lies in the window itself, never takes the focus, and so never comes between a typist, an input method or a scanner and the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import icons
from desktop.i18n import tr
from desktop.models.delegates import advance, elided, write
from desktop.models.suggestions import ENTRY_ROLE, Suggestion, Suggestions
from desktop.theme import BODY_SIZE, LABEL_SIZE, RADIUS, colour, theme
from desktop.views.widgets.buttons import LinkButton
from desktop.views.widgets.labels import Label, rule

ROW, MOST_ROWS, WIDTH, SIDE = 30, 9, 560, 6
_Index = QModelIndex | QPersistentModelIndex


class SuggestionDelegate(QStyledItemDelegate):
    """A sign, the words, and the hint after them in the muted colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(ENTRY_ROLE)
        view = option.widget
        rect: QRect = option.rect
        t = theme()
        painter.save()
        if isinstance(view, QListView) and view.currentIndex() == index:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.hover))
            painter.drawRoundedRect(QRectF(rect.adjusted(0, 1, 0, -1)), 4, 4)
        x, y, w, h = rect.x() + 8, rect.y(), rect.width() - 16, rect.height()
        if entry.icon:
            painter.drawPixmap(QPointF(x, y + (h - 14) // 2), icons.pixmap(entry.icon, t.muted, 14))
        model = index.model()
        if isinstance(model, Suggestions) and any(one.icon for one in model.entries):
            x, w = x + 22, w - 22
        hint = min(advance(entry.hint, LABEL_SIZE), w * 0.6) if entry.hint else 0
        words = min(advance(entry.words, BODY_SIZE), w - hint - 16 if hint else w)
        write(painter, (x, y, int(words) + 1, h), entry.words, t.text, BODY_SIZE)
        if hint:
            room = int(w - words - 16)
            shown = elided(entry.hint, room, LABEL_SIZE)
            write(painter, (int(x + words + 16), y, room, h), shown, t.muted, LABEL_SIZE)
        painter.restore()


class SearchPopup(QFrame):
    """`show_entries` under an anchor; `move_by` and `current` for the keys of the field; `chosen` at a click."""

    chosen = Signal(object)
    """A Suggestion."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = Suggestions(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, SIDE, SIDE, SIDE)
        column.setSpacing(0)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(8, 2, 8, 2)
        self.heading = Label("", "label")
        head.addWidget(self.heading)
        head.addStretch()
        self.head_button = LinkButton("")
        self.head_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head_button.clicked.connect(self._press_head)
        self._run: Callable[[], object] | None = None
        head.addWidget(self.head_button)
        self._head.setFixedHeight(26)
        column.addWidget(self._head)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(SuggestionDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("bare", True)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Suggestions"))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._clicked)
        column.addWidget(self.list)
        column.addSpacing(4)
        column.addWidget(rule())
        self.foot = QWidget()
        self._foot_row = QHBoxLayout(self.foot)
        self._foot_row.setContentsMargins(8, 4, 8, 0)
        self.hint = Label("", "label")
        self._foot_row.addWidget(self.hint)
        self._foot_row.addStretch()
        self.foot.setFixedHeight(28)
        column.addWidget(self.foot)
        self.hide()
        anchor.window().installEventFilter(self)

    def add_to_foot(self, button: QWidget) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._foot_row.addWidget(button)

    def show_entries(
        self, heading: str, entries: Iterable[Suggestion], hint: str = "", button: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Show the list with nothing in it taken yet, so that Enter stays the search's; an empty one hides it.

        `button` stands at the right of the heading and does `run`.
        """
        self.model.put(entries)
        self.heading.setText(heading)
        self.head_button.setText(button)
        self.head_button.setVisible(bool(button))
        self._run = run
        self._head.setVisible(bool(heading or button))
        self.hint.setText(hint)
        if not self.model.rowCount():
            self.hide()
            return
        rows = min(MOST_ROWS, self.model.rowCount())
        self.list.setFixedHeight(rows * ROW)
        self.list.scrollToTop()
        self.setVisible(True)
        self.place()
        self.raise_()

    def place(self) -> None:
        """Stand under the anchor."""
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        at = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 4))
        head = 26 if self._head.isVisibleTo(self) else 0
        height = 2 * SIDE + head + self.list.height() + 5 + 28
        self.setGeometry(at.x(), at.y(), min(WIDTH, max(320, self._anchor.width())), min(height, window.height() - at.y() - 8))

    def move_by(self, step: int) -> None:
        """The arrows: over the ends into nothing, and round."""
        count = self.model.rowCount()
        here = self.list.currentIndex().row()
        if here < 0:
            there = 0 if step > 0 else count - 1
        else:
            there = here + step
            if abs(step) > 1:
                there = max(0, min(count - 1, there))
        self.list.setCurrentIndex(self.model.index(there) if 0 <= there < count else QModelIndex())

    def current(self) -> Suggestion | None:
        """What the arrows stand on."""
        row = self.list.currentIndex().row()
        return self.model.entries[row] if 0 <= row < len(self.model.entries) else None

    def first(self) -> Suggestion | None:
        return self.model.entries[0] if self.model.entries else None

    def _clicked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.entries):
            self.chosen.emit(self.model.entries[index.row()])

    def _press_head(self) -> None:
        if self._run is not None:
            self._run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self.place()
            elif event.type() in {QEvent.Type.WindowDeactivate, QEvent.Type.MouseButtonPress} and watched is self._anchor.window():
                self.hide()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(t.line2)))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
