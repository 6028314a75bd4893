"""A list by rank: name, figures at the right, and a bar below whose length is the share of the first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from desktop import formats
from desktop.i18n import tr, trn
from desktop.theme import BODY_SIZE, LABEL_SIZE, colour, metrics, theme
from desktop.views.widgets.charts.base import shapes, text_at, width_of
from desktop.views.widgets.charts.marks import MarkedChart, Target, block, said

LEAST_ROW, MOST_ROW, BAR, LAST = 30, 42, 4, 54


class Ranking(MarkedChart):
    """Of a table with title, code, quantity, amount, share, the best first. Shows as many as have room; `shown` is how many."""

    tallest = 20 * 36

    def choose_best(self) -> int:
        return 0 if self.rows else -1

    def words_of(self, row: int) -> str:
        pieces = trn("{n} piece", "{n} pieces", self.figure(row, "quantity"))
        share = tr("{share} of all", share=formats.percent(self.figure(row, "share") / 1000))
        head = tr("No. {rank} {name}", rank=row + 1, name=self.name_of(row))
        return said(head, formats.money(self.figure(row, "amount")), pieces, share)

    def name_of(self, row: int) -> str:
        return self.words(row, "title") or self.words(row, "code")

    @property
    def shown(self) -> int:
        return min(len(self.rows), max(1, int(self.height() // LEAST_ROW)))

    def _row(self, row: int) -> QRectF:
        tall = min(float(MOST_ROW), self.height() / max(1, self.shown))
        return QRectF(0, round(row * tall), self.width(), round(tall))

    def targets(self) -> Sequence[Target]:
        return [Target(self._row(row), row) for row in range(self.shown)]

    def paint_marks(self, painter: QPainter) -> None:
        t = theme()
        by_amount = self.by != "quantity"
        figures = self.figures("amount" if by_amount else "quantity")
        most = max(*figures, 1)
        face = metrics(BODY_SIZE)
        for row in range(self.shown):
            area = self._row(row)
            if row == self.lit:
                shapes(painter, True)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(t.hover))
                painter.drawRoundedRect(area.adjusted(-6, 0, 6, -1), 6, 6)
            base = round(area.top() + (area.height() - BAR - 4 + face.ascent() - face.descent()) / 2)
            share = formats.percent(self.figure(row, "share") / 1000)
            text_at(painter, area.right() - width_of(share, LABEL_SIZE), base, share, t.muted, LABEL_SIZE)
            figure = formats.money(figures[row]) if by_amount else formats.count(figures[row])
            wide = width_of(figure, BODY_SIZE)
            text_at(painter, area.right() - LAST - wide, base, figure, t.text, BODY_SIZE)
            room = area.width() - LAST - wide - 16
            name = face.elidedText(self.name_of(row), Qt.TextElideMode.ElideRight, room)
            text_at(painter, area.left(), base, name, t.text, BODY_SIZE)
            bar_under(painter, QRectF(area.left(), area.bottom() - BAR - 3, area.width(), BAR), figures[row] / most, row == self.best)

    def bubble(self, painter: QPainter, over: QRectF, words: str) -> None:
        """None: the row says it all; the whole name is in the tooltip."""

    def _tell(self) -> None:
        self.setToolTip(formats.plain_tip(self.words_of(self.pointed) if self.pointed >= 0 else ""))
        super()._tell()


def bar_under(painter: QPainter, area: QRectF, share: float, best: bool) -> None:
    """A thin track with its filled part."""
    t = theme()
    shapes(painter, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(t.hover))
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    if share > 0:
        wide = max(area.height(), area.width() * share)
        block(
            painter, QRectF(area.left(), area.top(), wide, area.height()), colour(t.fill_accent) if best else t.heat(0.5), area.height() / 2
        )
