"""The detail of one SKU: its levels, thirty days of its stock, the latest movements, and the orders that wait for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.models.stock_columns import goods_words
from desktop.theme import FIGURE_SIZE, LABEL_SIZE
from desktop.views.widgets.buttons import Button, QuietButton
from desktop.views.widgets.charts.stock_levels import Level, StockLevels
from desktop.views.widgets.labels import Elided, Label, rule
from desktop.views.widgets.panel import Band, Fact, Panel, PanelSection
from desktop.views.widgets.rows import ListRow, Part
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.stock_card import Movement, SkuCard

WIDTH = 384
MOST_MOVEMENTS, MOST_WAITING, MOST_NAMES = 12, 8, 3
Deeds = Mapping[str, Callable[[], object]]
"""What the page can do with the SKU shown: receive, adjust."""


class StockPanel(Panel):
    """`show_sku(id)` reads and shows it; −1 shows nothing."""

    def __init__(self, context: AppContext, deeds: Deeds) -> None:
        super().__init__("", width=WIDTH)
        self.context = context
        self.card: SkuCard | None = None
        self._id = -1
        self._task: Task | None = None
        self.adjust_button = Button(tr("Count or damage"), deeds["adjust"], icon="edit")
        self.receive_button = Button(tr("Receive"), deeds["receive"], icon="import")
        self.add_button(self.adjust_button)
        self.history_button = QuietButton(icon="audit", name=tr("History"), run=self._show_history)
        self.tools.addWidget(self.history_button)
        self.add_button(self.receive_button, right=True)
        self._blank()

    def show_sku(self, sku_id: int) -> None:
        """Read the SKU; what is on the screen stays until the answer comes."""
        if self._task is not None:
            self._task.cancel()
        self._id = sku_id
        if sku_id < 0:
            self._blank()
            return
        from services.queries.stock_card import StockCard

        self._task = self.context.runner.query(StockCard(sku_id))
        self._task.then(self._show, self._gone)

    def reload(self) -> None:
        if self._id >= 0:
            self.show_sku(self._id)

    def _gone(self, _error: Exception) -> None:
        self._blank()

    def _blank(self) -> None:
        self.card = None
        self.title.setText("")
        self.body.clear()
        for button in (self.adjust_button, self.receive_button, self.history_button):
            button.setVisible(False)
        hint = Label(tr("Choose goods to see them here."), "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.column.addSpacing(80)
        self.body.column.addWidget(hint)

    def _show(self, card: SkuCard) -> None:
        same = self.card is not None and self.card.row.id == card.row.id
        at = self.body.verticalScrollBar().value() if same else 0
        self.card = card
        row = card.row
        self.title.setText(goods_words(row))
        self.adjust_button.setVisible(not row.virtual)
        self.receive_button.setVisible(not row.virtual)
        self.history_button.setVisible(self.context.may("see_audit"))
        self.setUpdatesEnabled(False)
        self.body.clear()
        self._figures(card)
        if not row.begun and not row.virtual:
            self.body.column.addWidget(
                Band("info", tr("Its stock begins with the first receipt or count."), tr("Until then orders move nothing."))
            )
            self.body.column.addSpacing(8)
        if row.begun:
            self._chart(card)
        self._waiting(card)
        self._facts(card)
        self._movements(card)
        self._names(card)
        self.setUpdatesEnabled(True)
        self.body.verticalScrollBar().setValue(at)

    def _show_history(self) -> None:
        from desktop.views.history_dialog import HistoryDialog

        if self.card is not None:
            HistoryDialog(self, self.context, goods_words(self.card.row), "sku", self.card.row.id).open()

    # ---- the sections

    def _figures(self, card: SkuCard) -> None:
        row = card.row
        line = QHBoxLayout()
        line.setSpacing(8)
        short = bool(row.shortage)
        shown = (
            (tr("On hand"), row.on_hand, False),
            (tr("Reserved"), row.reserved, False),
            (tr("Short"), row.shortage, True) if short else (tr("Available"), row.available, False),
            (tr("Damaged"), row.damaged, False),
        )
        for words, figure, bad in shown:
            line.addWidget(_figure(words, formats.count(figure), bad), 1)
        self.body.column.addLayout(line)
        self.body.column.addSpacing(10)

    def _chart(self, card: SkuCard) -> None:
        section = PanelSection(tr("On hand over 30 days"))
        chart = StockLevels()
        chart.set([Level(day.day, day.on_hand, day.came, day.went) for day in card.days], card.row.reorder_point)
        section.column.addWidget(chart)
        self.body.column.addWidget(section)

    def _waiting(self, card: SkuCard) -> None:
        if not card.waiting:
            return
        section = PanelSection(trn("{n} order waits for it", "{n} orders wait for it", len(card.waiting)))
        section.column.setSpacing(0)
        now = self.context.now()
        for line in card.waiting[:MOST_WAITING]:
            left = formats.DASH if line.ship_by is None else formats.span(line.ship_by - now)
            tone = "muted" if line.ship_by is None or line.ship_by - now > 12 * formats.MS_AN_HOUR else "bad"
            late = line.ship_by is not None and line.ship_by < now
            section.column.addWidget(
                ListRow(
                    (
                        Part(formats.tail(line.number), 56, bold=True),
                        Part(line.buyer),
                        Part(f"×{line.short}", 40, "text2", right=True),
                        Part(tr("late") if late else left, 88, "bad" if late else tone, LABEL_SIZE, right=True),
                    ),
                    partial(self.context.go, "orders", search=line.number, tab="all", id=line.order_id),
                    name=tr("Order {number}, {n} missing", number=line.number, n=line.short),
                )
            )
        self.body.column.addWidget(section)

    def _facts(self, card: SkuCard) -> None:
        row = card.row
        section = PanelSection(tr("Goods"))
        section.column.setSpacing(3)
        section.column.addWidget(Fact(tr("Merchant code"), row.code))
        if row.barcode:
            section.column.addWidget(Fact(tr("Barcode"), row.barcode))
        section.column.addWidget(Fact(tr("Bin"), row.bin or formats.DASH))
        section.column.addWidget(Fact(tr("Price"), formats.money(row.price)))
        section.column.addWidget(Fact(tr("Cost of one"), formats.money(row.cost)))
        section.column.addWidget(Fact(tr("Worth on the shelf"), formats.money(row.value)))
        point = formats.DASH if row.reorder_point is None else formats.count(row.reorder_point)
        section.column.addWidget(Fact(tr("Reorder point"), point))
        self.body.column.addWidget(section)

    def _movements(self, card: SkuCard) -> None:
        section = PanelSection(tr("Movements"))
        section.column.setSpacing(0)
        for movement in card.movements[:MOST_MOVEMENTS]:
            section.column.addWidget(self._movement(movement))
        if not card.movements:
            section.column.addWidget(Label(tr("None yet"), "label"))
        self.body.column.addWidget(section)

    def _movement(self, movement: Movement) -> QWidget:
        context, said = self.context, language()
        about = movement.note
        if movement.number:
            about = tr("Order {number}", number=formats.tail(movement.number))
        if movement.case_id is not None:
            about = f"C{movement.case_id}  {about}"
        go = None
        if movement.order_id is not None and movement.number:
            go = partial(context.go, "orders", search=movement.number, tab="all", id=movement.order_id)
        return ListRow(
            (
                Part(formats.short_time(movement.at, context.now(), context.zone), 44, "muted", LABEL_SIZE),
                Part(term("movement", movement.kind, said), 64),
                Part(about, 0, "muted", LABEL_SIZE),
                Part(formats.change(movement.quantity), 44, "ok" if movement.quantity > 0 else "text", right=True),
                Part(formats.count(movement.balance), 48, "muted", right=True),
            ),
            go,
            tip="\n".join(part for part in (formats.full_time(movement.at, context.zone), about, formats.money(movement.value)) if part),
        )

    def _names(self, card: SkuCard) -> None:
        if not card.listings:
            return
        section = PanelSection(tr("Names on the platforms"))
        for one in card.listings[:MOST_NAMES]:
            words = "  ".join(part for part in (one.title, one.properties.replace(";", " "), one.code) if part)
            section.column.addWidget(Label(words, "small", wrap=True, copy=True))
        more = len(card.listings) - MOST_NAMES
        if more > 0:
            section.column.addWidget(Label(tr("and {n} more", n=more), "label"))
        self.body.column.addWidget(rule())
        self.body.column.addWidget(section)


def _figure(words: str, figure: str, bad: bool) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(words, "label"))
    column.addWidget(Elided(figure, "bad" if bad else "text", FIGURE_SIZE, bold=True))
    whole.setAccessibleName(f"{words} {figure}")
    return whole
