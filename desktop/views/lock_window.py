"""The window of a locked shop, and nothing but it: who one is, and the PIN. It knows the shop's name and the names of its people, no data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop import icons
from desktop.i18n import tr
from desktop.theme import BODY_SIZE, RADIUS, colour, font, theme
from desktop.views.widgets.buttons import LinkButton, PrimaryButton
from desktop.views.widgets.labels import IconTile, Label

if TYPE_CHECKING:
    from desktop.context import AppContext

WIDTH, ROW = 360, 40
LONGEST_PIN = 12
MOST_DIGITS = 9


class PersonList(QWidget):
    """Names one under the other, chosen by arrow keys, digits or the mouse. `chosen` tells the place; `entered` that it is meant."""

    chosen = Signal(int)
    entered = Signal()

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = tuple(names)
        self.place = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(ROW * max(1, len(self.names)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self.height())

    def choose(self, place: int) -> None:
        if 0 <= place < len(self.names):
            self.place = place
            self._name()
            self.update()
            self.chosen.emit(place)

    def _name(self) -> None:
        self.setAccessibleName(tr("Who: {name}", name=self.names[self.place]) if self.names else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.choose(self.place + (1 if key == Qt.Key.Key_Down else -1))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            if key - Qt.Key.Key_1 < len(self.names):
                self.choose(key - Qt.Key.Key_1)
                self.entered.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(int(event.position().y()) // ROW)
        self.entered.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        for place, name in enumerate(self.names):
            box = QRectF(0, place * ROW, self.width(), ROW - 4)
            here = place == self.place
            if here:
                painter.setPen(QPen(colour(t.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.setBrush(colour(t.sel))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.drawPixmap(12, place * ROW + 10, icons.pixmap("user", t.accent if here else t.text2, 16))
            painter.setFont(font(BODY_SIZE, here))
            painter.setPen(colour(t.text))
            painter.drawText(box.adjusted(40, 0, -40, 0), Qt.AlignmentFlag.AlignVCenter, name)
            if place < MOST_DIGITS:
                painter.setFont(font(BODY_SIZE))
                painter.setPen(colour(t.muted))
                painter.drawText(box.adjusted(0, 0, -14, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(place + 1))


class SecretField(QLineEdit):
    """Dots; nothing of it can be copied, dropped or proposed."""

    def __init__(self, name: str, *, pin: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        if pin:
            self.setEchoMode(QLineEdit.EchoMode.Password)
            self.setMaxLength(LONGEST_PIN)
            self.setInputMethodHints(
                Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText
            )
        else:
            self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)


class LockWindow(QWidget):
    """`signed_in` carries the Viewer. What somebody types is handed to the runner and forgotten at once."""

    signed_in = Signal(object)
    closing = Signal()

    def __init__(self, context: AppContext, shop: str, names: Sequence[str], current: str = "") -> None:
        super().__init__()
        self.context, self._current = context, current
        self._until = 0
        self.setWindowTitle(shop)
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(520, 480)
        self.people = PersonList(names)
        self.pin = SecretField(tr("PIN"))
        self.told = Label("", "bad", wrap=True)
        self.told.setMinimumHeight(40)
        self.verb = PrimaryButton(tr("Unlock"), self._unlock, height=34)
        self.forgot = LinkButton(tr("Forgot the PIN?"), self._forgot)
        self._lay_out(shop)
        self.people.chosen.connect(lambda _place: self._clear())
        self.people.entered.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._unlock)
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._count_down)
        if current in self.people.names:
            self.people.choose(self.people.names.index(current))

    def _lay_out(self, shop: str) -> None:
        card = QWidget()
        card.setFixedWidth(WIDTH)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconTile("lock", "accent", 40))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(shop, "page-title"))
        words.addWidget(Label(tr("Locked"), "label"))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(self.people)
        column.addWidget(self.pin)
        column.addWidget(self.told)
        foot = QHBoxLayout()
        foot.addWidget(self.forgot)
        foot.addStretch()
        foot.addWidget(self.verb)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    @property
    def name(self) -> str:
        return self.people.names[self.people.place] if self.people.names else ""

    def begin(self) -> None:
        """Put the keys where one begins: at the people, or at the PIN where there is but one."""
        self._clear()
        (self.pin if len(self.people.names) == 1 else self.people).setFocus()

    def _clear(self) -> None:
        self.pin.clear()
        self._until = 0
        self._tick.stop()
        self._say("")
        self._free(True)

    def _free(self, on: bool) -> None:
        self.pin.setEnabled(on)
        self.verb.setEnabled(on)

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)

    def _unlock(self) -> None:
        pin = self.pin.text()
        self.pin.clear()
        if not pin or not self.verb.isEnabled():
            return
        busy = self.context.runner.busy
        if busy and self._current and self.name != self._current:
            self._say(
                tr("“{work}” of {name} is still running; others can sign in when it is done.", work=busy[0].title, name=self._current)
            )
            return
        self._free(False)
        self._say("")
        self.context.runner.sign_in(self.name, pin).then(self._in, self._refused)

    def _in(self, viewer: object) -> None:
        self._clear()
        self.signed_in.emit(viewer)

    def _refused(self, error: Exception) -> None:
        from desktop.errors import error_words

        self._free(True)
        seconds = getattr(error, "facts", {}).get("seconds")
        if seconds:
            self._until = self.context.now() + int(seconds) * 1000
            self._free(False)
            self._tick.start()
            self._count_down()
        else:
            self._say(tr("The PIN is wrong.") if getattr(error, "code", "") == "pin_wrong" else error_words(error))
            self.pin.setFocus()

    def _count_down(self) -> None:
        left = -(-(self._until - self.context.now()) // 1000)
        if left > 0:
            self._say(tr("The PIN is wrong. The next one is looked at in {n} s.", n=left))
        else:
            self._clear()
            self.pin.setFocus()

    def _forgot(self) -> None:
        from desktop.views.recover_dialog import RecoverDialog

        dialog = RecoverDialog(self, self.context, self.name)
        dialog.recovered.connect(partial(self._say, tr("The new PIN holds. Sign in with it.")))
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.begin()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.people.setFocus()
            self.people.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        busy = self.context.runner.busy
        if busy:
            event.ignore()
            self._say(tr("“{work}” is still running; the window can be closed when it is done.", work=busy[0].title))
            return
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(theme().raised))
