"""The maps that the shop keeps: what each is for, and taking one away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.buttons import DANGER, Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Elided, Label, rule
from desktop.views.widgets.panel import empty_layout

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.imports.kept_maps import KeptMap

WIDTH = 640


class MapsDialog(DialogBase):
    """Nothing is to be saved: each removal is a change of its own, and on record."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        super().__init__(
            parent,
            tr("Kept field maps"),
            tr("A file with these headings is read by its map"),
            note=tr("Recorded in the audit trail"),
            width=WIDTH,
        )
        self.context = context
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.column.addLayout(self.rows)
        self.buttons: dict[str, Button] = {}
        self.load()

    def load(self) -> None:
        from services.imports.kept_maps import KeptMaps

        self.context.runner.query(KeptMaps()).then(self._show, self._failed)

    def _show(self, maps: tuple[KeptMap, ...]) -> None:
        empty_layout(self.rows)
        self.buttons = {}
        if not maps:
            self.rows.addWidget(Label(tr("No map is kept. One is made when a file is imported that nobody knows."), "body2", wrap=True))
        for place, one in enumerate(maps):
            if place:
                self.rows.addWidget(rule())
            self.rows.addWidget(self._row(one))
        self.fit()

    def _row(self, one: KeptMap) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(one.name, "strong"))
        words.addWidget(Elided(("、" if language() == "zh" else ", ").join(one.headings), "muted", 12))
        row.addLayout(words, 1)
        button = Button(tr("Remove"), partial(self._remove, one.id), role=DANGER, height=28, name=tr("Remove {name}", name=one.name))
        button.setAutoDefault(False)
        self.buttons[one.name] = button
        row.addWidget(button)
        return box

    def _remove(self, map_id: int) -> None:
        from services.commands.import_maps import RemoveImportMap

        self.context.runner.change(RemoveImportMap(map_id)).then(lambda _outcome: self.load(), self._failed)

    def _failed(self, error: Exception) -> None:
        self.refuse(error_words(error))
