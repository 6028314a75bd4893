"""Which rows are chosen: by id, or everything that a query finds less what was taken out. No work per row on the UI thread, however many."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

STEP = 20_000
"""Ids taken in one go: a millisecond or two. A longer range lands in steps, between which the window lives."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen of a result at one moment; may be looked at in any thread.

    `result` are the ids of the whole result in order, `ids` what was chosen by itself or, with `everything`, taken out of it.
    """

    result: Sequence[int]
    everything: bool
    ids: Collection[int]
    version: int = 0

    @property
    def whole(self) -> bool:
        """All of the result, without exception."""
        return self.everything and not self.ids

    def in_order(self) -> Sequence[int]:
        """The chosen ids in the order of the result; those that left it are not among them. A pass over the result: not for the UI thread
        when that is long."""
        if self.whole:
            return self.result
        found = array("q")
        if not self.ids:
            return found
        named = frozenset(self.ids)
        for start in range(0, len(self.result), STEP):  # in slices, so that other threads get their turn
            part = self.result[start : start + STEP]
            if self.everything:
                found.extend(one for one in part if one not in named)
            else:
                found.extend(filter(named.__contains__, part))
        return found

    def still_there(self) -> frozenset[int]:
        """Those of `ids` that the result holds. A pass over it, as `in_order`."""
        found: set[int] = set()
        named = frozenset(self.ids)
        for start in range(0, len(self.result), STEP):
            found.update(named.intersection(self.result[start : start + STEP]))
        return frozenset(found)


class Selection(QObject):
    """Which rows are chosen, by id; `everything` means the query itself, less what was taken out."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.everything = False
        self._ids: set[int] = set()
        self._without: set[int] = set()
        self._version = 0
        self._coming: deque[Sequence[int]] = deque()
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._land)

    def __contains__(self, identity: int) -> bool:
        return identity not in self._without if self.everything else identity in self._ids

    def count(self, total: int) -> int:
        """How many are chosen, of a result of `total`."""
        return max(0, total - len(self._without)) if self.everything else len(self._ids)

    def set(self, ids: Collection[int], on: bool = True) -> None:
        """Choose these too, or no longer. A long range is there bit by bit; `chosen` waits for all of it."""
        if on and not self.everything and len(ids) > STEP and isinstance(ids, Sequence):
            self._coming.extend(ids[start : start + STEP] for start in range(0, len(ids), STEP))
            self._land()
            self._next.start()
            return
        self._finish()
        part = self._without if self.everything else self._ids
        if on != self.everything:
            part.update(ids)
        else:
            part.difference_update(ids)
        self._tell()

    def toggle(self, identity: int) -> None:
        self.set((identity,), identity not in self)

    def only(self, ids: Iterable[int]) -> None:
        self._drop()
        self.everything, self._ids, self._without = False, set(ids), set()
        self._tell()

    def all(self) -> None:
        """Everything the query finds, without listing it."""
        self._drop()
        self.everything, self._ids, self._without = True, set(), set()
        self._tell()

    def clear(self) -> None:
        if self.everything or self._ids:
            self.only(())

    def chosen(self, result: Sequence[int]) -> Chosen:
        """What is chosen of this result, as a value that other threads may read. Waits for a range that is still landing."""
        self._finish()
        return Chosen(result, self.everything, tuple(self._without if self.everything else self._ids), self._version)

    def retain(self, seen: Chosen, there: frozenset[int]) -> None:
        """Drop what left the result (`there`: what is still in it), unless something else was chosen since `seen`."""
        if seen.version == self._version and not self._coming and len(there) < len(seen.ids):
            (self._without if self.everything else self._ids).intersection_update(there)
            self._tell()

    def _tell(self) -> None:
        self._version += 1
        self.changed.emit()

    # ---- a long range landing

    @property
    def landing(self) -> bool:
        """More of a long range is still to come."""
        return bool(self._coming)

    def _land(self) -> None:
        if self._coming:
            self._ids.update(self._coming.popleft())
        if not self._coming:
            self._next.stop()
        self._tell()

    def _finish(self) -> None:
        """Take at once what is still to land."""
        if self._coming:
            for part in self._coming:
                self._ids.update(part)
            self._drop()

    def _drop(self) -> None:
        self._coming.clear()
        self._next.stop()
