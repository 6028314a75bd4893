"""The one font: what is taken, what is refused, and that its missing characters are known before anything is drawn."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

import resources
from services import fonts
from services.errors import Environment
from services.fonts import FontFile, UnfitFont, check_font, fit_fonts, font_file, missing_glyphs

BUNDLED = resources.path("fonts") / fonts.BUNDLED


def renamed_table(old: bytes, new: bytes) -> bytes:
    """The bundled font with one table's tag changed."""
    content = bytearray(BUNDLED.read_bytes())
    count = struct.unpack_from(">H", content, 4)[0]
    for place in range(12, 12 + 16 * count, 16):
        if content[place : place + 4] == old:
            content[place : place + 4] = new
            return bytes(content)
    raise AssertionError(f"the bundled font has no table {old!r}")


def collection(*members: bytes) -> bytes:
    """A TrueType collection of whole fonts, their tables' offsets moved."""
    head = 12 + 4 * len(members)
    offsets, body = [], b""
    for member in members:
        start = head + len(body)
        offsets.append(start)
        moved = bytearray(member)
        for place in range(12, 12 + 16 * struct.unpack_from(">H", moved, 4)[0], 16):
            struct.pack_into(">I", moved, place + 8, struct.unpack_from(">I", moved, place + 8)[0] + start)
        body += bytes(moved)
    return b"ttcf" + struct.pack(f">II{len(members)}I", 0x00010000, len(members), *offsets) + body


@pytest.fixture
def no_bundled_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system whose only font folder is the one given back, and a program without its own font."""
    monkeypatch.setattr(resources, "path", lambda name: tmp_path / "nothing" / name)
    monkeypatch.setattr(fonts, "_system_folders", lambda: [tmp_path / "system"])
    monkeypatch.setattr(fonts, "font_file", fonts.font_file.__wrapped__)
    (tmp_path / "system" / "truetype").mkdir(parents=True)
    return tmp_path / "system" / "truetype"


def test_bundled_font_comes_first() -> None:
    assert font_file() == FontFile(BUNDLED, "Noto Sans SC", 0)


def test_licence_lies_beside_the_font() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in BUNDLED.with_name("OFL.txt").read_text("utf-8")


def test_qt_knows_the_font_by_the_same_family(qapp: object) -> None:
    from PySide6.QtGui import QFontDatabase

    assert QFontDatabase.hasFamily(font_file().family)


def test_missing_characters_are_told_once_and_in_order() -> None:
    assert missing_glyphs("𠮷野家 😀 订单 😀") == ("𠮷", "😀")


def test_rare_names_and_plain_text_are_there() -> None:
    assert missing_glyphs("㛃 䶮 𬬻 王小明 上海市浦东新区 ￥34.10 ABC-123 ，。：；！？《》…—“”") == ()


def test_what_draws_nothing_is_not_missing() -> None:
    assert missing_glyphs("订\n单\t\u200d\ufe0f\u200b") == ()


def test_characters_known_are_those_that_reportlab_draws() -> None:
    from reportlab.pdfbase.ttfonts import TTFontFile

    drawn = {code for code, glyph in TTFontFile(str(BUNDLED)).charToGlyph.items() if glyph}
    for code in (*range(0x20, 0x3000), *range(0x3400, 0xA000), *range(0xF900, 0x10000), *range(0x1F300, 0x1F700), *range(0x20000, 0x20200)):
        sign = chr(code)
        if not fonts.is_invisible(sign):
            assert (missing_glyphs(sign) == ()) == (code in drawn), f"U+{code:04X}"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [(b"GSUB", b"fvar", "variable"), (b"glyf", b"CFF ", "CFF"), (b"glyf", b"CFF2", "CFF"), (b"cmap", b"xxxx", "cmap")],
)
def test_unfit_fonts_are_refused(tmp_path: Path, old: bytes, new: bytes, reason: str) -> None:
    unfit = tmp_path / "unfit.ttf"
    unfit.write_bytes(renamed_table(old, new))
    with pytest.raises(UnfitFont, match=reason):
        check_font(unfit)
    assert list(fit_fonts(unfit)) == []


@pytest.mark.parametrize("content", [b"", b"OTTO", b"<html>not found</html>", b"ttcf\x00\x01\x00\x00\x00\x00\x00\x02"])
def test_what_is_no_font_is_passed_over(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "wqy-microhei.ttc"
    file.write_bytes(content)
    assert list(fit_fonts(file)) == []


def test_system_font_stands_in_and_unfit_ones_are_skipped(no_bundled_font: Path) -> None:
    (no_bundled_font / "NotoSansSC-Regular.ttf").write_bytes(renamed_table(b"glyf", b"CFF "))
    (no_bundled_font / "wqy-microhei.ttc").write_bytes(collection(renamed_table(b"GSUB", b"fvar"), BUNDLED.read_bytes()))
    font = fonts.font_file()
    assert font == FontFile(no_bundled_font / "wqy-microhei.ttc", "Noto Sans SC", 1)
    assert missing_glyphs("订单😀", font) == ("😀",)


def test_font_without_chinese_does_not_stand_in(no_bundled_font: Path) -> None:
    latin = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
    (no_bundled_font / "simhei.ttf").write_bytes(latin.read_bytes() if latin else renamed_table(b"glyf", b"CFF "))
    with pytest.raises(Environment) as caught:
        fonts.font_file()
    assert caught.value.code == "font_missing"
