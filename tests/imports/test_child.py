"""The child that reads workbooks: what kills it is a message, nothing of it stays, and it can be stopped at any time."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from desktop.__main__ import WORD
from services.errors import BadInput, Cancelled
from services.imports import child, workbooks
from services.imports.parse import parse_file
from services.imports.several import plan_files
from services.imports.workbooks import Book
from services.words import say
from tests.imports.sample import HEADINGS, order_row

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="looks for processes as Linux and macOS have them")


def _book(path: Path, count: int = 3) -> Path:
    names = [heading.strip() for heading in HEADINGS]
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("export")
        for row, cells in enumerate([names, *(list(order_row(str(5_000 + place)).values()) for place in range(count))]):
            for column, cell in enumerate(cells):
                page.write_string(row, column, cell)
    return path


def _children() -> set[int]:
    """Processes of ours, the dead ones that nobody waited for included."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False)
    return {int(pid) for pid in told.stdout.split()} - {told.returncode}


def _refused(path: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    for lang in ("zh", "en"):
        words = say(caught.value.code, lang, **caught.value.facts)
        assert path.name in words
        assert words != caught.value.code
    return caught.value


@pytest.fixture
def no_more_children() -> object:
    before = _children()
    yield
    assert {pid for pid in _children() - before if Path(f"/proc/{pid}").exists()} == set()


pytestmark = [on_posix, pytest.mark.usefixtures("no_more_children")]


def test_the_packed_program_knows_the_word() -> None:
    assert child.WORD == WORD


def test_it_starts_fast_because_it_loads_next_to_nothing(tmp_path: Path) -> None:
    loaded = "import os, sys; sys.path.insert(0, sys.argv[1]); import services.imports.child; print(' '.join(sys.modules))"
    told = subprocess.run([*child.command()[:3], loaded, child.command()[4]], capture_output=True, text=True, check=True)
    modules = set(told.stdout.split())
    assert not modules & {"sqlalchemy", "services.errors", "services.words", "multiprocessing", "asyncio", "typer", "html.parser", "ctypes"}
    assert len([name for name in modules if name.startswith("services")]) == 4


def test_its_program_finds_itself_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("services.py", "json.py", "zipfile.py", "python_calamine.py"):
        (tmp_path / name).write_text("raise SystemExit('taken from the folder')")
    path = _book(tmp_path / "a.xlsx")
    monkeypatch.chdir(tmp_path)
    assert len(parse_file(Path("a.xlsx")).orders) == 3
    assert path.exists()


def test_nothing_is_left_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    path = _book(tmp_path / "a.xlsx")
    threads = threading.active_count()
    before = _open_files()
    for _turn in range(3):
        parse_file(path)
    assert threading.active_count() == threads
    assert _open_files() == before
    assert list(folder.iterdir()) == []


def _open_files() -> int:
    told = Path("/proc/self/fd")
    return len(list(told.iterdir())) if told.exists() else 0


class _StopAt:
    def __init__(self, step: int) -> None:
        self.left = step

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("step", [0, 1, 2, 3, 5, 8])
def test_cancel_at_any_moment_kills_it(tmp_path: Path, step: int) -> None:
    path = _book(tmp_path / "a.xlsx", 1_200)
    with pytest.raises(Cancelled):
        parse_file(path, progress=_StopAt(step))


def test_cancel_does_not_wait_for_a_reader_that_thinks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        parse_file(_book(tmp_path / "a.xlsx"), progress=_StopAt(3))
    assert time.monotonic() - begun < 20


def test_a_reader_that_takes_too_long_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "SECONDS", 0.3)
    monkeypatch.setattr(child, "command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    assert _refused(_book(tmp_path / "a.xlsx")).code == "workbook_slow"


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("os.kill(os.getpid(), 11)", "workbook_broken"),
        ("os.abort()", "workbook_too_big"),
        ("os.kill(os.getpid(), 9)", "workbook_too_big"),
        ("os._exit(77)", "workbook_too_big"),
        (f"os.kill(os.getpid(), {int(signal.SIGXCPU) if hasattr(signal, 'SIGXCPU') else 24})", "workbook_slow"),
        ("os.write(1, b'\\0\\0\\0\\4nope')", "workbook_broken"),
        ("os.write(1, b'\\xff' * 4000)", "workbook_broken"),
    ],
)
def test_however_it_dies_there_are_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, code: str) -> None:
    monkeypatch.setattr(child, "command", lambda: [sys.executable, "-c", f"import os, sys; sys.stdin.readline(); {end}"])
    assert _refused(_book(tmp_path / "a.xlsx")).code == code


