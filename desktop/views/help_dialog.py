"""The help: topics at the left, found by their words; the text at the right, with links that stay inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.help_topics import OF_DIALOG, OF_PAGE, TOPICS, find, text_of, title_of
from desktop.i18n import language, tr
from desktop.models.suggestions import ENTRY_ROLE, Suggestion, Suggestions
from desktop.theme import BODY_SIZE, FIGURE_SIZE, LABEL_SIZE, RADIUS, SECTION_SIZE, colour, font, metrics, theme, themes
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QPainter

    from desktop.views.main_window import MainWindow

WIDTH, SIDE, ROOM = 1060, 216, 250
ROW, ROW_TWO = 32, 48
"""Heights of a topic, and of a hit with its topic below it."""
_HEADINGS = {1: FIGURE_SIZE, 2: SECTION_SIZE, 3: BODY_SIZE}


class TopicDelegate(QStyledItemDelegate):
    """A topic in one line; a hit as its heading, with the topic's name muted below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> object:  # type: ignore[override]
        from PySide6.QtCore import QSize

        entry: Suggestion = index.data(ENTRY_ROLE)
        return QSize(SIDE - 8, ROW_TWO if entry.hint else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        entry: Suggestion = index.data(ENTRY_ROLE)
        view, t, rect = option.widget, theme(), option.rect
        here = isinstance(view, QListView) and view.currentIndex() == index
        painter.save()
        if here:
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.hover))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), RADIUS, RADIUS)
        lines = [(entry.words, BODY_SIZE, here, t.text)] + ([(entry.hint, LABEL_SIZE, False, t.muted)] if entry.hint else [])
        top = rect.y() + (rect.height() - 20 * len(lines)) // 2
        for place, (words, size, bold, ink) in enumerate(lines):
            face = metrics(size, bold)
            painter.setFont(font(size, bold))
            painter.setPen(colour(ink))
            base = top + 20 * place + (20 + face.ascent() - face.descent()) / 2
            painter.drawText(rect.x() + 10, round(base), face.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() - 20))
        painter.restore()


