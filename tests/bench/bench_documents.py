"""1,000 A5 slips with Code 128 against a bare ReportLab loop that draws the same strings and bars (design/quality.md: ≤ 2×).

Run: pytest -m bench -s tests/bench/bench_documents.py. CPU time, median of five, both in the same run.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from services.documents import SlipLine, SlipOrder, render_slips, size_of
from services.documents.barcodes import DOT
from services.documents.boxes import Barcode, Lay, Sheet
from services.documents.fonts import paper_font
from services.documents.packing_slip import SlipLayout

ORDERS = 1000
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_ROADS = "中山人民解放建设和平长江黄河文化新华胜利友谊学院湖滨花园"
_GOODS = ("手工皂 薰衣草 100g", "纯棉短袖T恤女宽松白色上衣", "秋冬新款加绒加厚连帽卫衣女宽松韩版中长款百搭外套", "陶瓷马克杯带盖勺")


def _order(index: int) -> SlipOrder:
    name = _SURNAMES[index % len(_SURNAMES)] + _ROADS[index * 7 % len(_ROADS)] + _ROADS[index * 3 % len(_ROADS)]
    road = _ROADS[index % len(_ROADS)] + _ROADS[index * 5 % len(_ROADS)]
    lines = tuple(
        SlipLine(_GOODS[(index + k) % len(_GOODS)], f"颜色分类:雾霾蓝;尺码:{'SML'[k % 3]}", f"WT-{k:03}", "A-01", 1 + k % 2, 5990)
        for k in range(1 + index % 3)
    )
    return SlipOrder(
        order_id=index,
        number=str(4_000_000_012_345_678_901 + index * 97),
        shop_name="拾光小铺",
        created_at=1_795_500_000_000 + index * 60_000,
        paid_at=1_795_500_060_000 + index * 60_000,
        buyer_nick=f"tb{index * 7919 % 1_000_000}",
        recipient=name,
        phone=f"138{index * 7919 % 100_000_000:08}",
        province="浙江省",
        city="杭州市",
        district="余杭区",
        address=f"{road}路{index % 900 + 1}号{road}小区{index % 30 + 1}幢{index % 6 + 1}单元{index % 2000:04}室",
        postcode="311121",
        buyer_message="麻烦尽快发货，谢谢！" if index % 4 == 0 else "",
        lines=lines,
    )


def _strings_and_bars(
    orders: list[SlipOrder],
) -> list[tuple[list[tuple[float, float, float, str, int]], list[tuple[float, float, float, float]]]]:
    """What our layout puts on each page, as a bare loop would be given it: strings with place and size, bars as rectangles."""
    size = size_of("a5", "packing_slip")
    font = paper_font()
    height = size.points[1]
    pages = []
    for order in orders:
        sheets: list[Sheet] = SlipLayout(Lay(font, size, set()), order, "zh", prices=False, zone="Asia/Shanghai").sheets()
        for sheet in sheets:
            strings = []
            bars = []
            for top, block in sheet:
                for cell in block.cells:
                    for place, line in enumerate(cell.lines):
                        y = height - top - cell.y - (place + 0.8) * cell.leading
                        strings.append((cell.size, cell.x, y, line, 2 if cell.bold else 0))
                for shape in block.shapes:
                    if isinstance(shape, Barcode):
                        module = shape.dots * DOT
                        y = height - top - shape.y - shape.height
                        bars += [(shape.x + left * module, y, width * module, shape.height) for left, width in shape.bars.bars]
            pages.append((strings, bars))
    return pages


def _bare(pages: list[tuple[list[tuple[float, float, float, str, int]], list[tuple[float, float, float, float]]]]) -> None:
    font = paper_font()
    canvas = Canvas(io.BytesIO(), pagesize=size_of("a5", "packing_slip").points, pageCompression=1)
    for strings, bars in pages:
        for size, x, y, text, mode in strings:
            canvas.setFont(font.name, size)
            canvas.drawString(x, y, text, mode=mode)
        for x, y, width, height in bars:
            canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.bench
def test_a_thousand_slips() -> None:
    orders = [_order(index) for index in range(ORDERS)]
    pages = _strings_and_bars(orders)
    floor: list[float] = []
    ours: list[float] = []
    for _ in range(5):
        paper_font().measured.cache_clear()
        ours.append(_cpu(lambda: render_slips(orders, "a5", "zh", io.BytesIO())))
        floor.append(_cpu(lambda: _bare(pages)))
    ratio = statistics.median(ours) / statistics.median(floor)
    print(
        f"\n{ORDERS} A5 slips: {statistics.median(ours):.2f} s, bare canvas {statistics.median(floor):.2f} s, ratio {ratio:.2f} (must 2, aim 1.5)"
    )
    assert len(pages) == ORDERS
