"""A SKU of ours made out of what a platform calls it: code, name, options, price; matched at once, without stock until something comes in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.errors import error_words
from desktop.i18n import tr, trn
from desktop.models.stock_columns import goods_words
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label
from services.money import parse_amount, write_amount

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.worklists.goods import GoodsRow

MOST_OF_A_CODE, MOST_OF_A_TITLE = 64, 200
LABEL_WIDTH = 96


class SkuDialog(DialogBase):
    """`rows` are platform goods that are all this one SKU; the words of the first are proposed."""

    def __init__(self, parent: QWidget, context: AppContext, rows: Sequence[GoodsRow]) -> None:
        lines = sum(row.goods.lines for row in rows)
        super().__init__(
            parent,
            tr("New SKU"),
            trn("Matched at once: {n} order line, and all to come", "Matched at once: {n} order lines, and all to come", lines),
            verb=tr("Make the SKU"),
            note=tr("Its stock begins with the first receipt or count."),
            width=640,
        )
        self.context, self.rows = context, tuple(rows)
        first = self.rows[0]
        self.column.addWidget(Label(goods_words(first.goods), "strong", wrap=True))
        self.code = self._field(first.goods.code, MOST_OF_A_CODE)
        self.name = self._field(first.goods.title, MOST_OF_A_TITLE)
        self.options = self._field(first.goods.properties, MOST_OF_A_TITLE)
        self.price = self._field(write_amount(first.price) if first.price is not None else "", 12)
        for label, field in (
            (tr("Merchant code"), self.code),
            (tr("Name"), self.name),
            (tr("Options"), self.options),
            (tr("Price"), self.price),
        ):
            self.column.addWidget(FormRow(label, field, label_width=LABEL_WIDTH))
        (self.name if first.goods.code else self.code).setFocus()
        self._tell()

    def _field(self, text: str, most: int) -> QLineEdit:
        field = QLineEdit(text)
        field.setMaxLength(most)
        field.setCursorPosition(0)
        field.textChanged.connect(lambda _text: self._tell())
        return field

    def _tell(self) -> None:
        if not self.code.text().strip():
            self.set_verb(tr("It needs a code"), enabled=False)
        elif not self._price_fits():
            self.set_verb(tr("The amount is none"), enabled=False)
        else:
            self.set_verb(tr("Make {code}", code=self.code.text().strip()))

    def _price_fits(self) -> bool:
        if not self.price.text().strip():
            return True
        try:
            return parse_amount(self.price.text()) >= 0
        except ValueError:
            return False

    def submit(self) -> None:
        from services.commands.mending import MakeSku

        price = parse_amount(self.price.text()) if self.price.text().strip() else None
        self.set_busy(True)
        ids = tuple(row.id for row in self.rows)
        command = MakeSku(ids, self.code.text().strip(), self.name.text(), self.options.text(), price)
        self.context.runner.change(command).then(self._done, self._failed)

    def _done(self, _outcome: Any) -> None:
        self.context.notify(tr("Made {code}; the goods are matched", code=self.code.text().strip()))
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self._tell()
        self.refuse(error_words(error))
