"""How a file is read: the guess in words, and the small form that overrules it. Only what fits the kind of file is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task, TaskProgress
    from services.desk import Desk
    from services.imports.map_look import FileLook
    from services.imports.options import Guess

WIDTH, LABELS = 560, 110
HEAD_ROWS = 20
MOST_HEADINGS = 12
ENCODINGS = (("utf-8", "UTF-8"), ("gb18030", "GBK / GB18030"), ("utf-16", "UTF-16"), ("big5", "Big5"), ("cp1252", "Windows-1252"))
_NAMES = {
    "gbk": "GBK",
    "gb18030": "GB18030",
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "big5": "Big5",
}

Use = Callable[[Path, Mapping[str, Any]], object]
"""What the verb calls: the file, and the options (services.imports.options) to read it with; empty: as it is guessed."""


def reading_words(guess: Guess) -> str:
    """`GB18030·逗号·第 1 行是表头`: how a file was read, as far as its kind leaves a choice."""
    dot = "·" if language() == "zh" else " · "
    marks = {",": tr("comma"), ";": tr("semicolon"), "\t": tr("tab"), "|": tr("bar"), " ": tr("blank")}
    orders = {"ymd": tr("year month day"), "mdy": tr("month day year"), "dmy": tr("day month year")}
    said = [_NAMES.get(guess.encoding, guess.encoding.upper() if not guess.delimiter else guess.encoding)]
    if guess.delimiter:
        said.append(marks.get(guess.delimiter, guess.delimiter))
    if guess.sheet:
        said.append(tr("sheet {name}", name=guess.sheet))
    said.append(tr("headings in row {n}", n=guess.heading_row))
    if guess.decimal == ",":
        said.append(tr("decimal comma"))
    if guess.date:
        said.append(orders[guess.date])
    return dot.join(said)


def _look(path: Path, options: Mapping[str, Any], _desk: Desk, _progress: TaskProgress) -> FileLook:
    from services.imports.map_look import look_at

    return look_at(path, options)


class ReadingDialog(DialogBase):
    """`options` are those in force. Each choice shows at once which headings are found with it."""

    def __init__(self, parent: QWidget, context: AppContext, path: Path, options: Mapping[str, Any], use: Use) -> None:
        super().__init__(parent, tr("How the file is read"), path.name, verb=tr("Look again"), width=WIDTH)
        self.context, self.path, self._use = context, path, use
        self.options = dict(options)
        self._task: Task | None = None
        self.choices: dict[str, Combo] = {}
        self._rows: dict[str, FormRow] = {}
        for name, words in (
            ("encoding", tr("Encoding")),
            ("delimiter", tr("Separator")),
            ("sheet", tr("Sheet of the workbook")),
            ("header_row", tr("Headings in row")),
            ("decimal", tr("Decimal sign")),
            ("date", tr("Order of a date")),
        ):
            choice = Combo((), words)
            choice.setMinimumWidth(240)
            choice.activated.connect(partial(self._chosen, name))
            self.choices[name] = choice
            self._rows[name] = FormRow(words, choice, label_width=LABELS)
            self.column.addWidget(self._rows[name])
        box = QFrame()
        box.setProperty("box", "quiet")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(4)
        inside.addWidget(Label(tr("Headings that are found this way"), "label"))
        self.headings = Label("", "body2", wrap=True)
        inside.addWidget(self.headings)
        self.column.addWidget(box)
        self._kind = "sheet" if path.suffix.lower() in {".xlsx", ".xls", ".xlsm", ".ods"} else "csv"
        self._fill(None)
        self.choices["encoding" if self._kind == "csv" else "header_row"].setFocus()
        self._look()

    def _look(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.job(partial(_look, self.path, dict(self.options)), "")
        self._task.then(self._show, self._unreadable)

    def _show(self, found: FileLook) -> None:
        self._kind = found.kind
        self._fill(found)
        dot = "·" if language() == "zh" else " · "
        more = "…" if len(found.names) > MOST_HEADINGS else ""
        self.headings.set_role("body2")
        self.headings.setText(dot.join(found.names[:MOST_HEADINGS]) + more)
        self.fit()

    def _unreadable(self, error: Exception) -> None:
        self.headings.set_role("bad")
        self.headings.setText(error_words(error))
        self.fit()

    def _fill(self, found: FileLook | None) -> None:
        """The choices, the guess first: it is told as far as it is known."""
        guess = {} if found is None else {"encoding": _NAMES.get(found.encoding, found.encoding)}
        marks = {",": tr("comma"), ";": tr("semicolon"), "\t": tr("tab"), "|": tr("bar")}
        if found is not None and found.delimiter:
            guess["delimiter"] = marks.get(found.delimiter, found.delimiter)
        if found is not None:
            guess["header_row"] = tr("row {n}", n=found.header_row)
        rows = [(place, tr("row {n}", n=place)) for place in range(1, HEAD_ROWS + 1)]
        orders = [("ymd", tr("year month day")), ("mdy", tr("month day year")), ("dmy", tr("day month year"))]
        sheets = [(name, name) for name in found.sheets] if found is not None else []
        pairs: dict[str, list[tuple[Any, str]]] = {
            "encoding": list(ENCODINGS),
            "delimiter": list(marks.items()),
            "sheet": sheets,
            "header_row": list(rows),
            "decimal": [(".", "1,234.50"), (",", "1.234,50")],
            "date": list(orders),
        }
        for name, choices in pairs.items():
            choice = self.choices[name]
            chosen = self.options.get(name, "")
            told = tr("Found: {what}", what=guess[name]) if name in guess and not chosen else tr("Found by itself")
            choice.clear()
            for value, words in [("", told), *choices]:
                choice.addItem(words, value)
            if choice.findData(chosen) < 0:
                choice.addItem(str(chosen), chosen)
            choice.choose(chosen)
        self._rows["encoding"].setVisible(self._kind != "sheet")
        self._rows["delimiter"].setVisible(self._kind == "csv")
        self._rows["sheet"].setVisible(self._kind == "sheet" and len(sheets) > 1)

    def _chosen(self, name: str, place: int) -> None:
        value = self.choices[name].itemData(place)
        self.options.pop(name, None)
        if value:
            self.options[name] = value
        self._look()

    def submit(self) -> None:
        """Nothing is changed: the file is only looked at again."""
        self.accept()
        self._use(self.path, self.options)
