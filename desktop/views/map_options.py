"""How a file is read: each guess shown, and changeable. One row above the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import language, tr
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.labels import Label
from services.words import term, terms
from services.words.import_maps import MAP_KINDS

if TYPE_CHECKING:
    from services.imports.map_look import FileLook

_ENCODINGS = (("utf-8", "UTF-8"), ("gb18030", "GBK / GB18030"), ("utf-16", "UTF-16"), ("big5", "Big5"), ("cp1252", "Windows-1252"))
_HEAD_ROWS = 12


class MapOptions(QWidget):
    """`changed(name, value)`: an option of the map; "" or 0 goes back to the guess."""

    changed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.choices: dict[str, Combo] = {}
        self._boxes: dict[str, QWidget] = {}
        for name, words in (
            ("kind", tr("What it holds")),
            ("encoding", tr("Encoding")),
            ("delimiter", tr("Separator")),
            ("sheet", tr("Sheet of the workbook")),
            ("header_row", tr("Headings in row")),
            ("decimal", tr("Decimal sign")),
            ("date", tr("Order of a date")),
            ("channel", tr("Channel")),
        ):
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            label = Label(words, "label")
            choice = Combo((), words)
            choice.setMinimumWidth(112)
            choice.activated.connect(lambda place, name=name: self._chosen(name, place))
            label.setBuddy(choice)
            column.addWidget(label)
            column.addWidget(choice)
            self.choices[name], self._boxes[name] = choice, box
            row.addWidget(box)
        channel = self.choices["channel"]
        channel.setEditable(True)
        channel.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        edit = channel.lineEdit()
        if edit is not None:
            edit.setTextMargins(6, 0, 0, 0)
            edit.editingFinished.connect(self._channel_typed)
        row.addStretch()

    def show_look(self, look: FileLook, options: Mapping[str, Any], channels: Sequence[str]) -> None:
        """Fill the choices with what was found and what was chosen."""
        kinds = [("" if kind == "orders" else kind, term("map_kind", kind, language())) for kind in MAP_KINDS]
        self._fill("kind", kinds, options.get("kind", ""))
        text = look.kind != "sheet"
        guessed = {"gbk": "GBK", "gb18030": "GB18030", "utf-8": "UTF-8", "utf-8-sig": "UTF-8"}.get(look.encoding, look.encoding)
        self._fill("encoding", [("", tr("Found: {what}", what=guessed)), *_ENCODINGS], options.get("encoding", ""))
        marks = {",": tr("comma"), ";": tr("semicolon"), "\t": tr("tab"), "|": tr("bar")}
        found = marks.get(look.delimiter, look.delimiter)
        self._fill("delimiter", [("", tr("Found: {what}", what=found)), *marks.items()], options.get("delimiter", ""))
        self._fill("sheet", [(name, name) for name in look.sheets], look.sheet)
        rows = [(place, tr("row {n}", n=place)) for place in range(1, max(_HEAD_ROWS, look.header_row) + 1)]
        self._fill("header_row", rows, look.header_row)
        signs = {".": "1,234.50", ",": "1.234,50"}
        self._fill("decimal", [("", tr("Found: {what}", what=signs[look.decimal])), *signs.items()], options.get("decimal", ""))
        orders = [
            ("", tr("Found by itself")),
            ("ymd", tr("year month day")),
            ("mdy", tr("month day year")),
            ("dmy", tr("day month year")),
        ]
        self._fill("date", orders, options.get("date", ""))
        codes = dict.fromkeys([*channels, *terms()["channel"]])
        self._fill("channel", [(code, term("channel", code, language())) for code in codes], options.get("channel", "manual"))
        for name in ("date", "channel"):
            self._boxes[name].setVisible(not options.get("kind"))
        self._boxes["decimal"].setVisible(options.get("kind") in {None, "", "goods"})
        self._boxes["encoding"].setVisible(text)
        self._boxes["delimiter"].setVisible(look.kind == "csv")
        self._boxes["sheet"].setVisible(len(look.sheets) > 1)

    def _fill(self, name: str, pairs: Sequence[tuple[Any, str]], chosen: Any) -> None:
        choice = self.choices[name]
        with QSignalBlocker(choice):
            choice.clear()
            for value, words in pairs:
                choice.addItem(words, value)
            if choice.findData(chosen) < 0:
                choice.addItem(str(chosen), chosen)
            choice.choose(chosen)
        choice.updateGeometry()

    def _chosen(self, name: str, place: int) -> None:
        self.changed.emit(name, self.choices[name].itemData(place))

    def _channel_typed(self) -> None:
        """A channel that is not in the list yet is called what was typed."""
        choice = self.choices["channel"]
        words = choice.currentText().strip()
        if words and choice.findText(words) < 0:
            self.changed.emit("channel", words)
