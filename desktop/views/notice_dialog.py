"""A notice for the shop's page out of the mistakes that buyers made most: chosen, edited, copied with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.views.widgets.buttons import CheckBox, Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import empty_layout
from services.words import term
from services.words.notice import compose, proposed, with_kind

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.shop_notice import Mistakes

WIDTH, KINDS_WIDTH, HEIGHT = 880, 280, 320


class NoticeDialog(DialogBase):
    """The verb copies; the dialog stays for the other language."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        super().__init__(
            parent,
            tr("A notice for the shop's page"),
            tr("Out of the mistakes in addresses and goods of the last {n} days", n=90),
            verb=tr("Copy"),
            width=WIDTH,
        )
        self.context = context
        self.cancel_button.setText(tr("Close"))
        self.boxes: dict[str, CheckBox] = {}
        row = QHBoxLayout()
        row.setSpacing(24)
        left = QWidget()
        left.setFixedWidth(KINDS_WIDTH)
        self._kinds = QVBoxLayout(left)
        self._kinds.setContentsMargins(0, 0, 0, 0)
        self._kinds.setSpacing(8)
        row.addWidget(left)
        right = QVBoxLayout()
        right.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Label(tr("Paste this where buyers read it before they order"), "label"))
        head.addStretch()
        # Each language names itself, so that it can be found by who reads no other.
        self.languages = Segments([("zh", "中文"), ("en", "English")], tr("Language of the notice"))
        self.languages.choose(language())
        self.languages.chosen.connect(lambda _lang: self._compose())
        head.addWidget(self.languages)
        right.addLayout(head)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("The notice"))
        self.text.setFixedHeight(HEIGHT)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._tell)
        right.addWidget(self.text)
        row.addLayout(right, 1)
        self.column.addLayout(row)
        self._tell()
        from services.queries.shop_notice import CountMistakes

        context.runner.query(CountMistakes()).then(self._show, self._failed)

    @property
    def lang(self) -> str:
        return str(self.languages.value)

    def _failed(self, error: Exception) -> None:
        self.refuse(error_words(error))

    def _show(self, mistakes: Mistakes) -> None:
        empty_layout(self._kinds)
        chosen = proposed(mistakes.kinds)
        self._kinds.addWidget(Label(tr("What happened, in orders"), "label"))
        for kind, count in mistakes.kinds:
            line = QHBoxLayout()
            box = CheckBox(term("notice_kind", kind, language()))
            box.setChecked(kind in chosen)
            box.clicked.connect(lambda on, kind=kind: self._toggle(kind, on))
            self.boxes[kind] = box
            line.addWidget(box)
            line.addStretch()
            figure = Label(formats.count(count), "body2" if count else "muted")
            figure.setAccessibleName(trn("{n} order", "{n} orders", count))
            line.addWidget(figure)
            self._kinds.addLayout(line)
        if not chosen:
            words = tr("No such mistake was counted. Tick what the notice is to say all the same.")
            self._kinds.addWidget(Label(words, "label", wrap=True))
        self._kinds.addStretch()
        self._compose()
        self.text.setFocus()

    def _compose(self) -> None:
        """From the beginning: another language."""
        on = [kind for kind, box in self.boxes.items() if box.isChecked()]
        self.text.setPlainText(compose(sorted(on, key=list(self.boxes).index) if self.boxes else (), self.lang))

    def _toggle(self, kind: str, on: bool) -> None:
        """Its line comes or goes; what was typed stays."""
        self.text.setPlainText(with_kind(self.text.toPlainText(), kind, self.lang, on=on))

    def _tell(self) -> None:
        if self.text.toPlainText().strip():
            self.set_verb(tr("Copy"))
        else:
            self.set_verb(tr("The notice is empty"), enabled=False)

    def submit(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.set_verb(tr("Copied"))
        self.context.notify(tr("The notice is copied: paste it on the shop's page"))
