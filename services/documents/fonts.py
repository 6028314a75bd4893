"""The font of all paper: registered with ReportLab at the first print, with its widths and its missing characters.

A character without a glyph is drawn as 〓 (the printers' mark for a missing type) and stays itself in the text
layer, so that a rare name is seen to be missing on paper and still copies out right.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from services.documents.breaker import Measured
from services.errors import Environment
from services.fonts import font_file, is_invisible

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

MARK = "〓"
_NAME = "ZhangguiPaper"
_NEWLINES = dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n")
_lock = threading.Lock()


class Widths(dict[str, float]):
    """Advance of each character in em, filled at first use."""

    def __init__(self, font: TTFont) -> None:
        self._face = font.face

    def __missing__(self, char: str) -> float:
        width: float = self._face.charWidths.get(ord(char), self._face.defaultWidth) / 1000
        self[char] = width
        return width


class PaperFont:
    """A registered font: cleans text, tells what it lacks, measures."""

    def __init__(self, name: str, font: TTFont) -> None:
        self.name = name
        self.font = font
        self.widths = Widths(font)
        self._known = frozenset(char for char in map(chr, font.face.charToGlyph) if _is_drawn(char)) | {" ", "\u3000"}
        self._mark = font.face.charToGlyph.get(ord(MARK), 0)
        self.measured = lru_cache(maxsize=4096)(self._measured)

    def clean(self, text: str, lacking: set[str]) -> str:
        """`text` as it can be drawn: line ends as "\\n", other controls as blanks, invisible format characters dropped.

        Characters without a glyph stay in the text, draw as 〓 and are added to `lacking`.
        """
        if self._known.issuperset(text):
            return text
        text = text.replace("\r\n", "\n").translate(_NEWLINES)
        return "".join([char if char in self._known or char == "\n" else self._odd(char, lacking) for char in text])

    def _odd(self, char: str, lacking: set[str]) -> str:
        category = unicodedata.category(char)
        if category == "Cs":
            char = "\ufffd"
            if char in self._known:
                lacking.add(char)
                return char
        if category in {"Cc", "Zs"}:
            return " "
        if is_invisible(char):
            return ""
        lacking.add(char)
        face = self.font.face
        face.charWidths[ord(char)] = face.charWidths.get(ord(MARK), face.defaultWidth)
        face.charToGlyph[ord(char)] = self._mark
        return char

    def width(self, text: str, size: float) -> float:
        """Points that `text` takes at `size`, blanks at its end not counted."""
        return sum(map(self.widths.__getitem__, text.rstrip())) * size

    def _measured(self, text: str) -> Measured:
        return Measured(text, self.widths)

    def lines(self, text: str, width: float, size: float) -> list[str]:
        """Lines of cleaned `text` in a box `width` points wide."""
        room = width / size
        if "\n" not in text:
            text = text.strip()
            return self.measured(text).lines(room) if text else []
        parts = [part.strip() for part in text.split("\n")]
        return [line for part in parts if part for line in self.measured(part).lines(room)]


def _is_drawn(char: str) -> bool:
    return unicodedata.category(char) not in {"Cs", "Zs", "Zl", "Zp"} and not is_invisible(char)


@lru_cache(maxsize=1)
def _load(path: str, subfont_index: int) -> PaperFont:
    from reportlab.pdfbase import pdfmetrics, ttfonts

    ttfonts.makeToUnicodeCMap = to_unicode_map
    try:
        font = ttfonts.TTFont(_NAME, path, subfontIndex=subfont_index)
    except (ttfonts.TTFError, OSError) as error:
        raise Environment("font_unusable", file=path, detail=str(error)) from error
    pdfmetrics.registerFont(font)
    return PaperFont(_NAME, font)


def paper_font() -> PaperFont:
    """The font of the house, loaded once. Raises Environment `font_unusable`, and what `font_file` raises where there is none."""
    file = font_file()
    with _lock:
        return _load(str(file.path), file.subfont_index)


def to_unicode_map(font_name: str, subset: list[int]) -> str:
    """ReportLab's map from glyph codes to text, mended: characters beyond U+FFFF are written as UTF-16 surrogates.

    ReportLab 5.1 writes them as five hex digits, which readers cut (𬬻 copied out as ⲳ); PDF 32000-1, 9.10.3 asks UTF-16BE.
    A section holds at most 100 entries there.
    """
    entries = [f"<{index:02X}> <{_utf16(code)}>" for index, code in enumerate(subset)]
    sections = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            f"<< /Registry ({font_name})",
            f"/Ordering ({font_name})",
            "/Supplement 0",
            ">> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *(line for section in sections for line in (f"{len(section)} beginbfchar", *section, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be", "surrogatepass").hex().upper()
