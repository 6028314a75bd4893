"""The font of paper: what is missing is seen and told, what is rare copies out right."""

from __future__ import annotations

from services.documents import render_slips
from services.documents.fonts import paper_font, to_unicode_map
from tests.documents.papers import made, page_texts, plain, slip, sound


def test_missing_characters_are_told_by_order_and_stay_in_the_text_layer() -> None:
    orders = [slip(order_id=1), slip(order_id=2, number="4000000012345678902", recipient="欧阳𠮷娜", buyer_message="谢谢😀")]
    result, pdf = made(render_slips, orders, "a5", "zh")
    assert [(told.order_id, told.number, told.characters) for told in result.missing] == [(2, "4000000012345678902", "😀𠮷")]
    sound(result, "a5", "packing_slip")
    first, second = page_texts(pdf)
    assert "〓" not in first
    assert "欧阳𠮷娜" in plain(second)
    assert "谢谢😀" in plain(second)
    assert "U+1F600U+20BB7" in plain(second)


def test_a_missing_character_is_drawn_as_the_mark() -> None:
    font = paper_font()
    lacking: set[str] = set()
    assert font.clean("𠮷", lacking) == "𠮷"
    face = font.font.face
    assert face.charToGlyph[ord("𠮷")] == face.charToGlyph[ord("〓")]
    assert font.width("𠮷", 10) == font.width("〓", 10)
    again: set[str] = set()
    font.clean("𠮷", again)
    assert again == lacking == {"𠮷"}, "told at every print, not only at the first"


def test_rare_characters_beyond_the_first_plane_copy_out_right() -> None:
    result, pdf = made(render_slips, [slip(recipient="金𬬻婷")], "a5", "zh")
    assert result.missing == ()
    assert "金𬬻婷" in plain(page_texts(pdf)[0])


def test_the_map_to_text_is_in_utf_16() -> None:
    text = to_unicode_map("F", [0x41, 0x4E00, 0x2CB3B])
    assert "<00> <0041>" in text
    assert "<01> <4E00>" in text
    assert "<02> <D872DF3B>" in text


def test_controls_become_blanks_and_invisible_signs_go() -> None:
    lacking: set[str] = set()
    clean = paper_font().clean
    assert clean("张\u200b三\u202e\ufe0f", lacking) == "张三"
    assert clean("a\tb\x07c\xa0d", lacking) == "a b c d"
    assert clean("一\r\n二\u2028三", lacking) == "一\n二\n三"
    assert lacking == set()


def test_paragraphs_are_kept_and_empty_ones_left_out() -> None:
    assert paper_font().lines("一二\n\n  三四  \n", 100, 10) == ["一二", "三四"]
    assert paper_font().lines("", 100, 10) == []


def test_many_different_characters_copy_out_across_the_parts_of_the_font() -> None:
    words = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 900))
    result, pdf = made(render_slips, [slip(buyer_message=words)], "a5", "zh")
    sound(result, "a5", "packing_slip")
    assert words in plain("".join(page_texts(pdf))).replace("1/2", "").replace("发货单", "")
