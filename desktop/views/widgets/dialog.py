"""The frame of every dialog: title, what it concerns, body, and a foot with Esc and the verb. Opened with `open()`, answered by signals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import DIALOG_MARGIN, DIALOG_RADIUS, colour, theme
from desktop.views.widgets.buttons import PRIMARY, Button, QuietButton
from desktop.views.widgets.labels import IconLabel, Label, rule
from desktop.views.widgets.panel import Band

HEAD, FOOT, WIDTH = 76, 64, 760


class Scrim(QWidget):
    """Darkens the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        shade = colour("#000000")
        painter = QPainter(self)
        painter.setOpacity(0.5 if theme().dark else 0.3)
        painter.fillRect(self.rect(), shade)


class DialogBase(QDialog):
    """Fill `column`; press the verb → `submit()`, which sends one command and calls `accept()` when it was done.

    Window-modal and frameless with the look's own head (drag it to move). Its height follows the body; what is higher than the window scrolls.
    Esc, the × and the Cancel button leave without a change; Ctrl+Enter is the verb. `refuse(words)` shows why the verb was not done.
    """

    def __init__(self, parent: QWidget, title: str, sub: str = "", *, verb: str = "", note: str = "", width: int = WIDTH) -> None:
        super().__init__(parent.window())
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setFixedWidth(width)
        self._scrim: Scrim | None = None
        self._grip: QPoint | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._head(title, sub))
        outer.addWidget(rule())
        self.trouble = QVBoxLayout()
        self.trouble.setContentsMargins(DIALOG_MARGIN, 16, DIALOG_MARGIN, 0)
        self._band: Band | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(DIALOG_MARGIN, 20, DIALOG_MARGIN, 20)
        self.column.setSpacing(12)
        self._scroll.setWidget(self.body)
        self._trouble_box = QWidget()
        self._trouble_box.setLayout(self.trouble)
        self._trouble_box.hide()
        outer.addWidget(self._trouble_box)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(rule())
        outer.addWidget(self._foot(verb, note))
        self.body.installEventFilter(self)

    def _head(self, title: str, sub: str) -> QWidget:
        head = QWidget()
        head.setFixedHeight(HEAD if sub else 60)
        row = QHBoxLayout(head)
        row.setContentsMargins(DIALOG_MARGIN, 0, 16, 0)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch()
        self.title = Label(title, "title")
        words.addWidget(self.title)
        self.sub = Label(sub, "label")
        if not sub:  # only ever hide here: what is shown without a parent flashes as a window of its own
            self.sub.hide()
        words.addWidget(self.sub)
        words.addStretch()
        row.addLayout(words, 1)
        close = QuietButton(icon="close", name=tr("Close"), run=self.reject)
        close.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        close.setAutoDefault(False)
        row.addWidget(close)
        return head

    def _foot(self, verb: str, note: str) -> QWidget:
        foot = QWidget()
        foot.setFixedHeight(FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(DIALOG_MARGIN, 0, DIALOG_MARGIN, 0)
        row.setSpacing(8)
        self._note_icon = IconLabel("lock", "muted", 14)
        self.note = Label(note, "label")
        row.addWidget(self._note_icon)
        row.addWidget(self.note)
        if not note:
            self._note_icon.hide()
        row.addStretch()
        self.extra = QHBoxLayout()
        self.extra.setSpacing(8)
        row.addLayout(self.extra)
        self.cancel_button = Button(tr("Cancel") if verb else tr("Close"), self.reject, hint="Esc", height=34)
        self.cancel_button.setAutoDefault(False)
        row.addWidget(self.cancel_button)
        self.verb_button = Button(verb, self._press, role=PRIMARY, height=34, hint="Ctrl ↵" if verb else "")
        self.verb_key = QAction(self)
        self.verb_key.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.verb_key.triggered.connect(self.verb_button.click)
        self.addAction(self.verb_key)
        if not verb:
            self.verb_button.hide()
        row.addWidget(self.verb_button)
        return foot

    def submit(self) -> None:
        """Do what the verb says. The default only closes."""
        self.accept()

    def _press(self) -> None:
        self.refuse("")
        self.submit()

    def set_verb(self, words: str, enabled: bool = True) -> None:
        """Change the verb; blocked it says what is missing."""
        self.verb_button.setText(words)
        self.verb_button.setEnabled(enabled)

    def set_busy(self, busy: bool) -> None:
        """While the command runs nothing can be pressed twice."""
        self.verb_button.setEnabled(not busy)
        self.body.setEnabled(not busy)

    def refuse(self, words: str, more: str = "", remedy: str = "", run: Callable[[], object] | None = None) -> None:
        """Say in the dialog why it was not done (nothing was changed); empty words take it away."""
        if self._band is not None:
            self._band.hide()
            self._band.deleteLater()
            self._band = None
        self._trouble_box.setVisible(bool(words))
        if words:
            self._band = Band("bad", words, more, remedy, run)
            self.trouble.addWidget(self._band)
        self.fit()

    def fit(self) -> None:
        """Take the height of the content; no scroll bar while the window has room."""
        for inner in self.body.findChildren(QLayout):
            inner.invalidate()
        self.column.activate()
        width = self.width() - 2
        wanted = self.column.totalHeightForWidth(width) if self.column.hasHeightForWidth() else self.column.totalSizeHint().height()
        body = max(wanted, self.column.totalMinimumSize().height())
        head = HEAD if self.sub.isVisibleTo(self) else 60
        band = 0
        if self._trouble_box.isVisibleTo(self):
            self.trouble.activate()
            band = self.trouble.totalHeightForWidth(width) if self.trouble.hasHeightForWidth() else self.trouble.totalSizeHint().height()
        parent = self.parentWidget()
        most = max(520, parent.height() - 48) if parent is not None and parent.isVisible() else 820
        self.setFixedHeight(min(most, body + head + FOOT + band + 4))
        self._centre()

    def _centre(self) -> None:
        parent = self.parentWidget()
        if parent is not None and self._grip is None:
            middle = parent.mapToGlobal(parent.rect().center())
            self.move(middle.x() - self.width() // 2, middle.y() - self.height() // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.body and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        parent = self.parentWidget()
        if parent is not None and self._scrim is None and parent.isVisible():
            self._scrim = Scrim(parent)
        for child in self.body.findChildren(QWidget):
            child.ensurePolished()  # the style sheet makes fields higher, and Qt would do it only after the first layout
        self.fit()
        super().showEvent(event)

    def done(self, result: int) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            return  # Enter ends a line of typing or a scan; the verb is Ctrl+Enter or its button
        if event.key() == Qt.Key.Key_F1 and self._help():
            return
        super().keyPressEvent(event)

    def _help(self) -> bool:
        """F1: the window's help, at the topic of this dialog."""
        above = self.parentWidget()
        while above is not None and not hasattr(above, "show_help"):
            above = above.parentWidget()
        if above is None:
            return False
        above.show_help()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().y() < HEAD and event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.move(event.globalPosition().toPoint() - self._grip)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        painter.setPen(QPen(colour(t.line2 if t.dark else t.line)))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), DIALOG_RADIUS, DIALOG_RADIUS)


class Question(DialogBase):
    """A short question before something that can't be undone: says what will happen; the verb does it."""

    def __init__(self, parent: QWidget, title: str, words: str, verb: str, run: Callable[[], object]) -> None:
        super().__init__(parent, title, verb=verb, width=480)
        self._run = run
        self.column.addWidget(Label(words, "body2", wrap=True))

    def submit(self) -> None:
        self.accept()
        self._run()
