"""A sentence that shows for some seconds at the foot of the window: what was done, and one next step. Never for errors."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import icons
from desktop.context import Notice
from desktop.i18n import tr
from desktop.theme import CARD_RADIUS, colour, theme
from desktop.views.widgets.buttons import LinkButton, QuietButton
from desktop.views.widgets.labels import Label

SECONDS = 8
_SIGNS = {"ok": "check-circle", "info": "info", "warn": "alert"}


class Toast(QWidget):
    """Floats over the foot of its parent, above the selection bar; a newer notice takes the place of the older."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone = "ok"
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(40, 6, 8, 6)
        self._row.setSpacing(12)
        self._words = Label("", "body")
        self._row.addWidget(self._words)
        self._step: LinkButton | None = None
        self._close = QuietButton(icon="close", name=tr("Close"), run=self.hide, height=24)
        self._row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        self._tone = notice.tone
        self._words.setText(notice.words)
        self.setAccessibleName(notice.words)
        if self._step is not None:
            self._step.hide()
            self._step.deleteLater()
            self._step = None
        if notice.label and notice.action is not None:
            action = notice.action
            self._step = LinkButton(notice.label, action)
            self._step.clicked.connect(self.hide)
            self._row.insertWidget(1, self._step)
        self.show()
        self._place()
        self.raise_()
        self._timer.start(SECONDS * 1000)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self._row.activate()
            self.resize(min(self.sizeHint().width(), parent.width() - 32), 40)
            self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 64)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        painter.setPen(colour(t.line2))
        painter.setBrush(colour(t.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
        painter.drawPixmap(14, (self.height() - 16) // 2, icons.pixmap(_SIGNS.get(self._tone, "info"), t.tone(self._tone), 16))
        painter.setPen(Qt.PenStyle.NoPen)
