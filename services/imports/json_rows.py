"""A JSON file as a table: an array of flat objects, one a row, as our own exports are (services.exports.formats.json).

Columns of ours get their titles, so that such a file is known as any other of ours. Numbers keep their digits, a null is an empty cell.
The array itself is row 1, where the headings of other files stand: in a file of ours a row's number is that of its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from services.errors import BadInput, Environment
from services.imports.sniff import Sniffed
from services.imports.workbooks import Head, Numbered
from services.words.exports import TERMS

CHUNK, LONGEST = 1 << 20, 1 << 22
"""Characters read at once, and those of one object at most."""
BLOCK, LOOKED_AT = 250, 12
_OWN = frozenset({"number", "channel", "status"})
_GAP = re.compile(r"[\s,]*")


class JsonRows:
    """Gives what a Book gives of its one sheet. Raises BadInput("json_broken"), ("json_no_table"), ("encoding_wrong")."""

    def __init__(self, sniffed: Sniffed) -> None:
        self._sniffed = sniffed
        self.names = [""]
        self._keys: dict[str, int] = {}
        for place, found in enumerate(self._objects()):
            if place == LOOKED_AT:
                break
            for key in found:
                self._keys.setdefault(key, len(self._keys))
        ours = self._keys.keys() >= _OWN
        titles = TERMS["export_column"] if ours else {}
        self._headings = [_clean(titles[key][1] if key in titles else key) for key in self._keys]

    def head(self, _place: int, rows: int) -> Head:
        first = [self._row(found) for _count, found in zip(range(rows - 1), self._objects(), strict=False)]
        return Head({"first": 1, "width": len(self._headings), "height": 0, "head": [self._headings, *first]})

    def blocks(self, _place: int, _fill: list[int]) -> Iterator[Numbered]:
        rows: list[list[str]] = [self._headings]
        first = 1
        for found in self._objects():
            rows.append(self._row(found))
            if len(rows) == BLOCK:
                yield list(range(first, first + len(rows))), rows
                first, rows = first + len(rows), []
        if rows:
            yield list(range(first, first + len(rows))), rows

    def close(self) -> None:
        """Nothing is held."""

    def _row(self, found: dict[str, Any]) -> list[str]:
        """A key that the first objects do not have makes the row too long, which rejects it: it is never dropped."""
        row = [""] * len(self._keys)
        for key, value in found.items():
            place = self._keys.get(key)
            if place is None:
                row.append(_cell(value))
            else:
                row[place] = _cell(value)
        return row

    def _objects(self) -> Iterator[dict[str, Any]]:
        name = self._sniffed.path.name
        try:
            yield from self._decoded()
        except UnicodeError:
            raise BadInput("encoding_wrong", file=name, encoding=self._sniffed.encoding) from None
        except OSError as error:
            raise Environment("file_unreadable", file=name, detail=error.strerror or str(error)) from None

    def _decoded(self) -> Iterator[dict[str, Any]]:
        decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
        name, row = self._sniffed.path.name, 2
        with self._sniffed.path.open(encoding=self._sniffed.encoding, newline="") as file:
            text = file.read(CHUNK).lstrip()
            at = 1  # past the bracket that sniff saw
            while True:
                gap = _GAP.match(text, at)
                at = gap.end() if gap is not None else at
                if at < len(text) and text[at] == "]":
                    return
                try:
                    found, at = decoder.raw_decode(text, at)
                except ValueError:
                    more = file.read(CHUNK)
                    text, at = text[at:] + more, 0
                    if not more or len(text) > LONGEST + CHUNK:
                        raise BadInput("json_broken", file=name, row=row) from None
                    continue
                except RecursionError:
                    raise BadInput("json_broken", file=name, row=row) from None
                if not isinstance(found, dict):
                    raise BadInput("json_no_table", file=name, row=row)
                yield found
                row += 1


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return _clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _clean(json.dumps(value, ensure_ascii=False))


def _clean(text: str) -> str:
    """Half a character, as an escape can say it, is in no text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
