"""The one font of screen, pictures and paper: which file it is, and which characters it lacks.

A static TrueType file serves Qt and ReportLab alike. ReportLab can't read outlines of the CFF kind, and of a variable font it draws
the default instance without a word, so both are refused here. No Qt and no ReportLab: the few tables needed are read directly.
"""

from __future__ import annotations

import os
import struct
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import resources
from services.errors import Environment

BUNDLED = "NotoSansSC-Regular.ttf"

# Looked for by name in the system's font folders, the best first. All have Latin letters and digits too.
SYSTEM_FONTS = (
    "NotoSansSC-Regular.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "LXGWWenKai-Regular.ttf",
    "msyh.ttc",
    "Deng.ttf",
    "simhei.ttf",
    "simsun.ttc",
    "STHeiti Light.ttc",
    "Arial Unicode.ttf",
    "uming.ttc",
)

# A font without one of these can't print a slip: letters, digits, Chinese, the signs of money and of an address.
NEEDED = "A0¥￥元订单淘掌柜，。（）-#"


class UnfitFont(Exception):
    """Not a font that both Qt and ReportLab can draw; the text says why."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A static TrueType font; `subfont_index` is its place in a collection (.ttc), 0 in a plain file."""

    path: Path
    family: str
    subfont_index: int = 0


@lru_cache(maxsize=1)
def font_file() -> FontFile:
    """The bundled font, else the first fit one of the system.

    Raises Environment("font_missing") if there is neither: nothing Chinese could be printed then.
    """
    bundled = resources.path("fonts") / BUNDLED
    for path in (bundled, *_system_candidates(_system_folders())):
        for font in fit_fonts(path):
            return font
    raise Environment("font_missing")


def missing_glyphs(text: str, font: FontFile | None = None) -> tuple[str, ...]:
    """Characters of `text` that the font can't draw, each once, in order of appearance.

    What draws nothing anyway (line ends, joiners, variation selectors) is not counted: leave it out before drawing.
    """
    chosen = font or font_file()
    starts, ends = _coverage(chosen.path, chosen.subfont_index)
    missing: dict[str, None] = {}
    for sign in dict.fromkeys(text):
        code = ord(sign)
        place = bisect_right(starts, code) - 1
        if (place < 0 or code > ends[place]) and not is_invisible(sign):
            missing[sign] = None
    return tuple(missing)


def is_invisible(sign: str) -> bool:
    """Whether a character leaves no mark: control and format characters, variation selectors."""
    return unicodedata.category(sign) in {"Cc", "Cf"} or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def fit_fonts(path: Path) -> Iterator[FontFile]:
    """The fonts of a file that can be used, none if the file is not there or not fit."""
    try:
        count = _subfonts(path)
    except (OSError, UnfitFont, struct.error):
        return
    for index in range(count):
        try:
            family = check_font(path, index)
            font = FontFile(path, family, index)
            if not missing_glyphs(NEEDED, font):
                yield font
        except (OSError, UnfitFont, struct.error):
            continue


def check_font(path: Path, subfont_index: int = 0) -> str:
    """Family name of a fit font. Raises UnfitFont for CFF outlines, variable fonts and what is no TrueType at all."""
    with path.open("rb") as file:
        tables = _tables(file, subfont_index)
        if "fvar" in tables:
            raise UnfitFont("a variable font: only its default instance would be printed")
        if "CFF " in tables or "CFF2" in tables:
            raise UnfitFont("outlines of the CFF kind: ReportLab can't embed them")
        if lacking := {"glyf", "cmap", "name"} - tables.keys():
            raise UnfitFont(f"no table {', '.join(sorted(lacking))}")
        return _family(_read(file, tables["name"]))


# ------------------------------------------------------------------------------------------------------- system folders


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        return [
            Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
            Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft" / "Windows" / "Fonts",
        ]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    data = os.environ.get("XDG_DATA_HOME")
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), (Path(data) if data else home / ".local" / "share") / "fonts"]


def _system_candidates(folders: Iterable[Path]) -> list[Path]:
    """Files with a known name, best name first; the system's own folder before the user's."""
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for parent, children, files in os.walk(folder):
            children.sort()
            for name in files:
                found.setdefault(name.lower(), []).append(Path(parent) / name)
    return [path for name in SYSTEM_FONTS for path in found.get(name.lower(), ())]


# ---------------------------------------------------------------------------------------- the file (OpenType 1.9, sfnt)


