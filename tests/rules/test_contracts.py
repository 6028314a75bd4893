"""Imports go downwards: the contracts of pyproject.toml hold, and each would be broken by what it is there to stop."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}

# By contract: a file that nobody should be able to add, and its one line.
PLANTED = {
    "rooms": ("resources/planted_rooms.py", "import services.errors"),
    "no-qt": ("services/planted_no_qt.py", "from PySide6.QtCore import QObject"),
    "one-door": ("desktop/planted_one_door.py", "from sqlalchemy import select"),
    "commands": ("services/commands/planted_commands.py", "import services.queries"),
    "queries": ("services/queries/planted_queries.py", "import services.commands"),
    "pure-rules": ("services/domain/planted_pure_rules.py", "import sqlite3"),
    "floors": ("services/db/planted_floors.py", "import services.desk"),
}


def lint(folder: Path) -> tuple[int, str]:
    """Exit status and words of the import linter on a tree, from scratch."""
    program = Path(sysconfig.get_path("scripts")) / ("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def verdict(report: str, contract: str) -> str:
    found = re.search(rf"^{re.escape(CONTRACTS[contract])}\s+(KEPT|BROKEN)", report, re.MULTILINE)
    assert found, f"no verdict on {contract} in:\n{report}"
    return found[1]


@pytest.fixture(scope="module")
def broken_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The linter's words on a copy of the tree with every violation planted."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for room in ("desktop", "services", "resources"):
        shutil.copytree(
            ROOT / room, copy / room, ignore=lambda folder, names: [n for n in names if Path(folder, n).is_file() and not n.endswith(".py")]
        )
    for path, line in PLANTED.values():
        (copy / path).write_text(f"{line}\n", "utf-8")
    status, report = lint(copy)
    assert status == 1, report
    return report


def test_contracts_hold() -> None:
    status, report = lint(ROOT)
    assert status == 0, report


def test_every_contract_has_a_planted_violation() -> None:
    assert PLANTED.keys() == CONTRACTS.keys()


@pytest.mark.parametrize("contract", PLANTED)
def test_planted_violation_is_caught(broken_report: str, contract: str) -> None:
    assert verdict(broken_report, contract) == "BROKEN"
    planted = PLANTED[contract][0].removesuffix(".py").replace("/", ".")
    assert planted in broken_report
