"""Address labels: large, never taken for a waybill, never made of masked data."""

from __future__ import annotations

import pytest

from services.documents import SIZES, render_labels
from services.words import term
from tests.documents.papers import ADDRESS_120, decoded, made, page_texts, parcel, plain, sound

LABEL_SIZES = [size.key for size in SIZES if "label" in size.documents]


@pytest.mark.parametrize("size", LABEL_SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_address_fits_copies_out_and_scans(size: str, lang: str) -> None:
    result, pdf = made(render_labels, [parcel(address=ADDRESS_120, recipient="欧阳娜娜娜娜娜娜娜", copy=2)], size, lang)
    sound(result, size, "label")
    assert result.pages == 1
    assert plain(ADDRESS_120) in plain(page_texts(pdf)[0])
    assert decoded(pdf, 203) == ["4000000012345678901"]
    assert decoded(pdf, 300) == ["4000000012345678901"]


@pytest.mark.parametrize("size", LABEL_SIZES)
def test_it_says_what_it_is_not(size: str) -> None:
    _, pdf = made(render_labels, [parcel()], size, "zh")
    text = plain(page_texts(pdf)[0])
    assert "地址标签" in text
    assert "非快递面单" in text


def test_a_short_address_is_set_larger() -> None:
    def type_size(address: str) -> float:
        result, _ = made(render_labels, [parcel(address=address)], "76x130", "zh")
        return next(box.font_size for box in result.boxes if box.name == "address")

    assert type_size("文一西路1号") > 1.4 * type_size(ADDRESS_120)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"masked": True}, "masked"),
        ({"phone": "138****8000"}, "masked"),
        ({"recipient": "欧*"}, "masked"),
        ({"address": "文一西路***号"}, "masked"),
        ({"address": "  "}, "no_address"),
        ({"recipient": ""}, "no_address"),
    ],
)
def test_what_would_not_arrive_is_refused_with_the_reason(facts: dict[str, object], code: str) -> None:
    result, pdf = made(render_labels, [parcel(**facts), parcel(order_id=8, number="4000000012345678902")], "100x150", "zh")
    assert [(refused.order_id, refused.code) for refused in result.refused] == [(7, code)]
    assert (result.pages, result.orders) == (1, 1)
    assert "4000000012345678901" not in page_texts(pdf)[0]
    assert term("document_notice", code, "zh") != code


def test_all_refused_no_file() -> None:
    result, pdf = made(render_labels, [parcel(masked=True)], "100x150", "zh")
    assert (result.pages, result.orders, pdf) == (0, 0, b"")


def test_a_number_that_no_barcode_holds_is_told() -> None:
    result, pdf = made(render_labels, [parcel(number="订单1")], "76x130", "zh")
    assert [notice.code for notice in result.notices] == ["no_barcode"]
    assert "订单1" in page_texts(pdf)[0]
