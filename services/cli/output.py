"""What is written where: one JSON object or aligned words on stdout; errors, notices and progress on stderr."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO
from unicodedata import east_asian_width

from services.progress import SILENT, Progress
from services.words import term

EVERY = 0.1
"""Seconds between two sights of the progress line."""


def prepare_streams(as_json: bool) -> None:
    """JSON is UTF-8 whatever the machine's encoding; and no character that a terminal lacks ends a command half way."""
    for stream, utf8 in ((sys.stdout, as_json), (sys.stderr, False)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if utf8 else stream.encoding, errors="backslashreplace")


def close_quietly() -> None:
    """Who reads us may stop reading (`| head`); that is no error, and Python shall not complain about it at its end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _swallow(sys.stdout)
    except (OSError, ValueError) as error:
        _swallow(sys.stdout)
        raise AnswerLost(str(getattr(error, "strerror", None) or error)) from error


def _swallow(stream: TextIO) -> None:
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


class AnswerLost(Exception):
    """The answer could not be written: a full disk, a closed stdout. What the command did is done."""


class Output:
    """Where a command says what it did."""

    def __init__(self, as_json: bool, lang: str) -> None:
        self.as_json = as_json
        self.lang = lang
        self._counter: Counter | None = None

    def show(self, payload: Mapping[str, Any], lines: Iterable[str]) -> None:
        """The answer: `payload` as one JSON object, or `lines` (which are made only if they are shown)."""
        if self.as_json:
            self._write([json.dumps(payload, ensure_ascii=False), "\n"])
        else:
            self._write(f"{line}\n" for line in lines)

    def list(self, key: str) -> ListWriter:
        """For a list too long to be held: one JSON object, written as its rows come."""
        return ListWriter(self._write, key)

    def notice(self, words: str) -> None:
        """One line on stderr."""
        self._wipe()
        with contextlib.suppress(OSError, ValueError):
            print("zhanggui:", " ".join(words.split()), file=sys.stderr, flush=True)

    def fail(self, code: str, words: str, facts: Mapping[str, Any] | None = None, more: Mapping[str, Any] | None = None) -> None:
        """The one line that says why and what to do; with --json also as an object (beside `more`), so that a script can read it."""
        self.notice(words)
        if self.as_json:
            told = {**(more or {}), "error": {"code": code, "message": words, "facts": dict(facts or {})}}
            with contextlib.suppress(AnswerLost):
                self._write([json.dumps(told, ensure_ascii=False), "\n"])

    def word(self, code: str, /, **facts: object) -> str:
        """A word of the command line's own (services.words.cli)."""
        text = term("cli", code, self.lang)
        return text.format_map(facts) if facts else text

    def progress(self) -> Progress:
        """A line on stderr that counts, where somebody looks at it."""
        if not sys.stderr.isatty():
            return SILENT
        self._counter = self._counter or Counter(self.lang)
        return self._counter

    def _wipe(self) -> None:
        if self._counter is not None:
            self._counter.wipe()

    def _write(self, parts: Iterable[str]) -> None:
        self._wipe()
        for part in parts:
            try:
                sys.stdout.write(part)
            except BrokenPipeError:
                _swallow(sys.stdout)
            except (OSError, ValueError) as error:
                _swallow(sys.stdout)
                raise AnswerLost(str(getattr(error, "strerror", None) or error)) from error


class ListWriter:
    """Writes `{"key": [row, …], …head}` piece by piece; nothing at all before the first `add` or the `end`."""

    def __init__(self, write: Callable[[Iterable[str]], None], key: str) -> None:
        self._write = write
        self._key = key
        self._rows = 0

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._write(self._parts(rows))

    def end(self, head: Mapping[str, Any]) -> None:
        """Close the list and write the other keys."""
        self._write(self._parts(()))
        rest = json.dumps(head, ensure_ascii=False)
        self._write(["]", ", " if head else "", rest[1:], "\n"])

    def _parts(self, rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
        if not self._rows:
            yield f"{{{json.dumps(self._key)}: ["
            self._rows = 1
        for row in rows:
            yield ", " if self._rows > 1 else ""
            yield json.dumps(row, ensure_ascii=False)
            self._rows += 1


class Counter:
    """Progress as one line that is overwritten, and wiped at the end or before anything else is said."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._next = 0.0
        self._shown = False

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        now = time.monotonic()
        if total is not None and done >= total:
            self.wipe()
        elif now >= self._next:
            self._next = now + EVERY
            self._shown = True
            share = f"{done:,} / {total:,}" if total else f"{done:,}"
            self._say(f"\r\x1b[K{term('progress', what, self._lang)} {share}")

    def wipe(self) -> None:
        if self._shown:
            self._shown = False
            self._say("\r\x1b[K")

    def _say(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(text)
            sys.stderr.flush()


def width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def fit(text: str, most: int) -> str:
    """`text` in at most `most` columns, its end cut off as `…`; line breaks and other controls as blanks."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    if width(plain) <= most:
        return plain
    kept = []
    room = most - 1
    for character in plain:
        room -= width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + "…"


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]], right: Iterable[int] = (), most: int = 40) -> Iterable[str]:
    """Aligned lines, headings first; columns in `right` are set to the right. Widths are those of what is shown."""
    ends = set(right)
    cells = [[fit(str("" if cell is None else cell), most) for cell in row] for row in (headings, *rows)]
    widths = [max(width(row[place]) for row in cells) for place in range(len(headings))]
    for row in cells:
        parts = []
        for place, cell in enumerate(row):
            blank = " " * (widths[place] - width(cell))
            parts.append(blank + cell if place in ends else cell + blank)
        yield "  ".join(parts).rstrip()


def pairs(facts: Iterable[tuple[str, Any]]) -> Iterable[str]:
    """`Name  value` lines with the values under each other."""
    listed = [(name, str(value)) for name, value in facts if value not in {None, ""}]
    widest = max((width(name) for name, _value in listed), default=0)
    for name, value in listed:
        yield f"{name}{' ' * (widest - width(name))}  {value}"
