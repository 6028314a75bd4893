"""A big order list while the shop is at work: others wait only for the one commit, and Cancel leaves nothing at any moment.

The normal run takes a few thousand rows; `-m long` the 100,000 of design/quality.md.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.commands.imports import ImportFile, import_file
from services.commands.tags import ColourTag
from services.desk import Desk
from services.errors import Cancelled
from services.imports.several import plan_files
from services.queries.order_rows import OrderIds
from services.queries.verify import Verify
from tests.imports.big import big_list
from tests.imports.sample import order_row, write

FEW, MANY = 6_000, 100_000
MOMENTS = 12


class _Steps:
    """Counts the steps that an import tells, stops it at one of them or the first of a kind, and does something at the first of each kind."""

    def __init__(self, stop_at: int | str = -1, at: dict[str, Callable[[], None]] | None = None) -> None:
        self.count, self._stop_at, self._at = 0, stop_at, dict(at or {})
        self.kinds: list[str] = []

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        if what not in self.kinds:
            self.kinds.append(what)
        if self._stop_at in {self.count, what}:
            raise Cancelled
        self.count += 1
        if what in self._at:
            self._at.pop(what)()


def _children() -> set[str]:
    task = Path(f"/proc/{os.getpid()}/task")
    if not task.exists():
        return set()
    return {pid for one in task.iterdir() for pid in (one / "children").read_text(encoding="ascii").split()}


def _state(desk: Desk) -> tuple[str | None, int]:
    found = desk.read(Verify(digest=True))
    assert found.ok
    return found.digest, len(desk.read(OrderIds()))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "shop") as desk:
        import_file(desk, write(tmp_path / "first.csv", [order_row("9001"), order_row("9002")]))
        yield desk


def _stopped_everywhere(desk: Desk, path: Path, pace: int = 1) -> None:
    """Cancel at moments all over reading, comparing and writing; then let it through."""
    before, children = _state(desk), _children()
    whole = _Steps()
    import_file(desk, path, dry_run=True, progress=whole)
    looking = whole.count
    kinds: set[str] = set()
    stops = 0
    # How often a reader in another process tells how far it is depends on the machine: the first moment of writing is asked for by name.
    moments: list[int | str] = ["written", *range(0, looking, max(1, looking // MOMENTS))]
    for moment in itertools.chain(moments, itertools.count(looking, pace)):
        steps = _Steps(stop_at=moment)
        try:
            import_file(desk, path, progress=steps)
        except Cancelled:
            stops += 1
            kinds.add(steps.kinds[-1])
            assert _state(desk) == before
            assert _children() == children
        else:
            break
    assert {"read", "planned", "written"} <= kinds
    assert stops >= MOMENTS
    assert _state(desk)[1] > before[1]


def test_cancel_at_any_moment_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    _stopped_everywhere(desk, big_list(tmp_path / "big.csv", FEW))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes as Linux has them")
def test_cancel_leaves_no_reader_of_workbooks(desk: Desk, tmp_path: Path) -> None:
    from tests.imports.test_workbooks import _book, _rows

    path = _book(
        tmp_path / "a.xlsx", _rows(*[dict[str, object]({**order_row(str(5_000 + place)), "买家留言": ""}) for place in range(900)])
    )
    _stopped_everywhere(desk, path)


def _others_go_on(desk: Desk, path: Path, rows: int) -> None:
    waited: list[threading.Thread] = []

    def at_once() -> None:
        """Somebody else's command, begun while this import reads or compares: it ends before the import goes on."""
        other = threading.Thread(target=lambda: desk.perform(ColourTag("急", len(waited))))
        waited.append(other)
        other.start()
        other.join(60)
        assert not other.is_alive()

    def in_turn() -> None:
        """The same while the import writes: it waits for the commit, a reader does not."""
        other = threading.Thread(target=lambda: desk.perform(ColourTag("末", 1)))
        waited.append(other)
        other.start()
        other.join(0.05)
        assert other.is_alive()
        assert len(desk.read(OrderIds())) == 2

    (planned,) = plan_files(desk, [path], _Steps(at={"read": at_once, "planned": at_once}))
    assert planned.plan is not None
    assert planned.plan.report.orders_new == rows
    outcome = desk.perform(ImportFile(planned.plan), progress=_Steps(at={"written": in_turn}))
    waited[-1].join(60)
    assert len(waited) == 3
    assert not any(one.is_alive() for one in waited)
    assert outcome.value.orders_new == rows
    assert len(desk.read(OrderIds())) == rows + 2
    assert desk.read(Verify()).ok


def test_other_commands_wait_only_for_the_commit(desk: Desk, tmp_path: Path) -> None:
    _others_go_on(desk, big_list(tmp_path / "big.csv", FEW), FEW)


@pytest.mark.long
def test_a_hundred_thousand_rows_stopped_at_any_moment(desk: Desk, tmp_path: Path) -> None:
    _stopped_everywhere(desk, big_list(tmp_path / "big.csv", MANY), 4)


@pytest.mark.long
def test_others_work_while_a_hundred_thousand_rows_come_in(desk: Desk, tmp_path: Path) -> None:
    _others_go_on(desk, big_list(tmp_path / "big.csv", MANY), MANY)