class HelpText(QTextBrowser):
    """One topic, laid out in the look's sizes and colours. `wanted(link)`: a link was followed; nothing is opened by itself."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName(tr("Help"))
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(lambda url: self.wanted.emit(url.toString(QUrl.ComponentFormattingOption.PrettyDecoded)))
        self._markdown = ""
        themes().changed.connect(self._again)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is fetched: the help is words."""
        return None

    def show_text(self, markdown: str) -> None:
        self._markdown = markdown
        self._again()
        self.verticalScrollBar().setValue(0)

    def go_to(self, heading: str) -> bool:
        """Scroll to a heading."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip() == heading:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(max(0, round(top) - 8))
                return True
            block = block.next()
        return False

    def _again(self) -> None:
        at = self.verticalScrollBar().value()
        document = self.document()
        document.setDefaultFont(font(BODY_SIZE))
        document.setDocumentMargin(0)
        document.setIndentWidth(20)
        self.setMarkdown(self._markdown)
        block = document.begin()
        while block.isValid():
            self._dress(QTextCursor(block))
            block = block.next()
        self._dress_tables()
        self.verticalScrollBar().setValue(at)

    def _dress(self, cursor: QTextCursor) -> None:
        """Sizes and colours of one paragraph: headings by level, links in accent, keys on a quiet ground."""
        t = theme()
        block = cursor.block()
        level, listed = block.blockFormat().headingLevel(), block.textList() is not None
        shape = QTextBlockFormat()
        shape.setTopMargin({1: 0, 2: 18, 3: 12}.get(level, 2))
        shape.setBottomMargin({1: 10, 2: 6, 3: 4}.get(level, 0 if cursor.currentTable() is not None else 4 if listed else 8))
        shape.setLineHeight(
            150 if not level and cursor.currentTable() is None else 120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor.mergeBlockFormat(shape)
        parts = []
        at = block.begin()
        while not at.atEnd():
            part = at.fragment()
            parts.append((part.position(), part.length(), part.charFormat()))
            at += 1
        for place, length, had in parts:
            ink = QTextCharFormat(had)
            bold = bool(level) or had.fontWeight() >= QFont.Weight.Bold
            ink.setFont(font(_HEADINGS.get(level, BODY_SIZE), bold))
            ink.setForeground(colour(t.accent if had.isAnchor() else t.text if level or bold or had.fontFixedPitch() else t.text2))
            ink.setFontUnderline(False)
            ink.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)  # Markdown's own, in place of our sizes
            if had.fontFixedPitch():
                ink.setBackground(colour(t.hover))
            cursor.setPosition(place)
            cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(ink)

    def _dress_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape = frame.format()
                shape.setBorder(1)
                shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                shape.setBorderBrush(colour(theme().line))
                shape.setBorderCollapse(True)
                shape.setCellPadding(6)
                shape.setCellSpacing(0)
                shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                shape.setBottomMargin(10)
                frame.setFormat(shape)


class HelpDialog(DialogBase):
    """`asked(name)`: a link wants something done in the window (help_topics.ACTIONS)."""

    asked = Signal(str)

    def __init__(self, parent: QWidget, topic: str = TOPICS[0]) -> None:
        room = parent.window()
        super().__init__(parent, tr("Help"), tr("Choose a topic, or type what you look for"), width=max(760, min(WIDTH, room.width() - 64)))
        height = max(320, min(620, room.height() - ROOM))
        self.topic = ""
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Search the help"))
        self.filter.setAccessibleName(tr("Search the help"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._search)
        self.filter.installEventFilter(self)
        self.model = Suggestions(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(TopicDelegate(self.list))
        self.list.setProperty("bare", True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(tr("Topics"))
        self.list.selectionModel().currentChanged.connect(lambda index, _old: self._choose(index))
        self.nothing = Label(tr("Nothing in the help is called so. Try another word."), "muted", wrap=True)
        self.nothing.hide()
        self.text = HelpText()
        self.text.wanted.connect(self.follow)
        side = QWidget()
        side.setFixedSize(SIDE, height)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.text.setFixedHeight(height)
        whole = QHBoxLayout()
        whole.setSpacing(24)
        whole.addWidget(side)
        whole.addWidget(self.text, 1)
        self.column.addLayout(whole)
        self._search("")
        self.show_topic(topic)
        self.filter.setFocus()

    def show_topic(self, topic: str, heading: str = "") -> None:
        """Open a topic, at a heading if one is named."""
        if topic != self.topic:
            self.topic = topic
            self.text.show_text(text_of(topic, language()))
        if heading:
            self.text.go_to(heading)
        row = next((place for place, entry in enumerate(self.model.entries) if entry.value == (topic, heading)), -1)
        row = row if row >= 0 else next((place for place, entry in enumerate(self.model.entries) if entry.value[0] == topic), -1)
        if row >= 0 and self.list.currentIndex().row() != row:
            before = self.list.selectionModel().blockSignals(True)
            self.list.setCurrentIndex(self.model.index(row))
            self.list.selectionModel().blockSignals(before)
            self.list.viewport().update()

    def follow(self, link: str) -> None:
        """A link of the text: another topic, a heading, or something to be done in the window; all else is let lie."""
        if link.startswith("do:"):
            self.accept()
            self.asked.emit(link.removeprefix("do:"))
            return
        page, _hash, heading = link.partition("#")
        topic = page.removesuffix(".md") or self.topic
        if topic in TOPICS:
            if self.filter.text():
                self.filter.clear()
            self.show_topic(topic, heading)

    def _help(self) -> bool:
        """F1: it is open already."""
        return True

    def _search(self, words: str) -> None:
        said = language()
        if words.strip():
            found = find(words, said)
            entries = [
                Suggestion(one.heading or one.title, one.title if one.heading else "", value=(one.topic, one.heading)) for one in found
            ]
        else:
            entries = [Suggestion(title_of(topic, said), "", value=(topic, "")) for topic in TOPICS]
        self.model.put(entries)
        self.nothing.setVisible(not entries)
        if words.strip() and entries:
            self.list.setCurrentIndex(self.model.index(0))
        elif self.topic:
            self.show_topic(self.topic)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            topic, heading = self.model.entries[index.row()].value
            if topic != self.topic:
                self.topic = topic
                self.text.show_text(text_of(topic, language()))
            if not (heading and self.text.go_to(heading)):
                self.text.verticalScrollBar().setValue(0)
            self.list.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and up in the field go through the topics; Page keys scroll the text."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(event.key())
            if step is not None:
                row = self.list.currentIndex().row() + step
                if 0 <= row < self.model.rowCount():
                    self.list.setCurrentIndex(self.model.index(row))
                return True
            if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
                bar = self.text.verticalScrollBar()
                bar.setValue(bar.value() + (1 if event.key() == Qt.Key.Key_PageDown else -1) * bar.pageStep())
                return True
        return super().eventFilter(watched, event)


def topic_for(window: QWidget, page: str) -> str:
    """The topic of the dialog that is open, else of the page."""
    open_ = [one for one in window.findChildren(DialogBase) if one.isVisible()]
    kinds = (kind.__name__ for one in reversed(open_) for kind in type(one).__mro__)
    named = next((OF_DIALOG[kind] for kind in kinds if kind in OF_DIALOG), "")
    return named or OF_PAGE.get(page, TOPICS[0])


def show_help(window: MainWindow, topic: str = "") -> HelpDialog:
    """Open the help at a topic, else at that of the page shown."""
    dialog = HelpDialog(window, topic or topic_for(window, window.current))
    dialog.asked.connect(lambda name: _do(window, name))
    dialog.open()
    return dialog


def _do(window: MainWindow, name: str) -> None:
    if name == "keys":
        from desktop.views.keys_dialog import show_keys

        show_keys(window)
    elif name == "search":
        from desktop.views.search_help import show_help as show_search

        show_search(window)


def picture(window: MainWindow) -> HelpDialog:
    """For the screenshots."""
    return show_help(window, "importing")
