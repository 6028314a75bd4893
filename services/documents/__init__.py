"""Documents on paper: packing slips, pick list, address labels, as PDF. Plain values in, a PDF and a DocumentResult out.

No database here, and no ReportLab or PDFium before the first document is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.documents.data import (
    BoxReport,
    DocumentResult,
    LabelOrder,
    Missing,
    Notice,
    PickLine,
    PickList,
    PickShare,
    SlipLine,
    SlipOrder,
)
from services.documents.label import render_labels
from services.documents.label_sizes import SIZES, SheetSize, size_of
from services.documents.packing_slip import render_slips
from services.documents.pick_list import pick_list_of, render_pick_list
from services.documents.preview import page_count, render_page_png

__all__ = [
    "DOCUMENTS",
    "SIZES",
    "BoxReport",
    "DocumentKind",
    "DocumentResult",
    "LabelOrder",
    "Missing",
    "Notice",
    "PickLine",
    "PickList",
    "PickShare",
    "SheetSize",
    "SlipLine",
    "SlipOrder",
    "page_count",
    "pick_list_of",
    "render_labels",
    "render_page_png",
    "render_pick_list",
    "render_slips",
    "size_of",
]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document by key (its words: `document` in services.words) and the sheet it is printed on unless another is asked for."""

    key: str
    usual_size: str

    @property
    def sizes(self) -> tuple[str, ...]:
        return tuple(size.key for size in SIZES if self.key in size.documents)


DOCUMENTS: tuple[DocumentKind, ...] = (
    DocumentKind("packing_slip", "a5"),
    DocumentKind("pick_list", "a4"),
    DocumentKind("label", "100x150"),
)
