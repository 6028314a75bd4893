"""Which of the ready-made groups are shown in the rail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.buttons import CheckBox
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.group_rows import ReadyRow


class ReadyDialog(DialogBase):
    """A box for each; what is not ticked is hidden (the shop's setting `hidden_groups`)."""

    def __init__(self, parent: QWidget, context: AppContext, rows: Sequence[ReadyRow]) -> None:
        super().__init__(
            parent, tr("Ready-made groups"), verb=tr("Save"), note=tr("Changes of the shop stay in the audit trail"), width=480
        )
        self.context = context
        self._before = {row.code for row in rows if row.hidden}
        self.boxes: dict[str, CheckBox] = {}
        words = tr("Ticked ones stand in the rail. To change one, copy it to your own groups first.")
        self.column.addWidget(Label(words, "label", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        half = (len(rows) + 1) // 2
        for place, row in enumerate(rows):
            box = CheckBox(term("ready_group", row.code, language()))
            box.setChecked(not row.hidden)
            box.toggled.connect(lambda _on: self.tell())
            self.boxes[row.code] = box
            grid.addWidget(box, place % half, place // half)
        self.column.addLayout(grid)
        self.tell()

    def hidden(self) -> list[str]:
        return [code for code, box in self.boxes.items() if not box.isChecked()]

    def tell(self) -> None:
        changed = set(self.hidden()) != self._before
        self.set_verb(tr("Save") if changed else tr("Nothing changed yet"), enabled=changed)

    def submit(self) -> None:
        from services.settings import ChangeSetting

        self.set_busy(True)
        self.context.runner.change(ChangeSetting("hidden_groups", self.hidden())).then(self._done, self._failed)

    def _done(self, _outcome: object) -> None:
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.refuse(error_words(error))
