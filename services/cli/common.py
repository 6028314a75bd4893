"""The options that every command has, wherever they stand. Imports next to nothing: the window's entry asks it too."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from services.errors import BadInput

FLAGS = ("--json", "--help", "--version")
VALUES = ("--shop", "--lang", "--as", "--pin-file")


@dataclass
class Given:
    """What stood on the line: `rest` begins with the command."""

    rest: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)

    @property
    def command(self) -> str:
        return self.rest[0] if self.rest else ""


def take_common(argv: Iterable[str], taking: Collection[str], given: Given | None = None) -> Given:
    """Sort the arguments, into `given` as far as they can be read. After `--` nothing is an option.

    `taking` are the commands' own options that have a value, which is left alone whatever it looks like. Raises
    BadInput("usage_value_missing").
    """
    given = given or Given()
    waiting = False
    left = iter(argv)
    for word in left:
        name, equals, value = word.partition("=")
        if waiting:
            given.rest.append(word)
            waiting = False
        elif word == "--":
            given.rest += [word, *left]
        elif word in FLAGS:
            given.flags.add(word)
        elif name in VALUES:
            found = value if equals else next(left, None)
            if not found:
                raise BadInput("usage_value_missing", option=name)
            given.values[name] = found
        else:
            given.rest.append(word)
            waiting = word in taking
    return given
