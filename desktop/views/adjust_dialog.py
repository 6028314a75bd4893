"""Setting a SKU's stock right: counted, or broken. The difference and what it does are shown before it is booked; a reason is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import tr, trn
from desktop.models.stock_columns import goods_words
from desktop.views.edit_dialog import Reason
from desktop.views.widgets.buttons import Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band, Fact, empty_layout
from services.errors import Conflict

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.stock_rows import StockRow

MOST = 9_999_999
COUNT, DAMAGE = "adjustment", "damage"


class AdjustDialog(DialogBase):
    """For one SKU as the page shows it. `submit` books one AdjustStock."""

    def __init__(self, parent: QWidget, context: AppContext, row: StockRow) -> None:
        title = goods_words(row)
        super().__init__(
            parent,
            tr("Count or write off"),
            f"{row.code}  {title}" if title != row.code else row.code,
            verb=tr("Book"),
            note=tr("Stays in the audit trail for good"),
            width=560,
        )
        self.context, self.row = context, row
        self.kind = Segments([(COUNT, tr("Counted")), (DAMAGE, tr("Broken or lost"))], tr("What happened"))
        self.kind.chosen.connect(lambda _kind: self._change_kind())
        self.column.addWidget(FormRow(tr("What"), self.kind))
        self.in_books = Fact(tr("On hand in the books"), formats.count(row.on_hand))
        self.column.addWidget(self.in_books)
        self.units = QLineEdit()
        self.units.setValidator(QIntValidator(0, MOST, self.units))
        self.units.textChanged.connect(lambda _text: self.tell())
        self._unit_row = FormRow(tr("Counted"), self.units)
        self._word = self._unit_row.findChildren(Label)[0]
        self.column.addWidget(self._unit_row)
        self.difference = Fact(tr("Difference"), formats.DASH, strong=True)
        self.column.addWidget(self.difference)
        self.bands = QVBoxLayout()
        self.column.addLayout(self.bands)
        self.reason = Reason((), self.tell)
        self.column.addWidget(self.reason)
        self._change_kind()

    def _change_kind(self) -> None:
        counted = self.kind.value == COUNT
        self._word.setText(tr("Counted") if counted else tr("Units gone"))
        self.units.setAccessibleName(self._word.text())
        usual = (
            (tr("Stocktake"), tr("Found again"), tr("Wrong receipt"), tr("Other"))
            if counted
            else (tr("Broken"), tr("Past its date"), tr("Lost"), tr("Sample or gift"), tr("Other"))
        )
        choice = self.reason.choice
        choice.blockSignals(True)
        while choice.count() > 1:
            choice.removeItem(1)
        for words in usual:
            choice.addItem(words, words)
        choice.setCurrentIndex(0)
        choice.blockSignals(False)
        choice.setMinimumWidth(choice.sizeHint().width())
        self.units.setFocus()
        self.tell()

    def counted(self) -> int | None:
        """On hand after it; None while nothing that can be booked was typed."""
        text = self.units.text().strip()
        if not text.isascii() or not text.isdigit():
            return None
        given = int(text)
        left = given if self.kind.value == COUNT else self.row.on_hand - given
        return left if 0 <= left <= MOST else None

    def tell(self) -> None:
        """Show the difference, what it does to orders, and what is missing."""
        counted = self.counted()
        empty_layout(self.bands)
        if counted is None:
            self.difference.value.setText(formats.DASH)
            too_many = self.kind.value == DAMAGE and self.units.text().strip().isdigit()
            self.set_verb(tr("Only {n} are there", n=formats.count(self.row.on_hand)) if too_many else tr("Type how many"), enabled=False)
            return
        delta = counted - self.row.on_hand
        self.difference.value.setText(f"{formats.count(self.row.on_hand)} → {formats.count(counted)}   {formats.change(delta)}")
        missing = self.row.reserved - counted
        if missing > 0:
            words = trn("{n} unit set aside for orders will be missing", "{n} units set aside for orders will be missing", missing)
            self.bands.addWidget(Band("warn", words, tr("The orders with the latest deadlines go short.")))
        elif delta > 0 and self.row.shortage:
            self.bands.addWidget(Band("ok", tr("Orders that wait get them first, by deadline.")))
        if delta == 0 and self.row.begun:
            self.set_verb(tr("No difference: nothing to book"), enabled=False)
        elif not self.reason.text():
            self.set_verb(tr("Say why"), enabled=False)
        else:
            self.set_verb(tr("Book {change}", change=formats.change(delta)))

    def submit(self) -> None:
        counted = self.counted()
        if counted is None:
            return
        from services.commands.stock import AdjustStock

        self.set_busy(True)
        self.context.runner.change(
            AdjustStock(self.row.id, counted, str(self.kind.value), self.row.on_hand), reason=self.reason.text()
        ).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        self.context.notify(
            tr("{goods}: {change} booked", goods=self.row.title or self.row.code, change=formats.change(int(outcome.value)))
        )
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        if isinstance(error, Conflict):
            self.refuse(error_words(error), "", tr("Look again"), self._look_again)
        else:
            self.refuse(error_words(error))

    def _look_again(self) -> None:
        """The books as they are now; what was typed stays."""
        from services.queries.stock_rows import StockRows

        self.context.runner.query(StockRows((self.row.id,))).then(self._take, self._failed)

    def _take(self, rows: tuple[StockRow, ...]) -> None:
        if rows:
            self.row = rows[0]
            self.in_books.value.setText(formats.count(self.row.on_hand))
        self.refuse("")
        self.tell()
