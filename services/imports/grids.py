"""Sheets as the child has them: rows of text cells, numbered as in the file. Workbooks by calamine."""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

SHOWN = 120
EXACT = 2**53
_FULL_DIGITS = 10**15
_CHUNK = 1 << 20
_ENDS = 1 << 16
_LOOK_CLOSELY = 64 << 20

Merged = list[tuple[int, int, int, int]]
"""First row, first column, last row, last column, of the sheet, from 0."""


class Unreadable(Exception):
    """The file as a whole can't be read; `code` picks the words."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail[:SHOWN]


class Sheet:
    """One sheet or table, loaded."""

    def __init__(self, first: int, left: int, width: int, height: int, merged: Merged) -> None:
        self.first, self.left, self.width, self.height, self.merged = first, left, width, height, merged

    def rows(self) -> Iterator[list[str]]:
        """All rows from the first that holds anything, as wide as the sheet."""
        raise NotImplementedError

    def numbered(self, fill: list[int]) -> Iterator[tuple[int, list[str]]]:
        covered = self._covered(fill)
        for number, row in enumerate(self.rows(), start=self.first):
            for column, value in covered.get(number, ()):
                if not row[column]:
                    row[column] = value[0]
                elif not value[0]:
                    value[0] = row[column]
            yield number, row

    def _covered(self, fill: list[int]) -> dict[int, list[tuple[int, list[str]]]]:
        """By row number: columns of `fill` whose cell belongs to a merged one, and the box for the value that they share."""
        found: dict[int, list[tuple[int, list[str]]]] = {}
        for top, left, bottom, _right in self.merged:
            column = left - self.left
            if column in fill and 0 <= column < self.width and bottom > top:
                box = [""]
                for number in range(top + 1, min(bottom, self.first + self.height) + 2):
                    found.setdefault(number, []).append((column, box))
        return found


class BookSheet(Sheet):
    """A sheet by calamine. `odd` are cells that it would show as blank: errors, and formulas that were never calculated."""

    def __init__(self, sheet: Any, odd: dict[tuple[int, int], str]) -> None:
        top, left = sheet.start or (0, 0)
        merged = [(*one, *other) for one, other in sheet.merged_cell_ranges or ()]
        super().__init__(top + 1, left, sheet.width, sheet.height, merged)
        self._sheet = sheet
        self._odd: dict[int, list[tuple[int, str]]] = {}
        for (row, column), value in odd.items():
            if 0 <= column - left < sheet.width:
                self._odd.setdefault(row, []).append((column - left, value))

    def rows(self) -> Iterator[list[str]]:
        """Cells as text; calamine's rows are made one at a time, so no second grid exists."""
        if not self.height:
            return
        # It gives the blank rows above the first one too, but no blank columns beside.
        for number, cells in enumerate(islice(self._sheet.iter_rows(), self.first - 1, None), start=self.first - 1):
            row = [cell if type(cell) is str else text_of(cell) for cell in cells]
            for column, value in self._odd.get(number, ()):
                row[column] = row[column] or value
            yield row


def text_of(cell: object) -> str:
    """A cell as text. Numbers with up to 15 digits, as spreadsheets show them; a whole number whose last digits are lost (above
    2^53, or with 16 digits and rounded to tens) in scientific form, so that it can't pass for an id."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if cell != cell or cell in {float("inf"), float("-inf")}:  # noqa: PLR0124 - the test for NaN
            return ""
        if cell == int(cell):
            whole = int(cell)
            lost = abs(whole) >= EXACT or (abs(whole) >= _FULL_DIGITS and whole % 10 == 0)
            return f"{cell:.5E}" if lost else str(whole)
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        with contextlib.suppress(OverflowError):
            cell += timedelta(milliseconds=500)  # 8:04:59.999 was 8:05
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell).split(".")[0]
    return str(cell)


class Book:
    """A workbook by calamine; one sheet is loaded at a time."""

    def __init__(self, path: str, kind: str, cells: int) -> None:
        from python_calamine import CalamineWorkbook

        self._parts = SheetParts(path, cells) if kind == "xlsx" else None
        self._book = CalamineWorkbook.from_path(path)
        self._cells = cells
        self.names = list(self._book.sheet_names)

    def load(self, place: int) -> Sheet:
        """The sheet at `place`. Raises Unreadable if it holds more cells than are allowed."""
        name = self.names[place]
        odd = self._parts.look_through(name) if self._parts else {}
        sheet = self._book.get_sheet_by_name(name)
        if sheet.width * sheet.height > self._cells:
            raise Unreadable("workbook_too_big")
        return BookSheet(sheet, odd)


_LIVE = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'](?:[^<>/]|/(?!>))*>""")
_FAR = re.compile(rb""" r=["'](?:[A-Z]{3}\d{1,7}|[A-Z]{1,2}\d{6,7})["']""")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^<>]*>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^<>]*>([^<]*)<")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_ERROR_MARKS = (b't="e"', b"t='e'")
_ODD_MARKS = (*_ERROR_MARKS, b"<f>", b"<f ", b":f>", b":f ")


