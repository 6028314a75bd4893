"""Which columns go into a file, and in which order: a list whose boxes are ticked and whose rows are dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.i18n import tr

_Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-zhanggui-column"


@dataclass(frozen=True, slots=True)
class Choice:
    """A column by its key; `personal`: it tells of a person."""

    key: str
    title: str
    personal: bool = False


class ColumnChoice(QAbstractListModel):
    """Chosen and other columns in one order."""

    changed = Signal()

    def __init__(self, choices: Sequence[Choice] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices = list(choices)
        self._on: set[str] = set()

    # ---- what is chosen

    def chosen(self) -> tuple[str, ...]:
        """The chosen ones, in their order."""
        return tuple(one.key for one in self.choices if one.key in self._on)

    def set_choices(self, choices: Sequence[Choice], keys: Sequence[str]) -> None:
        """Other columns, of which these are chosen, in this order; the others stand behind them."""
        self.beginResetModel()
        self.choices = list(choices)
        self._take(keys)
        self.endResetModel()
        self.changed.emit()

    def choose(self, keys: Sequence[str]) -> None:
        """Choose these, in this order."""
        self.set_choices(self.choices, keys)

    def _take(self, keys: Sequence[str]) -> None:
        there = {one.key: one for one in self.choices}
        chosen = [there[key] for key in dict.fromkeys(keys) if key in there]
        self._on = {one.key for one in chosen}
        self.choices = [*chosen, *(one for one in self.choices if one.key not in self._on)]

    def set_all(self, on: bool) -> None:
        """Tick all, or none."""
        self._on = {one.key for one in self.choices} if on else set()
        self.dataChanged.emit(self.index(0), self.index(max(0, len(self.choices) - 1)))
        self.changed.emit()

    def personal(self) -> int:
        """How many of the chosen tell of persons."""
        return sum(one.personal and one.key in self._on for one in self.choices)

    def move(self, row: int, to: int) -> bool:
        """Put the column of `row` before the one that stands at `to` now."""
        if not 0 <= row < len(self.choices) or not 0 <= to <= len(self.choices) or to in {row, row + 1}:
            return False
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), to)
        one = self.choices.pop(row)
        self.choices.insert(to - (to > row), one)
        self.endMoveRows()
        self.changed.emit()
        return True

    # ---- the model

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.choices):
            return None
        one = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if one.key in self._on else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return tr("{column}, personal data", column=one.title) if one.personal else one.title
        if role == Qt.ItemDataRole.UserRole:
            return one
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        key = self.choices[index.row()].key
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._on.add(key)
        else:
            self._on.discard(key)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.changed.emit()
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    # ---- drag and drop

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, QByteArray(str(indexes[0].row()).encode()))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        """Between two rows, or behind all. The move is made here: the view shall take nothing out afterwards, so it is told no."""
        del action, column
        if not data.hasFormat(MIME):
            return False
        to = row if row >= 0 else parent.row() if parent.isValid() else len(self.choices)
        self.move(int(bytes(data.data(MIME).data())), to)
        return False
