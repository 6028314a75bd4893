"""The window over a big shop as a person uses it: what keeps the UI thread, and what memory it takes (design/quality.md).

Run: pytest -m bench -s tests/bench/bench_use.py (ZHANGGUI_BENCH_REFRESHES: 500). CPU time of each event that Qt hands out; anonymous pages
against a bare window with a table.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.bench.measuring import PYTHON, big_shop, child_environment, own_copy
from tests.bench.slots import LIMIT

pytestmark = pytest.mark.bench

REFRESHES = int(os.environ.get("ZHANGGUI_BENCH_REFRESHES", "500"))
MB = 1024 * 1024


def use(env: dict[str, str], *words: str) -> dict[str, Any]:
    call = [PYTHON, "-m", "tests.bench.use_window", *words]
    done = subprocess.run(call, env=env, check=False, capture_output=True, text=True, timeout=3600)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_slots_on_the_ui_thread(tmp_path: Path) -> None:
    with own_copy(big_shop()) as shop:
        answer = use(child_environment(tmp_path), "slots", str(shop))
    print()
    worst = 0.0
    for one in answer["slots"]:
        mark = "  <-- over" if one["longest"] > LIMIT else ""
        print(f"{one['name']:40} longest {one['longest'] * 1000:7.1f} ms of {one['total'] * 1000:7.0f}  {one['what']}{mark}")
        worst = max(worst, one["longest"])
    over = [name for one in answer["slots"] for _seconds, name in one["over"]]
    print(f"longest of all {worst * 1000:.0f} ms; {len(over)} above {LIMIT * 1000:.0f} ms (must: none; aim 16 ms)")


def test_memory(tmp_path: Path) -> None:
    env = child_environment(tmp_path)
    floor = use(env, "bare")["bare"]
    with own_copy(big_shop()) as shop:
        found = use(env, "memory", str(shop), str(REFRESHES))
    print(f"\nbare window: {floor / MB:.0f} MB of anonymous pages")
    for name, taken in found.items():
        print(f"{name:30} {taken / MB:6.0f} MB, {(taken - floor) / MB:+.0f} MB (must +200, aim +100)")
