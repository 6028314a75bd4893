"""The seals of the trail: those that were made, one made now, copied or printed; and whether a code that somebody kept still holds."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.buttons import Button, QuietButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label, rule
from desktop.views.widgets.panel import Band, empty_layout
from services.words import say

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.desk import Desk
    from services.outcome import Outcome
    from services.seals import SealRow

MOST_SHOWN = 31


class SealsDialog(DialogBase):
    """The verb seals the trail as it is now."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        super().__init__(
            parent, tr("Seals of the trail"), tr("The first change of each day seals the days before"), verb=tr("Seal now"), width=720
        )
        self.cancel_button.setText(tr("Close"))
        self.context = context
        self.rows: tuple[SealRow, ...] = ()
        words = tr("Print the newest seal or send it to yourself: with it anybody can show later that nothing before it was rewritten.")
        self.column.addWidget(Label(words, "body2", wrap=True))
        self.code = QLineEdit()
        self.code.setPlaceholderText("261122-3F7-K7XQ2-M9PDH-4TQW8")
        self.code.setAccessibleName(tr("A seal that you kept"))
        self.code.returnPressed.connect(self.check)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.code, 1)
        self.check_button = Button(tr("Compare"), self.check, icon="seal", height=34)
        row.addWidget(self.check_button)
        self.column.addLayout(row)
        self.answer = QGridLayout()
        self.column.addLayout(self.answer)
        self.column.addWidget(rule())
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(2, 1)
        self.column.addLayout(self.grid)
        self.print_button = Button(tr("Sheet…"), self._print, icon="print", height=34)
        self.print_button.setEnabled(False)
        self.extra.addWidget(self.print_button)
        self._read()

    def _read(self) -> None:
        from services.queries.seals import SealRows

        self.context.runner.query(SealRows(MOST_SHOWN)).then(self._take, self._failed)

    def _take(self, rows: tuple[SealRow, ...]) -> None:
        self.rows = rows
        self.print_button.setEnabled(bool(rows))
        empty_layout(self.grid)
        if not rows:
            self.grid.addWidget(Label(tr("There is none yet."), "muted"), 0, 0)
        for place, row in enumerate(reversed(rows)):
            self.grid.addWidget(Label(f"{date.fromordinal(row.day):%Y-%m-%d}", "body2"), place, 0)
            self.grid.addWidget(Label(tr("Entry {n}", n=formats.count(row.seq)), "label"), place, 1)
            self.grid.addWidget(Label(row.code, "strong", copy=True), place, 2)
            self.grid.addWidget(QuietButton(icon="copy", name=tr("Copy the seal"), run=partial(self._copy, row)), place, 3)

    def _copy(self, row: SealRow) -> None:
        QGuiApplication.clipboard().setText(row.code)
        self.note.setText(tr("Copied"))
        self.note.show()

    def submit(self) -> None:
        from services.commands.seals import SealDay

        self.set_busy(True)
        self.context.runner.change(SealDay()).then(self._sealed, self._failed)

    def _sealed(self, outcome: Outcome[SealRow | None]) -> None:
        self.set_busy(False)
        if outcome.value is not None:
            self._copy(outcome.value)
        self._read()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.refuse(error_words(error))

    # ---- comparing

    def check(self) -> None:
        """Whether the trail is still the one that the typed code was made of."""
        from services.queries.seals import SealHolds

        self.refuse("")
        self.context.runner.query(SealHolds(self.code.text())).then(self._told, self._failed)

    def _told(self, wrong: tuple[str, dict[str, Any]] | None) -> None:
        empty_layout(self.answer)
        if wrong is None:
            self.answer.addWidget(Band("ok", tr("It holds: nothing before this seal was rewritten.")))
            return
        code, facts = wrong
        self.answer.addWidget(Band("bad", say(code, language(), **facts)))

    # ---- paper

    def _print(self) -> None:
        row = self.rows[-1]
        name = f"{tr('Seal')} {date.fromordinal(row.day):%Y-%m-%d}.pdf"
        path, _kind = QFileDialog.getSaveFileName(self, tr("Save the sheet"), str(Path.home() / name), "PDF (*.pdf)")
        if path:
            self.write_sheet(Path(path))

    def write_sheet(self, path: Path) -> None:
        """The newest seal on a sheet of its own."""
        self.context.runner.job(partial(_write_sheet, row=self.rows[-1], path=path, lang=language()), "").then(self._written, self._failed)

    def _written(self, path: Path) -> None:
        self.note.setText(tr("Saved as {file}", file=path.name))
        self.note.show()


def _write_sheet(desk: Desk, _progress: Any, row: SealRow, path: Path, lang: str) -> Path:
    from io import BytesIO

    from services.documents.seal_sheet import render_seal

    drawn = BytesIO()
    render_seal(row, desk.shop.name, desk.shop.zone, lang, drawn)
    path.write_bytes(drawn.getvalue())
    return path
