"""The one table view: 32 px rows, painted cells, current row and chosen rows told apart, everything by key as well as by mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from desktop import formats
from desktop.i18n import tr, trn
from desktop.models.column import Kind
from desktop.models.delegates import CellDelegate
from desktop.models.paged_table import PagedTable, RowsModel, Sort
from desktop.prefs import Prefs
from desktop.theme import row_height, themes
from desktop.views.widgets.copying import Part, copied, mime_of, part_of
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.table_columns import TableColumns
from desktop.views.widgets.table_header import TableHeader

MOST_COPIED = 50_000
"""Rows that the clipboard takes: more belong in a file."""
_Index = QModelIndex | QPersistentModelIndex


class TableView(QTableView):
    """Shows a RowsModel. Current row: keys and click. Chosen rows (model.selection): the box column, Ctrl+click, Shift+click, Ctrl+A, X, Esc.

    `prefs_key` keeps its columns: which, in which order, how wide; a person arranges them by the header (`arranged`).
    A cell of a column that `edits` is typed over by a widget that the owner puts there (`put_editor`), while the rows stand still.
    """

    current_changed = Signal(int)
    """Id of the current row, −1 for none."""
    opened = Signal(int)
    """Enter or double click on a row: its id."""
    previewed = Signal(int)
    """Space on a row: its id."""
    menu_requested = Signal(QPoint)
    """Right click or menu key, in global coordinates; the row under it is current."""
    acted = Signal(int, str, bool)
    """A click in a column that `acts`: id, the column's key, whether with Shift."""
    edit_asked = Signal(int, str)
    """A double click in a column that `edits`: id and key."""
    sort_chosen = Signal(object)
    """A person chose a Sort by a heading."""
    noticed = Signal(str, str)
    """A sentence for the person and its tone: what was copied, or why not."""

    def __init__(self, model: RowsModel, name: str, prefs: Prefs | None = None, prefs_key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor = -1
        self._kept: tuple[int, int] | None = None
        self._told = -1
        self.empty: EmptyState | None = None
        self._editor: tuple[QWidget, int, str] | None = None
        self.setAccessibleName(name)
        self.setHorizontalHeader(TableHeader(self))
        self.arranged = TableColumns(self, prefs, prefs_key)
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
        header.sectionResized.connect(lambda section, _old, new: self.arranged.resized(section, new))
        header.sectionHandleDoubleClicked.disconnect()
        header.sectionHandleDoubleClicked.connect(self.arranged.fit_to_rows)
        header.sectionMoved.connect(self.arranged.moved_by_hand)
        header.setSectionsMovable(self.arranged.kept)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.arranged.show_menu)
        self.arranged.chooser_wanted.connect(self.choose_columns)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.id_of(index.row())))
        model.modelAboutToBeReset.connect(self._keep_place)
        model.loaded.connect(self._show_empty)
        model.selection.changed.connect(header.viewport().update)
        if self.arranged.kept:
            model.arrange = self.arranged.arrange
            model.rearrange()
        self.setModel(model)
        model.modelReset.connect(self._take_place)  # after setModel: the selection model clears the current row at a reset, too
        self.arranged.fit()

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

    def choose_columns(self) -> QWidget:
        """Open the dialog with a box for every column."""
        from desktop.views.columns_dialog import ColumnsDialog

        dialog = ColumnsDialog(self, self)
        dialog.open()
        return dialog

    def _set_current(self, row: int) -> None:
        column = max(0, self.arranged.stretching())
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
        self.arranged.fit()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arranged.fit()
        self._show_empty(self.rows.rowCount())

    # ---- mouse and keys

    def _head_clicked(self, section: int) -> None:
        column = self.rows.columns[section]
        if column.kind is Kind.CHECK:
            self.toggle_all()
        elif column.sort:
            by = self.rows.sorted_by
            self.sort_by(Sort(column.sort, by.key == column.sort and not by.descending))

    def sort_by(self, sort: Sort) -> None:
        """As if its heading had been clicked."""
        self.sort_chosen.emit(sort)
        show = cast("Callable[..., None]", getattr(self.rows, "show"))  # noqa: B009 - both kinds of model have it
        show(sort=sort)

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
            column = self.rows.columns[index.column()]
            row, box = index.row(), column.kind is Kind.CHECK
            has_boxes = self._has_boxes()
            if column.acts and not keys & Qt.KeyboardModifier.ControlModifier:
                self._set_current(row)
                self._anchor = row
                self.acted.emit(self.id_of(row), column.key, bool(keys & Qt.KeyboardModifier.ShiftModifier))
                return
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
        column = self.rows.columns[index.column()] if index.isValid() else None
        if column is not None and (column.kind is Kind.CHECK or column.acts):
            self.mousePressEvent(event)
        elif column is not None and column.edits and event.button() == Qt.MouseButton.LeftButton:
            self.edit_asked.emit(self.id_of(index.row()), column.key)
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

    # ---- copying

    def copy(self) -> None:
        """The chosen rows (else the current one) for a spreadsheet, with headings; those that were not read yet are read for it."""
        model = self.rows
        columns = copied(model.columns)
        count = model.selection.count(model.rowCount())
        if count > MOST_COPIED:
            self.noticed.emit(tr("Copying takes up to {n} rows; write more than that to a file.", n=formats.count(MOST_COPIED)), "warn")
        elif isinstance(model, PagedTable) and count:
            model.read_rows(model.chosen(), tr("Copying rows"), partial(part_of, columns)).then(partial(self._put, columns))
        else:
            places = [model.row_of(one) for one in model.selected_ids()] if count else [self.currentIndex().row()]
            rows = [row for place in places if place >= 0 and (row := model.row_at(place)) is not None]
            if rows:
                self._put(columns, [part_of(columns, rows)])

    def _put(self, columns: Sequence[Any], parts: Sequence[Part]) -> None:
        QGuiApplication.clipboard().setMimeData(mime_of(columns, parts))
        rows = sum(part.lines.count("\n") + 1 for part in parts if part.lines)
        self.noticed.emit(trn("{n} row copied", "{n} rows copied", rows), "ok")

    # ---- an editor in a cell

    def put_editor(self, editor: QWidget, identity: int, key: str) -> None:
        """Lay a widget over a cell; it goes along with scrolling and new widths. The rows stand still until `drop_editor`."""
        self.drop_editor()
        if isinstance(self.rows, PagedTable):
            self.rows.hold()
        self._editor = (editor, identity, key)
        editor.setParent(self.viewport())
        place = next((place for place, column in enumerate(self.rows.columns) if column.key == key), 0)
        self.scrollTo(self.rows.index(self.rows.row_of(identity), place))
        self.place_editor()
        editor.show()
        editor.setFocus()

    def place_editor(self) -> None:
        """Over its cell, where that is now; `heightForWidth` of the editor lets it grow downwards, or upwards at the foot of the table."""
        if self._editor is None:
            return
        editor, identity, key = self._editor
        row = self.rows.row_of(identity)
        place = next((place for place, column in enumerate(self.rows.columns) if column.key == key), -1)
        if row < 0 or place < 0:
            return
        cell = self.visualRect(self.rows.index(row, place))
        room = self.viewport().rect()
        width = min(max(cell.width(), editor.minimumWidth()), room.width())
        left = max(0, min(cell.left(), room.width() - width))
        height = max(cell.height(), editor.heightForWidth(width))
        top = cell.top() if cell.top() + height <= room.height() or cell.top() > room.height() else max(0, cell.bottom() + 1 - height)
        editor.setGeometry(left, top, width, height)

    def drop_editor(self) -> None:
        """Take the editor away and show what came meanwhile."""
        if self._editor is None:
            return
        editor, self._editor = self._editor[0], None
        focus = QApplication.focusWidget()
        had = focus is not None and (focus is editor or editor.isAncestorOf(focus))
        editor.hide()
        editor.deleteLater()
        if had:
            self.setFocus()
        if isinstance(self.rows, PagedTable):
            self.rows.release()

    @property
    def editing(self) -> bool:
        return self._editor is not None

    def updateEditorGeometries(self) -> None:
        super().updateEditorGeometries()
        self.place_editor()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.place_editor()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.delegate.current_row = self.currentIndex().row()
        super().paintEvent(event)
