"""The installed command. No Qt here: commands go to the command line, nothing (or `screenshots`) to the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def opens_window(arguments: Sequence[str]) -> bool:
    """No command at all, or only `--shop DIR`; or the screenshots, which need the window."""
    rest = list(arguments)
    if rest and rest[0] == "--shop":
        rest = rest[2:]
    elif rest and rest[0].startswith("--shop="):
        rest = rest[1:]
    return not rest or rest[0] == "screenshots"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line or open the window; answers the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if opens_window(given):
        from desktop import app

        return app.main(given)
    from services import cli

    return cli.main(given)


if __name__ == "__main__":
    sys.exit(main())
