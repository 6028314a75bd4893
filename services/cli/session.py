"""What every command is handed: the shop's folder, who acts, the language, and where to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from services.cli.output import Output
from services.errors import BadInput

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
    out: Output = field(init=False)

    def __post_init__(self) -> None:
        self.out = Output(self.as_json, self.lang)

    def desk(self) -> Desk:
        """Open the shop, making it at first use. A context manager; raises Environment."""
        from services.desk import Desk

        return Desk.open(self.shop, actor=self.actor)

    @property
    def paper_lang(self) -> str:
        return self.lang if self.lang_given else "zh"


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
