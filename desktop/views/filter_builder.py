"""The filter builder: a search laid out as rows of field, comparison and value, for people who don't type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats, search_tongue
from desktop.context import AppContext
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.theme import DIALOG_MARGIN
from desktop.views.builder_values import NoValue, ValueEditor, editor_for
from desktop.views.widgets.buttons import Button, Combo, LinkButton, QuietButton, Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band
from services.errors import BadInput
from services.search.builder import BuilderField, Built, Row, build, builder_fields, from_rows
from services.search.fields import BY_NAME
from services.search.meaning import shown_value

if TYPE_CHECKING:
    from desktop.runner import Task

WIDTH, WAIT = 860, 150
MOST = 100_000
"""Counting for the verb stops here."""


@cache
def _fields(lang: str) -> Mapping[str, BuilderField]:
    return {field.name: field for field in builder_fields(lang)}


class FilterRow(QWidget):
    """One comparison: field, how, with what, and × to take it away."""

    changed = Signal()
    removed = Signal()
    other_asked = Signal()
    """Another row is wanted beside this one, joined the other way."""

    def __init__(self, row: Row, known: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._known = known
        self._fields = _fields(language())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.join = Label("", "label")
        self.join.setFixedWidth(34)
        line.addWidget(self.join)
        self.field = Combo([(field.name, field.title) for field in self._fields.values()], tr("Field"))
        self.field.setMaxVisibleItems(16)
        self.field.setFixedWidth(150)
        line.addWidget(self.field)
        self.op = Combo(name=tr("Comparison"))
        self.op.setFixedWidth(136)
        line.addWidget(self.op)
        self._place = QHBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        line.addLayout(self._place, 1)
        self.other = QuietButton(tr("or"), self.other_asked.emit, height=28)
        self.other.setToolTip(tr("Another condition beside this one"))
        line.addWidget(self.other)
        self.close_button = QuietButton(icon="close", height=28, name=tr("Remove this condition"), run=self.removed.emit)
        line.addWidget(self.close_button)
        self.editor: ValueEditor = NoValue()
        self._place.addWidget(self.editor)
        self.put(row)
        self.field.currentIndexChanged.connect(self._field_changed)
        self.op.currentIndexChanged.connect(self._op_changed)

    def put(self, row: Row) -> None:
        """Show a row."""
        self.field.choose(row.field)
        self._offer_ops(row.op)
        self._make_editor(row.values)

    def row(self) -> Row:
        return Row(str(self.field.currentData()), str(self.op.currentData()), self.editor.values())

    @property
    def full(self) -> bool:
        """Whether it compares with anything yet."""
        return self._takes() == 0 or bool(self.editor.values())

    def learn(self, known: Mapping[str, Sequence[str]]) -> None:
        """The shop's own words came: offer them."""
        self._known = known
        if self._fields[str(self.field.currentData())].editor == "known" and not self.editor.first().hasFocus():
            self._make_editor(self.editor.values())

    def sentence(self) -> str:
        """What it asks, in words. Raises BadInput."""
        field = self._fields[str(self.field.currentData())]
        built = build(from_rows([[self.row()]]))
        values = [value for rows in (built.groups if built is not None else ()) for row in rows for value in row.values]
        chinese = language() == "zh"
        if field.name:
            values = [shown_value(BY_NAME[field.name], value, language()) for value in values if value]
        if field.editor in {"text", "known"}:
            values = [f"“{value.strip(chr(34))}”" for value in values]
        between = " – " if self._takes() == 2 else "或" if chinese else " or "
        glue = "" if chinese else " "
        op = "" if self.op.currentData() == "on" else self.op.currentText()  # "paid last 7 days", "付款近 7 天"
        return glue.join(part for part in (field.title, op, between.join(values)) if part)

    def _takes(self) -> int:
        ops = {code: takes for code, _word, takes in self._fields[str(self.field.currentData())].ops}
        return ops.get(str(self.op.currentData()), 1)

    def _offer_ops(self, wanted: str) -> None:
        self.op.blockSignals(True)
        self.op.clear()
        for code, word, _takes in self._fields[str(self.field.currentData())].ops:
            self.op.addItem(word, code)
        self.op.setCurrentIndex(max(0, self.op.findData(wanted)))
        self.op.blockSignals(False)

    def _make_editor(self, values: Sequence[str]) -> None:
        field = self._fields[str(self.field.currentData())]
        made = editor_for(field.name, field.title, field.editor, self._takes(), field.choices, self._known.get(field.name, ()))
        made.put(values)
        made.changed.connect(self.changed.emit)
        self._place.replaceWidget(self.editor, made)
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = made
        for one, two in zip(
            (self.field, self.op, made.first(), self.other), (self.op, made.first(), self.other, self.close_button), strict=True
        ):
            QWidget.setTabOrder(one, two)

    def _field_changed(self, _place: int) -> None:
        self._offer_ops("")
        self._make_editor(())
        self.editor.first().setFocus()
        self.changed.emit()

    def _op_changed(self, _place: int) -> None:
        self._make_editor(self.editor.values())
        self.changed.emit()


