"""Packing slips as paper: read back from the PDF, scanned, measured box by box."""

from __future__ import annotations

import io

import pytest

from services.documents import SIZES, render_slips
from services.errors import BadInput, Cancelled
from tests.documents.papers import ADDRESS_120, TITLE_60, decoded, goods, made, names, page_texts, plain, slip, sound

SLIP_SIZES = [size.key for size in SIZES if "packing_slip" in size.documents]


@pytest.mark.parametrize("size", SLIP_SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_title_and_a_long_address_fit_copy_out_and_scan(size: str, lang: str) -> None:
    order = slip(address=ADDRESS_120, lines=(goods(TITLE_60), goods("纯棉短袖T恤", quantity=2)))
    result, pdf = made(render_slips, [order], size, lang)
    sound(result, size, "packing_slip")
    assert (result.pages, result.orders, result.missing, result.refused, result.notices) == (1, 1, (), (), ())
    text = plain(page_texts(pdf)[0])
    assert plain(ADDRESS_120) in text
    assert plain(TITLE_60) in text
    assert "浙江省杭州市余杭区" in text
    assert decoded(pdf, 203) == [order.number]
    assert decoded(pdf, 300) == [order.number]


def test_breaks_in_the_address_are_the_only_thing_the_text_layer_adds() -> None:
    _, pdf = made(render_slips, [slip(address=ADDRESS_120, province="", city="", district="")], "a5", "zh")
    assert ADDRESS_120 in page_texts(pdf)[0].replace("\n", "")


@pytest.mark.parametrize("size", SLIP_SIZES)
def test_many_lines_go_on_over_numbered_sheets(size: str) -> None:
    lines = tuple(goods(f"{TITLE_60[:40]}{place:03}", quantity=place) for place in range(1, 61))
    result, pdf = made(render_slips, [slip(lines=lines)], size, "zh", prices=True)
    sound(result, size, "packing_slip")
    texts = page_texts(pdf)
    assert len(texts) == result.pages > 1
    for place, text in enumerate(texts, 1):
        assert f"{place}/{result.pages}" in text
        assert "4000000012345678901" in text
    everything = plain("".join(texts))
    for place in range(1, 61):
        assert f"{place:03}" in everything
    assert "共60种1830件" in everything
    assert "感谢惠顾" in texts[-1]
    assert "感谢惠顾" not in texts[0]


def test_a_few_lines_too_many_are_set_smaller_instead() -> None:
    def page_count(lines: int) -> tuple[int, float]:
        result, _ = made(render_slips, [slip(lines=(goods(),) * lines)], "a5", "zh")
        return result.pages, next(box.font_size for box in result.boxes if box.name == "title 1")

    assert page_count(3) == (1, 10.0)
    pages, size = page_count(11)
    assert pages == 1
    assert size < 10


def test_prices_only_when_asked() -> None:
    _, without = made(render_slips, [slip()], "a5", "zh")
    _, with_prices = made(render_slips, [slip()], "a5", "zh", prices=True)
    assert "59.90" not in page_texts(without)[0]
    assert "235.60" not in page_texts(without)[0]
    text = plain(page_texts(with_prices)[0])
    assert "59.90×3179.70" in text
    assert "商品金额¥239.60优惠−¥10.00运费¥6.00实付¥235.60" in text


def test_what_the_sheet_says() -> None:
    _, pdf = made(render_slips, [slip()], "a5", "zh")
    text = page_texts(pdf)[0]
    for words in (
        "拾光小铺",
        "发货单",
        "tb小鹿88",
        "欧阳娜娜",
        "13800138000",
        "颜色分类:雾霾蓝",
        "麻烦尽快发货",
        "邮编 311121",
        "感谢惠顾",
    ):
        assert words in text
    assert "2026-11-24 14:00" in text, "the shop's zone"
    assert "补打" not in text


def test_no_english_on_a_chinese_sheet_and_no_chinese_on_an_english_one() -> None:
    bare = slip(
        shop_name="", buyer_nick="1", recipient="1", province="", city="", district="", address="1", buyer_message="1", copy=2,
        lines=(goods("1", properties="", code=""),),
    )  # fmt: skip
    _, zh = made(render_slips, [bare], "a5", "zh", prices=True)
    _, en = made(render_slips, [bare], "a5", "en", prices=True)
    assert not any("a" <= sign.lower() <= "z" for sign in page_texts(zh)[0])
    assert page_texts(en)[0].isascii() or not any("\u4e00" <= sign <= "\u9fff" for sign in page_texts(en)[0])


@pytest.mark.parametrize("size", SLIP_SIZES)
def test_a_reprint_says_so(size: str) -> None:
    result, pdf = made(render_slips, [slip(copy=2)], size, "zh")
    assert "补打 第2次" in page_texts(pdf)[0]
    sound(result, size, "packing_slip")


def test_masked_data_prints_as_it_is() -> None:
    result, pdf = made(render_slips, [slip(masked=True, recipient="欧**", phone="138****8000")], "a5", "zh")
    assert result.refused == ()
    assert "138****8000" in page_texts(pdf)[0]


def test_goods_not_known_yet() -> None:
    _, pdf = made(render_slips, [slip(lines=())], "a5", "zh")
    assert "商品明细尚未导入" in page_texts(pdf)[0]


@pytest.mark.parametrize("number", ["订单-1", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ"])
@pytest.mark.parametrize("size", SLIP_SIZES)
def test_a_number_that_no_barcode_holds_is_printed_and_told(number: str, size: str) -> None:
    result, pdf = made(render_slips, [slip(number=number, copy=2)], size, "zh")
    assert [(notice.number, notice.code) for notice in result.notices] == [(number, "no_barcode")]
    assert "barcode" not in names(result)
    assert number in plain(page_texts(pdf)[0])
    sound(result, size, "packing_slip")


def test_an_overlong_message_goes_on_over_sheets() -> None:
    message = "。".join(f"第{place}句话请务必看完" for place in range(400))
    result, pdf = made(render_slips, [slip(buyer_message=message)], "100x150", "zh")
    sound(result, "100x150", "packing_slip")
    text = plain("".join(page_texts(pdf)))
    assert all(f"第{place}句话" in text for place in (0, 199, 399))


def test_each_order_begins_a_sheet_and_keeps_its_place() -> None:
    orders = [slip(order_id=place, number=f"40000000123456789{place:02}") for place in range(5)]
    result, pdf = made(render_slips, orders, "100x150", "zh")
    assert (result.pages, result.orders) == (5, 5)
    assert [decoded(pdf, 203, page) for page in range(5)] == [[order.number] for order in orders]
    assert {(box.sheet, box.page) for box in result.boxes} == {(order.number, place) for place, order in enumerate(orders, 1)}


def test_the_same_orders_give_the_same_file() -> None:
    assert made(render_slips, [slip()], "a5", "zh")[1] == made(render_slips, [slip()], "a5", "zh")[1]


def test_bars_begin_at_a_whole_dot_and_are_whole_dots() -> None:
    from services.documents.barcodes import DOT
    from services.documents.boxes import Barcode, Lay
    from services.documents.fonts import paper_font
    from services.documents.label_sizes import size_of
    from services.documents.packing_slip import SlipLayout

    for key in SLIP_SIZES:
        size = size_of(key, "packing_slip")
        sheets = SlipLayout(Lay(paper_font(), size, set()), slip(), "zh", prices=False, zone="Asia/Shanghai").sheets()
        (code,) = [shape for _, block in sheets[0] for shape in block.shapes if isinstance(shape, Barcode)]
        assert code.x / DOT == pytest.approx(round(code.x / DOT))
        assert code.dots == 3


def test_a_size_it_is_not_printed_on_is_refused_with_those_it_is() -> None:
    with pytest.raises(BadInput) as caught:
        made(render_slips, [slip()], "76x130", "zh")
    assert caught.value.code == "document_size"
    assert caught.value.facts["sizes"] == "a5, 100x150"


def test_stopping_leaves_the_file_untouched() -> None:
    class Impatient:
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if done == 2:
                raise Cancelled

    out = io.BytesIO()
    with pytest.raises(Cancelled):
        render_slips([slip()] * 5, "a5", "zh", out, progress=Impatient())
    assert out.getvalue() == b""


def test_no_orders_no_file() -> None:
    result, pdf = made(render_slips, [], "a5", "zh")
    assert (result.pages, pdf) == (0, b"")
