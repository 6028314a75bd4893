"""Units to choose: a number between − and +, typed, stepped by mouse, arrows or wheel."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from desktop.i18n import tr
from desktop.views.widgets.buttons import QuietButton


class _Box(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over the form scrolls the form; it changes only the box one works in.
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Stepper(QWidget):
    """`changed(n)`; `name` says what is counted."""

    changed = Signal(int)

    def __init__(self, name: str, most: int, value: int = 0) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.box = _Box()
        self.box.setRange(0, most)
        self.box.setValue(value)
        self.box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.box.setFixedWidth(52)
        self.box.setAccessibleName(name)
        self.less = QuietButton(icon="minus", name=tr("One less: {what}", what=name), run=self.box.stepDown)
        self.more = QuietButton(icon="plus", name=tr("One more: {what}", what=name), run=self.box.stepUp)
        for button in (self.less, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setAutoDefault(False)
        row.addWidget(self.less)
        row.addWidget(self.box)
        row.addWidget(self.more)
        self.setFocusProxy(self.box)
        self.box.valueChanged.connect(self._tell)
        self._tell(value)

    @property
    def value(self) -> int:
        return self.box.value()

    def set(self, value: int) -> None:
        self.box.setValue(value)

    def set_most(self, most: int) -> None:
        """Another ceiling; a value above it comes down to it."""
        self.box.setMaximum(most)
        self.setEnabled(most > 0)
        self._tell(self.value)

    def _tell(self, value: int) -> None:
        self.less.setEnabled(value > 0)
        self.more.setEnabled(value < self.box.maximum())
        self.changed.emit(value)
