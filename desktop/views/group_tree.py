"""The tree of groups in the rail: one click shows a group's orders, drag puts it elsewhere, keys do the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView

from desktop.i18n import tr
from desktop.models.group_delegate import ROW, GroupDelegate
from desktop.models.group_tree import GroupModel, Node
from desktop.prefs import Prefs
from desktop.theme import colour, theme

_EXPANDED = "groups/expanded"
_OWN_KEYS = {int(key) for key in (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)}
_STEP = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class GroupTree(QTreeView):
    """`activated_node` on a click or Enter, `menu_wanted` on the right button or the menu key; which folders are open is remembered."""

    activated_node = Signal(object)
    menu_wanted = Signal(object, QPoint)
    removed = Signal(object)
    """Delete on one's own entry."""
    stepped = Signal(object, int)
    """Alt+Up, Alt+Down on one's own entry."""
    seen_changed = Signal()
    """Other rows can be seen."""

    def __init__(self, model: GroupModel, prefs: Prefs) -> None:
        super().__init__()
        self._prefs = prefs
        self._groups = model
        self._pressed: Node | None = None
        self.delegate = GroupDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Groups"))
        self.setProperty("rail", True)
        self.viewport().setAutoFillBackground(False)
        model.modelReset.connect(self._unfold)
        self.expanded.connect(partial(self._fold_changed, True))
        self.collapsed.connect(partial(self._fold_changed, False))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.seen_changed.emit())

    # ---- folding

    def _open_keys(self) -> set[str]:
        return set(filter(None, self._prefs.text(_EXPANDED, "ready").split(",")))

    def _unfold(self) -> None:
        """After new rows: the folders that were open."""
        open_ = self._open_keys()
        for node in self._groups.nodes.values():
            if node.folder:
                self.setExpanded(self._groups.index_of(node), node.key in open_)
        self.updateGeometry()
        self.seen_changed.emit()

    def _fold_changed(self, opened: bool, index: QModelIndex) -> None:
        key = self._groups.node(index).key
        keys = self._open_keys()
        if opened != (key in keys):
            self._prefs.set_text(_EXPANDED, ",".join(sorted(keys | {key} if opened else keys - {key})) or ",")
        self.updateGeometry()
        self.seen_changed.emit()

    def unfold(self, key: str) -> None:
        """Open a folder, so that what was put into it can be seen."""
        node = self._groups.nodes.get(key)
        if node is not None:
            self.expand(self._groups.index_of(node))

    @property
    def editing(self) -> bool:
        """A name is being typed: new rows would take the field away."""
        return self.state() == QAbstractItemView.State.EditingState

    # ---- what can be seen

    def shown(self) -> Iterator[Node]:
        """The nodes of the rows that lie in the visible part, from the top."""
        if not self.isVisible():
            return
        index = self.indexAt(QPoint(1, 1))
        while index.isValid() and self.visualRect(index).top() < self.viewport().height():
            yield self._groups.node(index)
            index = self.indexBelow(index)

    def row_count(self) -> int:
        """Rows with all open folders."""
        found, index = 0, self._groups.index(0, 0)
        while index.isValid():
            found, index = found + 1, self.indexBelow(index)
        return found

    def sizeHint(self) -> QSize:
        return QSize(120, self.row_count() * ROW + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, ROW)

    # ---- mouse and keys

    def node_at(self, at: QPoint) -> Node | None:
        index = self.indexAt(at)
        return self._groups.node(index) if index.isValid() else None

    def current(self) -> Node | None:
        index = self.currentIndex()
        return self._groups.node(index) if index.isValid() else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.node_at(event.position().toPoint()) if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        node = self.node_at(event.position().toPoint())
        if node is not None and node is self._pressed and event.button() == Qt.MouseButton.LeftButton:
            self._activate(node)
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice is not another thing than once."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.node_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, node: Node | None) -> None:
        if node is not self.delegate.hovered:
            self.delegate.hovered = node
            self.viewport().update()

    def _activate(self, node: Node) -> None:
        if node.folder:
            index = self._groups.index_of(node)
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.activated_node.emit(node)

    def event(self, event: QEvent) -> bool:
        """While the keys are here, they mean groups and not the page's orders."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alone = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
            stepping = event.key() in _STEP and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if (alone and event.key() in _OWN_KEYS) or stepping:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        node = self.current()
        step = _STEP.get(event.key())
        if node is None or self.editing:  # the Return that ends a name opens no group
            super().keyPressEvent(event)
        elif node.own and step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(node, step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._activate(node)
        elif event.key() == Qt.Key.Key_F2 and node.own:
            self.rename(node)
        elif event.key() == Qt.Key.Key_Delete and node.own:
            self.removed.emit(node)
        else:
            super().keyPressEvent(event)

    def rename(self, node: Node) -> None:
        """Type another name in its place."""
        index = self._groups.index_of(node)
        self.setCurrentIndex(index)
        self.edit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyed = event.reason() == QContextMenuEvent.Reason.Keyboard
        node = self.current() if keyed else self.node_at(event.pos())
        if node is None:
            return
        index = self._groups.index_of(node)
        self.setCurrentIndex(index)
        place = self.viewport().mapToGlobal(self.visualRect(index).center()) if keyed else event.globalPos()
        self.menu_wanted.emit(node, place)

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex) -> None:
        super().currentChanged(current, previous)
        self.delegate.focused = self._groups.node(current) if current.isValid() else None
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        }:
            self.setCurrentIndex(self._groups.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.seen_changed.emit()

    # ---- painting

    def drawBranches(self, *_given: object) -> None:
        """The delegate paints the arrows."""

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), colour(theme().raised))
        ground.end()
        super().paintEvent(event)
        place = self.dropIndicatorPosition()
        if self.state() != QAbstractItemView.State.DraggingState or place == QAbstractItemView.DropIndicatorPosition.OnViewport:
            return
        index = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        if index.isValid() and place != QAbstractItemView.DropIndicatorPosition.OnItem:
            area = self.visualRect(index)
            painter = QPainter(self.viewport())
            y = area.top() if place == QAbstractItemView.DropIndicatorPosition.AboveItem else area.bottom()
            painter.fillRect(0, y - 1, self.viewport().width(), 2, colour(theme().accent))
