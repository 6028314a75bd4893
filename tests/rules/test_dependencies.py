"""What is imported is declared, what is declared is pinned: a fresh clone has all that this one has."""

from __future__ import annotations

import ast
import sys
import tomllib
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
OURS = {"desktop", "services", "resources", "tests", "packaging"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
TEST = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]


@lru_cache(maxsize=1)
def distributions() -> dict[str, set[str]]:
    return {module: {canonicalize_name(name) for name in names} for module, names in packages_distributions().items()}


def foreign_imports(room: str) -> dict[str, str]:
    """Top-level modules from elsewhere by a file that imports them."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in OURS:
                    found[top] = path.relative_to(ROOT).as_posix()
    return found


@pytest.mark.parametrize("room", ["desktop", "services", "resources", "packaging", "tests"])
def test_every_import_is_declared(room: str) -> None:
    allowed = {canonicalize_name(requirement.name) for requirement in (*RUNTIME, *(TEST if room == "tests" else ()))}
    undeclared = {module: file for module, file in foreign_imports(room).items() if not distributions().get(module, set()) & allowed}
    assert undeclared == {}


@pytest.mark.parametrize("requirement", [*RUNTIME, *TEST], ids=lambda requirement: requirement.name)
def test_declared_is_pinned_within_its_range(requirement: Requirement) -> None:
    pins = dict(
        line.split("==") for line in (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")
    )
    pinned = {canonicalize_name(name): version for name, version in pins.items()}
    assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)])
