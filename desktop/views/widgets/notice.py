"""A sentence that shows for some seconds at the foot of the window: what was done, and one next step. Never for errors."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.context import Notice
from desktop.i18n import tr
from desktop.views.widgets.buttons import LinkButton, QuietButton
from desktop.views.widgets.floating import FloatingCard
from desktop.views.widgets.labels import Label

SECONDS, HEIGHT = 8, 40
_SIGNS = {"ok": "check-circle", "info": "info", "warn": "alert"}


class Toast(FloatingCard):
    """Floats over the foot of its parent, above the selection bar; a newer notice takes the place of the older."""

    sign_top = (HEIGHT - 16) // 2

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
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
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        self.tone, self.sign = notice.tone, _SIGNS.get(notice.tone, "info")
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
        self.show_up()
        self._timer.start(SECONDS * 1000)

    def place(self, parent: QWidget) -> None:
        self._row.activate()
        self.resize(min(self.sizeHint().width(), parent.width() - 32), HEIGHT)
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 64)
