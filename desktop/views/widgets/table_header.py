"""The headings of a table: painted words, the sort arrow, the box for all; a drag moves a column or makes it wider."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

from desktop import icons
from desktop.i18n import tr_later
from desktop.models.column import Column, Kind
from desktop.models.delegates import PADDING, advance, write
from desktop.models.paged_table import Sort
from desktop.theme import LABEL_SIZE, MARGIN, colour, theme

if TYPE_CHECKING:
    from desktop.views.widgets.table import TableView

HEADER_HEIGHT = 32
LEAST_WIDTH = 24


class TableHeader(QHeaderView):
    """Painted headings: muted 12 px words, the sort arrow before the word of right-aligned columns, the box for all in a CHECK column."""

    def __init__(self, view: TableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(LEAST_WIDTH)

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """Room for the words and the sort arrow, so that a fitted column never hides its heading."""
        model = self._view.rows_model()
        if model is None or logicalIndex >= len(model.columns) or model.columns[logicalIndex].centred:
            return QSize(LEAST_WIDTH, HEADER_HEIGHT)
        column = model.columns[logicalIndex]
        words = tr_later(column.title) if column.title else ""
        return QSize(ceil(advance(words, LABEL_SIZE)) + 2 * PADDING + (16 if column.sort else 0), HEADER_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEADER_HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self._view.rows_model()
        if model is None or section >= len(model.columns):
            return
        t = theme()
        column = model.columns[section]
        last = section == len(model.columns) - 1
        left, right = MARGIN if section == 0 else PADDING, MARGIN if last else PADDING
        x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
        painter.save()
        painter.fillRect(rect, colour(t.surface))
        painter.fillRect(x, y + h - 1, w, 1, colour(t.line))
        area = (x + left, y, max(0, w - left - right), h - 1)
        if column.kind is Kind.CHECK:
            chosen = model.selection.count(model.rowCount())
            state = "off" if not chosen or not model.rowCount() else "on" if chosen >= model.rowCount() else "part"
            painter.drawPixmap(QPointF(area[0], y + (h - 17) // 2), icons.check(state))
        elif column.centred:
            name = "flag" if column.kind is Kind.FLAG else "print" if column.kind is Kind.PRINTED else column.icon
            sorted_here = bool(column.sort) and column.sort == model.sorted_by.key
            sign = icons.pixmap(name, t.accent if sorted_here else t.muted, 14)
            at = area[0] - 1 if column.kind is Kind.FLAG else area[0] + (area[2] - 14) // 2
            painter.drawPixmap(QPointF(at, y + (h - 15) // 2), sign)
        else:
            self._words(painter, area, column, model.sorted_by)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, area: tuple[int, int, int, int], column: Column, by: Sort) -> None:
        x, y, w, h = area
        words = tr_later(column.title) if column.title else ""
        sorted_here = bool(column.sort) and column.sort == by.key
        ink = theme().text2 if sorted_here else theme().muted
        write(painter, area, words, ink, LABEL_SIZE, right=column.right)
        if sorted_here:
            width = min(w, advance(words, LABEL_SIZE))
            at = x + w - width - 16 if column.right else x + width + 4
            painter.drawPixmap(QPointF(at, y + (h - 12) // 2), icons.pixmap("arrow-down" if by.descending else "arrow-up", ink, 12))
