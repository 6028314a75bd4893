"""Files that open in Excel: nothing runs, nothing is lost, nothing is half done."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from services.clock import from_local
from services.defuse import guard, needs_guard, unguard
from services.errors import BadInput, Cancelled, Environment
from services.exports.formats import FORMATS
from services.exports.formats.xlsx import XlsxFormat
from services.exports.pipeline import write_file
from services.exports.table import Column, Job, Kind, columns_of_report
from services.progress import SILENT
from services.words import say

ZONE = "Asia/Shanghai"
MOMENT = from_local(datetime.fromisoformat("2026-11-22T14:05:06"), ZONE)
DAY = date(2026, 11, 22).toordinal()

TEXTS = (Column("text", "文字", Kind.TEXT, lambda row: row),)
ALL = (
    Column("number", "订单号", Kind.TEXT, lambda row: row[0]),
    Column("units", "件数", Kind.COUNT, lambda row: row[1]),
    Column("paid", "实付", Kind.MONEY, lambda row: row[2]),
    Column("at", "付款时间", Kind.TIME, lambda row: row[3]),
    Column("day", "日期", Kind.DAY, lambda row: row[4]),
    Column("share", "占比", Kind.SHARE, lambda row: row[5]),
    Column("masked", "隐藏", Kind.YES, lambda row: row[6]),
)
ROWS = [
    ("3021984455667764123", 2, 123456789, MOMENT, DAY, 123, True),
    ("007", 0, -1234, None, None, None, False),
    (None, None, None, None, None, None, None),
]

# Starts that a spreadsheet may take for a formula, in half and full width.
DANGER = "=+-@\t\r＝＋－＠"


def cells(path: Path, sheet: int = 0) -> list[list[Any]]:
    """Every row below the heading, as another program reads it."""
    if path.suffix == ".xlsx":
        return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python()[1:]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [list(row) for row in csv.reader(stream)][1:]


def texts_back(path: Path, texts: list[str]) -> list[str]:
    written = write_file(path, TEXTS, texts, zone=ZONE)
    assert (written.file, written.rows) == (path, len(texts))
    if path.suffix == ".xlsx":
        # XML can't hold these two; the workbook spells them as Excel does, which this reader leaves as it is.
        found = [str(row[0]).replace("_xFFFE_", "\ufffe").replace("_xFFFF_", "\uffff") if row else "" for row in cells(path)]
        return found + [""] * (len(texts) - len(found))
    return [unguard(row[0]) if row else "" for row in cells(path)]


def assert_harmless(path: Path) -> None:
    """No cell of the file is a formula, or starts like one."""
    if path.suffix == ".xlsx":
        import zipfile

        with zipfile.ZipFile(path) as archive:
            sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(re.search(r"<f[ >]|<hyperlink", sheet) for sheet in sheets)
        return
    for row in cells(path):
        for cell in row:
            assert not cell or cell[0] not in DANGER
            assert not cell.strip() or cell.strip()[0] not in DANGER


def test_each_kind_of_value_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "订单.xlsx"
    write_file(path, ALL, ROWS, zone=ZONE)
    first, second = cells(path)[:2]
    assert first[:3] == ["3021984455667764123", 2.0, 1234567.89]
    assert first[3] == datetime(2026, 11, 22, 14, 5, 6)  # noqa: DTZ001 (a spreadsheet has no zones)
    assert first[4] == date(2026, 11, 22)
    assert first[5:] == [0.123, "是"]
    assert second == ["007", 0.0, -12.34, "", "", "", ""]


def test_each_kind_of_value_in_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    write_file(path, ALL, ROWS, zone=ZONE)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines() == [
        '"订单号","件数","实付","付款时间","日期","占比","隐藏"',
        '"\'3021984455667764123",2,1234567.89,"2026-11-22 14:05:06","2026-11-22","12.3%","是"',
        '"\'007",0,-12.34,"","","",""',
        '"","","","","","",""',
    ]


def test_the_yes_of_english(tmp_path: Path) -> None:
    write_file(tmp_path / "a.csv", ALL, ROWS[:1], zone=ZONE, lang="en")
    assert cells(tmp_path / "a.csv")[0][-1] == "yes"


HOSTILE = [
    "=1+1",
    "+86 138 1234 5678",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "　＝1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠sum",
    "\ufeff=1",
    "'=1",
    "''=1",
    "'plain",
    "'",
    "\u200b=1",
    '=HYPERLINK("http://x","点我")',
    'a";=1+1',
    "http://example.com",
    "1234567890123",
    "0012",
    "1E5",
    "_x0041_",
    "_x000D_",
    "line\r\nbreak",
    "\x01\x02\x0b",
    "emoji 🎁 𠮷",
    " kept blanks ",
    "",
    "\ufffe\uffff",
]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_hostile_text_does_nothing_and_comes_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"hostile{suffix}"
    assert texts_back(path, HOSTILE) == HOSTILE
    assert_harmless(path)


def payloads(reference: Path) -> list[str]:
    """The naughty strings, and every line of code in the notes on CSV injection."""
    found: list[str] = json.loads((reference / "blns" / "blns.json").read_text("utf-8"))
    notes = (reference / "csv_injection" / "PayloadsAllTheThings_CSV_Injection.md").read_text("utf-8")
    found += [line.strip() for block in re.findall(r"```\w*\n(.*?)```", notes, re.DOTALL) for line in block.splitlines() if line.strip()]
    assert len(found) > 500
    return found


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_every_known_payload_is_neutralised_and_reads_back_unchanged(tmp_path: Path, reference: Path, suffix: str) -> None:
    known = payloads(reference)
    path = tmp_path / f"payloads{suffix}"
    assert texts_back(path, known) == known
    assert_harmless(path)


@settings(max_examples=300)
@given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@＝\t\r 0123456789"), st.characters(exclude_categories=["Cs"]))))
def test_a_guard_can_always_be_taken_off_again(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert guarded in {text, f"'{text}"}
    if text and text.strip()[:1] in set("=+-@＝＋－＠") and text.strip():
        assert guarded[0] == "'"
    assert needs_guard(text) == needs_guard(f"'{text}")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_headings_are_defused_too(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"head{suffix}"
    write_file(path, (Column("x", "=cmd", Kind.TEXT, str),), ["1"], zone=ZONE)
    if suffix == ".csv":
        assert path.read_text("utf-8-sig").startswith('"\'=cmd"')
    else:
        assert_harmless(path)
        assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0] == ["=cmd"]


def failing() -> Iterator[str]:
    yield "one"
    raise Cancelled


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_failure_leaves_the_older_file_and_nothing_else(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"kept{suffix}"
    path.write_text("the older one")
    with pytest.raises(Cancelled):
        write_file(path, TEXTS, failing(), zone=ZONE)
    assert path.read_text() == "the older one"
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


class Stopping:
    """A progress whose user stops at the first look."""

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        raise Cancelled


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_cancel_is_heard_while_rows_are_written(tmp_path: Path, suffix: str) -> None:
    asked = []

    def rows() -> Iterator[str]:
        for number in range(10_000):
            asked.append(number)
            yield str(number)

    with pytest.raises(Cancelled):
        write_file(tmp_path / f"a{suffix}", TEXTS, rows(), zone=ZONE, progress=Stopping())
    assert len(asked) <= 1_000
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as unknown:
        write_file(tmp_path / "orders.docx", TEXTS, ["x"], zone=ZONE)
    assert unknown.value.code == "export_format"
    with pytest.raises(Environment) as nowhere:
        write_file(tmp_path / "none" / "orders.csv", TEXTS, ["x"], zone=ZONE)
    assert nowhere.value.code == "export_refused"
    with pytest.raises(BadInput) as long:
        write_file(tmp_path / "orders.xlsx", TEXTS, ["short", "长" * 32_768], zone=ZONE)
    assert (long.value.code, long.value.facts["row"]) == ("export_cell_too_long", 2)
    assert list(tmp_path.iterdir()) == []
    for error in (unknown.value, nowhere.value, long.value):
        for lang in ("zh", "en"):
            assert "?" not in say(error.code, lang, **error.facts)


def test_rows_beyond_one_sheet_go_on_the_next(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    job = Job(path, TEXTS, iter("abcdefg"), ZONE, "是", SILENT, None)
    assert XlsxFormat(rows_a_sheet=3).write(job) == 7
    assert [[row[0] for row in cells(path, sheet)] for sheet in range(3)] == [["a", "b", "c"], ["d", "e", "f"], ["g"]]


def test_a_file_of_no_rows_has_its_headings(tmp_path: Path) -> None:
    for found in FORMATS:
        path = tmp_path / f"empty{found.suffix}"
        assert write_file(path, ALL, [], zone=ZONE).rows == 0
    assert (tmp_path / "empty.csv").read_text("utf-8-sig").count("\n") == 1
    sheet = CalamineWorkbook.from_path(tmp_path / "empty.xlsx").get_sheet_by_index(0).to_python()
    assert sheet == [[column.title for column in ALL]]


def test_the_text_reads_as_text_in_the_standard_readers_view(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    write_file(path, ALL, ROWS, zone=ZONE)
    found: list[list[Any]] = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), quoting=csv.QUOTE_NONNUMERIC))
    assert found[1][1:3] == [2.0, 1234567.89]
    assert isinstance(found[1][0], str)


def test_the_writer_of_workbooks_is_loaded_at_use_only() -> None:
    import subprocess

    code = "import sys, services.exports.pipeline; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[2])
    assert done.stdout.strip() == "False"


def test_a_report_is_exported_with_its_words(tmp_path: Path, desk: Any) -> None:
    from services.reports import REPORTS, RunReport

    for report in REPORTS:
        found = desk.read(RunReport(report))
        path = tmp_path / f"{report.key}.csv"
        write_file(path, columns_of_report(found, "zh"), found.rows, zone=ZONE)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head, *rows = list(csv.reader(stream))
        assert head == [column.title[1] for column in report.columns]
        assert len(rows) == len(found.rows)
        if report.key == "sales_by_hour":
            assert [row[:2] for row in rows[:2]] == [["周一", "0"], ["周一", "1"]]
