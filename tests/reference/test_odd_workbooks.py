"""Odd but mostly valid workbooks that other readers were tried on: what they hold is read, what can't be is said in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.cli import main
from services.commands.imports import import_file
from services.desk import Desk
from services.errors import BadInput, DeskError
from services.imports.several import plan_files
from services.imports.sniff import sniff
from services.imports.workbooks import Book
from services.queries.verify import Verify
from services.words import say
from tests.frozen import FrozenClock
from tests.reference.exports import FOLDER

ODD = FOLDER / "hostile_spreadsheets"
_OUTCOME = re.compile(r"^([^|]+)\|calamine\|rc=0\|(OK|ERR) (.*)$", re.MULTILINE)
_SHEET = re.compile(r"\('([^']*)', (\d+)\)")

pytestmark = pytest.mark.skipif(not ODD.is_dir(), reason=f"no reference data in {FOLDER} (ZHANGGUI_REFERENCE)")


def _outcomes() -> list[tuple[str, bool, dict[str, int]]]:
    if not ODD.is_dir():
        return []
    told = _OUTCOME.findall((ODD / "outcomes.txt").read_text(encoding="utf-8"))
    return [(name, well == "OK", {sheet: int(rows) for sheet, rows in _SHEET.findall(rest)}) for name, well, rest in told]


def _rows(name: str) -> dict[str, list[tuple[int, list[str]]]]:
    path = ODD / "calamine" / name
    with Book(path, sniff(path).encoding) as book:
        return {
            sheet: [pair for numbers, rows in book.blocks(place, []) for pair in zip(numbers, rows, strict=True)]
            for place, sheet in enumerate(book.names)
        }


def test_all_files_are_told_of() -> None:
    files = {path.name for path in (ODD / "calamine").iterdir() if path.suffix != ".md"}
    assert {name for name, _well, _sheets in _outcomes()} == files


@pytest.mark.parametrize(("name", "sheets"), [(name, sheets) for name, well, sheets in _outcomes() if well])
def test_what_they_hold_is_read(name: str, sheets: dict[str, int]) -> None:
    path = ODD / "calamine" / name
    with Book(path, sniff(path).encoding) as book:
        heights = {sheet: book.head(place, 1).height for place, sheet in enumerate(book.names)}
    assert {sheet: heights[sheet] for sheet in sheets} == sheets
    assert sheets


@pytest.mark.parametrize("name", [name for name, well, _sheets in _outcomes() if not well])
def test_what_cannot_be_read_is_said(name: str) -> None:
    path = ODD / "calamine" / name
    expected = {
        "issue_594_dos.ods": {"workbook_too_big", "workbook_broken"},
        "pass_protected.xlsx": {"workbook_encrypted"},
        "too_small.xls": {"format_not_recognised"},
    }
    from services.imports.parse import parse_file

    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert caught.value.code in expected[name]


def test_as_imports_they_end_in_words_and_change_nothing(tmp_path: Path) -> None:
    # A list of hospitals with codes and names passes for goods.
    names = [name for name, _well, _sheets in _outcomes() if name != "gh548_incorrect_sst_unique_count.xls"]
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        before = desk.read(Verify(digest=True)).digest
        for name in names:
            with pytest.raises(DeskError) as caught:
                import_file(desk, ODD / "calamine" / name)
            assert name in say(caught.value.code, "zh", **caught.value.facts), name
        assert desk.read(Verify(digest=True)).digest == before


def test_looked_at_together_each_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    """As the window does: one lot of files, each with its words or its plan; the one list that passes for goods has rows and rejects."""
    paths = [ODD / "calamine" / name for name, _well, _sheets in _outcomes()]
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        before = desk.read(Verify(digest=True)).digest
        planned = {one.path.name: one for one in plan_files(desk, paths)}
        assert desk.read(Verify(digest=True)).digest == before
    assert [name for name, one in planned.items() if one.plan is not None] == ["gh548_incorrect_sst_unique_count.xls"]
    for name, one in planned.items():
        for lang in ("zh", "en"):
            if one.error is not None:
                words = say(one.error.code, lang, **one.error.facts)
                assert name in words
                assert words != one.error.code
    errors = {name: one.error.code for name, one in planned.items() if one.error is not None}
    assert errors["pass_protected.xlsx"] == "workbook_encrypted"
    assert errors["issue_594_dos.ods"] in {"workbook_too_big", "workbook_broken"}


def test_the_command_says_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, lang, word in (
        ("pass_protected.xlsx", "zh", "密码"),
        ("pass_protected.xlsx", "en", "password"),
        ("vba.xlsm", "zh", "空文件"),
    ):
        code = main(["--shop", str(tmp_path / "shop"), "--lang", lang, "import", str(ODD / "calamine" / name)])
        told = capsys.readouterr()
        assert (code, told.out) == (1, "")
        assert word in told.err
        assert name in told.err


def test_values_are_what_a_person_sees_in_the_sheet() -> None:
    def cells(name: str) -> list[list[str]]:
        return [row for rows in _rows(name).values() for _number, row in rows]

    assert cells("date_1904.xlsx")[:2] == cells("date_1904.xls")[:2] == [["2021-01-01", "15"], ["2021-01-02", "16"]]
    assert [row[0] for row in cells("date_iso.xlsx")][:3] == ["2021-01-01", "2021-01-01 10:10:10", "10:10:10"]
    assert [row[0] for row in cells("errors.xlsx")] == ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"]
    assert cells("inlineStr_cdata.xlsx") == [["Hello CDATA", "World"], ["12345", "NormalText"]]
    assert cells("rph.xlsx") == [["課きく\u3000毛こ"]]
    assert cells("inventory-table.xlsx")[1] == ["1", "Apple", "50"]


def test_rows_are_numbered_as_in_the_sheet() -> None:
    (header,) = _rows("header-row.xlsx").values()
    assert header[0] == (3, ["", "", "Note 1"])
    assert [number for number, _row in _rows("no-header.xlsx")["Feuille 1"]] == [3, 4]
    repeated = _rows("number_rows_repeated.ods")
    assert [[number for number, _row in rows][:2] for rows in repeated.values()] == [[1, 2], [2, 3], [3, 4]]
