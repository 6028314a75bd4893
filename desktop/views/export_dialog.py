"""Rows to a file: which columns in which order, one row an order or a line, which kind of file, and where.

What was chosen is remembered for each table in the preferences, with sets of columns under names of one's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import icons
from desktop.i18n import language, tr, tr_later, trn
from desktop.models.column import Kind as ViewKind
from desktop.models.column import copy_text
from desktop.models.column_choice import Choice, ColumnChoice
from desktop.theme import LABEL_SIZE, colour, font, metrics, theme
from desktop.views.widgets.buttons import Button, CheckBox, Combo, LinkButton, Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Elided, Label
from desktop.views.widgets.panel import Band
from services.clock import to_local
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.models.simple_table import SimpleTable
    from services.desk import Desk
    from services.exports.pipeline import Written
    from services.exports.tables import ExportTable
    from services.progress import Progress

HEIGHT, ROW = 322, 30
LABEL = 72
SUFFIXES = (".xlsx", ".csv", ".json")
OWN = "own:"
_TELL_OF_PERSONS = frozenset({"buyer", "recipient", "phone", "address", "value", "here", "told", "ours", "theirs"})
"""Columns of short tables that may hold a person's data."""
_FREE = ""
"""The entry of the sets' list that stands for columns as they are now."""
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Exporting:
    """What is to be written: `ids` of the rows of each of `tables` (words for the choice between them, the table), `count` of them.

    `name` is the proposed file's without suffix; `verb(count)` says what will be done. `done` gets how many rows were written.
    """

    title: str
    name: str
    verb: str
    tables: Sequence[tuple[str, ExportTable]]
    ids: Sequence[int]
    done: Callable[[int, str], str]


