"""The tree itself: what must not lie in it, and how large a file may grow."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MADE = {
    ".git",
    ".venv",
    "build",
    "dist",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
}


def tracked_files() -> list[str]:
    """Paths that belong to the project; without git (an unpacked archive) all that was not made here."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file() and not MADE & set(path.parts)]
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked_files()


def lines_of(name: str) -> list[str]:
    """The lines of a text; none of a picture or a spreadsheet."""
    try:
        return (ROOT / name).read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return []


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:80]}" for name in FILES for number, line in enumerate(lines_of(name), 1) if pattern.search(line)
    ]


def test_packaging_is_no_package() -> None:
    # With it, `import packaging` would no longer find the library that pytest and others need.
    assert not (ROOT / "packaging" / "__init__.py").exists()
    import packaging.version

    assert packaging.version.Version("1.10") > packaging.version.Version("1.9")


def test_no_address_of_a_package_registry() -> None:
    # Which index is asked is the machine's business. Written in pieces, so that this file does not name them either.
    hosts = (("pyp", "i", "org"), ("python", "hosted", "org"), ("npm", "js", "com"), ("npm", "js", "org"), ("conda", "", "org"))
    names = "|".join(rf"\b(?:\w+\.)*{first}{second}\.{end}\b" for first, second, end in hosts)
    assert places(re.compile(names, re.IGNORECASE)) == []


def test_no_path_of_one_machine() -> None:
    assert places(re.compile(r"(?<![\w.~])/(?:work|root|home/\w+|Users/\w+)/")) == []
    assert places(re.compile(r"[A-Za-z]:\\+Users\\+\w")) == []


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.startswith(("services/", "desktop/")) and name.endswith(".py")))
def test_file_holds_one_idea(name: str) -> None:
    assert len(lines_of(name)) <= 600


def test_nothing_large_is_kept() -> None:
    assert [name for name in FILES if (ROOT / name).stat().st_size > 1_000_000] == []


def test_fonts_are_not_kept() -> None:
    assert [name for name in FILES if name.lower().endswith((".ttf", ".otf", ".ttc"))] == []


def test_constraints_are_names_and_versions_only() -> None:
    pins = [line for line in lines_of("packaging/constraints.txt") if not line.startswith("#")]
    assert pins
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*==[0-9][A-Za-z0-9.]*", line)] == []
