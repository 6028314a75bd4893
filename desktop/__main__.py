"""The installed command. No Qt here: commands go to the command line, nothing (or `screenshots`) to the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from services.cli.common import Given, take_common
from services.errors import BadInput

WORD = "--read-workbook"
"""services.imports.child.WORD: a packed program starts itself to read a workbook."""

WINDOW_COMMANDS = ("", "--demo", "screenshots")


def opens_window(arguments: Sequence[str]) -> bool:
    """No command (`--demo` is the window's own option), or the screenshots, which need the window; wherever the common options stand. Help is the command line's."""
    given = _given(arguments)
    return given is not None and given.command in WINDOW_COMMANDS and not given.flags & {"--help", "--version"}


def has_display(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> bool:
    """Whether Qt finds a screen, or was told what to do without: it would end the process with words of its own."""
    if not system.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


def _given(arguments: Sequence[str]) -> Given | None:
    """None for what can't be read: the command line has the words for it."""
    try:
        return take_common(arguments, {"--out"})
    except BadInput:
        return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line or open the window; answers the exit status."""
    written = list(sys.argv[1:] if arguments is None else arguments)
    if written == [WORD]:
        from services.imports.child import main as read_workbook

        return read_workbook()
    given = _given(written)
    if given is not None and opens_window(written):
        if given.command != "screenshots" and not has_display():
            from services.cli.app import refuse

            return refuse(written, "no_display")
        from desktop import app

        shop = ["--shop", given.values["--shop"]] if "--shop" in given.values else []
        return app.main([*shop, *given.rest, *(["--json"] if given.command and "--json" in given.flags else [])])
    from services import cli

    return cli.main(written)


if __name__ == "__main__":
    sys.exit(main())
