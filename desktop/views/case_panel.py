"""The detail of one after-sale case: why this much, how far from the ceilings, what happened; refuse, withdraw, refund."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.models.case_columns import status_of, waited_tone
from desktop.models.delegates import advance, baseline, elided
from desktop.theme import BODY_SIZE, CARD_RADIUS, LABEL_SIZE, TITLE_SIZE, colour, font, theme
from desktop.views.widgets.buttons import DANGER, Button, PrimaryButton, QuietButton
from desktop.views.widgets.ceiling_bar import CeilingBar
from desktop.views.widgets.labels import Elided, IconLabel, IconTile, Label, PillLabel, rule
from desktop.views.widgets.panel import Panel, PanelSection
from desktop.views.widgets.timeline import Event, Timeline
from services.queries.goods_name import goods_name
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.case_card import Case

WIDTH = 384
MOST_EVENTS = 20
Deeds = Mapping[str, Callable[[], object]]
"""What the page can do with the case shown: refund, refuse, withdraw, order."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the tree: `level` 1 or 2, words, amount in fen, a muted second line, the last of its level."""

    level: int
    words: str
    amount: int
    why: str = ""
    last: bool = False


def branches_of(case: Case) -> list[Branch]:
    """Where the amount comes from: goods with their price and their share of discounts, then the freight. Sums to the amount."""
    row = case.row
    goods = row.amount - row.freight
    found: list[Branch] = []
    mine = [line for line in case.refund.lines if line.amount or line.units]
    has_freight = bool(case.refund.order.freight) or bool(row.freight)
    if goods or not has_freight:
        found.append(Branch(1, tr("Goods"), goods, last=not has_freight))
    for line in mine:
        name = goods_name(line.title, line.properties, line.code)
        if not line.units:
            found.append(Branch(2, name, line.amount, tr("an amount without goods")))
            continue
        plain = line.price * line.units
        found.append(Branch(2, f"{name} × {line.units}", plain, f"{formats.money(line.price)} × {line.units}"))
        if line.amount != plain:
            why = tr("its share of discounts and what was given back before") if line.amount < plain else tr("more than its price")
            found.append(Branch(2, tr("To what was paid for it"), line.amount - plain, why))
    if has_freight:
        all_freight = case.refund.order.freight or 0
        kept = "" if row.freight else tr("not given back")
        found.append(Branch(1, tr("Freight {amount}", amount=formats.money(all_freight)), row.freight, kept, last=True))
    return found


