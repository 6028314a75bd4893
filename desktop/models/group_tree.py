"""The groups as a tree: the merchant's own in their folders, and a folder of ready-made ones. It changes nothing itself: it asks by signals.

A count is None until somebody counted it; counts live longer than the rows, so that a new name doesn't empty the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop import formats
from desktop.i18n import language, tr
from services.words import say, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.queries.group_rows import Groups

MIME = "application/x-zhanggui-group"
MOST_SHOWN = 9_999
READY = "ready"
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(eq=False, slots=True)
class Node:
    """`key` is `g12` of one's own, `ready:late` of a ready-made one, `ready` of their folder. `id` is 0 for what is not one's own."""

    key: str
    folder: bool
    name: str
    id: int = 0
    search: str = ""
    sort: str = ""
    colour: int = 0
    view: str = ""
    trouble: tuple[str, dict[str, Any]] | None = None
    form: str = ""
    """The search as the orders page writes it."""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def own(self) -> bool:
        return self.id > 0

    @property
    def counted(self) -> bool:
        """Whether it has a figure at all."""
        return bool(self.search) and self.trouble is None

    @property
    def row(self) -> int:
        return self.parent.children.index(self) if self.parent is not None else 0


def shown_count(count: int) -> str:
    """`9,999+` where counting stopped."""
    return f"{formats.count(MOST_SHOWN)}+" if count > MOST_SHOWN else formats.count(count)


class GroupModel(QAbstractItemModel):
    """`renamed(id, name)` and `moved(id, folder's id or None, position)` ask for what was typed or dropped."""

    renamed = Signal(int, str)
    moved = Signal(int, object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = Node("", folder=True, name="")
        self.nodes: dict[str, Node] = {}
        self.counts: dict[str, int] = {}
        """How many orders, by search."""
        self.present = ""
        """The search that the orders page shows, in that page's form."""
        self._before: dict[str, Node] = {}

    # ---- what it holds

    def set_groups(self, groups: Groups) -> None:
        """Show these; counts of searches that are still there stay."""
        self.beginResetModel()
        self._before = self.nodes  # Qt may hold indexes of the old rows a moment longer than the reset
        self.root = Node("", folder=True, name="")
        by_id: dict[int | None, Node] = {None: self.root}
        for row in groups.own:
            by_id[row.id] = Node(
                f"g{row.id}", row.kind == "folder", row.name, row.id, row.search, row.sort, row.colour, trouble=row.trouble, form=row.form
            )
        for row in groups.own:
            _put(by_id[row.id], by_id[row.parent_id])
        shown = [one for one in groups.ready if not one.hidden]
        if shown:
            ready = Node(READY, folder=True, name=term("ready_group", READY, language()))
            _put(ready, self.root)
            for one in shown:
                _put(
                    Node(
                        f"ready:{one.code}",
                        folder=False,
                        name=term("ready_group", one.code, language()),
                        search=one.search,
                        colour=one.colour,
                        view=one.view,
                        form=one.form,
                    ),
                    ready,
                )
        self.nodes = {node.key: node for node in _below(self.root)}
        searches = {node.search for node in self.nodes.values()}
        self.counts = {search: count for search, count in self.counts.items() if search in searches}
        self.endResetModel()

    def set_count(self, search: str, count: int | None) -> None:
        """A count came; None where it could not be counted."""
        if count is None:
            self.counts.pop(search, None)
        else:
            self.counts[search] = count
        self._tell([node for node in self.nodes.values() if node.search == search])

    def set_present(self, search: str) -> None:
        """The orders page shows the hits of this search: its group is the current one."""
        if search != self.present:
            changed = [node for node in self.nodes.values() if node.form and node.form in {search, self.present}]
            self.present = search
            self._tell(changed)

    def _tell(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            index = self.index_of(node)
            self.dataChanged.emit(index, index)

    def is_present(self, node: Node) -> bool:
        return bool(node.form) and node.form == self.present

    def node(self, index: _Index) -> Node:
        """The node of an index, the root of none."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else self.root

    def index_of(self, node: Node) -> QModelIndex:
        return QModelIndex() if node is self.root else self.createIndex(node.row, 0, node)

    def count_of(self, node: Node) -> int | None:
        return self.counts.get(node.search) if node.counted else None

    # ---- what Qt asks

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        children = self.node(parent).children
        if column != 0 or not 0 <= row < len(children) or (parent.isValid() and parent.column() != 0):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        above = self.node(index).parent
        return QModelIndex() if above is None or above is self.root else self.index_of(above)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() and parent.column() != 0 else len(self.node(parent).children)

    def columnCount(self, _parent: _Index = _NOWHERE) -> int:
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self.node(index)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return node.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(node)
        return None

    def _said(self, node: Node) -> str:
        parts = [tr("Folder {name}", name=node.name) if node.folder else node.name]
        if node.colour and not node.folder:
            parts.append(term("flag", str(node.colour), language()))
        count = self.count_of(node)
        if count is not None:
            parts.append(shown_count(count))
        if node.trouble is not None:
            parts.append(self._tip(node))
        return " ".join(parts)

    def _tip(self, node: Node) -> str:
        if node.trouble is not None:
            return say(node.trouble[0], language(), **node.trouble[1])
        return node.name

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        node = self.node(index)
        flags = flag.ItemIsEnabled | flag.ItemIsSelectable
        if node.own:
            flags |= flag.ItemIsDragEnabled | flag.ItemIsEditable
            if node.folder:
                flags |= flag.ItemIsDropEnabled
        if not node.folder:
            flags |= flag.ItemNeverHasChildren
        return flags

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node(index)
        name = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not node.own or not name or name == node.name:
            return False
        self.renamed.emit(node.id, name)
        return True

    # ---- drag and drop

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        for index in indexes:
            if self.node(index).own:
                data.setData(MIME, QByteArray(str(self.node(index).id).encode()))
        return data

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: _Index) -> bool:
        return self._place(data, row, parent) is not None

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: _Index) -> bool:
        place = self._place(data, row, parent)
        if place is not None:
            self.moved.emit(*place)
        return False  # the rows come anew from the shop; the view must not take any away

    def _place(self, data: QMimeData, row: int, parent: _Index) -> tuple[int, int | None, int] | None:
        """(entry, folder or None, position among the others there), None where it can't be put."""
        moving = self.nodes.get(f"g{bytes(data.data(MIME).data()).decode()}") if data.hasFormat(MIME) else None
        target = self.node(parent)
        if moving is None or not (target is self.root or (target.own and target.folder)):
            return None
        above: Node | None = target
        while above is not None:
            if above is moving:
                return None
            above = above.parent
        here = [node for node in target.children if node.own]
        place = len(here) if row < 0 else min(row, len(here))
        if moving.parent is target and moving.row < place:
            place -= 1
        return moving.id, None if target is self.root else target.id, place


def _put(node: Node, parent: Node) -> None:
    node.parent = parent
    parent.children.append(node)


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def folders_of(groups: Mapping[str, Node]) -> list[tuple[int, str]]:
    """One's own folders with the way to each, for a choice: `大客户 / 北方`."""
    found = []
    for node in groups.values():
        if node.own and node.folder:
            names, above = [node.name], node.parent
            while above is not None and above.key:
                names.insert(0, above.name)
                above = above.parent
            found.append((node.id, " / ".join(names)))
    return found