def _subfonts(path: Path) -> int:
    with path.open("rb") as file:
        head = file.read(12)
    if len(head) < 12:
        raise UnfitFont("not a font")
    return int(struct.unpack(">I", head[8:12])[0]) if head[:4] == b"ttcf" else 1


def _tables(file: BinaryIO, subfont_index: int) -> dict[str, tuple[int, int]]:
    """Offset and length of each table by its tag."""
    file.seek(0)
    kind = file.read(4)
    start = 0
    if kind == b"ttcf":
        file.seek(12 + 4 * subfont_index)
        (start,) = struct.unpack(">I", file.read(4))
        file.seek(start)
        kind = file.read(4)
    if kind not in {b"\x00\x01\x00\x00", b"true", b"OTTO"}:
        raise UnfitFont("not a TrueType font")
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    directory = file.read(16 * count)
    entries = struct.iter_unpack(">4sIII", directory)
    return {tag.decode("latin-1"): (offset, length) for tag, _sum, offset, length in entries}


def _read(file: BinaryIO, table: tuple[int, int]) -> bytes:
    offset, length = table
    file.seek(offset)
    return file.read(length)


def _family(names: bytes) -> str:
    """The English family name (name 1), which is also what Qt calls the family."""
    _version, count, storage = struct.unpack_from(">HHH", names)
    best = (0, "")
    for place in range(count):
        platform, _encoding, language, name, length, offset = struct.unpack_from(">6H", names, 6 + 12 * place)
        if name != 1 or platform not in {1, 3}:
            continue
        raw = names[storage + offset : storage + offset + length]
        text = raw.decode("utf-16-be" if platform == 3 else "latin-1", "replace")
        best = max(best, (3 if (platform, language) == (3, 0x409) else 2 if platform == 3 else 1, text))
    if not best[1]:
        raise UnfitFont("it has no family name")
    return best[1]


@lru_cache(maxsize=8)
def _coverage(path: Path, subfont_index: int) -> tuple[list[int], list[int]]:
    """First and last code points of the ranges that have a glyph, ascending."""
    with path.open("rb") as file:
        cmap = _read(file, _tables(file, subfont_index)["cmap"])
    (count,) = struct.unpack_from(">H", cmap, 2)
    maps = {}
    for platform, encoding, offset in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count]):
        (form,) = struct.unpack_from(">H", cmap, offset)
        if (platform == 0 or (platform == 3 and encoding in {1, 10})) and form in {4, 12}:
            maps[form] = offset
    if 12 in maps:
        codes = _codes_of_groups(cmap, maps[12])
    elif 4 in maps:
        codes = _codes_of_segments(cmap, maps[4])
    else:
        raise UnfitFont("no Unicode character map")
    if not codes:
        raise UnfitFont("its character map is empty")
    starts, ends = [codes[0]], []
    for before, code in pairwise(codes):
        if code != before + 1:
            ends.append(before)
            starts.append(code)
    ends.append(codes[-1])
    return starts, ends


def _codes_of_groups(cmap: bytes, offset: int) -> list[int]:
    """Format 12: groups of (first, last, glyph of the first). Glyph 0 means none."""
    (count,) = struct.unpack_from(">I", cmap, offset + 12)
    found: set[int] = set()
    for first, last, glyph in struct.iter_unpack(">III", cmap[offset + 16 : offset + 16 + 12 * count]):
        found.update(range(first + (glyph == 0), min(last, sys.maxunicode) + 1))
    return sorted(found)


def _codes_of_segments(cmap: bytes, offset: int) -> list[int]:
    """Format 4: segments, some with a list of glyphs of their own."""
    (doubled,) = struct.unpack_from(">H", cmap, offset + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", cmap, offset + 14)
    firsts = struct.unpack_from(f">{count}H", cmap, offset + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", cmap, offset + 16 + 2 * doubled)
    ranges_at = offset + 16 + 3 * doubled
    ranges = struct.unpack_from(f">{count}H", cmap, ranges_at)
    found: set[int] = set()
    for place, (first, last, delta, shift) in enumerate(zip(firsts, lasts, deltas, ranges, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if shift == 0:
                glyph = (code + delta) & 0xFFFF
            else:
                (glyph,) = struct.unpack_from(">H", cmap, ranges_at + 2 * place + shift + 2 * (code - first))
            if glyph:
                found.add(code)
    return sorted(found)
