"""The installed command. No Qt here: commands go to the command line, nothing (or `screenshots`) to the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from services.cli.common import Given, take_common
from services.errors import BadInput

WINDOW_COMMANDS = ("", "--demo", "screenshots")


def opens_window(arguments: Sequence[str]) -> bool:
    """No command (`--demo` is the window's own option), or the screenshots, which need the window; wherever the common options stand. Help is the command line's."""
    given = _given(arguments)
    return given is not None and given.command in WINDOW_COMMANDS and not given.flags & {"--help", "--version"}


def _given(arguments: Sequence[str]) -> Given | None:
    """None for what can't be read: the command line has the words for it."""
    try:
        return take_common(arguments, {"--out"})
    except BadInput:
        return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line or open the window; answers the exit status."""
    written = list(sys.argv[1:] if arguments is None else arguments)
    given = _given(written)
    if given is not None and opens_window(written):
        from desktop import app

        shop = ["--shop", given.values["--shop"]] if "--shop" in given.values else []
        return app.main([*shop, *given.rest, *(["--json"] if given.command and "--json" in given.flags else [])])
    from services import cli

    return cli.main(written)


if __name__ == "__main__":
    sys.exit(main())
