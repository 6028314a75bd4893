"""What buyers of each tier pay less in orders made by hand: one small field of percent a tier."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from desktop.i18n import language, tr
from desktop.views.widgets.labels import Label
from services.words import term, terms

MOST, COLUMNS = 90, 3


class TierDiscounts(QWidget):
    """`values()` of the tiers that have a discount, {tier: percent}; `changed` at each step."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        self.boxes: dict[str, QSpinBox] = {}
        for place, tier in enumerate(terms()["tier"]):
            row, column = divmod(place, COLUMNS)
            box = QSpinBox()
            box.setRange(0, MOST)
            box.setSuffix(" %")
            box.setFixedWidth(68)
            box.lineEdit().setTextMargins(9, 0, 0, 0)  # the style sheet's padding does not reach into a spin box
            box.setAlignment(Qt.AlignmentFlag.AlignLeft)
            box.valueChanged.connect(lambda _percent: self.changed.emit())
            words = term("tier", tier, language())
            box.setAccessibleName(words)
            label = Label(words, "body2")
            label.setBuddy(box)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(box, row, 2 * column + 1)
            self.boxes[tier] = box
        row, column = divmod(len(self.boxes), COLUMNS)
        grid.addWidget(Label(tr("off prices in orders made by hand"), "label", wrap=True), row, 2 * column, 1, 3)
        grid.setColumnStretch(2 * COLUMNS, 1)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def values(self) -> dict[str, int]:
        return {tier: box.value() for tier, box in self.boxes.items() if box.value()}

    def set_values(self, values: Mapping[str, int]) -> None:
        for tier, box in self.boxes.items():
            box.setValue(int(values.get(tier, 0)))
