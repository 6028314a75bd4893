"""The pick list (拣货单): what to fetch from which bin for a batch of orders, summed by bin and SKU, in walking order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from services.clock import to_local
from services.documents.boxes import Block, Frame, Lay, Rule
from services.documents.data import DocumentResult, PickLine, PickList, PickShare, SlipOrder
from services.documents.label_sizes import MM, size_of
from services.documents.parts import reprint_mark, stacked
from services.documents.run import DocumentRun
from services.progress import SILENT, Progress
from services.words.documents import on_paper

SHOWN_ORDERS = 24
"""Orders named in one row; of more, the first and how many there are."""
_TAIL = 4
_ROW = 1.4 * MM
_NUMBER = re.compile(r"(\d+)")


def pick_list_of(orders: Iterable[SlipOrder], shop_name: str, made_at: int) -> PickList:
    """Sum the lines of `orders` by bin and merchant code (by title and properties where there is no code).

    Bins in natural order (A-2 before A-10), goods without a bin last. Orders whose goods are not known are named in `unknown`.
    """
    sums: dict[tuple[str, str, str, str], Counter[str]] = {}
    wording: dict[tuple[str, str, str, str], tuple[str, str]] = {}
    unknown: list[str] = []
    count = 0
    for order in orders:
        count += 1
        if not order.lines:
            unknown.append(order.number)
        for line in order.lines:
            key = (line.bin, line.code, "", "") if line.code else (line.bin, "", line.title, line.properties)
            wording.setdefault(key, (line.title, line.properties))
            sums.setdefault(key, Counter())[order.number] += line.quantity
    lines = [
        PickLine(key[0], key[1], *wording[key], shares.total(), tuple(PickShare(number, units) for number, units in shares.items()))
        for key, shares in sums.items()
    ]
    lines.sort(key=lambda line: (not line.bin.strip(), _natural(line.bin), _natural(line.code), line.title, line.properties))
    return PickList(shop_name, made_at, tuple(lines), count, tuple(unknown))


def _natural(text: str) -> list[tuple[bool, int, str]]:
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _NUMBER.split(text)]


def tails(numbers: Iterable[str]) -> dict[str, str]:
    """The shortest endings, of four characters and up, that tell the numbers of one list apart."""
    left = set(numbers)
    found: dict[str, str] = {}
    length = _TAIL
    while left:
        counts = Counter(number[-length:] for number in left)
        settled = {number for number in left if counts[number[-length:]] == 1 or len(number) <= length}
        found |= {number: number[-length:] for number in settled}
        left -= settled
        length += 2
    return found


def render_pick_list(
    pick: PickList, size: str, lang: str, out: BinaryIO, *, zone: str = "Asia/Shanghai", progress: Progress = SILENT
) -> DocumentResult:
    """Write one pick list as a PDF. Errors as of `render_slips`."""
    sheet_size = size_of(size, "pick_list")
    run = DocumentRun(out, sheet_size, "pick_list", lang)
    lacking: set[str] = set()
    layout = PickLayout(Lay(run.font, sheet_size, lacking), pick, lang, zone)
    blocks = [layout.head()]
    short = tails(share.number for line in pick.lines for share in line.orders)
    for place, line in enumerate(pick.lines, 1):
        progress.step(place - 1, len(pick.lines), "pick_list")
        blocks.append(layout.row(place, line, short))
    blocks += [layout.sum(), layout.unknown()]
    progress.step(len(pick.lines), len(pick.lines), "pick_list")
    run.add(0, "pick_list", stacked(layout.lay, blocks, layout.again(), lang), lacking)
    return run.finish(pick.orders)


class PickLayout:
    """Columns of a pick list on one kind of sheet: tick box, bin, code, goods, quantity, orders."""

    def __init__(self, lay: Lay, pick: PickList, lang: str, zone: str) -> None:
        self.lay = lay
        self.pick = pick
        self.lang = lang
        self.zone = zone
        shares = {"bin": 0.13, "code": 0.18, "quantity": 0.08, "orders": 0.23}
        gutter = 2.4 * MM
        self.tick = 3.2 * MM
        x = lay.left + self.tick + gutter
        goods = lay.width - self.tick - gutter - sum(shares.values()) * lay.width
        self.columns: dict[str, tuple[float, float]] = {}
        for name in ("bin", "code", "goods", "quantity", "orders"):
            width = goods if name == "goods" else shares[name] * lay.width
            last = name == "orders"
            self.columns[name] = (x, width if last else width - gutter)
            x += width

    def _say(self, code: str, **facts: object) -> str:
        return on_paper(code, self.lang, **facts)

    def _summary(self) -> str:
        pieces = sum(line.quantity for line in self.pick.lines)
        return self._say("pick_total", orders=self.pick.orders, kinds=len(self.pick.lines), pieces=pieces)

    def head(self) -> Block:
        lay, pick = self.lay, self.pick
        half = lay.width * 0.5
        right = lay.left + half
        block = Block()
        title = lay.cell("title", "拣货单" if self.lang == "zh" else "Pick list", lay.left, 0, half, 17, bold=True)
        title.width = title.needed_width + 0.1
        mark = reprint_mark(lay, self.lang, pick.copy, 1.2 * MM)
        mark.shift(lay.left + title.width + 4 * MM)
        made = lay.cell("made_at", f"{to_local(pick.made_at, self.zone):%Y-%m-%d %H:%M}", right, 1.6 * MM, half, 9.5, align=1)
        shop = lay.cell("shop", pick.shop_name, lay.left, title.bottom, half - 3 * MM, 9.5, muted=True)
        summary = lay.cell("summary", self._summary(), right, title.bottom - 0.4 * MM, half, 11, bold=True, align=1, shrink=0.7)
        block.cells += [title, made, shop, summary]
        block.join(mark)
        block.close(2 * MM)
        block.join(self._headings(block.height))
        return block.close(0.8 * MM)

    def _headings(self, y: float) -> Block:
        lay = self.lay
        block = Block(shapes=[Rule(lay.left, y, lay.width, strong=True)])
        for name, (x, width) in self.columns.items():
            align = 1.0 if name == "quantity" else 0.0
            block.cells.append(lay.cell(f"{name} label", self._say(name), x, y + 1 * MM, width, 7.5, muted=True, align=align))
        return block

    def again(self) -> Block:
        """The head of the second and later sheets: title, total, headings."""
        lay = self.lay
        half = lay.width / 2
        name = lay.clip(f"{'拣货单' if self.lang == 'zh' else 'Pick list'} {self.pick.shop_name}", half - 3 * MM, 9)
        summary = lay.cell("summary", self._summary(), lay.left + half, 0, half, 9, align=1, shrink=0.7)
        block = Block([lay.cell("again", name, lay.left, 0, half - 2 * MM, 9, muted=True), summary]).close(1 * MM)
        block.join(self._headings(block.height))
        block.close(0.8 * MM)
        block.shapes.append(Rule(lay.left, block.height, lay.width, strong=False))
        return block

    def row(self, place: int, line: PickLine, short: dict[str, str]) -> Block:
        lay = self.lay
        block = Block(shapes=[Rule(lay.left, 0, lay.width, strong=False), Frame(lay.left, _ROW + 0.5 * MM, self.tick, self.tick)])
        many = line.quantity > 1
        bin_x, bin_width = self.columns["bin"]
        code_x, code_width = self.columns["code"]
        goods_x, goods_width = self.columns["goods"]
        quantity_x, quantity_width = self.columns["quantity"]
        orders_x, orders_width = self.columns["orders"]
        where = line.bin.strip() or self._say("no_bin")
        title = lay.cell(f"title {place}", lay.shown(line.title) or lay.shown(line.code) or "-", goods_x, _ROW, goods_width, 9.5)
        block.cells += [
            lay.cell(
                f"bin {place}",
                where,
                bin_x,
                _ROW,
                bin_width,
                10.5 if line.bin.strip() else 9.5,
                bold=bool(line.bin.strip()),
                muted=not line.bin.strip(),
                shrink=0.75,
            ),
            lay.cell(f"code {place}", line.code, code_x, _ROW, code_width, 9.5, shrink=0.8),
            title,
            lay.cell(f"properties {place}", line.properties, goods_x, title.bottom, goods_width, 8.6, muted=True, shrink=0.9),
            lay.cell(
                f"quantity {place}",
                str(line.quantity),
                quantity_x,
                _ROW,
                quantity_width,
                12 if many else 10,
                bold=many,
                align=1,
                shrink=0.6,
            ),
            lay.cell(f"orders {place}", self._orders(line.orders, short), orders_x, _ROW, orders_width, 8, muted=True),
        ]
        return block.close(_ROW)

    def _orders(self, shares: Sequence[PickShare], short: dict[str, str]) -> str:
        words = [short[number] if units == 1 else f"{short[number]}×{units}" for number, units in shares[:SHOWN_ORDERS]]
        if len(shares) > SHOWN_ORDERS:
            words.append(self._say("more_orders", count=len(shares)))
        return " ".join(words)

    def sum(self) -> Block:
        """Two lines to sign on, who picked and who checked; or that there is nothing to do."""
        lay = self.lay
        block = Block(shapes=[Rule(lay.left, 0, lay.width, strong=True)])
        if not self.pick.lines:
            block.cells.append(lay.cell("total", self._say("nothing_to_pick"), lay.left, _ROW, lay.width, 10))
            return block.close()
        x = lay.left
        for name in ("picked_by", "checked_by"):
            cell = lay.cell(name, self._say(name), x, 4 * MM, lay.width * 0.2, 9, muted=True)
            cell.width = cell.needed_width + 0.1
            block.cells.append(cell)
            line = x + cell.width + 2 * MM
            block.shapes.append(Rule(line, cell.bottom - 0.6 * MM, x + lay.width * 0.46 - line, strong=False))
            x += lay.width * 0.54
        return block.close(0.5 * MM)

    def unknown(self) -> Block:
        if not self.pick.unknown:
            return Block()
        lay = self.lay
        label = lay.cell("unknown label", self._say("unknown"), lay.left, 0, lay.width, 8.5)
        numbers = lay.cell("unknown", "  ".join(self.pick.unknown), lay.left, label.bottom, lay.width, 8.5, muted=True)
        return Block([label, numbers], gap=3 * MM, loose=True).close()
