"""The dialog before an import: what each file would do, list by list, how it was read, what is in doubt; its verb brings them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.import_preview import LISTS, NOTICE, PARTS, Preview
from desktop.models.import_words import heading_words
from desktop.theme import row_height
from desktop.views.import_list import ImportList
from desktop.views.import_tiles import Dot, FileItem, PartTile, ShareBar
from desktop.views.reading_dialog import reading_words
from desktop.views.widgets.buttons import Button, LinkButton, PrimaryButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Elided, Label, rule
from desktop.views.widgets.panel import Band, empty_layout
from services.words import term
from services.words.imports import TERMS

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.models.paged_table import PagedTable
    from desktop.views.map_dialog import MapDialog
    from desktop.views.reading_dialog import ReadingDialog
    from desktop.views.widgets.table import TableView

WIDTH, WIDTH_OF_SEVERAL, LIST_WIDTH, MOST_SHOWN = 1000, 1200, 252, 14
AROUND, A_LINE, A_BAND = 490, 41, 56
"""px: what stands above and below the open list, one line about another list, a band above all."""
_FIRST_LOOK = ("conflict", "rejected", "updated", "new", "held", NOTICE)
"""The list that is open at first: what needs a person before what does not."""
_OF_ANYBODY = frozenset({"goods", "tracking", "stocktake"})
"""Formats of tables that anybody writes: they may mean something else, which a map tells."""
_READ_OTHERWISE = frozenset(
    {"format_not_recognised", "headings_missing", "headings_damaged", "encoding_wrong", "encoding_unknown", "rows_unfit", "row_endless"}
    | {"header_row_missing", "sheet_unknown", "option_unfit_encoding", "option_unfit_delimiter", "option_unfit_sheet"}
)
"""Errors of a file that may come of a wrong guess."""


class ImportDialog(DialogBase):
    """Says what the files would do: how each was read, a bar and tiles with counts, the list of the chosen part, a line for each other one.

    `mapped(path, map)`: a map was made for a file, None where it is kept for its headings. `reread(path, options)`: a file is to be read
    otherwise than guessed; `options` are those in force. `only_sure`: what is in doubt is to be left out. `eye` is the file to show first.
    """

    mapped = Signal(object, object)
    reread = Signal(object, object)

    def __init__(
        self,
        parent: QWidget,
        context: AppContext,
        previews: Sequence[Preview],
        options: Mapping[Path, Mapping[str, Any]] = MappingProxyType({}),
        eye: Path | None = None,
    ) -> None:
        super().__init__(
            parent,
            tr("A look before the import"),
            "-",
            verb=tr("Import"),
            note=tr("Whole files or nothing; your edits stay"),
            width=WIDTH if len(previews) == 1 else max(WIDTH, min(WIDTH_OF_SEVERAL, parent.window().width() - 48)),
        )
        self.context, self.previews, self._options = context, list(previews), dict(options)
        self.part = ""
        self.only_sure = False
        self.shown: Preview | None = None
        whole = QHBoxLayout()
        whole.setSpacing(20)
        self.column.addLayout(whole)
        self.files: list[FileItem] = []
        if len(self.previews) > 1:
            whole.addWidget(self._file_list())
        self.content = QVBoxLayout()
        self.content.setSpacing(12)
        whole.addLayout(self.content, 1)
        self._lay_out()
        self.report_button = Button(tr("Save report"), self._save_report, height=34)
        self.report_button.setAutoDefault(False)
        self.extra.addWidget(self.report_button)
        self.sure_button = Button("", self._submit_sure, height=34)
        self.sure_button.setAutoDefault(False)
        self.extra.insertWidget(1, self.sure_button)
        if not any(one.planned.plan for one in self.previews):
            self.report_button.hide()
            self.verb_button.hide()
            self.note.setText("")
            self._note_icon.hide()
            self.cancel_button.setText(tr("Close"))
        self._tell_verb()
        eyed = next((one for one in self.previews if one.planned.path == eye), None)
        first = eyed or next((one for one in self.previews if not one.trouble), self.previews[0])
        self.show_file(first)
        here = self.tiles.get(self.part, self.cancel_button) if not first.unknown_format else self.match_button
        start = self.files[self.previews.index(first)] if self.files else here
        start.setFocus()

    # ---- building

    def _file_list(self) -> QWidget:
        box = QWidget()
        box.setFixedWidth(LIST_WIDTH)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        group = QButtonGroup(box)
        for place, preview in enumerate(self.previews):
            item = FileItem(preview.name, self._second(preview), bool(preview.planned.error))
            item.clicked.connect(partial(self._choose_file, place))
            group.addButton(item)
            self.files.append(item)
            column.addWidget(item)
        column.addStretch()
        return box

    @staticmethod
    def _second(preview: Preview) -> str:
        if preview.planned.error is not None:
            return tr("can't be read")
        if preview.planned.plan is None:
            return tr("the same again")
        comma = "，" if language() == "zh" else ", "
        parts = [f"{term('import_part', part, language())} {formats.count(preview.counts[part])}" for part in PARTS if preview.counts[part]]
        return comma.join(parts[:3])

    def _lay_out(self) -> None:
        self.overview = QWidget()
        column = QVBoxLayout(self.overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.by_map = QVBoxLayout()
        column.addLayout(self.by_map)
        read = QHBoxLayout()
        read.setSpacing(8)
        self.read_as = Elided("", "muted")
        read.addWidget(self.read_as, 1)
        self.match_link = LinkButton(tr("Match the columns…"), self._match)
        read.addWidget(self.match_link)
        self.read_button = LinkButton(tr("Change…"), self._read_otherwise)
        self.read_button.setAccessibleName(tr("Change how the file is read"))
        read.addWidget(self.read_button)
        column.addLayout(read)
        self.bar = ShareBar()
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(6)
        self._group = QButtonGroup(self.overview)
        self.tiles: dict[str, PartTile] = {}
        for part in PARTS:
            tile = PartTile(part, term("import_part", part, language()))
            tile.clicked.connect(partial(self._choose_part, part))
            self._group.addButton(tile)
            self.tiles[part] = tile
            row.addWidget(tile)
        column.addLayout(row)
        self.heading = Label("", "body2", wrap=True)
        column.addWidget(self.heading)
        self.list = ImportList(self.context)
        self.list.opened.connect(self._row_opened)
        column.addWidget(self.list)
        self.line_box = QWidget()
        self.lines = QVBoxLayout(self.line_box)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(0)
        column.addWidget(self.line_box)
        self.content.addWidget(self.overview)
        self.failure = QVBoxLayout()
        self.failure.setSpacing(12)
        self.content.addLayout(self.failure)
        self.content.addStretch()

    # ---- what is shown

    def _choose_file(self, place: int, _checked: bool = False) -> None:
        self.show_file(self.previews[place])

    def show_file(self, preview: Preview) -> None:
        """Show one of the files."""
        self.shown = preview
        if self.files:
            self.files[self.previews.index(preview)].setChecked(True)
        dot = "·" if language() == "zh" else " · "
        self.sub.setText(dot.join(part for part in (preview.name, preview.about) if part))
        empty_layout(self.failure)
        self.overview.setVisible(not preview.trouble)
        if preview.trouble:
            self._show_trouble(preview)
            return
        empty_layout(self.by_map)
        if preview.planned.map is not None:
            words = tr("Read by your field map “{name}”, kept for files with these headings.", name=preview.planned.map.name)
            self.by_map.addWidget(Band("info", words, "", tr("Change it…"), self._match))
        guess = preview.planned.plan.parsed.guess if preview.planned.plan is not None else None
        self.read_as.setText(tr("Read as {what}", what=reading_words(guess)) if guess is not None else "")
        parsed = preview.planned.plan.parsed if preview.planned.plan is not None else None
        self.match_link.setVisible(parsed is not None and not parsed.platform and parsed.format in _OF_ANYBODY)
        self.bar.set({part: preview.counts[part] for part in PARTS})
        for part, tile in self.tiles.items():
            tile.set_count(preview.counts[part])
        self.show_part(next((part for part in _FIRST_LOOK if preview.counts[part]), "unchanged"))

    def _choose_part(self, part: str, _checked: bool = False) -> None:
        self.show_part(part)
        # The link that was pressed is gone with its line.
        (self.tiles.get(part) or self.list.search).setFocus()

    def show_part(self, part: str) -> None:
        """Open the list of a part."""
        preview = self.shown
        if preview is None:
            return
        self.part = part
        if part in self.tiles:
            self.tiles[part].setChecked(True)
        else:
            self._group.setExclusive(False)
            for tile in self.tiles.values():
                tile.setChecked(False)
            self._group.setExclusive(True)
        self.heading.setText(heading_words(preview, part))
        empty_layout(self.lines)
        others = [one for one in LISTS if one != part and preview.gists.get(one)]
        for place, one in enumerate(others):
            if place:
                self.lines.addWidget(rule())
            self.lines.addWidget(self._line(preview, one))
        self.line_box.setVisible(bool(others))
        around = AROUND + len(others) * A_LINE + (A_BAND if self.by_map.count() else 0)
        parent = self.parentWidget()
        room = (parent.height() if parent is not None else 900) - around
        name = term("import_part", part, language())
        plan = preview.planned.plan
        self.list.show_list(preview.lists.get(part), plan, name, preview.counts[part], min(MOST_SHOWN, room // row_height()))

    def _row_opened(self, opened: bool) -> None:
        """A row that is looked at closely takes the place of the lines."""
        self.line_box.setVisible(not opened and self.lines.count() > 0)

    @property
    def model(self) -> PagedTable:
        return self.list.model

    @property
    def table(self) -> TableView | None:
        return self.list.table

    def _line(self, preview: Preview, part: str) -> QWidget:
        """`● 拒收 2   第 118、431 行：…   看`."""
        box = QWidget()
        box.setFixedHeight(40)
        row = QHBoxLayout(box)
        row.setContentsMargins(13, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Dot(part))
        title = f"{term('import_part', part, language())} {formats.count(preview.counts[part])}"
        name = Label(title, "strong")
        name.setFixedWidth(108)
        row.addWidget(name)
        row.addWidget(Elided(preview.gists[part], "text2"), 1)
        link = LinkButton(tr("Look"), partial(self._choose_part, part))
        link.setAccessibleName(f"{tr('Look')} {title}")
        row.addWidget(link)
        return box

    def _show_trouble(self, preview: Preview) -> None:
        """Why a file does not come in, what is known, and the way with a map."""
        self.failure.addWidget(Band("bad" if preview.planned.error else "info", preview.trouble))
        error = preview.planned.error
        if error is not None and (error.code in _READ_OTHERWISE or preview.planned.path in self._options):
            row = QHBoxLayout()
            row.setSpacing(12)
            button = Button(tr("Read it otherwise…"), self._read_otherwise, height=34)
            button.setAutoDefault(False)
            row.addWidget(button)
            row.addWidget(Label(tr("Another encoding, separator, sheet or row of headings."), "body2", wrap=True), 1)
            self.failure.addLayout(row)
        if not preview.unknown_format:
            return
        said = language()
        row = QHBoxLayout()
        row.setSpacing(12)
        self.match_button = PrimaryButton(tr("Match the columns…"), self._match, icon="link", height=34)
        self.match_button.setAutoDefault(False)
        row.addWidget(self.match_button)
        words = tr(
            "Orders, tracking numbers, goods or a stocktake: drag its columns to our fields once, and such files come in by themselves."
        )
        row.addWidget(Label(words, "body2", wrap=True), 1)
        row.addWidget(LinkButton(tr("Kept field maps…"), self.show_maps))
        self.failure.addLayout(row)
        self.failure.addWidget(rule())
        self.failure.addWidget(Label(tr("These files are known by their headings"), "strong"))
        for key in TERMS["format_how"]:
            row = QHBoxLayout()
            row.setSpacing(12)
            name = Label(term("format", key, said), "body")
            name.setFixedWidth(140)
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(term("format_how", key, said), "muted", wrap=True), 1)
            self.failure.addLayout(row)

    def _read_otherwise(self) -> None:
        if self.shown is not None:
            self.read_otherwise(self.shown)

    def read_otherwise(self, preview: Preview) -> ReadingDialog:
        """Say how this file is to be read where the guess is wrong; all files are looked at again then."""
        from desktop.views.reading_dialog import ReadingDialog

        path = preview.planned.path
        dialog = ReadingDialog(self.parentWidget() or self, self.context, path, self._options.get(path, {}), self.reread.emit)
        dialog.open()
        return dialog

    def _match(self) -> None:
        if self.shown is not None:
            self.match(self.shown)

    def match(self, preview: Preview) -> MapDialog:
        """Say which column of this file is what; all files are looked at again then."""
        from desktop.views.map_dialog import MapDialog

        window = self.parentWidget() or self
        path = preview.planned.path
        dialog = MapDialog(window, self.context, path, self._mapped, preview.planned.map, self._options.get(path, {}))
        dialog.open()
        return dialog

    def _mapped(self, path: Path, told: Mapping[str, Any], kept: bool) -> None:
        self.mapped.emit(path, None if kept else told)

    def show_maps(self) -> None:
        """The maps that are kept, to take one away."""
        from desktop.views.maps_dialog import MapsDialog

        MapsDialog(self.parentWidget() or self, self.context).open()

    def let_go(self) -> list[Any]:
        """Once it is closed: what it showed, which is dropped here."""
        held = [self.previews, self.shown, self.list.let_go()]
        self.previews, self.shown = [], None
        return held

    # ---- what is done

    def to_import(self) -> list[Preview]:
        """The files that bring something, or something to decide."""
        return [one for one in self.previews if one.planned.plan is not None and (one.brings or one.keeps)]

    def _tell_verb(self) -> None:
        bringing = self.to_import()
        orders: frozenset[str] = frozenset().union(*(one.numbers for one in bringing))
        doubtful = orders & frozenset().union(*(one.doubtful for one in bringing))
        skus = sum(one.brings for one in bringing if one.kind == "goods")
        others = sum(one.brings for one in bringing if one.other)
        if orders and skus:
            words = tr("Import {n} orders and {m} SKUs", n=formats.count(len(orders)), m=formats.count(skus))
        elif skus:
            words = trn("Import {n} SKU", "Import {n} SKUs", skus)
        elif others and not orders:
            words = trn("Import {n} entry", "Import {n} entries", others)
        elif orders:
            words = trn("Import {n} order", "Import {n} orders", len(orders))
        else:
            words = trn("Keep {n} entry to decide", "Keep {n} entries to decide", sum(one.keeps for one in bringing))
        if not bringing:
            words = tr("Nothing new to import")
        self.set_verb(words, enabled=bool(bringing))
        sure = len(orders) - len(doubtful)
        self.sure_button.setText(trn("Only the {n} sure one", "Only the {n} sure ones", sure))
        if not sure or not any(one.doubtful for one in bringing):
            self.sure_button.hide()

    def _submit_sure(self) -> None:
        self.only_sure = True
        self._press()

    def _save_report(self) -> None:
        dialog = QFileDialog(self, tr("Save report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [tr("Spreadsheet text") + " (*.csv)", tr("Excel workbook") + " (*.xlsx)", tr("Data for programs") + " (*.json)"]
        )
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")")))
        stem = self.shown.planned.path.stem if self.shown is not None else "import"
        dialog.selectFile(f"{stem}-{tr('report')}.csv")
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self.save_report)
        dialog.open()

    def save_report(self, name: str) -> None:
        """Write the report of all files to `name`, as its suffix says."""
        from services.exports.import_report import Looked, write_import_report

        looked = [Looked(one.planned.plan, dict(one.edits)) for one in self.previews if one.planned.plan is not None]
        said, path = language(), Path(name)
        self.context.runner.job(
            lambda desk, progress: write_import_report(path, looked, desk.shop.zone, said, progress), tr("Saving the report")
        ).then(self._saved, self._not_saved)

    def _saved(self, written: Any) -> None:
        self.refuse("")
        self.note.setText(tr("Report saved: {file}", file=written.file.name))

    def _not_saved(self, error: Exception) -> None:
        self.refuse(error_words(error))
