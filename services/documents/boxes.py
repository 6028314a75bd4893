"""Boxes of a sheet: cells of text and shapes in blocks, blocks stacked over pages. No canvas here, points from the top left.

A cell is as high as its lines need, so nothing can run out of its box; what is too much for a sheet goes on
over the next one. Layouts place cells side by side in a block; blocks are only ever stacked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from services.documents.barcodes import DOT, QUIET, Bars
from services.documents.data import BoxReport
from services.documents.label_sizes import MM, SheetSize

if TYPE_CHECKING:
    from services.documents.fonts import PaperFont

_SLACK = 1e-3
LEADING = 1.34
SNUG = 1.22


@dataclass(slots=True)
class Cell:
    """A box of text. `tail` last characters of each line are bold (the tail of an order number)."""

    name: str
    x: float
    y: float
    width: float
    size: float
    leading: float
    lines: list[str]
    bold: bool = False
    muted: bool = False
    align: float = 0.0
    tail: int = 0
    needed_width: float = 0.0

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading

    @property
    def bottom(self) -> float:
        return self.y + len(self.lines) * self.leading


class Rule(NamedTuple):
    """A horizontal line. Strong ones part regions, others rows."""

    x: float
    y: float
    width: float
    strong: bool


class Frame(NamedTuple):
    """The outline of a rectangle."""

    x: float
    y: float
    width: float
    height: float


class Barcode(NamedTuple):
    """Bars from `x` on, which is a whole number of dots from the edge; the quiet zones lie outside."""

    x: float
    y: float
    height: float
    bars: Bars
    dots: int


Shape = Rule | Frame | Barcode


@dataclass(slots=True)
class Block:
    """Cells and shapes that belong together. `gap` is the room kept above it, except at the top of a sheet.

    A `loose` block may be split between its lines wherever a sheet ends; others only if they are higher than a sheet.
    `frame` (left edge, width) is drawn around the whole block, around each part of it if it is split.
    """

    cells: list[Cell] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    height: float = 0.0
    gap: float = 0.0
    loose: bool = False
    frame: tuple[float, float] | None = None

    def close(self, pad: float = 0.0) -> Block:
        """Make the block as high as what is in it and `pad` more."""
        self.height = max((cell.bottom for cell in self.cells), default=0.0)
        for shape in self.shapes:
            self.height = max(self.height, shape.y + (0.0 if isinstance(shape, Rule) else shape.height))
        self.height += pad
        return self

    def join(self, other: Block) -> None:
        """Take in another block's cells and shapes, which are placed from the same corner."""
        self.cells.extend(other.cells)
        self.shapes.extend(other.shapes)

    @property
    def _left(self) -> float:
        return min((part.x for part in (*self.cells, *self.shapes)), default=0.0)

    @property
    def breadth(self) -> float:
        """Points from the leftmost to the rightmost edge."""
        edges = [cell.x + cell.width for cell in self.cells]
        edges += [shape.x + shape.width for shape in self.shapes if not isinstance(shape, Barcode)]
        return max(edges, default=0.0) - self._left

    def shift(self, left: float) -> None:
        """Move all sideways so that the leftmost edge is at `left`."""
        by = left - self._left
        for cell in self.cells:
            cell.x += by
        self.shapes = [shape._replace(x=shape.x + by) for shape in self.shapes]

    def split(self, room: float) -> tuple[Block, Block] | None:
        """What goes into `room` points and what is left, cut between lines; None where not one line fits or all do."""
        head = Block(gap=self.gap, loose=self.loose, frame=self.frame)
        rest: list[Cell] = []
        for cell in self.cells:
            count = min(len(cell.lines), max(0, int((room - cell.y + 1e-6) / cell.leading)))
            if count:
                head.cells.append(_part(cell, cell.lines[:count], cell.y))
            if count < len(cell.lines):
                rest.append(_part(cell, cell.lines[count:], cell.y + count * cell.leading))
        if not head.cells or not rest:
            return None
        head.shapes = [shape for shape in self.shapes if shape.y + (0.0 if isinstance(shape, Rule) else shape.height) <= room + 1e-6]
        top = min(cell.y for cell in rest)
        for cell in rest:
            cell.y -= top
        kept = {id(shape) for shape in head.shapes}
        left = [_moved(shape, -top) for shape in self.shapes if id(shape) not in kept]
        tail = Block(rest, left, loose=self.loose, frame=self.frame)
        tail.close()
        tail.height = max(tail.height, self.height - top)
        return head.close(), tail


def _part(cell: Cell, lines: list[str], y: float) -> Cell:
    part = Cell(cell.name, cell.x, y, cell.width, cell.size, cell.leading, lines, cell.bold, cell.muted, cell.align, cell.tail)
    part.needed_width = cell.needed_width
    return part


def _moved(shape: Shape, by: float) -> Shape:
    return shape._replace(y=max(0.0, shape.y + by))


class Placed(NamedTuple):
    """A block on a sheet, `top` points below its upper edge."""

    top: float
    block: Block


Sheet = list[Placed]


