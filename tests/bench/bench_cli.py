"""Start of the command line (`zhanggui orders --limit 1`) against `python -c 'import sqlalchemy.orm'` (design/quality.md: ≤ 2.5×, aim 1.5×).

Run: pytest -m bench -s tests/bench/bench_cli.py. CPU time of child processes with their bytecode cached, median of seven, in the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
from pathlib import Path

import pytest

from tests.bench.measuring import PYTHON, big_shop, child_environment, tell

RUNS = 7


def _cpu(env: dict[str, str], *words: str) -> float:
    before = os.times()
    subprocess.run([PYTHON, *words], env=env, check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


@pytest.mark.bench
def test_a_start(tmp_path: Path) -> None:
    env = child_environment(tmp_path)
    calls = {
        "floor": ("-c", "import sqlalchemy.orm"),
        "ours": ("-m", "desktop", "--shop", str(big_shop()), "orders", "--limit", "1"),
    }
    for words in calls.values():
        _cpu(env, *words)
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(RUNS):
        for name, words in calls.items():
            found[name].append(_cpu(env, *words))
    print()
    tell(
        "orders --limit 1, against import sqlalchemy.orm",
        statistics.median(found["ours"]),
        statistics.median(found["floor"]),
        "2.5, aim 1.5",
    )
