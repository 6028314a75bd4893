"""Files that the program carries: icons, fonts, words, templates, demo data."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """Where the carried file or folder `name` lies."""
    return Path(__file__).parent / name
