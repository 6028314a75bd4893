"""Goods and money of an order: what they are, what they become, what that does to sums and stock, and whose word it needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.approval_columns import sides_of, signed, what_of
from desktop.views.edit_dialog import Consequence, Consequences, Reason
from desktop.views.manual_order_goods import AMOUNT, GoodsLine, GoodsPart, MoneyField
from desktop.views.widgets.buttons import QuietButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Elided, Label, MoneyLabel, rule
from desktop.views.widgets.panel import Band
from services.errors import Conflict
from services.words import say, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from services.amending import Amendment
    from services.queries.approval_rows import Effect, Preview
    from services.queries.order_card import CardLine, OrderCardRow
    from services.queries.sku_completion import SkuChoice

WIDTH = 900
CALM = 120
"""Milliseconds from the last key until what would come of it is worked out."""
CHANGEABLE = frozenset({"awaiting_payment", "awaiting_shipment"})


class ChangedGoods(GoodsPart):
    """The lines of an order that is there: each can become other goods, and new ones are goods that the shop has."""

    def __init__(self, context: AppContext) -> None:
        self.of: dict[GoodsLine, CardLine] = {}
        self.becoming: GoodsLine | None = None
        super().__init__(context)

    def fill(self, lines: Sequence[CardLine], choices: Sequence[SkuChoice]) -> None:
        before = len(self.lines)
        super().fill(lines, choices)
        for line, card in zip(self.lines[before:], lines, strict=True):
            self.of[line] = card
            swap = QuietButton(icon="exchange", name=tr("Other goods in place of {goods}", goods=card.title), run=partial(self.swap, line))
            swap.setAutoDefault(False)
            swap.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            grid = line.layout()
            if isinstance(grid, QGridLayout):
                grid.addWidget(swap, 0, 5, 2, 1)

    def swap(self, line: GoodsLine) -> None:
        """The next goods that are found take the place of this line's."""
        self.becoming = line
        self.say(tr("Find what {goods} becomes: scan it, or type a code or a name.", goods=self.of[line].title))
        self.search.setFocus()

    def add(self, choice: SkuChoice, quantity: int = 1) -> None:
        line, self.becoming = self.becoming, None
        if line is None or line not in self.lines:
            super().add(choice, quantity)
            return
        self.say("")
        line.choice = choice
        grid = line.layout()
        name = grid.itemAtPosition(0, 0) if isinstance(grid, QGridLayout) else None
        widget = name.widget() if name is not None else None
        if isinstance(widget, Elided):
            widget.setText(choice.name)
        line.units.set(line.units.value)
        line.changed.emit()
        self.changed.emit()

    def write_down(self, title: str, quantity: int = 1, price: int | None = None) -> None:
        self.say(tr("There are no goods “{text}”. Only goods that the shop has can be added.", text=title))

    def remove(self, line: GoodsLine) -> None:
        self.of.pop(line, None)
        super().remove(line)


