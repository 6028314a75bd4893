"""The goods of an order made by hand: a field that finds them by code, name, sound or barcode, and a line for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import tr
from desktop.models.suggestions import Suggestion
from desktop.theme import LABEL_SIZE, colour, theme
from desktop.views.widgets.buttons import QuietButton
from desktop.views.widgets.completion_field import CompletionField
from desktop.views.widgets.labels import Elided, IconLabel, Label, MoneyLabel
from desktop.views.widgets.stepper import Stepper
from services.money import parse_amount, write_amount

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.order_card import CardLine
    from services.queries.sku_completion import SkuChoice

MOST_UNITS = 9_999
BARCODE = 8
"""So many digits in a field of money are a scan that landed there."""
PRICE, AMOUNT = 92, 96
_CTRL = Qt.KeyboardModifier.ControlModifier


def fen_of(text: str) -> int | None:
    """Fen of a typed amount, None for what is no amount; nothing typed is 0."""
    if not text.strip():
        return 0
    try:
        return parse_amount(text)
    except ValueError:
        return None


def plain_money(fen: int) -> str:
    """`12` or `12.50`: as one types it."""
    return write_amount(fen).removesuffix(".00")


class MoneyField(QLineEdit):
    """An amount, right-aligned; Enter is told to `entered`, a barcode that lands here to `scanned`."""

    entered = Signal()
    scanned = Signal(str)

    def __init__(self, name: str, fen: int | None = None, width: int = PRICE) -> None:
        super().__init__("" if fen is None else plain_money(fen))
        self._before = self.text()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(width)
        self.setMaxLength(32)
        self.setAccessibleName(name)
        self.setPlaceholderText("0.00")
        self.textEdited.connect(self._check)

    @property
    def fen(self) -> int | None:
        return fen_of(self.text())

    def set_fen(self, fen: int) -> None:
        self.setText(plain_money(fen))
        self._check()

    def _check(self, _text: str = "") -> None:
        wrong = self.fen is None
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._before = self.text()
        super().focusInEvent(event)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _CTRL:
            typed = self.text().strip()
            digits = typed[len(self._before) :] if self._before and typed.startswith(self._before) and not self.hasSelectedText() else typed
            if digits.isascii() and digits.isdigit() and len(digits) >= BARCODE:
                self.setText(self._before)
                self._check()
                self.scanned.emit(digits)
            else:
                self.entered.emit()
        else:
            super().keyPressEvent(event)


class GoodsLine(QWidget):
    """One goods: what, how many, the price of one, the amount. `choice` is None for goods that are only written down."""

    changed = Signal()

    def __init__(self, part: GoodsPart, choice: SkuChoice | None, title: str, quantity: int, price: int | None) -> None:
        super().__init__()
        self.choice, self.title = choice, title
        self.priced_by_hand = False
        name = choice.name if choice is not None else title
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Elided(name), 0, 0)
        self.state = Elided("", "muted", LABEL_SIZE)
        grid.addWidget(self.state, 1, 0)
        self.units = Stepper(tr("Units of {goods}", goods=name), MOST_UNITS, quantity)
        self.units.box.setMinimum(1)
        self.units.box.installEventFilter(part)
        grid.addWidget(self.units, 0, 1, 2, 1)
        self.price = MoneyField(tr("Price of {goods}", goods=name), price)
        grid.addWidget(self.price, 0, 2, 2, 1)
        self.amount = MoneyLabel(0)
        self.amount.setFixedWidth(AMOUNT)
        grid.addWidget(self.amount, 0, 3, 2, 1)
        remove = QuietButton(icon="trash", name=tr("Take {goods} off", goods=name), run=partial(part.remove, self))
        remove.setAutoDefault(False)
        remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        grid.addWidget(remove, 0, 4, 2, 1)
        self.units.changed.connect(lambda _n: self._tell())
        self.price.textEdited.connect(self._by_hand)
        self.price.textChanged.connect(lambda _text: self._tell())
        self.price.entered.connect(part.search.setFocus)
        self.price.scanned.connect(part.scanned)
        self._tell()

    def _by_hand(self, _text: str) -> None:
        self.priced_by_hand = True

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, colour(theme().row))

    @property
    def fen(self) -> int | None:
        return self.price.fen

    def propose(self, choice: SkuChoice) -> None:
        """Another buyer, another price, unless somebody typed one."""
        self.choice = choice
        if not self.priced_by_hand and choice.own_price is not None:
            self.price.set_fen(choice.own_price)
        self._tell()

    def _tell(self) -> None:
        fen = self.fen
        self.amount.set(None if fen is None else fen * self.units.value)
        words, tone = self._standing()
        self.state.setText(words)
        self.state.set_tone(tone)
        self.changed.emit()

    def _standing(self) -> tuple[str, str]:
        choice = self.choice
        if choice is None:
            return tr("Only written down: match it later"), "muted"
        said = [choice.code]
        tone = "muted"
        if choice.virtual:
            said.append(tr("virtual"))
        elif choice.available is None:
            said.append(tr("no stock counted yet"))
        elif choice.available < self.units.value:
            said.append(tr("available {n}", n=choice.available))
            tone = "bad"
        else:
            said.append(tr("available {n}", n=choice.available))
        if choice.own_price is not None and choice.price is not None and choice.own_price != choice.price and not self.priced_by_hand:
            said.append(tr("list price {price}", price=formats.money(choice.price)))
        return "  ".join(said), tone


class GoodsPart(QWidget):
    """`lines` in order; `changed` when what they come to does. A code or barcode that is known adds a line, or one more of it."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.tier = ""
        self.lines: list[GoodsLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        from services.queries.sku_completion import SkuCompletion

        self.search = CompletionField(context, lambda text: SkuCompletion(text, self.tier), self._entry)
        self.search.setPlaceholderText(tr("Scan, or type a code, a name or its initials; Enter adds it"))
        self.search.setAccessibleName(tr("Find goods"))
        self.search.setMaxLength(80)
        self.search.chosen.connect(self._chosen)
        self.search.entered.connect(self.scanned)
        column.addWidget(self.search)
        self.trouble = QWidget()
        row = QHBoxLayout(self.trouble)
        row.setContentsMargins(2, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("alert", "bad", 14))
        self.words = Label("", "bad", wrap=True)
        row.addWidget(self.words, 1)
        self.trouble.hide()
        column.addWidget(self.trouble)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 4, 0, 0)
        self._rows.setSpacing(0)
        column.addLayout(self._rows)

    # ---- finding

    def _entry(self, choice: SkuChoice) -> Suggestion:
        price = formats.money(choice.own_price) if choice.own_price is not None else ""
        left = tr("available {n}", n=choice.available) if choice.available is not None else ""
        return Suggestion(choice.name, "  ".join(part for part in (choice.code, price, left) if part), "stock", choice)

    def say(self, words: str) -> None:
        """Why goods were not added, or what is wrong with them; empty words take it away."""
        self.words.setText(words)
        self.trouble.setVisible(bool(words))

    def _chosen(self, choice: SkuChoice) -> None:
        self.search.clear()
        self.add(choice)

    def scanned(self, text: str) -> None:
        """A code was scanned or typed with Enter: the field is free for the next one at once."""
        from services.queries.sku_completion import SkuCompletion

        self.search.clear()
        self.search.setFocus()
        if text:
            self.context.runner.query(SkuCompletion(text, self.tier)).then(partial(self._found, text))

    def _found(self, text: str, choices: Sequence[SkuChoice]) -> None:
        exact = [choice for choice in choices if choice.exact]
        if len(exact) == 1 or len(choices) == 1:
            self.add(exact[0] if exact else choices[0])
        elif choices:
            if not self.search.text():
                self.search.setText(text)
                self.search.offer(choices, take=True)
        elif text.isascii() and text.isdigit() and len(text) >= BARCODE:
            self.say(tr("No goods have the barcode {code}. Check it, or add it to the SKU.", code=text))
        else:
            self.write_down(text)

    # ---- lines

    def add(self, choice: SkuChoice, quantity: int = 1) -> None:
        """A line for these goods, or one more of them where there is one already."""
        self.say("")
        for line in self.lines:
            if line.choice is not None and line.choice.id == choice.id:
                line.units.set(line.units.value + quantity)
                return
        line = self._put(GoodsLine(self, choice, "", quantity, choice.own_price))
        if choice.own_price is None:
            line.price.setFocus()

    def write_down(self, title: str, quantity: int = 1, price: int | None = None) -> None:
        """Goods that are no SKU: their name, and a price to be typed."""
        self.say("")
        line = self._put(GoodsLine(self, None, title, quantity, price))
        if price is None:
            line.price.setFocus()

    def fill(self, lines: Sequence[CardLine], choices: Sequence[SkuChoice]) -> None:
        """The lines of an order that is edited; their prices stay as they are."""
        known = {choice.id: choice for choice in choices}
        for one in lines:
            choice = known.get(one.sku_id) if one.sku_id is not None else None
            line = self._put(GoodsLine(self, choice, one.title, one.quantity, one.price))
            line.priced_by_hand = True

    def _put(self, line: GoodsLine) -> GoodsLine:
        self.lines.append(line)
        self._rows.addWidget(line)
        line.changed.connect(self.changed)
        self._chain()
        self.changed.emit()
        return line

    def remove(self, line: GoodsLine) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._chain()
        self.search.setFocus()
        self.changed.emit()

    def _chain(self) -> None:
        """Tab goes from the field through units and price of each line."""
        last: QWidget = self.search
        for line in self.lines:
            for field in (line.units.box, line.price):
                QWidget.setTabOrder(last, field)
                last = field

    def set_tier(self, tier: str) -> None:
        """Whose prices are proposed from now on."""
        if tier == self.tier:
            return
        self.tier = tier
        ids = tuple(line.choice.id for line in self.lines if line.choice is not None)
        if ids:
            from services.queries.sku_completion import SkuChoices

            self.context.runner.query(SkuChoices(ids, tier)).then(self._propose)

    def _propose(self, choices: Sequence[SkuChoice]) -> None:
        known = {choice.id: choice for choice in choices}
        for line in self.lines:
            if line.choice is not None and line.choice.id in known:
                line.propose(known[line.choice.id])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field of units goes on to the next goods."""
        enter = isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if isinstance(event, QKeyEvent) and enter and event.type() == QEvent.Type.KeyPress and not event.modifiers() & _CTRL:
            self.search.setFocus()
            return True
        return False