class _Rows(QStyledItemDelegate):
    """A box, the column's title, and a sign where it tells of a person."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        area: QRect = option.rect
        state: Any = option.state
        t = theme()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour(t.sel))
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        painter.drawPixmap(QPointF(area.left() + 14, area.top() + (ROW - 16) // 2), icons.check("on" if on else "off", False, form=True))
        face = metrics()
        base = area.top() + (ROW + face.ascent() - face.descent()) / 2
        painter.setFont(font())
        painter.setPen(colour(t.text if on else t.muted))
        painter.drawText(QPointF(area.left() + 42, base), str(index.data()))
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        right = area.right() - 14
        painter.setPen(Qt.PenStyle.NoPen)
        for place in range(3):  # a grip: rows can be dragged
            painter.fillRect(QRectF(right - 10, area.top() + ROW / 2 - 5 + place * 4, 10, 1), colour(t.faint))
        if choice.personal:
            words = tr("Personal")
            wide = metrics(LABEL_SIZE).horizontalAdvance(words)
            painter.setFont(font(LABEL_SIZE))
            painter.setPen(colour(t.muted))
            painter.drawText(QPointF(right - 26 - wide, base), words)
            painter.drawPixmap(QPointF(right - 44 - wide, area.top() + (ROW - 12) // 2), icons.pixmap("lock", t.muted, 12))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour(t.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5))


class ColumnList(QListView):
    """Space ticks, a click on the row too; Alt+Up and Alt+Down move, so does the mouse."""

    def __init__(self, model: ColumnChoice) -> None:
        super().__init__()
        self.columns = model
        self.setModel(model)
        self.setItemDelegate(_Rows(self))
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Columns of the file"))
        self.clicked.connect(self._toggle)

    def _toggle(self, index: QModelIndex) -> None:
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        self.columns.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)

    def move_current(self, by: int) -> None:
        """Put the current column one place up or down."""
        row = self.currentIndex().row()
        if row >= 0 and self.columns.move(row, row - 1 if by < 0 else row + 2):
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ExportDialog(DialogBase):
    """Its verb starts the export, which goes on in the status bar with Cancel; the dialog closes at once."""

    def __init__(self, parent: QWidget, context: AppContext, what: Exporting) -> None:
        super().__init__(parent, what.title, tr("Tick the columns and drag them into order"), verb=what.verb, note="-", width=680)
        self.context, self.what = context, what
        self.prefs = context.prefs
        self.folder = Path(self.prefs.text("export/folder") or documents_folder())
        if not self.folder.is_dir():
            self.folder = Path(documents_folder())
        self.path: Path | None = None
        """The file that was chosen by hand, and may be replaced."""
        by = self.prefs.text(f"export/by/{what.tables[0][1].key}")
        self.table = next((table for _words, table in what.tables if table.key == by), what.tables[0][1])
        self.model = ColumnChoice(parent=self)
        self._lay_out()
        self.model.changed.connect(self._tell)
        self._show_table()
        self.list.setFocus()

    # ---- building

    def _lay_out(self) -> None:
        self.format = Segments([(".xlsx", tr("Excel workbook")), (".csv", tr("Text table")), (".json", tr("JSON"))], tr("Kind of file"))
        self.format.chosen.connect(lambda _suffix: self._tell())
        self.column.addWidget(FormRow(tr("File"), self.format, label_width=LABEL))
        self.by = Segments([(table.key, words) for words, table in self.what.tables], tr("One row"))
        self.by.choose(self.table.key)
        self.by.chosen.connect(self._change_table)
        if len(self.what.tables) > 1:
            self.column.addWidget(FormRow(tr("One row"), self.by, label_width=LABEL))
        else:
            self.by.setParent(self.body)
            self.by.hide()
        self.sets = Combo((), tr("Set of columns"))
        self.sets.setMinimumWidth(200)
        self.sets.activated.connect(self._take_set)
        self.keep_button = LinkButton(tr("Keep as…"), self._ask_name)
        self.forget_button = LinkButton(tr("Forget"), self._forget_set)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name of the set"))
        self.name.setMaxLength(30)
        self.name.setFixedWidth(240)
        self.name.returnPressed.connect(self._keep_set)
        line = QHBoxLayout()
        line.setSpacing(12)
        words = Label(tr("Columns"), "body2")
        words.setMinimumWidth(LABEL)
        words.setBuddy(self.sets)
        for widget in (words, self.sets, self.keep_button, self.forget_button, self.name):
            line.addWidget(widget)
        line.addStretch()
        self.column.addLayout(line)
        self.name.hide()
        self.list = ColumnList(self.model)
        self.list.setFixedHeight(HEIGHT)
        whole = QHBoxLayout()
        whole.setContentsMargins(LABEL + 12, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.list, 1)
        side = QVBoxLayout()
        side.setSpacing(8)
        for verb, run, icon in (
            (tr("Move up"), partial(self.list.move_current, -1), "arrow-up"),
            (tr("Move down"), partial(self.list.move_current, 1), "arrow-down"),
            (tr("Tick all"), partial(self.model.set_all, True), "check"),
            (tr("Tick none"), partial(self.model.set_all, False), "close"),
        ):
            button = Button(verb, run, icon=icon)
            button.setMinimumWidth(112)
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch()
        whole.addLayout(side)
        self.column.addLayout(whole)
        self.headings = CheckBox(tr("Names of the columns in the first row"))
        self.headings.toggled.connect(lambda _on: self._tell())
        self.column.addWidget(FormRow("", self.headings, label_width=LABEL))
        self.where = Elided("", "text2")
        self.where.setMinimumWidth(300)
        choose = LinkButton(tr("Another file…"), self._choose_file)
        row = QHBoxLayout()
        row.setSpacing(12)
        to = Label(tr("To"), "body2")
        to.setMinimumWidth(LABEL)
        row.addWidget(to)
        row.addWidget(self.where, 1)
        row.addWidget(choose)
        self.column.addLayout(row)
        self.hints = QVBoxLayout()
        self.hint: Band | None = None
        self.column.addLayout(self.hints)

    # ---- which table, which columns

    def _change_table(self, key: str) -> None:
        self._remember()
        self.table = next(table for _words, table in self.what.tables if table.key == key)
        self._show_table()

    def _show_table(self) -> None:
        kept = _read(self.prefs.text(f"export/table/{self.table.key}"))
        columns = self.table.columns(language())
        there = {column.key for column in columns}
        keys = [key for key in kept.get("keys", ()) if key in there] or list(next(iter(self.table.sets.values()), there_in_order(columns)))
        suffix = str(kept.get("suffix", ""))
        self.format.choose(suffix if suffix in SUFFIXES else self.format.value)
        self.headings.setChecked(bool(kept.get("headings", True)))
        self.model.set_choices([Choice(column.key, column.title, column.personal) for column in columns], keys)
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    def _remember(self) -> None:
        kept = {"keys": list(self.model.chosen()), "suffix": self.format.value, "headings": self.headings.isChecked()}
        self.prefs.set_text(f"export/table/{self.table.key}", json.dumps(kept, ensure_ascii=False))

    # ---- sets of columns

    def own_sets(self) -> dict[str, tuple[str, ...]]:
        """The sets kept for this table, by name."""
        return {str(name): tuple(keys) for name, keys in _read(self.prefs.text(f"export/sets/{self.table.key}")).items()}

    def _keep_sets(self, sets: dict[str, tuple[str, ...]]) -> None:
        self.prefs.set_text(
            f"export/sets/{self.table.key}", json.dumps({name: list(keys) for name, keys in sets.items()}, ensure_ascii=False)
        )

    def _tell_sets(self) -> None:
        keys = self.model.chosen()
        known = {code: tuple(of) for code, of in self.table.sets.items()} | {OWN + name: of for name, of in self.own_sets().items()}
        now = next((code for code, of in known.items() if of == keys), _FREE)
        self.sets.clear()
        for code in known:
            self.sets.addItem(code.removeprefix(OWN) if code.startswith(OWN) else term("export_set", code, language()), code)
        if now == _FREE:
            self.sets.addItem(tr("A choice of your own"), _FREE)
        self.sets.choose(now)
        self.keep_button.setVisible(now == _FREE and not self.name.isVisibleTo(self.body))
        self.forget_button.setVisible(now.startswith(OWN))

    def _take_set(self, place: int) -> None:
        code = str(self.sets.itemData(place))
        keys = self.own_sets().get(code.removeprefix(OWN)) if code.startswith(OWN) else self.table.sets.get(code)
        if keys:
            self.model.choose(keys)

    def _ask_name(self) -> None:
        self.name.show()
        self.keep_button.hide()
        self.name.setFocus()

    def _keep_set(self) -> None:
        name = " ".join(self.name.text().split())
        if name and self.model.chosen():
            self._keep_sets({**self.own_sets(), name: self.model.chosen()})
            self.name.clear()
            self.name.hide()
            self._tell_sets()
            self.sets.setFocus()

    def _forget_set(self) -> None:
        gone = str(self.sets.currentData()).removeprefix(OWN)
        self._keep_sets({name: keys for name, keys in self.own_sets().items() if name != gone})
        self._tell_sets()

    # ---- where to

    def target(self) -> Path:
        """The file that would be written: the chosen one with the suffix of its kind, else the proposed name that nothing bears yet."""
        suffix = str(self.format.value)
        if self.path is not None:
            return self.path.with_suffix(suffix)
        path = self.folder / f"{self.what.name}{suffix}"
        number = 2
        while path.exists():
            path = self.folder / f"{self.what.name} ({number}){suffix}"
            number += 1
        return path

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.what.title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        names = {".xlsx": tr("Excel workbook"), ".csv": tr("Text table"), ".json": tr("JSON")}
        suffix = str(self.format.value)
        dialog.setNameFilters([f"{names[one]} (*{one})" for one in (suffix, *(other for other in SUFFIXES if other != suffix))])
        dialog.setDefaultSuffix(suffix[1:])
        dialog.setDirectory(str(self.target().parent))
        dialog.selectFile(self.target().name)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the dialog behind it says so, and its verb
        dialog.fileSelected.connect(self.choose_file)
        dialog.open()

    def choose_file(self, name: str) -> None:
        """Write to this file; its suffix says the kind."""
        self.path = Path(name)
        if self.path.suffix.lower() in SUFFIXES:
            self.format.choose(self.path.suffix.lower())
        self._tell()

    # ---- what it says

    def _tell(self) -> None:
        self._tell_sets()
        chosen, personal = len(self.model.chosen()), self.model.personal()
        self.where.setText(str(self.target()))
        self.note.setText(
            trn("{n} column tells of persons", "{n} columns tell of persons", personal) if personal else tr("No personal data")
        )
        self.headings.setEnabled(self.format.value != ".json")
        there = self.path is not None and self.target().exists()
        verb = tr("Replace the file") if there else self.what.verb
        self.set_verb(verb if chosen else tr("No column chosen"), enabled=chosen > 0)
        words = tr("There is a file {name} already; it will be replaced.", name=self.target().name) if there else self._import_hint()
        self._tell_hint(words, "warn" if there else "info")

    def _import_hint(self) -> str:
        """Whether the file could come back."""
        if self.what.tables[0][1].key != "orders":
            return ""
        chosen = set(self.model.chosen())
        named = self.format.value == ".json" or self.headings.isChecked()
        if not (named and {"number", "channel", "status"} <= chosen):
            return tr("To import it again, it needs the first row and the columns Order number, Channel and Status.")
        if self.table.key == "lines" and not {"line.title", "line.quantity"} <= chosen:
            return tr("To import its goods again, it needs the columns Goods name and Quantity.")
        return ""

    def _tell_hint(self, words: str, tone: str) -> None:
        if self.hint is not None:
            self.hint.hide()
            self.hint.deleteLater()
            self.hint = None
        if words:
            self.hint = Band(tone, words)
            self.hints.addWidget(self.hint)

    # ---- doing it

    def submit(self) -> None:
        target = self.target()
        self._remember()
        self.prefs.set_text("export/folder", str(target.parent))
        self.prefs.set_text(f"export/by/{self.what.tables[0][1].key}", self.table.key)
        told = partial(_tell_done, self.context, self.what)
        work = partial(
            _write, self.table, self.what.ids, target, language(), self.model.chosen(), self.headings.isChecked(), self.path is not None
        )
        stopped = partial(_tell_stopped, self.context)
        failed = partial(_tell_failed, self.context)
        self.accept()
        self.context.runner.job(work, tr("Exporting to {name}", name=target.name)).then(told, failed, stopped)


def _write(
    table: ExportTable, ids: Sequence[int], path: Path, lang: str, keys: Sequence[str], headings: bool, replace: bool,
    desk: Desk, progress: Progress,
) -> Written:  # fmt: skip
    from services.exports.tables import export_table

    return export_table(desk, table, ids, path, lang, progress, keys=keys, headings=headings, replace=replace)


def _tell_done(context: AppContext, what: Exporting, written: Written) -> None:
    context.notify(what.done(written.rows, written.file.name), "ok", tr("Open"), partial(_open, written.file))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _tell_stopped(context: AppContext) -> None:
    context.notify(tr("Stopped. No file was written."), "info")


def _tell_failed(context: AppContext, error: Exception) -> None:
    context.runner.failed.emit(error)


def documents_folder() -> str:
    """Where a person keeps documents; the home folder where the system knows none."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return place if place and Path(place).is_dir() else str(Path.home())


