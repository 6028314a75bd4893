"""Painted cells, one painter for each Kind. Recipes: look.md; speed: everything that costs is cached (pixmaps, elided words, fonts).

Fills and hairlines are drawn without antialiasing (with it there are seams at 125 %), shapes come from pixmaps.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop import icons
from desktop.formats import plain_tip
from desktop.models.column import Bar, Column, Due, Figure, Goods, Kind, Sign, Status, cell_text, pills_of
from desktop.models.paged_table import RowsModel
from desktop.theme import BODY_SIZE, LABEL_SIZE, MARGIN, colour, font, metrics, mix, row_height, theme, themes

PADDING = 8
SIGN = 14
LEAST_GOODS = 64
"""Room that the goods' words keep before their pills."""
_Index = QModelIndex | QPersistentModelIndex
_Rect = tuple[int, int, int, int]


@lru_cache(maxsize=4096)
def elided(text: str, width: int, size: int, bold: bool = False) -> str:
    """`text` cut with … to `width` px."""
    return metrics(size, bold).elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=4096)
def advance(text: str, size: int, bold: bool = False) -> float:
    return metrics(size, bold).horizontalAdvance(text)


def _forget() -> None:
    elided.cache_clear()
    advance.cache_clear()
    baseline.cache_clear()


@lru_cache(maxsize=64)
def baseline(height: int, size: int, bold: bool = False) -> float:
    """How far below the top of a band of `height` px text of `size` px stands, centred."""
    face = metrics(size, bold)
    return (height + face.ascent() - face.descent()) / 2


themes().changed.connect(_forget)


def write(painter: QPainter, rect: _Rect, text: str, ink: str, size: int = BODY_SIZE, bold: bool = False, right: bool = False) -> float:
    """Draw one line, elided, vertically centred in `rect` (x, y, w, h); answers its width."""
    x, y, w, h = rect
    shown = text if advance(text, size, bold) <= w else elided(text, w, size, bold)
    width = advance(shown, size, bold)
    painter.setFont(font(size, bold))
    painter.setPen(colour(ink))
    painter.drawText(QPointF(x + w - width if right else x, y + baseline(h, size, bold)), shown)
    return width


def natural_width(column: Column, row: Any) -> float:
    """Width in px that a cell would fill, without its margins."""
    value = column.value(row)
    kind = column.kind
    if column.centred:
        return 16.0
    if kind is Kind.NUMBER:
        text = str(value or "")
        return advance(text[:-4], LABEL_SIZE) + 2 + advance(text[-4:], LABEL_SIZE, bold=True)
    if kind is Kind.GOODS and isinstance(value, Goods):
        more = advance(f"+{value.more}", LABEL_SIZE) + 12 if value.more else 0
        return (
            advance(value.words, BODY_SIZE)
            + more
            + sum(icons.pill(one.words, one.tone).deviceIndependentSize().width() + 8 for one in value.pills)
        )
    if kind is Kind.PILLS:
        return sum(icons.pill(one.words, one.tone).deviceIndependentSize().width() + 6 for one in pills_of(value))
    if isinstance(value, Due) and value.pill:
        return icons.pill(value.words, value.tone).deviceIndependentSize().width() + (SIGN + 4 if value.sign else 0)
    size = LABEL_SIZE if kind in {Kind.CODE, Kind.DUE} else BODY_SIZE
    return advance(cell_text(kind, value), size, kind is Kind.FIGURE) + (19 if kind is Kind.STATUS else 0)


