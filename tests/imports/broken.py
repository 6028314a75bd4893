"""Files as they should never come: good ones of every kind that we read, broken in one or several ways. The same number gives the same file.

`make(folder, number, more)` writes one; `more` are good files of others to break as well (the reference exports, where they are).
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from tests.imports import sample

Grid = list[list[str]]
Dice = random.Random
_MAGIC = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"\x89PNG\r\n", b"Rar!\x1a\x07", b"\x1f\x8b\x08", b"SQLite format 3\0",
    b"<html>", b"<?xml version='1.0'?>", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x2b\x2f\x76", b"\xff\xfe\0\0", b"\0\0\xfe\xff",
    b"MZ", b"sep=;\r\n", b"GIF89a", b"{", b"\x04\x22\x4d\x18",
)  # fmt: skip
CELLS = (
    "", " ", "\t", "-", "--", "0", "-0", "00", "1e5", "1E+15", "5.01617E+18", "1e400", "-1e-400", "NaN", "inf", "-Infinity", "1_000", "0x1F", "٣٤",
    "१२", "²", "½", "１２３", "９.９", "Ⅷ", "9" * 18, "9" * 19, "9" * 40, "9" * 5_000, "-" + "9" * 30, "99999999999999.99", "92233720368547758.07",
    "92233720368547758.08", "0.001", "0.005", "1.", ".5", ".", ",", "1,2,3", "1.2.3", "¥", "¥-1", "(5.00)", "- 5", "5-", "+5", "5元", "元", "5%",
    "无退款申请", "TRUE", "#N/A", "#REF!", "=1+1", "=cmd|' /C calc'!A0", '="', '=""', '="5016', "'", "''", '"', '""', "NULL", "null", "None", "\0",
    "a\0b", "\r", "\n", "\r\n\r\n", "\x1b[2J", "\x07", "\x7f", "\ufeff", "\ufffe", "\uffff", "\u202e", "\u200b", "\u2028", "𠮷", "👩‍👩‍👧‍👦",
    "é" * 50, "\u0301" * 400, "﷽" * 90, "＊", "***", "*", "{0}", "{file}", "%s%n", "<b>", "&amp;", "]]>", "../../etc/passwd", "a" * 40_000,
    "0000-00-00 00:00:00", "0001-01-01", "9999-12-31 23:59:59", "10000-01-01", "2026-02-30", "2026-13-01", "2026-11-09 24:00:00",
    "2026-11-09 08:60", "1970-01-01 00:00:00", "1900-02-29", "0/0/0", "31/31/2026", "2026年11月9日", "45678.5", "1e9", "-1", "20261109",
    "2026-11-09T08:05:12Z", "2026-11-09 08:05:12+99:99", "交易成功", "等待买家付款", "不知道的状态", "卖家已发货，等待买家确认", "交易关闭",
    "SF1234567890123", "，,，,", "；;；", "省 市 区", "海外 其它 " * 30, "广东省", "(518052)", ")(", "13900000000-", "-1234", "虚拟号[M: ]",
)  # fmt: skip
"""What may stand in any cell of any file."""


# ---------------------------------------------------------------------------------------------------------- good files


@cache
def grids() -> dict[str, Grid]:
    """Good tables by kind: headings, then rows."""

    def grid(headings: Sequence[str], rows: Sequence[dict[str, str]]) -> Grid:
        return [list(headings), *([row.get(heading.strip(), "") for heading in headings] for row in rows)]

    numbers = [str(5_016_165_517_148_046_476 + place) for place in range(12)]
    return {
        "orders": grid(sample.HEADINGS, [sample.order_row(number) for number in numbers]),
        "lines": grid(sample.LINE_HEADINGS, [sample.line_row(number, f"{number}{place}") for number in numbers[:6] for place in (1, 2)]),
        "sold": grid(sample.SOLD_HEADINGS, [sample.sold_row(number) for number in numbers]),
        "refunds": grid(sample.REFUND_HEADINGS, [sample.refund_row(number, f"9{number}") for number in numbers]),
        "goods": grid(
            ("商家编码", "商品名称", "规格", "条形码", "成本价", "价格", "重量", "货位", "库存"),
            [
                {
                    "商家编码": f"CUP-{place}",
                    "商品名称": "茶杯",
                    "条形码": str(690_000_000_000 + place),
                    "成本价": "12.5",
                    "价格": "41.3",
                    "库存": "7",
                }
                for place in range(9)
            ],
        ),
        "tracking": grid(
            ("订单编号", "物流公司", "运单号"),
            [{"订单编号": number, "物流公司": "圆通速递", "运单号": f"YT{number[-13:]}"} for number in numbers],
        ),
    }


def _csv(grid: Grid, dice: Dice) -> bytes:
    mark, end = dice.choice((",", ",", ",", "\t", ";", "|")), dice.choice(("\r\n", "\r\n", "\n", "\r"))
    rows = (mark.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in grid)
    codec = dice.choice(("gb18030", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"))
    return (end.join(rows) + end).encode(codec, "replace")


def _xlsx(grid: Grid, dice: Dice) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": dice.random() < 0.5}) as book:
        page = book.add_worksheet("export")
        for row, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                page.write_string(row, column, _plain(cell)[:32_000])
    return out.getvalue()


def _plain(cell: str) -> str:
    """Without what XML can't hold."""
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", cell)


