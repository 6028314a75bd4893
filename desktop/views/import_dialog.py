"""Bringing files in: looked at first (status bar, with Cancel), then the dialog that says what each would do, then one change a file.

`import_files(window, context, paths)` is what the menu, a drop and the empty states call. Until its verb is pressed nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.import_columns import columns_of
from desktop.models.import_preview import MOST_ROWS, NOTICE, PARTS, Preview, preview_of
from desktop.models.simple_table import SimpleTable
from desktop.theme import row_height
from desktop.views.import_tiles import Dot, FileItem, PartTile, ShareBar
from desktop.views.widgets.buttons import Button, LinkButton, PrimaryButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Elided, Label, rule
from desktop.views.widgets.panel import Band, empty_layout
from desktop.views.widgets.table import TableView
from desktop.views.widgets.table_header import HEADER_HEIGHT
from services.words import term
from services.words.imports import TERMS

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import TaskProgress
    from desktop.views.main_window import MainWindow
    from desktop.views.map_dialog import MapDialog
    from services.desk import Desk
    from services.outcome import Outcome

WIDTH, WIDTH_OF_SEVERAL, LIST_WIDTH, MOST_SHOWN = 1000, 1200, 252, 7
_FIRST_LOOK = ("conflict", "rejected", "updated", "new", "held", NOTICE)
"""The list that is open at first: what needs a person before what does not."""


def import_files(window: MainWindow, context: AppContext, paths: Sequence[Path]) -> None:
    """Look at the files, then ask. Files that come while others are looked at wait for their turn."""
    found = window.findChild(Importer)
    importer = found if found is not None else Importer(window, context)
    importer.take(paths)


def look(paths: tuple[Path, ...], lang: str, maps: Mapping[Path, Mapping[str, Any]], desk: Desk, progress: TaskProgress) -> list[Preview]:
    """The job behind the dialog: plan every file and put it into words. `maps` are those made just now for some of the files."""
    from services.imports.several import plan_files

    return [preview_of(planned, lang, desk.shop.zone) for planned in plan_files(desk, paths, progress, maps=maps)]


class Importer(QObject):
    """The way of one lot of files through the window; lives with it."""

    def __init__(self, window: MainWindow, context: AppContext) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._waiting: list[Path] = []
        self._maps: dict[Path, Mapping[str, Any]] = {}
        self._looking = False
        self._queue: list[Preview] = []
        self._done: list[Any] = []
        self.dialog: ImportDialog | None = None
        self.scratch: QTemporaryDir | None = None
        """Keeps the files of a picture."""

    def take(self, paths: Sequence[Path]) -> None:
        """Begin, or queue up."""
        self._waiting += [path for path in dict.fromkeys(paths) if path not in self._waiting]
        self._next()

    def _next(self) -> None:
        if not self._waiting or self._looking or self.dialog is not None or self._queue:
            return
        paths, self._waiting = tuple(self._waiting), []
        self._looking = True
        title = (
            tr("Looking at {file}", file=paths[0].name)
            if len(paths) == 1
            else trn("Looking at {n} file", "Looking at {n} files", len(paths))
        )
        self._context.runner.job(partial(look, paths, language(), dict(self._maps)), title).then(self._ask, self._failed, self._stopped)

    def _ask(self, previews: list[Preview]) -> None:
        self._looking = False
        self.dialog = ImportDialog(self._window, self._context, previews)
        self.dialog.finished.connect(self._answered)
        self.dialog.mapped.connect(self._look_again)
        self.dialog.open()

    def _look_again(self, path: Path, told: Mapping[str, Any] | None) -> None:
        """A map was made for one of the files: all of them are looked at anew, that one by it (None: it is kept, and found by itself)."""
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        self._maps.pop(path, None)
        if told is not None:
            self._maps[path] = told
        dialog.reject()
        self.take([preview.planned.path for preview in dialog.previews])

    def _failed(self, error: Exception) -> None:
        self._looking = False
        self._context.runner.failed.emit(error)
        self._next()

    def _stopped(self) -> None:
        self._looking = False
        self._context.notify(tr("Stopped. Nothing was imported."), "info")
        self._next()

    def _answered(self, result: int) -> None:
        if self.dialog is None:  # it was only closed to look again
            return
        dialog, self.dialog = self.dialog, None
        self._maps = {}
        if result:
            self._queue, self._done = dialog.to_import(), []
            self._import_next()
        else:
            self._next()

    def _import_next(self) -> None:
        from services.commands.imports import ImportFile

        if not self._queue:
            self._tell()
            self._next()
            return
        plan = self._queue[0].planned.plan
        if plan is None:  # only planned files are in the queue
            return
        title = tr("Importing {file}", file=self._queue[0].name)
        self._context.runner.change(ImportFile(plan), title=title).then(self._imported, self._refused, self._broken_off)

    def _imported(self, outcome: Outcome[Any]) -> None:
        self._done.append(outcome.value)
        self._queue.pop(0)
        self._import_next()

    def _refused(self, error: Exception) -> None:
        self._queue = []
        self._tell()
        self._context.runner.failed.emit(error)
        self._next()

    def _broken_off(self) -> None:
        left, self._queue = self._queue, []
        if self._done:
            self._tell(trn("{n} file was left out", "{n} files were left out", len(left)))
        else:
            self._context.notify(tr("Stopped. Nothing was imported."), "info")
        self._next()

    def _tell(self, more: str = "") -> None:
        """What came in, and where it is."""
        if not self._done:
            return
        comma = "，" if language() == "zh" else ", "
        new, updated = sum(one.orders_new for one in self._done), sum(one.orders_updated for one in self._done)
        skus_new, skus_updated = sum(one.skus_new for one in self._done), sum(one.skus_updated for one in self._done)
        said = []
        if new:
            said.append(trn("{n} new order", "{n} new orders", new))
        if updated:
            said.append(trn("{n} order updated", "{n} orders updated", updated))
        if skus_new:
            said.append(trn("{n} new SKU", "{n} new SKUs", skus_new))
        if skus_updated:
            said.append(trn("{n} SKU updated", "{n} SKUs updated", skus_updated))
        others = sum(one.new + one.updated_count for one in self._done) - new - updated - skus_new - skus_updated
        if others:
            said.append(trn("{n} entry taken over", "{n} entries taken over", others))
        rejected = sum(len(one.rejected) for one in self._done)
        if rejected:
            said.append(trn("{n} row rejected", "{n} rows rejected", rejected))
        if more:
            said.append(more)
        words = tr("Imported: {what}", what=comma.join(said)) if said else tr("Imported; nothing was new")
        tone = "warn" if rejected or more else "ok"
        if new or updated:
            batches = ",".join(one.batch for one in self._done if one.batch and (one.orders_new or one.orders_updated))
            self._context.notify(words, tone, tr("Show them"), partial(self._context.go, "orders", search=f"import:{batches}"))
        elif skus_new or skus_updated:
            self._context.notify(words, tone, tr("Show the stock"), partial(self._context.go, "stock"))
        else:
            self._context.notify(words, tone)


class ImportDialog(DialogBase):
    """Says what the files would do: a bar and tiles with counts, the list of the chosen part, one line for each other part.

    `mapped(path, map)`: a map was made for a file, None where it is kept for its headings.
    """

    mapped = Signal(object, object)

    def __init__(self, parent: QWidget, context: AppContext, previews: Sequence[Preview]) -> None:
        super().__init__(
            parent,
            tr("A look before the import"),
            "-",
            verb=tr("Import"),
            note=tr("A file comes in whole or not at all; what you edited here stays"),
            width=WIDTH if len(previews) == 1 else max(WIDTH, min(WIDTH_OF_SEVERAL, parent.window().width() - 48)),
        )
        self.context, self.previews = context, list(previews)
        self.part = ""
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
        if not any(one.planned.plan for one in self.previews):
            self.report_button.hide()
            self.verb_button.hide()
            self.note.setText("")
            self._note_icon.hide()
            self.cancel_button.setText(tr("Close"))
        self._tell_verb()
        first = next((one for one in self.previews if not one.trouble), self.previews[0])
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
        for preview in self.previews:
            item = FileItem(preview.name, self._second(preview), bool(preview.planned.error))
            item.clicked.connect(partial(self._choose_file, preview))
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
        self.model = SimpleTable(())
        self.table = TableView(self.model, tr("Rows"))
        self.card = QFrame()
        self.card.setProperty("box", "card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        column.addWidget(self.card)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        column.addLayout(self.lines)
        self.content.addWidget(self.overview)
        self.failure = QVBoxLayout()
        self.failure.setSpacing(12)
        self.content.addLayout(self.failure)
        self.content.addStretch()

    # ---- what is shown

    def _choose_file(self, preview: Preview, _checked: bool = False) -> None:
        self.show_file(preview)

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
            self.by_map.addWidget(Band("info", words, "", tr("Change it…"), partial(self.match, preview)))
        self.bar.set({part: preview.counts[part] for part in PARTS})
        for part, tile in self.tiles.items():
            tile.set_count(preview.counts[part])
        self.show_part(next((part for part in _FIRST_LOOK if preview.counts[part]), "unchanged"))

    def _choose_part(self, part: str, _checked: bool = False) -> None:
        self.show_part(part)

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
        rows = preview.rows.get(part, ())
        self.heading.setText(self._heading(preview, part))
        self.card.setVisible(bool(rows))
        if rows:
            self.model.set_rows(())
            self.model.set_columns(columns_of(part, preview.kind))
            self.model.set_rows(rows)
            shown = min(len(rows), MOST_SHOWN)
            self.table.setFixedHeight(HEADER_HEIGHT + shown * row_height() + 2)
            self.table.setAccessibleName(term("import_part", part, language()))
        empty_layout(self.lines)
        others = [one for one in (*PARTS, NOTICE) if one != part and preview.gists.get(one)]
        for place, one in enumerate(others):
            if place:
                self.lines.addWidget(rule())
            self.lines.addWidget(self._line(preview, one))

    def _heading(self, preview: Preview, part: str) -> str:
        count = preview.counts[part]
        goods = preview.kind == "goods"
        if preview.other and part in {"new", "updated", "held", "unchanged"}:
            words = trn("{n} entry.", "{n} entries.", count)
        elif part == "new":
            words = (
                trn("{n} new SKU.", "{n} new SKUs.", count) if goods else trn("{n} order not here yet.", "{n} orders not here yet.", count)
            )
        elif part == "updated":
            words = (
                trn("{n} SKU gets new values.", "{n} SKUs get new values.", count)
                if goods
                else trn("The file knows something new of {n} order.", "The file knows something new of {n} orders.", count)
            )
            if preview.joined:
                words += " " + trn(
                    "{n} of them comes with another of these files.", "{n} of them come with another of these files.", preview.joined
                )
        elif part == "conflict":
            words = trn(
                "{n} conflict: the file says otherwise than what was edited here. What stands here stays.",
                "{n} conflicts: the file says otherwise than what was edited here. What stands here stays.",
                count,
            )
        elif part == "rejected":
            words = trn(
                "{n} row can't come in; nothing is guessed. Mend it in a new export and import that.",
                "{n} rows can't come in; nothing is guessed. Mend them in a new export and import that.",
                count,
            )
        elif part == "held":
            words = trn("{n} row says the same as another; it counts once.", "{n} rows say the same as others; they count once.", count)
        elif part == NOTICE:
            words = trn("{n} thing to know; it keeps nothing out.", "{n} things to know; they keep nothing out.", count)
        else:
            words = (
                trn("{n} SKU is here already, with the same values.", "{n} SKUs are here already, with the same values.", count)
                if goods
                else trn("{n} order is here already, with the same facts.", "{n} orders are here already, with the same facts.", count)
            )
        if len(preview.rows.get(part, ())) >= MOST_ROWS:
            words += " " + tr("The first {n} are listed; the report has all.", n=MOST_ROWS)
        return words

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
        if not preview.unknown_format:
            return
        said = language()
        row = QHBoxLayout()
        row.setSpacing(12)
        self.match_button = PrimaryButton(tr("Match the columns…"), partial(self.match, preview), icon="link", height=34)
        self.match_button.setAutoDefault(False)
        row.addWidget(self.match_button)
        words = tr("If it is a table of orders: drag its columns to our fields once, and such files come in by themselves from then on.")
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

    def match(self, preview: Preview) -> MapDialog:
        """Say which column of this file is what; all files are looked at again then."""
        from desktop.views.map_dialog import MapDialog

        window = self.parentWidget() or self
        dialog = MapDialog(window, self.context, preview.planned.path, self._mapped, preview.planned.map)
        dialog.open()
        return dialog

    def _mapped(self, path: Path, told: Mapping[str, Any], kept: bool) -> None:
        self.mapped.emit(path, None if kept else told)

    def show_maps(self) -> None:
        """The maps that are kept, to take one away."""
        from desktop.views.maps_dialog import MapsDialog

        MapsDialog(self.parentWidget() or self, self.context).open()

    # ---- what is done

    def to_import(self) -> list[Preview]:
        """The files that bring something."""
        return [one for one in self.previews if one.planned.plan is not None and one.brings]

    def _tell_verb(self) -> None:
        bringing = self.to_import()
        orders = {
            number
            for one in bringing
            if one.planned.plan is not None and one.kind != "goods" and not one.other
            for number in (*(entry[0].number for entry in one.planned.plan.new), *one.planned.plan.report.updated)
        }
        skus = sum(one.brings for one in bringing if one.kind == "goods")
        others = sum(one.brings for one in bringing if one.other)
        if orders and skus:
            words = tr("Import {n} orders and {m} SKUs", n=formats.count(len(orders)), m=formats.count(skus))
        elif skus:
            words = trn("Import {n} SKU", "Import {n} SKUs", skus)
        elif others and not orders:
            words = trn("Import {n} entry", "Import {n} entries", others)
        else:
            words = trn("Import {n} order", "Import {n} orders", len(orders))
        if not bringing:
            words = tr("Nothing new to import")
        self.set_verb(words, enabled=bool(bringing))

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
        from services.exports.import_report import write_import_report

        reports = [one.planned.plan.report for one in self.previews if one.planned.plan is not None]
        said, path = language(), Path(name)
        self.context.runner.job(
            lambda desk, _progress: write_import_report(path, reports, desk.shop.zone, said), tr("Saving the report")
        ).then(self._saved, self._not_saved)

    def _saved(self, written: Any) -> None:
        self.refuse("")
        self.note.setText(tr("Report saved: {file}", file=written.file.name))

    def _not_saved(self, error: Exception) -> None:
        self.refuse(error_words(error))


def picture(window: MainWindow) -> None:
    """For the screenshots: a day's order list with a changed, a repeated and two rejected rows; the dialog opens when it was looked at."""
    from services.demo.sample_export import write_sample_export

    folder = QTemporaryDir()
    import_files(window, window.context, [])
    importer = window.findChild(Importer)
    if importer is None:
        return
    importer.scratch = folder
    orders, lines = write_sample_export(Path(folder.path()), window.context.now(), window.context.zone)
    rows = orders.read_text("gb18030").splitlines()
    number = rows[5].split('"')[1].strip("=")
    rows += [rows[5].replace(number, "3.02145E+18"), rows[6].replace("等待卖家发货", "拼团中").replace(number[-4:], "7764"), rows[7]]
    orders.write_text("\r\n".join(rows) + "\r\n", "gb18030")
    importer.take([orders, lines])
