"""One document being made: font, paper, and the tally that becomes the DocumentResult."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from services.documents.boxes import Sheet, reports
from services.documents.data import BoxReport, DocumentResult, Missing, Notice
from services.documents.fonts import paper_font
from services.documents.label_sizes import SheetSize
from services.documents.paper import Paper
from services.words.documents import TERMS


class DocumentRun:
    """Takes laid-out sheets one after the other and numbers the pages. Nothing is written before `finish`."""

    def __init__(self, out: BinaryIO, size: SheetSize, key: str, lang: str) -> None:
        self.font = paper_font()
        self._paper = Paper(out, self.font, size, TERMS["document"][key][1 if lang == "zh" else 0], lang)
        self._boxes: list[BoxReport] = []
        self._missing: list[Missing] = []
        self._refused: list[Notice] = []
        self._notices: list[Notice] = []
        self._orders = 0

    def add(self, order_id: int, name: str, sheets: Sequence[Sheet], lacking: set[str]) -> None:
        """Draw the sheets of one order (or the whole list); `lacking` are its characters without a glyph."""
        for sheet in sheets:
            self._paper.draw(sheet)
            self._boxes.extend(reports(sheet, name, self._paper.pages))
        if lacking:
            self._missing.append(Missing(order_id, name, "".join(sorted(lacking))))
        self._orders += 1

    def refuse(self, order_id: int, number: str, code: str) -> None:
        self._refused.append(Notice(order_id, number, code))

    def notice(self, order_id: int, number: str, code: str) -> None:
        self._notices.append(Notice(order_id, number, code))

    def finish(self, orders: int | None = None) -> DocumentResult:
        """Write the file; `orders` where one sheet stands for several."""
        self._paper.finish()
        return DocumentResult(
            pages=self._paper.pages,
            orders=self._orders if orders is None else orders,
            boxes=tuple(self._boxes),
            missing=tuple(self._missing),
            refused=tuple(self._refused),
            notices=tuple(self._notices),
        )
