"""The recovery code of an owner on a sheet of its own: the way back into the shop, to be kept where the shop's papers are."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from services.clock import to_local
from services.documents.boxes import Block, Frame, Lay
from services.documents.data import DocumentResult
from services.documents.label_sizes import MM, size_of
from services.documents.parts import stacked
from services.documents.run import DocumentRun
from services.words import term

KIND = "recovery_sheet"


def write_recovery_sheet(path: Path, shop: str, name: str, code: str, now: int, zone: str, lang: str, size: str = "a5") -> DocumentResult:
    """Write the sheet as a PDF to `path`. Raises OSError, and errors as of `render_slips`."""
    sheet = size_of(size, KIND)
    out = BytesIO()
    run = DocumentRun(out, sheet, KIND, lang)
    lacking: set[str] = set()
    lay = Lay(run.font, sheet, lacking)
    title = lay.cell("title", term(KIND, "title", lang), lay.left, 0, lay.width, 16, bold=True)
    told = f"{shop} · {name} · {to_local(now, zone):%Y-%m-%d %H:%M}"
    under = lay.cell("shop", told, lay.left, title.bottom, lay.width, 9.5, muted=True)
    top = under.bottom + 5 * MM
    shown = lay.cell("code", code, lay.left, top + 4 * MM, lay.width, 20, bold=True, align=0.5, shrink=0.5)
    frame = Frame(lay.left, top, lay.width, shown.height + 8 * MM)
    words = lay.cell("words", term(KIND, "words", lang), lay.left, top + frame.height + 5 * MM, lay.width, 9.5)
    run.add(0, KIND, stacked(lay, [Block([title, under, shown, words], [frame]).close()], Block(), lang), lacking)
    result = run.finish(0)
    path.write_bytes(out.getvalue())
    return result
