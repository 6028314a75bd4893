"""What holds for every document: each size fits the worst case, hostile text, words for every code, nothing heavy at import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from services.documents import (
    DOCUMENTS,
    SIZES,
    DocumentResult,
    page_count,
    pick_list_of,
    render_labels,
    render_page_png,
    render_pick_list,
    render_slips,
    size_of,
)
from services.documents.data import full_address
from services.documents.label_sizes import OWN_PAPERS
from services.errors import BadInput
from services.words import errors, term
from services.words.documents import TERMS
from tests.documents.papers import ADDRESS_120, NOW, TITLE_60, goods, made, page_texts, parcel, plain, slip, sound

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [(document.key, size) for document in DOCUMENTS for size in document.sizes]


def worst(document: str, size: str, lang: str) -> tuple[DocumentResult, bytes]:
    """Everything at its longest: 60-character titles and properties, 120-character address, 2,000-character message, 40 lines."""
    long = {
        "shop_name": "拾光小铺官方旗舰店" * 4,
        "recipient": "阿依古丽·买买提江·" * 4,
        "address": ADDRESS_120,
        "phone": "13800138000-12345",
        "copy": 12,
    }
    slip_long = {
        "buyer_nick": "很长的买家昵称tb_1234567890" * 3,
        "buyer_message": "请尽快发货，谢谢！" * 220,
        "lines": tuple(
            goods(
                f"{TITLE_60}", properties=TITLE_60, code=f"SKU-2024-SPRING-{place:04}", bin=f"仓库一-A-{place:02}-03", quantity=place * 99
            )
            for place in range(1, 41)
        ),
        "goods_amount": 999_999_999_99,
        "paid": 999_999_999_99,
    }
    if document == "packing_slip":
        return made(render_slips, [slip(**long, **slip_long)], size, lang, prices=True)
    if document == "label":
        return made(render_labels, [parcel(**long, sender_address=ADDRESS_120)], size, lang)
    orders = [slip(number=f"4000000012345{place:06}", **long, **slip_long) for place in range(30)]
    return made(render_pick_list, pick_list_of(orders, "拾光小铺官方旗舰店" * 4, NOW), size, lang)


@pytest.mark.parametrize(("document", "size"), PAIRS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_size_holds_the_worst_case(document: str, size: str, lang: str) -> None:
    result, pdf = worst(document, size, lang)
    sound(result, size, document)
    text = plain("".join(page_texts(pdf)))
    assert plain(TITLE_60 if document == "pick_list" else ADDRESS_120)[:20] in text
    assert page_count(pdf) == result.pages


def test_every_size_serves_a_document_and_every_usual_size_is_one_of_its_sizes() -> None:
    keys = {document.key for document in DOCUMENTS} | OWN_PAPERS
    assert all(size.documents <= keys and size.documents for size in SIZES)
    assert len({size.key for size in SIZES}) == len(SIZES)
    assert all(document.usual_size in document.sizes for document in DOCUMENTS)


@pytest.mark.parametrize(("document", "size"), PAIRS)
def test_pages_have_the_size_asked_for(document: str, size: str) -> None:
    import pypdfium2

    _, pdf = worst(document, size, "zh")
    sheet = size_of(size, document)
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert (width, height) == pytest.approx(sheet.points, abs=0.01)


def test_hostile_strings_stay_text_inside_their_boxes(reference: Path) -> None:
    strings: list[str] = json.loads((reference / "blns" / "blns.json").read_text("utf-8"))
    for size in ("a5", "100x150"):
        orders = [
            slip(
                order_id=place,
                number=str(4_000_000_012_345_678_000 + place),
                shop_name=text,
                buyer_nick=text,
                recipient=text,
                phone=text[:40],
                address=text,
                buyer_message=text,
                lines=(goods(text, properties=text),),
            )
            for place, text in enumerate(strings)
        ]
        result, _ = made(render_slips, orders, size, "zh")
        sound(result, size, "packing_slip")
        assert result.orders == len(strings)
    parcels = [parcel(number=text or "1", recipient=text, address=text, shop_name=text) for text in strings]
    result, _ = made(render_labels, parcels, "76x130", "zh")
    sound(result, "76x130", "label")
    assert result.orders + len(result.refused) == len(strings)


def test_hostile_text_copies_out_as_text() -> None:
    nasty = "<b>(x)\\) Tj ET</b> {0} %s $(id) ; DROP TABLE"
    _, pdf = made(render_slips, [slip(buyer_message=nasty)], "a5", "zh")
    assert plain(nasty) in plain(page_texts(pdf)[0])


@pytest.mark.parametrize("text", ["\ud800", "\x00\x1b[31m", "\U0010ffff", "e\u0301" * 30, "\u202e反", "م" * 50, "👨\u200d👩\u200d👧"])
def test_odd_characters_never_break_a_sheet(text: str) -> None:
    result, pdf = made(render_slips, [slip(recipient=text, address=text, buyer_message=text)], "a5", "zh")
    sound(result, "a5", "packing_slip")
    assert page_count(pdf) == 1


def test_every_code_has_words_in_both_languages() -> None:
    for document in DOCUMENTS:
        assert term("document", document.key, "zh") != document.key
    for pairs in TERMS.values():
        for english, chinese in pairs.values():
            assert english
            assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese)
    assert {"document_size", "font_unusable", "document_page", "document_unreadable"} <= set(errors())


def test_a_preview_is_a_picture_of_the_page() -> None:
    _, pdf = made(render_slips, [slip(), slip()], "a5", "zh")
    picture = render_page_png(pdf, 2, 96)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == pytest.approx(148 / 25.4 * 96, abs=2)
    with pytest.raises(BadInput) as caught:
        render_page_png(pdf, 3, 96)
    assert caught.value.facts == {"page": 3, "pages": 2}
    with pytest.raises(BadInput) as caught:
        page_count(b"no pdf")
    assert caught.value.code == "document_unreadable"


def test_regions_are_not_said_twice() -> None:
    assert full_address("浙江省", "杭州市", "余杭区", "文一西路1号") == "浙江省 杭州市 余杭区 文一西路1号"
    assert full_address("上海", "上海", "浦东新区", "张江路1号") == "上海 浦东新区 张江路1号"
    assert full_address("浙江省", "杭州市", "余杭区", "浙江省杭州市余杭区文一西路1号") == "浙江省杭州市余杭区文一西路1号"
    assert full_address("", "", "", " 文一西路1号 ") == "文一西路1号"


def test_nothing_heavy_is_loaded_by_import() -> None:
    code = (
        "import sys, services.documents; print([m for m in ('reportlab', 'pypdfium2', 'PIL', 'sqlalchemy', 'PySide6') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
