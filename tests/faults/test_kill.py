"""kill -9 at any moment: all or nothing of one user action is in the shop, it opens again, and what was told as done is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from services.commands.demo import FillDemo
from services.commands.edits import EditOrders
from services.db.reading import Reading
from services.demo.sample_export import write_sample_export
from services.desk import Desk
from services.queries.verify import Verify
from tests.frozen import START, FrozenClock

ROOT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("child.py")


class Count:
    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading: Reading) -> int:
        return int(reading.sql(self.statement)[0][0])


# What tells that an action was done, and how much of it there is then.
DONE: dict[str, tuple[str, int]] = {
    "ship": ("SELECT count(*) FROM parcel WHERE tracking_number LIKE '750000%'", 12),
    "refund": ("SELECT count(*) FROM after_sale WHERE key = 'once'", 1),
    "edit": ("SELECT count(*) FROM orders WHERE seller_memo = '一起改'", 50),
    "bring": ("SELECT count(*) FROM orders WHERE number LIKE '40210%'", 25),
    "fill": ("SELECT count(*) FROM orders", 60),
}


def run_child(folder: Path, action: str, fatal: int) -> subprocess.CompletedProcess[str]:
    told = [sys.executable, str(CHILD), str(folder), action, str(fatal)]
    return subprocess.run(told, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A demo shop for work and an empty one to be filled, closed."""
    folder = tmp_path_factory.mktemp("shops")
    with Desk.open(folder / "demo", clock=FrozenClock()) as desk:
        desk.perform(FillDemo(120))
        write_sample_export(folder / "demo" / "files", START)
    with Desk.open(folder / "empty", clock=FrozenClock()):
        pass
    return {"demo": folder / "demo", "empty": folder / "empty"}


@pytest.fixture
def copy(shops: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    def make(action: str, name: str = "shop") -> Path:
        return Path(shutil.copytree(shops["empty" if action == "fill" else "demo"], tmp_path / name))

    return make


def state(folder: Path, action: str) -> tuple[int, str | None]:
    """How much of the action is there, and the shop's digest; the shop must open and pass verify."""
    with Desk.open(folder, clock=FrozenClock()) as desk:
        found = desk.read(Verify(digest=True))
        assert [check.name for check in found.checks if not check.ok] == []
        return desk.read(Count(DONE[action][0])), found.digest


def killed_at(moments: int, copy: Callable[[str, str], Path], action: str) -> None:
    whole = copy(action, "whole")
    before = state(whole, action)
    told = run_child(whole, action, 0)
    assert told.returncode == 0, told.stderr
    total = int(told.stdout.split()[1])
    assert state(whole, action)[0] == DONE[action][1]
    assert total > 5
    for place in range(moments):
        # The last one is the commit itself.
        fatal = 1 + (total - 1) * place // max(1, moments - 1)
        folder = copy(action, f"at{place}")
        ended = run_child(folder, action, fatal)
        assert ended.returncode not in {0, 1}, ended.stderr
        assert "done" not in ended.stdout
        assert state(folder, action) == before, f"half of it at statement {fatal} of {total}"
        shutil.rmtree(folder)


@pytest.mark.parametrize("action", DONE)
def test_killed_in_the_middle_nothing_is_there(copy: Callable[[str, str], Path], action: str) -> None:
    killed_at(3, copy, action)


@pytest.mark.long
@pytest.mark.parametrize("action", DONE)
def test_killed_at_a_hundred_moments_nothing_is_there(copy: Callable[[str, str], Path], action: str) -> None:
    killed_at(100, copy, action)


@pytest.mark.parametrize("action", ["ship", "fill"])
def test_killed_after_it_was_told_as_done_all_is_there(copy: Callable[[str], Path], action: str) -> None:
    folder = copy(action)
    ended = run_child(folder, action, -1)
    assert ended.returncode not in {0, 1}, ended.stderr
    assert ended.stdout.startswith("done")
    assert state(folder, action)[0] == DONE[action][1]


def test_after_a_kill_the_same_action_can_be_done(copy: Callable[[str], Path]) -> None:
    folder = copy("ship")
    assert run_child(folder, "ship", 40).returncode not in {0, 1}
    assert run_child(folder, "ship", 0).returncode == 0
    assert state(folder, "ship")[0] == DONE["ship"][1]


def test_a_power_cut_leaves_whole_actions_only(shops: dict[str, Path], tmp_path: Path) -> None:
    """The write-ahead log cut at any length: what is there is a row of whole actions from the first on."""
    work = tmp_path / "work"
    shutil.copytree(shops["demo"], work)
    with Desk.open(work, clock=FrozenClock()) as desk:
        for order_id in range(1, 7):
            desk.perform(EditOrders((order_id,), {"seller_memo": f"第 {order_id} 次"}))
        log = (work / "shop.sqlite-wal").read_bytes()
        file = (work / "shop.sqlite").read_bytes()
    seen = set()
    for place in range(13):
        folder = tmp_path / f"cut{place}"
        folder.mkdir()
        (folder / "shop.sqlite").write_bytes(file)
        (folder / "shop.sqlite-wal").write_bytes(log[: len(log) * place // 12])
        with Desk.open(folder, clock=FrozenClock()) as desk:
            assert desk.read(Verify()).ok
            done = [desk.read(Count(f"SELECT count(*) FROM orders WHERE seller_memo = '第 {order_id} 次'")) for order_id in range(1, 7)]
        assert done == sorted(done, reverse=True)
        seen.add(sum(done))
    assert seen >= {0, 6}
    assert len(seen) > 3
