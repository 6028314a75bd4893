"""Which files of a folder are offered: whole exports that are new, and nothing else."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from services.commands.imports import import_file
from services.desk import Desk
from services.exports.tables import ORDERS, STOCK, export_table
from services.imports.kept_maps import KeptMap, fingerprint
from services.imports.watching import Judged, Offer, Stamp, judge, look
from services.queries.known_files import KnownFiles
from tests.factories import make_order, make_sku
from tests.imports.sample import order_row, write

SINCE = 1_000_000


def put(path: Path, data: bytes = b"a,b\n1,2\n", at: int = SINCE) -> Path:
    path.write_bytes(data)
    os.utime(path, ns=(at * 1_000_000, at * 1_000_000))
    return path


def names(folder: Path) -> list[str]:
    found = look(folder)
    assert found is not None
    return [Path(stamp.path).name for stamp in found]


def test_only_whole_tables_are_looked_at(tmp_path: Path) -> None:
    for name in ("a.csv", "b.XLSX", "c.txt", "d.pdf", "~$b.xlsx", ".hidden.csv", "e.csv.crdownload", "f.csv", "f.csv.part"):
        put(tmp_path / name)
    put(tmp_path / "empty.csv", b"")
    (tmp_path / "folder.csv").mkdir()
    assert names(tmp_path) == ["a.csv", "b.XLSX", "c.txt"]
    (tmp_path / "f.csv.part").unlink()
    assert "f.csv" in names(tmp_path)


def test_a_folder_that_is_gone_is_told_apart_from_an_empty_one(tmp_path: Path) -> None:
    assert look(tmp_path / "gone") is None
    assert look(tmp_path) == []


def test_another_size_or_time_is_another_file(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv")
    before = look(tmp_path)
    put(path, b"a,b\n1,2\n3,4\n")
    assert look(tmp_path) != before


def stamp(path: Path) -> Stamp:
    told = path.stat()
    return Stamp(str(path), told.st_size, told.st_mtime_ns // 1_000_000)


def judged(desk: Desk, *paths: Path, never: frozenset[str] = frozenset(), maps: Sequence[KeptMap] = ()) -> Judged:
    return judge(map(stamp, paths), never, lambda digests: desk.read(KnownFiles(digests)), maps)


def offered(desk: Desk, *paths: Path, never: frozenset[str] = frozenset(), maps: Sequence[KeptMap] = ()) -> list[Offer]:
    return judged(desk, *paths, never=never, maps=maps).offers


def test_an_export_is_offered_once_and_never_again_when_it_came_in(desk: Desk, tmp_path: Path) -> None:
    file = write(tmp_path / "ExportOrderList.csv", [order_row()])
    twin = Path(shutil.copy(file, tmp_path / "ExportOrderList (1).csv"))
    (one,) = offered(desk, file, twin)
    assert one.format.startswith("taobao.orders")
    assert offered(desk, file, never=frozenset({one.digest})) == []
    import_file(desk, file)
    assert offered(desk, file, twin) == []


def test_what_this_program_wrote_is_not_offered(desk: Desk, tmp_path: Path) -> None:
    make_sku(desk, "CUP", title="盖碗", stock=3)
    order = make_order(desk, number="1001", lines=[{"title": "盖碗", "code": "CUP"}])
    for lang in ("zh", "en"):
        for table, ids in ((ORDERS, (order,)), (STOCK, (1,))):
            path = tmp_path / f"{table.key}-{lang}.csv"
            export_table(desk, table, ids, path, lang)
            assert judged(desk, path) == ([], [stamp(path)], []), path.name


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b"%PDF-1.7", b"PK\x03\x04broken", "姓名,年龄\n张三,3\n".encode(), b"\xff\xfe\xfd" * 50])
def test_what_is_no_export_is_passed_over_without_a_word(desk: Desk, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    assert judged(desk, path) == ([], [stamp(path)], [])


def test_a_file_that_can_not_be_opened_just_now_is_looked_at_later(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Stamp(str(tmp_path / "gone.csv"), 5, 1)
    assert judge([gone], (), lambda _digests: frozenset()) == ([], [], [gone])
    file = write(tmp_path / "ExportOrderList.csv", [order_row()])

    def held(*_told: object, **_more: object) -> NoReturn:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", held)
        assert judged(desk, file) == ([], [], [stamp(file)])
    assert [one.path for one in offered(desk, file)] == [file]


def test_a_workbook_that_came_in_is_not_read_again(desk: Desk, reference: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child for each would cost a second of somebody's morning."""
    (path,) = (reference / "exports").glob("ExportOrderList*G5.xlsx")
    (one,) = offered(desk, path)
    import_file(desk, path)
    monkeypatch.setattr(subprocess, "Popen", None)
    assert judged(desk, path) == ([], [], [])
    assert judged(desk, path, never=frozenset({one.digest})) == ([], [], [])


def test_a_goods_file_of_the_merchant_is_offered(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["商家编码", "商品名称", "库存"], ["A", "茶", "3"]])
    assert [one.format for one in offered(desk, path)] == ["goods"]


def test_a_table_for_whose_headings_a_map_was_kept_is_offered(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("客户,单号,金额\n张三,1,3\n", encoding="utf-8")
    wide = tmp_path / "wide.csv"
    wide.write_text("客户;单号;金额\n张三;1;3,50\n", encoding="utf-16")
    heads = ("单号", "客户", "金额")
    kept = KeptMap(1, "门店", fingerprint(heads), heads, {"number": "单号"})
    own = KeptMap(2, "总部", "", (), {"number": "甲", "options": {"encoding": "gb18030", "delimiter": ";"}})
    assert [one.format for one in offered(desk, path, wide, maps=[own, kept])] == ["map", "map"]
    assert offered(desk, path) == []


@pytest.mark.parametrize("pattern", ["ExportOrderList*G4.csv", "ExportOrderList*G5.xlsx", "ExportItemlList*D3.xlsx"])
def test_the_platform_s_own_files_are_recognised(desk: Desk, reference: Path, pattern: str) -> None:
    (path,) = (reference / "exports").glob(pattern)
    assert [one.format.split(".")[0] for one in offered(desk, path)] == ["taobao"]
