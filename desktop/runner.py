"""THE way off the UI thread. Changes run one after another in one lane, queries in a small pool, jobs beside both.

    context.runner.query(OrderRows(ids)).then(self._show)
    context.runner.change(ShipOrders(...), reason="...", title=tr("Shipping")).then(self._shipped, failed=self._refused)
    context.runner.job(lambda desk, progress: plan_import(desk, path, progress), title=tr("Reading {file}", file=name)).then(...)

Callbacks come in the UI thread, never after `Task.cancel()`, and never to a widget that is gone (pass bound methods, or a partial of one). Without `failed` an error is shown in the
error dialog. The threads are our own: those of QThreadPool lose their thread-local connection after each piece of work.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from itertools import count
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from desktop.changes import EVERYTHING
from services.errors import Cancelled

if TYPE_CHECKING:
    from services.access import Viewer
    from services.desk import Desk

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]
Work = Callable[["Desk", "TaskProgress"], Any]
_Callbacks = tuple[Done | None, Failed | None, Callable[[], object] | None]
QUERY_THREADS = 2
PROGRESS_EVERY = 0.1
"""Seconds between two reports of progress to the window."""


class TaskProgress:
    """services.progress.Progress of a task: raises Cancelled at the next step after `Task.cancel()`."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._told = 0.0
        self.stopped = False

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        """Tell where the work is; raises Cancelled when the user asked to stop."""
        if self.stopped:
            raise Cancelled
        now = monotonic()
        if now - self._told >= PROGRESS_EVERY or done == total:
            self._told = now
            self._tell(done, -1 if total is None else total, what)


class Task(QObject):
    """One piece of work under way, seen from the UI thread. `title` is what the status bar shows, empty for work that is not shown."""

    progressed = Signal(int, int, str)
    """done, total (−1 unknown), what."""
    ended = Signal()
    """After the callbacks, however it ended."""

    def __init__(self, title: str, on_outcome: Callable[[Any], None] | None, on_error: Failed, progress: TaskProgress) -> None:
        super().__init__()
        self.title = title
        self.state = "running"
        self.value: Any = None
        self.error: Exception | None = None
        self.done, self.total = 0, -1
        self.progress = progress
        self._on_outcome, self._on_error = on_outcome, on_error
        self._callbacks: list[_Callbacks] = []
        self._reported = False

    @property
    def running(self) -> bool:
        return self.state == "running"

    def then(self, done: Done | None = None, failed: Failed | None = None, cancelled: Callable[[], object] | None = None) -> Task:
        """Ask for the value (an Outcome for a change), the exception, or the news that the user stopped it.

        Called at once if it has ended already. Bound methods of a QObject that is gone are not called.
        """
        entry = (done, failed, cancelled)
        self._callbacks.append(entry)
        if not self.running:
            self._tell([entry])
        return self

    def cancel(self) -> None:
        """Stop it at its next step. Without a title its answer is dropped at once; one that is shown ends when it has really stopped.

        A change that has begun to commit still commits, and its ChangeSet is published.
        """
        self.progress.stopped = True
        if self.running and not self.title:
            self._end("cancelled")

    def step(self, done: int, total: int, what: str) -> None:
        """The work got on (from the runner)."""
        self.done, self.total = done, total
        if self.running:
            self.progressed.emit(done, total, what)

    def settle(self, value: Any, error: Exception | None) -> None:
        """The work ended (from the runner)."""
        if error is None and self._on_outcome is not None:
            self._on_outcome(value)
        if not self.running:
            return
        self.value, self.error = value, error
        if error is None:
            self._end("cancelled" if self.progress.stopped and self._on_outcome is None else "done")
        else:
            self._end("cancelled" if isinstance(error, Cancelled) else "failed")

    def _end(self, state: str) -> None:
        self.state = state
        self._tell(list(self._callbacks))
        self.ended.emit()
        if state == "failed" and not self._reported:
            QTimer.singleShot(0, self._report)

    def _tell(self, entries: list[_Callbacks]) -> None:
        for done, failed, cancelled in entries:
            if self.state == "done" and done is not None and _alive(done):
                done(self.value)
            elif self.state == "failed" and failed is not None and self.error is not None:
                self._reported = True
                if _alive(failed):
                    failed(self.error)
            elif self.state == "cancelled" and cancelled is not None and _alive(cancelled):
                cancelled()

    def _report(self) -> None:
        if not self._reported and self.error is not None:
            self._reported = True
            self._on_error(self.error)


