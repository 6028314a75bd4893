"""Pieces that several documents share: the number with its barcode, the reprint mark, footer and page numbers, the note on missing type."""

from __future__ import annotations

from collections.abc import Sequence

from services.documents.barcodes import DOT, QUIET, Bars
from services.documents.boxes import LEADING, Block, Frame, Lay, Placed, Rule, Sheet, paginate
from services.documents.label_sizes import MM
from services.words.documents import on_paper

PAGE_MARK = 12 * MM
_SHOWN_CODES = 12


def number_under_bars(lay: Lay, number: str, found: tuple[Bars, int], x: float, y: float, height: float) -> Block:
    """A barcode whose first bar is at `x`, and the order number under it, its last four characters bold."""
    bars, dots = found
    block = Block()
    code = lay.barcode(bars, dots, x, y, height)
    block.shapes.append(code)
    under = y + height + 0.6 * MM
    block.cells.append(lay.cell("number", number, code.x, under, bars.modules * dots * DOT, 9, align=0.5, tail=4))
    return block.close()


def visible_width(found: tuple[Bars, int]) -> float:
    """Points from the first bar to the last."""
    bars, dots = found
    return bars.modules * dots * DOT


def quiet_zone(found: tuple[Bars, int]) -> float:
    return QUIET * found[1] * DOT


def reprint_mark(lay: Lay, lang: str, copy: int, y: float) -> Block:
    """A framed 补打, to be shifted to its place; empty at the first print."""
    block = Block()
    if copy <= 1:
        return block
    pad = 1.2 * MM
    cell = lay.cell("reprint", on_paper("reprint", lang, copy=copy), pad, y + 0.3 * MM, lay.width / 2, 8.5, bold=True)
    cell.width = cell.needed_width + 0.1
    block.cells.append(cell)
    block.shapes.append(Frame(0, y, cell.width + 2 * pad, cell.height + 0.6 * MM))
    return block.close()


def _missing_note(lay: Lay, lang: str) -> str:
    """What 〓 stands for on this sheet; empty where nothing is missing."""
    lacking = sorted(lay.lacking)
    if not lacking:
        return ""
    codes = " ".join(f"U+{ord(char):04X}" for char in lacking[:_SHOWN_CODES]) + (" …" if len(lacking) > _SHOWN_CODES else "")
    return on_paper("missing", lang, codes=codes)


def stacked(lay: Lay, blocks: Sequence[Block], again: Block, lang: str, closing: str = "") -> list[Sheet]:
    """Blocks over as many sheets as they need: `again` heads all but the first; at the foot of the last stand `closing` and
    what is to say about characters that the font lacks.

    Sheets are numbered 1/2, 2/2 where there are several.
    """
    above = 1.5 * MM
    words = "\n".join(text for text in (_missing_note(lay, lang), closing) if text)
    cell = lay.cell("closing", words, lay.left, above, lay.width - PAGE_MARK, 7.8, muted=True, exact=True)
    height = max(cell.bottom, above + 9 * LEADING)
    sheets = paginate([block for block in blocks if block.height], lay.page_height, lay.left, height + 2 * MM, again)
    top = lay.page_height - lay.left - height
    for place, sheet in enumerate(sheets):
        foot = Block()
        if cell.lines and place == len(sheets) - 1:
            foot.cells.append(cell)
        if len(sheets) > 1:
            mark = lay.cell(
                "page", f"{place + 1}/{len(sheets)}", lay.left + lay.width - PAGE_MARK, above, PAGE_MARK, 9, bold=True, align=1, exact=True
            )
            foot.cells.append(mark)
        if foot.cells:
            foot.shapes.append(Rule(lay.left, 0, lay.width, strong=False))
            sheet.append(Placed(top, foot.close()))
    return sheets
