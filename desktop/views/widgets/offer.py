"""The quiet notice of new files: what came, and three answers. It stays until it is answered, over nothing that is worked on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.folder_watch import FolderWatch, downloads
from desktop.i18n import language, tr, trn
from desktop.theme import LABEL_SIZE
from desktop.views.widgets.buttons import Button, QuietButton
from desktop.views.widgets.floating import FloatingCard
from desktop.views.widgets.labels import Elided

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

WIDTH, HEIGHT, RIGHT, BOTTOM = 388, 106, 16, 68
MOST_OF_A_NAME = 26


class OfferBar(FloatingCard):
    """Floats over the right foot of `parent`, above the selection bar; hidden while nothing is offered."""

    sign = "file-import"

    def __init__(self, watch: FolderWatch, parent: QWidget) -> None:
        super().__init__(parent)
        self.watch = watch
        self.setFixedHeight(HEIGHT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(42, 10, 12, 8)
        whole.setSpacing(4)
        self.words = Elided("")
        self.more = Elided("", "muted", LABEL_SIZE)
        whole.addWidget(self.words)
        whole.addWidget(self.more)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch()
        self.never_button = QuietButton(tr("Never"), watch.refuse)
        self.later_button = QuietButton(tr("Not now"), watch.postpone)
        self.import_button = Button(tr("Import…"), watch.accept, icon="import", height=28)
        for button in (self.never_button, self.later_button, self.import_button):
            row.addWidget(button)
        whole.addLayout(row)
        self.hide()
        watch.offered.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Show what is offered, or nothing."""
        from services.words.imports import format_words

        offers = self.watch.offers
        if not offers:
            self.hide()
            return
        said = language()
        names = [offer.path.name for offer in offers]
        dot = "·" if said == "zh" else " · "
        comma = "、" if said == "zh" else ", "
        if len(offers) == 1:
            self.words.setText(tr("New: {file}. Import it?", file=_short(names[0])))
            self.more.setText(dot.join((format_words(offers[0].format, said), offers[0].path.parent.name)))
            self.never_button.setText(tr("Never this file"))
        else:
            words = trn("{n} new export file. Import it?", "{n} new export files. Import them?", len(offers))
            self.words.setText(words)
            kinds = Counter(format_words(offer.format, said) for offer in offers)
            told = (f"{kind} ×{count}" if count > 1 else kind for kind, count in kinds.items())
            self.more.setText(dot.join((comma.join(told), offers[0].path.parent.name)))
            self.never_button.setText(tr("Never these"))
        self.setAccessibleName(f"{self.words.text()} {self.more.text()}")
        self.setToolTip(formats.plain_tip("\n".join(str(offer.path) for offer in offers)))
        self.show_up()

    def place(self, parent: QWidget) -> None:
        self.resize(min(WIDTH, parent.width() - 2 * RIGHT), HEIGHT)
        self.move(parent.width() - self.width() - RIGHT, parent.height() - HEIGHT - BOTTOM)


def _short(name: str) -> str:
    """`ExportOrderList…1358.csv`: the question behind it must be seen."""
    return name if len(name) <= MOST_OF_A_NAME else f"{name[:15]}{formats.ELLIPSIS}{name[-8:]}"


def picture(window: MainWindow) -> None:
    """For the screenshots: a file that was just downloaded."""
    from services.imports.watching import Offer, Stamp

    watch = FolderWatch(window.context, window)
    path = downloads() / "ExportOrderList202611221358.csv"
    watch.offers = (Offer(Stamp(str(path), 1, 1), "taobao.orders.g4", ""),)
    window.show_page(next(iter(window.entries)))
    OfferBar(watch, window.stack)