def _alive(callback: Callable[..., object]) -> bool:
    owner = getattr(callback.func if isinstance(callback, partial) else callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class Queried(Protocol):
    """A services query: a frozen dataclass whose `run(reader)` gives frozen rows."""

    def run(self, reader: Any, /) -> Any: ...


class _Threads:
    """Daemon threads that take work from one queue; None ends one."""

    def __init__(self, name: str, size: int) -> None:
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"{name}-{place}", daemon=True) for place in range(size)]
        for one in self._threads:
            one.start()

    def put(self, piece: Callable[[], None]) -> None:
        self._queue.put(piece)

    def stop(self, seconds: float) -> None:
        for _ in self._threads:
            self._queue.put(None)
        for one in self._threads:
            one.join(seconds)

    def _work(self) -> None:
        while (piece := self._queue.get()) is not None:
            piece()


class BaseRunner(QObject):
    """What pages see: `change`, `query`, `job`. How and where the work runs is the subclass's."""

    started = Signal(object)
    """A Task with a title began: the status bar shows it."""
    opened = Signal(object)
    """The Desk stands; carries its Shop."""
    locked = Signal(object)
    """The Desk stands, but asks for a PIN first; carries its Shop. `opened` follows when somebody signed in."""
    open_failed = Signal(object)
    """The Desk could not be opened; carries the exception."""
    changed = Signal(object)
    """A ChangeSet was committed."""
    performed = Signal(object)
    """The Outcome of a command that the window performed, before its ChangeSet goes round."""
    effects = Signal(object)
    """Effects of a committed change, to be done now."""
    failed = Signal(object)
    """An exception that nobody asked for."""

    def query(self, query: Queried | Callable[[Desk], Any], title: str = "") -> Task:
        """Read: a query object, or a function of the Desk that only reads. Value: what it returns."""
        if callable(query):
            function = query
            return self._start("query", lambda desk, _progress: function(desk), title, None)
        return self._start("query", lambda desk, _progress: desk.read(query), title, None)

    def change(self, command: Any, reason: str | None = None, title: str = "") -> Task:
        """Perform a command in the lane. Value: the Outcome, its ChangeSet published before the callbacks come.

        With a `title` the status bar shows progress and Cancel.
        """
        return self._start(
            "lane", lambda desk, progress: desk.perform(command, reason=reason, progress=progress), title, self._take_outcome
        )

    def job(self, work: Work, title: str, changes: bool = False) -> Task:
        """Long work `work(desk, progress)` with progress and Cancel. One that performs commands must say `changes`: it takes the lane,
        and every table counts as changed afterwards."""
        return self._start("lane" if changes else "job", work, title, self._take_everything if changes else None)

    @property
    def viewer(self) -> Viewer:
        """Who is signed in, and what they may do; nobody while the Desk is not open."""
        from services.access import NOBODY

        return NOBODY

    def sign_in(self, name: str, pin: str) -> Task:
        """Prove somebody, beside the lane: what runs there goes on. Value: the Viewer. The first one opens the window's data."""
        return self._start("query", lambda desk, _progress: desk.sign_in(name, pin), "", self._take_viewer)

    def _take_viewer(self, _viewer: Any) -> None:
        pass

    @property
    def busy(self) -> list[Task]:
        """The tasks under way that have a title."""
        return []

    @property
    def idle(self) -> bool:
        """Nothing at all is under way."""
        return True

    def open(self) -> None:
        """Begin to open the Desk; `opened` or `open_failed` follows."""

    def close(self) -> None:
        """Let the running change end and close the Desk."""

    def _start(self, where: str, work: Work, title: str, on_outcome: Callable[[Any], None] | None) -> Task:
        raise RuntimeError(where)

    def _take_outcome(self, outcome: Any) -> None:
        self.performed.emit(outcome)
        self.changed.emit(outcome.changes)
        if outcome.effects:
            self.effects.emit(outcome.effects)

    def _take_everything(self, _value: Any) -> None:
        self.changed.emit(EVERYTHING)


