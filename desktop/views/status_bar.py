"""The foot of the window, 28 px: the shop at the left, long work with progress, time left and Cancel at the right."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import language, tr
from desktop.runner import Task
from desktop.theme import colour, theme
from desktop.views.widgets.buttons import LinkButton
from desktop.views.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from services.access import Viewer

HEIGHT = 28
PATIENCE = 300
"""Milliseconds that work may take before its progress is shown: what is done at once does not flicker."""


def role_words(viewer: Viewer) -> str:
    """`小王 · 客服`"""
    from services.words import term

    role = term("role", viewer.role, language()) if viewer.role else ""
    return " · ".join(dict.fromkeys(filter(None, (viewer.name, role)))) if viewer.name != viewer.role else role


class ProgressBar(QWidget):
    """A 4 px bar; without a known total a third of it is filled."""

    def __init__(self, width: int = 120) -> None:
        super().__init__()
        self.setFixedSize(width, 4)
        self.share: float | None = None

    def set(self, share: float | None) -> None:
        self.share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme().line2))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(colour(theme().accent))
        width = self.width() * (0.33 if self.share is None else self.share)
        if width >= 1:
            painter.drawRoundedRect(QRectF(0, 0, max(4.0, width), 4), 2, 2)


class StatusBar(QWidget):
    """`watch(task)` shows a task from when it has taken a moment until it ends; several tasks: the newest."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(6)
        self._sign = IconLabel("database", "muted", 14)
        row.addWidget(self._sign)
        self._state = Label(tr("Opening the shop…"), "label")
        row.addWidget(self._state)
        self._user = IconLabel("user", "muted", 14)
        self._person = Label("", "label")
        for part in (self._user, self._person):
            part.hide()
            row.addWidget(part)
        row.addStretch()
        self._work = QWidget()
        work = QHBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(10)
        self._what = Label("", "small")
        self._bar = ProgressBar()
        self._share = Label("", "small")
        self._left = Label("", "label")
        self.cancel = LinkButton(tr("Cancel"), self._cancel)
        for widget in (self._what, self._bar, self._share, self._left, self.cancel):
            work.addWidget(widget)
        row.addWidget(self._work)
        self._work.hide()
        self._tasks: list[Task] = []
        self._began = 0.0
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PATIENCE)
        self._wait.timeout.connect(self._show)

    def set_state(self, words: str, tone: str = "ok") -> None:
        """The state of the shop's database in words."""
        self._state.setText(words)
        self._sign.set(*{"ok": ("check-circle", "ok"), "bad": ("x-circle", "bad")}.get(tone, ("database", "muted")))

    def set_person(self, viewer: Viewer) -> None:
        """Who is signed in, by name and role; nothing where nobody has a PIN."""
        words = role_words(viewer)
        self._person.setText(words)
        for part in (self._user, self._person):
            part.setVisible(bool(words))

    def watch(self, task: Task) -> None:
        if not task.running:
            return
        self._tasks.append(task)
        task.progressed.connect(self._update)
        task.ended.connect(self._ended)
        self._began = monotonic()
        if not self._work.isVisible():
            self._wait.start()
        else:
            self._show()

    def _current(self) -> Task | None:
        return self._tasks[-1] if self._tasks else None

    def _ended(self) -> None:
        self._tasks = [task for task in self._tasks if task.running]
        if self._tasks:
            self._show()
        else:
            self._wait.stop()
            self._work.hide()

    def _show(self) -> None:
        self._work.setVisible(bool(self._tasks))
        self.cancel.setEnabled(True)
        self._update()

    def _update(self) -> None:
        task = self._current()
        if task is None:
            return
        self._what.setText(task.title)
        known = task.total > 0
        share = min(1.0, task.done / task.total) if known else None
        self._bar.set(share)
        self._share.setText(f"{int(share * 100)}%" if share is not None else f"{task.done:,}" if task.done else "")
        spent = monotonic() - self._began
        seconds = round(spent * (1 - share) / share) if share and share > 0.02 and spent > 1 else None
        self._left.setText("" if seconds is None else tr("{n}s left", n=max(1, seconds)))
        self._work.setAccessibleName(f"{task.title} {self._share.text()}")

    def _cancel(self) -> None:
        task = self._current()
        if task is not None:
            self.cancel.setEnabled(False)
            self._left.setText(tr("stopping…"))
            task.cancel()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(theme().raised))
        painter.fillRect(0, 0, self.width(), 1, colour(theme().line))
