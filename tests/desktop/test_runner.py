"""Work off the UI thread: answers come in the UI thread, in order, and never after a cancel."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.changes import EVERYTHING, ChangeBus
from desktop.runner import InlineRunner, Runner
from services.access import FIRST_OWNER
from services.errors import Cancelled, DeskError, Refused
from services.outcome import ChangeSet, Outcome


@dataclass(frozen=True)
class Add:
    amount: int


class FakeDesk:
    """Keeps a sum; tells in which threads it was called."""

    def __init__(self) -> None:
        self.shop = "the shop"
        self.viewer = FIRST_OWNER
        self.total = 0
        self.threads: set[str] = set()
        self.hold: threading.Event | None = None
        self.closed = False

    def perform(self, command: Any, reason: str | None = None, progress: Any = None) -> Outcome[int]:
        self.threads.add(threading.current_thread().name)
        if self.hold is not None:
            self.hold.wait(10)
        progress.step(1, 2)
        if command.amount < 0:
            raise Refused("negative", amount=command.amount)
        self.total += command.amount
        return Outcome(self.total, ChangeSet({"orders": frozenset({command.amount})}))

    def read(self, query: Any) -> int:
        return self.total

    def close(self) -> None:
        self.closed = True


def total(desk: Any) -> Any:
    return desk.total


def add_five(desk: Any, progress: Any) -> Any:
    return desk.perform(Add(5), progress=progress).value


@pytest.fixture
def fake() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def runner(qtbot: QtBot, fake: FakeDesk) -> Iterator[Runner]:
    made = Runner(lambda: fake)  # type: ignore[arg-type, return-value]  # a stand-in for the Desk
    with qtbot.waitSignal(made.opened) as told:
        made.open()
    assert told.args == ["the shop"]
    yield made
    made.close()
    assert fake.closed


def test_changes_run_one_after_another_in_the_lane(qtbot: QtBot, runner: Runner, fake: FakeDesk) -> None:
    seen: list[tuple[int, bool]] = []
    for amount in (1, 2, 3):
        task = runner.change(Add(amount)).then(
            lambda outcome: seen.append((outcome.value, threading.current_thread() is threading.main_thread()))
        )
    qtbot.waitUntil(lambda: not task.running)
    assert seen == [(1, True), (3, True), (6, True)]
    assert fake.threads == {"lane-0"}


def test_what_changed_is_published_before_the_answer(qtbot: QtBot, runner: Runner) -> None:
    order: list[str] = []
    runner.changed.connect(lambda changes: order.append(f"changed {dict(changes)}"))
    task = runner.change(Add(7)).then(lambda _outcome: order.append("answer"))
    qtbot.waitUntil(lambda: not task.running)
    assert order == ["changed {'orders': frozenset({7})}", "answer"]


def test_an_error_goes_to_who_asked_else_to_the_window(qtbot: QtBot, runner: Runner) -> None:
    asked: list[Exception] = []
    runner.change(Add(-1)).then(failed=asked.append)
    qtbot.waitUntil(lambda: bool(asked))
    assert isinstance(asked[0], DeskError)
    assert asked[0].code == "negative"
    with qtbot.waitSignal(runner.failed) as told:
        runner.change(Add(-2)).then(lambda _outcome: None)
    assert isinstance(told.args[0], Refused)


def test_a_cancelled_query_never_answers(qtbot: QtBot, runner: Runner) -> None:
    gate = threading.Event()
    seen: list[str] = []
    slow = runner.query(lambda _desk: gate.wait(10)).then(lambda _value: seen.append("slow"))
    quick = runner.query(total).then(lambda _value: seen.append("quick"))
    qtbot.waitUntil(lambda: not quick.running)
    slow.cancel()
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert seen == ["quick"]


def test_a_job_tells_its_progress_and_stops_at_its_next_step(qtbot: QtBot, runner: Runner) -> None:
    ended: list[str] = []
    told = threading.Event()

    def count(_desk: Any, progress: Any) -> None:
        for place in range(1_000_000):
            progress.step(place, 1_000_000, "rows")
            told.wait(10)

    task = runner.job(count, "Counting").then(lambda _value: ended.append("done"), cancelled=lambda: ended.append("cancelled"))
    assert runner.busy == [task]
    with qtbot.waitSignal(task.progressed):
        pass
    with qtbot.waitSignal(task.ended):
        task.cancel()
        told.set()
    assert ended == ["cancelled"]
    assert runner.busy == []


def test_a_job_of_changes_marks_everything_as_changed(qtbot: QtBot, runner: Runner) -> None:
    with qtbot.waitSignal(runner.changed) as told:
        runner.job(add_five, "Adding", changes=True)
    assert told.args == [EVERYTHING]


def test_a_widget_that_is_gone_is_not_called(qtbot: QtBot, runner: Runner) -> None:
    class Asker(QObject):
        def take(self, _value: Any) -> None:
            raise AssertionError("called after its end")

    gate = threading.Event()
    asker = Asker()
    runner.query(lambda _desk: gate.wait(10)).then(asker.take)
    asker.deleteLater()
    with qtbot.waitSignal(asker.destroyed):
        pass
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)


def test_a_desk_that_cannot_be_opened_is_told_once_and_fails_queries(qtbot: QtBot) -> None:
    def refuse() -> Any:
        raise Refused("shop_newer", found=9, known=1)

    runner = Runner(refuse)
    failed: list[Exception] = []
    runner.query(lambda _desk: 1).then(failed=failed.append)
    with qtbot.waitSignal(runner.open_failed) as told:
        runner.open()
    assert told.args[0].code == "shop_newer"
    qtbot.waitUntil(lambda: bool(failed))
    runner.close()


def test_closing_lets_the_running_change_end(qtbot: QtBot, fake: FakeDesk) -> None:
    runner = Runner(lambda: fake)  # type: ignore[arg-type, return-value]
    with qtbot.waitSignal(runner.opened):
        runner.open()
    fake.hold = threading.Event()
    runner.change(Add(4))
    qtbot.waitUntil(lambda: bool(fake.threads))
    fake.hold.set()
    runner.close()
    assert fake.total in {0, 4}
    assert fake.closed


def test_the_inline_runner_answers_at_once(qtbot: QtBot, fake: FakeDesk) -> None:
    runner = InlineRunner(fake)  # type: ignore[arg-type]
    seen: list[Any] = []
    runner.change(Add(3)).then(lambda outcome: seen.append(outcome.value))
    runner.query(total).then(seen.append)
    runner.change(Add(-3)).then(failed=lambda error: seen.append(error.code))  # type: ignore[attr-defined]
    assert seen == [3, 3, "negative"]
    with qtbot.waitSignal(runner.failed):
        runner.change(Add(-3))


def test_cancelled_is_no_error(qtbot: QtBot, fake: FakeDesk) -> None:
    def stop(_desk: Any, _progress: Any) -> None:
        raise Cancelled

    runner = InlineRunner(fake)  # type: ignore[arg-type]
    failed: list[Exception] = []
    runner.failed.connect(failed.append)
    assert runner.job(stop, "x").state == "cancelled"
    qtbot.wait(1)
    assert failed == []


def test_a_hidden_page_hears_of_changes_once_when_it_is_shown(qtbot: QtBot) -> None:
    bus, widget = ChangeBus(), QWidget()
    heard: list[Any] = []
    qtbot.addWidget(widget)
    bus.subscribe(("orders", "sku"), heard.append, widget)
    bus.publish({"orders": frozenset({1})})
    bus.publish({"orders": frozenset({2}), "parcel": frozenset({9})})
    assert heard == []
    widget.show()
    assert heard == [{"orders": frozenset({1, 2})}]
    bus.publish({"sku": frozenset({5})})
    bus.publish({"parcel": frozenset({5})})
    bus.publish(EVERYTHING)
    assert heard[1:] == [{"sku": frozenset({5})}, {"orders": frozenset(), "sku": frozenset()}]