def there_in_order(columns: Sequence[Any]) -> list[str]:
    return [column.key for column in columns]


def _read(text: str) -> dict[str, Any]:
    """What the preferences kept; nothing where it can't be understood."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def export_orders(parent: QWidget, context: AppContext, ids: Sequence[int], name: str) -> ExportDialog:
    """Orders: one row each, or one a line."""
    from services.exports.tables import LINES, ORDERS

    return ExportDialog(
        parent,
        context,
        Exporting(
            trn("Export {n} order", "Export {n} orders", len(ids)),
            name,
            trn("Export {n} order", "Export {n} orders", len(ids)),
            ((tr("an order"), ORDERS), (tr("a line of goods"), LINES)),
            ids,
            lambda rows, file: trn("{n} row in {name}", "{n} rows in {name}", rows, name=file),
        ),
    )


def export_rows(parent: QWidget, context: AppContext, table: ExportTable, ids: Sequence[int], title: str, name: str) -> ExportDialog:
    """Any other table; `ids` are empty for one whose rows are at hand."""
    return ExportDialog(
        parent,
        context,
        Exporting(title, name, tr("Export"), ((title, table),), ids, lambda rows, file: trn("{n} row in {name}", "{n} rows in {name}", rows, name=file)),
    )  # fmt: skip


def export_list(parent: QWidget, context: AppContext, table: ExportTable, ids: Sequence[int], count: int) -> ExportDialog:
    """Any table whose name is among the words of exports: the dialog, the verb and the file say it. `count` is how many rows it has."""
    return export_either(parent, context, (("", table),), ids, count)


def export_either(
    parent: QWidget, context: AppContext, tables: Sequence[tuple[str, ExportTable]], ids: Sequence[int], count: int
) -> ExportDialog:
    """One row of this or of that kind, by words and table each; all go by the same ids. `count` is that of the first kind's rows."""
    words = term("export_table", tables[0][1].key, language())
    verb = trn("Export {n} row", "Export {n} rows", count) if len(tables) == 1 else tr("Export")
    return ExportDialog(
        parent,
        context,
        Exporting(
            tr("Export: {table}", table=words),
            f"{words} {to_local(context.now(), context.zone):%Y-%m-%d}",
            verb,
            tables,
            ids,
            lambda rows, file: trn("{n} row in {name}", "{n} rows in {name}", rows, name=file),
        ),
    )