class SheetParts:
    """The XML of an xlsx file's sheets, looked through before calamine makes a dense grid of them.

    One stray cell in the far corner would ask for more memory than there is; cells that only carry a format count for
    nothing. Errors and formulas without a value, which calamine gives as blanks, are found here.
    """

    def __init__(self, path: str, cells: int) -> None:
        self._archive = zipfile.ZipFile(path)
        self._cells = cells
        self._files = self._sheet_files()

    def look_through(self, name: str) -> dict[tuple[int, int], str]:
        """Odd cells of a sheet by (row, column) from 0. Raises Unreadable if it reaches further than a dense grid may."""
        entry = self._files.get(name)
        if entry is None:
            return {}
        far = odd = False
        with self._archive.open(entry) as part:
            tail = b""
            while chunk := part.read(_CHUNK):
                piece = tail + chunk
                far = far or _FAR.search(piece) is not None
                odd = odd or any(mark in piece for mark in _ODD_MARKS)
                tail = piece[-64:]
        if far:
            self._measure(entry)
        return self._odd_cells(entry) if odd and self._archive.getinfo(entry).file_size < _LOOK_CLOSELY else {}

    def _measure(self, entry: str) -> None:
        """Rows times columns of the cells with something in them. Rows ascend in honest files, so the ends of each chunk are enough;
        the others meet the limit on memory."""
        rows = columns = 0
        with self._archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                for ends in (chunk[:_ENDS], chunk[-_ENDS:]):
                    for letters, digits in _LIVE.findall(ends):
                        rows, columns = max(rows, int(digits)), max(columns, _column(letters))
                if rows * columns > self._cells:
                    raise Unreadable("workbook_too_big")

    def _odd_cells(self, entry: str) -> dict[tuple[int, int], str]:
        found: dict[tuple[int, int], str] = {}
        for piece in re.split(rb"</(?:\w+:)?c>", self._archive.read(entry)):
            begin = max(piece.rfind(b"<c "), piece.rfind(b":c "))
            cell = piece[begin:]
            place = _PLACE.search(cell)
            if begin < 0 or place is None or not any(mark in cell for mark in _ODD_MARKS):
                continue
            attributes = cell.partition(b">")[0]
            formula, value = _FORMULA.search(cell), _VALUE.search(cell)
            text = ""
            if any(mark in attributes for mark in _ERROR_MARKS):
                text = value[1].decode("utf-8", "replace") if value else "#N/A"
            elif formula is not None and value is None and b't="str"' not in attributes:
                text = "=" + formula[1].decode("utf-8", "replace")
            if text:
                found[int(place[2]) - 1, _column(place[1]) - 1] = text
        return found

    def _sheet_files(self) -> dict[str, str]:
        """Sheet name → entry of the archive; what is not found by name is not looked through, its limits are those of the process."""
        names = set(self._archive.namelist())
        try:
            book = self._archive.read("xl/workbook.xml")
            relations = self._archive.read("xl/_rels/workbook.xml.rels")
        except KeyError:
            return {}
        targets = {_attribute(one, b"Id"): _attribute(one, b"Target") for one in _RELATION.findall(relations)}
        found: dict[str, str] = {}
        for sheet in _SHEET.findall(book):
            target = targets.get(_attribute(sheet, rb"\w+:id"), "").removeprefix("/")
            entry = target if target in names else f"xl/{target}"
            if entry in names:
                found[_attribute(sheet, b"name")] = entry
        return found


def _attribute(tag: bytes, name: bytes) -> str:
    from html import unescape

    found = re.search(rb"""\s""" + name + rb"""=(?:"([^"]*)"|'([^']*)')""", tag)
    return unescape((found[1] or found[2] or b"").decode("utf-8", "replace")) if found else ""


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column
