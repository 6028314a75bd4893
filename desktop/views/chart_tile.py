"""One chart in its card: the trader's question, the answer in muted words, the chart, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import LABEL_SIZE, PANEL_MARGIN, colour, theme
from desktop.views.widgets.buttons import MenuButton, QuietButton
from desktop.views.widgets.labels import Elided, Label

Do = Callable[[str], object]


class Tile(QFrame):
    """`key` names its report; `numbers`, `picture` and `table` are called with it."""

    def __init__(self, key: str, body: QWidget, numbers: Do, picture: Do, table: Do) -> None:
        super().__init__()
        self.key = key
        self.setProperty("box", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_MARGIN, 12, PANEL_MARGIN, 16)
        column.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.title = Label("", "strong")
        self.answer = Elided("", "muted", LABEL_SIZE)
        row.addWidget(self.title)
        row.addWidget(self.answer, 1)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(4)
        row.addLayout(self._tools)
        self.numbers = QuietButton(icon="columns", name=tr("See the numbers"), run=partial(numbers, key))
        self.more = MenuButton(
            "",
            [(tr("Save as picture…"), "image", partial(picture, key)), (tr("Save the numbers…"), "export", partial(table, key))],
            icon="export",
            height=28,
            name=tr("Export"),
        )
        row.addWidget(self.numbers)
        row.addWidget(self.more)
        column.addLayout(row)
        column.addWidget(body, 1)

    def set_words(self, question: str, answer: str) -> None:
        self.title.setText(question)
        self.answer.setText(answer)
        self.setAccessibleName(question)
        self.setAccessibleDescription(answer)

    def add_tool(self, widget: QWidget) -> None:
        """Put something before the buttons: a legend."""
        self._tools.addWidget(widget)

    def grab_at(self, scale: int) -> QPixmap:
        """The tile without its buttons, `scale` times as sharp as the screen."""
        picture = QPixmap(self.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(colour(theme().surface))
        for button in (self.numbers, self.more):
            button.hide()
        self.layout().activate()  # type: ignore[union-attr] # set in __init__
        self.render(picture, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        for button in (self.numbers, self.more):
            button.show()
        return picture
