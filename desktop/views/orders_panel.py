"""The detail of the current order: state, what blocks it, buyer, address, goods, money, parcels, after-sales, its life."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats, icons
from desktop.i18n import language, tr, trn
from desktop.models.order_columns import actor_word, left_tone, short_span, status_of, tag_pill
from desktop.theme import LABEL_SIZE
from desktop.views.conflict_detail import ConflictNote
from desktop.views.edit_dialog import OPEN
from desktop.views.orders_sources import ValueSources
from desktop.views.orders_timeline import carrier_word, closed_why, events_of
from desktop.views.tier_button import TierButton
from desktop.views.widgets.buttons import Button, LinkButton, MenuButton, QuietButton
from desktop.views.widgets.labels import Elided, IconLabel, Label, MoneyLabel, PillLabel, rule
from desktop.views.widgets.panel import Band, Fact, Panel, PanelSection
from desktop.views.widgets.timeline import Timeline
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from desktop.views.provenance_dialog import ProvenanceDialog
    from services.queries.order_card import CardCase, CardLine, CardParcel, OrderCardRow

MOST_TAGS = 3
MOST_EVENTS = 40
MOST_DISCOUNTS = 4
Deeds = Mapping[str, Callable[[], object]]
"""What the page can do with the order shown: ship, check, uncheck, slip, label, address, note, refund, reply, audit, edit, change,
deadline, pay, close."""


class OrderPanel(Panel):
    """`show_order(id)` reads and shows it; `deeds` are the page's actions, for the links and the foot."""

    def __init__(self, context: AppContext, deeds: Deeds) -> None:
        super().__init__(tr("Order"))
        self.context, self.deeds = context, deeds
        self.card: OrderCardRow | None = None
        self._id = -1
        self._task: Task | None = None
        self.sources = ValueSources(context, self)
        self._copy = QuietButton(icon="copy", name=tr("Copy the order number"), run=self._copy_number)
        self.tools.addWidget(self._copy)
        self.ship_button = Button(tr("Ship"), deeds["ship"], icon="ship")
        self.pay_button = Button(tr("Book a payment"), deeds["pay"], icon="money")
        self.print_button = MenuButton(
            tr("Print"),
            [(tr("Packing slip…"), "slip", deeds["slip"]), (tr("Address label…"), "label", deeds["label"])],
            icon="print",
        )
        self.more_button = MenuButton(
            "",
            [
                (tr("Copy “where is my order”"), "copy", deeds["reply"]),
                (tr("Mark as checked"), "seal", deeds["check"]),
                (tr("Memo, flag and tags…"), "note", deeds["note"]),
                (tr("Change goods and amounts…"), "money", deeds["change"]),
                (tr("Change the deadline of shipping…"), "clock", deeds["deadline"]),
                (tr("Refund…"), "refund", deeds["refund"]),
                (tr("Where the values come from…"), "file", self.show_sources),
                (tr("The order as it was…"), "clock", self.show_as_of),
                (tr("Evidence book…"), "seal", deeds["evidence"]),
                (tr("Close order…"), "x-circle", deeds["close"]),
            ],
            icon="more",
            name=tr("More"),
        )
        self.add_button(self.ship_button)
        self.add_button(self.pay_button)
        self.add_button(self.print_button)
        self.add_button(self.more_button, right=True)
        self._blank()

    def show_order(self, order_id: int) -> None:
        """Read the order and show it; −1 shows nothing. What is on the screen stays until the answer comes."""
        if self._task is not None:
            self._task.cancel()
        self._id = order_id
        if order_id < 0:
            self._blank()
            return
        from services.queries.order_card import OrderCard

        self._task = self.context.runner.query(OrderCard(order_id))
        self._task.then(self._show, self._gone)

    def reload(self) -> None:
        if self._id >= 0:
            self.show_order(self._id)

    def _gone(self, error: Exception) -> None:
        """The order is not there any more: the list is about to say so."""
        self._blank()

    def _blank(self) -> None:
        self.card = None
        self.sources.begin(None)
        self.title.setText("")
        self.body.clear()
        for button in (self._copy, self.ship_button, self.pay_button, self.print_button, self.more_button):
            button.setVisible(False)
        hint = Label(tr("Choose an order to see it here."), "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.column.addSpacing(80)
        self.body.column.addWidget(hint)

    def _show(self, card: OrderCardRow) -> None:
        same = self.card is not None and self.card.id == card.id
        at = self.body.verticalScrollBar().value() if same else 0
        self.card = card
        self.title.setText(formats.middle(card.number))
        self.title.setToolTip(formats.plain_tip(card.number))
        for button in (self._copy, self.print_button, self.more_button):
            button.setVisible(True)
        self.ship_button.setVisible(card.status == "awaiting_shipment")
        self.pay_button.setVisible(_waits_by_hand(card))
        self.setUpdatesEnabled(False)
        self.sources.begin(card)
        self.body.clear()
        self._state(card)
        self._bands(card)
        note = ConflictNote(self.context, card.id)
        self.body.column.addWidget(note)
        note.read()
        self._buyer(card)
        self._recipient(card)
        self._notes(card)
        self._goods(card)
        self._money(card)
        self._parcels(card)
        self._cases(card)
        self._life(card)
        self.setUpdatesEnabled(True)
        self.body.verticalScrollBar().setValue(at)

    # ---- the sections

    def _state(self, card: OrderCardRow) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        status = status_of(card.status)
        tell = self.sources.tell
        row.addWidget(tell(PillLabel(status.words, status.tone, glyph=status.glyph), "status"))
        if card.part_shipped and card.status == "awaiting_shipment":
            row.addWidget(tell(PillLabel(tr("Part shipped"), "violet"), "status"))
        if card.checked_at is not None and card.status == "awaiting_shipment":
            checked = PillLabel(tr("Checked"), "ok")
            checked.setToolTip(formats.plain_tip(self._checked_words(card)))
            row.addWidget(tell(checked, "checked_at"))
        for words in card.tags[:MOST_TAGS]:
            pill = tag_pill(words)
            row.addWidget(tell(PillLabel(pill.words, pill.tone), "tags"))
        row.addStretch()
        words, tone = self._time_left(card)
        if words:
            row.addWidget(IconLabel("clock", tone, 14))
            row.addWidget(tell(_toned(words, tone), "ship_by"))
        self.body.column.addLayout(row)
        self.body.column.addSpacing(10)

    def _time_left(self, card: OrderCardRow) -> tuple[str, str]:
        if card.status != "awaiting_shipment" or card.ship_by is None:
            return "", "muted"
        left = card.ship_by - self.context.now()
        if left < 0:
            return tr("{time} late", time=short_span(-left)), "bad"
        return tr("{time} left", time=formats.span(left)), left_tone(left)

    def _bands(self, card: OrderCardRow) -> None:
        if card.status != "awaiting_shipment":
            if card.status == "closed" and card.close_reason:
                why = Label(tr("Closed: {reason}", reason=closed_why(card)), "muted", wrap=True)
                self.body.column.addWidget(self.sources.tell(why, "close_reason"))
            return
        if card.stale_print:
            words = tr("Changed after it was printed: print again")
            remedy = tr("Take the old sheets out first.")
            self.body.column.addWidget(Band("bad", words, remedy, tr("Print"), self.deeds["slip"], icon="print"))
            self.body.column.addSpacing(6)
        for code in card.blockers:
            words, remedy = term("blocker", code, language()), term("blocker_remedy", code, language())
            label, run = self._remedy(code, card)
            self.body.column.addWidget(Band("bad" if code == "shortage" else "warn", words, remedy, label, run))
            self.body.column.addSpacing(6)

    def _remedy(self, code: str, card: OrderCardRow) -> tuple[str, Callable[[], object] | None]:
        """The step that lifts a blocker, where there is one in the window."""
        go = self.context.go
        short = next((line for line in card.lines if line.shortage), None)
        remedies: dict[str, tuple[str, Callable[[], object]]] = {
            "shortage": (tr("Receive goods"), partial(go, "stock", search=short.sku_code if short else "")),
            "goods_unmatched": (tr("Match"), partial(go, "stock", tab="unmatched")),
            "address_missing": (tr("Edit address"), self.deeds["address"]),
            "not_checked": (tr("Mark as checked"), self.deeds["check"]),
            "approval_waiting": (tr("See it"), partial(go, "approvals", id=card.approval_id)),
            "after_sale_open": (tr("See case"), partial(go, "refunds", order=card.number)),
        }
        return remedies.get(code, ("", None))

    def _buyer(self, card: OrderCardRow) -> None:
        many = card.buyer_orders > 1 and card.buyer_nick
        section = PanelSection(
            tr("Buyer"), tr("All orders") if many else "", partial(self._buyers_orders, card.buyer_nick) if many else None
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.sources.tell(Elided(card.buyer_nick or formats.DASH), "buyer_nick"), 1)
        if many:
            count = tr("{n}+ orders", n="1,000") if card.buyer_orders >= 1000 else trn("{n} order", "{n} orders", card.buyer_orders)
            row.addWidget(Label(count, "label"))
        section.column.addLayout(row)
        below = QHBoxLayout()
        channel = card.channel_name if card.channel_name != card.channel else term("channel", card.channel, language())
        below.addWidget(self.sources.tell(Label(channel, "label"), "channel"), 1)
        if card.customer_id is not None:
            below.addWidget(self.sources.tell(TierButton(self.context, card), "tier"))
        section.column.addLayout(below)
        self.body.column.addWidget(section)

    def _buyers_orders(self, nick: str) -> None:
        self.context.go("orders", search=f'buyer="{nick}"', tab="all")

    def _recipient(self, card: OrderCardRow) -> None:
        open_ = card.status in OPEN
        section = PanelSection(
            tr("Recipient"), tr("Edit address") if open_ else "", self.deeds["address"] if open_ else None, icon="edit" if open_ else ""
        )
        phone = "-".join(part for part in (card.phone or card.tel, card.phone_ext) if part)
        person = _copyable("   ".join(part for part in (card.recipient, phone) if part) or formats.DASH, address_text(card))
        section.column.addWidget(self.sources.tell(person, "recipient", "phone" if card.phone else "tel", "phone_ext"))
        place = Label(_address(card) or formats.DASH, "body2", wrap=True, copy=True)
        section.column.addWidget(self.sources.tell(place, "province", "city", "district", "address"))
        if card.masked:
            section.column.addWidget(
                Label(tr("Partly hidden by the platform; slips print, our address label does not."), "label", wrap=True)
            )
        self.body.column.addWidget(section)

    def _checked_words(self, card: OrderCardRow) -> str:
        """Who checked it, and when."""
        time = formats.day_time(card.checked_at, self.context.now(), self.context.zone)
        return tr("Checked by {who}, {time}", who=actor_word(card.checked_by), time=time)

    def _notes(self, card: OrderCardRow) -> None:
        section = PanelSection(tr("Memo"), tr("Edit"), self.deeds["note"], icon="edit")
        if card.flag or card.seller_memo:
            row = QHBoxLayout()
            row.setSpacing(6)
            if card.flag:
                row.addWidget(self.sources.tell(_Flag(card.flag), "flag"), 0, Qt.AlignmentFlag.AlignTop)
            memo = Label(card.seller_memo or term("flag", str(card.flag), language()), wrap=True, copy=True)
            row.addWidget(self.sources.tell(memo, "seller_memo" if card.seller_memo else "flag"), 1)
            section.column.addLayout(row)
        else:
            section.column.addWidget(Label(tr("No memo"), "label"))
        if card.checked_at is not None:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(IconLabel("seal", "ok", 14))
            row.addWidget(self.sources.tell(Label(self._checked_words(card), "label"), "checked_at"), 1)
            if card.status == "awaiting_shipment":
                row.addWidget(LinkButton(tr("Take back"), self.deeds["uncheck"]))
            section.column.addLayout(row)
        if card.buyer_message:
            said = Band("info", card.buyer_message, tr("the buyer's message"), icon="messages")
            section.column.addWidget(self.sources.tell(said, "buyer_message"))
        self.body.column.addWidget(section)

    def _goods(self, card: OrderCardRow) -> None:
        units = sum(line.quantity for line in card.lines) or card.quantity or 0
        heading = tr("Goods")
        if card.lines:
            kinds, pieces = trn("{n} kind", "{n} kinds", len(card.lines)), trn("{n} unit", "{n} units", units)
            heading += f" {kinds} {pieces}" if language() == "zh" else f": {kinds}, {pieces}"
        may = _waits_by_hand(card) and not card.paid
        changes = card.status in OPEN and bool(card.lines) and not card.approval_id
        words, run = (tr("Edit order"), self.deeds["edit"]) if may else (tr("Change goods"), self.deeds["change"])
        section = PanelSection(
            heading, words if may or changes else "", run if may or changes else None, icon="edit" if may or changes else ""
        )
        section.column.setSpacing(8)
        for line in card.lines:
            section.column.addWidget(self.sources.tell(_LineRow(line, card.status), "line", part=line.id))
        if not card.lines:
            section.column.addWidget(Label(tr("Not known yet: import the goods list of this period."), "label", wrap=True))
        self.body.column.addWidget(section)

    def _money(self, card: OrderCardRow) -> None:
        section = PanelSection(tr("Money"))
        section.column.setSpacing(3)

        def add(label: str, amount: int | None, *fields: str, strong: bool = False, tone: str = "text") -> None:
            section.column.addWidget(self.sources.tell(Fact(label, formats.money(amount), strong=strong, tone=tone), *fields))

        if card.goods_amount is not None:
            add(tr("Goods"), card.goods_amount, "goods_amount")
        told = [one for one in card.discounts if one.amount]
        shown = told if len(told) <= MOST_DISCOUNTS else told[: MOST_DISCOUNTS - 1]
        for one in shown:
            fact = Fact(one.name or _payer(one.payer), formats.money(-one.amount))
            section.column.addWidget(self.sources.tell(fact, "discount", part=one.id))
        if len(shown) < len(told):
            add(tr("Other discounts"), -sum(one.amount for one in told[len(shown) :]), "discount")
        if card.discount and not told:
            add(tr("Discount"), -card.discount, "discount")
        if card.freight is not None:
            add(tr("Freight"), card.freight, "freight")
        section.column.addWidget(rule())
        if card.status == "awaiting_payment":
            if card.paid:
                add(tr("Deposit"), card.paid - card.refunded, "paid")
            add(
                tr("Owed"),
                None if card.payable is None else card.payable - (card.paid or 0) + card.refunded,
                "owed",
                "payable",
                strong=True,
            )
        else:
            add(tr("Paid"), card.paid, "paid", strong=True)
        if card.refunded:
            add(tr("Refunded"), -card.refunded, "refunded", tone="bad")
            add(tr("Remains"), card.income, "income")
        self.body.column.addWidget(section)

    def _parcels(self, card: OrderCardRow) -> None:
        if not card.parcels:
            return
        section = PanelSection(trn("{n} parcel", "{n} parcels", len(card.parcels)))
        for parcel in card.parcels:
            section.column.addWidget(self.sources.tell(self._parcel(parcel), "parcel", part=parcel.id))
        self.body.column.addWidget(section)

    def _parcel(self, parcel: CardParcel) -> QWidget:
        words = "  ".join(part for part in (carrier_word(parcel), parcel.tracking_number) if part)
        said = [formats.day_time(parcel.shipped_at, self.context.now(), self.context.zone)] if parcel.shipped_at else []
        if parcel.source == "platform":
            said.append(tr("told by the platform"))
        if parcel.together:
            said.append(trn("with {n} other order", "with {n} other orders", parcel.together))
        if parcel.state == "void":
            said.append(tr("void"))
        return _copyable(words, parcel.tracking_number, ("，" if language() == "zh" else ", ").join(said))

    def _cases(self, card: OrderCardRow) -> None:
        if not card.cases:
            return
        section = PanelSection(tr("After-sales"), tr("See"), partial(self.context.go, "refunds", order=card.number))
        for case in card.cases:
            section.column.addWidget(self.sources.tell(_case(case), "case", part=case.id))
        self.body.column.addWidget(section)

    def _life(self, card: OrderCardRow) -> None:
        section = PanelSection(tr("Timeline"), tr("Full audit"), self.deeds["audit"])
        events = events_of(card, self.context.now(), self.context.zone)
        section.column.addWidget(Timeline(events[:MOST_EVENTS], self.show_as_of))
        self.body.column.addWidget(section)
        self._origin(card)

    def show_as_of(self, at: int | None = None) -> None:
        """The order at a moment (ms), beside today."""
        from desktop.views.as_of_dialog import AsOfDialog

        if self.card is not None:
            AsOfDialog(self, self.context, self.card, at or None).open()

    def _origin(self, card: OrderCardRow) -> None:
        section = PanelSection(tr("Comes from"), tr("Every value"), self.show_sources)
        words = tr("Made here")
        if card.sources:
            source = card.sources[0]
            place = "  ".join(part for part in (source.file_name, source.sheet) if part)
            words = tr("{file}, row {row}", file=place, row=source.row)
        elif not card.by_hand:
            words = tr("Invented for the demo shop")
        section.column.addWidget(self.sources.tell(Label(words, "label", wrap=True), "number"))
        self.body.column.addWidget(section)

    # ---- deeds

    def _copy_number(self) -> None:
        if self.card is not None:
            QGuiApplication.clipboard().setText(self.card.number)
            self.context.notify(tr("Copied {what}", what=self.card.number))

    def show_sources(self) -> ProvenanceDialog | None:
        """Every value of the order and where it comes from."""
        if self.card is None:
            return None
        from desktop.views.provenance_dialog import show_provenance

        return show_provenance(self, self.context, self.card)

    def focus_first(self) -> None:
        """Enter on a row: the keyboard goes on in the panel."""
        for button in self.body.body.findChildren(LinkButton):
            if button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.print_button.setFocus(Qt.FocusReason.TabFocusReason)


def _waits_by_hand(card: OrderCardRow) -> bool:
    """Made here and not paid yet: it may be changed and paid in this window."""
    return card.by_hand and card.status == "awaiting_payment"


class _Flag(QWidget):
    """The seller's flag in its colour; its number is in the accessible name."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = min(number, 5)
        self.setFixedSize(15, 18)
        self.setAccessibleName(f"{term('flag', str(number), language())} {number}")
        self.setToolTip(formats.plain_tip(term("flag", str(number), language())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 2, icons.flag(self._number))


def _toned(words: str, tone: str) -> Elided:
    made = Elided(words, tone)
    made.setFixedWidth(made.sizeHint().width())
    return made


def _payer(payer: str) -> str:
    return {"shop": tr("Shop discount"), "platform": tr("Platform discount")}.get(payer, tr("Discount"))


def _address(card: OrderCardRow) -> str:
    """Region and street; a region that the street begins with is not said twice."""
    parts: list[str] = []
    for part in (card.province, card.city, card.district):
        if part and part not in parts and not card.address.startswith(part):
            parts.append(part)
    return " ".join((*parts, card.address)).strip()


def address_text(card: OrderCardRow) -> str:
    """What one pastes where a recipient is asked: name, phone, address in one line."""
    phone = "-".join(part for part in (card.phone or card.tel, card.phone_ext) if part)
    comma = "，" if language() == "zh" else ", "
    return comma.join(part for part in (card.recipient, phone, _address(card)) if part)


def _copyable(words: str, text: str, more: str = "") -> QWidget:
    """A line with a button that copies `text`, and muted words below."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(Elided(words), 1)
    if text:
        row.addWidget(QuietButton(icon="copy", height=20, name=tr("Copy {what}", what=text), run=partial(_to_clipboard, text)))
    column.addLayout(row)
    if more:
        column.addWidget(Label(more, "label"))
    return whole


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


class _LineRow(QWidget):
    """Title, × units, amount; below them code and properties, and what is available or missing."""

    def __init__(self, line: CardLine, status: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        title = Elided(line.title or line.code or formats.DASH)
        title.setToolTip(formats.plain_tip(line.title))
        grid.addWidget(title, 0, 0)
        units = Label(f"×{line.quantity}", "body2")
        grid.addWidget(units, 0, 1)
        grid.addWidget(MoneyLabel(line.payable if line.payable is not None else line.price * line.quantity), 0, 2)
        code = line.sku_code or line.code
        second = "  ".join(part for part in (code, line.properties.replace(";", "  ")) if part)
        grid.addWidget(Elided(second, "muted", LABEL_SIZE), 1, 0)
        words, tone = _standing(line, status)
        state = Elided(words, tone, LABEL_SIZE, right=True)
        state.setFixedWidth(max(1, state.sizeHint().width()))
        grid.addWidget(state, 1, 1, 1, 2, Qt.AlignmentFlag.AlignRight)


def _standing(line: CardLine, status: str) -> tuple[str, str]:
    """How a line stands: units missing, taken back, sent, or what is left to sell."""
    if line.cancelled:
        return tr("{n} refunded", n=line.cancelled), "muted"
    if status == "awaiting_shipment" and line.shortage:
        return tr("{n} missing", n=line.shortage), "bad"
    if line.sku_id is None:
        return tr("not matched"), "warn"
    if status == "awaiting_shipment" and line.shipped:
        return tr("{n} sent", n=line.shipped), "violet"
    if line.available is None or status not in OPEN:
        return "", "muted"
    return tr("available {n}", n=line.available), "muted"


def _case(case: CardCase) -> QWidget:
    said = language()
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    row = QHBoxLayout()
    row.setSpacing(8)
    words = f"C{case.id}  {term('case_kind', case.kind, said)}"
    row.addWidget(Elided(words), 1)
    row.addWidget(Label(term("case_state", case.state, said), "label"))
    row.addWidget(MoneyLabel(case.amount))
    column.addLayout(row)
    if case.reason:
        column.addWidget(Elided(case.reason, "muted", LABEL_SIZE))
    return whole
