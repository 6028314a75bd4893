"""What the panel of the worklists shows of a conflict, and of a row that waits for a word to be known; the band on an order's card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.models.conflict_columns import edited_words, field_words, value_words
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band, Fact, PanelSection, empty_layout
from services.words import say, term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.conflict_rows import ConflictRow
    from services.queries.held_rows import HeldRow

Put = Callable[[QWidget], object]
Open = Callable[[], object]


class ValueBox(QFrame):
    """One of two values: whose it is, the value, and where it comes from."""

    def __init__(self, whose: str, words: str, *told: str) -> None:
        super().__init__()
        self.setProperty("box", "quiet")
        self.setAccessibleName(f"{whose} {words}")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 9)
        column.setSpacing(2)
        column.addWidget(Label(whose, "label"))
        column.addWidget(Label(words, "strong", wrap=True, copy=True))
        for line in told:
            if line:
                column.addWidget(Label(line, "small", wrap=True))


def why_not(row: ConflictRow) -> str:
    """Why the file's value can't be taken; empty where it can."""
    if not row.hindrance:
        return ""
    return say(row.hindrance, language(), number=formats.tail(row.number), source=row.status, target=row.theirs)


def put_conflict(put: Put, context: AppContext, row: ConflictRow, open_batch: Open) -> None:
    """The field, both values one under the other, and why theirs can't be taken where that is so."""
    now, zone = context.now(), context.zone
    put(Label(field_words(row), "section", wrap=True))
    if row.title:
        put(Label(row.title, "muted", wrap=True))
    edited = ""
    if row.edited_at is not None:
        edited = tr("Edited by {who}", who=edited_words(row, now, zone))
    section = PanelSection(tr("Which one counts?"))
    section.column.setSpacing(8)
    section.column.addWidget(ValueBox(tr("Here"), value_words(row, row.ours, zone), edited))
    place = tr("row {row}", row=formats.count(row.row))
    if row.sheet:
        place = tr("sheet {sheet}, row {row}", sheet=row.sheet, row=formats.count(row.row))
    when = tr("File of {time}", time=formats.day_time(row.file_time, now, zone))
    section.column.addWidget(ValueBox(tr("In the file"), value_words(row, row.theirs, zone), row.file_name, place, when))
    put(section)
    hindrance = why_not(row)
    if hindrance:
        put(Band("warn", tr("The file's value can't be taken"), hindrance))
    facts = PanelSection(tr("Import"), tr("Open"), open_batch)
    facts.column.setSpacing(3)
    facts.column.addWidget(Fact(tr("Batch"), row.batch))
    facts.column.addWidget(Fact(tr("Imported"), formats.day_time(row.imported_at, now, zone)))
    put(facts)


def put_held(put: Put, context: AppContext, row: HeldRow, open_batch: Open) -> None:
    """The word, what to do, and the whole row as it stands in the file."""
    put(Band("warn", say(row.code, language()), term("held_remedy", row.code, language())))
    facts = PanelSection(tr("In the file"), tr("Open the import"), open_batch)
    facts.column.setSpacing(3)
    told = (
        (tr("File"), row.file_name),
        (tr("Row"), formats.count(row.row)),
        (tr("Imported"), formats.day_time(row.imported_at, context.now(), context.zone)),
    )
    for label, words in told:
        facts.column.addWidget(Fact(label, words))
    put(facts)
    cells = PanelSection(tr("The whole row"))
    cells.column.setSpacing(3)
    for heading, words in row.cells:
        cells.column.addWidget(Fact(heading, " ".join(words.split()), tone="warn" if heading == row.column else "text"))
    put(cells)


class ConflictNote(QWidget):
    """On an order's card: how many of its values wait for a decision, and the way there. Nothing where there is none."""

    def __init__(self, context: AppContext, order_id: int) -> None:
        super().__init__()
        self._context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(tr("Conflicts"))
        self._order_id = order_id
        self.hide()

    def read(self) -> ConflictNote:
        """Ask, once it has its place: what is shown without a parent flashes as a window of its own."""
        from services.queries.conflict_rows import ConflictRows

        self._task = self._context.runner.query(ConflictRows(order_id=self._order_id)).then(self._show)
        return self

    def _show(self, rows: Sequence[ConflictRow]) -> None:
        empty_layout(self._column)
        if not rows:
            return
        comma = "、" if language() == "zh" else ", "
        fields = comma.join(dict.fromkeys(map(field_words, rows)))
        words = trn("A file says otherwise in {n} field", "A file says otherwise in {n} fields", len(rows))
        go = partial(self._context.go, "worklists", tab="conflicts", search=rows[0].number, id=rows[0].id)
        self._column.addWidget(Band("warn", words, fields, tr("Decide"), go, icon="exchange"))
        self._column.addSpacing(6)
        self.show()
