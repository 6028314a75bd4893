"""The detail of one entry of the trail: what, before and after, who and why, and the hash that chains it to the one before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop import formats
from desktop.i18n import language, tr
from desktop.models.audit_columns import actor_words, what_words
from desktop.views.widgets.buttons import Button, QuietButton
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band, Fact, Panel, PanelSection
from services.words import term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.audit_trail import AuditRow

MOST_FACTS = 24
Deeds = Mapping[str, Callable[[], object]]
"""What the page can do with the entry shown: order, all, as_of, batch."""


class AuditPanel(Panel):
    """`show_entry(seq)` reads and shows it; −1 shows nothing."""

    def __init__(self, context: AppContext, deeds: Deeds) -> None:
        super().__init__(tr("Entry"))
        self.context = context
        self.row: AuditRow | None = None
        self._task: Task | None = None
        self._copy = QuietButton(icon="copy", name=tr("Copy the entry"), run=self._copy_entry)
        self.tools.addWidget(self._copy)
        self.order_button = Button(tr("Open the order"), deeds["order"], icon="orders")
        self.all_button = Button(tr("All of this order"), deeds["all"], icon="audit")
        self.as_of_button = QuietButton(icon="clock", name=tr("As it was then"), run=deeds["as_of"])
        self.tools.insertWidget(0, self.as_of_button)
        self.batch_button = Button(tr("Open the import"), deeds["batch"], icon="archive")
        for button in (self.order_button, self.all_button, self.batch_button):
            self.add_button(button)
        self._blank()

    def show_entry(self, seq: int) -> None:
        """Read the entry; what is on the screen stays until the answer comes."""
        if self._task is not None:
            self._task.cancel()
        if seq < 0:
            self._blank()
            return
        from services.queries.audit_trail import AuditRows

        self._task = self.context.runner.query(AuditRows((seq,)))
        self._task.then(self._take)

    def _take(self, rows: Sequence[AuditRow]) -> None:
        if rows:
            self._show(rows[0])
        else:
            self._blank()

    def _blank(self) -> None:
        self.row = None
        self.title.setText("")
        self.body.clear()
        for button in (self.order_button, self.all_button, self.as_of_button, self.batch_button, self._copy):
            button.setVisible(False)
        hint = Label(tr("Choose an entry to see all of it here."), "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.column.addSpacing(80)
        self.body.column.addWidget(hint)

    def _show(self, row: AuditRow) -> None:
        self.row = row
        self.title.setText(f"{formats.count(row.seq)}")
        self._copy.setVisible(True)
        for button in (self.order_button, self.all_button, self.as_of_button):
            button.setVisible(row.number is not None)
        self.batch_button.setVisible(row.entity == "import_batch" and row.entity_id is not None)
        self.setUpdatesEnabled(False)
        self.body.clear()
        self._tell_change(row)
        self._tell_who(row)
        self._tell_facts(row)
        self._tell_chain(row)
        self.setUpdatesEnabled(True)

    # ---- the sections

    def _tell_change(self, row: AuditRow) -> None:
        from services.words.trail import details, value

        said, zone = language(), self.context.zone
        self.body.column.addWidget(Label(what_words(row), "section", wrap=True))
        self.body.column.addSpacing(6)
        if row.erased:
            self.body.column.addWidget(Band("info", tr("Its values were taken out since; the chain still stands.")))
            return
        if row.field is None:
            words = details(row, said, zone)
            if words and not self._facts(row):
                self.body.column.addWidget(Label(words, "body2", wrap=True))
            return
        for heading, kept, role in ((tr("Before"), row.old, "muted"), (tr("After"), row.new, "body")):
            box = QFrame()
            box.setProperty("box", "quiet")
            column = QVBoxLayout(box)
            column.setContentsMargins(12, 8, 12, 9)
            column.setSpacing(2)
            column.addWidget(Label(heading, "label"))
            column.addWidget(Label(value(row.entity, row.field, kept, said, zone), role, wrap=True, copy=True))
            self.body.column.addWidget(box)
            self.body.column.addSpacing(6)

    def _tell_who(self, row: AuditRow) -> None:
        section = PanelSection(tr("Who and when"))
        section.column.addWidget(Fact(tr("Time"), formats.full_time(row.at, self.context.zone)))
        section.column.addWidget(Fact(tr("Who"), actor_words(row)))
        section.column.addWidget(Fact(tr("Action"), term("action", row.action, language())))
        if row.number:
            section.column.addWidget(Fact(tr("Order"), row.number))
        if row.thing:
            section.column.addWidget(Fact(term("entity", row.entity, language()), _called(row)))
        self.body.column.addWidget(section)
        if row.reason:
            why = PanelSection(tr("Reason"))
            why.column.addWidget(Label(row.reason, "body", wrap=True, copy=True))
            self.body.column.addWidget(why)

    def _facts(self, row: AuditRow) -> tuple[tuple[str, str], ...]:
        from services.words.trail import facts

        return facts(row, language(), self.context.zone)

    def _tell_facts(self, row: AuditRow) -> None:
        found = self._facts(row)
        if not found:
            return
        section = PanelSection(tr("Rows written") if row.entity == "command" else tr("What it holds"))
        for name, held in found[:MOST_FACTS]:
            section.column.addWidget(Fact(name, held))
        self.body.column.addWidget(section)

    def _tell_chain(self, row: AuditRow) -> None:
        section = PanelSection(tr("Hash"))
        half = len(row.hash) // 2
        section.column.addWidget(Label(f"{row.hash[:half]}\n{row.hash[half:]}", "small", copy=True))
        section.column.addWidget(
            Label(tr("Made of this entry and the hash of the one before: whoever changes an entry breaks the chain."), "label", wrap=True)
        )
        self.body.column.addWidget(section)

    # ---- what can be done

    def _copy_entry(self) -> None:
        """Put the entry on the clipboard as lines of text."""
        from services.words.trail import details

        row = self.row
        if row is None:
            return
        zone = self.context.zone
        lines = (
            f"{tr('Entry')} {formats.count(row.seq)}",
            f"{formats.full_time(row.at, zone)}  {actor_words(row)}",
            f"{what_words(row)}  {row.number or ''}".rstrip(),
            details(row, language(), zone),
            row.reason or "",
            row.hash,
        )
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
        self.context.notify(tr("Copied entry {n}", n=formats.count(row.seq)))


def _called(row: AuditRow) -> str:
    return term("setting", row.thing, language()) if row.entity == "setting" else row.thing
