"""Which order? A number typed or scanned, then on to what is to be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.errors import error_words
from desktop.i18n import tr
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task


class AskOrderDialog(DialogBase):
    """`found(order id)` once the number is an order's. Enter, as a scanner sends it, is enough."""

    def __init__(self, parent: QWidget, context: AppContext, title: str, found: Callable[[int], object]) -> None:
        super().__init__(parent, title, verb=tr("Go on"), width=480)
        self.context, self._found = context, found
        self._task: Task | None = None
        self.number = QLineEdit()
        self.number.setMaxLength(60)
        self.number.setPlaceholderText(tr("Type or scan"))
        self.number.textChanged.connect(lambda _text: self._tell())
        self.number.returnPressed.connect(self._press)
        self.column.addWidget(FormRow(tr("Order no."), self.number))
        self.number.setFocus()
        self._tell()

    def _tell(self) -> None:
        typed = bool(self.number.text().strip())
        self.set_verb(tr("Go on") if typed else tr("Type the order number"), enabled=typed)

    def submit(self) -> None:
        from services.queries.order_numbers import FindNumber

        text = self.number.text().strip()
        if not text:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(FindNumber(text))
        self._task.then(self._take, self._not_found)

    def _take(self, found: Any) -> None:
        self.accept()
        self._found(found.order_id)

    def _not_found(self, error: Exception) -> None:
        self.refuse(error_words(error))
        self.number.selectAll()
