"""What every command is handed: the shop's folder, who acts, the language, and where to write."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from services.cli.output import Output
from services.errors import BadInput, Refused

if TYPE_CHECKING:
    from services.desk import Desk

LANGUAGES = ("zh", "en")


@dataclass
class Session:
    """`lang_given`: the language was asked for, so paper speaks it too; else paper is Chinese, as its readers are."""

    shop: Path
    actor: str
    lang: str
    lang_given: bool
    as_json: bool
    pin_file: Path | None = None
    out: Output = field(init=False)
    pin: str = field(default="", init=False, repr=False)
    """What the shop was opened with, once it was asked for."""

    def __post_init__(self) -> None:
        self.out = Output(self.as_json, self.lang)

    def desk(self, *, at_the_door: bool = False) -> Desk:
        """Open the shop, making it at first use, and sign in where it is locked. A context manager.

        `at_the_door`: for what asks for nobody. Raises Environment, Refused("signed_out") where nobody can be asked for the PIN,
        ("pin_wrong"), ("pin_wait"), BadInput("pin_file_unreadable").
        """
        from services.desk import Desk

        desk = Desk.open(self.shop, actor=self.actor)
        try:
            if not (at_the_door or desk.viewer.signed_in):
                self._sign_in(desk)
        except BaseException:
            desk.close()
            raise
        return desk

    def _sign_in(self, desk: Desk) -> None:
        from services.queries.people import AtTheDoor

        names = desk.read(AtTheDoor()).names
        if self.actor == "owner" and self.actor not in names:
            self.actor = names[0]  # the owner, whatever the name
        self.pin = self._asked_pin()
        desk.sign_in(self.actor, self.pin)

    def _asked_pin(self) -> str:
        if self.pin_file is not None:
            return secret_in(self.pin_file)
        found = hidden(self.out.word("ask_pin", name=self.actor))
        if found is None:
            raise Refused("signed_out")
        return found

    @property
    def paper_lang(self) -> str:
        return self.lang if self.lang_given else "zh"


def secret_in(path: Path) -> str:
    """The first line of a file: a PIN is never an argument, where every process of the machine could read it.

    Raises BadInput("pin_file_unreadable"), ("pin_file_empty").
    """
    try:
        with path.expanduser().open(encoding="utf-8-sig") as file:
            line = file.readline(200).strip()
    except (OSError, ValueError) as error:
        raise BadInput("pin_file_unreadable", path=str(path), why=getattr(error, "strerror", None) or type(error).__name__) from error
    if not line:
        raise BadInput("pin_file_empty", path=str(path))
    return line


def hidden(words: str) -> str | None:
    """What somebody types at the terminal without it being shown; None where nobody sits there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    from getpass import getpass

    return getpass(f"{words}: ").strip()


def whole(text: str, name: str, least: int = 0) -> int:
    """A whole number of an option. Raises BadInput("not_a_number")."""
    plain = text.strip()
    if not (plain.isascii() and plain.removeprefix("-").isdecimal()) or not least <= int(plain) <= 10**12:
        raise BadInput("not_a_number", name=name, value=text, least=least)
    return int(plain)


def fen(text: str, name: str) -> int:
    """An amount of an option, as fen. Raises BadInput("not_an_amount")."""
    from services.money import parse_amount

    try:
        return parse_amount(text)
    except ValueError:
        raise BadInput("not_an_amount", name=name, value=text) from None


def split_list(given: Sequence[str] | None) -> tuple[str, ...]:
    """`a,b` and `a b` alike, without doubles."""
    return tuple(dict.fromkeys(word.strip() for part in given or () for word in part.replace("，", ",").split(",") if word.strip()))
