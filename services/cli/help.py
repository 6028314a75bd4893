"""The help pages, in both languages, drawn from the commands as they are declared; the words are in services.words.cli."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from services.cli.output import width
from services.words import term

COMMON = (("--shop", "FOLDER"), ("--lang", "zh|en"), ("--json", ""), ("--as", "NAME"), ("--pin-file", "FILE"), ("--help", ""))


def help_lines(commands: Mapping[str, Any], name: str, lang: str) -> Iterator[str]:
    """The page of one command, or of all of them."""
    command = commands.get(name)
    if command is None:
        yield from _overview(commands, lang)
        return
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    yield f"zhanggui {' '.join([name, *map(_usage, (*arguments, *options))])}"
    yield ""
    yield term("command", name, lang)
    yield ""
    yield from _columns((_named(param), _words(name, key_of(param), lang)) for param in (*arguments, *options))
    yield ""
    if (more := term("help", name, lang)) != name:
        yield from more.split("\n")
        yield ""
    yield from _common(lang)


def _overview(commands: Mapping[str, Any], lang: str) -> Iterator[str]:
    yield f"zhanggui [--shop FOLDER] [--lang zh|en] [--json] {term('cli', 'command', lang)} …"
    yield ""
    yield term("cli", "about", lang)
    yield ""
    yield from _columns((name, term("command", name, lang)) for name in (*commands, "screenshots"))
    yield ""
    yield from _common(lang)


def _common(lang: str) -> Iterator[str]:
    yield from _columns((f"{option} {metavar}".strip(), _words("", option.removeprefix("--"), lang)) for option, metavar in COMMON)


def _words(command: str, param: str, lang: str) -> str:
    own = f"{command}.{param}"
    found = term("option", own, lang)
    return found if found != own else term("option", param, lang)


def key_of(param: Any) -> str:
    """Under what its words are: an option's own name, an argument's place in the command."""
    return str(param.opts[0].removeprefix("--").replace("-", "_") if param.param_type_name == "option" else param.name)


def _named(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar)
    return param.opts[0] if param.is_flag else f"{param.opts[0]} {param.metavar}"


def _usage(param: Any) -> str:
    many = " …" if param.nargs == -1 or getattr(param, "multiple", False) else ""
    return f"{_named(param)}{many}" if param.required else f"[{_named(param)}{many}]"


def _columns(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    listed = list(rows)
    widest = max((width(name) for name, _words in listed), default=0)
    for name, words in listed:
        yield f"  {name}{' ' * (widest - width(name))}  {words}".rstrip()
