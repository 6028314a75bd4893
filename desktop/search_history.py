"""The searches of late, as canonical text. They hold names and phones, so they lie in the shop's folder and not with the user's preferences."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.prefs import Prefs

KEPT = 20
_KEY = "search/history"


class SearchHistory:
    """The last searches of one page of one shop, the latest first."""

    def __init__(self, folder: Path, page: str) -> None:
        self._prefs = Prefs(folder / "window.ini")
        self._key = f"{_KEY}/{page}"

    def all(self) -> list[str]:
        """What can't be read counts as nothing."""
        try:
            kept = json.loads(self._prefs.text(self._key, "[]"))
        except ValueError:
            return []
        return [text for text in kept if isinstance(text, str) and text][:KEPT] if isinstance(kept, list) else []

    def add(self, text: str) -> None:
        """Put a search at the top, where it stands once."""
        if text:
            self.put([text, *(one for one in self.all() if one != text)][:KEPT])

    def clear(self) -> None:
        self.put([])

    def put(self, texts: list[str]) -> None:
        """Keep these instead."""
        self._prefs.set_text(self._key, json.dumps(texts, ensure_ascii=False))
        self._prefs.save()
