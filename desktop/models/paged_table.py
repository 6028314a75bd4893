"""THE table model for long lists: all ids of a result, and only those rows that were painted.

`data()` never asks the database: it answers from the cache and notes the page that is missing; a zero timer then asks the runner once for all of
them. Meanwhile cells are placeholders. What comes late from an older search is never seen, because its tasks are cancelled.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from desktop.i18n import tr_later
from desktop.models.column import Column, Kind, cell_text
from desktop.models.selection import Chosen, Selection
from desktop.runner import BaseRunner, Queried, Task

PAGE = 100
FIRST = 200
"""Ids fetched before all others, so that the first screen does not wait for a million."""
KEPT_PAGES = 40
NEAR = 2_000
"""Places around the one asked for last that are looked at before all others."""
SET = 1_000
"""Rows read at a time for copying."""
DISPLAY, CELL_ROLE, ROW_ROLE, TIP = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.UserRole) + 1,
    int(Qt.ItemDataRole.UserRole) + 2,
    int(Qt.ItemDataRole.ToolTipRole),
)
_ALIGN, _ACCESSIBLE = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.AccessibleTextRole)
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Sort:
    key: str = ""
    descending: bool = False


class Source(Protocol):
    """Where a table's rows come from: two queries (performed by the runner, off the UI thread)."""

    def ids(self, search: str, sort: Sort, limit: int | None) -> Queried | Callable[[Any], Any]:
        """Ids of the result in order, as array('q') or a sequence; at most `limit`."""

    def rows(self, ids: Sequence[int]) -> Queried | Callable[[Any], Any]:
        """The frozen rows of these ids, each with an `id`; order and gaps don't matter."""


class RowsModel(QAbstractTableModel):
    """What TableView and the delegates need of any model: columns, cells and ids."""

    loaded = Signal(int)
    """The result is known: how many rows."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arrange: Callable[[Sequence[Column]], Sequence[Column]] = tuple
        """Which of the columns offered are shown, and in which order: the view's, that keeps what a person chose."""
        self.offered = tuple(columns)
        self.columns = self.offered
        self.selection = Selection(self)
        self.sorted_by = Sort()
        self.loading = False
        self.selection.changed.connect(self._selection_moved)

    def row_at(self, row: int) -> Any | None:
        """The row's frozen value, None while it is not there yet."""
        raise RuntimeError(row)

    def id_at(self, row: int) -> int:
        raise RuntimeError(row)

    def row_of(self, identity: int) -> int:
        """Place of an id, −1 if it is not in the result."""
        raise RuntimeError(identity)

    def all_ids(self) -> Sequence[int]:
        """Ids of the whole result in order."""
        raise RuntimeError

    def chosen(self) -> Chosen:
        """What is chosen, as a value for other threads."""
        return self.selection.chosen(self.all_ids())

    def selected_ids(self) -> list[int]:
        """The chosen ids in order, of a result that is not long."""
        return list(self.chosen().in_order())

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Offer other columns of the same rows (a one-state tab drops the status)."""
        self.offered = tuple(columns)
        self.rearrange()

    def rearrange(self) -> None:
        """Show of the columns offered what `arrange` says now."""
        columns = tuple(self.arrange(self.offered))
        if columns == self.columns:
            return
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, row: int, column: int) -> Any:
        """The cell's value for its kind; None while the row is not there."""
        found = self.row_at(row)
        return None if found is None else self.columns[column].value(found)

    def data(self, index: _Index, role: int = DISPLAY) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == _ALIGN:
            return int((Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter)
        found = self.row_at(index.row())
        if found is None:
            return None
        if role == ROW_ROLE:
            return found
        if role == TIP:
            return column.tip(found) if column.tip else None
        if column.kind is Kind.CHECK:
            return None
        value = column.value(found)
        return value if role == CELL_ROLE else cell_text(column.kind, value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and section < len(self.columns):
            title = self.columns[section].title
            if role in {DISPLAY, _ACCESSIBLE}:
                return tr_later(title) if title else ""
            if role == TIP and title and self.columns[section].centred:
                return tr_later(title)  # a heading that is an icon
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _selection_moved(self) -> None:
        if self.rowCount():
            checks = [place for place, column in enumerate(self.columns) if column.kind is Kind.CHECK]
            last = len(self.columns) - 1
            if checks:
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, last), [CELL_ROLE])