class ChangeDialog(DialogBase):
    """One order's lines, discount and freight. What it asks for is one command: at once, within a limit, or to be approved."""

    def __init__(self, parent: QWidget, context: AppContext, card: OrderCardRow) -> None:
        dot = " · " if language() == "en" else "·"
        sub = dot.join(part for part in (card.number, card.buyer_nick, term("status", card.status, language())) if part)
        super().__init__(
            parent, tr("Change goods and amounts"), sub, verb=tr("Nothing changed yet"), note=tr("Stays in the audit trail"), width=WIDTH
        )
        self.context, self.card = context, card
        self.preview: Preview | None = None
        self._busy = False
        self._task: Any = None
        self.column.setSpacing(10)
        if card.slip_copies or card.label_copies:
            self.column.addWidget(
                Band("warn", self._printed_words(), tr("Take the printed sheets out and print again after the change."), icon="print")
            )
        self.goods = ChangedGoods(context)
        self.goods.changed.connect(self._typed)
        self.column.addWidget(self.goods)
        self.column.addWidget(rule())
        self.column.addLayout(self._sums())
        usual = (tr("The buyer asked for it"), tr("Agreed with the buyer"), tr("Out of stock"), tr("Wrong price"), tr("Other"))
        self.reason = Reason(usual, self.tell)
        self.column.addWidget(self.reason)
        self.word = Label("", "body2", wrap=True)
        self.word.hide()
        self.column.addWidget(self.word)
        self.consequences = Consequences(tr("Will be recorded and follow"))
        self.column.addWidget(self.consequences)
        self.calm = QTimer(self)
        self.calm.setSingleShot(True)
        self.calm.setInterval(CALM)
        self.calm.timeout.connect(self.ask)
        self._fill()
        self.tell()

    def _printed_words(self) -> str:
        comma = "、" if language() == "zh" else ", "
        told = [
            trn("{document}: {n} printed copy", "{document}: {n} printed copies", copies, document=term("document", document, language()))
            for copies, document in ((self.card.slip_copies, "packing_slip"), (self.card.label_copies, "label"))
            if copies
        ]
        return tr("Printed already: {what}", what=comma.join(told))

    def _sums(self) -> QHBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self.discount = MoneyField(term("field", "discount", language()), self.card.discount or None, AMOUNT)
        self.freight = MoneyField(term("field", "freight", language()), self.card.freight or None, AMOUNT)
        self.payable = MoneyLabel(self.card.payable, "figure")
        rows: tuple[tuple[str, QWidget], ...] = ((tr("Discount"), self.discount), (tr("Freight"), self.freight), (tr("Owed"), self.payable))
        for row, (words, widget) in enumerate(rows):
            grid.addWidget(Label(words, "body2"), row, 0)
            grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignRight)
        for field in (self.discount, self.freight):
            field.textChanged.connect(lambda _text: self._typed())
            field.scanned.connect(self.goods.scanned)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addLayout(grid)
        return line

    def _fill(self) -> None:
        from services.queries.sku_completion import SkuChoices

        ids = tuple(line.sku_id for line in self.card.lines if line.sku_id is not None)
        self.context.runner.query(SkuChoices(ids)).then(self._filled)

    def _filled(self, choices: tuple[SkuChoice, ...]) -> None:
        self.goods.fill(self.card.lines, choices)
        if self.goods.lines:
            self.goods.lines[0].price.setFocus()

    # ---- what is typed

    def change(self) -> Amendment | None:
        """What differs from the order; None while an amount is none."""
        from services.amending import Amendment, LineChange

        changes = []
        for line in self.goods.lines:
            fen, units = line.fen, line.units.value
            if fen is None:
                return None
            was = self.goods.of.get(line)
            sku = line.choice.id if line.choice is not None else None
            if was is None:
                changes.append(LineChange(None, units, fen, sku))
                continue
            one = LineChange(
                was.id,
                units if units != was.quantity else None,
                fen if fen != was.price else None,
                sku if sku is not None and sku != was.sku_id else None,
            )
            if one != LineChange(was.id):
                changes.append(one)
        kept = {line.id for line in self.goods.of.values()}
        changes += [LineChange(line.id, remove=True) for line in self.card.lines if line.id not in kept]
        discount, freight = self.discount.fen, self.freight.fen
        if discount is None or freight is None:
            return None
        return Amendment(
            tuple(changes),
            discount if discount != (self.card.discount or 0) else None,
            freight if freight != (self.card.freight or 0) else None,
        )

    def _typed(self) -> None:
        self.preview = None
        self.calm.start()
        self.tell()

    def ask(self) -> None:
        """Have it worked out what would come of what is typed."""
        self.calm.stop()
        change = self.change()
        if self._task is not None:
            self._task.cancel()
        if change is None or not (change.lines or change.discount is not None or change.freight is not None):
            self.preview = None
            self.tell()
            return
        self._task = self.context.runner.query(partial(_preview, self.card.id, change))
        self._task.then(self._answered, self._failed)

    def _answered(self, preview: Preview) -> None:
        self.preview = preview
        self.tell()

    def tell(self) -> None:
        """What would be recorded, what follows, and what the verb does; or what is missing."""
        if self._busy:
            return
        preview = self.preview
        effect = preview.effect if preview is not None and preview.changed else None
        self.consequences.set(self._follows(effect) if effect is not None else [])
        self.payable.set(effect.payable if effect is not None else self.card.payable)
        mistake = say(preview.mistake, language(), **dict(preview.facts)) if preview is not None and preview.mistake else ""
        decides = preview.decides if effect is not None and preview is not None else ""
        self.word.setText(mistake or _word_of(decides))
        self.word.setVisible(bool(self.word.text()))
        if self.change() is None:
            self.set_verb(tr("An amount is no amount"), enabled=False)
        elif mistake:
            self.set_verb(tr("This can't be"), enabled=False)
        elif effect is None:
            self.set_verb(tr("Nothing changed yet"), enabled=False)
        elif not self.reason.text():
            self.set_verb(tr("Say why it changes"), enabled=False)
        elif decides == "waiting":
            self.set_verb(tr("Ask for approval {amount}", amount=_amount(effect.more)))
        else:
            self.set_verb(tr("Change at once {amount}", amount=_amount(effect.more)))

    def _follows(self, effect: Effect) -> list[Consequence]:
        found = [Consequence("edit", what_of(row), sides_of(row)) for row in effect.diff]
        if effect.surplus and effect.paid:
            how = tr("{surplus} too much, can be refunded", surplus=formats.money(effect.surplus))
            found.append(Consequence("money", tr("Paid {paid}", paid=formats.money(effect.paid)), how, "warn"))
        elif effect.paid and effect.payable > effect.paid:
            how = tr("{missing} still to be paid", missing=formats.money(effect.payable - effect.paid))
            found.append(Consequence("money", tr("Paid {paid}", paid=formats.money(effect.paid)), how, "warn"))
        for one in effect.stock:
            if one.after is not None and one.available is not None:
                words = tr("available {old} → {new}", old=one.available, new=one.after)
                short = one.after < 0 < one.more
                found.append(Consequence("stock", one.code, words + (tr(" (short)") if short else ""), "bad" if short else "text2"))
        return found

    # ---- doing it

    def submit(self) -> None:
        from services.commands.approvals import ProposeChange

        change = self.change()
        if change is None:
            return
        self._busy = True
        self.set_busy(True)
        command = ProposeChange(self.card.id, change, self.card.version)
        self.context.runner.change(command, reason=self.reason.text()).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        done = outcome.value
        code = f"A{done.approval_id}"
        self.accept()
        if done.applied:
            self.context.notify(tr("Order {number} changed ({approval})", number=done.number, approval=code))
        else:
            words = tr("{approval} waits for approval; until then the order stays as it is", approval=code)
            self.context.notify(words, "info", tr("See it"), partial(self.context.go, "approvals", id=done.approval_id))

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.set_busy(False)
        self.tell()
        if isinstance(error, Conflict):
            self.refuse(error_words(error), "", tr("Look again"), self.reload)
        else:
            self.refuse(error_words(error))

    def reload(self) -> None:
        """After a conflict: the order as it is now, in a dialog of its own."""
        from services.queries.order_card import OrderCard

        self.context.runner.query(OrderCard(self.card.id)).then(self._again, self._failed)

    def _again(self, card: OrderCardRow) -> None:
        parent = self.parentWidget()
        reason = (self.reason.choice.currentData(), self.reason.words.text())
        self.reject()
        if parent is not None and card.status in CHANGEABLE:
            anew = ChangeDialog(parent, self.context, card)
            anew.reason.choice.choose(reason[0])
            anew.reason.words.setText(reason[1])
            anew.open()


def _preview(order_id: int, change: Amendment, desk: Any) -> Preview:
    from services.queries.approval_rows import ChangePreview

    found: Preview = desk.read(ChangePreview(order_id, change, desk.viewer.may("approve")))
    return found


def _word_of(decides: str) -> str:
    if decides == "waiting":
        return tr("This needs the owner's approval. Until then nothing of the order changes, and it does not ship.")
    if decides == "at_once":
        return tr("It takes effect at once, and is on record with your approval.")
    return tr("Within the limit for price cuts: it takes effect at once, and is on record so.") if decides else ""


def _amount(fen: int) -> str:
    return signed(fen) if fen else ""
