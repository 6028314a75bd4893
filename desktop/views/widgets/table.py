"""The one table view: 32 px rows, painted cells, current row and chosen rows told apart, everything by key as well as by mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop import icons
from desktop.i18n import tr_later
from desktop.models.column import Column, Kind, cell_text
from desktop.models.delegates import PADDING, CellDelegate, advance, write
from desktop.models.paged_table import RowsModel, Sort
from desktop.prefs import Prefs
from desktop.theme import LABEL_SIZE, MARGIN, colour, row_height, theme, themes
from desktop.views.widgets.empty_state import EmptyState

HEADER_HEIGHT = 32
LEAST_STRETCH = 120
_Index = QModelIndex | QPersistentModelIndex


class TableHeader(QHeaderView):
    """Painted headings: muted 12 px words, the sort arrow before the word of right-aligned columns, the box for all in a CHECK column."""

    def __init__(self, view: TableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEADER_HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self._view.rows_model()
        if model is None or section >= len(model.columns):
            return
        t = theme()
        column = model.columns[section]
        last = section == len(model.columns) - 1
        left, right = MARGIN if section == 0 else PADDING, MARGIN if last else PADDING
        x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
        painter.save()
        painter.fillRect(rect, colour(t.surface))
        painter.fillRect(x, y + h - 1, w, 1, colour(t.line))
        area = (x + left, y, max(0, w - left - right), h - 1)
        if column.kind is Kind.CHECK:
            chosen = model.selection.count(model.rowCount())
            state = "off" if not chosen or not model.rowCount() else "on" if chosen >= model.rowCount() else "part"
            painter.drawPixmap(QPointF(area[0], y + (h - 17) // 2), icons.check(state))
        elif column.kind in {Kind.FLAG, Kind.PRINTED}:
            sign = icons.pixmap("flag" if column.kind is Kind.FLAG else "print", t.muted, 14)
            at = area[0] - 1 if column.kind is Kind.FLAG else area[0] + (area[2] - 14) // 2
            painter.drawPixmap(QPointF(at, y + (h - 15) // 2), sign)
        else:
            self._words(painter, area, column, model.sorted_by)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, area: tuple[int, int, int, int], column: Column, by: Sort) -> None:
        x, y, w, h = area
        words = tr_later(column.title) if column.title else ""
        sorted_here = bool(column.sort) and column.sort == by.key
        ink = theme().text2 if sorted_here else theme().muted
        write(painter, area, words, ink, LABEL_SIZE, right=column.right)
        if sorted_here:
            width = min(w, advance(words, LABEL_SIZE))
            at = x + w - width - 16 if column.right else x + width + 4
            painter.drawPixmap(QPointF(at, y + (h - 12) // 2), icons.pixmap("arrow-down" if by.descending else "arrow-up", ink, 12))


class TableView(QTableView):
    """Shows a RowsModel. Current row: keys and click. Chosen rows (model.selection): the box column, Ctrl+click, Shift+click, Ctrl+A, X, Esc.

    `prefs_key` keeps the widths of its columns.
    """

    current_changed = Signal(int)
    """Id of the current row, −1 for none."""
    opened = Signal(int)
    """Enter or double click on a row: its id."""
    previewed = Signal(int)
    """Space on a row: its id."""
    menu_requested = Signal(QPoint)
    """Right click or menu key, in global coordinates; the row under it is current."""

    def __init__(self, model: RowsModel, name: str, prefs: Prefs | None = None, prefs_key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefs, self._prefs_key = prefs, prefs_key
        self._anchor = -1
        self._kept: tuple[int, int] | None = None
        self._told = -1
        self.empty: EmptyState | None = None
        self.setAccessibleName(name)
        self.setHorizontalHeader(TableHeader(self))
        self.delegate = CellDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        sides = self.verticalHeader()
        sides.hide()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_row_height()
        themes().changed.connect(self._set_row_height)
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._head_clicked)
        header.sectionResized.connect(self._resized)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.id_of(index.row())))
        model.modelAboutToBeReset.connect(self._keep_place)
        model.loaded.connect(self._show_empty)
        model.selection.changed.connect(header.viewport().update)
        self.setModel(model)
        model.modelReset.connect(self._take_place)  # after setModel: the selection model clears the current row at a reset, too
        self._fit()

    def rows_model(self) -> RowsModel | None:
        model = self.model()
        return model if isinstance(model, RowsModel) else None

    @property
    def rows(self) -> RowsModel:
        return cast("RowsModel", self.model())

    def id_of(self, row: int) -> int:
        return self.rows.id_at(row) if 0 <= row < self.rows.rowCount() else -1

    def current_id(self) -> int:
        return self.id_of(self.currentIndex().row())

    def go_to(self, identity: int) -> bool:
        """Make the row of this id current; False if it is not in the result."""
        row = self.rows.row_of(identity)
        if row >= 0:
            self._set_current(row)
        return row >= 0

    def step(self, by: int) -> None:
        """Move the current row up or down (the panel's arrows)."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.rows.rowCount():
            self._set_current(row)

    def set_empty(self, empty: EmptyState) -> None:
        """What is shown instead of rows when a result is empty: what to do next."""
        if self.empty is not None:
            self.empty.deleteLater()
        self.empty = empty
        empty.setParent(self.viewport())
        self._show_empty(self.rows.rowCount())

    def _set_current(self, row: int) -> None:
        column = max(0, next((place for place, one in enumerate(self.rows.columns) if one.width == 0), 0))
        self.selectionModel().setCurrentIndex(self.rows.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        across = self.horizontalScrollBar().value()
        self.scrollTo(self.rows.index(row, column))
        self.horizontalScrollBar().setValue(across)

    def _set_row_height(self) -> None:
        self.verticalHeader().setMinimumSectionSize(row_height())
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.viewport().update()

    # ---- what is kept over a new result

    def _keep_place(self) -> None:
        if self._kept is None:
            self._kept = (self.current_id(), self.verticalScrollBar().value())

    def _take_place(self) -> None:
        identity, scroll = self._kept or (-1, 0)
        self._kept = None
        self._fit()
        row = self.rows.row_of(identity) if identity >= 0 else -1
        if row >= 0:
            self._set_current(row)
            self.verticalScrollBar().setValue(scroll)
        self._tell_current()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self._tell_current()

    def _tell_current(self) -> None:
        identity = self.current_id()
        if identity != self._told:
            self._told = identity
            self.current_changed.emit(identity)

    def _show_empty(self, count: int) -> None:
        if self.empty is not None:
            self.empty.setVisible(count == 0 and not self.rows.loading)
            self.empty.setGeometry(self.viewport().rect())

    # ---- widths

    def _fit(self) -> None:
        """Give every column its width and what is left to the stretching one."""
        columns = self.rows.columns
        kept = self._kept_widths()
        header = self.horizontalHeader()
        header.blockSignals(True)
        room = self.viewport().width()
        taken = 0
        for place, column in enumerate(columns):
            if column.width:
                width = kept.get(column.key, column.width)
                self.setColumnWidth(place, width)
                taken += width
            fixed = column.kind in {Kind.CHECK, Kind.FLAG, Kind.PRINTED} or not column.width
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Interactive)
        for place, column in enumerate(columns):
            if not column.width:
                self.setColumnWidth(place, max(LEAST_STRETCH, room - taken))
        header.blockSignals(False)
        self.updateGeometries()
        self.viewport().update()
        header.viewport().update()

    def _kept_widths(self) -> dict[str, int]:
        if self._prefs is None or not self._prefs_key:
            return {}
        pairs = (part.split("=") for part in self._prefs.text(f"columns/{self._prefs_key}").split(";") if "=" in part)
        return {key: max(24, int(width)) for key, width in pairs if width.isdigit()}

    def _resized(self, section: int, _old: int, new: int) -> None:
        if self._prefs is not None and self._prefs_key and section < len(self.rows.columns) and self.rows.columns[section].width:
            kept = self._kept_widths() | {self.rows.columns[section].key: new}
            self._prefs.set_text(f"columns/{self._prefs_key}", ";".join(f"{key}={width}" for key, width in kept.items()))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._show_empty(self.rows.rowCount())

    # ---- mouse and keys

    def _head_clicked(self, section: int) -> None:
        column = self.rows.columns[section]
        if column.kind is Kind.CHECK:
            self.toggle_all()
        elif column.sort:
            by = self.rows.sorted_by
            show = cast("Callable[..., None]", getattr(self.rows, "show"))  # noqa: B009 - both kinds of model have it
            show(sort=Sort(column.sort, by.key == column.sort and not by.descending))

    def toggle_all(self) -> None:
        """Choose everything the query finds, or nothing."""
        chosen = self.rows.selection
        if chosen.count(self.rows.rowCount()):
            chosen.clear()
        else:
            chosen.all()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            keys = event.modifiers()
            row, box = index.row(), self.rows.columns[index.column()].kind is Kind.CHECK
            has_boxes = self._has_boxes()
            if has_boxes and keys & Qt.KeyboardModifier.ShiftModifier:
                self._choose_to(row)
                return
            if has_boxes and (box or keys & Qt.KeyboardModifier.ControlModifier):
                self.rows.selection.toggle(self.id_of(row))
                self._anchor = row
                return
            self._anchor = row
        super().mousePressEvent(event)

    def _has_boxes(self) -> bool:
        return any(column.kind is Kind.CHECK for column in self.rows.columns)

    def _choose_to(self, row: int) -> None:
        start = self._anchor if self._anchor >= 0 else max(0, self.currentIndex().row())
        low, high = min(start, row), max(start, row)
        self.rows.selection.set(self.rows.all_ids()[low : high + 1])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.rows.columns[index.column()].kind is Kind.CHECK:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.delegate.hover_row:
            self.delegate.hover_row = row
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), event.modifiers()
        row = self.currentIndex().row()
        boxes = self._has_boxes()
        shift, control = bool(keys & Qt.KeyboardModifier.ShiftModifier), bool(keys & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.opened.emit(self.id_of(row))
        elif key == Qt.Key.Key_Space and row >= 0 and not control:
            self.previewed.emit(self.id_of(row))
        elif boxes and row >= 0 and ((key == Qt.Key.Key_X and not keys) or (key == Qt.Key.Key_Space and control)):
            self.rows.selection.toggle(self.id_of(row))
            self._anchor = row
        elif boxes and key == Qt.Key.Key_A and control:
            self.rows.selection.all()
        elif key == Qt.Key.Key_C and control:
            self.copy()
        elif boxes and key == Qt.Key.Key_Escape and self.rows.selection.count(self.rows.rowCount()):
            self.rows.selection.clear()
        elif boxes and shift and key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and row >= 0:
            self._anchor = row if self._anchor < 0 else self._anchor
            self.step(1 if key == Qt.Key.Key_Down else -1)
            self._choose_to(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The chosen rows that are read (else the current one) as tab-separated text with headings: pastes right into a spreadsheet."""
        model = self.rows
        chosen = [row for row in range(model.rowCount()) if model.id_at(row) in model.selection] or [self.currentIndex().row()]
        columns = [one for one in model.columns if one.kind is not Kind.CHECK]
        lines = ["\t".join(tr_later(one.title) for one in columns)]
        for row in chosen:
            found = model.row_at(row) if row >= 0 else None
            if found is not None:
                lines.append("\t".join(_plain(one, found) for one in columns))
        if len(lines) > 1:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.delegate.current_row = self.currentIndex().row()
        super().paintEvent(event)


def _plain(column: Column, row: Any) -> str:
    return cell_text(column.kind, column.value(row)).replace("\t", " ").replace("\n", " ")
