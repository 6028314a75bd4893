"""The maps that the shop keeps: what each is for, calling one otherwise, and taking one away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.buttons import DANGER, Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Elided, Label, rule
from desktop.views.widgets.panel import empty_layout
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.imports.kept_maps import KeptMap

WIDTH = 640


class MapsDialog(DialogBase):
    """Nothing is to be saved: each new name and each removal is a change of its own, and on record."""

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
        self.rename_buttons: dict[str, Button] = {}
        self.name_line: QLineEdit | None = None
        self._maps: tuple[KeptMap, ...] = ()
        self._renaming = -1
        self.load()

    def load(self) -> None:
        from services.imports.kept_maps import KeptMaps

        self.context.runner.query(KeptMaps()).then(self._show, self._failed)

    def _show(self, maps: tuple[KeptMap, ...]) -> None:
        empty_layout(self.rows)
        self._maps = maps
        self.buttons, self.rename_buttons, self.name_line = {}, {}, None
        if not maps:
            self.rows.addWidget(Label(tr("No map is kept. One is made when a file is imported that nobody knows."), "body2", wrap=True))
        for place, one in enumerate(maps):
            if place:
                self.rows.addWidget(rule())
            self.rows.addWidget(self._row(one))
        self.fit()

    def _row(self, one: KeptMap) -> QWidget:
        said = language()
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        if one.id == self._renaming:
            words.addWidget(self._name_line(one))
        else:
            words.addWidget(Label(one.name, "strong"))
        heads = ("、" if said == "zh" else ", ").join(one.headings)
        kind = term("map_kind", one.kind, said)
        words.addWidget(Elided(f"{kind}{'：' if said == 'zh' else ': '}{heads}", "muted", 12))
        row.addLayout(words, 1)
        rename = Button(tr("Rename…"), partial(self._rename, one.id), height=28, name=tr("Rename {name}", name=one.name))
        remove = Button(tr("Remove"), partial(self._remove, one.id), role=DANGER, height=28, name=tr("Remove {name}", name=one.name))
        for button in (rename, remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.buttons[one.name], self.rename_buttons[one.name] = remove, rename
        return box

    def _name_line(self, one: KeptMap) -> QLineEdit:
        line = QLineEdit(one.name)
        line.setMaxLength(60)
        line.setAccessibleName(tr("Name of the map"))
        line.returnPressed.connect(lambda: self._take_name(one.id, line.text()))
        line.selectAll()
        self.name_line = line
        return line

    def _rename(self, map_id: int) -> None:
        """Write the name in its place; Enter keeps it. The button pressed again keeps it, too."""
        if map_id == self._renaming and self.name_line is not None:
            self._take_name(map_id, self.name_line.text())
            return
        self._renaming = map_id
        self._show(self._maps)
        if self.name_line is not None:
            self.name_line.setFocus()

    def _take_name(self, map_id: int, name: str) -> None:
        from services.commands.import_maps import RenameImportMap

        self.context.runner.change(RenameImportMap(map_id, name)).then(self._renamed, self._failed)

    def _renamed(self, _outcome: object) -> None:
        self._renaming = -1
        self.refuse("")
        self.load()

    def _remove(self, map_id: int) -> None:
        from services.commands.import_maps import RemoveImportMap

        self.context.runner.change(RemoveImportMap(map_id)).then(self._renamed, self._failed)

    def _failed(self, error: Exception) -> None:
        self.refuse(error_words(error))