class Group(QFrame):
    """Rows that belong together; with more than one it lies on a quiet ground."""

    changed = Signal()
    emptied = Signal()

    def __init__(self, rows: Sequence[Row], known: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._known = known
        self.rows: list[FilterRow] = []
        self.any_of = False
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        for row in rows:
            self.add(row)

    def learn(self, known: Mapping[str, Sequence[str]]) -> None:
        """The shop's own words came."""
        self._known = known
        for row in self.rows:
            row.learn(known)

    def add(self, row: Row) -> FilterRow:
        """Another row at the end."""
        made = FilterRow(row, self._known)
        made.changed.connect(self.changed.emit)
        made.removed.connect(partial(self._remove, made))
        made.other_asked.connect(partial(self._add_other, made))
        self.rows.append(made)
        self._column.addWidget(made)
        if self.isVisible():
            made.show()  # at once, so that it can take the focus
        self._dress()
        return made

    def join(self, word: str, inner: str) -> None:
        """The words before its first row and between its rows."""
        for place, row in enumerate(self.rows):
            row.join.setText(inner if place else word)
            row.other.setText(inner)

    def _add_other(self, row: FilterRow) -> None:
        there = row.row()
        made = self.add(Row(there.field, there.op))
        made.editor.first().setFocus()
        self.changed.emit()

    def _remove(self, row: FilterRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._dress()
        if not self.rows:
            self.emptied.emit()
        self.changed.emit()

    def _dress(self) -> None:
        many = len(self.rows) > 1
        self.setProperty("box", "quiet" if many else "")
        self._column.setContentsMargins(*((8, 8, 8, 8) if many else (8, 0, 8, 0)))
        self.style().unpolish(self)
        self.style().polish(self)


class FilterBuilder(DialogBase):
    """`chosen(text)`: the canonical text that the rows make. Opens with `text`; one that rows can't show is said so and stays as it is.

    `scope` gives the whole search behind a text (the page's tab), for the count.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, context: AppContext, text: str, scope: Callable[[str], str], where: str = "") -> None:
        note = tr("Counted within “{tab}”", tab=where) if where else ""
        super().__init__(
            parent, tr("Build a filter"), tr("Every line is a condition; what is found is counted as you go."), verb=tr("Show"), width=WIDTH
        )
        self.context, self._scope = context, scope
        self._known: Mapping[str, Sequence[str]] = {}
        self._task: Task | None = None
        self._text = ""
        self.groups: list[Group] = []
        self.note.setText(note)
        self._note_icon.setVisible(False)
        self.column.setContentsMargins(DIALOG_MARGIN - 8, 16, DIALOG_MARGIN - 8, 16)
        self._make_head()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.column.addLayout(self._rows)
        self._make_foot_of_rows()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT)
        self._rest.timeout.connect(self._count)
        self._open_with(text)
        context.runner.query(search_tongue.shop_words).then(self._take_known)

    def _make_head(self) -> None:
        self._head_box = QWidget()
        head = QHBoxLayout(self._head_box)
        head.setContentsMargins(8, 0, 8, 0)
        head.setSpacing(8)
        head.addWidget(Label(tr("Find orders that meet"), "body2"))
        self.mode = Segments([(False, tr("all of these")), (True, tr("any of these"))], tr("How the conditions belong together"))
        self.mode.chosen.connect(self._mode_changed)
        head.addWidget(self.mode)
        head.addStretch()
        head.addWidget(LinkButton(tr("How to search"), self.open_help, icon="help"))
        self.column.addWidget(self._head_box)
        self._cannot_band: Band | None = None

    def _make_foot_of_rows(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        self.add_button = Button(tr("Add a condition"), self._add, icon="plus", height=28)
        row.addWidget(self.add_button)
        row.addStretch()
        self.column.addLayout(row)
        self._said = QFrame()
        self._said.setProperty("box", "quiet")
        inside = QVBoxLayout(self._said)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(4)
        self.sentence = Label("", "body", wrap=True)
        self.typed = Label("", "label", wrap=True, copy=True)
        inside.addWidget(self.sentence)
        inside.addWidget(self.typed)
        self.column.addWidget(self._said)

    # ---- what it opens with

    def _open_with(self, text: str) -> None:
        try:
            built = build(text)
        except BadInput as error:
            self._cannot(tr("What is in the box can't be understood; it stays as it is."), error_words(error))
            return
        if built is None:
            self._cannot(tr("What is in the box has more brackets than lines can show; it stays as it is."), text)
            return
        self._lay_out(built)

    def _cannot(self, words: str, more: str) -> None:
        self._cannot_band = Band("warn", words, more, tr("Begin anew"), self._begin_anew)
        self.column.insertWidget(0, self._cannot_band)
        for part in (self._head_box, self.add_button, self._said):
            part.hide()
        self.set_verb(tr("Fill in a condition"), enabled=False)

    def _begin_anew(self) -> None:
        if self._cannot_band is not None:
            self._cannot_band.hide()
        for part in (self._head_box, self.add_button, self._said):
            part.show()
        self._lay_out(Built(()))

    def _lay_out(self, built: Built) -> None:
        self.mode.choose(built.any_of)
        for rows in built.groups:
            self._add_group(rows)
        if not self.groups:
            self._add()
        self._tell()
        if self._text:
            self._count()
            self.groups[0].rows[0].editor.first().setFocus()

    def _take_known(self, known: Mapping[str, Sequence[str]]) -> None:
        self._known = known
        for group in self.groups:
            group.learn(known)

    def open_help(self) -> DialogBase:
        """The help over this dialog: an example that is tried there becomes rows here."""
        from desktop.views.search_help import SearchHelp

        dialog = SearchHelp(self)
        dialog.tried.connect(self._add_example)
        dialog.open()
        return dialog

    def _add_example(self, text: str) -> None:
        built = build(text)
        if built is not None:
            # Alternatives belong together, whatever joins the lines here.
            flat = tuple(row for rows in built.groups for row in rows)
            for rows in (flat,) if built.any_of else built.groups:
                self._add_group(rows)
            self._tell()

    def _add_group(self, rows: Sequence[Row]) -> Group:
        made = Group(rows, self._known)
        made.changed.connect(self._tell)
        made.emptied.connect(partial(self._drop, made))
        self.groups.append(made)
        self._rows.addWidget(made)
        if self.isVisible():
            made.show()
        return made

    def _drop(self, group: Group) -> None:
        self.groups.remove(group)
        group.hide()
        group.deleteLater()

    def _add(self) -> None:
        made = self._add_group((Row("goods", "has"),))
        made.rows[0].editor.first().setFocus()
        self._tell()

    def _mode_changed(self, _any_of: object) -> None:
        self._tell()

    # ---- what it says and finds

    def text(self) -> str:
        """Canonical text of the rows that are filled in. Raises BadInput."""
        rows = [[row.row() for row in group.rows if row.full] for group in self.groups]
        return from_rows([group for group in rows if group], any_of=bool(self.mode.value))

    def _tell(self) -> None:
        """Say what the rows ask, and count it after a rest."""
        any_of = bool(self.mode.value)
        outer, inner = (tr("or"), tr("and")) if any_of else (tr("and"), tr("or"))
        for place, group in enumerate(self.groups):
            group.join(outer if place else "", inner)
        wrong = self._check_rows()
        if wrong:
            self._rest.stop()
            self.sentence.set_role("bad")
            self.sentence.setText(wrong)
            self.typed.setText("")
            self.set_verb(tr("Mend the red value first"), enabled=False)
            return
        self.sentence.set_role("body")
        self._text = self.text()
        self.sentence.setText(self._sentence(outer, inner))
        self.typed.setText(search_tongue.said(self._text, language()))
        self.typed.setVisible(bool(self._text))
        if not self._text:
            self._rest.stop()
            self.set_verb(tr("Fill in a condition"), enabled=False)
            return
        self._rest.start()

    def _check_rows(self) -> str:
        """Mark the rows whose value is none; answers the words for the first."""
        said = ""
        for group in self.groups:
            for row in group.rows:
                words = ""
                if row.full:
                    try:
                        from_rows([[row.row()]])
                    except BadInput as error:
                        words = error_words(error)
                row.editor.mark(words)
                said = said or words
        return said

    def _sentence(self, outer: str, inner: str) -> str:
        chinese = language() == "zh"
        parts = []
        for group in self.groups:
            said = [row.sentence() for row in group.rows if row.full]
            if said:
                joined = (f" {inner} " if not chinese else f"{inner}").join(said)
                parts.append(f"（{joined}）" if chinese and len(said) > 1 else f"({joined})" if len(said) > 1 else joined)
        if not parts:
            return tr("Nothing is asked yet.")
        return tr("Orders: {conditions}", conditions=(f"，{outer}" if chinese else f", {outer} ").join(parts))

    def _count(self) -> None:
        from services.queries.order_rows import CountOrders

        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(CountOrders(self._scope(self._text), MOST))
        self._task.then(self._show_count, self._not_counted)

    def _show_count(self, count: int) -> None:
        self.set_verb(trn("Show {n} order", "Show {n} orders", count) if count < MOST else tr("Show {n}+ orders", n=formats.count(MOST)))

    def _not_counted(self, error: Exception) -> None:
        self.set_verb(tr("Show"), enabled=False)
        self.refuse(error_words(error))

    def submit(self) -> None:
        text = self._text
        self.accept()
        self.chosen.emit(text)
