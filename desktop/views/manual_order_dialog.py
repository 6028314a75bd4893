"""An order from a chat, the telephone or a market stall: pasted, picked, scanned, and made by one command; edited while it waits for its payment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.manual_order_goods import AMOUNT, GoodsPart, MoneyField
from desktop.views.manual_order_place import FIELDS, LABEL, PlacePart
from desktop.views.widgets.buttons import CheckBox, Combo, LinkButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label, MoneyLabel, rule
from services.errors import BadInput, Conflict
from services.words import say, term

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.context import AppContext
    from services.commands.manual_draft import OrderDraft
    from services.queries.customer_completion import CustomerChoice
    from services.queries.order_card import OrderCardRow
    from services.queries.sku_completion import SkuChoice

METHODS = ("wechat", "alipay", "cash", "transfer", "card", "other")
WIDTH = 900
LAST_METHOD = "manual_order/method"


class ManualOrderDialog(DialogBase):
    """New without `card`; with one, that order is edited. `made(order_id)` is called once it stands."""

    def __init__(
        self, parent: QWidget, context: AppContext, card: OrderCardRow | None = None, made: Callable[[int], object] | None = None
    ) -> None:
        dot = " · " if language() == "en" else "·"
        sub = (
            dot.join((card.number, term("status", card.status, language())))
            if card is not None
            else tr("From a chat, the telephone or a stall")
        )
        title = tr("Edit order") if card is not None else tr("New order")
        super().__init__(parent, title, sub, verb=tr("Make order"), note=tr("Stays in the audit trail"), width=WIDTH)
        self.context, self.card, self._made = context, card, made
        self._number = ""
        self._busy = False
        self._tried = False
        self.column.setSpacing(10)
        self.place = PlacePart(context)
        self.place.changed.connect(self.tell)
        self.place.buyer_picked.connect(self._buyer_picked)
        self.place.leftover.connect(self._take_leftover)
        self.column.addWidget(self.place)
        self.column.addWidget(rule())
        self.goods = GoodsPart(context)
        self.goods.changed.connect(self.tell)
        self.column.addWidget(self.goods)
        foot = QHBoxLayout()
        foot.setSpacing(32)
        foot.addLayout(self._left(), 1)
        foot.addLayout(self._sums())
        self.column.addLayout(foot)
        if card is None:
            self._begin_new()
        else:
            self._begin_edit(card)
        self.tell()

    # ---- building

    def _left(self) -> QVBoxLayout:
        """Notes, and what was paid."""
        column = QVBoxLayout()
        column.setSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL - 12)
        said = language()
        self.memo, self.message, self.tags = QLineEdit(), QLineEdit(), QLineEdit()
        self.memo.setMaxLength(1000)
        self.message.setMaxLength(1000)
        self.tags.setMaxLength(200)
        self.tags.setPlaceholderText(tr("Several: a comma between them"))
        rows = (("seller_memo", self.memo), ("buyer_message", self.message), ("tags", self.tags))
        for row, (name, field) in enumerate(rows):
            label = Label(term("field", name, said), "body2")
            label.setBuddy(field)
            field.setAccessibleName(term("field", name, said))
            field.textChanged.connect(lambda _text: self.tell())
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1, 1, 1 if name == "tags" and self.card is None else 2)
        self.sources = QWidget()
        source = QHBoxLayout(self.sources)
        source.setContentsMargins(0, 0, 0, 0)
        source.setSpacing(6)
        for words in (tr("Chat"), tr("Phone"), tr("Stall")):
            source.addWidget(LinkButton(words, partial(self._add_tag, words), icon="plus"))
        grid.addWidget(self.sources, 2, 2)
        column.addLayout(grid)
        self.paid = CheckBox(tr("Payment received"))
        self.method = Combo([(method, term("payment_method", method, said)) for method in METHODS], tr("Way of payment"))
        self.method.choose(self.context.prefs.text(LAST_METHOD) or "wechat")
        self.amount = MoneyField(tr("Amount paid"), None, AMOUNT)
        self.handed = CheckBox(tr("Handed over already"))
        self.payment = QWidget()
        row_of = QHBoxLayout(self.payment)
        row_of.setContentsMargins(0, 0, 0, 0)
        row_of.setSpacing(12)
        for widget in (self.paid, self.method, self.amount, self.handed):
            row_of.addWidget(widget)
        row_of.addStretch()
        self.paid.toggled.connect(self._paid_toggled)
        self.handed.toggled.connect(self._handed_toggled)
        self.amount.textChanged.connect(lambda _text: self.tell())
        self.method.setEnabled(False)
        self.amount.setEnabled(False)
        column.addWidget(self.payment)
        column.addStretch()
        return column

    def _sums(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self.goods_sum = MoneyLabel(0)
        self.discount = MoneyField(tr("Discount"), None, AMOUNT)
        self.freight = MoneyField(tr("Freight"), None, AMOUNT)
        self.payable = MoneyLabel(0, "figure")
        for row, (words, widget) in enumerate(
            ((tr("Goods"), self.goods_sum), (tr("Discount"), self.discount), (tr("Freight"), self.freight), (tr("Owed"), self.payable))
        ):
            grid.addWidget(Label(words, "body2"), row, 0)
            grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignRight)
        for field in (self.discount, self.freight):
            field.textChanged.connect(lambda _text: self.tell())
            field.scanned.connect(self.goods.scanned)
        grid.setRowStretch(4, 1)
        grid.setColumnMinimumWidth(1, 150)
        return grid

    def _begin_new(self) -> None:
        from services.queries.manual_order_facts import DraftNumber

        self.context.runner.query(DraftNumber()).then(self._take_number)
        self.place.focus_first()

    def _take_number(self, number: str) -> None:
        self._number = number

    def _begin_edit(self, card: OrderCardRow) -> None:
        self.payment.hide()
        self.sources.hide()
        phone = "-".join(part for part in (card.phone, card.phone_ext) if part) or card.tel
        self.place.set_values({name: phone if name == "phone" else str(getattr(card, name)) for name in FIELDS})
        self.memo.setText(card.seller_memo)
        self.message.setText(card.buyer_message)
        self.tags.setText(",".join(card.tags))
        for field, fen in ((self.discount, card.discount), (self.freight, card.freight)):
            if fen:
                field.set_fen(fen)
        ids = tuple(line.sku_id for line in card.lines if line.sku_id is not None)
        from services.queries.sku_completion import SkuChoices

        self.context.runner.query(SkuChoices(ids)).then(self._fill_lines)
        self.goods.search.setFocus()

    def _fill_lines(self, choices: tuple[SkuChoice, ...]) -> None:
        if self.card is not None:
            self.goods.fill(self.card.lines, choices)
        self.goods.search.setFocus()

    # ---- what is typed

    def _buyer_picked(self, choice: CustomerChoice | None) -> None:
        self.goods.set_tier(choice.tier if choice is not None else "")

    def _take_leftover(self, words: str) -> None:
        """What a buyer wrote beside the address is a message, unless one was typed."""
        if not self.message.text().strip():
            self.message.setText(words)

    def _add_tag(self, words: str) -> None:
        tags = [tag.strip() for tag in self.tags.text().replace("，", ",").split(",") if tag.strip()]
        if words not in tags:
            self.tags.setText(",".join((*tags, words)))

    def _paid_toggled(self, on: bool) -> None:
        self.method.setEnabled(on)
        self.amount.setEnabled(on)
        if not on:
            self.handed.setChecked(False)
        self.tell()

    def _handed_toggled(self, on: bool) -> None:
        if on:
            self.paid.setChecked(True)
        self.tell()

    def draft(self) -> OrderDraft:
        """What is typed, as the command takes it; an amount that is none counts as −1 fen, which is refused."""
        from services.commands.manual_draft import DraftLine, OrderDraft

        lines = tuple(
            DraftLine(
                line.choice.id if line.choice is not None else None,
                line.title,
                line.units.value,
                -1 if (fen := line.fen) is None else fen,
            )
            for line in self.goods.lines
        )
        discount, freight = self.discount.fen, self.freight.fen
        return OrderDraft(
            **self.place.values(),
            lines=lines,
            discount=-1 if discount is None else discount,
            freight=-1 if freight is None else freight,
            seller_memo=self.memo.text(),
            buyer_message=self.message.text(),
            tags=self.tags.text().replace("，", ",").strip(),
        )

    def tell(self) -> None:
        """Sums, and what the verb will do or what is missing; after a first try the mistakes stay told at their fields."""
        if self._busy:
            return
        draft = self.draft()
        totals = draft.totals
        self.goods_sum.set(totals.goods)
        self.payable.set(totals.payable)
        self.amount.setPlaceholderText(formats.money(totals.payable).removeprefix("¥"))
        if self._tried:
            self._show_mistakes(draft)
        if not draft.lines:
            self.set_verb(tr("Add goods first"), enabled=False)
        elif self.paid.isChecked() and self.amount.fen is None:
            self.set_verb(tr("The payment is no amount"), enabled=False)
        elif self.card is not None:
            self.set_verb(tr("Save {amount}", amount=formats.money(totals.payable)))
        elif self.handed.isChecked():
            self.set_verb(tr("Make and hand over {amount}", amount=formats.money(totals.payable)))
        else:
            self.set_verb(tr("Make order {amount}", amount=formats.money(totals.payable)))

    def _show_mistakes(self, draft: OrderDraft) -> str:
        """Put each mistake at its field; the field of the first one, "" if there is none."""
        from services.commands.manual_draft import mistakes_of

        found = mistakes_of(draft)
        words = {one.field: say(one.code, language(), **one.error.facts) for one in reversed(found)} | self._no_amounts()
        for name in FIELDS:
            self.place.show_mistake(name, words.get(name, ""))
        others = [words[one.field] for one in found if one.field not in FIELDS]
        self.goods.say("\n".join(dict.fromkeys(others)))
        return found[0].field if found else ""

    def _no_amounts(self) -> dict[str, str]:
        """Fields of money that hold something else, each with what is wrong."""
        found = {}
        for place, line in enumerate(self.goods.lines):
            if line.fen is None:
                found[f"lines.{place}.price"] = tr("Goods {n}: “{text}” is no price.", n=place + 1, text=line.price.text())
        for name, field in (("discount", self.discount), ("freight", self.freight)):
            if field.fen is None:
                found[name] = tr("{field}: “{text}” is no amount.", field=term("field", name, language()), text=field.text())
        return found

    def _go_to(self, field: str) -> None:
        places: dict[str, QWidget] = {**self.place.fields, "discount": self.discount, "freight": self.freight, "tags": self.tags}
        if field.startswith("lines."):
            _lines, place, part = field.split(".")
            line = self.goods.lines[int(place)]
            (line.units.box if part == "quantity" else line.price).setFocus()
        else:
            places.get(field, self.goods.search).setFocus()

    # ---- doing it

    def submit(self) -> None:
        self._tried = True
        draft = self.draft()
        if field := self._show_mistakes(draft):
            self._go_to(field)
            return
        self._busy = True
        self.set_busy(True)
        self.context.runner.change(self._command(draft)).then(self._done, self._failed)

    def _command(self, draft: OrderDraft) -> Any:
        from services.commands.manual_orders import CreateOrder, EditManualOrder, Payment

        if self.card is not None:
            return EditManualOrder(self.card.id, draft, self.card.version)
        payment = None
        if self.paid.isChecked():
            amount = self.amount.fen if self.amount.text().strip() else draft.totals.payable
            payment = Payment(amount or 0, str(self.method.currentData()))
            self.context.prefs.set_text(LAST_METHOD, payment.method)
        buyer = self.place.buyer
        like = buyer.customer_id if buyer is not None else None
        return CreateOrder(draft, payment, self.handed.isChecked(), self._number, like)

    def _done(self, outcome: Any) -> None:
        self._busy = False
        self.accept()
        if self.card is not None:
            if outcome.value:
                self.context.notify(tr("Order {number} changed", number=self.card.number))
            return
        made = outcome.value
        self.context.notify(tr("Order {number} made", number=made.number), "ok", tr("See it"), partial(self._see, made.order_id))
        if self._made is not None:
            self._made(made.order_id)

    def _see(self, order_id: int) -> None:
        self.context.go("orders", tab="all", id=order_id)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.set_busy(False)
        self.tell()
        field = str(error.facts.get("field", "")) if isinstance(error, BadInput) else ""
        if field in FIELDS:
            self.place.show_mistake(field, error_words(error))
            self._go_to(field)
        elif isinstance(error, Conflict) and self.card is not None:
            self.refuse(error_words(error), "", tr("Look again"), self._reload)
        else:
            self.refuse(error_words(error))

    def _reload(self) -> None:
        from services.queries.order_card import OrderCard

        if self.card is not None:
            self.context.runner.query(OrderCard(self.card.id)).then(self._again, self._failed)

    def _again(self, card: OrderCardRow) -> None:
        parent = self.parentWidget()
        self.reject()
        if parent is not None:
            ManualOrderDialog(parent, self.context, card, self._made).open()