class AmountTree(QWidget):
    """The total in a raised box; under it the branches on hairline elbows, their amounts in one column."""

    HEAD, LINE, WHY = 46, 27, 17

    def __init__(self, words: str, total: int, branches: list[Branch]) -> None:
        super().__init__()
        self._words, self._total, self._branches = words, total, branches
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.HEAD + 4 + sum(self._height(one) for one in branches))
        told = [f"{words} {formats.money(total)}", *(f"{one.words} {formats.money(one.amount)} {one.why}".strip() for one in branches)]
        self.setAccessibleName("; ".join(told))
        self.setToolTip(formats.plain_tip("\n".join(told)))

    def sizeHint(self) -> QSize:
        return QSize(280, self.height())

    def _height(self, one: Branch) -> int:
        return self.LINE + (self.WHY if one.why else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.raised))
        painter.drawRoundedRect(0, 0, self.width(), self.HEAD - 4, CARD_RADIUS, CARD_RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._text(painter, 14, 0, self.HEAD - 4, self._words, t.text, BODY_SIZE, bold=True)
        self._right(painter, 0, self.HEAD - 4, formats.money(self._total), t.text, TITLE_SIZE, bold=True)
        y = self.HEAD
        trunk, twig = self.HEAD - 4, y
        line = colour(t.line2)
        for place, one in enumerate(self._branches):
            middle = y + self.LINE // 2
            x = 12 if one.level == 1 else 34
            painter.fillRect(x, middle, 10, 1, line)
            if one.level == 1:
                painter.fillRect(12, trunk, 1, middle - trunk + 1, line)
                trunk = twig = middle
            else:
                painter.fillRect(34, twig, 1, middle - twig + 1, line)
                twig = middle
            ink = t.text if one.level == 1 else t.text2
            amount = formats.money(one.amount)
            room = self.width() - x - 16 - 14 - advance(amount, BODY_SIZE) - 12
            self._text(painter, x + 16, y, self.LINE, elided(one.words, int(room), BODY_SIZE), ink, BODY_SIZE)
            self._right(painter, y, self.LINE, amount, ink if one.amount else t.muted, BODY_SIZE)
            if one.why:
                self._text(
                    painter, x + 16, y + self.LINE - 5, self.WHY, elided(one.why, self.width() - x - 30, LABEL_SIZE), t.muted, LABEL_SIZE
                )
            y += self._height(one)
            if one.level == 1 and place + 1 < len(self._branches) and self._branches[place + 1].level == 2:
                twig = middle + 8

    @staticmethod
    def _text(painter: QPainter, x: float, y: float, height: int, words: str, ink: str, size: int, bold: bool = False) -> None:
        painter.setFont(font(size, bold))
        painter.setPen(colour(ink))
        painter.drawText(QPointF(x, y + baseline(height, size, bold)), words)

    def _right(self, painter: QPainter, y: float, height: int, words: str, ink: str, size: int, bold: bool = False) -> None:
        self._text(painter, self.width() - 14 - advance(words, size, bold), y, height, words, ink, size, bold)


class CasePanel(Panel):
    """`show_case(id)` reads and shows it; −1 shows nothing."""

    def __init__(self, context: AppContext, deeds: Deeds) -> None:
        super().__init__(tr("After-sale"), width=WIDTH)
        self.context, self.deeds = context, deeds
        self.case: Case | None = None
        self._id = -1
        self._task: Task | None = None
        self._order = QuietButton(icon="orders", name=tr("See the order"), run=deeds["order"])
        self.tools.addWidget(self._order)
        self.refuse_button = Button(tr("Refuse"), deeds["refuse"], role=DANGER)
        self.withdraw_button = Button(tr("Withdrawn"), deeds["withdraw"])
        self.refund_button = PrimaryButton(tr("Refund"), deeds["refund"])
        self.add_button(self.refuse_button)
        self.add_button(self.withdraw_button)
        self.add_button(self.refund_button, right=True)
        self._blank()

    def show_case(self, case_id: int) -> None:
        """Read the case; what is on the screen stays until the answer comes."""
        if self._task is not None:
            self._task.cancel()
        self._id = case_id
        if case_id < 0:
            self._blank()
            return
        from services.queries.case_card import CaseCard

        self._task = self.context.runner.query(CaseCard(case_id))
        self._task.then(self._show, self._gone)

    def reload(self) -> None:
        if self._id >= 0:
            self.show_case(self._id)

    def _gone(self, _error: Exception) -> None:
        self._blank()

    def _blank(self) -> None:
        self.case = None
        self.title.setText("")
        self.body.clear()
        for button in (self._order, self.refuse_button, self.withdraw_button, self.refund_button):
            button.setVisible(False)
        hint = Label(tr("Choose a case to see it here."), "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.column.addSpacing(80)
        self.body.column.addWidget(hint)

    def _show(self, case: Case) -> None:
        same = self.case is not None and self.case.row.id == case.row.id
        at = self.body.verticalScrollBar().value() if same else 0
        self.case = case
        row = case.row
        self.title.setText(row.label)
        self._order.setVisible(True)
        for button in (self.refuse_button, self.withdraw_button, self.refund_button):
            button.setVisible(row.open)
        self.refund_button.setText(tr("Refund {amount}", amount=formats.money(row.amount)))
        self.setUpdatesEnabled(False)
        self.body.clear()
        self._state(case)
        self._goods(case)
        self._reason(case)
        section = PanelSection(tr("Why this much"))
        total = tr("To be given back") if row.open else tr("Given back") if row.state == "refunded" else tr("Asked for")
        section.column.addWidget(AmountTree(total, row.amount, branches_of(case)))
        self.body.column.addWidget(section)
        self.body.column.addWidget(rule())
        self._ceilings(case)
        self._life(case)
        self.setUpdatesEnabled(True)
        self.body.verticalScrollBar().setValue(at)

    # ---- the sections

    def _state(self, case: Case) -> None:
        row, said = case.row, language()
        line = QHBoxLayout()
        line.setSpacing(8)
        status = status_of(row.state)
        line.addWidget(PillLabel(status.words, status.tone, glyph=status.glyph))
        line.addWidget(PillLabel(term("case_kind", row.kind, said), "info"))
        line.addStretch()
        if row.open:
            waited = self.context.now() - row.requested_at
            tone = waited_tone(waited)
            line.addWidget(IconLabel("clock", tone, 14))
            words = Elided(tr("waits {time}", time=formats.span(waited)), tone)
            words.setFixedWidth(words.sizeHint().width())
            line.addWidget(words)
        self.body.column.addLayout(line)
        self.body.column.addSpacing(12)

    def _goods(self, case: Case) -> None:
        row, order = case.row, case.refund.order
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(IconTile("parcel", "muted", 40))
        words = QVBoxLayout()
        words.setSpacing(1)
        title = Elided((row.goods or order.goods_summary or formats.DASH) + (f" +{row.more}" if row.more else ""))
        words.addWidget(title)
        bought = sum(one.quantity for one in case.refund.lines if one.units or one.amount)
        units = trn("{n} of {all} unit", "{n} of {all} units", row.units, all=bought) if row.units else tr("no goods")
        facts = [units, tr("Order {number}", number=formats.tail(order.number)), order.buyer]
        words.addWidget(Elided(("·" if language() == "zh" else " · ").join(part for part in facts if part), "muted", LABEL_SIZE))
        line.addLayout(words, 1)
        self.body.column.addLayout(line)
        self.body.column.addSpacing(10)

    def _reason(self, case: Case) -> None:
        row = case.row
        if not row.reason and not row.fault:
            return
        box = QFrame()
        box.setProperty("box", "quiet")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(2)
        if row.reason:
            inside.addWidget(Label(row.reason, wrap=True, copy=True))
        if row.fault:
            inside.addWidget(Label(tr("Fault: {who}", who=term("fault", row.fault, language())), "label", wrap=True))
        self.body.column.addWidget(box)

    def _ceilings(self, case: Case) -> None:
        row = case.row
        held = row.amount if row.open or row.state == "refunded" else 0
        section = PanelSection(tr("This / ceiling"))
        mine = [line for line in case.refund.lines if line.amount]
        bars = []
        for line in mine[:4]:
            name = tr("This line") if len(mine) == 1 else goods_name(line.title, line.properties, line.code)
            bars.append((name, line.amount, line.ceiling + (line.amount if held else 0)))
        bars.append((tr("Whole order"), row.amount, case.refund.ceiling + held))
        wide = CeilingBar.wanted_width(*(name for name, _this, _most in bars))
        for name, this, most in bars:
            section.column.addWidget(CeilingBar(name, this, most, wide))
        self.body.column.addWidget(section)

    def _life(self, case: Case) -> None:
        section = PanelSection(tr("Timeline"), tr("Full audit"), partial(self.context.go, "audit", number=case.refund.order.number))
        now, zone = self.context.now(), self.context.zone
        row, order, said = case.row, case.refund.order, language()
        moments: list[tuple[int, str, str]] = []
        if row.ended_at is not None:
            moments.append(
                (row.ended_at, term("case_state", row.state, said), formats.money(row.amount) if row.state == "refunded" else "")
            )
        moments.append((row.requested_at, tr("Asked for {amount}", amount=formats.money(row.amount)), row.reason))
        for at, words in (
            (order.shipped_at, term("status", "shipped", said)),
            (order.paid_at, tr("Paid {amount}", amount=formats.money(order.paid))),
        ):
            if at is not None:
                moments.append((at, words, ""))
        moments.sort(key=lambda one: -one[0])
        events = [Event(words, formats.day_time(at, now, zone), more, formats.full_time(at, zone)) for at, words, more in moments]
        section.column.addWidget(Timeline(events[:MOST_EVENTS]))
        self.body.column.addWidget(section)
