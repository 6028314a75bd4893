"""New export files in a chosen folder, offered for import and never imported by themselves. Off until somebody switches it on.

The folder is looked at in the background: when the system says that it changed, again while something in it still grows, and now and
then in any case, for a folder on the network tells nothing and may come and go. The choice lies in the shop's folder with the window's
other preferences, not among the shop's data.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QStandardPaths, QTimer, Signal

from desktop.prefs import Prefs
from services.errors import DeskError

if TYPE_CHECKING:
    from desktop.changes import Changes
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.desk import Desk
    from services.imports.watching import Judged, Offer, Stamp

SETTLE, NOW_AND_THEN = 1_500, 30_000
"""Milliseconds between two looks at a file that may still grow; and between looks when nothing happens."""
FORTNIGHT = 14 * 86_400_000
"""What is older (ms) when the program starts is no news."""
PORTION = 4
"""Files whose headings are read in one go, so that a page's own queries wait for no more."""
MOST_NEVER, MOST_NOTHING = 500, 2_000


def downloads() -> Path:
    """Where the user's browser puts files."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation) or Path.home())


class WatchSettings:
    """What was chosen for one shop on this computer. `since` (ms): older files are nobody's concern. `nothing` are files that were
    read and are no exports, by `mark_of`: after the next start they need not be read again."""

    def __init__(self, shop: Path) -> None:
        self._prefs = Prefs(shop / "window.ini")

    @property
    def on(self) -> bool:
        return self._prefs.flag("watch/on")

    @property
    def folder(self) -> Path:
        kept = self._prefs.text("watch/folder")
        return Path(kept) if kept else downloads()

    @property
    def since(self) -> int:
        kept = self._prefs.text("watch/since", "0")
        return int(kept) if kept.isdigit() else 0

    @property
    def never(self) -> frozenset[str]:
        """SHA-256 of the files that are not to be offered again."""
        return frozenset(self._list("watch/never"))

    @property
    def nothing(self) -> frozenset[str]:
        return frozenset(self._list("watch/nothing"))

    def choose(self, on: bool, folder: Path, now: int) -> None:
        """Keep the choice; `now` counts where it was off before, or looked elsewhere."""
        if on and (not self.on or folder != self.folder):
            self._prefs.set_text("watch/since", str(now))
        self._prefs.set_flag("watch/on", on)
        self._prefs.set_text("watch/folder", str(folder))
        self._prefs.save()

    def never_again(self, digests: Sequence[str]) -> None:
        self._add("watch/never", digests, MOST_NEVER)

    def no_exports(self, stamps: Sequence[Stamp]) -> None:
        self._add("watch/nothing", [mark_of(stamp) for stamp in stamps], MOST_NOTHING)

    def forget_nothing(self) -> None:
        """What was no export may be one now: a map was kept."""
        self._prefs.set_text("watch/nothing", "[]")

    def _add(self, key: str, more: Sequence[str], most: int) -> None:
        kept = list(dict.fromkeys((*self._list(key), *more)))
        self._prefs.set_text(key, json.dumps(kept[-most:]))
        self._prefs.save()

    def _list(self, key: str) -> list[str]:
        try:
            kept = json.loads(self._prefs.text(key, "[]"))
        except ValueError:
            return []
        return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []


def mark_of(stamp: Stamp) -> str:
    """A file as it lies there, in eleven letters."""
    told = blake2b(f"{stamp.path}\n{stamp.size}\n{stamp.written}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return urlsafe_b64encode(told).decode().rstrip("=")


class FolderWatch(QObject):
    """Lives as long as its shop is open. `offers` are the files that wait for an answer; `offered` tells that they are others now."""

    offered = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.settings: WatchSettings | None = None
        self.offers: tuple[Offer, ...] = ()
        self._folder = Path()
        self._seen: set[Stamp] = set()
        """Looked at already, whatever came of it."""
        self._old: int | None = None
        """Before the first look: what was written earlier (ms) is no news. Later on whatever comes is, also with an old time of its own,
        as out of an archive."""
        self._before: set[Stamp] = set()
        """What lay there at the last look and may still grow."""
        self._whole: list[Stamp] = []
        """Waits for its headings to be read."""
        self._task: Task | None = None
        self._stopped = True
        self._again = False
        self.watcher = QFileSystemWatcher(self)
        self.watcher.directoryChanged.connect(self._stirred)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)
        context.changes.subscribe(("import_batch",), self._imported)
        context.changes.subscribe(("import_map",), self._map_kept)
        context.watch_chosen.connect(self.start)

    # ---- on and off

    def start(self) -> None:
        """The shop is open, or another choice was made: begin anew."""
        self.stop()
        shop = self._context.shop
        if shop is None:
            return
        self.settings = WatchSettings(shop.folder)
        if self.settings.on:
            self._stopped = False
            self._folder = self.settings.folder
            self._old = max(self.settings.since, self._context.now() - FORTNIGHT)
            self.look()

    def stop(self) -> None:
        """Nothing is looked at any more, nothing is offered."""
        self._stopped = True
        self.timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self.watcher.directories():
            self.watcher.removePaths(self.watcher.directories())
        self._seen.clear()
        self._before.clear()
        self._whole.clear()
        self._put(())

    # ---- looking

    def _stirred(self, _path: str) -> None:
        """Something happened in the folder. It is looked at a moment later: two looks are never so near that a slow download seems whole."""
        self._again = True
        if not self._stopped and self._task is None and (not self.timer.isActive() or self.timer.remainingTime() > SETTLE):
            self._next(SETTLE)

    def look(self) -> None:
        """Ask for what lies in the folder."""
        if self._stopped or self.settings is None or self._task is not None:
            return
        self._again = False
        self._task = self._context.runner.query(partial(_look, self._folder))
        self._task.then(self._looked, self._failed)

    def _looked(self, found: list[Stamp] | None) -> None:
        if self._stopped or self.settings is None:
            return
        self._task = None
        if found is None:  # the folder is not there: it is looked for now and then, and what was offered from it is new again then
            self._before.clear()
            self._seen.difference_update(offer.stamp for offer in self.offers)
            self._put(())
            if self.watcher.directories():
                self.watcher.removePaths(self.watcher.directories())
            self._next(NOW_AND_THEN)
            return
        if not self.watcher.directories():
            self.watcher.addPath(str(self._folder))
        if self._old is not None:
            nothing = self.settings.nothing
            self._seen |= {stamp for stamp in found if stamp.written < self._old or mark_of(stamp) in nothing}
            self._old = None
        fresh = {stamp for stamp in found if stamp not in self._seen}
        whole = fresh & self._before
        self._before = fresh - whole
        there = {stamp.path for stamp in found}
        self._put(tuple(offer for offer in self.offers if offer.stamp.path in there))
        self._seen |= whole
        self._whole += sorted(whole, key=lambda stamp: (-stamp.written, stamp.path))
        self._read_headings()

    def _read_headings(self) -> None:
        """Of the next few whole files, the newest first; or wait for what comes."""
        if self._whole and self.settings is not None:
            some, self._whole = tuple(self._whole[:PORTION]), self._whole[PORTION:]
            self._task = self._context.runner.query(partial(_judge, some, self.settings.never))
            self._task.then(self._judged, self._failed)
        else:
            self._next(SETTLE if self._before else NOW_AND_THEN)

    def _judged(self, found: Judged) -> None:
        if self._stopped or self.settings is None:
            return
        self._task = None
        have = {offer.digest for offer in self.offers}
        self._put((*self.offers, *(offer for offer in found.offers if offer.digest not in have)))
        self._seen.difference_update(found.later)
        if found.nothing:
            self.settings.no_exports(found.nothing)
        self._read_headings()

    def _next(self, ms: int) -> None:
        self.timer.start(SETTLE if self._again else ms)

    def _failed(self, error: Exception) -> None:
        """The shop can't be asked just now: later. A bug is told."""
        self._task = None
        self._next(NOW_AND_THEN)
        if not isinstance(error, DeskError):
            self._context.runner.failed.emit(error)

    def _put(self, offers: tuple[Offer, ...]) -> None:
        if offers != self.offers:
            self.offers = offers
            self.offered.emit()

    # ---- answers

    def accept(self) -> None:
        """On to the dialog before an import, with all that is offered."""
        paths = [offer.path for offer in self.offers]
        self._put(())
        if paths:
            self._context.import_files(paths)

    def postpone(self) -> None:
        """Not now: they are offered again when the program is started the next time."""
        self._put(())

    def refuse(self) -> None:
        """Never these files again, wherever they lie."""
        if self.settings is not None:
            self.settings.never_again([offer.digest for offer in self.offers])
        self._put(())

    def _imported(self, _changes: Changes) -> None:
        """Something was imported: perhaps what is offered, by another way."""
        if self.offers:
            digests = tuple(offer.digest for offer in self.offers)
            self._context.runner.query(partial(_known, digests)).then(self._drop)

    def _map_kept(self, _changes: Changes) -> None:
        """A table that was no export may be one now. What came before the program started stays as it was."""
        if self.settings is not None and not self._stopped:
            self.settings.forget_nothing()

    def _drop(self, known: Any) -> None:
        self._put(tuple(offer for offer in self.offers if offer.digest not in known))


def _look(folder: Path, _desk: Desk) -> list[Stamp] | None:
    from services.imports.watching import look

    return look(folder)


def _judge(stamps: tuple[Stamp, ...], never: frozenset[str], desk: Desk) -> Judged:
    from services.imports.kept_maps import KeptMaps
    from services.imports.watching import judge

    return judge(stamps, never, partial(_imported, desk), desk.read(KeptMaps()))


def _imported(desk: Desk, digests: tuple[str, ...]) -> frozenset[str]:
    return _known(digests, desk)


def _known(digests: tuple[str, ...], desk: Desk) -> frozenset[str]:
    from services.queries.known_files import KnownFiles

    return desk.read(KnownFiles(digests))
