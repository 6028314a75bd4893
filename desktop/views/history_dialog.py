"""What is on record of one thing: a SKU, a customer, a setting or all of them; newest first, with a way into the audit page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.timeline import Event, Timeline
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.audit_trail import AuditRow


class HistoryDialog(DialogBase):
    """`entity` is a table's name, `entity_id` None for all of its rows. Only tells."""

    def __init__(self, parent: QWidget, context: AppContext, title: str, entity: str, entity_id: int | None = None) -> None:
        super().__init__(parent, tr("History"), title, width=680)
        self.context = context
        self.timeline = Timeline()
        self.hint = Label(tr("Reading…"), "muted", wrap=True)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.timeline)
        from services.queries.audit_trail import EntityTrail

        context.runner.query(EntityTrail(entity, entity_id)).then(self._take, self._failed)

    def _take(self, rows: Sequence[AuditRow]) -> None:
        self.hint.setVisible(not rows)
        self.hint.setText(tr("Nothing was changed here yet; values that came with a file stand at the import."))
        self.timeline.set([self._event(row) for row in rows])

    def _failed(self, error: Exception) -> None:
        self.hint.hide()
        self.refuse(error_words(error))

    def _event(self, row: AuditRow) -> Event:
        from services.words.trail import details, sentence

        said, zone = language(), self.context.zone
        more = "，" if said == "zh" else "; "
        told: list[Any] = [details(row, said, zone), row.reason, term("actor", row.actor, said)]
        at = formats.short_time(row.at, self.context.now(), zone)
        return Event(sentence(row, said), at, more.join(part for part in told if part), formats.full_time(row.at, zone), row.at)
