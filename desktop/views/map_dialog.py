"""Any table as orders, tracking numbers, goods or a stocktake: its headings are dragged to our fields, what would come in is shown at once, and the map is kept for next time.

Opened from the dialog before an import for a file that no format knows. Everything is read in jobs; nothing is written before the verb.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.models.import_columns import columns_of
from desktop.models.import_rows import Place
from desktop.models.map_draft import ORDERS, MapDraft
from desktop.models.map_fields import MapFields
from desktop.models.map_headings import MapHeadings
from desktop.models.map_preview import preview_columns, preview_rows
from desktop.models.simple_table import SimpleTable
from desktop.theme import row_height
from desktop.views.map_lists import FieldTree, HeadingList
from desktop.views.map_options import MapOptions
from desktop.views.map_source import MapSource, hint_of
from desktop.views.widgets.buttons import CheckBox, MenuButton, Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.table import TableView
from desktop.views.widgets.table_header import HEADER_HEIGHT
from services.words import say, term
from services.words.import_maps import MAP_KINDS

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task, TaskProgress
    from services.desk import Desk
    from services.imports.kept_maps import KeptMap
    from services.imports.map_look import Beginning, FileLook, MapPreview

WIDTH, LEFT, OTHERS = 1280, 300, 588
"""px: the dialog, the file's headings, and what stands above and below the lists."""
LEAST, MOST, ROWS = 200, 420, 5
PAUSE = 250
"""Milliseconds after the last change before the preview is made anew."""
COMES, REJECTED = "comes", "rejected"
MOST_REJECTED = 500

_GUESSED: Mapping[str, Any] = MappingProxyType({})
Use = Callable[[Path, Mapping[str, Any], bool], object]
"""What the verb calls: the file, its map, and whether it is kept (then it is used by itself from now on)."""


def look(path: Path, told: Mapping[str, Any], desk: Desk, progress: TaskProgress) -> Any:
    """The job behind the dialog: headings with samples, first guesses, the maps that are kept, and the shop's channels."""
    from services.imports.guess_map import guess_kind, guess_map
    from services.imports.kept_maps import KeptMaps, fingerprint
    from services.imports.map_look import look_at
    from services.queries.channel_codes import ChannelCodes

    found = look_at(path, told, progress)
    mark = fingerprint(found.names)
    kept = next((one for one in desk.read(KeptMaps()) if one.fingerprint == mark), None)
    guesses = {kind: guess_map(found.headings, found.varying, kind) for kind in MAP_KINDS}
    return found, guess_kind(found.headings), guesses, kept, desk.read(ChannelCodes())


def _preview(path: Path, told: Mapping[str, Any], beginning: Beginning | None, desk: Desk, progress: TaskProgress) -> Any:
    from services.imports.map_look import preview_map

    return preview_map(path, told, desk.shop.zone, progress, beginning)


