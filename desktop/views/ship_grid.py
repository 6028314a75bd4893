"""The rows of the ship dialog: one box for the tracking number in each, made for scanner, keyboard and spreadsheet."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from desktop.i18n import tr
from desktop.models.delegates import CellDelegate, write
from desktop.models.ship_table import EDIT, ShipTable
from desktop.theme import BODY_SIZE, RADIUS, colour, theme
from desktop.views.widgets.table import TableView

_Index = QModelIndex | QPersistentModelIndex


class NumberDelegate(CellDelegate):
    """Draws the box of a tracking number and edits in it. Enter goes to the next row, as a scanner ends each number with it."""

    def __init__(self, grid: ShipGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self.box: QLineEdit | None = None
        """The box that is typed in, or was last."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, ShipTable):
            return
        if index.column() == model.tracking_column:
            self._box(painter, option, index, model)
            return
        super().paint(painter, option, index)
        if index.column() == len(model.columns) - 1:
            # The verdict in its tone, over the plain words that the table drew.
            verdict, words = model.lines[index.row()].verdict, str(model.cell(index.row(), index.column()))
            area = option.rect
            painter.fillRect(area.adjusted(0, 0, 0, -1), colour(self._ground(index.row())))
            write(painter, (area.x() + 8, area.y(), area.width() - 20, area.height() - 1), words, theme().tone(verdict.tone))

    def _ground(self, row: int) -> str:
        t = theme()
        return t.raised if row == self.current_row else t.hover if row == self.hover_row else t.surface

    def _box(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, model: ShipTable) -> None:
        t = theme()
        area = option.rect
        line = model.lines[index.row()]
        painter.fillRect(area, colour(self._ground(index.row())))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, colour(t.row))
        box = QRectF(area).adjusted(2.5, 2.5, -8.5, -4.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wrong = line.number and not line.verdict.ready and {"number_used", "number_doubtful"} & set(line.verdict.codes)
        painter.setPen(QPen(colour(t.bad if wrong else t.control)))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        inside = (int(box.x()) + 9, area.y(), int(box.width()) - 14, area.height() - 2)
        write(painter, inside, line.number, t.text, BODY_SIZE)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        box = QLineEdit(parent)
        box.setMaxLength(40)
        box.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.box = box
        box.setAccessibleName(tr("Tracking number of {order}", order=self._grid.ship_model.lines[index.row()].row.number))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(EDIT) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), EDIT)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 1, -8, -3))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QLineEdit):
            key = event.key()
            if event.matches(QKeySequence.StandardKey.Paste):
                text = QGuiApplication.clipboard().text()
                if len(text.strip().splitlines()) > 1 or "\t" in text.strip():
                    self.closeEditor.emit(editor)
                    self._grid.paste(text)
                    return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                self._grid.finish(editor, editor.text())
                return True
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                row = self._grid.currentIndex().row()
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                self._grid.edit_row(row + (1 if key == Qt.Key.Key_Down else -1))
                return True
            if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                self._grid.leave(key == Qt.Key.Key_Tab)
                return True
        return super().eventFilter(editor, event)


class ShipGrid(TableView):
    """Typing begins in the current row; Ctrl+V fills a column down; Delete empties the row's number."""

    def __init__(self, model: ShipTable) -> None:
        super().__init__(model, tr("Orders to ship"))
        self.numbers = NumberDelegate(self)
        self.delegate = self.numbers
        self.setItemDelegate(self.delegate)

    @property
    def ship_model(self) -> ShipTable:
        return cast("ShipTable", self.model())

    def edit_row(self, row: int) -> None:
        """Begin to type in a row; past the last row it only stays there."""
        model = self.ship_model
        if not 0 <= row < model.rowCount():
            self.setFocus()
            return
        index = model.index(row, model.tracking_column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()
        self.edit(index)

    def finish(self, editor: QLineEdit, text: str) -> None:
        """Enter in a row: take the number and go on to the next row that has none, or to the row of a scanned order number."""
        row = self.currentIndex().row()
        there = self.ship_model.take_text(row, text)
        self.delegate.closeEditor.emit(editor)
        self.edit_row(there)

    def paste(self, text: str) -> int:
        """Fill down from the current row; returns how many numbers were taken."""
        filled = self.ship_model.paste(max(0, self.currentIndex().row()), text)
        if filled:
            self.setFocus()
        return filled

    def leave(self, forward: bool) -> None:
        self.focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and index.column() == self.ship_model.tracking_column:
            self.edit_row(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.edit_row(max(0, row))
        elif event.key() == Qt.Key.Key_Delete and row >= 0:
            self.ship_model.set_number(row, "")
        elif event.text().strip() and event.text().isprintable() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.edit_row(max(0, row))
            if self.numbers.box is not None:
                self.numbers.box.setText(event.text())
        else:
            super().keyPressEvent(event)
