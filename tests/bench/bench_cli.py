"""Start of the command line (`zhanggui orders --limit 1`) against `python -c 'import sqlalchemy.orm'` (design/quality.md: ≤ 2.5×, aim 1.5×).

Run: pytest -m bench -s tests/bench/bench_cli.py. CPU time of child processes, median of seven, both in the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from services.commands.demo import FillDemo
from services.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


def _cpu(*words: str) -> float:
    before = os.times()
    subprocess.run([sys.executable, *words], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


@pytest.mark.bench
def test_a_start(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    with Desk.open(folder) as desk:
        desk.perform(FillDemo(orders=300))
    floor: list[float] = []
    ours: list[float] = []
    for _ in range(7):
        floor.append(_cpu("-c", "import sqlalchemy.orm"))
        ours.append(_cpu("-m", "desktop", "--shop", str(folder), "orders", "--limit", "1"))
    ratio = statistics.median(ours) / statistics.median(floor)
    print(
        f"\norders --limit 1: {statistics.median(ours):.2f} s, import sqlalchemy.orm {statistics.median(floor):.2f} s, "
        f"ratio {ratio:.2f} (must 2.5, aim 1.5)"
    )
    assert ratio < 2.5
