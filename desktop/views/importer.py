"""The way of one lot of files through the window: looked at in a job, asked about, then one change a file.

`import_files(window, context, paths)` is what the menu, a drop and the empty states call. Until the verb is pressed nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTemporaryDir, Signal

from desktop.i18n import language, tr, trn
from desktop.models.import_preview import Preview, preview_of
from desktop.views.import_dialog import ImportDialog

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import TaskProgress
    from desktop.views.main_window import MainWindow
    from services.desk import Desk
    from services.outcome import Outcome


def import_files(window: MainWindow, context: AppContext, paths: Sequence[Path]) -> None:
    """Look at the files, then ask. Files that come while others are looked at wait for their turn."""
    found = window.findChild(Importer)
    importer = found if found is not None else Importer(window, context)
    importer.take(paths)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said of some of the files: the map to read one by, or options where its guess is wrong."""

    maps: Mapping[Path, Mapping[str, Any]] = field(default_factory=dict)
    options: Mapping[Path, Mapping[str, Any]] = field(default_factory=dict)


def look(paths: tuple[Path, ...], lang: str, told: Told, desk: Desk, progress: TaskProgress) -> list[Preview]:
    """The job behind the dialog: plan every file and put it into words."""
    from services.imports.edited_here import EditedHere
    from services.imports.several import plan_files
    from services.queries.known_files import KnownFiles

    planned = plan_files(desk, paths, progress, options=told.options, maps=told.maps)
    known = desk.read(KnownFiles(tuple(one.plan.parsed.file_hash for one in planned if one.plan is not None)))
    return [
        preview_of(
            one,
            lang,
            desk.shop.zone,
            None if one.plan is None else desk.read(EditedHere.of(one.plan.report.clashes)),
            known=one.plan is not None and one.plan.parsed.file_hash in known,
        )
        for one in planned
    ]


def _take_apart(plans: list[Any], _desk: Desk) -> None:
    from services.imports.collector import collector_whole
    from services.imports.plan import take_apart

    for previews, *_shown in plans:
        for preview in previews:
            if preview.planned.plan is not None:
                take_apart(preview.planned.plan)
    plans.clear()
    collector_whole()


class Importer(QObject):
    """The way of one lot of files through the window; lives with it. `asked(dialog)`: the files were looked at, the dialog is open."""

    asked = Signal(object)

    def __init__(self, window: MainWindow, context: AppContext) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._waiting: list[Path] = []
        self._maps: dict[Path, Mapping[str, Any]] = {}
        self._options: dict[Path, Mapping[str, Any]] = {}
        self._looking = False
        self._queue: list[Preview] = []
        self._only_sure = False
        self._plans: list[Any] = []
        self._eye: Path | None = None
        self._done: list[Any] = []
        self.dialog: ImportDialog | None = None
        self.scratch: QTemporaryDir | None = None
        """Keeps the files of a picture."""

    def take(self, paths: Sequence[Path]) -> None:
        """Begin, or queue up."""
        self._waiting += [path for path in dict.fromkeys(paths) if path not in self._waiting]
        self._next()

    def _next(self) -> None:
        if not self._queue:
            self._let_go()
        if not self._waiting or self._looking or self.dialog is not None or self._queue:
            return
        paths, self._waiting = tuple(self._waiting), []
        self._looking = True
        title = (
            tr("Looking at {file}", file=paths[0].name)
            if len(paths) == 1
            else trn("Looking at {n} file", "Looking at {n} files", len(paths))
        )
        told = Told(dict(self._maps), dict(self._options))
        self._context.runner.job(partial(look, paths, language(), told), title).then(self._ask, self._failed, self._stopped)

    def _ask(self, previews: list[Preview]) -> None:
        self._looking = False
        self.dialog = ImportDialog(self._window, self._context, previews, self._options, self._eye)
        self.dialog.finished.connect(self._answered)
        self.dialog.mapped.connect(self._map)
        self.dialog.reread.connect(self._read_otherwise)
        self.dialog.open()
        self.asked.emit(self.dialog)

    def _map(self, path: Path, told: Mapping[str, Any] | None) -> None:
        """A map was made for one of the files (None: it is kept, and found by itself)."""
        self._maps.pop(path, None)
        if told is not None:
            self._maps[path] = told
        self._look_again(path)

    def _read_otherwise(self, path: Path, options: Mapping[str, Any]) -> None:
        self._options.pop(path, None)
        if options:
            self._options[path] = options
        self._look_again(path)

    def _look_again(self, path: Path) -> None:
        """All of the files are looked at anew, and that one is shown first."""
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        self._eye = path
        dialog.reject()
        paths = [preview.planned.path for preview in dialog.previews]
        self._plans.append(dialog.let_go())
        self._let_go()
        self.take(paths)

    def _failed(self, error: Exception) -> None:
        self._looking = False
        self._forget()
        self._context.runner.failed.emit(error)
        self._next()

    def _stopped(self) -> None:
        self._looking = False
        self._forget()
        self._context.notify(tr("Stopped. Nothing was imported."), "info")
        self._next()

    def _answered(self, result: int) -> None:
        if self.dialog is None:  # it was only closed to look again
            return
        dialog, self.dialog = self.dialog, None
        self._forget()
        if result:
            self._queue, self._done, self._only_sure = dialog.to_import(), [], dialog.only_sure
        self._plans.append(dialog.let_go())
        if result:
            self._import_next()
        else:
            self._next()

    def _forget(self) -> None:
        """What was said of these files holds for them alone."""
        self._maps, self._options, self._eye = {}, {}, None

    def _let_go(self) -> None:
        """Plans of many orders take a while to be taken apart: not in the window's own thread."""
        plans, self._plans = self._plans, []
        if plans:
            self._context.runner.query(partial(_take_apart, plans))

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
        self._context.runner.change(ImportFile(plan, self._only_sure), title=title).then(self._imported, self._refused, self._broken_off)

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
        left = len({one.number for report in self._done for one in report.left_out})
        if left:
            said.append(trn("{n} doubtful order left out", "{n} doubtful orders left out", left))
        conflicts = sum(one.conflicts for one in self._done)
        if conflicts:
            said.append(trn("{n} conflict to decide", "{n} conflicts to decide", conflicts))
        if more:
            said.append(more)
        words = tr("Imported: {what}", what=comma.join(said)) if said else tr("Imported; nothing was new")
        tone = "warn" if rejected or left or conflicts or more else "ok"
        if new or updated:
            batches = ",".join(one.batch for one in self._done if one.batch and (one.orders_new or one.orders_updated))
            self._context.notify(words, tone, tr("Show them"), partial(self._context.go, "orders", search=f"import:{batches}"))
        elif skus_new or skus_updated:
            self._context.notify(words, tone, tr("Show the stock"), partial(self._context.go, "stock"))
        else:
            self._context.notify(words, tone)
