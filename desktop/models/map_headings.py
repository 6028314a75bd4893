"""The headings of somebody else's file with samples of what stands below them; dragged to our fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from desktop.formats import plain_tip
from desktop.i18n import tr

if TYPE_CHECKING:
    from services.imports.map_look import Heading

_Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-zhanggui-heading"
SAMPLES = Qt.ItemDataRole.UserRole
FIELD = Qt.ItemDataRole.UserRole + 1


class MapHeadings(QAbstractListModel):
    """SAMPLES gives the first values in one line, FIELD the word of the field that the heading goes to, "" for none."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: Sequence[Heading] = ()
        self._used: Mapping[str, str] = {}

    def set_headings(self, headings: Sequence[Heading]) -> None:
        self.beginResetModel()
        self.headings = tuple(headings)
        self.endResetModel()

    def set_used(self, used: Mapping[str, str]) -> None:
        """{heading: word of its field}."""
        self._used = dict(used)
        if self.headings:
            self.dataChanged.emit(self.index(0), self.index(len(self.headings) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.headings):
            return None
        one = self.headings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        samples = (", " if all(map(str.isascii, one.samples)) else "，").join(one.samples)
        if role == SAMPLES:
            return samples
        if role == FIELD:
            return self._used.get(one.name, "")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            field = self._used.get(one.name)
            return f"{one.name}: {samples}" + (f"; {tr('goes to {field}', field=field)}" if field else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{one.name}\n" + "\n".join(one.values[:12]))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, QByteArray(self.headings[indexes[0].row()].name.encode()))
        return data
