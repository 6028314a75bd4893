"""How many statements a question asks of SQLite, counted by SQLite itself: lists must not ask more as they grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from services.desk import Desk


class _Ask:
    def __init__(self, trace: list[str] | None) -> None:
        self.trace = trace

    def run(self, reading: Any) -> None:
        reading.driver.set_trace_callback(self.trace.append if self.trace is not None else None)


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """The statements that this thread's reads run meanwhile, without begin and end of the transaction."""
    found: list[str] = []
    seen: list[str] = []
    desk.read(_Ask(seen))
    try:
        yield found
    finally:
        desk.read(_Ask(None))
        found += [one for one in seen if one.lstrip().upper().startswith(("SELECT", "WITH"))]
