"""Drawing sheets into a PDF: the only place that writes page content. ReportLab is imported at first use.

The content of a page is written as one literal: a text object of the canvas per string costs as much as the whole
layout. Bold is the regular face with a thin stroke, as there is one font file (so is the window's).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from services.documents.barcodes import DOT
from services.documents.boxes import Barcode, Frame, Rule, Shape, Sheet
from services.documents.label_sizes import SheetSize

if TYPE_CHECKING:
    from services.documents.fonts import PaperFont

_BOLD_STROKE = 0.028
"""Stroke of bold type as a share of its size."""
_MIDDLE = 0.38
"""The baseline lies this share of the size below the middle of a line: the ideographic em box is −0.12 to 0.88."""


class Paper:
    """A PDF of sheets of one size. Nothing reaches the file before `finish`."""

    def __init__(self, out: BinaryIO, font: PaperFont, size: SheetSize, title: str, lang: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._font = font
        self._size = size
        self._width, self._height = size.points
        # invariant: the same orders give the same bytes, and the file does not tell when it was made
        self._canvas = Canvas(
            out, pagesize=size.points, pageCompression=1, invariant=1, lang="zh-CN" if lang == "zh" else "en", initialFontName="Helvetica"
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor("")
        self._canvas.setViewerPreference("PrintScaling", "None")
        self._split: dict[str, list[tuple[int, str]]] = {}
        self._grey = "0" if size.thermal else "0.36"
        self.pages = 0

    def draw(self, sheet: Sheet) -> None:
        """Draw one sheet as the next page."""
        content: list[str] = []
        for top, block in sheet:
            for shape in block.shapes:
                self._shape(content, shape, top)
        self._text(content, sheet)
        self._canvas.addLiteral("\n".join(content))
        self._canvas.showPage()
        self.pages += 1

    def finish(self) -> None:
        """Write the file, if there is any page."""
        if self.pages:
            self._canvas.save()

    def _shape(self, content: list[str], shape: Shape, top: float) -> None:
        y = self._height - top - shape.y
        if isinstance(shape, Rule):
            weight, grey = (0.8, "0") if shape.strong else (0.5, "0") if self._size.thermal else (0.4, "0.72")
            content.append(f"{grey} G {weight} w {shape.x:.2f} {y:.2f} m {shape.x + shape.width:.2f} {y:.2f} l S")
        elif isinstance(shape, Frame):
            grey = "0" if self._size.thermal else "0.45"
            content.append(f"{grey} G 0.6 w {shape.x:.2f} {y - shape.height:.2f} {shape.width:.2f} {shape.height:.2f} re S")
        else:
            content.append(self._bars(shape, y - shape.height))

    def _bars(self, code: Barcode, y: float) -> str:
        module = code.dots * DOT
        tail = f" {code.height:.2f} re"
        rectangles = [f"{code.x + left * module:.4f} {y:.2f} {width * module:.4f}{tail}" for left, width in code.bars.bars]
        return "0 g " + " ".join(rectangles) + " f"

    def _text(self, content: list[str], sheet: Sheet) -> None:
        add = content.append
        add("BT 0 g 0 G")
        state: tuple[float, bool, bool] | None = None
        font_now = ""
        for top, block in sheet:
            for cell in block.cells:
                if not cell.lines:
                    continue
                new_state = (cell.size, cell.bold, cell.muted)
                if new_state != state:
                    grey = self._grey if cell.muted else "0"
                    stroke = cell.size * _BOLD_STROKE
                    add(f"{grey} g {grey} G {stroke:.2f} w 2 Tr" if cell.bold else f"{grey} g 0 Tr")
                    state = new_state
                baseline = self._height - top - cell.y - cell.leading / 2 - _MIDDLE * cell.size
                for line in cell.lines:
                    x = cell.x
                    if cell.align:
                        x += (cell.width - self._font.width(line, cell.size)) * cell.align
                    add(f"1 0 0 1 {x:.2f} {baseline:.2f} Tm")
                    if cell.tail:
                        font_now = self._show(add, line[: -cell.tail], cell.size, font_now)
                        add(f"{cell.size * _BOLD_STROKE:.2f} w 2 Tr")
                        font_now = self._show(add, line[-cell.tail :], cell.size, font_now)
                        state = None
                    else:
                        font_now = self._show(add, line, cell.size, font_now)
                    baseline -= cell.leading
        add("0 Tr ET")

    def _show(self, add: Callable[[str], None], text: str, size: float, font_now: str) -> str:
        parts = self._split.get(text)
        document = self._canvas._doc  # noqa: SLF001  the key by which ReportLab keeps a font's subsets
        if parts is None:
            parts = [(subset, chunk.hex()) for subset, chunk in self._font.font.splitString(text, document)]
            self._split[text] = parts
        for subset, codes in parts:
            font = f"{self._font.font.getSubsetInternalName(subset, document)} {size:g} Tf"
            if font != font_now:
                add(font)
                font_now = font
            add(f"<{codes}> Tj")
        return font_now
