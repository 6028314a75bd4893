"""A search as the orders page shows it: one plain status is the tab, the rest stands in the box. Pure, no database."""

from __future__ import annotations

from services.search.parser import parse
from services.search.syntax import Field, Node, conjunction, parts_of
from services.search.writer import write


def split_tab(search: str) -> tuple[str, Node | None]:
    """(status, the rest); "" where the search names no single status that all its orders have. Raises BadInput as the parser does."""
    node = parse(search)
    parts = parts_of(node)
    tabs = [part for part in parts if isinstance(part, Field) and part.name == "status" and part.op == ":" and len(part.values) == 1]
    if len(tabs) != 1 or not isinstance(status := tabs[0].values[0], str) or not status:
        return "", node
    rest = [part for part in parts if part is not tabs[0]]
    return status, conjunction(rest) if rest else None


def page_form(search: str) -> str:
    """Canonical text with the tab's status before the rest: two searches that show the same page are equal. Raises BadInput as the parser does."""
    status, rest = split_tab(search)
    if not status:
        return write(rest)
    tab = Field("status", ":", (status,))
    return write(tab if rest is None else conjunction((tab, rest)))
