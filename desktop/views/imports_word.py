"""A word of a file that nobody knows is given its meaning, once and for all files; the rows that wait for it are looked at again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTemporaryDir
from PySide6.QtWidgets import QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label
from services.words import term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from services.queries.held_rows import HeldRow

STATUSES = ("awaiting_payment", "awaiting_shipment", "shipped", "completed", "closed")
WIDTH = 640


class WordDialog(DialogBase):
    """The verb remembers the word and opens the look before the import for the files that hold it."""

    def __init__(self, parent: QWidget, context: AppContext, row: HeldRow, files: Sequence[int], rows: int) -> None:
        title = tr("What does “{word}” mean?", word=row.value)
        super().__init__(parent, title, row.column, verb=tr("Say which status"), note=tr("Remembered for all files to come"), width=WIDTH)
        self.context, self.word, self.batches = context, row.value, tuple(files)
        words = trn("{n} row waits for it", "{n} rows wait for it", rows)
        self.column.addWidget(Label(words, "body2", wrap=True))
        said = language()
        self.status = Combo([("", tr("Choose…")), *((code, term("status", code, said)) for code in STATUSES)], tr("Status"))
        self.column.addWidget(FormRow(tr("Status"), self.status))
        hint = tr("The files are then looked at again out of what was kept of them: nothing comes in before you say so.")
        self.column.addWidget(Label(hint, "label", wrap=True))
        self.status.currentIndexChanged.connect(lambda _place: self.tell())
        self.status.setFocus()
        self.tell()

    def tell(self) -> None:
        if self.status.currentData():
            self.set_verb(tr("Remember and look again"))
        else:
            self.set_verb(tr("Say which status"), enabled=False)

    def submit(self) -> None:
        from services.commands.import_words import TeachStatus

        self.set_busy(True)
        self.context.runner.change(TeachStatus(self.word, str(self.status.currentData()))).then(self._taught, self._failed)

    def _taught(self, _outcome: Any) -> None:
        self.accept()
        look_again(self.parentWidget() or self, self.context, self.batches)

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        self.refuse(error_words(error))


def look_again(window: QWidget, context: AppContext, batches: Sequence[int]) -> None:
    """Write the files anew out of their kept rows, and hand them to the import, which asks before anything comes in."""
    scratch = QTemporaryDir()
    # Lives as long as the window: the import reads the files some time later.
    window.destroyed.connect(partial(_forget, scratch))
    folder = Path(scratch.path())

    def write(desk: Any, _progress: Any) -> list[Path]:
        from services.imports.kept_file import KeptFile, write_kept

        paths = []
        for place, batch_id in enumerate(batches):
            (folder / str(place)).mkdir()
            paths.append(write_kept(desk.read(KeptFile(batch_id)), folder / str(place)))
        return paths

    context.runner.job(write, tr("Looking for the kept rows")).then(context.import_files)


def _forget(scratch: QTemporaryDir, _gone: object = None) -> None:
    scratch.remove()
