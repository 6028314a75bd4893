"""The lines of an order in the refund dialog: how many units, what they bring back, and what becomes of goods that return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import tr
from desktop.theme import LABEL_SIZE
from desktop.views.widgets.buttons import Combo, LinkButton
from desktop.views.widgets.labels import Elided, Label, MoneyLabel
from desktop.views.widgets.panel import empty_layout
from desktop.views.widgets.stepper import Stepper
from services.queries.goods_name import goods_name

if TYPE_CHECKING:
    from services.queries.case_card import CaseLine, OrderForRefund

RESTOCK, DAMAGED, NOTHING = "restock", "damaged", "nothing"
RETURN = "return_and_refund"
UNSENT = frozenset({"awaiting_payment", "awaiting_shipment"})


class _Line:
    """One line's widgets and how many of it may be chosen for each kind."""

    def __init__(self, line: CaseLine, unsent: bool) -> None:
        self.line = line
        only = min(line.units_left, line.quantity - line.shipped - line.cancelled) if unsent else line.units_left
        self.most = {"refund_only": max(0, only), RETURN: max(0, min(line.units_left, line.shipped))}
        name = goods_name(line.title, line.properties, line.code) or formats.DASH
        self.name = name
        self.units = Stepper(name, self.most["refund_only"])
        self.amount = MoneyLabel(0, "body")
        self.amount.setMinimumWidth(84)
        self.fate = Combo(
            [(RESTOCK, tr("Good: back on the shelf")), (DAMAGED, tr("Damaged: written off")), (NOTHING, tr("Did not come back"))],
            tr("What becomes of {goods}", goods=name),
        )


class RefundLines(QWidget):
    """`units()` are (line id, units) of those chosen; `changed` when any of it was changed by hand."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.lines: list[_Line] = []
        self._kind = "refund_only"
        self._quiet = False

    def set_lines(self, card: OrderForRefund) -> None:
        """Show an order's lines; one that may be given back as a whole is chosen where there is nothing to decide."""
        empty_layout(self._column)
        unsent = card.order.status in UNSENT
        self.lines = [_Line(line, unsent) for line in card.lines]
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        heads = (
            (0, tr("Goods"), False),
            (1, tr("Paid"), True),
            (2, tr("May be given back"), True),
            (3, tr("Units"), False),
            (4, tr("Refund"), True),
        )
        for place, words, right in heads:
            head = Label(words, "label")
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignHCenter if place == 3 else Qt.AlignmentFlag.AlignLeft
            head.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(head, 0, place)
        self._fate_head = Label(tr("Goods that come back"), "label")
        grid.addWidget(self._fate_head, 0, 5)
        for number, one in enumerate(self.lines):
            self._add(grid, number, one)
        self._column.addLayout(grid)
        if len(self.lines) > 1 or any(one.line.units_left > 1 for one in self.lines):
            self.everything = LinkButton(tr("All of it"), self.choose_all)
            self._column.addWidget(self.everything, 0, Qt.AlignmentFlag.AlignLeft)
        self._quiet = True
        if unsent or (len(self.lines) == 1 and self.lines[0].line.units_left == 1):
            self.choose_all()
        self._quiet = False

    def _add(self, grid: QGridLayout, number: int, one: _Line) -> None:
        line, row = one.line, 1 + number * 2
        grid.addWidget(Elided(one.name), row, 0)
        facts = [line.code, f"{formats.money(line.price)} × {line.quantity}"]
        if line.quantity - line.units_left:
            facts.append(tr("{n} in earlier cases", n=line.quantity - line.units_left))
        grid.addWidget(Elided("   ".join(part for part in facts if part), "muted", LABEL_SIZE), row + 1, 0, 1, 3)
        grid.addWidget(MoneyLabel(line.paid, "body2"), row, 1)
        grid.addWidget(MoneyLabel(line.ceiling, "body2"), row, 2)
        grid.addWidget(one.units, row, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(one.amount, row, 4)
        grid.addWidget(one.fate, row, 5, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        one.units.changed.connect(lambda _n: self._tell())
        one.fate.currentIndexChanged.connect(lambda _place: self._tell_fates())

    def set_kind(self, kind: str) -> None:
        """A return takes only what was sent, and asks what becomes of it."""
        self._kind = kind
        self._quiet = True
        for one in self.lines:
            one.units.set_most(one.most[kind])
        self._quiet = False
        self._tell_fates()

    def choose_all(self) -> None:
        for one in self.lines:
            one.units.set(one.most[self._kind])

    def first_field(self) -> QWidget | None:
        return next((one.units.box for one in self.lines if one.units.isEnabled()), None)

    def units(self) -> tuple[tuple[int, int], ...]:
        return tuple((one.line.id, one.units.value) for one in self.lines if one.units.value)

    def show_amounts(self, amounts: dict[int, int]) -> None:
        """What the services propose for each line, fen."""
        for one in self.lines:
            one.amount.set(amounts.get(one.line.id, 0))

    def command_lines(self) -> tuple[Any, ...]:
        """RefundLine of each line chosen."""
        from services.commands.aftersales import RefundLine

        found = []
        for one in self.lines:
            units = one.units.value
            if units:
                fate = one.fate.currentData() if self._kind == RETURN else NOTHING
                found.append(RefundLine(one.line.id, units, units if fate == RESTOCK else 0, units if fate == DAMAGED else 0))
        return tuple(found)

    def _tell(self) -> None:
        self._tell_fates()
        if not self._quiet:
            self.changed.emit()

    def _tell_fates(self) -> None:
        back = self._kind == RETURN
        if self.lines:
            self._fate_head.setVisible(back)
        for one in self.lines:
            one.fate.setVisible(back)
            one.fate.setEnabled(one.units.value > 0)
