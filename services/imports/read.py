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
from io import TextIOWrapper
from typing import Self, TextIO, overload

from services.errors import BadInput, Environment
from services.imports.json_rows import JsonRows
from services.imports.records import Reject, shown
from services.imports.sniff import SAMPLE, Sniffed
from services.imports.workbooks import Book
from services.progress import SILENT, Progress

BLOCK = 250
HEAD_ROWS = 12
MAX_LINE = 1 << 22
"""Characters of one line, of one cell, and about as many of a block of rows: so much of a text file is in memory at once, whatever is in it."""

MAX_COLUMNS = 16_384
MOST_UNFIT = 10_000
"""Rows that do not fit the headings. If there are more, and more than of those that do, the headings are not the file's."""

DAMAGE = re.compile("[\udc00-\udcff\0]")
"""Marks a cell with bytes that are no text, or zero."""

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
csv.field_size_limit(MAX_LINE)


@dataclass(slots=True)
class Block:
    """Rows with as many cells as there are headings, and the number of each in the file; `odd` are the rejected ones."""

    numbers: Sequence[int]
    rows: list[list[str]]
    odd: dict[int, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """A csv file, a sheet or an HTML table. `head` are its first rows, among which the headings are looked for; the first of them is row
    `first`. `book` and `place` are where a sheet's rows come from; `fill` are columns whose merged cells count for all their rows. `seen` are the bytes of a text file that were read so far, about.

    Rows that begin with `remark` are put into `remarks` with their number and are no records.
    """

    sniffed: Sniffed
    name: str
    head: list[list[str]]
    delimiter: str = ""
    first: int = 1
    book: Book | JsonRows | None = None
    place: int = 0
    width: int = 0
    total: int | None = None
    fill: list[int] = field(default_factory=list)
    remark: str = ""
    remarks: list[tuple[int, list[str]]] = field(default_factory=list)
    rows: int = 0
    seen: int = 0
    rejected: list[Reject] = field(default_factory=list)

    def blocks(self, heading_row: int) -> Iterator[Block]:
        """The records below `heading_row` (1-based); counts them in `rows`, puts bad ones into `rejected`."""
        self.rows = 0
        self.rejected = []
        self.remarks = []
        names = [name.strip() for name in self.head[heading_row - self.first]]
        width = len(names)
        need = max((place for place, name in enumerate(names) if name), default=-1) + 1
        cut = self.book is None and not _ends_with_newline(self.sniffed)
        for numbers, rows in self._numbered(heading_row):
            block = Block(numbers, rows)
            ended = bool(rows[-1]) and rows[-1][-1].endswith(_END)
            whole = not ended or rows[-1] == [_END]
            if ended:
                last = rows.pop()
                block.numbers = block.numbers[:-1]
                if not whole:
                    last[-1] = last[-1].removesuffix(_END)
                    self._reject(block, numbers[-1], last, "row_cut")
            if self.remark:
                self._take_remarks(block)
                rows = block.rows
            if set(map(len, rows)) - {width} or not all(map(any, rows)):
                self._even(block, width, need, block.numbers[-1] if cut and ended and whole and rows else 0)
            if self.book is None and getattr(_damage, "seen", False):
                self._undamaged(block, names)
            self.rows += len(block.rows) + len(block.odd)
            if block.rows or block.odd:
                yield block

    def _numbered(self, heading_row: int) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        """Blocks of rows below the headings with their numbers; the last record of a text file is `_END`."""
        records = self._text_blocks() if self.book is None else self._sheet_blocks(self.book)
        for numbers, rows in records:
            start = next((place for place, number in enumerate(numbers) if number > heading_row), None)
            if start is not None:
                yield (numbers[start:], rows[start:]) if start else (numbers, rows)

    def _text_blocks(self) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        for numbers, rows, seen in _csv_blocks(self.sniffed, self.delimiter):
            self.seen = seen
            yield numbers, rows

    def _sheet_blocks(self, book: Book | JsonRows) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        for numbers, rows in book.blocks(self.place, self.fill):
            yield numbers, [row + [""] * (self.width - len(row)) for row in rows]

    def expected(self) -> int | None:
        """About how many rows there are, at least those that were read."""
        if self.book is None and self.rows:
            seen = max(1, self.seen)
            return max(self.rows, int(self.rows * (self.sniffed.size / seen)))
        return None if self.total is None else max(self.rows, self.total)

    def _take_remarks(self, block: Block) -> None:
        told = [bool(row) and row[0].lstrip().startswith(self.remark) for row in block.rows]
        if any(told):
            rows = list(zip(block.numbers, block.rows, told, strict=True))
            self.remarks += [(number, row) for number, row, remark in rows if remark]
            block.numbers = [number for number, _row, remark in rows if not remark]
            block.rows = [row for _number, row, remark in rows if not remark]

    def _reject(
        self, block: Block, row: int, cells: list[str], code: str, column: str | None = None, value: str | None = None, **facts: str | int
    ) -> None:
        block.odd[row] = cells
        self.rejected.append(Reject(row, column, value, code, facts))
        if len(self.rejected) > MOST_UNFIT and len(self.rejected) * 2 > self.rows:
            raise BadInput("rows_unfit", file=self.sniffed.path.name, row=self.rejected[0].row, rows=len(self.rejected))

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
            place = next((place for place, cell in enumerate(row) if not cell.isascii() and DAMAGE.search(cell)), None)
            if place is None:
                kept.append(row)
                numbers.append(number)
            else:
                code = "byte_zero" if "\0" in row[place] else "byte_undecodable"
                self._reject(block, number, row, code, names[place], shown(row[place]), encoding=self.sniffed.encoding)
        block.numbers, block.rows = numbers, kept


class Tables(Sequence[Table]):
    """The tables of a file: one for text, one a sheet for workbooks, each looked into when it is asked for. Holds the child that reads
    a workbook: to be closed, by `with`."""

    def __init__(self, sniffed: Sniffed, *, delimiter: str = "", head_rows: int = 0, progress: Progress = SILENT) -> None:
        self.sniffed = sniffed
        self._head_rows = max(HEAD_ROWS, head_rows)
        self._made: dict[int, Table] = {}
        self._book: Book | JsonRows | None = None
        self.names: list[str] = [""]
        if sniffed.kind == "csv":
            self._made[0] = _text_table(sniffed, delimiter, self._head_rows)
        elif sniffed.kind == "json":
            self._book = JsonRows(sniffed)
        else:
            kind = "html" if sniffed.kind == "html" else sniffed.encoding
            self._book = Book(sniffed.path, kind, sniffed.encoding, progress)
            self.names = self._book.names

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, place: int) -> Table: ...

    @overload
    def __getitem__(self, place: slice) -> list[Table]: ...

    def __getitem__(self, place: int | slice) -> Table | list[Table]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        place = range(len(self))[place]
        if place not in self._made and self._book is not None:
            self._made[place] = _sheet_table(self.sniffed, self._book, place, self._head_rows)
        return self._made[place]

    def close(self) -> None:
        """End the child."""
        if self._book is not None:
            self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _sheet_table(sniffed: Sniffed, book: Book | JsonRows, place: int, rows: int) -> Table:
    head = book.head(place, rows)
    if head.width > MAX_COLUMNS:
        raise BadInput("workbook_too_big", file=sniffed.path.name)
    last = head.first + head.height - 1
    return Table(sniffed, book.names[place], head.rows, first=head.first, book=book, place=place, width=head.width, total=last)


