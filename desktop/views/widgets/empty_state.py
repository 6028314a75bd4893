"""What stands where there is nothing yet: what this place is for, and what to do next."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import BODY_SIZE, metrics
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import IconTile, Label


class EmptyState(QWidget):
    """An icon, a sentence, what to do, and up to two buttons."""

    def __init__(self, icon: str, title: str, words: str = "", *buttons: Button) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(IconTile(icon, "muted", 48), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        head = Label(title, "section")
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(head)
        if words:
            text = Label(words, "muted", wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setMaximumWidth(420)
            text.setMinimumWidth(min(420, ceil(metrics(BODY_SIZE).horizontalAdvance(words)) + 4))  # a wrapping label's own hint is a guess
            column.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        if buttons:
            column.addSpacing(8)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addStretch()
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)
        column.addStretch(3)
        self.setAccessibleName(title)
