"""From arguments to an exit status: the options that every command has, the command itself, and errors in words."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import typer
from typer.main import get_command

from services.cli import (
    approvals,
    exports,
    files,
    goods,
    history,
    imports,
    looking,
    orders,
    paper,
    people,
    refunds,
    sources,
    upkeep,
    worklists,
)
from services.cli.common import FLAGS, VALUES, Given, take_common
from services.cli.output import AnswerLost, close_quietly, prepare_streams
from services.cli.session import LANGUAGES, Session
from services.errors import BadInput, Cancelled, DeskError
from services.places import usual_shop
from services.words import say

PROGRAM = "zhanggui"

SUBJECTS = (files, imports, orders, approvals, exports, paper, goods, refunds, looking, history, sources, worklists, upkeep, people)
"""The files of commands; each has COMMANDS, a tuple of (name, function, takes a search)."""

# Typer has no public name for it, and where it lies differs by version.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]

WINDOW_COMMANDS = ("screenshots",)
"""Commands that the window's own entry answers before it gets here (desktop/__main__.py)."""

FILE_COMMANDS = frozenset({"import", "goods", "tracking", "stocktake"})
"""Here bad input is a bad file: it failed (1). Elsewhere it is a wrong word on the command line (2)."""


@lru_cache(maxsize=1)
def commands() -> dict[str, Any]:
    """Typer's commands by name. They say nothing themselves: help and errors are made here, in the chosen language."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    for subject in SUBJECTS:
        for name, function, searches in subject.COMMANDS:
            # A search may begin with a minus; what looks like an option of ours is refused by `searched`.
            app.command(name, context_settings={"ignore_unknown_options": searches}, add_help_option=False)(function)
    made = dict(get_command(app).commands)  # type: ignore[attr-defined]
    for command in made.values():
        for param in command.params:
            param.get_runtime_param = AsWritten
    return made


class AsWritten:
    """Takes the words as they are. Typer would load pydantic to make text out of text, which doubles the time of a start;
    numbers and amounts are read where their errors have our words (session.py)."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 (Typer's call)
        return value


def run(argv: Sequence[str]) -> int:
    """Run the command in `argv`; everything that goes wrong is told here, and nothing escapes."""
    with Stopping() as stopping:
        return _run(argv, stopping)


