"""Who gets it and where: a box for a pasted address that fills the fields, the buyers that the shop knows, and the fields themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import language, tr
from desktop.models.suggestions import Suggestion
from desktop.views.widgets.buttons import LinkButton
from desktop.views.widgets.completion_field import CompletionField
from desktop.views.widgets.labels import IconLabel, Label
from desktop.views.widgets.panel import empty_layout
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.customer_completion import CustomerChoice
    from services.queries.read_address import AddressBlock

FIELDS = ("buyer_nick", "recipient", "phone", "province", "city", "district", "address", "postcode")
LABEL = 64
"""Width of the labels at the left, px."""
SHOWN = 30
"""Characters of the words that are no part of an address."""
_LENGTHS = {"buyer_nick": 50, "recipient": 50, "phone": 30, "province": 32, "city": 32, "district": 32, "address": 228, "postcode": 10}


class PasteBox(QPlainTextEdit):
    """Plain text of two lines; what is pasted replaces what stood there, because the next address is another one."""

    pasted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(56)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(tr("Paste name, phone and address as the buyer sent them: they are recognised"))
        self.setAccessibleName(tr("Paste an address"))

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.setPlainText(source.text())
        self.pasted.emit()


class PlacePart(QWidget):
    """`values()` of FIELDS, `set_values`; `changed` at every key. `buyer` is the known buyer that was picked, else None."""

    changed = Signal()
    buyer_picked = Signal(object)
    leftover = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.buyer: CustomerChoice | None = None
        self.block: AddressBlock | None = None
        self._task: Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.box = PasteBox()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(250)
        self._rest.timeout.connect(self.read)
        self.box.textChanged.connect(self._rest.start)
        self.box.pasted.connect(self.read)
        column.addWidget(self.box)
        self.told = QWidget()
        self._told = QHBoxLayout(self.told)
        self._told.setContentsMargins(2, 0, 0, 0)
        self._told.setSpacing(8)
        self.told.hide()
        column.addWidget(self.told)
        self.fields: dict[str, QLineEdit] = {"buyer_nick": self._nick()}
        for name in FIELDS[1:]:
            self.fields[name] = QLineEdit()
        self._hints: dict[str, Label] = {}
        column.addLayout(self._grid())
        for name, field in self.fields.items():
            field.setMaxLength(_LENGTHS[name])
            field.setAccessibleName(term("field", name, language()))
            field.textChanged.connect(partial(self._edited, name))

    def _nick(self) -> CompletionField:
        from services.queries.customer_completion import CustomerCompletion

        field = CompletionField(self.context, CustomerCompletion, _choice)
        field.setPlaceholderText(tr("Nick, name or phone tail"))
        field.chosen.connect(self._pick)
        field.entered.connect(lambda _text: self.fields["recipient"].setFocus())
        self.nick = field
        return field

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        said = language()
        for column, stretch in ((1, 10), (3, 8), (5, 9)):
            grid.setColumnStretch(column, stretch)
        grid.setColumnMinimumWidth(0, LABEL - 12)
        places = {
            "buyer_nick": (0, 0, 1),
            "recipient": (0, 2, 1),
            "phone": (0, 4, 1),
            "province": (2, 0, 1),
            "city": (2, 2, 1),
            "district": (2, 4, 1),
            "address": (4, 0, 3),
            "postcode": (4, 4, 1),
        }
        for name, (row, column, span) in places.items():
            label = Label(term("field", name, said), "body2")
            label.setBuddy(self.fields[name])
            hint = Label("", "bad", wrap=True)
            hint.hide()
            self._hints[name] = hint
            grid.addWidget(label, row, column)
            grid.addWidget(self.fields[name], row, column + 1, 1, span)
            grid.addWidget(hint, row + 1, column + 1, 1, span)
            grid.setRowMinimumHeight(row + 1, 8)
        return grid

    # ---- what is typed

    def values(self) -> dict[str, str]:
        return {name: field.text().strip() for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        for name, text in values.items():
            self.fields[name].setText(text)
            self.fields[name].setCursorPosition(0)

    def _edited(self, name: str, _text: str) -> None:
        self._mark(name, "doubt", on=False)
        self.show_mistake(name, "")
        if name == "buyer_nick" and self.buyer is not None and self.fields[name].text() != self.buyer.nick:
            self.buyer = None
            self.buyer_picked.emit(None)
        self.changed.emit()

    def show_mistake(self, name: str, words: str) -> None:
        """Say under the field what is wrong with it; empty words take it away."""
        hint = self._hints[name]
        if hint.text() == words:
            return
        hint.setText(words)
        hint.setVisible(bool(words))
        self._mark(name, "wrong", on=bool(words))

    def _mark(self, name: str, what: str, *, on: bool) -> None:
        field = self.fields[name]
        if bool(field.property(what)) != on:
            field.setProperty(what, on)
            field.style().unpolish(field)
            field.style().polish(field)

    def doubtful(self) -> list[str]:
        """Names of the fields that a person should look at."""
        return [name for name, field in self.fields.items() if field.property("doubt")]

    # ---- a buyer that is known

    def _pick(self, choice: CustomerChoice) -> None:
        self.buyer = choice
        nick = choice.nick or choice.recipient
        self.set_values({name: str(getattr(choice, name)) for name in FIELDS[1:] if name != "phone"})
        self.set_values({"buyer_nick": nick, "phone": choice.phone_typed})
        self.buyer = choice
        self.buyer_picked.emit(choice)
        self.fields["recipient"].setFocus()

    # ---- a pasted address

    def read(self) -> None:
        """Have the text in the box taken apart."""
        from services.queries.read_address import ReadAddress

        self._rest.stop()
        if self._task is not None:
            self._task.cancel()
        text = self.box.toPlainText()
        if not text.strip():
            self.block = None
            self._tell()
            return
        self._task = self.context.runner.query(ReadAddress(text))
        self._task.then(self._take)

    def _take(self, block: AddressBlock) -> None:
        if self.block == block:
            return
        self.block = block
        phone = "-".join(part for part in (block.phone, block.phone_ext) if part) or block.tel
        found = {name: str(getattr(block, name)) for name in ("recipient", "province", "city", "district", "address", "postcode")}
        self.set_values({**found, "phone": phone})
        for name in block.doubts:
            self._mark(name, "doubt", on=True)
        self._tell()
        if block.rest:
            self.leftover.emit(block.rest)
        self.changed.emit()

    def _tell(self) -> None:
        """What was recognised, what should be looked at, and the places that it could be."""
        empty_layout(self._told)
        block = self.block
        self.told.setVisible(block is not None)
        if block is None:
            return
        said = language()
        comma = "、" if said == "zh" else ", "
        names = [term("field", name, said) for name in block.doubts if not (name == "address" and block.address)]
        self._told.addWidget(IconLabel("alert" if names else "check-circle", "warn" if names else "ok", 14))
        words = tr("Look at: {fields}", fields=comma.join(names)) if names else tr("Recognised")
        self._told.addWidget(Label(words, "warn" if names else "ok"))
        for place in block.places[:4]:
            words = " ".join(dict.fromkeys(place.split(" ")))  # a direct city is its own province
            self._told.addWidget(LinkButton(words, partial(self._choose_place, place), icon="pin"))
        if block.rest:
            self._told.addWidget(
                Label(
                    tr("Not part of it: {words}", words=block.rest if len(block.rest) <= SHOWN else block.rest[:SHOWN] + formats.ELLIPSIS),
                    "label",
                )
            )
        self._told.addStretch()

    def _choose_place(self, place: str) -> None:
        self.set_values(dict(zip(("province", "city", "district"), place.split(" "), strict=False)))
        for name in ("province", "city", "district"):
            self._mark(name, "doubt", on=False)
        if self.block is not None:
            left = tuple(name for name in self.block.doubts if name not in {"province", "city", "district"})
            self.block = self.block._replace(doubts=left, places=())
        self._tell()

    def focus_first(self) -> None:
        self.box.setFocus(Qt.FocusReason.TabFocusReason)


def _choice(choice: Any) -> Suggestion:
    where = " ".join(part for part in (choice.province, choice.city, choice.district, choice.address) if part)
    who = "  ".join(part for part in (choice.nick, choice.recipient if choice.recipient != choice.nick else "", choice.phone_typed) if part)
    tier = term("tier", choice.tier, language()) if choice.tier else ""
    return Suggestion(who, "  ".join(part for part in (tier, where) if part), "user", choice)
