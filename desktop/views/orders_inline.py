"""What is edited right in the orders table: a click on the flag, memo and tags typed in their cells. All on record, all on the state that was seen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.cell_editor import CellEditor, MemoEditor, TagsEditor
from services.errors import Conflict
from services.words import term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from desktop.models.paged_table import PagedTable
    from desktop.views.widgets.table import TableView
    from services.queries.order_rows import OrderRow

FLAGS = 6
FIELDS = {"memo": "seller_memo", "tags": "tags"}
"""The field that is edited in a column."""
LIMITS = {"memo": 1000, "tags": 200}


class FlagClicks(QObject):
    """A click on a flag gives the next colour, with Shift the one before; seen at once, the truth comes with the change.

    Quick clicks on one flag go out as one change after the one under way: the last colour counts.
    """

    def __init__(self, owner: QObject, context: AppContext, model: PagedTable) -> None:
        super().__init__(owner)
        self.context, self._model = context, model
        self._wanted: dict[int, int] = {}
        self._under_way: dict[int, int] = {}

    def click(self, order_id: int, back: bool = False) -> None:
        place = self._model.row_of(order_id)
        row = self._model.row_at(place) if place >= 0 else None
        if row is None:
            return
        flag = (min(row.flag, FLAGS - 1) + (-1 if back else 1)) % FLAGS
        self._wanted[order_id] = flag
        self._model.overlay(order_id, flag=flag)
        if order_id not in self._under_way:
            self._send(order_id)

    def _send(self, order_id: int) -> None:
        from services.commands.edits import EditOrders

        flag = self._wanted[order_id]
        self._under_way[order_id] = flag
        self.context.runner.change(EditOrders((order_id,), {"flag": flag})).then(
            partial(self._done, order_id), partial(self._failed, order_id)
        )

    def _done(self, order_id: int, _outcome: Any) -> None:
        if self._under_way.pop(order_id) != self._wanted[order_id]:
            self._send(order_id)
            return
        del self._wanted[order_id]
        self._model.lift(order_id)

    def _failed(self, order_id: int, error: Exception) -> None:
        self._under_way.pop(order_id, None)
        self._wanted.pop(order_id, None)
        self._model.lift(order_id)
        self.context.runner.failed.emit(error)


class InlineNotes(QObject):
    """Memo and tags typed over their cells. While a field is open the rows stand still; what was typed survives a refusal."""

    def __init__(self, owner: QWidget, context: AppContext, table: TableView, model: PagedTable) -> None:
        super().__init__(owner)
        self.context, self._table, self._model = context, table, model
        self.editor: CellEditor | None = None
        self._order = -1
        self._key = ""
        self._version = 0

    def shows(self, key: str) -> bool:
        return any(column.key == key for column in self._model.columns)

    def begin(self, order_id: int, key: str) -> bool:
        """Open the field over a cell; False while the row or its column is not there."""
        self.finish()
        place = self._model.row_of(order_id)
        row = self._model.row_at(place) if place >= 0 else None
        if row is None or not self.shows(key):
            return False
        name = term("field", FIELDS[key], language())
        tags = ",".join(row.tags)
        editor = MemoEditor(name, row.seller_memo, LIMITS[key]) if key == "memo" else TagsEditor(name, tags, LIMITS[key])
        self.editor, self._order, self._key, self._version = editor, order_id, key, row.version
        editor.saved.connect(partial(self._save, editor))
        editor.left.connect(self._close)
        editor.grew.connect(self._table.place_editor)
        self._table.go_to(order_id)
        self._table.put_editor(editor, order_id, key)
        if isinstance(editor, TagsEditor):
            from services.queries.search_words import SearchWords

            self.context.runner.query(SearchWords()).then(partial(self._offer, editor))
        return True

    def finish(self) -> None:
        """The table is about to show something else: keep what was typed."""
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.save()  # a refusal comes when the field is gone, and is told with the words
            editor.end()
            self._table.drop_editor()

    def _offer(self, editor: TagsEditor, words: Mapping[str, tuple[str, ...]]) -> None:
        if self.editor is editor:
            editor.offer(words.get("tag", ()))

    def _save(self, editor: CellEditor, text: str) -> None:
        from services.commands.edits import EditOrders

        command = EditOrders((self._order,), {FIELDS[self._key]: text}, {self._order: self._version})
        self.context.runner.change(command).then(partial(self._kept, editor), partial(self._refused, editor, self._order, text))

    def _kept(self, editor: CellEditor, _outcome: Any) -> None:
        if self.editor is editor:
            self._close()

    def _refused(self, editor: CellEditor, order_id: int, text: str, error: Exception) -> None:
        if self.editor is not editor:
            # The field is gone: the words are not.
            words = tr("Not saved: {why}", why=error_words(error))
            self.context.notify(words, "warn", tr("Copy what you typed"), lambda: QGuiApplication.clipboard().setText(text))
        elif isinstance(error, Conflict):
            from services.queries.order_rows import OrderRows

            self.context.runner.query(OrderRows((order_id,))).then(partial(self._compare, editor, error), partial(self._say, editor))
        else:
            self._say(editor, error)

    def _say(self, editor: CellEditor, error: Exception) -> None:
        if self.editor is editor:
            editor.refuse(error_words(error))

    def _compare(self, editor: CellEditor, error: Exception, rows: Sequence[OrderRow]) -> None:
        """Somebody else was quicker: say what stands there now; Enter a second time is meant."""
        if self.editor is not editor:
            return
        if not rows:
            self._say(editor, error)
            return
        self._version = rows[0].version
        now = rows[0].seller_memo if self._key == "memo" else ",".join(rows[0].tags)
        if now == editor.first:
            editor.save_again()
        else:
            editor.refuse(error_words(error) + " " + tr("Enter puts yours in its place, Esc leaves it."))

    def _close(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.end()
            self._table.drop_editor()
