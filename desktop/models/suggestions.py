"""What is offered under the search box while typing: a short list, all in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_DISPLAY, _ACCESSIBLE, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`words` are what is taken, `hint` says more about it, `value` is what the owner of the list makes of it."""

    words: str
    hint: str = ""
    icon: str = ""
    value: Any = None


class Suggestions(QAbstractListModel):
    """The list as Qt wants it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: Sequence[Suggestion] = ()

    def put(self, entries: Iterable[Suggestion]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == _DISPLAY:
            return entry.words
        if role == ENTRY_ROLE:
            return entry
        if role == _ACCESSIBLE:
            return f"{entry.words} {entry.hint}".strip()
        return entry.words if role == _TIP else None
