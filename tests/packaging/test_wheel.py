"""The wheel carries everything that the program reads at run time, and nothing of the tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("desktop", "services", "resources")


def carried(root: Path) -> set[str]:
    """What lies in the three rooms and is not made by running them."""
    return {
        path.relative_to(root).as_posix()
        for room in ROOMS
        for path in (root / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel is made of; a copy, as setuptools leaves a build folder behind."""
    copy = tmp_path_factory.mktemp("wheel")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(copy: Path) -> zipfile.ZipFile:
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", "out", "."]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = (copy / "out").glob("zhanggui-*.whl")
    return zipfile.ZipFile(built)


def test_all_that_is_read_is_in_the_wheel(copy: Path, wheel: zipfile.ZipFile) -> None:
    assert carried(copy) - set(wheel.namelist()) == set()


def test_font_and_its_licence_are_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    assert {"resources/fonts/NotoSansSC-Regular.ttf", "resources/fonts/OFL.txt"} <= set(wheel.namelist())


def test_nothing_else_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(ROOMS)


def test_command_is_declared(wheel: zipfile.ZipFile) -> None:
    (entry,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "zhanggui = desktop.__main__:main" in wheel.read(entry).decode()
