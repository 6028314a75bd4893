"""The shop's shipping order: which keys, one after the other, each upwards or downwards; dragged, or moved by buttons and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.buttons import Button, Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext

_KEY = Qt.ItemDataRole.UserRole
_HEIGHT = 240
ALWAYS_UP = frozenset({"priority"})
"""Keys that mean nothing turned round."""


class _Keys(QListWidget):
    """The keys in order; Alt+Up and Alt+Down move the current one, Space turns it round, Delete takes it out."""

    def __init__(self, owner: ShippingDialog) -> None:
        super().__init__()
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._owner.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Space:
            self._owner.turn()
        elif event.key() == Qt.Key.Key_Delete:
            self._owner.take_out()
        else:
            super().keyPressEvent(event)


class ShippingDialog(DialogBase):
    """`sorted_now` is called once the order stands: the table shows it."""

    def __init__(self, parent: QWidget, context: AppContext, sorted_now: Callable[[], object]) -> None:
        super().__init__(
            parent,
            tr("Shipping order"),
            tr("What is made ready and sent first; the first rule decides, the next ones where it does not"),
            verb=tr("Save and sort so"),
            note=tr("Changes of the shop stay in the audit trail"),
            width=640,
        )
        self.context, self._sorted = context, sorted_now
        self._before: list[str] | None = None
        row = QHBoxLayout()
        row.setSpacing(12)
        self.list = _Keys(self)
        self.list.setProperty("box", "card")
        self.list.setFixedHeight(_HEIGHT)
        self.list.setAccessibleName(tr("Rules in order"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.model().rowsMoved.connect(lambda *_given: self.tell())
        self.list.model().rowsInserted.connect(lambda *_given: self.tell())
        self.list.model().rowsRemoved.connect(lambda *_given: self.tell())
        self.list.currentRowChanged.connect(lambda _row: self._tell_buttons())
        row.addWidget(self.list, 1)
        side = QVBoxLayout()
        side.setSpacing(8)
        self.up = Button(tr("Move up"), lambda: self.move_current(-1), icon="arrow-up")
        self.down = Button(tr("Move down"), lambda: self.move_current(1), icon="arrow-down")
        self.turn_button = Button(tr("Turn round"), self.turn, icon="exchange")
        self.out = Button(tr("Take out"), self.take_out, icon="close")
        for button in (self.up, self.down, self.turn_button, self.out):
            button.setMinimumWidth(120)
            side.addWidget(button)
        side.addStretch()
        row.addLayout(side)
        self.column.addLayout(row)
        more = QHBoxLayout()
        more.setSpacing(8)
        self.add = Combo((), tr("Add a rule"))
        self.add.setMinimumWidth(220)
        self.add.setPlaceholderText(tr("Add a rule"))
        self.add.activated.connect(self._put)
        more.addWidget(self.add)
        more.addWidget(Label(tr("Drag the rules, or Alt+Up and Alt+Down"), "label"))
        more.addStretch()
        self.column.addLayout(more)
        self.set_verb(tr("Save and sort so"), enabled=False)
        from services.settings import ShopSettings

        context.runner.query(ShopSettings()).then(self._take, self._failed)

    # ---- the keys

    def _take(self, found: dict[str, Any]) -> None:
        self.put_keys(found["shipping_order"])
        self._before = self.keys()
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.tell()

    def put_keys(self, keys: Sequence[str]) -> None:
        self.list.clear()
        for key in keys:
            self._append(key)
        self.tell()

    def _append(self, key: str) -> None:
        item = QListWidgetItem(key_words(key))
        item.setData(_KEY, key)
        item.setSizeHint(QSize(0, 32))
        self.list.addItem(item)

    def keys(self) -> list[str]:
        return [str(self.list.item(place).data(_KEY)) for place in range(self.list.count())]

    def move_current(self, by: int) -> None:
        place = self.list.currentRow()
        if place >= 0 and 0 <= place + by < self.list.count():
            self.list.insertItem(place + by, self.list.takeItem(place))
            self.list.setCurrentRow(place + by)

    def turns(self) -> bool:
        """Whether the current rule can be turned round."""
        place = self.list.currentRow()
        return place >= 0 and self.list.item(place).data(_KEY) not in ALWAYS_UP

    def turn(self) -> None:
        item = self.list.item(self.list.currentRow())
        if self.turns():
            key = str(item.data(_KEY))
            key = key[1:] if key.startswith("-") else f"-{key}"
            item.setData(_KEY, key)
            item.setText(key_words(key))
            self.tell()

    def take_out(self) -> None:
        place = self.list.currentRow()
        if place >= 0:
            self.list.takeItem(place)
            self.tell()

    def _put(self, place: int) -> None:
        self._append(str(self.add.itemData(place)))
        self.list.setCurrentRow(self.list.count() - 1)
        self.tell()

    def tell(self) -> None:
        from services.words import terms

        taken = {key.removeprefix("-") for key in self.keys()}
        self.add.clear()
        for key in terms()["shipping_key"]:
            if key not in taken:
                self.add.addItem(term("shipping_key", key, language()), key)
        self.add.setCurrentIndex(-1)
        self.add.setEnabled(self.add.count() > 0)
        self.set_verb(tr("Save and sort so"), enabled=self._before is not None)
        self._tell_buttons()

    def _tell_buttons(self) -> None:
        place = self.list.currentRow()
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < self.list.count() - 1)
        self.turn_button.setEnabled(self.turns())
        self.out.setEnabled(place >= 0)

    # ---- saving

    def submit(self) -> None:
        if self.keys() == self._before:
            self._done(None)
            return
        from services.settings import ChangeSetting

        self.set_busy(True)
        self.context.runner.change(ChangeSetting("shipping_order", self.keys())).then(self._done, self._failed)

    def _done(self, _outcome: object) -> None:
        self.accept()
        self._sorted()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.refuse(error_words(error))


def key_words(key: str) -> str:
    """`最晚发货：早的在前`."""
    plain, down = key.removeprefix("-"), key.startswith("-")
    word = term("shipping_key", plain, language())
    if plain in ALWAYS_UP:
        return word + (tr(" first"))
    up_words, down_words = _WAYS.get(plain, ("small", "large"))
    said = {
        "early": tr("early first"),
        "late": tr("late first"),
        "small": tr("small first"),
        "large": tr("large first"),
        "a": tr("A to Z"),
        "z": tr("Z to A"),
        "red": tr("red to purple, grey last"),
        "grey": tr("grey first, purple to red"),
        "yes": tr("checked first"),
        "no": tr("unchecked first"),
    }[down_words if down else up_words]
    return f"{word}：{said}" if language() == "zh" else f"{word}: {said}"


_WAYS = {
    "ship_by": ("early", "late"),
    "paid_at": ("early", "late"),
    "created_at": ("early", "late"),
    "province": ("a", "z"),
    "city": ("a", "z"),
    "goods": ("a", "z"),
    "buyer": ("a", "z"),
    "flag": ("red", "grey"),
    "checked": ("yes", "no"),
}