def _text_table(sniffed: Sniffed, delimiter: str, rows: int) -> Table:
    _damage.seen = False
    try:
        delimiter = delimiter or _guess_delimiter(_decoded_head(sniffed))
        head: list[list[str]] = []
        for _numbers, some, _seen in _csv_blocks(sniffed, delimiter):
            head += some
            if len(head) >= rows:
                break
    except LookupError:
        raise BadInput("encoding_unknown", file=sniffed.path.name, encoding=sniffed.encoding) from None
    except UnicodeError:
        raise BadInput("encoding_wrong", file=sniffed.path.name, encoding=sniffed.encoding) from None
    if head and head[-1] and head[-1][-1].endswith(_END):
        head.pop()
    if any(len(row) > MAX_COLUMNS for row in head):
        raise BadInput("file_no_table", file=sniffed.path.name)
    return Table(sniffed, "", head[:rows], delimiter)


def _decoded_head(sniffed: Sniffed) -> str:
    with sniffed.path.open("rb") as file:
        decoder = codecs.getincrementaldecoder(sniffed.encoding)("replace")
        return decoder.decode(file.read(SAMPLE))


def _guess_delimiter(head: str) -> str:
    """The mark under which most of the first rows have equally many cells, then the one that makes more cells; else a comma.

    A cell with another mark at its edge is the sign of a wrong cut: of `"1\t","2\t"` at its tabs, say. A row of which most are so is
    none. Cells of several lines make fewer rows than there are lines, so it is the share of rows that counts.
    """
    lines = head.splitlines(keepends=True)[:20]
    if lines and (told := re.match(r"sep=(.)\s*$", lines[0])):
        return told[1]
    best, most = ",", (0.0, 1)
    for mark in _MARKS:
        others = tuple(set(_MARKS) - {mark, "\t"})  # tabs pad cells
        rows = list(csv.reader(lines, delimiter=mark))
        clean = (sum(not (cell.startswith(others) or cell.endswith(others)) for cell in row) for row in rows)
        widths = Counter(width for width, row in zip(clean, rows, strict=True) if width > 1 and 2 * width >= len(row))
        if not widths:
            continue
        count, width = max((count, width) for width, count in widths.items())
        # A quote that no mark closes makes one row of all: that is no likeness.
        share = count / max(len(rows), len(lines) / 4)
        if (share, width) > most:
            best, most = mark, (share, width)
    return best


