"""The day without a window: done once on a small shop, told as one JSON object; what fails in it is never told as done."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "headless_day.py"


def run(*words: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run([sys.executable, str(SCRIPT), *words], capture_output=True, text=True, encoding="utf-8", check=False)
    answer = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(answer, dict)
    return done.returncode, answer


@pytest.fixture(scope="module")
def day() -> ModuleType:
    spec = importlib.util.spec_from_file_location("headless_day", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_day_is_done_and_its_files_are_there(tmp_path: Path) -> None:
    status, answer = run(str(tmp_path / "day"), "--orders", "60", "--no-pictures")
    assert (status, answer["ok"], answer.get("problem")) == (0, True, None)
    assert answer["folder"] == str(tmp_path / "day")
    files = [Path(name) for name in answer["files"]]
    assert {path.name for path in files} == {"picklist.pdf", "slips.pdf", "labels.pdf", "orders.xlsx"}
    assert all(path.stat().st_size > 0 for path in files)
    assert all(path.read_bytes().startswith(b"%PDF") for path in files if path.suffix == ".pdf")
    steps = [step["step"] for step in answer["steps"]]
    assert steps.count("ship") == 10
    assert {"demo", "import", "receive", "refund", "audit"} <= set(steps)
    assert steps[-1] == "verify"


def test_a_day_that_cannot_begin_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    status, answer = run(str(tmp_path / "taken"))
    assert (status, answer["ok"], answer["files"]) == (1, False, [])
    assert "taken" in answer["problem"]


def test_a_step_that_is_refused_ends_the_day(day: ModuleType, tmp_path: Path) -> None:
    living = day.Day(tmp_path, tmp_path / "shop", "zh")
    with pytest.raises(day.StepFailed, match=r"^ship 1 .*: exit 1: zhanggui: .+"):
        living.command("ship", "1", "--carrier", "SF", "--tracking", "SF1234567890123")
    with pytest.raises(day.StepFailed, match="orders stauts:shipped: exit 2"):
        living.command("orders", "stauts:shipped")


@pytest.mark.parametrize("content", [None, b""])
def test_a_file_that_is_missing_or_empty_ends_the_day(day: ModuleType, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "slips.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(day.StepFailed, match=r"slips\.pdf was not written"):
        day.Day(tmp_path, tmp_path / "shop", "zh").keep(path)


def test_too_few_orders_end_the_day(
    day: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(day, "TO_SHIP", 10_000)
    assert day.main([str(tmp_path / "day"), "--orders", "60", "--no-pictures"]) == 1
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert not answer["ok"]
    assert "can be shipped, 10000 are needed" in answer["problem"]
