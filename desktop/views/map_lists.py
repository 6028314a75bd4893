"""The two lists of the map dialog: the file's headings at the left, our fields beside them. Drag, or Enter, from one to the other."""

from __future__ import annotations

from math import ceil
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from desktop import icons
from desktop.i18n import tr
from desktop.models.map_fields import MISSING, TARGET, MapFields
from desktop.models.map_headings import FIELD, SAMPLES, MapHeadings
from desktop.theme import LABEL_SIZE, RADIUS, colour, font, metrics, theme

_Index = QModelIndex | QPersistentModelIndex
HEADING_ROW, FIELD_ROW, NAME_WIDTH, SAMPLE_WIDTH = 44, 30, 124, 148


def _text(painter: QPainter, area: QRect, words: str, ink: str, size: int | None = None, bold: bool = False) -> None:
    """One line in the middle of `area`, cut with an ellipsis."""
    face = metrics(size) if size else metrics()
    painter.setFont(font(size, bold=bold) if size else font(bold=bold))
    painter.setPen(colour(ink))
    base = area.top() + (area.height() + face.ascent() - face.descent()) / 2
    painter.drawText(QPointF(area.left(), base), face.elidedText(words, Qt.TextElideMode.ElideRight, area.width()))


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    state: Any = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, colour(theme().sel))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, colour(theme().hover))


class _Heading(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, HEADING_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        area: QRect = option.rect
        t = theme()
        _ground(painter, option)
        field = str(index.data(FIELD))
        wide = min(area.width() // 2, ceil(metrics(LABEL_SIZE).horizontalAdvance(field)) + 20) if field else 0
        _text(painter, QRect(area.left() + 12, area.top() + 3, area.width() - 32 - wide, 20), str(index.data()), t.text)
        _text(painter, QRect(area.left() + 12, area.top() + 22, area.width() - 24, 18), str(index.data(SAMPLES)), t.muted, LABEL_SIZE)
        if field:
            right = area.right() - 12
            painter.drawPixmap(QPointF(right - wide + 2, area.top() + 7), icons.pixmap("check", t.ok, 12))
            _text(painter, QRect(right - wide + 18, area.top() + 3, wide - 18, 20), field, t.ok, LABEL_SIZE)
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), colour(t.row))


class HeadingList(QListView):
    """Enter or a double click puts the current heading into the current field."""

    put = Signal(str)

    def __init__(self, model: MapHeadings) -> None:
        super().__init__()
        self.setModel(model)
        self.setProperty("bare", True)
        self.setItemDelegate(_Heading(self))
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Columns of the file"))
        self.doubleClicked.connect(lambda index: self.put.emit(str(index.data())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() and self.currentIndex().isValid():
            self.put.emit(str(self.currentIndex().data()))
        else:
            super().keyPressEvent(event)


class _Field(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, FIELD_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        area: QRect = option.rect
        t = theme()
        target = index.data(TARGET)
        words = str(index.data() or "")
        if target is None:
            if index.column() == 0:
                _text(
                    painter, QRect(area.left() + 12, area.top() + 2, area.width() - 12, area.height() - 2), words, t.muted, LABEL_SIZE, True
                )
            return
        _ground(painter, option)
        if index.column() == 0:
            _text(painter, area.adjusted(12, 0, -4, 0), words, t.text, bold=bool(index.data(MISSING)))
        elif index.column() == 1:
            slot = QRectF(area).adjusted(2.5, 2.5, -6.5, -2.5)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            missing = bool(index.data(MISSING))
            pen = QPen(colour(t.bad if missing else t.line2), 1)
            if not words:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(colour(t.surface) if words else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(slot, RADIUS, RADIUS)
            painter.restore()
            hint = tr("needed: drag a column here") if missing else ""
            _text(
                painter, slot.toRect().adjusted(10, 0, -8, 0), words or hint, t.text if words else t.bad, LABEL_SIZE if not words else None
            )
        else:
            _text(painter, area.adjusted(2, 0, -8, 0), words, t.muted, LABEL_SIZE)


class FieldTree(QTreeView):
    """`asked`: Enter, to choose by keys; `cleared(target)`: Delete; `moved(target)`: another field is the current one."""

    asked = Signal()
    cleared = Signal(str)
    moved = Signal(str)

    def __init__(self, model: MapFields) -> None:
        super().__init__()
        self.fields = model
        self.setModel(model)
        self.setItemDelegate(_Field(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.expandAll()
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Our fields"))
        header = self.header()
        header.setStretchLastSection(False)
        for section, width in ((0, NAME_WIDTH), (2, SAMPLE_WIDTH)):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(section, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _index: self.asked.emit())
        model.modelReset.connect(self.expandAll)

    def target(self) -> str:
        """The current field."""
        return self.fields.target_at(self.currentIndex())

    def go_to(self, target: str) -> None:
        self.setCurrentIndex(self.fields.index_of(target))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if target := self.fields.target_at(current):
            self.moved.emit(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self.target()
        if target and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2} and not event.modifiers():
            self.asked.emit()
        elif target and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit(target)
        else:
            super().keyPressEvent(event)
