"""Sheets and labels that documents are printed on, as data. A new size is one entry in SIZES; a test says if it does not fit."""

from __future__ import annotations

from dataclasses import dataclass

from services.errors import BadInput

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class SheetSize:
    """A sheet in millimetres. `thermal` sheets come from a 203 dpi label printer: black only, no greys, no fine lines."""

    key: str
    width: float
    height: float
    margin: float
    thermal: bool
    documents: frozenset[str]

    @property
    def points(self) -> tuple[float, float]:
        return self.width * MM, self.height * MM


SIZES: tuple[SheetSize, ...] = (
    SheetSize("a4", 210, 297, 12, False, frozenset({"pick_list", "evidence"})),
    SheetSize("a5", 148, 210, 10, False, frozenset({"packing_slip", "pick_list", "seal_sheet", "recovery_sheet"})),
    SheetSize("100x150", 100, 150, 5, True, frozenset({"packing_slip", "label"})),
    SheetSize("76x130", 76, 130, 4, True, frozenset({"label"})),
)


OWN_PAPERS = frozenset({"evidence", "seal_sheet", "recovery_sheet"})
"""Papers of the shop itself, which no print of orders offers; the others are in services.documents.DOCUMENTS."""


def size_of(key: str, document: str) -> SheetSize:
    """The sheet by its key. Raises BadInput `document_size` with the keys that this document can be printed on."""
    fitting = [size for size in SIZES if document in size.documents]
    for size in fitting:
        if size.key == key:
            return size
    raise BadInput("document_size", size=key, document=document, sizes=", ".join(size.key for size in fitting))