_ROLES = frozenset((DISPLAY, CELL_ROLE, ROW_ROLE, TIP, _ALIGN, _ACCESSIBLE))


class PagedTable(RowsModel):
    """`show(search, sort)` starts a result; `refresh(ids)` after a change keeps what is on the screen until the new answer comes."""

    failed = Signal(object)
    """The search can't be answered: a DeskError. The rows of before stay."""

    def __init__(self, columns: Sequence[Column], source: Source, runner: BaseRunner, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.source, self.search = source, ""
        self._runner = runner
        self._ids: array[int] = array("q")
        self._near = 0
        self._held = False
        self._late: tuple[int | None, Sequence[int]] | None = None
        self._over: dict[int, dict[str, Any]] = {}
        self._rows: dict[int, Any] = {}
        self._stale: set[int] = set()
        self._gone: set[int] = set()
        self._pages: dict[int, None] = {}
        self._wanted: dict[int, None] = {}
        self._asked: dict[int, Task] = {}
        self._listing: Task | None = None
        self._fetch = QTimer(self)
        self._fetch.setSingleShot(True)
        self._fetch.setInterval(0)
        self._fetch.timeout.connect(self._ask)
        self.shown_once = False

    def show(self, search: str | None = None, sort: Sort | None = None, anew: bool = False) -> None:
        """Search anew; the selection is by id and stays unless it was everything.

        Of another result (another search, or `anew`: another tab) the first rows come at once; the same in another order keeps its place.
        """
        anew = anew or not self.shown_once
        if search is not None and search != self.search:
            anew = True
            self.search = search
            if self.selection.everything:
                self.selection.clear()
        if sort is not None:
            self.sorted_by = sort
        self._list(FIRST if anew else None)

    def refresh(self, ids: Iterable[int] | None = None) -> None:
        """These rows changed (None: any): read again what is shown, and the list, for rows may have come or gone."""
        self._gone.clear()
        if ids is None:
            self._stale |= self._rows.keys()
        else:
            changed = ids if isinstance(ids, frozenset) else frozenset(ids)
            self._stale.update(identity for identity in self._rows if identity in changed)
        for task in self._asked.values():
            task.cancel()
        self._asked.clear()
        self._list(None)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def all_ids(self) -> Sequence[int]:
        return self._ids

    def id_at(self, row: int) -> int:
        return self._ids[row]

    def row_of(self, identity: int) -> int:
        """Looked for near the place asked for last, then everywhere: some milliseconds among a million, where a map of all places would
        cost a hundred megabytes and be made anew with each result."""
        ids = self._ids
        for start, stop in ((max(0, self._near - NEAR), self._near + NEAR), (0, len(ids))):
            try:
                self._near = ids.index(identity, start, stop)
            except ValueError:
                continue
            return self._near
        return -1

    def row_at(self, row: int) -> Any | None:
        identity = self._ids[row]
        found = self._rows.get(identity)
        if (found is None and identity not in self._gone) or identity in self._stale:
            page = row // PAGE
            if page not in self._asked and page not in self._wanted:
                self._wanted[page] = None
                self._fetch.start()
        return found

    def read_rows(self, chosen: Chosen, title: str, work: Callable[[Sequence[Any]], Any]) -> Task:
        """A job: read the chosen rows in sets, loaded here or not, and hand each set to `work` (in the job's thread). Value: its answers."""
        return self._runner.job(partial(_read_rows, self.source, chosen, work), title)

    def rows_ready(self) -> Iterator[Any]:
        """The rows read so far."""
        return iter(self._rows.values())

    def _list(self, limit: int | None) -> None:
        if self._listing is not None:
            self._listing.cancel()
        self.loading = True
        self._listing = self._runner.query(self.source.ids(self.search, self.sorted_by, limit))
        self._listing.then(partial(self._take_ids, limit), self._fail)

    def _fail(self, error: Exception) -> None:
        self.loading = False
        self.failed.emit(error)

    # ---- while somebody types in a cell

    def hold(self) -> None:
        """Keep the rows where they are (a cell is being edited); a newer result waits for `release`."""
        self._held = True

    def release(self) -> None:
        """Show what came meanwhile."""
        self._held = False
        late, self._late = self._late, None
        if late is not None:
            self._take_ids(*late)

    def overlay(self, identity: int, **values: Any) -> None:
        """Show these values of a row at once, before the change is done; whatever is read meanwhile shows them too, until `lift`."""
        self._over[identity] = self._over.get(identity, {}) | values
        self._repaint(identity)

    def lift(self, identity: int) -> None:
        """What is read from now on stands (after the change, or when it was refused)."""
        if self._over.pop(identity, None) is not None and identity in self._rows:
            self._stale.add(identity)
            self._repaint(identity)

    def _repaint(self, identity: int) -> None:
        row = self._rows.get(identity)
        if row is not None:
            self._rows[identity] = self._covered(row)
            place = self.row_of(identity)
            if place >= 0:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def _covered(self, row: Any) -> Any:
        over = self._over.get(row.id)
        return row._replace(**over) if over else row

    # ---- what the answers bring

    def _take_ids(self, limit: int | None, ids: Sequence[int]) -> None:
        if self._held:
            self.loading = False
            self._late = (limit, ids)
            return
        if limit is not None and len(ids) >= limit:
            self._place(ids)
            self._list(None)
            return
        self.loading = False
        self._place(ids)
        self.shown_once = True
        self.loaded.emit(len(ids))

    def _place(self, ids: Sequence[int]) -> None:
        """Put a new list of ids in place of the old one, keeping rows where they still hold (the view keeps current and scrolling)."""
        if not isinstance(ids, array):
            ids = array("q", ids)
        old = len(self._ids)
        if len(ids) == old and ids == self._ids:
            if old and self._stale:
                self.dataChanged.emit(self.index(0, 0), self.index(old - 1, len(self.columns) - 1))
            return
        if len(ids) > old > 0 and ids[:old] == self._ids:
            self.beginInsertRows(_NOWHERE, old, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
            return
        self.beginResetModel()
        for task in self._asked.values():
            task.cancel()
        self._asked.clear()
        self._wanted.clear()
        self._pages.clear()
        self._ids = ids
        self._drop_far()
        self.endResetModel()

    def _drop_far(self) -> None:
        if len(self._rows) > KEPT_PAGES * PAGE:
            self._rows.clear()
            self._stale.clear()

    def _ask(self) -> None:
        pages, self._wanted = list(self._wanted), {}
        for page in pages[-4:]:  # a fast scroll passes many pages; only the last ones are still on the screen
            ids = self._ids[page * PAGE : (page + 1) * PAGE].tolist()
            if ids:
                task = self._runner.query(self.source.rows(ids))
                self._asked[page] = task
                task.then(partial(self._take_rows, page, ids), partial(self._lose, page))

    def _lose(self, page: int, error: Exception) -> None:
        self._asked.pop(page, None)
        self.failed.emit(error)

    def _take_rows(self, page: int, ids: list[int], rows: Iterable[Any]) -> None:
        self._asked.pop(page, None)
        self._stale.difference_update(ids)
        self._rows.update((row.id, self._covered(row)) for row in rows)
        self._gone.update(identity for identity in ids if identity not in self._rows)
        self._pages.pop(page, None)
        self._pages[page] = None
        while len(self._pages) > KEPT_PAGES:
            oldest = next(iter(self._pages))
            del self._pages[oldest]
            for identity in self._ids[oldest * PAGE : (oldest + 1) * PAGE]:
                self._rows.pop(identity, None)
        first, last = page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


def _read_rows(source: Source, chosen: Chosen, work: Callable[[Sequence[Any]], Any], desk: Any, progress: Any) -> list[Any]:
    found = []
    ids = chosen.in_order()
    for start in range(0, len(ids), SET):
        query = source.rows(list(ids[start : start + SET]))
        found.append(work(query(desk) if callable(query) else desk.read(query)))
        progress.step(min(start + SET, len(ids)), len(ids), "")
    return found


def changed_ids(changes: Mapping[str, frozenset[int]], table: str) -> frozenset[int] | None:
    """The ids of `table` in a ChangeSet for `PagedTable.refresh`; None (any row) when only other tables were written."""
    return changes.get(table) or None
