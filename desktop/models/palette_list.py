"""The lines of the command palette as a list model, all in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import language

if TYPE_CHECKING:
    from desktop.palette import Entry

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class PaletteList(QAbstractListModel):
    """`set_entries(entries)`: a new question gives a whole new list, of some hundred lines at most."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (entry.words, entry.note, entry.path, "+".join(entry.keys))
            return ("，" if language() == "zh" else ", ").join(part for part in parts if part)
        return None
