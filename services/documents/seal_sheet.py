"""A seal of the trail on a sheet of its own, to be printed and kept where nobody of the shop can change it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from services.clock import to_local
from services.documents.boxes import Block, Frame, Lay
from services.documents.label_sizes import MM, size_of
from services.documents.parts import stacked
from services.documents.run import DocumentRun
from services.words import term

if TYPE_CHECKING:
    from services.documents.data import DocumentResult
    from services.seals import SealRow


def render_seal(seal: SealRow, shop: str, zone: str, lang: str, out: BinaryIO, size: str = "a5") -> DocumentResult:
    """Write the sheet as a PDF. Errors as of `render_slips`."""
    sheet = size_of(size, "seal_sheet")
    run = DocumentRun(out, sheet, "seal_sheet", lang)
    lacking: set[str] = set()
    lay = Lay(run.font, sheet, lacking)
    day = f"{date.fromordinal(seal.day):%Y-%m-%d}"
    title = lay.cell("title", term("seal_sheet", "title", lang), lay.left, 0, lay.width, 16, bold=True)
    under = lay.cell(
        "shop", f"{shop} · {day} · {to_local(seal.at, zone):%Y-%m-%d %H:%M}", lay.left, title.bottom, lay.width, 9.5, muted=True
    )
    top = under.bottom + 5 * MM
    code = lay.cell("code", seal.code, lay.left, top + 4 * MM, lay.width, 20, bold=True, align=0.5, shrink=0.5)
    frame = Frame(lay.left, top, lay.width, code.height + 8 * MM)
    told = term("seal_sheet", "words", lang).format(seq=f"{seal.seq:,}", day=day, code=seal.code)
    words = lay.cell("words", told, lay.left, top + frame.height + 5 * MM, lay.width, 9.5)
    block = Block([title, under, code, words], [frame]).close()
    run.add(0, "seal_sheet", stacked(lay, [block], Block(), lang), lacking)
    return run.finish(0)