class Stopping:
    """Whether Ctrl+C was pressed. Where it falls into the database's own code, what comes out of there is another error."""

    def __init__(self) -> None:
        self.asked = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(self, *_error: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _hear(self, _number: int, _frame: object) -> None:
        self.asked = True
        raise KeyboardInterrupt


def _run(argv: Sequence[str], stopping: Stopping) -> int:
    given = Given()
    name = ""
    session = _session(given, "--json" in argv)
    prepare_streams(session.as_json)
    try:
        taking = {option for command in commands().values() for param in command.params for option in param.opts if _takes_value(param)}
        take_common(argv, taking, given)
        session = _session(given, "--json" in given.flags)
        prepare_streams(session.as_json)
        _check_values(given)
        name = given.command
        status = _act(session, given, name)
    except DeskError as error:
        if stopping.asked:
            return _stopped(session)
        session.out.fail(error.code, say(error.code, session.lang, **error.facts), error.facts)
        words = name not in FILE_COMMANDS or error.code.startswith("usage_") or error.code == "format_unknown"
        status = 2 if isinstance(error, BadInput) and words else 1
        status = 130 if isinstance(error, Cancelled) else status
    except (KeyboardInterrupt, typer.Abort):
        status = _stopped(session)
    except AnswerLost as error:
        return _answer_lost(session, error)
    except OSError as error:
        facts = {"path": str(error.filename or ""), "why": error.strerror or str(error)}
        session.out.fail("machine_refused", say("machine_refused", session.lang, **facts), facts)
        status = 1
    except Exception as error:  # noqa: BLE001 (a bug: said in one line, kept in a file)
        status = _stopped(session) if stopping.asked else _bug(session, error, name)
    try:
        close_quietly()
    except AnswerLost as error:
        return _answer_lost(session, error)
    return status


def refuse(argv: Sequence[str], code: str) -> int:
    """Say why nothing is done at all, in the language and form that `argv` asks for."""
    given = take_common(argv, ())
    session = _session(given, "--json" in given.flags)
    prepare_streams(session.as_json)
    session.out.fail(code, say(code, session.lang))
    return 1


def _stopped(session: Session) -> int:
    session.out.fail("interrupted", say("interrupted", session.lang))
    return 130


def _bug(session: Session, error: Exception, name: str) -> int:
    from services.crash import write_report

    facts = {"what": type(error).__name__, "path": str(write_report(error, session.shop / "logs", f"zhanggui {name}"))}
    session.out.fail("bug", say("bug", session.lang, **facts), facts)
    return 1


def _answer_lost(session: Session, error: AnswerLost) -> int:
    session.out.notice(say("answer_lost", session.lang, why=str(error)))
    return 1


def _act(session: Session, given: Given, name: str) -> int:
    if "--version" in given.flags:
        from importlib.metadata import version

        found = version("zhanggui")
        session.out.show({"version": found}, [f"{PROGRAM} {found}"])
        return 0
    if "--help" in given.flags:
        from services.cli.help import help_lines

        lines = list(help_lines(commands(), name, session.lang))
        session.out.show({"help": "\n".join(lines)}, lines)
        return 0
    if not name:
        raise BadInput("usage_command_missing", commands=_listed())
    command = commands().get(name)
    if command is None:
        raise _no_such("command", name, commands(), commands=_listed())
    try:
        with command.make_context(f"{PROGRAM} {name}", given.rest[1:], obj=session) as context:
            return int(command.invoke(context) or 0)
    except UsageError as error:
        raise _usage(error, name, command) from error
    except BadInput as error:
        if error.code == "usage_option_unknown":  # a search's, see options.searched
            raise _no_such("option", str(error.facts["word"]), _options(command), command=name) from error
        raise


def _takes_value(param: Any) -> bool:
    return param.param_type_name == "option" and not param.is_flag


def _session(given: Given, as_json: bool) -> Session:
    wanted = given.values.get("--lang", "")
    lang = wanted if wanted in LANGUAGES else usual_language()
    shop = given.values.get("--shop")
    return Session(
        shop=Path(shop).expanduser() if shop else usual_shop(),
        actor=given.values.get("--as", "owner").strip() or "owner",
        lang=lang,
        lang_given=bool(wanted),
        as_json=as_json,
        pin_file=Path(given.values["--pin-file"]) if "--pin-file" in given.values else None,
    )


def _check_values(given: Given) -> None:
    lang = given.values.get("--lang", "zh")
    if lang not in LANGUAGES:
        raise BadInput("usage_choice", option="--lang", value=lang, choices=", ".join(LANGUAGES))
    if len(given.values.get("--as", "")) > 50:
        raise BadInput("value_too_long", field="--as", most=50)


def usual_language() -> str:
    """Chinese where the machine speaks Chinese, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if found := os.environ.get(name):
            return "zh" if found.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04 else "en"
    return "en"


def _listed() -> str:
    return ", ".join(sorted((*commands(), *WINDOW_COMMANDS)))


def _no_such(what: str, word: str, known: Iterable[str], **facts: str) -> BadInput:
    near = get_close_matches(word, list(known), 1, 0.5)
    if near:
        return BadInput(f"usage_{what}_nearest", word=word, nearest=near[0], **facts)
    return BadInput(f"usage_{what}_unknown", word=word, **facts)


def _options(command: Any) -> tuple[str, ...]:
    return (*(option for param in command.params for option in param.opts if option.startswith("--")), *FLAGS, *VALUES)


def _usage(error: Any, name: str, command: Any) -> BadInput:
    """Typer's refusals in our words: by kind, since its sentences are English only."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return _no_such("option", error.option_name, _options(command), command=name)
    if kind == "MissingParameter":
        param = error.param
        shown = param.opts[0] if param.param_type_name == "option" else param.metavar
        return BadInput("usage_missing", what=str(shown), command=name)
    if kind == "BadOptionUsage":
        wanted = "usage_value_missing" if "require" in error.message else "usage_value_extra"
        return BadInput(wanted, option=error.option_name, command=name)
    return BadInput("usage_extra", what=error.message.rpartition(" (")[2].rstrip(")"), command=name)