def export_shown(parent: QWidget, context: AppContext, key: str, name: str, model: SimpleTable) -> ExportDialog:
    """A short table as it is shown, in its order. `name` says what it is; by `key` its columns are remembered."""
    dialog = ExportDialog(
        parent,
        context,
        Exporting(
            tr("Export: {table}", table=name),
            f"{name} {to_local(context.now(), context.zone):%Y-%m-%d}",
            trn("Export {n} row", "Export {n} rows", model.rowCount()),
            ((name, shown_table(key, model)),),
            (),
            lambda rows, file: trn("{n} row in {name}", "{n} rows in {name}", rows, name=file),
        ),
    )
    dialog.open()
    return dialog


def shown_table(key: str, model: SimpleTable) -> ExportTable:
    """A view's columns as those of a file: amounts and quantities as numbers, all else in its words; the rows of this moment."""
    from services.exports.table import Column, Kind
    from services.exports.tables import ALL, ExportTable

    kinds = {ViewKind.MONEY: Kind.MONEY, ViewKind.QUANTITY: Kind.COUNT}
    shown = tuple(column for column in model.columns if column.title)
    rows = [model.row_at(place) for place in range(model.rowCount())]

    def made(_lang: str) -> tuple[Column, ...]:
        return tuple(
            Column(
                column.key,
                tr_later(column.title),
                kinds.get(column.kind, Kind.TEXT),
                column.value if column.kind in kinds else partial(copy_text, column),
                24,
                personal=column.key in _TELL_OF_PERSONS,
            )
            for column in shown
        )

    return ExportTable(f"shown-{key}", made, lambda _desk, _ids: rows, {ALL: tuple(column.key for column in shown)})
