"""What every page is handed: the way to the data, the preferences and the window. No page looks for these elsewhere; no globals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.changes import ChangeBus
from desktop.prefs import Prefs
from desktop.runner import BaseRunner
from desktop.tag_colours import TagReader
from desktop.undo import UndoStack

if TYPE_CHECKING:
    from services.access import Viewer
    from services.clock import Clock
    from services.params import Shop


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that shows for some seconds at the foot of the page; `action` and `label` offer one next step."""

    words: str
    tone: str = "ok"
    label: str = ""
    action: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: a page by key, and what it should show there (`search`, `id`, `tab`, as that page understands)."""

    page: str
    facts: dict[str, Any] = field(default_factory=dict)


class AppContext(QObject):
    """One for each open shop. The window listens to its signals; pages emit them by the methods below."""

    went = Signal(object)
    noticed = Signal(object)
    import_requested = Signal(list)
    """Paths (pathlib.Path) of files to import: from the menu, a drop, or an empty state."""
    counted = Signal(str, int, bool)
    """page key, what waits there, whether it is a thing gone wrong (red)."""
    searched = Signal(str)
    """The orders page shows the hits of this search (services.search.tabs.page_form)."""
    watch_chosen = Signal()
    """Which folder is watched for new files is another choice now (desktop.folder_watch)."""
    group_requested = Signal(str, str)
    """Keep this search, with this sort, as a group: ask for its name."""

    def __init__(self, runner: BaseRunner, prefs: Prefs, clock: Clock | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.prefs = prefs
        self._clock = clock
        self.changes = ChangeBus(self)
        self.shop: Shop | None = None
        """None until the Desk is open."""
        runner.changed.connect(self.changes.publish)
        self.tags = TagReader(self)
        self.undo = UndoStack(self)

    @property
    def clock(self) -> Clock:
        """The machine's unless a test gave another; loaded at first use, after the first paint."""
        if self._clock is None:
            from services.clock import SystemClock

            self._clock = SystemClock()
        return self._clock

    @property
    def viewer(self) -> Viewer:
        """Who is signed in. Somebody else gets a window of their own (desktop.lock)."""
        return self.runner.viewer

    def may(self, permission: str) -> bool:
        """Whether who is signed in may do this (services.domain.permissions.PERMISSIONS); '' may everybody."""
        return self.runner.viewer.may(permission)

    @property
    def zone(self) -> str:
        return self.shop.zone if self.shop is not None else "Asia/Shanghai"

    def now(self) -> int:
        """Milliseconds since 1970 UTC."""
        return self.clock.now()

    def go(self, page: str, **facts: Any) -> None:
        """Show another page: `context.go("orders", search="status:shipped")`."""
        self.went.emit(Place(page, facts))

    def notify(self, words: str, tone: str = "ok", label: str = "", action: Callable[[], object] | None = None) -> None:
        """Say in one sentence what was done. Errors are not for here: they need the error dialog."""
        self.noticed.emit(Notice(words, tone, label, action))

    def count(self, page: str, waiting: int, alarm: bool = False) -> None:
        """Put the number of what waits on a page beside its name in the rail; 0 takes it away."""
        self.counted.emit(page, waiting, alarm)

    def import_files(self, paths: Sequence[Path]) -> None:
        self.import_requested.emit(list(paths))
