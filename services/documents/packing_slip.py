"""The packing slip (发货单): the sheet that goes into the parcel. For the buyer's eyes: no seller's memo, prices only if asked.

One sheet where it fits, with smaller type before a second sheet; long orders go on over numbered sheets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from services.clock import to_local
from services.documents.barcodes import fitting
from services.documents.boxes import Block, Cell, Lay, Rule, Sheet
from services.documents.data import DocumentResult, SlipLine, SlipOrder, full_address
from services.documents.label_sizes import MM, size_of
from services.documents.parts import number_under_bars, quiet_zone, reprint_mark, stacked, visible_width
from services.documents.run import DocumentRun
from services.money import write_amount
from services.progress import SILENT, Progress
from services.words.documents import on_paper

DENSITIES = (1.0, 0.92, 0.84, 0.77)
"""Type sizes that are tried: the largest that needs the fewest sheets is taken."""

_WIDE = 110 * MM
_ROW = 1.3 * MM


def render_slips(
    orders: Iterable[SlipOrder],
    size: str,
    lang: str,
    out: BinaryIO,
    *,
    prices: bool = False,
    zone: str = "Asia/Shanghai",
    progress: Progress = SILENT,
) -> DocumentResult:
    """Write the packing slips of `orders` as one PDF, in their order.

    Raises BadInput `document_size`, Environment for the font, and what `progress` raises; then `out` is untouched.
    """
    sheet_size = size_of(size, "packing_slip")
    given = tuple(orders)
    run = DocumentRun(out, sheet_size, "packing_slip", lang)
    for done, order in enumerate(given):
        progress.step(done, len(given), "packing_slip")
        lacking: set[str] = set()
        layout = SlipLayout(Lay(run.font, sheet_size, lacking), order, lang, prices, zone)
        sheets = layout.sheets()
        for density in DENSITIES[1:]:
            if len(sheets) == 1:
                break
            denser = SlipLayout(Lay(run.font, sheet_size, lacking, density), order, lang, prices, zone).sheets()
            if len(denser) < len(sheets):
                sheets = denser
        if layout.bars is None:
            run.notice(order.order_id, order.number, "no_barcode")
        run.add(order.order_id, order.number, sheets, lacking)
    progress.step(len(given), len(given), "packing_slip")
    return run.finish()


class SlipLayout:
    """One order laid out at one density."""

    def __init__(self, lay: Lay, order: SlipOrder, lang: str, prices: bool, zone: str) -> None:
        self.lay = lay
        self.order = order
        self.lang = lang
        self.prices = prices
        self.zone = zone
        self.wide = lay.width >= _WIDE
        self.right = lay.left + lay.width
        # One quiet zone may lie in the margin, which is blank anyway.
        room = lay.width * (0.56 if self.wide else 1.0) + lay.left - 0.2 * MM
        self.bars = fitting(order.number, room)

    def sheets(self) -> list[Sheet]:
        blocks = [self._head(), self._facts(), self._recipient(), *self._goods(), self._message()]
        return stacked(self.lay, blocks, self._again(), self.lang, self.order.thanks or self._say("thanks"))

    def _say(self, code: str, **facts: object) -> str:
        return on_paper(code, self.lang, **facts)

    def _title(self) -> str:
        return "发货单" if self.lang == "zh" else "Packing slip"

    def _head(self) -> Block:
        return self._wide_head() if self.wide else self._narrow_head()

    def _wide_head(self) -> Block:
        """Shop and title at the left, the barcode at the right edge."""
        lay, order, bars = self.lay, self.order, self.bars
        width = lay.width if bars is None else lay.width - visible_width(bars) - quiet_zone(bars) - 1 * MM
        shop = lay.cell("shop", order.shop_name, lay.left, 0, width, 15, bold=True, shrink=0.72)
        title = lay.cell("title", self._title(), lay.left, shop.bottom + 0.6 * MM, width * 0.5, 10.5)
        title.width = title.needed_width + 0.1
        block = Block([shop, title])
        mark = reprint_mark(lay, self.lang, order.copy, title.y)
        mark.shift(title.x + title.width + 3 * MM)
        block.join(mark)
        if bars is None:
            self._number_alone(block)
        else:
            block.join(number_under_bars(lay, order.number, bars, self.right - visible_width(bars), 0.6 * MM, 10 * MM))
        return block.close()

    def _narrow_head(self) -> Block:
        """Shop and title on one line, the barcode under them, the reprint mark beside it where there is room."""
        lay, order, bars = self.lay, self.order, self.bars
        title = lay.cell("title", self._title(), lay.left, 0.9 * MM, lay.width, 10.5, align=1)
        title.width = title.needed_width + 0.1
        title.x = self.right - title.width
        shop = lay.cell("shop", order.shop_name, lay.left, 0, lay.width - title.width - 3 * MM, 14, bold=True, shrink=0.72)
        block = Block([shop, title]).close()
        y = block.height + 1.4 * MM
        mark = reprint_mark(lay, self.lang, order.copy, y)
        if bars is None:
            self._number_alone(block)
            y = block.height + 1 * MM
            mark = reprint_mark(lay, self.lang, order.copy, y)
            mark.shift(lay.left)
        else:
            x = max(lay.left, quiet_zone(bars) + 0.2 * MM)
            beside = self.right - mark.breadth
            if mark.cells and beside < x + visible_width(bars) + quiet_zone(bars) + 0.5 * MM:
                beside = lay.left
                y += mark.height + 1.4 * MM
            mark.shift(beside)
            block.join(number_under_bars(lay, order.number, bars, x, y, 9.5 * MM))
        block.join(mark)
        return block.close()

    def _number_alone(self, block: Block) -> None:
        words = f"{self._say('number')} {self.order.number}"
        block.cells.append(self.lay.cell("number", words, self.lay.left, block.close().height + 1 * MM, self.lay.width, 10, tail=4))
        block.close()

    def _again(self) -> Block:
        """The head of the second and later sheets."""
        lay, order = self.lay, self.order
        half = lay.width / 2
        title = f"{lay.clip(order.shop_name, half * 0.62, 9)} {self._title()}"
        name = lay.clip(title, half - 2 * MM, 9)
        number = lay.clip(order.number, half, 9)
        block = Block([lay.cell("again", name, lay.left, 0, half - 1 * MM, 9, muted=True)])
        block.cells.append(lay.cell("number", number, lay.left + half, 0, half, 9, align=1, tail=4))
        block.close()
        block.shapes.append(Rule(lay.left, block.height + 1 * MM, lay.width, strong=True))
        return block.close(1.6 * MM)

    def _facts(self) -> Block:
        """Buyer and times in three columns, under a strong line."""
        lay, order = self.lay, self.order
        pairs = [
            ("buyer", self._say("buyer"), order.buyer_nick),
            ("ordered", self._say("ordered"), self._time(order.created_at)),
            ("paid_at", self._say("paid_at"), self._time(order.paid_at)),
        ]
        block = Block(gap=2.2 * MM, shapes=[Rule(lay.left, 0, lay.width, strong=True)])
        gutter = 4 * MM if self.wide else 3 * MM
        times = lay.font.width("2026-12-28 20:28", lay.points(9)) + 0.2
        widths = [lay.width - 2 * (times + gutter), times, times]
        x = lay.left
        for (name, label, value), width in zip(pairs, widths, strict=True):
            head = lay.cell(f"{name} label", label, x, 1.4 * MM, width, 7.2, muted=True)
            block.cells.append(head)
            block.cells.append(lay.cell(name, lay.shown(value) or "-", x, head.bottom, width, 9, shrink=0.8))
            x += width + gutter
        return block.close()

    def _time(self, ms: int | None) -> str:
        return "" if ms is None else f"{to_local(ms, self.zone):%Y-%m-%d %H:%M}"

    def _recipient(self) -> Block:
        """Name, phone and address; the largest type of the sheet after the shop, as the packer checks them against the waybill."""
        lay, order = self.lay, self.order
        block = Block(gap=2 * MM, shapes=[Rule(lay.left, 0, lay.width, strong=False)])
        label = lay.cell("ship_to label", self._say("ship_to"), lay.left, 1.5 * MM, lay.width, 7.2, muted=True)
        block.cells.append(label)
        postcode = Cell("postcode", 0, 0, 0, 0, 0, [])
        if order.postcode.strip(" 0"):
            words = self._say("postcode", postcode=order.postcode)
            postcode = lay.cell("postcode", words, lay.left, label.bottom, lay.width, 9, muted=True, align=1)
        name = lay.cell("recipient", lay.shown(order.recipient) or "-", lay.left, label.bottom, lay.width, 14, bold=True)
        phone = lay.cell("phone", order.phone, lay.left, label.bottom, lay.width, 13)
        street = lay.shown(full_address(order.province, order.city, order.district, order.address)) or "-"
        address = lay.cell("address", street, lay.left, 0, lay.width, 11.5)
        between = 5 * MM
        if name.needed_width + phone.needed_width + postcode.needed_width + 2 * between <= lay.width:
            # All on one line: the name, the phone behind it, the postcode at the right edge.
            name.width = name.needed_width + 0.1
            phone.x += name.width + between
            phone.width = phone.needed_width + 0.1
            postcode.x = self.right - postcode.needed_width - 0.1
            postcode.width = self.right - postcode.x
            postcode.y = name.bottom - postcode.leading - 0.4 * MM
            address.y = max(name.bottom, phone.bottom) + 0.6 * MM
        else:
            phone.y = name.bottom
            address.y = phone.bottom + 0.6 * MM
            postcode.y = address.bottom
            postcode.align = 0.0
        block.cells += [cell for cell in (name, phone, address, postcode) if cell.lines]
        block.loose = True
        return block.close()

    def _columns(self) -> tuple[float, float, float]:
        """Widths of price, amount and quantity at the right edge; the first two only with prices."""
        lay = self.lay
        quantity = 13 * MM if self.wide else 11 * MM
        if not self.prices:
            return 0.0, 0.0, quantity
        money = 20 * MM if self.wide else 16 * MM
        return money, money, quantity if lay.width else 0.0

    def _goods(self) -> list[Block]:
        lay, order = self.lay, self.order
        price, amount, quantity = self._columns()
        title_width = lay.width - price - amount - quantity - 2 * MM
        head = Block(gap=3 * MM, shapes=[Rule(lay.left, 0, lay.width, strong=True)])
        head.cells.append(lay.cell("goods label", self._say("goods"), lay.left, 1.2 * MM, title_width, 7.2, muted=True))
        columns = [("quantity", quantity, self.right)]
        if self.prices:
            columns = [
                ("price", price, self.right - amount - quantity),
                ("quantity", quantity, self.right - amount),
                ("amount", amount, self.right),
            ]
        for name, width, edge in columns:
            head.cells.append(lay.cell(f"{name} label", self._say(name), edge - width, 1.2 * MM, width, 7.2, muted=True, align=1))
        head.close(0.8 * MM)
        rows = [self._row(place, line, title_width, columns) for place, line in enumerate(order.lines, 1)]
        if not rows:
            words = lay.cell("lines_unknown", self._say("lines_unknown"), lay.left, _ROW, lay.width, 9.5)
            return [head, Block([words], [Rule(lay.left, 0, lay.width, strong=False)]).close(_ROW)]
        # The heading stays with the first row.
        first = rows[0]
        for cell in first.cells:
            cell.y += head.height
        first.shapes = [*head.shapes, *(shape._replace(y=shape.y + head.height) for shape in first.shapes)]
        first.cells = [*head.cells, *first.cells]
        first.height += head.height
        first.gap = head.gap
        return [*rows, self._total()]

    def _row(self, place: int, line: SlipLine, title_width: float, columns: list[tuple[str, float, float]]) -> Block:
        lay = self.lay
        block = Block(shapes=[Rule(lay.left, 0, lay.width, strong=False)])
        title = lay.cell(f"title {place}", lay.shown(line.title) or lay.shown(line.code) or "-", lay.left, _ROW, title_width, 10)
        block.cells.append(title)
        if line.properties.strip():
            block.cells.append(
                lay.cell(f"properties {place}", line.properties, lay.left, title.bottom, title_width, 8.8, muted=True, shrink=0.9)
            )
        for name, width, edge in columns:
            if name == "quantity":
                # More than one of a kind is what packers miss.
                many = line.quantity > 1
                text = f"×{line.quantity}" if many else str(line.quantity)
                block.cells.append(
                    lay.cell(f"{name} {place}", text, edge - width, _ROW, width, 11.5 if many else 10, bold=many, align=1, shrink=0.6)
                )
                continue
            fen = line.price if name == "price" or line.price is None else line.price * line.quantity
            if fen is not None:
                block.cells.append(lay.cell(f"{name} {place}", write_amount(fen), edge - width, _ROW, width, 9.5, align=1, shrink=0.6))
        return block.close(_ROW)

    def _total(self) -> Block:
        lay, order = self.lay, self.order
        block = Block(shapes=[Rule(lay.left, 0, lay.width, strong=True)])
        pieces = sum(line.quantity for line in order.lines)
        words = self._say("total", kinds=len(order.lines), pieces=pieces)
        y = _ROW
        if not self.prices:
            block.cells.append(lay.cell("total", words, lay.left, y, lay.width, 10, bold=True, align=1))
            return block.close()
        block.cells.append(lay.cell("total", words, lay.left, y, lay.width * 0.45, 9.5, bold=True))
        middle = self.right - lay.width * 0.42
        amounts = [("goods_amount", order.goods_amount), ("discount", -order.discount), ("freight", order.freight), ("paid", order.paid)]
        for name, fen in amounts:
            if not fen and name == "discount":
                continue
            last = name == "paid"
            label = lay.cell(f"{name} label", self._say(name), middle, y, lay.width * 0.2, 9, muted=not last, bold=last)
            words = f"{'−' if fen < 0 else ''}¥{write_amount(abs(fen))}"
            value = lay.cell(name, words, middle + lay.width * 0.2, y, lay.width * 0.22, 9.5, bold=last, align=1, shrink=0.6)
            block.cells += [label, value]
            y = max(label.bottom, value.bottom)
        return block.close()

    def _message(self) -> Block:
        lay = self.lay
        text = lay.shown(self.order.buyer_message)
        if not text:
            return Block()
        pad = 2 * MM
        label = lay.cell("message label", self._say("message"), lay.left + pad, pad * 0.7, lay.width - 2 * pad, 7.2, muted=True)
        message = lay.cell("message", text, lay.left + pad, label.bottom, lay.width - 2 * pad, 10)
        return Block([label, message], gap=3 * MM, loose=True, frame=(lay.left, lay.width)).close(pad * 0.8)