class Lay:
    """Makes cells on one kind of sheet: cleans, measures, breaks. `scale` shrinks all type, down to what can still be read."""

    def __init__(self, font: PaperFont, size: SheetSize, lacking: set[str], scale: float = 1.0) -> None:
        self.font = font
        self.size = size
        self.scale = scale
        self.lacking = lacking
        self.page_width, self.page_height = size.points
        self.left = size.margin * MM
        self.width = self.page_width - 2 * self.left
        self.smallest = 7.0 if size.thermal else 6.5

    def points(self, size: float) -> float:
        """The type size that `size` comes to on this sheet, to a tenth of a point."""
        return max(round(size * self.scale, 1), self.smallest)

    def shown(self, text: str) -> str:
        """What of `text` can be seen: cleaned, and empty where nothing is left of it."""
        return self.font.clean(text, self.lacking).strip()

    def cell(
        self,
        name: str,
        text: str,
        x: float,
        y: float,
        width: float,
        size: float,
        *,
        bold: bool = False,
        muted: bool = False,
        align: float = 0.0,
        shrink: float = 1.0,
        tail: int = 0,
        leading: float = LEADING,
        exact: bool = False,
    ) -> Cell:
        """Break `text` into a box; `align` is 0 left, 0.5 centre, 1 right.

        One line is tried first by setting the type smaller, down to `shrink` of its size; else it is broken at full size.
        `exact` takes `size` as it is, without the scale.
        """
        text = self.font.clean(text, self.lacking)
        size = size if exact else self.points(size)
        natural = self.font.width(text, size) if "\n" not in text else width + 1
        if natural > width and shrink < 1 and "\n" not in text:
            smaller = int(size * width / natural * 10) / 10
            if smaller >= size * shrink and smaller >= self.smallest:
                size, natural = smaller, self.font.width(text, smaller)
        if natural <= width:
            lines = [text] if text else []
            needed = natural
        else:
            lines = self.font.lines(text, width, size)
            needed = max((self.font.width(line, size) for line in lines), default=0.0)
        return Cell(name, x, y, width, size, size * leading, lines, bold, muted, align, tail, needed)

    def clip(self, text: str, width: float, size: float) -> str:
        """`text`, or its beginning and "…" if it is wider than `width` points; only for what is said in full elsewhere."""
        text = self.font.clean(text, self.lacking).replace("\n", " ")
        size = self.points(size)
        if self.font.width(text, size) <= width:
            return text
        while text and self.font.width(text + "…", size) > width:
            text = text[:-1]
        return text + "…"

    def barcode(self, bars: Bars, dots: int, x: float, y: float, height: float) -> Barcode:
        """A barcode whose first bar is at the whole dot nearest to `x`."""
        return Barcode(round(x / DOT) * DOT, y, height, bars, dots)


def paginate(blocks: Sequence[Block], page_height: float, margin: float, footer: float, again: Block) -> list[Sheet]:
    """Stack blocks on sheets; every sheet but the first begins with `again`, `footer` points stay free below."""
    bottom = page_height - margin - footer
    sheets: list[Sheet] = [[]]
    y = margin
    fresh = True

    def turn() -> tuple[float, bool]:
        sheets.append([Placed(margin, again)])
        return margin + again.height, True

    full = bottom - margin - again.height
    for given in blocks:
        block = given
        while True:
            room = bottom - y - (0.0 if fresh else block.gap)
            if block.height <= room + 1e-6:
                break
            if not fresh and not block.loose and block.height <= full:
                y, fresh = turn()
                continue
            parts = block.split(room)
            if parts is not None:
                sheets[-1].append(_place(y + (0.0 if fresh else block.gap), parts[0]))
                block = parts[1]
            elif fresh:
                break  # not one line fits an empty sheet: sizes that small are refused by the test of label_sizes
            y, fresh = turn()
        if not fresh:
            y += block.gap
        elif len(sheets) > 1:  # the head of the sheet ends with a line of its own
            block.shapes = [shape for shape in block.shapes if not (isinstance(shape, Rule) and shape.y <= 0)]
        sheets[-1].append(_place(y, block))
        y += block.height
        fresh = False
    return sheets


def _place(top: float, block: Block) -> Placed:
    if block.frame is not None:
        left, width = block.frame
        block.shapes.append(Frame(left, 0.0, width, block.height))
    return Placed(top, block)


def reports(sheet: Sheet, name: str, page: int) -> Iterator[BoxReport]:
    """The boxes of one sheet in millimetres: cells, and barcodes with their quiet zones."""
    for top, block in sheet:
        for cell in block.cells:
            if cell.lines:
                x, width = _inward(cell.x, cell.width)
                y, height = _inward(top + cell.y, cell.height)
                needed = (
                    min(round(cell.needed_width / MM, 2), width) if cell.needed_width <= cell.width + _SLACK else cell.needed_width / MM
                )
                yield BoxReport(name, page, cell.name, x, y, width, height, cell.size, needed, height)
        for shape in block.shapes:
            if isinstance(shape, Barcode):
                x, width = _inward(shape.x - QUIET * shape.dots * DOT, shape.bars.width(shape.dots))
                y, height = _inward(top + shape.y, shape.height)
                yield BoxReport(name, page, "barcode", x, y, width, height, 0.0, width, height)


def _inward(start: float, length: float) -> tuple[float, float]:
    """A stretch in whole hundredths of a millimetre, rounded inward so that boxes that touch don't seem to overlap."""
    first = ceil(start / MM * 100 - 1e-9)
    last = floor((start + length) / MM * 100 + 1e-9)
    return first / 100, max(0, last - first - 1) / 100
