"""When the shop is locked, and who comes in: at the start, by Ctrl+L, after a time without a key or a move of the mouse.

A locked shop has one window, which holds no data. The others are hidden, not closed: who comes back goes on where they were; for
somebody else the window is made anew. Work that runs goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.i18n import tr

if TYPE_CHECKING:
    from desktop.changes import Changes
    from desktop.context import AppContext
    from desktop.views.lock_window import LockWindow
    from services.access import Viewer

MINUTE = 60_000
INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Lock(QObject):
    """One for each open shop. `window` gives the main window of the moment, `anew` makes another one for somebody else."""

    def __init__(self, context: AppContext, window: Callable[[], QWidget], anew: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self.context, self._window, self._anew = context, window, anew
        self.names: tuple[str, ...] = ()
        self.minutes = 0
        self.page: LockWindow | None = None
        self._hidden: list[QWidget] = []
        self._viewer: Viewer | None = None
        self._last = context.now()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        context.runner.opened.connect(self._opened)
        context.runner.locked.connect(self._locked)
        context.changes.subscribe(("person", "setting"), self._changed)

    @property
    def locked(self) -> bool:
        return self.page is not None

    # ---- knowing

    def _opened(self, _shop: object) -> None:
        self._viewer = self.context.viewer
        self._watch()
        self._ask()

    def _locked(self, shop: Any) -> None:
        """At the start: nothing is there to hide yet but the empty window."""
        from services.queries.people import AtTheDoor

        self._watch()
        self.context.runner.query(AtTheDoor()).then(lambda door: self._begin(shop.name, door.names))

    def _begin(self, shop: str, names: tuple[str, ...]) -> None:
        self.names = names
        self._cover(shop)

    def _watch(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def _changed(self, _changes: Changes) -> None:
        self._ask()

    def _ask(self) -> None:
        from services.queries.people import AtTheDoor
        from services.settings import ShopFacts

        runner = self.context.runner
        runner.query(lambda desk: (desk.read(AtTheDoor()).names, desk.read(ShopFacts()))).then(self._know)

    def _know(self, found: tuple[tuple[str, ...], dict[str, Any] | None]) -> None:
        names, facts = found
        self.names = names
        self.minutes = int((facts or {}).get("lock_after_minutes", 0)) if names else 0
        self._last = self.context.now()
        self._wait()

    # ---- waiting

    @property
    def idle(self) -> int:
        """Milliseconds since the last key or move, by the clock on the wall: a computer that slept was idle too."""
        return self.context.now() - self._last

    def _wait(self) -> None:
        self._timer.stop()
        if self.minutes and not self.locked:
            self._timer.start(max(1, self.minutes * MINUTE - self.idle))

    def look(self) -> None:
        """Lock if the time is over, else wait for what is left of it."""
        if self.minutes and not self.locked and self.idle >= self.minutes * MINUTE:
            self.lock()
        else:
            self._wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in INPUT:
            if self.minutes and not self.locked and self.idle >= self.minutes * MINUTE:
                self.lock()  # the computer slept: the key that wakes it reaches nothing
                return True
            if self.idle < 0 or self.idle > 1000:
                self._last = self.context.now()
        elif kind == QEvent.Type.Show and self.page is not None and isinstance(watched, QWidget) and watched.isWindow():
            self._keep_back(watched)
        return False

    # ---- locking

    def lock(self) -> None:
        """Lock, or say why there is nothing to lock with."""
        if self.locked:
            return
        if not self.names:
            self.context.notify(tr("Nobody has a PIN yet: give yourself one under Settings → People."), "info")
            return
        self._viewer = self.context.viewer
        self._cover(self.context.shop.name if self.context.shop is not None else "")

    def _cover(self, shop: str) -> None:
        from desktop.views.lock_window import LockWindow

        window = self._window()
        self._timer.stop()
        popup = QApplication.activePopupWidget()
        while popup is not None:  # a menu holds the keyboard
            popup.close()
            popup = QApplication.activePopupWidget()
        current = self._viewer.name if self._viewer is not None else ""
        page = LockWindow(self.context, shop, self.names, current)
        page.setGeometry(window.geometry())
        page.signed_in.connect(self._in)
        page.closing.connect(self._closing)
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and not one.isHidden()]
        page.show()
        self.page = page
        # The dialogs first: a window without its dialog would be usable for a moment.
        for one in sorted(shown, key=lambda one: one is window):
            one.hide()
        self._hidden = [one for one in shown if one is not window]
        page.activateWindow()
        page.begin()

    def _keep_back(self, window: QWidget) -> None:
        """What opens by itself while it is locked (work was done) waits, unseen, until somebody is in."""
        page = self.page
        if page is None or window is page or window.parentWidget() is page or page.isAncestorOf(window):
            return
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        if window is not self._window():
            self._hidden.append(window)
        QTimer.singleShot(0, window, window.hide)

    def _closing(self) -> None:
        """Closed while locked is closed."""
        for one in self._hidden:
            one.deleteLater()
        self._hidden = []
        self.page = None

    def _in(self, viewer: Viewer) -> None:
        from shiboken6 import isValid

        page, before = self.page, self._viewer
        self.page, self._viewer = None, viewer
        hidden = [one for one in self._hidden if isValid(one)]
        self._hidden = []
        self._last = self.context.now()
        if page is None:
            return
        window = self._window()
        window.setGeometry(page.geometry())
        if before is not None and before != viewer:
            for one in hidden:
                one.deleteLater()
            self._anew()
        else:
            window.show()
            for one in hidden:
                one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
                one.show()
        self._window().activateWindow()
        page.hide()
        page.deleteLater()
        self._wait()

    def stop(self) -> None:
        """The shop is closed."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        if self.page is not None:
            self.page.hide()
            self.page.deleteLater()
            self.page = None
