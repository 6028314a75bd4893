"""The command that mends what follows from the orders: counts, search text, sums of reports."""

from __future__ import annotations

from collections.abc import Callable

import typer

from services.cli.options import session_of


def rebuild(context: typer.Context) -> int:
    session = session_of(context)
    with session.desk() as desk:
        from services.commands.upkeep import RebuildDerived

        made = desk.perform(RebuildDerived(), progress=session.out.progress()).value
    session.out.show({"orders": made.orders, "days": made.days}, [session.out.word("rebuilt", orders=made.orders, days=made.days)])
    return 0


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (("rebuild", rebuild, False),)
