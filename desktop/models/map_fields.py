"""Our fields in groups, each with the column that it comes from and a first value; headings are dropped on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.formats import plain_tip
from desktop.i18n import language, tr
from desktop.models.map_draft import CONST, FIRST, SUM, Draft, MapDraft
from desktop.models.map_headings import MIME
from services.words import term
from services.words.import_maps import MAP_FIELDS, MAP_KINDS

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
TARGET = Qt.ItemDataRole.UserRole
MISSING = Qt.ItemDataRole.UserRole + 1
"""Whether nothing comes in because this field has no source."""
Groups = tuple[tuple[str, tuple[str, ...]], ...]
GROUPS: Groups = tuple(MAP_FIELDS.items())


def source_words(one: Draft) -> str:
    """`单价 + 运费`, `“淘宝”`, `手机 / 电话`."""
    if one.empty:
        return ""
    if one.combine == CONST:
        return f"“{one.const}”" if language() == "zh" else f'"{one.const}"'
    return {SUM: " + ", FIRST: " / "}.get(one.combine, " / ").join(one.headings)


class MapFields(QAbstractItemModel):
    """Three columns: the field, its source, a sample. `dropped(target, heading)` asks for what the mouse did."""

    dropped = Signal(str, str)

    def __init__(self, draft: MapDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.samples: Mapping[str, str] = {}

    @property
    def groups(self) -> Groups:
        return tuple(MAP_KINDS[self.draft.kind].items())

    def set_kind(self, kind: str) -> None:
        """The table holds something else: other fields."""
        self.beginResetModel()
        self.draft.set_kind(kind)
        self.samples = {}
        self.endResetModel()

    def tell(self) -> None:
        """The draft or the samples changed, the fields themselves did not."""
        for group, (_code, targets) in enumerate(self.groups):
            above = self.index(group, 0)
            self.dataChanged.emit(self.index(0, 0, above), self.index(len(targets) - 1, 2, above))

    def first(self) -> str:
        return self.groups[0][1][0]

    def index_of(self, target: str) -> QModelIndex:
        for group, (_code, targets) in enumerate(self.groups):
            if target in targets:
                return self.index(targets.index(target), 0, self.index(group, 0))
        return QModelIndex()

    def target_at(self, index: _Index) -> str:
        """The field of a row; "" for a group."""
        group = int(index.internalId()) - 1
        return self.groups[group][1][index.row()] if index.isValid() and group >= 0 else ""

    # ---- the model

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        group = int(index.internalId()) - 1 if index.isValid() else -1
        return self.createIndex(group, 0, 0) if group >= 0 else QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()][1]) if parent.internalId() == 0 and parent.column() == 0 else 0

    def columnCount(self, _parent: _Index = _NOWHERE) -> int:
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Our field"), tr("From the column"), tr("First value"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        target = self.target_at(index)
        if not target:
            code, targets = self.groups[index.row()]
            words = term("map_group", code, language())
            if index.column() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
                return None
            filled = sum(not self.draft.draft(one).empty for one in targets)
            return f"{words} {filled}" if filled else words
        if role == TARGET:
            return target
        if role == MISSING:
            return self.draft.needs(target)
        name, source = term("map_field", target, language()), source_words(self.draft.draft(target))
        if role == Qt.ItemDataRole.DisplayRole:
            return (name, source, self.samples.get(target, ""))[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            needed = f" ({tr('needed')})" if self.draft.needs(target) else ""
            return f"{name}{needed}: {source or tr('not imported')}"
        if role == Qt.ItemDataRole.ToolTipRole and index.column():
            return plain_tip(source if index.column() == 1 else self.samples.get(target, ""))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        if not self.target_at(index):
            return flag.ItemIsEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDropEnabled | flag.ItemNeverHasChildren

    # ---- drops

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: _Index) -> bool:
        return data.hasFormat(MIME) and bool(self.target_at(parent))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        self.dropped.emit(self.target_at(parent), bytes(data.data(MIME).data()).decode())
        return True


def fields_of(groups: Sequence[tuple[str, Sequence[str]]] = GROUPS) -> list[str]:
    """Every target in the order of the tree."""
    return [target for _code, targets in groups for target in targets]
