"""Web pages as workbooks: shops' tools write tables of HTML under the name .xls. Only for the child."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from services.imports.grids import Merged, Sheet, Unreadable

MOST_TABLES = 50
MOST_SPAN = 1_000
MOST_COLUMNS = 16_384
MOST_MERGED = 200_000
"""Tall cells of a page: what they cover is made row by row as rows come, but where they stand is kept."""


class PageTable(Sheet):
    """A table of a web page."""

    def __init__(self, grid: list[list[str]], merged: Merged) -> None:
        width = max(map(len, grid), default=0)
        super().__init__(1, 0, width, len(grid), merged)
        self._grid = grid

    def rows(self) -> Iterator[list[str]]:
        for row in self._grid:
            yield row + [""] * (self.width - len(row))


class Page:
    """The tables of a web page; shops' tools write such pages under the name .xls. Undecodable bytes refuse the file."""

    def __init__(self, path: str, encoding: str, cells: int) -> None:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib is not worth its start-up here
            data = file.read()
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise Unreadable("encoding_wrong") from None
        self._tables = _tables_of(text, cells)
        if not self._tables:
            raise Unreadable("html_no_table")
        self.names = [""] * len(self._tables)

    def load(self, place: int) -> Sheet:
        """The table at `place`."""
        return self._tables[place]


def _tables_of(text: str, cells: int) -> list[Sheet]:
    reader = _Reader(cells)
    reader.feed(text)
    reader.close()
    reader.end_cell()
    return [PageTable(grid, merged) for grid, merged in reader.tables if any(grid)]


class _Reader(HTMLParser):
    """Every table with a row in it, an inner one apart from the one around it; the cells that a wide or tall cell covers are
    blank, so that columns stay where they are."""

    def __init__(self, cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[str]], Merged]] = []
        self.open: list[int] = []
        self.cell: list[str] | None = None
        self.until: list[list[int]] = []
        """By table and column, the last row that a cell above covers."""
        self.span = (1, 1)
        self.left = cells

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.end_cell()
            if len(self.tables) >= MOST_TABLES:
                raise Unreadable("workbook_too_big")
            self.open.append(len(self.tables))
            self.until.append([])
            self.tables.append(([], []))
        elif tag == "tr":
            self.end_cell()
            if not self.open:
                self.handle_starttag("table", [])
            self.tables[self.open[-1]][0].append([])
        elif tag in {"td", "th"}:
            self.end_cell()
            if self.open and self.tables[self.open[-1]][0]:
                told = dict(attrs)
                self.span = (_span(told.get("rowspan")), _span(told.get("colspan")))
                self.cell = []
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self.end_cell()
        if tag == "table" and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        place = self.open[-1]
        (grid, merged), until = self.tables[place], self.until[place]
        number, row = len(grid) - 1, grid[-1]
        before = len(row)
        while len(row) < len(until) and until[len(row)] >= number:
            row.append("")
        (tall, wide), column = self.span, len(row)
        if column + wide > MOST_COLUMNS or len(merged) > MOST_MERGED:
            raise Unreadable("workbook_too_big")
        row += ["".join(self.cell).strip(), *[""] * (wide - 1)]
        if tall > 1:
            until += [-1] * (column + wide - len(until))
            until[column : column + wide] = [number + tall - 1] * wide
            merged.append((number, column, number + tall - 1, column + wide - 1))
        self.left -= len(row) - before
        if self.left < 0:
            raise Unreadable("workbook_too_big")
        self.cell = None


def _span(told: str | None) -> int:
    plain = (told or "").strip()
    return min(max(int(plain), 1), MOST_SPAN) if plain.isascii() and plain.isdecimal() and len(plain) < 9 else 1
