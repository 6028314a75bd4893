"""The groups in the rail: a heading with what can be added, the tree, and in the folded rail a button with the same as a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHideEvent, QIcon, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop import icons
from desktop.i18n import language, tr, trn
from desktop.models.group_counter import TABLES, GroupCounter
from desktop.models.group_delegate import RIGHT, SIGN
from desktop.models.group_tree import READY, GroupModel, Node, folders_of, shown_count
from desktop.theme import RAIL_SIZE, colour, font, theme
from desktop.views.group_tree import GroupTree
from desktop.views.widgets.buttons import QuietButton
from desktop.views.widgets.swatches import colour_words

if TYPE_CHECKING:
    from desktop.changes import Changes
    from desktop.context import AppContext
    from desktop.runner import Task
    from desktop.views.widgets.dialog import DialogBase
    from services.queries.group_rows import Groups


class _Heading(QWidget):
    """The section's name, 11 px muted, where the pages' icons begin."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, RIGHT - 8, 0)
        row.addStretch()
        self.add = QuietButton(icon="plus", height=24, name=tr("Add a group"))
        row.addWidget(self.add)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(RAIL_SIZE))
        painter.setPen(colour(theme().muted))
        painter.drawText(QPointF(SIGN - 4, 19), tr("Groups"))


class GroupRail(QWidget):
    """Reads the groups once the shop is open and whenever one changed; shows its orders on the orders page by `context.go`."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.dialog: DialogBase | None = None
        self._task: Task | None = None
        self._groups: Groups | None = None
        self._late = False
        self.model = GroupModel(self)
        self.tree = GroupTree(self.model, context.prefs)
        self.counter = GroupCounter(context, self.model, self._searches, self)
        self.heading = _Heading()
        self.heading.add.clicked.connect(lambda _checked=False: self._popup(self._add_menu(), self.heading.add))
        self.button = QuietButton(icon="bookmark", height=32, name=tr("Groups"))
        self.button.clicked.connect(lambda _checked=False: self._popup(self.whole_menu(), self.button))
        self.button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.tree, 1)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.tree.activated_node.connect(self.open_node)
        self.tree.menu_wanted.connect(self._show_menu)
        self.tree.removed.connect(self._ask_removal)
        self.tree.stepped.connect(self._step)
        self.tree.seen_changed.connect(self.counter.look)
        self.tree.delegate.closeEditor.connect(self._typed, Qt.ConnectionType.QueuedConnection)
        # Not while Qt still commits what was typed: the rows come anew with the answer.
        self.model.renamed.connect(self._rename, Qt.ConnectionType.QueuedConnection)
        self.model.moved.connect(self._move)
        context.searched.connect(self.model.set_present)
        context.group_requested.connect(self.save)
        context.changes.subscribe(("order_group", "setting"), self._changed, self)
        context.changes.subscribe(TABLES, self.counter.changed, self)
        self.read()

    # ---- reading

    def read(self, _shop: object = None) -> None:
        from services.queries.group_rows import GroupTree as Query

        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(Query())
        self._task.then(self._show)

    def _changed(self, _changes: Changes) -> None:
        self._late = self.tree.editing
        if not self._late:
            self.read()

    def _typed(self) -> None:
        """The field is gone: what changed meanwhile may come."""
        if self._late:
            self._late = False
            self.read()

    def _show(self, groups: Groups) -> None:
        current = self.tree.current()
        self._groups = groups
        self.model.set_groups(groups)
        again = self.model.nodes.get(current.key) if current is not None else None
        if again is not None:
            self.tree.setCurrentIndex(self.model.index_of(again))
        self.counter.look()

    def _searches(self) -> list[str]:
        return [node.search for node in self.tree.shown() if node.counted]

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in the order of reading."""
        return self.heading.add, self.tree, self.button

    def fold(self, narrow: bool) -> None:
        """In the folded rail a button with a menu takes the place of the tree."""
        self.heading.setVisible(not narrow)
        self.tree.setVisible(not narrow)
        self.button.setVisible(narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.counter.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.counter.stop()

    # ---- showing a group

    def open_node(self, node: Node) -> None:
        """Show its orders: the status it names is the tab, the rest stands in the search box."""
        if node.view:
            self.context.go("orders", view=node.view)
            return
        if node.trouble is not None:
            self._open_dialog(node.search, group=node if node.own else None)
            return
        from services.search.tabs import split_tab
        from services.search.writer import say

        status, rest = split_tab(node.search)
        self.context.go("orders", search=say(rest, language()), tab=status or "all", sort=node.sort)

    # ---- menus

    def _popup(self, menu: QMenu, button: QWidget) -> None:
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_menu(self) -> QMenu:
        menu = self._menu()
        self._add_entries(menu)
        return menu

    def _add_entries(self, menu: QMenu, parent_id: int | None = None) -> None:
        _entry(menu, tr("Keep this search as a group…"), self.keep_present, "bookmark", enabled=bool(self.model.present))
        _entry(menu, tr("New folder…"), partial(self.new_folder, parent_id), "folder")
        menu.addSeparator()
        _entry(menu, tr("Ready-made groups…"), self.choose_ready, "eye")

    def whole_menu(self) -> QMenu:
        """All groups as a menu, folders as menus in it."""
        menu = self._menu()
        self._fill(menu, self.model.root)
        menu.addSeparator()
        self._add_entries(menu)
        return menu

    def _fill(self, menu: QMenu, folder: Node) -> None:
        for node in folder.children:
            if node.folder:
                inner = menu.addMenu(icons.icon("folder"), _plain(node.name))
                self._fill(inner, node)
                inner.setEnabled(bool(node.children))
                continue
            count = self.model.count_of(node)
            words = _plain(node.name) + (f"\t{shown_count(count)}" if count is not None else "")
            entry = menu.addAction(words)
            entry.setIcon(_dot(node.colour) if not node.view else icons.icon("pin"))
            entry.setCheckable(self.model.is_present(node))
            entry.setChecked(self.model.is_present(node))
            entry.triggered.connect(partial(self._chosen, node))

    def _chosen(self, node: Node, _checked: bool = False) -> None:
        self.open_node(node)

    def _show_menu(self, node: Node, at: QPoint) -> None:
        self.menu_of(node).popup(at)

    def menu_of(self, node: Node) -> QMenu:
        """What can be done with an entry."""
        menu = self._menu()
        if node.own:
            self._own_entries(menu, node)
        elif node.key == READY:
            _entry(menu, tr("Ready-made groups…"), self.choose_ready, "eye")
        else:
            _entry(menu, tr("Show"), partial(self.open_node, node), "search")
            if node.search:
                _entry(menu, tr("Copy to my groups"), partial(self._copy, node), "copy")
            _entry(menu, tr("Hide"), partial(self._hide, node), "eye")
        return menu

    def _own_entries(self, menu: QMenu, node: Node) -> None:
        if not node.folder:
            _entry(menu, tr("Show"), partial(self.open_node, node), "search")
            _entry(menu, tr("Change…"), partial(self._open_dialog, node.search, group=node), "edit")
            _entry(
                menu,
                tr("Take over the present search"),
                partial(self._take_search, node),
                "bookmark",
                enabled=bool(self.model.present) and not self.model.is_present(node),
            )
        _entry(menu, tr("Rename"), partial(self.tree.rename, node), "edit")
        if not node.folder:
            inner = menu.addMenu(icons.icon("tag"), tr("Colour"))
            for value in range(6):
                entry = inner.addAction(_dot(value), colour_words(value) if value else tr("No colour"))
                entry.setCheckable(True)
                entry.setChecked(value == node.colour)
                entry.triggered.connect(partial(self._colour, node, value))
            _entry(menu, tr("Copy"), partial(self._copy, node), "copy")
        menu.addSeparator()
        siblings = [one for one in node.parent.children if one.own] if node.parent is not None else []
        place = siblings.index(node) if node in siblings else 0
        _entry(menu, tr("Move up"), partial(self._step, node, -1), "arrow-up", enabled=place > 0)
        _entry(menu, tr("Move down"), partial(self._step, node, 1), "arrow-down", enabled=place < len(siblings) - 1)
        _entry(menu, tr("New folder…"), partial(self.new_folder, node.id if node.folder else _folder_of(node)), "folder")
        menu.addSeparator()
        _entry(menu, tr("Delete…"), partial(self._ask_removal, node), "trash")

    # ---- changes

    def _change(self, command: Any, then: Callable[[Any], object] | None = None) -> None:
        task = self.context.runner.change(command)
        task.then(then, self._refused) if then is not None else task.then(None, self._refused)

    def _refused(self, error: Exception) -> None:
        from desktop.errors import error_words
        from services.errors import DeskError

        if isinstance(error, DeskError):
            self.context.notify(error_words(error), "bad")
        else:
            self.context.runner.failed.emit(error)

    def _rename(self, group_id: int, name: str) -> None:
        from services.commands.groups import ChangeGroup

        self._change(ChangeGroup(group_id, name=name))

    def _colour(self, node: Node, value: int, _checked: bool = False) -> None:
        from services.commands.groups import ChangeGroup

        self._change(ChangeGroup(node.id, colour=value))

    def _take_search(self, node: Node) -> None:
        from services.commands.groups import ChangeGroup

        self._change(ChangeGroup(node.id, search=self.model.present), partial(self._told, tr("“{name}” finds this now", name=node.name)))

    def _copy(self, node: Node) -> None:
        from services.commands.groups import AddGroup

        name = node.name if not node.own else tr("{name} copy", name=node.name)
        command = AddGroup(name[:50], node.search, node.sort, node.colour, _folder_of(node) if node.own else None)
        self._change(command, partial(self._told, tr("Copied to “{name}”", name=name)))

    def _told(self, words: str, _outcome: object) -> None:
        self.context.notify(words)

    def _move(self, group_id: int, parent_id: int | None, position: int) -> None:
        from services.commands.groups import MoveGroup

        if parent_id is not None:
            self.tree.unfold(f"g{parent_id}")
        self._change(MoveGroup(group_id, parent_id, position))

    def _step(self, node: Node, by: int) -> None:
        siblings = [one for one in node.parent.children if one.own] if node.parent is not None else []
        place = siblings.index(node) + by if node in siblings else -1
        if 0 <= place < len(siblings):
            self._move(node.id, _folder_of(node), place)

    def _ask_removal(self, node: Node) -> None:
        from desktop.views.widgets.dialog import Question

        inside = sum(not one.folder for one in _all_in(node))
        if node.folder:
            words = (
                trn("The folder goes with the {n} group in it.", "The folder goes with the {n} groups in it.", inside)
                if inside
                else tr("The folder is empty.")
            )
        else:
            words = tr("The search is no longer kept.")
        words += " " if language() != "zh" else ""
        words += tr("The orders stay as they are.")
        title = tr("Delete “{name}”?", name=node.name)
        self._open(Question(self, title, words, tr("Delete"), partial(self._remove, node)))

    def _remove(self, node: Node) -> None:
        from services.commands.groups import RemoveGroup

        self._change(RemoveGroup(node.id))

    def _hide(self, node: Node) -> None:
        hidden = [row.code for row in self._groups.ready if row.hidden] if self._groups is not None else []
        self.set_hidden([*hidden, node.key.removeprefix("ready:")])

    def set_hidden(self, codes: Sequence[str]) -> None:
        """Which ready-made groups are not shown."""
        from services.settings import ChangeSetting

        self._change(ChangeSetting("hidden_groups", list(codes)))

    # ---- dialogs

    def save(self, search: str, sort: str = "") -> None:
        """Ask how to keep a search: its name, folder and colour."""
        self._open_dialog(search, sort=sort)

    def keep_present(self) -> None:
        """The search that is shown."""
        self.save(self.model.present)

    def _open_dialog(self, search: str, group: Node | None = None, sort: str = "") -> None:
        from desktop.views.group_dialog import GroupDialog

        saved = self._after_save if group is None else None
        self._open(GroupDialog(self, self.context, search, folders_of(self.model.nodes), sort=sort, group=group, saved=saved))

    def _after_save(self, group_id: int) -> None:
        node = self.model.nodes.get(f"g{group_id}")
        if node is not None and node.parent is not None and node.parent.key:
            self.tree.unfold(node.parent.key)

    def new_folder(self, parent_id: int | None = None) -> None:
        """Ask for the name of a folder, within another one or at the top."""
        from desktop.views.group_dialog import FolderDialog

        self._open(FolderDialog(self, self.context, parent_id, self._after_folder))

    def _after_folder(self, group_id: int) -> None:
        node = self.model.nodes.get(f"g{group_id}")
        if node is not None:
            self._after_save(group_id)
            self.tree.unfold(node.key)
            self.tree.setCurrentIndex(self.model.index_of(node))

    def choose_ready(self) -> None:
        """Which ready-made groups are shown."""
        from desktop.views.ready_dialog import ReadyDialog

        if self._groups is not None:
            self._open(ReadyDialog(self, self.context, self._groups.ready))

    def _open(self, dialog: DialogBase) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None


def _entry(menu: QMenu, words: str, run: Callable[[], object], icon: str, *, enabled: bool = True) -> None:
    entry = menu.addAction(icons.icon(icon), words)
    entry.setEnabled(enabled)
    entry.triggered.connect(lambda _checked=False: run())


def _folder_of(node: Node) -> int | None:
    """Id of the folder it lies in, None outside of all."""
    return node.parent.id if node.parent is not None and node.parent.own else None


def _all_in(node: Node) -> list[Node]:
    return [deep for child in node.children for deep in (child, *_all_in(child))]


def _plain(name: str) -> str:
    """A name in a menu: an ampersand is one, not the mark of a key."""
    return name.replace("&", "&&")


def _dot(value: int) -> QIcon:
    """A dot in a flag's colour for menus; a ring for none."""
    made = QPixmap(round(16 * icons.ratio()), round(16 * icons.ratio()))
    made.setDevicePixelRatio(icons.ratio())
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if value:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme().flags[value]))
        painter.drawEllipse(4, 4, 8, 8)
    else:
        painter.setPen(colour(theme().control))
        painter.drawEllipse(4, 4, 8, 8)
    painter.end()
    return QIcon(made)