def _ods(grid: Grid, _dice: Dice) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(_plain(cell))}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in grid
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="export">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def _html(grid: Grid, dice: Dice) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in grid)
    codec, told = dice.choice((("gb18030", "gbk"), ("utf-8", "utf-8"), ("gb18030", "utf-8")))
    return f"<html><head><meta charset={told}></head><body><table>{rows}</table></body></html>".encode(codec, "replace")


_MOST_OLD = 6_000_000
"""Bytes of cells: what the first 109 sectors of the table can tell of, and no more is needed."""


def _xls(grid: Grid, _dice: Dice) -> bytes:
    return compound(biff(grid))


def biff(grid: Grid) -> bytes:
    """A workbook stream of BIFF8: text cells as LABEL records (MS-XLS 2.4.148)."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    cells = bytearray()
    for row, texts in enumerate(grid[:60_000]):
        if len(cells) > _MOST_OLD:
            break
        for column, text in enumerate(texts[:255]):
            wide = text[:2_000].encode("utf-16-le", "surrogatepass")
            cells += record(0x204, struct.pack("<HHHHB", row, column, 0, len(wide) // 2, 1) + wide)
    sheet = begin + bytes(cells) + record(0x0A, b"")
    name = b"\x06\0export"
    head = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0))
    place = len(head) + 4 + 6 + len(name) + 4
    return head + record(0x85, struct.pack("<IH", place, 0) + name) + record(0x0A, b"") + sheet


def compound(stream: bytes) -> bytes:
    """A compound file with this one stream, called Workbook (MS-CFB)."""
    stream = stream.ljust(max(4_096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    fats = -(-(sectors + 2) // 127) + 1
    chain = [*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * fats]
    chain += [0xFFFFFFFF] * (fats * 128 - len(chain))
    first_fat = sectors + 1

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        wide = name.encode("utf-16-le") + b"\0\0"
        tail = struct.pack("<HBBIII16xI8x8xIQ", len(wide), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, 0, start, size)
        return wide.ljust(64, b"\0") + tail

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 0, len(stream)) + b"\0" * 256
    table = [first_fat + place for place in range(fats)] + [0xFFFFFFFF] * (109 - fats)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, sectors, 0, 4_096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    )
    return head + struct.pack("<109I", *table) + stream + directory + struct.pack(f"<{len(chain)}I", *chain)


WRITERS: dict[str, Callable[[Grid, Dice], bytes]] = {"csv": _csv, "xlsx": _xlsx, "xls": _xls, "ods": _ods, "html": _html}


# ------------------------------------------------------------------------------------------------- breaking the table


def _odd_cells(grid: Grid, dice: Dice) -> None:
    for _turn in range(dice.choice((1, 3, 20, 200))):
        row = dice.choice(grid[1:] or grid)
        if row:
            row[dice.randrange(len(row))] = dice.choice(CELLS)


def _odd_column(grid: Grid, dice: Dice) -> None:
    column = dice.randrange(max(1, len(grid[0])))
    for row in grid[1:]:
        if column < len(row):
            row[column] = dice.choice(CELLS)


def _same_column(grid: Grid, dice: Dice) -> None:
    column, cell = dice.randrange(max(1, len(grid[0]))), dice.choice(CELLS)
    for row in grid[1:]:
        if column < len(row):
            row[column] = cell


def _odd_headings(grid: Grid, dice: Dice) -> None:
    for _turn in range(dice.choice((1, 2, 9))):
        grid[0][dice.randrange(len(grid[0]))] = dice.choice((*CELLS, *grids()[dice.choice(list(grids()))][0]))


def _other_headings(grid: Grid, dice: Dice) -> None:
    grid[0] = list(grids()[dice.choice(list(grids()))][0])


def _columns_gone(grid: Grid, dice: Dice) -> None:
    for _turn in range(dice.choice((1, 2, 6))):
        column = dice.randrange(max(1, len(grid[0])))
        for row in grid:
            del row[column : column + 1]


def _columns_shuffled(grid: Grid, dice: Dice) -> None:
    order = list(range(len(grid[0])))
    dice.shuffle(order)
    grid[:] = [[row[place] if place < len(row) else "" for place in order] for row in grid]


def _ragged(grid: Grid, dice: Dice) -> None:
    for row in grid[1:]:
        if dice.random() < 0.4:
            row[:] = row[: dice.randrange(len(row) + 1)] if dice.random() < 0.5 else row + ["x"] * dice.choice((1, 3, 900))


def _wide(grid: Grid, dice: Dice) -> None:
    width = dice.choice((300, 2_000, 16_384, 16_385, 40_000))
    names = [f"列{place}" if dice.random() < 0.9 else "" for place in range(200)]
    for place, row in enumerate(grid[:4]):
        row += [names[column % 200] if place == 0 else "" for column in range(width - len(row))]


def _many_rows(grid: Grid, dice: Dice) -> None:
    row, count = list(grid[-1]), dice.choice((300, 3_000, 12_000))
    grid += [[f"{row[0]}{place}" if dice.random() < 0.99 else row[0], *row[1:]] for place in range(count)]


def _rows_doubled(grid: Grid, dice: Dice) -> None:
    grid += [list(row) for row in grid[: dice.randrange(len(grid)) + 1]]


def _rows_mixed(grid: Grid, dice: Dice) -> None:
    other = grids()[dice.choice(list(grids()))]
    grid[dice.randrange(len(grid)) : 0] = [list(row) for row in other[: dice.randrange(len(other))]]


def _blank_rows(grid: Grid, dice: Dice) -> None:
    for _turn in range(dice.choice((1, 30, 3_000))):
        grid.insert(dice.randrange(len(grid) + 1), [] if dice.random() < 0.5 else [""] * len(grid[0]))


def _headings_alone(grid: Grid, dice: Dice) -> None:
    del grid[1:]
    if dice.random() < 0.5:
        grid *= dice.choice((2, 40))


def _huge_cell(grid: Grid, dice: Dice) -> None:
    row = dice.choice(grid)
    if row:
        row[dice.randrange(len(row))] = dice.choice(("x", "=", "，", "\n", "9", " ")) * dice.choice((33_000, 1_000_000, 5_000_000))


def _turned(grid: Grid, _dice: Dice) -> None:
    grid[:] = [list(column) for column in zip(*[row + [""] * (60 - len(row)) for row in grid], strict=False)]


_OF_GRIDS = (
    _odd_cells, _odd_cells, _odd_column, _same_column, _same_column, _odd_headings, _other_headings, _columns_gone, _columns_shuffled, _ragged,
    _wide, _many_rows, _rows_doubled, _rows_mixed, _blank_rows, _headings_alone, _huge_cell, _turned,
)  # fmt: skip


# ------------------------------------------------------------------------------------------------- breaking the bytes


def _cut(data: bytes, dice: Dice) -> bytes:
    return data[: dice.choice((dice.randrange(len(data) + 1), len(data) - 1, 1, 3, 8, 511))]


def _flipped(data: bytes, dice: Dice) -> bytes:
    found = bytearray(data)
    for _turn in range(dice.choice((1, 4, 40, 400))):
        if found:
            found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def _chunk_gone(data: bytes, dice: Dice) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + data[start + dice.choice((1, 2, 100, 4_096)) :]


def _chunk_again(data: bytes, dice: Dice) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + data[start : start + dice.choice((1, 100, 5_000))] * dice.choice((2, 9)) + data[start:]


def _put_in(data: bytes, dice: Dice) -> bytes:
    some = (b"\0", b"\0" * 5_000, b'"', b'""', b'"' * 9_999, b"\r", b"\n" * 3_000, b"\xff", b"\x80", b"\x81", b"\xe4\xbd", b"\x1a", b",", b";" * 500,
            b",\n" * 8_000, b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", dice.randbytes(300))  # fmt: skip
    start = dice.choice((0, len(data), dice.randrange(len(data) + 1)))
    return data[:start] + dice.choice(some) + data[start:]


def _magic(data: bytes, dice: Dice) -> bytes:
    magic = dice.choice(_MAGIC)
    return magic + (data if dice.random() < 0.5 else data[len(magic) :])


def _noise(_data: bytes, dice: Dice) -> bytes:
    return dice.choice(_MAGIC) + dice.randbytes(dice.choice((0, 9, 700, 60_000)))


def _nothing(_data: bytes, dice: Dice) -> bytes:
    return dice.choice((b"", b"\n", b" " * 900, b"\0" * 70_000, b"\xef\xbb\xbf", b'"', b",", b"\xff\xfe", b"\r\n" * 50_000))


def _other_codec(data: bytes, dice: Dice) -> bytes:
    return data.decode("gb18030", "replace").encode(
        dice.choice(("utf-8", "utf-7", "utf-16", "utf-32", "big5", "latin-1", "shift_jis")), "replace"
    )


def _endless(data: bytes, dice: Dice) -> bytes:
    return data + dice.choice((b'"', b"a", b",", b'"a","', b"\t")) * dice.choice((70_000, 5_000_000, 9_000_000))


_OF_BYTES = (
    _cut, _cut, _flipped, _flipped, _flipped, _chunk_gone, _chunk_again, _put_in, _put_in, _put_in, _magic, _noise, _nothing, _other_codec, _endless,
)  # fmt: skip


# ----------------------------------------------------------------------------------------------- breaking an archive


Entries = dict[str, bytes]
_IN_XML: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
    (rb'\br="([A-Z]+)(\d+)"', (b'r="A0"', b'r="A1048577"', b'r="XFE1"', b'r="ZZZZZZZ9"', b'r="1A"', b'r=""', b'r="A99999999999"', b'r="a-1"', b"")),
    (rb'<row r="(\d+)"', (b'<row r="0"', b'<row r="-4"', b'<row r="1048577"', b'<row r="x"', b"<row", b'<row r="4294967297"')),
    (rb'\bt="(\w+)"', (b't="n"', b't="s"', b't="b"', b't="e"', b't="d"', b't="inlineStr"', b't="str"', b't="?"', b"")),
    (rb"<v>[^<]*</v>", (b"<v>1e999</v>", b"<v>-1</v>", b"<v>99999999999</v>", b"<v></v>", b"<v>nan</v>", b"<v/>", b"<v>\xff</v>", b"<v>2958466.5</v>")),
    (rb'\bs="\d+"', (b's="4000000000"', b's="-1"', b's=""')),
    (rb"<dimension[^>]*>", (b'<dimension ref="A1:XFD1048576"/>', b'<dimension ref="B2:A1"/>', b'<dimension ref=":"/>', b'<dimension ref="A1:ZZZZ99999999"/>', b"")),
    (rb"<t[^>]*>[^<]*</t>", (b"<t>&#0;</t>", b"<t>&#xD800;</t>", b"<t>&boom;</t>", b"<t>_x0000_</t>", b"<t><![CDATA[x]]></t>", b"<t", b"<t></r>")),
    (rb'Target="[^"]*"', (b'Target="../../../etc/passwd"', b'Target=""', b'Target="xl/workbook.xml"', b'Target="http://127.0.0.1/"')),
    (rb"<sheetData>", (b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>', b"<sheetData><sheetData>", b"<sheetData/>")),
    (rb"</sheetData>", (b'</sheetData><mergeCells count="1"><mergeCell ref="A1:A1048576"/></mergeCells>', b"", b"</sheetdata>")),
    (rb'encoding="[^"]*"', (b'encoding="utf-16"', b'encoding="klingon"', b'encoding="gbk"')),
    (rb"<table:table-row>", (b'<table:table-row table:number-rows-repeated="1048576">', b'<table:table-row table:number-rows-repeated="-1">', b"")),
    (rb"<table:table-cell ", (b'<table:table-cell table:number-columns-repeated="16384" ', b'<table:table-cell table:number-columns-repeated="99999999999" ')),
    (rb'value-type="string"', (b'value-type="float" office:value="1e999"', b'value-type="date" office:date-value="x"', b'value-type="?"', b'value-type="time"')),
    (rb"\A", (b'<!DOCTYPE x [<!ENTITY boom "boom">]>', b"\xff\xfe", b"<a>" * 50_000, b"\0")),
    (rb"\Z", (b"</worksheet>", b"<c>" * 90_000, b"&" * 4_000)),
)  # fmt: skip


def _xml_broken(entries: Entries, dice: Dice) -> None:
    for _turn in range(dice.choice((1, 2, 5))):
        name = dice.choice(list(entries))
        pattern, others = dice.choice([pair for pair in _IN_XML if re.search(pair[0], entries[name])] or _IN_XML[-2:])
        places = list(re.finditer(pattern, entries[name]))
        if not places:
            continue
        if dice.random() < 0.3:
            entries[name] = re.sub(pattern, dice.choice(others).replace(b"\\", b""), entries[name])
        else:
            place = dice.choice(places)
            entries[name] = entries[name][: place.start()] + dice.choice(others) + entries[name][place.end() :]


def _entries_swapped(entries: Entries, dice: Dice) -> None:
    one, other = dice.choice(list(entries)), dice.choice(list(entries))
    entries[one], entries[other] = entries[other], entries[one]


def _entry_gone(entries: Entries, dice: Dice) -> None:
    entries.pop(dice.choice(list(entries)))
    entries.setdefault("x", b"")


def _entry_broken(entries: Entries, dice: Dice) -> None:
    name = dice.choice(list(entries))
    entries[name] = dice.choice(_OF_BYTES[:12])(entries[name], dice)


def _entry_renamed(entries: Entries, dice: Dice) -> None:
    name = dice.choice(list(entries))
    entries[dice.choice((name.upper(), name.replace("/", "\\"), f"/{name}", f"../{name}", "", "a" * 60_000))] = entries.pop(name)


def _nested(entries: Entries, dice: Dice) -> None:
    inner = zipped(dict(entries), dice)
    for _turn in range(dice.choice((1, 3))):
        inner = zipped({"a.xlsx": inner}, dice)
    entries[dice.choice(("a.xlsx", "a.zip", *entries))] = inner


def _bomb(entries: Entries, dice: Dice) -> None:
    sheets = [name for name in entries if "sheet1.xml" in name or name == "content.xml"] or list(entries)
    name = dice.choice((sheets[0], sheets[0], "xl/sharedStrings.xml", "xl/styles.xml", "docProps/app.xml"))
    cell = dice.choice((b"<row><c><v>1</v></c></row>", b"<si><t>xxxxxxxx</t></si>", b"<c><v>1</v></c>", b"<row/>", b" ", b"<xf/>", b"<a>",
                        b"<table:table-row><table:table-cell office:value-type='float' office:value='1'/></table:table-row>"))  # fmt: skip
    body = entries.get(name, b"<sst>")
    place = max(body.find(b"<sheetData>") + 11, body.find(b"<table:table-row>"), 11)
    entries[name] = body[:place] + cell * (dice.choice((3, 20, 60)) * 1_000_000 // len(cell)) + body[place:]


def _many_entries(entries: Entries, dice: Dice) -> None:
    entries.update({f"xl/media/{place}": b"" for place in range(dice.choice((500, 20_000)))})


_OF_ARCHIVES = (
    _xml_broken, _xml_broken, _xml_broken, _xml_broken, _entries_swapped, _entry_gone, _entry_broken, _entry_broken, _entry_renamed, _nested, _bomb,
    _many_entries,
)  # fmt: skip


def zipped(entries: Entries, dice: Dice) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2)), compresslevel=1
    ) as archive:
        for name, data in entries.items():
            archive.writestr(name or "x", data)
    return out.getvalue()


def _lying(data: bytes, dice: Dice) -> bytes:
    """Sizes, checksums and methods of the archive's records that say something else than what is there."""
    found = bytearray(data)
    places = [match.start() for match in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    for _turn in range(dice.choice((1, 3))):
        place = dice.choice(places or [0]) + dice.randrange(4, 30)
        value = dice.choice((b"\0", b"\xff\xff", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x63\0", b"\x01\0", dice.randbytes(4)))
        found[place : place + len(value)] = value
    return bytes(found)


def _archive(data: bytes, dice: Dice) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    dice.choice(_OF_ARCHIVES)(entries, dice)
    data = zipped(entries, dice)
    return _lying(data, dice) if dice.random() < 0.15 else data


# ----------------------------------------------------------------------------------------- breaking pages and old books


def _page(data: bytes, dice: Dice) -> bytes:
    tags = (b"<td>", b"</td>", b"<tr>", b"</tr>", b"<table>", b"</table>", b"<td rowspan=99999 colspan=99999>", b"<td colspan=1000>", b"<td rowspan='1000'>",
            b"<td rowspan=-1>", b"<td colspan=\xb2>", b"<!--", b"<![CDATA[", b"<script>", b"&#x110000;", b"&#99999999999;", b"&", b"<", b"<br>", b"<td " + b"a=b " * 9_000,
            b"<table>" * 60, b"<tr>" * 30_000, b"<td>" * 30_000, b"</table></table>", b"<style>", b"<plaintext>", b"<?php", b"<!DOCTYPE", b"<![if")  # fmt: skip
    for _turn in range(dice.choice((1, 4, 40))):
        places = [match.start() for match in re.finditer(rb"<", data)] or [0]
        place = dice.choice(places)
        tag = dice.choice(tags)
        data = data[:place] + tag + (data[place:] if dice.random() < 0.7 else data[data.find(b">", place) + 1 :])
    return data


def _old_book(data: bytes, dice: Dice) -> bytes:
    """Records with other lengths and kinds, cells far away, chains of sectors in a circle."""
    found = bytearray(data)
    places = [match.start() for match in re.finditer(rb"\x04\x02[\s\S]\0|\x09\x08\x10\0|\x85\0\x0e\0", data)] or [512]
    for _turn in range(dice.choice((1, 3, 30))):
        place = dice.choice(
            (
                dice.choice(places) + dice.randrange(12),
                dice.choice(places),
                24 + dice.randrange(60),
                max(0, len(found) - dice.randrange(1, 700)),
            )
        )
        value = dice.choice(
            (
                b"\xff\xff",
                b"\0\0",
                b"\x01\0",
                struct.pack("<H", dice.choice((0xFC, 0xFD, 0xBD, 0x27E, 0x203, 0x06, 0x207, 0x3C, 0x2F, 0x0A, 0xE0, 0x31, 0x3D))),
            )
        )
        found[place : place + 2] = value
    return bytes(found)


def _bomb_whole(dice: Dice) -> tuple[str, bytes]:
    """Small files that ask for much: hundreds of millions of cells, a compressed stretch of one byte, entries in entries."""
    which = dice.randrange(4)
    if which == 0:
        grid = grids()["orders"]
        row = "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in grid[1])
        names = "".join(f'<c t="inlineStr"><is><t>{escape(cell.strip())}</t></is></c>' for cell in grid[0])
        rows = f"<row>{names}</row>" + f"<row>{row}</row>" * dice.choice((20_000, 60_000))
        entries = entries_of(_xlsx(grid, dice))
        sheet = next(name for name in entries if "sheet1.xml" in name)
        entries[sheet] = (
            f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'.encode()
        )
        return "xlsx", zipped(entries, dice)
    if which == 1:
        entries = entries_of(_xlsx(grids()["orders"], dice))
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        filling = b"<row><c><v>1</v></c><c><v>2</v></c></row>" * 100_000
        packed = b"".join(squeezer.compress(filling) for _turn in range(60)) + squeezer.flush()
        entries["xl/media/x.bin"] = packed
        return "xlsx", zipped(entries, dice)
    if which == 2:
        page = "<html><table>" + "<tr>" + "<td colspan=1000 rowspan=1000>a</td>" * dice.choice((3, 900)) + "</tr></table>"
        return "xls", page.encode()
    repeated = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
    entries = entries_of(_ods(grids()["orders"], dice))
    entries["content.xml"] = entries["content.xml"].replace(b"</table:table>", repeated.encode() * dice.choice((1, 16)) + b"</table:table>")
    return "ods", zipped(entries, dice)


def entries_of(data: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# ------------------------------------------------------------------------------------------------------------- a case


_OWN_WAYS: dict[str, Callable[[bytes, Dice], bytes]] = {"xlsx": _archive, "ods": _archive, "html": _page, "xls": _old_book}
_SUFFIXES = ("csv", "xlsx", "xls", "ods", "txt", "tsv", "html", "zip", "")


def make(folder: Path, number: int, more: Sequence[Path] = ()) -> Path:
    """Write the broken file of that number."""
    dice = random.Random(number)
    kind, data = _broken(dice, more)
    suffix = dice.choice(_SUFFIXES) if dice.random() < 0.15 else "xls" if kind == "html" else kind
    path = folder / (f"坏文件 {number}.{suffix}" if suffix else f"坏文件{number}")
    path.write_bytes(data)
    return path


def _broken(dice: Dice, more: Sequence[Path]) -> tuple[str, bytes]:
    if dice.random() < 0.02:
        return _bomb_whole(dice)
    if more and dice.random() < 0.3:
        path = dice.choice(more)
        kind, data, table = path.suffix[1:], path.read_bytes(), False
        kind = "html" if data.lstrip()[:1] == b"<" else kind
    else:
        kind = dice.choice(("csv", "csv", "csv", "xlsx", "xlsx", "xls", "ods", "html"))
        grid = [list(row) for row in grids()[dice.choice(("orders", "orders", "orders", *grids()))]]
        table = dice.random() < 0.45
        for _turn in range(dice.choice((1, 1, 2, 3)) if table else 0):
            dice.choice(_OF_GRIDS)(grid, dice)
            grid[0] = grid[0] or [""]
        data = WRITERS[kind](grid, dice)
    if not table or dice.random() < 0.1:
        own = _OWN_WAYS.get(kind)
        if own is not None and dice.random() < 0.75 and not (own is _archive and not zipfile.is_zipfile(io.BytesIO(data))):
            data = own(data, dice)
        else:
            for _turn in range(dice.choice((1, 1, 2))):
                data = dice.choice(_OF_BYTES)(data, dice)
    return kind, data
