"""From nothing to the first painted window, and to the first page of orders in it, against a bare PySide6 window (design/quality.md).

Run: pytest -m bench -s tests/bench/bench_window.py. Child processes with their bytecode cached, CPU time up to the moment, medians of seven.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.bench.measuring import PYTHON, ROOT, big_shop, child_environment, tell

pytestmark = pytest.mark.bench

RUNS = 7


def start(env: dict[str, str], script: str, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [PYTHON, str(ROOT / "tests" / "bench" / script), *words], env=env, check=True, capture_output=True, text=True, timeout=120
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_first_paint_and_first_orders(tmp_path: Path) -> None:
    env = child_environment(tmp_path)
    settings = tmp_path / "xdg_config_home" / "zhanggui" / "window.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("language=zh\ntheme=light\n[window]\npage=orders\n")
    shop = str(big_shop())
    calls = {"bare": ("start_bare.py", "table"), "paint": ("start_ours.py", "paint", shop), "orders": ("start_ours.py", "orders", shop)}
    for words in calls.values():
        start(env, *words)
    found: dict[str, list[float]] = {name: [] for name in calls}
    heavy: dict[str, list[str]] = {}
    for _ in range(RUNS):
        for name, words in calls.items():
            answer = start(env, *words)
            found[name].append(answer["cpu"])
            heavy[name] = answer.get("heavy", [])
    middle = {name: statistics.median(values) for name, values in found.items()}
    print()
    tell("first painted window, against a bare PySide6 window", middle["paint"], middle["bare"], "1.5, aim 1.2")
    tell("window with its first page of orders, against the same", middle["orders"], middle["bare"], "6, aim 3")
    print(f"    heavy modules with the first orders: {', '.join(heavy['orders'])}")
    assert heavy["paint"] == []
