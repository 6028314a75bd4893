"""What kind of file it is, by its bytes, never by its name.

Everything that can't be read is refused with the reason in words (services.words.imports), not with "corrupt".
"""

from __future__ import annotations

import re
import struct
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from dataclasses import dataclass
from pathlib import Path

from services.errors import BadInput, Environment, NotFound

SAMPLE = 65_536
MAX_UNPACKED = 1 << 30
"""A workbook may unpack to this many bytes (1 GiB); more is a bomb or no order list."""

MAX_TEXT = 512 << 20
MAX_BOOK = 256 << 20
MAX_DIRECTORY = 8 << 20
"""Bytes of a text file, of a workbook, and of the list of entries at a workbook's end: order lists have thousandths of that."""

LOOKED_THROUGH = 4 << 20
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
_GB = dict.fromkeys(("gbk", "gb2312", "cp936", "936", "ansi", "chinese"), "gb18030")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*[{\]]")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`kind` is csv, sheet (xlsx, xls, ods: what calamine reads), html or json (an array of objects). `encoding` is a Python codec, or the kind of workbook."""

    path: Path
    kind: str
    encoding: str
    size: int


def sniff(path: Path, encoding: str = "") -> Sniffed:
    """Look at a file. `encoding` overrides what would be guessed of text. BadInput, NotFound or Environment if it can't be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(SAMPLE)
    except FileNotFoundError:
        raise NotFound("file_not_found", file=path.name) from None
    except IsADirectoryError:
        raise BadInput("file_is_folder", file=path.name) from None
    except OSError as error:
        raise Environment("file_unreadable", file=path.name, detail=error.strerror or str(error)) from None
    if not head.strip(b"\0 \t\r\n"):
        raise BadInput("file_empty", file=path.name)
    encoding = _GB.get(encoding.lower().replace("-", "").replace("_", ""), encoding)
    kind = "sheet" if head.startswith((_ZIP, _OLE)) else "html" if _looks_like_html(head) else "json" if _JSON.match(head) else "csv"
    if size > (MAX_TEXT if kind in {"csv", "json"} else MAX_BOOK):
        raise BadInput("file_too_big", file=path.name, size=size >> 20)
    if encoding:
        _usable(path, kind, encoding)
    if kind == "sheet":
        return Sniffed(path, kind, _workbook(path, size) if head.startswith(_ZIP) else _ole(path), size)
    if kind == "html":
        return Sniffed(path, kind, encoding or _html_encoding(head), size)
    if kind == "json":
        return Sniffed(path, kind, encoding or "utf-8-sig", size)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head[:4_000]:
        raise BadInput("workbook_xml", file=path.name)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"SQLite format 3")):
        raise BadInput("file_no_table", file=path.name)
    return Sniffed(path, kind, encoding or text_encoding(path, head), size)


def _usable(path: Path, kind: str, encoding: str) -> None:
    if kind == "sheet":
        raise BadInput("option_unfit_encoding", file=path.name)
    try:
        "".encode(encoding)
    except (LookupError, UnicodeError):
        raise BadInput("encoding_unknown", file=path.name, encoding=encoding) from None


def _workbook(path: Path, size: int) -> str:
    if _directory_size(path, size) > MAX_DIRECTORY:
        raise BadInput("workbook_too_big", file=path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    # zipfile says NotImplementedError of a version or a compression that it does not know.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, OverflowError):
        raise BadInput("workbook_cut", file=path.name) from None
    names = {entry.filename for entry in entries}
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise BadInput("workbook_too_big", file=path.name)
    if any(name.startswith("xl/") for name in names):
        return "xlsb" if "xl/workbook.bin" in names else "xlsx"
    if "content.xml" in names:
        return "ods"
    raise BadInput("zip_no_workbook", file=path.name)


def _directory_size(path: Path, size: int) -> int:
    """Bytes of the list of entries, by the record at the end of the archive: reading the list of a made-up one would take all memory."""
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) < place + 16:
        return 0
    told = int.from_bytes(end[place + 12 : place + 16], "little")
    return size if told == 0xFFFFFFFF else told


def _ole(path: Path) -> str:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise BadInput("workbook_encrypted", file=path.name)
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise BadInput("workbook_ole", file=path.name)


def _looks_like_html(head: bytes) -> bool:
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        head = head[:4_000].decode("utf-16", "replace").encode()
    start = head.lstrip(BOM_UTF8 + b" \t\r\n")[:2_000].lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")) or (
        start.startswith(b"<?xml") and b"<html" in start
    )


def _html_encoding(head: bytes) -> str:
    """What the page says, unless its bytes say otherwise: one that is saved anew often keeps its old words about itself."""
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    told = head.startswith(BOM_UTF8) or b"utf-8" in head[:2_000].lower()
    if _decodes(head, "utf-8"):
        return "utf-8-sig" if told or not head.isascii() else "gb18030"
    return "utf-8-sig" if told and not _decodes(head, "gb18030") else "gb18030"


def text_encoding(path: Path, head: bytes) -> str:
    """The ladder utf-8-sig → utf-8 → gb18030 (reference/taobao.md 2.3, quirk 1).

    Bytes that belong to no encoding do not change the choice: the reader finds them and their rows are rejected.
    """
    if head.startswith(BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head and (wide := _wide(head)):
        return wide
    if _decodes(head, "utf-8"):
        # Twenty Chinese characters can't be valid UTF-8 by chance; a sample of plain ASCII tells nothing.
        if len(head) < SAMPLE or sum(byte >= 0xE0 for byte in head) >= 20:
            return "utf-8"
        return "utf-8" if _whole_file_is_utf8(path) else "gb18030"
    heading = head.split(b"\n", 1)[0]
    if not heading.isascii() and _decodes(heading, "utf-8"):
        return "utf-8"
    return "gb18030"


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: line ends and marks between cells are where only one of the two makes sense."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, "replace")
        if "\0" not in text and "\ufffd" not in text[:-1] and any(mark in text for mark in "\r\n,\t;"):
            return encoding
    return ""


def encoding_name(sniffed: Sniffed) -> str:
    """What the encoding is called to a person: a file without characters of four bytes is plain gbk to whoever made it.

    It is read as gb18030 all the same, of which gbk is a part; only the first megabytes are looked through.
    """
    if sniffed.encoding != "gb18030":
        return sniffed.encoding
    with sniffed.path.open("rb") as file:
        return "gb18030" if _FOUR_BYTES.search(file.read(LOOKED_THROUGH)) else "gbk"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _whole_file_is_utf8(path: Path) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True
