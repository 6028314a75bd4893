"""A pause for Python's collector of cycles while many records live at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 100_000
"""Objects that came in a pause and stayed, from which the collector leaves them aside."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hundreds of thousands of records without a cycle: looking for one among them, again and again, costs a third of the time.

    What stays of them (a plan that waits for its dialog) is not looked through afterwards either: one pass over a hundred thousand
    orders holds every thread of the window for seconds. `collector_whole` takes that back.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if gc.get_count()[0] > MANY:
                gc.freeze()
            gc.enable()


def collector_whole() -> None:
    """Look through everything again: the records are gone."""
    gc.unfreeze()
