"""The detail of one line of a worklist: what is wrong and what that means, what was recognised, and the deeds that mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.models.order_columns import left_tone, status_of
from desktop.models.stock_columns import goods_words
from desktop.models.worklist_columns import GRAVE, twin_words
from desktop.theme import LABEL_SIZE
from desktop.views.conflict_detail import put_conflict, put_held, why_not
from desktop.views.widgets.buttons import Button, PrimaryButton
from desktop.views.widgets.labels import IconLabel, Label, PillLabel, rule
from desktop.views.widgets.panel import Band, Fact, Panel, PanelSection
from desktop.views.widgets.rows import ListRow, Part
from services.queries.goods_name import goods_name
from services.words import term, terms

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.conflict_rows import ConflictRow
    from services.queries.held_rows import HeldRow
    from services.queries.worklists.addresses import AddressRow
    from services.queries.worklists.amounts import AmountRow
    from services.queries.worklists.duplicates import DuplicateRow, Twin
    from services.queries.worklists.goods import GoodsRow, Suggested

WIDTH = 384
Deeds = Mapping[str, Callable[..., object]]
"""What the page does with the line shown: match, other, make, correct, edit, accept, close, open, keep, take, batch, word."""


class WorklistPanel(Panel):
    """`show_line(tab, row)` shows a row of a tab; None shows nothing."""

    def __init__(self, context: AppContext, deeds: Deeds) -> None:
        super().__init__("", width=WIDTH)
        self.context, self._deeds = context, deeds
        self.row: Any = None
        self.tab = ""
        self._by_tab: dict[str, tuple[Button, ...]] = {}
        self.make_button = Button(tr("New SKU…"), deeds["make"], icon="plus")
        self.other_button = Button(tr("Other goods…"), deeds["other"], icon="search")
        self.correct_button = PrimaryButton(tr("Correct it"), deeds["correct"], icon="check")
        self.edit_button = Button(tr("Edit…"), deeds["edit"], icon="edit")
        self.accept_button = Button(tr("Let stand"), deeds["accept"], icon="seal")
        self.open_button = Button(tr("Open the order"), deeds["open"], icon="orders")
        self.close_button = Button(tr("Close one…"), deeds["close"], icon="x-circle", role="danger")
        self.keep_button = Button(tr("Keep ours"), deeds["keep"], icon="check")
        self.take_button = Button(tr("Take the file's"), deeds["take"], icon="file-import")
        self.word_button = PrimaryButton(tr("Say what it means…"), deeds["word"], icon="edit")
        lefts = (self.correct_button, self.edit_button, self.other_button, self.open_button, self.close_button)
        for button in (*lefts, self.keep_button, self.take_button, self.word_button):
            self.add_button(button)
        for button in (self.make_button, self.accept_button):
            self.add_button(button, right=True)
        self._by_tab = {
            "goods": (self.other_button, self.make_button),
            "addresses": (self.correct_button, self.edit_button, self.accept_button),
            "amounts": (self.open_button, self.accept_button),
            "duplicates": (self.close_button, self.accept_button),
            "conflicts": (self.keep_button, self.take_button),
            "held": (self.word_button,),
        }
        self.show_line("", None)

    def show_line(self, tab: str, row: Any) -> None:
        same = row is not None and tab == self.tab and self.row is not None and self.row.id == row.id
        at = self.body.verticalScrollBar().value() if same else 0
        self.tab, self.row = tab, row
        self.setUpdatesEnabled(False)
        self.body.clear()
        for button in {one for buttons in self._by_tab.values() for one in buttons}:
            button.setVisible(False)
        if row is None:
            self._blank()
        else:
            for button in self._by_tab[tab]:
                button.setVisible(True)
            self.accept_button.setText(tr("They are two orders") if tab == "duplicates" else tr("Let stand"))
            show: Mapping[str, Callable[[Any], None]] = {
                "goods": self._goods,
                "addresses": self._address,
                "amounts": self._amount,
                "duplicates": self._duplicate,
                "conflicts": self._conflict,
                "held": self._held,
            }
            show[tab](row)
        self.setUpdatesEnabled(True)
        self.body.verticalScrollBar().setValue(at)

    def _blank(self) -> None:
        self.title.setText("")
        hint = Label(tr("Choose a line to see what is wrong with it."), "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.column.addSpacing(80)
        self.body.column.addWidget(hint)

    def _add(self, widget: QWidget) -> None:
        self.body.column.addWidget(widget)

    # ---- goods

    def _goods(self, row: GoodsRow) -> None:
        goods = row.goods
        self.title.setText(goods_words(goods))
        self.title.setToolTip(formats.plain_tip(goods_words(goods)))
        pills = [PillLabel(term("channel", goods.channel, language()), "info")]
        if goods.waiting_orders:
            words = trn("{n} order waits", "{n} orders wait", goods.waiting_orders)
            pills.append(PillLabel(words, "warn"))
        self._line(pills, goods.ship_by)
        likely = PanelSection(tr("Which goods of yours is this?"))
        likely.column.setSpacing(0)
        if row.suggestions:
            for one in row.suggestions:
                likely.column.addWidget(self._suggestion(one))
            likely.column.addSpacing(4)
            lines = trn("One click matches {n} line, and all to come.", "One click matches {n} lines, and all to come.", goods.lines)
            likely.column.addWidget(Label(lines, "label", wrap=True))
        else:
            words = tr("None of your goods is called anything like it. Search them yourself, or make a new SKU of it.")
            likely.column.addWidget(Label(words, "body2", wrap=True))
        self._add(likely)
        facts = PanelSection(tr("On the platform"))
        facts.column.setSpacing(3)
        facts.column.addWidget(Label(goods.title, "small", wrap=True, copy=True))
        for label, value in (
            (term("field", "properties", language()), goods.properties.replace(";", " ")),
            (tr("Merchant code"), goods.code),
            (term("field", "item_id", language()), goods.item_id),
            (tr("Price"), formats.money(row.price) if row.price is not None else ""),
            (tr("Waiting units"), formats.count(goods.waiting_units)),
        ):
            if value:
                facts.column.addWidget(Fact(label, value))
        self._add(facts)

    def _suggestion(self, one: Suggested) -> ListRow:
        words = goods_name(one.title, one.properties, one.code)
        free = trn("{n} available", "{n} available", one.available)
        return ListRow(
            (
                Part(words, 0, icon="link", tone="text"),
                Part(one.code, 92, "muted", LABEL_SIZE),
                Part(f"{one.score}%", 40, "ok" if one.score >= 85 else "text2", bold=one.score >= 85, right=True),
            ),
            partial(self._deeds["match"], one.sku_id),
            height=36,
            name=tr("It is {goods}, {code}, {n}% alike", goods=words, code=one.code, n=one.score),
            tip="\n".join(part for part in (words, one.code, one.bin, free) if part),
        )

    # ---- addresses

    def _address(self, row: AddressRow) -> None:
        self._order_head(row.number, row.status, row.ship_by)
        self._faults(row.faults)
        self.correct_button.setVisible(bool(row.correction))
        self.edit_button.setVisible(True)
        said = language()
        if row.correction:
            section = PanelSection(tr("Recognised"))
            section.column.setSpacing(6)
            for name, text in row.correction:
                section.column.addWidget(Change(term("field", name, said), str(getattr(row.to, name)), text))
            self._add(section)
        section = PanelSection(tr("As it is"))
        section.column.setSpacing(3)
        for name in ("recipient", "phone", "phone_ext", "tel", "province", "city", "district"):
            value = str(getattr(row.to, name))
            if value or name not in {"phone_ext", "tel"}:
                section.column.addWidget(Fact(term("field", name, said), value or formats.DASH))
        section.column.addWidget(Fact(term("field", "address", said), "" if row.to.address else formats.DASH))
        if row.to.address:
            section.column.addWidget(Label(row.to.address, "body", wrap=True, copy=True))
        self._add(section)
        self._people(row.buyer_nick, row.channel, row.goods)

    # ---- amounts

    def _amount(self, row: AmountRow) -> None:
        self.open_button.setVisible(bool(row.number))
        if row.batch_id is None:
            self._order_head(row.number, row.status, row.ship_by)
        else:
            self.title.setText(row.file)
        self._faults(row.faults)
        if row.batch_id is not None:
            self._file_row(row)
            return
        of = row.amounts
        section = PanelSection(tr("Amounts"))
        section.column.setSpacing(3)
        for label, amount in (
            (term("field", "goods_amount", language()), of.goods),
            (term("field", "discount", language()), None if of.discount is None else -of.discount),
            (term("field", "freight", language()), of.freight),
        ):
            if amount is not None:
                section.column.addWidget(Fact(label, formats.money(amount)))
        if row.expected is not None:
            section.column.addWidget(Fact(tr("Makes"), formats.money(row.expected), tone="text" if row.expected == of.payable else "bad"))
        section.column.addWidget(rule())
        section.column.addWidget(Fact(term("field", "payable", language()), formats.money(of.payable), strong=True))
        over = of.paid is not None and of.payable is not None and of.paid != of.payable
        section.column.addWidget(
            Fact(term("field", "paid", language()), formats.money(of.paid), strong=True, tone="bad" if over else "text")
        )
        if of.refunded or of.asked:
            section.column.addWidget(Fact(tr("Refunded"), formats.money(of.refunded)))
            section.column.addWidget(Fact(tr("After-sales in all"), formats.money(of.asked)))
        self._add(section)
        self._people(row.buyer_nick, row.channel, row.goods)

    def _file_row(self, row: AmountRow) -> None:
        section = PanelSection(tr("In the file"))
        section.column.setSpacing(3)
        facts = [(tr("Row"), formats.count(row.row)), (tr("Column"), row.column), (tr("What stands there"), row.value)]
        facts += [(tr("Imported"), formats.day_time(row.at, self.context.now(), self.context.zone)), (tr("Order no."), row.number)]
        for label, value in facts:
            if value:
                section.column.addWidget(Fact(label, value))
        self._add(section)

    # ---- duplicates

    def _duplicate(self, row: DuplicateRow) -> None:
        self.close_button.setVisible(row.lapsing is not None)
        if row.lapsing is not None:
            self.close_button.setText(tr("Close {number}…", number=formats.tail(row.lapsing.number)))
        self.title.setText(tr("{first} and {second}", first=formats.tail(row.first.number), second=formats.tail(row.second.number)))
        self._line([], row.second.ship_by)
        self._faults((row.code,))
        for words, one, other in ((tr("Placed first"), row.first, row.second), (tr("Placed later"), row.second, row.first)):
            self._add(self._twin(words, one, other))

    def _twin(self, words: str, one: Twin, other: Twin) -> PanelSection:
        """One of the two; what it has otherwise than the other is told in colour."""
        section = PanelSection(words, tr("Open"), partial(self._deeds["open"], one))
        section.column.setSpacing(3)
        head = QHBoxLayout()
        number = Label(one.number, "strong", copy=True)
        head.addWidget(number)
        head.addStretch()
        status = status_of(one.status)
        head.addWidget(PillLabel(status.words, status.tone, glyph=status.glyph, small=False))
        section.column.addLayout(head)
        when = formats.day_time(one.created_at, self.context.now(), self.context.zone)
        said = language()
        for label, value, same in (
            (tr("Ordered"), when, True),
            (tr("Channel"), term("channel", one.channel, said), one.channel == other.channel),
            (tr("Buyer"), one.buyer_nick, one.buyer_nick == other.buyer_nick),
            (term("field", "recipient", said), one.recipient, one.recipient == other.recipient),
            (term("field", "phone", said), one.phone, one.phone == other.phone),
            (tr("Goods"), f"{twin_words(one)} ×{one.quantity}" if one.quantity else twin_words(one), True),
            (term("field", "payable", said), formats.money(one.payable), one.payable == other.payable),
            (term("field", "paid", said), formats.money(one.paid), one.paid == other.paid),
        ):
            section.column.addWidget(Fact(label, value or formats.DASH, tone="text" if same else "warn"))
        section.column.addWidget(Label(one.address, "small", wrap=True, copy=True))
        return section

    # ---- what files said and was not taken over

    def _conflict(self, row: ConflictRow) -> None:
        self._order_head(row.number, row.status, row.ship_by if row.status == "awaiting_shipment" else None)
        put_conflict(self._add, self.context, row, partial(self._deeds["batch"], row.batch_id))
        self.take_button.setEnabled(not row.hindrance)
        self.take_button.setToolTip(formats.plain_tip(why_not(row)))
        self._people(row.buyer_nick, row.channel, row.goods)

    def _held(self, row: HeldRow) -> None:
        self.title.setText(row.value)
        self.title.setToolTip(formats.plain_tip(row.value))
        put_held(self._add, self.context, row, partial(self._deeds["batch"], row.batch_id))

    # ---- what several have in common

    def _order_head(self, number: str, status: str, ship_by: int | None) -> None:
        self.title.setText(formats.middle(number))
        self.title.setToolTip(formats.plain_tip(number))
        shown = status_of(status)
        self._line([PillLabel(shown.words, shown.tone, glyph=shown.glyph)], ship_by)

    def _line(self, pills: Sequence[PillLabel], ship_by: int | None) -> None:
        """Pills at the left, what is left of the time at the right."""
        if not pills and ship_by is None:
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        for pill in pills:
            row.addWidget(pill)
        row.addStretch()
        if ship_by is not None:
            left = ship_by - self.context.now()
            tone = "bad" if left < 0 else left_tone(left)
            row.addWidget(IconLabel("clock", tone, 14))
            words = tr("late since {time}", time=formats.day_time(ship_by, self.context.now(), self.context.zone))
            row.addWidget(
                Label(words if left < 0 else tr("{time} left", time=formats.span(left)), tone if tone in {"warn", "bad"} else "muted")
            )
        self.body.column.addLayout(row)
        self.body.column.addSpacing(10)

    def _faults(self, codes: Sequence[str]) -> None:
        """Each with what it means, and with what can be done where that is not plain."""
        said = language()
        remedies = terms()["mend_remedy"]
        for code in codes:
            more = [term("mend_meaning", code, said), *([term("mend_remedy", code, said)] if code in remedies else [])]
            self._add(Band("bad" if code in GRAVE else "warn", term("mend", code, said), ("" if said == "zh" else " ").join(more)))
            self.body.column.addSpacing(8)

    def _people(self, buyer: str, channel: str, goods: str) -> None:
        section = PanelSection(tr("Order"), tr("Open"), self._deeds["open"])
        section.column.setSpacing(3)
        section.column.addWidget(Fact(tr("Buyer"), buyer or formats.DASH))
        section.column.addWidget(Fact(tr("Channel"), term("channel", channel, language())))
        section.column.addWidget(Fact(tr("Goods"), goods or tr("Goods not known yet")))
        self._add(section)


class Change(QFrame):
    """Old → new of one field: its name, what stands there struck through, and under it what it becomes on the colour of changes."""

    def __init__(self, label: str, old: str, new: str) -> None:
        super().__init__()
        self.setAccessibleName(tr("{field}: {old} becomes {new}", field=label, old=old or formats.DASH, new=new or formats.DASH))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        name = Label(label, "label")
        name.setFixedWidth(60)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        values = QVBoxLayout()
        values.setSpacing(2)
        before = Label(old or tr("empty"), "muted", wrap=True)
        if old:
            face = before.font()
            face.setStrikeOut(True)
            before.setFont(face)
        values.addWidget(before)
        after = QHBoxLayout()
        after.setSpacing(6)
        after.addWidget(IconLabel("arrow-right", "accent", 14), 0, Qt.AlignmentFlag.AlignVCenter)
        after.addWidget(Label(new or tr("empty"), "strong", wrap=True, copy=True), 1)
        values.addLayout(after)
        row.addLayout(values, 1)
