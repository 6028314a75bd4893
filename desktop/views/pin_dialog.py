"""A PIN for somebody: new here, or anew. What follows an owner's PIN is the recovery code, shown once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.lock_window import SecretField
from desktop.views.recovery_code import RecoveryCode
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import empty_layout
from services.words import say, term

if TYPE_CHECKING:
    from desktop.context import AppContext

WIDTH, LABEL_WIDTH = 560, 130


def role_name(role: str) -> str:
    return term("role", role, language())


class PinDialog(DialogBase):
    """Its fields, the form of a PIN, and the code at the end. `command()` is what the verb performs."""

    def __init__(self, parent: QWidget, context: AppContext, title: str, sub: str, verb: str) -> None:
        super().__init__(parent, title, sub, verb=verb, note=tr("Never on record: only that it was set"), width=WIDTH)
        self.context, self._verb = context, verb
        self.who = sub
        self.pin, self.again = SecretField(tr("New PIN")), SecretField(tr("Once more"))

    def add_fields(self, *fields: tuple[str, QWidget]) -> None:
        for words, field in fields:
            if isinstance(field, QLineEdit):
                field.setPlaceholderText("")
                field.setAccessibleName(words)
                field.textChanged.connect(lambda _text: self.tell())
            self.column.addWidget(FormRow(words, field, label_width=LABEL_WIDTH))
        self.tell()

    def missing(self) -> str:
        """What is still to be filled in before the PIN; '' for nothing."""
        return ""

    def tell(self) -> None:
        if words := self.missing():
            self.set_verb(words, enabled=False)
        elif len(self.pin.text()) < 4:
            self.set_verb(tr("The PIN has 4 to 12 digits"), enabled=False)
        elif self.pin.text() != self.again.text():
            self.set_verb(tr("The two PINs differ"), enabled=False)
        else:
            self.set_verb(self._verb)

    def command(self) -> Any:
        raise RuntimeError

    def submit(self) -> None:
        self.set_busy(True)
        self.context.runner.change(self.command()).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        self.set_busy(False)
        value = outcome.value
        if value.wrong:
            code = "pin_wait" if value.wait else "pin_wrong"
            self.refuse(say(code, language(), wrong=value.wrong, seconds=-(-value.wait // 1000)))
            return
        for field in self.findChildren(SecretField):
            field.clear()
        if value.recovery:
            self.show_recovery(self.who, value.recovery)
        else:
            self.accept()

    def show_recovery(self, name: str, code: str) -> None:
        """In place of the fields; leaving is all that is left to do."""
        empty_layout(self.column)
        self.column.addWidget(RecoveryCode(self.context, name, code))
        self.verb_button.hide()
        self.verb_key.setEnabled(False)
        self.cancel_button.setText(tr("Kept, close"))
        self.fit()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        self.refuse(error_words(error))


class NewPersonDialog(PinDialog):
    """The first one is the owner, and is told what the first PIN means."""

    def __init__(self, parent: QWidget, context: AppContext, roles: Sequence[str], *, first: bool) -> None:
        super().__init__(parent, context, tr("Add somebody"), "", tr("Add"))
        self.name = QLineEdit()
        self.name.setMaxLength(20)
        self.role = Combo([(role, role_name(role)) for role in roles], tr("Role"))
        self.role.choose("owner" if first else "clerk")
        self.role.setEnabled(not first)
        if first:
            words = tr("With this PIN the shop is locked from now on: nobody opens it without one. The recovery code comes next; keep it.")
            self.column.addWidget(Label(words, "body2", wrap=True))
        self.add_fields(
            (tr("The person's name"), self.name), (tr("Role"), self.role), (tr("New PIN"), self.pin), (tr("Once more"), self.again)
        )
        self.name.setFocus()

    def missing(self) -> str:
        return "" if self.name.text().strip() else tr("The name is missing")

    def command(self) -> Any:
        from services.commands.people import AddPerson

        self.who = self.name.text().strip()
        return AddPerson(self.who, str(self.role.currentData()), self.pin.text())


class NewPinDialog(PinDialog):
    """One's own against the old one; that of others as who looks after people."""

    def __init__(self, parent: QWidget, context: AppContext, name: str, *, own: bool) -> None:
        super().__init__(parent, context, tr("New PIN"), name, tr("Set the new PIN"))
        self.old = SecretField(tr("Old PIN"))
        self._own = own
        old = ((tr("Old PIN"), self.old),) if own else ()
        self.add_fields(*old, (tr("New PIN"), self.pin), (tr("Once more"), self.again))
        (self.old if own else self.pin).setFocus()

    def missing(self) -> str:
        return tr("The old PIN is missing") if self._own and not self.old.text() else ""

    def command(self) -> Any:
        from services.commands.people import SetPin

        return SetPin(self.who, self.pin.text(), self.old.text() if self._own else None)

    @classmethod
    def show_code(cls, parent: QWidget, context: AppContext, name: str, code: str) -> NewPinDialog:
        """Only the code: somebody became an owner."""
        dialog = cls(parent, context, name, own=False)
        dialog.show_recovery(name, code)
        dialog.open()
        return dialog
