"""Typing over a cell in its place. Enter saves, Esc leaves; what was typed is never lost: a refusal is said below the field, which stays open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QCompleter, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout

from desktop.i18n import tr
from desktop.theme import row_height
from desktop.views.widgets.labels import Label

MOST_LINES, LINE, WIDTH = 6, 18, 220
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CellEditor(QFrame):
    """A field over a cell (TableView.put_editor) with room for a sentence below. Subclasses make the field."""

    saved = Signal(str)
    """Enter, or the focus went elsewhere in the window: the text to keep."""
    grew = Signal()
    """Another height suits it."""
    left = Signal()
    """Esc, or nothing was changed."""

    def __init__(self, name: str, text: str, field: QLineEdit | QPlainTextEdit) -> None:
        super().__init__()
        self.first, self.field = text, field
        self._busy = self._over = False
        self.setProperty("box", "surface")
        self.setMinimumWidth(WIDTH)
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        field.setProperty("cell", True)
        field.setAccessibleName(name)
        field.installEventFilter(self)
        column.addWidget(field)
        self.words = Label("", "bad", wrap=True)
        self.words.setContentsMargins(8, 4, 8, 6)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.hide()
        column.addWidget(self.words)
        self.setFocusProxy(field)
        field.textChanged.connect(lambda *_: self._grow())

    def text(self) -> str:
        raise RuntimeError

    def has_popup(self) -> bool:
        return False

    def field_height(self) -> int:
        return row_height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        below = self.words.heightForWidth(width) if not self.words.isHidden() else 0
        return self.field_height() + max(0, below)

    def refuse(self, words: str) -> None:
        """Say below the field why it was not kept; it can be typed on, saved again or left."""
        self._busy = False
        self.field.setReadOnly(False)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.field.setAccessibleDescription(words)
        self._grow()
        self.field.setFocus()

    def end(self) -> None:
        """Nothing is to be said any more: it was kept, or it is given up."""
        self._over = True

    def save(self) -> None:
        if self._busy or self._over:
            return
        if self.text() == self.first and self.words.isHidden():
            self.leave()
            return
        self._busy = True
        self.field.setReadOnly(True)
        self.saved.emit(self.text())

    def save_again(self) -> None:
        """What changed meanwhile is not what stands here: nothing of it is lost, so the same is kept on the new state."""
        self._busy = False
        self.saved.emit(self.text())

    def leave(self) -> None:
        if not self._over:
            self._over = True
            self.left.emit()

    def _grow(self) -> None:
        self.field.setFixedHeight(self.field_height())
        self.updateGeometry()
        self.grew.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in {*_ENTER, Qt.Key.Key_Escape}:
            event.accept()  # Ctrl+Enter belongs to what is typed here, not to the page
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.has_popup():
            if event.key() in _ENTER and not event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
                self.save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._focus_left(event.reason())
        return False

    def _focus_left(self, reason: Qt.FocusReason) -> None:
        """A click elsewhere in the window keeps what was typed, as a spreadsheet does; another window, a menu or a dialog changes nothing."""
        stays = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
        if reason not in stays and not self._over:
            QTimer.singleShot(0, self, self._save_if_left)

    def _save_if_left(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus.window() is self.window() and focus is not self.field and not self.has_popup():
            self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # no key of the table works below an open field


class MemoEditor(CellEditor):
    """Several lines: Shift+Enter begins a new one. Grows with the text."""

    def __init__(self, name: str, text: str, limit: int) -> None:
        field = QPlainTextEdit(text)
        field.setTabChangesFocus(True)
        field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        field.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        field.document().setDocumentMargin(2)
        field.setPlaceholderText(tr("Enter saves, Esc leaves"))
        self._plain, self._limit = field, limit
        super().__init__(name, text, field)
        field.moveCursor(QTextCursor.MoveOperation.End)
        field.setFixedHeight(self.field_height())

    def text(self) -> str:
        return self._plain.toPlainText()

    def field_height(self) -> int:
        block, lines = self._plain.document().firstBlock(), 0
        while block.isValid():
            lines += max(1, block.layout().lineCount() if block.layout() is not None else 1)
            block = block.next()
        long = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._plain.setVerticalScrollBarPolicy(long)
        return max(row_height(), min(MOST_LINES, lines) * LINE + row_height() - LINE)

    def _grow(self) -> None:
        if len(self.text()) > self._limit:
            cursor = self._plain.textCursor()
            self._plain.blockSignals(True)
            self._plain.setPlainText(self.text()[: self._limit])
            cursor.movePosition(QTextCursor.MoveOperation.End)
            self._plain.setTextCursor(cursor)
            self._plain.blockSignals(False)
        super()._grow()


class TagsEditor(CellEditor):
    """Words with commas between them; the ones in use are offered while one types."""

    def __init__(self, name: str, text: str, limit: int) -> None:
        field = QLineEdit(text)
        field.setMaxLength(limit)
        field.setPlaceholderText(tr("Several: a comma between them"))
        self._line = field
        super().__init__(name, text, field)
        field.setFixedHeight(row_height())
        field.returnPressed.connect(self._entered)

    def _entered(self) -> None:
        """Enter with the words open below and none of them chosen: what was typed is meant."""
        completer: QCompleter | None = self._line.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None and popup.isVisible() and not popup.currentIndex().isValid():
            popup.hide()
            self.save()

    def text(self) -> str:
        return ",".join(dict.fromkeys(part for part in (one.strip() for one in self._line.text().replace("，", ",").split(",")) if part))

    def offer(self, words: Sequence[str]) -> None:
        """Complete from these."""
        self._line.setCompleter(PartCompleter(words, self._line))

    def has_popup(self) -> bool:
        completer: QCompleter | None = self._line.completer()
        popup = completer.popup() if completer is not None else None
        return popup is not None and popup.isVisible()


class PartCompleter(QCompleter):
    """Completes the word after the last comma, in the middle of words too."""

    def __init__(self, words: Sequence[str], field: QLineEdit) -> None:
        super().__init__(list(words), field)
        self._before = ""
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        cut = max(path.rfind(","), path.rfind("，")) + 1
        self._before = path[:cut]
        return [path[cut:].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return f"{self._before}{index.data(Qt.ItemDataRole.DisplayRole)},"
