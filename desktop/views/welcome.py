"""The first start: a demo shop to look at, the merchant's own file, or a shop that is there already. Shown while a shop has no orders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import icons
from desktop.i18n import language, tr, trn
from desktop.models.delegates import advance, baseline
from desktop.shops import DEMO_ORDERS, demo_shop
from desktop.theme import BODY_SIZE, CARD_RADIUS, LABEL_SIZE, SECTION_SIZE, colour, font, theme
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from desktop.context import AppContext

WIDE, CHOICE = 720, 84


class Choice(QAbstractButton):
    """One way to begin: sign, what, what it means, what it costs. `first` is the one recommended."""

    def __init__(self, icon: str, title: str, words: str, side: str, run: Callable[[], object], *, first: bool = False) -> None:
        super().__init__()
        self._icon, self._words, self._side = icon, words, side
        self._first = first
        self._hover = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{words} {side}")
        self.setFixedHeight(CHOICE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: run())

    def sizeHint(self) -> QSize:
        return QSize(WIDE, CHOICE)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        lit = self.hasFocus() or self._hover
        painter.setBrush(colour(t.sel if self._first else t.hover if self._hover else t.surface))
        painter.setPen(
            QPen(colour(t.accent if self._first or self.hasFocus() else t.line), 2 if self.hasFocus() else 1.5 if self._first else 1)
        )
        painter.drawRoundedRect(area, CARD_RADIUS, CARD_RADIUS)
        tile = QRectF(20, (self.height() - 40) / 2, 40, 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.accent if self._first else t.hover if not self._hover else t.surface))
        painter.drawRoundedRect(tile, 8, 8)
        ink = t.on_accent if self._first else t.text2
        painter.drawPixmap(QPointF(tile.x() + 11, tile.y() + 11), icons.pixmap(self._icon, ink, 18))
        painter.setFont(font(SECTION_SIZE, bold=True))
        painter.setPen(colour(t.text))
        painter.drawText(QPointF(78, 18 + baseline(24, SECTION_SIZE)), self.text())
        painter.setFont(font(BODY_SIZE))
        painter.setPen(colour(t.muted))
        painter.drawText(QPointF(78, 43 + baseline(22, BODY_SIZE)), self._words)
        painter.setFont(font(LABEL_SIZE))
        side = advance(self._side, LABEL_SIZE)
        painter.drawText(QPointF(self.width() - 44 - side, baseline(self.height(), LABEL_SIZE)), self._side)
        arrow = icons.pixmap("chevron-right", t.accent if self._first or lit else t.muted, 14)
        painter.drawPixmap(QPointF(self.width() - 34, (self.height() - 14) // 2), arrow)


class Mark(QWidget):
    """The program's sign, 60 px."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(60, 60)
        self.setAccessibleName(tr("Zhanggui"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), 14, 14)
        painter.fillPath(path, colour(theme().accent))
        painter.setPen(colour(theme().on_accent))
        painter.setFont(font(32, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "掌")


class Welcome(QWidget):
    """Three ways to begin in this shop's folder, and the language. Everything else can wait."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.setProperty("box", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QHBoxLayout(self)
        outer.addStretch()
        inner = QWidget()
        inner.setFixedWidth(WIDE)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(Mark())
        column.addSpacing(22)
        title = QLabel(tr("Welcome, shopkeeper"))
        title.setFont(font(30, bold=True))
        column.addWidget(title)
        column.addSpacing(8)
        column.addWidget(
            Label(tr("Orders, stock, shipping and after-sales, all on this computer. No network, no account; the data are yours."), "body2")
        )
        column.addSpacing(26)
        self.choices = (
            Choice(
                "store",
                tr("Look at a demo shop"),
                trn(
                    "A tea shop with {n} made-up order, to click and try as you like",
                    "A tea shop with {n} made-up orders, to click and try as you like",
                    DEMO_ORDERS,
                ),
                tr("some seconds"),
                self._demo,
                first=True,
            ),
            Choice(
                "import",
                tr("Import my order file"),
                tr("CSV or Excel from Qianniu's “sold goods”; dropping it on the window works as well"),
                tr("looked at first"),
                self._import,
            ),
            Choice(
                "folder",
                tr("Open a shop that is there"),
                tr("The folder of a shop on this computer or a drive"),
                tr("a folder"),
                self._open,
            ),
        )
        for choice in self.choices:
            column.addWidget(choice)
            column.addSpacing(8)
        column.addSpacing(18)
        column.addLayout(self._language())
        column.addSpacing(26)
        column.addLayout(self._promises())
        column.addStretch(3)
        outer.addWidget(inner)
        outer.addStretch()

    def _language(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        words = Label(tr("Language"), "label")
        # Each language names itself, so that it can be found by who reads no other.
        self.language = Combo((("zh", "简体中文"), ("en", "English")), tr("Language"))
        self.language.choose(language())
        self.language.setMinimumWidth(200)
        self.language.activated.connect(lambda _place: self._choose_language())
        words.setBuddy(self.language)
        row.addWidget(words)
        row.addWidget(self.language)
        row.addStretch()
        return row

    @staticmethod
    def _promises() -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for icon, words in (
            ("offline", tr("Works offline")),
            ("audit", tr("Every change leaves a trace")),
            ("lock", tr("Collects nothing")),
        ):
            row.addWidget(IconLabel(icon, "ok", 14))
            row.addWidget(Label(words, "body2"))
            row.addSpacing(20)
        row.addStretch()
        return row

    def focus_first(self) -> None:
        self.choices[0].setFocus()

    # ---- beginning

    def _demo(self) -> None:
        """The demo shop lies in a folder of its own and fills itself: nothing of it gets into this one."""
        from desktop.views.main_window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            window.shop_chosen.emit(demo_shop())

    def _import(self) -> None:
        from desktop.views.today import choose_files

        choose_files(self, self.context)

    def _open(self) -> None:
        dialog = QFileDialog(self, tr("Open another shop"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._opened)
        dialog.open()

    def _opened(self, name: str) -> None:
        from desktop.views.main_window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            window.shop_chosen.emit(Path(name))

    def _choose_language(self) -> None:
        from desktop.views.main_window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            window.language_chosen.emit(str(self.language.currentData()))
