"""Keep a search as a group, or change what a group keeps: its name, folder, colour, the search in words and how many orders it finds now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.group_tree import shown_count
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label
from desktop.views.widgets.swatches import Swatches
from services.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.context import AppContext
    from desktop.models.group_tree import Node
    from desktop.runner import Task

MOST_LETTERS = 50
WAIT = 200
_LABEL = 84


class GroupDialog(DialogBase):
    """`folders`: (id, way) of those there are. With `group` it changes that one, else it makes a new one; `saved(id)` then."""

    def __init__(
        self,
        parent: QWidget,
        context: AppContext,
        search: str,
        folders: Sequence[tuple[int, str]],
        *,
        sort: str = "",
        group: Node | None = None,
        saved: Callable[[int], object] | None = None,
    ) -> None:
        title = tr("Save as group") if group is None else tr("Change group")
        super().__init__(parent, title, verb=tr("Save"), note=tr("Recorded in the audit trail"), width=560)
        self.context, self._group, self._sort, self._saved = context, group, sort, saved
        self._task: Task | None = None
        self._trouble = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT)
        self._rest.timeout.connect(self._count)
        self.name = QLineEdit(group.name if group is not None else "")
        self.name.setMaxLength(MOST_LETTERS)
        self.name.setPlaceholderText(tr("What you call these orders"))
        self.name.textChanged.connect(lambda _text: self.tell())
        self.column.addWidget(FormRow(tr("Name"), self.name, label_width=_LABEL))
        self.search = QLineEdit(_said(search))
        self.search.setCursorPosition(0)
        self.search.textChanged.connect(lambda _text: self._rest.start())
        self.column.addWidget(FormRow(tr("Finds"), self.search, label_width=_LABEL))
        self.found = Label("", "label", wrap=True)
        self.column.addWidget(FormRow("", self.found, label_width=_LABEL))
        self.folder = Combo(((None, tr("No folder")), *folders), tr("Folder"))
        self.folder.setMinimumWidth(200)
        if group is None and folders:
            self.column.addWidget(FormRow(tr("Folder"), self.folder, label_width=_LABEL))
        else:
            self.folder.hide()
        self.colour = Swatches(group.colour if group is not None else 0, tr("Colour"))
        self.column.addWidget(FormRow(tr("Colour"), self.colour, label_width=_LABEL))
        self.name.setFocus()
        self._count()

    def _count(self) -> None:
        """How many orders it finds now, or why it can't be understood."""
        from services.queries.group_rows import GroupCount

        if self._task is not None:
            self._task.cancel()
        self._trouble = ""
        if not self.search.text().strip():
            self._tell_trouble(tr("Without a search it would hold all orders: search for something first."))
            return
        self._task = self.context.runner.query(GroupCount(self.search.text()))
        self._task.then(self._show_count, self._not_counted)

    def _show_count(self, count: int) -> None:
        self.found.set_role("label")
        if count > 1:
            self.found.setText(tr("{n} orders now", n=shown_count(count)))
        else:
            self.found.setText(trn("{n} order now", "{n} orders now", count))
        self.tell()

    def _not_counted(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self._tell_trouble(error_words(error))
        else:
            self.context.runner.failed.emit(error)

    def _tell_trouble(self, words: str) -> None:
        self._trouble = words
        self.found.set_role("bad")
        self.found.setText(words)
        self.tell()

    def tell(self) -> None:
        if not self.name.text().strip():
            self.set_verb(tr("Give it a name"), enabled=False)
        elif self._trouble:
            self.set_verb(tr("The search can't be kept"), enabled=False)
        else:
            self.set_verb(tr("Save"))

    def submit(self) -> None:
        from services.commands.groups import AddGroup, ChangeGroup

        name, search, colour = self.name.text(), self.search.text(), self.colour.value
        self.set_busy(True)
        command: Any = (
            AddGroup(name, search, self._sort, colour, self.folder.currentData())
            if self._group is None
            else ChangeGroup(self._group.id, name, search, colour=colour, seen=self._seen(self._group))
        )
        self.context.runner.change(command).then(self._done, self._failed)

    @staticmethod
    def _seen(group: Node) -> dict[str, Any]:
        return {"name": group.name, "search": group.search, "colour": group.colour}

    def _done(self, outcome: Any) -> None:
        made = outcome.value if self._group is None else self._group.id
        name = self.name.text().strip()
        self.accept()
        self.context.notify(tr("Group “{name}” saved", name=name))
        if self._saved is not None:
            self._saved(made)

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.refuse(error_words(error))


class FolderDialog(DialogBase):
    """A new folder: its name."""

    def __init__(self, parent: QWidget, context: AppContext, parent_id: int | None, saved: Callable[[int], object]) -> None:
        super().__init__(parent, tr("New folder"), verb=tr("Make folder"), width=480)
        self.context, self._parent_id, self._saved = context, parent_id, saved
        self.name = QLineEdit()
        self.name.setMaxLength(MOST_LETTERS)
        self.name.textChanged.connect(lambda text: self.set_verb(tr("Make folder"), enabled=bool(text.strip())))
        self.column.addWidget(FormRow(tr("Name"), self.name, label_width=_LABEL))
        self.set_verb(tr("Make folder"), enabled=False)
        self.name.setFocus()

    def submit(self) -> None:
        from services.commands.groups import AddFolder

        self.set_busy(True)
        self.context.runner.change(AddFolder(self.name.text(), self._parent_id)).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        self.accept()
        self._saved(outcome.value)

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.refuse(error_words(error))


def _said(search: str) -> str:
    """A search in the words of the window's language; what nobody understands as it stands."""
    from services.errors import BadInput
    from services.search.parser import parse
    from services.search.writer import say

    try:
        return say(parse(search), language())
    except BadInput:
        return search
