"""Where the orders of the present search go, in the place of the table: provinces and cities with bars; a click searches there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop import icons
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.delegates import write
from desktop.models.region_tree import BAR, NAME, ORDERS, PAID, UNITS, Place, RegionModel, cell
from desktop.theme import LABEL_SIZE, MARGIN, colour, row_height, theme
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from desktop.views.export_dialog import ExportDialog
    from services.desk import Desk
    from services.progress import Progress
    from services.queries.region_counts import RegionRow

_WIDTHS = {NAME: 220, ORDERS: 96, UNITS: 96, PAID: 140}
_HEADER = 32
_Index = QModelIndex | QPersistentModelIndex


class _Header(QHeaderView):
    """The same heading as a table's: muted words over a hairline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(_HEADER)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.fillRect(rect, colour(theme().surface))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour(theme().line))
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        area = _inner(rect, section)
        write(painter, area, words, theme().muted, LABEL_SIZE, right=section >= ORDERS)


class _Cells(QStyledItemDelegate):
    def __init__(self, view: RegionTree) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        place = model.place(index) if isinstance(model, RegionModel) else None
        if place is None:
            return
        t = theme()
        rect: QRect = option.rect
        current = self._view.currentIndex().siblingAtColumn(0).internalPointer() is place and self._view.hasFocus()
        if current or place is self._view.hovered:
            painter.fillRect(rect, colour(t.raised if current else t.hover))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour(t.row))
        if current and index.column() == NAME:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height() - 1, colour(t.accent))
        x, y, w, h = _inner(rect, index.column())
        if index.column() == NAME:
            self._name(painter, (x, y, w, h), place)
        elif index.column() == BAR:
            self._bar(painter, (x, y, w, h), place)
        else:
            ink = t.text if index.column() != UNITS else t.text2
            write(painter, (x, y, w, h), cell(place, index.column()), ink, right=True)

    def _name(self, painter: QPainter, area: tuple[int, int, int, int], place: Place) -> None:
        x, y, w, h = area
        t = theme()
        inset = 40 if place.province is not None else 20
        if place.cities:
            open_ = self._view.isExpanded(self._view.index_of(place))
            sign = icons.pixmap("chevron-down" if open_ else "chevron-right", t.muted, 12)
            painter.drawPixmap(QPointF(x, y + (h - 12) // 2), sign)
        ink = t.muted if not place.name else t.text if place.province is None else t.text2
        write(painter, (x + inset, y, w - inset, h), place.words, ink)

    @staticmethod
    def _bar(painter: QPainter, area: tuple[int, int, int, int], place: Place) -> None:
        x, y, w, h = area
        t = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thick = 8 if place.province is None else 5
        first = place.province is None and place.row == 0
        painter.setBrush(colour(t.fill_accent) if first else t.heat(0.5 if place.province is None else 0.3))
        painter.drawRoundedRect(QRectF(x, y + (h - thick) / 2, max(thick, place.share * w), thick), thick / 2, thick / 2)
        painter.restore()


def _inner(rect: QRect, column: int) -> tuple[int, int, int, int]:
    left = MARGIN if column == NAME else 8
    right = MARGIN if column == PAID else 8
    return rect.x() + left, rect.y(), max(0, rect.width() - left - right), rect.height() - 1


class RegionTree(QTreeView):
    """`chosen(place)` on Enter or a click on a name; a click on the arrow unfolds."""

    chosen = Signal(object)

    def __init__(self, model: RegionModel) -> None:
        super().__init__()
        self._places = model
        self.hovered: Place | None = None
        self.setHeader(_Header(self))
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Orders by region"))
        self.header().setStretchLastSection(False)
        for column, width in _WIDTHS.items():
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.header().resizeSection(column, width)
        self.header().setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)

    def index_of(self, place: Place) -> QModelIndex:
        parent = self._places.index(place.province.row, 0) if place.province is not None else QModelIndex()
        return self._places.index(place.row, 0, parent)

    def _at(self, at: QPoint) -> Place | None:
        return self._places.place(self.indexAt(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        place = self._at(at)
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if place.cities and at.x() < MARGIN + 18:
            self._turn(place)
        else:
            self.chosen.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice is not another thing than once."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, place: Place | None) -> None:
        if place is not self.hovered:
            self.hovered = place
            self.viewport().update()

    def _turn(self, place: Place) -> None:
        index = self.index_of(place)
        self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._places.place(self.currentIndex())
        if place is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(place)
        elif place is not None and place.cities and event.key() == Qt.Key.Key_Space:
            self._turn(place)
        else:
            super().keyPressEvent(event)

    def drawBranches(self, *_given: object) -> None:
        """The delegate paints the arrows."""


class RegionView(QWidget):
    """`show_search(search)` counts anew; `searched(province, city)` asks for the orders of a place; `closed` for the table."""

    searched = Signal(str, object)
    """Province, and the city or None for the whole province; blank is not filled in."""
    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.search: str | None = None
        self._task: Task | None = None
        self.model = RegionModel(self)
        self.tree = RegionTree(self.model)
        self.tree.chosen.connect(self._choose)
        self.words = Label("", "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(MARGIN, 2, MARGIN, 8)
        row.setSpacing(8)
        row.addWidget(Label(tr("By region"), "section"))
        row.addWidget(self.words, 1)
        self.fold_button = Button(tr("Unfold all"), self._fold, height=28)
        row.addWidget(self.fold_button)
        self.export_button = Button(tr("Export"), self._export, icon="export", height=28)
        self.export_button.setEnabled(False)
        row.addWidget(self.export_button)
        self.back = Button(tr("Back to the list"), self.closed.emit, icon="orders", height=28)
        row.addWidget(self.back)
        column.addWidget(head)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self._open = False
        self._rows: Sequence[RegionRow] = ()

    def show_search(self, search: str) -> None:
        """Count the places of this search's orders, in the background, with a way to stop it."""
        if self._task is not None:
            self._task.cancel()
        self.search = search
        self.words.set_role("label")
        self.words.setText(tr("Counting…"))
        self._task = self.context.runner.job(partial(_count, search), tr("Counting by region"))
        self._task.then(self._show, self._failed, self._stopped)

    def _show(self, rows: Sequence[RegionRow]) -> None:
        self.model.set_rows(rows)
        self._rows = rows
        self.export_button.setEnabled(bool(rows))
        orders = sum(row.orders for row in rows)
        named = sum(bool(row.name) for row in rows)
        self.words.setText(
            trn("{n} order", "{n} orders", orders) + ("，" if language() == "zh" else ", ") + trn("{n} province", "{n} provinces", named)
            if orders
            else tr("No orders here")
        )
        if self._open:
            self.tree.expandAll()
        if rows:
            self.tree.setCurrentIndex(self.model.index(0, 0))

    def _failed(self, error: Exception) -> None:
        self.words.set_role("bad")
        self.words.setText(error_words(error))

    def _stopped(self) -> None:
        self.search = None
        self.words.setText(tr("Stopped: F5 counts again"))

    def _fold(self) -> None:
        self._open = not self._open
        self.fold_button.setText(tr("Fold all") if self._open else tr("Unfold all"))
        if self._open:
            self.tree.expandAll()
        else:
            self.tree.collapseAll()

    def _export(self) -> ExportDialog:
        """The places as they were counted, one row a city."""
        from desktop.views.export_dialog import export_list
        from services.exports.lists import region_table

        dialog = export_list(self, self.context, region_table(self._rows), (), sum(max(1, len(row.cities)) for row in self._rows))
        dialog.open()
        return dialog

    def _choose(self, place: Place) -> None:
        if place.province is not None:
            self.searched.emit(place.province.name, place.name)
        else:
            self.searched.emit(place.name, None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(theme().surface))


def _count(search: str, desk: Desk, progress: Progress) -> Sequence[RegionRow]:
    from services.queries.region_counts import RegionCounts

    return desk.read(RegionCounts(search, progress))
