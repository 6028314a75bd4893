"""The address label (地址标签): where a parcel goes, large. It is not a carrier's waybill and says so; masked addresses are refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from services.documents.barcodes import fitting
from services.documents.boxes import SNUG, Block, Frame, Lay, Rule, Sheet
from services.documents.data import DocumentResult, LabelOrder, full_address
from services.documents.label_sizes import MM, SheetSize, size_of
from services.documents.parts import number_under_bars, quiet_zone, reprint_mark, stacked, visible_width
from services.documents.run import DocumentRun
from services.fonts import is_invisible
from services.progress import SILENT, Progress
from services.words.documents import on_paper

SCALES = (1.25, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Type sizes that are tried: as large as one label holds."""


def refusal(order: LabelOrder) -> str | None:
    """Why no label is made, as a code of `document_notice`; None where one is.

    A `*` in recipient, phone or address is the platform's mask: such a parcel would not arrive (domain: orders).
    """
    if order.masked or any("*" in text for text in (order.recipient, order.phone, order.address)):
        return "masked"
    if not _is_shown(order.recipient) or not _is_shown(order.address):
        return "no_address"
    return None


def _is_shown(text: str) -> bool:
    return any(not sign.isspace() and not is_invisible(sign) for sign in text)


def barcode_room(size: SheetSize) -> float:
    """Points for a barcode with its quiet zones, which may lie in the margins."""
    return (size.width - 1) * MM


def render_labels(orders: Iterable[LabelOrder], size: str, lang: str, out: BinaryIO, *, progress: Progress = SILENT) -> DocumentResult:
    """Write the address labels of `orders` as one PDF; those that can't have one are in `refused`. Errors as of `render_slips`."""
    sheet_size = size_of(size, "label")
    given = tuple(orders)
    run = DocumentRun(out, sheet_size, "label", lang)
    for done, order in enumerate(given):
        progress.step(done, len(given), "label")
        reason = refusal(order)
        if reason is not None:
            run.refuse(order.order_id, order.number, reason)
            continue
        lacking: set[str] = set()
        sheets: list[Sheet] = []
        for scale in SCALES:
            sheets = LabelLayout(Lay(run.font, sheet_size, lacking, scale), order, lang).sheets()
            if len(sheets) == 1:
                break
        if fitting(order.number, barcode_room(sheet_size)) is None:
            run.notice(order.order_id, order.number, "no_barcode")
        run.add(order.order_id, order.number, sheets, lacking)
    progress.step(len(given), len(given), "label")
    return run.finish()


class LabelLayout:
    """One label at one scale of type. A short word in a narrow column at the left names each part."""

    def __init__(self, lay: Lay, order: LabelOrder, lang: str) -> None:
        self.lay = lay
        self.order = order
        self.lang = lang
        self.right = lay.left + lay.width
        self.bars = fitting(order.number, barcode_room(lay.size))
        self.column = (8 if lang == "zh" else 11) * MM

    def _say(self, code: str, **facts: object) -> str:
        return on_paper(code, self.lang, **facts)

    def sheets(self) -> list[Sheet]:
        blocks = [self._strip(), self._to(), self._from(), self._number()]
        return stacked(self.lay, blocks, self._again(), self.lang, self._say("label_closing"))

    def _strip(self) -> Block:
        """What this is, and what it is not; its type does not grow with the address."""
        lay = self.lay
        pad = 1.6 * MM
        words = lay.cell("no_waybill", self._say("no_waybill"), 0, 0.7 * MM, lay.width, 10.5, bold=True, exact=True)
        words.width = words.needed_width + 0.1
        words.x = self.right - pad - words.width
        room = words.x - pad - 2 * MM - lay.left
        title = lay.cell("title", self._say("label_title"), lay.left, 0.4 * MM, room, 12, bold=True, exact=True, shrink=0.6)
        frame = Frame(words.x - pad, 0.1 * MM, words.width + 2 * pad, words.height + 1.2 * MM)
        return Block([title, words], [frame]).close()

    def _part(self, name: str, y: float, size: float) -> Block:
        """An empty part under a line, its word at the left."""
        lay = self.lay
        word = lay.cell(f"{name} label", self._say(name), lay.left, y, self.column - 1 * MM, size, bold=True, exact=True)
        return Block([word], [Rule(lay.left, 0, lay.width, strong=True)], gap=1.8 * MM)

    def _to(self) -> Block:
        lay, order = self.lay, self.order
        x = lay.left + self.column
        width = lay.width - self.column
        block = self._part("to", 2.6 * MM, 14)
        recipient = lay.cell("recipient", order.recipient, x, 2 * MM, width, 19, bold=True, shrink=0.8, leading=SNUG)
        phone = lay.cell("phone", order.phone, x, recipient.bottom + 0.5 * MM, width, 17, shrink=0.8, leading=SNUG)
        street = full_address(order.province, order.city, order.district, order.address)
        address = lay.cell("address", street, x, phone.bottom + 1.2 * MM, width, 15)
        block.cells += [recipient, phone, address]
        if order.postcode.strip(" 0"):
            words = self._say("postcode", postcode=order.postcode)
            block.cells.append(lay.cell("postcode", words, x, address.bottom + 0.6 * MM, width, 11))
        block.loose = True
        return block.close(1 * MM)

    def _from(self) -> Block:
        lay, order = self.lay, self.order
        x = lay.left + self.column
        width = lay.width - self.column
        block = self._part("from", 1.4 * MM, 10.5)
        y = 1.4 * MM
        for name, text in (("shop", order.shop_name), ("sender_phone", order.sender_phone), ("sender_address", order.sender_address)):
            if text.strip():
                cell = lay.cell(name, text, x, y, width, 10 if name == "shop" else 9, shrink=0.85)
                block.cells.append(cell)
                y = cell.bottom
        return block.close()

    def _number(self) -> Block:
        """The order number with its barcode; pieces and reprint mark on the line above."""
        lay, order, bars = self.lay, self.order, self.bars
        block = Block(gap=1.8 * MM, shapes=[Rule(lay.left, 0, lay.width, strong=True)])
        y = 1.6 * MM
        mark = reprint_mark(lay, self.lang, order.copy, y)
        if order.pieces > 0 or mark.cells:
            mark.shift(self.right - mark.breadth)
            words = self._say("pieces", pieces=order.pieces) if order.pieces > 0 else ""
            pieces = lay.cell("pieces", words, lay.left, y, lay.width - mark.breadth - 2 * MM, 10)
            block.join(mark)
            if pieces.lines:
                block.cells.append(pieces)
            y = max(pieces.bottom, mark.height) + 1.2 * MM
        if bars is None:
            words = f"{self._say('number')} {order.number}"
            block.cells.append(lay.cell("number", words, lay.left, y, lay.width, 10, tail=4))
        else:
            x = max(quiet_zone(bars) + 0.2 * MM, lay.left + (lay.width - visible_width(bars)) / 2)
            block.join(number_under_bars(lay, order.number, bars, x, y, 11 * MM))
        return block.close()

    def _again(self) -> Block:
        lay = self.lay
        half = lay.width / 2
        block = Block([lay.cell("again", self._say("label_title"), lay.left, 0, half - 1 * MM, 9, exact=True)])
        block.cells.append(lay.cell("number", lay.clip(self.order.number, half, 9), lay.left + half, 0, half, 9, align=1, tail=4))
        block.close(1 * MM)
        block.shapes.append(Rule(lay.left, block.height, lay.width, strong=True))
        return block.close(1 * MM)