class _Lines:
    """The lines of a text file, then one more that tells whether the last quote was closed (see `Table.blocks`). What a record
    may take is limited here, because csv.reader limits its cells only."""

    def __init__(self, file: TextIO, name: str) -> None:
        self._file, self._name = file, name
        self._ended = False
        self.record = 1
        self.pending = 0
        """Characters since `record` began."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._ended:
            raise StopIteration
        line = self._file.readline(MAX_LINE)
        if not line:
            self._ended = True
            # A quote that stays open at the end swallows the end mark: so a cut file is told from a whole one.
            return _END
        self.pending += len(line)
        if self.pending >= MAX_LINE:
            raise BadInput("row_endless", file=self._name, row=self.record)
        if "\0" in line:
            _damage.seen = True
        return line


def _csv_blocks(sniffed: Sniffed, delimiter: str) -> Iterator[tuple[range, list[list[str]], int]]:
    """Records of the file with their numbers, and how many bytes of it were read."""
    name = sniffed.path.name
    lines: _Lines | None = None
    try:
        with (
            sniffed.path.open("rb") as bytes_,
            TextIOWrapper(bytes_, encoding=sniffed.encoding, errors="zhanggui.keep", newline="") as file,
        ):
            lines = _Lines(file, name)
            first, size = 1, 0
            rows: list[list[str]] = []
            for row in csv.reader(lines, delimiter=delimiter):
                rows.append(row)
                size += lines.pending
                lines.pending = 0
                lines.record += 1
                if len(rows) == BLOCK or size > MAX_LINE:
                    yield range(first, first + len(rows)), rows, bytes_.tell()
                    first, size, rows = first + len(rows), 0, []
            if rows:
                yield range(first, first + len(rows)), rows, bytes_.tell()
    except csv.Error:
        raise BadInput("row_endless", file=name, row=lines.record if lines else 1) from None
    except UnicodeError:
        raise BadInput("encoding_wrong", file=name, encoding=sniffed.encoding) from None
    except OSError as error:
        raise Environment("file_unreadable", file=name, detail=error.strerror or str(error)) from None


def _ends_with_newline(sniffed: Sniffed) -> bool:
    with sniffed.path.open("rb") as file:
        file.seek(max(0, sniffed.size - 2))
        return file.read().endswith((b"\n", b"\r", b"\n\0"))
