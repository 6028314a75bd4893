"""Options that several commands have in common, and what is read out of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from services.cli.session import Session
from services.errors import BadInput

Query = Annotated[list[str] | None, typer.Argument(metavar="QUERY")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT")]
Out = Annotated[str, typer.Option("--out", metavar="FILE")]
Key = Annotated[str, typer.Option("--key", metavar="KEY")]


def session_of(context: typer.Context) -> Session:
    if not isinstance(context.obj, Session):
        raise TypeError(context.obj)
    return context.obj


def searched(given: Sequence[str] | None, command: str) -> str:
    """The search of a command. A word with two hyphens is no search but a slip: Raises BadInput("usage_option_unknown")."""
    for word in given or ():
        if word.startswith("--"):
            raise BadInput("usage_option_unknown", word=word, command=command)
    return " ".join(given or ()).strip()


def known_blockers(codes: Sequence[str]) -> None:
    """Raises BadInput("usage_choice") for a code that no blocker has."""
    from services.words.orders import TERMS

    for code in codes:
        if code not in TERMS["blocker"]:
            raise BadInput("usage_choice", option="--override", value=code, choices=", ".join(TERMS["blocker"]))
