"""From bytes to rows of text cells, in blocks; nothing is understood here yet.

Rows are numbered as records: the first one of the file or sheet is 1, a line break inside quotes starts no new one.
Rows that can't be read as the headings say (too few or too many cells, cut off, undecodable bytes) are rejected with
their number; the others come in.
"""

from __future__ import annotations

import codecs
import csv
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from itertools import chain, islice

from services.errors import BadInput, Environment
from services.imports.records import Reject, shown
from services.imports.sniff import SAMPLE, Sniffed
from services.imports.workbooks import read_workbook

BLOCK = 250
HEAD_ROWS = 12
MAX_CELL = 1 << 24
MAX_COLUMNS = 2_000
EXACT = 2**53

_DAMAGE = re.compile("[\udc00-\udcff]")
_END = "\0end of file\0"
_MARKS = ",\t;|"
_damage = threading.local()


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: an undecodable byte becomes a lone surrogate, which marks its cell; it is never replaced by a guess."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _damage.seen = True
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("zhanggui.keep", _keep_bytes)
csv.field_size_limit(MAX_CELL)


@dataclass(slots=True)
class Block:
    """Rows with as many cells as there are headings, and the number of each in the file; `odd` are the rejected ones."""

    numbers: Sequence[int]
    rows: list[list[str]]
    odd: dict[int, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """A csv file, a sheet or an HTML table. `head` are its first rows, among which the headings are looked for.

    Rows that begin with `remark` are put into `remarks` with their number and are no records.
    """

    sniffed: Sniffed
    name: str
    head: list[list[str]]
    delimiter: str = ","
    grid: list[list[str]] | None = None
    first: int = 1
    remark: str = ""
    remarks: list[tuple[int, list[str]]] = field(default_factory=list)
    rows: int = 0
    rejected: list[Reject] = field(default_factory=list)

    def blocks(self, heading_row: int) -> Iterator[Block]:
        """The records below `heading_row` (1-based); counts them in `rows`, puts bad ones into `rejected`."""
        self.rows = 0
        self.rejected = []
        source = self._records()
        headings = next(islice(source, heading_row - self.first, None), None)
        if headings is None:
            return
        names = [name.strip() for name in headings]
        width = len(names)
        need = max((place for place, name in enumerate(names) if name), default=-1) + 1
        number = heading_row + 1
        cut = self.grid is None and not _ends_with_newline(self.sniffed)
        while rows := list(islice(source, BLOCK)):
            block = Block(range(number, number + len(rows)), rows)
            ended = bool(rows[-1]) and rows[-1][-1].endswith(_END)
            whole = not ended or rows[-1] == [_END]
            if ended:
                last = rows.pop()
                block.numbers = block.numbers[:-1]
                if not whole:
                    last[-1] = last[-1].removesuffix(_END)
                    self._reject(block, number + len(rows), last, "row_cut")
            number += len(rows)
            if self.remark:
                self._take_remarks(block)
                rows = block.rows
            if set(map(len, rows)) - {width} or not all(map(any, rows)):
                self._even(block, width, need, block.numbers[-1] if cut and ended and whole and rows else 0)
            if self.grid is None and getattr(_damage, "seen", False):
                self._undamaged(block, names)
            self.rows += len(block.rows) + len(block.odd)
            if block.rows or block.odd:
                yield block

    def _take_remarks(self, block: Block) -> None:
        told = [bool(row) and row[0].lstrip().startswith(self.remark) for row in block.rows]
        if any(told):
            rows = list(zip(block.numbers, block.rows, told, strict=True))
            self.remarks += [(number, row) for number, row, remark in rows if remark]
            block.numbers = [number for number, _row, remark in rows if not remark]
            block.rows = [row for _number, row, remark in rows if not remark]

    def _records(self) -> Iterator[list[str]]:
        if self.grid is not None:
            return iter(self.grid)
        return _csv_records(self.sniffed, self.delimiter)

    def _reject(
        self, block: Block, row: int, cells: list[str], code: str, column: str | None = None, value: str | None = None, **facts: str | int
    ) -> None:
        block.odd[row] = cells
        self.rejected.append(Reject(row, column, value, code, facts))

    def _even(self, block: Block, width: int, need: int, last: int) -> None:
        """Leave out blank rows, reject rows with too few or too many cells; `last` is the number of a last row without line end."""
        kept: list[list[str]] = []
        numbers: list[int] = []
        for number, row in zip(block.numbers, block.rows, strict=True):
            count = len(row)
            if not any(map(str.strip, row)):
                continue
            if need <= count <= width:
                kept.append(row if count == width else row + [""] * (width - count))
                numbers.append(number)
                continue
            code = "row_long" if count > width else "row_cut" if number == last else "row_short"
            self._reject(block, number, row, code, cells_found=count, columns=width)
        block.numbers, block.rows = numbers, kept

    def _undamaged(self, block: Block, names: list[str]) -> None:
        kept: list[list[str]] = []
        numbers: list[int] = []
        for number, row in zip(block.numbers, block.rows, strict=True):
            place = next((place for place, cell in enumerate(row) if not cell.isascii() and _DAMAGE.search(cell)), None)
            if place is None:
                kept.append(row)
                numbers.append(number)
            else:
                self._reject(block, number, row, "byte_undecodable", names[place], shown(row[place]), encoding=self.sniffed.encoding)
        block.numbers, block.rows = numbers, kept


def open_tables(sniffed: Sniffed, *, delimiter: str = "", sheet: str = "") -> list[Table]:
    """The tables of a file: one for text and HTML, one a sheet for workbooks. BadInput names what is wrong with the file."""
    if sniffed.kind == "sheet":
        return _sheets(sniffed, sheet)
    if sniffed.kind == "html":
        return [_html(sniffed)]
    _damage.seen = False
    try:
        head_text = _decoded_head(sniffed)
        delimiter = delimiter or _guess_delimiter(head_text)
        head = list(islice(_csv_records(sniffed, delimiter), HEAD_ROWS))
    except LookupError:
        raise BadInput("encoding_unknown", file=sniffed.path.name, encoding=sniffed.encoding) from None
    if head and head[-1] and head[-1][-1].endswith(_END):
        head.pop()
    if any(len(row) > MAX_COLUMNS for row in head):
        raise BadInput("file_no_table", file=sniffed.path.name)
    return [Table(sniffed, "", head, delimiter)]


def _decoded_head(sniffed: Sniffed) -> str:
    with sniffed.path.open("rb") as file:
        decoder = codecs.getincrementaldecoder(sniffed.encoding)("replace")
        return decoder.decode(file.read(SAMPLE))


def _guess_delimiter(head: str) -> str:
    """The mark under which most of the first rows have equally many cells, then the one that makes more cells; else a comma.

    A cell with another mark at its edge is the sign of a wrong cut: of `"1\t","2\t"` at its tabs, say.
    """
    lines = head.splitlines(keepends=True)[:20]
    if lines and (told := re.match(r"sep=(.)\s*$", lines[0])):
        return told[1]
    best, most = ",", (0, 1)
    for mark in _MARKS:
        others = tuple(set(_MARKS) - {mark, "\t"})  # tabs pad cells
        rows = (sum(not (cell.startswith(others) or cell.endswith(others)) for cell in row) for row in csv.reader(lines, delimiter=mark))
        widths = Counter(width for width in rows if width > 1)
        if widths and (found := max((count, width) for width, count in widths.items())) > most:
            best, most = mark, found
    return best


def _csv_records(sniffed: Sniffed, delimiter: str) -> Iterator[list[str]]:
    """Records of the file, then one more cell that tells whether the last quote was closed (see `Table.blocks`)."""
    try:
        with sniffed.path.open(encoding=sniffed.encoding, errors="zhanggui.keep", newline="") as file:
            # A quote that stays open at the end swallows the end mark: so a cut file is told from a whole one.
            yield from csv.reader(chain(file, (_END,)), delimiter=delimiter)
    except csv.Error:
        raise BadInput("file_no_table", file=sniffed.path.name) from None
    except UnicodeError:
        raise BadInput("encoding_wrong", file=sniffed.path.name, encoding=sniffed.encoding) from None
    except OSError as error:
        raise Environment("file_unreadable", file=sniffed.path.name, detail=error.strerror or str(error)) from None


def _ends_with_newline(sniffed: Sniffed) -> bool:
    with sniffed.path.open("rb") as file:
        file.seek(max(0, sniffed.size - 2))
        return file.read().endswith((b"\n", b"\r", b"\n\0"))


def _sheets(sniffed: Sniffed, wanted: str) -> list[Table]:
    tables: list[Table] = []
    for name, first, grid in read_workbook(sniffed.path, sniffed.encoding, wanted):
        rows = [row if all(type(cell) is str for cell in row) else [_text(cell) for cell in row] for row in grid]
        tables.append(Table(sniffed, name, rows[:HEAD_ROWS], grid=rows, first=first))
    if not tables:
        if wanted:
            raise BadInput("sheet_unknown", file=sniffed.path.name, sheet=wanted)
        raise BadInput("file_empty", file=sniffed.path.name)
    return tables


def _text(cell: object) -> str:
    """A workbook's cell as text. Numbers with up to 15 digits, as Excel shows them; a whole number above 2^53 in scientific
    form, because its digits are lost (reference/stack.md 7) and must not pass for an id."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if cell != cell or cell in {float("inf"), float("-inf")}:  # noqa: PLR0124 - the test for NaN
            return ""
        if cell == int(cell):
            return str(int(cell)) if abs(cell) < EXACT else f"{cell:.5E}"
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)


class _Rows(HTMLParser):
    """The rows of the first table that has any; nested tables count as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "tr" and self._tables <= 1:
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self._close()
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        elif tag == "table":
            self._tables += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1].append("".join(self._cell).strip())
        self._cell = None


def _html(sniffed: Sniffed) -> Table:
    """Web pages under the name .xls: shops' tools write them. Undecodable bytes refuse the file."""
    try:
        text = sniffed.path.read_bytes().decode(sniffed.encoding)
    except UnicodeDecodeError:
        raise BadInput("encoding_wrong", file=sniffed.path.name, encoding=sniffed.encoding) from None
    except LookupError:
        raise BadInput("encoding_unknown", file=sniffed.path.name, encoding=sniffed.encoding) from None
    parser = _Rows()
    parser.feed(text)
    parser.close()
    rows = [row for row in parser.rows if row]
    if not rows:
        raise BadInput("html_no_table", file=sniffed.path.name)
    return Table(sniffed, "", rows[:HEAD_ROWS], grid=rows)
