"""The columns of one table as a person arranges them: which, in which order, how wide. Kept in the window's preferences, by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu

from desktop import icons
from desktop.i18n import tr, tr_later
from desktop.models.column import Column, Kind
from desktop.models.delegates import PADDING, natural_width
from desktop.models.layout import Layout, is_fixed
from desktop.models.paged_table import Sort
from desktop.theme import MARGIN
from desktop.views.widgets.table_header import LEAST_WIDTH

if TYPE_CHECKING:
    from desktop.prefs import Prefs
    from desktop.views.widgets.table import TableView

LEAST_STRETCH, MOST_WIDTH = 120, 900
_FLOWING = frozenset({Kind.GOODS, Kind.TEXT, Kind.SOFT, Kind.CODE})


class TableColumns(QObject):
    """Without a `key` nothing is kept and nothing can be hidden or moved; widths can be dragged all the same."""

    changed = Signal()
    """Others are shown, or in another order."""
    chooser_wanted = Signal()
    """“Columns…” in the header's menu."""

    def __init__(self, view: TableView, prefs: Prefs | None, key: str) -> None:
        super().__init__(view)
        self._view, self._prefs, self._key = view, prefs, key
        self.layout = Layout.read(self._kept("layout"))
        self._widths = _read_widths(self._kept("columns"))
        self._moving = False

    @property
    def kept(self) -> bool:
        return self._prefs is not None and bool(self._key)

    def _kept(self, what: str) -> str:
        return self._prefs.text(f"{what}/{self._key}") if self._prefs is not None and self._key else ""

    def _keep(self, what: str, text: str) -> None:
        if self._prefs is not None and self._key:
            self._prefs.set_text(f"{what}/{self._key}", text)

    # ---- which, in which order

    def arrange(self, offered: Sequence[Column]) -> Sequence[Column]:
        return self.layout.columns(offered)

    def shows(self, key: str) -> bool:
        return any(column.key == key for column in self._view.rows.columns)

    def show(self, key: str, on: bool) -> None:
        self._take(self.layout.with_shown(self._view.rows.offered, key, on))

    def move(self, key: str, after: str) -> None:
        """Put a column behind another one; empty: before all others."""
        self._take(self.layout.moved(self._view.rows.offered, key, after))

    def step(self, key: str, by: int) -> None:
        """One place to the left (−1) or to the right (1) among those shown."""
        keys = [column.key for column in self._view.rows.columns]
        there = keys.index(key) + by
        if 0 <= there < len(keys):
            keys.remove(key)
            keys.insert(there, key)
            self.move(key, keys[there - 1] if there else "")

    def reset(self) -> None:
        """As the table has them: which, order and widths."""
        self._widths = {}
        self._keep("columns", "")
        self._take(Layout())
        self.fit()

    def _take(self, layout: Layout) -> None:
        self.layout = layout
        self._keep("layout", layout.text())
        self._view.rows.rearrange()
        self.changed.emit()

    def moved_by_hand(self, logical: int, old: int, new: int) -> None:
        """A heading was dragged: the header puts it back, and the model gets the new order instead, so that places mean the same everywhere."""
        header = self._view.horizontalHeader()
        columns = self._view.rows.columns
        if self._moving or not 0 <= logical < len(columns):
            return
        self._moving = True
        header.moveSection(new, old)
        self._moving = False
        keys = [column.key for column in columns]
        key = keys.pop(old)
        keys.insert(new, key)
        QTimer.singleShot(0, self, partial(self.move, key, keys[new - 1] if new else ""))

    # ---- widths

    def fit(self) -> None:
        """Give every column its width, and what is left to the one that stretches."""
        view = self._view
        columns = view.rows.columns
        header = view.horizontalHeader()
        header.blockSignals(True)
        header.setFirstSectionMovable(not (columns and is_fixed(columns[0])))
        stretch = self.stretching()
        taken = 0
        for place, column in enumerate(columns):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed if column.centred else QHeaderView.ResizeMode.Interactive)
            if place != stretch:
                width = column.width if column.centred else self._widths.get(column.key, column.width or LEAST_STRETCH)
                view.setColumnWidth(place, width)
                taken += width
        if stretch >= 0:
            least = self._widths.get(columns[stretch].key, LEAST_STRETCH if not columns[stretch].width else columns[stretch].width)
            view.setColumnWidth(stretch, max(least, view.viewport().width() - taken))
        header.blockSignals(False)
        view.updateGeometries()
        view.viewport().update()
        header.viewport().update()

    def stretching(self) -> int:
        """The place of the column that takes the room left: the one made for it, else the last one of words."""
        columns = self._view.rows.columns
        made = next((place for place, column in enumerate(columns) if not column.width), -1)
        return made if made >= 0 else max((place for place, column in enumerate(columns) if column.kind in _FLOWING), default=-1)

    def resized(self, section: int, new: int) -> None:
        """An edge was dragged."""
        columns = self._view.rows.columns
        if 0 <= section < len(columns):
            self._widths[columns[section].key] = new
            self._keep_widths()
        self.fit()

    def fit_to_rows(self, section: int) -> None:
        """As wide as the rows on the screen need (a double click on the edge): never all rows, there may be a million."""
        view = self._view
        columns = view.rows.columns
        if not 0 <= section < len(columns) or columns[section].centred:
            return
        column = columns[section]
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        there = range(max(0, first), (view.rows.rowCount() if last < 0 else last + 1))
        found = [natural_width(column, row) for place in there if (row := view.rows.row_at(place)) is not None]
        edge = MARGIN - PADDING if section in {0, len(columns) - 1} else 0
        heading = view.horizontalHeader().sectionSizeFromContents(section).width()
        self._widths[column.key] = min(MOST_WIDTH, max(heading, ceil(max(found, default=0.0)) + 2 * PADDING + 2) + edge)
        self._keep_widths()
        self.fit()

    def _keep_widths(self) -> None:
        self._keep("columns", ";".join(f"{key}={width}" for key, width in self._widths.items()))

    # ---- the header's menu

    def menu(self, section: int) -> QMenu:
        """What can be done with the heading under the mouse, and with all columns."""
        menu = QMenu(self._view)
        column = self._view.rows.columns[section] if 0 <= section < len(self._view.rows.columns) else None
        if column is not None and column.sort:
            self._entry(menu, tr("Sort upwards"), partial(self._view.sort_by, Sort(column.sort)), "arrow-up")
            self._entry(menu, tr("Sort downwards"), partial(self._view.sort_by, Sort(column.sort, True)), "arrow-down")
        if column is not None and not column.centred:
            self._entry(menu, tr("Fit to the rows shown"), partial(self.fit_to_rows, section))
        if self.kept:
            menu.addSeparator()
            if column is not None and not is_fixed(column):
                keys = [one.key for one in self._view.rows.columns if not is_fixed(one)]
                self._entry(menu, tr("Move left"), partial(self.step, column.key, -1), "chevron-left").setEnabled(keys[0] != column.key)
                self._entry(menu, tr("Move right"), partial(self.step, column.key, 1), "chevron-right").setEnabled(keys[-1] != column.key)
                hide = self._entry(
                    menu, tr("Hide “{column}”", column=tr_later(column.title)), partial(self.show, column.key, False), "minus"
                )
                hide.setEnabled(len(keys) > 1)
                menu.addSeparator()
            self._entry(menu, tr("Columns…"), self.chooser_wanted.emit, "columns")
            self._entry(menu, tr("Reset columns"), self.reset, "refresh")
        return menu

    @staticmethod
    def _entry(menu: QMenu, words: str, run: partial[None] | object, icon: str = "") -> QAction:
        entry = menu.addAction(words)
        if icon:
            entry.setIcon(icons.icon(icon))
        entry.triggered.connect(lambda _checked=False: run())  # type: ignore[operator]
        return entry

    def show_menu(self, at: QPoint) -> None:
        """`at` in the header's own coordinates."""
        header = self._view.horizontalHeader()
        menu = self.menu(header.logicalIndexAt(at))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(header.viewport().mapToGlobal(at))


def _read_widths(text: str) -> dict[str, int]:
    """`buyer=120;goods=300`; what is not understood is passed over."""
    pairs = (part.split("=") for part in text.split(";") if part.count("=") == 1)
    return {key: min(MOST_WIDTH, max(LEAST_WIDTH, int(width))) for key, width in pairs if width.isascii() and width.isdigit()}