class CellDelegate(QStyledItemDelegate):
    """Paints every kind of column; the view says which row is current and under the pointer (TableView sets both before painting)."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.current_row = -1
        self.hover_row = -1
        self.tone_of: Callable[[Any], str] | None = None
        """The tone of a row's ground (`late`, `blocked`, empty), by the row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, RowsModel):
            return
        t = theme()
        row, place = index.row(), index.column()
        column = model.columns[place]
        area: QRect = option.rect
        x, y, w, h = area.x(), area.y(), area.width(), area.height()
        chosen = model.id_at(row) in model.selection
        current = row == self.current_row
        found = model.row_at(row)
        ground = t.sel if chosen else t.raised if current else t.hover if row == self.hover_row else None
        if ground is None and self.tone_of is not None and found is not None:
            ground = t.ground(self.tone_of(found))
        if ground:
            painter.fillRect(x, y, w, h, colour(ground))
        painter.fillRect(x, y + h - 1, w, 1, colour(t.row))
        last = place == len(model.columns) - 1
        left = MARGIN if place == 0 else PADDING
        rect = (x + left, y, max(0, w - left - (MARGIN if last else PADDING)), h - 1)
        if found is None:
            self._skeleton(painter, rect, row, column)
        elif column.kind is Kind.CHECK:
            box = icons.check("on" if chosen else "off")
            painter.drawPixmap(QPointF(x + left, y + (h - 17) // 2), box)
        else:
            _PAINTERS[column.kind](painter, rect, column.value(found))
        if current and place == 0:
            painter.fillRect(x, y, 3, h - 1, colour(t.accent))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index) -> bool:
        """The column's own tip, else the whole text of a cell that was elided."""
        model = index.model()
        if event.type() != QEvent.Type.ToolTip or not isinstance(model, RowsModel) or not index.isValid():
            return super().helpEvent(event, view, option, index)
        column = model.columns[index.column()]
        row = model.row_at(index.row())
        words = ""
        if row is not None and column.tip is not None:
            words = column.tip(row)
        elif row is not None and column.kind is not Kind.CHECK:
            words = cell_text(column.kind, column.value(row))
            if advance(words, BODY_SIZE) <= view.visualRect(index).width() - 2 * PADDING:
                words = ""
        QToolTip.showText(event.globalPos(), plain_tip(words), view)
        return True

    @staticmethod
    def _skeleton(painter: QPainter, rect: _Rect, row: int, column: Column) -> None:
        x, y, w, h = rect
        if column.centred or w < 12:
            return
        width = max(12, int(w * (0.55 + 0.3 * ((row * 7 + len(column.key) * 3) % 5) / 5)))
        painter.fillRect(x + w - width if column.right else x, y + h // 2 - 4, width, 8, colour(theme().hover))


def _text(painter: QPainter, rect: _Rect, value: Any) -> None:
    write(painter, rect, value or "", theme().text)


def _soft(painter: QPainter, rect: _Rect, value: Any) -> None:
    write(painter, rect, value or "", theme().text2)


def _code(painter: QPainter, rect: _Rect, value: Any) -> None:
    write(painter, rect, value or "", theme().muted, LABEL_SIZE)


def _number(painter: QPainter, rect: _Rect, value: Any) -> None:
    x, y, w, h = rect
    text = str(value or "")
    head, end = text[:-4], text[-4:]
    used = write(painter, rect, head, theme().muted, LABEL_SIZE) if head else 0.0
    start = int(used) + (2 if head else 0)
    write(painter, (x + start, y, max(0, w - start), h), end, theme().text, LABEL_SIZE, bold=True)


def _goods(painter: QPainter, rect: _Rect, value: Any) -> None:
    if not isinstance(value, Goods):
        _text(painter, rect, value)
        return
    x, y, w, h = rect
    pills = [icons.pill(pill.words, pill.tone) for pill in value.pills]
    taken = sum(int(one.deviceIndependentSize().width()) + PADDING for one in pills)
    more = f"+{value.more}" if value.more else ""
    least = min(LEAST_GOODS, advance(value.words, BODY_SIZE)) + (advance(more, LABEL_SIZE) + 6 if more else 0)
    while pills and w - taken < least:  # the goods come first; what is left away is in the accessible text
        taken -= int(pills.pop().deviceIndependentSize().width()) + PADDING
    room = w - taken - (int(advance(more, LABEL_SIZE)) + 6 if more else 0)
    place = x + write(painter, (x, y, max(0, room), h), value.words, theme().text)
    if more:
        place += 6 + write(painter, (int(place) + 6, y, w, h), more, theme().muted, LABEL_SIZE)
    _draw_pills(painter, place + PADDING, y, h, pills)


def _draw_pills(painter: QPainter, x: float, y: int, h: int, pills: list[Any]) -> None:
    for one in pills:
        size = one.deviceIndependentSize()
        painter.drawPixmap(QPointF(round(x), y + round((h - size.height()) / 2)), one)
        x += size.width() + 6


def _flag(painter: QPainter, rect: _Rect, value: Any) -> None:
    x, y, _, h = rect
    painter.drawPixmap(QPointF(x - 2, y + (h - 15) // 2), icons.flag(int(value or 0)))


def _status(painter: QPainter, rect: _Rect, value: Any) -> None:
    if not isinstance(value, Status):
        return
    x, y, w, h = rect
    painter.drawPixmap(QPointF(x, y + (h - 14) // 2), icons.ring(value.glyph, value.tone))
    ink = theme().text2 if value.glyph in {"done", "dash"} else theme().tone(value.tone)
    write(painter, (x + 19, y, max(0, w - 19), h), value.words, ink)


def _money(painter: QPainter, rect: _Rect, value: Any) -> None:
    write(painter, rect, cell_text(Kind.MONEY, value), theme().text if value is not None else theme().muted, right=True)


def _quantity(painter: QPainter, rect: _Rect, value: Any) -> None:
    write(painter, rect, cell_text(Kind.QUANTITY, value), theme().text2, right=True)


def _figure(painter: QPainter, rect: _Rect, value: Any) -> None:
    if isinstance(value, Figure):
        write(painter, rect, value.words, theme().tone(value.tone), bold=value.bold, right=True)
    else:
        write(painter, rect, str(value if value is not None else ""), theme().text, right=True)


def _due(painter: QPainter, rect: _Rect, value: Any) -> None:
    if not isinstance(value, Due):
        return
    x, y, w, h = rect
    if value.pill:
        made = icons.pill(value.words, value.tone)
        size = made.deviceIndependentSize()
        left = x + w + PADDING - size.width()
        painter.drawPixmap(QPointF(left, y + round((h - size.height()) / 2)), made)
        if value.sign and left - SIGN - 3 >= x - PADDING:
            painter.drawPixmap(QPointF(left - SIGN - 3, y + (h - SIGN) // 2), icons.pixmap(value.sign, theme().tone(value.tone), SIGN))
    else:
        write(painter, rect, value.words, theme().tone(value.tone), LABEL_SIZE, right=True)


def _pills(painter: QPainter, rect: _Rect, value: Any) -> None:
    x, y, _, h = rect
    _draw_pills(painter, x, y, h, [icons.pill(pill.words, pill.tone) for pill in pills_of(value)])


def _printed(painter: QPainter, rect: _Rect, value: Any) -> None:
    x, y, w, h = rect
    if value:
        painter.drawPixmap(QPointF(x + (w - 14) // 2, y + (h - 14) // 2), icons.pixmap("print", theme().ok, 14))
    else:
        painter.fillRect(x + w // 2 - 1, y + h // 2 - 1, 2, 2, colour(theme().faint))


def _sign(painter: QPainter, rect: _Rect, value: Any) -> None:
    x, y, w, h = rect
    if isinstance(value, Sign):
        painter.drawPixmap(QPointF(x + (w - 14) // 2, y + (h - 14) // 2), icons.pixmap(value.icon, theme().tone(value.tone), 14))
    else:
        painter.fillRect(x + w // 2 - 1, y + h // 2 - 1, 2, 2, colour(theme().faint))


def _bar(painter: QPainter, rect: _Rect, value: Any) -> None:
    if not isinstance(value, Bar):
        return
    x, y, w, h = rect
    top = y + h // 2 - 3
    t = theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(t.hover))
    painter.drawRoundedRect(QRectF(x, top, w, 6), 3, 3)
    width = max(0.0, min(1.0, value.share)) * w
    if width >= 1:
        ink = {"warn": colour(t.fill_warn), "bad": colour(t.fill_bad), "ok": colour(t.fill_ok), "accent": colour(t.fill_accent)}
        painter.setBrush(ink.get(value.tone, mix(colour(t.faint), colour(t.muted), 0.15)))
        painter.drawRoundedRect(QRectF(x, top, max(width, 6), 6), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if value.mark is not None:
        painter.fillRect(x + round(max(0.0, min(1.0, value.mark)) * (w - 2)), top - 4, 2, 14, colour(t.text2))


_PAINTERS: dict[Kind, Callable[[QPainter, _Rect, Any], None]] = {
    Kind.TEXT: _text,
    Kind.SOFT: _soft,
    Kind.CODE: _code,
    Kind.NUMBER: _number,
    Kind.GOODS: _goods,
    Kind.FLAG: _flag,
    Kind.STATUS: _status,
    Kind.MONEY: _money,
    Kind.QUANTITY: _quantity,
    Kind.FIGURE: _figure,
    Kind.DUE: _due,
    Kind.PILLS: _pills,
    Kind.PRINTED: _printed,
    Kind.SIGN: _sign,
    Kind.BAR: _bar,
}
