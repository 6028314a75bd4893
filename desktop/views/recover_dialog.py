"""The way back for an owner who forgot the PIN: the printed code, and a new PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import error_words
from desktop.i18n import tr
from desktop.views.lock_window import SecretField
from desktop.views.recovery_code import RecoveryCode
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import empty_layout

if TYPE_CHECKING:
    from desktop.context import AppContext

LABEL_WIDTH = 130


class RecoverDialog(DialogBase):
    """`recovered` once the new PIN holds; the new code stays until the dialog is left."""

    recovered = Signal()

    def __init__(self, parent: QWidget, context: AppContext, name: str) -> None:
        super().__init__(parent, tr("Recover the PIN"), name, verb=tr("Set the new PIN"), width=560)
        self.context, self._name = context, name
        self.column.addWidget(
            Label(
                tr("With the recovery code that was printed when the PIN was set. Others than owners get a new PIN from the owner."),
                "body2",
                wrap=True,
            )
        )
        self.code = SecretField(tr("Recovery code"), pin=False)
        self.pin, self.again = SecretField(tr("New PIN")), SecretField(tr("Once more"))
        for words, field in ((tr("Recovery code"), self.code), (tr("New PIN"), self.pin), (tr("Once more"), self.again)):
            field.setPlaceholderText("")
            field.textChanged.connect(lambda _text: self._tell())
            self.column.addWidget(FormRow(words, field, label_width=LABEL_WIDTH))
        self._tell()
        self.code.setFocus()

    def _tell(self) -> None:
        if not self.code.text().strip():
            self.set_verb(tr("The code is missing"), enabled=False)
        elif len(self.pin.text()) < 4:
            self.set_verb(tr("The PIN has 4 to 12 digits"), enabled=False)
        elif self.pin.text() != self.again.text():
            self.set_verb(tr("The two PINs differ"), enabled=False)
        else:
            self.set_verb(tr("Set the new PIN"))

    def submit(self) -> None:
        from services.commands.people import RecoverPin

        self.set_busy(True)
        self.context.runner.change(RecoverPin(self._name, self.code.text(), self.pin.text())).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        self.set_busy(False)
        if outcome.value is None:
            self.refuse(tr("This code is not the newest one; nothing was changed."))
            return
        for field in (self.code, self.pin, self.again):
            field.clear()
        empty_layout(self.column)
        self.column.addWidget(RecoveryCode(self.context, self._name, outcome.value.recovery))
        self.verb_button.hide()
        self.cancel_button.setText(tr("Close"))
        self.recovered.emit()
        self.fit()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.refuse(error_words(error))