class MapDialog(DialogBase):
    """`use` gets the map once the verb is pressed and, where it is to be kept, it was kept. `kept` is the map to begin with, `options`
    are how the file is read without one."""

    def __init__(
        self, parent: QWidget, context: AppContext, path: Path, use: Use, kept: KeptMap | None = None, options: Mapping[str, Any] = _GUESSED
    ) -> None:
        room = parent.window().width() - 48
        super().__init__(parent, tr("Match the columns"), path.name, verb=tr("Use this map"), note="-", width=max(1080, min(WIDTH, room)))
        self.context, self.path, self._use = context, path, use
        self.draft = MapDraft.of(kept.told if kept is not None else {"options": options})
        self.look: FileLook | None = None
        self.preview: MapPreview | None = None
        self._looking: Task | None = None
        self._task: Task | None = None
        self._kept = kept
        self._guesses: Mapping[str, Mapping[str, str]] = {}
        self._channels: Sequence[str] = ()
        self._told = kept is not None
        """Whether what the table holds was said, not guessed."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._read_preview)
        self._lay_out()
        self.set_verb(tr("Reading the file…"), enabled=False)
        self.read_file()

    # ---- building

    def _lay_out(self) -> None:
        self.options = MapOptions()
        self.options.changed.connect(self._options_changed)
        self.column.addWidget(self.options)
        whole = QHBoxLayout()
        whole.setSpacing(12)
        self.headings = MapHeadings()
        self.heading_list = HeadingList(self.headings)
        self.heading_list.put.connect(self._put_here)
        left = _card(self.heading_list)
        left.setFixedWidth(LEFT)
        whole.addLayout(_titled(tr("Drag a column of the file…"), left))
        self.fields = MapFields(self.draft, self)
        self.fields.dropped.connect(self.put)
        self.tree = FieldTree(self.fields)
        self.tree.moved.connect(self._show_field)
        self.tree.cleared.connect(self._clear)
        middle = _card(self.tree)
        whole.addLayout(_titled(tr("…to one of our fields"), middle), 1)
        self.source = MapSource(self.draft)
        self.source.changed.connect(self._changed)
        self.tree.asked.connect(self.source.take_focus)
        right = _card(self.source)
        whole.addLayout(_titled(tr("This field"), right))
        parent = self.parentWidget()
        room = (parent.height() if parent is not None else 900) - 48 - OTHERS
        for shown in (left, middle, right):
            shown.setFixedHeight(max(LEAST, min(MOST, room)))
        self.column.addLayout(whole)
        self._lay_out_preview()
        self._lay_out_name()

    def _lay_out_preview(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.part = Segments([(COMES, tr("Comes in")), (REJECTED, tr("Stays out"))], tr("Preview"))
        self.part.chosen.connect(lambda _part: self._show_preview())
        row.addWidget(self.part)
        self.said = Label("", "body2")
        row.addWidget(self.said, 1)
        self.column.addLayout(row)
        self.model = SimpleTable(())
        self.table = TableView(self.model, tr("Preview"))
        self.table.setFixedHeight(HEADER_HEIGHT + ROWS * row_height() + 2)
        self.column.addWidget(_card(self.table))

    def _lay_out_name(self) -> None:
        self.keep = CheckBox(tr("Keep it and use it by itself for files with these headings, as"))
        self.keep.setChecked(True)
        self.keep.toggled.connect(self._keep_changed)
        self.name = QLineEdit(_name_of(self.path) if self._kept is None else self._kept.name)
        self.name.setMaxLength(60)
        self.name.setFixedWidth(220)
        self.name.setAccessibleName(tr("Name of the map"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.keep)
        row.addWidget(self.name)
        row.addStretch()
        self.column.addLayout(row)
        self._note_icon.hide()
        self.note.setText("")
        self.files_button = MenuButton(
            tr("Map file"),
            [
                (tr("Read from a file…"), "file-import", self._ask_read),
                (tr("Save as a file…"), "export", self._ask_write),
                (tr("Kept field maps…"), "bookmark", self._show_maps),
            ],
            height=34,
        )
        self.files_button.setAutoDefault(False)
        self.extra.addWidget(self.files_button)

    # ---- reading the file

    def read_file(self) -> None:
        """Look at the file as the options say now."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self.context.runner.job(partial(look, self.path, dict(self.draft.options)), "").then(self._looked, self._not_looked)

    def _looked(self, found: Any) -> None:
        first = self.look is None
        self.look, kind, self._guesses, kept, self._channels = found
        self.refuse("")
        self.headings.set_headings(self.look.headings)
        self.source.set_look(self.look)
        self.draft.keep_only(self.look.names)
        if first and self._kept is None and kept is not None:
            # A map is kept for these headings, and somebody came here to change it.
            self._kept, self._told = kept, True
            before = MapDraft.of(kept.told)
            self.fields.set_kind(before.kind)
            self.draft.fields, self.draft.options = before.fields, before.options
            self.name.setText(kept.name)
        if not self._told and kind != self.draft.kind:
            self.fields.set_kind(kind)
        if self._kept is None:
            self.draft.guess(self._guesses[self.draft.kind])
        self.options.show_look(self.look, self.draft.options, self._channels)
        dot = "·" if language() == "zh" else " · "
        columns = trn("{n} column", "{n} columns", len(self.look.headings))
        self.sub.setText(dot.join((self.path.name, columns, trn("{n} row looked at", "{n} rows looked at", self.look.rows))))
        if first:
            self.tree.go_to(self.tree.target() or self.fields.first())
            self.tree.setFocus()
        self._changed()
        self._timer.stop()
        self._read_preview()

    def _not_looked(self, error: Exception) -> None:
        self.refuse(error_words(error))
        self.set_verb(tr("Use this map"), enabled=False)

    def _options_changed(self, name: str, value: Any) -> None:
        if name == "kind":
            self._told = True
            self.fields.set_kind(value or ORDERS)
            self.draft.guess(self._guesses.get(self.draft.kind, {}))
            if self.look is not None:
                self.options.show_look(self.look, self.draft.options, self._channels)
            self.tree.go_to(self.fields.first())
        else:
            self.draft.options[name] = value
        if name in {"encoding", "delimiter", "sheet", "header_row"}:
            self.read_file()
        else:
            self._changed()

    # ---- the map

    def put(self, target: str, heading: str) -> None:
        """A heading was dropped on a field, or put there by keys."""
        self.draft.put(target, heading)
        self.tree.go_to(target)
        self._changed()
        self.source.show_field(target)

    def _put_here(self, heading: str) -> None:
        if target := self.tree.target():
            self.put(target, heading)

    def _clear(self, target: str) -> None:
        self.draft.choose(target, "")
        self._changed()
        self.source.show_field(target)

    def _show_field(self, target: str) -> None:
        self.source.show_field(target)

    def _changed(self) -> None:
        """Show what the map is now; the preview follows after a pause."""
        said = language()
        self.headings.set_used({heading: term("map_field", target, said) for heading, target in self.draft.used().items()})
        self.fields.tell()
        self._timer.start()
        self._tell_verb()

    def _tell_verb(self) -> None:
        if missing := self.draft.missing():
            self.set_verb(tr("Still missing: {field}", field=term("map_field", missing, language())), enabled=False)
            return
        trouble = self.preview is not None and self.preview.trouble is not None
        ready = self.preview is not None and not trouble and self.preview.count > 0
        self.set_verb(tr("Keep and go on") if self.keep.isChecked() else tr("Go on"), enabled=ready)

    def _keep_changed(self, on: bool) -> None:
        self.name.setEnabled(on)
        self._tell_verb()

    # ---- the preview

    def _read_preview(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self.draft.missing():
            self.preview = None
            self._show_preview()
            self._tell_verb()
            return
        beginning = self.look.beginning if self.look is not None else None
        work = partial(_preview, self.path, self.draft.as_map(), beginning)
        self._task = self.context.runner.job(work, "").then(self._take_preview, self._not_looked)

    def _take_preview(self, found: MapPreview) -> None:
        self.preview = found
        self.fields.samples = found.samples
        self.fields.tell()
        if found.trouble is None and not found.count and found.rejected:
            self.part.value = REJECTED
            self.part.update()
        self._show_preview()
        self._tell_verb()

    def _show_preview(self) -> None:
        found, said = self.preview, language()
        self.model.set_rows(())
        if found is None or found.trouble is not None:
            code = found.trouble if found is not None else None
            needed = tr("Say first which column is this: {field}.", field=term("map_field", self.draft.missing(), said))
            self.said.setText(say(code.code, said, **{**code.facts, "target": _field(code.facts)}) if code is not None else needed)
            return
        count = formats.count(found.count)
        self.part.pairs = [
            (COMES, tr("Comes in {n}", n=count) if self.draft.kind == ORDERS else trn("{n} row comes in", "{n} rows come in", found.count)),
            (REJECTED, tr("Stays out {n}", n=formats.count(len(found.rejected)))),
        ]
        self.part.updateGeometry()
        self.part.update()
        if self.part.value == REJECTED:
            self.model.set_columns(columns_of("rejected", "orders"))
            self.model.set_rows(
                Place(place, one.row, one.column or "", one.value or "", say(one.code, said, **one.facts))
                for place, one in enumerate(found.rejected[:MOST_REJECTED])
            )
            words = tr("These rows can't come in as the map is now.") if found.rejected else tr("Every row comes in.")
            if any(one.code == "carrier_missing" for one in found.rejected) and self.draft.draft("carrier").empty:
                words = f"{term('map_field', 'carrier', said)}{'：' if said == 'zh' else ': '}{hint_of(self.draft.kind, 'carrier')}"
        else:
            self.model.set_columns(preview_columns(self.draft.kind))
            self.model.set_rows(preview_rows(found.orders))
            words = tr("The first {n}, as they would come in.", n=len(found.orders)) if found.count > len(found.orders) else ""
        if found.more:
            words += (" " if words else "") + tr("Only the first {n} rows were looked at.", n=formats.count(found.rows))
        notices = [
            say(one.code, said, **{**one.facts, "target": _field(one.facts)}) for one in found.warnings if one.code == "date_order_guessed"
        ]
        self.said.setText(" ".join(filter(None, [words, *notices[:1]])))

    # ---- a map as a file

    def _ask_write(self) -> None:
        dialog = QFileDialog(self, tr("Save as a file…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("Field map") + " (*.json)"])
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{self.name.text().strip() or self.path.stem}.json")
        dialog.fileSelected.connect(self.write_map)
        dialog.open()

    def write_map(self, name: str) -> None:
        """The map as `--map` reads it."""
        self.context.runner.job(partial(_write, Path(name), self.draft.as_map()), tr("Saving {name}", name=Path(name).name)).then(
            self._written, self._not_done
        )

    def _written(self, path: Path) -> None:
        self.note.setText(tr("Saved as {name}", name=path.name))

    def _ask_read(self) -> None:
        dialog = QFileDialog(self, tr("Read from a file…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Field map") + " (*.json)", tr("All files") + " (*)"])
        dialog.fileSelected.connect(self.read_map)
        dialog.open()

    def read_map(self, name: str) -> None:
        """Take a map that a file holds."""
        self.context.runner.job(partial(_read, Path(name)), "").then(self._take_map, self._not_done)

    def _take_map(self, told: Mapping[str, Any]) -> None:
        made = MapDraft.of(told)
        self._told = True
        self.fields.set_kind(made.kind)
        self.draft.fields, self.draft.options = made.fields, made.options
        self.refuse("")
        self.read_file()
        self.source.show_field(self.tree.target())

    def _not_done(self, error: Exception) -> None:
        self.set_busy(False)
        self._tell_verb()
        self.refuse(error_words(error))

    def _show_maps(self) -> None:
        from desktop.views.maps_dialog import MapsDialog

        MapsDialog(self.parentWidget() or self, self.context).open()

    # ---- the verb

    def submit(self) -> None:
        told = self.draft.as_map()
        if not self.keep.isChecked() or self.look is None:
            self.accept()
            self._use(self.path, told, False)
            return
        from services.commands.import_maps import SaveImportMap

        self.set_busy(True)
        command = SaveImportMap(self.name.text(), self.look.names, told)
        self.context.runner.change(command).then(partial(self._saved, told), self._not_done)

    def _saved(self, told: Mapping[str, Any], _outcome: object) -> None:
        self.accept()
        self._use(self.path, told, True)


def _titled(words: str, widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(Label(words, "label"))
    column.addWidget(widget)
    return column


def _card(widget: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("box", "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.addWidget(widget)
    return card


def _field(facts: Mapping[str, Any]) -> str:
    return term("map_field", str(facts.get("target", "")), language())


def _name_of(path: Path) -> str:
    """`orders_20261122 (3).csv` → `orders`: what such files are called, without the day."""
    plain = "".join(sign for sign in path.stem if not sign.isdigit())
    return plain.strip(" _-()（）.") or path.stem


def _write(path: Path, told: Mapping[str, Any], _desk: Desk, _progress: TaskProgress) -> Path:
    from services.exports.pipeline import write_text

    write_text(path, json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return path


def _read(path: Path, desk: Desk, _progress: TaskProgress) -> Any:
    from services.errors import BadInput, Environment
    from services.imports.formats.mapped import MapSpec

    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Environment("file_unreadable", file=path.name, detail=error.strerror or str(error)) from error
    except ValueError:
        raise BadInput("map_file_bad", file=path.name) from None
    if not isinstance(found, dict):
        raise BadInput("map_file_bad", file=path.name)
    MapSpec.of(found, desk.shop.zone)
    return found