class Runner(BaseRunner):
    """The real one: the Desk is opened in the lane as its first work; queries wait for it."""

    def __init__(self, open_desk: Callable[[], Desk], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_desk = open_desk
        self._desk: Desk | None = None
        self._trouble: Exception | None = None
        self._ready = threading.Event()
        self._lane = _Threads("lane", 1)
        self._pool: _Threads | None = None
        self._jobs: _Threads | None = None
        self._tasks: dict[int, Task] = {}
        self._numbers = count(1)
        self._closed = self._entered = False
        self._mail = _Mail(self)
        queued = Qt.ConnectionType.QueuedConnection
        self._mail.opened.connect(self._on_opened, queued)
        self._mail.stepped.connect(self._on_step, queued)
        self._mail.settled.connect(self._on_settled, queued)

    def open(self) -> None:
        """Begin to open the Desk; `opened` or `open_failed` follows."""
        self._lane.put(self._open)

    def _open(self) -> None:
        try:
            self._desk = self._open_desk()
        except Exception as error:  # noqa: BLE001 - shown by the window, in words or as a crash
            self._trouble = error
        self._ready.set()
        self._mail.opened.emit()

    def _on_opened(self) -> None:
        if self._desk is None:
            self.open_failed.emit(self._trouble)
        elif self._desk.viewer.signed_in:
            self._let_in()
        else:
            self.locked.emit(self._desk.shop)

    def _let_in(self) -> None:
        if self._desk is not None and not self._entered:
            self._entered = True
            self.opened.emit(self._desk.shop)

    def _take_viewer(self, _viewer: Any) -> None:
        self._let_in()

    @property
    def viewer(self) -> Viewer:
        return super().viewer if self._desk is None else self._desk.viewer

    def _wait_for_desk(self) -> Desk:
        self._ready.wait()
        if self._desk is None:
            raise self._trouble or Cancelled()
        return self._desk

    def _start(self, where: str, work: Work, title: str, on_outcome: Callable[[Any], None] | None) -> Task:
        number = next(self._numbers)
        mail = self._mail
        progress = TaskProgress(lambda done, total, what: mail.stepped.emit(number, done, total, what))
        task = Task(title, on_outcome, self.failed.emit, progress)
        self._tasks[number] = task

        def piece() -> None:  # holds no Task: a QObject must not die in a thread that is not its own
            try:
                if progress.stopped:
                    raise Cancelled
                value = work(self._wait_for_desk(), progress)
            except Exception as error:  # noqa: BLE001 - carried to the UI thread, where the error dialog tells words from bugs
                mail.settled.emit(number, None, error)
            else:
                mail.settled.emit(number, value, None)

        self._threads(where).put(piece)
        if title:
            self.started.emit(task)
        return task

    def _on_step(self, number: int, done: int, total: int, what: str) -> None:
        if number in self._tasks:
            self._tasks[number].step(done, total, what)

    def _on_settled(self, number: int, value: Any, error: Exception | None) -> None:
        task = self._tasks.pop(number, None)
        if task is not None:
            task.settle(value, error)

    def _threads(self, where: str) -> _Threads:
        if where == "lane":
            return self._lane
        if where == "job":
            self._jobs = self._jobs or _Threads("job", 1)
            return self._jobs
        self._pool = self._pool or _Threads("query", QUERY_THREADS)
        return self._pool

    @property
    def busy(self) -> list[Task]:
        """The tasks under way that have a title."""
        return [task for task in self._tasks.values() if task.title and task.running]

    @property
    def idle(self) -> bool:
        return self._ready.is_set() and not self._tasks

    def close(self) -> None:
        """Cancel what runs, wait for the lane (a change ends or rolls back), close the Desk."""
        if self._closed:
            return
        self._closed = True
        for task in list(self._tasks.values()):
            task.cancel()
        if not self._ready.is_set():
            self._lane.put(self._ready.set)
        self._lane.put(self._close_desk)
        self._lane.stop(30)
        for threads in (self._pool, self._jobs):
            if threads is not None:
                threads.stop(5)

    def _close_desk(self) -> None:
        if self._desk is not None:
            self._desk.close()


class _Mail(QObject):
    """Carries news from the threads to the UI thread."""

    opened = Signal()
    stepped = Signal(int, int, int, str)
    settled = Signal(int, object, object)


class InlineRunner(BaseRunner):
    """Runs everything at once in the calling thread: for tests of pages. The desk is already open."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def open(self) -> None:
        """It is open: say so, or that it asks for a PIN."""
        if self.viewer.signed_in:
            self.opened.emit(self._desk.shop)
        else:
            self.locked.emit(self._desk.shop)

    @property
    def viewer(self) -> Viewer:
        """Without a Desk whoever tries the window may do everything."""
        from services.access import FIRST_OWNER

        desk = cast("Desk | None", self._desk)
        return FIRST_OWNER if desk is None else desk.viewer

    def _start(self, where: str, work: Work, title: str, on_outcome: Callable[[Any], None] | None) -> Task:
        mail = _Mail()
        progress = TaskProgress(lambda done, total, what: mail.stepped.emit(0, done, total, what))
        task = Task(title, on_outcome, self.failed.emit, progress)
        mail.stepped.connect(lambda _number, done, total, what: task.step(done, total, what))
        if title:
            self.started.emit(task)
        try:
            value = work(self._desk, progress)
        except Exception as error:  # noqa: BLE001 - handed on as the real runner does
            task.settle(None, error)
        else:
            task.settle(value, None)
        return task
