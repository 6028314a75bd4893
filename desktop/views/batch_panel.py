"""The detail of one imported file: what came of it, what stayed out and why, what is left to decide, and how it was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.models.batch_columns import Line, lines_of, short_name
from desktop.theme import LABEL_SIZE
from desktop.views.widgets.buttons import Button, LinkButton
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band, Fact, Panel, PanelSection
from desktop.views.widgets.rows import ListRow, Part
from services.words import say, term
from services.words.imports import format_words

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.batch_rows import BatchFile

MOST = 5
WAITING = frozenset({"status_unknown"})
"""Codes of rows that come in when their word is known (services.queries.held_rows)."""
SHOWN = ("rejected", "held", "notice", "updated")
Deeds = Mapping[str, Callable[..., object]]
"""What the page does with the file shown: orders, undo, report, lines (a part), decide, again."""


class BatchPanel(Panel):
    """`show_batch(file)`; None shows nothing."""

    def __init__(self, context: AppContext, deeds: Deeds) -> None:
        super().__init__("")
        self.context, self._deeds = context, deeds
        self.batch: BatchFile | None = None
        self.orders_button = Button(tr("Show its orders"), deeds["orders"], icon="orders")
        self.undo_button = Button(tr("Take back…"), deeds["undo"], icon="refresh", role="danger")
        self.add_button(self.orders_button)
        self.add_button(self.undo_button, right=True)
        self.show_batch(None)

    def show_batch(self, batch: BatchFile | None) -> None:
        same = batch is not None and self.batch is not None and self.batch.row.id == batch.row.id
        at = self.body.verticalScrollBar().value() if same else 0
        self.batch = batch
        self.setUpdatesEnabled(False)
        self.body.clear()
        for button in (self.orders_button, self.undo_button):
            button.setVisible(batch is not None)
        if batch is None:
            self.title.setText("")
            hint = Label(tr("Choose a file to see what came of it."), "muted", wrap=True)
            hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.column.addSpacing(80)
            self.body.column.addWidget(hint)
        else:
            self._show(batch)
        self.setUpdatesEnabled(True)
        self.body.verticalScrollBar().setValue(at)

    def _show(self, batch: BatchFile) -> None:
        row, said = batch.row, language()
        self.title.setText(f"{row.label}  {short_name(row.file_name)}")
        self.title.setToolTip(formats.plain_tip(row.file_name))
        brings_orders = batch.row.kind not in {"goods", "counts", "bookings"} and row.undone_at is None
        self.orders_button.setVisible(brings_orders)
        self.undo_button.setVisible(batch.stands != "undo_twice")
        self.undo_button.setEnabled(not batch.stands)
        self.undo_button.setToolTip(formats.plain_tip(say(batch.stands, said, batch=row.label)) if batch.stands else "")
        self._state(batch)
        self._counts(batch)
        for part in SHOWN:
            self._part(batch, part)
        self._vanished(batch)
        self._file(batch)

    # ---- the sections

    def _state(self, batch: BatchFile) -> None:
        row, now, zone = batch.row, self.context.now(), self.context.zone
        if row.undone_at is not None:
            who, when = term("actor", row.undone_by, language()), formats.day_time(row.undone_at, now, zone)
            self._add(Band("info", tr("Taken back by {who}, {time}", who=who, time=when), batch.undone_why, icon="refresh"))
            self.body.column.addSpacing(8)
            return
        if row.undecided:
            words = trn("{n} value to decide", "{n} values to decide", row.undecided)
            self._add(Band("warn", words, tr("The file says otherwise than what was edited here."), tr("Decide"), self._deeds["decide"]))
            self.body.column.addSpacing(8)

    def _counts(self, batch: BatchFile) -> None:
        row, said = batch.row, language()
        section = PanelSection(tr("What came of it"), tr("Save report…"), self._deeds["report"])
        section.column.setSpacing(3)
        for part, count in (
            ("new", row.new),
            ("updated", row.changed),
            ("unchanged", row.same),
            ("conflict", row.conflicts),
            ("held", row.held),
            ("rejected", row.rejected),
        ):
            tone = {"conflict": "warn", "rejected": "bad"}.get(part, "text") if count else "muted"
            section.column.addWidget(Fact(term("import_part", part, said), formats.count(count), tone=tone))
        section.column.addWidget(Fact(tr("Rows of the file"), formats.count(row.rows)))
        self._add(section)

    def _part(self, batch: BatchFile, part: str) -> None:
        """The first lines of a part, and the way to all of them."""
        count = len(batch.part(part))
        if not count:
            return
        heading = f"{term('import_part', part, language())} {formats.count(count)}"
        section = PanelSection(heading, tr("See all"), partial(self._deeds["lines"], part))
        section.column.setSpacing(0)
        for line in lines_of(batch, part, self.context.zone)[:MOST]:
            section.column.addWidget(_line(line, part, partial(self._deeds["lines"], part)))
        if part == "rejected" and batch.row.undone_at is None:
            section.column.addSpacing(4)
            section.column.addWidget(Label(tr("Mend these rows in the file and import it again: what came in stays."), "label", wrap=True))
            for word in dict.fromkeys(line.told for line in batch.part(part) if line.code in WAITING and line.told):
                say_it = partial(self.context.go, "worklists", tab="held", search=word)
                section.column.addWidget(LinkButton(tr("Say what “{word}” means…", word=word), say_it, icon="edit"))
        self._add(section)

    def _vanished(self, batch: BatchFile) -> None:
        if not batch.vanished:
            return
        section = PanelSection(tr("Not in the file, though of its time"))
        numbers = "、" if language() == "zh" else ", "
        words = trn("{n} order stays as it is", "{n} orders stay as they are", batch.vanished)
        section.column.addWidget(Label(words, "body2", wrap=True))
        section.column.addWidget(Label(numbers.join(batch.vanished_numbers[:MOST]), "small", wrap=True, copy=True))
        self._add(section)

    def _file(self, batch: BatchFile) -> None:
        row, now, zone, said = batch.row, self.context.now(), self.context.zone, language()
        section = PanelSection(tr("The file"))
        section.column.setSpacing(3)
        comma = "、" if said == "zh" else ", "
        for label, words in (
            (tr("What it is"), format_words(row.format, said)),
            (tr("File of"), formats.day_time(batch.file_time, now, zone)),
            (tr("Imported"), formats.day_time(row.at, now, zone)),
            (tr("Who"), term("actor", row.actor, said) if row.actor else ""),
            (tr("Channel"), term("channel", batch.channel, said) if batch.channel else ""),
            (tr("Worksheet"), batch.sheet),
            (tr("Encoding"), batch.encoding.upper()),
            (tr("Columns not known"), comma.join(batch.unknown_headings)),
        ):
            if words:
                section.column.addWidget(Fact(label, words))
        self._add(section)

    def _add(self, widget: PanelSection | Band) -> None:
        self.body.column.addWidget(widget)


def _line(line: Line, part: str, run: Callable[[], object]) -> ListRow:
    row = formats.count(line.row) if line.row else ""
    words = line.why if part != "rejected" or not line.told else f"{line.told}  {line.why}"
    number = formats.tail(line.number, 6) if line.number else ""
    first = Part(row or number, 52, "muted", LABEL_SIZE)
    name = " ".join(one for one in (tr("row {row}", row=row) if row else line.number, line.column, words) if one)
    parts = (first, Part(words, 0, "text2")) if row or number else (Part(words, 0, "text2"),)
    return ListRow(parts, run, height=28, name=name, tip=name)
