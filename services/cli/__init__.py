"""The command line: the same services without a window. `main(argv)` answers the exit status; nothing heavy is imported before it."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; `argv` without the program's name, by default the process's own.

    0 done; 1 refused or failed, nothing changed; 2 wrong usage; 3 `ship`: some of several; 130 stopped by Ctrl+C.
    """
    import sys

    try:
        from services.cli.app import run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:  # while still loading, or while the last words were written: nothing was in the making
        return 130
