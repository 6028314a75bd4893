"""Orders for documents, and what every sheet must keep: boxes hold what they need and don't overlap, text copies out."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pypdfium2
import zxingcpp

from services.documents import DocumentResult, LabelOrder, SlipLine, SlipOrder, size_of

NOW = 1_795_500_000_000
TITLE_60 = "秋冬新款加绒加厚连帽卫衣女宽松韩版中长款百搭外套ins潮学生情侣装大码显瘦休闲上衣学院风（2件装）【包邮】送袜子两双哦！"
ADDRESS_120 = (
    "五常街道文一西路969号未来科技城海创园二期8号楼B座1203室（靠近电梯口，送货前请先打电话，门卫处登记后由西门进入，快递柜已满请勿投递；"
    "谢谢！），旁边是绿地中央广场地铁站C出口步行约三百米处的便利店，放在前台李小姐处代收请签字，多谢您啦"
)
assert len(TITLE_60) == 60
assert len(ADDRESS_120) == 120


def goods(title: str = "手工皂 薰衣草 100g", **facts: Any) -> SlipLine:
    usual: dict[str, Any] = {"title": title, "properties": "颜色分类:雾霾蓝", "code": "WT-001", "bin": "A-1", "quantity": 1, "price": 5990}
    return SlipLine(**(usual | facts))


def slip(**facts: Any) -> SlipOrder:
    usual: dict[str, Any] = {
        "order_id": 7,
        "number": "4000000012345678901",
        "shop_name": "拾光小铺",
        "created_at": NOW,
        "paid_at": NOW + 120_000,
        "buyer_nick": "tb小鹿88",
        "recipient": "欧阳娜娜",
        "phone": "13800138000",
        "province": "浙江省",
        "city": "杭州市",
        "district": "余杭区",
        "address": "文一西路969号3幢1单元1203室",
        "postcode": "311121",
        "buyer_message": "麻烦尽快发货，谢谢老板！",
        "lines": (goods(), goods("纯棉短袖T恤", code="WT-002", quantity=3)),
        "goods_amount": 23960,
        "discount": 1000,
        "freight": 600,
        "paid": 23560,
    }
    return SlipOrder(**(usual | facts))


def parcel(**facts: Any) -> LabelOrder:
    usual: dict[str, Any] = {
        "order_id": 7,
        "number": "4000000012345678901",
        "shop_name": "拾光小铺",
        "recipient": "欧阳娜娜",
        "phone": "13800138000",
        "province": "浙江省",
        "city": "杭州市",
        "district": "余杭区",
        "address": "文一西路969号3幢1单元1203室",
        "postcode": "311121",
        "pieces": 3,
        "sender_phone": "0571-88886666",
        "sender_address": "浙江省金华市义乌市北苑街道88号",
    }
    return LabelOrder(**(usual | facts))


def sound(result: DocumentResult, size: str, document: str) -> None:
    """No box needs more than it has, leaves the sheet or overlaps another."""
    sheet = size_of(size, document)
    pages: dict[int, list[Any]] = {}
    for box in result.boxes:
        assert box.needed_width <= box.width, box
        assert box.needed_height <= box.height, box
        assert box.x >= 0, box
        assert box.y >= 0, box
        assert box.x + box.width <= sheet.width, box
        assert box.y + box.height <= sheet.height, box
        pages.setdefault(box.page, []).append(box)
    assert sorted(pages) == list(range(1, result.pages + 1))
    for boxes in pages.values():
        for one, other in combinations(boxes, 2):
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert apart, (one, other)


def page_texts(pdf: bytes) -> list[str]:
    """The text layer of each page as a reader copies it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[place].get_textpage().get_text_range().replace("\r\n", "\n") for place in range(len(document))]
    finally:
        document.close()


def plain(text: str) -> str:
    """Without blanks and line ends."""
    return "".join(text.split())


def decoded(pdf: bytes, dpi: float, page: int = 0) -> list[str]:
    """What a scanner reads on one page printed at `dpi`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    finally:
        document.close()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def names(result: DocumentResult) -> set[str]:
    return {box.name for box in result.boxes}


def made(render: Any, orders: Iterable[Any] | Any, *arguments: Any, **options: Any) -> tuple[DocumentResult, bytes]:
    out = io.BytesIO()
    result = render(orders, *arguments, out, **options)
    return result, out.getvalue()
