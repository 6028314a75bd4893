"""Where orders go: the provinces as tiles, the more the deeper, and beside them the first ones by rank."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.theme import BODY_SIZE, LABEL_SIZE, RAIL_SIZE, colour, font, metrics, theme
from desktop.views.widgets.charts.base import axis_text, shapes, short_number, text_at, width_of
from desktop.views.widgets.charts.marks import MarkedChart, Target, best_of, block, said
from desktop.views.widgets.charts.provinces import ACROSS, DOWN, PROVINCES, Province, province_of, short_name
from desktop.views.widgets.charts.ranking import BAR, bar_under

GAP, LIST_GAP, LEAST_LIST, LINE, HEAD = 3, 32, 150, 32, 22
MOST_TILE, MOST_WIDE = 48, 76


class ProvinceMap(MarkedChart):
    """Of a table with province, orders, paid, share, the best first; the place without a tile stands in the list."""

    def choose_best(self) -> int:
        return best_of([figure if row[0] else 0 for figure, row in zip(self._figures(), self.rows, strict=True)])

    def _figures(self) -> list[int]:
        return self.figures("paid" if self.by == "paid" else "orders")

    def words_of(self, row: int) -> str:
        orders = trn("{n} order", "{n} orders", self.figure(row, "orders"))
        amount = formats.money(self.figure(row, "paid"))
        share = tr("{share} of all", share=formats.percent(self.figure(row, "share") / 1000))
        return said(self.name_of(row), orders, amount, share)

    def name_of(self, row: int) -> str:
        """In English the province's English name; what is not known says so."""
        name = self.words(row, "province")
        if not name:
            return tr("not told")
        place = province_of(name)
        return place.english if place is not None and language() == "en" else short_name(name)

    # ---- where things are

    def _tile(self) -> float:
        room = self.width() if self.wide else self.width() - LIST_GAP - LEAST_LIST
        return float(min(MOST_WIDE if self.wide else MOST_TILE, room // ACROSS, self.height() // DOWN))

    def _place(self, province: Province) -> QRectF:
        size = self._tile()
        return QRectF(province.x * size, province.y * size, size - GAP, size - GAP)

    def _list(self) -> QRectF:
        left = self._tile() * ACROSS + LIST_GAP
        return QRectF(left, 0, self.width() - left, self.height())

    def _listed(self) -> list[int]:
        """Rows of the list: the first by rank, then what has no tile. None where the numbers stand beside it."""
        if self.wide:
            return []
        rows = range(len(self.rows))
        homeless = [row for row in rows if province_of(self.words(row, "province")) is None]
        room = int((self.height() - HEAD) // LINE)
        first = [row for row in rows if row not in homeless][: max(1, min(8, room - min(len(homeless), 2)))]
        return first + homeless[: max(0, room - len(first))]

    def _line(self, place: int) -> QRectF:
        area = self._list()
        return QRectF(area.left(), HEAD + place * LINE, area.width(), LINE)

    def targets(self) -> Sequence[Target]:
        tiles = [
            Target(self._place(place).adjusted(0, 0, GAP, GAP), row)
            for row in range(len(self.rows))
            if (place := province_of(self.words(row, "province"))) is not None
        ]
        return [*tiles, *(Target(self._line(place), row) for place, row in enumerate(self._listed()))]

    # ---- painting

    def paint_marks(self, painter: QPainter) -> None:
        figures = self._figures()
        most = max([figures[row] for row in range(len(figures)) if self.words(row, "province")] or [1])
        by_place = {province_of(self.words(row, "province")): row for row in range(len(figures))}
        for place in PROVINCES:
            row = by_place.get(place, -1)
            share = figures[row] / max(most, 1) if row >= 0 else -1.0
            figure = self._short(figures[row]) if row >= 0 and self.wide else ""
            self._paint_tile(painter, place, share, figure, row >= 0 and row == self.lit)
        if not self.wide:
            self._paint_list(painter, figures, most)

    def _short(self, figure: int) -> str:
        """A count, or money in whole yuan, as short as a tile is narrow."""
        return formats.count(figure) if self.by != "paid" else short_number(round(figure / 100, -2 if figure >= 1_000_000 else 0))

    def _paint_tile(self, painter: QPainter, place: Province, share: float, figure: str, lit: bool) -> None:
        t = theme()
        area = self._place(place)
        ground = t.heat(share) if share >= 0 else colour(t.hover)
        block(painter, area, ground, 4)
        ink = colour(t.muted) if share < 0 else _readable(ground)
        words = place.sign if language() == "zh" else place.letters
        painter.setFont(font(LABEL_SIZE if area.width() >= 26 else RAIL_SIZE))
        painter.setPen(ink)
        painter.drawText(area.adjusted(0, 0, 0, -18) if figure else area, int(Qt.AlignmentFlag.AlignCenter), words)
        if figure:
            painter.setFont(font(RAIL_SIZE))
            painter.drawText(area.adjusted(0, 18, 0, 0), int(Qt.AlignmentFlag.AlignCenter), figure)
        if lit:
            self.ring(painter, area, 4)

    def _paint_list(self, painter: QPainter, figures: Sequence[int], most: int) -> None:
        t = theme()
        listed = self._listed()
        area = self._list()
        if area.width() < 80:
            return
        tiled = [row for row in listed if province_of(self.words(row, "province")) is not None]
        head = tr("First {n}", n=len(tiled)) if len(tiled) > 1 else ""
        axis_text(painter, QRectF(area.left(), 0, area.width(), 16), head, Qt.AlignmentFlag.AlignLeft)
        by_money = self.by == "paid"
        for place, row in enumerate(listed):
            line = self._line(place)
            if row == self.lit:
                shapes(painter, True)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(t.hover))
                painter.drawRoundedRect(line.adjusted(-6, 0, 6, -1), 6, 6)
            figure = formats.money(figures[row]) if by_money else formats.count(figures[row])
            wide = width_of(figure, BODY_SIZE)
            base = round(line.top() + 18)
            text_at(painter, line.right() - wide, base, figure, t.text, BODY_SIZE)
            quiet = row not in tiled
            name = metrics(BODY_SIZE).elidedText(self.name_of(row), Qt.TextElideMode.ElideRight, line.width() - wide - 12)
            text_at(painter, line.left(), base, name, t.muted if quiet else t.text, BODY_SIZE)
            if not quiet:
                bar_under(
                    painter, QRectF(line.left(), line.bottom() - BAR - 3, line.width(), BAR), figures[row] / max(most, 1), row == self.best
                )

    def legend(self) -> list[tuple[str, str]]:
        return [("ramp", "")]


def _luminance(ink: QColor) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (ink.redF(), ink.greenF(), ink.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _readable(ground: QColor) -> QColor:
    """The one of `text` and `on_accent` that has more contrast with the tile."""
    light = _luminance(ground)

    def contrast(ink: QColor) -> float:
        high, low = max(light, _luminance(ink)), min(light, _luminance(ink))
        return (high + 0.05) / (low + 0.05)

    return max((colour(theme().text), colour(theme().on_accent)), key=contrast)