def test_a_program_that_cannot_be_started_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.errors import Environment

    monkeypatch.setattr(child, "command", lambda: [str(tmp_path / "nowhere")])
    with pytest.raises(Environment) as caught:
        parse_file(_book(tmp_path / "a.xlsx"))
    assert caught.value.code == "reader_not_started"


def test_it_dies_with_who_asked(tmp_path: Path) -> None:
    root = child.command()[4]
    asker = (
        "import subprocess, sys, time; sys.path.insert(0, sys.argv[1]); from services.imports import child;"
        "made = subprocess.Popen(child.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE); print(made.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", asker, root], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert Path(f"/proc/{pid}").exists() or not Path("/proc").exists()
        parent.kill()
        parent.wait()
    until = time.monotonic() + 10
    while time.monotonic() < until and _lives(pid):
        pass
    assert not _lives(pid)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_several_files_at_once_from_several_threads(tmp_path: Path) -> None:
    from services.desk import Desk

    paths = [_book(tmp_path / f"{place}.xlsx", 300 + place) for place in range(4)]
    rows: list[list[int]] = []
    with Desk.open(tmp_path / "shop") as desk:
        threads = [
            threading.Thread(target=lambda: rows.append([one.plan.report.rows for one in plan_files(desk, paths) if one.plan]))
            for _turn in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert rows == [[300, 301, 302, 303]] * 3


# ------------------------------------------------------------------------------------------------------- what is meant to hurt


def _xlsx(path: Path, sheet: bytes | str, **more: bytes | str) -> Path:
    """The least that is a workbook, with this sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="xl/workbook.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="export" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in more.items():
            archive.writestr(name, data)
    return path


def _sheet(rows: str, dimension: str = "") -> str:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{dimension}<sheetData>{rows}</sheetData></worksheet>"
    )


def _cells(number: int, values: dict[str, str]) -> str:
    inside = "".join(f'<c r="{column}{number}" t="inlineStr"><is><t>{value}</t></is></c>' for column, value in values.items())
    return f'<row r="{number}">{inside}</row>'


LETTERS = "ABCDEFGHIJKLMNOPQRSTU"


def _order(number: int, **cells: str) -> str:
    row = {**order_row(str(5_000 + number)), "买家留言": "", **cells}
    return _cells(number, dict(zip(LETTERS, row.values(), strict=True)))


HEADS = _cells(1, dict(zip(LETTERS, (heading.strip() for heading in HEADINGS), strict=True)))


def test_the_made_up_workbook_is_read(tmp_path: Path) -> None:
    parsed = parse_file(_xlsx(tmp_path / "a.xlsx", _sheet(HEADS + _order(2) + _order(3))))
    assert [order.number for order in parsed.orders] == ["5002", "5003"]


def test_a_zip_bomb_is_a_message(tmp_path: Path) -> None:
    filling = '<row r="2"><c r="A2" t="inlineStr"><is><t>' + "x" * 100 + "</t></is></c></row>"
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _turn in range(1_100):
                part.write(filling.encode() * 8_000)
    assert _refused(tmp_path / "a.xlsx").code == "workbook_too_big"


def test_a_bomb_that_lies_about_its_size_is_a_message(tmp_path: Path) -> None:
    path = _xlsx(tmp_path / "a.xlsx", _sheet(HEADS + _order(2).replace("小熊爱喝茶", "x" * 40_000_000)))
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", len(_sheet(HEADS + _order(2).replace("小熊爱喝茶", "x" * 40_000_000)).encode()))
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = struct.pack("<I", 900)
    path.write_bytes(bytes(data))
    assert _refused(path).code in {"workbook_broken", "workbook_too_big"}


def test_a_grid_wider_than_memory_is_a_message(tmp_path: Path) -> None:
    """One row of 16,384 cells and a cell in each of 200,000 rows, none with its place: a dense grid of 3,276,800,000 cells."""
    wide = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"
    assert _refused(_xlsx(tmp_path / "a.xlsx", _sheet(wide + "<row><c><v>1</v></c></row>" * 200_000))).code in {
        "workbook_too_big",
        "workbook_broken",
        "file_empty",
        "format_not_recognised",
    }


def test_an_entity_bomb_is_a_message(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{place} "{f"&a{place - 1};" * 10 if place else "boom" * 10}">' for place in range(12))
    sheet = _sheet(HEADS + _order(2).replace("小熊爱喝茶", "&a11;")).replace('<?xml version="1.0"?>', f"<!DOCTYPE x [{entities}]>")
    path = _xlsx(tmp_path / "a.xlsx", sheet)
    with contextlib.suppress(BadInput):
        assert len(str(parse_file(path).orders)) < 100_000


def test_deep_nesting_is_no_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<html>" + "<table><tr><td>" * 200_000)
    assert _refused(path).code in {"workbook_too_big", "workbook_broken"}
    path.write_text("<html><table><tr><td colspan=1000 rowspan=1000>a" * 40)
    assert _refused(path).code in {"workbook_too_big", "format_not_recognised"}


def test_a_page_wider_than_any_sheet_is_a_message(tmp_path: Path) -> None:
    names = "".join(f"<th>{heading.strip()}</th>" for heading in HEADINGS)
    row = "".join(f"<td>{cell}</td>" for cell in order_row("5001").values())
    path = tmp_path / "a.xls"
    path.write_text(f"<table><tr>{names}</tr><tr>{row}</tr><tr>{'<td colspan=1000>x</td>' * 2_000}</tr></table>", encoding="gb18030")
    assert _refused(path).code == "workbook_too_big"


def test_tall_cells_take_no_memory_before_their_rows_come(tmp_path: Path) -> None:
    names = "".join(f"<th>{heading.strip()}</th>" for heading in HEADINGS)
    row = "".join(f"<td>{cell}</td>" for cell in order_row("5001").values())
    path = tmp_path / "a.xls"
    path.write_text(f"<table><tr>{names}<th rowspan=1000 colspan=1000>注</th></tr><tr>{row}</tr></table>", encoding="gb18030")
    assert [order.row for order in parse_file(path).orders] == [2]


def test_a_small_file_may_take_little(tmp_path: Path) -> None:
    """The limit follows the size: a bomb is small, an honest list of 100,000 rows is not."""
    row = "".join(f"<c><v>{place}</v></c>" for place in range(21))
    path = _xlsx(tmp_path / "a.xlsx", _sheet(HEADS + f"<row>{row}</row>" * 900_000))
    assert path.stat().st_size < 2_000_000
    assert _refused(path).code == "workbook_too_big"


def test_a_million_entries_are_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04" + b"\0" * 20_000_000)
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, 20_000_000, 4, 0))
    assert _refused(path).code == "workbook_too_big"


def test_random_bytes_behind_every_magic_are_messages(tmp_path: Path) -> None:
    dice = random.Random(4)
    for place, magic in enumerate((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"<?xml ", b"\xff\xfe", b"\xef\xbb\xbf")):
        path = tmp_path / f"{place}.xls"
        path.write_bytes(magic + dice.randbytes(3_000))
        _refused(path)


# ------------------------------------------------------------------------------------------------------------ odd but right


def test_a_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    for place, ref in enumerate(("A1", "A1:XFD1048576", "C7:D9")):
        sheet = _sheet(HEADS + _order(2) + _order(3), f'<dimension ref="{ref}"/>')
        assert len(parse_file(_xlsx(tmp_path / f"{place}.xlsx", sheet)).orders) == 2


def test_a_million_blank_rows_below_are_nothing(tmp_path: Path) -> None:
    blanks = "".join(f'<row r="{number}"><c r="A{number}" s="1"/><c r="XFD{number}" s="1"/></row>' for number in (500_000, 1_048_576))
    parsed = parse_file(_xlsx(tmp_path / "a.xlsx", _sheet(HEADS + _order(2) + blanks)))
    assert (parsed.rows, len(parsed.orders)) == (1, 1)


def test_blank_rows_between_keep_the_numbers(tmp_path: Path) -> None:
    parsed = parse_file(_xlsx(tmp_path / "a.xlsx", _sheet(HEADS + _order(4) + _order(90, 总金额="一") + _order(700))))
    assert [order.row for order in parsed.orders] == [4, 700]
    assert [reject.row for reject in parsed.rejected] == [90]


def test_all_columns_there_can_be(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for column, (heading, cell) in enumerate(order_row().items()):
            page.write_string(0, 16_384 - len(HEADINGS) + column, heading)
            page.write_string(1, 16_384 - len(HEADINGS) + column, cell)
        page.write_string(0, 0, "第一列")
    parsed = parse_file(path)
    assert [order.paid for order in parsed.orders] == [90_60]
    assert parsed.unknown_headings == ["第一列"]


def test_errors_booleans_and_formulas_are_not_blanks(tmp_path: Path) -> None:
    def cell(place: str, inside: str, kind: str = "") -> str:
        return f'<c r="{place}"{f" t={chr(34)}{kind}{chr(34)}" if kind else ""}>{inside}</c>'

    plain = _order(2)
    paid = '<c r="G{0}" t="inlineStr"><is><t>90.60</t></is></c>'
    rows = [
        _order(number).replace(paid.format(number), cell(f"G{number}", *inside))
        for number, inside in (
            (3, ("<v>#N/A</v>", "e")),
            (4, ("<f>F4+0</f><v>90.6</v>",)),
            (5, ("<f>F5+0</f>",)),
            (6, ("<v>1</v>", "b")),
            (7, ("<f>IF(1,&quot;90.60&quot;)</f><v>90.60</v>", "str")),
        )
    ]
    parsed = parse_file(_xlsx(tmp_path / "a.xlsx", _sheet(HEADS + plain + "".join(rows))))
    assert [(order.row, order.paid) for order in parsed.orders] == [(2, 90_60), (4, 90_60), (7, 90_60)]
    assert [(reject.row, reject.column, reject.value) for reject in parsed.rejected] == [
        (3, "买家实际支付金额", "#N/A"),
        (5, "买家实际支付金额", "=F5+0"),
        (6, "买家实际支付金额", "TRUE"),
    ]


def test_numbers_that_lost_digits_are_told_from_whole_ones(tmp_path: Path) -> None:
    numbers = {2: "1234567890123", 3: "1234567890123456", 4: "1234567890123450", 5: "5016165517148046476"}
    rows = "".join(
        _order(row).replace(f'<c r="A{row}" t="inlineStr"><is><t>{5_000 + row}</t></is></c>', f'<c r="A{row}"><v>{number}</v></c>')
        for row, number in numbers.items()
    )
    parsed = parse_file(_xlsx(tmp_path / "a.xlsx", _sheet(HEADS + rows)))
    assert [order.number for order in parsed.orders] == ["1234567890123", "1234567890123456"]
    assert [(reject.row, reject.code) for reject in parsed.rejected] == [(4, "id_scientific"), (5, "id_scientific")]


def test_an_order_number_merged_over_its_goods_counts_for_each(tmp_path: Path) -> None:
    headings = (
        "订单编号",
        "子订单编号",
        "商品标题",
        "商品价格",
        "购买数量",
        "买家应付货款",
        "买家实付金额",
        "订单状态",
        "商家编码",
        "退款状态",
    )
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["主订单编号" if name == "订单编号" else name for name in headings])
        for row, line in enumerate(("6001", "6002", "6003"), start=1):
            page.write_row(row, 1, [line, "茶杯", "41.30", "1", "41.30", "41.30", "交易成功", f"CUP-{row}", "没有申请退款"])
        page.merge_range(1, 0, 3, 0, "5001")
    (order,) = parse_file(path).orders
    assert [line.number for line in order.lines] == ["6001", "6002", "6003"]


def test_a_web_page_with_tall_and_wide_cells(tmp_path: Path) -> None:
    names = [heading.strip() for heading in HEADINGS]
    cells = {**order_row("5001"), "买家留言": "先<br>电话 &amp; 敲门"}
    other = order_row("5002")
    body = "".join(f"<td>{cell}</td>" for cell in cells.values())
    tall = "".join(f"<td>{cell}</td>" for name, cell in other.items() if name != "买家会员名")
    body = body.replace("<td>小熊爱喝茶</td>", "<td rowspan=2>小熊爱喝茶</td>")
    page = (
        "<html><head><meta charset='gbk'></head><body><table><tr><td>外层"
        f"<table><tr><td colspan={len(names)}>订单报表</td></tr><tr>{''.join(f'<th>{name}</th>' for name in names)}</tr>"
        f"<tr>{body}</tr><tr>{tall}</tr></table></td></tr></table></body></html>"
    )
    path = tmp_path / "a.xls"
    path.write_bytes(page.encode("gb18030"))
    parsed = parse_file(path)
    assert [(order.row, order.number, order.paid, order.buyer_nick) for order in parsed.orders] == [
        (3, "5001", 90_60, "小熊爱喝茶"),
        (4, "5002", 90_60, None),
    ]
    assert parsed.orders[0].buyer_message == "先\n电话 & 敲门"


def test_frames_say_what_the_book_holds(tmp_path: Path) -> None:
    with Book(_book(tmp_path / "a.xlsx", 600), "xlsx") as book:
        assert book.names == ["export"]
        head = book.head(0, 2)
        assert (head.first, head.width, head.height, len(head.rows)) == (1, len(HEADINGS), 601, 2)
        blocks = list(book.blocks(0, []))
        assert [number for numbers, _rows in blocks for number in numbers] == list(range(1, 602))
        assert json.dumps(blocks[0][1][1][0]) == '"5000"'
        assert sum(len(rows) for _numbers, rows in book.blocks(0, [])) == 601
